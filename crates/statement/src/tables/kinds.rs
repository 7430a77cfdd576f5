//! Words that tell what a statement does, negate it, or set a condition.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Phrases, TableError, Verbs};
use crate::words::Word;

const FILE: &str = "data/en/kinds.toml";
const TEXT: &str = include_str!("../../../../data/en/kinds.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    cues: Cues,
    content: Content,
    verbs: WrittenVerbs,
    falsity: Falsity,
    questions: Questions,
    conditions: Conditions,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    demand: Vec<String>,
    denial: Vec<String>,
    question: Vec<String>,
    intention: Vec<String>,
    forecast: Vec<String>,
    fear: Vec<String>,
    feeling: Vec<String>,
    wish: Vec<String>,
    assessment: Vec<String>,
    report: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    future: Vec<String>,
    demand: Vec<String>,
    intention: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVerbs {
    raising: Vec<String>,
    negation: Vec<String>,
    failing: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Falsity {
    claims: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    openers: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditions {
    openers: Vec<String>,
    concessions: Vec<String>,
    asking: BTreeSet<String>,
    asides: BTreeSet<String>,
    idle: BTreeSet<String>,
    adverse: BTreeSet<String>,
    before_once: BTreeSet<String>,
    after_once: BTreeSet<String>,
    multiples: BTreeSet<String>,
}

/// What a cue's words make of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueClass {
    /// "urged"
    Demand,
    /// "denied"
    Denial,
    /// "wondered"
    Question,
    /// "vowed"
    Intention,
    /// "predicted"
    Forecast,
    /// "feared"
    Fear,
    /// "worried"
    Feeling,
    /// "hoped"
    Wish,
    /// "condemned"
    Assessment,
    /// "confirmed"
    Report,
}

/// What words of the content make of the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContentClass {
    /// "will", "may"
    Future,
    /// "must"
    Demand,
    /// "we will", "plans to"
    Intention,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Kinds {
    /// Cue phrases; a row is an index into `cue_classes`.
    pub cues: Phrases,
    /// The classes of cue phrases.
    pub cue_classes: Vec<CueClass>,
    /// Content phrases; a row is an index into `content_classes`.
    pub content: Phrases,
    /// The classes of content phrases.
    pub content_classes: Vec<ContentClass>,
    /// All forms of verbs whose "not" belongs to what they govern ("does not think that").
    pub raising: BTreeSet<String>,
    /// Lemmas of verbs that deny ("reject").
    pub denying: BTreeSet<String>,
    /// Negating words.
    pub negation: BTreeSet<String>,
    /// Verbs of failing and preventing, in all forms.
    pub failing: Phrases,
    /// Nouns of what is claimed ("reports").
    pub claims: BTreeSet<String>,
    /// Words at the head of a question ("whether").
    pub questions: BTreeSet<String>,
    /// Words that begin a condition; those of a concession have the row [`Kinds::CONCESSION`].
    pub conditions: Phrases,
    /// Words before an "if" that asks ("asked if").
    pub asking: BTreeSet<String>,
    /// Words after an "if" that sets no condition ("if necessary").
    pub asides: BTreeSet<String>,
    /// Words after a "without" that sets no condition ("without warning").
    pub idle: BTreeSet<String>,
    /// What befalls whom something is lacking: "will lose without aid".
    pub adverse: BTreeSet<String>,
    /// Words before a "once" that is no condition ("at once").
    pub before_once: BTreeSet<String>,
    /// Words after a "once" that is no condition ("once again").
    pub after_once: BTreeSet<String>,
    /// Words before an "as long as" that compares ("twice").
    pub multiples: BTreeSet<String>,
}

impl Kinds {
    /// Whether a verb denies, by its lemma.
    pub fn denies(&self, lemma: &str) -> bool {
        self.denying.contains(lemma)
    }

    /// The row of words that grant something: "even if" sets no condition.
    pub const CONCESSION: usize = 1;

    /// Whether an "if" behind some words asks and sets no condition ("does not know if").
    pub(crate) fn conditions_asked(&self, words: &[&Word]) -> bool {
        words.last().is_some_and(|w| self.asking.contains(w.lower.as_ref()))
    }

    pub(super) fn shipped(verbs: &Verbs) -> Result<Self, TableError> {
        let written: Written =
            toml::from_str(TEXT).map_err(|e| TableError::of_toml(FILE, TEXT, &e))?;
        if written.version != 1 {
            return Err(TableError::new(FILE, "version", "only version 1 is known"));
        }
        let mut cues = Phrases::default();
        let mut cue_classes = Vec::new();
        let lists = [
            (CueClass::Demand, &written.cues.demand),
            (CueClass::Denial, &written.cues.denial),
            (CueClass::Question, &written.cues.question),
            (CueClass::Intention, &written.cues.intention),
            (CueClass::Forecast, &written.cues.forecast),
            (CueClass::Fear, &written.cues.fear),
            (CueClass::Feeling, &written.cues.feeling),
            (CueClass::Wish, &written.cues.wish),
            (CueClass::Assessment, &written.cues.assessment),
            (CueClass::Report, &written.cues.report),
        ];
        for (class, list) in lists {
            for lemma in list {
                for (_, form) in verbs.forms(lemma) {
                    add(&mut cues, &form, cue_classes.len(), "cues")?;
                    cue_classes.push(class);
                }
            }
        }
        let mut content = Phrases::default();
        let mut content_classes = Vec::new();
        let lists = [
            (ContentClass::Future, &written.content.future),
            (ContentClass::Demand, &written.content.demand),
            (ContentClass::Intention, &written.content.intention),
        ];
        for (class, list) in lists {
            for phrase in list {
                add(
                    &mut content,
                    &phrase.replace("'ll", " 'll"),
                    content_classes.len(),
                    "content",
                )?;
                content_classes.push(class);
            }
        }
        let mut failing = Phrases::default();
        for lemma in &written.verbs.failing {
            for (_, form) in verbs.forms(lemma) {
                add(&mut failing, &form, 0, "verbs")?;
            }
        }
        let mut conditions = Phrases::default();
        for opener in &written.conditions.openers {
            add(&mut conditions, opener, 0, "conditions")?;
        }
        for opener in &written.conditions.concessions {
            add(&mut conditions, opener, Self::CONCESSION, "conditions")?;
        }
        let raising =
            written.verbs.raising.iter().flat_map(|v| verbs.forms(v)).map(|f| f.1).collect();
        let negation = written.verbs.negation.into_iter().collect();
        Ok(Self {
            cues,
            cue_classes,
            content,
            content_classes,
            raising,
            denying: written.cues.denial.into_iter().collect(),
            negation,
            failing,
            claims: written.falsity.claims,
            questions: written.questions.openers,
            conditions,
            asking: written.conditions.asking,
            asides: written.conditions.asides,
            idle: written.conditions.idle,
            adverse: written.conditions.adverse,
            before_once: written.conditions.before_once,
            after_once: written.conditions.after_once,
            multiples: written.conditions.multiples,
        })
    }
}

fn add(phrases: &mut Phrases, phrase: &str, row: usize, section: &str) -> Result<(), TableError> {
    phrases.add(phrase, row).map_err(|e| TableError::new(FILE, section, e))
}
