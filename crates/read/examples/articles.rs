//! Prints the articles of the files named, one JSON object a line, and failures on stderr:
//! `cargo run --release -p sayso-read --example articles FILE…`
//!
//! For measuring this crate alone; `sayso read --articles` is the command for people.

use std::{
    io::{Write as _, stdout},
    process::ExitCode,
};

use sayso_model::Published;
use sayso_read::{Input, Options, articles};

fn main() -> ExitCode {
    let mut out = std::io::BufWriter::new(stdout().lock());
    let (mut read, mut failed) = (0_u64, 0_u64);
    for path in std::env::args().skip(1) {
        let input = if path == "-" {
            Ok(Input::new("-", std::io::stdin().lock()))
        } else {
            Input::open(&path)
        };
        let items: Box<dyn Iterator<Item = _>> = match input {
            Ok(input) => Box::new(articles(input, &Options::default())),
            Err(failure) => Box::new(std::iter::once(Err(failure))),
        };
        for item in items {
            match item {
                Ok(article) => {
                    read += 1;
                    let record = serde_json::json!({
                        "id": article.key, "url": article.url, "outlet": article.outlet,
                        "title": article.title, "author": article.author,
                        "published": article.published.as_ref().map(Published::printed),
                        "published_precision": article.published.as_ref().map(|p| p.precision),
                        "modified": article.modified.as_ref().map(Published::printed),
                        "language": article.language, "text": article.text,
                        "problems": article.problems,
                    });
                    if writeln!(out, "{record}").is_err() {
                        return ExitCode::FAILURE;
                    }
                }
                Err(failure) => {
                    failed += 1;
                    eprintln!("{failure} {}", failure.hint());
                }
            }
        }
    }
    eprintln!("{read} read, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) }
}
