//! Tables of articles to tables of statements, for engines that map a function over batches.

use std::sync::LazyLock;

use arrow_array::{
    Array as _, ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray, cast::AsArray as _,
};
use arrow_cast::cast;
use arrow_schema::DataType;
use pyo3::prelude::*;
use pyo3_arrow::{PyTable, input::AnyRecordBatch};
use sayso_arrow::{Row, TableError, bearing_schema, bearings, schema, table, unpacked};
use sayso_command::reading::{self, Reading};
use sayso_link::Classes;
use sayso_model::content_id;
use sayso_read::Format;
use serde_json::{Map, Value};

use crate::{
    document::groups,
    table::{Table, refused},
};

/// What is known of the classes of events.
pub(crate) fn classes() -> &'static Classes {
    static CLASSES: LazyLock<Classes> = LazyLock::new(reading::classes);
    &CLASSES
}

/// Reads the articles of a table: one row an article in, one row a statement out.
#[pyfunction]
pub(crate) fn read_batch(py: Python<'_>, given: AnyRecordBatch, texts: bool) -> PyResult<Table> {
    let (batches, _) = into_table(given)?.into_inner();
    let read = py.detach(|| batches.iter().map(|batch| read(batch, texts)).collect());
    let read: Result<Vec<RecordBatch>, TableError> = read;
    Ok(Table::new(schema(), read.map_err(|error| refused(&error))?))
}

/// The questions on which the statements of a table bear; with a key those of this group alone.
#[pyfunction]
pub(crate) fn link_group(
    py: Python<'_>,
    given: AnyRecordBatch,
    key: Option<&str>,
) -> PyResult<Table> {
    let (batches, _) = into_table(given)?.into_inner();
    let linked = py.detach(|| {
        let mut statements = Vec::new();
        for batch in &batches {
            statements.extend(unpacked(batch)?.statements);
        }
        // The same article may have been read twice.
        statements.sort_by(|a, b| a.id.cmp(&b.id));
        statements.dedup_by(|a, b| a.id == b.id);
        let questions = match key {
            Some(key) => sayso_link::group_questions(&statements, classes(), key),
            None => sayso_link::questions(&statements, classes()),
        };
        bearings(&questions)
    });
    Ok(Table::new(bearing_schema(), vec![linked.map_err(|error| refused(&error))?]))
}

fn into_table(given: AnyRecordBatch) -> PyResult<PyTable> {
    given.into_table().map_err(PyErr::from)
}

/// A column as a record can have it.
enum Cells {
    Words(StringArray),
    Number(Int64Array),
    Bytes(BinaryArray),
}

/// The columns that can describe an article.
fn columns(batch: &RecordBatch) -> Vec<(String, Cells)> {
    let cells = |column: &ArrayRef| -> Option<Cells> {
        let to = |target| cast(column, target).ok();
        Some(match column.data_type() {
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
                Cells::Bytes(to(&DataType::Binary)?.as_binary().clone())
            }
            kind if kind.is_integer() => {
                Cells::Number(to(&DataType::Int64)?.as_primitive().clone())
            }
            kind if kind.is_nested() || kind.is_floating() => return None,
            _ => Cells::Words(to(&DataType::Utf8)?.as_string::<i32>().clone()),
        })
    };
    let schema = batch.schema();
    let named = schema.fields().iter().zip(batch.columns());
    named.filter_map(|(field, column)| Some((field.name().clone(), cells(column)?))).collect()
}

/// One row of a table of articles.
#[derive(Default)]
struct Given {
    record: Map<String, Value>,
    /// Bytes of a page or of a whole file.
    bytes: Option<Vec<u8>>,
    /// The file that they are.
    path: Option<String>,
}

impl Given {
    fn of(columns: &[(String, Cells)], at: usize) -> Self {
        let mut given = Self::default();
        for (name, cells) in columns {
            match cells {
                Cells::Words(words) if !words.is_null(at) => {
                    if name == "path" {
                        given.path = Some(words.value(at).to_owned());
                    }
                    given.record.insert(name.clone(), words.value(at).into());
                }
                Cells::Number(numbers) if !numbers.is_null(at) => {
                    given.record.insert(name.clone(), numbers.value(at).into());
                }
                Cells::Bytes(bytes) if !bytes.is_null(at) => {
                    let value = bytes.value(at);
                    match std::str::from_utf8(value) {
                        // Some writers do not say that their bytes are text.
                        Ok(text) if name != "content" => {
                            given.record.insert(name.clone(), text.into());
                        }
                        _ => given.bytes = Some(value.to_owned()),
                    }
                }
                _ => {}
            }
        }
        given
    }

    fn read(&self) -> Vec<Result<Reading, String>> {
        match &self.bytes {
            None => {
                let json = Value::Object(self.record.clone()).to_string();
                vec![reading::record(&json, None)]
            }
            Some(bytes) => {
                let path = self.path.as_deref().unwrap_or("page.html");
                reading::document(path, bytes.as_slice(), Format::Auto, None)
            }
        }
    }

    /// The name of what could not be read: its id, address or file, else what its content says.
    fn key(&self) -> String {
        let named = |name: &str| match self.record.get(name)? {
            Value::String(words) if !words.is_empty() => Some(words.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        ["id", "_id", "url", "path"]
            .iter()
            .find_map(|name| named(name))
            .unwrap_or_else(|| content_id("row", &Value::Object(self.record.clone()).to_string()))
    }
}

fn read(batch: &RecordBatch, texts: bool) -> Result<RecordBatch, TableError> {
    let columns = columns(batch);
    let given: Vec<Given> = (0..batch.num_rows()).map(|at| Given::of(&columns, at)).collect();
    let mut read = Vec::new();
    for one in &given {
        read.extend(one.read().into_iter().map(|read| read.map_err(|words| (one.key(), words))));
    }
    let of: Vec<Vec<Vec<String>>> = read
        .iter()
        .map(|read| read.as_ref().map_or(Vec::new(), |r| r.statements.iter().map(groups).collect()))
        .collect();
    let mut rows = Vec::new();
    for (read, groups) in read.iter().zip(&of) {
        match read {
            Ok(Reading { article, statements }) => {
                rows.extend(texts.then_some(Row::Article(article)));
                rows.extend(statements.iter().zip(groups).map(|(s, g)| Row::Statement(s, g)));
            }
            Err((key, words)) => rows.push(Row::Problem(key, words)),
        }
    }
    table(&rows)
}
