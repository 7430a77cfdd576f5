//! What persons changed in the ledger, for everybody to see.

use serde::Serialize;

use crate::{Ledger, error::Result};

/// A change that a person made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// When (RFC 3339).
    pub added_at: String,
    /// `statement`, `question`, `speaker`, `outcome` or `removal`.
    pub part: String,
    /// The id of what was changed.
    pub subject: String,
    /// What was done: `correct`, `reject`, `undo`, `merge`, `withdraw`, …
    pub action: String,
    /// Why, in a sentence.
    pub reason: String,
    /// By whom.
    pub reviewer: String,
}

/// When articles were taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The day, UTC.
    pub day: String,
    /// Articles added on it.
    pub articles: usize,
}

impl Ledger {
    /// What persons changed, the latest first, at most `limit`: statements corrected, rejected or put
    /// back, questions and speakers merged and parted, outcomes withdrawn, content removed.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn corrections(&self, limit: usize) -> Result<Vec<Correction>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT added_at, 'statement', statement, verdict, reason, reviewer FROM reviews
                   WHERE verdict <> 'accept'
                 UNION ALL SELECT added_at, 'question', question, action, reason, coalesce(reviewer, '')
                   FROM edits WHERE reviewer IS NOT NULL
                 UNION ALL SELECT added_at, 'speaker', speaker, 'merge', reason, reviewer FROM merges
                   WHERE reviewer IS NOT NULL
                 UNION ALL SELECT r.added_at, 'outcome', o.id, r.ruling, r.reason, r.reviewer
                   FROM rulings r JOIN outcomes o ON o.seq = r.outcome WHERE r.ruling = 'withdraw'
                 UNION ALL SELECT added_at, 'removal', id, 'remove', reason, reviewer FROM redactions
                 ORDER BY 1 DESC, 2, 3 LIMIT ?1",
            )?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows = select.query_map([limit], |row| {
                Ok(Correction {
                    added_at: row.get(0)?,
                    part: row.get(1)?,
                    subject: row.get(2)?,
                    action: row.get(3)?,
                    reason: row.get(4)?,
                    reviewer: row.get(5)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The days on which articles were added, the latest first, at most `limit`.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn runs(&self, limit: usize) -> Result<Vec<Run>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT substr(added_at, 1, 10), count(*) FROM articles GROUP BY 1 ORDER BY 1 DESC LIMIT ?1",
            )?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows = select.query_map([limit], |row| {
                Ok(Run { day: row.get(0)?, articles: crate::fetch::count(row, 1)? })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}
