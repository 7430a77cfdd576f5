//! What is shown to others is what people have reviewed.

use std::fs;

use sayso_ledger::{Ledger, Query, Verdict};
use sayso_model::Polarity;

use crate::fixture::{self, NOW};

#[test]
fn only_what_was_reviewed_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let (path, to) = (folder.path().join("a.db"), folder.path().join("public.db"));
    let mut ledger = Ledger::open(&path).unwrap();
    fixture::fill(&mut ledger);
    let town = fixture::town();
    let all: Vec<_> = town.iter().flat_map(|(_, statements)| statements).collect();
    assert_eq!(all.len(), 3);
    let said = |ledger: &mut Ledger, at: usize, verdict, by| {
        ledger.review(&all[at].id, verdict, by, "Looked at.", "Ines Holt", NOW).unwrap();
    };
    let mut mended = all[1].clone();
    mended.polarity = Polarity::No;
    mended.confidence = 0.5;
    said(&mut ledger, 0, Verdict::Accept, None);
    said(&mut ledger, 0, Verdict::Undo, None);
    said(&mut ledger, 1, Verdict::Correct, Some(&mended));
    said(&mut ledger, 2, Verdict::Reject, None);
    ledger.relink(&fixture::classes(), NOW).unwrap();
    assert_eq!(ledger.publish(&to, &fixture::classes(), NOW).unwrap(), 1);
    let public = Ledger::open_existing(&to).unwrap();
    let found = public.find(&Query::default()).unwrap().items;
    assert_eq!(found.len(), 1);
    let mut shown = mended.clone();
    shown.article.path = None;
    assert_eq!(found[0].statement, shown);
    assert_eq!(public.counts().unwrap().articles, 1);
    assert_eq!(public.reviews_of(&mended.id).unwrap().len(), 1);
    assert_eq!(public.verify().unwrap(), []);
    // What nobody reviewed is not in the file at all.
    let other = &all[0].id;
    let bytes = fs::read(&to).unwrap();
    assert!(!bytes.windows(other.len()).any(|window| window == other.as_bytes()), "{other}");
    // The ledger itself is as it was, and no file is overwritten.
    assert_eq!(ledger.find(&Query::default()).unwrap().total, 2);
    assert!(ledger.publish(&to, &fixture::classes(), NOW).is_err());
    // And it is in the other one, where its log is written back.
    drop(ledger);
    let private = fs::read(&path).unwrap();
    assert!(private.windows(other.len()).any(|window| window == other.as_bytes()));
}
