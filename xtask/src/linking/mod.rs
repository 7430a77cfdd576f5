//! A made corpus with its truth: what linking is scored on, and what ledgers are filled with.

pub(crate) mod bench;
mod cast;
mod draft;
mod random;
pub(crate) mod score;
pub(crate) mod world;
