//! Words per second on one core, from bytes to statements, over the examples in plain text.
//!
//! `cargo bench -p sayso --bench read`; "item" in what it prints is a word between blanks. The
//! figures of a quiet machine stand in `docs/benchmarks.md`.

use divan::{Bencher, counter::ItemsCount};
use sayso_read::{Input, Options};
use sayso_statement::Tables;

/// Fixed texts: six of the examples.
const TEXTS: [&str; 6] = [
    include_str!("../../../examples/01-meridian-minister-names-a-date.txt"),
    include_str!("../../../examples/04-tribune-capture-announced-and-denied.txt"),
    include_str!("../../../examples/07-courier-governor-interview.txt"),
    include_str!("../../../examples/09-courier-bank-holds-rate.txt"),
    include_str!("../../../examples/10-lowland-dockers-vote.txt"),
    include_str!("../../../examples/12-tribune-strike-begins.txt"),
];

fn main() {
    divan::main();
}

fn words() -> ItemsCount {
    ItemsCount::new(TEXTS.iter().map(|text| text.split_whitespace().count()).sum::<usize>())
}

fn articles() -> Vec<sayso_model::Article> {
    let read = |text: &'static str| {
        sayso_read::articles(Input::new("a.txt", text.as_bytes()), &Options::default())
    };
    TEXTS
        .into_iter()
        .flat_map(read)
        .map(|article| article.expect("the examples can be read"))
        .collect()
}

/// Everything: bytes to articles to language to statements to JSON lines.
#[divan::bench]
fn read(bencher: Bencher) {
    let tables = Tables::english().expect("sound tables");
    bencher.counter(words()).bench(|| {
        let mut lines = Vec::new();
        for article in articles() {
            let language = sayso_language::read(&article.text);
            for statement in sayso_statement::read(&article, &language, &tables) {
                serde_json::to_writer(&mut lines, &statement).expect("memory takes any line");
            }
        }
        lines
    });
}

/// Text to language alone.
#[divan::bench]
fn language(bencher: Bencher) {
    let articles = articles();
    bencher.counter(words()).bench(|| {
        articles
            .iter()
            .map(|article| sayso_language::read(&article.text).tokens.len())
            .sum::<usize>()
    });
}

/// Language to statements alone.
#[divan::bench]
fn statements(bencher: Bencher) {
    let tables = Tables::english().expect("sound tables");
    let articles = articles();
    let read: Vec<_> =
        articles.iter().map(|article| (article, sayso_language::read(&article.text))).collect();
    bencher.counter(words()).bench(|| {
        read.iter()
            .map(|(article, language)| sayso_statement::read(article, language, &tables).len())
            .sum::<usize>()
    });
}

/// Reading the shipped tables: what every start of the command pays.
#[divan::bench]
fn tables() -> Tables {
    Tables::english().expect("sound tables")
}
