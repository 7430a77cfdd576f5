//! Repeats of one view become one forecast, and each gets its outcome.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sayso_model::{Outcome, OutcomeState};
use serde::Serialize;

use crate::{
    chance::Chance,
    fate::{Fate, fate},
    forecast::{Claim, Forecast, Span, Unscorable},
};

/// Days within which the same vague words of one holder are one forecast: a reprint two days later
/// moves "in the coming days" by two days and says nothing new.
const REPRINT: i32 = 7;

/// What one resolver says, by the id of the question or the statement.
pub type Outcomes<'a> = BTreeMap<&'a str, &'a Outcome>;

/// A forecast of one holder on one question with one last day, however often it was said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// Whose scorecard it counts on.
    pub group: String,
    /// Who holds it.
    pub holder: String,
    /// The question.
    pub question: Option<String>,
    /// The last day of the plain reading.
    pub latest: Option<Date>,
    /// Ids of all statements that say it, in the order in which they were said.
    pub statements: Vec<String>,
    /// True where some of its words say how sure the holder is.
    pub is_hedged: bool,
    /// What is held of it.
    pub verdict: Verdict,
}

/// What scoring does with a forecast.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is scored.
    Scored {
        /// Whether the answer to the question was yes.
        came_true: bool,
        /// What the holder said of it in turn, the first first; never empty.
        views: Vec<View>,
    },
    /// It can still be decided.
    Open,
    /// Its question fell away, or its condition did not come about.
    Void,
    /// It cannot be scored.
    Unscorable(Unscorable),
}

/// One view of a holder, from the day on which it was said until the next or the end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct View {
    /// The day on which it was said.
    pub said: Date,
    /// How many days it was the holder's view, the first and the last included.
    pub days: u32,
    /// The chance of yes.
    pub chance: Chance,
}

/// Merges the repeats among forecasts and judges each by the outcomes of one resolver. The order of
/// the forecasts changes nothing. Intentions are passed over.
pub fn judge(forecasts: &[Forecast], outcomes: &Outcomes<'_>) -> Vec<Judged> {
    let mut order: Vec<&Forecast> = forecasts.iter().filter(|one| !one.is_intention).collect();
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    // The same statement twice is one.
    order.dedup_by(|a, b| a.id == b.id && a.group == b.group);
    let mut judged = Vec::new();
    for about in order.chunk_by(|a, b| subject(a) == subject(b)) {
        for unit in units(about) {
            judged.push(judge_one(&unit, outcomes));
        }
    }
    judged
}

type Key<'a> = ((&'a str, &'a str, &'a str), Option<Date>, &'a str, u32, &'a str);

fn key(one: &Forecast) -> Key<'_> {
    (subject(one), one.said, &one.place.0, one.place.1, &one.id)
}

/// What repeats agree in; a forecast on no question is its own.
fn subject(one: &Forecast) -> (&str, &str, &str) {
    (&one.group, &one.holder, one.question.as_deref().unwrap_or(&one.id))
}

/// The forecasts of one holder on one question, by their last day.
fn units<'a>(about: &[&'a Forecast]) -> Vec<Vec<&'a Forecast>> {
    let mut units: Vec<Vec<&Forecast>> = Vec::new();
    for one in about {
        // Compared with the first alone: else a month of "in the coming days" were one forecast.
        match units.iter_mut().find(|unit| is_same(unit[0], one)) {
            Some(unit) => unit.push(one),
            None => units.push(vec![one]),
        }
    }
    units
}

fn is_same(one: &Forecast, other: &Forecast) -> bool {
    let days = |one: &Forecast| one.span.map(|span| (span.latest, span.latest_soft));
    if days(one) == days(other) {
        return true;
    }
    let (Some(a), Some(b)) = (one.span, other.span) else { return false };
    let is_near =
        one.said.zip(other.said).is_some_and(|(a, b)| (b - a).get_days().abs() <= REPRINT);
    let length = |span: Span, said: Option<Date>| {
        said.zip(span.end()).map(|(said, end)| (end - said).get_days())
    };
    let same_words = length(a, one.said) == length(b, other.said);
    a.is_vague && b.is_vague && is_near && same_words && one.claim == other.claim
}

fn judge_one(unit: &[&Forecast], outcomes: &Outcomes<'_>) -> Judged {
    let first = unit[0];
    Judged {
        group: first.group.clone(),
        holder: first.holder.clone(),
        question: first.question.clone(),
        latest: first.span.and_then(|span| span.latest),
        statements: unit.iter().map(|one| one.id.clone()).collect(),
        is_hedged: unit.iter().any(|one| one.is_hedged),
        verdict: verdict(unit, outcomes),
    }
}

