//! Issues: what statements are about where no pack knows the event.
//!
//! An issue is a predicate and one of its participants ("suspend" and "account", "advertise" and
//! "Twitter"), in the scope of a name. A statement *owns* the issues of its own event. Another one
//! of the same article *mentions* an issue where it holds both words; one of another article bears
//! on it as an owner does, or where it is *alike*: it says the same in nearly the same words.
//!
//! **Why two words and not one.** Of two statements of one article that share a telling word, three
//! in five are on one question of an editor; of two that share predicate and participant, five in
//! six (`docs/experiments/questions.md`).

mod noun;
mod phrase;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use sayso_model::{Bearing, Statement};
use serde::{Deserialize, Serialize};

pub use noun::with_article;
pub use phrase::{is_open, retensed, sentence};
pub use words::IssueWords;
use words::words_of;

use crate::{
    shingle,
    stance::{self, Reading},
};

/// Telling words that two statements alike share at least.
const MIN_SHARED: usize = 3;
/// The share of their telling words (geometric mean of both) that two statements alike share.
const MIN_ALIKE: f64 = 0.5;
/// Telling words of a statement by which others alike are looked up, two at a time.
const SKETCH: usize = 6;
/// Days between two articles whose statements can be alike.
pub const ALIKE_DAYS: i32 = 7;

/// What tells an issue from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IssueKey {
    /// The stem that stands for the predicate's family, or the class of a pack.
    pub concept: String,
    /// The stem that represents the family of a word that names a participant.
    pub participant: String,
    /// The name that the participant is looked for under, where it is none itself; '' for none.
    pub scope: String,
}

impl IssueKey {
    /// The id of the question about the issue.
    pub fn question(&self) -> String {
        let part = |part: &str| format!("{}:{part}", part.len());
        let parts = [&self.concept, &self.participant, &self.scope].map(|words| part(words));
        sayso_model::content_id("q", &format!("issue {}", parts.join(" ")))
    }

    /// The key as a number.
    pub fn number(&self) -> u64 {
        let parts = [&self.concept, &self.participant, &self.scope];
        shingle::hash(parts.into_iter().flat_map(|part| part.bytes().chain([0])))
    }
}

/// How a statement came to an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Its own event.
    Own,
    /// It holds the words of the issue, which another statement of its article owns.
    Mention,
    /// It says in nearly the same words what an owner says in another article.
    Alike,
}

/// What of a statement is looked at to find what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Stems of the content's telling words.
    terms: BTreeSet<String>,
    /// Families of these and of its common nouns.
    families: BTreeSet<String>,
    /// Stems of the names that the statement holds.
    names: BTreeSet<String>,
    /// Its own event.
    event: Option<Frame>,
}

/// A participant of an event in words.
#[derive(Default)]
struct Participant {
    /// Families of its telling words.
    telling: BTreeSet<String>,
    /// Families of its common nouns.
    things: BTreeSet<String>,
    /// The stem of its last telling word.
    head: Option<String>,
}

impl Participant {
    fn is_empty(&self) -> bool {
        self.telling.is_empty() && self.things.is_empty()
    }
}

/// The event of a statement in telling words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Frame {
    concept: String,
    /// Stems by which others mention the predicate.
    mentions: BTreeSet<String>,
    /// Families of the participant that decides: the target's, else the actor's.
    participants: BTreeSet<String>,
    /// Names among all participants.
    names: BTreeSet<String>,
}

impl Outline {
    /// Reads the words of a statement.
    pub fn of(statement: &Statement, words: &IssueWords) -> Self {
        let mut outline = Self::default();
        for piece in &statement.content {
            for (index, word) in words_of(&piece.text).enumerate() {
                let stem = words.stem(word);
                let tells = words.tells(&stem);
                if tells || words.is_thing(&stem) {
                    outline.families.insert(words.concept(&stem));
                }
                if !tells {
                    continue;
                }
                if index > 0 && is_capitalized(word) {
                    outline.names.insert(stem.clone());
                }
                outline.terms.insert(stem);
            }
        }
        outline.event = frame(statement, words);
        if let Some(event) = &outline.event {
            outline.names.extend(event.names.iter().cloned());
        }
        outline
    }

