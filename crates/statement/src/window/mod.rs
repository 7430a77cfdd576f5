//! When a forecast can come true: vague words by the table `data/en/windows.toml`, all others by
//! the expressions of [`crate::time`] behind the words that say how the event stands to them.
//!
//! [`candidates`] lists every expression of a content that could be a window, with its days;
//! which of them hangs on the claim is the reading's to choose. Days count from when the statement
//! was made ([`Now`]): the day of publication, or what the words around the cue tell ([`said`]).
//! Only what lies ahead of it is a window: "captured it on Monday" has none. Without a date the
//! window keeps its words and its rule and has no days.

mod now;
pub mod said;
mod stretch;

use std::ops::Range;

use jiff::civil::Date;
use sayso_language::{NameKind, Upos, clause::Tense};
use sayso_model::{Relation, Span, Window, WindowPrecision};

use crate::{
    Attribution, Context, condition,
    passage::Passage,
    reading::{Form, Reading},
    tables::{Edge, Effect, Found, List},
    time::{
        self, Anchor, Direction, Reading as TimeReading, Time, TimeKind,
        value::{Grain, Stage, plus_days, plus_months, plus_units},
    },
    words::Word,
};
pub use now::Now;
use stretch::{Scheduled, Stretch, from_day, of_scheduled, scheduled, stretch};

/// No date lies further ahead than this many units: a slip of the pen, not a forecast.
const MOST_UNITS: f64 = 1000.0;

/// An expression of time that could be a window.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its words, with the preposition before it.
    pub span: Span,
    /// Its days.
    pub window: Window,
}

/// Every expression of time of some spans that could be a window, from left to right: what lies
/// ahead of `now`, and what has no days. `direction` says of an expression without a year or a
/// week to which side of today it points ([`by_tense`] where nothing better is known); what points
/// back is no candidate. Of a date that was moved ("due Sunday, delayed until 6 December") the new
/// one alone is. Time is linear in the words, but for the length of a clause.
pub fn candidates(
    context: &Context,
    spans: &[Span],
    now: Option<Now>,
    direction: &dyn Fn(Span) -> Direction,
) -> Vec<Candidate> {
    let passage = Passage::of(context, spans);
    let ahead = |at: usize| direction(passage.span(at..at + 1)) != Direction::Back;
    let all = windows(context, &passage, now, &ahead);
    all.into_iter().map(|(words, window)| Candidate { span: passage.span(words), window }).collect()
}

/// The direction of an expression by the tense of the verb that governs it.
pub fn by_tense(context: &Context, span: Span) -> Direction {
    time::tense::direction(context.language, context.language.tokens_in(span))
}

/// The window of a statement: of the expressions of time that hang on the path to its claim, and in no
/// condition, the narrowest and then the nearest.
pub fn of(
    context: &Context,
    attribution: &Attribution,
    reading: &Reading,
    passage: &Passage,
    now: Option<Now>,
) -> Option<Window> {
    let claim = context.language.tokens.get(reading.claim?)?.span;
    let direction = |span: Span| match looks(context, reading) {
        Direction::Open => by_tense(context, span),
        known => known,
    };
    let conditions = condition::find(context, passage);
    let conditional = |span: Span| {
        conditions.iter().any(|c| {
            let condition = passage.span(c.clone());
            condition.contains(span) && !condition.contains(claim)
        })
    };
    let all = candidates(context, &attribution.content, now, &direction);
    let mut window = all
        .iter()
        .filter(|c| {
            (reading.form != Form::Clause || reading.governs(context, c.span))
                && !conditional(c.span)
        })
        .min_by_key(|c| {
            (c.window.precision == WindowPrecision::Open, c.span.start.abs_diff(claim.start))
        })
        .map(|c| c.window.clone())?;
    // "2 percent in 2031 and 3 percent in 2032": one forecast of both years.
    if window.precision == WindowPrecision::Year && window.relation == Relation::In {
        let sentence = context.language.sentence_at(claim.start);
        let same = |c: &&Candidate| {
            c.window.precision == WindowPrecision::Year
                && c.window.relation == Relation::In
                && context.language.sentence_at(c.span.start) == sentence
        };
        for other in all.iter().filter(same) {
            window.earliest = window.earliest.min(other.window.earliest);
            window.latest = window.latest.max(other.window.latest);
            window.latest_soft = window.latest_soft.max(other.window.latest_soft);
        }
    }
    Some(window)
}

