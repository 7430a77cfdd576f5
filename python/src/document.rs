//! Articles with their statements.

use std::collections::BTreeSet;

use pyo3::{exceptions::PyRuntimeError, prelude::*};
use rayon::prelude::*;
use sayso_arrow::{Row, schema, table};
use sayso_command::reading::{self, Reading};
use sayso_read::Format;
use serde::Serialize;

use crate::{
    day,
    table::{Table, refused},
};

/// An article that was read.
#[pyclass(frozen, module = "sayso._sayso")]
pub(crate) struct Document(Box<Reading>);

/// A document, or the sentence that says why there is none.
#[derive(IntoPyObject)]
pub(crate) enum Read {
    /// It was read.
    Document(Document),
    /// It was not.
    Failed(String),
}

impl From<Result<Reading, String>> for Read {
    fn from(read: Result<Reading, String>) -> Self {
        match read {
            Ok(reading) => Self::Document(Document(Box::new(reading))),
            Err(words) => Self::Failed(words),
        }
    }
}

#[pymethods]
impl Document {
    #[getter]
    fn text(&self) -> &str {
        &self.0.article.text
    }

    /// What is known of the article, as JSON.
    fn article(&self) -> PyResult<String> {
        json(&sayso_model::Article { text: String::new(), ..self.0.article.clone() })
    }

    /// The statements, each as the line that `sayso read -o jsonl` prints.
    fn statements(&self) -> PyResult<Vec<String>> {
        self.0.statements.iter().map(json).collect()
    }

    fn __len__(&self) -> usize {
        self.0.statements.len()
    }

    /// A table of its statements; with its own row where it is asked for.
    fn table(&self, py: Python<'_>, with_text: bool) -> PyResult<Table> {
        let Reading { article, statements } = &*self.0;
        py.detach(|| {
            let groups = statements.iter().map(groups).collect::<Vec<_>>();
            let mut rows = Vec::new();
            rows.extend(with_text.then_some(Row::Article(article)));
            rows.extend(statements.iter().zip(&groups).map(|(one, of)| Row::Statement(one, of)));
            table(&rows)
        })
        .map(|batch| Table::new(schema(), vec![batch]))
        .map_err(|error| refused(&error))
    }
}

/// The keys under which a statement can meet others.
pub(crate) fn groups(statement: &sayso_model::Statement) -> Vec<String> {
    let groups: BTreeSet<String> = sayso_link::groups(statement, crate::batch::classes());
    groups.into_iter().collect()
}

/// A record as JSON.
pub(crate) fn json(record: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(record).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

/// Reads records (lines of JSON), many at the same time, in their order.
#[pyfunction]
#[pyo3(signature = (records, published, jobs))]
#[expect(clippy::needless_pass_by_value, reason = "arguments of Python come by value")]
pub(crate) fn read_records(
    py: Python<'_>,
    records: Vec<String>,
    published: Option<&str>,
    jobs: Option<usize>,
) -> PyResult<Vec<Read>> {
    let published = day(published)?;
    let read = |record: &String| reading::record(record, published);
    let read = py.detach(|| match jobs {
        Some(1) => Ok(records.iter().map(read).collect()),
        jobs => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).build();
            pool.map(|pool| pool.install(|| records.par_iter().map(read).collect::<Vec<_>>()))
        }
    });
    let read = read.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    Ok(read.into_iter().map(Read::from).collect())
}

/// Reads what a file of this name would hold.
#[pyfunction]
pub(crate) fn read_document(
    py: Python<'_>,
    name: &str,
    bytes: &[u8],
    published: Option<&str>,
) -> PyResult<Vec<Read>> {
    let published = day(published)?;
    let read = py.detach(|| reading::document(name, bytes, Format::Auto, published));
    Ok(read.into_iter().map(Read::from).collect())
}
