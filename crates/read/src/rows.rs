//! Tables of articles (CSV, TSV): one article a row, fields under the names that JSON records have.

use std::{
    cell::{Cell, RefCell},
    io::{self, Read},
    rc::Rc,
};

use csv::{ByteRecord, ReaderBuilder};
use sayso_model::Article;
use serde_json::{Map, Value};

use crate::{
    Options, Raw, decode,
    failure::{Failure, Size},
    json, raw,
};

/// The articles of a table, one row in memory at a time.
pub(crate) struct Rows<'a> {
    table: csv::Reader<Rationed<'a>>,
    ration: Rc<Cell<u64>>,
    passed: Option<Passed>,
    columns: Vec<String>,
    file: String,
    stem: String,
    options: Options,
    number: usize,
    ended: bool,
    /// The line that names the columns, as it stands in the file.
    names: Vec<u8>,
    raw: Option<Raw>,
}

/// Bytes of which so many may be read until the ration is filled again: a quotation mark that is
/// never closed must not make one row of the whole file.
struct Rationed<'a> {
    bytes: Box<dyn io::BufRead + 'a>,
    left: Rc<Cell<u64>>,
    passed: Option<Passed>,
}

/// The bytes of the file from one on that were read so far.
type Passed = Rc<RefCell<(u64, Vec<u8>)>>;

impl Read for Rationed<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::Error::other(TOO_LONG));
        }
        let most = out.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.bytes.read(&mut out[..most])?;
        self.left.set(left - read as u64);
        if let Some(passed) = &self.passed {
            passed.borrow_mut().1.extend_from_slice(&out[..read]);
        }
        Ok(read)
    }
}

const TOO_LONG: &str = "row too long";

/// A cell without the apostrophe that keeps a spreadsheet from running it ("'=1+1"), as we and others
/// write it.
fn unmarked(cell: String) -> String {
    let bare = cell.trim_start_matches('\'');
    let marked = bare.len() < cell.len() && bare.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if marked { cell[1..].to_owned() } else { cell }
}

impl<'a> Rows<'a> {
    /// The rows of a table. Its first row names the columns; `head` is its beginning, by which
    /// commas, semicolons and tabs are told apart.
    pub(crate) fn new(
        bytes: Box<dyn io::BufRead + 'a>,
        head: &[u8],
        file: String,
        stem: String,
        options: Options,
    ) -> Self {
        let ration = Rc::new(Cell::new(options.document_limit));
        let passed = options.keep_raw.then(Passed::default);
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |mark: &u8| line.split(|byte| byte == mark).count();
        let delimiter = [b',', b'\t', b';'].into_iter().max_by_key(count).unwrap_or(b',');
        // `max_by_key` takes the last of equals: a line without any has one column.
        let table = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Rationed { bytes, left: Rc::clone(&ration), passed: passed.clone() });
        Self {
            table,
            ration,
            passed,
            columns: Vec::new(),
            file,
            stem,
            options,
            number: 0,
            ended: false,
            names: Vec::new(),
            raw: None,
        }
    }

    /// The row of the last article after the line that names the columns, once, where rows are kept.
    pub(crate) fn take_raw(&mut self) -> Option<Raw> {
        self.raw.take()
    }

    /// The bytes of the file from one on up to the row that comes next; what is before is forgotten.
    fn passed(&self, from: u64) -> Vec<u8> {
        let Some(passed) = &self.passed else { return Vec::new() };
        let (first, bytes) = &mut *passed.borrow_mut();
        let to = self.table.position().byte();
        let at = |byte: u64| usize::try_from(byte.saturating_sub(*first)).unwrap_or(usize::MAX);
        let (from, to) = (at(from), at(to).min(bytes.len()));
        let row = bytes.get(from..to).unwrap_or_default().to_vec();
        *first += to as u64;
        bytes.drain(..to);
        row
    }

    fn step(&mut self) -> Result<Option<Article>, Failure> {
        loop {
            let mut row = ByteRecord::new();
            self.ration.set(self.options.document_limit);
            let line = self.table.position().line();
            let from = self.table.position().byte();
            let more = self.table.read_byte_record(&mut row).map_err(|error| {
                self.ended = true;
                self.failure(error, line)
            })?;
            if !more {
                self.ended = true;
                return Ok(None);
            }
            let line = row.position().map_or(line, csv::Position::line);
            if self.columns.is_empty() {
                self.columns = row
                    .iter()
                    .map(|name| String::from_utf8_lossy(name))
                    .map(|name| name.trim_matches(['\u{feff}', ' ']).to_owned())
                    .collect();
                if !self.columns.iter().any(|name| json::is_text(name)) {
                    self.ended = true;
                    let reason = format!("no column is named {}", json::texts());
                    return Err(Failure::NotArticle { file: self.file.clone(), line, reason });
                }
                self.names = self.passed(from);
                continue;
            }
            self.number += 1;
            let bytes = self.passed(from);
            self.raw = self.options.keep_raw.then(|| Raw {
                bytes: [self.names.as_slice(), &bytes].concat(),
                media: raw::media(crate::Format::Rows).to_owned(),
            });
            let fields = self.columns.iter().zip(&row).filter(|(_, value)| !value.is_empty());
            let mut problems = Vec::new();
            let record: Map<String, Value> = fields
                .map(|(name, value)| {
                    let decoded = decode::decode(value, None);
                    problems.extend(decoded.problems);
                    (name.clone(), Value::String(unmarked(decoded.text)))
                })
                .collect();
            let key = format!("{}:{}", self.stem, self.number);
            let mut draft = json::article(Value::Object(record), &self.file, line, &self.options)?;
            draft.problems.extend(problems);
            return Ok(Some(draft.finish(&self.file, key, &self.options)));
        }
    }

    fn failure(&self, error: csv::Error, line: u64) -> Failure {
        let file = self.file.clone();
        match error.into_kind() {
            csv::ErrorKind::Io(source) if source.to_string() == TOO_LONG => {
                Failure::LineTooLong { file, line, limit: Size(self.options.document_limit) }
            }
            csv::ErrorKind::Io(source) => Failure::Unreadable { file, source },
            kind => Failure::NotArticle { file, line, reason: format!("{kind:?}") },
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Article, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended { None } else { self.step().transpose() }
    }
}

#[cfg(test)]
mod tests {
    use super::unmarked;

    #[test]
    fn the_apostrophe_before_a_formula_is_taken_off_once() {
        for (cell, read) in [
            ("'=1+1", "=1+1"),
            ("''=1", "'=1"),
            ("'-5 at dawn", "-5 at dawn"),
            ("'tis so", "'tis so"),
            ("", ""),
        ] {
            assert_eq!(unmarked(cell.to_owned()), read);
        }
    }
}
