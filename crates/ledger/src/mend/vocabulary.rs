//! What corrections can choose from: the classes of events, the terms of certainty.

use sayso_model::{Bound, CertaintyClass};

/// The words that corrections know. The tables of a language fill it; the ledger knows none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vocabulary {
    /// Classes of the event packs.
    pub events: Vec<EventClass>,
    /// Terms of certainty on the general scale.
    pub terms: Vec<CertaintyTerm>,
}

/// A class of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventClass {
    /// `raise_rate`
    pub class: String,
    /// The pack that has it.
    pub pack: Option<String>,
}

/// A term of certainty with its range.
#[derive(Debug, Clone, PartialEq)]
pub struct CertaintyTerm {
    /// "likely"
    pub term: String,
    /// What sort of expression it is.
    pub class: CertaintyClass,
    /// Lowest reading, 0 to 1.
    pub low: Option<f64>,
    /// Middle reading, 0 to 1.
    pub mid: Option<f64>,
    /// Highest reading, 0 to 1.
    pub high: Option<f64>,
    /// Which ends mean something.
    pub bound: Bound,
}

impl Vocabulary {
    /// ": capture, recapture" where some classes are near a word; else nothing.
    pub(super) fn near_class(&self, class: &str) -> String {
        near(class, self.events.iter().map(|event| event.class.as_str()))
    }

    /// The same for terms.
    pub(super) fn near_term(&self, term: &str) -> String {
        near(term, self.terms.iter().map(|one| one.term.as_str()))
    }
}

/// Words named as near.
const MAX_NEAR: usize = 3;

fn near<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> String {
    let wanted = wanted.to_lowercase();
    let mut found: Vec<(usize, &str)> = known.map(|word| (edits(&wanted, word), word)).collect();
    found.sort_unstable();
    let close = found.iter().filter(|(edits, word)| *edits <= word.len().max(3) / 3);
    let words: Vec<&str> = close.take(MAX_NEAR).map(|(_, word)| *word).collect();
    if words.is_empty() { String::new() } else { format!(": near it are {}", words.join(", ")) }
}

/// Letters to put in, leave out or replace between two words.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_words_are_named() {
        let words = ["capture", "recapture", "withdraw", "hold"];
        assert_eq!(near("capure", words.into_iter()), ": near it are capture, recapture");
        assert_eq!(near("zyzzyva", words.into_iter()), "");
    }
}
