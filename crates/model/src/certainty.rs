use serde::{Deserialize, Serialize};

use crate::span::PrintedSpan;

/// The speaker's words for how sure they are, read as a range of probability (0 to 1).
///
/// Never the extractor's own doubt, which is `Statement::confidence`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certainty {
    /// The words, as the table lists them ("likely", "cannot be ruled out").
    pub term: String,
    /// Where the range comes from: `lexicon`, `stated` or `scale`.
    pub basis: String,
    /// What sort of expression it is.
    pub class: CertaintyClass,
    /// Lowest reading; null is unknown.
    pub low: Option<f64>,
    /// Middle reading; a possibility has none.
    pub mid: Option<f64>,
    /// Highest reading; null is unknown.
    pub high: Option<f64>,
    /// Whether both ends of the range mean something.
    pub bound: Bound,
    /// The scale the range was read on: `general`, `icd203`, `phia`, `nato`, `ipcc`.
    pub scale: String,
    /// The words in the article.
    pub span: PrintedSpan,
}

/// Sorts of certainty expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertaintyClass {
    /// "likely"
    Probability,
    /// "may", "cannot be ruled out"
    Possibility,
    /// "with moderate confidence": not a likelihood
    Confidence,
    /// "plans to"
    Plan,
    /// "wants to"
    Desire,
    /// "would … if"
    Conditional,
    /// "a 70 % chance"
    Stated,
}

/// Which ends of a range are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Both ends.
    TwoSided,
    /// At least `low`.
    Lower,
    /// At most `high`.
    Upper,
}
