//! What is removed is gone, from every table, page and file; and the record says that it was.

use std::{fs, path::Path};

use sayso_ledger::{Added, Edit, Incoming, Ledger, LedgerError, Packed, Query, Verdict};
use sayso_model::{Speaker, SpeakerKind, Statement};

use crate::fixture::{self, NOW, article, classes, statement};

const EDIT: Edit<'_> = Edit { reason: "A letter of 3 April.", reviewer: "Ines Holt", at: NOW };

fn by(mut one: Statement) -> Statement {
    if let Some(speaker) = &mut one.speaker {
        speaker.id = Speaker::id_of(SpeakerKind::Person, &speaker.name, &one.article.id);
    }
    one
}

/// Two articles: both print Zora Vell, who alone speaks in one, and Ada Quill speaks in the other too.
fn incoming() -> Vec<Incoming> {
    let one = article("Evening Lamp", 3, "Zora Vell said the xylophone will sound.");
    let both = article(
        "Morning Star",
        4,
        "Ada Quill said the ferry will sail. Zora Vell said the zeppelin will fly.",
    );
    let first = vec![by(statement(&one, "Zora Vell", "said", "the xylophone will sound"))];
    let second = vec![
        by(statement(&both, "Ada Quill", "said", "the ferry will sail")),
        by(fixture::about(
            statement(&both, "Zora Vell", "said", "the zeppelin will fly"),
            &both,
            "fly",
            "",
            "zeppelin",
        )),
    ];
    [(one, first), (both, second)]
        .into_iter()
        .map(|(article, statements)| Incoming {
            evidence: Some(Packed::new(article.text.as_bytes(), "text/plain")),
            article: Box::new(article),
            statements,
            origin: Some("page.html".to_owned()),
        })
        .collect()
}

fn filled(path: &Path) -> Ledger {
    let mut ledger = Ledger::open(path).unwrap();
    ledger.take(incoming(), None, NOW).unwrap();
    let first = &incoming()[0].statements[0];
    ledger.review(&first.id, Verdict::Accept, None, "The xylophone, right.", "Ines", NOW).unwrap();
    ledger.relink(&classes(), NOW).unwrap();
    ledger
}

/// True where the bytes of any file of the ledger hold a word, packed evidence unpacked.
fn holds(folder: &Path, word: &str) -> bool {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut bytes = fs::read(&path).unwrap();
            if path.extension().is_some_and(|ending| ending == "gz") {
                let mut plain = Vec::new();
                std::io::Read::read_to_end(
                    &mut flate2::read::GzDecoder::new(&bytes[..]),
                    &mut plain,
                )
                .unwrap();
                bytes = plain;
            }
            let bytes = bytes.to_ascii_lowercase();
            if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                return true;
            }
        }
    }
    false
}

#[test]
fn an_article_goes_with_all_that_was_made_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = filled(&path);
    let id = incoming()[0].article.id.clone();
    // The words are in the file, so that not finding them means something.
    assert!(holds(folder.path(), "xylophone"));
    let done = ledger.redact(&id[..10], false, &classes(), EDIT).unwrap();
    assert_eq!((done.articles, done.statements, done.left.len()), (1, 1, 0));
    drop(ledger);
    assert!(!holds(folder.path(), "xylophone"));
    assert!(holds(folder.path(), "zeppelin") && holds(folder.path(), "vell"));
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    assert_eq!(ledger.counts().unwrap().statements, 2);
    assert_eq!(ledger.speaker("Zora Vell").unwrap().statements, 1);
    let left = ledger.article(&id).unwrap();
    assert_eq!((left.text.as_str(), left.title, left.outlet, left.url), ("", None, None, None));
    let [record] = &ledger.redactions().unwrap()[..] else { panic!() };
    assert_eq!((record.what.as_str(), &record.id, record.statements), ("article", &id, 1));
    assert_eq!(record.reviewer, "Ines Holt");
    // It stays away, and the rest is found as before.
    assert_eq!(ledger.take(incoming(), None, NOW).unwrap(), [Added::Redacted, Added::Same]);
    assert!(!holds(folder.path(), "xylophone"));
    let found = |words: &str| {
        ledger.find(&Query { words: vec![words.to_owned()], ..Query::default() }).unwrap().total
    };
    assert_eq!((found("xylophone"), found("zeppelin"), found("ferry")), (0, 1, 1));
    // Twice is once.
    let again = ledger.redact(&id, false, &classes(), EDIT).unwrap();
    assert_eq!(again.statements, 0);
    assert_eq!(ledger.redactions().unwrap().len(), 1);
    // Records are kept as before: the triggers stand again.
    let connection = rusqlite::Connection::open(&path).unwrap();
    for sql in ["DELETE FROM statements", "UPDATE articles SET text = ''", "DELETE FROM redactions"]
    {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn a_speaker_goes_and_what_still_prints_them_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = filled(&path);
    let done = ledger.redact("Zora Vell", false, &classes(), EDIT).unwrap();
    assert_eq!((done.articles, done.statements, done.left.len()), (0, 2, 2));
    assert_eq!(ledger.verify().unwrap(), []);
    assert!(matches!(ledger.speaker("Zora Vell"), Err(LedgerError::NotFound { .. })));
    assert_eq!(ledger.counts().unwrap().statements, 1);
    // Another article about them brings an article, and nothing that they said.
    let text = "Zora Vell said the mill will turn. Ada Quill said it will not.";
    let third = article("Evening Lamp", 5, text);
    let said = [
        by(statement(&third, "Zora Vell", "said", "the mill will turn")),
        by(statement(&third, "Ada Quill", "said", "it will not")),
    ];
    ledger.add(&third, &said, NOW).unwrap();
    ledger.reread(&third, &said, NOW).unwrap();
    assert_eq!(ledger.statements_of_article(&third.id).unwrap().len(), 1);
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn a_speaker_goes_with_every_article() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = filled(&path);
    let done = ledger.redact("Zora Vell", true, &classes(), EDIT).unwrap();
    assert_eq!((done.articles, done.statements, done.left.len()), (2, 3, 0));
    assert_eq!(ledger.verify().unwrap(), []);
    drop(ledger);
    for word in ["vell", "zeppelin", "xylophone", "ferry"] {
        assert!(!holds(folder.path(), word), "{word}");
    }
    let unknown = Ledger::open(&path).unwrap().redact("Nobody", true, &classes(), EDIT);
    assert!(matches!(unknown, Err(LedgerError::NotFound { .. })));
}

#[test]
fn a_removal_that_was_stopped_is_told_and_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = filled(&path);
    let id = incoming()[0].article.id.clone();
    // Written down, and no further.
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute(
            "INSERT INTO redactions (what, id, statements, reason, reviewer, added_at)
             VALUES ('article', ?1, 1, 'asked', 'Ines', '2031-04-03T08:00:00Z')",
            [&id],
        )
        .unwrap();
    let told = ledger.verify().unwrap();
    assert!(told.iter().any(|problem| problem.message.contains("still here")), "{told:?}");
    ledger.redact(&id, false, &classes(), EDIT).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    assert!(ledger.article(&id).unwrap().text.is_empty());
}
