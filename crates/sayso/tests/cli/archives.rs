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

/// The ledger of the tests, as another process sees it.
fn articles(folder: &std::path::Path) -> usize {
    let ledger = sayso_ledger::Ledger::open_existing(&folder.join("a.db"));
    ledger.and_then(|ledger| ledger.counts()).map_or(0, |counts| counts.articles)
}

#[cfg(unix)]
#[test]
fn a_place_is_worth_nothing_without_what_stands_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let archive = |from: usize| -> String {
        (from..from + 80).map(|number| record(number, &said(number))).collect()
    };
    fs::write(path.join("a.warc"), archive(10)).unwrap();
    let (code, told) = stopped(path, "-INT");
    assert_eq!(code, Some(130), "{told}");
    assert!((1..80).contains(&articles(path)));
    // Nothing vouches for the archive but the ledger itself.
    let beside: Vec<String> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("a.db") && name != "a.warc")
        .collect();
    assert_eq!(beside, [""; 0]);
    assert!(!path.join("a.db.reading").exists());
    let add = ["add", "--ledger", "a.db", "a.warc"];
    // Another archive of the same name and length is read from its beginning.
    fs::rename(path.join("a.warc"), path.join("b.warc")).unwrap();
    fs::write(path.join("a.warc"), archive(10).replace("will hold for", "will fail in ")).unwrap();
    let ran = sayso(&add).within(path).run().code(0).says(&["80 articles added"]);
    assert!(!ran.err.contains("taken up"), "{}", ran.err);
    // The very archive is known under any name.
    fs::rename(path.join("b.warc"), path.join("c.warc")).unwrap();
    let moved = ["add", "--ledger", "a.db", "c.warc"];
    sayso(&moved).within(path).run().code(0).says(&["taken up at byte"]);
    assert_eq!(articles(path), 160);
    // A ledger that begins anew has no place to go on from, whatever was read before it.
    let begin_anew = || {
        for gone in ["a.db", "a.db-wal", "a.db-shm"] {
            let _ = fs::remove_file(path.join(gone));
        }
    };
    begin_anew();
    let (code, told) = stopped(path, "-INT");
    assert_eq!(code, Some(130), "{told}");
    begin_anew();
    sayso(&add).within(path).run().code(0).says(&["80 articles added"]);
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
    let before = articles(folder);
    let child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(["add", "--ledger", "a.db", "--jobs", "1", "a.warc"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // After the first batch; some are to be left by then.
    while articles(folder) == before {
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
