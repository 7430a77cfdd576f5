//! The flat views against the records: whoever reads with SQL alone reads the same.

use rusqlite::Connection;
use sayso_ledger::{Ledger, Verdict};
use sayso_model::{PrintedSpan, Statement};

use crate::fixture::{self, NOW};

/// A row of `v_statements`.
#[derive(Debug, PartialEq)]
struct Row {
    words: Option<String>,
    place: (Option<u32>, Option<u32>),
    speaker: Option<String>,
    chain: Option<String>,
    range: (Option<f64>, Option<f64>),
    window: Option<String>,
    soft: Option<String>,
    parties: (Option<String>, Option<String>),
    review: Option<String>,
}

fn joined(parts: impl Iterator<Item = String>, between: &str) -> Option<String> {
    let all: Vec<String> = parts.collect();
    (!all.is_empty()).then(|| all.join(between))
}

fn expected(statement: &Statement) -> Row {
    let words = |spans: &[PrintedSpan]| joined(spans.iter().map(|span| span.text.clone()), " … ");
    let certainty = statement.certainty.as_ref();
    let window = statement.window.as_ref();
    let event = statement.event.as_ref();
    Row {
        words: words(&statement.content),
        place: (
            statement.content.first().map(|span| span.start),
            statement.content.last().map(|span| span.end),
        ),
        speaker: statement.speaker.as_ref().map(|speaker| speaker.name.clone()),
        chain: joined(statement.chain.iter().map(|link| link.name.clone()), " > "),
        range: (certainty.and_then(|c| c.low), certainty.and_then(|c| c.high)),
        window: window.map(|window| window.text.clone()),
        soft: window.and_then(|window| window.latest_soft).map(|day| day.to_string()),
        parties: (
            event.and_then(|event| event.actor.as_ref()).map(|actor| actor.name.clone()),
            event.and_then(|event| event.target.as_ref()).map(|target| target.name.clone()),
        ),
        review: None,
    }
}

fn found(connection: &Connection, id: &str) -> Row {
    let sql = "SELECT words, start, \"end\", speaker, chain, low, high, \"window\", latest_soft, actor, target, review
               FROM v_statements WHERE id = ?1";
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Row {
            words: row.get(0)?,
            place: (row.get(1)?, row.get(2)?),
            speaker: row.get(3)?,
            chain: row.get(4)?,
            range: (row.get(5)?, row.get(6)?),
            window: row.get(7)?,
            soft: row.get(8)?,
            parties: (row.get(9)?, row.get(10)?),
            review: row.get(11)?,
        })
    };
    connection.query_row(sql, [id], row).unwrap()
}

#[test]
fn views_say_what_the_records_say() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    let connection = Connection::open(&path).unwrap();
    let mut seen = 0;
    for (article, statements) in fixture::town() {
        for statement in &statements {
            assert_eq!(found(&connection, &statement.id), expected(statement));
            seen += 1;
        }
        let (characters, count): (u32, u32) = connection
            .query_row(
                "SELECT characters, statements FROM v_articles WHERE id = ?1",
                [&article.id],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        let counted = (article.text.chars().count(), statements.len());
        assert_eq!((characters as usize, count as usize), counted);
    }
    let rows = |view: &str| -> usize {
        let sql = format!("SELECT count(*) FROM {view}");
        connection.query_row(&sql, [], |row| row.get::<_, u32>(0)).unwrap() as usize
    };
    assert!(seen > 0 && rows("v_statements") == seen);
    assert_eq!(rows("v_questions"), ledger.questions().unwrap().len());
    assert_eq!(rows("v_speakers"), ledger.speakers().unwrap().len());
    let bearings: usize =
        ledger.questions().unwrap().iter().map(|question| question.statements).sum();
    assert_eq!(rows("v_bearings"), bearings);
    assert_eq!(rows("v_outcomes"), 0);
    let version: u32 =
        connection.query_row("SELECT version FROM v_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 1);
}

#[test]
fn a_rejected_statement_is_in_no_view_and_an_accepted_one_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    let ids: Vec<String> = fixture::town()
        .into_iter()
        .flat_map(|(_, statements)| statements)
        .map(|statement| statement.id)
        .collect();
    ledger.review(&ids[0], Verdict::Accept, None, "right", "Ines", NOW).unwrap();
    ledger.review(&ids[1], Verdict::Reject, None, "wrong", "Ines", NOW).unwrap();
    let connection = Connection::open(&path).unwrap();
    assert_eq!(found(&connection, &ids[0]).review.as_deref(), Some("accept"));
    let gone: u32 = connection
        .query_row("SELECT count(*) FROM v_statements WHERE id = ?1", [&ids[1]], |row| row.get(0))
        .unwrap();
    assert_eq!(gone, 0);
}
