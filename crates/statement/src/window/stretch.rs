//! Windows of more words than a preposition and a time: what takes place at a time of its own,
//! stretches from one time to another, and distances from a day.

use std::ops::Range;

use jiff::civil::Date;
use sayso_language::Upos;
use sayso_model::WindowPrecision;

use super::{Place, precision, stands_alone, time_at};
use crate::{
    Context, numeral,
    passage::Passage,
    tables::{Edge, Found, List},
    time::{
        Reading, Time, TimeKind,
        value::{Grain, Period, Unit, plus_units},
    },
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
    place: Place<'t>,
    at: usize,
    edge: Option<&Found>,
    relation: Option<Edge>,
) -> Option<Scheduled<'t>> {
    let Place { context, passage, times, .. } = place;
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
    let ahead = after > at && period.grain < Grain::Year || (place.ahead)(at);
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
        Edge::In | Edge::Moved => (Some(first.max(published).min(last.max(published))), Some(last)),
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

/// One side of a stretch.
#[derive(Clone)]
struct Side<'t> {
    words: Range<usize>,
    time: &'t Time,
    period: Option<Period>,
}

/// "between 3 May and 1 June", "from May to July", "in May or June", "on Monday, Tuesday and
/// Friday", "from May 4 to 6", "4 and 6 May", "May 4–6".
pub(super) fn stretch<'t>(
    place: Place<'t>,
    at: usize,
    edge: Option<&Found>,
    relation: Option<Edge>,
) -> Option<Stretch<'t>> {
    let Place { passage, times, today, .. } = place;
    let between = passage.lower(at) == "between";
    let (start, opened) = match (edge, relation) {
        (Some(edge), Some(Edge::In | Edge::From)) if time_at(times, at).is_none() => {
            (edge.words.end, true)
        }
        _ if between => (at + 1, true),
        (Some(_), Some(_)) => return None,
        _ => (at, false),
    };
    if let Some((words, time)) = time_at(times, start)
        && let Some((first, last)) = days_of_a_month(place, words, time)
    {
        return Some(Stretch {
            end: words.end,
            id: &time.rule,
            precision: WindowPrecision::Day,
            days: Some((first, last)),
        });
    }
    let first = side(place, start)?;
    if !opened && !stands_alone(first.time) {
        return None;
    }
    let last = farthest(place, &first)?;
    let writes_year = |words: &Range<usize>| {
        let year = |w: &&Word| w.lower.len() == 4 && w.lower.bytes().all(|b| b.is_ascii_digit());
        passage.words.get(words.clone()).unwrap_or_default().iter().any(year)
    };
    let days = today.and_then(|today| {
        let (_, end) = last.period?.cut(last.time.reading.stage, Some(today));
        let start = first.period?;
        // "between 19 November and 30 November 2012": the first year is that of the second.
        let its_year = writes_year(&last.words) && !writes_year(&first.words);
        let start = if start.first > end || its_year { start.in_year(end.year())? } else { start };
        // "from November to January 2033"
        let start = if start.first > end { start.in_year(end.year() - 1)? } else { start };
        let stage = first.time.reading.stage;
        let start = Some(start.cut(stage, Some(today)).0).filter(|s| *s <= end)?;
        Some((start.max(today).min(end), end))
    });
    let precision = precision(&last.time.reading);
    Some(Stretch { end: last.words.end, id: &last.time.rule, precision, days })
}

