//! Ways to print statements: one function a way, all fed article by article, so that no output has
//! to wait for the last input.

mod cells;
pub(crate) mod csv;
mod markdown;
mod records;
mod table;

use std::io::{self, Write};

use sayso_link::Classes;
use sayso_model::{ArticleRef, Statement};

pub(crate) use cells::{Cell, Column, GAP, Ink, row, wrap};
pub(crate) use records::{List, records};
pub(crate) use table::{heading, statement_rows};

use crate::{cli::Format, screen::Screen};

/// Prints statements as they come.
pub(crate) struct Printer {
    format: Format,
    screen: Screen,
    classes: Classes,
    ids: bool,
    /// Records printed so far: JSON needs commas between them, CSV and Markdown a head before.
    printed: usize,
    article: Option<String>,
}

/// The format that nobody chose: a table for people, JSON lines for programs.
pub(crate) fn chosen(format: Option<impl Into<Format>>, screen: Screen) -> Format {
    let default = if screen.terminal { Format::Table } else { Format::Jsonl };
    format.map_or(default, Into::into)
}

impl Printer {
    /// A printer that has printed nothing yet. With `ids`, tables show the ids that `sayso show`
    /// takes.
    pub(crate) fn new(format: Format, screen: Screen, ids: bool) -> Self {
        let classes = crate::engine::classes();
        Self { format, screen, classes, ids, printed: 0, article: None }
    }

    /// Prints some statements of one article, in their order.
    pub(crate) fn statements(
        &mut self,
        out: &mut impl Write,
        article: &ArticleRef,
        statements: &[Statement],
    ) -> io::Result<()> {
        match self.format {
            Format::Jsonl => {
                for statement in statements {
                    serde_json::to_writer(&mut *out, statement)?;
                    out.write_all(b"\n")?;
                }
            }
            Format::Json => {
                for (i, statement) in statements.iter().enumerate() {
                    out.write_all(if self.printed + i == 0 { b"[\n" } else { b",\n" })?;
                    serde_json::to_writer(&mut *out, statement)?;
                }
            }
            Format::Csv => csv::write(out, statements, self.printed == 0)?,
            Format::Md => {
                let heading = self.is_new(article);
                markdown::write(out, article, statements, heading, &self.classes)?;
            }
            Format::Table => {
                if self.is_new(article) {
                    if self.article.is_some() {
                        writeln!(out)?;
                    }
                    table::heading(out, article, self.screen)?;
                }
                table::statement_rows(out, statements, self.screen, self.ids, &self.classes)?;
            }
        }
        self.printed += statements.len();
        self.article = Some(article.id.clone());
        Ok(())
    }

    /// Ends the output. An empty JSON array is still an array, an empty CSV has its head.
    pub(crate) fn finish(&mut self, out: &mut impl Write) -> io::Result<()> {
        match self.format {
            Format::Json if self.printed == 0 => out.write_all(b"[]\n")?,
            Format::Json => out.write_all(b"\n]\n")?,
            Format::Csv if self.printed == 0 => csv::write(out, &[], true)?,
            _ => {}
        }
        out.flush()
    }

    fn is_new(&self, article: &ArticleRef) -> bool {
        self.article.as_deref() != Some(article.id.as_str())
    }
}
