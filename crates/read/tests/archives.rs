//! Archives: every article that can be read is read, whatever is broken beside it.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _, Write as _},
};

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sayso_model::Article;
use sayso_read::{Failure, Input, Options, articles};

fn read(name: &str, bytes: &[u8]) -> Vec<Result<Article, Failure>> {
    articles(Input::new(name, Cursor::new(bytes)), &Options::default()).collect()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

type Pack = fn(&[u8]) -> Vec<u8>;

/// How an archive may be packed, with the ending of its name.
const PACKINGS: [(&str, Pack); 3] =
    [("warc", <[u8]>::to_vec), ("warc.gz", gzipped), ("warc.zst", zstd)];

/// A page whose text names its number.
fn page(number: usize) -> String {
    format!(
        "<html><body><article><p>Mayor {number} of Harbourtown said on Thursday that the old bridge \
         may close in the coming days, after engineers found cracks in it.</p></article>"
    )
}

fn record(kind: &str, head: &str, block: &str) -> Vec<u8> {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\n{head}Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .into_bytes()
}

fn answer(number: usize) -> Vec<u8> {
    let block = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}",
        page(number)
    );
    let url = format!("WARC-Target-URI: https://example.org/{number}\r\n");
    record("response", &url, &block)
}

/// The number in the text of an article of [`page`].
fn number(article: &Article) -> usize {
    article.text.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn pages_of_an_archive_have_their_address_and_place() {
    let info = record("warcinfo", "", "software: none\r\n");
    let request = record("request", "", "GET / HTTP/1.1\r\n\r\n");
    let records = [info.clone(), request.clone(), answer(1), answer(2)];
    let place = info.len() + request.len();
    let plain = records.concat();
    for (ending, pack) in PACKINGS {
        let each: Vec<u8> = records.iter().flat_map(|record| pack(record)).collect();
        let whole = pack(&plain);
        let name = format!("a.{ending}");
        for (name, bytes) in [(name.as_str(), &each), ("-", &each), (&name, &whole)] {
            let found: Vec<Article> = read(name, bytes).into_iter().map(Result::unwrap).collect();
            assert_eq!(found.iter().map(number).collect::<Vec<_>>(), [1, 2], "{name}");
            assert_eq!(found[1].url.as_deref(), Some("https://example.org/2"));
        }
    }
    let first = read("news/a.warc", &plain).remove(0).unwrap();
    assert_eq!(first.key, format!("a@{place}"));
    assert_eq!(first.path, Some(format!("news/a.warc@{place}")));
}

const RECORDS: usize = 10_000;

/// The records, every 50th broken in one of several ways, and which are.
fn archive(pack: Pack) -> (Vec<u8>, BTreeSet<usize>) {
    let mut bytes = Vec::new();
    let mut broken = BTreeSet::new();
    let is_packed = pack(b"WARC/1.0") != b"WARC/1.0";
    for number in 0..RECORDS {
        let mut record = answer(number);
        let breaks = number % 50 == 49;
        if is_packed {
            record = pack(&record);
            let middle = record.len() / 2;
            match (breaks, number / 50 % 3) {
                (false, _) => {}
                // A flipped byte, a lost stretch, a damaged head.
                (true, 0) => record[middle] ^= 0x55,
                (true, 1) => drop(record.drain(middle..middle + 20)),
                (true, _) => record[..4].fill(0),
            }
        } else if breaks {
            let text = String::from_utf8(record).unwrap();
            record = match number / 50 % 4 {
                0 => text.replace("Content-Length: ", "Content-Length: 9"),
                1 => text.replace("Content-Length: ", "Content-Length: -"),
                2 => text.replacen("WARC/1.0", "WRAC/1.0", 1),
                _ => text.replace("</article>", ""),
            }
            .into_bytes();
        }
        broken.extend(breaks.then_some(number));
        bytes.extend(record);
    }
    (bytes, broken)
}

fn sorted(items: Vec<Result<Article, Failure>>) -> (Vec<usize>, usize) {
    let broken = items.iter().filter(|item| item.is_err()).count();
    (items.into_iter().flatten().map(|article| number(&article)).collect(), broken)
}

#[test]
fn of_ten_thousand_records_only_the_broken_are_missing() {
    for (name, pack) in PACKINGS {
        let (bytes, broken) = archive(pack);
        let (found, failures) = sorted(read(&format!("crawl.{name}"), &bytes));
        let expected: Vec<usize> = (0..RECORDS).filter(|n| !broken.contains(n)).collect();
        let first = found.iter().zip(&expected).find(|(a, b)| a != b);
        assert_eq!((first, found.len()), (None, expected.len()), "{name}");
        assert_eq!(failures, broken.len(), "{name}");
    }
}

#[test]
fn reading_is_taken_up_where_it_was_killed() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (ending, pack) in PACKINGS {
        let (bytes, broken) = archive(pack);
        let path = folder.join(format!("crawl.{ending}"));
        std::fs::write(&path, &bytes).unwrap();
        let path = path.to_str().unwrap();
        let (mut place, mut items) = (0, Vec::new());
        // Killed eight times on the way, thrice before a broken record.
        for killed_after in [1, 48, 50, 50, 1, 2000, 3000, 1, usize::MAX] {
            let mut reader = articles(Input::open_at(path, place).unwrap(), &Options::default());
            items.extend(reader.by_ref().take(killed_after));
            place = reader.position().unwrap();
        }
        let (found, failures) = sorted(items);
        assert_eq!(found.len(), RECORDS - broken.len());
        assert!(found.is_sorted_by(|a, b| a < b), "none twice");
        assert_eq!(failures, broken.len());
    }
}

