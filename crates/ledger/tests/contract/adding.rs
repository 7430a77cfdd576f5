use std::thread;

use rusqlite::Connection;
use sayso_ledger::{Added, Edit, Keep, Known, Ledger, LedgerError, Packed, Query, Verdict};
use sayso_model::{Article, Polarity, Statement};

use crate::{
    fixture::{self, NOW},
    scoring,
};

#[test]
fn adding_twice_changes_nothing() {
    let mut ledger = fixture::ledger();
    let before = ledger.counts().unwrap();
    for (article, statements) in fixture::town() {
        assert_eq!(ledger.add(&article, &statements, "2032-01-01T00:00:00Z").unwrap(), Added::Same);
    }
    let done = ledger.relink(&fixture::classes(), "2032-01-01T00:00:00Z").unwrap();
    assert_eq!((done.written, done.superseded), (0, 0));
    assert_eq!(ledger.counts().unwrap(), before);
}

#[test]
fn what_is_added_comes_back_unchanged() {
    let ledger = fixture::ledger();
    for (article, statements) in fixture::town() {
        assert_eq!(ledger.article(&article.id).unwrap(), article);
        assert_eq!(ledger.statements_of_article(&article.id).unwrap(), statements);
        for statement in statements {
            assert_eq!(ledger.statement(&statement.id).unwrap(), statement);
        }
    }
}

#[test]
fn the_same_text_of_another_outlet_is_a_copy() {
    let mut ledger = fixture::ledger();
    let (mut article, statements) = fixture::town().remove(0);
    article.outlet = Some("Coastal Mirror".to_owned());
    assert_eq!(ledger.add(&article, &statements, NOW).unwrap(), Added::Copy);
    assert_eq!(ledger.add(&article, &statements, NOW).unwrap(), Added::Same);
    assert_eq!(ledger.counts().unwrap().articles, 2);
    let page = ledger.articles(0, None).unwrap();
    let copies: Vec<usize> = page.items.iter().map(|item| item.copies).collect();
    assert_eq!(copies, [0, 1], "newest first, and the copy is the older one's");
    assert_eq!(ledger.article(&article.id).unwrap().outlet.as_deref(), Some("Northern Star"));
}

#[test]
fn a_statement_that_does_not_fit_is_refused_with_its_article() {
    let (article, statements) = fixture::town().remove(0);
    let mut moved = statements.clone();
    moved[0].content[0].text = "Morvania will surely capture Zürnhafen by 20 April".to_owned();
    let mut points = statements.clone();
    points[1].source[0].start += 1;
    let mut other = statements.clone();
    other[1].article.id = "0".repeat(64);
    let twice = vec![statements[0].clone(), statements[0].clone()];
    let mut split = statements.clone();
    // Into the middle of the ü.
    let end = article.text.find("rnhafen").unwrap() as u32 - 1;
    split[0].places[0].span.byte_end = end;
    for wrong in [moved, points, other, twice, split] {
        let mut ledger = Ledger::in_memory().unwrap();
        let error = ledger.add(&article, &wrong, NOW).unwrap_err();
        assert!(matches!(error, LedgerError::Unfit { .. }), "{error:?}");
        assert!(!error.is_unusable());
        let counts = ledger.counts().unwrap();
        assert_eq!((counts.articles, counts.statements), (0, 0));
    }
}

