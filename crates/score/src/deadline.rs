//! The dates that somebody named, in order, and how far each slipped.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    fate::{Fate, fate},
    forecast::{Claim, Forecast, Unscorable},
    judge::Outcomes,
};

/// A last day that somebody named for something to happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// Who named it.
    pub holder: String,
    /// The question that it belongs to.
    pub question: Option<String>,
    /// The day on which it was first named.
    pub said: Option<Date>,
    /// The last day.
    pub latest: Date,
    /// The last day of the generous reading, where it is a later one.
    pub latest_soft: Option<Date>,
    /// Statements that name it, in the order in which they were said.
    pub statements: Vec<String>,
    /// True where all of them announce a plan.
    pub is_intention: bool,
    /// What became of it.
    pub fate: Fate,
    /// Days from this last day to the one that the same holder named next for the same question;
    /// below zero where it was moved forward.
    pub slip: Option<i32>,
    /// The place in the list of the deadline that this one took the place of.
    pub replaces: Option<usize>,
    /// Days from the last day to the day on which it happened after all.
    pub late: Option<i32>,
}

/// The deadlines in some forecasts and intentions, by the day on which each was first named. What is
/// forecast not to happen has none, nor has what only may happen or hangs on a condition. A later date is a deadline of its own, and the one before it stays
/// what it was.
pub fn deadlines(forecasts: &[Forecast], outcomes: &Outcomes<'_>) -> Vec<Deadline> {
    let mut dated: Vec<(&Forecast, Date)> = forecasts
        .iter()
        .filter(|one| one.says_yes && is_promise(one.claim))
        .filter_map(|one| Some((one, one.span?.latest?)))
        .collect();
    dated.sort_by(|(a, _), (b, _)| (a.said, &a.place, &a.id).cmp(&(b.said, &b.place, &b.id)));
    dated.dedup_by(|a, b| a.0.id == b.0.id);
    let mut named: Vec<Deadline> = Vec::new();
    for (one, latest) in dated {
        let same = |other: &&mut Deadline| {
            other.latest == latest
                && other.holder == one.holder
                && one.question.is_some()
                && other.question == one.question
        };
        if let Some(known) = named.iter_mut().find(same) {
            known.statements.push(one.id.clone());
            known.is_intention &= one.is_intention;
            continue;
        }
        let span = one.span.filter(|span| span.end() != Some(latest));
        named.push(Deadline {
            holder: one.holder.clone(),
            question: one.question.clone(),
            said: one.said,
            latest,
            latest_soft: span.and_then(|span| span.latest_soft),
            statements: vec![one.id.clone()],
            is_intention: one.is_intention,
            fate: became(one, outcomes),
            slip: None,
            replaces: None,
            late: None,
        });
    }
    link(&mut named);
    named
}

/// True for what says that a thing will happen, or is meant to.
fn is_promise(claim: Claim) -> bool {
    matches!(claim, Claim::Chance(_) | Claim::None(Unscorable::Plan))
}

fn became(one: &Forecast, outcomes: &Outcomes<'_>) -> Fate {
    use sayso_model::OutcomeState;
    if let Some(outcome) = outcomes.get(one.id.as_str()) {
        return match outcome.state {
            OutcomeState::True => {
                let on = outcome.occurrences.first().map_or(outcome.known, |one| one.latest);
                Fate::Happened { on, known: outcome.known }
            }
            OutcomeState::False => Fate::DidNot { later: None },
            OutcomeState::Pending => Fate::Open,
            OutcomeState::Partial => Fate::Partial,
            OutcomeState::Void => Fate::Void,
            OutcomeState::Disputed => Fate::Disputed,
            OutcomeState::Unresolvable => Fate::Unresolvable,
        };
    }
    let outcome = one.question.as_deref().and_then(|question| outcomes.get(question));
    match (outcome, one.said, one.span) {
        (Some(outcome), Some(said), Some(span)) => fate(outcome, said, span),
        _ => Fate::Open,
    }
}

/// Links each deadline to the one that the same holder named before it for the same question.
fn link(named: &mut [Deadline]) {
    let mut last: BTreeMap<(String, String), usize> = BTreeMap::new();
    for i in 0..named.len() {
        if let Fate::DidNot { later: Some(day) } = named[i].fate {
            named[i].late = Some((day - named[i].latest).get_days());
        }
        let Some(question) = named[i].question.clone() else { continue };
        let key = (named[i].holder.clone(), question);
        // Two dates of one day are two readings of it, and none has been moved.
        let earlier = |before: &usize| named[*before].said < named[i].said;
        if let Some(before) = last.insert(key, i).filter(earlier) {
            named[i].replaces = Some(before);
            named[before].slip = Some((named[i].latest - named[before].latest).get_days());
        }
    }
}
