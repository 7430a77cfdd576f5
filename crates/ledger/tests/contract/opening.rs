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

#[test]
fn a_name_is_a_files_name_and_no_address_of_the_database() {
    let folder = folder();
    for name in ["file:a.db?mode=memory", "file:b.db?immutable=1", ":memory:"] {
        let path = folder.path().join(name);
        let mut ledger = Ledger::open(&path).unwrap();
        fixture::fill(&mut ledger);
        drop(ledger);
        assert!(path.is_file(), "{name}");
        assert_eq!(Ledger::open_existing(&path).unwrap().counts().unwrap().statements, 3);
    }
    assert!(matches!(Ledger::open("".as_ref()), Err(LedgerError::CannotOpen { .. })));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_ledger_is_that_ledger_with_its_evidence() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let (real, link) = (folder.path().join("real"), folder.path().join("link.db"));
    fs::create_dir(&real).unwrap();
    // Also one that is made through the link.
    symlink("real/a.db", &link).unwrap();
    let mut ledger = Ledger::open(&link).unwrap();
    fixture::fill(&mut ledger);
    let evidence = ledger.evidence_folder();
    assert_eq!(ledger.path(), link);
    drop(ledger);
    let direct = Ledger::open_existing(&real.join("a.db")).unwrap();
    assert_eq!(direct.evidence_folder(), evidence);
    assert!(evidence.ends_with("real/a.db.evidence"), "{}", evidence.display());
    assert_eq!(direct.counts().unwrap().statements, 3);
    assert!(!folder.path().join("link.db-wal").exists());
    symlink("round.db", folder.path().join("round.db")).unwrap();
    assert!(Ledger::open(&folder.path().join("round.db")).is_err());
}

#[test]
fn a_page_of_nothing_is_told_with_a_cure_and_the_rest_is_looked_at() {
    let folder = folder();
    let path = folder.path().join("a.db");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    drop(ledger);
    let root: u64 = Connection::open(&path)
        .unwrap()
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'articles'", [], |row| {
            row.get::<_, i64>(0)
        })
        .unwrap()
        .unsigned_abs();
    let mut bytes = fs::read(&path).unwrap();
    let start = usize::try_from((root - 1) * 4096).unwrap();
    bytes[start..start + 4096].fill(0);
    fs::write(&path, bytes).unwrap();
    let problems = Ledger::open_existing(&path).unwrap().verify().unwrap();
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(told.iter().any(|words| words.contains("from a copy")), "{told:?}");
}
