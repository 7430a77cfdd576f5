//! What people decide: verdicts, questions merged and split, speakers merged.

use sayso_ledger::{Edit, Known, Ledger, LedgerError, Query, Verdict};
use sayso_model::{Kind, Polarity};

use crate::fixture::{self, NOW};

const EDIT: Edit<'_> = Edit { reason: "They are one.", reviewer: "Ines Holt", at: NOW };

fn relink(ledger: &mut Ledger) {
    ledger.relink(&fixture::classes(), NOW).unwrap();
}

#[test]
fn a_correction_outlives_the_next_reading_and_can_be_undone() {
    let mut ledger = fixture::ledger();
    let (article, statements) = fixture::town().remove(0);
    let old = &statements[0];
    let mut right = old.clone();
    right.polarity = Polarity::No;
    let reason = "The negation was missed.";
    ledger.review(&old.id, Verdict::Correct, Some(&right), reason, "Ines Holt", NOW).unwrap();
    relink(&mut ledger);
    assert_eq!(ledger.questions().unwrap()[0].no.statements, 3);

    let mut newer = statements.clone();
    newer[0].confidence = 0.99;
    let done = ledger.reread(&article, &newer, NOW).unwrap();
    assert_eq!((done.superseded, done.kept), (0, 1));
    assert_eq!(ledger.statement(&old.id).unwrap(), right);

    ledger.review(&old.id, Verdict::Undo, None, "I was wrong.", "Ines Holt", NOW).unwrap();
    relink(&mut ledger);
    assert_eq!(&ledger.statement(&old.id).unwrap(), old);
    assert_eq!(ledger.questions().unwrap()[0].no.statements, 2);
    let verdicts: Vec<Verdict> =
        ledger.reviews_of(&old.id).unwrap().iter().map(|review| review.verdict).collect();
    assert_eq!(verdicts, [Verdict::Correct, Verdict::Undo]);
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn a_rejected_statement_stays_away_and_comes_back_with_an_undo() {
    let mut ledger = fixture::ledger();
    let (article, statements) = fixture::town().remove(0);
    let id = &statements[0].id;
    ledger.review(id, Verdict::Reject, None, "A question, no statement.", "Ines", NOW).unwrap();
    relink(&mut ledger);
    assert_eq!(ledger.find(&Query::default()).unwrap().total, 2);
    let done = ledger.reread(&article, &statements, NOW).unwrap();
    assert_eq!((done.added, done.kept), (0, 1));
    ledger.review(id, Verdict::Undo, None, "It is one.", "Ines", NOW).unwrap();
    relink(&mut ledger);
    assert_eq!(ledger.find(&Query::default()).unwrap().total, 3);
    assert_eq!(ledger.questions().unwrap()[0].statements, 3);
    let again = ledger.review(id, Verdict::Undo, None, "Twice.", "Ines", NOW);
    assert!(matches!(again, Err(LedgerError::NotFound { .. })));
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn an_accepted_statement_that_a_reading_loses_is_listed_and_not_moved() {
    let mut ledger = fixture::ledger();
    let (article, statements) = fixture::town().remove(0);
    let id = &statements[0].id;
    ledger.review(id, Verdict::Accept, None, "Right.", "Ines", NOW).unwrap();
    for _ in 0..2 {
        let done = ledger.reread(&article, &statements[1..], NOW).unwrap();
        assert_eq!((done.withdrawn, done.kept), (0, 1));
    }
    assert_eq!(&ledger.statement(id).unwrap(), &statements[0]);
    let orphans = ledger.orphans().unwrap();
    assert_eq!(orphans.len(), 1);
    assert_eq!(&orphans[0].statement, id);
    ledger.reread(&article, &statements, NOW).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn the_queue_begins_where_a_mistake_matters_most() {
    let mut ledger = Ledger::in_memory().unwrap();
    let (article, mut statements) = fixture::town().remove(0);
    statements[0].confidence = 0.4;
    statements[1].confidence = 0.9;
    ledger.add(&article, &statements, NOW).unwrap();
    relink(&mut ledger);
    let queue = ledger.review_queue(10).unwrap();
    let ids: Vec<&String> = queue.iter().map(|waits| &waits.statement.id).collect();
    assert_eq!(ids, [&statements[0].id, &statements[1].id]);
    assert!(queue[0].worry > queue[1].worry);
    ledger.review(&statements[0].id, Verdict::Accept, None, "Right.", "Ines", NOW).unwrap();
    assert_eq!(ledger.review_queue(10).unwrap().len(), 1);
}

#[test]
fn a_correction_that_does_not_fit_changes_nothing() {
    let mut ledger = fixture::ledger();
    let (_, statements) = fixture::town().remove(0);
    let mut moved = statements[0].clone();
    moved.content[0].text = "words of nobody".to_owned();
    for by in [Some(&moved), None] {
        let refused = ledger.review(&statements[0].id, Verdict::Correct, by, "Wrong.", "Ines", NOW);
        assert!(matches!(refused, Err(LedgerError::Unfit { .. })));
    }
    assert_eq!(ledger.reviews_of(&statements[0].id).unwrap(), []);
    assert_eq!(&ledger.statement(&statements[0].id).unwrap(), &statements[0]);
}

/// Two towns, a question each.
fn two_questions() -> (Ledger, String, String) {
    let mut ledger = fixture::ledger();
    let text = "Morvania will capture Ostrel, Ines Holt predicted.";
    let article = fixture::article("Evening Lamp", 12, text);
    let new =
        fixture::statement(&article, "Ines Holt", "predicted", "Morvania will capture Ostrel");
    let new = fixture::about(new, &article, "capture", "Morvania", "Ostrel");
    ledger.add(&article, &[new], NOW).unwrap();
    relink(&mut ledger);
    let questions = ledger.questions().unwrap();
    assert_eq!(questions.len(), 2);
    (ledger, questions[0].id.clone(), questions[1].id.clone())
}

#[test]
fn questions_merge_and_part_again() {
    let (mut ledger, large, small) = two_questions();
    ledger.merge_questions(&small, &large, &fixture::classes(), EDIT).unwrap();
    let merged = ledger.questions().unwrap();
    assert_eq!((merged.len(), merged[0].statements, &merged[0].id), (1, 4, &large));

    // What comes in later goes the same way.
    let text = "“Morvania will capture Ostrel soon,” Ada Quill said.";
    let article = fixture::article("Northern Star", 20, text);
    let new =
        fixture::statement(&article, "Ada Quill", "said", "Morvania will capture Ostrel soon");
    let new = fixture::about(new, &article, "capture", "Morvania", "Ostrel");
    ledger.add(&article, &[new], NOW).unwrap();
    relink(&mut ledger);
    assert_eq!(ledger.questions().unwrap()[0].statements, 5);

    ledger.undo_edit(&small, &fixture::classes(), EDIT).unwrap();
    let apart = ledger.questions().unwrap();
    let sizes: Vec<usize> = apart.iter().map(|question| question.statements).collect();
    assert_eq!(sizes, [3, 2]);
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn questions_are_split_made_and_renamed() {
    let (mut ledger, large, _) = two_questions();
    let view = ledger.question(&large).unwrap();
    let one = vec![view.statements[0].statement.id.clone()];
    let classes = fixture::classes();
    let text = "Will Morvania hold all of Zürnhafen by 20 April?";
    let split = ledger.split_question(&large, text, &one, &classes, EDIT).unwrap();
    assert_eq!(ledger.question(&split).unwrap().question.text, text);
    assert_eq!(ledger.question(&large).unwrap().summary.statements, 2);
    let asked = ledger.new_question("Will the coast be quiet?", &one, &classes, EDIT).unwrap();
    assert_eq!(ledger.question(&asked).unwrap().summary.statements, 1);
    ledger.rename_question(&large, "Will the town fall?", EDIT).unwrap();
    relink(&mut ledger);
    assert_eq!(ledger.question(&large).unwrap().question.text, "Will the town fall?");
    let stranger = ledger.split_question(&large, "Will it?", &one, &classes, EDIT);
    assert!(matches!(stranger, Err(LedgerError::NotFound { .. })), "{stranger:?}");
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn speakers_merge_with_evidence_and_part_on_a_reviewers_word() {
    let mut ledger = fixture::ledger();
    let text = "A. Quill said that Morvania will capture Zürnhafen after all.";
    let article = fixture::article("Coastal Mirror", 25, text);
    let content = "Morvania will capture Zürnhafen after all";
    let new = fixture::statement(&article, "A. Quill", "said", content);
    let new = fixture::about(new, &article, "capture", "Morvania", "Zürnhafen");
    ledger.add(&article, std::slice::from_ref(&new), NOW).unwrap();
    relink(&mut ledger);
    let id = |name: &str| sayso_model::content_id("p", name);
    let quill = ledger.speaker(&id("Ada Quill")).unwrap();
    assert_eq!((quill.statements, quill.articles), (3, 3), "{quill:?}");
    let merges = ledger.merges_of(&quill.id).unwrap();
    assert_eq!(merges.len(), 1);
    assert!(merges[0].reason.contains("initial") && merges[0].reviewer.is_none(), "{merges:?}");

    let own = id("A. Quill");
    ledger.merge_speaker(&own, None, &own, EDIT).unwrap();
    assert_eq!(ledger.speaker(&own).unwrap().statements, 1);
    assert_eq!(ledger.speaker(&id("Ada Quill")).unwrap().statements, 2);
}

#[test]
fn a_question_is_compared_from_all_sides() {
    let mut ledger = fixture::ledger();
    let text = "“Morvania will not capture Zürnhafen,” Ines Holt said.";
    let article = fixture::article("Coastal Mirror", 4, text);
    let content = "Morvania will not capture Zürnhafen";
    let new = fixture::statement(&article, "Ines Holt", "said", content);
    let mut new = fixture::about(new, &article, "capture", "Morvania", "Zürnhafen");
    (new.polarity, new.kind) = (Polarity::No, Kind::Forecast);
    ledger.add(&article, &[new], NOW).unwrap();
    relink(&mut ledger);
    let id = ledger.questions().unwrap().remove(0).id;
    let view = ledger.compare(&id).unwrap();
    // Who speaks twice is one origin.
    assert_eq!((view.summary.origins, view.summary.speakers), (3, 3));
    assert_eq!(view.origins.len(), 3);
    let deadlines: Vec<Option<String>> =
        view.deadlines.iter().map(|deadline| deadline.latest.map(|day| day.to_string())).collect();
    assert_eq!(deadlines, [Some("2031-04-20".into()), Some("2031-04-30".into()), None]);
    assert!(!view.comparison.contradictions.is_empty());
    assert!(view.comparison.contradictions.iter().all(|pair| pair.gap > 0.0));
    let changed: Vec<bool> = view.comparison.changes.iter().map(|change| change.turned).collect();
    assert_eq!(changed, [true], "Ada Quill said yes, then that the other side holds the town");
}

#[test]
fn a_list_tells_who_speakers_are_and_is_taken_back() {
    let mut ledger = fixture::ledger();
    let known = |name: &str, id: &str, description: Option<&str>| Known {
        name: name.to_owned(),
        id: id.to_owned(),
        description: description.map(str::to_owned),
    };
    let list = [
        known("Quill, Ada", "Q11", Some("politician of Morvania")),
        known("Tor Vane", "Q12", None),
        // Two entries that fit one speaker say nothing of him.
        known("Étienne Brask", "Q13", None),
        known("Etienne Brask", "Q14", None),
    ];
    let done = ledger.identify(&list, NOW).unwrap();
    assert_eq!((done.identified, done.unknown, done.unclear.len()), (1, 1, 2), "{done:?}");
    let own = sayso_model::content_id("p", "Ada Quill");
    let quill = ledger.speaker(&own).unwrap().identity.unwrap();
    assert_eq!(quill.wikidata, "Q11");
    assert!(quill.reason.contains("same name"), "{quill:?}");
    assert_eq!(ledger.identify(&list, NOW).unwrap().unchanged, 1);
    ledger.forget_identity(&own, EDIT).unwrap();
    assert_eq!(ledger.speaker(&own).unwrap().identity, None);
    assert!(ledger.forget_identity(&own, EDIT).is_err());
    assert_eq!(ledger.verify().unwrap(), []);
}
