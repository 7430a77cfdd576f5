//! Phrases of the tables, and finding them among words.
//!
//! A phrase is words with three extras: `(a|b c)` is one of several, `(a)?` may be missing, and
//! `{number}`, `{unit}`, `{day}`, `{year}` stand for what they name. A phrase is kept as a graph of words that branches where alternatives do: written out, the phrases
//! of the packs were five thousand, and most of a start went into them. Only a bracket inside a
//! word ("rate(s)?") is written out.

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

/// A node of the graph; the node with index 0 ends every phrase.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Node {
    End,
    /// A word, as a range of the table's text, and the node after it.
    Word(u32, u32, u32),
    Slot(Slot, u32),
    /// Several ways on, as a range of `ways`.
    Split(u32, u32),
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
#[derive(Debug, Clone)]
pub struct Phrases {
    text: String,
    nodes: Vec<Node>,
    ways: Vec<u32>,
    all: Vec<Phrase>,
    // First and last phrase by the hash of their first word; two words of one hash share a chain,
    // which costs a comparison. Looked up and never iterated, so its order reaches no output.
    by_first: HashMap<u64, (u32, u32), BuildHasherDefault<AsIs>>,
    by_slot: Vec<u32>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self {
            text: String::new(),
            nodes: vec![Node::End],
            ways: Vec::new(),
            all: Vec::new(),
            by_first: HashMap::default(),
            by_slot: Vec::new(),
        }
    }
}

/// A phrase under one of its first words.
#[derive(Debug, Clone)]
struct Phrase {
    node: u32,
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
            return self.add_parts(&[Part::Words(written)], written, row);
        }
        match parts(written)? {
            Some(parts) => self.add_parts(&parts, written, row),
            None => expand(written)?
                .iter()
                .try_for_each(|phrase| self.add_parts(&[Part::Words(phrase)], written, row)),
        }
    }

    fn add_parts(&mut self, parts: &[Part], written: &str, row: usize) -> Result<(), String> {
        // From the end, so that every node knows the one after it.
        let mut next = 0;
        for part in parts.iter().rev() {
            next = match part {
                Part::Words(words) => self.chain(words, next)?,
                Part::Choice(options, optional) => {
                    let mut ways = Vec::with_capacity(options.len() + 1);
                    for option in options {
                        ways.push(self.chain(option, next)?);
                    }
                    if *optional {
                        ways.push(next);
                    }
                    let from = self.ways.len() as u32;
                    self.ways.append(&mut ways);
                    self.node(Node::Split(from, self.ways.len() as u32))
                }
            };
        }
        let mut firsts = Vec::new();
        self.firsts(next, &mut firsts);
        if firsts.contains(&0) {
            return Err(format!("the phrase is empty: {written:?}"));
        }
        for first in firsts {
            self.register(first, next, row);
        }
        Ok(())
    }

    fn node(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        self.nodes.len() as u32 - 1
    }

    /// The nodes of some words; the last leads to `next`.
    fn chain(&mut self, words: &str, mut next: u32) -> Result<u32, String> {
        for word in words.split_whitespace().rev() {
            let node = if let Some(name) = word.strip_prefix('{') {
                Node::Slot(slot(name).ok_or_else(|| format!("no such slot: {word}"))?, next)
            } else {
                let from = self.text.len() as u32;
                self.text.push_str(word);
                Node::Word(from, self.text.len() as u32, next)
            };
            next = self.node(node);
        }
        Ok(next)
    }

    /// The words and slots with which a phrase may begin; 0 where it may be empty.
    fn firsts(&self, node: u32, out: &mut Vec<u32>) {
        match self.nodes.get(node as usize) {
            Some(Node::Split(from, to)) => {
                for way in self.ways.get(*from as usize..*to as usize).unwrap_or_default() {
                    self.firsts(*way, out);
                }
            }
            _ => out.push(node),
        }
    }

    fn register(&mut self, first: u32, node: u32, row: usize) {
        let index = self.all.len() as u32;
        if let Some(Node::Word(from, to, _)) = self.nodes.get(first as usize) {
            let word = self.text.get(*from as usize..*to as usize).unwrap_or_default();
            let ends = self.by_first.entry(hash(word.as_bytes())).or_insert((index, NONE));
            if let Some(last) = self.all.get_mut(ends.1 as usize) {
                // Two ways of one phrase may begin with one word.
                if last.node == node {
                    return;
                }
                last.next = index;
            }
            ends.1 = index;
        } else {
            self.by_slot.push(index);
        }
        self.all.push(Phrase { node, row, next: NONE });
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
            let Some((end, fillers)) = self.walk(phrase.node, words, at) else { continue };
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
                let (end, fillers) = self.walk(phrase.node, words, at)?;
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

    /// The longest way from a node to the end of its phrase: the word after it and the fillers.
    fn walk(&self, mut node: u32, words: &[&Word], at: usize) -> Option<(usize, Vec<Filler>)> {
        let mut i = at;
        let mut fillers = Vec::new();
        loop {
            match *self.nodes.get(node as usize)? {
                Node::End => return Some((i, fillers)),
                Node::Word(from, to, next) => {
                    if self.text.get(from as usize..to as usize)? != words.get(i)?.lower {
                        return None;
                    }
                    i += 1;
                    node = next;
                }
                Node::Slot(slot, next) => {
                    let (filler, length) = fill(slot, words, i)?;
                    fillers.push(filler);
                    i += length;
                    node = next;
                }
                Node::Split(from, to) => {
                    let ways = self.ways.get(from as usize..to as usize)?;
                    let mut best: Option<(usize, Vec<Filler>)> = None;
                    for way in ways {
                        let Some(found) = self.walk(*way, words, i) else { continue };
                        if best.as_ref().is_none_or(|b| found.0 > b.0) {
                            best = Some(found);
                        }
                    }
                    let (end, mut rest) = best?;
                    fillers.append(&mut rest);
                    return Some((end, fillers));
                }
            }
        }
    }
}

