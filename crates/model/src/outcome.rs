use std::fmt::Write as _;

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

/// Version of the outcome record.
pub const OUTCOME_SCHEMA: u32 = 1;

/// What a named resolver says became of a question, with the evidence.
///
/// An outcome belongs to its resolver: several may disagree, and none is the truth. It is a
/// proposal until a person confirms it; the confirmation is a record of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Always [`OUTCOME_SCHEMA`].
    pub schema: u32,
    /// Derived from everything below but `proposed_by` ([`Outcome::sealed`]).
    pub id: String,
    /// What it is the outcome of.
    pub subject: Subject,
    /// Who says so: a person, an institution, a data series.
    pub resolver: String,
    /// What became of it.
    pub state: OutcomeState,
    /// Each time that it came true, the earliest first; empty where it has not.
    pub occurrences: Vec<Occurrence>,
    /// The last day that the resolver has looked at. A window that closed on or before it without
    /// an occurrence did not come true.
    pub through: Date,
    /// The day on which the state was known.
    pub known: Date,
    /// The question's own window, where the resolver states one.
    pub window: Option<AskedWindow>,
    /// What the resolver goes by.
    pub sources: Vec<OutcomeSource>,
    /// Why, in one sentence.
    pub reason: String,
    /// The person or the program, with the version of its rule, that wrote it down.
    pub proposed_by: String,
}

/// What an outcome belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A question, by its id: the event, whatever the deadlines.
    Question(String),
    /// One forecast, by its statement's id. `True` says that what was said came about, `Void` that
    /// its condition did not. It prevails over the outcome of the question.
    Statement(String),
}

impl Subject {
    /// The id of the question or the statement.
    pub fn id(&self) -> &str {
        match self {
            Self::Question(id) | Self::Statement(id) => id,
        }
    }
}

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeState {
    /// It came true, at least once.
    True,
    /// It did not come true, and the resolver looks no further.
    False,
    /// It has not come true yet.
    Pending,
    /// Some of it came true.
    Partial,
    /// The question fell away: its condition did not come about, its subject ceased to exist.
    Void,
    /// Accounts of it contradict each other.
    Disputed,
    /// No evidence can decide it.
    Unresolvable,
}

impl OutcomeState {
    /// All of them, in the order of the contract.
    pub const ALL: [Self; 7] = [
        Self::True,
        Self::False,
        Self::Pending,
        Self::Partial,
        Self::Void,
        Self::Disputed,
        Self::Unresolvable,
    ];

    /// The contract's word, the same as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Pending => "pending",
            Self::Partial => "partial",
            Self::Void => "void",
            Self::Disputed => "disputed",
            Self::Unresolvable => "unresolvable",
        }
    }

    /// The state that a word names.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// True for the states that say when the thing happened, or that it has not.
    pub fn is_dated(self) -> bool {
        matches!(self, Self::True | Self::False | Self::Pending)
    }
}

/// One time that a thing came true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Occurrence {
    /// The first day on which it can have become true; null where it was so before the resolver
    /// began to look.
    pub earliest: Option<Date>,
    /// The first day on which it was seen to be true.
    pub latest: Date,
    /// The day on which that was known.
    pub known: Date,
    /// The first day on which it was seen to be so no longer; the day itself for what is over when it
    /// has happened (a decision, a vote). Null where it lasts.
    pub ended: Option<Date>,
}

impl Occurrence {
    /// Something that became true on one known day.
    pub fn on(day: Date) -> Self {
        Self { earliest: Some(day), latest: day, known: day, ended: None }
    }
}

/// The days between which a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedWindow {
    /// First day.
    pub earliest: Option<Date>,
    /// Last day.
    pub latest: Date,
}

/// One piece of what a resolver goes by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutcomeSource {
    /// Where it can be read.
    pub url: Option<String>,
    /// Its words.
    pub quotation: Option<String>,
    /// Name of a file of data.
    pub file: Option<String>,
    /// The rows of the file that decide, counted from 1 as an editor counts lines.
    pub rows: Vec<u64>,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: Option<String>,
}

