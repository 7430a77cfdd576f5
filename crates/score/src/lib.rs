//! Questions and their outcomes become scores. Pure.
//!
//! The way of a number: statements become [`Forecast`]s (the ledger does that); [`judge`] merges the
//! repeats of one view, finds what became of each under one resolver and says of the rest why it
//! cannot be scored; [`scorecard`] counts and computes over any set of these. [`deadlines`] lists the
//! dates that somebody named, [`series`] finds in a series of numbers when something came true, and
//! [`plot`] draws.
//!
//! **Why one resolver at a time.** Resolvers disagree, and a score that mixes them is nobody's. Each
//! has its own scorecard.
//!
//! **Why the range beside the middle.** A speaker says "likely" and no number. The score at the
//! middle of what readers take the word for stands between the best and the worst score that the
//! range allows ([`Envelope`]), and beside it the score that readers themselves would give on average.
//!
//! **Why so little is scored.** A possibility, a plan, a forecast without a last day or on a condition
//! says too little to be held against anybody. They are counted, with the reason ([`Unscorable`]).
//!
//! Output depends on what is given and never on its order. Nothing here knows a file or a clock, and
//! the resampling of [`interval`] draws from its own generator with a fixed seed.
//!
//! **Why no statistics crate.** What is needed is a dozen lines each (Wilson's interval, Murphy's
//! split, the area under a curve, a bootstrap of means); the tests compute each a second time from the
//! formulas.

mod bootstrap;
mod calibration;
mod card;
mod chance;
mod deadline;
mod fate;
mod forecast;
mod judge;
mod plot;
pub mod series;
pub mod words;

pub use bootstrap::interval;
pub use calibration::{Bin, Murphy, bins, discrimination, murphy, wilson};
pub use card::{Brier, Discrimination, FEW, RANKED, Scorecard, Skill, Standing, scorecard};
pub use chance::{Chance, Envelope, FLAT};
pub use deadline::{Deadline, deadlines};
pub use fate::{Fate, fate};
pub use forecast::{Claim, Forecast, Span, Unscorable};
pub use judge::{Judged, Outcomes, Verdict, View, agreed, judge};
pub use plot::{Scheme, plot};