fn fill(slot: Slot, words: &[&Word], at: usize) -> Option<(Filler, usize)> {
    let word = words.get(at)?;
    match slot {
        Slot::Number => numeral::read(words, at).map(|n| (Filler::Number(n.value), n.length)),
        Slot::Unit => numeral::unit(&word.lower).map(|u| (Filler::Unit(u), 1)),
        Slot::Day => numeral::day(&word.lower).map(|d| (Filler::Day(d), 1)),
        Slot::Year => numeral::year(&word.lower).map(|y| (Filler::Year(y), 1)),
    }
}

/// A slot by its name and the closing bracket.
fn slot(name: &str) -> Option<Slot> {
    Some(match name {
        "number}" => Slot::Number,
        "unit}" => Slot::Unit,
        "day}" => Slot::Day,
        "year}" => Slot::Year,
        _ => return None,
    })
}

/// A piece of a written phrase.
enum Part<'w> {
    Words(&'w str),
    /// One of several, and whether none is enough.
    Choice(Vec<&'w str>, bool),
}

/// The pieces of a phrase with brackets; `None` where a bracket stands inside a word.
fn parts(written: &str) -> Result<Option<Vec<Part<'_>>>, String> {
    let mut parts = Vec::new();
    let mut rest = written;
    while let Some(open) = rest.find('(') {
        let before = &rest[..open];
        let close = rest[open..]
            .find(')')
            .map(|at| open + at)
            .ok_or_else(|| format!("a bracket is not closed: {written:?}"))?;
        let inside = &rest[open + 1..close];
        let after = &rest[close + 1..];
        let optional = after.starts_with('?');
        let after = after.strip_prefix('?').unwrap_or(after);
        let begins = before.ends_with(' ') || before.is_empty() && parts.is_empty();
        let ends = after.is_empty() || after.starts_with(' ');
        let blank = |option: &str| option.starts_with(' ') || option.ends_with(' ');
        if !begins || !ends || inside.split('|').any(blank) {
            return Ok(None);
        }
        if before.contains([')', '|', '?']) || inside.contains('?') {
            return Err(format!("a bracket is not opened: {written:?}"));
        }
        parts.push(Part::Words(before));
        parts.push(Part::Choice(inside.split('|').collect(), optional));
        rest = after;
    }
    if rest.contains([')', '|', '?']) {
        return Err(format!("a bracket is not opened: {written:?}"));
    }
    parts.push(Part::Words(rest));
    Ok(Some(parts))
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
    fn every_way_through_a_phrase_is_found() {
        let mut phrases = Phrases::default();
        phrases.add("(cut|lower) (the|its)? (key)? rate(s)?", 3).expect("a phrase");
        phrases.add("(50-50|fifty-fifty)( chance)?", 4).expect("a phrase");
        phrases.add("(very)? likely", 5).expect("a phrase");
        phrases.add("(hold|keep) (the|its)? (key)? (rate|rates)", 6).expect("a phrase");
        for (text, row, end) in [
            ("cut rates", 3, 2),
            ("lower its key rate now", 3, 4),
            ("keep the rate", 6, 3),
            ("hold key rates", 6, 3),
            ("fifty-fifty chance", 4, 2),
            ("50-50 bets", 4, 1),
            ("very likely", 5, 2),
            ("likely", 5, 1),
        ] {
            let words = split(text, |_| 0);
            let words: Vec<&Word> = words.iter().collect();
            let found = phrases.at(&words, 0).map(|f| (f.row, f.words.end));
            assert_eq!(found, Some((row, end)), "{text}");
        }
        let words = split("lower bound", |_| 0);
        let words: Vec<&Word> = words.iter().collect();
        assert_eq!(phrases.at(&words, 0), None);
        assert!(phrases.add("(a)? (b)?", 0).is_err());
    }

    #[test]
    fn a_broken_phrase_says_so() {
        let mut phrases = Phrases::default();
        for broken in ["(a|b", "a) b", "{moon}", ""] {
            assert!(phrases.add(broken, 0).is_err(), "{broken}");
        }
    }
}
