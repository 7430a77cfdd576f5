//! What a reader asks for: words and fields.

mod parse;
mod print;

use jiff::civil::Date;
use sayso_model::Kind;

/// What to find. All parts that are set must hold. [`Query::default`] finds every statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Words and phrases that must occur in the statement's words, its names or its article's
    /// title; inflected forms count ("capture" finds "captured").
    pub words: Vec<String>,
    /// Words of the speaker's name or role.
    pub speaker: Option<String>,
    /// Words of the name of somebody in the chain, or of the outlet.
    pub via: Option<String>,
    /// Words of a place's name.
    pub place: Option<String>,
    /// Class of the event (`capture`).
    pub event: Option<String>,
    /// Name of the outlet, case aside.
    pub outlet: Option<String>,
    /// What the statement does.
    pub kind: Option<Kind>,
    /// The certainty's words ("likely"), case aside.
    pub term: Option<String>,
    /// Published before this day.
    pub before: Option<Date>,
    /// Published on this day or later.
    pub after: Option<Date>,
    /// Where the forecast's window stands.
    pub window: Option<WindowState>,
    /// Id or beginning of the id of the article the statement stands in.
    pub article: Option<String>,
    /// How many statements a page has; 0 is [`Query::PAGE`].
    pub limit: usize,
    /// Where the page begins: `Page::next` of the page before.
    pub cursor: Option<String>,
}

/// Where a forecast's window stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowState {
    /// Its last day, by the generous reading, is that day or later, or it has none.
    Open(Date),
    /// Its last day, by the generous reading, lies before that day; nothing more is said.
    Passed(Date),
}

impl Query {
    /// Statements on a page where the query does not say.
    pub const PAGE: usize = 50;
}

/// A field of a query that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: cannot be read: {value}. {expected}")]
pub struct QueryError {
    /// The field.
    pub field: &'static str,
    /// What was given.
    pub value: String,
    /// What can stand there, as a sentence.
    pub expected: String,
}
