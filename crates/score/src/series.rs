//! When something came true, by a rule over a series of numbers.

use jiff::{ToSpan as _, civil::Date};
use sayso_model::Occurrence;

/// Which numbers make it so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Test {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Test {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtLeast(bar) => value >= bar,
            Self::AtMost(bar) => value <= bar,
        }
    }
}

/// Which way a number goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Higher than before.
    Up,
    /// Lower than before.
    Down,
    /// As before.
    Same,
}

/// What a series shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Each time that it came true.
    pub occurrences: Vec<Occurrence>,
    /// Up to which day the series decides: its last, or the eve of what has begun and not yet lasted
    /// long enough. `None` where the series is too short to say anything.
    pub through: Option<Date>,
}

/// Finds where the numbers pass a test and go on passing it for so many hours without a reversal.
///
/// The first day of such a stretch is the day on which it came true; it is known when the hours are
/// over. A stretch ends with the first number that fails. Days without a number are not looked at:
/// what came true after a gap came true on one of its days. What the series begins with had been so
/// before it, nobody knows since when.
///
/// `points` are in the order of their days, one a day at most.
pub fn level(points: &[(Date, f64)], test: Test, hours: u32) -> Shown {
    let mut occurrences = Vec::new();
    let mut through = points.last().map(|(day, _)| *day);
    let mut i = 0;
    while i < points.len() {
        if !test.holds(points[i].1) {
            i += 1;
            continue;
        }
        let first = i;
        let start = points[first].0;
        while i < points.len() && test.holds(points[i].1) {
            i += 1;
        }
        let lasted =
            |day: Date| (day - start).get_days() * 24 >= i32::try_from(hours).unwrap_or(i32::MAX);
        let eve = first.checked_sub(1).map(|before| points[before].0);
        match points[first..i].iter().find(|(day, _)| lasted(*day)) {
            Some((known, _)) => occurrences.push(Occurrence {
                earliest: eve.map(|eve| eve.saturating_add(1.days())),
                latest: start,
                known: *known,
                ended: points.get(i).map(|(day, _)| *day),
            }),
            // It may still last: the days before it are decided, it is not.
            None if i == points.len() => through = eve,
            None => {}
        }
    }
    Shown { occurrences, through }
}

/// Finds the days on which a number is higher, lower or the same as the one before it. Each row is a
/// decision of its own, and its day is exact.
pub fn change(points: &[(Date, f64)], turn: Turn) -> Shown {
    let occurrences = points
        .windows(2)
        .filter(|pair| match turn {
            Turn::Up => pair[1].1 > pair[0].1,
            Turn::Down => pair[1].1 < pair[0].1,
            Turn::Same => pair[1].1.total_cmp(&pair[0].1).is_eq(),
        })
        .map(|pair| {
            // A decision is over when it is taken: the next one can come true anew.
            Occurrence { ended: Some(pair[1].0), ..Occurrence::on(pair[1].0) }
        })
        .collect();
    Shown { occurrences, through: points.last().map(|(day, _)| *day) }
}