#[test]
fn a_broken_first_record_costs_no_other() {
    for (ending, pack) in PACKINGS {
        let (first, rest) = (pack(&answer(0)), [pack(&answer(1)), pack(&answer(2))].concat());
        // Every byte of its head and some of the others: also those that say how long it is.
        for at in (0..24).chain((24..first.len()).step_by(7)) {
            let mut bytes = first.clone();
            bytes[at] ^= 0x7f;
            let (found, _) = sorted(read(&format!("a.{ending}"), &[bytes, rest.clone()].concat()));
            assert!(found.ends_with(&[1, 2]), "{ending}: {at}: {found:?}");
        }
    }
}

#[test]
fn a_record_that_seems_long_does_not_make_its_neighbours_so() {
    // It says that it is of 24 MB, and does not end there: all of these are in hand meanwhile.
    let long = String::from_utf8(answer(0)).unwrap();
    let broken = long.replace("Content-Length: ", "Content-Length: 24000");
    let neighbours = long.replace("Content-Length: ", "Content-Length: -").repeat(300);
    let mut bytes = [broken.as_bytes(), neighbours.as_bytes()].concat();
    bytes.resize(26_000_000, b'x');
    bytes.push(b'\n');
    bytes.extend(answer(1));
    let (found, failures) = sorted(read("a.warc", &bytes));
    assert_eq!((found, failures), (vec![1], 301));
}

#[test]
fn a_long_record_is_passed_over() {
    let long = record("resource", "Content-Type: text/html\r\n", &"<p>x</p>".repeat(40_000));
    let options = Options { document_limit: 100_000, ..Options::default() };
    let records = [answer(1), long, answer(2)];
    for (_, pack) in PACKINGS {
        let bytes: Vec<u8> = records.iter().flat_map(|record| pack(record)).collect();
        let items: Vec<_> = articles(Input::new("a.warc", Cursor::new(bytes)), &options).collect();
        assert_eq!(sorted(items), (vec![1, 2], 1));
    }
}

/// Three records, packed by `zstd -19 -D` with a dictionary that `zstd --train` made of such records,
/// which stands before them.
const WITH_DICTIONARY: &[u8] = include_bytes!("archives/dictionary.warc.zst");

/// [`page`] 7 and 200,000 times "a", packed with Brotli.
const BROTLI: &[u8] = include_bytes!("archives/page.br");
const BROTLI_BOMB: &[u8] = include_bytes!("archives/bomb.br");

