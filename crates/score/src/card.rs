//! The scorecard: everything that is counted and computed over a set of forecasts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    bootstrap::interval,
    calibration::{Bin, Murphy, bins, discrimination, murphy},
    chance::{Chance, Envelope},
    forecast::Unscorable,
    judge::{Judged, Verdict, View},
};

/// Resolved questions below which there is no score: with nine, luck decides.
pub const FEW: usize = 10;
/// Resolved questions below which a score is provisional and nobody is ranked.
pub const RANKED: usize = 30;

/// What is known of somebody's forecasts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scorecard {
    /// Forecasts, repeats of one view counted once.
    pub forecasts: usize,
    /// Statements that say them.
    pub statements: usize,
    /// Forecasts with an outcome.
    pub resolved: usize,
    /// How many of the resolved spoke of what came true.
    pub came_true: usize,
    /// Different questions with different last days among the resolved: what the rules for small
    /// numbers count.
    pub questions: usize,
    /// Forecasts that can still be decided.
    pub open: usize,
    /// Forecasts whose question fell away or whose condition did not come about.
    pub void: usize,
    /// Forecasts that cannot be scored, by reason.
    pub unscorable: BTreeMap<Unscorable, usize>,
    /// Share of forecasts whose words say how sure the speaker is; none for no forecasts.
    pub hedge_rate: Option<f64>,
    /// Whether there is a score.
    pub standing: Standing,
    /// Brier's score; none below [`FEW`] resolved questions, and so the rest.
    pub brier: Option<Brier>,
    /// Its split.
    pub murphy: Option<Murphy>,
    /// How it compares with simple rules.
    pub skill: Option<Skill>,
    /// Telling what happens from what does not.
    pub discrimination: Option<Discrimination>,
    /// How often what was called so probable came true.
    pub calibration: Vec<Bin>,
}

/// What the number of resolved questions allows to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Below [`FEW`]: no score.
    TooFew,
    /// Below [`RANKED`]: a score and no ranking.
    Provisional,
    /// A score.
    Scored,
}

/// Mean Brier scores, 0 best and 1 worst.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Brier {
    /// Of the last view before the outcome, at the middle reading and at both ends of the range.
    pub last_view: Envelope,
    /// The same averaged over readers.
    pub readers: f64,
    /// Of the view held on each day, averaged over the days, at the middle reading.
    pub over_time: f64,
    /// 95 % interval of the score at the middle reading, by drawing questions anew.
    pub interval: Option<(f64, f64)>,
}

/// Skill: 1 − score / score of a simple rule. Above 0 is better than the rule.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Skill {
    /// The share of "yes" among these questions.
    pub base_rate: f64,
    /// Against always saying the base rate; none where all or nothing came true.
    pub against_base_rate: Option<f64>,
    /// Against always saying that nothing changes: none where nothing did.
    pub against_status_quo: Option<f64>,
}

/// Telling what happens from what does not.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Discrimination {
    /// The chance that of what came true and what did not, the former was called the more probable.
    pub area: f64,
    /// Mean forecast of what came true less that of what did not.
    pub gap: f64,
}

/// One forecast as the scores look at it.
struct Scored<'a> {
    question: &'a str,
    latest: Option<Date>,
    came_true: bool,
    views: &'a [View],
}

impl Scored<'_> {
    /// The view before the outcome.
    fn last(&self) -> Option<Chance> {
        self.views.last().map(|view| view.chance)
    }

    fn over_time(&self) -> f64 {
        let days: f64 = self.views.iter().map(|view| f64::from(view.days)).sum();
        let sum: f64 = self
            .views
            .iter()
            .map(|view| f64::from(view.days) * view.chance.brier(self.came_true).mid)
            .sum();
        if days > 0.0 { sum / days } else { 0.0 }
    }
}

