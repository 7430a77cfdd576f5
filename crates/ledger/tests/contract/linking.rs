use sayso_ledger::Ledger;
use sayso_link::Classes;
use sayso_model::{Article, PrintedSpan, Speaker, SpeakerKind, Stance, Statement};

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

/// Statements of articles that share events no pack knows, unnamed sources, copies and namesakes.
fn news() -> Vec<(Article, Vec<Statement>)> {
    let generic = |mut statement: Statement, trigger: PrintedSpan| {
        if let Some(event) = &mut statement.event {
            (event.class, event.pack, event.trigger) = ("suspend".to_owned(), None, trigger);
        }
        statement
    };
    let mut news = fixture::town();
    let story = |outlet: &str, day: i8, text: &str, speaker: &str, content: &str, unnamed: bool| {
        let article = fixture::article(outlet, day, text);
        let mut one = fixture::statement(&article, speaker, "said", content);
        if unnamed && let Some(speaker) = &mut one.speaker {
            speaker.kind = SpeakerKind::Anonymous;
            speaker.id = Speaker::id_of(speaker.kind, &speaker.name, &article.id);
        }
        let one = fixture::about(one, &article, "suspend", "Ferrovia", "ferry line");
        let trigger = fixture::span(&article, "suspend");
        let one = generic(one, trigger);
        (article, vec![one])
    };
    let long = "Ferrovia will suspend its ferry line to the northern islands until the last of the ice has \
                gone from the bay and the pilots are back";
    let ends = ", an official said.";
    news.push(story("Evening Lamp", 9, &format!("{long}{ends}"), "official", long, true));
    news.push(story(
        "Coastal Star",
        9,
        &format!("{long}, a port official said. Later."),
        "official",
        long,
        true,
    ));
    news.push(story(
        "Harbour Mail",
        10,
        &format!("{long}, Ines Holt said."),
        "Ines Holt",
        long,
        false,
    ));
    let short = "Ferrovia may suspend the ferry line";
    news.push(story(
        "Harbour Mail",
        12,
        &format!("{short}, I. Holt said."),
        "I. Holt",
        short,
        false,
    ));
    news.push(story(
        "Evening Lamp",
        2,
        &format!("{short}, Jon Pell said."),
        "Jon Pell",
        short,
        false,
    ));
    news
}

fn printed(ledger: &Ledger) -> String {
    let mut all: Vec<String> = ledger
        .questions()
        .unwrap()
        .iter()
        .map(|question| format!("{:#?}", ledger.compare(&question.id).unwrap()))
        .collect();
    all.sort();
    all.join("\n")
}

#[test]
fn no_order_of_the_articles_makes_a_difference() {
    let news = news();
    let whole = |order: &[usize], pause: usize| {
        let mut ledger = Ledger::in_memory().unwrap();
        for (count, index) in order.iter().enumerate() {
            let (article, statements) = &news[*index];
            ledger.add(article, statements, NOW).unwrap();
            if count % pause == 0 {
                ledger.relink(&fixture::classes(), NOW).unwrap();
            }
        }
        ledger.relink(&fixture::classes(), NOW).unwrap();
        assert_eq!(ledger.verify().unwrap(), []);
        printed(&ledger)
    };
    let mut order: Vec<usize> = (0..news.len()).collect();
    let first = whole(&order, order.len());
    assert!(first.contains("suspend") && first.contains("Zürnhafen"), "{first}");
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..20 {
        for at in (1..order.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            order.swap(at, (random >> 33) as usize % (at + 1));
        }
        assert_eq!(whole(&order, 1 + round % 3), first, "{order:?}");
    }
}

#[test]
fn what_no_pack_knows_is_asked_where_two_speak_of_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    let news = news();
    let asked = |ledger: &Ledger| {
        let found = ledger.questions().unwrap();
        found.into_iter().find(|question| question.text.contains("ferry"))
    };
    let (article, statements) = &news[news.len() - 1];
    ledger.add(article, statements, NOW).unwrap();
    ledger.relink(&fixture::classes(), NOW).unwrap();
    assert_eq!(asked(&ledger), None, "one holder asks nothing");
    for (article, statements) in &news {
        ledger.add(article, statements, NOW).unwrap();
    }
    ledger.relink(&fixture::classes(), NOW).unwrap();
    let question = asked(&ledger).unwrap();
    assert_eq!(question.text, "Will Ferrovia suspend the ferry line?");
    // Five reports: the two officials copy Holt, and Holt speaks twice.
    assert_eq!((question.statements, question.origins), (5, 2), "{question:?}");
}