/// The frame with the dictionary, and what follows.
fn split() -> (&'static [u8], &'static [u8]) {
    let length = u32::from_le_bytes(WITH_DICTIONARY[4..8].try_into().unwrap());
    WITH_DICTIONARY.split_at(8 + length as usize)
}

#[test]
fn a_dictionary_is_used_wherever_reading_begins() {
    let (dictionary, records) = split();
    assert_eq!(sorted(read("a.warc.zst", WITH_DICTIONARY)), (vec![1, 2, 3], 0));
    assert_eq!(sorted(read("-", WITH_DICTIONARY)), (vec![1, 2, 3], 0));
    // The dictionary may be packed itself.
    let packed = zstd(&dictionary[8..]);
    let length = (packed.len() as u32).to_le_bytes();
    let bytes = [&dictionary[..4], &length, &packed, records].concat();
    assert_eq!(sorted(read("a.warc.zst", &bytes)), (vec![1, 2, 3], 0));
    for (name, bytes) in [("plain.warc.zst", WITH_DICTIONARY), ("packed.warc.zst", &bytes)] {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&path, bytes).unwrap();
        let path = path.to_str().unwrap();
        let mut reader = articles(Input::open(path).unwrap(), &Options::default());
        assert_eq!(number(&reader.next().unwrap().unwrap()), 1);
        let place = reader.position().unwrap();
        let rest = articles(Input::open_at(path, place).unwrap(), &Options::default());
        assert_eq!(sorted(rest.collect()), (vec![2, 3], 0), "{name}");
    }
}

#[test]
fn a_dictionary_that_is_missing_or_broken_is_told_once_a_record() {
    let (dictionary, records) = split();
    let told = |bytes: &[u8]| {
        let items = read("a.warc.zst", bytes);
        assert!(items.iter().all(Result::is_err));
        items.into_iter().map(|item| item.unwrap_err().to_string()).collect::<Vec<_>>()
    };
    let mut broken = dictionary.to_vec();
    broken[8..].fill(0xff);
    let found = told(&[&broken, records].concat());
    assert!(found.len() == 4 && found[0].contains("its dictionary cannot be read"), "{found:?}");
    assert!(found[1].contains("cannot be unpacked"), "{found:?}");
    let mut endless = dictionary.to_vec();
    endless[4..8].fill(0xff);
    assert!(told(&[&endless, records].concat())[0].contains("its dictionary is too long"));
    assert!(told(&dictionary[..300])[0].contains("the file ends in its dictionary"));
}

#[test]
fn a_page_is_unpacked_the_way_that_its_server_packed_it() {
    let bodies = [
        ("gzip", gzipped(page(1).as_bytes())),
        ("zstd", zstd(page(2).as_bytes())),
        // What an archiver unpacked already, without changing the head.
        ("zstd", page(3).into_bytes()),
        ("br", page(4).into_bytes()),
    ];
    let answer = |coding: &str, body: &[u8]| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: {coding}\r\n\r\n"
        );
        let block = [head.as_bytes(), body].concat();
        let length = block.len();
        let head = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n");
        [head.as_bytes(), &block, b"\r\n\r\n"].concat()
    };
    let bytes: Vec<u8> = bodies.iter().flat_map(|(coding, body)| answer(coding, body)).collect();
    assert_eq!(sorted(read("a.warc", &bytes)), (vec![1, 2, 3, 4], 0));
    let options = Options { document_limit: 100_000, ..Options::default() };
    let long = vec![b'a'; 200_000];
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() - 5].to_vec();
    let or_without =
        |reason| if cfg!(feature = "brotli") { reason } else { "cargo feature `brotli`" };
    for (coding, body, reason) in [
        ("gzip", gzipped(&long), "more than the limit"),
        ("zstd", zstd(&long), "more than the limit"),
        ("zstd", cut(zstd(page(5).as_bytes())), "cannot be unpacked"),
        ("br", BROTLI_BOMB.to_vec(), or_without("more than the limit")),
        ("br", BROTLI[..BROTLI.len() - 5].to_vec(), or_without("cannot be unpacked")),
    ] {
        let bytes = [answer(coding, &body), answer("", page(6).as_bytes())].concat();
        let items: Vec<_> = articles(Input::new("a.warc", Cursor::new(bytes)), &options).collect();
        let told = items[0].as_ref().unwrap_err().to_string();
        assert!(told.contains(reason), "{coding}: {told}");
        assert_eq!(sorted(items), (vec![6], 1));
    }
    let read_by_some = sorted(read("a.warc", &answer("br", BROTLI)));
    assert_eq!(read_by_some, if cfg!(feature = "brotli") { (vec![7], 0) } else { (vec![], 1) });
}

