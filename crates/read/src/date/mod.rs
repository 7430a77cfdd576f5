//! Publication dates in the spellings of newspapers, pages and records.
//!
//! **A wrong date is worse than none**: every window hangs on it. So 03/09/2023 (March or
//! September?) is not read, a month without a year is not completed, "2 hours ago" is not a date,
//! and a time of day without a zone is dropped. Where a time of day with its zone falls on another
//! day in UTC, the outlet's own day is kept, to the day.

mod calendar;
mod token;

use jiff::{
    SignedDuration,
    civil::{Date, DateTime, Time},
};
use sayso_model::{Precision, Published};

use token::{Token, tokens};

/// Reads a field that should hold a date ("2023-03-09T14:05:00+02:00", "Thursday, March 9, 2023").
///
/// Words around the date are passed over; the first date counts.
pub(crate) fn parse(field: &str) -> Option<Published> {
    // A date stands near the beginning of its field; the cap bounds the work on a broken one.
    let end = field.char_indices().nth(200).map_or(field.len(), |(at, _)| at);
    find(&field[..end]).map(|found| found.published)
}

/// Reads a field that holds a year and nothing else: no window of it has exact days.
pub(crate) fn year(field: &str) -> Option<Published> {
    let year: i16 = Some(field.trim()).filter(|digits| digits.len() == 4)?.parse().ok()?;
    let date = Date::new(year, 1, 1).ok().filter(|_| (1500..2200).contains(&year))?;
    Some(Published { date, time: None, precision: Precision::Year })
}

/// True for the name of a month or of a day of the week.
pub(crate) fn is_calendar_word(word: &str) -> bool {
    calendar::month(word).is_some() || calendar::is_weekday(word)
}

/// Seconds or milliseconds since 1970, as JSON records have them.
pub(crate) fn from_epoch(number: i64) -> Option<Published> {
    let seconds = if number.unsigned_abs() >= 100_000_000_000 { number / 1000 } else { number };
    // Ten digits: from 2001 on. Fewer are an index or a year rather than a date.
    if !(1_000_000_000..4_000_000_000).contains(&seconds) {
        return None;
    }
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    let civil = jiff::tz::Offset::UTC.to_datetime(moment);
    Some(Published { date: civil.date(), time: Some(civil.time()), precision: Precision::Minute })
}

/// A date found in a line, with the bytes that it takes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) published: Published,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The first date in a line. Dates of the day win over a month that stands before them.
pub(crate) fn find(line: &str) -> Option<Found> {
    let tokens = tokens(line);
    let mut month = None;
    for at in 0..tokens.len() {
        if let Some((date, used)) = day_at(&tokens[at..]) {
            let (time, more) = time_at(&tokens[at + used..]);
            let last = &tokens[at + used + more - 1];
            let start = weekday_before(&tokens[..at]).unwrap_or(tokens[at].start);
            return Some(Found { published: on(date, time), start, end: last.end });
        }
        // "31 February 2023" is no day, and so the month is not to be had from it either.
        let after_day = at > 0 && tokens[at - 1].number().is_some_and(|number| number < 100);
        if month.is_none()
            && !after_day
            && let Some((date, used)) = month_at(&tokens[at..])
        {
            let published = Published { date, time: None, precision: Precision::Month };
            let end = tokens[at + used - 1].end;
            month = Some(Found { published, start: tokens[at].start, end });
        }
    }
    month
}

/// A date, and its time of day with the offset from UTC in minutes where both are known.
fn on(date: Date, time: Option<(Time, i32)>) -> Published {
    let utc = time.and_then(|(time, offset)| {
        DateTime::from_parts(date, time)
            .checked_sub(SignedDuration::from_mins(i64::from(offset)))
            .ok()
    });
    match utc {
        Some(utc) if utc.date() == date => Published {
            date,
            time: Some(
                utc.time().with().second(0).subsec_nanosecond(0).build().unwrap_or(utc.time()),
            ),
            precision: Precision::Minute,
        },
        _ => Published::day(date),
    }
}

