//! When a forecast can come true, by the table `data/en/windows.toml`.
//!
//! Only what lies ahead of the article's date is a window: "captured it on Monday" has none. Tense
//! decides whether "Monday" looks back or ahead. Without a publication date the window keeps its
//! words and its rule and has no days.

use std::ops::Range;

use jiff::{Span as Length, civil::Date};
use sayso_model::{Relation, Window, WindowPrecision};

use crate::{
    Attribution, Context, certainty, event, kind,
    numeral::Unit,
    passage::Passage,
    tables::{Edge, Filler, Found, Period, Shape},
};

/// No date lies further ahead than this many units: a slip of the pen, not a forecast.
const MOST_UNITS: f64 = 1000.0;

/// The window of a statement: of the sentence of its event, else the first that it names.
pub fn read(context: &Context, attribution: &Attribution) -> Option<Window> {
    let passage = Passage::content(context, attribution);
    let trigger = event::find(context, attribution, &passage).map(|f| f.words.start);
    of_passage(context, &passage, trigger)
}

/// The window of a passage; `trigger` is the first word of its event where there is one.
pub fn of_passage(context: &Context, passage: &Passage, trigger: Option<usize>) -> Option<Window> {
    // "If there is no offer by Friday, …": that Friday is the condition's.
    let conditions = &passage.conditions;
    let mut all = windows(context, passage);
    all.retain(|(words, _)| {
        !conditions
            .iter()
            .any(|c| c.contains(&words.start) && trigger.is_none_or(|t| !c.contains(&t)))
    });
    let nearest = trigger.and_then(|t| {
        let sentence = passage.sentence_at(t);
        all.iter().filter(|(words, _)| sentence.contains(&words.start)).min_by_key(
            |(words, window)| {
                // "may eventually fall in the coming days": the narrower words count.
                (window.precision == WindowPrecision::Open, words.start.abs_diff(t))
            },
        )
    });
    let first = || all.iter().min_by_key(|(_, w)| w.precision == WindowPrecision::Open);
    nearest.or_else(|| trigger.is_none().then(first).flatten()).map(|(_, window)| window.clone())
}

