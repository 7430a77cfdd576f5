use serde::{Deserialize, Serialize};

use crate::span::PrintedSpan;

/// When a forecast can come true, anchored on the publication date and frozen with the reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// First day; null where the article has no date or the words name none.
    pub earliest: Option<jiff::civil::Date>,
    /// Last day of the plain reading; null is open-ended.
    pub latest: Option<jiff::civil::Date>,
    /// Last day of the generous reading.
    pub latest_soft: Option<jiff::civil::Date>,
    /// How exact the words are.
    pub precision: WindowPrecision,
    /// How the event stands to the time.
    pub relation: Relation,
    /// The words.
    pub text: String,
    /// The rule of `data/en/windows.toml` that fired, with the table's version
    /// (`coming-days@1`).
    pub rule: String,
    /// The words in the article.
    pub span: PrintedSpan,
}

/// How exact a window's words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowPrecision {
    /// "on 9 March"
    Day,
    /// "in March"
    Month,
    /// "by the end of the year"
    Year,
    /// "in the coming days"
    Vague,
    /// "before the talks begin": resolves only when the event has a date
    Event,
    /// "eventually"
    Open,
}

/// How the event stands to the time named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Inside it.
    In,
    /// Before its end.
    By,
    /// Before it begins.
    Before,
    /// After it.
    After,
}
