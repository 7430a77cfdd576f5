//! The same bytes on every machine: the instructions of this one against plain loops, and what it
//! prints against what was checked in.
//!
//! When the records of the examples change on purpose, this writes their digest anew:
//! `SAYSO_ACCEPT=1 cargo test -p sayso --test cli machines`

use std::{fmt::Write as _, fs};

use sayso_language::net::plainly;
use sayso_model::{Article, Published};
use sha2::{Digest as _, Sha256};

use crate::{examples, repository, sayso, tables};

const DIGEST: &str = "tests/examples.sha256";

#[test]
fn the_examples_have_the_digest_of_all_machines() {
    let arguments = ["read", "examples", "-q", "-o", "jsonl"];
    let ran = sayso(&arguments).within(&repository("")).run().code(0);
    assert!(ran.records().len() > 30, "{} records", ran.records().len());
    let mut got = String::new();
    for byte in Sha256::digest(&ran.out) {
        write!(got, "{byte:02x}").unwrap();
    }
    got.push('\n');
    let file = repository(DIGEST);
    if std::env::var_os("SAYSO_ACCEPT").is_some() {
        fs::write(&file, &got).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        got,
        "`sayso read examples` prints other bytes than those checked in. If it should: SAYSO_ACCEPT=1 \
         cargo test -p sayso --test cli machines. If nothing that reads was changed, this machine \
         computes something else (ARCHITECTURE.md, \"The same bytes on every machine\")"
    );
}

/// All that the networks say of a text, with floats as their bits, and the records.
fn read(text: &str) -> [String; 3] {
    let article = Article {
        published: Some(Published::day(jiff::civil::date(2031, 3, 5))),
        ..Article::of_text("case", text)
    };
    let language = sayso_language::read(text);
    let states = language.states.of(0..language.tokens.len()).unwrap_or_default();
    let states: Vec<u32> = states.iter().map(|v| v.to_bits()).collect();
    assert!(!states.is_empty() || language.tokens.is_empty());
    let tokens: Vec<_> = language
        .tokens
        .iter()
        .map(|t| (t.upos, t.xpos, t.lemma.to_string(), t.head, t.deprel))
        .collect();
    let attributions: Vec<_> = sayso_statement::attribution::read(&language)
        .into_iter()
        .map(|a| (a.confidence.to_bits(), a))
        .collect();
    let records = sayso_statement::read(&article, &language, tables());
    [
        format!("{states:?} {tokens:?}"),
        format!("{attributions:?}"),
        serde_json::to_string(&records).unwrap(),
    ]
}

#[test]
fn this_machines_products_read_what_plain_loops_read() {
    let articles = sayso(&["read", "--articles", "-q", &examples()]).run().code(0).records();
    let mut records = 0;
    for article in &articles {
        let text = article["text"].as_str().unwrap();
        let here = read(text);
        for (here, plain) in here.iter().zip(plainly(|| read(text))) {
            assert_eq!(*here, plain, "{}", article["title"]);
        }
        records += here[2].matches("\"speaker\"").count();
    }
    assert!(records > 30, "{records} records of {} articles", articles.len());
}
