//! Claims turned into questions: each is one that a newspaper could print, or there is none.

use sayso_link::{IssueWords, issue_sentence};
use sayso_model::{Entity, Kind, PrintedSpan, Speaker, SpeakerKind, Statement};

use crate::fixture::{of, says};

/// A claim whose words are in its content: the lemma of its verb and the verb's form, the words
/// that stand for actor and target ('' for none) and the names that these are resolved to.
struct Told<'a> {
    text: &'a str,
    verb: (&'a str, &'a str),
    actor: (&'a str, &'a str),
    target: (&'a str, &'a str),
    kind: Kind,
}

fn told(claim: &Told<'_>) -> Statement {
    let at = |words: &str| {
        let start = claim.text.find(words).unwrap() as u32;
        let end = start + words.len() as u32;
        PrintedSpan { text: words.to_owned(), start, end, byte_start: start, byte_end: end }
    };
    let entity = |(words, name): (&str, &str)| {
        (!words.is_empty()).then(|| Entity { name: name.to_owned(), span: at(words) })
    };
    let mut statement = of(says(claim.text, claim.verb.0, "", ""), claim.kind);
    let event = statement.event.as_mut().unwrap();
    event.pack = None;
    event.actor = entity(claim.actor);
    event.target = entity(claim.target);
    event.trigger = at(claim.verb.1);
    statement
}

fn asked(statement: &Statement) -> Option<String> {
    let open = statement.kind == Kind::Forecast;
    issue_sentence(statement, open, &IssueWords::english().unwrap())
}

fn report<'a>(
    text: &'a str,
    verb: (&'a str, &'a str),
    actor: (&'a str, &'a str),
    target: (&'a str, &'a str),
) -> Option<String> {
    asked(&told(&Told { text, verb, actor, target, kind: Kind::Report }))
}

const NONE: (&str, &str) = ("", "");

#[test]
fn the_helper_changes_places_with_its_subject() {
    for (text, verb, actor, question) in [
        (
            "ferries have reached the island",
            ("reach", "reached"),
            "ferries",
            "Have ferries reached the island?",
        ),
        (
            "the crews had to leave the port",
            ("leave", "leave"),
            "the crews",
            "Did the crews have to leave the port?",
        ),
        (
            "Velania has to win the vote",
            ("win", "win"),
            "Velania",
            "Does Velania have to win the vote?",
        ),
    ] {
        assert_eq!(report(text, verb, (actor, actor), NONE).as_deref(), Some(question));
    }
}

#[test]
fn an_adjective_of_a_nation_is_not_the_nation() {
    for (text, verb, adjective, question) in [
        (
            "Velanian security chiefs will visit Varn",
            ("visit", "visit"),
            "Velanian",
            "Will Velanian security chiefs visit Varn?",
        ),
        (
            "a Velanian delegation will visit Varn",
            ("visit", "visit"),
            "Velanian",
            "Will the Velanian delegation visit Varn?",
        ),
        (
            "Ostrelese police have closed the port",
            ("close", "closed"),
            "Ostrelese",
            "Have Ostrelese police closed the port?",
        ),
    ] {
        assert_eq!(report(text, verb, (adjective, "Velania"), NONE).as_deref(), Some(question));
    }
}

#[test]
fn words_about_knowing_are_left_out() {
    for (text, verb, actor, question) in [
        (
            "Ostrel allegedly moved the tanks",
            ("move", "moved"),
            "Ostrel",
            "Did Ostrel move the tanks?",
        ),
        (
            "Ostrel has reportedly moved the tanks",
            ("move", "moved"),
            "Ostrel",
            "Has Ostrel moved the tanks?",
        ),
        (
            "the dockers also blocked the quay",
            ("block", "blocked"),
            "the dockers",
            "Did the dockers block the quay?",
        ),
    ] {
        assert_eq!(report(text, verb, (actor, actor), NONE).as_deref(), Some(question));
    }
}

