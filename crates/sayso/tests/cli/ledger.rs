//! The ledger from outside: add, find, show, questions, doctor.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::{Run, examples, sayso};

/// A ledger with the examples in it.
fn filled() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    at(&folder, &["add", &examples()]).run().code(0);
    folder
}

fn at(folder: &TempDir, arguments: &[&str]) -> Run {
    sayso(arguments).within(folder.path())
}

#[test]
fn adding_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    at(&folder, &["add", &examples()]).run().code(0).says(&["sayso.db: 17 articles added with "]);
    let found = || at(&folder, &["find", "-q", "--limit", "1000"]).run().code(0).out;
    let questions = || at(&folder, &["questions", "-q", "-o", "json"]).run().code(0).out;
    let (first, asked) = (found(), questions());
    at(&folder, &["add", &examples()])
        .run()
        .code(0)
        .says(&["0 articles added", "17 known already"]);
    assert!(first == found(), "the statements changed");
    assert!(asked == questions(), "the questions changed");
    at(&folder, &["doctor"]).run().code(0);
}

#[test]
fn the_ledger_holds_what_read_prints() {
    let folder = filled();
    let mut read: Vec<String> = sayso(&["read", "-q", &examples()])
        .run()
        .code(0)
        .text()
        .lines()
        .map(str::to_owned)
        .collect();
    let mut found: Vec<String> = at(&folder, &["find", "-q", "--limit", "1000"])
        .run()
        .code(0)
        .text()
        .lines()
        .map(str::to_owned)
        .collect();
    read.sort();
    found.sort();
    assert_eq!(read, found);
}

#[test]
fn find_narrows_by_words_and_fields() {
    let folder = filled();
    let find = |arguments: &[&str]| {
        let all = [&["find", "-q", "--limit", "1000"], arguments].concat();
        at(&folder, &all).run().code(0).records()
    };
    let all = find(&[]).len();
    for record in find(&["--speaker", "Sorel"]) {
        assert_eq!(record["speaker"]["name"], "Danuta Sorel");
    }
    let september = find(&["--after", "2024-09-01"]);
    assert!(!september.is_empty() && september.len() < all);
    for record in &september {
        assert!(record["article"]["published"].as_str().unwrap() >= "2024-09-01");
    }
    for record in find(&["--kind", "forecast"]) {
        assert_eq!(record["kind"], "forecast");
    }
    assert!(!find(&["bridge"]).is_empty());
    assert_eq!(find(&["speaker:Sorel"]), find(&["--speaker", "Sorel"]));
    let passed = find(&["--window", "passed", "--as-of", "2030-01-01"]);
    assert!(!passed.is_empty());
    for record in &passed {
        assert!(record["window"]["latest"].is_string(), "{record}");
    }
    at(&folder, &["find", "zyzzyva"]).run().code(1).says(&["Nothing found."]);
    at(&folder, &["find", "speeker:sorel"])
        .run()
        .code(1)
        .says(&["There is no field `speeker:`. The fields are speaker, via"]);
    for (arguments, words) in [
        (
            &["find", "withdraw", "--window", "open", "--as-of", "2040-01-01"][..],
            "without --window open.",
        ),
        (&["find", "--event", "capure"], "near it: capture"),
        (&["find", "strike", "--after", "2050-01-01"], "without --after."),
        (&["find", "blorb", "zyzzyva"], "All words must occur"),
        (&["find", "strike", "zyzzyva"], "without the word “zyzzyva”."),
        (&["find", "--window", "missed"], "possible values: open, passed"),
    ] {
        let ran = at(&folder, arguments).run();
        assert!(matches!(ran.code, Some(1 | 2)), "{arguments:?}");
        ran.says(&[words]);
    }
    at(&folder, &["find", "--kind", "gossip"]).run().code(2).says(&["forecast, assessment"]);
    for hostile in ["\"", "a OR", "NEAR(", "*", "speaker:", "'; DROP TABLE", "(((", "-", "^x"] {
        let ran = at(&folder, &["find", "--", hostile]).run();
        assert!(matches!(ran.code, Some(0..=2)), "{hostile}: {:?} {}", ran.code, ran.err);
    }
}

