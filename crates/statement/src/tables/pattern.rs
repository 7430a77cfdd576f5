//! Phrases of the tables, and finding them among words.
//!
//! A phrase is words with three extras: `(a|b c)` is one of several, `(a)?` may be missing, and
//! `{number}`, `{unit}`, `{day}`, `{month}`, `{weekday}`, `{year}` stand for what they name. Alternatives
//! are written out when a table is loaded, so that matching is a walk along literal words.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
};

use crate::{
    numeral::{self, Unit},
    words::Word,
};

/// The most literal phrases that one written phrase may stand for.
const MAX_EXPANSION: usize = 600;

/// Marks the end of a chain of phrases.
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Element {
    /// A word, as a range of the table's text.
    Word(u32, u32),
    Slot(Slot),
}

/// What a phrase leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// "three", "3", "a few"
    Number,
    /// "days", "months"
    Unit,
    /// "9", "16th": a day of the month
    Day,
    /// "March"
    Month,
    /// "Monday"
    Weekday,
    /// "2027"
    Year,
}

/// What stands where a phrase leaves a slot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Filler {
    /// A number.
    Number(f64),
    /// A unit of time.
    Unit(Unit),
    /// 1 to 31.
    Day(i8),
    /// 1 for January.
    Month(i8),
    /// 1 for Monday.
    Weekday(i8),
    /// A year.
    Year(i16),
}

/// A phrase found among words.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The row of the table.
    pub row: usize,
    /// The words, as indices into the slice that was searched.
    pub words: Range<usize>,
    /// What stands in the slots, in the order of the phrase.
    pub fillers: Vec<Filler>,
}

/// The phrases of one table, by their first words.
///
/// Flat: one text, one list of elements, and phrases that share a first word chained through
/// `next`. A start reads some ten thousand phrases, and three allocations for each took as long as
/// reading an article.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    text: String,
    elements: Vec<Element>,
    all: Vec<Phrase>,
    // First and last phrase by the hash of their first word; two words of one hash share a chain,
    // which costs a comparison. Looked up and never iterated, so its order reaches no output.
    by_first: HashMap<u64, (u32, u32), BuildHasherDefault<AsIs>>,
    by_slot: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Phrase {
    elements: Range<u32>,
    row: usize,
    next: u32,
}

/// Keeps a hash as it is.
#[derive(Debug, Clone, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// FNV-1a, of 64 bits.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

impl Phrases {
    /// Adds a written phrase for a row.
    ///
    /// # Errors
    /// Says what is wrong with the phrase.
    pub fn add(&mut self, written: &str, row: usize) -> Result<(), String> {
        if !written.contains(['(', ')', '|', '?']) {
            return self.add_plain(written, written, row);
        }
        for phrase in expand(written)? {
            self.add_plain(&phrase, written, row)?;
        }
        Ok(())
    }

    fn add_plain(&mut self, phrase: &str, written: &str, row: usize) -> Result<(), String> {
        let start = self.elements.len() as u32;
        for word in phrase.split_whitespace() {
            let element = if let Some(name) = word.strip_prefix('{') {
                Element::Slot(slot(name).ok_or_else(|| format!("no such slot: {word}"))?)
            } else {
                let from = self.text.len() as u32;
                self.text.push_str(word);
                Element::Word(from, self.text.len() as u32)
            };
            self.elements.push(element);
        }
        let elements = start..self.elements.len() as u32;
        let index = self.all.len() as u32;
        match self.elements.get(start as usize) {
            None => return Err(format!("the phrase is empty: {written:?}")),
            Some(Element::Slot(_)) => self.by_slot.push(index),
            Some(Element::Word(from, to)) => {
                let first = self.text.get(*from as usize..*to as usize).unwrap_or_default();
                let ends = self.by_first.entry(hash(first.as_bytes())).or_insert((index, NONE));
                if let Some(last) = self.all.get_mut(ends.1 as usize) {
                    last.next = index;
                }
                ends.1 = index;
            }
        }
        self.all.push(Phrase { elements, row, next: NONE });
        Ok(())
    }

