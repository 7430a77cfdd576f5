//! What cannot be read is named with its cure, and costs nothing else.

use std::{fs, io::Write as _};

use tempfile::TempDir;

use crate::{Ran, sayso};

const GOOD: &str = "“The dam will hold,” said Ann Berg, the head of the water board.\n";

/// A folder with one good file beside the bad one.
fn with_good(name: &str, bytes: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.txt"), GOOD).unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

/// Reads the bad file before the good one: the failure is told, the good one is read.
fn fails(folder: &TempDir, name: &str, words: &[&str]) -> Ran {
    let ran = sayso(&["read", name, "good.txt"]).within(folder.path()).run().code(3).says(words);
    let records = ran.records();
    assert!(
        records.iter().any(|record| record["article"]["path"] == "good.txt"),
        "the good file was not read: {records:?}"
    );
    ran
}

#[test]
fn a_file_that_is_not_there() {
    let folder = with_good("other.txt", b"x");
    fails(&folder, "gone.txt", &["gone.txt: there is no such file.", "Check the path."]);
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_utf_8_is_a_name() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"dam\xff.txt");
    // Some disks refuse such names: nothing is to be read there.
    if fs::write(folder.path().join(name), GOOD).is_err() {
        return;
    }
    let ran = sayso(&["read", "."]).within(folder.path()).run().code(0);
    assert_eq!(ran.records()[0]["article"]["path"], "./dam\u{fffd}.txt");
}

#[test]
fn what_comes_by_standard_input_is_what_it_is_said_to_be() {
    let table = "Text;Date Published\n\"“The dam will hold,” said Ann Berg.\";2031-04-03\n";
    let ran = sayso(&["read", "--input-format", "csv", "-"]).input(table).run().code(0);
    assert_eq!(ran.records()[0]["article"]["published"], "2031-04-03");
    let mail = format!("From: Ann Berg <ann@berg.example>\nSubject: Dam\n\n{GOOD}");
    let ran = sayso(&["read", "--input-format", "eml", "-"]).input(mail).run().code(0);
    assert_eq!(ran.records()[0]["article"]["title"], "Dam");
    let words = "Words;Date\nno;2031-04-03\n";
    sayso(&["read", "--input-format", "csv", "-"]).input(words).run().code(3).says(&[
        "no column is named `text`, `maintext`, `main_text`, `body`, `content`, `html` or `raw_html`",
    ]);
}

#[test]
fn an_empty_file() {
    let folder = with_good("empty.txt", b"");
    fails(&folder, "empty.txt", &["empty.txt: the file is empty."]);
    let folder = with_good("blank.txt", b" \n\t\n");
    fails(&folder, "blank.txt", &["blank.txt: the file is empty."]);
    sayso(&["read", "-"]).run().code(3).says(&["-: "]);
}

