//! `data/en/linking.toml`: what linking knows of names, offices and wire agencies.

use std::collections::{BTreeMap, BTreeSet};

use sayso_statement::tables::TableError;
use serde::Deserialize;

use crate::spelling;

const FILE: &str = "data/en/linking.toml";

/// The tables of linking. Names are compared without what their spellings differ in.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The rows of forms in which a given name stands.
    given: BTreeMap<String, BTreeSet<usize>>,
    /// Words that tell nothing of who somebody is.
    generic: BTreeSet<String>,
    /// The sort of office that a word of a role names. Offices are words and no names: they are
    /// compared as they are spelt.
    domains: BTreeMap<String, usize>,
    /// Pairs of sorts between which people move.
    moves: BTreeSet<(usize, usize)>,
    /// Credits, lower case, with their agencies.
    wires: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    given: Vec<String>,
    generic: Vec<String>,
    domains: BTreeMap<String, Vec<String>>,
    moves: BTreeMap<String, Vec<String>>,
    wires: BTreeMap<String, Vec<String>>,
}

impl Names {
    /// The shipped English table.
    ///
    /// # Errors
    /// Names the row that is broken.
    pub fn english() -> Result<Self, TableError> {
        Self::parse(FILE, include_str!("../../../data/en/linking.toml"))
    }

    /// A table of the same shape; `file` is named in errors.
    ///
    /// # Errors
    /// Names the row that is broken.
    pub fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let broken = |row: &str, problem: String| TableError {
            file: file.to_owned(),
            row: row.to_owned(),
            problem,
        };
        let table: File =
            toml::from_str(text).map_err(|error| broken("the file", error.message().to_owned()))?;
        let mut names = Self::default();
        for (row, forms) in table.given.iter().enumerate() {
            if forms.split_whitespace().count() < 2 {
                return Err(broken(forms, "a row of `given` needs two forms".to_owned()));
            }
            for form in forms.split_whitespace() {
                names.given.entry(spelling::fold(form)).or_default().insert(row);
            }
        }
        names.generic = table.generic.iter().map(|word| spelling::fold(word)).collect();
        let rank: BTreeMap<&String, usize> =
            table.domains.keys().enumerate().map(|(i, name)| (name, i)).collect();
        for (domain, words) in &table.domains {
            for word in words {
                let old = names.domains.insert(word.to_lowercase(), rank[domain]);
                if old.is_some() {
                    return Err(broken(domain, format!("“{word}” stands in two domains")));
                }
            }
        }
        for (from, to) in &table.moves {
            for to in to {
                let (Some(a), Some(b)) = (rank.get(from), rank.get(to)) else {
                    return Err(broken(from, format!("`moves` names no domain: {to}")));
                };
                names.moves.extend([(*a, *b), (*b, *a)]);
            }
        }
        for (agency, credits) in table.wires {
            for credit in credits {
                names.wires.insert(credit.to_lowercase(), agency.clone());
            }
        }
        Ok(names)
    }

    /// True when two folded given names are forms of one.
    pub(crate) fn same_given(&self, one: &str, other: &str) -> bool {
        match (self.given.get(one), self.given.get(other)) {
            (Some(one), Some(other)) => !one.is_disjoint(other),
            _ => false,
        }
    }

    /// True for a folded word that tells nothing of who somebody is.
    pub(crate) fn is_generic(&self, word: &str) -> bool {
        self.generic.contains(word)
    }

    /// The sort of office that a word names.
    pub(crate) fn domain(&self, word: &str) -> Option<usize> {
        self.domains.get(&word.to_lowercase()).copied()
    }

    /// True when one person may have borne offices of both sets.
    pub(crate) fn may_move(&self, one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> bool {
        one.iter().any(|a| other.iter().any(|b| a == b || self.moves.contains(&(*a, *b))))
    }

    /// The agency that a credit names, if it is one.
    pub(crate) fn wire(&self, credit: &str) -> Option<&str> {
        let credit = credit.trim().trim_start_matches('/').trim_end_matches(['/', '.']);
        self.wires.get(&credit.trim().to_lowercase()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_sound() {
        let names = Names::english().unwrap();
        assert!(names.same_given(&spelling::fold("Mykola"), &spelling::fold("Nikolay")));
        assert!(!names.same_given(&spelling::fold("Mykola"), &spelling::fold("Viktor")));
        assert_eq!(names.wire("AFP"), Some("Agence France-Presse"));
    }

    #[test]
    fn a_broken_row_is_named() {
        let text = "given = [\"lone\"]\ngeneric = []\n[domains]\n[moves]\n[wires]\n";
        let error = Names::parse("mine.toml", text).unwrap_err();
        assert_eq!((error.file.as_str(), error.row.as_str()), ("mine.toml", "lone"));
    }
}
