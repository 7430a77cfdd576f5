//! Patterns of time expressions and finding them among lexemes.
//!
//! A pattern is words with `(a|b c)` for one of several, `?` after what may be missing, `{slot}` for
//! a class of words and `<part>` for a named part of patterns. It has no repetition, so that a match
//! is as long as its pattern at most and a whole text is read in linear time.

use std::collections::HashMap;

use super::{
    lexeme::{Lexeme, number, year_in_words},
    vocabulary::Vocabulary,
};
use crate::{numeral, words::WordKind};

/// Classes of words that a pattern leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// 1 for January.
    Month,
    /// 1 for "Jan", whose full stop is its own.
    ShortMonth,
    /// 1 for Monday.
    Weekday,
    /// 1 for Monday, in the plural.
    Weekdays,
    /// 1 to 4 from spring to winter.
    Season,
    /// A part of the day, by its place in [`super::value::DAYPARTS`].
    Daypart,
    /// A part of the day in the plural.
    Dayparts,
    /// A holiday, by its row.
    Holiday,
    /// A unit of time in the singular, by its place in [`super::value::Unit`].
    Unit,
    /// A unit of time in the plural.
    Units,
    /// "this" 0, "last" −1, "next" 1; 10 more where it is told from the time last named.
    Relative,
    /// Days from today: "tomorrow" 1.
    Deictic,
    /// How a part of a period is named, by its place in [`super::value::Stage`].
    Stage,
    /// The same, of words that "of" follows.
    Edge,
    /// −1 for "ago", 1 for "later"; 10 more where it is told from the time last named.
    Direction,
    /// "daily": a number of hours, days, weeks, months or years.
    Often,
    /// "first" 1.
    Ordinal,
    /// "a.m." 0, "p.m." 1.
    Meridiem,
    /// "noon": an hour.
    Hour,
    /// A day of the month, in digits.
    Day,
    /// A year of four digits or in words.
    Year,
    /// A year of two digits.
    ShortYear,
    /// "1990s", "nineties": its first year.
    Decade,
    /// A number; negative where it is left open.
    Number,
    /// Whole digits below 100, as in "10:35".
    Digits,
    /// "1500" as a time of day.
    Military,
}

/// What stands in a slot.
pub type Capture = (Slot, f64);

#[derive(Debug, Clone)]
enum Item {
    Word(Box<str>),
    Slot(Slot),
    /// One of several; an empty one stands for "may be missing".
    Choice(Vec<Vec<Item>>),
}

/// A pattern, read.
#[derive(Debug, Clone)]
pub struct Pattern {
    items: Vec<Item>,
    /// The classes of the vocabulary of which every match has a word.
    needs: Slots,
}

/// A set of classes of the vocabulary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Slots(u32);

impl Slots {
    /// One class.
    pub fn one(slot: Slot) -> Self {
        Self(1 << slot as u32)
    }

    /// Whether all of `others` are in it.
    pub fn hold(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// Those that are in one of both.
    #[must_use]
    pub fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    fn common(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    fn of(items: &[Item]) -> Self {
        items.iter().fold(Self::default(), |needs, item| match item {
            Item::Slot(slot) if !slot.is_numeric() => needs.with(Self::one(*slot)),
            Item::Choice(choices) => {
                let all = choices.iter().map(|c| Self::of(c)).reduce(Self::common);
                needs.with(all.unwrap_or_default())
            }
            _ => needs,
        })
    }
}

/// What is to be matched after a group.
#[derive(Clone, Copy)]
struct Rest<'r> {
    items: &'r [Item],
    then: Option<&'r Rest<'r>>,
}

/// The longest match so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The lexeme after it.
    pub end: usize,
    /// What stands in its slots, from left to right.
    pub captures: Vec<Capture>,
}

/// What a first lexeme may be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum First {
    /// This word.
    Word(Box<str>),
    /// A word of this class.
    Slot(Slot),
}

