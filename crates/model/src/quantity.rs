use serde::{Deserialize, Serialize};

use crate::span::PrintedSpan;

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The words.
    pub text: String,
    /// What sort of number.
    pub kind: QuantityKind,
    /// Lowest reading.
    pub low: Option<f64>,
    /// Middle reading.
    pub mid: Option<f64>,
    /// Highest reading.
    pub high: Option<f64>,
    /// How the words bound it.
    pub op: Op,
    /// What is counted or measured ("soldiers", "inflation", "annual profit"); the unit where the
    /// words name nothing else.
    pub of: Option<String>,
    /// What the number is in ("percent", "USD", "kilometre"); null for a count, and in records of
    /// schema 1.
    #[serde(default)]
    pub unit: Option<String>,
    /// A ratio's other side ("Ukrainian soldier"), a fraction's whole.
    pub per: Option<String>,
    /// The words in the article.
    pub span: PrintedSpan,
}

/// Sorts of quantities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuantityKind {
    /// "40 tanks"
    Count,
    /// "five soldiers for every …"
    Ratio,
    /// "three out of every 10"
    Fraction,
    /// "five times more"
    Multiple,
    /// "3 per cent", also percentage points
    Percent,
    /// "$3 billion"
    Money,
    /// "12 kilometres"
    Measure,
}

/// How words bound a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// exactly
    Eq,
    /// "about"
    Approx,
    /// "at least"
    Ge,
    /// "at most"
    Le,
    /// "more than"
    Gt,
    /// "less than"
    Lt,
    /// "rose by"
    Up,
    /// "fell by"
    Down,
}
