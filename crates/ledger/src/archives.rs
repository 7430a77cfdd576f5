//! How far long archives were read, so that a run that was stopped is taken up where it was.
//!
//! **Why in the ledger and not beside it.** A place vouches for all that stands before it. Beside the
//! ledger it could outlive what it vouches for: the power fails, or somebody puts an older ledger back,
//! and articles are passed over without a word. Here it is written in the transaction of the last
//! articles before it ([`Ledger::take`]), and both are there or neither.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{
    Ledger,
    error::{Fault, Result},
};

/// How far an archive was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivePlace {
    /// What the archive is known by: something of its content, whatever its name.
    pub archive: String,
    /// The byte from which reading goes on; `None` when it was read to its end.
    pub at: Option<u64>,
}

impl Ledger {
    /// The byte from which an archive is to be read on, where reading it was begun and not ended.
    ///
    /// # Errors
    /// [`crate::LedgerError::Locked`], [`crate::LedgerError::Corrupt`].
    pub fn place_in(&self, archive: &str) -> Result<Option<u64>> {
        self.read(|connection| {
            let at: Option<i64> = connection
                .prepare_cached("SELECT at FROM archive_places WHERE archive = ?1")?
                .query_row([archive], |row| row.get(0))
                .optional()?;
            Ok(at.and_then(|at| u64::try_from(at).ok()))
        })
    }
}

/// Notes a place in the transaction of what was read before it.
pub(crate) fn note(connection: &Connection, place: &ArchivePlace, now: &str) -> Result<(), Fault> {
    let Some(at) = place.at else {
        connection
            .prepare_cached("DELETE FROM archive_places WHERE archive = ?1")?
            .execute([&place.archive])?;
        return Ok(());
    };
    // Beyond what a file can have, reading would start anew: no harm.
    let at = i64::try_from(at).unwrap_or(0);
    connection
        .prepare_cached(
            "INSERT INTO archive_places (archive, at, noted_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (archive) DO UPDATE SET at = ?2, noted_at = ?3",
        )?
        .execute(params![place.archive, at, now])?;
    Ok(())
}
