//! Ratios, fractions of a whole and multiples: "five boats for every crew", "three out of ten",
//! "twice as many boats as crews", "outnumbered three to one".

use sayso_model::QuantityKind;

use super::{Draft, noun, number};
use crate::{
    Context,
    nation::{country_of_ian, nation_at},
    numeral,
    passage::Passage,
    tables::List,
    words::WordKind,
};

/// The ratio or multiple that begins at a word.
pub(super) fn read(context: &Context, passage: &Passage, at: usize) -> Option<Draft> {
    for_every(context, passage, at)
        .or_else(|| to_one(context, passage, at))
        .or_else(|| multiple(context, passage, at))
}

/// The noun phrase at a word with its end, without an article before it.
fn phrase(context: &Context, passage: &Passage, at: usize) -> Option<(String, usize)> {
    let article = passage.words.get(at).is_some_and(|w| w.is_any(&["the", "a", "an", "their"]));
    let at = at + usize::from(article);
    // "for every Velanian killed": a people's name needs no noun.
    let people = || {
        let named = nation_at(&passage.words, at, context.tables);
        let word = passage.words.get(at).filter(|w| w.capital)?;
        let known = context.ground.country_of_adjective(&word.lower).is_some()
            || country_of_ian(word.span.of(context.language.text)).is_some();
        named.map(|n| n.words.end).or(known.then_some(at + 1))
    };
    let end = noun::end(context, passage, at).or_else(people)?;
    Some((noun::text(context, passage, at, end), end))
}

/// "for every crew there are five boats", "for each three crews, five boats"
fn for_every(context: &Context, passage: &Passage, at: usize) -> Option<Draft> {
    // "2 % for every year": only what opens a clause.
    let opens = at
        .checked_sub(1)
        .and_then(|i| passage.words.get(i))
        .is_none_or(|w| w.is_mark() || w.is_any(&["that", "and", "but"]));
    if !opens || passage.lower(at) != "for" || !matches!(passage.lower(at + 1), "every" | "each") {
        return None;
    }
    let one = numeral::read(&passage.words, at + 2);
    let from = at + 2 + one.map_or(0, |n| n.length);
    let (per, after) = phrase(context, passage, from)?;
    let close = (after + 6).min(passage.sentence_at(at).end);
    let (number, i) = (after..close).find_map(|i| Some((numeral::read(&passage.words, i)?, i)))?;
    let (of, end) = phrase(context, passage, i + number.length)?;
    let scale = one.map_or(1.0, |n| n.value).max(1.0);
    Some(Draft {
        of: Some(of),
        per: Some(per),
        vague: number.vague,
        ..Draft::of(QuantityKind::Ratio, at..end, number.low / scale, number.high / scale)
    })
}

/// "five boats for every crew": the part behind the counted noun.
pub(super) fn per_every(
    context: &Context,
    passage: &Passage,
    at: usize,
) -> Option<(f64, String, usize)> {
    if !matches!(passage.lower(at), "for" | "to" | "per")
        || !matches!(passage.lower(at + 1), "every" | "each")
    {
        return None;
    }
    let one = numeral::read(&passage.words, at + 2);
    let from = at + 2 + one.map_or(0, |n| n.length);
    let (per, end) = phrase(context, passage, from)?;
    Some((one.map_or(1.0, |n| n.value).max(1.0), per, end))
}

/// "five to one", "5:1", "five-to-one", "a ratio of 5 to 2"; whose, where somebody outnumbers.
fn to_one(context: &Context, passage: &Passage, at: usize) -> Option<Draft> {
    let (first, second, end) = pair(passage, at)?;
    if first <= second || second <= 0.0 {
        return None;
    }
    let value = first / second;
    let mut draft = Draft::of(QuantityKind::Ratio, at..end, value, value);
    let sentence = passage.sentence_at(at);
    let verb = (at.saturating_sub(8).max(sentence.start)..at)
        .rev()
        .find(|i| passage.lower(*i).starts_with("outnumber"));
    if let Some(verb) = verb {
        let subject = (sentence.start..verb).rev().take(6).find_map(|i| {
            let (text, end) = phrase(context, passage, i)?;
            // The phrase that ends nearest before the verb, from its first word.
            let start = (sentence.start..=i)
                .rev()
                .take(3)
                .filter(|j| noun::end(context, passage, *j) == Some(end))
                .last()
                .unwrap_or(i);
            Some(if start == i { text } else { noun::text(context, passage, start, end) })
        });
        let by = passage.lower(verb + 1) == "by";
        let other = phrase(context, passage, verb + 1 + usize::from(by))
            .filter(|(_, end)| *end <= at)
            .map(|(text, _)| text);
        // "are outnumbered": the subject is the smaller side, whether the larger is named or not.
        let passive = passage.has(
            verb.saturating_sub(3).max(sentence.start)..verb,
            &["is", "are", "was", "were", "be", "been", "being", "'re", "'s"],
        );
        (draft.of, draft.per) = if by || passive { (other, subject) } else { (subject, other) };
    }
    Some(draft)
}