fn verdict(unit: &[&Forecast], outcomes: &Outcomes<'_>) -> Verdict {
    // What was said of one forecast itself prevails: by it conditions are decided.
    for one in unit {
        if let Some(outcome) = outcomes.get(one.id.as_str()) {
            return by_itself(one, outcome);
        }
    }
    let mut views: Vec<(Date, Chance)> = Vec::new();
    let mut reason = None;
    for one in unit {
        match (one.claim, one.said) {
            (Claim::Chance(chance), Some(said)) => views.push((said, chance)),
            (Claim::Chance(_), None) => reason = reason.or(Some(Unscorable::Undated)),
            (Claim::Conditional(_), _) => reason = reason.or(Some(Unscorable::Condition)),
            (Claim::None(why), _) => reason = reason.or(Some(why)),
        }
    }
    let Some((said, _)) = views.first().copied() else {
        return Verdict::Unscorable(reason.unwrap_or(Unscorable::Undated));
    };
    let first = unit[0];
    let Some(question) = &first.question else {
        return Verdict::Unscorable(Unscorable::NoQuestion);
    };
    let Some((span, end)) = first.span.and_then(|span| Some((span, span.end()?))) else {
        return Verdict::Unscorable(Unscorable::Undated);
    };
    let Some(outcome) = outcomes.get(question.as_str()) else { return Verdict::Open };
    match fate(outcome, said, span) {
        Fate::Happened { on, .. } => scored(true, &views, on.min(end)),
        Fate::DidNot { .. } => scored(false, &views, end),
        Fate::Open => Verdict::Open,
        Fate::Void => Verdict::Void,
        Fate::AlreadySo => Verdict::Unscorable(Unscorable::AlreadySo),
        Fate::UnclearDay => Verdict::Unscorable(Unscorable::UnclearDay),
        Fate::Partial => Verdict::Unscorable(Unscorable::Partial),
        Fate::Disputed => Verdict::Unscorable(Unscorable::Disputed),
        Fate::Unresolvable => Verdict::Unscorable(Unscorable::Unresolvable),
    }
}

/// By an outcome of the statement: true is that what it says came about.
fn by_itself(one: &Forecast, outcome: &Outcome) -> Verdict {
    let came_about = match outcome.state {
        OutcomeState::True => true,
        OutcomeState::False => false,
        OutcomeState::Pending => return Verdict::Open,
        OutcomeState::Void => return Verdict::Void,
        OutcomeState::Partial => return Verdict::Unscorable(Unscorable::Partial),
        OutcomeState::Disputed => return Verdict::Unscorable(Unscorable::Disputed),
        OutcomeState::Unresolvable => return Verdict::Unscorable(Unscorable::Unresolvable),
    };
    let Some(said) = one.said else { return Verdict::Unscorable(Unscorable::Undated) };
    match one.claim {
        Claim::Chance(chance) | Claim::Conditional(chance) => {
            scored(came_about == one.says_yes, &[(said, chance)], outcome.known.max(said))
        }
        Claim::None(why) => Verdict::Unscorable(why),
    }
}

fn scored(came_true: bool, views: &[(Date, Chance)], end: Date) -> Verdict {
    let in_time: Vec<&(Date, Chance)> = views.iter().filter(|(said, _)| *said <= end).collect();
    let mut turns: Vec<View> = Vec::new();
    for (i, (said, chance)) in in_time.iter().enumerate() {
        let next = in_time.get(i + 1).map(|(next, _)| *next);
        // Of two views of one day the later place in the text counts.
        if next == Some(*said) {
            continue;
        }
        let days = match next {
            Some(next) => (next - *said).get_days(),
            None => (end - *said).get_days() + 1,
        };
        let days = u32::try_from(days).unwrap_or(0);
        match turns.last_mut() {
            Some(last) if last.chance == *chance => last.days += days,
            _ => turns.push(View { said: *said, days, chance: *chance }),
        }
    }
    if turns.is_empty() {
        return Verdict::Unscorable(Unscorable::AfterTheFact);
    }
    Verdict::Scored { came_true, views: turns }
}

/// The same forecasts as judged under several resolvers, taken together: what one decides counts,
/// what they decide differently is disputed. The lists are those of [`judge`] for the same forecasts.
pub fn agreed(under: &[Vec<Judged>]) -> Vec<Judged> {
    let Some((first, others)) = under.split_first() else { return Vec::new() };
    let mut agreed = first.clone();
    for (i, one) in agreed.iter_mut().enumerate() {
        for other in others.iter().filter_map(|list| list.get(i)) {
            one.verdict = together(&one.verdict, &other.verdict);
        }
    }
    agreed
}

fn together(one: &Verdict, other: &Verdict) -> Verdict {
    match (one, other) {
        (Verdict::Open, decided) | (decided, Verdict::Open) => decided.clone(),
        (Verdict::Scored { came_true: a, .. }, Verdict::Scored { came_true: b, .. }) if a == b => {
            one.clone()
        }
        (Verdict::Unscorable(why), _) if !why.is_of_outcome() => one.clone(),
        (one, other) if one == other => one.clone(),
        // Only one of the two has an outcome for it.
        (Verdict::Unscorable(Unscorable::Condition), decided)
        | (decided, Verdict::Unscorable(Unscorable::Condition)) => decided.clone(),
        _ => Verdict::Unscorable(Unscorable::Disputed),
    }
}
