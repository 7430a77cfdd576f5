//! Finding the numbers of a passage: digits, number words, fractions, and what is written onto
//! them ("5.2m", "80mph", "seven-year"). Dates, years, hours of the day and labels are none.

use std::ops::Range;

use crate::{
    numeral,
    passage::Passage,
    tables::{List, Tables, Units},
    words::WordKind,
};

/// A number, before it is known what it counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// Its words.
    pub(super) words: Range<usize>,
    pub(super) low: f64,
    pub(super) high: f64,
    /// "dozens", "a few"
    pub(super) vague: bool,
    /// The last scale word or letter as a factor, 1 where there is none.
    pub(super) scale: f64,
    /// What is written onto it: "mph", "year-old".
    pub(super) glued: Option<String>,
    /// The currency written onto it ("usd5").
    pub(super) currency: Option<usize>,
    /// "half", "a third", "2/5": a share of something.
    pub(super) share: bool,
    /// One word of digits without a comma or a point, as a year has.
    pub(super) plain: bool,
}

/// What stands at a word.
pub(super) enum Read {
    /// A number.
    Number(Number),
    /// Digits that count nothing, up to this word.
    Other(usize),
    /// No number.
    None,
}

/// Reads what stands at a word.
pub(super) fn read(units: &Units, passage: &Passage, at: usize) -> Read {
    let Some(word) = passage.words.get(at) else { return Read::None };
    match word.kind {
        WordKind::Number => digits(units, passage, at, at, 1.0),
        WordKind::Mark => marked(units, passage, at),
        WordKind::Letters => letters(units, passage, at),
    }
}

fn number(words: Range<usize>, low: f64, high: f64) -> Number {
    Number {
        words,
        low,
        high,
        vague: false,
        scale: 1.0,
        glued: None,
        currency: None,
        share: false,
        plain: false,
    }
}

/// ".5" and "−5" where the mark begins a word of its own.
fn marked(units: &Units, passage: &Passage, at: usize) -> Read {
    let touches = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (passage.words.get(a), passage.words.get(b)) else {
            return false;
        };
        a.span.end == b.span.start
    };
    let begins = at.checked_sub(1).is_none_or(|before| !touches(before, at));
    let next = passage.words.get(at + 1).filter(|w| w.kind == WordKind::Number);
    if !begins || !touches(at, at + 1) || next.is_none() {
        return Read::None;
    }
    match passage.lower(at) {
        "−" | "-" | "–" => digits(units, passage, at, at + 1, -1.0),
        "." => match digits(units, passage, at, at + 1, 1.0) {
            Read::Number(mut n) if n.plain => {
                n.low = format!("0.{}", passage.lower(at + 1)).parse().unwrap_or(n.low);
                n.high = n.low;
                n.plain = false;
                Read::Number(n)
            }
            other => other,
        },
        _ => Read::None,
    }
}

