//! 100,000 forecasts of 5,000 speakers on 20,000 questions, judged and scored, with every bootstrap.

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};
use sayso_model::{OUTCOME_SCHEMA, Occurrence, Outcome, OutcomeState, Subject};
use sayso_score::{Chance, Claim, Forecast, Judged, Outcomes, Scorecard, Span, judge, scorecard};

const FORECASTS: usize = 100_000;
const SPEAKERS: usize = 5_000;
const QUESTIONS: usize = 20_000;

fn main() {
    divan::main();
}

fn day(n: usize) -> Date {
    jiff::civil::date(2031, 1, 1).saturating_add(i64::try_from(n).unwrap_or(0).days())
}

fn outcomes() -> Vec<Outcome> {
    (0..QUESTIONS)
        .map(|i| {
            let came_true = i % 3 == 0;
            let occurrences =
                if came_true { vec![Occurrence::on(day(60 + i % 90))] } else { vec![] };
            Outcome {
                schema: OUTCOME_SCHEMA,
                id: String::new(),
                subject: Subject::Question(format!("q{i:015x}")),
                resolver: "series".to_owned(),
                state: if came_true { OutcomeState::True } else { OutcomeState::Pending },
                occurrences,
                through: day(400),
                known: day(400),
                window: None,
                sources: Vec::new(),
                reason: String::new(),
                proposed_by: String::new(),
            }
        })
        .collect()
}

fn forecasts() -> Vec<Forecast> {
    (0..FORECASTS)
        .map(|i| {
            // Strides that share no factor with the counts spread everything over everybody.
            let (holder, question) = (i * 7919 % SPEAKERS, i * 104_729 % QUESTIONS);
            let mid = (i * 31 % 1000) as f64 / 1000.0;
            let chance = Chance { low: mid * 0.8, mid, high: mid + (1.0 - mid) * 0.3 };
            Forecast {
                id: format!("s{i:015x}"),
                group: format!("p{holder:015x}"),
                holder: format!("p{holder:015x}"),
                question: Some(format!("q{question:015x}")),
                said: Some(day(i % 50)),
                place: (format!("{:064x}", i / 8), (i % 8) as u32),
                span: Some(Span {
                    earliest: None,
                    latest: Some(day(100 + i % 7 * 30)),
                    latest_soft: None,
                    is_vague: false,
                }),
                says_yes: true,
                claim: Claim::Chance(chance),
                is_hedged: i % 2 == 0,
                is_intention: false,
            }
        })
        .collect()
}

fn cards(forecasts: &[Forecast], outcomes: &Outcomes<'_>) -> Vec<Scorecard> {
    let judged = judge(forecasts, outcomes);
    let mut groups: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
    for one in &judged {
        groups.entry(&one.group).or_default().push(one);
    }
    groups.values().map(|of_one| scorecard(of_one)).collect()
}

/// Everything, with the making of the scorecards of all speakers.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn every_speaker(bencher: divan::Bencher<'_, '_>) {
    let (forecasts, outcomes) = (forecasts(), outcomes());
    let by_subject: Outcomes<'_> = outcomes.iter().map(|one| (one.subject.id(), one)).collect();
    bencher.bench_local(|| cards(&forecasts, &by_subject));
}