/// Counts and scores forecasts. They may be anybody's; their order changes nothing.
pub fn scorecard(judged: &[&Judged]) -> Scorecard {
    let mut unscorable: BTreeMap<Unscorable, usize> = BTreeMap::new();
    let (mut open, mut void, mut hedged) = (0, 0, 0);
    let mut scored: Vec<Scored<'_>> = Vec::new();
    for one in judged {
        hedged += usize::from(one.is_hedged);
        match &one.verdict {
            Verdict::Open => open += 1,
            Verdict::Void => void += 1,
            Verdict::Unscorable(why) => *unscorable.entry(*why).or_default() += 1,
            Verdict::Scored { came_true, views } => scored.push(Scored {
                question: one.question.as_deref().unwrap_or(&one.statements[0]),
                latest: one.latest,
                came_true: *came_true,
                views,
            }),
        }
    }
    // Sums of fractions depend on their order in the last digit.
    scored.sort_by(|a, b| {
        let views = |one: &Scored<'_>| one.last().map_or(0, |chance| chance.mid.to_bits());
        (a.question, a.latest, a.came_true, views(a)).cmp(&(
            b.question,
            b.latest,
            b.came_true,
            views(b),
        ))
    });
    let questions: BTreeSet<(&str, Option<Date>)> =
        scored.iter().map(|one| (one.question, one.latest)).collect();
    let standing = match questions.len() {
        n if n < FEW => Standing::TooFew,
        n if n < RANKED => Standing::Provisional,
        _ => Standing::Scored,
    };
    let mut card = Scorecard {
        forecasts: judged.len(),
        statements: judged.iter().map(|one| one.statements.len()).sum(),
        resolved: scored.len(),
        came_true: scored.iter().filter(|one| one.came_true).count(),
        questions: questions.len(),
        open,
        void,
        unscorable,
        hedge_rate: (!judged.is_empty()).then(|| hedged as f64 / judged.len() as f64),
        standing,
        brier: None,
        murphy: None,
        skill: None,
        discrimination: None,
        calibration: Vec::new(),
    };
    if standing > Standing::TooFew {
        fill(&mut card, &scored);
    }
    card
}

fn fill(card: &mut Scorecard, scored: &[Scored<'_>]) {
    let last: Vec<(Chance, bool)> =
        scored.iter().filter_map(|one| Some((one.last()?, one.came_true))).collect();
    let middles: Vec<(f64, bool)> = last.iter().map(|(chance, hit)| (chance.mid, *hit)).collect();
    let envelopes: Vec<Envelope> = last.iter().map(|(chance, hit)| chance.brier(*hit)).collect();
    let last_view = Envelope {
        best: mean(envelopes.iter().map(|e| e.best)),
        mid: mean(envelopes.iter().map(|e| e.mid)),
        worst: mean(envelopes.iter().map(|e| e.worst)),
    };
    card.brier = Some(Brier {
        last_view,
        readers: mean(last.iter().map(|(chance, hit)| chance.readers_brier(*hit))),
        over_time: mean(scored.iter().map(Scored::over_time)),
        interval: interval(&by_question(scored)),
    });
    card.murphy = murphy(&middles);
    card.calibration = bins(&middles);
    let base_rate = mean(middles.iter().map(|(_, hit)| f64::from(u8::from(*hit))));
    let against = |score: f64| (score > 0.0).then(|| 1.0 - last_view.mid / score);
    card.skill = Some(Skill {
        base_rate,
        against_base_rate: against(base_rate * (1.0 - base_rate)),
        // Who always says 0 has the base rate for a score.
        against_status_quo: against(base_rate),
    });
    card.discrimination = discrimination(&middles).map(|area| {
        let of =
            |wanted: bool| mean(middles.iter().filter(|(_, hit)| *hit == wanted).map(|(p, _)| *p));
        Discrimination { area, gap: of(true) - of(false) }
    });
}

/// Sum and number of the scores of each question, in the order of the questions.
fn by_question(scored: &[Scored<'_>]) -> Vec<(f64, usize)> {
    scored
        .chunk_by(|a, b| a.question == b.question)
        .map(|of_one| {
            let scores = of_one.iter().filter_map(|one| Some(one.last()?.brier(one.came_true).mid));
            (scores.clone().sum(), scores.count())
        })
        .collect()
}

/// The mean; 0 of nothing. Summed from the least on, so that the order of entry changes no last bit.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}
