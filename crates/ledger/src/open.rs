use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

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

/// Pages that the log may have before they are written back: a page that changes often is written
/// once.
const LOG: i64 = 8192;

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
    /// [`LedgerError::Missing`] where there is no file, else as [`Ledger::open`]. A ledger in a
    /// place where nothing can be written is opened for reading.
    pub fn open_existing(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        match open(path, OpenFlags::SQLITE_OPEN_READ_WRITE) {
            Err(error @ (LedgerError::CannotOpen { .. } | LedgerError::ReadOnly { .. })) => {
                open_unchanging(path).ok_or(error)
            }
            other => other,
        }
    }

    /// Opens the ledger at `path` for programs that change nothing: whatever they are asked, `SQLite`
    /// refuses to write. A ledger of an earlier version is brought to this one first, as by every verb.
    ///
    /// # Errors
    /// As [`Ledger::open_existing`].
    pub fn open_for_reading(path: &Path) -> Result<Self> {
        let ledger = Self::open_existing(path)?;
        let set = ledger.connection.pragma_update(None, "query_only", true);
        set.map_err(|error| Fault::from(error).at(path))?;
        Ok(ledger)
    }

    /// A ledger that is gone with the value, for tests and for looking at articles once.
    ///
    /// # Errors
    /// [`LedgerError::Database`] where memory is short.
    pub fn in_memory() -> Result<Self> {
        let path = PathBuf::from(":memory:");
        Connection::open_in_memory()
            .map_err(Fault::from)
            .and_then(|connection| set_up(connection, &path, path.clone()))
            .map_err(|fault| fault.at(&path))
    }
}

fn open(path: &Path, flags: OpenFlags) -> Result<Ledger> {
    let file = located(path)?;
    Connection::open_with_flags(&file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(Fault::from)
        .and_then(|connection| set_up(connection, path, file))
        .map_err(|fault| fault.at(path))
}

/// Links that are followed one after the other, as Linux does.
const LINKS: usize = 40;

/// The very file that a path names. `SQLite` takes a name that begins with `file:` for an address with
/// options, and `:memory:` for no file at all; and what lies beside a ledger lies beside the file, not
/// beside a link to it.
fn located(path: &Path) -> Result<PathBuf> {
    let wrong = |_| LedgerError::CannotOpen { path: path.to_owned() };
    let mut file = std::path::absolute(path).map_err(wrong)?;
    for _ in 0..LINKS {
        if let Ok(whole) = file.canonicalize() {
            return Ok(whole);
        }
        // Not there yet; or a link to what is not there yet.
        let folder = file.parent().map(Path::to_owned).unwrap_or_default();
        match file.read_link() {
            Ok(to) => file = folder.join(to),
            Err(_) => break,
        }
    }
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
        return Err(LedgerError::CannotOpen { path: path.to_owned() });
    };
    Ok(folder.canonicalize().map_err(wrong)?.join(name))
}

/// Opens a ledger on a medium that cannot be written: without the log and the locks that need a
/// file beside it. Nothing where a log is left over, since what it holds would be missing.
fn open_unchanging(path: &Path) -> Option<Ledger> {
    let whole = located(path).ok()?;
    let mut log = whole.as_os_str().to_owned();
    log.push("-wal");
    if Path::new(&log).metadata().is_ok_and(|log| log.len() > 0) {
        return None;
    }
    let mut address = String::from("file:");
    for byte in whole.to_str()?.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                address.push(char::from(byte));
            }
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(address, flags).ok()?;
    set_up(connection, path, whole).ok()
}

fn set_up(mut connection: Connection, path: &Path, file: PathBuf) -> Result<Ledger, Fault> {
    connection.busy_timeout(PATIENCE)?;
    // The first look at the file, before anything is written to it.
    let Look { application, version, blank } = Look::at(&connection)?;
    if application != schema::APPLICATION && !(application == 0 && blank) {
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
    // Without it a statement is prepared again whenever its parameters change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    keep_log(&connection)?;
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(Ledger { connection, path: path.to_owned(), file })
}

/// What a file says of itself.
struct Look {
    application: i32,
    version: u32,
    blank: bool,
}

impl Look {
    /// At one moment: of a file that another process is just making a ledger, one look a field could
    /// see no mark yet and tables already, which is how a stranger's file looks.
    fn at(connection: &Connection) -> rusqlite::Result<Self> {
        let moment = connection.unchecked_transaction()?;
        Ok(Self {
            application: schema::application(&moment)?,
            version: schema::version(&moment)?,
            blank: is_blank(&moment)?,
        })
    }
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
    // articles are missing, and with them the place up to which their archive was read: adding it
    // again mends it. What nobody could add again is forced to the disk (`decide`).
    forced(connection, false)
}

/// Whether each transaction is forced to the disk before it is over.
pub(crate) fn forced(connection: &Connection, forced: bool) -> rusqlite::Result<()> {
    connection.pragma_update(None, "synchronous", if forced { "full" } else { "normal" })
}
