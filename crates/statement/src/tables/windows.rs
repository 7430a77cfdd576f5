//! Words of time to come.

use std::collections::BTreeSet;

use sayso_model::WindowPrecision;
use serde::Deserialize;

use super::{Phrases, TableError};

const FILE: &str = "data/en/windows.toml";
const TEXT: &str = include_str!("../../../../data/en/windows.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    rule: Vec<WrittenRule>,
    prefix: Vec<WrittenPrefix>,
    scheduled: Vec<String>,
    joints: Vec<String>,
    happens: Vec<String>,
    happens_endings: Vec<String>,
    bodies: Vec<String>,
    published: BTreeSet<String>,
    limits: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    phrases: Vec<String>,
    earliest: i32,
    latest: Option<i32>,
    soft: Option<i32>,
    precision: WindowPrecision,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPrefix {
    phrases: Vec<String>,
    relation: Edge,
}

/// A whole phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name, with the version of the table ("soon@1").
    pub id: String,
    /// When it can come true.
    pub days: Days,
    /// How exact the words are.
    pub precision: WindowPrecision,
}

/// Days after publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First.
    pub earliest: i32,
    /// Last of the plain reading; `None` is open-ended.
    pub latest: Option<i32>,
    /// Last of the generous reading.
    pub soft: Option<i32>,
}

/// How the event stands to a period, by the words before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// Inside it.
    In,
    /// Before its end.
    By,
    /// Before its end; where it is denied, before it begins.
    Until,
    /// Before it begins.
    Before,
    /// From its first day on.
    From,
    /// After it.
    After,
    /// In it, and no longer at the time that is named before: "delayed until 6 December".
    Moved,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Windows {
    /// Whole phrases.
    pub rules: Vec<Rule>,
    /// Their words.
    pub rule_phrases: Phrases,
    /// Words before a period, by row.
    pub edges: Vec<Edge>,
    /// Their words.
    pub edge_phrases: Phrases,
    /// Nouns of what is set for a time beforehand: elections, meetings, matches.
    pub scheduled: Phrases,
    /// What joins two times of one window.
    pub joints: Phrases,
    happens: BTreeSet<String>,
    happens_endings: Vec<String>,
    bodies: BTreeSet<String>,
    /// Lemmas of what is done to words when they come out: "published", "aired".
    pub published: BTreeSet<String>,
    /// Prepositions that make a time a limit and not the time at which something was said.
    pub limits: BTreeSet<String>,
}

impl Windows {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let written: Written =
            toml::from_str(TEXT).map_err(|e| TableError::of_toml(FILE, TEXT, &e))?;
        let version = written.version;
        let mut windows = Self {
            rules: Vec::new(),
            rule_phrases: Phrases::default(),
            edges: Vec::new(),
            edge_phrases: Phrases::default(),
            scheduled: Phrases::default(),
            joints: Phrases::default(),
            happens: written.happens.into_iter().collect(),
            happens_endings: written.happens_endings,
            bodies: written.bodies.into_iter().collect(),
            published: written.published,
            limits: written.limits,
        };
        all(&mut windows.joints, &written.joints, 0, "joints")?;
        all(&mut windows.scheduled, &written.scheduled, 0, "scheduled")?;
        for rule in written.rule {
            let days = Days { earliest: rule.earliest, latest: rule.latest, soft: rule.soft };
            let order = [Some(days.earliest), days.latest.or(days.soft), days.soft.or(days.latest)];
            if order.windows(2).any(|w| w[1].is_some() && w[1] < w[0]) {
                return Err(TableError::new(FILE, &rule.id, "the days are not in order"));
            }
            all(&mut windows.rule_phrases, &rule.phrases, windows.rules.len(), &rule.id)?;
            windows.rules.push(Rule {
                id: format!("{}@{version}", rule.id),
                days,
                precision: rule.precision,
            });
        }
        for prefix in written.prefix {
            all(&mut windows.edge_phrases, &prefix.phrases, windows.edges.len(), "prefix")?;
            windows.edges.push(prefix.relation);
        }
        Ok(windows)
    }

    /// Whether a noun, in lower case, is something that takes place: "siege", "withdrawal", and not
    /// "commission".
    pub fn takes_place(&self, noun: &str) -> bool {
        let singular = noun.strip_suffix('s').unwrap_or(noun);
        let listed = |set: &BTreeSet<String>| set.contains(noun) || set.contains(singular);
        let ends = || self.happens_endings.iter().any(|end| singular.ends_with(end.as_str()));
        listed(&self.happens) || ends() && !listed(&self.bodies)
    }
}

fn all(phrases: &mut Phrases, written: &[String], row: usize, id: &str) -> Result<(), TableError> {
    if written.is_empty() {
        return Err(TableError::new(FILE, id, "no phrases"));
    }
    written
        .iter()
        .try_for_each(|phrase| phrases.add(phrase, row).map_err(|e| TableError::new(FILE, id, e)))
}
