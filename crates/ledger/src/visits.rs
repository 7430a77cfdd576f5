//! What servers said of an address when it was last asked for, so that asking again costs them
//! little.

use rusqlite::{OptionalExtension as _, params};

use crate::{Ledger, error::Result};

/// One address as it was last answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Visit {
    /// The server's name for what it sent (`ETag`).
    pub etag: Option<String>,
    /// When it was last changed, as the server wrote it (`Last-Modified`).
    pub modified: Option<String>,
    /// When it was asked (RFC 3339).
    pub at: String,
}

impl Ledger {
    /// The last visit to an address.
    ///
    /// # Errors
    /// [`crate::LedgerError::Locked`], [`crate::LedgerError::Corrupt`].
    pub fn visit(&self, url: &str) -> Result<Option<Visit>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached("SELECT etag, modified, at FROM visits WHERE url = ?1")?
                .query_row([url], |row| {
                    Ok(Visit { etag: row.get(0)?, modified: row.get(1)?, at: row.get(2)? })
                })
                .optional()?)
        })
    }

    /// Remembers a visit in place of the one before.
    ///
    /// # Errors
    /// [`crate::LedgerError::Locked`], [`crate::LedgerError::ReadOnly`],
    /// [`crate::LedgerError::Full`].
    pub fn visited(&mut self, url: &str, visit: &Visit) -> Result<()> {
        self.write(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO visits (url, etag, modified, at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (url) DO UPDATE SET etag = ?2, modified = ?3, at = ?4",
                )?
                .execute(params![url, visit.etag, visit.modified, visit.at])?;
            Ok(())
        })
    }
}
