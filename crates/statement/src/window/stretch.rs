//! Windows of more words than a preposition and a time: what takes place at a time of its own, and
//! stretches from one time to another.

use std::ops::Range;

use jiff::civil::Date;
use sayso_model::WindowPrecision;

use super::{looks_ahead, precision, time_at};
use crate::{
    Context,
    passage::Passage,
    tables::{Edge, Found, List},
    time::{Reading, Time, value::Grain},
    words::Word,
};

/// What takes place at a time of its own: "the May election", "its 27 November meeting".
pub(super) struct Scheduled<'t> {
    pub(super) words: Range<usize>,
    /// The rule of its time.
    pub(super) id: &'t str,
    pub(super) precision: WindowPrecision,
    pub(super) relation: Edge,
    pub(super) reading: &'t Reading,
}

/// The most words between a preposition and a time, and between a time and what takes place then.
const MOST_BETWEEN: usize = 3;

/// What the words from `at` set for a time: behind a preposition, or ahead by the words around it.
pub(super) fn scheduled<'t>(
    context: &Context,
    passage: &Passage,
    times: &'t [(Range<usize>, Time)],
    at: usize,
    edge: Option<&Found>,
    relation: Option<Edge>,
) -> Option<Scheduled<'t>> {
    let (after, relation) = match (edge, relation) {
        (Some(edge), Some(relation)) => (edge.words.end, relation),
        _ => (at, Edge::In),
    };
    if let Some(found) = dated(context, passage, times, at..after, relation) {
        return Some(found);
    }
    let stops = |i: usize| {
        let Some(word) = passage.words.get(i) else { return true };
        let mark = word.is_mark() && word.lower != "-";
        mark || context.tables.windows.edge_phrases.at(&passage.words, i).is_some()
    };
    let limit = if after > at { after + MOST_BETWEEN } else { at };
    let start = (after..=limit).find(|i| time_at(times, *i).is_some() || stops(*i))?;
    let (time_words, time) = time_at(times, start)?;
    let period = time.reading.period.filter(|p| p.grain <= Grain::Year)?;
    // "on Friday the board meeting was called off": a time of its own.
    let begins = |i: usize| List::BeforeScheduled.has(passage.lower(i));
    let noun = (time_words.end..=time_words.end + MOST_BETWEEN)
        .take_while(|i| !stops(*i) && !begins(*i))
        .find_map(|i| context.tables.windows.scheduled.at(&passage.words, i))?;
    // "in May elections are held", but "before Friday's session"
    let owned = after < start || after == at || relation != Edge::In;
    // A year tells when an election is only of what lies ahead: "who lost the 2030 election".
    let ahead = after > at && period.grain < Grain::Year || looks_ahead(context, passage, at);
    (owned && ahead).then(|| Scheduled {
        words: at..noun.words.end,
        id: &time.rule,
        precision: precision(&time.reading),
        relation,
        reading: &time.reading,
    })
}

/// "after the election on 12 May", "until the summit in June": the time behind what it is set for.
fn dated<'t>(
    context: &Context,
    passage: &Passage,
    times: &'t [(Range<usize>, Time)],
    edge: Range<usize>,
    relation: Edge,
) -> Option<Scheduled<'t>> {
    if edge.is_empty() || matches!(relation, Edge::In | Edge::By) {
        return None;
    }
    let table = &context.tables.windows;
    let mark = |i: &usize| passage.words.get(*i).is_none_or(|w| w.is_mark());
    let noun = (edge.end..=edge.end + MOST_BETWEEN)
        .take_while(|i| !mark(i) && time_at(times, *i).is_none())
        .find_map(|i| table.scheduled.at(&passage.words, i))?;
    let joint = noun.words.end;
    let start = joint + usize::from(List::BeforeDate.has(passage.lower(joint)));
    let (words, time) = time_at(times, start)?;
    time.reading.period.filter(|p| p.grain <= Grain::Year)?;
    Some(Scheduled {
        words: edge.start..words.end,
        id: &time.rule,
        precision: precision(&time.reading),
        relation,
        reading: &time.reading,
    })
}

/// The days of what stands so to something that takes place in a period: "before the May election"
/// lasts as long as the election may be ahead, "after" begins when it may be over.
pub(super) fn of_scheduled(
    reading: &Reading,
    relation: Edge,
    published: Date,
) -> Option<(Option<Date>, Option<Date>)> {
    let (first, last) = reading.period?.cut(reading.stage, Some(published));
    Some(match relation {
        Edge::In => (Some(first.max(published).min(last.max(published))), Some(last)),
        Edge::By | Edge::Until | Edge::Before => (Some(published), Some(last)),
        Edge::From | Edge::After => (Some(first.max(published)), None),
    })
}

/// A window from one period to another.
pub(super) struct Stretch<'t> {
    /// The word after it.
    pub(super) end: usize,
    /// The rule.
    pub(super) id: &'t str,
    pub(super) precision: WindowPrecision,
    /// Its days where the article has a date.
    pub(super) days: Option<(Date, Date)>,
}

/// "between 3 May and 1 June", "from May to July", "in May or June".
pub(super) fn between<'t>(
    passage: &Passage,
    times: &'t [(Range<usize>, Time)],
    published: Option<Date>,
    at: usize,
) -> Option<Stretch<'t>> {
    // "in November or December", "on Monday or Tuesday"
    let joints: &[&str] = match passage.lower(at) {
        "between" => &["and"],
        "from" => &["to", "until", "till", "through"],
        "in" | "on" => &["or"],
        _ => return None,
    };
    let (first_words, first) = time_at(times, at + 1)?;
    if !joints.contains(&passage.lower(first_words.end)) {
        return None;
    }
    let (last_words, last) = time_at(times, first_words.end + 1)?;
    let writes_year = |words: &Range<usize>| {
        let year = |w: &&Word| w.lower.len() == 4 && w.lower.bytes().all(|b| b.is_ascii_digit());
        passage.words.get(words.clone()).unwrap_or_default().iter().any(year)
    };
    let days = published.and_then(|published| {
        let (_, end) = last.reading.period?.cut(last.reading.stage, Some(published));
        let start = first.reading.period?;
        // "between 19 November and 30 November 2012": the first year is that of the second.
        let its_year = writes_year(last_words) && !writes_year(first_words);
        let start = if start.first > end || its_year { start.in_year(end.year())? } else { start };
        // "from November to January 2033"
        let start = if start.first > end { start.in_year(end.year() - 1)? } else { start };
        let start =
            Some(start.cut(first.reading.stage, Some(published)).0).filter(|s| *s <= end)?;
        Some((start.max(published).min(end), end))
    });
    let precision = precision(&last.reading);
    Some(Stretch { end: last_words.end, id: &last.rule, precision, days })
}