impl Pattern {
    /// Reads a written pattern; `parts` are the named parts that it may use.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn read(written: &str, parts: &HashMap<String, Pattern>) -> Result<Self, String> {
        // Brackets and bars stand alone, so that white space parts all symbols.
        let mut spaced = String::with_capacity(written.len() * 2);
        for c in written.chars() {
            if matches!(c, '(' | ')' | '|' | '?') {
                spaced.extend([' ', c, ' ']);
            } else {
                spaced.push(c);
            }
        }
        let symbols: Vec<&str> = spaced.split_whitespace().collect();
        let mut at = 0;
        let mut choices = choices(&symbols, &mut at, parts, written)?;
        if at < symbols.len() {
            return Err(format!("a bracket is not opened: {written:?}"));
        }
        let items = match choices.len() {
            1 => choices.remove(0),
            _ => vec![Item::Choice(choices)],
        };
        let pattern = Self { needs: Slots::of(&items), items };
        if pattern.may_be_empty() {
            return Err(format!("the pattern may match nothing: {written:?}"));
        }
        Ok(pattern)
    }

    fn may_be_empty(&self) -> bool {
        fn empty(items: &[Item]) -> bool {
            items.iter().all(|i| matches!(i, Item::Choice(c) if c.iter().any(|c| empty(c))))
        }
        empty(&self.items)
    }

    /// What its first lexeme may be.
    pub fn firsts(&self) -> Vec<First> {
        /// True when the items may match nothing.
        fn gather(items: &[Item], out: &mut Vec<First>) -> bool {
            for item in items {
                match item {
                    Item::Word(word) => {
                        out.push(First::Word(word.clone()));
                        return false;
                    }
                    Item::Slot(slot) => {
                        out.push(First::Slot(*slot));
                        return false;
                    }
                    Item::Choice(choices) => {
                        let mut empty = false;
                        for choice in choices {
                            empty |= gather(choice, out);
                        }
                        if !empty {
                            return false;
                        }
                    }
                }
            }
            true
        }
        let mut out = Vec::new();
        gather(&self.items, &mut out);
        out.sort();
        out.dedup();
        out
    }

    /// The most words in front of the first word of a class, or `None` where a match may be without one.
    pub fn lead(&self) -> Option<usize> {
        /// The most words before a slot, and whether one must come.
        fn lead(items: &[Item]) -> (usize, bool) {
            let mut words = 0;
            for item in items {
                match item {
                    Item::Word(_) => words += 1,
                    Item::Slot(_) => return (words, true),
                    Item::Choice(choices) => {
                        let leads: Vec<(usize, bool)> = choices.iter().map(|c| lead(c)).collect();
                        words += leads.iter().map(|l| l.0).max().unwrap_or(0);
                        if leads.iter().all(|l| l.1) {
                            return (words, true);
                        }
                    }
                }
            }
            (words, false)
        }
        let (words, slot) = lead(&self.items);
        slot.then_some(words)
    }

    /// Whether a match may come of words of some classes.
    pub fn may_match(&self, slots: Slots) -> bool {
        slots.hold(self.needs)
    }

    /// The longest match that begins at `at`.
    pub fn longest(&self, lexemes: &[Lexeme], vocabulary: &Vocabulary, at: usize) -> Option<Match> {
        let mut best = None;
        let rest = Rest { items: &self.items, then: None };
        walk(rest, lexemes, vocabulary, at, &mut Vec::new(), &mut best);
        best
    }
}

/// Alternatives up to a closing bracket or the end.
fn choices(
    symbols: &[&str],
    at: &mut usize,
    parts: &HashMap<String, Pattern>,
    written: &str,
) -> Result<Vec<Vec<Item>>, String> {
    let mut out = vec![Vec::new()];
    while let Some(symbol) = symbols.get(*at) {
        let item = match *symbol {
            ")" => break,
            "|" => {
                *at += 1;
                out.push(Vec::new());
                continue;
            }
            "(" => {
                *at += 1;
                let inner = choices(symbols, at, parts, written)?;
                if symbols.get(*at) != Some(&")") {
                    return Err(format!("a bracket is not closed: {written:?}"));
                }
                Item::Choice(inner)
            }
            "?" => return Err(format!("a question mark follows nothing: {written:?}")),
            word => named(word, parts)?,
        };
        *at += 1;
        let item = if symbols.get(*at) == Some(&"?") {
            *at += 1;
            Item::Choice(vec![vec![item], Vec::new()])
        } else {
            item
        };
        // There is always a last alternative.
        if let Some(last) = out.last_mut() {
            last.push(item);
        }
    }
    Ok(out)
}

