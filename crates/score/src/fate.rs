//! What became of a forecast, by the outcome of its question.

use jiff::civil::Date;
use sayso_model::{Occurrence, Outcome, OutcomeState};
use serde::{Deserialize, Serialize};

use crate::forecast::Span;

/// What became of the thing that a forecast speaks of, in the window of the forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It happened in the window.
    Happened {
        /// The first day on which it was seen to be true.
        on: Date,
        /// The day on which that was known.
        known: Date,
    },
    /// The window closed without it.
    DidNot {
        /// When it happened after all: the first day after the window.
        later: Option<Date>,
    },
    /// The window is open, or nobody has looked so far.
    Open,
    /// The question fell away.
    Void,
    /// It was so already when the forecast was made.
    AlreadySo,
    /// It happened at an end of the window, and nobody knows on which side of it.
    UnclearDay,
    /// Some of it came true.
    Partial,
    /// Accounts of it contradict each other.
    Disputed,
    /// No evidence can decide it.
    Unresolvable,
}

/// What became of something said on a day about a window, by the outcome of its question.
///
/// Each time that it came true counts from its own day: what was so before the forecast was made and
/// ended is past, what has not ended makes the forecast one of nothing new. A window without a last
/// day is closed by an occurrence alone.
pub fn fate(outcome: &Outcome, said: Date, span: Span) -> Fate {
    match outcome.state {
        OutcomeState::Void => return Fate::Void,
        OutcomeState::Partial => return Fate::Partial,
        OutcomeState::Disputed => return Fate::Disputed,
        OutcomeState::Unresolvable => return Fate::Unresolvable,
        OutcomeState::True | OutcomeState::False | OutcomeState::Pending => {}
    }
    let begin = span.earliest.map_or(said, |earliest| earliest.max(said));
    let end = span.end();
    let mut later = None;
    for one in &outcome.occurrences {
        match place(one, begin, end) {
            Place::Inside => return Fate::Happened { on: one.latest, known: one.known },
            Place::Across => return Fate::UnclearDay,
            Place::Before => {
                // What began before the window and lasts into it cannot begin in it.
                let lasts = one.ended.is_none_or(|ended| ended > begin);
                if lasts && one.latest < said {
                    return Fate::AlreadySo;
                }
            }
            Place::After => {
                later = Some(one.latest);
                break;
            }
        }
    }
    // Who says that it did not happen, and looks no further, has decided the whole of its window.
    let asked = outcome.window.filter(|_| outcome.state == OutcomeState::False);
    let through = asked.map_or(outcome.through, |asked| asked.latest.max(outcome.through));
    match end {
        Some(end) if end <= through => Fate::DidNot { later },
        _ => Fate::Open,
    }
}

/// Where the days on which something can have come true lie to a window.
enum Place {
    Before,
    Inside,
    Across,
    After,
}

fn place(one: &Occurrence, begin: Date, end: Option<Date>) -> Place {
    let begins_inside = one.earliest.is_some_and(|earliest| begin <= earliest);
    let is_before = one.latest < begin;
    let is_after = end.is_some_and(|end| one.earliest.is_some_and(|earliest| end < earliest));
    let ends_inside = end.is_none_or(|end| one.latest <= end);
    match (is_before, is_after, begins_inside && ends_inside) {
        (true, _, _) => Place::Before,
        (_, true, _) => Place::After,
        (_, _, true) => Place::Inside,
        _ => Place::Across,
    }
}
