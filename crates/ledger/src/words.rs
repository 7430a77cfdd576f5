//! What people write beside a record: names and reasons of some length, that can be seen.

use crate::error::{Fault, LedgerError};

/// Characters of a reviewer's name.
pub const NAME: usize = 120;
/// Characters of a reason, and of any other field that a person fills in.
pub const FIELD: usize = 1000;

/// Refuses words that are too long or hold what cannot be seen: control characters, and marks that turn
/// the direction of what follows.
///
/// # Errors
/// [`LedgerError::Words`].
pub fn check_words(what: &str, words: &str, most: usize) -> Result<(), LedgerError> {
    let wrong = |reason: String| Err(LedgerError::Words { what: what.to_owned(), reason });
    let long = words.chars().take(most + 1).count() > most;
    if long {
        return wrong(format!("it has more than {most} characters"));
    }
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if words.contains(unseen) {
        return wrong("it holds characters that cannot be seen".to_owned());
    }
    Ok(())
}

/// The same for a reviewer and a reason.
pub(crate) fn check(reviewer: &str, reason: &str) -> Result<(), Fault> {
    check_words("reviewer", reviewer, NAME)?;
    Ok(check_words("reason", reason, FIELD)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_can_be_seen() {
        for fine in ["Ines Holt", "Étienne Brask", "", "O’Neil (harbour)", &"é".repeat(NAME)] {
            assert!(check_words("reviewer", fine, NAME).is_ok(), "{fine}");
        }
        for wrong in ["a\0b", "a\rb", "a\nb", "a\u{202e}b", &"e".repeat(NAME + 1)] {
            assert!(check_words("reviewer", wrong, NAME).is_err(), "{wrong:?}");
        }
    }
}
