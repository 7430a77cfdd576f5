use sayso_ledger::Ledger;
use sayso_link::Classes;
use sayso_model::Stance;

use crate::fixture::{self, NOW};

#[test]
fn statements_of_two_articles_meet_in_a_question() {
    let ledger = fixture::ledger();
    let questions = ledger.questions().unwrap();
    assert_eq!(questions.len(), 1);
    let summary = &questions[0];
    assert_eq!(summary.text, "Will Morvania capture Zürnhafen?");
    assert_eq!(
        (summary.statements, summary.speakers, summary.articles, summary.outlets),
        (3, 2, 2, 2)
    );
    assert_eq!((summary.yes.statements, summary.no.statements), (1, 2));
    assert_eq!((summary.yes.low, summary.yes.high), (Some(0.6), Some(0.9)));
    assert_eq!((summary.no.low, summary.no.high), (Some(0.02), Some(0.33)));
    let view = ledger.question(&summary.id[..6]).unwrap();
    assert_eq!(view.question.criteria.as_deref(), Some("Zürnhafen is held by Morvania."));
    let stances: Vec<Stance> = view.statements.iter().map(|s| s.bearing.stance).collect();
    assert_eq!(stances, [Stance::Yes, Stance::No, Stance::No]);
    let hit = ledger.find(&sayso_ledger::Query::default()).unwrap().items.remove(0);
    assert_eq!(hit.bears_on.len(), 1);
    assert_eq!(hit.bears_on[0].stance, Stance::No);
}

#[test]
fn a_question_comes_and_goes_with_its_statements_and_keeps_its_id() {
    let mut ledger = fixture::ledger();
    let id = ledger.questions().unwrap()[0].id.clone();
    let gone = ledger.relink(&Classes::default(), NOW).unwrap();
    assert_eq!((gone.questions, gone.superseded), (0, 4));
    assert_eq!(ledger.questions().unwrap(), []);
    assert!(ledger.question(&id).is_err());
    ledger.relink(&fixture::classes(), NOW).unwrap();
    assert_eq!(ledger.questions().unwrap()[0].id, id);
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn a_new_statement_writes_one_bearing() {
    let mut ledger = fixture::ledger();
    let text = "Morvania will capture Zürnhafen, Ines Holt predicted.";
    let article = fixture::article("Evening Lamp", 12, text);
    let new =
        fixture::statement(&article, "Ines Holt", "predicted", "Morvania will capture Zürnhafen");
    let new = fixture::about(new, &article, "capture", "Morvania", "Zürnhafen");
    ledger.add(&article, &[new], NOW).unwrap();
    let done = ledger.relink(&fixture::classes(), NOW).unwrap();
    assert_eq!((done.questions, done.written, done.superseded), (1, 1, 0));
}

#[test]
fn linking_one_by_one_or_at_once_gives_the_same_questions() {
    let mut step = Ledger::in_memory().unwrap();
    for (article, statements) in fixture::town() {
        step.add(&article, &statements, NOW).unwrap();
        step.relink(&fixture::classes(), NOW).unwrap();
    }
    assert_eq!(step.questions().unwrap(), fixture::ledger().questions().unwrap());
}
