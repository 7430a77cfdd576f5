//! What is wrong with a table.

/// What is wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {row}: {problem}")]
pub struct TableError {
    /// The file, as it lies in the repository, or a user's own.
    pub file: String,
    /// The row: a line number, a section's name.
    pub row: String,
    /// What is wrong, in one sentence without a full stop.
    pub problem: String,
}

impl TableError {
    pub(crate) fn new(
        file: &str,
        row: impl std::fmt::Display,
        problem: impl std::fmt::Display,
    ) -> Self {
        Self { file: file.to_owned(), row: format!("{row}"), problem: format!("{problem}") }
    }

    /// What the reader of TOML has against a text, with the line of it; line 0 where it names none.
    pub(crate) fn of_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let before = error.span().and_then(|span| text.get(..span.start));
        Self::new(file, before.map_or(0, |b| b.matches('\n').count() + 1), error.message())
    }
}
