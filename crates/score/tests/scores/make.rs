//! Invented forecasts and outcomes.

use jiff::{ToSpan as _, civil::Date};
use proptest::prelude::*;
use sayso_model::{OUTCOME_SCHEMA, Occurrence, Outcome, OutcomeState, Subject};
use sayso_score::{Chance, Claim, Forecast, Outcomes, Span};

/// Days are counted from here.
pub(crate) fn day(n: i64) -> Date {
    jiff::civil::date(2031, 1, 1).saturating_add(n.days())
}

pub(crate) fn chance(low: f64, mid: f64, high: f64) -> Chance {
    Chance::new(low, mid, high).expect("a sound chance")
}

pub(crate) fn stated(p: f64) -> Chance {
    chance(p, p, p)
}

/// Said on a day, to happen until a day.
pub(crate) fn forecast(
    id: &str,
    holder: &str,
    question: &str,
    said: i64,
    by: i64,
    p: Chance,
) -> Forecast {
    Forecast {
        id: id.to_owned(),
        group: holder.to_owned(),
        holder: holder.to_owned(),
        question: Some(question.to_owned()),
        said: Some(day(said)),
        place: (format!("article {said}"), 0),
        span: Some(Span {
            earliest: None,
            latest: Some(day(by)),
            latest_soft: Some(day(by)),
            is_vague: false,
        }),
        says_yes: true,
        claim: Claim::Chance(p),
        is_hedged: true,
        is_intention: false,
    }
}

pub(crate) fn outcome(
    question: &str,
    state: OutcomeState,
    on: &[Occurrence],
    through: i64,
) -> Outcome {
    Outcome {
        schema: OUTCOME_SCHEMA,
        id: String::new(),
        subject: Subject::Question(question.to_owned()),
        resolver: "The harbour master".to_owned(),
        state,
        occurrences: on.to_vec(),
        through: day(through),
        known: day(through),
        window: None,
        sources: Vec::new(),
        reason: "So it stands in the log.".to_owned(),
        proposed_by: "a test".to_owned(),
    }
    .sealed()
    .expect("a sound outcome")
}

pub(crate) fn happened(question: &str, on: i64, through: i64) -> Outcome {
    outcome(question, OutcomeState::True, &[Occurrence::on(day(on))], through)
}

pub(crate) fn never(question: &str, through: i64) -> Outcome {
    outcome(question, OutcomeState::Pending, &[], through)
}

pub(crate) fn by_subject(outcomes: &[Outcome]) -> Outcomes<'_> {
    outcomes.iter().map(|one| (one.subject.id(), one)).collect()
}

/// A hundred questions of which half came true, each on its own day of a year.
pub(crate) fn world() -> Vec<Outcome> {
    (0..100)
        .map(|i| {
            let id = format!("q{i}");
            if i % 2 == 0 { happened(&id, 20 + i, 400) } else { never(&id, 400) }
        })
        .collect()
}

/// Forecasts of a few holders on the questions of [`world`].
pub(crate) fn any_forecasts() -> impl Strategy<Value = Vec<Forecast>> {
    let one = (0_u8..3, 0_u8..100, 0_i64..60, 0_i64..4, any_chance(), any::<bool>());
    proptest::collection::vec(one, 0..160).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(i, (holder, question, said, by, p, yes))| {
                let (holder, question) = (format!("p{holder}"), format!("q{question}"));
                let one = forecast(&format!("s{i}"), &holder, &question, said, 60 + 30 * by, p);
                let place = (one.place.0.clone(), 2 * i as u32);
                Forecast { says_yes: yes, place, ..one }
            })
            .collect()
    })
}

pub(crate) fn any_chance() -> impl Strategy<Value = Chance> {
    (0_u16..=1000, 0_u16..=1000, 0_u16..=1000).prop_map(|(a, b, c)| {
        let mut three = [a, b, c].map(|n| f64::from(n) / 1000.0);
        three.sort_by(f64::total_cmp);
        chance(three[0], three[1], three[2])
    })
}
