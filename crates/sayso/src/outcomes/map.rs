//! The map: how the rows of a file are read, and which questions they decide.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

use super::{DataError, name};

/// A map file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Map {
    /// Who resolves: the name under which scores are given.
    pub(crate) resolver: String,
    /// Where the data can be read.
    #[serde(default)]
    pub(crate) url: Option<String>,
    /// The columns.
    pub(crate) rows: Rows,
    /// What the rows show.
    pub(crate) rule: Rule,
    /// The question that they decide.
    pub(crate) question: QuestionMap,
}

/// Which column says what.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rows {
    /// The day of a row.
    pub(crate) day: String,
    /// How days are written, in the letters of `strftime`.
    #[serde(default = "iso")]
    pub(crate) day_format: String,
    /// What stands in a cell that holds nothing ("NA"); an empty one always does.
    #[serde(default)]
    pub(crate) missing: Option<String>,
    /// In a wide table the columns that are subjects; `["*"]` is every column but the day's.
    #[serde(default)]
    pub(crate) each: Vec<String>,
    /// In a long table the column that names the subject.
    #[serde(default)]
    pub(crate) subject: Option<String>,
    /// The column of the number, in a long table or one of a single subject.
    #[serde(default)]
    pub(crate) value: Option<String>,
    /// How a cell reads: names with what stands between them ("flag:share").
    #[serde(default)]
    pub(crate) cell: Option<String>,
    /// Which of these names is the number.
    #[serde(rename = "use", default)]
    pub(crate) used: Option<String>,
}

fn iso() -> String {
    "%Y-%m-%d".to_owned()
}

/// What rows show.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Rule {
    /// A number that passes a bar and stays there for some hours.
    Level {
        /// The bar from below.
        #[serde(default)]
        at_least: Option<f64>,
        /// The bar from above.
        #[serde(default)]
        at_most: Option<f64>,
        /// How long without a reversal.
        #[serde(default)]
        hours: u32,
    },
    /// A number that is higher or lower than the one of the row before.
    Change {
        /// `up`, `down` or `same`.
        turn: Turn,
    },
    /// Rows that are events: each that fits says that its question came true on its day.
    Event {
        /// The cells that make it true, by column.
        came_true: BTreeMap<String, String>,
        /// The cells that make it untrue; without them rows that do not fit say nothing.
        #[serde(default)]
        did_not: BTreeMap<String, String>,
        /// The cells that make it void.
        #[serde(default)]
        void: BTreeMap<String, String>,
        /// True where what came true lasts; an event is over on its day.
        #[serde(default)]
        lasting: bool,
    },
    /// Rows that are questions with their answers.
    Answers {
        /// The column of the first day on which it could come true.
        opens: String,
        /// The column of the last one.
        closes: String,
        /// The column of the options: "(a) Yes, (b) No".
        options: String,
        /// The column of the letter of the option that came true.
        chosen: String,
        /// The cells that make it void.
        #[serde(default)]
        void: BTreeMap<String, String>,
    },
}

/// Which way a number goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Turn {
    /// Higher.
    Up,
    /// Lower.
    Down,
    /// The same.
    Same,
}

/// The question, with holes that a row fills: `{subject}` or the name of a column.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionMap {
    /// The sentence.
    pub(crate) text: String,
    /// The class of the event, as `sayso questions -o jsonl` prints it; without it the sentence alone
    /// finds the question.
    #[serde(default)]
    pub(crate) class: Option<String>,
    /// Who does it.
    #[serde(default)]
    pub(crate) actor: Option<String>,
    /// To whom or what.
    #[serde(default)]
    pub(crate) target: Option<String>,
    /// What decides it.
    #[serde(default)]
    pub(crate) criteria: Option<String>,
}

impl Map {
    /// Reads a map file.
    pub(crate) fn read(path: &Path) -> Result<Self, DataError> {
        let file = name(path);
        let text = fs::read_to_string(path)
            .map_err(|error| DataError::of_file(&file, format!("it cannot be read: {error}")))?;
        let broken = |what: String| DataError::of_file(&file, what);
        let map: Self = toml::from_str(&text).map_err(|error| {
            let row = error
                .span()
                .map(|span| 1 + text[..span.start.min(text.len())].matches('\n').count() as u64);
            DataError { row, ..broken(format!("this is no map: {}", error.message())) }
        })?;
        map.check().map_err(|what| broken(what.to_owned()))?;
        Ok(map)
    }

    fn check(&self) -> Result<(), &'static str> {
        let rows = &self.rows;
        let needs_value = matches!(self.rule, Rule::Level { .. } | Rule::Change { .. });
        if let Rule::Level { at_least, at_most, .. } = &self.rule
            && at_least.is_some() == at_most.is_some()
        {
            return Err("`rule` needs either `at_least` or `at_most`");
        }
        if needs_value && rows.each.is_empty() == rows.value.is_none() {
            return Err(
                "`rows` needs either `each` (columns that are subjects) or `value` (the column of the number)",
            );
        }
        if rows.cell.is_some() != rows.used.is_some() {
            return Err(
                "`cell` and `use` go together: how a cell reads, and which part is the number",
            );
        }
        if let (Some(cell), Some(used)) = (&rows.cell, &rows.used)
            && !cell.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == used)
        {
            return Err("`use` names no part of `cell`");
        }
        if self.resolver.trim().is_empty() {
            return Err("`resolver` is empty: scores are given under its name");
        }
        Ok(())
    }
}
