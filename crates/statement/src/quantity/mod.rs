//! Numbers with what they count: counts, ratios, fractions, multiples, percentages, money, measures.
//!
//! `number` finds the numbers, the table `data/en/units.toml` the units and the words that bound
//! or move a number, `noun` what is counted, `ratio` what compares two of them. Dates, years and
//! hours of the day belong to the times, not here.

mod bound;
mod likelihood;
mod measured;
mod noun;
mod number;
mod ratio;
mod same;
#[cfg(test)]
mod tests;

use std::ops::Range;

use sayso_language::Upos;
use sayso_model::{Op, Quantity, QuantityKind};

pub(crate) use likelihood::likelihoods;
pub use likelihood::{Likelihood, chances};
pub use same::{same_claim, unit};

use crate::{Attribution, Context, numeral, passage::Passage, tables::List};
use number::{Number, Read};

/// The quantities of a statement's content, from left to right.
pub fn read(context: &Context, attribution: &Attribution) -> Vec<Quantity> {
    of_passage(context, &Passage::content(context, attribution))
}

/// The quantities of a whole article, sentence by sentence, as the layer of numbers has them: "from
/// 3 to 4 percent" is one, and what a figure measures is not asked.
pub fn of_article(context: &Context) -> Vec<Quantity> {
    let figures = |span| figures(context, &Passage::of(context, &[span]), Grammar::Layer);
    context.language.sentences.iter().flat_map(|s| figures(s.span)).collect()
}

/// The quantities of a statement's passage, from left to right, none overlapping: "fell from 4 to 3
/// percent" is two, and each says what it measures.
pub fn of_passage(context: &Context, passage: &Passage) -> Vec<Quantity> {
    let mut all = figures(context, passage, Grammar::Statement);
    for quantity in &mut all {
        measure(context, quantity);
        open_vague(quantity);
    }
    all
}

/// How numbers that belong together are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grammar {
    /// As the corpora of quantities mark them.
    Layer,
    /// As a statement means them.
    Statement,
}

/// Says what a figure measures, where the tree does.
fn measure(context: &Context, quantity: &mut Quantity) {
    let named = quantity.of.is_some() && quantity.of != quantity.unit;
    let counts = matches!(quantity.kind, QuantityKind::Ratio | QuantityKind::Multiple);
    if named || counts {
        return;
    }
    let of_time = quantity.unit.as_deref().and_then(numeral::unit).is_some();
    let found = measured::read(context, quantity.span.span());
    let of = if of_time { found.whole } else { found.of };
    if of.is_some() {
        quantity.of = of;
    }
    if quantity.per.is_none() && !of_time && quantity.kind != QuantityKind::Count {
        quantity.per = found.per;
    }
}

/// "Hundreds" are two hundred at least, with no end that the words tell.
fn open_vague(quantity: &mut Quantity) {
    if let (Op::Approx, Some(low), Some(high)) = (quantity.op, quantity.low, quantity.high)
        && low >= 10.0
        && (high - low * 10.0).abs() < 1e-6 * high
    {
        quantity.low = Some(low * 2.0);
        quantity.high = None;
    }
}

