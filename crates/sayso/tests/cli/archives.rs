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
