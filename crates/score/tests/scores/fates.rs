//! What became of what was said.

use sayso_model::{Occurrence, Outcome, OutcomeState, Subject};
use sayso_score::{
    Claim, Fate, Forecast, Span, Unscorable, Verdict, agreed, deadlines, fate, judge, scorecard,
};

use crate::make::{by_subject, chance, day, forecast, happened, never, outcome, stated};

fn span(earliest: Option<i64>, latest: Option<i64>) -> Span {
    let latest = latest.map(day);
    Span { earliest: earliest.map(day), latest, latest_soft: latest, is_vague: false }
}

#[test]
fn a_window_that_closed_without_it_is_closed() {
    let none = never("q", 50);
    assert_eq!(fate(&none, day(1), span(None, Some(50))), Fate::DidNot { later: None });
    assert_eq!(fate(&none, day(1), span(None, Some(51))), Fate::Open);
    assert_eq!(fate(&none, day(1), span(None, None)), Fate::Open);
    let late = happened("q", 40, 60);
    assert_eq!(fate(&late, day(1), span(None, Some(30))), Fate::DidNot { later: Some(day(40)) });
    let seen = Fate::Happened { on: day(40), known: day(40) };
    assert_eq!(fate(&late, day(1), span(None, Some(40))), seen);
    // "In the second month", and it came in the first.
    assert_eq!(fate(&late, day(1), span(Some(45), Some(55))), Fate::DidNot { later: None });
}

#[test]
fn what_is_decided_early_is_decided_for_its_window() {
    let window = Some(sayso_model::AskedWindow { earliest: None, latest: day(90) });
    let early = Outcome { window, ..outcome("q", OutcomeState::False, &[], 50) };
    assert_eq!(fate(&early, day(1), span(None, Some(90))), Fate::DidNot { later: None });
    assert_eq!(fate(&early, day(1), span(None, Some(91))), Fate::Open);
}

#[test]
fn the_generous_last_day_counts() {
    let late = happened("q", 12, 60);
    let soft = Span { latest_soft: Some(day(14)), is_vague: true, ..span(None, Some(7)) };
    assert_eq!(fate(&late, day(1), soft), Fate::Happened { on: day(12), known: day(12) });
}

#[test]
fn what_is_lost_can_come_true_again() {
    let first = Occurrence { ended: Some(day(30)), ..Occurrence::on(day(10)) };
    let second = Occurrence { known: day(62), ..Occurrence::on(day(60)) };
    let twice = outcome("q", OutcomeState::True, &[first, second], 90);
    // Said while it was so: nothing new.
    assert_eq!(fate(&twice, day(20), span(None, Some(90))), Fate::AlreadySo);
    // Said when it was lost: the second time counts, known two days later.
    let seen = Fate::Happened { on: day(60), known: day(62) };
    assert_eq!(fate(&twice, day(35), span(None, Some(90))), seen);
    assert_eq!(fate(&twice, day(35), span(None, Some(50))), Fate::DidNot { later: Some(day(60)) });
}

#[test]
fn a_day_that_nobody_knows_decides_nothing() {
    let gap = Occurrence { earliest: Some(day(28)), latest: day(33), known: day(33), ended: None };
    let seen = outcome("q", OutcomeState::True, &[gap], 60);
    assert_eq!(fate(&seen, day(1), span(None, Some(30))), Fate::UnclearDay);
    assert!(matches!(fate(&seen, day(1), span(None, Some(33))), Fate::Happened { .. }));
    assert_eq!(fate(&seen, day(1), span(None, Some(27))), Fate::DidNot { later: Some(day(33)) });
    let before = Occurrence { earliest: None, ..Occurrence::on(day(5)) };
    let old = outcome("q", OutcomeState::True, &[before], 60);
    assert_eq!(fate(&old, day(1), span(None, Some(30))), Fate::UnclearDay);
    assert_eq!(fate(&old, day(9), span(None, Some(30))), Fate::AlreadySo);
}

fn verdict(forecasts: &[Forecast], outcomes: &[Outcome]) -> Verdict {
    let judged = judge(forecasts, &by_subject(outcomes));
    assert_eq!(judged.len(), 1, "{judged:?}");
    judged[0].verdict.clone()
}