fn named(word: &str, parts: &HashMap<String, Pattern>) -> Result<Item, String> {
    if let Some(name) = word.strip_prefix('<').and_then(|w| w.strip_suffix('>')) {
        let part = parts.get(name).ok_or_else(|| format!("no such part: {word}"))?;
        return Ok(Item::Choice(vec![part.items.clone()]));
    }
    if let Some(name) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
        let deserializer = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
        return <Slot as serde::Deserialize>::deserialize(deserializer)
            .map(Item::Slot)
            .map_err(|_| format!("no such slot: {word}"));
    }
    Ok(Item::Word(word.into()))
}

fn walk(
    rest: Rest<'_>,
    lexemes: &[Lexeme],
    vocabulary: &Vocabulary,
    at: usize,
    captures: &mut Vec<Capture>,
    best: &mut Option<Match>,
) {
    let Some((first, others)) = rest.items.split_first() else {
        match rest.then {
            Some(then) => walk(*then, lexemes, vocabulary, at, captures, best),
            None => {
                if best.as_ref().is_none_or(|b| at > b.end) {
                    *best = Some(Match { end: at, captures: captures.clone() });
                }
            }
        }
        return;
    };
    let others = Rest { items: others, then: rest.then };
    match first {
        Item::Word(word) => {
            if lexemes.get(at).is_some_and(|l| l.lower == **word) {
                walk(others, lexemes, vocabulary, at + 1, captures, best);
            }
        }
        Item::Slot(slot) => {
            if let Some((value, length)) = fill(*slot, lexemes, vocabulary, at) {
                captures.push((*slot, value));
                walk(others, lexemes, vocabulary, at + length, captures, best);
                captures.pop();
            }
        }
        Item::Choice(choices) => {
            for choice in choices {
                let inner = Rest { items: choice, then: Some(&others) };
                walk(inner, lexemes, vocabulary, at, captures, best);
            }
        }
    }
}

impl Slot {
    /// Whether more than the vocabulary may stand in it: numbers in digits and in words.
    pub fn is_numeric(self) -> bool {
        matches!(
            self,
            Self::Number
                | Self::Digits
                | Self::Military
                | Self::Day
                | Self::Ordinal
                | Self::Year
                | Self::ShortYear
                | Self::Decade
        )
    }
}

/// What stands in a slot at `at`, and how many lexemes it takes.
pub fn fill(
    slot: Slot,
    lexemes: &[Lexeme],
    vocabulary: &Vocabulary,
    at: usize,
) -> Option<(f64, usize)> {
    let lexeme = lexemes.get(at)?;
    let one = |value: i32| Some((f64::from(value), 1));
    match slot {
        Slot::Number => number(lexemes, at).map(|n| (n.value, n.length)),
        Slot::Digits => lexeme.digits().filter(|d| *d < 100).and_then(one),
        Slot::Military => {
            let time = lexeme.digits().filter(|_| lexeme.lower.len() == 4)?;
            (time / 100 < 24 && time % 100 < 60).then_some((f64::from(time), 1))
        }
        Slot::Day => numeral::day(&lexeme.lower).and_then(|d| one(i32::from(d))),
        Slot::Ordinal => numeral::ordinal(&lexeme.lower).and_then(|d| one(i32::from(d))),
        Slot::Year => {
            let plain = lexeme.lower.len() == 4 && lexeme.kind == WordKind::Number;
            let year = lexeme.digits().filter(|y| plain && (1000..2200).contains(y));
            match year {
                Some(year) => one(year),
                None => year_in_words(lexemes, at).map(|n| (n.value, n.length)),
            }
        }
        Slot::ShortYear => lexeme.digits().filter(|_| lexeme.lower.len() == 2).and_then(one),
        Slot::Decade => {
            let digits = lexeme.lower.strip_suffix('s').filter(|d| d.len() == 4 || d.len() == 2);
            let value: Option<i32> = digits.and_then(|d| d.parse().ok());
            match value {
                Some(value) if value % 10 == 0 => one(value),
                _ => vocabulary.value(slot, lexeme).map(|v| (v, 1)),
            }
        }
        _ => vocabulary.value(slot, lexeme).map(|v| (v, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_pattern_says_so() {
        let parts = HashMap::new();
        for broken in ["(a|b", "a) b", "{moon}", "", "<nothing>", "(a)?", "? a", "a (b|)?  ("] {
            assert!(Pattern::read(broken, &parts).is_err(), "{broken}");
        }
        let pattern = Pattern::read("(in|on)? the {month} (a b)?", &parts).expect("a pattern");
        let firsts = pattern.firsts();
        assert_eq!(firsts.len(), 3, "{firsts:?}");
    }
}