    /// The phrases that may begin with a word: those of its chain, then those that begin with a
    /// slot.
    fn beginning<'p>(&'p self, word: &str) -> impl Iterator<Item = &'p Phrase> {
        let first = self.by_first.get(&hash(word.as_bytes())).map(|ends| ends.0);
        let chain = std::iter::successors(first.and_then(|i| self.all.get(i as usize)), |p| {
            self.all.get(p.next as usize)
        });
        let slots = self.by_slot.iter().filter_map(|i| self.all.get(*i as usize));
        chain.chain(slots)
    }

    /// The longest phrase that begins at word `at`; of equal ones the first row.
    pub fn at(&self, words: &[&Word], at: usize) -> Option<Found> {
        let first = words.get(at)?;
        let mut best: Option<Found> = None;
        for phrase in self.beginning(&first.lower) {
            let Some((end, fillers)) = self.matches(phrase, words, at) else { continue };
            let better = best
                .as_ref()
                .is_none_or(|b| end > b.words.end || (end == b.words.end && phrase.row < b.row));
            if better {
                best = Some(Found { row: phrase.row, words: at..end, fillers });
            }
        }
        best
    }

    /// Every phrase that begins at word `at`, in the order of the rows.
    pub fn each_at(&self, words: &[&Word], at: usize) -> Vec<Found> {
        let Some(first) = words.get(at) else { return Vec::new() };
        self.beginning(&first.lower)
            .filter_map(|phrase| {
                let (end, fillers) = self.matches(phrase, words, at)?;
                Some(Found { row: phrase.row, words: at..end, fillers })
            })
            .collect()
    }

    /// All phrases from left to right, the longest at each place, none overlapping.
    pub fn all(&self, words: &[&Word]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.at(words, at) {
                Some(f) => {
                    at = f.words.end;
                    found.push(f);
                }
                None => at += 1,
            }
        }
        found
    }

    fn matches(&self, phrase: &Phrase, words: &[&Word], at: usize) -> Option<(usize, Vec<Filler>)> {
        let mut i = at;
        let mut fillers = Vec::new();
        let range = phrase.elements.start as usize..phrase.elements.end as usize;
        for element in self.elements.get(range)? {
            let word = words.get(i)?;
            match element {
                Element::Word(from, to) => {
                    if self.text.get(*from as usize..*to as usize)? != word.lower {
                        return None;
                    }
                    i += 1;
                }
                Element::Slot(slot) => {
                    let (filler, length) = fill(*slot, words, i)?;
                    fillers.push(filler);
                    i += length;
                }
            }
        }
        Some((i, fillers))
    }
}

fn fill(slot: Slot, words: &[&Word], at: usize) -> Option<(Filler, usize)> {
    let word = words.get(at)?;
    match slot {
        Slot::Number => numeral::read(words, at).map(|n| (Filler::Number(n.value), n.length)),
        Slot::Unit => numeral::unit(&word.lower).map(|u| (Filler::Unit(u), 1)),
        Slot::Day => numeral::day(&word.lower).map(|d| (Filler::Day(d), 1)),
        Slot::Month => {
            // "may" and "march" are months only with their capital.
            let month = numeral::month(&word.lower)?;
            (word.capital).then_some((Filler::Month(month), 1))
        }
        Slot::Weekday => numeral::weekday(&word.lower).map(|d| (Filler::Weekday(d), 1)),
        Slot::Year => numeral::year(&word.lower).map(|y| (Filler::Year(y), 1)),
    }
}

/// A slot by its name and the closing bracket.
fn slot(name: &str) -> Option<Slot> {
    Some(match name {
        "number}" => Slot::Number,
        "unit}" => Slot::Unit,
        "day}" => Slot::Day,
        "month}" => Slot::Month,
        "weekday}" => Slot::Weekday,
        "year}" => Slot::Year,
        _ => return None,
    })
}

/// Writes out the alternatives of a phrase.
fn expand(written: &str) -> Result<Vec<String>, String> {
    let mut done = vec![String::new()];
    let mut rest = written;
    while let Some(open) = rest.find('(') {
        let before = &rest[..open];
        let close = rest[open..]
            .find(')')
            .map(|at| open + at)
            .ok_or_else(|| format!("a bracket is not closed: {written:?}"))?;
        let mut choices: Vec<&str> = rest[open + 1..close].split('|').collect();
        rest = &rest[close + 1..];
        if let Some(after) = rest.strip_prefix('?') {
            choices.push("");
            rest = after;
        }
        done = done
            .iter()
            .flat_map(|head| choices.iter().map(move |c| format!("{head}{before}{c}")))
            .collect();
        if done.len() > MAX_EXPANSION {
            return Err(format!("the phrase has too many alternatives: {written:?}"));
        }
    }
    for phrase in &mut done {
        phrase.push_str(rest);
        if phrase.contains([')', '|', '?']) {
            return Err(format!("a bracket is not opened: {written:?}"));
        }
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::split;

    #[test]
    fn alternatives_and_slots_match_the_longest_phrase() {
        let mut phrases = Phrases::default();
        phrases.add("in (the)? (next|coming) {number} {unit}", 7).expect("a phrase");
        phrases.add("in the next", 8).expect("a phrase");
        let words = split("It will end in the next three weeks or so.", |_| 0);
        let words: Vec<&Word> = words.iter().collect();
        let found = phrases.all(&words);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].row, 7);
        assert_eq!(found[0].words, 3..8);
        assert_eq!(found[0].fillers, [Filler::Number(3.0), Filler::Unit(Unit::Week)]);
    }

    #[test]
    fn a_broken_phrase_says_so() {
        let mut phrases = Phrases::default();
        for broken in ["(a|b", "a) b", "{moon}", ""] {
            assert!(phrases.add(broken, 0).is_err(), "{broken}");
        }
    }
}
