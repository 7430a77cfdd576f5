//! A source without a name is told to be nobody, whichever way it is tried.

use sayso_ledger::{Edit, Ledger, LedgerError, Verdict};
use sayso_model::{Article, Speaker, SpeakerKind, Statement};

use crate::fixture::{NOW, article, classes, statement};

const EDIT: Edit<'_> = Edit { reason: "Everybody knows.", reviewer: "Ines Holt", at: NOW };

fn by(mut one: Statement, kind: SpeakerKind) -> Statement {
    let article = one.article.id.clone();
    if let Some(speaker) = &mut one.speaker {
        speaker.kind = kind;
        speaker.id = Speaker::id_of(kind, &speaker.name, &article);
    }
    one
}

/// An unnamed official and two people with names, each in an article of their own.
fn ledger(kind: SpeakerKind) -> (Ledger, Article, Statement) {
    let mut ledger = Ledger::in_memory().unwrap();
    let one = article(
        "Evening Lamp",
        3,
        "A harbour official said the dam will hold. Engineer Berg was there.",
    );
    let official = by(statement(&one, "A harbour official", "said", "the dam will hold"), kind);
    ledger.add(&one, std::slice::from_ref(&official), NOW).unwrap();
    let other = article("Morning Star", 4, "Ada Quill said the ferry will sail.");
    let quill =
        by(statement(&other, "Ada Quill", "said", "the ferry will sail"), SpeakerKind::Person);
    ledger.add(&other, &[quill], NOW).unwrap();
    let third = article("Morning Star", 5, "Bo Quill said the mill will burn.");
    let bo = by(statement(&third, "Bo Quill", "said", "the mill will burn"), SpeakerKind::Person);
    ledger.add(&third, &[bo], NOW).unwrap();
    ledger.relink(&classes(), NOW).unwrap();
    (ledger, one, official)
}

fn id(statement: &Statement) -> &str {
    &statement.speaker.as_ref().unwrap().id
}

#[test]
fn who_has_no_name_is_merged_with_nobody() {
    for kind in [SpeakerKind::Anonymous, SpeakerKind::Group, SpeakerKind::Author] {
        let (mut ledger, _, official) = ledger(kind);
        let own = id(&official);
        for (one, other) in [(own, "Ada Quill"), ("Ada Quill", own)] {
            let error = ledger.merge_speaker(one, None, other, EDIT).unwrap_err();
            assert!(matches!(error, LedgerError::Unsourced { .. }), "{kind:?}: {error:?}");
            let words = error.to_string();
            assert!(words.contains("A harbour official") && words.contains("Ada Quill"), "{words}");
            assert!(!error.is_unusable() && !error.hint().is_empty());
        }
        // No trace of the attempt is left.
        assert_eq!(ledger.merges_of(own).unwrap(), []);
        let quill = ledger.speaker("Ada Quill").unwrap().id;
        assert_eq!(ledger.merges_of(&quill).unwrap(), []);
        ledger.merge_speaker("Bo Quill", None, "Ada Quill", EDIT).unwrap();
        assert_eq!(ledger.speaker("Ada Quill").unwrap().statements, 2);
    }
}

#[test]
fn a_correction_gives_no_name_that_the_article_does_not_print() {
    let (mut ledger, article, official) = ledger(SpeakerKind::Anonymous);
    let correct = |ledger: &mut Ledger, name: &str, kind: SpeakerKind, own: Option<&str>| {
        let mut new = official.clone();
        if let Some(speaker) = &mut new.speaker {
            name.clone_into(&mut speaker.name);
            speaker.kind = kind;
            speaker.id = match own {
                Some(id) => id.to_owned(),
                None => Speaker::id_of(kind, name, &article.id),
            };
        }
        ledger.review(&official.id, Verdict::Correct, Some(&new), "It was him.", "Ines Holt", NOW)
    };
    let quill = ledger.speaker("Ada Quill").unwrap().id;
    for (name, kind, own) in [
        ("Ada Quill", SpeakerKind::Person, None),
        ("Quill Works", SpeakerKind::Organization, None),
        ("", SpeakerKind::Person, None),
        // Under the old words, with another's id.
        ("A harbour official", SpeakerKind::Anonymous, Some(quill.as_str())),
        ("A harbour official", SpeakerKind::Group, Some(quill.as_str())),
    ] {
        let error = correct(&mut ledger, name, kind, own).unwrap_err();
        assert!(matches!(error, LedgerError::Unsourced { .. }), "{name}: {error:?}");
    }
    assert!(ledger.reviews_of(&official.id).unwrap().is_empty());
    assert_eq!(ledger.history(&official.id).unwrap().len(), 1);
    // A name that stands there was misread: that can be mended, and so can the sort of who has none.
    correct(&mut ledger, "Berg", SpeakerKind::Person, None).unwrap();
    correct(&mut ledger, "A harbour official", SpeakerKind::Group, None).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn a_verdict_on_what_has_changed_since_is_refused() {
    let (mut ledger, _, official) = ledger(SpeakerKind::Anonymous);
    let seen = ledger.edition(&official.id).unwrap();
    ledger.review_seen(&official.id, seen, Verdict::Accept, None, EDIT).unwrap();
    let error = ledger.review_seen(&official.id, seen, Verdict::Reject, None, EDIT).unwrap_err();
    assert!(matches!(error, LedgerError::Stale { .. }), "{error:?}");
    assert!(error.to_string().contains("accept by Ines Holt"), "{error}");
    let now = ledger.edition(&official.id).unwrap();
    ledger.review_seen(&official.id, now, Verdict::Reject, None, EDIT).unwrap();
    let unknown = ledger.review_seen("s0", 1, Verdict::Accept, None, EDIT);
    assert!(matches!(unknown, Err(LedgerError::NotFound { .. })));
    let long = "w".repeat(5000);
    let edit = Edit { reason: &long, ..EDIT };
    let now = ledger.edition(&official.id).unwrap();
    let error = ledger.review_seen(&official.id, now, Verdict::Undo, None, edit).unwrap_err();
    assert!(matches!(error, LedgerError::Words { .. }), "{error:?}");
}
