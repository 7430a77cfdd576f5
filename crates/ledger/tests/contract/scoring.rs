use jiff::civil::date;
use sayso_ledger::{Edit, Ledger, LedgerError, Query, Scoring, Whose};
use sayso_model::{OUTCOME_SCHEMA, Occurrence, Outcome, OutcomeState, Subject};
use sayso_score::{Fate, Standing, Unscorable, Verdict};

use crate::fixture::{self, NOW, about, article, classes, hedged, statement, until};

const EDIT: Edit<'_> = Edit { reason: "Checked.", reviewer: "Ines", at: NOW };

/// An outcome of the fixture's only question, looked at until a day of April.
pub(crate) fn outcome(ledger: &Ledger, resolver: &str, on: Option<i8>, until: i8) -> Outcome {
    let question = ledger.questions().unwrap().remove(0).id;
    Outcome {
        schema: OUTCOME_SCHEMA,
        id: String::new(),
        subject: Subject::Question(question),
        resolver: resolver.to_owned(),
        state: if on.is_some() { OutcomeState::True } else { OutcomeState::Pending },
        occurrences: on.map(|day| Occurrence::on(date(2031, 4, day))).into_iter().collect(),
        through: date(2031, 4, until),
        known: date(2031, 4, until),
        window: None,
        sources: Vec::new(),
        reason: "By the map of the day.".to_owned(),
        proposed_by: "a test".to_owned(),
    }
    .sealed()
    .unwrap()
}

fn verdicts(ledger: &Ledger, speaker: &str, scoring: &Scoring) -> Vec<Verdict> {
    let sheet = ledger.sheet(speaker, scoring).unwrap();
    sheet.forecasts.into_iter().map(|line| line.judged.verdict).collect()
}

#[test]
fn a_machine_proposes_and_a_person_confirms() {
    let mut ledger = fixture::ledger();
    let plain = Scoring::default();
    let all = Scoring { proposed: true, ..Scoring::default() };
    let missed = outcome(&ledger, "Map", None, 30);
    assert_eq!(ledger.add_outcomes(std::slice::from_ref(&missed), NOW).unwrap(), 1);
    assert_eq!(ledger.add_outcomes(std::slice::from_ref(&missed), NOW).unwrap(), 0);
    assert_eq!(ledger.proposed_outcomes().unwrap().len(), 1);
    // The first forecast names no middle; the second says that the town is held.
    let first = Verdict::Unscorable(Unscorable::OneSided);
    assert_eq!(verdicts(&ledger, "Ada Quill", &plain), [first, Verdict::Open]);
    let scored = &verdicts(&ledger, "Ada Quill", &all)[1];
    assert!(matches!(scored, Verdict::Scored { came_true: false, .. }), "{scored:?}");
    ledger.confirm_outcome(&missed.id[..6], EDIT).unwrap();
    assert!(ledger.proposed_outcomes().unwrap().is_empty());
    // A later proposal waits and changes nothing until it is confirmed.
    let came = outcome(&ledger, "Map", Some(29), 30);
    ledger.add_outcomes(std::slice::from_ref(&came), NOW).unwrap();
    let held = ledger.outcomes(false).unwrap();
    assert_eq!(held.iter().map(|one| &one.outcome.id).collect::<Vec<_>>(), [&missed.id]);
    assert!(held[0].holds && held[0].is_confirmed());
    ledger.confirm_outcome(&came.id, EDIT).unwrap();
    assert_eq!(ledger.outcomes(false).unwrap()[0].outcome.id, came.id);
    // Withdrawn, and the one before holds again.
    ledger.withdraw_outcome(&came.id, EDIT).unwrap();
    assert_eq!(ledger.outcomes(false).unwrap()[0].outcome.id, missed.id);
    let history = ledger.outcomes_of(missed.subject.id()).unwrap();
    assert_eq!(history.len(), 2);
    assert!(!history[1].ruling.as_ref().unwrap().confirms);
}

#[test]
fn an_outcome_needs_its_subject_and_all_or_none_is_written() {
    let mut ledger = fixture::ledger();
    let good = outcome(&ledger, "Map", None, 29);
    let bad = Outcome { subject: Subject::Question("q0".to_owned()), ..good.clone() };
    let error = ledger.add_outcomes(&[good.clone(), bad], NOW).unwrap_err();
    assert!(matches!(error, LedgerError::NotFound { what: "question", .. }), "{error}");
    assert!(ledger.outcomes_of(good.subject.id()).unwrap().is_empty());
    let error = ledger.confirm_outcome("r0", EDIT).unwrap_err();
    assert!(matches!(error, LedgerError::NotFound { what: "outcome", .. }), "{error}");
}

/// A speaker who sets a date, is quoted and paraphrased, and sets another one.
fn dates() -> Ledger {
    dates_in(Ledger::in_memory().unwrap())
}

