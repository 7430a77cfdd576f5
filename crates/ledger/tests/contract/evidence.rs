//! Evidence: kept once, whole, and looked after.

use std::{fs, path::PathBuf, thread};

use sayso_ledger::{Evidence, Keep, Ledger, LedgerError, Packed};

use crate::fixture::{NOW, article};

fn page(words: &str) -> Vec<u8> {
    format!("<html><body><p>{words}</p></body></html>").into_bytes()
}

/// Bytes of an article to keep; `again` where its text was known.
fn keep(article: &str, packed: &Packed, again: bool) -> Keep {
    let (article, packed) = (article.to_owned(), packed.clone());
    Keep { article, packed, origin: Some("dam.html".to_owned()), again }
}

/// A ledger with one article and its page.
fn filled() -> (tempfile::TempDir, Ledger, Evidence) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
    let article = article("Evening Lamp", 3, "The dam will hold.");
    ledger.add(&article, &[], NOW).unwrap();
    let packed = Packed::new(&page("The dam will hold."), "text/html");
    assert_eq!(ledger.keep(&[keep(&article.id, &packed, false)], NOW).unwrap(), 1);
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
    let mut kept = |article: &str, packed: &Packed, again: bool| {
        ledger.keep(&[keep(article, packed, again)], NOW)
    };
    assert_eq!(kept(&other.id, &packed, false).unwrap(), 1);
    assert_eq!(kept(&other.id, &packed, false).unwrap(), 0);
    // A text known before: its page has changed around it, which is no news.
    let around = Packed::new(&page("Another advertisement."), "text/html");
    assert_eq!(kept(&other.id, &around, true).unwrap(), 0);
    assert_eq!(kept(&other.id, &around, false).unwrap(), 1);
    let error = kept("nothing", &packed, false).unwrap_err();
    assert!(matches!(error, LedgerError::NotFound { .. }));
    assert_eq!(ledger.evidence_of(&other.id).unwrap().len(), 2);
    assert!(told(&ledger).is_empty());
}

#[test]
fn a_batch_is_kept_as_its_pieces_would_be_one_after_the_other() {
    let (_folder, mut ledger, _) = filled();
    let articles: Vec<_> =
        (0..40).map(|n| article("Morning Star", 4, &format!("Ferry {n} will sail."))).collect();
    let mut batch = Vec::new();
    for one in &articles {
        ledger.add(one, &[], NOW).unwrap();
        let packed = Packed::new(&page(&one.text), "text/html");
        batch.push(keep(&one.id, &packed, false));
        // The same bytes, and others around the same text.
        batch.push(keep(&one.id, &packed, false));
        batch.push(keep(&one.id, &Packed::new(&page("Around."), "text/html"), true));
    }
    // One of an article that is not there: nothing is kept.
    let wrong = [batch.clone(), vec![keep("nothing", &batch[0].packed, false)]].concat();
    assert!(ledger.keep(&wrong, NOW).is_err());
    assert!(articles.iter().all(|one| ledger.evidence_of(&one.id).unwrap().is_empty()));
    assert_eq!(ledger.keep(&batch, NOW).unwrap(), articles.len());
    assert_eq!(ledger.keep(&batch, NOW).unwrap(), 0);
    for one in &articles {
        let evidence = ledger.evidence_of(&one.id).unwrap().remove(0);
        assert_eq!(ledger.evidence_bytes(&evidence).unwrap(), page(&one.text));
    }
    assert!(told(&ledger).is_empty());
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
    assert_eq!(ledger.keep(&[keep(&article.id, &packed, true)], NOW).unwrap(), 0);
    assert!(told(&ledger).is_empty());

    let mut cut = whole.clone();
    cut.truncate(cut.len() / 2);
    fs::write(&file, &cut).unwrap();
    assert!(told(&ledger)[0].contains("cannot be unpacked"), "{:?}", told(&ledger));
    let other = Packed::new(&page("The dam will break."), "text/html");
    let scratch = article_with(&mut ledger, &other);
    fs::copy(scratch, &file).unwrap();
    let [altered] = &told(&ledger)[..] else { panic!() };
    assert!(altered.contains("its hash differs") && altered.contains("Move it"), "{altered}");

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
    ledger.keep(&[keep(&one.id, packed, false)], NOW).unwrap();
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
    let run = |number: usize| {
        let mut ledger = Ledger::open(&path).unwrap();
        let id = ledger.articles(1, None).unwrap().items.remove(0).article.id;
        for turn in 0..20 {
            let same = Packed::new(&page("The dam will hold."), "text/html");
            ledger.keep(&[keep(&id, &same, true)], NOW).unwrap();
            let own = Packed::new(&page(&format!("{number} {turn}")), "text/html");
            ledger.keep(&[keep(&id, &own, false)], NOW).unwrap();
        }
    };
    thread::scope(|scope| {
        for number in 0..4 {
            scope.spawn(move || run(number));
        }
    });
    assert!(told(&ledger).is_empty(), "{:?}", told(&ledger));
    assert_eq!(
        ledger.evidence_of(&article("Evening Lamp", 3, "The dam will hold.").id).unwrap().len(),
        81
    );
    assert_eq!(ledger.evidence_bytes(&evidence).unwrap(), page("The dam will hold."));
}
