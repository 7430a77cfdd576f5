//! Language and statements of any text: every span fits its article.
#![no_main]

mod common;

use std::sync::LazyLock;

use sayso_model::Article;
use sayso_statement::Tables;

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::english().expect("the tables that ship"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::in_time(bytes, || {
    let text = String::from_utf8_lossy(bytes);
    let article = Article::of_text("a", &text);
    let language = sayso_language::read(&article.text);
    for statement in sayso_statement::read(&article, &language, &TABLES) {
        for span in statement.content.iter().chain(&statement.cue).chain(&statement.source) {
            assert_eq!(article.text.get(span.span().range()), Some(span.text.as_str()));
        }
    }
}));
