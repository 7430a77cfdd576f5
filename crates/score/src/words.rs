//! How outcomes are worded, everywhere alike. Of a person nothing is said but what happened, in the
//! window that they named.

use jiff::civil::Date;
use sayso_model::{Occurrence, Outcome, OutcomeState};

use crate::{
    card::{FEW, Scorecard, Standing},
    deadline::Deadline,
    fate::Fate,
    judge::Verdict,
};

/// "18 May 2031"
pub fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// "1 day", "3 days"
fn days(n: i32) -> String {
    format!("{n} day{}", if n == 1 { "" } else { "s" })
}

/// One of the times that something came true: "came true on 18 May 2031", "came true again on …".
pub fn came_true(one: &Occurrence, again: bool) -> String {
    let again = if again { "again " } else { "" };
    format!("came true {again}{}", occurrence(one))
}

/// What became of a question, as the end of "The harbour master: …".
pub fn outcome(outcome: &Outcome) -> String {
    let through = day(outcome.through);
    match outcome.state {
        OutcomeState::True if outcome.occurrences.is_empty() => "came about".to_owned(),
        OutcomeState::True => {
            let all: Vec<String> = outcome.occurrences.iter().map(occurrence).collect();
            format!("came true {}", all.join("; again "))
        }
        OutcomeState::False => format!("did not happen by {through}"),
        OutcomeState::Pending => format!("had not happened by {through}"),
        OutcomeState::Partial => "came about in part".to_owned(),
        OutcomeState::Void => "fell away".to_owned(),
        OutcomeState::Disputed => "disputed".to_owned(),
        OutcomeState::Unresolvable => "cannot be decided".to_owned(),
    }
}

fn occurrence(one: &Occurrence) -> String {
    let when = match one.earliest {
        Some(earliest) if earliest == one.latest => format!("on {}", day(one.latest)),
        Some(earliest) => format!("between {} and {}", day(earliest), day(one.latest)),
        None => format!("on {} or before", day(one.latest)),
    };
    match one.ended {
        Some(ended) if ended > one.latest => format!("{when}, and no longer on {}", day(ended)),
        _ => when,
    }
}

/// What became of a forecast in its window.
pub fn fate(fate: Fate) -> String {
    match fate {
        Fate::Happened { on, .. } => format!("happened on {}, in the stated window", day(on)),
        Fate::DidNot { later: None } => "did not happen in the stated window".to_owned(),
        Fate::DidNot { later: Some(later) } => {
            format!("did not happen in the stated window; it happened on {}", day(later))
        }
        // A window may have closed, without an outcome.
        Fate::Open => "not resolved so far".to_owned(),
        Fate::Void => "fell away".to_owned(),
        Fate::AlreadySo => "was so already when it was said".to_owned(),
        Fate::UnclearDay => "the day is unclear".to_owned(),
        Fate::Partial => "came about in part".to_owned(),
        Fate::Disputed => "disputed".to_owned(),
        Fate::Unresolvable => "cannot be decided".to_owned(),
    }
}

/// What became of a deadline and where it went: "did not happen in the stated window; moved by 45
/// days".
pub fn deadline(one: &Deadline) -> String {
    let late = one.late.map(|late| format!(", {} after the last day", days(late)));
    let slip = match one.slip {
        Some(slip) if slip > 0 => format!("; moved by {}", days(slip)),
        Some(slip) if slip < 0 => format!("; moved forward by {}", days(-slip)),
        _ => String::new(),
    };
    format!("{}{}{slip}", fate(one.fate), late.unwrap_or_default())
}

/// What is held of a forecast.
pub fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Scored { came_true: true, .. } => "it happened".to_owned(),
        Verdict::Scored { came_true: false, .. } => {
            "it did not happen in the stated window".to_owned()
        }
        Verdict::Open => "not resolved so far".to_owned(),
        Verdict::Void => "fell away".to_owned(),
        Verdict::Unscorable(why) => format!("not scorable: {}", why.phrase()),
    }
}

/// "12 resolved of 41 forecasts; 8 not resolved so far; 19 not scorable (a possibility 11, no last day 8)".
pub fn counts(card: &Scorecard) -> String {
    let forecasts = if card.forecasts == 1 { "forecast" } else { "forecasts" };
    let mut parts = vec![format!("{} resolved of {} {forecasts}", card.resolved, card.forecasts)];
    if card.open > 0 {
        parts.push(format!("{} not resolved so far", card.open));
    }
    if card.void > 0 {
        parts.push(format!("{} fell away", card.void));
    }
    let unscorable: usize = card.unscorable.values().sum();
    if unscorable > 0 {
        let mut why: Vec<_> = card.unscorable.iter().collect();
        why.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let why: Vec<String> = why.iter().map(|(why, n)| format!("{} {n}", why.phrase())).collect();
        parts.push(format!("{unscorable} not scorable ({})", why.join(", ")));
    }
    parts.join("; ")
}

/// "Brier 0.18 (0.05–0.35 over the range; readers 0.20), provisional", or why there is none.
pub fn score(card: &Scorecard) -> String {
    let Some(brier) = card.brier else {
        return match card.questions {
            1 => format!("too few to score: 1 resolved question, {FEW} are needed"),
            n => format!("too few to score: {n} resolved questions, {FEW} are needed"),
        };
    };
    let mut parts = vec![format!(
        "Brier {:.2} ({:.2}–{:.2} over the range; readers {:.2})",
        brier.last_view.mid, brier.last_view.best, brier.last_view.worst, brier.readers
    )];
    if let Some((low, high)) = brier.interval {
        parts.push(format!("95 % of draws {low:.2}–{high:.2}"));
    }
    if card.standing == Standing::Provisional {
        parts.push(format!("provisional: {} resolved questions", card.questions));
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_a_person() {
        let on = jiff::civil::date(2031, 5, 18);
        let fates = [
            Fate::Happened { on, known: on },
            Fate::DidNot { later: None },
            Fate::DidNot { later: Some(on) },
            Fate::Open,
            Fate::Void,
            Fate::AlreadySo,
            Fate::UnclearDay,
            Fate::Partial,
            Fate::Disputed,
            Fate::Unresolvable,
        ];
        for one in fates {
            let words = fate(one);
            for word in ["lie", "false", "wrong", "fail"] {
                assert!(!words.contains(word), "{words}");
            }
        }
    }
}
