//! The fuzz targets on a fixed stream of mutated examples: short, and the same each time. The long
//! runs are recorded in `docs/experiments/pages.md`.

mod chance;

use std::io::Write as _;

use chance::Chance;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sayso_read::probe;

/// One to four changes: bytes turned, taken out, doubled, cut off, or words of the trade put in.
fn changed(chance: &mut Chance, bytes: &[u8], words: &[&[u8]]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + chance.below(40)).min(bytes.len());
        match chance.below(6) {
            0 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => {
                let part = bytes[at..end].to_vec();
                for _ in 0..=chance.below(30) {
                    bytes.splice(at..at, part.iter().copied());
                }
            }
            3 => bytes.truncate(at),
            4 => {
                let from = chance.below(bytes.len() + 1);
                let part = bytes[from..].to_vec();
                bytes.splice(at..at, part.into_iter().take(200));
            }
            _ => {
                let word = words[chance.below(words.len())];
                bytes.splice(at..at, word.iter().copied());
            }
        }
    }
    bytes
}

fn run(probe: fn(&[u8]), seeds: &[Vec<u8>], words: &[&[u8]], times: usize) {
    let mut chance = Chance(11);
    for seed in seeds {
        probe(seed);
        for _ in 0..times {
            probe(&changed(&mut chance, seed, words));
        }
    }
}

const PAGE: &str = "<!doctype html><html lang=en><head><title>The dam | Evening Lamp</title>\
    <meta property='article:published_time' content='2031-04-03T08:00:00+02:00'>\
    <script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"The dam\", \
    \"datePublished\": \"2031-04-03\", \"author\": [{\"name\": \"Ada Quill\"}]}</script></head><body>\
    <nav><ul><li><a href=/>Home</a></ul></nav><article><h1>The dam above Varn will hold</h1>\
    <time datetime=2031-04-03>3 April 2031</time><p>“The dam will hold for another ten years,” said Ann \
    Berg, the head of the water board &mdash; on Thursday.<p>Engineers had looked at it &#8220;again\
    &#8221;.<table><tr><td>7</table></article><footer>Terms of use. Privacy policy.</footer></body></html>";

fn record(block: &str) -> Vec<u8> {
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lamp.example/a\r\n\
         Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
    .into_bytes()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// The words that archives are made of.
const ARCHIVE: &[&[u8]] = &[
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n",
    b"Content-Length: -1\r\n",
    b"\r\n\r\n",
    &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3],
    b"Content-Encoding: gzip\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"ffffffffffffffff\r\n",
];

#[test]
fn files_of_each_ending() {
    let line = r#"{"id": "a", "text": "The dam &amp; the ferry.<br>Itâ€™s so.", "published": "2031-04-03"}"#;
    let table = "id,text,published\na,\"'=1+1, she said.\",2031-04-03\nb,;,\n";
    let mail = "From: a@b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\
                Content-Type: text/html\r\n\r\n<p>The dam will hold, she said.</p>\r\n--b--\r\n";
    let text = "# Dam\n\n*The Lamp, 3 April 2031*\n\nThe [dam](x) will hold.\n\n> a\n- b\n\n| a |\n|---|\n";
    for (probe, seed) in [(json as fn(&[u8]), line), (csv, table), (mailed, mail), (written, text)]
    {
        run(
            probe,
            &[seed.as_bytes().to_vec()],
            &[b"\n", b"<p>", b"&#", b"\"", b"--b", b"[", b"("],
            300,
        );
    }
}

fn json(bytes: &[u8]) {
    probe::file("a.jsonl", bytes);
    probe::file("a.json", bytes);
}

fn csv(bytes: &[u8]) {
    probe::file("a.csv", bytes);
}

fn mailed(bytes: &[u8]) {
    probe::file("a.eml", bytes);
}

fn written(bytes: &[u8]) {
    probe::file("a.md", bytes);
    probe::file("a.txt", bytes);
    probe::file("a.zip", bytes);
}

