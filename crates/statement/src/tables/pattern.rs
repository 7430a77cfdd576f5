//! Phrases of the tables, and finding them among words.
//!
//! A phrase is words with three extras: `(a|b c)` is one of several, `(a)?` may be missing, and
//! `{number}`, `{unit}`, `{day}`, `{month}`, `{weekday}`, `{year}` stand for what they name. Alternatives
//! are written out when a table is loaded, so that matching is a walk along literal words.

use std::{collections::HashMap, ops::Range};

use crate::{
    numeral::{self, Unit},
    words::Word,
};

/// The most literal phrases that one written phrase may stand for.
const MAX_EXPANSION: usize = 600;

#[derive(Debug, Clone, PartialEq)]
enum Element {
    Word(Box<str>),
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
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    // Looked up and never iterated, so the order of the map reaches no output.
    by_first: HashMap<Box<str>, Vec<(Vec<Element>, usize)>>,
    by_slot: Vec<(Vec<Element>, usize)>,
}

impl Phrases {
    /// Adds a written phrase for a row.
    ///
    /// # Errors
    /// Says what is wrong with the phrase.
    pub fn add(&mut self, written: &str, row: usize) -> Result<(), String> {
        for phrase in expand(written)? {
            let elements: Vec<Element> =
                phrase.split_whitespace().map(element).collect::<Result<_, _>>()?;
            match elements.first() {
                None => return Err(format!("the phrase is empty: {written:?}")),
                Some(Element::Word(word)) => {
                    self.by_first.entry(word.clone()).or_default().push((elements, row));
                }
                Some(Element::Slot(_)) => self.by_slot.push((elements, row)),
            }
        }
        Ok(())
    }

    /// The longest phrase that begins at word `at`; of equal ones the first row.
    pub fn at(&self, words: &[&Word], at: usize) -> Option<Found> {
        let first = words.get(at)?;
        let named = self.by_first.get(first.lower.as_ref()).map_or(&[][..], Vec::as_slice);
        let mut best: Option<Found> = None;
        for (elements, row) in named.iter().chain(&self.by_slot) {
            let Some((end, fillers)) = matches(elements, words, at) else { continue };
            let better = best
                .as_ref()
                .is_none_or(|b| end > b.words.end || (end == b.words.end && *row < b.row));
            if better {
                best = Some(Found { row: *row, words: at..end, fillers });
            }
        }
        best
    }

    /// Every phrase that begins at word `at`, in the order of the rows.
    pub fn each_at(&self, words: &[&Word], at: usize) -> Vec<Found> {
        let Some(first) = words.get(at) else { return Vec::new() };
        let named = self.by_first.get(first.lower.as_ref()).map_or(&[][..], Vec::as_slice);
        named
            .iter()
            .chain(&self.by_slot)
            .filter_map(|(elements, row)| {
                let (end, fillers) = matches(elements, words, at)?;
                Some(Found { row: *row, words: at..end, fillers })
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
}

fn matches(elements: &[Element], words: &[&Word], at: usize) -> Option<(usize, Vec<Filler>)> {
    let mut i = at;
    let mut fillers = Vec::new();
    for element in elements {
        let word = words.get(i)?;
        match element {
            Element::Word(w) if **w == *word.lower => i += 1,
            Element::Word(_) => return None,
            Element::Slot(slot) => {
                let (filler, length) = fill(*slot, words, i)?;
                fillers.push(filler);
                i += length;
            }
        }
    }
    Some((i, fillers))
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

fn element(word: &str) -> Result<Element, String> {
    let Some(name) = word.strip_prefix('{') else { return Ok(Element::Word(word.into())) };
    let slot = match name {
        "number}" => Slot::Number,
        "unit}" => Slot::Unit,
        "day}" => Slot::Day,
        "month}" => Slot::Month,
        "weekday}" => Slot::Weekday,
        "year}" => Slot::Year,
        _ => return Err(format!("no such slot: {word}")),
    };
    Ok(Element::Slot(slot))
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
