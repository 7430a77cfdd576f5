//! What comes out: the same bytes every time, every format, quiet ends.

use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
};

use crate::{examples, repository, sayso};

#[test]
fn reading_twice_prints_the_same_bytes() {
    let examples = examples();
    for format in ["jsonl", "json", "csv", "md", "table"] {
        let read = |jobs: &str| {
            sayso(&["read", "-q", "-o", format, "--jobs", jobs, &examples]).run().code(0).out
        };
        let first = read("2");
        assert!(first.len() > 10_000, "{format}: {} bytes", first.len());
        assert!(first == read("2"), "{format}: a second run printed other bytes");
        assert!(first == read("1"), "{format}: --jobs changes the output");
    }
}

#[test]
fn a_pipe_gets_json_lines_and_the_record_is_complete() {
    let ran = sayso(&["read", &examples()]).run().code(0).says(&["17 articles, ", " statements, "]);
    let records = ran.records();
    assert!(records.len() >= 60, "{} statements", records.len());
    let keys = [
        "schema",
        "id",
        "article",
        "speaker",
        "chain",
        "source",
        "cue",
        "content",
        "said",
        "speech",
        "kind",
        "polarity",
        "certainty",
        "condition",
        "window",
        "places",
        "quantities",
        "event",
        "drift",
        "confidence",
        "extractor",
    ];
    for record in &records {
        for key in keys {
            assert!(record.get(key).is_some(), "{key} is missing in {record}");
        }
        assert_eq!(record["schema"], 2);
        if let Some(speaker) = record["speaker"].as_object() {
            assert!(speaker.contains_key("confidence") && speaker["candidates"].is_array());
        }
    }
    let mut ids: Vec<_> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "two statements share an id");
}

#[test]
fn formats_are_what_they_say() {
    let examples = examples();
    let read = |format: &str| sayso(&["read", "-q", "-o", format, &examples]).run().code(0);
    let lines = read("jsonl").records();
    let array: Vec<serde_json::Value> = serde_json::from_slice(&read("json").out).unwrap();
    assert_eq!(lines, array);
    let csv = read("csv");
    let mut reader = csv::Reader::from_reader(csv.out.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), lines.len());
    for (row, record) in rows.iter().zip(&lines) {
        assert_eq!(&row[0], record["id"].as_str().unwrap());
    }
    assert!(read("md").text().contains("\n| Who | What they said |"));
}

#[test]
fn a_table_fits_its_terminal() {
    for columns in ["40", "80", "100", "140"] {
        let ran = sayso(&["read", "-q", "-o", "table", &examples()])
            .env("COLUMNS", columns)
            .run()
            .code(0);
        let wide: usize = columns.parse().unwrap();
        for line in ran.text().lines() {
            let width = unicode_width::UnicodeWidthStr::width(line);
            assert!(width <= wide, "{columns} columns: {width}: {line}");
            assert_eq!(line.trim_end(), line, "blanks end a line");
        }
        assert!(!ran.text().contains('\u{1b}'), "NO_COLOR is set");
    }
    let ran = sayso(&["read", "-q", "-o", "table", "--color", "always", &examples()]).run().code(0);
    assert!(ran.text().contains("\u{1b}[1m"), "names are bold");
}

#[test]
fn words_and_range_stand_together() {
    let input = "The dam is likely to hold, said Ann Berg.";
    let ran = sayso(&["read", "-o", "table", "-"]).input(input).run().code(0);
    assert!(ran.text().contains("likely ("), "{}", ran.text());
}

#[test]
fn least_confidence_leaves_statements_out() {
    let examples = examples();
    let read =
        |p: &str| sayso(&["read", "-q", "--min-confidence", p, &examples]).run().code(0).records();
    let all = read("0");
    let few = read("0.8");
    assert!(few.len() < all.len());
    assert!(few.iter().all(|record| record["confidence"].as_f64().unwrap() >= 0.8));
    sayso(&["read", "--min-confidence", "80", &examples]).run().code(2).says(&["from 0 to 1"]);
}

