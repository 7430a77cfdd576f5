//! Who contradicts whom on one question: contradictions, changed minds, drift, numbers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sayso_model::{
    Bearing, CertaintyClass, Kind, Relation, Speech, Stance, Statement, WindowPrecision,
};
use serde::{Deserialize, Serialize};

use crate::{origin::DAYS, spelling::fold};

/// Statements of one side that are paired with the other side: the surest. A hot question has
/// thousands, and a list of their pairs would say nothing.
const SURE: usize = 48;
/// Pairs that are listed.
const MOST: usize = 100;
/// What "will" and "did" without a hedge leave open.
const PLAIN: f64 = 0.1;
/// Two ranges whose middles are nearer than this are equally sure.
const ALIKE: f64 = 0.05;
/// Days after which a report and its denial no longer speak of the same state of things.
const LASTING: i32 = 30;

/// A statement on the question that is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The record.
    pub statement: &'a Statement,
    /// Its side and range.
    pub bearing: &'a Bearing,
    /// Who speaks, across articles.
    pub speaker: &'a str,
    /// The origin it traces to.
    pub origin: &'a str,
}

/// Two statements that cannot both hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contradiction {
    /// The statement that says yes.
    pub yes: String,
    /// The statement that says no.
    pub no: String,
    /// How far apart the two are: the gap between their ranges, 0 to 1.
    pub gap: f64,
    /// True when they trace to two origins and stand in two outlets.
    pub independent: bool,
    /// Pairs of statements of these two holders; this is the newest.
    pub pairs: u64,
    /// Why not both can hold, in one sentence.
    pub reason: String,
}

/// A speaker who says otherwise than before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The speaker.
    pub speaker: String,
    /// The earlier statement.
    pub before: String,
    /// The later one.
    pub after: String,
    /// True where the side changed, false where only the range did.
    pub turned: bool,
}

/// A paraphrase that is surer, or less sure, than the speaker's own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// The paraphrase.
    pub paraphrase: String,
    /// The quotation.
    pub quotation: String,
    /// True where the paraphrase is the surer one.
    pub surer: bool,
    /// Difference of the middles of the two ranges, 0 to 1.
    pub by: f64,
}

/// A number that differs between two reports of one origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The one statement.
    pub one: String,
    /// Its words.
    pub said: String,
    /// The other statement.
    pub other: String,
    /// Its words.
    pub but: String,
}

/// What [`compare`] finds on one question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// One for each two holders, the newest first; at most 100.
    pub contradictions: Vec<Contradiction>,
    /// Changed minds, by date.
    pub changes: Vec<Change>,
    /// Paraphrases beside quotations, by date; at most 100.
    pub drift: Vec<Drift>,
    /// Numbers, by date; at most 100.
    pub numbers: Vec<Difference>,
}

