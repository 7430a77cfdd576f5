//! Words as they are compared: without case, punctuation and the shape of marks.

use sayso_model::Span;

/// A word, or a gap that the draft leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// The word in lower case, its apostrophes straight; empty for a gap.
    pub(super) key: String,
    /// As it is written.
    pub(super) text: &'a str,
    /// Where, in bytes of the text that was cut.
    pub(super) span: Span,
}

impl Token<'_> {
    /// True for an ellipsis or an insertion in brackets, which stand for any words.
    pub(super) fn is_gap(&self) -> bool {
        self.key.is_empty()
    }

    /// The same word in a text in which so many bytes precede the one that was cut.
    pub(super) fn moved(self, by: u32) -> Self {
        let Span { start, end } = self.span;
        Self { span: Span { start: start + by, end: end + by }, ..self }
    }
}

/// Signs that say something by themselves: five percent is not five.
const SIGNS: [char; 5] = ['%', '€', '$', '£', '°'];

/// The words of a text in their order. A hyphen parts two words; a point or a comma inside a number and
/// an apostrophe inside a word do not.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, c)) = characters.next() {
        if SIGNS.contains(&c) {
            found.push(token(text, start, start + c.len_utf8()));
            continue;
        }
        if !c.is_alphanumeric() {
            continue;
        }
        let (mut end, mut last) = (start + c.len_utf8(), c);
        while let Some(&(at, next)) = characters.peek() {
            let rest = text.get(at + next.len_utf8()..).and_then(|rest| rest.chars().next());
            let joins = rest.is_some_and(|after| match next {
                '\'' | '’' => after.is_alphanumeric(),
                '.' | ',' => last.is_ascii_digit() && after.is_ascii_digit(),
                _ => false,
            });
            if !next.is_alphanumeric() && !is_mark(next) && !joins {
                break;
            }
            end = at + next.len_utf8();
            last = next;
            characters.next();
        }
        found.push(token(text, start, end));
    }
    found
}

/// Combining accents belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn token(text: &str, start: usize, end: usize) -> Token<'_> {
    let span = Span::new(start, end);
    let text = span.of(text);
    Token { key: text.to_lowercase().replace('’', "'"), text, span }
}

/// The words of a draft's quotation, with a gap for each ellipsis and each insertion in brackets.
pub(super) fn needle(words: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut from = 0;
    let bytes = |at: usize| words.get(at..).unwrap_or_default();
    let mut at = 0;
    while at < words.len() {
        let rest = bytes(at);
        let gap = if rest.starts_with('…') {
            '…'.len_utf8()
        } else if rest.starts_with("...") {
            rest.len() - rest.trim_start_matches('.').len()
        } else if rest.starts_with('[') {
            rest.find(']').map_or(0, |end| end + 1)
        } else {
            0
        };
        if gap == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        push_words(&mut found, words, from, at);
        let is_new = found.last().is_some_and(|token| !token.is_gap());
        if is_new {
            let span = Span::new(at, at + gap);
            found.push(Token { key: String::new(), text: span.of(words), span });
        }
        at += gap;
        from = at;
    }
    push_words(&mut found, words, from, words.len());
    // What is left out at the end is no part of the quotation.
    while found.last().is_some_and(Token::is_gap) {
        found.pop();
    }
    found
}

fn push_words<'a>(found: &mut Vec<Token<'a>>, words: &'a str, from: usize, to: usize) {
    let piece = words.get(from..to).unwrap_or_default();
    found.extend(tokens(piece).into_iter().map(|token| token.moved(from as u32)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.key).collect()
    }

    #[test]
    fn case_marks_and_points_are_no_difference() {
        assert_eq!(keys("“We won’t go,”"), keys("we won't GO."));
        assert_eq!(keys("a well-known “man”"), ["a", "well", "known", "man"]);
        assert_eq!(keys("2.5 percent, 3,000 men."), ["2.5", "percent", "3,000", "men"]);
        assert_ne!(keys("5 %"), keys("5"));
        assert_ne!(keys("Zürnhafen"), keys("Zurnhafen"));
    }

    #[test]
    fn words_stand_where_they_are() {
        let text = "Ça va… «été» 🏛 d’accord";
        for token in tokens(text) {
            assert_eq!(token.span.of(text), token.text);
        }
        for token in needle(text) {
            assert_eq!(token.span.of(text), token.text);
        }
    }

    #[test]
    fn what_is_left_out_is_a_gap() {
        let keys = |text: &str| -> Vec<String> {
            needle(text).into_iter().map(|token| token.key).collect()
        };
        assert_eq!(keys("… we … hold [the town] now ..."), ["we", "", "hold", "", "now"]);
        assert_eq!(keys("we […] hold"), ["we", "", "hold"]);
        assert_eq!(keys("an [open bracket"), ["an", "open", "bracket"]);
        assert!(keys("…").is_empty());
    }
}