#[test]
fn archives_of_any_bytes() {
    let plain = record(&format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"));
    let chunked = record(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n\
         1c\r\nThe mayor said it may close.\r\n0\r\n\r\n",
    );
    let two = [plain.clone(), chunked.clone()].concat();
    let packed = [gzipped(&plain), gzipped(&chunked)].concat();
    let whole = gzipped(&two);
    run(probe::warc, &[two, packed, whole], ARCHIVE, 150);
}

#[test]
fn frames_of_any_bytes() {
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let records = [zstd(&record(&page)), zstd(&record(&page.replace("dam", "mill")))].concat();
    let with_dictionary = include_bytes!("archives/dictionary.warc.zst").to_vec();
    let words: &[&[u8]] = &[
        &[0x28, 0xb5, 0x2f, 0xfd],
        &[0x28, 0xb5, 0x2f, 0xfd, 0x24, 0xff],
        &[0x28, 0xb5, 0x2f, 0xfd, 0, 0xff, 1, 0, 0],
        &[0x5d, 0x2a, 0x4d, 0x18, 0xff, 0xff, 0xff, 0xff],
        &[0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 7],
        &[0x37, 0xa4, 0x30, 0xec],
        &[0xff, 0xff, 0xff],
        &[0, 0, 0, 0],
    ];
    run(probe::zstd, &[records, with_dictionary], words, 300);
}

#[test]
fn pages_of_any_bytes() {
    let page = [b"\0", PAGE.as_bytes()].concat();
    let words: &[&[u8]] = &[
        b"<p>",
        b"</div>",
        b"<script>",
        b"<!--",
        b"<![CDATA[",
        b"&#x110000;",
        b"&amp",
        b"<table><tr><td>",
        b"\xff\xfe",
        "ß\u{202e}\u{0}漢".as_bytes(),
        b"{\"@graph\": [[[[",
        b"<meta charset=utf-16>",
        b"9999-99-99T99:99:99+99:99",
    ];
    run(probe::html, &[page], words, 400);
}

#[test]
fn feeds_of_any_bytes() {
    let rss = b"<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title><![CDATA[Dam]]></title>\
        <link>https://lamp.example/1?a&amp;b</link><pubDate>Thu, 03 Apr 2031 08:00:00 GMT</pubDate></item>\
        <item><guid>https://lamp.example/2</guid></item></channel></rss>"
        .to_vec();
    let atom =
        b"<feed><entry><link href='/a' rel='alternate'/><updated>2031-04-03</updated></entry>\
        <entry><link href='/b'/></entry></feed>"
            .to_vec();
    let map =
        b"<urlset><url><loc>https://lamp.example/1</loc><lastmod>2031-04-03</lastmod><news:news>\
        <news:title>Dam</news:title></news:news></url></urlset>"
            .to_vec();
    let json =
        br#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/1"}]}"#.to_vec();
    let packed = gzipped(&rss);
    let words: &[&[u8]] = &[
        b"<item>",
        b"</item>",
        b"<![CDATA[",
        b"]]>",
        b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
        b"&b;",
        b"&#0;",
        b"<!--",
        b"<?",
        b"<a b='",
        b"encoding='utf-16'",
        b"\xff\xfe<",
        b"[[[[",
    ];
    run(probe::feeds, &[rss, atom, map, json, packed], words, 400);
}

#[test]
fn dates_of_any_bytes() {
    let seeds: Vec<Vec<u8>> = [
        "2031-04-03T08:00:00+02:00",
        "Thu, 03 Apr 2031 08:00:00 GMT",
        "3 April 2031, 8.15 pm",
        "April 3rd, 2031 at 8:15 p.m. EST",
        "Published: 03.04.2031 08:15 Uhr",
        "2031/04",
        "1932970500",
        // Met by the fuzzer: four bytes after a sign that are no digits.
        "2031-04-03T08:00+B헗",
    ]
    .iter()
    .map(|words| words.as_bytes().to_vec())
    .collect();
    let words: &[&[u8]] = &[
        b"+25:99",
        b"-00:00",
        b"24:00",
        b"29 February ",
        b"0000",
        b"Z",
        b"12 am",
        b"9999",
        b":60",
        b"32",
    ];
    run(probe::dates, &seeds, words, 2000);
}