#[test]
fn a_found_table_ends_with_counts() {
    let folder = filled();
    let ran = at(&folder, &["find", "-o", "table", "--speaker", "Sorel"])
        .run()
        .code(0)
        .says(&[" found."]);
    let text = ran.text();
    assert!(text.contains("Danuta Sorel"), "{text}");
    assert!(text.lines().any(|line| line.starts_with("speaker") && line.contains("Danuta Sorel")));
    assert!(text.lines().any(|line| line.starts_with("kind")));
}

#[test]
fn show_takes_ids_names_and_sentences() {
    let folder = filled();
    let show = |id: &str| at(&folder, &["show", "-o", "json", id]).run();
    let first =
        at(&folder, &["find", "-q", "--speaker", "Sorel"]).run().code(0).records().remove(0);
    let id = first["id"].as_str().unwrap();
    assert_eq!(show(id).code(0).records()[0], first);
    assert_eq!(show(&id[..10]).code(0).records()[0], first);
    let article = first["article"]["id"].as_str().unwrap();
    assert_eq!(show(article).code(0).records()[0]["id"], article);
    let speaker = show("Danuta Sorel").code(0).records().remove(0);
    assert_eq!(speaker["name"], "Danuta Sorel");
    assert_eq!(show("sorel").code(0).records()[0], speaker);
    assert_eq!(show(speaker["id"].as_str().unwrap()).code(0).records()[0], speaker);
    show("Danuta Sorrel").code(1).says(&["Near it: “Danuta Sorel”"]);
    show("sffffffff").code(1).says(&["sffffffff"]);
    let why = at(&folder, &["show", "--why", "-o", "table", id]).run().code(0);
    for words in ["why", "cue", "content", "read by"] {
        assert!(why.text().contains(words), "{words}: {}", why.text());
    }
}

#[test]
fn questions_gather_statements() {
    let folder = filled();
    let questions = at(&folder, &["questions", "-o", "jsonl"]).run().code(0).records();
    assert!(!questions.is_empty());
    let many = questions.iter().find(|q| q["articles"].as_u64() >= Some(2));
    let many = many.expect("a question on which several articles bear");
    let text = many["text"].as_str().unwrap();
    assert!(text.ends_with('?'), "{text}");
    let shown = at(&folder, &["show", "--why", "-o", "table", text]).run().code(0);
    assert!(shown.text().contains("why here: "), "{}", shown.text());
}

#[test]
fn a_ledger_that_cannot_be_used_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    at(&folder, &["find", "x"])
        .run()
        .code(5)
        .says(&["sayso.db: there is no ledger here.", "sayso add"]);
    fs::write(folder.path().join("note.db"), "this is a letter, and a long one at that").unwrap();
    for verb in [vec!["find", "x"], vec!["add", "note.db"], vec!["questions"], vec!["doctor"]] {
        let arguments = [&verb[..], &["--ledger", "note.db"]].concat();
        at(&folder, &arguments).run().code(5).says(&["note.db: this file is not a sayso ledger."]);
    }
    let letter = fs::read_to_string(folder.path().join("note.db")).unwrap();
    assert!(letter.starts_with("this is a letter"), "the file was touched");
}

#[test]
fn a_newer_ledger_is_refused() {
    let folder = filled();
    // SQLite keeps the user's version big-endian at byte 60 of the first page.
    let path = folder.path().join("sayso.db");
    checkpointed(&path);
    let mut bytes = fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&9999_u32.to_be_bytes());
    fs::write(&path, bytes).unwrap();
    at(&folder, &["find", "x"]).run().code(5).says(&[
        "a newer sayso wrote this ledger",
        "9999",
        "Update sayso",
    ]);
    at(&folder, &["add", &examples()]).run().code(5);
}

/// The write-ahead log is gone once the last connection is closed.
fn checkpointed(path: &Path) {
    let log = path.with_extension("db-wal");
    assert!(
        !log.exists() || fs::metadata(&log).unwrap().len() == 0,
        "a log is left: {}",
        log.display()
    );
}