/// A ZIP archive; `streamed` gives the lengths after each file, as archivers in a pipe do.
fn zip(files: &[(&str, &[u8])], streamed: bool) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in files {
        let mut packed = Vec::new();
        flate2::read::DeflateEncoder::new(*bytes, Compression::fast())
            .read_to_end(&mut packed)
            .unwrap();
        let lengths = if streamed { [0, 0] } else { [packed.len() as u32, bytes.len() as u32] };
        out.extend(b"PK\x03\x04\x14\x00");
        out.extend((if streamed { 8_u16 } else { 0 }).to_le_bytes());
        out.extend(8_u16.to_le_bytes());
        out.extend([0; 8]);
        out.extend(lengths.into_iter().flat_map(u32::to_le_bytes));
        out.extend((name.len() as u16).to_le_bytes());
        out.extend(0_u16.to_le_bytes());
        out.extend(name.as_bytes());
        out.extend(&packed);
        if streamed {
            out.extend(b"PK\x07\x08");
            out.extend([0; 12]);
        }
    }
    out.extend(b"PK\x01\x02");
    out.extend([0; 42]);
    out
}

#[test]
fn files_of_a_zip_archive() {
    let warc = gzipped(&answer(7));
    let pages = [page(1), page(2)];
    let files: Vec<(&str, &[u8])> = vec![
        ("news/a.html", pages[0].as_bytes()),
        ("news/picture.png", b"\x89PNG\r\n"),
        ("__MACOSX/a.html", b"x"),
        ("news/b.html", pages[1].as_bytes()),
        ("c.warc.gz", &warc),
    ];
    for streamed in [false, true] {
        let bytes = zip(&files, streamed);
        let items = read("all.zip", &bytes);
        let first = items[0].as_ref().unwrap();
        assert_eq!(first.path.as_deref(), Some("all.zip/news/a.html"));
        assert_eq!(sorted(items), (vec![1, 2, 7], 0), "streamed: {streamed}");
        // Which were not read is counted, so that it can be told.
        let input = Input::new("all.zip", std::io::Cursor::new(&bytes));
        let mut articles = articles(input, &Options::default());
        articles.by_ref().for_each(drop);
        assert_eq!(articles.passed_over(), 2, "streamed: {streamed}");
    }
    let wacz =
        zip(&[("archive/c.warc.gz", &warc), ("pages/pages.jsonl", b"{\"id\": \"pages\"}")], false);
    assert_eq!(sorted(read("crawl.wacz", &wacz)), (vec![7], 0));
}

#[test]
fn archives_without_articles_say_so() {
    let pictures = zip(&[("a.png", b"\x89PNG")], false);
    let office = zip(&[("[Content_Types].xml", b"<x/>")], false);
    let info = record("warcinfo", "", "software: none\r\n");
    for (name, bytes, words) in [
        ("a.zip", &pictures, "there is nothing to read in it."),
        ("a.docx", &office, "a ZIP archive or an office document."),
        ("a.warc", &info, "there is nothing to read in it."),
        ("a.csv", &b"text\n".to_vec(), "there is nothing to read in it."),
    ] {
        let items = read(name, bytes);
        assert_eq!(items.len(), 1, "{name}");
        let failure = items[0].as_ref().unwrap_err().to_string();
        assert!(failure.ends_with(words), "{failure}");
    }
}

#[test]
fn an_archive_in_an_archive_without_end_is_refused() {
    let mut bytes = zip(&[("a.html", page(1).as_bytes())], false);
    for _ in 0..10 {
        bytes = zip(&[("a.zip", &bytes)], false);
    }
    let items = read("a.zip", &bytes);
    assert!(items.len() == 1 && items[0].is_err());
}