/// A word that begins with a digit; `from` is the first word of the number, with its sign.
fn digits(units: &Units, passage: &Passage, from: usize, at: usize, sign: f64) -> Read {
    let form = passage.lower(at);
    let other = Read::Other(at + 1);
    if let Some(value) = vulgar(form) {
        let mut n = number(from..at + 1, value, value);
        n.share = true;
        return Read::Number(n);
    }
    let Some((first, rest)) = leading(form) else { return other };
    // "9:01", "1:36.6": an hour, a lap.
    if passage.lower(at + 1) == ":"
        && rest.is_empty()
        && passage.words.get(at + 2).is_some_and(|w| {
            w.kind == WordKind::Number
                && passage.words.get(at + 1).is_some_and(|c| c.span.end == w.span.start)
        })
    {
        return Read::Other(at + 3);
    }
    // "1/16"
    if rest.is_empty()
        && matches!(passage.lower(at + 1), "/" | "⁄")
        && let Some((whole, "")) = leading(passage.lower(at + 2))
    {
        if first < whole && whole <= 1000.0 && first.fract() == 0.0 {
            let mut n = number(from..at + 3, first / whole, first / whole);
            n.share = true;
            return Read::Number(n);
        }
        return Read::Other(at + 3);
    }
    let plain = rest.is_empty() && form.bytes().all(|b| b.is_ascii_digit());
    let mut n = number(from..at + 1, sign * first, sign * first);
    n.plain = plain && sign > 0.0;
    let mut rest = rest;
    if let Some(second) = rest.strip_prefix(['-', '\u{2010}', '\u{2011}']) {
        if let Some((high, after)) = leading(second) {
            // "1997-2003", but "1,200-1,500"
            let years =
                (1000.0..2200.0).contains(&first) && first.fract() == 0.0 && !form.contains(',');
            if high <= first || years && after.is_empty() || sign < 0.0 {
                return other;
            }
            n.high = high;
            n.plain = false;
            rest = after;
        } else {
            rest = second;
        }
    }
    let ordinal = rest.split('-').next().unwrap_or_default();
    if List::NumberEndings.has(ordinal) || rest == "s" && first.fract() == 0.0 {
        return other;
    }
    if rest.is_empty() {
        if let Some(end) = spaced_groups(units, passage, &mut n) {
            n.words.end = end;
        }
        and_part(passage, &mut n);
        scale_words(passage, &mut n);
        and_part(passage, &mut n);
        return Read::Number(n);
    }
    let currency = units.sign_before(&passage.words, from).is_some();
    let scale = match rest {
        "m" | "b" | "t" => {
            let next = at + 1;
            let unit = units.at(&passage.words, next).is_some();
            let counts = passage.words.get(next).is_some_and(|w| {
                let plural = w.lower.ends_with('s') || numeral::is_people(&w.lower);
                w.kind == WordKind::Letters && !w.capital && plural
            });
            let value = match rest {
                "m" => 1e6,
                "b" => 1e9,
                _ => 1e12,
            };
            (currency || unit || counts && rest != "t").then_some(value)
        }
        _ => numeral::scale(rest),
    };
    if let Some(scale) = scale {
        n.low *= scale;
        n.high *= scale;
        n.scale = scale;
        return Read::Number(n);
    }
    // "1.8 billion-mile" is read as words; "5-year" and "64gb" here.
    if units.glued(rest).is_none() && !rest.contains(char::is_alphabetic) {
        return other;
    }
    n.glued = Some(rest.to_owned());
    Read::Number(n)
}

/// "3 000 000": groups of three digits behind blanks. The word after the last group, where there
/// are two groups or a unit or a blank that does not break says that they are one number.
fn spaced_groups(units: &Units, passage: &Passage, n: &mut Number) -> Option<usize> {
    let first = passage.words.get(n.words.end.checked_sub(1)?)?;
    if !n.plain || first.lower.len() > 3 || n.low < 1.0 {
        return None;
    }
    let mut value = n.low;
    let mut end = n.words.end;
    while let Some(word) = passage.words.get(end) {
        let group = word.lower.len() == 3 && word.lower.bytes().all(|b| b.is_ascii_digit());
        let before = passage.words.get(end - 1)?;
        // One blank of one to three bytes.
        let blank = word.span.start.saturating_sub(before.span.end);
        if !group || !(1..=3).contains(&blank) {
            break;
        }
        value = value * 1e3 + numeral::digits(&word.lower)?;
        end += 1;
    }
    let groups = end - n.words.end;
    let bound = passage.words.get(n.words.end).is_some_and(|w| w.span.start > first.span.end + 1);
    let one = groups > 1 || groups == 1 && (bound || units.at(&passage.words, end).is_some());
    if !one {
        return None;
    }
    (n.low, n.high, n.plain, n.scale) = (value, value, false, 1e3);
    Some(end)
}

/// "two and a half", "a million and a half", "one and one-half": the part is added in the scale of
/// what it follows.
fn and_part(passage: &Passage, n: &mut Number) {
    let at = n.words.end;
    if passage.lower(at) != "and" || n.low < 1.0 || (n.high - n.low).abs() > 0.0 {
        return;
    }
    let word = passage.lower(at + 1);
    let found = if let Some((count, part)) = word.split_once('-') {
        numeral::small(count).zip(denominator(part)).map(|f| (f, at + 2))
    } else {
        let count = if word == "a" { Some(1.0) } else { numeral::small(word) };
        count.zip(denominator(passage.lower(at + 2))).map(|f| (f, at + 3))
    };
    // "two and a third of the rest" are two shares, and "five and a quarter" of a year a time.
    if let Some(((count, part), end)) = found
        && count < part
        && passage.lower(end) != "of"
    {
        let added = count / part * n.scale;
        n.low += added;
        n.high += added;
        n.plain = false;
        n.words.end = end;
    }
}

