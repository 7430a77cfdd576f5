//! The native half of the Python package: what takes time, with Python's lock released.
//!
//! **Why so little is here.** Reading, linking and printing are the command's own
//! ([`sayso_command::run`], [`sayso_command::reading`]); this crate hands bytes in and tables or JSON out. What
//! a person calls, with its types and words, is Python (`src-python/sayso`), where it can be read and checked
//! as Python.
//!
//! **Why JSON and not objects made here.** The record is a contract in JSON; a second family of classes in Rust
//! would have to be kept equal to it. Python makes its classes from the JSON that the command prints, so that
//! the two cannot differ.
//!
//! The import of Arrow tables through C pointers is `pyo3-arrow`'s: no `unsafe` here.

mod batch;
mod document;
mod files;
mod ledger;
mod table;

use std::ffi::OsString;

use jiff::civil::Date;
use pyo3::{exceptions::PyValueError, prelude::*};

/// What the package's Python calls.
#[pymodule]
mod _sayso {
    #[pymodule_export]
    use super::{
        batch::{link_group, read_batch},
        document::{Document, read_document, read_records},
        files::Files,
        ledger::{Ledger, LedgerError},
        run,
        table::Table,
        version,
    };
}

/// Runs the command; its exit code.
#[pyfunction]
fn run(py: Python<'_>, argv: Vec<OsString>) -> u8 {
    py.detach(|| sayso_command::run(argv))
}

/// The version of sayso.
#[pyfunction]
fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// A day as the package's Python hands it over.
fn day(words: Option<&str>) -> PyResult<Option<Date>> {
    words
        .map(str::parse)
        .transpose()
        .map_err(|_| PyValueError::new_err("A day is a date such as 2024-03-09."))
}
