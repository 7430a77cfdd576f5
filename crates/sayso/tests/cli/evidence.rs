//! What articles were read from, their versions and copies, at the command.

use std::{fs, io::Read as _, path::PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::{Run, sayso};

fn at(folder: &TempDir, arguments: &[&str]) -> Run {
    sayso(arguments).within(folder.path())
}

/// The files of evidence, in order.
fn kept(folder: &TempDir) -> Vec<PathBuf> {
    let entries = |path: PathBuf| fs::read_dir(path).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries(folder.path().join("sayso.db.evidence"))
        .flat_map(|entry| entries(entry.path()).map(|file| file.path()).collect::<Vec<_>>())
        .collect();
    files.sort();
    files
}

fn unpacked(file: &PathBuf) -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(fs::File::open(file).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}

fn page(number: usize) -> String {
    format!(
        "<!doctype html><title>The dam</title><article><p>“The dam in district {number} will hold for \
         another ten years,” said Ann Berg, the head of the water board, on Thursday, after engineers \
         had looked at it for the {number}th time.</p></article>"
    )
}

#[test]
fn what_articles_were_read_from_is_kept_by_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let line =
        "{\"id\": \"a\",  \"text\": \"The mayor of Varn said the ferry will sail on Monday.\"}";
    let table = "id,text\nb,\"Ann Berg said that the bridge may close, in\na week.\"\n\
                 c,Ann Berg said that the old mill will burn.\n";
    fs::write(folder.path().join("page.html"), page(1)).unwrap();
    fs::write(folder.path().join("lines.jsonl"), format!("{line}\n\n")).unwrap();
    fs::write(folder.path().join("table.csv"), table).unwrap();
    at(&folder, &["add", "."]).run().code(0).says(&["4 articles added"]);
    let mut found: Vec<String> = Vec::new();
    for file in kept(&folder) {
        let bytes = unpacked(&file);
        let hash = format!("{:x}", Sha256::digest(&bytes));
        assert_eq!(file.file_stem().unwrap().to_str(), Some(hash.as_str()));
        assert!(file.parent().unwrap().ends_with(&hash[..2]));
        found.push(String::from_utf8(bytes).unwrap());
    }
    found.sort();
    let mut expected = vec![
        page(1),
        line.to_owned(),
        "id,text\nb,\"Ann Berg said that the bridge may close, in\na week.\"\n".to_owned(),
        "id,text\nc,Ann Berg said that the old mill will burn.\n".to_owned(),
    ];
    expected.sort();
    assert_eq!(found, expected);
    let told = at(&folder, &["doctor"]).run().code(0);
    assert!(told.text().contains("4 pieces of evidence are what was kept"), "{}", told.text());
    // Again: nothing more is kept.
    at(&folder, &["add", "."]).run().code(0).says(&["4 known already"]);
    assert_eq!(kept(&folder).len(), 4);
}

#[test]
fn the_doctor_tells_of_evidence_with_its_cure_and_adding_again_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.html"), page(1)).unwrap();
    at(&folder, &["add", "page.html"]).run().code(0);
    let file = kept(&folder).remove(0);
    fs::remove_file(&file).unwrap();
    let told = at(&folder, &["doctor"]).run().code(3);
    assert!(told.text().contains("The file is missing"), "{}", told.text());
    assert!(told.text().contains("add page.html again"), "{}", told.text());
    at(&folder, &["add", "page.html"]).run().code(0);
    at(&folder, &["doctor"]).run().code(0);
    fs::write(file.with_file_name("1234.gz"), "x").unwrap();
    let told = at(&folder, &["doctor"]).run().code(3);
    assert!(told.text().contains("No article of this ledger refers to this file"));
}

#[test]
fn evidence_can_be_left_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.html"), page(1)).unwrap();
    at(&folder, &["add", "--no-evidence", "page.html"]).run().code(0);
    assert!(!folder.path().join("sayso.db.evidence").exists());
    at(&folder, &["doctor"]).run().code(0);
    // Wanted after all: what the ledger knows already gets its evidence.
    at(&folder, &["add", "page.html"]).run().code(0).says(&["1 known already"]);
    assert_eq!(kept(&folder).len(), 1);
}

#[test]
fn versions_and_copies_are_counted_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let story = |from: usize| -> String {
        (from..from + 12)
            .map(|n| {
                format!(
                    "Engineer {n} told the board of district {} that gate {n} of the dam had moved {} \
                     millimetres in week {}.\\n",
                    n + 7,
                    n * 3,
                    n + 20
                )
            })
            .collect::<Vec<_>>()
            .concat()
    };
    let line = |id: &str, url: &str, by: &str, text: &str| {
        format!(
            "{{\"id\": \"{id}\", \"url\": \"https://{url}\", \"outlet\": \"{id}\", \"author\": \"{by}\", \
             \"title\": \"Dam\", \"published\": \"2031-04-03\", \"text\": \"{text}\"}}\n"
        )
    };
    let lines = [
        line("wire", "wire.example/dam", "Ann Berg (AP)", &story(0)),
        line("lamp", "lamp.example/dam", "Staff", &story(3)),
        line(
            "wire2",
            "wire.example/dam?utm_source=x",
            "Ann Berg (AP)",
            &format!("It holds.\\n{}", story(0)),
        ),
        line("star", "star.example/ferry", "Staff", &story(40)),
    ];
    let ran = at(&folder, &["add", "-"]).input(lines.concat()).run().code(0);
    ran.says(&[
        "4 articles added",
        "1 a near copy of an earlier one, 1 a new version of an earlier one",
    ]);
    let show = |id: &str| at(&folder, &["show", "-o", "table", id]).run().code(0).text().to_owned();
    let wire = show("wire");
    assert!(wire.contains("Associated Press"), "{wire}");
    assert!(wire.contains("copied by") && wire.contains("of the shorter text"), "{wire}");
    assert!(wire.contains("changed to") && wire.contains("1 paragraph added, 0 removed"), "{wire}");
    assert!(wire.contains("+ It holds."), "{wire}");
    assert!(show("lamp").contains("copy of"));
    assert!(!show("star").contains("copy of"));
}
