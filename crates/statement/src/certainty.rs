//! How sure the speaker is, in the speaker's words.
//!
//! A hedge is looked up, never computed: "probably not" is a row of its own. Of several hedges the
//! one counts that governs the main claim: the nearest before the event's trigger in the same
//! clause. "Cannot be ruled out" beside another hedge only lifts the low end.

use std::ops::Range;

use sayso_language::NameKind;
use sayso_model::{Bound, Certainty, CertaintyClass, Span};

use crate::{
    Attribution, Context, event, kind,
    passage::Passage,
    quantity,
    tables::{Found, Hedge, List},
};

/// Words that speak of a likelihood and so make "slim" or "minimal" a hedge.
const CHANCE: [&str; 20] = [
    "chance",
    "chances",
    "prospect",
    "prospects",
    "probability",
    "likelihood",
    "risk",
    "risks",
    "possibility",
    "odds",
    "hope",
    "hopes",
    "threat",
    "danger",
    "potential",
    "scenario",
    "option",
    "probabilities",
    "likelihoods",
    "possibilities",
];

/// A hedge of the table where it stands in a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Hedging<'t> {
    /// The row.
    pub hedge: &'t Hedge,
    /// The words, as indices into the passage.
    pub words: Range<usize>,
}

/// The certainty of a statement: of its main claim, else of its cue ("doubts that").
pub fn read(context: &Context, attribution: &Attribution) -> Option<Certainty> {
    let passage = Passage::content(context, attribution);
    let trigger = event::find(context, attribution, &passage).map(|f| f.words.clone());
    let found = of_passage(context, &passage, trigger.as_ref());
    let found = found.or_else(|| of_cue(context, attribution, &passage))?;
    Some(on_scale(context, attribution, found))
}

/// The certainty of any words of the article, as if they were a statement's content.
pub fn of_span(context: &Context, span: Span) -> Option<Certainty> {
    of_passage(context, &Passage::of(context, &[span]), None)
}

/// The same certainty on the scale of the speaker's institution, where the source names one that
/// has a standard and the standard has the term. A range from numbers or of a possibility stays.
pub(crate) fn on_scale(
    context: &Context,
    attribution: &Attribution,
    certainty: Certainty,
) -> Certainty {
    let tables = context.tables;
    if certainty.class != CertaintyClass::Probability || certainty.bound != Bound::TwoSided {
        return certainty;
    }
    let source = Passage::of(context, &attribution.source);
    let person = attribution.source.iter().any(|span| {
        let names = &context.language.names;
        let next = names.partition_point(|n| n.span.end <= span.start);
        names
            .get(next..)
            .unwrap_or_default()
            .iter()
            .take_while(|n| n.span.start < span.end)
            .any(|n| n.kind == NameKind::Person)
    });
    let row = tables
        .scales
        .of(&source.words)
        .filter(|_| !person)
        .and_then(|scale| tables.hedges.on_scale(&certainty.term, scale));
    match row {
        Some(row) => Certainty {
            low: row.low,
            mid: row.mid,
            high: row.high,
            scale: row.scale.clone(),
            ..certainty
        },
        None => certainty,
    }
}

/// The certainty of the cue: "doubts that". A source that is nobody belongs to it ("few doubt"), and so
/// does the first word of a question behind it ("does not know whether").
pub(crate) fn of_cue(
    context: &Context,
    attribution: &Attribution,
    content: &Passage,
) -> Option<Certainty> {
    let of = |spans: &[Span]| {
        let passage = Passage::of(context, spans);
        let found = hedges(context, &passage);
        found
            .iter()
            .find(|h| {
                matches!(
                    h.hedge.class,
                    Some(CertaintyClass::Probability | CertaintyClass::Confidence)
                ) || h.hedge.bound == Bound::Lower
            })
            .map(|h| certainty(context, &passage, h))
    };
    let source = &attribution.source;
    let (Some(first), Some(last)) = (attribution.cue.first(), attribution.cue.last()) else {
        return None;
    };
    let mut spans = attribution.cue.clone();
    let nobody = Passage::of(context, source).words.first().is_some_and(|w| w.is_in(List::Nobody));
    if nobody && source.iter().all(|s| s.end <= first.start) {
        spans = source.iter().chain(&spans).copied().collect();
    }
    if kind::opens_with_question(context, content)
        && let Some(word) = content.words.first().filter(|w| last.end <= w.span.start)
    {
        spans.push(word.span);
    }
    of(&spans)
}

