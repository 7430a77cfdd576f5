//! Archives at the command: what is broken is counted, and a run that was killed is taken up.

use std::fs;

use crate::sayso;

fn record(number: usize, text: &str) -> String {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<article><p>{text}</p>");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n\
         Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

fn said(number: usize) -> String {
    format!(
        "“The dam in district {number} will hold for another ten years,” said Ann Berg, the head of \
         the water board, on Thursday, after engineers had looked at it for the {number}th time."
    )
}

#[test]
fn a_broken_record_is_told_and_the_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let broken = record(2, &said(2)).replace("Content-Length: ", "Content-Length: x");
    let archive = [record(1, &said(1)), broken, record(3, &said(3))].concat();
    fs::write(folder.path().join("a.warc"), &archive).unwrap();
    let place = record(1, &said(1)).len();
    let ran =
        sayso(&["read", "--articles", "-o", "jsonl", "."]).within(folder.path()).run().code(3);
    let ran = ran.says(&[
        &format!("a.warc@{place}: this record is broken"),
        "The other 2 records were read.",
    ]);
    let urls: Vec<_> = ran.records().iter().map(|article| article["url"].clone()).collect();
    assert_eq!(urls, ["https://example.org/1", "https://example.org/3"]);
}

#[test]
fn a_run_that_was_killed_is_taken_up_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let archive: String = (0..6).map(|number| record(number, &said(number))).collect();
    let path = folder.path().join("a.warc");
    fs::write(&path, &archive).unwrap();
    let at: usize = (0..4).map(|number| record(number, &said(number)).len()).sum();
    let place = serde_json::json!({ fs::canonicalize(&path).unwrap().to_string_lossy():
        {"length": archive.len(), "at": at} });
    fs::write(folder.path().join("a.db.reading"), place.to_string()).unwrap();
    let add = ["add", "--ledger", "a.db", "a.warc"];
    sayso(&add)
        .within(folder.path())
        .run()
        .code(0)
        .says(&[&format!("taken up at byte {at}"), "2 articles added"]);
    assert!(!folder.path().join("a.db.reading").exists());
    // And from its beginning, once it was read to its end: what is known is not added again.
    sayso(&add).within(folder.path()).run().code(0).says(&["4 articles added", "2 known already"]);
}

#[test]
fn an_article_in_another_language_is_kept_and_gives_no_statements() {
    let text = "« Le vieux barrage tiendra encore dix ans », a déclaré jeudi la directrice de \
                l'office des eaux, après que des ingénieurs ont examiné les fissures dans les deux \
                piles du côté sud pendant plusieurs semaines.";
    let ran = sayso(&["read", "-o", "jsonl", "-"]).input(text).run();
    assert!(ran.records().is_empty());
    ran.says(&["1 article in another language, kept and not read for statements."]);
    let ran = sayso(&["read", "--articles", "-o", "jsonl", "-"]).input(text).run().code(0);
    assert_eq!(ran.records()[0]["language"], "fr");
}

/// Starts adding an archive, sends a signal once the first batch is in, and waits for the end: exit
/// code, stderr.
#[cfg(unix)]
fn stopped(folder: &std::path::Path, signal: &str) -> (Option<i32>, String) {
    use std::{
        process::{Command, Stdio},
        thread,
        time::Duration,
    };
    let before = fs::read(folder.join("a.db.reading")).unwrap_or_default();
    let child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["add", "--ledger", "a.db", "--jobs", "1", "a.warc"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Its next place is written after the first batch; some are to be left by then.
    while fs::read(folder.join("a.db.reading")).unwrap_or_default() == before {
        thread::sleep(Duration::from_millis(5));
    }
    let id = child.id().to_string();
    assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    let ended = child.wait_with_output().unwrap();
    (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_or_killed_loses_nothing_and_adds_nothing_twice() {
    const RECORDS: usize = 80;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let archive: String = (0..RECORDS).map(|number| record(number, &said(number))).collect();
    fs::write(path.join("a.warc"), &archive).unwrap();
    let (code, told) = stopped(path, "-INT");
    assert_eq!(code, Some(130), "{told}");
    assert!(told.contains("Interrupted: what was begun was done"), "{told}");
    let (code, _) = stopped(path, "-KILL");
    assert_eq!(code, None);
    let add = ["add", "--ledger", "a.db", "a.warc"];
    sayso(&add).within(path).run().code(0).says(&["taken up at byte"]);
    let find = ["find", "--ledger", "a.db", "--limit", "1000", "-o", "jsonl"];
    let found = sayso(&find).within(path).run().code(0).records();
    let articles: std::collections::BTreeSet<String> =
        found.iter().map(|one| one["article"]["url"].to_string()).collect();
    assert_eq!(articles.len(), RECORDS);
    let ids: std::collections::BTreeSet<String> =
        found.iter().map(|one| one["id"].to_string()).collect();
    assert_eq!(ids.len(), found.len());
    let doctor = sayso(&["doctor", "--ledger", "a.db"]).within(path).run();
    // All that the killed run may have left is a file that it was writing.
    let left =
        doctor.text().lines().filter(|line| !line.contains("was stopped while it wrote this"));
    for line in left {
        assert!(
            line.contains(&format!("{RECORDS} pieces of evidence are what was kept")),
            "{line}"
        );
    }
}
