//! Records that are no statements: a screen for people, a line of JSON each for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::chosen;
use crate::{
    cli::Format,
    error::{CommandError, ErrorKind},
    screen::{Out, Screen},
};

/// Records as JSON as they come: one array, or a line each.
pub(crate) struct List {
    format: Format,
    printed: usize,
}

impl List {
    /// A list of which nothing is printed yet. Formats but JSON and JSON lines print nothing.
    pub(crate) fn new(format: Format) -> Self {
        Self { format, printed: 0 }
    }

    /// Prints one record.
    pub(crate) fn push(&mut self, out: &mut impl Write, record: &impl Serialize) -> io::Result<()> {
        match self.format {
            Format::Json => out.write_all(if self.printed == 0 { b"[\n" } else { b",\n" })?,
            Format::Jsonl => {}
            _ => return Ok(()),
        }
        serde_json::to_writer(&mut *out, record)?;
        if self.format == Format::Jsonl {
            out.write_all(b"\n")?;
        }
        self.printed += 1;
        Ok(())
    }

    /// Ends the output. An empty array is still an array.
    pub(crate) fn finish(&mut self, out: &mut impl Write) -> io::Result<()> {
        match (self.format, self.printed) {
            (Format::Json, 0) => out.write_all(b"[]\n")?,
            (Format::Json, _) => out.write_all(b"\n]\n")?,
            _ => {}
        }
        out.flush()
    }
}

/// Prints records: `screen_of` writes the table, programs get JSON: an array, or a line each. `what` is the
/// beginning of the sentence that tells of a format which they do not have ("Speakers are").
///
/// # Errors
/// Usage for CSV and Markdown; writing.
pub(crate) fn records<T: Serialize>(
    (output, screen): (Option<impl Into<Format>>, Screen),
    records: &[T],
    (what, lines): (&str, &str),
    screen_of: impl FnOnce(&mut Out) -> io::Result<()>,
) -> Result<(), CommandError> {
    let mut out = screen.out();
    let format = chosen(output, screen);
    match format {
        Format::Table => screen_of(&mut out)?,
        Format::Json | Format::Jsonl => {
            // One record alone is one object, whatever it is called.
            let is_list = lines == "jsonl" && format == Format::Json;
            let mut list = List::new(if is_list { Format::Json } else { Format::Jsonl });
            records.iter().try_for_each(|record| list.push(&mut out, record))?;
            list.finish(&mut out)?;
        }
        Format::Csv | Format::Md => {
            let error = format!("{what} printed as table or {lines}.");
            let cure = format!("Pass `-o {lines}`.");
            return Err(CommandError::new(ErrorKind::Usage, error).hint(cure));
        }
    }
    Ok(out.flush()?)
}