/// A time, or a day of the month whose month the time behind it names ("4" of "4 to 6 May").
fn side(place: Place<'_>, at: usize) -> Option<Side<'_>> {
    if let Some((words, time)) = time_at(place.times, at) {
        let (words, period) = (words.clone(), time.reading.period);
        return Some(Side { words, time, period });
    }
    let day = numeral::day(place.passage.lower(at))?;
    let (_, time) = joint(place, at + 1).and_then(|from| time_at(place.times, from))?;
    let digit =
        place.passage.lower(joint(place, at + 1)?).starts_with(|c: char| c.is_ascii_digit());
    let period = time.reading.period.filter(|p| p.grain == Grain::Day && digit)?;
    let period = Date::new(period.first.year(), period.first.month(), day).ok().map(Period::day);
    Some(Side { words: at..at + 1, time, period })
}

/// The last of the times that "and", "or", "to" and commas join to a first one; `None` where none
/// is joined.
fn farthest<'t>(place: Place<'t>, first: &Side<'t>) -> Option<Side<'t>> {
    let mut last = first.clone();
    let mut closed = false;
    while let Some(from) = joint(place, last.words.end) {
        let comma = place.passage.lower(last.words.end) == ",";
        let next = match time_at(place.times, from) {
            Some((words, time)) => Side { words: words.clone(), time, period: time.reading.period },
            None => match day_behind(place, from, &last) {
                Some(next) => next,
                None => break,
            },
        };
        let grain = |side: &Side<'_>| side.period.map(|p| p.grain.min(Grain::Season));
        let alike =
            grain(&last).is_none() || grain(&next).is_none() || grain(&last) == grain(&next);
        if !alike || next.time.reading.kind == TimeKind::Duration {
            break;
        }
        closed = !comma;
        last = next;
    }
    closed.then_some(last)
}

/// The word after what joins two times, and after a preposition that is said once more.
fn joint(place: Place<'_>, at: usize) -> Option<usize> {
    let table = &place.context.tables.windows;
    let joint = table.joints.at(&place.passage.words, at)?;
    let end = joint.words.end;
    let again =
        matches!(place.passage.lower(end), "on" | "in") && time_at(place.times, end).is_none();
    Some(end + usize::from(again))
}

/// "6" of "from May 4 to 6": a day of the month of the time before it, that counts nothing.
fn day_behind<'t>(place: Place<'t>, at: usize, before: &Side<'t>) -> Option<Side<'t>> {
    let Place { context, passage, .. } = place;
    let period = before.period.filter(|p| p.grain == Grain::Day)?;
    let day = numeral::day(passage.lower(at)).filter(|day| *day > period.first.day())?;
    let counted =
        passage.words.get(at + 1).and_then(|w| context.token_at(w.span)).is_some_and(|t| {
            matches!(
                context.language.tokens[t].upos,
                Upos::Noun | Upos::Propn | Upos::Adj | Upos::Sym
            )
        });
    let month_first =
        passage.lower(before.words.end.checked_sub(1)?).starts_with(|c: char| c.is_ascii_digit());
    if counted || !month_first {
        return None;
    }
    let period = Date::new(period.first.year(), period.first.month(), day).ok().map(Period::day);
    Some(Side { words: at..at + 1, time: before.time, period })
}

/// "May 4-6", "4–6 May": the days that a dash parts, as they are written.
fn days_of_a_month(place: Place<'_>, words: &Range<usize>, time: &Time) -> Option<(Date, Date)> {
    let period = time.reading.period.filter(|p| p.grain == Grain::Day)?;
    let in_month = |day: i8| Date::new(period.first.year(), period.first.month(), day).ok();
    let spanned = place.passage.span(words.clone());
    // The words hold the dash: "4-6" is one of them.
    let text = spanned.of(place.context.language.text);
    let (before, after) = text.split_once(['-', '–'])?;
    let number = |text: &str| text.parse::<i8>().ok();
    let low = number(before.rsplit(|c: char| !c.is_ascii_digit()).next()?)?;
    let high = number(after.split(|c: char| !c.is_ascii_digit()).next()?)?;
    let (first, last) = (in_month(low)?, in_month(high)?);
    (first < last).then(|| (first.max(place.today.unwrap_or(first)).min(last), last))
}

/// "a week from Tuesday", "two days after 6 May": a length from a day.
pub(super) fn from_day<'t>(
    place: Place<'t>,
    at: usize,
    edge: Option<&Found>,
    relation: Option<Edge>,
) -> Option<Stretch<'t>> {
    let Place { passage, times, .. } = place;
    let start = match relation {
        Some(Edge::In) if time_at(times, at).is_none() => edge?.words.end,
        Some(_) => return None,
        None => at,
    };
    let (words, length) = time_at(times, start)?;
    let (number, unit) = length.reading.length.filter(|(number, _)| *number >= 0.0)?;
    let sign = match passage.lower(words.end) {
        "from" | "after" => 1.0,
        "before" => -1.0,
        _ => return None,
    };
    let (last, time) = time_at(times, words.end + 1)?;
    let period = time.reading.period.filter(|p| p.grain == Grain::Day)?;
    let day = plus_units(period.first, sign * number, unit);
    let precision = if unit >= Unit::Month { WindowPrecision::Month } else { WindowPrecision::Day };
    Some(Stretch { end: last.end, id: &time.rule, precision, days: Some((day, day)) })
}
