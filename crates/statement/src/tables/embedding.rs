//! Words that decide how factual an event is presented: `data/en/factuality.toml`, and the fitted
//! weights `models/en/factuality.tsv`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::{TableError, sorted};

const FILE: &str = "data/en/factuality.toml";
const TEXT: &str = include_str!("../../../../data/en/factuality.toml");
#[cfg(test)]
const WEIGHTS_FILE: &str = "models/en/factuality.tsv";
const WEIGHTS: &str = include_str!("../../../../models/en/factuality.tsv");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "version")]
    _version: u32,
    event_nouns: Vec<String>,
    embedding: BTreeMap<String, Vec<String>>,
}

/// What a feature weighs in both readings of factuality.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weights {
    /// Of a verb or another predicate, as people read letters, reviews and forums.
    pub web: f32,
    /// Of a noun that is no predicate, as people read edited news.
    pub news: f32,
}

/// The words and the weights.
#[derive(Debug, Clone)]
pub struct Embedding {
    /// The class of a lemma. Looked up and never iterated.
    classes: HashMap<String, String>,
    /// Nouns of events. Looked up and never iterated.
    nouns: HashSet<String>,
}

impl Embedding {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let written: Written =
            toml::from_str(TEXT).map_err(|e| TableError::of_toml(FILE, TEXT, &e))?;
        let mut classes = HashMap::new();
        for (class, lemmas) in written.embedding {
            if lemmas.is_empty() {
                return Err(TableError::new(FILE, &class, "no words"));
            }
            for lemma in lemmas {
                // A word of two classes keeps the first by name.
                classes.entry(lemma).or_insert_with(|| class.clone());
            }
        }
        let nouns = written.event_nouns.into_iter().collect();
        Ok(Self { classes, nouns })
    }

    /// The class of an embedding word.
    pub fn class(&self, lemma: &str) -> Option<&str> {
        self.classes.get(lemma).map(String::as_str)
    }

    /// Whether a noun is one of those that name an event.
    pub fn is_event_noun(&self, lemma: &str) -> bool {
        self.nouns.contains(lemma)
    }

    /// The weights of a feature; none where it was too rare to learn.
    pub fn weights(&self, feature: &str) -> Weights {
        let compare = |line: &str| cells(line).0.cmp(feature);
        sorted::equal(WEIGHTS, compare).next().and_then(weights).unwrap_or_default()
    }
}

/// A feature and the cells of its weights.
fn cells(line: &str) -> (&str, &str) {
    line.split_once('\t').unwrap_or((line, ""))
}

fn weights(line: &str) -> Option<Weights> {
    let (web, news) = cells(line).1.split_once('\t')?;
    let number = |cell: &str| cell.parse().ok().filter(|n: &f32| n.is_finite());
    Some(Weights { web: number(web)?, news: number(news)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_a_number_and_can_be_found() {
        let shipped = Embedding::shipped().expect("a sound table");
        let mut last = "";
        for (at, line) in WEIGHTS.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let row = at + 1;
            let feature = cells(line).0;
            assert!(last < feature, "{WEIGHTS_FILE}: {row}: not sorted");
            let read = weights(line);
            assert!(read.is_some(), "{WEIGHTS_FILE}: {row}: not FEATURE, WEB, NEWS");
            assert_eq!(Some(shipped.weights(feature)), read, "{WEIGHTS_FILE}: {row}");
            last = feature;
        }
        assert_eq!(shipped.weights("no such feature"), Weights::default());
        assert!(shipped.weights("bias").web > 0.0);
    }
}
