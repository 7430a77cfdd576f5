//! Institutions whose standard fixes what their words of likelihood mean.

use serde::Deserialize;

use super::{Phrases, TableError};
use crate::words::Word;

const FILE: &str = "data/en/scales.toml";
const TEXT: &str = include_str!("../../../../data/en/scales.toml");
const SCALES: [&str; 5] = ["icd203", "phia", "nato", "ipcc", "kent"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    scale: Vec<WrittenScale>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenScale {
    id: String,
    names: Vec<String>,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Scales {
    names: Phrases,
    ids: Vec<String>,
}

impl Scales {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let written: Written =
            toml::from_str(TEXT).map_err(|e| TableError::of_toml(FILE, TEXT, &e))?;
        if written.version != 1 {
            return Err(TableError::new(FILE, "version", "only version 1 is known"));
        }
        let mut scales = Self { names: Phrases::default(), ids: Vec::new() };
        for scale in written.scale {
            if !SCALES.contains(&scale.id.as_str()) {
                return Err(TableError::new(FILE, &scale.id, "no such scale"));
            }
            for name in &scale.names {
                let added = scales.names.add(&name.to_lowercase(), scales.ids.len());
                added.map_err(|e| TableError::new(FILE, &scale.id, e))?;
            }
            scales.ids.push(scale.id);
        }
        Ok(scales)
    }

    /// The scale of the first institution that some words name.
    pub fn of(&self, words: &[&Word]) -> Option<&str> {
        let found = self.names.all(words);
        found.first().and_then(|f| self.ids.get(f.row)).map(String::as_str)
    }
}
