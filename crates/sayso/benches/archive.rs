//! From a WARC.gz to statements on one core: how long each stage takes, and which share of all is
//! neither language nor the parsing of pages.
//!
//! `cargo bench -p sayso --bench archive -- pages/*.html`; without pages, the example page over and
//! over. The archive is made in memory, one gzip member a record, as CC-NEWS has it.
#![expect(clippy::print_stdout, reason = "a program that measures")]

use std::{
    io::{Cursor, Write as _},
    time::{Duration, Instant},
};

use flate2::{Compression, write::GzEncoder};
use sayso_ledger::Packed;
use sayso_read::{Input, Options};
use sayso_statement::Tables;

const EXAMPLE: &[u8] = include_bytes!("../../../examples/08-ledger-bank-denies.html");

fn archive(pages: &[Vec<u8>]) -> Vec<u8> {
    let mut all = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        write!(
            packer,
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n\
             Content-Length: {}\r\n\r\n{head}",
            head.len() + page.len()
        )
        .and_then(|()| packer.write_all(page))
        .and_then(|()| packer.write_all(b"\r\n\r\n"))
        .expect("memory takes any bytes");
        all.extend(packer.finish().expect("memory takes any bytes"));
    }
    all
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = work();
    (done, began.elapsed())
}

fn main() {
    let named = std::env::args().skip(1).filter(|name| !name.starts_with('-'));
    let mut pages: Vec<Vec<u8>> = named.filter_map(|name| std::fs::read(name).ok()).collect();
    if pages.is_empty() {
        pages = vec![EXAMPLE.to_vec(); 100];
    }
    let warc = archive(&pages);
    let options = Options { keep_raw: true, ..Options::default() };
    let tables = Tables::english().expect("sound tables");
    let read = |keep_raw| {
        let options = Options { keep_raw, ..options.clone() };
        let input = Input::new("a.warc.gz", Cursor::new(warc.clone()));
        let mut items = sayso_read::articles(input, &options);
        let mut found = Vec::new();
        while let Some(item) = items.next() {
            found.extend(item.ok().map(|article| (article, items.take_raw())));
        }
        found
    };
    // Once for the weights and the caches.
    drop(read(true).first().map(|(article, _)| sayso_language::read(&article.text)));
    let (found, all) = timed(|| read(false));
    drop(found);
    let (found, with_raw) = timed(|| read(true));
    let (count, html) = timed(|| {
        let page = |page: &Vec<u8>| {
            sayso_read::page("https://example.org/a", Some("text/html"), page, &options).is_ok()
        };
        pages.iter().filter(|bytes| page(bytes)).count()
    });
    let (languages, language) = timed(|| {
        found.iter().map(|(article, _)| sayso_language::read(&article.text)).collect::<Vec<_>>()
    });
    let (statements, meaning) = timed(|| {
        let read = found.iter().zip(&languages);
        read.map(|((article, _), language)| sayso_statement::read(article, language, &tables))
            .collect::<Vec<_>>()
    });
    let (lines, json) = timed(|| {
        let mut lines = Vec::new();
        for statement in statements.iter().flatten() {
            serde_json::to_writer(&mut lines, statement).expect("memory takes any line");
        }
        lines.len()
    });
    let (packed, evidence) = timed(|| {
        let raw = found.iter().filter_map(|(_, raw)| raw.as_ref());
        raw.map(|raw| Packed::new(&raw.bytes, &raw.media).sha256().len()).sum::<usize>()
    });
    let around = all.saturating_sub(html) + json;
    let whole = all + language + meaning + json;
    println!(
        "{} pages, {count} articles, {lines} bytes of statements, {packed} of hashes",
        pages.len()
    );
    for (name, time) in [
        ("archive and pages", all),
        ("pages alone", html),
        ("language", language),
        ("statements", meaning),
        ("JSON", json),
        ("keeping the bytes at hand", with_raw.saturating_sub(all)),
        ("packing the evidence", evidence),
    ] {
        println!("{name:26} {:8.1} ms", time.as_secs_f64() * 1000.0);
    }
    let share = |time: Duration| 100.0 * time.as_secs_f64() / whole.as_secs_f64();
    println!("neither language nor pages {:8.1} % of WARC.gz to statements", share(around));
    println!("evidence, of the same       {:8.1} %", share(evidence));
}
