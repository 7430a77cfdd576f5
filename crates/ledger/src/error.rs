use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// What can go wrong with a ledger. Each names the file where there is one; [`LedgerError::hint`]
/// names the cure.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// There is no file at the path.
    #[error("{}: there is no ledger here.", path.display())]
    Missing {
        /// Where a ledger was expected.
        path: PathBuf,
    },
    /// The file is something else: a text, a picture, a database of another program.
    #[error("{}: this file is not a sayso ledger.", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// A later sayso wrote the ledger.
    #[error("{}: a newer sayso wrote this ledger: version {found}, and this sayso knows versions up to {known}.", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Version of the file.
        found: u32,
        /// The highest version that this program knows.
        known: u32,
    },
    /// Another process holds the ledger and did not let go in time.
    #[error("{}: another process is writing to this ledger.", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be written.
    #[error("{}: this ledger cannot be written.", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be opened.
    #[error("{}: this file cannot be opened.", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("{}: the disk is full. Nothing of the last article was kept.", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged, or a record in it cannot be read.
    #[error("{}: the ledger is damaged: {detail}.", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// The disk did not take what was written.
    #[error("{}: what was written cannot be forced to the disk: {source}.", path.display())]
    Unforced {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of evidence cannot be written or read.
    #[error("{}: this evidence cannot be kept or read: {source}.", path.display())]
    Evidence {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No record has this id.
    #[error("no {what} has the id: {id}")]
    NotFound {
        /// `article`, `statement`, `question`, `speaker`.
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// Several records have ids that begin like this, or came under this name.
    #[error("{}{} {what}s go by this: {prefix}", if candidates.len() < 20 { "" } else { "at least " }, candidates.len())]
    Ambiguous {
        /// `article`, `statement`, `question`, `speaker`.
        what: &'static str,
        /// What was asked for.
        prefix: String,
        /// The ids, in order, at most twenty.
        candidates: Vec<String>,
    },
    /// A page's cursor is none that the ledger gave out.
    #[error("this is no place in a list of statements: {cursor}")]
    Cursor {
        /// What was given.
        cursor: String,
    },
    /// A statement does not fit what it is added to.
    #[error("statement {statement} does not fit its article: {detail}.")]
    Unfit {
        /// The statement's id.
        statement: String,
        /// What does not fit.
        detail: String,
    },
    /// Somebody without a name would be told to be somebody who has one.
    #[error("{who} is {kind}, and is not taken for {other}.")]
    Unsourced {
        /// Who has no name of their own.
        who: String,
        /// What they are: "a source whom the article does not name".
        kind: &'static str,
        /// Whom they were to be taken for.
        other: String,
    },
    /// A verdict on something other than what its reviewer saw.
    #[error("statement {statement} has changed since it was shown: {change}.")]
    Stale {
        /// The statement's id.
        statement: String,
        /// By what: "reject by Ines Holt, 2031-04-03T08:00:00Z".
        change: String,
    },
    /// A name or a reason that nobody would write.
    #[error("this {what} cannot be kept: {reason}.")]
    Words {
        /// "reviewer", "reason", the name of a field.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Anything else that the database reports.
    #[error("{}: the database reports: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// The database's own words.
        source: rusqlite::Error,
    },
}

impl LedgerError {
    /// What to do about it: one sentence for people.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { path } => {
                format!("Make one with `sayso add FILE --ledger {}`.", path.display())
            }
            Self::NotALedger { .. } => {
                "Name another file with `--ledger`; this one was not touched.".to_owned()
            }
            Self::Newer { .. } => {
                "Update sayso, or name another ledger with `--ledger`; this one was not touched."
                    .to_owned()
            }
            Self::Locked { .. } => "Try again when the other process is done.".to_owned(),
            Self::ReadOnly { .. } => {
                "Make the file and its folder writable, or name another ledger with `--ledger`."
                    .to_owned()
            }
            Self::CannotOpen { .. } => {
                "Check that the folder exists and that you may write in it: a ledger keeps its log beside \
                 the file.".to_owned()
            }
            Self::Full { .. } => {
                "Make room on the disk and add again: what was added before is safe.".to_owned()
            }
            Self::Corrupt { .. } => {
                "Run `sayso doctor` for details; restore the file from a copy.".to_owned()
            }
            Self::Unforced { .. } => {
                "Look after the disk and add again: what is there is not added twice.".to_owned()
            }
            Self::Evidence { .. } => {
                "Make room and the folder writable, or pass `--no-evidence`; `sayso doctor` checks what is \
                 there."
                    .to_owned()
            }
            Self::NotFound { what, .. } => match *what {
                "question" => "List them with `sayso questions`.".to_owned(),
                _ => "Look for it with `sayso find`.".to_owned(),
            },
            Self::Ambiguous { candidates, .. } => {
                format!("Give an id, or more of it. They are: {}", candidates.join(", "))
            }
            Self::Cursor { .. } => "Begin again at the first page.".to_owned(),
            Self::Unfit { .. } => "Read the article again before adding it.".to_owned(),
            Self::Unsourced { .. } => {
                "No article says who that is, and nothing here says it either. Where a name that the article \
                 prints was read wrongly, correct the statement."
                    .to_owned()
            }
            Self::Stale { .. } => "Look at it as it is now, and decide then.".to_owned(),
            Self::Words { .. } => "Shorten it, and leave out what cannot be seen.".to_owned(),
            Self::Database { .. } => "Run `sayso doctor` for details.".to_owned(),
        }
    }

    /// True when the ledger itself cannot be used (exit code 5), false when only what was asked
    /// of it does not exist.
    pub fn is_unusable(&self) -> bool {
        !matches!(
            self,
            Self::NotFound { .. }
                | Self::Ambiguous { .. }
                | Self::Cursor { .. }
                | Self::Unfit { .. }
                | Self::Unsourced { .. }
                | Self::Stale { .. }
                | Self::Words { .. }
        )
    }
}

/// A result of the ledger.
pub type Result<T, E = LedgerError> = std::result::Result<T, E>;

/// An error on its way out of this crate's inner functions, which do not know the file's name.
#[derive(Debug)]
pub(crate) enum Fault {
    Ledger(LedgerError),
    Database(rusqlite::Error),
    Record(serde_json::Error),
}

impl Fault {
    /// The error with its file.
    pub(crate) fn at(self, path: &Path) -> LedgerError {
        let path = path.to_owned();
        let error = match self {
            // Evidence goes to the disk before its rows, so that it meets the end of the disk first.
            Self::Ledger(LedgerError::Evidence { source, .. })
                if source.kind() == std::io::ErrorKind::StorageFull =>
            {
                return LedgerError::Full { path };
            }
            Self::Ledger(error) => return error,
            Self::Record(error) => {
                return LedgerError::Corrupt {
                    path,
                    detail: format!("a record cannot be read ({error})"),
                };
            }
            Self::Database(error) => error,
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => LedgerError::NotALedger { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                LedgerError::Locked { path }
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                LedgerError::ReadOnly { path }
            }
            Some(ErrorCode::CannotOpen) => LedgerError::CannotOpen { path },
            Some(ErrorCode::DiskFull) => LedgerError::Full { path },
            Some(ErrorCode::DatabaseCorrupt) => {
                LedgerError::Corrupt { path, detail: error.to_string() }
            }
            _ => LedgerError::Database { path, source: error },
        }
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Record(error)
    }
}
