//! A ledger, for reading.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard},
};

use pyo3::{create_exception, exceptions::PyException, prelude::*};
use sayso_ledger::{Query, Scoring, Whose};

use crate::{day, document::json};

create_exception!(
    sayso,
    LedgerError,
    PyException,
    "A ledger that cannot be read or has not what was asked for."
);

/// An open ledger. Answers are JSON, as the command prints them.
#[pyclass(frozen, module = "sayso._sayso")]
pub(crate) struct Ledger(Mutex<sayso_ledger::Ledger>);

/// The ledger's errors name the file and the cure.
#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
fn failed(error: sayso_ledger::LedgerError) -> PyErr {
    let words = error.to_string();
    let end = if words.ends_with('.') { "" } else { "." };
    LedgerError::new_err(format!("{words}{end} {}", error.hint()))
}

impl Ledger {
    fn open(&self) -> PyResult<MutexGuard<'_, sayso_ledger::Ledger>> {
        let broken = |_| LedgerError::new_err("The ledger broke down before. Open it again.");
        self.0.lock().map_err(broken)
    }
}

#[pymethods]
impl Ledger {
    #[new]
    #[expect(clippy::needless_pass_by_value, reason = "arguments of Python come by value")]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let opened = py.detach(|| sayso_ledger::Ledger::open_for_reading(&path));
        Ok(Self(Mutex::new(opened.map_err(failed)?)))
    }

    /// A page of what a query finds: the records, how many there are in all, and the next page's place.
    fn find(
        &self,
        py: Python<'_>,
        query: &str,
        today: &str,
        limit: usize,
        cursor: Option<String>,
    ) -> PyResult<(Vec<String>, usize, Option<String>)> {
        let today = day(Some(today))?.unwrap_or_default();
        let query = Query::parse(query, today)
            .map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
        let query = Query { limit, cursor, ..query };
        let page = py.detach(|| Ok::<_, PyErr>(self.open()?.find(&query).map_err(failed)))??;
        let records = page.items.iter().map(|hit| json(&hit.statement)).collect::<PyResult<_>>()?;
        Ok((records, page.total, page.next))
    }

    fn questions(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let all = py.detach(|| Ok::<_, PyErr>(self.open()?.questions().map_err(failed)))??;
        all.iter().map(json).collect()
    }

    fn question(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        json(&py.detach(|| Ok::<_, PyErr>(self.open()?.question(id).map_err(failed)))??)
    }

    fn speakers(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let all = py.detach(|| Ok::<_, PyErr>(self.open()?.speakers().map_err(failed)))??;
        all.iter().map(json).collect()
    }

    fn article(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        json(&py.detach(|| Ok::<_, PyErr>(self.open()?.article(id).map_err(failed)))??)
    }

    /// Scorecards of all speakers, of all outlets, or of one of them.
    fn score(
        &self,
        py: Python<'_>,
        speaker: Option<String>,
        outlet: Option<String>,
        outlets: bool,
        as_of: Option<&str>,
    ) -> PyResult<Vec<String>> {
        let whose = match (speaker, outlet, outlets) {
            (Some(speaker), ..) => Whose::Speaker(speaker),
            (None, Some(outlet), _) => Whose::Outlet(outlet),
            (None, None, true) => Whose::Outlets,
            (None, None, false) => Whose::Speakers,
        };
        let scoring = Scoring { as_of: day(as_of)?, ..Scoring::default() };
        let scores =
            py.detach(|| Ok::<_, PyErr>(self.open()?.scores(&whose, &scoring).map_err(failed)))??;
        scores.lines.iter().map(json).collect()
    }
}
