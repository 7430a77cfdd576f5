//! Every kind of input through the public door: what is read, and what each failure says.

use std::io::Cursor;

use proptest::prelude::*;
use sayso_model::{Article, Code, article_id};
use sayso_read::{Failure, Format, Input, Options, articles};

fn read(name: &str, bytes: impl AsRef<[u8]>) -> Vec<Result<Article, Failure>> {
    read_with(name, bytes, &Options::default())
}

fn read_with(
    name: &str,
    bytes: impl AsRef<[u8]>,
    options: &Options,
) -> Vec<Result<Article, Failure>> {
    articles(Input::new(name, Cursor::new(bytes.as_ref())), options).collect()
}

fn one(name: &str, bytes: impl AsRef<[u8]>) -> Article {
    let mut all = read(name, bytes);
    assert_eq!(all.len(), 1);
    all.remove(0).unwrap()
}

fn failure(name: &str, bytes: impl AsRef<[u8]>) -> Failure {
    let mut all = read(name, bytes);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap_err()
}

#[test]
fn a_text_file_keeps_its_name_and_gets_the_id_of_its_text() {
    let article = one("news/bridge.txt", "The bridge may close.\r\n\r\nIt rains.\r\n");
    assert_eq!(article.key, "bridge");
    assert_eq!(article.path.as_deref(), Some("news/bridge.txt"));
    assert_eq!(article.text, "The bridge may close.\n\nIt rains.");
    assert_eq!(article.id, article_id(&article.text));
    assert_eq!(article.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::R013]);
    let article = one("-", "The bridge may close.");
    assert_eq!((article.key.as_str(), article.path), ("stdin", None));
}

#[test]
fn a_page_that_was_saved_as_text_is_a_page() {
    let words = "The mayor of Norby said on Sunday that the dike would hold the river back.";
    let page = format!("<!DOCTYPE html><title>Dike holds</title><article><p>{words}</article>");
    assert_eq!(one("dike.txt", page).text, words);
    // A text may begin with a mark.
    let text = "<b> is a mark, the mayor of Norby said.";
    assert_eq!(one("marks.txt", text).text, text);
}

#[test]
fn text_given_as_json_stays_as_it_is() {
    let text = " date 2023-03-09 The “bridge” on the quay\r\nmay\tclose. 🏛 \n\nTerms of use.\n ";
    let line = serde_json::json!({"id": 7, "text": text, "publisher": {"name": "The Harbour Post"},
        "authors": ["Ann Lee", "Bo Tan"], "url": "https://example.org/a"});
    let article = one("a.jsonl", line.to_string());
    assert_eq!(article.text, text);
    assert_eq!(article.key, "7");
    assert_eq!(article.outlet.as_deref(), Some("The Harbour Post"));
    assert_eq!(article.author.as_deref(), Some("Ann Lee, Bo Tan"));
    assert_eq!(article.published.unwrap().printed(), "2023-03-09");
}

#[test]
fn a_broken_line_costs_only_itself() {
    let lines = "{\"text\": \"One.\"}\n\n{\"text\": \"Two\"\n[1]\n{\"words\": 1}\n{\"text\": \" \"}\n\
                 {\"id\": \"six\", \"text\": \"Six.\"}";
    let all = read("notes.jsonl", lines);
    let keys: Vec<&str> = all.iter().flatten().map(|article| article.key.as_str()).collect();
    assert_eq!(keys, ["notes:1", "six"]);
    let failures: Vec<String> =
        all.iter().filter_map(|item| item.as_ref().err().map(ToString::to_string)).collect();
    assert_eq!(
        failures,
        [
            "notes.jsonl: line 3 is not JSON: EOF while parsing an object at column 14.",
            "notes.jsonl: line 4 holds no article: it is not an object.",
            "notes.jsonl: line 5 holds no article: it has no field named `text`, `maintext`, `main_text`, `body`, \
             `content`, `html` or `raw_html`.",
            "notes.jsonl: line 6: no body text was found.",
        ]
    );
}