/// The start of the weekday ("Thursday, ") right before a date.
fn weekday_before(tokens: &[Token<'_>]) -> Option<usize> {
    tokens
        .iter()
        .rev()
        .take(3)
        .find(|token| !token.is_mark(","))
        .filter(|token| calendar::is_weekday(token.text))
        .map(|token| token.start)
}

/// A day at the beginning of the tokens, and how many tokens it takes.
fn day_at(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    iso(tokens)
        .or_else(|| day_month_year(tokens))
        .or_else(|| month_day_year(tokens))
        .or_else(|| numeric(tokens))
}

/// 2023-03-09, 2023/03/09, 2023.03.09, 20230309.
fn iso(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let first = tokens.first()?;
    if first.text.len() == 8 && first.number().is_some() {
        let part = |range: std::ops::Range<usize>| first.text.get(range)?.parse().ok();
        return Some((date(part(0..4)?, part(4..6)?, part(6..8)?)?, 1));
    }
    let [year, a, month, b, day, ..] = tokens else { return None };
    let mark = ["-", "/", "."].into_iter().find(|mark| a.is_mark(mark) && b.is_mark(mark))?;
    let tight = a.glued && month.glued && b.glued && day.glued;
    if year.text.len() != 4 || !tight || tokens.get(5).is_some_and(|t| t.glued && t.is_mark(mark)) {
        return None;
    }
    Some((date(year.number()?, month.number()?, day.number()?)?, 5))
}

/// "9 March 2023", "9th of March, 2023", "09 Mar 2023", "9-Mar-2023".
fn day_month_year(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let (day, mut at) = token::ordinal(tokens)?;
    skip(tokens, &mut at, &["of", "-", "."]);
    let month = calendar::month(tokens.get(at)?.text)?;
    at += 1;
    skip(tokens, &mut at, &[".", ",", "-"]);
    let year = tokens.get(at)?.year()?;
    Some((date(year, month, day)?, at + 1))
}

/// "March 9, 2023", "Mar. 9th 2023".
fn month_day_year(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let month = calendar::month(tokens.first()?.text)?;
    let mut at = 1;
    skip(tokens, &mut at, &["."]);
    let (day, used) = token::ordinal(tokens.get(at..)?)?;
    at += used;
    skip(tokens, &mut at, &[","]);
    let year = tokens.get(at)?.year()?;
    Some((date(year, month, day)?, at + 1))
}

/// 09.03.2023 (day first wherever points are used), 25/03/2023 and 3/25/2023 (only one reading),
/// and not 03/09/2023.
fn numeric(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let [a, first, b, second, year, ..] = tokens else { return None };
    let mark =
        [".", "/", "-"].into_iter().find(|mark| first.is_mark(mark) && second.is_mark(mark))?;
    if !(first.glued && b.glued && second.glued && year.glued)
        || a.text.len() > 2
        || b.text.len() > 2
    {
        return None;
    }
    let (a, b, year) = (a.number()?, b.number()?, year.year()?);
    let (day, month) = match (mark, a, b) {
        (".", day, month) | (_, day @ 13.., month) | (_, month, day @ 13..) => (day, month),
        (_, day, month) if day == month => (day, month),
        _ => return None,
    };
    Some((date(year, month, day)?, 5))
}

/// "March 2023", "2023-03".
fn month_at(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    if let [year, mark, month, rest @ ..] = tokens
        && mark.is_mark("-")
        && mark.glued
        && month.glued
        && year.text.len() == 4
        && month.text.len() == 2
        && !rest.first().is_some_and(|next| next.glued)
    {
        return Some((date(year.year()?, month.number()?, 1)?, 3));
    }
    let month = calendar::month(tokens.first()?.text)?;
    let mut at = 1;
    skip(tokens, &mut at, &[".", ","]);
    Some((date(tokens.get(at)?.year()?, month, 1)?, at + 1))
}

fn skip(tokens: &[Token<'_>], at: &mut usize, marks: &[&str]) {
    if tokens.get(*at).is_some_and(|token| marks.contains(&token.text)) {
        *at += 1;
    }
}

/// A day of the calendar in the centuries of newspapers.
fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    if !(1600..=2199).contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The time of day after a date with the zone's minutes from UTC, and how many tokens it takes;
/// no time where there is no zone.
fn time_at(tokens: &[Token<'_>]) -> (Option<(Time, i32)>, usize) {
    let mut at = 0;
    while tokens.get(at).is_some_and(|t| ["at", ",", "T", "t", "-", "|"].contains(&t.text))
        && at < 3
    {
        at += 1;
    }
    let clock = || -> Option<(Time, usize)> {
        let (hour, colon, minute) = (tokens.get(at)?, tokens.get(at + 1)?, tokens.get(at + 2)?);
        let tight = colon.glued && minute.glued;
        if !tight || !(colon.is_mark(":") || colon.is_mark(".")) || minute.text.len() != 2 {
            return None;
        }
        let mut hour: i32 = hour.number()?;
        let minute: i32 = minute.number()?;
        let mut used = at + 3;
        // Seconds and their fractions.
        while tokens.get(used).is_some_and(|t| t.glued && (t.is_mark(":") || t.is_mark(".")))
            && tokens.get(used + 1).is_some_and(|t| t.glued && t.digits())
        {
            used += 2;
        }
        if let Some((afternoon, more)) = token::half_day(tokens.get(used..)?) {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if afternoon { 12 } else { 0 };
            used += more;
        }
        let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
        Some((time, used))
    };
    let Some((time, used)) = clock() else { return (None, 0) };
    match token::zone(&tokens[used..]) {
        Some((offset, more)) => (Some((time, offset)), used + more),
        None => (None, used),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        parse(text).map_or_else(|| "-".into(), |published| published.printed())
    }

    #[test]
    fn spellings() {
        for (text, expected) in [
            ("2023-03-09", "2023-03-09"),
            ("2023/03/09", "2023-03-09"),
            ("20230309", "2023-03-09"),
            ("2023-03-09T14:05:00Z", "2023-03-09T14:05Z"),
            ("2023-03-09T14:05:00.000Z", "2023-03-09T14:05Z"),
            ("2023-03-09T14:05:00+02:00", "2023-03-09T12:05Z"),
            ("2023-03-09T14:05:00+0200", "2023-03-09T12:05Z"),
            ("2023-03-09 14:05 UTC", "2023-03-09T14:05Z"),
            ("2023-03-09 14:05", "2023-03-09"),
            ("2023-03-09T23:30:00-05:00", "2023-03-09"),
            ("Thu, 09 Mar 2023 14:05:00 +0200", "2023-03-09T12:05Z"),
            ("Thu, 09 Mar 2023 14:05:00 GMT", "2023-03-09T14:05Z"),
            ("Thursday, March 9, 2023", "2023-03-09"),
            ("March 9, 2023 at 2:05 p.m. EST", "2023-03-09T19:05Z"),
            ("Mar. 9, 2023 2:05pm EST", "2023-03-09T19:05Z"),
            ("9 March 2023", "2023-03-09"),
            ("9th of March 2023", "2023-03-09"),
            ("9-Mar-2023", "2023-03-09"),
            ("Sept. 1, 2022", "2022-09-01"),
            ("Published 9 March 2023, 14:05 GMT | Updated 10 March 2023", "2023-03-09T14:05Z"),
            ("09.03.2023", "2023-03-09"),
            ("25/03/2023", "2023-03-25"),
            ("3/25/2023", "2023-03-25"),
            ("March 2023", "2023-03"),
            ("2023-03", "2023-03"),
            ("in March 2023, on 9 April 2023", "2023-04-09"),
        ] {
            assert_eq!(printed(text), expected, "{text}");
        }
    }

    #[test]
    fn no_date_rather_than_a_wrong_one() {
        for text in [
            "",
            "03/09/2023",
            "March 9",
            "2 hours ago",
            "yesterday",
            "31 February 2023",
            "2023-13-01",
            "version 2023.3.9.1",
            "12345678",
            "may 20 23",
            "in 2023",
            "9 2023",
            "٩ مارس ٢٠٢٣",
        ] {
            assert_eq!(printed(text), "-", "{text}");
        }
    }

    #[test]
    fn numbers_of_seconds() {
        let printed = |n| from_epoch(n).map(|p| p.printed());
        assert_eq!(printed(1_678_370_700).as_deref(), Some("2023-03-09T14:05Z"));
        assert_eq!(printed(1_678_370_700_000).as_deref(), Some("2023-03-09T14:05Z"));
        assert_eq!(printed(2023), None);
        assert_eq!(printed(i64::MIN), None);
    }

    #[test]
    fn a_found_date_takes_its_own_bytes() {
        let line = "Updated Thursday, March 9, 2023 at 14:05 GMT in the harbour";
        let found = find(line).unwrap();
        assert_eq!(&line[found.start..found.end], "Thursday, March 9, 2023 at 14:05 GMT");
    }
}
