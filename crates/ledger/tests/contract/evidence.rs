//! Evidence: kept once, whole, and looked after.

use std::{fs, path::PathBuf, thread};

use sayso_ledger::{Evidence, Ledger, LedgerError, Packed};

use crate::fixture::{NOW, article};

fn page(words: &str) -> Vec<u8> {
    format!("<html><body><p>{words}</p></body></html>").into_bytes()
}

/// A ledger with one article and its page.
fn filled() -> (tempfile::TempDir, Ledger, Evidence) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
    let article = article("Evening Lamp", 3, "The dam will hold.");
    ledger.add(&article, &[], NOW).unwrap();
    let packed = Packed::new(&page("The dam will hold."), "text/html");
    assert!(ledger.keep(&article.id, &packed, Some("dam.html"), false, NOW).unwrap());
    let evidence = ledger.evidence_of(&article.id).unwrap().remove(0);
    (folder, ledger, evidence)
}

fn file(ledger: &Ledger, evidence: &Evidence) -> PathBuf {
    let name = format!("{}.gz", evidence.sha256);
    ledger.evidence_folder().join(&evidence.sha256[..2]).join(name)
}

fn told(ledger: &Ledger) -> Vec<String> {
    let problems = ledger.verify().unwrap();
    problems.into_iter().map(|problem| format!("{}: {}", problem.record, problem.message)).collect()
}

#[test]
fn bytes_are_kept_once_and_come_back() {
    let (_folder, mut ledger, evidence) = filled();
    assert_eq!(evidence.media, "text/html");
    assert_eq!(evidence.origin.as_deref(), Some("dam.html"));
    assert_eq!(ledger.evidence_bytes(&evidence).unwrap(), page("The dam will hold."));
    let other = article("Morning Star", 4, "The ferry will sail.");
    ledger.add(&other, &[], NOW).unwrap();
    let packed = Packed::new(&page("The dam will hold."), "text/html");
    assert!(ledger.keep(&other.id, &packed, None, false, NOW).unwrap());
    assert!(!ledger.keep(&other.id, &packed, None, false, NOW).unwrap());
    // A text known before: its page has changed around it, which is no news.
    let around = Packed::new(&page("Another advertisement."), "text/html");
    assert!(!ledger.keep(&other.id, &around, None, true, NOW).unwrap());
    assert!(ledger.keep(&other.id, &around, None, false, NOW).unwrap());
    assert_eq!(ledger.evidence_of(&other.id).unwrap().len(), 2);
    assert!(told(&ledger).is_empty());
    let error = ledger.keep("nothing", &packed, None, false, NOW).unwrap_err();
    assert!(matches!(error, LedgerError::NotFound { .. }));
}

#[test]
fn missing_altered_and_orphaned_files_are_told_with_their_cure() {
    let (_folder, mut ledger, evidence) = filled();
    let file = file(&ledger, &evidence);
    let whole = fs::read(&file).unwrap();

    fs::remove_file(&file).unwrap();
    let [missing] = &told(&ledger)[..] else { panic!() };
    assert!(missing.contains("missing") && missing.contains("add dam.html again"), "{missing}");
    assert!(missing.contains(&evidence.sha256), "{missing}");
    assert!(ledger.evidence_bytes(&evidence).is_err());

    // Adding it again puts it back.
    let article = ledger.articles(1, None).unwrap().items.remove(0).article;
    let packed = Packed::new(&page("The dam will hold."), "text/html");
    assert!(!ledger.keep(&article.id, &packed, None, true, NOW).unwrap());
    assert!(told(&ledger).is_empty());

    let mut cut = whole.clone();
    cut.truncate(cut.len() / 2);
    fs::write(&file, &cut).unwrap();
    assert!(told(&ledger)[0].contains("cannot be unpacked"), "{:?}", told(&ledger));
    let other = Packed::new(&page("The dam will break."), "text/html");
    let scratch = article_with(&mut ledger, &other);
    fs::copy(scratch, &file).unwrap();
    let [altered] = &told(&ledger)[..] else { panic!() };
    assert!(altered.contains("its hash differs") && altered.contains("Delete it"), "{altered}");

    fs::write(&file, &whole).unwrap();
    fs::write(file.with_file_name("0000.gz"), &whole).unwrap();
    fs::write(file.with_file_name(".0000.gz.17.new"), "half").unwrap();
    let [half, orphan] = &told(&ledger)[..] else { panic!("{:?}", told(&ledger)) };
    assert!(half.contains("was stopped while it wrote this"), "{half}");
    assert!(orphan.contains("No article of this ledger refers"), "{orphan}");
}

/// Keeps evidence for one more article and says where it is.
fn article_with(ledger: &mut Ledger, packed: &Packed) -> PathBuf {
    let one = article("Morning Star", 5, "The dam will break.");
    ledger.add(&one, &[], NOW).unwrap();
    ledger.keep(&one.id, packed, None, false, NOW).unwrap();
    let evidence = ledger.evidence_of(&one.id).unwrap().remove(0);
    file(ledger, &evidence)
}

#[test]
fn a_folder_left_behind_is_one_problem() {
    let (folder, ledger, _) = filled();
    fs::rename(ledger.evidence_folder(), folder.path().join("elsewhere")).unwrap();
    let [lost] = &told(&ledger)[..] else { panic!() };
    assert!(
        lost.contains("The folder is missing") && lost.contains("so many articles: 1"),
        "{lost}"
    );
}

#[test]
fn several_that_keep_the_same_bytes_at_once_leave_one_whole_file() {
    let (_folder, ledger, evidence) = filled();
    let path = ledger.path().to_owned();
    fs::remove_dir_all(ledger.evidence_folder()).unwrap();
    let keep = |number: usize| {
        let mut ledger = Ledger::open(&path).unwrap();
        let id = ledger.articles(1, None).unwrap().items.remove(0).article.id;
        for turn in 0..20 {
            let same = Packed::new(&page("The dam will hold."), "text/html");
            ledger.keep(&id, &same, None, true, NOW).unwrap();
            let own = Packed::new(&page(&format!("{number} {turn}")), "text/html");
            ledger.keep(&id, &own, None, false, NOW).unwrap();
        }
    };
    thread::scope(|scope| {
        for number in 0..4 {
            scope.spawn(move || keep(number));
        }
    });
    assert!(told(&ledger).is_empty(), "{:?}", told(&ledger));
    assert_eq!(
        ledger.evidence_of(&article("Evening Lamp", 3, "The dam will hold.").id).unwrap().len(),
        81
    );
    assert_eq!(ledger.evidence_bytes(&evidence).unwrap(), page("The dam will hold."));
}
