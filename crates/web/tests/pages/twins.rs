//! Every page as data, at the same address and query; and the pages that list speakers, places, changes.

use axum::http::{StatusCode, header};

use crate::{Site, fixture, public, site};

/// Every address with an id of the fixture in it.
fn pages(site: &Site) -> Vec<String> {
    let question = site.question();
    let json = site.page("/speakers.json?q=reyl", &["Tomas Reyl"]);
    let speakers: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    vec![
        "/statements".to_owned(),
        "/questions".to_owned(),
        question.clone(),
        question.replace("/question/", "/compare/"),
        "/speakers".to_owned(),
        format!("/speaker/{}", speakers[0]["id"].as_str().expect("an id")),
        "/outlet/Northern%20Courier".to_owned(),
        format!("/article/{}", fixture::first().article.id),
        "/map".to_owned(),
        "/data".to_owned(),
        "/review".to_owned(),
    ]
}

#[test]
fn every_page_has_both_twins_and_links_to_them() {
    let site = site(true);
    for path in pages(&site) {
        let page = site.page(&path, &["As a command", "sayso "]);
        for (ending, kind) in [("json", "application/json"), ("csv", "text/csv; charset=utf-8")] {
            let twin = format!("{path}.{ending}");
            assert!(page.contains(&format!("href=\"{twin}\"")), "{path} has no link to {twin}");
            let answer = site.get(&twin);
            assert_eq!(answer.status, StatusCode::OK, "{twin}: {}", answer.body);
            assert_eq!(answer.headers[header::CONTENT_TYPE], kind, "{twin}");
        }
        let json = site.page(&format!("{path}.json"), &[]);
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{path}");
        let csv = site.page(&format!("{path}.csv"), &[]);
        let columns = csv.lines().next().expect("a head").split(',').count();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        for row in reader.records() {
            assert_eq!(row.expect("a row").len(), columns, "{path}");
        }
    }
}

#[test]
fn a_twin_takes_the_query_of_its_page() {
    let site = site(true);
    let page =
        site.page("/statements?speaker=Ruben+Askari", &["/statements.csv?speaker=Ruben%20Askari"]);
    assert!(page.contains("sayso find 'speaker:&quot;Ruben Askari&quot;'"), "{page}");
    let csv = site.page("/statements.csv?speaker=Ruben%20Askari", &["Ruben Askari"]);
    assert!(!csv.contains("Tomas Reyl"), "{csv}");
    assert!(!site.page("/questions.json?q=nothing", &[]).contains("Varn"));
    site.page("/map.csv?after=2031-03-10", &["Varn"]);
    assert!(!site.page("/map.csv?after=2032-01-01", &[]).contains("Varn"));
}

#[test]
fn a_spreadsheet_gets_no_formula() {
    let site = site(true);
    let csv = site.page("/statements.csv", &[]);
    for row in csv::Reader::from_reader(csv.as_bytes()).records() {
        for cell in &row.expect("a row") {
            assert!(!cell.starts_with(['=', '@']), "{cell}");
        }
    }
}

#[test]
fn a_speaker_an_outlet_and_a_place_lead_to_what_they_say() {
    let site = site(true);
    let list = site.page("/speakers?q=REYL", &["Tomas Reyl", "head of the alliance"]);
    assert!(!list.contains("Dana Whitlock"));
    let speaker = &pages(&site)[5];
    site.page(
        speaker,
        &["Tomas Reyl", "Roles", "9\u{a0}Mar\u{a0}2031", "Open forecasts", "Newest statements"],
    );
    site.page("/outlet/northern%20courier", &["Northern Courier", "Quotes most", "Tomas Reyl"]);
    assert_eq!(site.get("/outlet/Nobody").status, StatusCode::NOT_FOUND);
    site.page("/map", &["Varn", "not in the gazetteer", "href=\"/?place=Varn\""]);
    let ledger =
        site.page("/", &["href=\"/outlet/Northern%20Courier\"", "href=\"/?event=capture\""]);
    assert!(ledger.contains("agree, ") && ledger.contains(" contradict"), "{ledger}");
}

#[test]
fn the_question_leads_with_one_line_and_folds_what_was_said_before() {
    let site = site(true);
    let page =
        site.page(&site.question(), &["Open · next deadline 20\u{a0}Apr\u{a0}2031", "Origins"]);
    assert!(page.contains("more statement"), "{page}");
    assert!(page.contains("class=\"today\""), "{page}");
}

#[test]
fn a_correction_is_public() {
    let site = site(true);
    site.page("/data", &["Nobody has corrected anything yet", "Take it along"]);
    let path = site.folder.path().join("sayso.db");
    let mut ledger = sayso_ledger::Ledger::open(&path).expect("the ledger");
    let id = ledger.review_queue(1).expect("a queue").remove(0).statement.id;
    let at = "2031-03-19T08:00:00Z";
    let reject = sayso_ledger::Verdict::Reject;
    ledger.review(&id, reject, None, "A <b>question</b>.", "Ines Holt", at).expect("a verdict");
    site.page("/data", &["reject", "A &lt;b&gt;question&lt;/b&gt;.", "Ines Holt"]);
    site.page("/data.csv", &["statement,reject,", "Ines Holt"]);
}

#[test]
fn twins_for_others_hold_no_text_and_no_queue() {
    let site = public();
    let list = site.page("/statements.json", &[]);
    let found: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    let article = found["items"][0]["statement"]["article"]["id"].as_str().expect("an id");
    let json = site.page(&format!("/article/{article}.json"), &[]);
    let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(read["article"]["text"], "");
    for twin in ["/review.json", "/review.csv"] {
        assert_eq!(site.get(twin).status, StatusCode::NOT_FOUND, "{twin}");
    }
}

#[test]
fn the_document_says_what_is_served() {
    let site = site(true);
    let document: serde_json::Value =
        serde_json::from_str(&site.page("/openapi.json", &["3.1.0"])).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let statement = fixture::first().statements[0].id.clone();
    let known: Vec<String> =
        pages(&site).into_iter().chain([format!("/statement/{statement}")]).collect();
    // Every page has its address in the document, and every address of the document is a page's.
    let template = |path: &str| match path.rsplit_once('/') {
        Some((kind, _)) if !kind.is_empty() => format!("{kind}/{{id}}"),
        _ => path.to_owned(),
    };
    let mut served: Vec<String> = known
        .iter()
        .flat_map(|path| ["json", "csv"].map(|ending| format!("{}.{ending}", template(path))))
        .collect();
    served.sort();
    let mut written: Vec<&String> = paths.keys().collect();
    written.sort();
    assert_eq!(written, served.iter().collect::<Vec<_>>());
    for path in &known {
        for ending in ["json", "csv"] {
            let operation = &paths[&format!("{}.{ending}", template(path))]["get"];
            let answer = site.get(&format!("{path}.{ending}"));
            let content = operation["responses"]["200"]["content"].as_object().expect("content");
            let (kind, body) = content.iter().next().expect("a kind");
            assert!(
                answer.headers[header::CONTENT_TYPE]
                    .to_str()
                    .is_ok_and(|own| own.starts_with(kind))
            );
            if ending == "csv" {
                continue;
            }
            let record: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
            match body["schema"]["type"].as_str() {
                Some("array") => assert!(record.is_array(), "{path}"),
                _ => {
                    for field in body["schema"]["required"].as_array().expect("fields") {
                        assert!(
                            record.get(field.as_str().expect("a name")).is_some(),
                            "{path} {field}"
                        );
                    }
                }
            }
        }
    }
}
