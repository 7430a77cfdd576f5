//! Words that decide how factual an event is presented: `data/en/factuality.toml`, and the fitted
//! weights `models/en/factuality.tsv`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::{TableError, sorted};

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
    /// What readers make of the first sum: a sum, and what it reads as; both rise.
    curve: Vec<(f32, f32)>,
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
        Ok(Self { classes, nouns, curve: curve()? })
    }

    /// What readers make of a sum of the weights `web`: straight lines between the knots of the curve.
    pub fn read(&self, sum: f32) -> f32 {
        let next = self.curve.partition_point(|knot| knot.0 < sum);
        let knot = |at: usize| self.curve.get(at).copied();
        match (next.checked_sub(1).and_then(knot), knot(next)) {
            (Some((x0, y0)), Some((x1, y1))) => y0 + (sum - x0) / (x1 - x0) * (y1 - y0),
            (None, Some((_, y))) | (Some((_, y)), None) => y,
            (None, None) => sum,
        }
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

/// The rows "curve=00", "curve=01" … of the weights: a sum and its reading.
fn curve() -> Result<Vec<(f32, f32)>, TableError> {
    let start = WEIGHTS.find("\ncurve=").map_or(WEIGHTS.len(), |at| at + 1);
    let lines = WEIGHTS[start..].lines().take_while(|line| line.starts_with("curve="));
    let mut out: Vec<(f32, f32)> = Vec::new();
    for line in lines {
        let knot = weights(line)
            .map(|w| (w.web, w.news))
            .filter(|(sum, read)| out.last().is_none_or(|last| last.0 < *sum && last.1 <= *read));
        let problem = "not a sum and its reading above those of the row before";
        out.push(knot.ok_or_else(|| TableError::new(WEIGHTS_FILE, cells(line).0, problem))?);
    }
    if out.len() < 2 {
        return Err(TableError::new(WEIGHTS_FILE, "curve", "fewer than two rows"));
    }
    Ok(out)
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

    #[test]
    fn a_reading_rises_with_its_sum_and_stays_on_the_scale() {
        let shipped = Embedding::shipped().expect("a sound table");
        let sums: Vec<f32> = (-70..=70).map(|n| n as f32 / 20.0).collect();
        let read: Vec<f32> = sums.iter().map(|sum| shipped.read(*sum)).collect();
        assert!(read.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(read[0] >= -3.0 && read[read.len() - 1] <= 3.0 && read[0] < -1.0);
    }
}
