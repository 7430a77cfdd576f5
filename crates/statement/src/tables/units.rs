//! Units, currencies and the words that bound or move a number.

use std::collections::{BTreeMap, BTreeSet};

use sayso_model::{Op, QuantityKind};
use serde::Deserialize;

use super::{Phrases, TableError, Verbs};
use crate::words::Word;

const FILE: &str = "data/en/units.toml";
const TEXT: &str = include_str!("../../../../data/en/units.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    unit: Vec<WrittenUnit>,
    currency: Vec<WrittenCurrency>,
    behind: Behind,
    bounds: Bounds,
    changes: Changes,
    measured: Measured,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    moves: BTreeSet<String>,
    holds: BTreeSet<String>,
    spends: BTreeSet<String>,
    measures: BTreeSet<String>,
    chances: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Behind {
    ge: Vec<String>,
    le: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenUnit {
    name: String,
    forms: Vec<String>,
    #[serde(default)]
    glued: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCurrency {
    code: String,
    name: String,
    #[serde(default)]
    signs: Vec<String>,
    forms: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    ge: Vec<String>,
    gt: Vec<String>,
    le: Vec<String>,
    lt: Vec<String>,
    approx: Vec<String>,
    filler: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    up: Vec<String>,
    down: Vec<String>,
    up_words: Vec<String>,
    down_words: Vec<String>,
    transitive: Vec<String>,
    labels: Vec<String>,
}

/// A unit or a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What records call it: the singular, or the code of a currency.
    pub of: String,
    /// Its name in the singular; for a unit the same as `of`.
    pub name: String,
    /// Percent, money or measure.
    pub kind: QuantityKind,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Units {
    rows: Vec<Unit>,
    forms: Phrases,
    glued: BTreeMap<String, usize>,
    signs: Phrases,
    bounds: Phrases,
    ops: Vec<Op>,
    behind: Phrases,
    behind_ops: Vec<Op>,
    filler: BTreeSet<String>,
    changes: BTreeMap<String, Op>,
    transitive: BTreeSet<String>,
    labels: BTreeSet<String>,
    measured: Measured,
}

impl Units {
    pub(super) fn shipped(verbs: &Verbs) -> Result<Self, TableError> {
        Self::parse(FILE, TEXT, verbs)
    }

    fn parse(file: &str, text: &str, verbs: &Verbs) -> Result<Self, TableError> {
        let written: Written =
            toml::from_str(text).map_err(|e| TableError::of_toml(file, text, &e))?;
        if written.version != 1 {
            return Err(TableError::new(file, "version", "only version 1 is known"));
        }
        let mut units = Self {
            rows: Vec::new(),
            forms: Phrases::default(),
            glued: BTreeMap::new(),
            signs: Phrases::default(),
            bounds: Phrases::default(),
            ops: Vec::new(),
            behind: Phrases::default(),
            behind_ops: Vec::new(),
            filler: written.bounds.filler.into_iter().collect(),
            changes: BTreeMap::new(),
            transitive: BTreeSet::new(),
            labels: written.changes.labels.into_iter().collect(),
            measured: written.measured,
        };
        let changes = written.changes.up.iter().chain(&written.changes.down);
        units.measured.moves.extend(changes.cloned());
        for unit in written.unit {
            let wrong = |e: String| TableError::new(file, &unit.name, e);
            let row = units.rows.len();
            for form in &unit.forms {
                units.forms.add(form, row).map_err(wrong)?;
            }
            for form in unit.glued {
                if units.glued.insert(form, row).is_some() {
                    return Err(TableError::new(file, &unit.name, "a glued form stands twice"));
                }
            }
            let percent = unit.name.starts_with("percent");
            let kind = if percent { QuantityKind::Percent } else { QuantityKind::Measure };
            units.rows.push(Unit { of: unit.name.clone(), name: unit.name, kind });
        }
        for currency in written.currency {
            let wrong = |e: String| TableError::new(file, &currency.code, e);
            let row = units.rows.len();
            for form in &currency.forms {
                units.forms.add(form, row).map_err(wrong)?;
            }
            for sign in &currency.signs {
                units.signs.add(sign, row).map_err(wrong)?;
            }
            units.rows.push(Unit {
                of: currency.code,
                name: currency.name,
                kind: QuantityKind::Money,
            });
        }
        for (op, phrases) in [
            (Op::Ge, written.bounds.ge),
            (Op::Gt, written.bounds.gt),
            (Op::Le, written.bounds.le),
            (Op::Lt, written.bounds.lt),
            (Op::Approx, written.bounds.approx),
        ] {
            for phrase in phrases {
                let row = units.ops.len();
                units.bounds.add(&phrase, row).map_err(|e| TableError::new(file, "bounds", e))?;
                units.ops.push(op);
            }
        }
        for (op, phrases) in [(Op::Ge, written.behind.ge), (Op::Le, written.behind.le)] {
            for phrase in phrases {
                let row = units.behind_ops.len();
                units.behind.add(&phrase, row).map_err(|e| TableError::new(file, "behind", e))?;
                units.behind_ops.push(op);
            }
        }
        for (op, lemmas, words) in [
            (Op::Up, written.changes.up, written.changes.up_words),
            (Op::Down, written.changes.down, written.changes.down_words),
        ] {
            for lemma in &lemmas {
                for (_, form) in verbs.forms(lemma) {
                    units.changes.insert(form, op);
                }
            }
            units.changes.extend(words.into_iter().map(|word| (word, op)));
        }
        let forms = |lemma: &String| verbs.forms(lemma).into_iter().map(|f| f.1);
        units.transitive = written.changes.transitive.iter().flat_map(forms).collect();
        Ok(units)
    }

    /// The name of a currency by its code.
    pub fn name_of(&self, code: &str) -> Option<&str> {
        self.rows.iter().find(|u| u.of == code).map(|u| u.name.as_str())
    }

    /// A verb whose object may itself be an amount ("cut $3 million").
    pub fn is_transitive(&self, word: &str) -> bool {
        self.transitive.contains(word)
    }

    /// A row.
    pub fn get(&self, row: usize) -> Option<&Unit> {
        self.rows.get(row)
    }

    /// The unit or currency whose form begins at word `at`, the longest first, and the word
    /// after it.
    pub fn at(&self, words: &[&Word], at: usize) -> Option<(usize, usize)> {
        self.forms.at(words, at).map(|f| (f.row, f.words.end))
    }

    /// The unit written onto digits ("80mph", "5.2m"), in lower case.
    pub fn glued(&self, form: &str) -> Option<usize> {
        if let Some(row) = self.glued.get(form) {
            return Some(*row);
        }
        let words = crate::words::split(form, |_| 0);
        let words: Vec<&Word> = words.iter().collect();
        self.at(&words, 0).filter(|(_, end)| *end == words.len()).map(|(row, _)| row)
    }

    /// The currency whose sign ends before word `end`, and its first word.
    pub fn sign_before(&self, words: &[&Word], end: usize) -> Option<(usize, usize)> {
        (end.saturating_sub(2)..end).find_map(|start| {
            let found = self.signs.each_at(words, start);
            // "US $5" and "A$5", but not "a $5 stamp" and "costs us $5".
            let prefixed = end - start == 2;
            let (first, second) = (words.get(start)?, words.get(start + 1));
            let touches = second.is_some_and(|s| first.span.end == s.span.start);
            let prefix = first.is_mark()
                || first.capital && (touches || first.lower.len() > 1 || first.lower == "c");
            let sound = !prefixed || prefix;
            found.iter().find(|f| f.words.end == end && sound).map(|f| (f.row, start))
        })
    }

    /// The currency of a sign in lower case ("usd", "us $").
    pub fn sign_of(&self, word: &str) -> Option<usize> {
        let words = crate::words::split(word, |_| 0);
        let words: Vec<&Word> = words.iter().collect();
        self.signs.at(&words, 0).filter(|f| f.words.end == words.len()).map(|f| f.row)
    }

    /// The bound whose phrase ends before word `end`, and its first word; the longest one.
    pub fn bound_before(&self, words: &[&Word], end: usize) -> Option<(Op, usize)> {
        (end.saturating_sub(5)..end).find_map(|start| {
            let found = self.bounds.each_at(words, start);
            let found = found.iter().find(|f| f.words.end == end)?;
            Some((*self.ops.get(found.row)?, start))
        })
    }

    /// The bound whose phrase begins at word `at`, behind a number, and the word after it.
    pub fn bound_behind(&self, words: &[&Word], at: usize) -> Option<(Op, usize)> {
        let found = self.behind.at(words, at)?;
        Some((*self.behind_ops.get(found.row)?, found.words.end))
    }

    /// A word that may stand between a bound or a verb and the number.
    pub fn is_filler(&self, word: &str) -> bool {
        self.filler.contains(word)
    }

    /// Which way a word moves the figure behind it.
    pub fn change(&self, word: &str) -> Option<Op> {
        self.changes.get(word).copied()
    }

    /// Whether a lemma tells of change: its object or subject moves by or to a figure.
    pub fn moves(&self, lemma: &str) -> bool {
        self.measured.moves.contains(lemma)
    }

    /// Whether a verb's subject is at the figure behind it ("reach", "cost").
    pub fn holds(&self, lemma: &str) -> bool {
        self.measured.holds.contains(lemma)
    }

    /// Whether a verb gives money for something ("invest $75m in").
    pub fn spends(&self, lemma: &str) -> bool {
        self.measured.spends.contains(lemma)
    }

    /// Whether a word beside two shares of a hundred makes them a likelihood ("odds of 60-40").
    pub fn is_chance(&self, word: &str) -> bool {
        self.measured.chances.contains(word)
    }

    /// Whether a noun is the measure of what "of" names ("the price of").
    pub fn measures(&self, lemma: &str) -> bool {
        self.measured.measures.contains(lemma)
    }

    /// A noun that makes the number behind it a label ("section 4").
    pub fn is_label(&self, word: &str) -> bool {
        self.labels.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::split;

    #[test]
    fn units_are_found_by_their_longest_form() {
        let units = Units::shipped(&Verbs::shipped().expect("verbs")).expect("the shipped table");
        let name = |text: &str| {
            let words = split(text, |_| 0);
            let words: Vec<&Word> = words.iter().collect();
            units.at(&words, 0).and_then(|(row, _)| units.get(row)).map(|u| u.of.clone())
        };
        assert_eq!(name("per cent of boats").as_deref(), Some("percent"));
        assert_eq!(name("percentage points").as_deref(), Some("percentage point"));
        assert_eq!(name("miles per hour").as_deref(), Some("mile per hour"));
        assert_eq!(name("Canadian dollars").as_deref(), Some("CAD"));
        assert_eq!(name("boats"), None);
        let row = |row: Option<usize>| row.and_then(|r| units.get(r)).map(|u| u.of.as_str());
        assert_eq!(row(units.glued("km/h")), Some("kilometre per hour"));
        assert_eq!(row(units.glued("year-old")), Some("year of age"));
        assert_eq!(units.glued("g5"), None);
    }

    #[test]
    fn a_broken_row_is_named() {
        let text = TEXT.replacen("\"per cent\"", "\"(per cent\"", 1);
        let verbs = Verbs::shipped().expect("verbs");
        let error = Units::parse("t.toml", &text, &verbs).expect_err("a broken form");
        assert!(error.to_string().starts_with("t.toml: percent: a bracket is not closed"));
    }
}