/// "1.5 million", "4 hundred million"; "billion-mile" glues the mile.
fn scale_words(passage: &Passage, n: &mut Number) {
    loop {
        let word = passage.lower(n.words.end);
        let (scale, rest) = word.split_once('-').map_or((word, None), |(a, b)| (a, Some(b)));
        // "5 m" is a length; a plural has no number in front.
        let Some(value) =
            numeral::scale(scale).filter(|_| numeral::scales(scale) && !matches!(scale, "m" | "k"))
        else {
            break;
        };
        n.low *= value;
        n.high *= value;
        n.scale *= value;
        n.plain = false;
        n.words.end += 1;
        if let Some(rest) = rest {
            n.glued = Some(rest.to_owned());
            break;
        }
    }
}

/// Number words, with what is joined to them by a hyphen.
fn letters(units: &Units, passage: &Passage, at: usize) -> Read {
    if let Some((value, length)) = share(passage, at) {
        let mut n = number(at..at + length, value, value);
        // "half a million" is a number; "half of the boats" a share.
        n.share = value < 1.0;
        return Read::Number(n);
    }
    let word = passage.lower(at);
    // "usd5", "rm5"
    if let Some(first) = word.find(|c: char| c.is_ascii_digit())
        && let Some(currency) = units.sign_of(&word[..first])
        && let Some((value, rest)) = leading(&word[first..])
    {
        let scale = if rest.is_empty() { Some(1.0) } else { numeral::scale(rest) };
        if let Some(scale) = scale {
            let mut n = number(at..at + 1, value * scale, value * scale);
            n.currency = Some(currency);
            n.scale = scale;
            scale_words(passage, &mut n);
            return Read::Number(n);
        }
    }
    // "minus 40" and "minus-40"
    if let Some(rest) = word.strip_prefix("minus-")
        && let Some((value, "")) = leading(rest)
    {
        return Read::Number(number(at..at + 1, -value, -value));
    }
    if word == "minus" && passage.words.get(at + 1).is_some_and(|w| w.kind == WordKind::Number) {
        return digits(units, passage, at, at + 1, -1.0);
    }
    // "$US5", where the prefix is written behind the sign.
    if let Some(first) = word.find(|c: char| c.is_ascii_digit())
        && first > 0
        && at.checked_sub(1).is_some_and(|i| passage.lower(i) == "$")
        && let Some(currency) = units.sign_of(&format!("{} $", &word[..first]))
        && let Some((value, "")) = leading(&word[first..])
    {
        let mut n = number(at - 1..at + 1, value, value);
        n.currency = Some(currency);
        scale_words(passage, &mut n);
        return Read::Number(n);
    }
    // "the Big Six"; "few boats", which says how few and not that they are some.
    let named = passage.words.get(at).is_some_and(|w| w.capital)
        && at
            .checked_sub(1)
            .and_then(|i| passage.words.get(i))
            .is_some_and(|w| w.capital && !w.is_mark());
    if named || word == "few" {
        return Read::None;
    }
    if let Some(n) = numeral::read(&passage.words, at) {
        let mut found = number(at..at + n.length, n.low, n.high);
        found.vague = n.vague;
        let last = passage.lower(found.words.end - 1);
        found.scale = numeral::scale(last).filter(|_| n.length > 1).unwrap_or(1.0);
        and_part(passage, &mut found);
        scale_words(passage, &mut found);
        return Read::Number(found);
    }
    // "five-year", "twenty-one-year-old"
    let hyphens = word.match_indices('-').map(|(i, _)| i);
    for i in hyphens {
        let (head, rest) = (&word[..i], &word[i + 1..]);
        if let Some(value) = numeral::small(head)
            && numeral::small(word).is_none()
            && numeral::small(rest.split('-').next().unwrap_or_default()).is_none()
        {
            let mut n = number(at..at + 1, value, value);
            n.glued = Some(rest.to_owned());
            return Read::Number(n);
        }
    }
    Read::None
}

