//! Expressions of time: what they say (TIMEX3's type and value) and their first and last day.
//!
//! One grammar, the table `data/en/times.toml`, serves the layer `times` and the windows of
//! forecasts. It is read in two steps, since a window knows more of the direction than a verb's
//! tense tells: [`find`](find::at) matches patterns, [`resolve::read`] anchors them.
//!
//! Why a table of patterns and not a parser for dates: news writes "the third quarter of last year"
//! and "a year earlier" far oftener than digits, and what is inside an expression is a matter of
//! `TimeML`'s conventions, which a row states and a library does not know.

pub mod anchor;
mod calendar;
pub mod find;
pub mod lexeme;
pub mod pattern;
pub mod resolve;
pub mod tense;
#[cfg(test)]
mod tests;
pub mod value;
pub mod vocabulary;

use std::ops::Range;

use jiff::civil::Date;
use sayso_model::Span;

pub use anchor::Anchor;
pub use resolve::{Reading, TimeKind};
pub use tense::Direction;

use crate::Context;
use find::Found;
use lexeme::{Lexeme, lexemes};
use pattern::Slot;
use value::Grain;

/// An expression of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Its words, without a preposition before it.
    pub span: Span,
    /// The same, as indices into the article's words; a hyphenated word counts whole.
    pub words: Range<usize>,
    /// What it stands for.
    pub reading: Reading,
    /// The rule of `data/en/times.toml`, with the table's version ("month@2").
    pub rule: String,
}

/// The times of a whole article, in order, not overlapping.
pub fn read(context: &Context) -> Vec<Time> {
    let language = context.language;
    let words = &context.ground.words;
    let lexemes = lexemes(&context.tables.times.vocabulary, language, words, 0..words.len());
    let published = context.article.published.as_ref().map(|p| p.date);
    let found = all(context, &lexemes, None);
    let narrative = tells_of_other_years(&found, published);
    let anchor = Anchor { narrative, ..Anchor::day(published) };
    chain(context, &lexemes, found, anchor, |tokens| {
        let before = tokens.start.checked_sub(1).and_then(|at| language.tokens.get(at));
        match before {
            Some(word) if context.tables.times.ahead.contains(&*word.lemma) => Direction::Ahead,
            _ => tense::direction(language, tokens),
        }
    })
}

/// The times among some of the article's words, all told from one anchor; `direction` is asked for
/// each expression's words.
pub fn among(
    context: &Context,
    words: Range<usize>,
    anchor: Anchor,
    direction: impl Fn(Range<usize>) -> Direction,
) -> Vec<Time> {
    let begins = context.ground.times(|| beginnings(context));
    if !words.clone().any(|w| begins.get(w).copied().unwrap_or_default()) {
        return Vec::new();
    }
    let lexemes = lexemes(&context.tables.times.vocabulary, context.language, &context.ground.words, words);
    let found = all(context, &lexemes, Some(begins));
    let mut anchor = Anchor { strict: true, ..anchor };
    let mut out = Vec::new();
    let mut free = 0;
    for options in found {
        for found in options {
            if found.lexemes.start < free {
                continue;
            }
            let words = words_of(&lexemes, &found);
            let way = direction(words.clone());
            if let Some(time) = time(context, &lexemes, &found, &anchor, way) {
                remember(&mut anchor, &time.reading);
                free = found.lexemes.end;
                out.push(time);
                break;
            }
        }
    }
    out
}

/// Words of a number in front of the unit that it counts: "a couple of", "half a dozen".
const LONGEST_NUMBER: usize = 3;

/// At which words of the article an expression may begin: contents overlap and are looked at more than once,
/// and most words begin none.
fn beginnings(context: &Context) -> Vec<bool> {
    let words = &context.ground.words;
    let lexemes = lexemes(&context.tables.times.vocabulary, context.language, words, 0..words.len());
    let times = &context.tables.times;
    let mut out = vec![false; words.len()];
    // "the" and "in" begin hundreds of patterns, and next to none where no word of time follows.
    let mut next = usize::MAX;
    for at in (0..lexemes.len()).rev() {
        let Some(lexeme) = lexemes.get(at) else { continue };
        if find::is_of_time(times, lexeme) {
            next = at;
        }
        // A number in words may begin with "a" or "half".
        let near = next <= at + times.lead(&lexeme.lower).max(LONGEST_NUMBER);
        let begins = || !find::at(times, context.language, &lexemes, at).is_empty();
        if let Some(begun) = out.get_mut(lexeme.word)
            && (near || times.is_literal(&lexeme.lower))
        {
            *begun = *begun || begins();
        }
    }
    out
}

