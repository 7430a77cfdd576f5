//! Words of time with their values, from `data/en/times.toml`.

use std::collections::{BTreeMap, HashMap};

use super::{lexeme::Lexeme, pattern::Slot};

/// A word in its classes.
#[derive(Debug, Clone, Default)]
struct Entry {
    /// Class and value.
    senses: Vec<(Slot, f64)>,
    /// Is a time only with a capital letter ("May").
    capital: bool,
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

    /// What the lexeme stands for in a class.
    pub fn value(&self, slot: Slot, lexeme: &Lexeme) -> Option<f64> {
        let entry = self.words.get(lexeme.lower.as_ref())?;
        if entry.capital && !lexeme.capital {
            return None;
        }
        entry.senses.iter().find(|(s, _)| *s == slot).map(|(_, v)| *v)
    }
}
