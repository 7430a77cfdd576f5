//! What must hold of any bytes, for those who throw any bytes at it: the fuzz targets (`fuzz/`) and
//! the test that runs them on a fixed stream (`tests/probes.rs`).
//!
//! Each reads and asserts; a panic is a mistake of the reader.
#![doc(hidden)]

use std::io::Cursor;

use sayso_model::{Article, article_id};

use crate::{Failure, Input, Options, articles, date, feed, page};

/// Small limits: what they guard against is reached with few bytes.
fn options() -> Options {
    Options { article_limit: 20_000, document_limit: 200_000, keep_raw: true, ..Options::default() }
}

fn check(article: &Article) {
    assert_eq!(article.id, article_id(&article.text));
    assert!(article.text.len() <= options().article_limit);
    assert!(!article.text.contains(['\0', '\r']), "the text of an archive or page is clean");
}

fn check_failure(failure: &Failure) {
    assert!(!failure.to_string().is_empty() && failure.hint().ends_with('.'));
}

/// Archives: all is read to the end, places only grow, and there are no more articles and failures
/// than the bytes could hold.
///
/// # Panics
/// Where that does not hold.
pub fn warc(bytes: &[u8]) {
    archive("a.warc", bytes);
}

/// Archives packed with Zstandard, and files so packed that are none.
///
/// # Panics
/// As [`warc`].
pub fn zstd(bytes: &[u8]) {
    archive("a.warc.zst", bytes);
    for item in articles(Input::new("a.txt.zst", Cursor::new(bytes)), &options()) {
        match item {
            Ok(article) => assert_eq!(article.id, article_id(&article.text)),
            Err(failure) => check_failure(&failure),
        }
    }
}

fn archive(name: &str, bytes: &[u8]) {
    let mut items = articles(Input::new(name, Cursor::new(bytes)), &options());
    let (mut count, mut place) = (0, 0);
    while let Some(item) = items.next() {
        count += 1;
        match item {
            Ok(article) => {
                check(&article);
                assert!(items.take_raw().is_some_and(|raw| !raw.bytes.is_empty()));
            }
            Err(failure) => check_failure(&failure),
        }
        if let Some(at) = items.position() {
            assert!(at >= place, "{at} after {place}");
            place = at;
        }
        assert!(count <= bytes.len() + 1);
    }
}

/// A file by its name's ending: JSON lines, tables, mail, ZIP archives, Markdown, text.
///
/// # Panics
/// Where an article is not what articles are, or a failure does not say its cure.
pub fn file(name: &str, bytes: &[u8]) {
    for item in articles(Input::new(name, Cursor::new(bytes)), &options()).take(bytes.len() + 1) {
        match item {
            Ok(article) => {
                assert_eq!(article.id, article_id(&article.text));
                assert!(article.text.len() <= options().article_limit);
            }
            Err(failure) => check_failure(&failure),
        }
    }
}

/// Pages, whatever the server calls them.
///
/// # Panics
/// Where their articles are not what articles are.
pub fn html(bytes: &[u8]) {
    let kinds = ["text/html", "text/html; charset=windows-1252", "application/xhtml+xml", ""];
    let (kind, bytes) = bytes.split_first().map_or((0, bytes), |(kind, rest)| (*kind, rest));
    let kind = kinds.get(usize::from(kind) % kinds.len()).copied();
    match page("https://lamp.example/news/dam", kind, bytes, &options()) {
        Ok(article) => check(&article),
        Err(failure) => check_failure(&failure),
    }
}

/// Feeds.
///
/// # Panics
/// Where an entry has no address, or a feed read twice is not the same.
pub fn feeds(bytes: &[u8]) {
    if let Ok(found) = feed("f", bytes) {
        assert!(found.entries.iter().chain(&found.sitemaps).all(|entry| !entry.url.is_empty()));
        assert_eq!(feed("f", bytes).ok(), Some(found));
    }
}

/// Dates.
///
/// # Panics
/// Where a date that was understood is not understood the way it is printed.
pub fn dates(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    if let Some(found) = date::parse(&words) {
        let printed = found.printed();
        assert_eq!(date::parse(&printed), Some(found), "{printed}");
    }
}