/// "half", "a third of", "two-thirds", "half a million": the value and the words.
fn share(passage: &Passage, at: usize) -> Option<(f64, usize)> {
    let of = |i: usize| passage.lower(i) == "of";
    let word = passage.lower(at);
    if word == "half" {
        let next = passage.lower(at + 1);
        if matches!(next, "a" | "an") {
            let scale = numeral::scale(passage.lower(at + 2)).filter(|_| next == "a");
            return Some(scale.map_or((0.5, 2), |s| (0.5 * s, 3)));
        }
        let whole = of(at + 1) || List::HalfOf.has(next);
        let first = at.checked_sub(1).map_or("", |i| passage.lower(i));
        let bound = List::HalfBounds.has(first);
        return (whole || bound).then_some((0.5, 1));
    }
    if let Some((count, whole)) = word.split_once("-in-") {
        let number = |part: &str| numeral::small(part).or_else(|| numeral::digits(part));
        let value = number(count)? / number(whole)?;
        return (0.0..1.0).contains(&value).then_some((value, 1));
    }
    if let Some((count, part)) = word.split_once('-') {
        let (count, part) = (numeral::small(count)?, denominator(part)?);
        return (count < part).then_some((count / part, 1));
    }
    let count = if word == "a" { 1.0 } else { numeral::small(word)? };
    let part = denominator(passage.lower(at + 1))?;
    // "rose by a third", and not "by a third man"
    let by = at.checked_sub(1).is_some_and(|i| passage.lower(i) == "by")
        && passage.words.get(at + 2).is_none_or(|w| w.is_mark() || w.is_in(List::Where));
    ((of(at + 2) || by) && count < part).then_some((count / part, 2))
}

/// "third", "quarters": into how many parts.
fn denominator(word: &str) -> Option<f64> {
    numeral::part(word.strip_suffix('s').unwrap_or(word))
}

fn vulgar(form: &str) -> Option<f64> {
    Some(match form {
        "½" => 0.5,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "¼" => 0.25,
        "¾" => 0.75,
        _ => return None,
    })
}

/// The number at the head of a word and what follows it. Commas part groups of two or three.
pub(super) fn leading(word: &str) -> Option<(f64, &str)> {
    let bytes = word.as_bytes();
    let mut end = 0;
    let mut point = false;
    while let Some(byte) = bytes.get(end) {
        let next = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            b'0'..=b'9' => {}
            b',' if next && !point && bytes.get(end + 2).is_some_and(u8::is_ascii_digit) => {}
            b'.' if next && !point => point = true,
            _ => break,
        }
        end += 1;
    }
    // Twenty digits are a serial number.
    if end == 0 || end > 20 || !bytes[0].is_ascii_digit() {
        return None;
    }
    let value = word[..end].replace(',', "").parse().ok()?;
    Some((value, &word[end..]))
}

/// Whether digits are a date, a year, an hour or a label and count nothing. `units` behind and
/// signs before them are known to be absent.
pub(super) fn counts_nothing(tables: &Tables, passage: &Passage, n: &Number) -> bool {
    let at = n.words.start;
    let lower = |i: usize| passage.lower(i);
    let before = |back: usize| at.checked_sub(back).map_or("", lower);
    let next = lower(n.words.end);
    let units = &tables.units;
    let month = |word: &str| tables.times.vocabulary.month(word).is_some();
    let small = n.low <= 31.0 && n.low.fract() == 0.0;
    if small && (month(before(1)) || before(1) == "." && month(before(2)) || month(next)) {
        return true;
    }
    if n.plain && (1500.0..2200.0).contains(&n.low) && n.words.len() == 1 {
        // "about 1600 came" and "2000 to 2500 calories" are no years.
        let bound =
            units.bound_before(&passage.words, at).is_some() && !(1900.0..2100.0).contains(&n.low);
        let range = matches!(next, "to" | "-" | "–")
            && leading(lower(n.words.end + 1)).is_some_and(|(high, rest)| {
                rest.is_empty()
                    && high > n.low
                    && units.at(&passage.words, n.words.end + 2).is_some()
            });
        return !(bound || range);
    }
    if List::Clock.has(next) {
        return true;
    }
    units.is_label(before(1)) || before(1) == "." && before(2) == "no"
}
