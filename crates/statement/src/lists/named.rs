//! Lists of those who bear a name: "Russian and Belarusian troops", "the following officials: Karin Holm;
//! Ivo Stark", three who meet.

use std::ops::Range;

use sayso_model::Span;

use super::joined::{self as list, MOST_MEMBERS};
use crate::{
    Context,
    nation::{country_of_ian, nation_at},
    passage::Passage,
    words::Word,
};

/// The most words of one item of a list under a lead-in, its description included.
const MOST_WORDS: usize = 12;

/// Whether the text has a colon right before a word; the one at the end of a content is trimmed away.
fn colon_before(context: &Context, passage: &Passage, at: usize) -> bool {
    let ends = at.checked_sub(1).and_then(|b| passage.words.get(b)).map(|w| w.span.end as usize);
    let begins = passage.words.get(at).map(|w| w.span.start as usize);
    let gap = ends.zip(begins).and_then(|(a, b)| context.language.text.get(a..b));
    gap.is_some_and(|g| g.contains(':'))
}

/// Where an item of a list ends: at the end of its line, at a semicolon, at the end of its sentence, and
/// where `commas` part the items, at those and at "and".
fn item_end(context: &Context, passage: &Passage, from: usize, commas: bool) -> usize {
    let limit = passage.words.len().min(from + MOST_WORDS);
    let ends = |i: &usize| {
        let (Some(before), Some(word)) = (passage.words.get(i - 1), passage.words.get(*i)) else {
            return true;
        };
        list::breaks_line(context, before, word)
            || word.is_mark() && word.is_any(&[";", ".", "!", "?"])
            || commas && word.is_any(&[",", "and", "or"])
    };
    (from + 1..limit).find(ends).unwrap_or(limit)
}

/// The items of the list under a lead-in whose first one is or holds `first`; `None` where no colon
/// stands before it. An item goes with its description ("Karin Holm, mayor of Lisk").
pub(crate) fn of_items(context: &Context, passage: &Passage, first: Span) -> Option<Vec<Span>> {
    let at = passage.words.partition_point(|w| w.span.start < first.start);
    let colon = |i: &usize| {
        colon_before(context, passage, *i)
            || i.checked_sub(1).is_some_and(|b| passage.lower(b) == ":")
    };
    let opened = (at.saturating_sub(5)..=at).rev().find(colon)?;
    let begin = list::after_bullet(passage, opened);
    // Lines and semicolons part items that have commas of their own.
    let whole = item_end(context, passage, begin, false);
    let parted = passage.lower(whole) == ";"
        || passage
            .words
            .get(whole)
            .zip(passage.words.get(whole - 1))
            .is_some_and(|(next, before)| list::breaks_line(context, before, next));
    let mut items: Vec<Span> = Vec::new();
    let mut from = begin;
    while items.len() < MOST_MEMBERS && from < passage.words.len() {
        let end = item_end(context, passage, from, !parted);
        let begins = passage.words.get(from).is_some_and(|w| w.capital);
        let span = passage.span(from..end);
        match items.last_mut() {
            _ if begins && !passage.has_finite(context, from..end) => items.push(span),
            // "Karin Holm, mayor of Lisk, and Ivo Stark"
            Some(last) if !parted && !begins => *last = last.cover(span),
            _ => break,
        }
        let next = end + usize::from(passage.has(end..end + 1, &[",", ";"]));
        let next = next + usize::from(passage.has(next..next + 1, &["and", "or"]));
        let line = passage.words.get(next).zip(next.checked_sub(1)).is_some_and(|(word, b)| {
            passage.words.get(b).is_some_and(|before| list::breaks_line(context, before, word))
        });
        if next == end && !line {
            break;
        }
        from = if line { list::after_bullet(passage, next) } else { next };
    }
    Some(items)
}

/// The peoples before one noun, of which `first` is the first: "Russian and Belarusian troops", "Polish,
/// Latvian and Estonian farmers". Empty where there are no two.
pub(crate) fn of_peoples(context: &Context, passage: &Passage, first: Span) -> Vec<Span> {
    let at = passage.words.partition_point(|w| w.span.start < first.start);
    let chain = peoples(context, &passage.words, at);
    chain.into_iter().map(|range| passage.span(range)).collect()
}

/// The adjectives of countries that are joined from a word on and stand before a noun in small letters.
pub(super) fn peoples(context: &Context, words: &[&Word], at: usize) -> Vec<Range<usize>> {
    let mut chain: Vec<Range<usize>> = Vec::new();
    let mut from = at;
    while chain.len() < MOST_MEMBERS {
        let Some(end) = people_end(context, words, from) else { return Vec::new() };
        chain.push(from..end);
        let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_ref());
        let comma = usize::from(lower(end) == ",");
        let and = usize::from(matches!(lower(end + comma), "and" | "or"));
        if comma + and == 0 {
            let noun = words.get(end).is_some_and(|w| !w.capital && !w.is_mark());
            return if noun && chain.len() > 1 { chain } else { Vec::new() };
        }
        from = end + comma + and;
    }
    Vec::new()
}

/// Where the adjective of a country that begins at a word ends.
fn people_end(context: &Context, words: &[&Word], at: usize) -> Option<usize> {
    let word = words.get(at).filter(|w| w.capital)?;
    if let Some(nation) = nation_at(words, at, context.tables) {
        let adjective = nation.naming == crate::tables::Naming::People;
        return adjective.then_some(nation.words.end);
    }
    let known = context.ground.country_of_adjective(&word.lower).is_some()
        || country_of_ian(word.span.of(context.language.text)).is_some();
    known.then_some(at + 1)
}