/// Two numbers of a ratio and the word after them. Only "to one", a colon and "ratio of" make one:
/// "three to two" is a score.
fn pair(passage: &Passage, at: usize) -> Option<(f64, f64, usize)> {
    let word = passage.lower(at);
    let value = |text: &str| {
        numeral::small(text)
            .or_else(|| number::leading(text).filter(|n| n.1.is_empty()).map(|n| n.0))
    };
    if let Some((first, second)) = word.split_once("-to-") {
        return Some((value(first)?, value(second)?, at + 1));
    }
    let first = numeral::read(&passage.words, at).filter(|n| !n.vague)?;
    let next = at + first.length;
    let second = numeral::read(&passage.words, next + 1).filter(|n| !n.vague)?;
    let joined = match passage.lower(next) {
        "to" => {
            matches!(passage.lower(next + 1), "one" | "1")
                && passage.words.get(next + 2).is_none_or(|w| w.kind != WordKind::Number)
                && !passage.lower(next + 2).starts_with(['%', '$'])
                && noun_free(passage, next + 2)
                || passage.has(at.saturating_sub(3)..at, &["ratio"])
        }
        ":" => passage.lower(next + 1) == "1",
        _ => return None,
    };
    joined.then_some((first.value, second.value, next + 1 + second.length))
}

/// True where "one" is not itself the number of something ("from two to one seat").
fn noun_free(passage: &Passage, at: usize) -> bool {
    passage.words.get(at).is_none_or(|w| w.is_mark() || w.is_in(List::AfterRatio))
}

/// "out of (every) 10", "in four", "of every ten": the whole, and the word after it.
pub(super) fn whole(passage: &Passage, at: usize) -> Option<(f64, usize)> {
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

/// "five times more", "twice as many", "threefold", "half as many".
fn multiple(context: &Context, passage: &Passage, at: usize) -> Option<Draft> {
    let word = passage.lower(at);
    let (value, mut end, fold) = match word {
        "twice" => (2.0, at + 1, false),
        "thrice" => (3.0, at + 1, false),
        "half" if passage.lower(at + 1) == "as" => (0.5, at + 1, false),
        _ => {
            if let Some(stem) = word.strip_suffix("fold") {
                let stem = stem.trim_end_matches('-');
                let value = numeral::small(stem)
                    .or_else(|| number::leading(stem).filter(|n| n.1.is_empty()).map(|n| n.0))?;
                (value, at + 1, true)
            } else {
                let number = numeral::read(&passage.words, at)?;
                let end = at + number.length;
                if !matches!(passage.lower(end), "times" | "×") {
                    return None;
                }
                (number.value, end + 1, false)
            }
        }
    };
    if !fold && !List::Compares.has(passage.lower(end)) {
        return None;
    }
    let mut of = None;
    if matches!(passage.lower(end), "more" | "higher" | "greater" | "fewer" | "less")
        || (passage.lower(end) == "as"
            && matches!(passage.lower(end + 1), "many" | "much" | "high"))
    {
        end += if passage.lower(end) == "as" { 2 } else { 1 };
        if let Some((noun, after)) = phrase(context, passage, end) {
            of = Some(noun);
            end = after;
        }
    } else if passage.lower(end) == "the"
        && passage.words.get(end + 1).is_some_and(|w| w.is_any(&["number", "amount", "size"]))
    {
        end += 2 + usize::from(passage.lower(end + 2) == "of");
        if let Some((noun, after)) = phrase(context, passage, end) {
            of = Some(noun);
            end = after;
        }
    }
    let mut per = None;
    if matches!(passage.lower(end), "than" | "as")
        && let Some((other, after)) = phrase(context, passage, end + 1)
    {
        per = Some(other);
        end = after;
    }
    Some(Draft { of, per, ..Draft::of(QuantityKind::Multiple, at..end, value, value) })
}