#[test]
fn what_says_too_little_is_not_scored() {
    let decided = [happened("q", 10, 60)];
    let one = forecast("s", "p", "q", 1, 30, stated(0.7));
    for why in [Unscorable::Possibility, Unscorable::Plan, Unscorable::Paraphrase] {
        let vague = Forecast { claim: Claim::None(why), ..one.clone() };
        assert_eq!(verdict(&[vague], &decided), Verdict::Unscorable(why));
    }
    let undated = Forecast { span: Some(span(None, None)), ..one.clone() };
    assert_eq!(verdict(&[undated], &decided), Verdict::Unscorable(Unscorable::Undated));
    let nobody = Forecast { question: None, ..one.clone() };
    assert_eq!(verdict(&[nobody], &decided), Verdict::Unscorable(Unscorable::NoQuestion));
    let late = Forecast { said: Some(day(20)), ..one.clone() };
    assert_eq!(verdict(&[late], &decided), Verdict::Unscorable(Unscorable::AlreadySo));
    let plan = Forecast { is_intention: true, ..one };
    assert!(judge(&[plan], &by_subject(&decided)).is_empty());
}

#[test]
fn a_condition_that_did_not_come_about_makes_void() {
    let one = forecast("s", "p", "q", 1, 30, stated(0.7));
    let conditional = [Forecast { claim: Claim::Conditional(stated(0.7)), ..one }];
    let decided = happened("q", 10, 60);
    let open = Verdict::Unscorable(Unscorable::Condition);
    assert_eq!(verdict(&conditional, std::slice::from_ref(&decided)), open);
    let of_it = |state| Outcome {
        subject: Subject::Statement("s".to_owned()),
        occurrences: Vec::new(),
        state,
        ..decided.clone()
    };
    assert_eq!(verdict(&conditional, &[decided.clone(), of_it(OutcomeState::Void)]), Verdict::Void);
    let met = verdict(&conditional, &[decided.clone(), of_it(OutcomeState::True)]);
    assert!(matches!(met, Verdict::Scored { came_true: true, .. }), "{met:?}");
    // What was said not to happen came about: the answer to the question is no.
    let no = [Forecast { says_yes: false, ..conditional[0].clone() }];
    let met = verdict(&no, &[of_it(OutcomeState::True)]);
    assert!(matches!(met, Verdict::Scored { came_true: false, .. }), "{met:?}");
}

#[test]
fn the_last_view_before_the_outcome_counts_and_days_weigh() {
    let views = [
        forecast("s1", "p", "q", 0, 99, stated(0.9)),
        forecast("s2", "p", "q", 80, 99, stated(0.4)),
        forecast("s3", "p", "q", 85, 99, stated(0.4)),
        // After the fact.
        forecast("s4", "p", "q", 95, 99, stated(1.0)),
    ];
    let Verdict::Scored { came_true, views } = verdict(&views, &[happened("q", 89, 120)]) else {
        panic!("it is decided")
    };
    assert!(came_true);
    let turns: Vec<(f64, u32)> = views.iter().map(|view| (view.chance.mid, view.days)).collect();
    assert_eq!(turns, [(0.9, 80), (0.4, 10)]);
}

#[test]
fn the_same_vague_words_within_a_week_are_one_forecast() {
    let vague = |id: &str, said: i64| Forecast {
        span: Some(Span {
            earliest: Some(day(said)),
            latest: Some(day(said + 7)),
            latest_soft: Some(day(said + 14)),
            is_vague: true,
        }),
        ..forecast(id, "p", "q", said, 0, chance(0.6, 0.7, 0.8))
    };
    let judged = judge(&[vague("s1", 1), vague("s2", 3), vague("s3", 20)], &by_subject(&[]));
    let said: Vec<usize> = judged.iter().map(|one| one.statements.len()).collect();
    assert_eq!(said, [2, 1]);
}

