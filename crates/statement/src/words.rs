//! The article as words, the view that the layers of meaning match their tables against.
//!
//! Why not the tokens of the language core: a table row such as "can't rule out" or "50-50" is
//! easier to write, to read and to match when contractions with "n't" and hyphenated words stay
//! whole, and the rows must not change when a tokenizer learns something. Tags are asked from the
//! language core where they help.

use std::borrow::Cow;

use sayso_model::Span;

use crate::word_lists::List;

/// A word, a number or a punctuation mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its bytes.
    pub span: Span,
    /// Its letters in lower case, with a straight apostrophe.
    pub lower: Cow<'a, str>,
    /// Begins with a capital letter.
    pub capital: bool,
    /// What it is made of.
    pub kind: WordKind,
    /// Index of its sentence in the article.
    pub sentence: u32,
}

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Begins with a letter or is a clitic ("'s").
    Letters,
    /// Begins with a digit.
    Number,
    /// One punctuation mark or symbol.
    Mark,
}

impl Word<'_> {
    /// True for a mark.
    pub fn is_mark(&self) -> bool {
        self.kind == WordKind::Mark
    }

    /// True when the word is one of `words`.
    pub fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&self.lower.as_ref())
    }

    /// True when the word stands in a list of the tables.
    pub(crate) fn is_in(&self, list: List) -> bool {
        list.has(&self.lower)
    }
}

/// Endings that are words of their own ("he'll" is two words). "n't" is not one of them.
const CLITICS: [&str; 6] = ["'s", "'ll", "'ve", "'re", "'d", "'m"];

/// Splits a text into words in one pass. `sentence_of` is asked with ascending byte offsets.
pub fn split(text: &str, mut sentence_of: impl FnMut(u32) -> u32) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut rest = text.char_indices().peekable();
    while let Some(&(start, first)) = rest.peek() {
        if first.is_whitespace() {
            rest.next();
            continue;
        }
        let sentence = sentence_of(start as u32);
        if !first.is_alphanumeric() {
            rest.next();
            let end = start + first.len_utf8();
            words.push(word(text, start, end, WordKind::Mark, sentence));
            continue;
        }
        let end = word_end(text, start);
        while rest.peek().is_some_and(|&(at, _)| at < end) {
            rest.next();
        }
        let kind = if first.is_numeric() { WordKind::Number } else { WordKind::Letters };
        let whole = word(text, start, end, kind, sentence);
        match CLITICS
            .iter()
            .find(|clitic| whole.lower.len() > clitic.len() && whole.lower.ends_with(**clitic))
        {
            Some(clitic) => {
                // The clitic's letters are ASCII; its apostrophe may take one byte or three.
                let letters = clitic.len() - 1;
                let mark = text[..end - letters].chars().next_back().map_or(1, char::len_utf8);
                let middle = end - letters - mark;
                words.push(word(text, start, middle, kind, sentence));
                words.push(word(text, middle, end, WordKind::Letters, sentence));
            }
            None => words.push(whole),
        }
    }
    words
}

fn word(text: &str, start: usize, end: usize, kind: WordKind, sentence: u32) -> Word<'_> {
    let form = text.get(start..end).unwrap_or_default();
    let lower = if form.chars().any(|c| c.is_uppercase() || c == '’') {
        Cow::Owned(form.to_lowercase().replace('’', "'"))
    } else {
        Cow::Borrowed(form)
    };
    let capital = form.chars().next().is_some_and(char::is_uppercase);
    Word { span: Span::new(start, end), lower, capital, kind, sentence }
}

/// Where the word that begins at `start` ends: letters and digits, and between them an
/// apostrophe, a hyphen, a full stop of an acronym, a point or comma of a number.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut run = 0; // letters since the last joint
    let mut digits = false;
    let mut dotted = false;
    let mut rest = text.get(start..).unwrap_or_default().chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_alphanumeric() || is_combining(c) {
            digits = c.is_numeric();
            run += 1;
            end += c.len_utf8();
            continue;
        }
        let next = rest.peek().copied();
        let letter_next = next.is_some_and(char::is_alphabetic);
        let joins = match c {
            '\'' | '’' | 'ʼ' => letter_next,
            '-' | '\u{2010}' | '\u{2011}' => next.is_some_and(char::is_alphanumeric),
            ',' => digits && next.is_some_and(char::is_numeric),
            '.' => {
                (digits && next.is_some_and(char::is_numeric))
                    || (run == 1 && letter_next && !digits)
            }
            _ => false,
        };
        if !joins {
            // The last full stop of an acronym belongs to it ("U.S.").
            if c == '.' && dotted && run == 1 {
                end += 1;
            }
            break;
        }
        dotted = c == '.' && !digits;
        run = 0;
        end += c.len_utf8();
    }
    end
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        split(text, |_| 0).into_iter().map(|w| w.lower.into_owned()).collect()
    }

    #[test]
    fn words_keep_what_tables_need_whole() {
        assert_eq!(
            forms("Orlanda’s army won't, he'll say, lose 1,250.5 of its 50-50 U.S. bets."),
            [
                "orlanda", "'s", "army", "won't", ",", "he", "'ll", "say", ",", "lose", "1,250.5",
                "of", "its", "50-50", "u.s.", "bets", "."
            ]
        );
    }

    #[test]
    fn spans_are_the_words_in_any_script() {
        let text = "Ŵrd’s 70% «дом»\u{301} — 日本 e\u{301}tat’ll 🏛.";
        for w in split(text, |_| 0) {
            assert!(!w.span.of(text).is_empty(), "{w:?}");
            assert_eq!(w.span.of(text).to_lowercase().replace('’', "'"), w.lower);
        }
    }
}
