//! Rows of a CSV, TSV, JSON or JSON lines file, also packed with gzip.

use std::{fs, io::Read as _, path::Path};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{DataError, name};

/// Bytes of an unpacked file that are read at most.
const MOST: u64 = 256 << 20;

/// A table as it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// The file's name.
    pub(crate) file: String,
    /// SHA-256 of the file as it is, packed or not.
    pub(crate) sha256: String,
    /// Names of the columns.
    pub(crate) columns: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The line of the file on which it begins; in a JSON array its number from 1.
    pub(crate) number: u64,
    /// A cell for each column; empty where there is none.
    pub(crate) cells: Vec<String>,
}

impl Table {
    /// Reads a file whole.
    pub(crate) fn read(path: &Path) -> Result<Self, DataError> {
        let file = name(path);
        let broken = |what: String| DataError::of_file(&file, what);
        let bytes =
            fs::read(path).map_err(|error| broken(format!("it cannot be read: {error}")))?;
        let sha256 = Sha256::digest(&bytes)
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let is_packed = bytes.starts_with(&[0x1f, 0x8b]);
        let mut text = String::new();
        let read = if is_packed {
            flate2::read::MultiGzDecoder::new(&bytes[..]).take(MOST + 1).read_to_string(&mut text)
        } else {
            (&bytes[..]).take(MOST + 1).read_to_string(&mut text)
        };
        read.map_err(|error| broken(format!("it is no text in UTF-8, or damaged: {error}")))?;
        if text.len() as u64 > MOST {
            return Err(broken(format!("it is larger than {} megabytes", MOST >> 20)));
        }
        let text = text.trim_start_matches('\u{feff}');
        let (columns, rows) = match text.trim_start().chars().next() {
            None => return Err(broken("it is empty".to_owned())),
            Some('[') => array(text, &file)?,
            Some('{') => lines(text, &file)?,
            Some(_) => {
                let plain = file.strip_suffix(".gz").unwrap_or(&file);
                let ending = Path::new(plain).extension();
                csv(text, ending.is_some_and(|ending| ending.eq_ignore_ascii_case("tsv")), &file)?
            }
        };
        Ok(Self { file, sha256, columns, rows })
    }

    /// The place of a column.
    pub(crate) fn column(&self, wanted: &str) -> Result<usize, DataError> {
        self.columns.iter().position(|column| column == wanted).ok_or_else(|| {
            let there = self.columns.join(", ");
            DataError::of_file(
                &self.file,
                format!("there is no column {wanted}. There are: {there}"),
            )
        })
    }

    /// An error in a cell.
    pub(crate) fn wrong(&self, row: &Row, column: usize, what: impl Into<String>) -> DataError {
        DataError {
            file: self.file.clone(),
            row: Some(row.number),
            column: self.columns.get(column).cloned(),
            what: what.into(),
        }
    }
}

type Parts = (Vec<String>, Vec<Row>);

fn csv(text: &str, tabs: bool, file: &str) -> Result<Parts, DataError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        let row = error.position().map(csv::Position::line);
        let what = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("the head names {expected_len} columns, this row has {len}")
            }
            _ => format!("it cannot be read: {error}"),
        };
        DataError { row, ..DataError::of_file(file, what) }
    };
    let columns = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let number = record.position().map_or(0, csv::Position::line);
        rows.push(Row { number, cells: record.iter().map(str::to_owned).collect() });
    }
    Ok((columns, rows))
}

fn array(text: &str, file: &str) -> Result<Parts, DataError> {
    let all: Vec<Value> = serde_json::from_str(text).map_err(|error| DataError {
        row: Some(error.line() as u64),
        ..DataError::of_file(file, format!("this is no JSON: {error}"))
    })?;
    objects((1..).zip(all), file)
}

fn lines(text: &str, file: &str) -> Result<Parts, DataError> {
    let mut all = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let value = serde_json::from_str(line).map_err(|error| DataError {
            row: Some(number),
            ..DataError::of_file(file, format!("this is no JSON object: {error}"))
        })?;
        all.push((number, value));
    }
    objects(all.into_iter(), file)
}

fn objects(all: impl Iterator<Item = (u64, Value)>, file: &str) -> Result<Parts, DataError> {
    let mut columns: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (number, value) in all {
        let Value::Object(object) = value else {
            let what = format!("this is no object: {value}");
            return Err(DataError { row: Some(number), ..DataError::of_file(file, what) });
        };
        let mut cells = vec![String::new(); columns.len()];
        for (key, value) in object {
            let cell = match value {
                Value::Null => String::new(),
                Value::String(text) => text.trim().to_owned(),
                other => other.to_string(),
            };
            if let Some(at) = columns.iter().position(|column| *column == key) {
                cells[at] = cell;
            } else {
                columns.push(key);
                cells.push(cell);
            }
        }
        rows.push(Row { number, cells });
    }
    for row in &mut rows {
        row.cells.resize(columns.len(), String::new());
    }
    Ok((columns, rows))
}