fn dates_in(mut ledger: Ledger) -> Ledger {
    let first = article(
        "Northern Star",
        2,
        "Morvania will probably capture Zürnhafen by 9 April, Ada Quill said. “Morvania can capture \
         Zürnhafen by 9 April,” she added, and Ada Quill repeated it.",
    );
    let paraphrase = statement(
        &first,
        "Ada Quill",
        "said",
        "Morvania will probably capture Zürnhafen by 9 April",
    );
    let paraphrase = hedged(paraphrase, &first, "probably", 0.5, 0.8);
    let mut paraphrase = until(
        about(paraphrase, &first, "capture", "Morvania", "Zürnhafen"),
        &first,
        "by 9 April",
        9,
    );
    paraphrase.certainty.as_mut().unwrap().mid = Some(0.7);
    let quoted =
        statement(&first, "Ada Quill", "added", "Morvania can capture Zürnhafen by 9 April");
    let mut quoted =
        until(about(quoted, &first, "capture", "Morvania", "Zürnhafen"), &first, "by 9 April", 9);
    quoted.speech = sayso_model::Speech::Direct;
    paraphrase.drift = vec![quoted.id.clone()];
    quoted.drift = vec![paraphrase.id.clone()];
    ledger.add(&first, &[paraphrase, quoted], NOW).unwrap();
    let second = article(
        "Evening Lamp",
        11,
        "Ada Quill promised: Morvania will capture Zürnhafen by 25 April.",
    );
    let later =
        statement(&second, "Ada Quill", "promised", "Morvania will capture Zürnhafen by 25 April");
    let later = until(
        about(later, &second, "capture", "Morvania", "Zürnhafen"),
        &second,
        "by 25 April",
        25,
    );
    ledger.add(&second, &[later], NOW).unwrap();
    ledger.relink(&classes(), NOW).unwrap();
    ledger
}

#[test]
fn a_later_date_leaves_the_missed_one_missed() {
    let mut ledger = dates();
    let came = outcome(&ledger, "Map", Some(20), 28);
    ledger.add_outcomes(std::slice::from_ref(&came), NOW).unwrap();
    ledger.confirm_outcome(&came.id, EDIT).unwrap();
    let sheet = ledger.sheet("Ada Quill", &Scoring::default()).unwrap();
    let told: Vec<(Fate, Option<i32>, Option<i32>)> = sheet
        .deadlines
        .iter()
        .map(|line| (line.deadline.fate, line.deadline.slip, line.deadline.late))
        .collect();
    let on = date(2031, 4, 20);
    assert_eq!(
        told,
        [
            (Fate::DidNot { later: Some(on) }, Some(16), Some(11)),
            (Fate::Happened { on, known: on }, None, None),
        ]
    );
    assert_eq!(sheet.deadlines[1].deadline.replaces, Some(0));
    // Paraphrase and quotation are one forecast, and the quotation counts: flat, not 0.7.
    let card = &sheet.scores.lines[0].card;
    assert_eq!((card.forecasts, card.statements, card.resolved), (2, 3, 2));
    assert_eq!(card.standing, Standing::TooFew);
    let Verdict::Scored { came_true: false, views } = &sheet.forecasts[0].judged.verdict else {
        panic!("{:?}", sheet.forecasts[0].judged)
    };
    assert_eq!(views.iter().map(|view| view.chance).collect::<Vec<_>>(), [sayso_score::FLAT]);
}

#[test]
fn what_was_knowable_on_a_day() {
    let mut ledger = dates();
    let came = outcome(&ledger, "Map", Some(20), 28);
    ledger.add_outcomes(std::slice::from_ref(&came), NOW).unwrap();
    ledger.confirm_outcome(&came.id, EDIT).unwrap();
    let on = |day| Scoring { as_of: Some(date(2031, 4, day)), ..Scoring::default() };
    assert_eq!(verdicts(&ledger, "Ada Quill", &on(8)), [Verdict::Open]);
    let after = verdicts(&ledger, "Ada Quill", &on(12));
    assert!(
        matches!(after[..], [Verdict::Scored { came_true: false, .. }, Verdict::Open]),
        "{after:?}"
    );
    let later = verdicts(&ledger, "Ada Quill", &on(21));
    assert!(matches!(later[1], Verdict::Scored { came_true: true, .. }), "{later:?}");
}