#[test]
fn a_later_date_is_a_new_deadline_and_the_missed_one_stays() {
    let flat = chance(0.896, 0.948, 1.0);
    let all = [
        forecast("s1", "p", "q", 1, 30, flat),
        forecast("s2", "p", "q", 5, 30, flat),
        forecast("s3", "p", "q", 33, 75, flat),
        Forecast { is_intention: true, ..forecast("s4", "p", "q", 70, 120, flat) },
        Forecast { says_yes: false, ..forecast("s5", "p", "q", 70, 110, flat) },
        forecast("s6", "other", "q", 2, 40, flat),
        // What may happen is promised by nobody.
        Forecast {
            claim: Claim::None(Unscorable::Possibility),
            ..forecast("s7", "p", "q", 34, 77, flat)
        },
    ];
    let late = [happened("q", 80, 100)];
    let named = deadlines(&all, &by_subject(&late));
    let told: Vec<_> = named
        .iter()
        .map(|one| (one.holder.as_str(), one.statements.len(), one.slip, one.late, one.replaces))
        .collect();
    assert_eq!(
        told,
        [
            ("p", 2, Some(45), Some(50), None),
            ("other", 1, None, Some(40), None),
            ("p", 1, Some(45), Some(5), Some(0)),
            ("p", 1, None, None, Some(2)),
        ]
    );
    assert_eq!(named[0].fate, Fate::DidNot { later: Some(day(80)) });
    assert_eq!(named[2].fate, Fate::DidNot { later: Some(day(80)) });
    assert!(matches!(named[3].fate, Fate::Happened { .. }));
    assert!(named[3].is_intention);
}

#[test]
fn below_ten_questions_there_is_no_score_and_below_thirty_it_is_provisional() {
    use sayso_score::Standing::{Provisional, Scored, TooFew};
    for (questions, standing) in [(9, TooFew), (10, Provisional), (29, Provisional), (30, Scored)] {
        let world: Vec<Outcome> =
            (0..questions).map(|i| happened(&format!("q{i}"), 9, 60)).collect();
        // Two holders of a question are one question.
        let all: Vec<Forecast> = (0..questions * 2)
            .map(|i| {
                let holder = if i < questions { "p" } else { "other" };
                forecast(
                    &format!("s{i}"),
                    holder,
                    &format!("q{}", i % questions),
                    1,
                    30,
                    stated(0.8),
                )
            })
            .collect();
        let judged = judge(&all, &by_subject(&world));
        let card = scorecard(&judged.iter().collect::<Vec<_>>());
        assert_eq!((card.questions, card.standing), (questions, standing));
        assert_eq!(card.brier.is_some(), standing != TooFew);
    }
}

#[test]
fn resolvers_that_disagree_leave_it_disputed() {
    let all = [
        forecast("s1", "p", "q1", 1, 30, stated(0.8)),
        forecast("s2", "p", "q2", 1, 30, stated(0.8)),
    ];
    let one = [happened("q1", 9, 60), happened("q2", 9, 60)];
    let other = [never("q1", 60)];
    let under = [judge(&all, &by_subject(&one)), judge(&all, &by_subject(&other))];
    for under in [under.clone(), [under[1].clone(), under[0].clone()]] {
        let both = agreed(&under);
        assert_eq!(both[0].verdict, Verdict::Unscorable(Unscorable::Disputed));
        assert!(matches!(both[1].verdict, Verdict::Scored { came_true: true, .. }));
    }
    // What was said does not change with who resolves it.
    let vague = [Forecast { claim: Claim::None(Unscorable::Possibility), ..all[0].clone() }];
    let under = [judge(&vague, &by_subject(&other)), judge(&vague, &by_subject(&one))];
    assert_eq!(agreed(&under)[0].verdict, Verdict::Unscorable(Unscorable::Possibility));
}

#[test]
fn two_dates_of_one_day_are_no_move() {
    let flat = chance(0.896, 0.948, 1.0);
    let all = [forecast("s1", "p", "q", 1, 30, flat), forecast("s2", "p", "q", 1, 20, flat)];
    let named = deadlines(&all, &by_subject(&[]));
    assert!(named.iter().all(|one| one.slip.is_none() && one.replaces.is_none()), "{named:?}");
}