#[test]
fn a_binary_file() {
    let folder = with_good("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    fails(&folder, "picture.txt", &["picture.txt: byte ", "image"]);
    let folder = with_good("paper.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj");
    fails(&folder, "paper.txt", &["paper.txt: byte 0 ", "PDF", "pdftotext"]);
    let folder = with_good("zeros.txt", &[b"half a sentence ".as_slice(), &[0; 400]].concat());
    fails(&folder, "zeros.txt", &["zeros.txt: byte 16 "]);
}

#[test]
fn a_file_that_is_not_utf8_is_read_and_says_so() {
    let text = "\"Der Müller hält,\" said Jörg Größe, the miller.\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let folder = with_good("latin.txt", &latin);
    let ran =
        sayso(&["read", "-v", "latin.txt"]).within(folder.path()).run().code(0).says(&["R010"]);
    let record = &ran.records()[0];
    assert_eq!(record["speaker"]["name"], "Jörg Größe");
}

#[test]
fn a_broken_line_of_json() {
    let good = r#"{"text": "“It holds,” said Ann Berg.", "id": "a"}"#;
    let lines = format!("{good}\n{good}\n{{\"text\": \"half\n{good}\n");
    let folder = with_good("notes.jsonl", lines.as_bytes());
    let ran = fails(
        &folder,
        "notes.jsonl",
        &[
            "notes.jsonl: line 3 is not JSON",
            "The other 3 lines were read.",
            "Fix the line or pass `--input-format text`.",
        ],
    );
    assert_eq!(ran.records().len(), 4, "three lines and the good file");
    // A line that is JSON and no article.
    let folder = with_good("notes.jsonl", format!("{{\"title\": \"x\"}}\n{good}\n").as_bytes());
    fails(&folder, "notes.jsonl", &["notes.jsonl: line 1 holds no article", "`text`"]);
}

#[test]
fn a_page_without_body_text() {
    let page = b"<!DOCTYPE html><html><head><title>x</title></head><body><nav><a href=/>Home</a></nav></body></html>";
    let folder = with_good("page.html", page);
    fails(&folder, "page.html", &["page.html: no body text was found.", "Save the whole page"]);
}

#[test]
fn a_file_of_100_megabytes() {
    let folder = with_good("small.txt", b"x");
    // One article of 100 MB is refused by its size. The file is sparse behind its first lines.
    let long = fs::File::create(folder.path().join("long.txt")).unwrap();
    long.set_len(100 << 20).unwrap();
    (&long).write_all(GOOD.repeat(200).as_bytes()).unwrap();
    fails(&folder, "long.txt", &["long.txt: it is longer than 32 MB", "Split it into articles"]);
}

#[test]
fn long_json_lines_are_streamed() {
    // 2,000 good lines between long lines that are no articles; memory is the reader's matter.
    let mut lines = Vec::new();
    let filler = "x".repeat(4000);
    for i in 0..2000 {
        writeln!(
            lines,
            "{{\"id\": \"{i}\", \"text\": \"“It holds,” said Ann Berg.\", \"note\": \"{filler}\"}}"
        )
        .unwrap();
    }
    let ran = sayso(&["read", "-"]).input(lines).run().code(0);
    let records = ran.records();
    assert_eq!(records.len(), 2000);
    for (i, record) in records.iter().enumerate() {
        assert_eq!(record["article"]["key"], i.to_string(), "the order of the input is kept");
    }
}

#[test]
fn a_folder_with_nothing_in_it() {
    let folder = with_good("x.txt", b"x");
    fs::create_dir(folder.path().join("empty")).unwrap();
    fails(&folder, "empty", &["empty: there is nothing to read in this folder."]);
}

#[test]
fn any_bytes_end_without_a_panic() {
    // The property test on bytes is the reader's own; here the whole command meets a few.
    let folder = tempfile::tempdir().unwrap();
    let mut state = 7_u32;
    for (i, ending) in ["txt", "md", "html", "jsonl", "json"].into_iter().enumerate() {
        let bytes: Vec<u8> = (0..3000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                // Mostly printable, so that the formats get past their first look.
                let byte = (state >> 24) as u8;
                if i % 2 == 0 && byte < 32 { b' ' } else { byte }
            })
            .collect();
        fs::write(folder.path().join(format!("noise.{ending}")), bytes).unwrap();
    }
    let ran = sayso(&["read", "."]).within(folder.path()).run();
    assert!(matches!(ran.code, Some(0 | 3)), "{:?}: {}", ran.code, ran.err);
    assert!(!ran.err.contains("broke down"), "{}", ran.err);
}

#[test]
fn unknown_flags_and_values_are_usage() {
    sayso(&["read", "--nonsense", "x"]).run().code(2);
    sayso(&["read"]).run().code(2);
    sayso(&["read", "--published", "soon", "x"]).run().code(2).says(&["2024-03-09"]);
    sayso(&["read", "--articles", "-o", "csv", "x"]).run().code(2);
}