    /// Whether the statement says what another one says, in nearly the same words.
    pub fn is_alike(&self, other: &Self) -> bool {
        let shared = self.terms.intersection(&other.terms).count();
        let size = (self.terms.len() as f64) * (other.terms.len() as f64);
        shared >= MIN_SHARED
            && shared as f64 >= MIN_ALIKE * size.sqrt()
            && !self.names.is_disjoint(&other.names)
    }

    /// Hashes under which statements that are alike meet: two of the words with the least hashes
    /// at a time, so that both keep the same ones.
    pub fn likeness_keys(&self) -> Vec<u64> {
        if self.terms.len() < MIN_SHARED {
            return Vec::new();
        }
        let mut hashes: Vec<u64> =
            self.terms.iter().map(|term| shingle::hash(term.bytes())).collect();
        hashes.sort_unstable();
        hashes.truncate(SKETCH);
        let mut keys = Vec::new();
        for (index, one) in hashes.iter().enumerate() {
            for other in &hashes[..index] {
                keys.push(shingle::hash(one.to_le_bytes().into_iter().chain(other.to_le_bytes())));
            }
        }
        keys
    }
}

/// How a statement bears on the question of an issue.
pub fn issue_bearing(id: &str, statement: &Statement, key: &IssueKey, tie: Tie) -> Bearing {
    let Reading { stance, low, high, .. } = stance::read(statement);
    let concept = key.concept.replace('_', " ");
    let reason = match tie {
        Tie::Own => {
            format!("Its own predicate is of the kind of “{concept}”, with the same participant.")
        }
        Tie::Mention => format!("It speaks of the same participant and of “{concept}”."),
        Tie::Alike => "It says in nearly the same words what another article reports.".to_owned(),
    };
    Bearing { statement: id.to_owned(), stance, low, high, reason }
}