/// Why an outcome contradicts itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeFlaw {
    /// It is true and never happened.
    TrueWithoutOccurrence,
    /// It happened, and the state says that it did not.
    OccurrenceUntrue,
    /// It became true after the resolver stopped looking, or was known before it was seen.
    OccurrenceOutOfOrder,
    /// It was known before the last day that was looked at had come.
    KnownTooEarly,
    /// The resolver has no name.
    NoResolver,
}

impl std::fmt::Display for OutcomeFlaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::TrueWithoutOccurrence => "it is true and no day says when",
            Self::OccurrenceUntrue => "it happened, and the state says that it did not",
            Self::OccurrenceOutOfOrder => {
                "a day on which it happened lies after the last day looked at, or is not in order"
            }
            Self::KnownTooEarly => "a state cannot be known before the days that it speaks of",
            Self::NoResolver => "the resolver has no name",
        })
    }
}

impl std::error::Error for OutcomeFlaw {}

impl Outcome {
    /// The same outcome with its occurrences in order and its id.
    ///
    /// # Errors
    /// [`OutcomeFlaw`] where the outcome contradicts itself.
    pub fn sealed(mut self) -> Result<Self, OutcomeFlaw> {
        self.schema = OUTCOME_SCHEMA;
        self.occurrences.sort_unstable();
        self.check()?;
        self.id = crate::content_id("r", &self.key());
        Ok(self)
    }

