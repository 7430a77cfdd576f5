//! Records that are no statements: a screen for people, a line of JSON each for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::chosen;
use crate::{
    cli::Format,
    error::{CommandError, ErrorKind},
    screen::{Out, Screen},
};

/// Prints records: `screen_of` writes the table, programs get a line of JSON each. `what` is the
/// beginning of the sentence that tells of a format which they do not have ("Speakers are").
///
/// # Errors
/// Usage for CSV and Markdown; writing.
pub(crate) fn records<T: Serialize>(
    (output, screen): (Option<Format>, Screen),
    records: &[T],
    (what, lines): (&str, &str),
    screen_of: impl FnOnce(&mut Out) -> io::Result<()>,
) -> Result<(), CommandError> {
    let mut out = screen.out();
    match chosen(output, screen) {
        Format::Table => screen_of(&mut out)?,
        Format::Json | Format::Jsonl => {
            for record in records {
                serde_json::to_writer(&mut out, record).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Csv | Format::Md => {
            let error = format!("{what} printed as table or {lines}.");
            let cure = format!("Pass `-o {lines}`.");
            return Err(CommandError::new(ErrorKind::Usage, error).hint(cure));
        }
    }
    Ok(out.flush()?)
}
