//! Versions of one page and copies of one story, found as they arrive.

use sayso_ledger::{Added, Ledger, Relation};
use sayso_model::{Article, Published};

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
    // Of one day, and seen by three runs.
    let mut seen = |article, run: &str| ledger.add(article, &[], run).unwrap();
    assert_eq!(seen(&first, "2031-04-03T08:00:00Z"), Added::New { statements: 0 });
    assert_eq!(seen(&second, "2031-04-03T09:00:00Z"), Added::Version { statements: 0 });
    assert_eq!(seen(&third, "2031-04-03T10:00:00Z"), Added::Version { statements: 0 });
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

/// Versions, reprints and cut reprints of several days, and a story that all reprint.
fn press() -> Vec<Article> {
    let mut press = Vec::new();
    for (day, number) in [(9, 3), (4, 0), (7, 2), (5, 1)] {
        let text = format!("Update {number}.\n{}", story(1, number..number + 8));
        let mut version = at("https://lamp.example/dam", "Dam", "Lamp", &text);
        version.published = Some(Published::day(jiff::civil::date(2031, 4, day)));
        press.push(version);
    }
    // One that has nothing to do with the others, at their address and between them.
    let mut other = at("https://lamp.example/dam", "Ferry", "Lamp", "No ferry sails in spring.");
    other.published = Some(Published::day(jiff::civil::date(2031, 4, 6)));
    press.push(other);
    for n in 0..24 {
        let text = format!("Reporter {n} adds this.\n{}", story(5, 0..20 - n % 7));
        press.push(article("Star", 3 + (n % 5) as i8, &text));
    }
    press.push(Article { published: None, ..article("Wire", 3, &story(5, 0..12)) });
    press.push(article("Wire", 2, &story(7, 0..12)));
    press.push(article("Post", 1, &story(7, 4..12)));
    press
}

#[test]
fn no_order_of_adding_makes_other_kin() {
    let press = press();
    let kin = |order: &[usize]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut ledger = Ledger::open(&path).unwrap();
        for index in order {
            ledger.add(&press[*index], &[], NOW).unwrap();
        }
        assert!(ledger.verify().unwrap().is_empty());
        let plain = rusqlite::Connection::open(&path).unwrap();
        let mut select = plain
            .prepare(
                "SELECT a.id, k.kind, o.id, k.contained FROM kin k JOIN articles a ON a.seq = k.article
                 JOIN articles o ON o.seq = k.of ORDER BY 1, 2",
            )
            .unwrap();
        let row = |row: &rusqlite::Row<'_>| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<f64>>(3)?))
        };
        let rows: Vec<(String, String, String, Option<f64>)> =
            select.query_map([], row).unwrap().map(Result::unwrap).collect();
        rows
    };
    let mut order: Vec<usize> = (0..press.len()).collect();
    let first = kin(&order);
    let count = |kind: &str| first.iter().filter(|row| row.1 == kind).count();
    // The ferry's text is between the second and the third: the third has no version before it.
    assert_eq!(count("version"), 2, "{first:?}");
    assert!(count("copy") >= 25, "{first:?}");
    order.reverse();
    assert_eq!(kin(&order), first);
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..12 {
        for at in (1..order.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            order.swap(at, (random >> 33) as usize % (at + 1));
        }
        assert_eq!(kin(&order), first, "{order:?}");
    }
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
