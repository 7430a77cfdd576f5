//! Names by rule: runs of capitalised words, cut and sorted by tables and neighbours.
//!
//! This is what stands when no net ran; where one ran, its names replace these.

mod clean;
mod kinds;
mod runs;
mod table;

pub(crate) use clean::clean;
pub(crate) use table::NAMES_TABLE;

use crate::{Language, Name};

/// The names of a segmented text, in order, not overlapping.
pub(crate) fn names(language: &Language<'_>) -> Vec<Name> {
    let runs = runs::runs(language);
    kinds::sort(language, &runs)
}
