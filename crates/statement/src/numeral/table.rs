//! Numbers in words: `data/en/numbers.toml`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

use serde::Deserialize;

use crate::table_error::TableError;

const FILE: &str = "data/en/numbers.toml";
const TEXT: &str = include_str!("../../../../data/en/numbers.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    counted: BTreeSet<String>,
    people: BTreeSet<String>,
    idle: BTreeSet<String>,
    small: BTreeMap<String, f64>,
    scale: BTreeMap<String, f64>,
    ordinal: BTreeMap<String, f64>,
    parts: BTreeMap<String, f64>,
}

/// The table; its maps are looked up and never iterated.
#[derive(Debug)]
pub(crate) struct Numbers {
    /// Values below a hundred that are one word.
    pub(crate) small: HashMap<String, f64>,
    /// What multiplies.
    pub(crate) scale: HashMap<String, f64>,
    /// Which one of several.
    pub(crate) ordinal: HashMap<String, f64>,
    /// Into how many parts.
    pub(crate) parts: HashMap<String, f64>,
    /// Scale words in the plural that have a number in front.
    pub(crate) counted: BTreeSet<String>,
    /// Plurals without an s.
    pub(crate) people: BTreeSet<String>,
    /// What is joined to a number that counts nothing.
    pub(crate) idle: BTreeSet<String>,
}

/// The table that ships.
pub(crate) static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| {
    // The test `the_numbers_that_ship_are_sound` reads the same embedded bytes.
    read(FILE, TEXT).unwrap_or_else(|e| panic!("{e}"))
});

/// Reads the table; names the word that is not one in lower case, and the value that its list cannot hold.
fn read(file: &str, text: &str) -> Result<Numbers, TableError> {
    let written: Written = toml::from_str(text).map_err(|e| TableError::of_toml(file, text, &e))?;
    if written.version != 1 {
        return Err(TableError::new(file, "version", "only version 1 is known"));
    }
    let list = |section: &str, words: BTreeMap<String, f64>, low: f64, high: f64| {
        for (word, value) in &words {
            let row = || format!("{section}.{word}");
            if word.is_empty() || !word.chars().all(|c| c.is_ascii_lowercase()) {
                return Err(TableError::new(file, row(), "not one word in lower case"));
            }
            if !(low..=high).contains(value) || value.fract() != 0.0 {
                let problem = format!("{value} is not a whole number from {low} to {high}");
                return Err(TableError::new(file, row(), problem));
            }
        }
        Ok(words.into_iter().collect())
    };
    Ok(Numbers {
        small: list("small", written.small, 0.0, 99.0)?,
        scale: list("scale", written.scale, 100.0, 1e15)?,
        ordinal: list("ordinal", written.ordinal, 1.0, 100.0)?,
        parts: list("parts", written.parts, 2.0, 1000.0)?,
        counted: written.counted,
        people: written.people,
        idle: written.idle,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_that_ship_are_sound() {
        let numbers = read(FILE, TEXT).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(numbers.small.get("ninety"), Some(&90.0));
        assert_eq!(numbers.scale.get("bn"), Some(&1e9));
    }

    #[test]
    fn a_broken_number_is_named_with_its_file() {
        for (old, new, row) in
            [("zero = 0", "zero = -1", "small.zero"), ("k = 1e3", "K = 1e3", "scale.K")]
        {
            let error = read("own.toml", &TEXT.replacen(old, new, 1)).expect_err(new);
            assert_eq!((error.file.as_str(), error.row.as_str()), ("own.toml", row));
        }
    }
}
