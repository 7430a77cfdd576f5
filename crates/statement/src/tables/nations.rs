//! Countries and the words that stand for them and their governments.

use std::collections::{BTreeMap, BTreeSet};

use super::{TableError, comma, gazetteer::place_key};

const FILE: &str = "data/en/nations.csv";
const TEXT: &str = include_str!("../../../../data/en/nations.csv");

/// A country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nation {
    /// ISO 3166-1 alpha-2.
    pub iso: &'static str,
    /// Usual English name.
    pub name: &'static str,
}

/// Why a word stands for a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// "Russia"
    Name,
    /// "Russian", "Russians"
    People,
    /// "Moscow", "the Kremlin"
    Seat,
}

/// All countries.
#[derive(Debug, Clone)]
pub struct Nations {
    rows: Vec<Nation>,
    words: BTreeMap<String, (usize, Naming)>,
    /// First words of names that have several.
    longer: BTreeSet<String>,
}

impl Nations {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let mut rows = Vec::new();
        let mut words = BTreeMap::new();
        for row in comma::read(FILE, TEXT, "iso,name,also,people,seats")? {
            let [iso, name, also, people, seats] = row.cells[..] else { continue };
            if iso.len() != 2 || name.is_empty() {
                return Err(TableError::new(FILE, row.line, "a country needs a code and a name"));
            }
            let index = rows.len();
            let mut add = |list: &str, naming| {
                for word in list.split('|').filter(|w| !w.is_empty()) {
                    // A word that two countries share stays with the first.
                    words.entry(word.to_lowercase()).or_insert((index, naming));
                }
            };
            add(name, Naming::Name);
            add(also, Naming::Name);
            add(people, Naming::People);
            add(seats, Naming::Seat);
            rows.push(Nation { iso, name });
        }
        let first = |name: &String| Some(name.split_once(' ')?.0.to_owned());
        let longer = words.keys().filter_map(first).chain(["the".to_owned()]).collect();
        Ok(Self { rows, words, longer })
    }

    /// Whether a word in lower case may begin a name of several words.
    pub fn begins_longer(&self, word: &str) -> bool {
        self.longer.contains(word)
    }

    /// The country for which some words in lower case stand ("russian", "the kremlin").
    pub fn of(&self, words: &str) -> Option<(&Nation, Naming)> {
        let words = words.strip_prefix("the ").unwrap_or(words).trim_end_matches('.');
        let found = self.words.get(words).or_else(|| {
            words.contains('.').then(|| self.words.get(&format!("{words}."))).flatten()
        });
        found.and_then(|(i, naming)| Some((self.rows.get(*i)?, *naming)))
    }

    /// The country with a code.
    pub fn by_code(&self, iso: &str) -> Option<&Nation> {
        self.rows.iter().find(|n| n.iso == iso)
    }

    /// True when two names are the same country or the same place in two spellings.
    pub fn same(&self, a: &str, b: &str) -> bool {
        place_key(a) == place_key(b)
    }
}