/// The numbers of a passage with what they count.
fn figures(context: &Context, passage: &Passage, grammar: Grammar) -> Vec<Quantity> {
    let units = &context.tables.units;
    let mut drafts: Vec<Draft> = Vec::new();
    let mut at = 0;
    while at < passage.words.len() {
        let from = drafts.last().map_or(0, |d| d.words.end);
        let found = match ratio::read(context, passage, at) {
            Some(ratio) => Some(ratio),
            None => match number::read(units, passage, at) {
                Read::Number(n) => {
                    at = n.words.end - 1;
                    counted(context, passage, &n)
                }
                Read::Other(end) => {
                    at = end - 1;
                    None
                }
                Read::None => None,
            },
        };
        match found {
            Some(mut draft) => {
                draft.words.start = draft.words.start.max(from);
                at = draft.words.end.max(at + 1);
                drafts.push(draft);
            }
            None => at += 1,
        }
    }
    if grammar == Grammar::Statement {
        lend_units(passage, &mut drafts);
    }
    join(context, passage, &mut drafts, grammar);
    lend_nouns(passage, &mut drafts);
    if grammar == Grammar::Statement {
        lend_counts(context, passage, &mut drafts);
    }
    let mut all: Vec<Quantity> = Vec::new();
    let mut before: Option<(usize, Op)> = None;
    for mut draft in drafts {
        // "rose 60 points, or 2 %": one movement in two figures.
        let words = draft.words.clone();
        if let Some((end, op)) = before
            && draft.op.is_none()
            && matches!(op, Op::Up | Op::Down)
            && words.start > end
            && passage.lower(words.start - 1) == "or"
            && (words.start == end + 1 || words.start == end + 2 && passage.lower(end) == ",")
        {
            draft.op = Some((op, words.start));
        }
        let Some(quantity) = draft.finish(context, passage) else { continue };
        let between = before.filter(|(end, op)| {
            let joint = passage.has(*end..*end + 1, &["but", "and"]);
            joint && matches!(op, Op::Gt | Op::Ge) && matches!(quantity.op, Op::Lt | Op::Le)
        });
        if let Some(lower) = all.last_mut().filter(|_| between.is_some())
            && let Some(joined) = between_bounds(context, lower, &quantity)
        {
            *lower = joined;
            before = None;
            continue;
        }
        before = Some((words.end, quantity.op));
        all.push(quantity);
    }
    all
}

/// "more than 3,000 but fewer than 4,000 boats": one number with two ends.
fn between_bounds(context: &Context, lower: &Quantity, upper: &Quantity) -> Option<Quantity> {
    let same = lower.of.is_none() || upper.of.is_none() || lower.of == upper.of;
    let kinds = lower.kind == upper.kind || lower.of.is_none() || upper.of.is_none();
    let (low, high) = (lower.low?, upper.high?);
    let named = if upper.of.is_some() { upper } else { lower };
    let span = lower.span.span().cover(upper.span.span());
    (same && kinds && low < high).then(|| Quantity {
        text: span.of(context.language.text).to_owned(),
        low: Some(low),
        mid: Some(f64::midpoint(low, high)),
        high: Some(high),
        op: Op::Eq,
        span: context.language.print(span),
        ..named.clone()
    })
}

/// A quantity whose words before it are not read yet.
#[derive(Debug, Clone)]
struct Draft {
    words: Range<usize>,
    low: f64,
    high: f64,
    vague: bool,
    scale: f64,
    /// `None` for a number without a unit.
    kind: Option<QuantityKind>,
    of: Option<String>,
    unit: Option<String>,
    per: Option<String>,
    /// What "from A to B" says, and the first word of it.
    op: Option<(Op, usize)>,
    /// What "or more" says between the number and what it counts.
    behind: Option<Op>,
    /// The number stands for itself: it has a point, a comma or a scale word.
    evident: bool,
}

impl Draft {
    fn of(kind: QuantityKind, words: Range<usize>, low: f64, high: f64) -> Self {
        Self {
            words,
            low,
            high,
            vague: false,
            scale: 1.0,
            kind: Some(kind),
            of: None,
            unit: None,
            per: None,
            op: None,
            behind: None,
            evident: true,
        }
    }

    fn finish(self, context: &Context, passage: &Passage) -> Option<Quantity> {
        let units = &context.tables.units;
        let (op, first) =
            self.op.unwrap_or_else(|| bound::read(units, passage, self.words.start, self.kind));
        let behind = bound::behind(units, passage, self.words.end);
        let end = behind.map_or(self.words.end, |b| b.1);
        let op = match self.behind.or(behind.map(|b| b.0)) {
            Some(behind) if matches!(op, Op::Eq | Op::Approx | Op::Up | Op::Down) => behind,
            _ => op,
        };
        let moved = bound::direction(units, passage, self.words.start).is_some()
            && self.words.start > 0
            && matches!(passage.lower(self.words.start - 1), "to" | "at");
        if self.kind.is_none() && !self.evident && op == Op::Eq && !moved {
            return None;
        }
        let op = if op == Op::Eq && self.vague { Op::Approx } else { op };
        let span = passage.span(first..end);
        Some(Quantity {
            text: span.of(context.language.text).to_owned(),
            kind: self.kind.unwrap_or(QuantityKind::Count),
            low: (!matches!(op, Op::Le | Op::Lt)).then_some(self.low),
            mid: Some(f64::midpoint(self.low, self.high)),
            high: (!matches!(op, Op::Ge | Op::Gt)).then_some(self.high),
            op,
            of: self.of,
            unit: self.unit,
            per: self.per,
            span: context.language.print(span),
        })
    }
}

