//! Words that judge, by which an assessment is told from a report.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{TableError, comma};

const FILE: &str = "data/en/judging.toml";
const TEXT: &str = include_str!("../../../../data/en/judging.toml");

const VALENCE_FILE: &str = "data/en/valence.csv";
const VALENCE: &str = include_str!("../../../../data/en/valence.csv");
const WEIGHTS_FILE: &str = "models/en/judgement.csv";
const WEIGHTS: &str = include_str!("../../../../models/en/judgement.csv");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    verbs: Verbs,
    adjectives: Adjectives,
    nouns: Nouns,
    adverbs: Adverbs,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    judging: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Adjectives {
    plain: BTreeSet<String>,
    weighing: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    plain: BTreeSet<String>,
    r#abstract: BTreeSet<String>,
    grounds: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Adverbs {
    plain: BTreeSet<String>,
}

/// The table of judging words, as lemmas in lower case.
#[derive(Debug, Clone)]
pub struct Judging {
    /// Verbs by which their subject is judged or explained.
    pub verbs: BTreeSet<String>,
    /// Adjectives of what anybody could see.
    pub plain_adjectives: BTreeSet<String>,
    /// Adjectives and adverbs that value or weigh.
    pub weighing: BTreeSet<String>,
    /// Nouns that only say what somebody or something is.
    pub plain_nouns: BTreeSet<String>,
    /// Nouns of qualities and judgements.
    pub abstract_nouns: BTreeSet<String>,
    /// What a charge lacks that is denied ("no truth in it").
    pub grounds: BTreeSet<String>,
    /// Adverbs that only date, count or hedge.
    pub plain_adverbs: BTreeSet<String>,
    /// How good or bad people take a word to be, -4 to 4, for words at least 1 either way.
    pub valence: BTreeMap<&'static str, f32>,
    /// The weight of each feature of [`crate::judgement`], in log odds of an assessment.
    pub weights: BTreeMap<&'static str, f32>,
}

impl Judging {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let written: Written =
            toml::from_str(TEXT).map_err(|e| TableError::of_toml(FILE, TEXT, &e))?;
        if written.version != 1 {
            return Err(TableError::new(FILE, "version", "this program reads version 1"));
        }
        let numbers = |file, text, columns| -> Result<BTreeMap<&'static str, f32>, TableError> {
            comma::read(file, text, columns)?
                .into_iter()
                .map(|row| match row.cells[..] {
                    [word, number] => number
                        .parse()
                        .map(|n: f32| (word, n))
                        .map_err(|_| TableError::new(file, row.line, "no number")),
                    _ => Err(TableError::new(file, row.line, "not two cells")),
                })
                .collect()
        };
        Ok(Self {
            valence: numbers(VALENCE_FILE, VALENCE, "word,valence")?,
            weights: numbers(WEIGHTS_FILE, WEIGHTS, "feature,weight")?,
            verbs: written.verbs.judging,
            plain_adjectives: written.adjectives.plain,
            weighing: written.adjectives.weighing,
            plain_nouns: written.nouns.plain,
            abstract_nouns: written.nouns.r#abstract,
            grounds: written.nouns.grounds,
            plain_adverbs: written.adverbs.plain,
        })
    }
}
