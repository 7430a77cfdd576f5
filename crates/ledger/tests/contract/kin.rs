//! Versions of one page and copies of one story, found as they arrive.

use sayso_ledger::{Added, Ledger, Relation};
use sayso_model::Article;

use crate::fixture::{NOW, article};

/// Paragraphs that differ by their numbers.
fn story(number: usize, paragraphs: std::ops::Range<usize>) -> String {
    let paragraph = |n: usize| {
        format!(
            "Engineer {number} of district {n} told the water board that gate {} of the old dam had moved \
             {} millimetres since week {}, and that crew {number} would look at pier {n} again.\n",
            n * 3 + number,
            n * 5 + number,
            n + number,
        )
    };
    paragraphs.map(paragraph).collect()
}

fn at(url: &str, title: &str, outlet: &str, text: &str) -> Article {
    let mut article = article(outlet, 3, text);
    (article.url, article.title) = (Some(url.to_owned()), Some(title.to_owned()));
    article
}

fn relations(ledger: &Ledger, article: &Article) -> Vec<(Relation, String)> {
    let relatives = ledger.relatives(&article.id).unwrap();
    relatives.into_iter().map(|one| (one.relation, one.article.id)).collect()
}

#[test]
fn a_text_that_changes_at_its_address_is_a_version() {
    let mut ledger = Ledger::in_memory().unwrap();
    let first = at("https://lamp.example/dam", "Dam", "Lamp", &story(1, 0..6));
    let changed = format!("The board has met since.\n{}", story(1, 1..6));
    let second = at("http://www.lamp.example/dam?utm_source=x#top", "Dam", "Lamp", &changed);
    let third = at("https://lamp.example/dam", "Dam holds", "Lamp", &format!("{changed}It holds."));
    assert_eq!(ledger.add(&first, &[], NOW).unwrap(), Added::New { statements: 0 });
    assert_eq!(ledger.add(&second, &[], NOW).unwrap(), Added::Version { statements: 0 });
    assert_eq!(ledger.add(&third, &[], NOW).unwrap(), Added::Version { statements: 0 });
    assert_eq!(ledger.add(&second, &[], NOW).unwrap(), Added::Same);
    assert_eq!(relations(&ledger, &first), [(Relation::ReplacedBy, second.id.clone())]);
    let changes = ledger.relatives(&first.id).unwrap().remove(0).changes.unwrap();
    assert_eq!(changes.added, ["The board has met since."]);
    assert_eq!((changes.removed.len(), changes.kept), (1, 5));
    assert_eq!(
        relations(&ledger, &second),
        [(Relation::VersionOf, first.id.clone()), (Relation::ReplacedBy, third.id.clone())]
    );
    // By the name that they share the last is meant.
    assert!([&first, &second].iter().all(|before| before.key == third.key));
    assert_eq!(ledger.article(&third.key).unwrap().id, third.id);
    // Another story under the same address: some collections give all their articles one.
    let other =
        at("https://lamp.example/dam", "Ferry", "Lamp", "No ferry sails before the spring.");
    assert_eq!(ledger.add(&other, &[], NOW).unwrap(), Added::New { statements: 0 });
    assert!(ledger.verify().unwrap().is_empty());
}

#[test]
fn a_cut_reprint_is_a_copy_and_a_story_of_its_own_is_none() {
    let mut ledger = Ledger::in_memory().unwrap();
    let wire = article("Wire", 3, &story(1, 0..20));
    let own = article("Star", 3, &story(2, 0..20));
    let reprint = article("Lamp", 4, &format!("By our own reporter.\n{}", story(1, 3..12)));
    assert_eq!(ledger.add(&wire, &[], NOW).unwrap(), Added::New { statements: 0 });
    assert_eq!(ledger.add(&own, &[], NOW).unwrap(), Added::New { statements: 0 });
    assert_eq!(ledger.add(&reprint, &[], NOW).unwrap(), Added::NearCopy { statements: 0 });
    assert_eq!(relations(&ledger, &reprint), [(Relation::CopyOf, wire.id.clone())]);
    assert_eq!(relations(&ledger, &wire), [(Relation::CopiedBy, reprint.id.clone())]);
    assert!(relations(&ledger, &own).is_empty());
    let share = ledger.relatives(&wire.id).unwrap()[0].contained.unwrap();
    assert!((0.5..=1.0).contains(&share), "{share}");
}

#[test]
fn a_story_that_all_reprint_is_still_known() {
    let mut ledger = Ledger::in_memory().unwrap();
    let wire = article("Wire", 3, &story(1, 0..20));
    assert_eq!(ledger.add(&wire, &[], NOW).unwrap(), Added::New { statements: 0 });
    // More than are kept under one key.
    let reprints: Vec<Article> = (0..60)
        .map(|n| article("Lamp", 4, &format!("Reporter {n} adds this.\n{}", story(1, 0..20))))
        .collect();
    let batch = reprints.iter().map(|reprint| (reprint, [].as_slice()));
    for added in ledger.add_all(batch, NOW).unwrap() {
        assert_eq!(added, Added::NearCopy { statements: 0 });
    }
    let relatives = ledger.relatives(&reprints[59].id).unwrap();
    assert_eq!(relatives[0].relation, Relation::CopyOf);
    assert!(ledger.verify().unwrap().is_empty());
}

#[test]
fn capitals_and_blanks_make_no_other_text_and_a_shared_background_no_copy() {
    let mut ledger = Ledger::in_memory().unwrap();
    let background = story(9, 0..4);
    let own = |number| format!("{}{background}", story(number, 0..12));
    let loud = own(2).replace(' ', "  ").to_uppercase();
    let short = "The bridge may close.";
    let mut added =
        |outlet: &str, text: &str| ledger.add(&article(outlet, 3, text), &[], NOW).unwrap();
    assert_eq!(added("Wire", &own(1)), Added::New { statements: 0 });
    assert_eq!(added("Star", &own(2)), Added::New { statements: 0 });
    assert_eq!(added("Lamp", &loud), Added::NearCopy { statements: 0 });
    // Too little text tells nothing.
    for text in [short, "The bridge may close!", "€ — …"] {
        assert_eq!(added("Lamp", text), Added::New { statements: 0 });
    }
}

#[test]
fn a_ledger_of_an_earlier_version_knows_its_copies_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let wire = at("https://wire.example/dam", "Dam", "Wire", &story(1, 0..20));
    Ledger::open(&path).unwrap().add(&wire, &[], NOW).unwrap();
    // As it was before version 3: nothing of what derives from the text.
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch("DELETE FROM sketch_keys; DELETE FROM sketched; DELETE FROM addresses;")
        .unwrap();
    let mut ledger = Ledger::open(&path).unwrap();
    let reprint = article("Lamp", 4, &story(1, 3..15));
    assert_eq!(ledger.add(&reprint, &[], NOW).unwrap(), Added::NearCopy { statements: 0 });
    let later = at("https://wire.example/dam", "Dam", "Wire", &story(1, 0..21));
    assert_eq!(ledger.add(&later, &[], NOW).unwrap(), Added::Version { statements: 0 });
}
