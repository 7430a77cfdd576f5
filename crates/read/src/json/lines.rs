//! JSON lines: one record a line, one line in memory at a time.

use std::io::{BufRead, Read};

use sayso_model::{Article, Problem};

use super::{article, parse, reason};
use crate::{
    Options, Raw, decode,
    failure::{Failure, Size},
    raw,
};

/// The articles of a JSON lines input, in order. A line that gives none is a failure and the
/// lines after it are read all the same.
pub(crate) struct Lines<'a> {
    input: Box<dyn BufRead + 'a>,
    file: String,
    stem: String,
    line: u64,
    done: bool,
    seen: bool,
    options: Options,
    buffer: Vec<u8>,
    raw: Option<Raw>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(
        input: Box<dyn BufRead + 'a>,
        file: String,
        stem: String,
        options: Options,
    ) -> Self {
        let buffer = Vec::new();
        Self { input, file, stem, line: 0, done: false, seen: false, options, buffer, raw: None }
    }

    /// The line of the last article, once, where lines are kept.
    pub(crate) fn take_raw(&mut self) -> Option<Raw> {
        self.raw.take()
    }

    /// Reads the next line into the buffer, at most the limit of it, and skips the rest. False at
    /// the end of the input.
    fn fill(&mut self) -> Result<bool, Failure> {
        self.buffer.clear();
        let file = self.file.clone();
        let unreadable = |source| Failure::Unreadable { file: file.clone(), source };
        let limit = self.options.document_limit;
        // One byte more than the limit tells a long line from one that just fits.
        let mut head = (&mut self.input).take(limit.saturating_add(1));
        if head.read_until(b'\n', &mut self.buffer).map_err(unreadable)? == 0 {
            return Ok(false);
        }
        self.line += 1;
        if self.buffer.len() as u64 > limit && !self.buffer.ends_with(b"\n") {
            self.buffer = Vec::new();
            skip_line(&mut self.input).map_err(unreadable)?;
            return Err(Failure::LineTooLong { file, line: self.line, limit: Size(limit) });
        }
        Ok(true)
    }

    fn read(&self) -> Option<Result<Article, Failure>> {
        let line = self.buffer.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.buffer);
        let text = String::from_utf8_lossy(line);
        // Blank lines are nobody's mistake.
        let text = text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        if text.is_empty() {
            return None;
        }
        let (file, line) = (self.file.as_str(), self.line);
        let read = || -> Result<Article, Failure> {
            let (value, mended) = parse(text).map_err(|error| Failure::NotJson {
                file: file.to_owned(),
                line,
                column: error.column() as u64,
                reason: reason(&error),
            })?;
            let mut draft = article(value, file, line, &self.options)?;
            if mended || std::str::from_utf8(&self.buffer).is_err() {
                let count = draft.text.matches(char::REPLACEMENT_CHARACTER).count();
                draft.problems.push(replaced(count, mended));
            }
            Ok(draft.finish(file, format!("{}:{line}", self.stem), &self.options))
        };
        Some(read())
    }
}

fn replaced(count: usize, surrogates: bool) -> Problem {
    decode::replaced(count, if surrogates { "Unicode" } else { "UTF-8" })
}

/// Passes over the rest of a line without holding it.
fn skip_line(input: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            return Ok(());
        }
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(chunk.len(), |at| at + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Article, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.fill() {
                Ok(true) => {
                    if let Some(item) = self.read() {
                        self.seen = true;
                        let bytes = || self.buffer.trim_ascii_end().to_vec();
                        self.raw = (self.options.keep_raw && item.is_ok())
                            .then(|| Raw { bytes: bytes(), media: raw::JSON.to_owned() });
                        return Some(item);
                    }
                }
                Ok(false) => {
                    self.done = true;
                    if !self.seen {
                        return Some(Err(Failure::Empty { file: self.file.clone() }));
                    }
                }
                Err(failure) => {
                    self.seen = true;
                    // What cannot be read once is not tried forever.
                    self.done = matches!(failure, Failure::Unreadable { .. });
                    return Some(Err(failure));
                }
            }
        }
        None
    }
}
