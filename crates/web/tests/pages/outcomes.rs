//! Outcomes, deadlines and scorecards on the pages.

use axum::http::{StatusCode, header};
use sayso_ledger::Ledger;
use sayso_model::{CertaintyClass, OUTCOME_SCHEMA, Outcome, OutcomeSource, OutcomeState, Subject};

use crate::{Site, fixture, site};

/// A site with a proposal that the town had not fallen by the 18th; its question and the outcome.
fn proposed() -> (Site, String, String) {
    let site = site(true);
    let mut ledger = Ledger::open(&site.folder.path().join("sayso.db")).expect("the ledger");
    let questions = ledger.questions().expect("questions");
    let question = questions.iter().find(|one| one.text.contains("capture Varn")).expect("one");
    let outcome = Outcome {
        schema: OUTCOME_SCHEMA,
        id: String::new(),
        subject: Subject::Question(question.id.clone()),
        resolver: "Town & river map".to_owned(),
        state: OutcomeState::Pending,
        occurrences: Vec::new(),
        through: "2031-03-18".parse().expect("a date"),
        known: "2031-03-18".parse().expect("a date"),
        window: None,
        sources: vec![
            OutcomeSource {
                url: Some("javascript:alert(1)".to_owned()),
                ..OutcomeSource::default()
            },
            OutcomeSource {
                url: Some("https://map.example/".to_owned()),
                ..OutcomeSource::default()
            },
        ],
        reason: "The centre is held.".to_owned(),
        proposed_by: "a test".to_owned(),
    };
    let outcome = outcome.sealed().expect("a sound outcome");
    ledger.add_outcomes(std::slice::from_ref(&outcome), "2031-03-19T08:00:00Z").expect("added");
    (site, question.id.clone(), outcome.id)
}

#[test]
fn a_person_confirms_what_a_machine_proposes() {
    let (site, question, outcome) = proposed();
    let page = format!("/question/{question}");
    let body = site.page(
        &page,
        &[
            "Town &amp; river map",
            "had not happened by 18 March 2031",
            "a proposal",
            "href=\"https://map.example/\"",
        ],
    );
    assert!(!body.contains("href=\"javascript"), "{body}");
    assert!(!body.contains("class=\"diamond\" d="), "a proposal is not drawn");
    let own = format!("/outcome/{outcome}");
    let form = "verdict=confirm&reviewer=Ines+Holt";
    assert_eq!(site.post(&own, form, "cross-site").status, StatusCode::FORBIDDEN);
    for bad in ["", "verdict=confirm", "verdict=praise&reviewer=I"] {
        let status = site.post(&own, bad, "same-origin").status;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    assert_eq!(site.post("/outcome/r0", form, "same-origin").status, StatusCode::NOT_FOUND);
    site.page("/review", &["had not happened by 18 March 2031", "Confirm"]);
    let answer = site.post(&own, form, "same-origin");
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(answer.headers[header::LOCATION], page.as_str());
    let body =
        site.page(&page, &["confirmed by Ines Holt", "class=\"diamond\" d=", "What changed"]);
    assert!(body.contains("Deadlines") && body.contains("not resolved so far"), "{body}");
    assert!(!site.page("/review", &[]).contains("had not happened"));
}

#[test]
fn a_speakers_page_says_what_is_open_and_scores_nobody_too_early() {
    let (site, _, outcome) = proposed();
    site.post(&format!("/outcome/{outcome}"), "verdict=confirm&reviewer=Ines", "same-origin");
    let mut ledger = Ledger::open(&site.folder.path().join("sayso.db")).expect("the ledger");
    for speaker in ledger.speakers().expect("speakers") {
        let page = format!("/speaker/{}", speaker.id);
        let body = site.page(&page, &["<h1>"]);
        let text = body.replace("focusable=\"false\"", "");
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
        for word in ["lied", "false", "wrong"] {
            assert!(!words.contains(&word), "{word} is in {body}");
        }
        assert!(!body.contains("svg class=\"calibration\""), "too few to draw");
        let json = site.get(&format!("{page}.json"));
        assert!(json.body.contains("\"scores\":{\"lines\""), "{}", json.body);
    }
    let reyl = ledger.speaker("Tomas Reyl").expect("the speaker").id;
    let page = format!("/speaker/{reyl}");
    let body =
        site.page(&page, &["too few to score", "a paraphrase beside the speaker’s own words"]);
    assert!(!body.contains("Deadlines"), "what only may happen is no deadline");
    // A reviewer finds that the paraphrase stands alone.
    let statements = ledger.statements_of_speaker(&reyl).expect("statements");
    let mut alone = statements[0].clone();
    alone.drift.clear();
    let hedge = alone.certainty.as_mut().expect("a hedge");
    (hedge.class, hedge.mid) = (CertaintyClass::Probability, Some(0.95));
    let now = "2031-03-19T09:00:00Z";
    let verdict = sayso_ledger::Verdict::Correct;
    ledger.review(&alone.id, verdict, Some(&alone), "No drift.", "Ines", now).expect("corrected");
    ledger.relink(&fixture::classes(), now).expect("linked");
    site.page(&page, &["Deadlines", "16\u{a0}Mar\u{a0}2031", "<td>not resolved so far</td>"]);
    assert_eq!(site.get("/speaker/p0nobody").status, StatusCode::NOT_FOUND);
    // Names lead there.
    site.page("/", &[&format!("href=\"/speaker/{}", sayso_model::content_id("p", "Tomas Reyl"))]);
}
