use std::path::Path;

use rusqlite::Connection;
use sayso_ledger::Ledger;

use crate::fixture;

/// Makes a ledger, lets `harm` change the file behind the triggers' back, and verifies.
fn problems(harm: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    drop(ledger);
    harm_file(&path, harm);
    let found = Ledger::open_existing(&path).unwrap().verify().unwrap();
    found.into_iter().map(|problem| format!("{}: {}", problem.record, problem.message)).collect()
}

fn harm_file(path: &Path, harm: &str) {
    let connection = Connection::open(path).unwrap();
    let triggers: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for trigger in triggers {
        connection.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    connection.execute_batch(harm).unwrap();
}

#[test]
fn every_kind_of_harm_is_noticed() {
    let cases = [
        ("UPDATE articles SET text = replace(text, 'likely', 'surely')", "is not the one"),
        ("UPDATE articles SET text = 'ü' || text", "does not fit"),
        (
            "UPDATE statements SET record = replace(record, 'Ada Quill', 'Ada Drill')",
            "is not the one that was added",
        ),
        (
            "UPDATE statements SET sum = NULL,
               record = json_set(record, '$.content[0][2]', 1, '$.content[0][3]', 2)",
            "code points",
        ),
        (
            "UPDATE statements SET sum = NULL, record = json_set(record, '$.content[0][1]', 30)",
            "does not follow from the cue and content",
        ),
        ("UPDATE statements SET record = '{}'", "cannot be read"),
        ("UPDATE articles SET record = ''", "cannot be read"),
        ("DELETE FROM articles WHERE seq = 1", "belong to no other row"),
        ("DELETE FROM questions", "although its question does not"),
        ("UPDATE bearings SET statement = 's0'", "never added"),
        (
            "INSERT INTO revisions (record, old, new, reason, added_at)
             VALUES ('statement', 1, 99, '', '')",
            "superseded by nothing",
        ),
    ];
    assert_eq!(problems(""), [""; 0]);
    for (harm, expected) in cases {
        let problems = problems(harm);
        assert!(problems.iter().any(|p| p.contains(expected)), "{harm}: {problems:#?}");
    }
}
