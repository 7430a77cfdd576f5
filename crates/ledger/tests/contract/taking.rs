//! Articles, their evidence and the place in their archive: all in the ledger, or nothing.

use std::fs;

use sayso_ledger::{Added, ArchivePlace, Incoming, Ledger, LedgerError, Packed};

use crate::fixture::{NOW, article};

fn incoming(words: &str) -> Incoming {
    let article = Box::new(article("Evening Lamp", 3, words));
    let evidence = Some(Packed::new(words.as_bytes(), "text/plain"));
    Incoming { article, statements: Vec::new(), evidence, origin: Some("dam.warc".to_owned()) }
}

fn place(at: Option<u64>) -> ArchivePlace {
    ArchivePlace { archive: "a1b2".to_owned(), at }
}

#[test]
fn a_place_goes_in_with_what_stands_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
    assert_eq!(ledger.place_in("a1b2").unwrap(), None);
    let batch = vec![incoming("The dam will hold."), incoming("The ferry will sail.")];
    let done = ledger.take(batch, Some(&place(Some(512))), NOW).unwrap();
    assert_eq!(done, [Added::New { statements: 0 }; 2]);
    assert_eq!(ledger.place_in("a1b2").unwrap(), Some(512));
    assert_eq!(ledger.place_in("a1b3").unwrap(), None);
    assert_eq!(ledger.counts().unwrap().evidence, 2);
    ledger.take(Vec::new(), Some(&place(Some(900))), NOW).unwrap();
    assert_eq!(ledger.place_in("a1b2").unwrap(), Some(900));
    // At its end the archive is done with.
    ledger.take(vec![incoming("The mill will burn.")], Some(&place(None)), NOW).unwrap();
    assert_eq!(ledger.place_in("a1b2").unwrap(), None);
    assert_eq!(ledger.verify().unwrap(), []);
    // Of a text that is known no other bytes are kept, and what is missing is.
    let again = Incoming {
        evidence: Some(Packed::new(b"The same within another page.", "text/html")),
        ..incoming("The mill will burn.")
    };
    assert_eq!(ledger.take(vec![again], None, NOW).unwrap(), [Added::Same]);
    assert_eq!(ledger.counts().unwrap().evidence, 3);
}

#[test]
fn a_batch_whose_evidence_cannot_be_kept_is_not_there_and_nor_is_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
    ledger.take(vec![incoming("The dam will hold.")], Some(&place(Some(512))), NOW).unwrap();
    // A file stands where the folder has to be.
    let evidence = ledger.evidence_folder();
    fs::rename(&evidence, folder.path().join("aside")).unwrap();
    fs::write(&evidence, "in the way").unwrap();
    let error = ledger
        .take(vec![incoming("The ferry will sail.")], Some(&place(Some(900))), NOW)
        .unwrap_err();
    assert!(matches!(error, LedgerError::Evidence { .. }), "{error:?}");
    assert_eq!(ledger.counts().unwrap().articles, 1);
    assert_eq!(ledger.place_in("a1b2").unwrap(), Some(512));
    fs::remove_file(&evidence).unwrap();
    fs::rename(folder.path().join("aside"), &evidence).unwrap();
    ledger.take(vec![incoming("The ferry will sail.")], Some(&place(Some(900))), NOW).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn the_doctor_never_tells_to_delete_what_may_be_the_only_copy() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
    ledger.take(vec![incoming("The dam will hold.")], None, NOW).unwrap();
    let evidence = ledger.evidence_folder();
    let kept = fs::read_dir(&evidence).unwrap().next().unwrap().unwrap().path();
    let file = fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
    fs::write(kept.join("77.gz"), "x").unwrap();
    fs::write(kept.join(".78.gz.new"), "x").unwrap();
    fs::write(file, "damaged").unwrap();
    let problems = ledger.verify().unwrap();
    assert_eq!(problems.len(), 3, "{problems:?}");
    for problem in problems {
        assert!(!problem.message.to_lowercase().contains("delete"), "{}", problem.message);
    }
}