#[test]
fn lone_surrogates_and_bad_bytes_in_a_line_are_marked() {
    let article = one("a.jsonl", r#"{"text": "The bridge \ud83d may \ud83c\udfdb close."}"#);
    assert_eq!(article.text, "The bridge \u{fffd} may 🏛 close.");
    assert!(article.problems.iter().any(|problem| problem.code == Code::R011));
    let article = one("a.jsonl", b"{\"text\": \"The bridge \xff closes.\"}");
    assert_eq!(article.text, "The bridge \u{fffd} closes.");
    assert!(article.problems.iter().any(|problem| problem.code == Code::R011));
}

#[test]
fn a_json_document_is_read_as_a_whole() {
    let all = read("a.json", "[\n {\"text\": \"One.\"},\n {\"text\": \"Two.\"}\n]\n");
    assert_eq!(all.iter().flatten().map(|a| a.key.as_str()).collect::<Vec<_>>(), ["a:1", "a:2"]);
    let all = read("-", "{\n \"text\": \"One.\"\n}\n{\"text\":\n \"Two\",}\n");
    assert_eq!(all.len(), 2);
    assert_eq!(
        all[1].as_ref().unwrap_err().to_string(),
        "-: line 5 is not JSON: trailing comma at column 8."
    );
}

#[test]
fn each_failure_names_the_place_and_the_cure() {
    for (name, bytes, says, cure) in [
        ("a.txt", &b""[..], "a.txt: the file is empty.", "Save"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "a.txt: the file is empty.", "Save"),
        ("a.jsonl", b"\n\n", "a.jsonl: the file is empty.", "Save"),
        (
            "a.pdf",
            b"%PDF-1.7",
            "a.pdf: byte 0 shows that this is not text but a PDF document.",
            "pdftotext",
        ),
        (
            "a.txt",
            b"ab\x01\x02\x03\x04",
            "a.txt: byte 2 shows that this is not text but binary data.",
            "JSON lines",
        ),
        (
            "a.html",
            b"<html><head><title>Bridge</title></head><body></body></html>",
            "a.html: no body text was found.",
            "Save the whole page",
        ),
    ] {
        let failure = failure(name, bytes);
        assert_eq!(failure.to_string(), says);
        assert!(failure.hint().contains(cure), "{}", failure.hint());
        assert_eq!(failure.file(), name);
    }
    assert!(matches!(failure("a.zip", b"PK\x03\x04"), Failure::Nothing { .. }));
}

#[test]
fn files_that_cannot_be_opened() {
    let missing = Input::open("no/such/file.txt").err().unwrap();
    assert_eq!(missing.to_string(), "no/such/file.txt: there is no such file.");
    let folder = Input::open(env!("CARGO_MANIFEST_DIR")).err().unwrap();
    assert!(matches!(folder, Failure::Folder { .. }), "{folder}");
}

#[test]
fn what_is_too_long_is_said_and_the_rest_is_read() {
    let options = Options { document_limit: 60, article_limit: 20, ..Options::default() };
    let long = "x".repeat(200);
    let all = read_with("a.txt", &long, &options);
    let said = all[0].as_ref().unwrap_err().to_string();
    assert_eq!(said, "a.txt: it is longer than 60 bytes, the limit for one document.");
    let lines = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Two words and many more.\"}}\n");
    let all = read_with("a.jsonl", lines, &options);
    let said = all[0].as_ref().unwrap_err().to_string();
    assert_eq!(said, "a.jsonl: line 1 is longer than 60 bytes, the limit for one line.");
    let article = all[1].as_ref().unwrap();
    assert_eq!(article.text, "Two words and many");
    assert!(article.problems.iter().any(|problem| problem.code == Code::R016));
    // A line that just fits, with its line end.
    let fits = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"b\"}}", "a ".repeat(24));
    assert_eq!(fits.find('\n'), Some(60));
    assert!(read_with("a.jsonl", fits, &options).iter().all(Result::is_ok));
}

#[test]
fn lines_in_utf16_are_read() {
    let bytes: Vec<u8> = "\u{feff}{\"text\": \"Łódź may flood.\"}\r\n{\"text\": \"Two.\"}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let all = read("a.jsonl", &bytes);
    assert_eq!(
        all.iter().flatten().map(|a| a.text.as_str()).collect::<Vec<_>>(),
        ["Łódź may flood.", "Two."]
    );
}

