//! Attributions or statements of texts, for measuring the rules without the command.
//!
//! `statements < in.jsonl` prints the attributions of JSON lines (`{"id", "text"}`) in code points;
//! `statements FILE…` prints the statement records of text files.
#![expect(clippy::print_stdout, reason = "an example that prints")]

use std::io::BufRead as _;

use sayso_model::{Article, Published, Span, article_id};

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        for line in std::io::stdin().lock().lines() {
            attributions(&line.expect("the input is UTF-8"));
        }
    }
    for file in files {
        statements(&file);
    }
}

fn attributions(line: &str) {
    let value: serde_json::Value = serde_json::from_str(line).expect("the input is JSON lines");
    let text = value["text"].as_str().unwrap_or_default();
    let language = sayso_language::read(text);
    let spans = |spans: &[Span]| -> Vec<[u32; 2]> {
        spans.iter().map(|s| language.print(*s)).map(|p| [p.start, p.end]).collect()
    };
    let attributions: Vec<_> = sayso_statement::attribution::read(&language)
        .iter()
        .map(|a| {
            serde_json::json!({
                "source": spans(&a.source), "cue": spans(&a.cue), "content": spans(&a.content),
                "nested": a.within.is_some(), "confidence": a.confidence,
            })
        })
        .collect();
    println!(
        "{}",
        serde_json::json!({"id": value["id"], "text": text, "attributions": attributions})
    );
}

fn statements(file: &str) {
    let text = std::fs::read_to_string(file).expect("a readable file");
    let published = text
        .split_whitespace()
        .take(3)
        .find_map(|word| word.parse::<jiff::civil::Date>().ok())
        .map(Published::day);
    let article = Article {
        id: article_id(&text),
        key: file.to_owned(),
        path: Some(file.to_owned()),
        outlet: None,
        url: None,
        title: None,
        author: None,
        published,
        modified: None,
        language: Some("en".to_owned()),
        text,
        problems: Vec::new(),
    };
    let tables = sayso_statement::Tables::english().expect("sound tables");
    let language = sayso_language::read(&article.text);
    for statement in sayso_statement::read(&article, &language, &tables) {
        println!("{}", serde_json::to_string(&statement).expect("a record is JSON"));
    }
}
