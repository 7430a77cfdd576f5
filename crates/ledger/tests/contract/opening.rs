use std::fs;

use rusqlite::Connection;
use sayso_ledger::{Ledger, LedgerError};

use crate::fixture;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_ledger_is_made_once_and_read_again() {
    let folder = folder();
    let path = folder.path().join("a.db");
    assert!(matches!(Ledger::open_existing(&path), Err(LedgerError::Missing { .. })));
    assert!(!path.exists(), "looking for a ledger makes none");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    drop(ledger);
    let again = Ledger::open_existing(&path).unwrap();
    assert_eq!(again.counts().unwrap().statements, 3);
    assert_eq!(again.verify().unwrap(), []);
}

#[test]
fn an_empty_file_becomes_a_ledger() {
    let folder = folder();
    let path = folder.path().join("empty.db");
    fs::write(&path, "").unwrap();
    assert_eq!(Ledger::open(&path).unwrap().counts().unwrap().articles, 0);
}

#[test]
fn a_newer_ledger_is_refused_and_left_alone() {
    let folder = folder();
    let path = folder.path().join("newer.db");
    drop(Ledger::open(&path).unwrap());
    let newer = Ledger::VERSION + 41;
    Connection::open(&path).unwrap().pragma_update(None, "user_version", newer).unwrap();
    let before = fs::read(&path).unwrap();
    let error = Ledger::open(&path).unwrap_err();
    assert!(
        matches!(&error, LedgerError::Newer { found, known, .. } if *found == newer && *known == Ledger::VERSION),
        "{error:?}"
    );
    let words = error.to_string();
    assert!(words.contains("newer.db") && words.contains(&format!("version {newer}")), "{words}");
    assert!(error.hint().contains("Update sayso"));
    assert!(error.is_unusable());
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_no_ledger_is_refused_and_left_alone() {
    let folder = folder();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "Minutes of the harbour board, kept by hand.\n".repeat(40)).unwrap();
    let other = folder.path().join("recipes.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE soups (name TEXT)").unwrap();
    for path in [text, other] {
        let before = fs::read(&path).unwrap();
        for open in [Ledger::open, Ledger::open_existing] {
            let error = open(&path).unwrap_err();
            assert!(matches!(error, LedgerError::NotALedger { .. }), "{error:?}");
        }
        assert_eq!(fs::read(&path).unwrap(), before, "{}", path.display());
    }
}

#[test]
fn a_folder_and_a_path_into_nowhere_are_named() {
    let folder = folder();
    for path in [folder.path().to_owned(), folder.path().join("no/such/a.db")] {
        let error = Ledger::open(&path).unwrap_err();
        assert!(matches!(error, LedgerError::CannotOpen { .. }), "{error:?}");
        assert!(error.to_string().contains(&path.display().to_string()));
    }
}

#[test]
fn a_damaged_ledger_says_so_and_does_not_panic() {
    let folder = folder();
    let path = folder.path().join("damaged.db");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    drop(ledger);
    let mut bytes = fs::read(&path).unwrap();
    // All but the first page, where the header and the table of tables begin.
    for byte in bytes.iter_mut().skip(4096 + 200) {
        *byte ^= 0x5a;
    }
    fs::write(&path, bytes).unwrap();
    let outcome = Ledger::open_existing(&path).and_then(|ledger| ledger.verify());
    match outcome {
        Err(error) => assert!(error.is_unusable(), "{error:?}"),
        Ok(problems) => assert!(!problems.is_empty()),
    }
}

#[test]
fn a_locked_ledger_can_still_be_read() {
    let folder = folder();
    let path = folder.path().join("busy.db");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(Ledger::open_existing(&path).unwrap().counts().unwrap().statements, 3);
}

/// Who may write anywhere (root) opens it as ever; everybody else gets what the medium allows.
#[cfg(unix)]
#[test]
fn a_ledger_where_nothing_can_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let path = folder.path().join("a ledger #1?.db");
    fixture::fill(&mut Ledger::open(&path).unwrap());
    let allow = |file: u32, folder_: u32| {
        fs::set_permissions(&path, fs::Permissions::from_mode(file)).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(folder_)).unwrap();
    };
    allow(0o444, 0o555);
    let read = Ledger::open_existing(&path).map(|ledger| ledger.counts().unwrap().statements);
    allow(0o644, 0o755);
    assert_eq!(read.unwrap(), 3);
}