/// What a number counts; `None` where it counts nothing.
fn counted(context: &Context, passage: &Passage, n: &Number) -> Option<Draft> {
    let units = &context.tables.units;
    let words = &passage.words;
    let form = passage.lower(n.words.start);
    let mut draft = Draft {
        vague: n.vague,
        scale: n.scale,
        kind: None,
        evident: n.vague && n.low >= 10.0
            || n.scale >= 1e3
            || n.low >= 1e4
            || form.contains([',', '.']) && !n.plain,
        ..Draft::of(QuantityKind::Count, n.words.clone(), n.low, n.high)
    };
    // "ten or more boats"
    let behind = bound::behind(units, passage, n.words.end).filter(|_| n.glued.is_none());
    let more_of = behind.filter(|(_, after)| {
        units.at(words, *after).is_some() || noun::end(context, passage, *after).is_some()
    });
    draft.behind = more_of.map(|b| b.0);
    let end = more_of.map_or(n.words.end, |b| b.1);
    draft.words.end = end;
    let sign = n.currency.map(|row| (row, n.words.start));
    if let Some((row, start)) = sign.or_else(|| units.sign_before(words, n.words.start)) {
        draft.words.start = start;
        return Some(with_unit(context, passage, draft, row, end));
    }
    if let Some(glued) = &n.glued {
        if numeral::is_idle(glued) {
            return None;
        }
        if let Some(row) = units.glued(glued) {
            return Some(with_unit(context, passage, draft, row, end));
        }
        // "three-mast", "four-engine": what stands in front of the noun is what is counted.
        if words.get(n.words.start).is_some_and(|w| w.kind == crate::words::WordKind::Number)
            && !passage.lower(n.words.start).contains('-')
        {
            return None;
        }
        draft.kind = Some(QuantityKind::Count);
        draft.of = Some(glued.clone());
        return Some(draft);
    }
    if is_pronoun(passage, n) {
        return None;
    }
    if let Some((row, after)) = units.at(words, end) {
        return Some(with_unit(context, passage, draft, row, after));
    }
    if is_age(context, passage, n) {
        draft.kind = Some(QuantityKind::Measure);
        draft.of = Some("year of age".to_owned());
        return Some(draft);
    }
    if number::counts_nothing(context.tables, passage, n) {
        return None;
    }
    if n.share {
        let whole = ["the", "all", "its", "their", "his", "her", "our", "these", "those"];
        let from = noun::after_of(passage, end);
        let from = from + usize::from(whole.contains(&passage.lower(from)));
        draft.kind = Some(QuantityKind::Fraction);
        if let Some(last) = noun::end(context, passage, from) {
            draft.of = Some(noun::text(context, passage, from, last));
            draft.words.end = last;
        }
        return Some(draft);
    }
    if let Some((whole, after)) = ratio::whole(passage, end)
        && n.high <= whole
    {
        draft.kind = Some(QuantityKind::Fraction);
        draft.low /= whole;
        draft.high /= whole;
        draft.per = Some(format!("{whole}"));
        draft.words.end = after;
        let from = noun::after_of(passage, after);
        if let Some(last) = noun::end(context, passage, from) {
            draft.of = Some(noun::text(context, passage, from, last));
            draft.words.end = last;
        }
        return Some(draft);
    }
    if passage.lower(end) == "times" {
        draft.kind = Some(QuantityKind::Count);
        draft.of = Some("times".to_owned());
        draft.words.end = end + 1;
        add_per(context, passage, &mut draft);
        return Some(draft);
    }
    // "billions of dollars"
    if passage.lower(end) == "of"
        && let Some((row, after)) = units.at(words, end + 1)
        && units.get(row).is_some_and(|unit| unit.kind == QuantityKind::Money)
    {
        return Some(with_unit(context, passage, draft, row, after));
    }
    // "eight more boats", "two other towns": the word between is no part of the noun.
    let more = usize::from(matches!(passage.lower(end), "more" | "further" | "additional"));
    let from = noun::after_of(passage, end + more);
    if let Some(last) =
        noun::end(context, passage, from).filter(|_| !is_name_part(context, passage, n))
    {
        draft.kind = Some(QuantityKind::Count);
        draft.of = Some(noun::text(context, passage, from, last));
        draft.words.end = last;
        // "five men lost for every boat"
        let lost = noun::token(context, passage, last).is_some_and(|t| t.xpos == "VBN");
        let every = ratio::per_every(context, passage, last)
            .or_else(|| ratio::per_every(context, passage, last + 1).filter(|_| lost));
        if let Some((one, per, after)) = every {
            draft.kind = Some(QuantityKind::Ratio);
            draft.low /= one;
            draft.high /= one;
            draft.per = Some(per);
            draft.words.end = after;
        } else {
            add_per(context, passage, &mut draft);
        }
        return Some(draft);
    }
    // "Flight 30", and not "Between 30" at the head of a sentence.
    let labelled = n.words.start > 0
        && words.get(n.words.start - 1).is_some_and(|w| w.capital && !w.is_mark())
        && passage.lower(n.words.start - 1) != "between";
    // "Thousands marched", and not "several marched".
    (!labelled && (!n.vague || n.low >= 10.0) && form != "one").then_some(draft)
}

