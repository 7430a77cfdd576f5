//! Reads pages on one core and writes the articles as JSON lines, with the pages a second on
//! stderr: what the measuring scripts want, without the command's other stages.
//!
//! `cargo run --release -p sayso-read --example pages -- pages/*.html > articles.jsonl`

use std::{
    io::{Cursor, Write},
    time::Instant,
};

use sayso_model::Published;
use sayso_read::{Input, Options, articles};

#[expect(clippy::disallowed_methods, reason = "it measures its own time")]
fn main() -> std::io::Result<()> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let mut pages = Vec::new();
    for name in names {
        pages.push((std::fs::read(&name)?, name));
    }
    // Once to warm up (tables, caches), then what counts.
    for (bytes, name) in pages.iter().take(5) {
        let _ =
            articles(Input::new(name.as_str(), Cursor::new(bytes)), &Options::default()).count();
    }
    let began = Instant::now();
    let read: Vec<_> = pages
        .iter()
        .map(|(bytes, name)| {
            let input = Input::new(name.as_str(), Cursor::new(bytes));
            articles(input, &Options::default()).collect::<Vec<_>>()
        })
        .collect();
    let seconds = began.elapsed().as_secs_f64();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for item in read.into_iter().flatten() {
        match item {
            Ok(article) => {
                let line = serde_json::json!({
                    "id": article.key,
                    "title": article.title,
                    "author": article.author,
                    "outlet": article.outlet,
                    "url": article.url,
                    "published": article.published.as_ref().map(Published::printed),
                    "modified": article.modified.as_ref().map(Published::printed),
                    "language": article.language,
                    "text": article.text,
                    "problems": article.problems,
                });
                writeln!(out, "{line}")?;
            }
            Err(failure) => eprintln!("{failure}"),
        }
    }
    eprintln!("{} pages, {:.1} a second", pages.len(), pages.len() as f64 / seconds);
    out.flush()
}
