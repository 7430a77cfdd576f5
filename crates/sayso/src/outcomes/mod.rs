//! Outcome data: a file of rows and a map that says how to read them become proposed outcomes.
//!
//! **Why a map beside the file.** Whoever publishes a series knows nothing of our questions. The map
//! is a page of TOML that says which column is the day, how a cell reads, by which rule the rows decide
//! and which question they decide; the file stays as its publisher made it, known by its hash.

mod map;
mod propose;
mod table;

use std::{fmt, path::Path};

pub(crate) use map::Map;
pub(crate) use propose::{Asked, Proposal, proposals};
pub(crate) use table::Table;

/// What is wrong with a map or a file, with the place: nothing of a broken file is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DataError {
    /// The file.
    pub(crate) file: String,
    /// The row, counted as an editor counts lines; in JSON the number of the object.
    pub(crate) row: Option<u64>,
    /// The column by its name.
    pub(crate) column: Option<String>,
    /// What is wrong, with the value last.
    pub(crate) what: String,
}

impl DataError {
    pub(crate) fn of_file(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), row: None, column: None, what: what.into() }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ": row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for DataError {}

/// A file's name without its folders: what is written into records is the same on every machine.
fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