    /// Everything that tells one outcome from another, each part with its length before it, so that
    /// no two outcomes have one key.
    fn key(&self) -> String {
        let day = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
        let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "-".to_owned());
        let kind = match self.subject {
            Subject::Question(_) => "question",
            Subject::Statement(_) => "statement",
        };
        let mut parts = vec![
            kind.to_owned(),
            self.subject.id().to_owned(),
            self.resolver.clone(),
            self.state.word().to_owned(),
            self.through.to_string(),
            self.known.to_string(),
            day(self.window.and_then(|window| window.earliest)),
            day(self.window.map(|window| window.latest)),
            self.reason.clone(),
            self.occurrences.len().to_string(),
        ];
        for one in &self.occurrences {
            parts.extend([day(one.earliest), day(Some(one.latest)), day(Some(one.known))]);
            parts.push(day(one.ended));
        }
        for source in &self.sources {
            parts.extend([&source.url, &source.quotation, &source.file, &source.sha256].map(word));
            parts.extend(source.rows.iter().map(u64::to_string));
        }
        let mut key = String::new();
        for part in &parts {
            // Writing to a String cannot fail.
            let _ = write!(key, "{}:{part}", part.len());
        }
        key
    }

    fn check(&self) -> Result<(), OutcomeFlaw> {
        if self.resolver.trim().is_empty() {
            return Err(OutcomeFlaw::NoResolver);
        }
        if self.known < self.through && self.state != OutcomeState::True {
            return Err(OutcomeFlaw::KnownTooEarly);
        }
        let is_of_question = matches!(self.subject, Subject::Question(_));
        match self.state {
            // One forecast may have come about by the absence of the event.
            OutcomeState::True if self.occurrences.is_empty() && is_of_question => {
                return Err(OutcomeFlaw::TrueWithoutOccurrence);
            }
            OutcomeState::False | OutcomeState::Pending if !self.occurrences.is_empty() => {
                return Err(OutcomeFlaw::OccurrenceUntrue);
            }
            _ => {}
        }
        let mut before: Option<Date> = None;
        for one in &self.occurrences {
            let begins = one.earliest.unwrap_or(one.latest);
            let ordered = begins <= one.latest
                && one.latest <= one.known
                && one.latest <= self.through
                && one.ended.is_none_or(|ended| one.latest <= ended && ended <= self.through)
                && before.is_none_or(|before| before <= begins);
            if !ordered {
                return Err(OutcomeFlaw::OccurrenceOutOfOrder);
            }
            before = Some(one.ended.unwrap_or(one.latest));
        }
        Ok(())
    }

    /// The outcome as it was known on a day; `None` where nothing was known.
    ///
    /// Whoever watches something knows on each day that it has not happened so far. So what was
    /// known later is taken away, and the rest is pending: up to the day asked for, or up to the
    /// eve of what had happened by then and was not known.
    #[must_use]
    pub fn as_of(&self, day: Date) -> Option<Self> {
        if self.known <= day && self.through <= day {
            return Some(self.clone());
        }
        if !self.state.is_dated() || matches!(self.subject, Subject::Statement(_)) {
            return (self.known <= day).then(|| self.clone());
        }
        let (known, unknown): (Vec<Occurrence>, Vec<Occurrence>) =
            self.occurrences.iter().partition(|one| one.known <= day);
        let mut through = self.through.min(day);
        if let Some(first) = unknown.first() {
            let eve = first.earliest.unwrap_or(first.latest).saturating_sub(1.days());
            through = through.min(eve);
        }
        let ended =
            |one: Occurrence| Occurrence { ended: one.ended.filter(|end| *end <= day), ..one };
        let occurrences: Vec<Occurrence> =
            known.into_iter().map(ended).filter(|one| one.latest <= through).collect();
        let state = if occurrences.is_empty() { OutcomeState::Pending } else { OutcomeState::True };
        let known = occurrences.last().map_or(through, |last| last.known.max(through));
        Some(Self { state, occurrences, through, known, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn outcome(state: OutcomeState, occurrences: Vec<Occurrence>) -> Outcome {
        Outcome {
            schema: OUTCOME_SCHEMA,
            id: String::new(),
            subject: Subject::Question("q1".to_owned()),
            resolver: "Ines Holt".to_owned(),
            state,
            occurrences,
            through: date(2031, 6, 30),
            known: date(2031, 6, 30),
            window: None,
            sources: Vec::new(),
            reason: "The bridge stood open.".to_owned(),
            proposed_by: "Ines Holt".to_owned(),
        }
    }

    #[test]
    fn the_id_follows_the_content_and_not_who_typed_it() {
        let one = outcome(OutcomeState::Pending, Vec::new()).sealed().unwrap();
        let typed = Outcome { proposed_by: "Jo Brandt".to_owned(), ..one.clone() };
        assert_eq!(typed.sealed().unwrap().id, one.id);
        let other = outcome(OutcomeState::False, Vec::new()).sealed().unwrap();
        assert_ne!(other.id, one.id);
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let flaw = |state, days: &[Occurrence]| outcome(state, days.to_vec()).sealed().err();
        let may = Occurrence::on(date(2031, 5, 3));
        assert_eq!(flaw(OutcomeState::True, &[]), Some(OutcomeFlaw::TrueWithoutOccurrence));
        assert_eq!(flaw(OutcomeState::False, &[may]), Some(OutcomeFlaw::OccurrenceUntrue));
        let late = Occurrence::on(date(2031, 7, 1));
        assert_eq!(flaw(OutcomeState::True, &[late]), Some(OutcomeFlaw::OccurrenceOutOfOrder));
        let again = Occurrence::on(date(2031, 6, 1));
        let lost = Occurrence { ended: Some(date(2031, 6, 9)), ..may };
        assert_eq!(
            flaw(OutcomeState::True, &[lost, again]),
            Some(OutcomeFlaw::OccurrenceOutOfOrder)
        );
        assert_eq!(flaw(OutcomeState::True, &[may]), None);
    }

    #[test]
    fn on_an_earlier_day_less_is_known() {
        let seen = Occurrence { known: date(2031, 5, 5), ..Occurrence::on(date(2031, 5, 3)) };
        let one = outcome(OutcomeState::True, vec![seen]).sealed().unwrap();
        let before = one.as_of(date(2031, 4, 30)).unwrap();
        assert_eq!((before.state, before.through), (OutcomeState::Pending, date(2031, 4, 30)));
        // It had happened and nobody knew: nothing can be said of that day.
        let between = one.as_of(date(2031, 5, 4)).unwrap();
        assert_eq!((between.state, between.through), (OutcomeState::Pending, date(2031, 5, 2)));
        let after = one.as_of(date(2031, 5, 5)).unwrap();
        assert_eq!((after.state, after.through), (OutcomeState::True, date(2031, 5, 5)));
        let void = outcome(OutcomeState::Void, Vec::new()).sealed().unwrap();
        assert_eq!(void.as_of(date(2031, 6, 29)), None);
    }
}
