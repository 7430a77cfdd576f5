//! Which statements meet in which question, and on which side.

mod fixture;
mod sentences;

use std::collections::BTreeSet;

use fixture::{classes, hedged, not, of, on, says, when};
use proptest::prelude::*;
use sayso_link::{Classes, group_questions, groups, questions};
use sayso_model::{Kind, Question, Stance, Statement};

/// Each question as its sentence and its bearings: `one+` for yes, `two-` for no.
fn asked(statements: &[Statement]) -> Vec<String> {
    let mut asked: Vec<String> = questions(statements, &classes()).iter().map(printed).collect();
    asked.sort();
    asked
}

fn printed(question: &Question) -> String {
    let sign = |stance| if stance == Stance::Yes { '+' } else { '-' };
    let sides = question.bearings.iter().map(|b| format!("{}{}", b.statement, sign(b.stance)));
    std::iter::once(question.text.clone()).chain(sides).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_same_event_is_one_question_in_the_order_of_dates() {
    let statements = [
        on(says("c", "capture", "Morvania", "Zürnhafen"), ""),
        on(says("b", "capture", "MORVANIA", "zürnhafen"), "2031-05-01"),
        on(says("a", "capture", "Morvania ", "Zürnhafen"), "2031-04-09"),
        says("d", "capture", "Morvania", "Ostrel"),
    ];
    assert_eq!(
        asked(&statements),
        ["Will Morvania capture Ostrel? d+", "Will Morvania capture Zürnhafen? a+ b+ c+"]
    );
    let question = &questions(&statements[..3], &classes())[0];
    assert_eq!(question.criteria.as_deref(), Some("True when Morvania and Zürnhafen say so."));
    assert_eq!(question.actor.as_deref(), Some("Morvania"));
    assert!(question.id.starts_with('q') && question.id.len() == 16);
}

#[test]
fn spellings_of_one_name_are_one_question_under_the_most_frequent() {
    let statements = [
        says("a", "capture", "Morvania", "Dolnivsk"),
        says("b", "capture", "Morvania", "Dolnyvsk"),
        says("c", "capture", "Morvania", "Dolnyvs'k"),
        says("d", "capture", "Morvania", "Dolnyvsk"),
        says("e", "capture", "Morvania", "Dolinsk"),
    ];
    assert_eq!(
        asked(&statements),
        ["Will Morvania capture Dolinsk? e+", "Will Morvania capture Dolnyvsk? a+ b+ c+ d+"]
    );
}

#[test]
fn negation_and_hedges_decide_the_side_and_the_range() {
    let event = |id: &str| says(id, "capture", "Morvania", "Zürnhafen");
    let cases = [
        (event("plain"), Stance::Yes, None, None),
        (not(event("negated")), Stance::No, None, None),
        (hedged(event("likely"), Some(0.6), Some(0.9)), Stance::Yes, Some(0.6), Some(0.9)),
        (hedged(event("may"), Some(0.2), Some(0.7)), Stance::Yes, Some(0.2), Some(0.7)),
        (hedged(event("minimal"), Some(0.0), Some(0.15)), Stance::No, Some(0.0), Some(0.15)),
        (hedged(event("unlikely"), Some(0.02), Some(0.33)), Stance::No, Some(0.02), Some(0.33)),
        (hedged(event("cannot exclude"), Some(0.05), None), Stance::Yes, Some(0.05), None),
        // "will likely not": the hedge is about the negation.
        (hedged(not(event("likely not")), Some(0.6), Some(0.9)), Stance::No, Some(0.1), Some(0.4)),
        // "probably not", looked up as a whole: the range is about the event already.
        (
            hedged(not(event("probably not")), Some(0.1), Some(0.4)),
            Stance::No,
            Some(0.1),
            Some(0.4),
        ),
    ];
    for (statement, stance, low, high) in cases {
        let question = questions(std::slice::from_ref(&statement), &classes()).remove(0);
        let bearing = &question.bearings[0];
        let found = (bearing.stance, bearing.low, bearing.high);
        assert_eq!(found, (stance, low, high), "{}", statement.id);
    }
}

#[test]
fn who_holds_a_town_denies_its_capture() {
    let statements = [
        says("captures", "capture", "Morvania", "Zürnhafen"),
        hedged(says("holds", "hold", "Sorrel", "Zürnhafen"), Some(0.6), Some(0.9)),
        not(says("will not hold", "hold", "Sorrel", "Zürnhafen")),
        // Not the other side: the captor itself.
        says("keeps it after", "hold", "Morvania", "Zürnhafen"),
        says("elsewhere", "hold", "Sorrel", "Ostrel"),
    ];
    assert_eq!(
        asked(&statements),
        [
            "Will Morvania capture Zürnhafen? captures+ holds- will not hold+",
            "Will Morvania hold Zürnhafen? keeps it after+",
            "Will Sorrel hold Ostrel? elsewhere+",
        ]
    );
    let question = questions(&statements[..2], &classes()).remove(0);
    assert_eq!((question.bearings[1].low, question.bearings[1].high), (Some(0.1), Some(0.4)));
}

#[test]
fn a_second_captor_leaves_the_opposite_without_a_guess() {
    let statements = [
        says("one", "capture", "Morvania", "Zürnhafen"),
        says("two", "capture", "Talland", "Zürnhafen"),
        says("holds", "hold", "Sorrel", "Zürnhafen"),
    ];
    assert_eq!(
        asked(&statements),
        [
            "Will Morvania capture Zürnhafen? one+",
            "Will Sorrel hold Zürnhafen? holds+ one- two-",
            "Will Talland capture Zürnhafen? two+",
        ]
    );
}

#[test]
fn leaving_a_town_is_not_the_opposite_of_another_capturing_it() {
    let statements = [
        says("captures", "capture", "Morvania", "Zürnhafen"),
        says("leaves", "leave", "Sorrel", "Zürnhafen"),
        says("holds", "hold", "Sorrel", "Zürnhafen"),
    ];
    assert_eq!(
        asked(&statements),
        [
            "Will Morvania capture Zürnhafen? captures+ holds-",
            "Will Sorrel leave Zürnhafen? holds- leaves+",
        ]
    );
}

#[test]
fn one_actor_does_only_one_of_several_things() {
    let statements = [
        says("cuts", "cut_rate", "Bank of Ruvia", ""),
        hedged(says("raises", "raise_rate", "Bank of Ruvia", ""), Some(0.6), Some(0.9)),
        // That it is not kept says nothing of up or down.
        not(says("not kept", "keep_rate", "Bank of Ruvia", "")),
        says("other bank", "raise_rate", "Bank of Odo", ""),
    ];
    assert_eq!(
        asked(&statements),
        [
            "Will Bank of Odo raise its rate? other bank+",
            "Will Bank of Ruvia cut its rate? cuts+ raises-",
            "Will Bank of Ruvia keep its rate? cuts- not kept- raises-",
        ]
    );
    let all = questions(&statements[..2], &classes());
    let raise = all[0].bearings.iter().find(|b| b.statement == "raises").unwrap();
    assert_eq!((raise.low, raise.high), (Some(0.0), Some(0.4)), "a ceiling, not a range");
}

#[test]
fn without_an_actor_the_only_question_is_meant() {
    let one = says("one", "capture", "Morvania", "Zürnhafen");
    let two = says("two", "capture", "Talland", "Zürnhafen");
    let falls = says("falls", "capture", "", "Zürnhafen");
    let joined = questions(&[one.clone(), falls.clone()], &classes()).remove(0);
    assert_eq!(printed(&joined), "Will Morvania capture Zürnhafen? falls+ one+");
    assert!(
        joined.bearings[0].reason.contains("the only question"),
        "{}",
        joined.bearings[0].reason
    );
    assert_eq!(asked(std::slice::from_ref(&falls)), ["Will anyone capture Zürnhafen? falls+"]);
    assert_eq!(
        asked(&[one, two, falls]),
        ["Will Morvania capture Zürnhafen? one+", "Will Talland capture Zürnhafen? two+"]
    );
    let rates = [
        says("cuts", "cut_rate", "Bank of Ruvia", ""),
        says("a rise", "raise_rate", "", ""),
        says("raises", "raise_rate", "Bank of Ruvia", ""),
    ];
    assert_eq!(asked(&rates), ["Will Bank of Ruvia cut its rate? a rise- cuts+ raises-"]);
}

#[test]
fn no_question_without_an_event_that_can_be_decided() {
    let mut none = says("none", "capture", "Morvania", "Zürnhafen");
    none.event = None;
    let statements = [
        none,
        says("generic", "ponder", "Morvania", "Zürnhafen"),
        says("no target", "capture", "Morvania", ""),
        says("blank target", "capture", "Morvania", "  "),
        of(says("demand", "capture", "Morvania", "Zürnhafen"), Kind::Demand),
    ];
    assert_eq!(asked(&statements), [""; 0]);
    assert_eq!(asked(&[says("figure", "rise", "", "inflation")]), ["Will inflation rise? figure+"]);
}

#[test]
fn reasons_are_sentences_that_say_what_was_weighed() {
    let statements = [
        when(not(says("a", "capture", "Morvania", "Zürnhafen")), "if it rains"),
        of(says("b", "capture", "Morvania", "Zürnhafen"), Kind::Intention),
        hedged(says("c", "capture", "Morvania", "Zürnhafen"), Some(0.0), Some(0.1)),
        says("d", "hold", "Sorrel", "Zürnhafen"),
    ];
    let reasons: Vec<String> = questions(&statements, &classes())
        .remove(0)
        .bearings
        .into_iter()
        .map(|b| b.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            "It speaks of the same event, capture, says that it does not happen and holds under a \
             condition.",
            "It speaks of the same event, capture and states an intention and no forecast.",
            "It speaks of the same event, capture and calls it “some hedge”, which is less than \
             even odds.",
            "It speaks of the opposite event, hold.",
        ]
    );
}