#[test]
fn resolvers_who_disagree_have_a_card_each() {
    let mut ledger = dates();
    for one in [outcome(&ledger, "Map", Some(20), 28), outcome(&ledger, "Gazette", None, 28)] {
        ledger.add_outcomes(std::slice::from_ref(&one), NOW).unwrap();
        ledger.confirm_outcome(&one.id, EDIT).unwrap();
    }
    let scores = ledger.scores(&Whose::Speakers, &Scoring::default()).unwrap();
    assert_eq!(scores.resolvers, ["Gazette", "Map"]);
    let told: Vec<(Option<&str>, usize, Option<&usize>)> = scores
        .lines
        .iter()
        .map(|line| {
            let disputed = line.card.unscorable.get(&Unscorable::Disputed);
            (line.resolver.as_deref(), line.card.resolved, disputed)
        })
        .collect();
    assert_eq!(told, [(Some("Gazette"), 2, None), (Some("Map"), 2, None), (None, 1, Some(&1))]);
    // Who has said nothing of an outlet's forecasts has no card there.
    let star =
        ledger.sheet("Ada Quill", &Scoring::default()).unwrap().forecasts[1].statement.id.clone();
    let of_one = Outcome { subject: Subject::Statement(star), ..outcome(&ledger, "Jo", None, 28) };
    let of_one = of_one.sealed().unwrap();
    ledger.add_outcomes(std::slice::from_ref(&of_one), NOW).unwrap();
    ledger.confirm_outcome(&of_one.id, EDIT).unwrap();
    let outlets = ledger.scores(&Whose::Outlets, &Scoring::default()).unwrap();
    let of_jo: Vec<&str> = outlets
        .lines
        .iter()
        .filter(|line| line.resolver.as_deref() == Some("Jo"))
        .map(|line| line.name.as_str())
        .collect();
    assert_eq!(of_jo, ["Evening Lamp"]);
    let one = Scoring { resolver: Some("Map".to_owned()), ..Scoring::default() };
    let scores = ledger.scores(&Whose::Speakers, &one).unwrap();
    assert_eq!((scores.lines.len(), scores.lines[0].card.came_true), (1, 1));
}

#[test]
fn outlets_and_queries_have_cards_too() {
    let ledger = dates();
    let outlets = ledger.scores(&Whose::Outlets, &Scoring::default()).unwrap();
    let names: Vec<&str> = outlets.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["Evening Lamp", "Northern Star"]);
    let one =
        ledger.scores(&Whose::Outlet("northern star".to_owned()), &Scoring::default()).unwrap();
    assert_eq!(one.lines[0].card.statements, 2);
    let query = Query { event: Some("capture".to_owned()), ..Query::default() };
    let found = ledger.scores(&Whose::Found(Box::new(query)), &Scoring::default()).unwrap();
    assert_eq!((found.lines.len(), found.lines[0].card.statements), (1, 3));
    let none = Query { event: Some("resign".to_owned()), ..Query::default() };
    let found = ledger.scores(&Whose::Found(Box::new(none)), &Scoring::default()).unwrap();
    assert!(found.lines.is_empty());
}

#[test]
fn an_outcome_of_the_forecast_itself_prevails() {
    let mut ledger = dates();
    let sheet = ledger.sheet("Ada Quill", &Scoring::default()).unwrap();
    let later = sheet.forecasts[1].statement.id.clone();
    let void = Outcome {
        subject: Subject::Statement(later),
        state: OutcomeState::Void,
        occurrences: Vec::new(),
        ..outcome(&ledger, "Ines", None, 28)
    };
    let void = void.sealed().unwrap();
    ledger.add_outcomes(std::slice::from_ref(&void), NOW).unwrap();
    ledger.confirm_outcome(&void.id, EDIT).unwrap();
    assert_eq!(verdicts(&ledger, "Ada Quill", &Scoring::default())[1], Verdict::Void);
}

#[test]
fn a_question_that_nobody_speaks_of_can_be_asked_and_stays() {
    let mut ledger = fixture::ledger();
    let asked = sayso_model::Question {
        id: "q7a".to_owned(),
        text: "Will the mill burn?".to_owned(),
        class: String::new(),
        actor: None,
        target: None,
        criteria: None,
        bearings: Vec::new(),
    };
    assert_eq!(ledger.ask(std::slice::from_ref(&asked), NOW).unwrap(), 1);
    assert_eq!(ledger.ask(std::slice::from_ref(&asked), NOW).unwrap(), 0);
    // Also when everything is linked anew.
    let mut others = classes();
    others.0.pop();
    ledger.relink(&others, NOW).unwrap();
    assert_eq!(ledger.question("q7a").unwrap().question.text, asked.text);
}

#[test]
fn what_is_published_has_confirmed_outcomes_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = dates_in(Ledger::open(&folder.path().join("a.db")).unwrap());
    for statement in ledger.statements_of_speaker("Ada Quill").unwrap() {
        let accept = sayso_ledger::Verdict::Accept;
        ledger.review(&statement.id, accept, None, "As it stands.", "Ines", NOW).unwrap();
    }
    for one in [outcome(&ledger, "Map", Some(20), 28), outcome(&ledger, "Gazette", None, 28)] {
        ledger.add_outcomes(std::slice::from_ref(&one), NOW).unwrap();
    }
    let confirmed = ledger.proposed_outcomes().unwrap().remove(0).outcome.id;
    ledger.confirm_outcome(&confirmed, EDIT).unwrap();
    let path = folder.path().join("public.db");
    ledger.publish(&path, &classes(), NOW).unwrap();
    let public = Ledger::open_existing(&path).unwrap();
    let ids: Vec<String> =
        public.outcomes(true).unwrap().into_iter().map(|one| one.outcome.id).collect();
    assert_eq!(ids, [confirmed]);
    assert!(public.outcomes(false).unwrap()[0].is_confirmed());
}