#[test]
fn what_was_done_to_a_subject_is_passive() {
    for (text, verb, target, question) in [
        (
            "Ada Quill accused of fraud",
            ("accuse", "accused"),
            "Ada Quill",
            "Was Ada Quill accused of fraud?",
        ),
        (
            "two clerks charged with theft",
            ("charge", "charged"),
            "two clerks",
            "Were two clerks charged with theft?",
        ),
        (
            "ferries suspended after the storm",
            ("suspend", "suspended"),
            "ferries",
            "Were ferries suspended?",
        ),
    ] {
        assert_eq!(report(text, verb, NONE, (target, target)).as_deref(), Some(question));
    }
}

#[test]
fn a_predicate_that_is_no_verb_is_asked_as_what_it_is_or_not_at_all() {
    let supportive = "Ada Quill supportive of the merger";
    let verb = ("supportive", "supportive");
    let ada = ("Ada Quill", "Ada Quill");
    assert_eq!(
        report(supportive, verb, ada, NONE).as_deref(),
        Some("Is Ada Quill supportive of the merger?")
    );
    for (text, verb, actor, question) in [
        (
            "the navy provocation in the strait",
            ("provocation", "provocation"),
            "the navy",
            Some("Is there a navy provocation in the strait?"),
        ),
        (
            "the council decisions on housing",
            ("decision", "decisions"),
            "the council",
            Some("Are there council decisions on housing?"),
        ),
        ("the navy decision", ("decision", "decision"), "the navy", None),
    ] {
        assert_eq!(report(text, verb, (actor, actor), NONE).as_deref(), question);
    }
}

#[test]
fn without_owner_or_object_there_is_no_question() {
    for (text, verb, actor) in [
        ("Ostrel to capture", ("capture", "capture"), "Ostrel"),
        ("the minister accused of lying", ("accuse", "accused"), "the minister"),
        ("its profit will be lower", ("lower", "lower"), "its profit"),
        ("the fact is a disgrace", ("disgrace", "disgrace"), "the fact"),
    ] {
        assert_eq!(report(text, verb, (actor, actor), NONE), None, "{text}");
    }
    let claim = Told {
        text: "we have not supplied any weapons",
        verb: ("supply", "supplied"),
        actor: ("we", "Ada Quill"),
        target: ("any weapons", "any weapons"),
        kind: Kind::Denial,
    };
    let mut person = told(&claim);
    person.speaker = Some(Speaker { kind: SpeakerKind::Person, ..speaker() });
    assert_eq!(asked(&person), None, "of whom she speaks is not known");
    let mut ministry = told(&Told { actor: ("we", "Ministry of Ports"), ..claim });
    ministry.speaker = Some(Speaker { kind: SpeakerKind::Organization, ..speaker() });
    assert_eq!(asked(&ministry).as_deref(), Some("Has Ministry of Ports supplied any weapons?"));
}

fn speaker() -> Speaker {
    Speaker {
        id: "p1".to_owned(),
        name: "Ada Quill".to_owned(),
        kind: SpeakerKind::Person,
        role: None,
        confidence: Some(1.0),
        candidates: Vec::new(),
        mention: None,
    }
}

#[test]
fn what_cannot_be_turned_is_asked_as_it_was_said() {
    for (text, verb, actor, question) in [
        (
            "the Velanian offensive had begun",
            ("offensive", "offensive"),
            "Velanian",
            "Is it true that the Velanian offensive had begun?",
        ),
        (
            "tariffs are likely to be cut despite US doubts",
            ("cut", "cut"),
            "tariffs",
            "Are tariffs likely to be cut despite US doubts?",
        ),
        (
            "US ships may leave the strait",
            ("leave", "leave"),
            "US ships",
            "Will US ships leave the strait?",
        ),
    ] {
        assert_eq!(report(text, verb, (actor, actor), NONE).as_deref(), Some(question));
    }
}

#[test]
fn a_clause_ends_before_what_needs_more_words() {
    for (text, verb, actor, question) in [
        ("Tamo threw stones at them", ("throw", "threw"), "Tamo", "Did Tamo throw stones?"),
        (
            "Tamo spent money at a time when wages fell",
            ("spend", "spent"),
            "Tamo",
            "Did Tamo spend money?",
        ),
        (
            "Tamo left the port - the day of the vote",
            ("leave", "left"),
            "Tamo",
            "Did Tamo leave the port?",
        ),
    ] {
        assert_eq!(report(text, verb, (actor, actor), NONE).as_deref(), Some(question));
    }
}
