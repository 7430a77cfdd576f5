//! The words of certainty with their ranges.

use sayso_model::{Bound, CertaintyClass};

use super::{Phrases, TableError, comma};

const FILE: &str = "data/en/certainty.csv";
const TEXT: &str = include_str!("../../../../data/en/certainty.csv");
const COLUMNS: &str = "phrase,class,low,mid,high,bound,scale,source,needs,forms";

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Hedge {
    /// The phrase, as it is printed.
    pub term: String,
    /// What sort of expression it is; `None` for words that only look like a hedge.
    pub class: Option<CertaintyClass>,
    /// 0 to 1.
    pub low: Option<f64>,
    /// 0 to 1; never for a possibility.
    pub mid: Option<f64>,
    /// 0 to 1.
    pub high: Option<f64>,
    /// Which ends mean something.
    pub bound: Bound,
    /// `general` or a standard.
    pub scale: String,
    /// Where the numbers come from.
    pub source: String,
    /// Counts only beside a word such as "chance".
    pub needs_chance: bool,
}

/// The table and its phrases.
#[derive(Debug, Clone)]
pub struct Hedges {
    /// All rows, of all scales.
    pub rows: Vec<Hedge>,
    /// The forms of the general scale, by row.
    pub phrases: Phrases,
}

impl Hedges {
    pub(super) fn shipped() -> Result<Self, TableError> {
        Self::parse(FILE, TEXT)
    }

    fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let mut rows: Vec<Hedge> = Vec::new();
        let mut phrases = Phrases::default();
        for row in comma::read(file, text, COLUMNS)? {
            let wrong = |problem: &str| TableError::new(file, row.line, problem);
            let [term, class, low, mid, high, bound, scale, source, needs, forms] = row.cells[..]
            else {
                continue;
            };
            let class = match class {
                "probability" => Some(CertaintyClass::Probability),
                "possibility" => Some(CertaintyClass::Possibility),
                "confidence" => Some(CertaintyClass::Confidence),
                "plan" => Some(CertaintyClass::Plan),
                "desire" => Some(CertaintyClass::Desire),
                "conditional" => Some(CertaintyClass::Conditional),
                "none" => None,
                _ => return Err(wrong("no such class")),
            };
            let number = |cell: &str| match cell {
                "" => Ok(None),
                cell => match cell.parse::<f64>() {
                    Ok(x) if (0.0..=1.0).contains(&x) => Ok(Some(x)),
                    _ => Err(wrong("a number is not between 0 and 1")),
                },
            };
            let (low, mid, high) = (number(low)?, number(mid)?, number(high)?);
            if low > mid.or(low) || mid.is_some() && high.is_some_and(|h| Some(h) < mid) {
                return Err(wrong("low, mid and high are not in order"));
            }
            let bound = match bound {
                "two_sided" => Bound::TwoSided,
                "lower" => Bound::Lower,
                "upper" => Bound::Upper,
                _ => return Err(wrong("no such bound")),
            };
            if source.is_empty() || term.is_empty() {
                return Err(wrong("a row needs a phrase and a source"));
            }
            if scale == "general" {
                for form in forms.split(';') {
                    phrases.add(form, rows.len()).map_err(|e| wrong(&e))?;
                }
            }
            rows.push(Hedge {
                term: term.to_owned(),
                class,
                low,
                mid: mid.filter(|_| class != Some(CertaintyClass::Possibility)),
                high,
                bound,
                scale: scale.to_owned(),
                source: source.to_owned(),
                needs_chance: needs == "chance",
            });
        }
        Ok(Self { rows, phrases })
    }

    /// The phrases of the general scale under which some words stand.
    pub fn says(&self, words: &str) -> Vec<&str> {
        let split = crate::words::split(words, |_| 0);
        let split: Vec<_> = split.iter().collect();
        let found = self.phrases.all(&split);
        found.iter().filter_map(|f| self.rows.get(f.row)).map(|r| r.term.as_str()).collect()
    }

    /// The row of a term on a standard's scale.
    pub fn on_scale(&self, term: &str, scale: &str) -> Option<&Hedge> {
        self.rows.iter().find(|h| h.scale == scale && h.term == term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_row_is_named() {
        let text =
            format!("{COLUMNS}\nlikely,probability,0.9,0.7,0.8,two_sided,general,me,,likely\n");
        let error = Hedges::parse("t.csv", &text).expect_err("a broken row");
        assert_eq!(error.to_string(), "t.csv: 2: low, mid and high are not in order");
    }

    #[test]
    fn possibilities_have_no_middle() {
        let hedges = Hedges::shipped().expect("the shipped table");
        assert!(hedges.rows.len() > 100);
        for hedge in &hedges.rows {
            if hedge.class == Some(CertaintyClass::Possibility) {
                assert_eq!(hedge.mid, None, "{}", hedge.term);
            }
        }
    }
}
