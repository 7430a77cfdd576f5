//! Every span of every record is what it says it is, in bytes and in code points.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sayso_model::{Article, article_id};
use serde_json::Value;

use crate::{examples, sayso, seeds};

/// Calls `check` on every object that looks like a printed span.
fn spans(value: &Value, check: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(object) => {
            if object.contains_key("byte_start") {
                check(value);
            }
            object.values().for_each(|inner| spans(inner, check));
        }
        Value::Array(list) => list.iter().for_each(|inner| spans(inner, check)),
        _ => {}
    }
}

/// Asserts one span against its article. The way in code points is counted anew, not by the
/// product's own table.
fn fits(span: &Value, text: &str) {
    let number = |key: &str| usize::try_from(span[key].as_u64().expect(key)).unwrap();
    let words = span["text"].as_str().expect("a span has its words");
    let by_bytes = text.get(number("byte_start")..number("byte_end"));
    assert_eq!(by_bytes, Some(words), "bytes of {span}");
    let (start, end) = (number("start"), number("end"));
    let by_points: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(by_points, words, "code points of {span}");
}

/// Checks all records of some inputs; gives the number of spans.
fn check(inputs: &[&str]) -> usize {
    let with = |first: &[&str]| sayso(&[first, inputs].concat()).run().code(0);
    let articles: BTreeMap<String, String> = with(&["read", "--articles", "-q"])
        .records()
        .iter()
        .map(|article| {
            let text = article["text"].as_str().unwrap().to_owned();
            (article_id(&text), text)
        })
        .collect();
    let mut checked = 0;
    for record in with(&["read", "-q", "-o", "jsonl"]).records() {
        let text = &articles[record["article"]["id"].as_str().unwrap()];
        spans(&record, &mut |span| {
            fits(span, text);
            checked += 1;
        });
    }
    checked
}

#[test]
fn spans_of_the_examples_fit() {
    let checked = check(&[&examples()]);
    assert!(checked > 500, "only {checked} spans");
}

#[test]
fn spans_of_the_seeds_fit() {
    let Some(folder) = seeds() else { return };
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    files.sort();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let checked = check(&files);
    assert!(checked > 100, "only {checked} spans");
}

/// An article of nothing but text.
fn article(text: &str) -> Article {
    Article {
        published: Some(sayso_model::Published::day(jiff::civil::date(2024, 3, 9))),
        ..Article::of_text("random", text)
    }
}

/// Text that looks enough like news to be read as such, with anything between.
fn newsy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("“".to_owned()),
        Just("”".to_owned()),
        Just("\"".to_owned()),
        Just("«".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        Just(" said Änne Bérg, ".to_owned()),
        Just("According to the Öl-Rat, ".to_owned()),
        Just(" Jonas Weil denied that ".to_owned()),
        Just(" may fall in the coming days. ".to_owned()),
        Just(" is likely to capture Łódź by 9 March".to_owned()),
        Just(" if 40 % of the 3–5 bridges hold".to_owned()),
        Just(" – told CNN: ".to_owned()),
        "[A-Z][a-zé]{1,8} ",
        "\\PC{0,12}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_of_any_text_fit(text in newsy()) {
        let article = article(&text);
        let language = sayso_language::read(&article.text);
        for statement in sayso_statement::read(&article, &language, crate::tables()) {
            let record = serde_json::to_value(&statement).unwrap();
            spans(&record, &mut |span| fits(span, &article.text));
            prop_assert!((0.0..=1.0).contains(&statement.confidence));
            prop_assert!(!statement.content.is_empty());
        }
    }

    #[test]
    fn reading_the_same_text_gives_the_same_records(text in newsy()) {
        let article = article(&text);
        let read = || {
            let language = sayso_language::read(&article.text);
            serde_json::to_string(&sayso_statement::read(&article, &language, crate::tables())).unwrap()
        };
        prop_assert_eq!(read(), read());
    }
}
