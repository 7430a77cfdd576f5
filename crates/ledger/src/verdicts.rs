//! Verdicts looked up: which one is in force, and which statement is meant, also one that was rejected.

use rusqlite::params;

use crate::{
    Ledger, Review, Verdict,
    error::{LedgerError, Result},
};

/// Ids named when a beginning fits several statements.
const MAX_CANDIDATES: i64 = 20;

impl Ledger {
    /// The id of the only statement that the ledger has or ever had whose id is this or begins so: a
    /// rejected one too.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn statement_id(&self, beginning: &str) -> Result<String> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT DISTINCT id FROM statements WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3",
            )?;
            let end = format!("{beginning}{}", char::MAX);
            let rows = select.query_map(params![beginning, end, MAX_CANDIDATES], |row| row.get(0))?;
            let mut ids: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
            if ids.first().is_some_and(|id| id == beginning) {
                ids.truncate(1);
            }
            match ids.len() {
                1 => Ok(ids.remove(0)),
                0 => {
                    let id = beginning.to_owned();
                    Err(LedgerError::NotFound { what: "statement", id }.into())
                }
                _ => {
                    let prefix = beginning.to_owned();
                    Err(LedgerError::Ambiguous { what: "statement", prefix, candidates: ids }.into())
                }
            }
        })
    }

    /// The verdict in force on a statement, by its whole id; an undo has taken back the one before it.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] when the ledger never had the statement.
    pub fn verdict_in_force(&self, id: &str) -> Result<Option<Review>> {
        let mut standing: Vec<Review> = Vec::new();
        for review in self.reviews_of(id)? {
            if review.verdict == Verdict::Undo {
                standing.pop();
            } else {
                standing.push(review);
            }
        }
        Ok(standing.pop())
    }
}