/// All windows of a passage with their words, from left to right.
fn windows(context: &Context, passage: &Passage) -> Vec<(Range<usize>, Window)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < passage.words.len() {
        match window_at(context, passage, at) {
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

/// The window whose words begin at `at`, with the word after them. An inner `None` is a time that
/// lies behind.
fn window_at(context: &Context, passage: &Passage, at: usize) -> Option<(usize, Option<Window>)> {
    let table = &context.tables.windows;
    let published = context.article.published.as_ref().map(|p| p.date);
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

    if let Some(found) = between(context, passage, at) {
        let Stretch { end, id, precision, days } = found;
        let days = days.map_or([None; 3], |(first, last)| [Some(first), Some(last), Some(last)]);
        let behind = days[1].zip(published).is_some_and(|(last, today)| last < today);
        let window = make(end, &id, precision, Relation::In, days);
        return Some((end, (!behind).then_some(window)));
    }
    let edge = table.edge_phrases.at(words, at);
    let mut next = edge.as_ref().map_or(at, |f| f.words.end);
    let part = table.part_phrases.at(words, next);
    if let Some(part) = &part {
        next = part.words.end;
    }
    let mut period = table.period_phrases.at(words, next);
    // "mid-March" is one word: its first part is read off.
    let relation = edge.as_ref().and_then(|f| table.edges.get(f.row)).copied();
    if let Some(rule) = table.rule_phrases.at(words, at) {
        let longer = period.as_ref().is_some_and(|p| p.words.end > rule.words.end);
        let row = table.rules.get(rule.row)?;
        if !longer {
            // "soon after the talks" and "as soon as" are no windows of their own.
            if row.id.starts_with("soon") && matches!(passage.lower(rule.words.end), "as" | "after")
            {
                return Some((rule.words.end, None));
            }
            let day = |n: Option<i32>| published.and_then(|d| Some(plus_days(d, n?)));
            let days = [day(Some(row.days.earliest)), day(row.days.latest), day(row.days.soft)];
            return Some((
                rule.words.end,
                Some(make(rule.words.end, &row.id, row.precision, Relation::In, days)),
            ));
        }
    }
    let Some(found) = period.take() else {
        return anchored(passage, at, edge.as_ref(), relation).map(|(end, relation)| {
            let earliest = published.filter(|_| relation == Relation::Before);
            let days = [earliest, None, None];
            let id = if relation == Relation::Before { "before-event@1" } else { "after-event@1" };
            (end, Some(make(end, id, WindowPrecision::Event, relation, days)))
        });
    };
    let row = table.periods.get(found.row)?;
    let bare = edge.is_none() && part.is_none();
    let known = matches!(row.shape, Shape::Date | Shape::Weekday | Shape::This(_));
    if bare && !row.alone && !known {
        return None;
    }
    let end = found.words.end;
    if is_past(passage, at, end) {
        return Some((end, None));
    }
    let edge = match relation {
        // "within three weeks", "in two days", "for the next two years"
        _ if row.shape == Shape::Length && relation.is_none() => return None,
        Some(edge) => edge,
        None => Edge::In,
    };
    let ahead = looks_ahead(context, passage, at);
    let third = part.and_then(|p| table.parts.get(p.row)).copied();
    let precision = precision(row);
    let Some(published) = published else {
        return Some((end, Some(make(end, &row.id, precision, model(edge), [None; 3]))));
    };
    let Some((mut first, mut last)) = days(row, &found, published, ahead) else {
        return Some((end, None));
    };
    if let Some(third) = third {
        (first, last) = cut(first, last, third);
    }
    let (earliest, latest) = match edge {
        Edge::In => (first.max(published), Some(last)),
        Edge::By => (published, Some(last)),
        // "before the end of March" means by then; "before April" ends the day before.
        Edge::Before if third == Some(4) => (published, Some(last)),
        Edge::Before => (published, Some(plus_days(first, -1))),
        Edge::After => (plus_days(last, 1).max(published), None),
    };
    if latest.is_some_and(|l| l < published) {
        return Some((end, None));
    }
    Some((end, Some(make(end, &row.id, precision, model(edge), [Some(earliest), latest, latest]))))
}

/// A window from one period to another.
struct Stretch {
    /// The word after it.
    end: usize,
    /// The rule.
    id: String,
    precision: WindowPrecision,
    /// Its days where the article has a date.
    days: Option<(Date, Date)>,
}

/// "between 3 May and 1 June", "from May to July".
fn between(context: &Context, passage: &Passage, at: usize) -> Option<Stretch> {
    let joints: &[&str] = match passage.lower(at) {
        "between" => &["and"],
        "from" => &["to", "until", "till", "through"],
        _ => return None,
    };
    let table = &context.tables.windows;
    let first = table.period_phrases.at(&passage.words, at + 1)?;
    if !joints.contains(&passage.lower(first.words.end)) {
        return None;
    }
    let last = table.period_phrases.at(&passage.words, first.words.end + 1)?;
    let (from, to) = (table.periods.get(first.row)?, table.periods.get(last.row)?);
    let ahead = looks_ahead(context, passage, at);
    let published = context.article.published.as_ref().map(|p| p.date);
    let days = published.and_then(|published| {
        let (_, end) = days(to, &last, published, ahead)?;
        // "between 19 November and 30 November 2012": the first year is that of the second.
        let (start, _) = days(from, &first, end, false).filter(|(s, _)| *s <= end)?;
        Some((start.max(published).min(end), end))
    });
    Some(Stretch { end: last.words.end, id: to.id.clone(), precision: precision(to), days })
}

fn model(edge: Edge) -> Relation {
    match edge {
        Edge::In => Relation::In,
        Edge::By => Relation::By,
        Edge::Before => Relation::Before,
        Edge::After => Relation::After,
    }
}

fn precision(period: &Period) -> WindowPrecision {
    match period.shape {
        Shape::Offset(_) | Shape::Date | Shape::Day | Shape::Weekday | Shape::Weekend => {
            WindowPrecision::Day
        }
        Shape::This(Unit::Week) | Shape::Next(Unit::Week) | Shape::Length => WindowPrecision::Day,
        Shape::Month | Shape::This(Unit::Month) | Shape::Next(Unit::Month) | Shape::Months(..) => {
            WindowPrecision::Month
        }
        Shape::This(_) | Shape::Next(_) | Shape::Year => WindowPrecision::Year,
    }
}

/// "before the talks begin", "until a deal is signed": up to the end of the clause.
fn anchored(
    passage: &Passage,
    at: usize,
    edge: Option<&Found>,
    relation: Option<Edge>,
) -> Option<(usize, Relation)> {
    let relation = match relation? {
        Edge::Before => Relation::Before,
        Edge::After => Relation::After,
        Edge::By if passage.lower(at) == "until" => Relation::Before,
        Edge::By | Edge::In => return None,
    };
    let start = edge?.words.end;
    // "before the committee" and "before him" are places to stand, not times.
    let first = passage.lower(start);
    let named = ["the", "a", "any", "his", "her", "its", "their", "our", "peace", "new"];
    if !named.contains(&first) && !first.ends_with("ing") {
        return None;
    }
    let institution = ["court", "committee", "parliament", "judge", "panel", "tribunal", "jury"];
    if institution.contains(&passage.lower(start + 1)) || passage.lower(at) == "following" {
        return None;
    }
    let limit = passage.sentence_at(at).end.min(start + 9);
    let end = (start..limit)
        .find(|i| {
            passage.words[*i].is_mark()
                || *i > start
                    && passage.has(*i..*i + 1, &["and", "but", "that", "which", "so", "to", "said"])
        })
        .unwrap_or(limit);
    (end > start + 1 || first.ends_with("ing")).then_some((end, relation))
}

/// True when the words around a time say that it lies behind ("last March", "on Monday he said").
fn is_past(passage: &Passage, at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| passage.lower(i));
    ["last", "since", "past", "previous", "earlier"].contains(&before)
        || matches!(passage.lower(at), "last" | "since")
        || passage.lower(end) == "ago"
        || passage.lower(end) == "old"
}

/// Whether the sentence speaks of what is to come.
fn looks_ahead(context: &Context, passage: &Passage, at: usize) -> bool {
    let clause = passage.clause_at(at);
    certainty::stated(context, passage, Some(at)).is_some()
        || certainty::hedges(context, passage)
            .iter()
            .any(|h| passage.same_clause(h.words.start, at))
        || kind::speaks_of_future(passage, clause)
        || kind::speaks_of_future(passage, passage.sentence_at(at))
}

/// The first and the last day of a period.
fn days(period: &Period, found: &Found, published: Date, ahead: bool) -> Option<(Date, Date)> {
    let year = found.fillers.iter().find_map(|f| match f {
        Filler::Year(y) => Some(*y),
        _ => None,
    });
    let month = found.fillers.iter().find_map(|f| match f {
        Filler::Month(m) => Some(*m),
        _ => None,
    });
    let day = found.fillers.iter().find_map(|f| match f {
        Filler::Day(d) => Some(*d),
        _ => None,
    });
    match period.shape {
        Shape::Offset(n) => Some((plus_days(published, n), plus_days(published, n))),
        Shape::This(unit) => unit_around(published, unit),
        Shape::Next(unit) => {
            let (_, last) = unit_around(published, unit)?;
            unit_around(plus_days(last, 1), unit)
        }
        Shape::Weekend => {
            let weekday = i32::from(published.weekday().to_monday_one_offset());
            Some((plus_days(published, 6 - weekday), plus_days(published, 7 - weekday)))
        }
        Shape::Date => {
            let (month, day) = (month?, day?);
            let date = match year {
                Some(year) => Date::new(year, month, day).ok()?,
                None => turn(published, ahead, |year| Date::new(year, month, day).ok())?,
            };
            Some((date, date))
        }
        Shape::Day => {
            let this = Date::new(published.year(), published.month(), day?).ok();
            let date = if let Some(date) = this.filter(|d| *d >= published) {
                date
            } else {
                let next = plus_days(published.last_of_month(), 1);
                Date::new(next.year(), next.month(), day?).ok()?
            };
            Some((date, date))
        }
        Shape::Month => {
            let first = match year {
                Some(year) => Date::new(year, month?, 1).ok()?,
                None => {
                    turn(published.first_of_month(), ahead, |year| Date::new(year, month?, 1).ok())?
                }
            };
            Some((first, first.last_of_month()))
        }
        Shape::Weekday => {
            let wanted = found.fillers.iter().find_map(|f| match f {
                Filler::Weekday(d) => Some(*d),
                _ => None,
            })?;
            let today = published.weekday().to_monday_one_offset();
            let distance = i32::from((wanted - today).rem_euclid(7));
            let distance = match (ahead, distance) {
                (true, n) => n,
                (false, 0) => 0,
                (false, n) => n - 7,
            };
            Some((plus_days(published, distance), plus_days(published, distance)))
        }
        Shape::Year => {
            let first = Date::new(year?, 1, 1).ok()?;
            Some((first, first.last_of_year()))
        }
        Shape::Months(from, to) => {
            let whole = |year: i16| {
                let first = Date::new(year, from, 1).ok()?;
                let last_year = if to < from { year.checked_add(1)? } else { year };
                Some((first, Date::new(last_year, to, 1).ok()?.last_of_month()))
            };
            match year {
                Some(year) => whole(year),
                None => [-1, 0, 1]
                    .into_iter()
                    .filter_map(|n| whole(published.year().checked_add(n)?))
                    .find(|(_, last)| *last >= published),
            }
        }
        Shape::Length => {
            let (mut number, mut unit) = (None, None);
            for filler in &found.fillers {
                match filler {
                    Filler::Number(n) => number = Some(*n),
                    Filler::Unit(u) => unit = Some(*u),
                    _ => {}
                }
            }
            let number = number.filter(|n| (0.0..=MOST_UNITS).contains(n))?;
            Some((published, plus_units(published, number, unit?)))
        }
    }
}

/// The date in this year, or in the one to which the tense points.
fn turn(published: Date, ahead: bool, in_year: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    let this = in_year(published.year())?;
    let other = match (ahead, this < published) {
        (true, true) => published.year().checked_add(1)?,
        (false, false) if this > published => published.year().checked_sub(1)?,
        _ => return Some(this),
    };
    in_year(other)
}

fn unit_around(date: Date, unit: Unit) -> Option<(Date, Date)> {
    let whole_years = |years: i16| {
        let first = date.year().div_euclid(years) * years;
        let last = first.checked_add(years - 1)?;
        Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
    };
    match unit {
        Unit::Hour | Unit::Day => Some((date, date)),
        Unit::Week => {
            let monday = plus_days(date, 1 - i32::from(date.weekday().to_monday_one_offset()));
            Some((monday, plus_days(monday, 6)))
        }
        Unit::Month => Some((date.first_of_month(), date.last_of_month())),
        Unit::Quarter => {
            let from = (date.month() - 1) / 3 * 3 + 1;
            let first = Date::new(date.year(), from, 1).ok()?;
            Some((first, Date::new(date.year(), from + 2, 1).ok()?.last_of_month()))
        }
        Unit::Year => whole_years(1),
        Unit::Decade => whole_years(10),
    }
}

/// A third of a period; 4 is its end, which leaves the period's last day as it is.
fn cut(first: Date, last: Date, third: u8) -> (Date, Date) {
    let length = first.until(last).map_or(0, |s| s.get_days()) + 1;
    let (a, b) = (length / 3, length * 2 / 3);
    match third {
        1 => (first, plus_days(first, a - 1)),
        2 => (plus_days(first, a), plus_days(first, b - 1)),
        3 => (plus_days(first, b), last),
        _ => (last, last),
    }
}

fn plus_days(date: Date, days: i32) -> Date {
    // Days come from the table or from MOST_UNITS, far inside what a span can hold.
    Length::new().try_days(i64::from(days)).map_or(date, |length| date.saturating_add(length))
}

fn plus_units(date: Date, number: f64, unit: Unit) -> Date {
    let whole = number.ceil() as i64;
    let span = Length::new();
    let length = match unit {
        Unit::Hour => span.try_days((whole + 23) / 24),
        Unit::Day => span.try_days(whole),
        Unit::Week => span.try_weeks(whole),
        Unit::Month => span.try_months(whole),
        Unit::Quarter => span.try_months(whole * 3),
        Unit::Year => span.try_years(whole),
        Unit::Decade => span.try_years(whole * 10),
    };
    length.map_or(date, |length| date.saturating_add(length))
}