/// The certainty of a passage's main claim; `trigger` is the word of its event where there is one.
pub fn of_passage(
    context: &Context,
    passage: &Passage,
    trigger: Option<&Range<usize>>,
) -> Option<Certainty> {
    let found = hedges(context, passage);
    let governing = governing(passage, &found, trigger);
    if let Some(stated) = stated(context, passage, trigger.map(|t| t.start)) {
        return Some(stated);
    }
    let main = governing?;
    let mut certainty = certainty(context, passage, main);
    // "Minimal, but it cannot be ruled out" and "cannot rule out that it may": the second hedge
    // of the pair says only that the chance is above zero.
    let sentence = passage.sentence_at(main.words.start);
    let floor = found
        .iter()
        .filter(|h| h.hedge.bound == Bound::Lower && sentence.contains(&h.words.start))
        .find_map(|h| h.hedge.low);
    if let (Some(floor), Some(low)) = (floor, certainty.low) {
        certainty.low = Some(low.max(floor));
    }
    Some(certainty)
}

/// All hedges of a passage, from left to right.
pub fn hedges<'t>(context: &Context<'t>, passage: &Passage) -> Vec<Hedging<'t>> {
    let table = &context.tables.hedges;
    passage
        .hedges
        .iter()
        .filter_map(|found| {
            let hedge = table.rows.get(found.row)?;
            let kept = hedge.class.is_some() && is_meant(passage, found, hedge);
            kept.then(|| Hedging { hedge, words: found.words.clone() })
        })
        .collect()
}

/// Rules out the other senses of a hedge's words.
fn is_meant(passage: &Passage, found: &Found, hedge: &Hedge) -> bool {
    let Some(first) = passage.words.get(found.words.start) else { return false };
    let before = found.words.start.checked_sub(1).map_or("", |i| passage.lower(i));
    let after = passage.lower(found.words.end);
    if hedge.needs_chance {
        let sentence = passage.sentence_at(found.words.start);
        let near = found.words.start.saturating_sub(16).max(sentence.start)
            ..(found.words.end + 8).min(sentence.end);
        return passage.has(near, &CHANCE);
    }
    match first.lower.as_ref() {
        // The month; and "May I?", which asks for leave.
        "may" => !first.capital || after == "have",
        // "military might"
        "might" => {
            !["the", "its", "their", "his", "her", "of", "military", "economic", "full", "naval"]
                .contains(&before)
        }
        // "could not" is an inability, most often of the past.
        "could" => hedge.term != "could" || !matches!(after, "not" | "only" | "n't"),
        _ => true,
    }
}

