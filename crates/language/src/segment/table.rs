//! The table `data/en/segmentation.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// What the tokenizer and the sentence splitter know about English words, in lower case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// "Mr.", "Gen.": a name follows.
    pub(crate) opening_abbreviations: BTreeSet<String>,
    /// "Inc.", "p.m.": may end a sentence.
    pub(crate) closing_abbreviations: BTreeSet<String>,
    /// Left parts that keep their hyphen.
    pub(crate) hyphen_prefixes: BTreeSet<String>,
    /// "km": split from the number before it.
    pub(crate) units: BTreeSet<String>,
    /// ":)", as written.
    pub(crate) emoticons: BTreeSet<String>,
    /// "said", "asked".
    pub(crate) reporting_verbs: BTreeSet<String>,
    /// "the", "of": words after which no sentence ends without a mark.
    pub(crate) never_last: BTreeSet<String>,
    /// Words that begin sentences.
    pub(crate) sentence_openers: BTreeSet<String>,
    /// "cannot" and its parts.
    pub(crate) splits: BTreeMap<String, Vec<String>>,
}

const SOURCE: &str = include_str!("../../../../data/en/segmentation.toml");

/// The table that ships. A test parses it, so that a broken row never reaches a user.
pub(crate) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    parse(SOURCE).unwrap_or_else(|e| {
        // Embedded data that the test below has parsed: this cannot happen in a build that passed.
        panic!("data/en/segmentation.toml: {e}")
    })
});

fn parse(source: &str) -> Result<Table, String> {
    let table: Table = toml::from_str(source).map_err(|e| e.to_string())?;
    for (word, parts) in &table.splits {
        if parts.concat() != *word || parts.iter().any(String::is_empty) {
            return Err(format!("splits: the parts of `{word}` do not make it up"));
        }
    }
    let sets = [
        &table.opening_abbreviations,
        &table.closing_abbreviations,
        &table.hyphen_prefixes,
        &table.units,
        &table.reporting_verbs,
        &table.never_last,
        &table.sentence_openers,
    ];
    if let Some(word) = sets.into_iter().flatten().find(|w| w.to_lowercase() != **w) {
        return Err(format!("`{word}` is not lower case"));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_is_valid() {
        parse(SOURCE).expect("data/en/segmentation.toml");
    }

    #[test]
    fn a_split_that_does_not_add_up_is_named() {
        let broken = SOURCE.replace("cannot = [\"can\", \"not\"]", "cannot = [\"can\", \"nit\"]");
        assert!(parse(&broken).unwrap_err().contains("cannot"));
    }
}