/// Compares the statements on one question. Time is `n log n` in their number.
pub fn compare(said: &[Said<'_>]) -> Comparison {
    let mut order: Vec<&Said<'_>> = said.iter().collect();
    order.sort_by_key(|s| {
        let article = &s.statement.article;
        (article.published.is_none(), &article.published, &article.id, &s.statement.id)
    });
    Comparison {
        contradictions: contradictions(&order),
        changes: changes(&order),
        drift: drifts(&order),
        numbers: differences(&order),
    }
}

/// The range of "yes" that the words leave; none for plans, wishes and conditions, which claim
/// nothing of the event, and for judgements that say no chance.
fn range(said: &Said<'_>) -> Option<(f64, f64)> {
    let statement = said.statement;
    let class = statement.certainty.as_ref().map(|certainty| certainty.class);
    let idle = matches!(
        class,
        Some(CertaintyClass::Plan | CertaintyClass::Desire | CertaintyClass::Conditional)
    );
    let claims_nothing = matches!(statement.kind, Kind::Intention | Kind::Demand);
    if idle || statement.condition.is_some() || claims_nothing {
        return None;
    }
    let (low, high) = (said.bearing.low, said.bearing.high);
    match (low, high, said.bearing.stance) {
        (None, None, _) if statement.kind == Kind::Assessment => None,
        (None, None, Stance::Yes) => Some((1.0 - PLAIN, 1.0)),
        (None, None, Stance::No) => Some((0.0, PLAIN)),
        (low, high, _) => Some((low.unwrap_or(0.0), high.unwrap_or(1.0))),
    }
}

fn day(said: &Said<'_>) -> Option<Date> {
    said.statement.article.published.as_deref().and_then(|day| day.get(..10))?.parse().ok()
}

fn latest(statement: &Statement) -> Option<Date> {
    let window = statement.window.as_ref().filter(|w| w.relation != Relation::After)?;
    window.latest_soft.or(window.latest)
}

/// A pair with the day of its newer statement.
type Dated = (Option<Date>, Contradiction);

fn contradictions(said: &[&Said<'_>]) -> Vec<Contradiction> {
    let side = |stance: Stance| {
        let mut side: Vec<(&Said<'_>, (f64, f64))> = said
            .iter()
            .filter(|s| s.bearing.stance == stance)
            .filter_map(|s| Some((*s, range(s)?)))
            .collect();
        side.sort_by(|(a, x), (b, y)| {
            let sure = |(low, high): &(f64, f64)| match stance {
                Stance::Yes => *low,
                Stance::No => 1.0 - *high,
            };
            sure(y).total_cmp(&sure(x)).then_with(|| a.statement.id.cmp(&b.statement.id))
        });
        side.truncate(SURE);
        side
    };
    let (yes, no) = (side(Stance::Yes), side(Stance::No));
    let mut found: BTreeMap<(&str, &str), Vec<Dated>> = BTreeMap::new();
    for (a, (low, _)) in &yes {
        for (b, (_, high)) in &no {
            let gap = low - high;
            // Who says both has changed their mind, or was read wrong; that is another list. What
            // traces to one origin is one saying.
            let one_source =
                a.speaker == b.speaker && !a.speaker.is_empty() || a.origin == b.origin;
            if gap <= 0.0 || one_source || !same_claim(a, b) {
                continue;
            }
            let Some(reason) = clash(a, b) else { continue };
            let outlets = a.statement.article.outlet != b.statement.article.outlet;
            let apart = outlets || a.statement.article.outlet.is_none();
            let independent = a.origin != b.origin && apart;
            let (yes, no) = (a.statement.id.clone(), b.statement.id.clone());
            let pair = Contradiction { yes, no, gap, independent, pairs: 1, reason };
            let latest = day(a).max(day(b));
            found.entry((holder(a), holder(b))).or_default().push((latest, pair));
        }
    }
    // One row for two holders: the newest pair, with how many there are.
    let mut rows: Vec<Dated> = found
        .into_values()
        .filter_map(|mut pairs| {
            let count = pairs.len();
            pairs.sort_by(|(a, x), (b, y)| {
                b.cmp(a)
                    .then(y.gap.total_cmp(&x.gap))
                    .then_with(|| (&x.yes, &x.no).cmp(&(&y.yes, &y.no)))
            });
            let (latest, newest) = pairs.into_iter().next()?;
            Some((latest, Contradiction { pairs: count as u64, ..newest }))
        })
        .collect();
    rows.sort_by(|(a, x), (b, y)| {
        b.cmp(a)
            .then(y.independent.cmp(&x.independent))
            .then(y.gap.total_cmp(&x.gap))
            .then_with(|| (&x.yes, &x.no).cmp(&(&y.yes, &y.no)))
    });
    rows.truncate(MOST);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Who stands behind a statement: the speaker, else the origin.
fn holder<'a>(said: &Said<'a>) -> &'a str {
    if said.speaker.is_empty() { said.origin } else { said.speaker }
}

/// Whether two statements assert or deny the same: their own predicates, and no mere mention.
fn same_claim(one: &Said<'_>, other: &Said<'_>) -> bool {
    match (&one.statement.event, &other.statement.event) {
        // Classes of packs meet on a question as opposites, too.
        (Some(a), Some(b)) => a.class == b.class || a.pack.is_some() && b.pack.is_some(),
        // A ratio needs no event.
        _ => one.statement.event.is_none() == other.statement.event.is_none(),
    }
}

/// Why a yes and a no speak of the same time; none where both can hold.
fn clash(yes: &Said<'_>, no: &Said<'_>) -> Option<String> {
    let forecast = |said: &Said<'_>| said.statement.kind == Kind::Forecast;
    match (forecast(yes), forecast(no)) {
        (true, true) => match (latest(yes.statement), latest(no.statement)) {
            (Some(by), Some(until)) if by <= until && windows_meet(yes, no) => Some(format!(
                "One says that it happens by {by}, the other that it does not until {until}."
            )),
            (Some(by), None) => {
                Some(format!("One says that it happens by {by}, the other that it does not."))
            }
            (None, None) => {
                Some("One says that it will happen, the other that it will not.".to_owned())
            }
            // What comes some day need not come by this one.
            _ => None,
        },
        (false, false) => match (day(yes), day(no)) {
            (Some(then), Some(now)) => {
                let days = then.until(now).ok()?.get_days();
                (-DAYS..=LASTING).contains(&days).then(|| {
                    format!("One says on {then} that it is so, the other on {now} that it is not.")
                })
            }
            _ => Some("One says that it is so, the other that it is not.".to_owned()),
        },
        (false, true) => match (day(yes), day(no)) {
            (Some(then), Some(now)) if then > now => None,
            _ => Some("One says that it has happened, the other that it will not.".to_owned()),
        },
        // That it has not happened yet leaves open that it will.
        (true, false) => None,
    }
}

/// Whether two windows have a day in common.
fn windows_meet(one: &Said<'_>, other: &Said<'_>) -> bool {
    let earliest = |said: &Said<'_>| said.statement.window.as_ref().and_then(|w| w.earliest);
    let apart = |first: Option<Date>, second: Option<Date>| matches!((first, second), (Some(a), Some(b)) if a < b);
    !apart(latest(one.statement), earliest(other)) && !apart(latest(other.statement), earliest(one))
}

fn changes(said: &[&Said<'_>]) -> Vec<Change> {
    let mut last: BTreeMap<&str, (&Said<'_>, (f64, f64))> = BTreeMap::new();
    let mut changes = Vec::new();
    for now in said {
        let Some(range) = range(now).filter(|_| !now.speaker.is_empty()) else { continue };
        // Without a date nobody can say which came first.
        let Some(today) = day(now) else { continue };
        if let Some((then, (low, high))) = last.insert(now.speaker, (now, range)) {
            let turned = then.bearing.stance != now.bearing.stance;
            let apart = range.0 > high || range.1 < low;
            if (turned || apart) && day(then).is_some_and(|day| day < today) {
                changes.push(Change {
                    speaker: now.speaker.to_owned(),
                    before: then.statement.id.clone(),
                    after: now.statement.id.clone(),
                    turned,
                });
            }
        }
    }
    changes
}

fn drifts(said: &[&Said<'_>]) -> Vec<Drift> {
    let mut by_id: BTreeMap<&str, &Said<'_>> = BTreeMap::new();
    let mut quotations: BTreeMap<(&str, &str), Vec<&Said<'_>>> = BTreeMap::new();
    for one in said {
        by_id.insert(&one.statement.id, one);
        if one.statement.speech == Speech::Direct && !one.speaker.is_empty() {
            quotations.entry((one.speaker, one.origin)).or_default().push(one);
        }
    }
    let mut drifts: BTreeMap<(usize, &str), Drift> = BTreeMap::new();
    for (rank, paraphrase) in said.iter().enumerate() {
        if paraphrase.statement.speech == Speech::Direct {
            continue;
        }
        let Some(own) = range(paraphrase) else { continue };
        let beside = paraphrase.statement.drift.iter().filter_map(|id| by_id.get(id.as_str()));
        let elsewhere = quotations.get(&(paraphrase.speaker, paraphrase.origin));
        let nearest = elsewhere.into_iter().flatten().take(SURE);
        for quotation in beside.chain(nearest) {
            let Some(quoted) = range(quotation) else { continue };
            let direct = quotation.statement.speech == Speech::Direct;
            let same_side = quotation.bearing.stance == paraphrase.bearing.stance;
            if !direct || !same_side || !is_paraphrase(paraphrase.statement, quotation.statement) {
                continue;
            }
            let middle = |(low, high): (f64, f64)| f64::midpoint(low, high);
            let by = middle(own) - middle(quoted);
            let surer = (by > 0.0) == (paraphrase.bearing.stance == Stance::Yes);
            if by.abs() > ALIKE {
                let drift = Drift {
                    paraphrase: paraphrase.statement.id.clone(),
                    quotation: quotation.statement.id.clone(),
                    surer,
                    by: (by.abs() * 10_000.0).round() / 10_000.0,
                };
                drifts.entry((rank, quotation.statement.id.as_str())).or_insert(drift);
            }
        }
    }
    let mut drifts: Vec<Drift> = drifts.into_values().collect();
    drifts.truncate(MOST);
    drifts
}

/// Whether one statement can be the other in other words: the same claim for the same time with the
/// same figures, and a hedge in one at least.
fn is_paraphrase(one: &Statement, other: &Statement) -> bool {
    let figures = |statement: &Statement| {
        let mut figures: Vec<String> =
            statement.quantities.iter().map(|n| format!("{:?} {:?}", n.low, n.high)).collect();
        figures.sort();
        figures
    };
    let class = |statement: &Statement| statement.event.as_ref().map(|event| event.class.clone());
    let (mine, theirs) = (figures(one), figures(other));
    // "Soon" and "in the coming days" can be one in other words, two dates cannot.
    let day = |statement: &Statement| {
        let dated = statement.window.as_ref().filter(|w| w.precision != WindowPrecision::Vague);
        dated.and_then(|window| window.latest)
    };
    let same_window = match (day(one), day(other)) {
        (Some(mine), Some(theirs)) => mine == theirs,
        _ => true,
    };
    (one.certainty.is_some() || other.certainty.is_some())
        && class(one) == class(other)
        && same_window
        && (mine == theirs || mine.is_empty() || theirs.is_empty())
}

fn differences(said: &[&Said<'_>]) -> Vec<Difference> {
    // The first number of each origin, sort and unit; later ones are held against it.
    let mut first: BTreeMap<(&str, &str, String), (&Statement, usize)> = BTreeMap::new();
    let mut differences = Vec::new();
    for one in said {
        for (index, number) in one.statement.quantities.iter().enumerate() {
            let Some(of) = number.of.as_deref().map(fold).filter(|of| !of.is_empty()) else {
                continue;
            };
            let kind = match number.kind {
                sayso_model::QuantityKind::Count => "count",
                sayso_model::QuantityKind::Ratio | sayso_model::QuantityKind::Multiple => "ratio",
                sayso_model::QuantityKind::Fraction => "fraction",
                sayso_model::QuantityKind::Percent => "percent",
                sayso_model::QuantityKind::Money => "money",
                sayso_model::QuantityKind::Measure => "measure",
            };
            let (other, at) =
                *first.entry((one.origin, kind, of)).or_insert((one.statement, index));
            if other.article.id == one.statement.article.id {
                continue;
            }
            let Some(before) = other.quantities.get(at) else { continue };
            let apart =
                |a: Option<f64>, b: Option<f64>| matches!((a, b), (Some(a), Some(b)) if a > b);
            if apart(before.low, number.high) || apart(number.low, before.high) {
                differences.push(Difference {
                    one: other.id.clone(),
                    said: before.text.clone(),
                    other: one.statement.id.clone(),
                    but: number.text.clone(),
                });
            }
        }
    }
    differences.truncate(MOST);
    differences
}
