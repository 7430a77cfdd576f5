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

/// Between a number and its unit: the two never part at the end of a line.
const THIN: char = '\u{202f}';

/// A range of probability (each end 0 to 1) as people read it: "55–80 %", "at least 5 %", "70 %".
/// `None` where no end is known. Every screen prints ranges with this function, so that one word
/// never has two ranges.
pub fn printed_range(low: Option<f64>, high: Option<f64>, bound: Bound) -> Option<String> {
    match (low.map(percent), high.map(percent), bound) {
        (Some(low), _, Bound::Lower) | (Some(low), None, _) => {
            Some(format!("at least {low}{THIN}%"))
        }
        (_, Some(high), Bound::Upper) | (None, Some(high), _) => {
            Some(format!("at most {high}{THIN}%"))
        }
        (Some(low), Some(high), Bound::TwoSided) if low == high => Some(format!("{low}{THIN}%")),
        (Some(low), Some(high), Bound::TwoSided) => Some(format!("{low}–{high}{THIN}%")),
        (None, None, _) => None,
    }
}

/// Whole percents; surveys do not know more. A tenth only where a whole percent would turn "hardly"
/// into "never" or "almost" into "always".
fn percent(probability: f64) -> String {
    let percent = probability.clamp(0.0, 1.0) * 100.0;
    let certain = percent <= 0.0 || percent >= 100.0;
    if !certain && !(0.5..99.5).contains(&percent) {
        format!("{percent:.1}")
    } else {
        format!("{percent:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_printed_in_whole_percents() {
        let printed = |low, high| printed_range(low, high, Bound::TwoSided);
        assert_eq!(printed(Some(0.55), Some(0.8)).as_deref(), Some("55–80\u{202f}%"));
        assert_eq!(printed(Some(0.019), Some(0.328)).as_deref(), Some("2–33\u{202f}%"));
        assert_eq!(printed(Some(0.7), Some(0.7)).as_deref(), Some("70\u{202f}%"));
        assert_eq!(printed(Some(0.0), Some(0.004)).as_deref(), Some("0–0.4\u{202f}%"));
        assert_eq!(printed(Some(0.995), Some(1.0)).as_deref(), Some("99.5–100\u{202f}%"));
        assert_eq!(printed(None, None), None);
    }

    #[test]
    fn a_bound_prints_the_end_that_is_meant() {
        assert_eq!(
            printed_range(Some(0.01), Some(1.0), Bound::Lower).as_deref(),
            Some("at least 1\u{202f}%")
        );
        assert_eq!(
            printed_range(None, Some(0.2), Bound::Upper).as_deref(),
            Some("at most 20\u{202f}%")
        );
    }
}