#[test]
fn a_hundred_megabytes_of_lines_pass_one_at_a_time() {
    /// Makes its lines as they are read, so that only a reader that holds them would need memory.
    struct Endless {
        left: usize,
        line: Vec<u8>,
        at: usize,
    }
    impl std::io::Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            if self.at == self.line.len() {
                if self.left == 0 {
                    return Ok(0);
                }
                self.left -= 1;
                self.at = 0;
            }
            let count = out.len().min(self.line.len() - self.at);
            out[..count].copy_from_slice(&self.line[self.at..self.at + count]);
            self.at += count;
            Ok(count)
        }
    }
    let line =
        format!("{{\"text\": \"{}\"}}\n", "The bridge may close. ".repeat(4500)).into_bytes();
    let count = 100_000_000 / line.len() + 1;
    let endless = Endless { left: count, at: line.len(), line };
    let input = Input::new("big.jsonl", std::io::BufReader::new(endless));
    assert_eq!(articles(input, &Options::default()).flatten().count(), count);
}

/// Pieces that readers look for, so that random inputs reach deep into them.
fn soup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<p>",
        "</p>",
        "<div",
        ">",
        "<!--",
        "-->",
        "<script type='application/ld+json'>",
        "</script>",
        "{\"@type\":\"NewsArticle\",\"headline\":\"",
        "\"}",
        "<meta property='article:published_time' content='",
        "'>",
        "<time datetime=2023-03-09>",
        "<svg>",
        "<br>",
        "&amp;",
        "&#x",
        "<table><td>",
        "<h1>",
        "{\"text\": \"",
        "\\ud83d",
        "\"}\n",
        "[",
        "]",
        "---\n",
        "title: ",
        "# ",
        "> ",
        "*",
        "```\n",
        "Published: ",
        "2023-03-09",
        "9 March 2023",
        "14:05",
        " p.m.",
        " GMT",
        "+02:00",
        "By Ann Lee",
        " | ",
        "\n\n",
        "\r\n",
        "\u{2028}",
        "“",
        "”",
        "\"",
        "The bridge may close. ",
        "Read also: ",
        "Terms of use. ",
        "İ",
        "ß",
        "🏛",
        "\u{feff}",
        "\0",
        " ",
        "<",
        "&",
        "\u{fffd}",
        "http://",
        "/2023/03/09/",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

const FORMATS: &[Format] =
    &[Format::Auto, Format::Text, Format::Markdown, Format::Html, Format::JsonLines, Format::Json];

/// What holds for every article, whatever it was read from.
fn check(items: Vec<Result<Article, Failure>>) {
    assert!(!items.is_empty(), "an input gives an article or says why not");
    for item in items {
        match item {
            Ok(article) => {
                assert_eq!(article.id, article_id(&article.text));
                assert!(!article.text.trim().is_empty());
                assert_eq!(
                    article.published.is_none(),
                    article.problems.iter().any(|p| p.code == Code::R013)
                );
            }
            Err(failure) => {
                assert!(failure.to_string().ends_with('.') && failure.hint().ends_with('.'));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for format in FORMATS {
            check(read_with("a", &bytes, &Options { format: *format, ..Options::default() }));
        }
    }

    #[test]
    fn any_soup_is_read_or_refused(text in soup()) {
        for format in FORMATS {
            check(read_with("a", &text, &Options { format: *format, ..Options::default() }));
        }
        let wrapped = format!("<html><body><article>{text}</article></body></html>");
        check(read_with("a.html", &wrapped, &Options::default()));
    }

    #[test]
    fn json_text_makes_the_round_trip(text in "\\PC{1,40}[\\r\\n\\t ]{0,3}\\PC{0,40}") {
        prop_assume!(!text.trim().is_empty());
        let article = one("a.jsonl", serde_json::json!({"text": &text}).to_string());
        prop_assert_eq!(&article.text, &text);
    }

    #[test]
    fn reading_a_text_again_adds_nothing(text in soup()) {
        let options = Options { format: Format::Text, ..Options::default() };
        if let Some(Ok(first)) = read_with("a", &text, &options).pop() {
            let again = read_with("a", &first.text, &options).pop().unwrap();
            prop_assert!(again.is_err() || again.unwrap().text.len() <= first.text.len());
        }
    }
}
