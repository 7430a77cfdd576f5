use std::fmt;

/// Why the command ends early, or with a code other than 0.
///
/// The kind alone decides the exit code, so that a script can rely on it whatever the words are.
#[derive(Debug)]
pub(crate) struct CommandError {
    /// Decides the exit code.
    pub(crate) kind: ErrorKind,
    /// What happened: one or more sentences that name the file, the line or the byte. Empty when
    /// everything has been said already.
    pub(crate) error: String,
    /// What to do about it, one sentence each.
    pub(crate) hints: Vec<String>,
}

/// Sorts of ends, one an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The question was understood and nothing answers it.
    NothingFound,
    /// The command line makes no sense.
    Usage,
    /// Some inputs failed; the rest is written.
    SomeFailed,
    /// A `--fail-on` gate tripped.
    Gate,
    /// The ledger cannot be read, is locked or of a newer version.
    Ledger,
    /// Ctrl-C ended it.
    Interrupted,
    /// The reader of our output has gone: no error at all, and nobody to tell.
    BrokenPipe,
}

impl ErrorKind {
    /// The exit code that the help promises.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::BrokenPipe => 0,
            Self::NothingFound => 1,
            Self::Usage => 2,
            Self::SomeFailed => 3,
            Self::Gate => 4,
            Self::Ledger => 5,
            Self::Interrupted => 130,
        }
    }
}

impl CommandError {
    /// An error without hints.
    pub(crate) fn new(kind: ErrorKind, error: impl Into<String>) -> Self {
        Self { kind, error: error.into(), hints: Vec::new() }
    }

    /// The same error with one more hint.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)?;
        for (i, hint) in self.hints.iter().enumerate() {
            if i > 0 || !self.error.is_empty() {
                f.write_str(" ")?;
            }
            f.write_str(hint)?;
        }
        Ok(())
    }
}

/// Writing to stdout or stderr failed. A reader that went away (`| head`) is not an error.
impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::new(ErrorKind::BrokenPipe, ""),
            _ => Self::new(
                ErrorKind::SomeFailed,
                format!("The output could not be written: {error}."),
            )
            .hint("Look whether the disk is full."),
        }
    }
}

/// The ledger's errors name the file and the cure already.
impl From<sayso_ledger::LedgerError> for CommandError {
    fn from(error: sayso_ledger::LedgerError) -> Self {
        let kind = match &error {
            sayso_ledger::LedgerError::Cursor { .. } => ErrorKind::Usage,
            error if error.is_unusable() => ErrorKind::Ledger,
            _ => ErrorKind::NothingFound,
        };
        let mut words = error.to_string();
        // Some are sentences, some end with a value; a hint follows.
        if !words.ends_with(['.', '!', '?']) {
            words.push('.');
        }
        Self::new(kind, words).hint(error.hint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_went_away_is_no_error() {
        let gone = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        assert_eq!(CommandError::from(gone).kind.code(), 0);
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert_eq!(CommandError::from(full).kind.code(), 3);
    }

    #[test]
    fn hints_follow_the_error() {
        let error = CommandError::new(ErrorKind::Ledger, "a.db is locked.").hint("Wait.");
        assert_eq!(error.to_string(), "a.db is locked. Wait.");
    }
}