#[test]
fn packed_files_are_what_they_hold() {
    let lines = b"{\"text\": \"The bridge may close.\"}\n{\"text\": \"It is open.\"}\n";
    for (ending, pack) in [("gz", gzipped as Pack), ("zst", zstd)] {
        let items = read(&format!("news/bridge.jsonl.{ending}"), &pack(lines));
        let keys: Vec<_> = items.iter().map(|item| item.as_ref().unwrap().key.as_str()).collect();
        assert_eq!(keys, ["bridge:1", "bridge:2"]);
        let page = read(&format!("a.html.{ending}"), &pack(page(3).as_bytes())).remove(0).unwrap();
        assert_eq!((number(&page), page.key.as_str()), (3, "a"));
        let cut = pack(lines);
        let cut = read(&format!("a.jsonl.{ending}"), &cut[..cut.len() - 12]);
        assert!(cut.iter().any(Result::is_err), "{ending}");
    }
}

#[test]
fn a_file_that_unpacks_without_end_is_stopped() {
    let blanks = vec![b' '; 80 << 20];
    for (name, bytes) in [("a.jsonl.gz", gzipped(&blanks)), ("a.jsonl.zst", zstd(&blanks))] {
        let items = read(name, &bytes);
        assert!(items.len() == 1 && items[0].is_err(), "{name}: {}", items.len());
    }
}

#[test]
fn rows_of_a_table() {
    let table = "\u{feff}id;title;date;text\n7;Bridge;2023-03-09;\"The \"\"old\"\" bridge; it may\nclose.\"\n8;x\n";
    let items = read("a.csv", table.as_bytes());
    let first = items[0].as_ref().unwrap();
    assert_eq!(first.text, "The \"old\" bridge; it may\nclose.");
    assert_eq!((first.key.as_str(), first.title.as_deref()), ("7", Some("Bridge")));
    assert_eq!(first.published.as_ref().unwrap().printed(), "2023-03-09");
    assert_eq!(items[1].as_ref().unwrap_err().line(), Some(4));
    let other = read("a.csv", b"name,size\na,1\n");
    assert!(other[0].as_ref().unwrap_err().to_string().contains("no column"));
}

#[test]
fn a_quotation_mark_that_is_never_closed_holds_one_document() {
    let table = format!("text\n\"{}", "a,b\n".repeat(100_000));
    let options = Options { document_limit: 50_000, ..Options::default() };
    let items: Vec<_> = articles(Input::new("a.csv", Cursor::new(table)), &options).collect();
    assert!(items.len() == 1 && items[0].is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_archives_are_read_or_refused(
        kind in 0..7_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 0..12),
    ) {
        let records = [answer(1), record("warcinfo", "", "x"), answer(2), answer(3)];
        let pages = [page(1), page(2)];
        let files: Vec<(&str, &[u8])> =
            vec![("a.html", pages[0].as_bytes()), ("b.txt", b"The bridge may close.")];
        let (name, mut bytes) = match kind {
            0 => ("a.warc", records.concat()),
            1 => ("a.warc.gz", records.iter().flat_map(|record| gzipped(record)).collect()),
            5 => ("a.warc.zst", records.iter().flat_map(|record| zstd(record)).collect()),
            6 => ("a.warc.zst", WITH_DICTIONARY.to_vec()),
            2 => ("a.zip", zip(&files, false)),
            3 => ("a.zip", zip(&files, true)),
            _ => ("a.eml", b"Subject: =?utf-8?q?x?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe bridge.\r\n--b--".to_vec()),
        };
        for (at, value, how) in damage {
            let at = at.index(bytes.len().max(1));
            match how {
                0 => if let Some(byte) = bytes.get_mut(at) { *byte = value },
                1 => bytes.truncate(at),
                _ => bytes.splice(at..at, [value; 5]).for_each(drop),
            }
        }
        let items = read(name, &bytes);
        prop_assert!(!items.is_empty() && items.len() < 20);
    }
}
