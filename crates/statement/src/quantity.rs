//! Numbers with what they count: counts, ratios, fractions, multiples, percentages, money, measures.

use std::ops::Range;

use sayso_model::{Bound, Op, Quantity, QuantityKind};

use crate::{
    Attribution, Context,
    numeral::{self, Numeral},
    passage::Passage,
    words::WordKind,
};

const MEASURES: [&str; 38] = [
    "kilometre",
    "kilometres",
    "kilometer",
    "kilometers",
    "km",
    "metre",
    "metres",
    "meter",
    "meters",
    "m",
    "mile",
    "miles",
    "foot",
    "feet",
    "hectare",
    "hectares",
    "acre",
    "acres",
    "tonne",
    "tonnes",
    "ton",
    "tons",
    "kg",
    "kilogram",
    "kilograms",
    "litre",
    "litres",
    "barrel",
    "barrels",
    "degree",
    "degrees",
    "mw",
    "megawatts",
    "gigawatts",
    "gw",
    "hours",
    "hour",
    "minutes",
];
const CURRENCIES: [(&str, &str); 14] = [
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₴", "UAH"),
    ("₽", "RUB"),
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("pounds", "GBP"),
    ("yen", "JPY"),
    ("hryvnias", "UAH"),
    ("rubles", "RUB"),
];
const TIMES: [&str; 22] = [
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "decade",
    "decades",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Words that end the noun of a count.
const ENDS: [&str; 42] = [
    "since", "until", "into", "over", "under", "remain", "remained", "do", "in", "on", "at", "by",
    "from", "with", "for", "to", "as", "after", "before", "during", "of", "and", "or", "but",
    "that", "which", "who", "were", "was", "are", "is", "have", "has", "had", "will", "may",
    "could", "would", "per", "every", "sent", "killed",
];

/// The quantities of a statement's content, from left to right.
pub fn read(context: &Context, attribution: &Attribution) -> Vec<Quantity> {
    of_passage(context, &Passage::content(context, attribution))
}

/// The quantities of a passage, from left to right, none overlapping.
pub fn of_passage(context: &Context, passage: &Passage) -> Vec<Quantity> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < passage.words.len() {
        match quantity_at(context, passage, at) {
            Some((end, quantity)) => {
                all.extend(quantity);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    all
}

/// A number before its kind is known.
struct Draft {
    words: Range<usize>,
    low: f64,
    high: f64,
    vague: bool,
}

/// The quantity whose number begins at a word, with the word after it. An inner `None` is a
/// number that counts nothing (a date, a year, a name).
fn quantity_at(
    context: &Context,
    passage: &Passage,
    at: usize,
) -> Option<(usize, Option<Quantity>)> {
    if let Some(found) = multiple(context, passage, at) {
        return Some(found);
    }
    let currency = CURRENCIES
        .iter()
        .find(|(sign, _)| passage.lower(at) == *sign && passage.words[at].is_mark());
    let start = at + usize::from(currency.is_some());
    let number = numeral::read(&passage.words, start)?;
    let mut draft = Draft {
        words: at..start + number.length,
        low: number.low,
        high: number.high,
        vague: number.vague,
    };
    extend_range(passage, &mut draft, &number);
    let end = draft.words.end;
    let next = passage.lower(end);
    if is_no_count(passage, at, end) {
        return Some((end, None));
    }
    let make = |kind, end: usize, scale: f64, of: Option<String>, per: Option<String>| {
        build(context, passage, &draft, kind, end, scale, of, per)
    };
    if let Some((_, code)) = currency {
        return Some((
            end,
            Some(make(QuantityKind::Money, end, 1.0, Some((*code).to_owned()), None)),
        ));
    }
    if next == "%" || next == "percent" || (next == "per" && passage.lower(end + 1) == "cent") {
        let mut after = end + 1 + usize::from(next == "per");
        let points = matches!(passage.lower(after), "point" | "points");
        after += usize::from(points);
        let unit = if points { "percentage points" } else { "percent" };
        return Some((
            after,
            Some(make(QuantityKind::Percent, after, 1.0, Some(unit.to_owned()), None)),
        ));
    }
    if next == "percentage" && passage.lower(end + 1).starts_with("point") {
        let unit = Some("percentage points".to_owned());
        return Some((end + 2, Some(make(QuantityKind::Percent, end + 2, 1.0, unit, None))));
    }
    if let Some(whole) = fraction(passage, end) {
        let per = noun(context, passage, whole.1);
        let last = per.as_ref().map_or(whole.1, |p| p.1);
        let of = per.map(|p| p.0);
        let mut quantity = make(QuantityKind::Fraction, last, 1.0 / whole.0, of, None);
        quantity.per = Some(format!("{}", whole.0));
        return Some((last, Some(quantity)));
    }
    if let Some((_, code)) = CURRENCIES.iter().find(|(word, _)| *word == next) {
        return Some((
            end + 1,
            Some(make(QuantityKind::Money, end + 1, 1.0, Some((*code).to_owned()), None)),
        ));
    }
    if MEASURES.contains(&next) {
        return Some((
            end + 1,
            Some(make(QuantityKind::Measure, end + 1, 1.0, Some(next.to_owned()), None)),
        ));
    }
    let of_word = usize::from(next == "of" && draft.vague);
    let (noun_text, noun_end) = noun(context, passage, end + of_word)?;
    // "five soldiers for every guard"
    if passage.lower(noun_end) == "for" && passage.lower(noun_end + 1) == "every" {
        let one = numeral::read(&passage.words, noun_end + 2);
        let from = noun_end + 2 + one.map_or(0, |n| n.length);
        let (per, last) = noun(context, passage, from).unwrap_or((String::new(), from));
        let scale = 1.0 / one.map_or(1.0, |n| n.value).max(1.0);
        return Some((
            last,
            Some(make(QuantityKind::Ratio, last, scale, Some(noun_text), Some(per))),
        ));
    }
    Some((noun_end, Some(make(QuantityKind::Count, noun_end, 1.0, Some(noun_text), None))))
}

#[expect(clippy::too_many_arguments, reason = "one place where a record is put together")]
fn build(
    context: &Context,
    passage: &Passage,
    draft: &Draft,
    kind: QuantityKind,
    end: usize,
    scale: f64,
    of: Option<String>,
    per: Option<String>,
) -> Quantity {
    let (op, first) = op(passage, draft.words.start);
    let span = passage.span(first..end);
    let op = if op == Op::Eq && draft.vague { Op::Approx } else { op };
    let (low, high) = (draft.low * scale, draft.high * scale);
    Quantity {
        text: span.of(context.language.text).to_owned(),
        kind,
        low: (!matches!(op, Op::Le | Op::Lt)).then_some(low),
        mid: Some(f64::midpoint(low, high)),
        high: (!matches!(op, Op::Ge | Op::Gt)).then_some(high),
        op,
        of,
        per,
        span: context.language.print(span),
    }
}

/// "10 to 20", "between 10 and 20", "10-20".
fn extend_range(passage: &Passage, draft: &mut Draft, first: &Numeral) {
    let end = draft.words.end;
    let joins = match passage.lower(end) {
        "to" | "–" | "-" => true,
        "and" => draft.words.start.checked_sub(1).is_some_and(|i| passage.lower(i) == "between"),
        _ => false,
    };
    if !joins {
        return;
    }
    if let Some(second) = numeral::read(&passage.words, end + 1)
        && second.value > first.value
    {
        draft.words.end = end + 1 + second.length;
        // "10 to 20 thousand": the scale word belongs to both.
        let scale = if first.value < 1000.0 && second.value >= 1000.0 && second.length > 1 {
            numeral::scale(passage.lower(end + second.length)).unwrap_or(1.0)
        } else {
            1.0
        };
        draft.low = first.low * scale;
        draft.high = second.high;
    }
}

/// How words before a number bound it, and the first of them.
fn op(passage: &Passage, at: usize) -> (Op, usize) {
    let word = |back: usize| at.checked_sub(back).map_or("", |i| passage.lower(i));
    match (word(2), word(1)) {
        ("at", "least") => (Op::Ge, at - 2),
        ("more" | "greater" | "higher", "than") => (Op::Gt, at - 2),
        ("less" | "fewer" | "lower", "than") => (Op::Lt, at - 2),
        ("at", "most") | ("up", "to") => (Op::Le, at - 2),
        (
            "rose" | "risen" | "increased" | "grew" | "grown" | "up" | "climbed" | "jumped"
            | "raise" | "raised" | "rise",
            "by",
        ) => (Op::Up, at),
        (
            "fell" | "fallen" | "dropped" | "declined" | "decreased" | "cut" | "down" | "shrank"
            | "lowered" | "fall",
            "by",
        ) => (Op::Down, at),
        (_, "over" | "above" | "exceeding") => (Op::Gt, at - 1),
        (_, "under" | "below") => (Op::Lt, at - 1),
        (
            _,
            "about" | "around" | "roughly" | "approximately" | "some" | "nearly" | "almost"
            | "perhaps" | "estimated",
        ) => (Op::Approx, at - 1),
        _ => (Op::Eq, at),
    }
}

/// "out of (every) 10", "in four", "of every ten": the whole, and the word after it.
fn fraction(passage: &Passage, at: usize) -> Option<(f64, usize)> {
    let mut next = match (passage.lower(at), passage.lower(at + 1)) {
        ("out", "of") => at + 2,
        ("of", "every") | ("in", _) => at + 1,
        _ => return None,
    };
    next += usize::from(passage.lower(next) == "every");
    let whole = numeral::read(&passage.words, next)?;
    let after = next + whole.length;
    // "five in 2024" is a year and "three in two weeks" a length of time.
    let time = numeral::unit(passage.lower(after)).is_some() || whole.value > 1000.0;
    (!time && whole.value >= 2.0 && !whole.vague).then_some((whole.value, after))
}

/// "five times more", "twice as many", "threefold".
fn multiple(context: &Context, passage: &Passage, at: usize) -> Option<(usize, Option<Quantity>)> {
    let (value, mut end) = match passage.lower(at) {
        "twice" => (2.0, at + 1),
        "thrice" => (3.0, at + 1),
        word => {
            if let Some(stem) = word.strip_suffix("fold") {
                let stem = stem.trim_end_matches('-');
                (numeral::small(stem).or_else(|| numeral::digits(stem))?, at + 1)
            } else {
                let number = numeral::read(&passage.words, at)?;
                let end = at + number.length;
                if passage.lower(end) != "times" {
                    return None;
                }
                (number.value, end + 1)
            }
        }
    };
    let compares = [
        "more", "higher", "as", "greater", "larger", "bigger", "less", "lower", "fewer", "the",
        "smaller", "stronger", "worse", "faster",
    ];
    let fold = passage.lower(at).ends_with("fold");
    if !fold && !compares.contains(&passage.lower(end)) {
        return Some((end, None));
    }
    let mut of = None;
    if matches!(passage.lower(end), "more" | "higher" | "greater" | "fewer" | "less")
        || (passage.lower(end) == "as"
            && matches!(passage.lower(end + 1), "many" | "much" | "high"))
    {
        end += if passage.lower(end) == "as" { 2 } else { 1 };
        if let Some((noun, after)) = noun(context, passage, end) {
            of = Some(noun);
            end = after;
        }
    }
    let mut per = None;
    if matches!(passage.lower(end), "than" | "as")
        && let Some((other, after)) = noun(context, passage, end + 1)
    {
        per = Some(other);
        end = after;
    }
    let draft = Draft { words: at..end, low: value, high: value, vague: false };
    let quantity = build(context, passage, &draft, QuantityKind::Multiple, end, 1.0, of, per);
    Some((end, Some(quantity)))
}

/// The noun phrase that begins at a word: up to four words, in lower case but for names.
fn noun(context: &Context, passage: &Passage, at: usize) -> Option<(String, usize)> {
    let mut end = at;
    while end < at + 4 {
        let Some(word) = passage.words.get(end) else { break };
        let stops = word.kind != WordKind::Letters
            || word.is_any(&ENDS)
            || (end > at
                && (context.tables.verbs.is_past(&word.lower)
                    || numeral::read(&passage.words, end).is_some()))
            || (end > at
                && (word.lower.ends_with("ly")
                    || word.is_any(&["more", "than", "returning", "remain", "remained"])));
        if stops {
            break;
        }
        end += 1;
    }
    (end > at).then(|| (passage.span(at..end).of(context.language.text).to_owned(), end))
}

/// Dates, years, ages in names and lengths of time are no quantities of this layer.
fn is_no_count(passage: &Passage, at: usize, end: usize) -> bool {
    let next = passage.lower(end);
    let before = at.checked_sub(1).map_or("", |i| passage.lower(i));
    let year = numeral::year(passage.lower(at)).is_some()
        && (end - at == 1)
        && (passage.words.get(end).is_none_or(|w| w.is_mark() || w.is_any(&ENDS)));
    let date = TIMES.contains(&before) && before != "may" || TIMES.contains(&next);
    let one = passage.lower(at) == "one"
        && !matches!(next, "%" | "percent" | "per" | "in" | "out" | "of" | "million" | "hundred");
    year || date || one
}

/// A likelihood in numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Likelihood {
    /// The words.
    pub(crate) words: Range<usize>,
    /// 0 to 1.
    pub(crate) low: f64,
    /// 0 to 1.
    pub(crate) high: f64,
    /// Which ends are meant.
    pub(crate) bound: Bound,
    /// The words are odds or a share of chances, and need no other word to be a likelihood.
    pub(crate) odds: bool,
}

/// Numbers of a passage that could be likelihoods: percentages, "three in four", "2 to 1".
pub(crate) fn likelihoods(passage: &Passage) -> Vec<Likelihood> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < passage.words.len() {
        let found = likelihood_at(passage, at);
        at = found.as_ref().map_or(at + 1, |f| f.words.end);
        all.extend(found);
    }
    all
}

fn likelihood_at(passage: &Passage, at: usize) -> Option<Likelihood> {
    let number = numeral::read(&passage.words, at).filter(|n| !n.vague)?;
    let mut draft =
        Draft { words: at..at + number.length, low: number.low, high: number.high, vague: false };
    // "odds of 2 to 1"
    let odds = passage.has(at.saturating_sub(3)..at, &["odds"]);
    if odds && matches!(passage.lower(at + number.length), "to" | "-") {
        let against = numeral::read(&passage.words, at + number.length + 1)?;
        let end = at + number.length + 1 + against.length;
        let share = number.value / (number.value + against.value);
        let share = if passage.has(end..end + 1, &["against"]) { 1.0 - share } else { share };
        return (share.is_finite()).then_some(Likelihood {
            words: at..end,
            low: share,
            high: share,
            bound: Bound::TwoSided,
            odds: true,
        });
    }
    extend_range(passage, &mut draft, &number);
    let end = draft.words.end;
    let percent = match passage.lower(end) {
        "%" | "percent" => Some(end + 1),
        "per" if passage.lower(end + 1) == "cent" => Some(end + 2),
        _ => None,
    };
    let (scale, end, certain) = match (percent, fraction(passage, end)) {
        (Some(end), _) => (100.0, end, false),
        // "a one in five chance"
        (None, Some((whole, end))) => {
            (whole, end, passage.has(end..end + 1, &["chance", "chances", "probability"]))
        }
        _ => return None,
    };
    let (mut low, mut high) = (draft.low / scale, draft.high / scale);
    if !(0.0..=1.0).contains(&low) || !(0.0..=1.0).contains(&high) {
        return None;
    }
    let bound = match op(passage, at).0 {
        Op::Ge | Op::Gt => {
            high = 1.0;
            Bound::Lower
        }
        Op::Le | Op::Lt => {
            low = 0.0;
            Bound::Upper
        }
        _ => Bound::TwoSided,
    };
    Some(Likelihood { words: at..end, low, high, bound, odds: certain })
}
