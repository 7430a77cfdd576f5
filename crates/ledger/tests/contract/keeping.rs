//! How records are kept in the file, and that nothing of them is lost.

use std::path::Path;

use rusqlite::{Connection, params};
use sayso_ledger::{Ledger, Query, Verdict};
use sayso_model::{Kind, Statement};

use crate::fixture::{self, NOW};

fn connected(path: &Path) -> Connection {
    Connection::open(path).unwrap()
}

#[test]
fn a_record_is_kept_short_and_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    for (_, statements) in fixture::town() {
        for statement in statements {
            assert_eq!(ledger.statement(&statement.id).unwrap(), statement);
            let kept: String = connected(&path)
                .query_row("SELECT record FROM statements WHERE id = ?1", [&statement.id], |row| {
                    row.get(0)
                })
                .unwrap();
            let printed = serde_json::to_string(&statement).unwrap();
            assert!(kept.len() * 2 < printed.len(), "{kept}");
            assert!(serde_json::from_str::<serde_json::Value>(&kept).is_ok(), "{kept}");
        }
    }
}

#[test]
fn what_was_said_can_be_read_with_sql_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    fixture::fill(&mut Ledger::open(&path).unwrap());
    let words: String = connected(&path)
        .query_row("SELECT words FROM said_words WHERE speaker = 'Étienne Brask'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(words, "unlikely that Morvania would capture Zürnhafen");
}

/// A ledger as version 2 kept it, with printed records and no counts.
fn version_2(path: &Path, printed: impl Fn(&Statement) -> String) {
    let old = connected(path);
    old.execute_batch(include_str!("../../src/schema/0001.sql")).unwrap();
    old.execute_batch(include_str!("../../src/schema/0002.sql")).unwrap();
    let ledger = fixture::ledger();
    let question = ledger.questions().unwrap().remove(0);
    let insert = "INSERT INTO questions (id, revision, text, class, actor, target, added_at)
                  VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6)";
    old.execute(
        insert,
        params![question.id, question.text, question.class, question.actor, question.target, NOW],
    )
    .unwrap();
    for (article, statements) in fixture::town() {
        let bare = sayso_model::Article { text: String::new(), ..article.clone() };
        let date = article.published.as_ref().unwrap().date.to_string();
        old.execute(
            "INSERT INTO articles (id, key, outlet, title, date, text, record, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                article.id,
                article.key,
                article.outlet,
                article.title,
                date,
                article.text,
                serde_json::to_string(&bare).unwrap(),
                NOW
            ],
        )
        .unwrap();
        let seq = old.last_insert_rowid();
        for (position, statement) in statements.iter().enumerate() {
            let speaker = statement.speaker.as_ref().unwrap();
            old.execute(
                "INSERT INTO statements (id, revision, article, position, date, outlet, speaker,
                   speaker_name, speaker_kind, kind, class, record, added_at)
                 VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, 'person', 'forecast', ?8, ?9, ?10)",
                params![
                    statement.id,
                    seq,
                    i64::try_from(position).unwrap(),
                    date,
                    article.outlet,
                    speaker.id,
                    speaker.name,
                    statement.event.as_ref().map(|event| &event.class),
                    printed(statement),
                    NOW
                ],
            )
            .unwrap();
            let row = old.last_insert_rowid();
            old.execute("INSERT INTO search (rowid, words) VALUES (?1, 'words')", [row]).unwrap();
        }
    }
    for one in ledger.question(&question.id).unwrap().statements {
        let (bearing, stance) = (&one.bearing, one.bearing.stance.word());
        old.execute(
            "INSERT INTO bearings (question, statement, stance, low, high, reason, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                question.id,
                bearing.statement,
                stance,
                bearing.low,
                bearing.high,
                bearing.reason,
                NOW
            ],
        )
        .unwrap();
    }
    old.pragma_update(None, "application_id", 0x7361_7973).unwrap();
    old.pragma_update(None, "user_version", 2).unwrap();
}

#[test]
fn a_ledger_of_an_earlier_version_is_read_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    version_2(&path, |statement| serde_json::to_string(statement).unwrap());
    let (mut old, new) = (Ledger::open_existing(&path).unwrap(), fixture::ledger());
    assert_eq!(old.verify().unwrap(), []);
    let mut question = old.questions().unwrap().remove(0);
    let expected = new.questions().unwrap().remove(0);
    // Origins are linking's, which has not run on it yet.
    question.origins = expected.origins;
    assert_eq!(question, expected);
    let all = |ledger: &Ledger| {
        let hits = ledger.find(&Query::default()).unwrap().items;
        hits.into_iter().map(|hit| hit.statement).collect::<Vec<_>>()
    };
    assert_eq!(all(&old), all(&new));
    // Reading the same again supersedes nothing, though records are kept otherwise now.
    for (article, statements) in fixture::town() {
        let done = old.reread(&article, &statements, NOW).unwrap();
        assert_eq!((done.added, done.superseded, done.withdrawn), (0, 0, 0));
    }
    let linked = old.relink(&fixture::classes(), NOW).unwrap();
    assert_eq!((linked.written, linked.superseded), (0, 0));
    assert_eq!(old.questions().unwrap(), new.questions().unwrap());
}

/// A statement as a program printed it that knew schema 1 of the record.
fn schema_1(statement: &Statement) -> String {
    let keys = ["\"said\":null,", "\"confidence\":1.0,\"candidates\":[],"];
    let printed = serde_json::to_string(statement).unwrap();
    let old = keys.iter().fold(printed.replace("\"schema\":2", "\"schema\":1"), |out, key| {
        assert!(out.contains(key), "{key} in {out}");
        out.replacen(key, "", 1)
    });
    assert!(old.starts_with("{\"schema\":1,\"id\":"), "{old}");
    old
}

#[test]
fn records_of_schema_1_are_read_and_brought_over_with_their_verdicts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    version_2(&path, schema_1);
    let mut ledger = Ledger::open_existing(&path).unwrap();
    let (article, statements) = fixture::town().remove(0);
    let [one, two] = [&statements[0], &statements[1]];
    for new in [one, two] {
        let old = ledger.statement(&new.id).unwrap();
        let speaker = old.speaker.as_ref().unwrap();
        assert_eq!((old.schema, &old.said, speaker.confidence), (1, &None, None));
        assert_eq!(old.content, new.content);
    }
    let mut right = one.clone();
    right.kind = Kind::Assessment;
    ledger.review(&one.id, Verdict::Correct, Some(&right), "He judges.", "Ines", NOW).unwrap();
    ledger.review(&two.id, Verdict::Accept, None, "So it is.", "Ines", NOW).unwrap();
    let done = ledger.reread(&article, &statements, NOW).unwrap();
    assert_eq!((done.added, done.superseded, done.withdrawn, done.kept), (0, 1, 0, 1));
    assert_eq!(ledger.statement(&one.id).unwrap(), right);
    assert_eq!(&ledger.statement(&two.id).unwrap(), two);
    assert_eq!(ledger.statement(&two.id).unwrap().schema, 2);
    assert_eq!(ledger.reviews_of(&two.id).unwrap().len(), 1);
    assert_eq!(ledger.verify().unwrap(), []);
}