fn with_unit(
    context: &Context,
    passage: &Passage,
    mut draft: Draft,
    row: usize,
    end: usize,
) -> Draft {
    let unit = context.tables.units.get(row);
    draft.kind = unit.map(|u| u.kind);
    draft.of = unit.map(|u| u.of.clone());
    draft.unit = draft.of.clone();
    draft.words.end = end;
    add_per(context, passage, &mut draft);
    draft
}

/// "per barrel", "a month", "/ day" behind a quantity.
fn add_per(context: &Context, passage: &Passage, draft: &mut Draft) {
    let end = draft.words.end;
    let units = &context.tables.units;
    let unit = units.at(&passage.words, end + 1);
    let sure = match passage.lower(end) {
        "per" => passage.lower(end + 1) != "cent",
        "/" => unit.is_some(),
        "a" | "an" => {
            let listed = List::Wholes.has(passage.lower(end + 1));
            let unit = unit
                .and_then(|(row, _)| units.get(row))
                .is_some_and(|u| u.kind == QuantityKind::Measure);
            // "three years a prisoner"; "40 boats a year ago" is a time.
            let ago = passage.has(end + 2..end + 3, &["ago", "earlier", "later", "before", "old"]);
            (unit || listed) && !ago
        }
        _ => false,
    };
    if !sure {
        return;
    }
    let (per, after) = match unit {
        Some((row, after)) => (units.get(row).map(|u| u.name.clone()), after),
        None => match noun::end(context, passage, end + 1) {
            Some(last) => (Some(noun::text(context, passage, end + 1, last)), last),
            None => return,
        },
    };
    draft.per = per;
    draft.words.end = after;
}

/// ", 44," behind a name, "aged 44", "he turned 44".
fn is_age(context: &Context, passage: &Passage, n: &Number) -> bool {
    if !(1.0..120.0).contains(&n.low) || n.low.fract() != 0.0 || n.words.len() != 1 {
        return false;
    }
    let at = n.words.start;
    let before = |back: usize| at.checked_sub(back).map_or("", |i| passage.lower(i));
    if matches!(before(1), "aged") || before(1) == "of" && before(2) == "age" {
        return true;
    }
    let named = at.checked_sub(2).and_then(|i| passage.words.get(i)).is_some_and(|w| {
        w.capital && !w.is_mark() && context.tables.times.vocabulary.month(&w.lower).is_none()
    });
    n.plain
        && before(1) == ","
        && named
        && matches!(passage.lower(n.words.end), "," | ".")
        && n.low > 3.0
}