/// To which side of today a claim's times point, by its operators and tense.
fn looks(context: &Context, reading: &Reading) -> Direction {
    let ahead = [
        Effect::Future,
        Effect::Would,
        Effect::Possible,
        Effect::Raising,
        Effect::Plan,
        Effect::Desire,
        Effect::Readiness,
        Effect::Should,
        Effect::Foreseen,
        Effect::Necessity,
    ];
    if reading.form == Form::Noun {
        return Direction::Ahead;
    }
    let Some(predicate) = reading.predicate(context) else { return Direction::Open };
    if predicate.perfect && !reading.has(Effect::Future) {
        return Direction::Back;
    }
    if reading.has_any(&ahead) {
        return Direction::Ahead;
    }
    if predicate.tense == Tense::Past { Direction::Back } else { Direction::Open }
}

/// Whether the time of some words lies ahead.
type Ahead<'f> = &'f dyn Fn(usize) -> bool;

/// All windows of a passage with their words, from left to right.
fn windows(
    context: &Context,
    passage: &Passage,
    now: Option<Now>,
    ahead: Ahead<'_>,
) -> Vec<(Range<usize>, Window)> {
    let told = |today: Option<Date>| {
        let anchor = Anchor { told: now.and_then(|now| now.told), ..Anchor::day(today) };
        let mut all = told_from(context, passage, anchor, ahead);
        without_moved(context, passage, &mut all);
        all
    };
    let mut early = told(now.map(|now| now.first));
    if let Some(now) = now.filter(|now| !now.is_day()) {
        let late = told(Some(now.last));
        for (words, window) in &mut early {
            let Some((_, other)) = late.iter().find(|(others, _)| others == words) else {
                continue;
            };
            let days = |w: &Window| [w.earliest, w.latest, w.latest_soft];
            let (joined, precision) = now.join(days(window), days(other));
            [window.earliest, window.latest, window.latest_soft] = joined;
            if let Some(precision) = precision {
                window.precision = precision;
            }
        }
    }
    early
}

