//! The sentence that a statement's words stand in, for words that say little by themselves.

use sayso_model::{PrintedSpan, Span, Statement};
use serde::Serialize;

use crate::{Ledger, error::Result, fetch};

/// Characters on each side at which a sentence is cut.
const MAX_SIDE: usize = 240;

/// A sentence with some words of it marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// What precedes the words.
    pub before: String,
    /// The words.
    pub words: String,
    /// What follows them.
    pub after: String,
}

impl Ledger {
    /// The sentence around a statement's words; nothing where they no longer fit their article.
    ///
    /// # Errors
    /// [`crate::LedgerError::NotFound`] where the article is gone.
    pub fn sentence_of(&self, statement: &Statement) -> Result<Option<Sentence>> {
        let words = statement.content.iter().map(PrintedSpan::span).reduce(Span::cover);
        let Some(words) = words else { return Ok(None) };
        let article = self.read(|connection| fetch::article(connection, &statement.article.id))?;
        Ok(around(&article.text, words))
    }
}

fn around(text: &str, words: Span) -> Option<Sentence> {
    let (before, inside) = (text.get(..words.start as usize)?, text.get(words.range())?);
    let after = text.get(words.end as usize..)?;
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
    // A point ends a sentence where white space follows it: "2.5" and "U.S." stay whole, mostly.
    let start = before
        .char_indices()
        .rev()
        .find(|(at, c)| {
            let rest = &before[at + c.len_utf8()..];
            *c == '\n' || (ends(*c) && rest.starts_with([' ', '”', '"']))
        })
        .map_or(0, |(at, c)| at + c.len_utf8());
    let end = after
        .char_indices()
        .find(|(at, c)| {
            let rest = &after[at + c.len_utf8()..];
            *c == '\n' || (ends(*c) && (rest.is_empty() || rest.starts_with([' ', '\n', '”', '"'])))
        })
        .map_or(after.len(), |(at, c)| if c == '\n' { at } else { at + c.len_utf8() });
    let line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = line(&before[start..]).trim_start_matches(['”', '"', ' ']).to_owned();
    let skipped = before.chars().count().saturating_sub(MAX_SIDE);
    let mut shown: String = before.chars().skip(skipped).collect();
    if skipped > 0 {
        shown.insert(0, '…');
    }
    let after = line(&after[..end]);
    let mut rest: String = after.chars().take(MAX_SIDE).collect();
    if rest.len() < after.len() {
        rest.push('…');
    }
    Some(Sentence { before: shown, words: line(inside), after: rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, words: &str) -> (String, String) {
        let start = text.find(words).expect("the words stand there");
        let found = around(text, Span::new(start, start + words.len())).expect("they fit");
        assert_eq!(found.words, words);
        (found.before, found.after)
    }

    #[test]
    fn a_sentence_ends_at_its_point() {
        let text =
            "Rates rose to 2.5 percent. The union rejected the decision on Monday. It rained.";
        let own = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(of(text, "the decision"), own("The union rejected", "on Monday."));
        assert_eq!(of(text, "percent"), own("Rates rose to 2.5", "."));
        assert_eq!(of("Title\nThe end", "The end"), own("", ""));
        assert_eq!(of("“We go.” She left it", "left"), own("She", "it"));
    }
}
