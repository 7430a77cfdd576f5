//! Words that decide how factual an event is presented: `data/en/factuality.toml`, and the fitted
//! weights `models/en/factuality.tsv`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::TableError;

const FILE: &str = "data/en/factuality.toml";
const TEXT: &str = include_str!("../../../../data/en/factuality.toml");
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
    /// By feature. Looked up and never iterated.
    weights: HashMap<&'static str, Weights>,
}

impl Embedding {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let written: Written = toml::from_str(TEXT).map_err(|e| {
            let line = e.span().map_or(0, |s| TEXT[..s.start].matches('\n').count() + 1);
            TableError::new(FILE, line, e.message())
        })?;
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
        let mut weights = HashMap::new();
        for (at, line) in WEIGHTS.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let wrong = || TableError::new(WEIGHTS_FILE, at + 1, "not FEATURE, WEB, NEWS");
            let mut cells = line.split('\t');
            let feature = cells.next().ok_or_else(wrong)?;
            let mut number = || cells.next()?.parse::<f32>().ok().filter(|n| n.is_finite());
            let (web, news) = number().zip(number()).ok_or_else(wrong)?;
            weights.insert(feature, Weights { web, news });
        }
        let nouns = written.event_nouns.into_iter().collect();
        Ok(Self { classes, nouns, weights })
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
        self.weights.get(feature).copied().unwrap_or_default()
    }
}
