//! Words that look like places and are none, and words before a place's name.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::TableError;

const FILE: &str = "data/en/place_words.toml";
const TEXT: &str = include_str!("../../../../data/en/place_words.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    never: BTreeSet<String>,
    parts: Vec<String>,
}

/// The table.
#[derive(Debug, Clone)]
pub struct PlaceWords {
    never: BTreeSet<String>,
    parts: Vec<String>,
}

impl PlaceWords {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let written: Written =
            toml::from_str(TEXT).map_err(|e| TableError::of_toml(FILE, TEXT, &e))?;
        if written.version != 1 {
            return Err(TableError::new(FILE, "version", "only version 1 is known"));
        }
        Ok(Self { never: written.never, parts: written.parts })
    }

    /// True for a word, in lower case, that is no place by itself.
    pub fn is_never(&self, word: &str) -> bool {
        self.never.contains(word)
    }

    /// A name without the words that say which part of the place is meant.
    pub fn whole<'n>(&self, name: &'n str) -> Option<&'n str> {
        self.parts.iter().find_map(|part| {
            let head = name.get(..part.len())?;
            let rest = name.get(part.len()..)?.strip_prefix(' ')?;
            head.eq_ignore_ascii_case(part).then_some(rest)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_place_leads_to_the_whole() {
        let words = PlaceWords::shipped().expect("the shipped table");
        assert_eq!(words.whole("Northeast Harlow"), Some("Harlow"));
        assert_eq!(words.whole("Republic of Lisk"), Some("Lisk"));
        assert_eq!(words.whole("Northeast"), None);
        assert!(words.is_never("the") && !words.is_never("harlow"));
    }
}
