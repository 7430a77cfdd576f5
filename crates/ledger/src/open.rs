use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::{
    Ledger,
    error::{Fault, LedgerError, Result},
    schema,
};

/// How long a writer waits for another one. A transaction holds one article, so this is thousands
/// of turns.
const PATIENCE: Duration = Duration::from_secs(10);

/// Kilobytes of pages that a connection may keep: a large ledger's indexes, and far below what a
/// machine has. A small ledger takes no more than it is.
const CACHE: i64 = 96 << 10;

impl Ledger {
    /// Opens the ledger at `path`, and makes it where there is none.
    ///
    /// # Errors
    /// [`LedgerError::NotALedger`], [`LedgerError::Newer`], [`LedgerError::CannotOpen`],
    /// [`LedgerError::Locked`], [`LedgerError::ReadOnly`]. A refused file is left as it was.
    pub fn open(path: &Path) -> Result<Self> {
        open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens the ledger at `path` for commands that only make sense where there is one.
    ///
    /// # Errors
    /// [`LedgerError::Missing`] where there is no file, else as [`Ledger::open`].
    pub fn open_existing(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// A ledger that is gone with the value, for tests and for looking at articles once.
    ///
    /// # Errors
    /// [`LedgerError::Database`] where memory is short.
    pub fn in_memory() -> Result<Self> {
        let path = PathBuf::from(":memory:");
        Connection::open_in_memory()
            .map_err(Fault::from)
            .and_then(|connection| set_up(connection, &path))
            .map_err(|fault| fault.at(&path))
    }
}

fn open(path: &Path, flags: OpenFlags) -> Result<Ledger> {
    Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(Fault::from)
        .and_then(|connection| set_up(connection, path))
        .map_err(|fault| fault.at(path))
}

fn set_up(mut connection: Connection, path: &Path) -> Result<Ledger, Fault> {
    connection.busy_timeout(PATIENCE)?;
    // The first look at the file, before anything is written to it.
    let application = schema::application(&connection)?;
    let version = schema::version(&connection)?;
    if application != schema::APPLICATION && !(application == 0 && is_blank(&connection)?) {
        return Err(LedgerError::NotALedger { path: path.to_owned() }.into());
    }
    if version > schema::VERSION {
        let (found, known) = (version, schema::VERSION);
        return Err(LedgerError::Newer { path: path.to_owned(), found, known }.into());
    }
    connection.pragma_update(None, "foreign_keys", true)?;
    // What a file brings along (views, triggers) may call no function with side effects.
    connection.pragma_update(None, "trusted_schema", false)?;
    if version < schema::VERSION {
        schema::migrate(&mut connection)?;
    }
    keep_log(&connection)?;
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(Ledger { connection, path: path.to_owned() })
}

/// No tables yet: a file just made, or an empty one.
fn is_blank(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))
}

/// Write-ahead logging, so that readers go on while a writer adds. `SQLite` does not wait for a
/// lock when it changes this mode, and a file that cannot be written cannot change it: both work
/// without, and the next to open the ledger tries again.
fn keep_log(connection: &Connection) -> rusqlite::Result<()> {
    let mode = connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()));
    match mode {
        Err(rusqlite::Error::SqliteFailure(error, _))
            if matches!(
                error.code,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::ReadOnly
            ) => {}
        other => other?,
    }
    // With the log, NORMAL keeps the file whole through a crash of the machine; at worst the last
    // articles are missing, and adding them again mends it.
    connection.pragma_update(None, "synchronous", "normal")
}