fn is_capitalized(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn frame(statement: &Statement, words: &IssueWords) -> Option<Frame> {
    let event = statement.event.as_ref()?;
    let mut names = BTreeSet::new();
    let mut part = |entity: Option<&sayso_model::Entity>| -> Participant {
        let mut part = Participant::default();
        for word in entity.into_iter().flat_map(|entity| words.core(&entity.name)) {
            let stem = words.stem(word);
            if words.is_thing(&stem) {
                part.things.insert(words.concept(&stem));
            }
            if words.tells(&stem) && !stem.starts_with(|c: char| c.is_ascii_digit()) {
                if is_capitalized(word) {
                    names.insert(stem.clone());
                }
                part.telling.insert(words.concept(&stem));
                part.head = Some(stem);
            }
        }
        part
    };
    let actor = part(event.actor.as_ref());
    let target = part(event.target.as_ref());
    let lemma = words.stem(&event.class);
    let (concept, mentions, mut participants) = if event.pack.is_some() {
        let mentions: BTreeSet<String> =
            words_of(&event.trigger.text).map(|word| words.stem(word)).collect();
        let mentions = mentions.into_iter().filter(|stem| words.tells(stem)).collect();
        let decides = if target.telling.is_empty() { actor } else { target };
        (event.class.clone(), mentions, decides.telling)
    } else if words.is_light(&lemma) {
        // "Reach a deal": the object says what it is about, the actor whose.
        let head = target.head?;
        (words.concept(&head), BTreeSet::from([head]), actor.telling)
    } else if words.tells(&lemma) {
        // "Suspend exports": a common noun is specific beside a specific predicate.
        let things = if target.is_empty() { &actor.things } else { &target.things }.clone();
        let decides = if target.telling.is_empty() { actor } else { target };
        let participants = decides.telling.into_iter().chain(things).collect();
        (words.concept(&lemma), BTreeSet::from([lemma]), participants)
    } else {
        return None;
    };
    participants.retain(|stem: &String| *stem != concept && !mentions.contains(stem));
    (!participants.is_empty()).then_some(Frame { concept, mentions, participants, names })
}

/// The issues of the statements of one article, in the order of the statements given. It looks at
/// nothing but this article.
pub fn issues(outlines: &[Outline]) -> Vec<BTreeMap<IssueKey, Tie>> {
    let main = main_name(outlines);
    let mut found: Vec<BTreeMap<IssueKey, Tie>> = vec![BTreeMap::new(); outlines.len()];
    let mut owned: BTreeMap<IssueKey, BTreeSet<&String>> = BTreeMap::new();
    for (outline, found) in outlines.iter().zip(&mut found) {
        let Some(event) = &outline.event else { continue };
        for participant in &event.participants {
            let scope = if event.names.contains(participant) {
                ""
            } else {
                event.names.first().map_or(main, String::as_str)
            };
            let key = IssueKey {
                concept: event.concept.clone(),
                participant: participant.clone(),
                scope: scope.to_owned(),
            };
            owned.entry(key.clone()).or_default().extend(&event.mentions);
            found.insert(key, Tie::Own);
        }
    }
    for (outline, found) in outlines.iter().zip(&mut found) {
        for (key, mentions) in &owned {
            let predicate = outline.families.contains(&key.concept)
                || mentions.iter().any(|stem| outline.terms.contains(*stem));
            if predicate && outline.families.contains(&key.participant) {
                found.entry(key.clone()).or_insert(Tie::Mention);
            }
        }
    }
    found
}

/// The name that most statements hold, the first in the alphabet among equals; '' for none.
fn main_name(outlines: &[Outline]) -> &str {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in outlines.iter().flat_map(|outline| &outline.names) {
        *counts.entry(name).or_default() += 1;
    }
    let most = counts.values().max().copied();
    counts.into_iter().find(|(_, count)| Some(*count) == most).map_or("", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(terms: &[&str], event: Option<(&str, &str, &[&str])>) -> Outline {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Outline {
            terms: set(terms),
            families: set(terms),
            names: set(&["varn"]),
            event: event.map(|(concept, participant, names)| Frame {
                concept: concept.to_owned(),
                mentions: set(&[concept]),
                participants: set(&[participant]),
                names: set(names),
            }),
        }
    }

    #[test]
    fn an_issue_is_owned_or_mentioned_with_both_words() {
        let found = issues(&[
            outline(&["ferri", "suspend"], Some(("suspend", "ferri", &["varn"]))),
            outline(&["ferri", "suspend", "winter"], None),
            outline(&["ferri", "winter"], None),
        ]);
        let ties: Vec<Vec<Tie>> =
            found.iter().map(|issues| issues.values().copied().collect()).collect();
        assert_eq!(ties, [vec![Tie::Own], vec![Tie::Mention], vec![]]);
        let key = found[0].keys().next().unwrap();
        assert_eq!((key.participant.as_str(), key.scope.as_str()), ("ferri", "varn"));
        let other = IssueKey { scope: "ostrel".to_owned(), ..key.clone() };
        assert_ne!(key.question(), other.question(), "another ferry");
    }

    #[test]
    fn statements_alike_share_most_words_a_name_and_a_key() {
        let one = outline(&["ferri", "suspend", "winter", "island"], None);
        let like = outline(&["ferri", "suspend", "winter", "bai"], None);
        let other = outline(&["ferri", "suspend", "strike", "pilot"], None);
        assert!(one.is_alike(&like) && like.is_alike(&one) && !one.is_alike(&other));
        let nameless = Outline { names: BTreeSet::new(), ..like.clone() };
        assert!(!one.is_alike(&nameless));
        let keys = one.likeness_keys();
        assert!(like.likeness_keys().iter().any(|key| keys.contains(key)));
        assert_eq!(outline(&["ferri", "suspend"], None).likeness_keys(), Vec::<u64>::new());
    }
}