#[test]
fn a_given_date_dates_what_has_none() {
    let input = "The dam may break in the coming days, said Ann Berg.";
    let read = |arguments: &[&str]| sayso(arguments).input(input).run().code(0).records().remove(0);
    assert!(read(&["read", "-"])["window"]["latest"].is_null());
    let dated = read(&["read", "--published", "2024-03-09", "-"]);
    assert_eq!(dated["window"]["latest"], "2024-03-16");
    assert_eq!(dated["article"]["published"], "2024-03-09");
}

#[test]
fn articles_come_as_they_were_read() {
    let ran = sayso(&["read", "--articles", &examples()]).run().code(0);
    let articles = ran.records();
    assert_eq!(articles.len(), 17);
    for article in &articles {
        for key in [
            "id",
            "url",
            "outlet",
            "title",
            "author",
            "published",
            "published_precision",
            "modified",
            "language",
            "text",
            "problems",
        ] {
            assert!(article.get(key).is_some(), "{key} is missing in {article}");
        }
        assert!(article["outlet"].is_string(), "{article}");
        assert!(article["title"].is_string(), "{article}");
        assert!(article["published"].as_str().is_some_and(|d| d.starts_with("2024-")), "{article}");
    }
    let page = articles.iter().find(|a| a["id"] == "08-ledger-bank-denies").unwrap();
    let text = page["text"].as_str().unwrap();
    assert!(text.contains("least of all from me"));
    assert!(!text.contains("newsletter"), "the page's foot is no text");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["read", "-o", "json", &examples()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut out = BufReader::with_capacity(16, child.stdout.take().unwrap());
    out.read_line(&mut first).unwrap();
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    let err = String::from_utf8(ended.stderr).unwrap();
    assert!(!err.contains("panic") && !err.contains("pipe"), "{err}");
}

#[test]
fn a_title_cannot_command_the_terminal() {
    let input = r#"{"text": "“It holds,” said Ann Berg.", "title": "\u001b[2Jgone", "outlet": "\u001b]0;x\u0007"}"#;
    for format in ["table", "md"] {
        let ran = sayso(&["read", "-o", format, "--input-format", "jsonl", "-"])
            .input(input)
            .run()
            .code(0);
        assert!(!ran.out.contains(&0x1b) && !ran.out.contains(&0x07), "{format}");
    }
}

#[test]
fn help_teaches() {
    let ran = sayso(&["--help"]).run().code(0);
    for words in ["Examples:", "sayso read examples", "Exit codes:"] {
        assert!(ran.text().contains(words), "{words}");
    }
    sayso(&["raed", "x"]).run().code(2).says(&["read"]);
    sayso(&[]).run().code(2);
}

#[test]
fn the_readme_opens_with_the_two_commands() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let commands: Vec<&str> = readme
        .split("```sh\n")
        .skip(1)
        .take(2)
        .map(|block| block.split("\n```").next().unwrap())
        .collect();
    assert_eq!(commands, ["cargo run --release -- read examples", "cargo test"]);
}

#[test]
fn help_and_completions_are_there() {
    let help = sayso(&["help", "find"]).run().code(0);
    assert!(help.text().contains("--speaker"), "{}", help.text());
    for (shell, words) in
        [("bash", "_sayso"), ("zsh", "#compdef sayso"), ("fish", "complete -c sayso")]
    {
        let script = sayso(&["completions", shell]).run().code(0);
        assert!(script.text().contains(words), "{shell}");
    }
    sayso(&["completions", "csh"]).run().code(2);
}

#[test]
fn help_lists_the_formats_that_work() {
    for verb in
        ["questions", "speakers", "review", "show", "compare", "origins", "changes", "check"]
    {
        let help = sayso(&[verb, "--help"]).run().code(0);
        let words: Vec<&str> = help.text().split_whitespace().collect();
        let help = words.join(" ");
        assert!(help.contains("[possible values: table, json, jsonl]"), "{verb}: {help}");
    }
}

#[test]
fn licences_of_all_that_is_inside_are_printed() {
    let text = sayso(&["--version", "--licences"]).run().code(0).text().to_owned();
    for words in ["MIT or Apache-2.0", "GeoNames", "\nrusqlite\t", "\nserde\t"] {
        assert!(text.contains(words), "{words}");
    }
    // A verb's own arguments are its own.
    sayso(&["find", "--licences"]).run().code(2);
}