/// "no one", "one another", "one day", "the one".
fn is_pronoun(passage: &Passage, n: &Number) -> bool {
    let at = n.words.start;
    passage.lower(at) == "one"
        && n.words.len() == 1
        && (at.checked_sub(1).is_some_and(|i| {
            passage.words.get(i).is_some_and(|w| {
                w.is_any(&[
                    "no", "any", "every", "each", "another", "the", "this", "that", "which",
                    "some", "not", "day", "square",
                ])
            })
        }) || passage.words.get(n.words.end).is_some_and(|w| {
            w.is_any(&["another", "day", "thing", "time", "way", "hand", "side", "or"])
        }))
}

/// "Vexley 20 Ultra", "the 40 Sturm", "Lisk 100 futures": a number in a name.
fn is_name_part(context: &Context, passage: &Passage, n: &Number) -> bool {
    let at = n.words.start;
    let Some(token) = noun::token(context, passage, at) else { return false };
    if !n.plain {
        return false;
    }
    let next = noun::token(context, passage, n.words.end);
    let plural = |t: &sayso_language::Token| matches!(t.xpos, "NNS" | "NNPS");
    let proper = next.is_some_and(|t| t.upos == Upos::Propn && !plural(t));
    let before = at.checked_sub(1).and_then(|i| passage.words.get(i));
    let named = before.is_some_and(|w| w.capital && !w.is_mark())
        && at > 1
        && noun::token(context, passage, at - 1).is_some_and(|t| t.upos == Upos::Propn);
    // The parser hangs a label's number on the word before it.
    let index = context.language.tokens.partition_point(|t| t.span.start < token.span.start);
    let hangs_left = token.head.is_some_and(|head| head < index) && token.deprel != "root";
    let one_word = noun::end(context, passage, n.words.end)
        .is_some_and(|end| noun::token(context, passage, end - 1).is_some_and(plural));
    proper && !one_word || named && (hangs_left || !one_word)
}

/// "five boats near Lisk and six near Varne": what the second counts is said once.
fn lend_nouns(passage: &Passage, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last(), tail.first_mut()) else { break };
        let (first, second) = (passage.lower(a.words.end), passage.lower(b.words.end));
        let joint = b.words.start.checked_sub(1).map_or("", |at| passage.lower(at));
        let parallel = first == second && List::Where.has(first) && first != "and";
        let near = b.words.start - a.words.end.min(b.words.start) <= MOST_BETWEEN;
        let bare = b.kind.is_none() || b.of.is_none() && b.kind == Some(QuantityKind::Count);
        if parallel && near && bare && a.of.is_some() && matches!(joint, "and" | "," | "but") {
            (b.kind, b.of) = (a.kind, a.of.clone());
        }
    }
}

/// "won 263 seats, its rivals have 108": a bare number that is somebody's object, subject or one of
/// a list counts what the number before it in the sentence counts.
fn lend_counts(context: &Context, passage: &Passage, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last(), tail.first_mut()) else { break };
        let sentence = passage.sentence_at(b.words.start);
        let token = noun::token(context, passage, b.words.start);
        let stands_alone = b.words.len() == 1
            && token.is_some_and(|t| {
                t.upos == Upos::Num && matches!(t.deprel, "obj" | "nsubj" | "conj" | "nsubj:pass")
            });
        let counts = matches!(a.kind, Some(QuantityKind::Count | QuantityKind::Measure));
        // "hundreds more"
        let more = b.vague && passage.lower(b.words.end) == "more";
        if b.kind.is_none() && (stands_alone || more) && counts && sentence.contains(&a.words.start)
        {
            (b.kind, b.of, b.unit) = (a.kind, a.of.clone(), a.unit.clone());
        }
    }
}

