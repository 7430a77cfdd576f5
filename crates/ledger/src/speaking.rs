//! What one speaker says, a page at a time.

use rusqlite::params;
use sayso_model::Statement;

use crate::{Ledger, error::Result, record::Records, speakers::person};

impl Ledger {
    /// The newest statements of a speaker, undated ones last; at most `limit`, after the first `skip`.
    ///
    /// # Errors
    /// As [`Ledger::speaker`].
    pub fn newest_statements_of(
        &self,
        speaker: &str,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<Statement>> {
        self.read(|connection| {
            let person = person(connection, speaker)?;
            let mut select = connection.prepare_cached(
                "SELECT s.article, s.id, s.record FROM said l JOIN current_statements s ON s.seq = l.statement
                 WHERE l.person = ?1 ORDER BY s.date DESC, s.article DESC, s.position, s.seq
                 LIMIT ?3 OFFSET ?2",
            )?;
            let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            let mut rows = select.query(params![person, number(skip), number(limit)])?;
            let mut records = Records::new(connection);
            let mut statements = Vec::new();
            while let Some(row) = rows.next()? {
                statements.push(records.row(row, 0)?);
            }
            Ok(statements)
        })
    }
}
