//! Which articles are copies of one another: reprints of a wire story, cut, with another headline,
//! with a paragraph of the reprinting outlet's own.
//!
//! A text is a set of *shingles*, runs of five words. Two texts are copies where one holds most of
//! the other's: **containment** and not likeness, since a reprint is often a third of the story. Of
//! the shingles only those whose hash ends in some zero bits are kept ([`Sketch`]), in every text the
//! same ones, so that the share of those is an estimate of the share of all (Broder 1997, "mod m").
//! Exact copies need none of this: they have one id.
//!
//! Whoever stores texts keeps their sketches, looks up by a few *keys* of a text who might hold some
//! of it, and asks [`Sketch::contained`] of those. The ledger does.
//!
//! Pure: no clock, no randomness.

mod sketch;

pub use sketch::Sketch;

/// Texts that are kept under one key at most, the first that came: more of them tell nothing, be it
/// a story that all reprint (the first stand for the others) or a phrase of the trade.
pub const UNDER_ONE_KEY: usize = 16;