#[test]
fn articles_that_go_in_together_go_in_all_or_not_at_all() {
    let town = fixture::town();
    let batch = |town: &[(Article, Vec<Statement>)], ledger: &mut Ledger| {
        let articles = town.iter().map(|(article, statements)| (article, statements.as_slice()));
        ledger.add_all(articles, NOW)
    };
    let mut together = Ledger::in_memory().unwrap();
    let added = batch(&town, &mut together).unwrap();
    let mut alone = Ledger::in_memory().unwrap();
    for ((article, statements), added) in town.iter().zip(added) {
        assert_eq!(alone.add(article, statements, NOW).unwrap(), added);
    }
    assert_eq!(together.counts().unwrap(), alone.counts().unwrap());
    assert!(batch(&town, &mut together).unwrap().iter().all(|added| *added == Added::Same));

    let mut unfit = town.clone();
    unfit.last_mut().unwrap().1[0].source[0].start += 1;
    let mut ledger = Ledger::in_memory().unwrap();
    let error = batch(&unfit, &mut ledger).unwrap_err();
    assert!(matches!(error, LedgerError::Unfit { .. }), "{error:?}");
    assert_eq!(ledger.counts().unwrap().articles, 0);
}

#[test]
fn a_correction_supersedes_and_nothing_is_lost() {
    let mut ledger = fixture::ledger();
    let (_, statements) = fixture::town().remove(0);
    let old = &statements[0];
    let mut new = old.clone();
    new.polarity = Polarity::No;
    let at = "2031-06-01T00:00:00Z";
    ledger.supersede(&old.id, Some(&new), "The negation was missed.", at).unwrap();
    assert_eq!(ledger.statement(&old.id).unwrap(), new);
    let history = ledger.history(&old.id).unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!(&history[0].statement, old);
    assert_eq!(history[0].ended.as_deref(), Some(at));
    assert_eq!(history[0].reason.as_deref(), Some("The negation was missed."));
    assert_eq!((&history[1].statement, &history[1].ended), (&new, &None));
    assert_eq!(ledger.counts().unwrap().statements, 3);
    assert_eq!(ledger.find(&Query::default()).unwrap().total, 3);

    ledger.relink(&fixture::classes(), at).unwrap();
    let question = ledger.questions().unwrap().remove(0);
    assert_eq!((question.yes.statements, question.no.statements), (0, 3));

    ledger.supersede(&old.id, None, "Not a statement.", at).unwrap();
    assert!(matches!(ledger.statement(&old.id), Err(LedgerError::NotFound { .. })));
    assert_eq!(ledger.history(&old.id).unwrap().len(), 2);
    assert_eq!(ledger.find(&Query::default()).unwrap().total, 2);
    let again = ledger.supersede(&old.id, None, "Again.", at);
    assert!(matches!(again, Err(LedgerError::NotFound { .. })));
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn reading_again_supersedes_what_changed_and_keeps_the_rest() {
    let mut ledger = fixture::ledger();
    let (article, statements) = fixture::town().remove(0);
    let same = ledger.reread(&article, &statements, NOW).unwrap();
    assert_eq!((same.added, same.superseded, same.withdrawn), (0, 0, 0));
    let mut changed = statements[0].clone();
    changed.confidence = 0.95;
    let done = ledger.reread(&article, std::slice::from_ref(&changed), NOW).unwrap();
    assert_eq!((done.added, done.superseded, done.withdrawn), (0, 1, 1));
    assert_eq!(ledger.statements_of_article(&article.id).unwrap(), [changed]);
    let back = ledger.reread(&article, &statements, NOW).unwrap();
    assert_eq!((back.added, back.superseded, back.withdrawn), (1, 1, 0));
    assert_eq!(ledger.statements_of_article(&article.id).unwrap(), statements);
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn no_program_can_change_or_delete_a_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    let (article, statements) = fixture::town().remove(0);
    let mut copy = article.clone();
    copy.outlet = Some("Coastal Mirror".to_owned());
    ledger.add(&copy, &statements, NOW).unwrap();
    ledger.supersede(&statements[0].id, None, "For a row in revisions.", NOW).unwrap();
    let edit = Edit { reason: "For a row.", reviewer: "Ines", at: NOW };
    let speakers = ledger.speakers().unwrap();
    ledger.merge_speaker(&speakers[0].id, None, &speakers[1].id, edit).unwrap();
    let question = ledger.questions().unwrap().remove(0).id;
    ledger.rename_question(&question, "Will it?", edit).unwrap();
    let id = &statements[1].id;
    ledger.review(id, Verdict::Accept, None, "For a row.", "Ines", NOW).unwrap();
    let page = Packed::new(b"<p>For a row.</p>", "text/html");
    let keep = Keep { article: article.id.clone(), packed: page, origin: None, again: false };
    ledger.keep(&[keep], NOW).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute("INSERT INTO kin (article, kind, of) VALUES (2, 'copy', 1)", []).unwrap();
    let known = Known { name: "Ada Quill".to_owned(), id: "Q1".to_owned(), description: None };
    assert_eq!(ledger.identify(&[known], NOW).unwrap().identified, 1);
    let outcome = scoring::outcome(&ledger, "Map", None, 29);
    ledger.add_outcomes(std::slice::from_ref(&outcome), NOW).unwrap();
    ledger.confirm_outcome(&outcome.id, edit).unwrap();
    let tables = [
        ("articles", "added_at"),
        ("copies", "added_at"),
        ("statements", "record"),
        ("statement_places", "name"),
        ("questions", "text"),
        ("bearings", "reason"),
        ("revisions", "reason"),
        ("merges", "reason"),
        ("edits", "reason"),
        ("reviews", "reason"),
        ("identities", "reason"),
        ("evidence", "origin"),
        ("redactions", "reason"),
        ("outcomes", "record"),
        ("rulings", "reason"),
    ];
    let removed = "INSERT INTO redactions (what, id, statements, reason, reviewer, added_at)
                   VALUES ('article', 'another', 0, 'asked', 'Ines', '2031-04-03T08:00:00Z')";
    other.execute(removed, []).unwrap();
    // What can be made again from the records.
    let derived = ["shapes", "shape_names", "claims", "profiles", "said", "origin_keys", "linked"]
        .len()
        + ["kin", "sketch_keys", "sketched", "addresses", "visits", "archive_places"].len()
        + ["standings", "tallies"].len()
        + ["labels", "listed", "listed_counts"].len()
        + ["issues", "issue_members", "likenesses"].len();
    for (table, column) in tables {
        for sql in
            [format!("DELETE FROM {table}"), format!("UPDATE {table} SET {column} = 'changed'")]
        {
            let error = other.execute(&sql, []).unwrap_err().to_string();
            assert!(error.contains("the ledger only appends"), "{sql}: {error}");
        }
    }
    let recorded: i64 = other
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(
        recorded as usize,
        tables.len() + derived,
        "a new record table needs its triggers and a row here"
    );
}

#[test]
fn two_writers_both_succeed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shared.db");
    let write = |writer: usize| {
        let path = path.clone();
        thread::spawn(move || {
            let mut ledger = Ledger::open(&path).unwrap();
            for number in 0..20 {
                let text = format!("Writer {writer} said that parcel {number} will arrive.");
                let article = fixture::article(&format!("Paper {writer}"), 5, &text);
                let content = format!("parcel {number} will arrive");
                let speaker = format!("Writer {writer}");
                let statement = fixture::statement(&article, &speaker, "said", &content);
                ledger.add(&article, &[statement], NOW).unwrap();
                ledger.relink(&fixture::classes(), NOW).unwrap();
            }
        })
    };
    // Both also race to make the file.
    let writers: Vec<_> = (0..2).map(write).collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let ledger = Ledger::open_existing(&path).unwrap();
    assert_eq!(ledger.counts().unwrap().statements, 40);
    assert_eq!(ledger.verify().unwrap(), []);
}

/// What tells a file of somebody else from one that is being made is read at one moment.
#[test]
fn who_opens_a_ledger_while_it_is_made_waits_for_it() {
    for _ in 0..30 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shared.db");
        let open = |_| {
            let path = path.clone();
            thread::spawn(move || Ledger::open(&path).map(drop))
        };
        let openers: Vec<_> = (0..8).map(open).collect();
        for opener in openers {
            opener.join().unwrap().unwrap();
        }
    }
}
