//! Operators: what stands between a speaker and a claim, and the small closed classes that reading a
//! clause needs.

use std::collections::{BTreeMap, BTreeSet};

use sayso_language::clause::ClauseWords;
use serde::Deserialize;

use super::TableError;

const FILE: &str = "data/en/operators.toml";
const TEXT: &str = include_str!("../../../../data/en/operators.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    operator: Vec<WrittenOperator>,
    nouns: Nouns,
    adverbs: Adverbs,
    noun_holders: Lemmas,
    occurrence: Lemmas,
    expecting: Lemmas,
    relating: Lemmas,
    engaging: Lemmas,
    outlook: Lemmas,
    modals: Modals,
    by_itself: Lemmas,
    clauses: WrittenClauses,
    persons: Persons,
    anaphora: Anaphora,
    light: Light,
    event_nouns: EventNouns,
    noncanonical: Noncanonical,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOperator {
    takes: Construction,
    effect: Effect,
    #[serde(default)]
    negates: bool,
    lemmas: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    duty: BTreeSet<String>,
    attitude: BTreeSet<String>,
    hedge: BTreeSet<String>,
    evidence: BTreeSet<String>,
    plan: BTreeSet<String>,
    raising: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Adverbs {
    hedge: BTreeSet<String>,
    appearance: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Modals {
    future: BTreeSet<String>,
    would: BTreeSet<String>,
    possible: BTreeSet<String>,
    able: BTreeSet<String>,
    necessary: BTreeSet<String>,
    should: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lemmas {
    lemmas: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClauses {
    negators: BTreeSet<String>,
    focus: BTreeSet<String>,
    negative_determiners: BTreeSet<String>,
    perfect: BTreeSet<String>,
    conditional: BTreeSet<String>,
    concessive: BTreeSet<String>,
    causal: BTreeSet<String>,
    temporal: BTreeSet<String>,
    agent: BTreeSet<String>,
}

/// Pronouns by the person that they stand for, in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persons {
    /// "I", "we" and their forms.
    pub first: BTreeSet<String>,
    /// "we" and its forms.
    pub first_plural: BTreeSet<String>,
    /// Of one person.
    pub he: BTreeSet<String>,
    /// Of one thing or body.
    pub it: BTreeSet<String>,
    /// Of several.
    pub they: BTreeSet<String>,
    /// The subject once more: "himself".
    pub reflexive: BTreeSet<String>,
}

/// Words of clauses whose main word is not the predicate of the event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noncanonical {
    /// "Among" those killed.
    pub among: BTreeSet<String>,
    /// Among "the injured": participles that are used as nouns.
    pub participle_nouns: BTreeSet<String>,
    /// Those killed "include": lemmas.
    pub include: BTreeSet<String>,
    /// "Let" us: lemmas.
    pub hortative: BTreeSet<String>,
    /// Let "us".
    pub hortative_objects: BTreeSet<String>,
    /// "about" it.
    pub topic_cases: BTreeSet<String>,
}

/// Nouns that stand for what was named before, as lemmas.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anaphora {
    /// Who acts for the country named before them.
    pub people: BTreeSet<String>,
    /// "the town"
    pub town: BTreeSet<String>,
    /// "the Varne region"
    pub region: BTreeSet<String>,
    /// "the bank"
    pub body: BTreeSet<String>,
    /// "the show"
    pub work: BTreeSet<String>,
    /// "the country"
    pub country: BTreeSet<String>,
    /// "a number of", "parts of": the noun behind "of" is meant.
    pub part: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Light {
    verbs: BTreeMap<String, BTreeSet<String>>,
    support: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventNouns {
    lemmas: BTreeSet<String>,
    endings: Vec<String>,
    not: BTreeSet<String>,
}

/// In which construction an operator's lemmas stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Construction {
    /// Behind a copula, before any clause.
    Adjective,
    /// Behind a copula, before a finite clause.
    AdjectiveThat,
    /// In the passive, before an infinitive.
    Passive,
    /// Before an infinitive or a gerund.
    Infinitive,
    /// Of the speaker's own mind, before any clause.
    Own,
    /// With an empty subject.
    Impersonal,
    /// Before any clause.
    Clause,
}

/// What an operator does to the clause beneath it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Says how likely it is.
    Hedge,
    /// Says that it is to come: "is expected to".
    Raising,
    /// "is ready to".
    Readiness,
    /// "is able to".
    Ability,
    /// Says that it is so or not so: "managed to", "failed to".
    Implicative,
    /// Calls it false.
    Falsity,
    /// Demands it.
    Necessity,
    /// "rule out that".
    RulingOut,
    /// Says that others say it: "is said to".
    Hearsay,
    /// Plans it.
    Plan,
    /// Wishes it.
    Desire,
    /// "is trying to".
    Attempt,
    /// "seems to".
    Appearance,
    /// Thinks it.
    Attitude,
    /// Names grounds for it: "there is evidence that".
    Evidence,
    /// "will".
    Future,
    /// "would".
    Would,
    /// "may", "could".
    Possible,
    /// "can".
    Able,
    /// "should" of what one ought to do.
    Should,
    /// "should" of what happens by itself.
    Foreseen,
}

/// The table of operators.
#[derive(Debug, Clone)]
pub struct Operators {
    rows: Vec<Operator>,
    nouns: BTreeMap<String, Effect>,
    adverbs: BTreeMap<String, Effect>,
    modals: BTreeMap<String, Effect>,
    by_itself: BTreeSet<String>,
    noun_holders: BTreeSet<String>,
    occurrence: BTreeSet<String>,
    light: BTreeMap<String, BTreeSet<String>>,
    support: BTreeSet<String>,
    expecting: BTreeSet<String>,
    relating: BTreeSet<String>,
    engaging: BTreeSet<String>,
    outlook: BTreeSet<String>,
    event_nouns: BTreeSet<String>,
    event_endings: Vec<String>,
    no_event_nouns: BTreeSet<String>,
    /// Words that clauses need.
    pub clauses: ClauseWords,
    /// Pronouns.
    pub persons: Persons,
    /// Nouns that stand for something named before.
    pub anaphora: Anaphora,
    /// Words of non-canonical clauses.
    pub noncanonical: Noncanonical,
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct Operator {
    /// Where its lemmas stand.
    pub takes: Construction,
    /// What it does.
    pub effect: Effect,
    /// Whether the clause beneath is said not to be so.
    pub negates: bool,
    lemmas: BTreeSet<String>,
}

impl Operators {
    pub(super) fn shipped() -> Result<Self, TableError> {
        Self::parse(FILE, TEXT)
    }

    fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let written: Written =
            toml::from_str(text).map_err(|e| TableError::of_toml(file, text, &e))?;
        if written.version != 1 {
            return Err(TableError::new(file, "version", "this program reads version 1"));
        }
        let Nouns { duty, attitude, hedge, evidence, plan, raising } = written.nouns;
        let nouns = [
            (hedge, Effect::Hedge),
            (evidence, Effect::Evidence),
            (plan, Effect::Plan),
            (raising, Effect::Raising),
            (duty, Effect::Necessity),
            (attitude, Effect::Attitude),
        ];
        let Modals { future, would, possible, able, necessary, should } = written.modals;
        let modals = [
            (future, Effect::Future),
            (would, Effect::Would),
            (possible, Effect::Possible),
            (able, Effect::Able),
            (necessary, Effect::Necessity),
            (should, Effect::Should),
        ];
        let all = |sets: Vec<(BTreeSet<String>, Effect)>| -> BTreeMap<String, Effect> {
            sets.into_iter().flat_map(|(set, e)| set.into_iter().map(move |w| (w, e))).collect()
        };
        let clauses = written.clauses;
        Ok(Self {
            rows: written
                .operator
                .into_iter()
                .map(|o| Operator {
                    takes: o.takes,
                    effect: o.effect,
                    negates: o.negates,
                    lemmas: o.lemmas,
                })
                .collect(),
            nouns: all(nouns.into()),
            adverbs: all(vec![
                (written.adverbs.hedge, Effect::Hedge),
                (written.adverbs.appearance, Effect::Appearance),
            ]),
            modals: all(modals.into()),
            by_itself: written.by_itself.lemmas,
            noun_holders: written.noun_holders.lemmas,
            occurrence: written.occurrence.lemmas,
            light: written.light.verbs,
            support: written.light.support,
            expecting: written.expecting.lemmas,
            relating: written.relating.lemmas,
            engaging: written.engaging.lemmas,
            outlook: written.outlook.lemmas,
            event_nouns: written.event_nouns.lemmas,
            event_endings: written.event_nouns.endings,
            no_event_nouns: written.event_nouns.not,
            clauses: ClauseWords {
                negators: clauses.negators,
                focus: clauses.focus,
                negative_determiners: clauses.negative_determiners,
                perfect: clauses.perfect,
                conditional: clauses.conditional,
                concessive: clauses.concessive,
                causal: clauses.causal,
                temporal: clauses.temporal,
                agent: clauses.agent,
            },
            persons: written.persons,
            anaphora: written.anaphora,
            noncanonical: written.noncanonical,
        })
    }

    /// The first row whose lemmas hold `lemma` and whose construction fits.
    pub fn find(&self, lemma: &str, fits: impl Fn(Construction) -> bool) -> Option<&Operator> {
        self.rows.iter().find(|row| row.lemmas.contains(lemma) && fits(row.takes))
    }

    /// What a noun says of the clause behind it.
    pub fn noun(&self, lemma: &str) -> Option<Effect> {
        self.nouns.get(lemma).copied()
    }

    /// What an adverb says of its verb, in lower case.
    pub fn adverb(&self, form: &str) -> Option<Effect> {
        self.adverbs.get(form).copied()
    }

    /// What a modal helper says, by its form or lemma in lower case.
    pub fn modal(&self, lemma: &str) -> Option<Effect> {
        self.modals.get(lemma).copied()
    }

    /// Whether what a verb tells happens without anybody's will.
    pub fn happens_by_itself(&self, lemma: &str) -> bool {
        self.by_itself.contains(lemma)
    }

    /// Whether a verb holds a noun of chance or plan ("has a plan to").
    pub fn holds_noun(&self, lemma: &str) -> bool {
        self.noun_holders.contains(lemma)
    }

    /// Whether a verb says of an event only that it goes on.
    pub fn occurs(&self, lemma: &str) -> bool {
        self.occurrence.contains(lemma)
    }

    /// Whether a verb says little without this object ("launch" an "attack").
    pub fn is_light(&self, verb: &str, object: &str) -> bool {
        self.light.get(verb).is_some_and(|set| set.is_empty() || set.contains(object))
    }

    /// Whether a verb says little without its object, whatever it is ("have", "take").
    pub fn is_support(&self, verb: &str) -> bool {
        self.support.contains(verb)
    }

    /// Whether a noun names what is expected ("forecast").
    pub fn is_outlook(&self, noun: &str) -> bool {
        self.outlook.contains(noun)
    }

    /// Whether a verb says only that somebody takes part in what stands behind "in".
    pub fn engages(&self, verb: &str) -> bool {
        self.engaging.contains(verb)
    }

    /// Whether a verb in the passive tells how two things stand to each other ("linked to").
    pub fn relates(&self, verb: &str) -> bool {
        self.relating.contains(verb)
    }

    /// Whether a verb says that its object is to come ("expect a truce").
    pub fn expects(&self, verb: &str) -> bool {
        self.expecting.contains(verb)
    }

    /// Whether a noun names an event.
    pub fn names_event(&self, lemma: &str) -> bool {
        !self.no_event_nouns.contains(lemma)
            && (self.event_nouns.contains(lemma)
                || self.event_endings.iter().any(|e| lemma.ends_with(e.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_lemma_and_construction() {
        let table = Operators::shipped().expect("the shipped table");
        let adjective = table.find("likely", |c| c == Construction::Adjective);
        assert_eq!(adjective.map(|o| o.effect), Some(Effect::Hedge));
        assert!(table.find("likely", |c| c == Construction::Infinitive).is_none());
        assert_eq!(table.modal("will"), Some(Effect::Future));
    }

    #[test]
    fn a_broken_row_is_named() {
        let error = Operators::parse("own.toml", "version = 1\n[[operator]]\ntakes = \"x\"\n");
        let error = error.expect_err("a broken row").to_string();
        assert!(error.starts_with("own.toml: 3: "), "{error}");
    }
}