#[test]
fn the_environment_names_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    at(&folder, &["add", &examples()])
        .env("SAYSO_LEDGER", "other.db")
        .run()
        .code(0)
        .says(&["other.db: "]);
    assert!(folder.path().join("other.db").exists());
    assert!(!folder.path().join("sayso.db").exists());
}

#[test]
fn a_ledger_named_as_an_address_of_the_database_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let name = "file:x.db?mode=memory";
    at(&folder, &["add", "-q", "--ledger", name, &examples()]).run().code(0);
    assert!(folder.path().join(name).is_file());
    let told = at(&folder, &["doctor", "--ledger", name]).run().code(0);
    assert!(told.text().contains("articles"), "{}", told.text());
}

#[test]
fn what_is_removed_at_a_request_is_gone_and_the_record_of_it_stays() {
    let folder = filled();
    let redact = |arguments: &[&str]| at(&folder, &[&["redact"], arguments].concat()).run();
    redact(&[]).code(1).says(&["Nothing was removed."]);
    redact(&["Danuta Sorel"]).code(2).says(&["--reviewer", "--reason"]);
    let by = ["--reviewer", "Ines Holt", "--reason", "A letter of 3 April."];
    redact(&[&["Danuta Sorel"], &by[..]].concat())
        .code(0)
        .says(&["0 articles and", "still prints what they said"]);
    let found = at(&folder, &["find", "-q", "--limit", "999", "--speaker", "Sorel"]).run();
    assert!(found.records().is_empty());
    at(&folder, &["doctor"]).run().code(0);
    let [record] = &redact(&[]).code(0).records()[..] else { panic!() };
    assert_eq!(record["what"], "speaker");
    assert_eq!(record["reviewer"], "Ines Holt");
    // The articles stay, and adding them again brings nothing of hers.
    at(&folder, &["add", &examples()]).run().code(0);
    at(&folder, &["show", "Danuta Sorel"]).run().code(1);
    redact(&[&["Nobody At All"], &by[..]].concat()).code(1).says(&["Nobody At All"]);
}

#[test]
fn an_unnamed_source_is_nobody_at_the_command_too() {
    let folder = filled();
    let all = at(&folder, &["find", "-q", "--limit", "999", "-o", "jsonl"]).run().code(0).records();
    let one = all.iter().find(|one| one["speaker"]["kind"] == "anonymous").unwrap();
    let id = one["speaker"]["id"].as_str().unwrap();
    let by = ["--reviewer", "Ines Holt"];
    at(&folder, &[&["speakers", "merge", id, "Danuta Sorel"], &by[..]].concat())
        .run()
        .code(1)
        .says(&["a source whom the article does not name"]);
    let log = at(&folder, &["speakers", "log", "Danuta Sorel"]).run();
    assert!(!log.text().contains(id), "{}", log.text());
    let own = one["id"].as_str().unwrap();
    let set = ["--set", "speaker.kind=person", "--set", "speaker.name=Zora Vell"];
    at(&folder, &[&["review", "correct", own], &set[..], &by[..]].concat())
        .run()
        .says(&["is not taken for Zora Vell"]);
    assert!(!at(&folder, &["show", "Zora Vell"]).run().text().contains("Zora Vell"));
}

#[test]
fn a_table_for_a_spreadsheet_runs_nothing_and_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let words = "Title: =SUM(1,2) is the answer\nOutlet: +Lamp\nPublished: 2031-04-03\n\n\
                 “=1+1 will hold until May,” said Ann Berg, the mayor of Varn, on Thursday.\n";
    fs::write(folder.path().join("in.txt"), words).unwrap();
    let table = at(&folder, &["read", "-q", "-o", "csv", "in.txt"]).run().code(0).text().to_owned();
    let mut cells = csv::Reader::from_reader(table.as_bytes());
    let mut marked = 0;
    for row in cells.records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            marked += usize::from(cell.starts_with('\''));
        }
    }
    assert!(marked >= 2, "{table}");
    // The same table as input: the outlet is what it was.
    fs::write(folder.path().join("back.csv"), "text,outlet\n\"It holds, she said.\",'+Lamp\n")
        .unwrap();
    let read = at(&folder, &["read", "--articles", "-o", "jsonl", "back.csv"]).run().records();
    assert_eq!(read[0]["outlet"], "+Lamp");
}