/// The hedge that governs the main claim.
fn governing<'h, 't>(
    passage: &Passage,
    found: &'h [Hedging<'t>],
    trigger: Option<&Range<usize>>,
) -> Option<&'h Hedging<'t>> {
    // A likelihood says more than a plan or a wish, and any of them more than "cannot be ruled
    // out", which only lifts another hedge's low end.
    let rank = |h: &Hedging| match (h.hedge.class, h.hedge.bound) {
        // "the risk is minimal": the adjective says how large it is.
        _ if h.hedge.needs_chance => 0,
        (_, Bound::Lower) => 2,
        (Some(CertaintyClass::Probability | CertaintyClass::Possibility), _) => 1,
        _ => 3,
    };
    if let Some(trigger) = trigger {
        let sentence = passage.sentence_at(trigger.start);
        let reach = |h: &Hedging| {
            if !sentence.contains(&h.words.start) {
                None
            } else if passage.same_clause(h.words.start, trigger.start) {
                let before = h.words.start < trigger.start;
                Some((0, usize::from(!before), h.words.start.abs_diff(trigger.start)))
            } else {
                // "…, but it cannot be ruled out": a later clause whose subject stands for the claim.
                let clause = passage.clause_at(h.words.start);
                // "it is uncertain whether …"
                let own = passage.clause_at(trigger.start);
                if passage.has(own.start..own.start + 1, &["whether", "if"])
                    && own.start == clause.end
                    && h.words.start < trigger.start
                {
                    return Some((0, 0, trigger.start - h.words.start));
                }
                // "It is likely, but not certain, that the town will fall": the first counts.
                if passage.lower(own.start) == "that"
                    && passage.lower(own.start.saturating_sub(1)) == ","
                    && h.words.start < trigger.start
                    && passage.lower(clause.start) == "it"
                {
                    return Some((0, 0, h.words.start));
                }
                let near = h.words.start.saturating_sub(8).max(clause.start)..h.words.start;
                let refers = passage.has(near, &["it", "this", "that"]);
                (refers && h.words.start > trigger.start).then_some((1, 1, h.words.start))
            }
        };
        let best = found
            .iter()
            .filter_map(|h| reach(h).map(|r| ((r.0, rank(h), r.1, r.2), h)))
            .min_by_key(|(key, _)| *key);
        if best.is_some() {
            return best.map(|(_, h)| h);
        }
        // A trigger of a condition or of an aside leaves the main clause to say how sure; of any
        // other only hedges that reach it count.
        let minor = |at: usize| {
            let opener = passage.lower(passage.clause_at(at).start);
            passage.conditions.iter().any(|c| c.contains(&at))
                || ["until", "because", "although", "though", "despite"].contains(&opener)
        };
        let main = |h: &&Hedging| sentence.contains(&h.words.start) && !minor(h.words.start);
        return found
            .iter()
            .filter(|_| minor(trigger.start))
            .filter(main)
            .min_by_key(|h| (rank(h), h.words.start));
    }
    found.iter().min_by_key(|h| {
        let word = passage.words.get(h.words.start).map_or(0, |w| w.sentence);
        (rank(h) == 3, word, rank(h), h.words.start)
    })
}

fn certainty(context: &Context, passage: &Passage, hedging: &Hedging) -> Certainty {
    let hedge = hedging.hedge;
    Certainty {
        term: hedge.term.clone(),
        basis: "lexicon".to_owned(),
        class: hedge.class.unwrap_or(CertaintyClass::Probability),
        low: hedge.low,
        mid: hedge.mid,
        high: hedge.high,
        bound: hedge.bound,
        scale: hedge.scale.clone(),
        span: context.language.print(passage.span(hedging.words.clone())),
    }
}

/// A likelihood in numbers: "a 70 % chance", "three in four chances", "odds of 2 to 1".
pub(crate) fn stated(
    context: &Context,
    passage: &Passage,
    trigger: Option<usize>,
) -> Option<Certainty> {
    let numbers = quantity::likelihoods(&context.tables.units, passage);
    let found = numbers.into_iter().find(|n| {
        let sentence = passage.sentence_at(n.words.start);
        let near = n.words.start.saturating_sub(10).max(sentence.start)
            ..(n.words.end + 6).min(sentence.end);
        let odds = n.odds
            || passage.has(near, &CHANCE)
            || passage
                .has(n.words.end..n.words.end + 1, &["likely", "certain", "sure", "confident"]);
        odds && trigger.is_none_or(|t| sentence.contains(&t))
    })?;
    Some(Certainty {
        term: passage.span(found.words.clone()).of(context.language.text).to_owned(),
        basis: "stated".to_owned(),
        class: CertaintyClass::Stated,
        low: Some(found.low),
        mid: (found.bound == Bound::TwoSided).then(|| f64::midpoint(found.low, found.high)),
        high: Some(found.high),
        bound: found.bound,
        scale: "general".to_owned(),
        span: context.language.print(passage.span(found.words)),
    })
}