#[test]
fn the_shipped_packs_ask_whole_sentences() {
    let tables = sayso_statement::Tables::english().unwrap();
    let shipped = Classes::from(&tables.packs);
    assert!(!shipped.0.is_empty());
    for class in &shipped.0 {
        let statement = says("s", &class.name, "Morvania", "Zürnhafen");
        let question = questions(&[statement], &shipped).remove(0);
        let criteria = question.criteria.clone().unwrap_or_default();
        for text in [&question.text, &criteria] {
            assert!(!text.contains(['{', '}']), "{}: {text}", class.name);
        }
        for opposite in &class.opposites {
            assert!(shipped.get(&opposite.class).is_some(), "{}: {}", class.name, opposite.class);
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_the_statements_changes_nothing(
        picks in prop::collection::vec((0usize..7, 0usize..4, 0usize..3, any::<bool>(), 0u8..10), 1..25),
        turn in any::<prop::sample::Index>(),
    ) {
        let names = ["Morvania", "Sorrel", "morvania", ""];
        let targets = ["Zürnhafen", "Ostrel", ""];
        let classes = classes();
        let mut statements: Vec<Statement> = picks
            .iter()
            .enumerate()
            .map(|(i, (class, actor, target, negated, high))| {
                let class = &classes.0[*class].name;
                let s = says(&format!("s{i}"), class, names[*actor], targets[*target]);
                let high = f64::from(*high) / 10.0;
                let s = hedged(s, Some(high / 2.0), Some(high));
                if *negated { not(s) } else { s }
            })
            .collect();
        let one = questions(&statements, &classes);
        statements.reverse();
        let turn = turn.index(statements.len());
        statements.rotate_left(turn);
        prop_assert_eq!(&questions(&statements, &classes), &one);
        let ids: BTreeSet<&str> = one.iter().map(|q| q.id.as_str()).collect();
        prop_assert_eq!(ids.len(), one.len());
        for bearing in one.iter().flat_map(|q| &q.bearings) {
            let (low, high) = (bearing.low.unwrap_or(0.0), bearing.high.unwrap_or(1.0));
            prop_assert!((0.0..=1.0).contains(&low) && low <= high && high <= 1.0);
        }
        // Adding the rest of the statements never leaves a claim of a known class without any
        // question when its actor and target are said.
        for statement in &statements {
            let event = statement.event.as_ref().unwrap();
            if event.actor.is_some() && event.target.is_some() {
                let borne = one.iter().flat_map(|q| &q.bearings).any(|b| b.statement == statement.id);
                prop_assert!(borne, "{}", statement.id);
            }
        }
    }
}

/// A cluster links group by group: together that is what one machine links.
#[test]
fn groups_linked_apart_are_all_questions() {
    let statements = [
        on(says("a", "capture", "Morvania", "Zürnhafen"), "2031-04-09"),
        not(says("b", "capture", "Morvania", "Zurnhafen")),
        says("c", "capture", "Morvania", "Ostrel"),
        says("d", "hold", "Ostrel", "Ostrel"),
    ];
    let keys: BTreeSet<String> =
        statements.iter().flat_map(|statement| groups(statement, &classes())).collect();
    assert!(keys.len() >= 2, "{keys:?}");
    let mut apart: Vec<Question> = Vec::new();
    for key in &keys {
        let of: Vec<Statement> = statements
            .iter()
            .filter(|statement| groups(statement, &classes()).contains(key))
            .cloned()
            .collect();
        apart.extend(group_questions(&of, &classes(), key));
    }
    apart.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(apart, questions(&statements, &classes()));
    assert!(group_questions(&statements, &classes(), "nowhere").is_empty());
}
