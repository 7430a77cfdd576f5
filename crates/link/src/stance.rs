//! Which side a statement takes on its own event, and how far.

use sayso_model::{Polarity, Stance, Statement};

/// A range that lies wholly below even odds says that the thing will hardly be so.
const EVEN: f64 = 0.5;

/// What a statement says about its event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    /// For or against.
    pub(crate) stance: Stance,
    /// Lowest probability of the event that the words leave.
    pub(crate) low: Option<f64>,
    /// Highest probability of the event that the words leave.
    pub(crate) high: Option<f64>,
    /// The stance comes from the hedge and not from a negation.
    pub(crate) hedged_away: bool,
}

/// Reads polarity and certainty together.
///
/// A hedge speaks of what the words say: of the event where they affirm it, of its absence where
/// they deny it ("will likely not fall"). A negated hedge is looked up as a whole and already
/// speaks of the event ("probably not"); it is known by its range, which lies below even odds.
pub(crate) fn read(statement: &Statement) -> Reading {
    let certainty = statement.certainty.as_ref();
    let (low, high) = certainty.map_or((None, None), |c| (c.low, c.high));
    let below = high.is_some_and(|high| high < EVEN);
    match (statement.polarity, below) {
        (Polarity::Yes, false) => Reading { stance: Stance::Yes, low, high, hedged_away: false },
        (Polarity::Yes, true) => Reading { stance: Stance::No, low, high, hedged_away: true },
        (Polarity::No, true) => Reading { stance: Stance::No, low, high, hedged_away: false },
        (Polarity::No, false) => {
            let (low, high) = complement(low, high);
            Reading { stance: Stance::No, low, high, hedged_away: false }
        }
    }
}

/// The range of the event's absence.
pub(crate) fn complement(low: Option<f64>, high: Option<f64>) -> (Option<f64>, Option<f64>) {
    (high.map(rest), low.map(rest))
}

/// `1 - p`, without the digits that binary fractions leave behind.
pub(crate) fn rest(p: f64) -> f64 {
    ((1.0 - p) * 10_000.0).round() / 10_000.0
}

/// The other side.
pub(crate) fn flip(stance: Stance) -> Stance {
    match stance {
        Stance::Yes => Stance::No,
        Stance::No => Stance::Yes,
    }
}