/// What may stand at each lexeme; `begins` says of words known before whether one may begin there.
fn all(context: &Context, lexemes: &[Lexeme], begins: Option<&[bool]>) -> Vec<Vec<Found>> {
    let times = &context.tables.times;
    let mut out = Vec::new();
    let mut free = 0;
    for at in 0..lexemes.len() {
        let word = lexemes.get(at).map_or(0, |l| l.word);
        let none = begins.is_some_and(|b| !b.get(word).copied().unwrap_or_default());
        if at < free || none {
            continue;
        }
        let found = find::at(times, context.language, lexemes, at);
        if let Some(best) = found.first() {
            // A shorter reading may begin inside a longer one that comes to nothing, so only
            // what is sure is jumped over.
            free = best.lexemes.end;
            out.push(found);
        }
    }
    out
}

fn chain(
    context: &Context,
    lexemes: &[Lexeme],
    found: Vec<Vec<Found>>,
    mut anchor: Anchor,
    direction: impl Fn(Range<usize>) -> Direction,
) -> Vec<Time> {
    let mut out = Vec::new();
    for options in found {
        for found in options {
            let tokens = tokens_of(lexemes, &found);
            let way = direction(tokens);
            if let Some(time) = time(context, lexemes, &found, &anchor, way) {
                remember(&mut anchor, &time.reading);
                out.push(time);
                break;
            }
        }
    }
    out
}

fn time(
    context: &Context,
    lexemes: &[Lexeme],
    found: &Found,
    anchor: &Anchor,
    direction: Direction,
) -> Option<Time> {
    let times = &context.tables.times;
    let reading = resolve::read(times, found, anchor, direction)?;
    let (first, last) =
        (lexemes.get(found.lexemes.start)?, lexemes.get(found.lexemes.end.checked_sub(1)?)?);
    Some(Time {
        span: first.span.cover(last.span),
        words: words_of(lexemes, found),
        reading,
        rule: times.rules.get(found.rule)?.id.clone(),
    })
}

fn words_of(lexemes: &[Lexeme], found: &Found) -> Range<usize> {
    let word = |at: usize| lexemes.get(at).map_or(0, |l| l.word);
    word(found.lexemes.start)..word(found.lexemes.end.saturating_sub(1)) + 1
}

fn tokens_of(lexemes: &[Lexeme], found: &Found) -> Range<usize> {
    let mut tokens = found.lexemes.clone().filter_map(|i| lexemes.get(i)?.token);
    let first = tokens.next();
    let last = tokens.next_back().or(first);
    first.zip(last).map_or(0..0, |(first, last)| first..last + 1)
}

/// Keeps the period that later times may be told from.
fn remember(anchor: &mut Anchor, reading: &Reading) {
    let Some(period) = reading.period.filter(|p| p.grain <= Grain::Year) else { return };
    // A bare year far from the story's own is an aside ("the heirs of 1812").
    let aside = anchor.narrative
        && period.grain == Grain::Year
        && anchor.named.is_some_and(|n| (n.first.year() - period.first.year()).abs() > MOST_LEAP);
    if !aside {
        anchor.named = Some(period);
    }
}

/// The most years that a story leaps by naming a year alone.
const MOST_LEAP: i16 = 15;

/// The fewest written years that make a story.
const FEWEST_YEARS: usize = 5;

/// Whether a text names mostly years that are not those of its publication.
fn tells_of_other_years(found: &[Vec<Found>], published: Option<Date>) -> bool {
    let best = || found.iter().filter_map(|options| options.first());
    let years: Vec<f64> = best()
        .filter_map(|f| f.captures.iter().find(|(s, _)| *s == Slot::Year).map(|(_, y)| *y))
        .collect();
    let now = best()
        .filter(|f| f.captures.iter().any(|(s, _)| matches!(s, Slot::Weekday | Slot::Deictic)))
        .count();
    let far = |y: f64| published.is_none_or(|p| (f64::from(p.year()) - y).abs() > 1.5);
    let other = years.iter().filter(|y| far(**y)).count();
    // A story dates its events; an article that looks back names years.
    let dated = best()
        .filter(|f| {
            let has = |slot: Slot| f.captures.iter().find(|(s, _)| *s == slot).map(|c| c.1);
            has(Slot::Year).is_some_and(far) && has(Slot::Month).is_some()
        })
        .count();
    years.len() >= FEWEST_YEARS
        && other * 5 >= years.len() * 4
        && dated >= 2
        && now * 2 <= years.len()
}