/// "to 40 percent from 25", "from 30 to 40 percent": the unit is said once.
fn lend_units(passage: &Passage, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first_mut()) else { break };
        let gap = b.words.start.saturating_sub(a.words.end);
        let before = |draft: &Draft| {
            draft.words.start.checked_sub(1).map_or("", |at| passage.lower(at)).to_owned()
        };
        let (first, second) = (before(a), before(b));
        let moves = gap == 1
            && matches!((first.as_str(), second.as_str()), ("from", "to") | ("to", "from"));
        let (from, to) = if a.kind.is_none() { (b, a) } else { (a, b) };
        if moves && to.kind.is_none() && from.kind.is_some() {
            (to.kind, to.of, to.unit) = (from.kind, from.of.clone(), from.unit.clone());
            if to.scale < from.scale && to.low < 1e3 {
                to.low *= from.scale;
                to.high *= from.scale;
            }
        }
    }
}

/// The most words between two numbers of one noun.
const MOST_BETWEEN: usize = 6;

/// Joins "10 to 20 boats", "from $3 to $5", "seven or eight miles".
fn join(context: &Context, passage: &Passage, drafts: &mut Vec<Draft>, grammar: Grammar) {
    let units = &context.tables.units;
    let mut i = drafts.len();
    while i > 1 {
        i -= 1;
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first()) else { break };
        let gap = a.words.end..b.words.start;
        if gap.is_empty() || gap.len() > 3 || a.per.is_some() {
            continue;
        }
        let same = a.kind == b.kind && a.of == b.of;
        let lends = a.kind.is_none() && b.kind.is_some_and(|k| k != QuantityKind::Ratio);
        let before = a.words.start.checked_sub(1).map_or("", |at| passage.lower(at));
        let joins = gap.len() == 1
            && match passage.lower(gap.start) {
                "to" | "–" | "-" | "—" => true,
                "and" => before == "between",
                _ => false,
            };
        if joins && (same || lends) {
            let scale = if a.scale < b.scale && a.low < 1e3 { b.scale } else { 1.0 };
            let (low, high) = (a.low * scale, b.high);
            let from = matches!(before, "from" | "between");
            let moved = bound::direction(units, passage, a.words.start);
            // "cut from 4 to 3 percent": what was and what will be.
            let moves = before == "from" && (moved.is_some() || low > high);
            if moves && grammar == Grammar::Statement {
                (a.kind, a.of, a.unit, a.per) =
                    (b.kind, b.of.clone(), b.unit.clone(), b.per.clone());
                (a.low, a.high) = (low, a.high * scale);
                continue;
            }
            if from || moved.is_none() && high > low || lends && high > low {
                let first = a.words.start;
                let op = match moved {
                    Some(op) if before == "from" => Some((op, first - 1)),
                    _ if before == "between" => Some((Op::Eq, first - 1)),
                    _ => None,
                };
                let b = b.clone();
                a.words.end = b.words.end;
                (a.low, a.high) = (low.min(b.low), low.max(high));
                (a.kind, a.of, a.unit, a.per) = (b.kind, b.of, b.unit, b.per);
                a.vague |= b.vague;
                a.op = op;
                drafts.remove(i);
                continue;
            }
        }
        // "seven or eight miles", "a 7- or 8-inch screen"
        let listed =
            gap.clone().all(|at| ["or", "and", "-", ",", "even"].contains(&passage.lower(at)));
        // "five or six layers"
        let or = gap.len() == 1 && passage.lower(gap.start) == "or";
        let next = (b.low - a.high - 1.0).abs() < 1e-9;
        if lends && or && next && grammar == Grammar::Statement {
            let b = b.clone();
            a.words.end = b.words.end;
            a.high = b.high;
            (a.kind, a.of, a.unit, a.per) = (b.kind, b.of, b.unit, b.per);
            drafts.remove(i);
            continue;
        }
        if lends && listed {
            a.kind = b.kind;
            a.of.clone_from(&b.of);
            a.unit.clone_from(&b.unit);
            a.per.clone_from(&b.per);
            if a.scale < b.scale && a.low < 1e3 && passage.lower(gap.start) == "or" {
                a.low *= b.scale;
                a.high *= b.scale;
            }
        }
    }
}
