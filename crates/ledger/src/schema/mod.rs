//! The tables, as numbered SQL files, and how an old ledger becomes a new one.

use rusqlite::{Connection, TransactionBehavior};

use crate::{error::Fault, kin, linking};

/// Marks a `SQLite` file as a sayso ledger ("says" in ASCII, `PRAGMA application_id`).
pub(crate) const APPLICATION: i32 = 0x7361_7973;

/// One file a version, oldest first. A released file is never edited: a change is a new one.
const MIGRATIONS: [&str; 13] = [
    include_str!("0001.sql"),
    include_str!("0002.sql"),
    include_str!("0003.sql"),
    include_str!("0004.sql"),
    include_str!("0005.sql"),
    include_str!("0006.sql"),
    include_str!("0007.sql"),
    include_str!("0008.sql"),
    include_str!("0009.sql"),
    include_str!("0010.sql"),
    include_str!("0011.sql"),
    include_str!("0012.sql"),
    include_str!("0013.sql"),
];

/// The version that counts what bears on a question.
const STANDINGS: u32 = 4;

/// The version that derives what articles are to one another from when they were published.
const KIN: u32 = 12;

/// The version that this program writes (`PRAGMA user_version`).
pub(crate) const VERSION: u32 = MIGRATIONS.len() as u32;

/// Brings the tables to [`VERSION`], in one transaction. The version is read again inside it:
/// two processes may have opened a new file at once.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = version(&transaction)?;
    for migration in MIGRATIONS.iter().skip(version as usize) {
        transaction.execute_batch(migration)?;
    }
    if version < STANDINGS {
        linking::fill(&transaction)?;
    }
    if version < KIN {
        kin::catch_up(&transaction)?;
    }
    if version < VERSION {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(transaction.commit()?)
}

/// The version of the tables in a file; 0 in a new one.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Whose file it is; 0 in a new one.
pub(crate) fn application(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "application_id", |row| row.get(0))
}
