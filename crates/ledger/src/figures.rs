//! Figures of one question or one outlet, for pages that list many things.

use rusqlite::OptionalExtension as _;
use serde::Serialize;

use crate::{Ledger, QuestionSummary, error::Result, fetch, questions};

/// An outlet in figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutletSummary {
    /// Its name, as most of its articles spell it.
    pub name: String,
    /// Articles with statements.
    pub articles: usize,
    /// Statements.
    pub statements: usize,
    /// Speakers by name.
    pub speakers: usize,
}

impl Ledger {
    /// The figures of one question, by its whole id; nothing where there is none.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn question_summary(&self, id: &str) -> Result<Option<QuestionSummary>> {
        self.read(|connection| Ok(questions::summaries(connection, Some(id))?.pop()))
    }

    /// The figures of an outlet, by its name, case aside.
    ///
    /// # Errors
    /// [`crate::LedgerError::NotFound`] where no statement stands in an article of it.
    pub fn outlet(&self, name: &str) -> Result<OutletSummary> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT l.text, count(DISTINCT s.article), count(*),
                       count(DISTINCT nullif(s.name, 0))
                     FROM labels l JOIN listed s ON s.outlet = l.id
                     WHERE l.part = 'outlet' AND l.text = ?1 COLLATE NOCASE
                     GROUP BY l.id ORDER BY count(*) DESC LIMIT 1",
                )?
                .query_row([name.trim()], |row| {
                    Ok(OutletSummary {
                        name: row.get(0)?,
                        articles: fetch::count(row, 1)?,
                        statements: fetch::count(row, 2)?,
                        speakers: fetch::count(row, 3)?,
                    })
                })
                .optional()?
                .ok_or_else(|| {
                    let id = name.to_owned();
                    crate::LedgerError::NotFound { what: "outlet", id }.into()
                })
        })
    }
}
