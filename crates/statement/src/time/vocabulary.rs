//! Words of time with their values, from `data/en/times.toml`.

use std::collections::{BTreeMap, HashMap};

use super::{
    lexeme::Lexeme,
    pattern::{Slot, Slots},
};

/// A word in its classes.
#[derive(Debug, Clone, Default)]
struct Entry {
    /// Class and value.
    senses: Vec<(Slot, f64)>,
    /// Is a time only with a capital letter ("May").
    capital: bool,
}

impl Entry {
    fn of(&self, slot: Slot) -> Option<f64> {
        self.senses.iter().find(|(s, _)| *s == slot).map(|(_, v)| *v)
    }
}

/// Words and what they stand for.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    // Looked up and never iterated, so the order of the map reaches no output.
    words: HashMap<Box<str>, Entry>,
}

impl Vocabulary {
    /// From the tables `[words.SLOT]`, and the words that need a capital letter.
    ///
    /// # Errors
    /// Names the word that is twice in one class, or that needs a capital and is in none.
    pub fn new(
        tables: &BTreeMap<Slot, BTreeMap<String, f64>>,
        capital: &[String],
    ) -> Result<Self, String> {
        let mut out = Self::default();
        for (slot, table) in tables {
            for (word, value) in table {
                if word.is_empty() || word.chars().any(|c| c.is_whitespace() || c.is_uppercase()) {
                    return Err(format!("not one word in lower case: {word:?}"));
                }
                out.words.entry(word.as_str().into()).or_default().senses.push((*slot, *value));
            }
        }
        for word in capital {
            match out.words.get_mut(word.as_str()) {
                Some(entry) => entry.capital = true,
                None => return Err(format!("a word that is in no class: {word:?}")),
            }
        }
        Ok(out)
    }

    /// 1 for January, also "jan", "Sept." and "may"; whether the word has the capital that it needs is
    /// the caller's to see.
    pub fn month(&self, lower: &str) -> Option<i8> {
        let entry = self.words.get(lower.trim_end_matches('.'))?;
        entry.of(Slot::Month).map(|value| value as i8)
    }

    /// 1 for Monday; short forms that are other words without a capital ("wed") are none.
    pub fn weekday(&self, lower: &str) -> Option<i8> {
        let entry = self.words.get(lower).filter(|e| !e.capital)?;
        entry.of(Slot::Weekday).map(|value| value as i8)
    }

    /// Whether a word is the name of a month or a weekday.
    pub fn names_day(&self, lower: &str) -> bool {
        self.month(lower).is_some() || self.weekday(lower).is_some()
    }

    /// Whether a word is the name of a season; "fall" and "spring" are other words too.
    pub fn names_season(&self, lower: &str) -> bool {
        self.words.get(lower).is_some_and(|e| e.of(Slot::Season).is_some())
    }

    /// Whether a word in lower case stands for something in some class.
    pub fn has(&self, lower: &str) -> bool {
        self.words.contains_key(lower)
    }

    /// Whether a word names a time of day ("noon", "midnight", "evening") or a day told from today.
    pub fn names_hour(&self, lower: &str) -> bool {
        let slots = [Slot::Hour, Slot::Daypart, Slot::Deictic];
        self.words.get(lower).is_some_and(|e| slots.iter().any(|s| e.of(*s).is_some()))
    }

    /// Whether a word names a part of a period ("end", "beginning").
    pub fn names_stage(&self, lower: &str) -> bool {
        let slots = [Slot::Stage, Slot::Edge];
        self.words.get(lower).is_some_and(|e| slots.iter().any(|s| e.of(*s).is_some()))
    }

    /// The classes of a word in lower case; `capital`: the text has it with a capital letter.
    pub fn slots(&self, lower: &str, capital: bool) -> Slots {
        let entry = self.words.get(lower).filter(|e| capital || !e.capital);
        entry.map_or_else(Slots::default, |e| {
            e.senses.iter().fold(Slots::default(), |all, (s, _)| all.with(Slots::one(*s)))
        })
    }

    /// What the lexeme stands for in a class.
    pub fn value(&self, slot: Slot, lexeme: &Lexeme) -> Option<f64> {
        if !lexeme.slots.hold(Slots::one(slot)) {
            return None;
        }
        self.words.get(lexeme.lower.as_ref())?.of(slot)
    }
}