/// All windows told from one day.
fn told_from(
    context: &Context,
    passage: &Passage,
    anchor: Anchor,
    ahead: Ahead<'_>,
) -> Vec<(Range<usize>, Window)> {
    let times = times(context, passage, anchor, ahead);
    let today = anchor.published;
    let place = Place { context, passage, times: &times, today, ahead };
    let mut found = Vec::new();
    let mut at = 0;
    while at < passage.words.len() {
        match window_at(place, at) {
            Some((end, window)) => {
                let end = end.max(at + 1);
                found.extend(window.map(|w| (at..end, w)));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// "due on Sunday, would be delayed until 6 December": the first date holds no longer. A time of
/// day beside a day is the day's ("at midnight on Saturday").
fn without_moved(context: &Context, passage: &Passage, all: &mut Vec<(Range<usize>, Window)>) {
    let table = &context.tables.windows;
    let moved = |words: &Range<usize>| {
        let edge = table.edge_phrases.at(&passage.words, words.start);
        edge.is_some_and(|e| table.edges.get(e.row) == Some(&Edge::Moved))
    };
    let places: Vec<usize> =
        all.iter().map(|(words, _)| words).filter(|w| moved(w)).map(|w| w.start).collect();
    let of_clock = |window: &Window| window.rule.starts_with("clock");
    let days: Vec<usize> =
        all.iter().filter(|(_, w)| !of_clock(w)).map(|(words, _)| words.start).collect();
    let in_sentence = |sentence: &Range<usize>, starts: &[usize]| {
        starts.iter().any(|start| sentence.contains(start))
    };
    all.retain(|(words, window)| {
        let sentence = passage.sentence_at(words.start);
        let later = words.end..sentence.end;
        let beside_day = of_clock(window) && in_sentence(&sentence, &days);
        !(in_sentence(&later, &places) || beside_day)
    });
}

/// What a window is read from.
#[derive(Clone, Copy)]
struct Place<'p> {
    context: &'p Context<'p>,
    passage: &'p Passage<'p>,
    times: &'p [(Range<usize>, Time)],
    today: Option<Date>,
    ahead: Ahead<'p>,
}

/// The expressions of time of a passage, by the passage's words.
fn times(
    context: &Context,
    passage: &Passage,
    anchor: Anchor,
    ahead: Ahead<'_>,
) -> Vec<(Range<usize>, Time)> {
    let all = &context.ground.words;
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(first) = passage.words.get(from) {
        // The words of a content may lie in several pieces of the article.
        let start = all.partition_point(|w| w.span.start < first.span.start);
        let same =
            |(i, word): (usize, &&Word)| all.get(start + i).is_some_and(|w| w.span == word.span);
        let rest = passage.words.get(from..).unwrap_or_default();
        let length = rest.iter().enumerate().take_while(|pair| same(*pair)).count().max(1);
        let inside = |words: &Range<usize>| {
            words.start.saturating_sub(start) + from..words.end.saturating_sub(start) + from
        };
        let way = |words: Range<usize>| {
            if ahead(inside(&words).start) { Direction::Ahead } else { Direction::Back }
        };
        let found = time::among(context, start..start + length, anchor, way);
        let found = found.into_iter().filter(|time| !in_name(context, time));
        out.extend(found.map(|time| (inside(&time.words), time)));
        from += length;
    }
    out
}

/// Whether a season is the first word of a longer name, or any time a word of an organization's:
/// "Summer Holdings", "the Memorial Day Trust".
fn in_name(context: &Context, time: &Time) -> bool {
    let names = &context.language.names;
    let at = names.partition_point(|n| n.span.end <= time.span.start);
    let longer =
        |n: &sayso_language::Name| n.span.start <= time.span.start && n.span.end > time.span.end;
    let season = time.rule.starts_with("season");
    let organization = |n: &sayso_language::Name| n.kind == NameKind::Organization;
    names.get(at).is_some_and(|n| longer(n) && (season || organization(n)))
}

/// The time that begins at a word.
fn time_at(times: &[(Range<usize>, Time)], at: usize) -> Option<&(Range<usize>, Time)> {
    let index = times.partition_point(|(words, _)| words.start < at);
    times.get(index).filter(|(words, _)| words.start == at)
}

/// The window whose words begin at `at`, with the word after them. An inner `None` is a time that
/// lies behind.
fn window_at(place: Place<'_>, at: usize) -> Option<(usize, Option<Window>)> {
    let Place { context, passage, times, today, .. } = place;
    let table = &context.tables.windows;
    let words = &passage.words;
    let make = |end: usize, rule: &str, precision, relation, days: [Option<Date>; 3]| Window {
        earliest: days[0],
        latest: days[1],
        latest_soft: days[2],
        precision,
        relation,
        text: passage.span(at..end).of(context.language.text).to_owned(),
        rule: rule.to_owned(),
        span: context.language.print(passage.span(at..end)),
    };
    let edge = table.edge_phrases.at(words, at);
    let relation = edge.as_ref().and_then(|f| table.edges.get(f.row)).copied();
    let stretched = stretch(place, at, edge.as_ref(), relation);
    if let Some(found) = stretched.or_else(|| from_day(place, at, edge.as_ref(), relation)) {
        let Stretch { end, id, precision, days } = found;
        let days = days.map_or([None; 3], |(first, last)| [Some(first), Some(last), Some(last)]);
        let behind = days[1].zip(today).is_some_and(|(last, today)| last < today);
        let window = make(end, id, precision, Relation::In, days);
        return Some((end, (!behind).then_some(window)));
    }
    let bare = time_at(times, at);
    let after_edge = edge.as_ref().and_then(|f| time_at(times, f.words.end));
    // "later this year" is one time, "in" and "March" are two words.
    let (found, relation) = match (after_edge, bare) {
        (Some(found), None) => (Some(found), relation),
        (Some(found), Some(bare)) if found.0.end > bare.0.end => (Some(found), relation),
        (_, Some(bare)) => (Some(bare), None),
        (None, None) => (None, relation),
    };
    if let Some(rule) = table.rule_phrases.at(words, at)
        && found.is_none_or(|(time, _)| time.end <= rule.words.end)
    {
        let row = table.rules.get(rule.row)?;
        // "soon after the talks" and "as soon as" are no windows of their own.
        if row.id.starts_with("soon") && matches!(passage.lower(rule.words.end), "as" | "after") {
            return Some((rule.words.end, None));
        }
        let day = |n: Option<i32>| today.and_then(|d| Some(plus_days(d, n?)));
        let days = [day(Some(row.days.earliest)), day(row.days.latest), day(row.days.soft)];
        let window = make(rule.words.end, &row.id, row.precision, Relation::In, days);
        return Some((rule.words.end, Some(window)));
    }
    if let Some(set) = scheduled(place, at, edge.as_ref(), relation) {
        let Scheduled { words, id, precision, relation, reading } = set;
        let days = match today {
            Some(today) => of_scheduled(reading, relation, today)?,
            None => (None, None),
        };
        let behind = days.1.zip(today).is_some_and(|(last, today)| last < today);
        let days = [days.0, days.1, days.1];
        let window = make(words.end, id, precision, model(relation), days);
        return Some((words.end, (!behind).then_some(window)));
    }
    let edge_of = relation;
    let Some((time_words, time)) = found else {
        return anchored(context, passage, at, edge.as_ref(), relation).map(|(end, relation)| {
            // "until it is over" has no day at either end; "before it" is open from today.
            let before = edge_of == Some(Edge::Before);
            let days = [today.filter(|_| before), None, None];
            let id = if relation == Relation::Before { "before-event@1" } else { "after-event@1" };
            (end, Some(make(end, id, WindowPrecision::Event, relation, days)))
        });
    };
    let end = time_words.end;
    if relation.is_none() && !stands_alone(time) && !points(context, passage, time_words, time) {
        return None;
    }
    if is_past(context, passage, at, end) || is_modifier(passage, time_words, time) {
        return Some((end, None));
    }
    let edge = match relation.unwrap_or(Edge::In) {
        Edge::Until if begins_after(place, time, at) => Edge::Before,
        edge => edge,
    };
    let precision = precision(&time.reading);
    let Some(today) = today else {
        let made = make(end, &time.rule, precision, model(edge), [None; 3]);
        return Some((end, (time.reading.kind != TimeKind::Set).then_some(made)));
    };
    let from_now = || years_from_now(passage, &time.reading, end, today);
    let Some((earliest, latest)) = from_now().or_else(|| bounds(&time.reading, edge, today)) else {
        return Some((end, None));
    };
    if latest.is_some_and(|l| l < today) {
        return Some((end, None));
    }
    let window = make(end, &time.rule, precision, model(edge), [Some(earliest), latest, latest]);
    Some((end, Some(window)))
}

/// "a quarter-point", "a two-year deal": a part of a longer word measures or describes.
fn is_modifier(passage: &Passage, words: &Range<usize>, time: &Time) -> bool {
    let last = words.end.checked_sub(1).and_then(|i| passage.words.get(i));
    last.is_some_and(|word| word.span.end > time.span.end && word.lower.contains('-'))
}

/// Whether a time needs no preposition before it to tell when.
fn stands_alone(time: &Time) -> bool {
    let named =
        |names: &[&str]| time.rule.split('@').next().is_some_and(|name| names.contains(&name));
    // "the March talks" and "the 2030 budget" tell of talks and of a budget.
    time.reading.period.is_some_and(|p| p.grain <= Grain::Week)
        || time.reading.stage.is_some()
        // "the next two years will be hard"
        || time.reading.length.is_some() && time.reading.days.is_some()
        || named(&["unit", "offset", "tonight", "today", "weekday", "weekend", "date"])
}

/// Whether a season or a month is told from today and describes no noun: "this winter", "next June".
fn points(context: &Context, passage: &Passage, words: &Range<usize>, time: &Time) -> bool {
    let tokens = &context.language.tokens;
    let Some(last) = words.end.checked_sub(1).and_then(|i| passage.words.get(i)) else {
        return false;
    };
    // "this summer's harvest", "the next winter games"
    let of_noun = context.token_at(last.span).is_some_and(|t| {
        let token = &tokens[t];
        matches!(token.deprel, "compound" | "amod") && token.head.is_some_and(|h| h > t)
    });
    // "1987 growth", "its first-quarter profit": an indicator is that of its period.
    let units = &context.tables.units;
    let of_indicator =
        context.token_at(last.span).and_then(|t| tokens[t].head).is_some_and(|head| {
            let noun = tokens.get(head).filter(|n| n.span.start > last.span.start);
            noun.is_some_and(|n| units.moves(&n.lemma))
        });
    let period = time.reading.period.map(|p| p.grain);
    if of_indicator && matches!(period, Some(Grain::Year | Grain::Quarter | Grain::Half)) {
        return true;
    }
    time.reading.period.is_some_and(|p| p.grain <= Grain::Season)
        && words.clone().any(|i| List::FromToday.has(passage.lower(i)))
        && !of_noun
        && passage.lower(words.end) != "'s"
}

/// "will not reopen until June": not before, as far as June lies ahead.
fn begins_after(place: Place<'_>, time: &Time, at: usize) -> bool {
    let Place { context, passage, .. } = place;
    let ahead = time
        .reading
        .period
        .zip(place.today)
        .is_some_and(|(period, today)| period.cut(time.reading.stage, Some(today)).0 > today);
    let denies = |i: usize| context.tables.kinds.negation.contains(passage.lower(i));
    // "until" begins a clause of its own.
    let clause = passage.clause_at(at.saturating_sub(1));
    ahead && (clause.start..at).any(denies)
}

/// The first and the last day of a window; `None` for what is no period and no length.
fn bounds(reading: &TimeReading, edge: Edge, today: Date) -> Option<(Date, Option<Date>)> {
    if let Some((number, unit)) = reading.length {
        // "within three weeks", "in two days", "for the next two years"; "by two years" says by how
        // much.
        let ahead = reading.days.is_none_or(|(_, last)| last > today);
        let counts = reading.kind == TimeKind::Duration && (0.0..=MOST_UNITS).contains(&number);
        return (ahead && counts && edge == Edge::In)
            .then(|| (today, Some(plus_units(today, number, unit))));
    }
    let period = reading.period?;
    let (first, last) = period.cut(reading.stage, Some(today));
    Some(match edge {
        Edge::In | Edge::Moved => (first.max(today).min(last.max(today)), Some(last)),
        Edge::By | Edge::Until => (today, Some(last)),
        Edge::From => (first.max(today), None),
        // "before the end of March" means by then; "before April" ends the day before.
        Edge::Before if reading.stage == Some(Stage::End) => (today, Some(last)),
        Edge::Before => (today, Some(plus_days(first, -1))),
        Edge::After => (plus_days(last, 1).max(today), None),
    })
}

/// "two years from now" is told in whole years: half of one to either side of its day.
fn years_from_now(
    passage: &Passage,
    reading: &TimeReading,
    end: usize,
    today: Date,
) -> Option<(Date, Option<Date>)> {
    let now = end.checked_sub(2).map(|from| passage.lower(from)) == Some("from");
    let period = reading.period.filter(|p| now && p.grain == Grain::Year)?;
    let years = i32::from(period.first.year()) - i32::from(today.year());
    let day = |months: i32| plus_months(today, years * 12 + months);
    (years > 0).then(|| (day(-6), Some(day(6))))
}

fn model(edge: Edge) -> Relation {
    match edge {
        Edge::In | Edge::Moved => Relation::In,
        Edge::By | Edge::Until => Relation::By,
        Edge::Before => Relation::Before,
        Edge::From | Edge::After => Relation::After,
    }
}

fn precision(reading: &TimeReading) -> WindowPrecision {
    match reading.period.map(|p| p.grain) {
        Some(Grain::Month | Grain::Quarter | Grain::Season | Grain::Half) => WindowPrecision::Month,
        Some(Grain::Year | Grain::Decade | Grain::Century) => WindowPrecision::Year,
        _ => WindowPrecision::Day,
    }
}

/// "before the talks begin", "until a deal is signed": up to the end of the clause.
fn anchored(
    context: &Context,
    passage: &Passage,
    at: usize,
    edge: Option<&Found>,
    relation: Option<Edge>,
) -> Option<(usize, Relation)> {
    let relation = match relation? {
        Edge::Before | Edge::Until => Relation::Before,
        Edge::After | Edge::From => Relation::After,
        Edge::By | Edge::In | Edge::Moved => return None,
    };
    let start = edge?.words.end;
    // "before the committee" and "before him" are places to stand, not times.
    let first = passage.lower(start);
    if !List::Anchors.has(first) && !first.ends_with("ing") {
        return None;
    }
    if passage.lower(at) == "following" || !takes_place(context, passage, at, start) {
        return None;
    }
    let limit = passage.sentence_at(at).end.min(start + 9);
    let end = (start..limit)
        .find(|i| {
            passage.words[*i].is_mark() || *i > start && List::AnchorEnds.has(passage.lower(*i))
        })
        .unwrap_or(limit);
    (end > start + 1 || first.ends_with("ing")).then_some((end, relation))
}

/// Whether a noun phrase or a clause from `start` is something that takes place: "before the talks
/// begin", "after the siege", "before leaving". "Before the committee" is where somebody stands.
fn takes_place(context: &Context, passage: &Passage, at: usize, start: usize) -> bool {
    let tokens = &context.language.tokens;
    let token = |i: usize| passage.words.get(i).and_then(|w| context.token_at(w.span));
    // "before" marks a clause of its own.
    if token(at).is_some_and(|t| tokens[t].deprel == "mark")
        || passage.lower(start).ends_with("ing")
    {
        return true;
    }
    let last = (start..passage.words.len().min(start + MOST_NOUN))
        .take_while(|i| !passage.words[*i].is_mark())
        .find(|i| {
            token(*i).is_some_and(|t| {
                matches!(tokens[t].upos, Upos::Noun | Upos::Propn)
                    && !tokens[t].deprel.starts_with("compound")
            })
        });
    last.is_some_and(|i| {
        context.tables.windows.takes_place(passage.lower(i))
            || context.tables.windows.scheduled.at(&passage.words, i).is_some()
    })
}

/// The most words of a noun phrase up to its head.
const MOST_NOUN: usize = 6;

/// True when the words around a time say that it lies behind ("last March", "on Monday he said").
fn is_past(context: &Context, passage: &Passage, at: usize, end: usize) -> bool {
    // "will last for two years"
    let verb = |i: usize| {
        let token = passage.words.get(i).and_then(|w| context.token_at(w.span));
        token.is_some_and(|t| context.language.tokens[t].upos == Upos::Verb)
    };
    let before = at.checked_sub(1).filter(|i| !verb(*i)).map_or("", |i| passage.lower(i));
    ["last", "since", "past", "previous", "earlier"].contains(&before)
        || matches!(passage.lower(at), "last" | "since")
        || passage.lower(end) == "ago"
        || passage.lower(end) == "old"
}
