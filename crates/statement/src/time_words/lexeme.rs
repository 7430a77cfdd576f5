//! The words of an article as the grammar of time sees them.
//!
//! The words that tables of meaning match keep a hyphen inside ("third-quarter"); here each side of
//! it stands alone, since "mid-March" and "two-year" hold a time of their own.

use std::{borrow::Cow, ops::Range};

use sayso_language::Language;
use sayso_model::Span;

use super::{pattern::Slots, vocabulary::Vocabulary};
use crate::{
    numeral,
    word_lists::List,
    words::{Word, WordKind},
};

/// A word, a part of a hyphenated word, a number or a mark.
#[derive(Debug, Clone)]
pub struct Lexeme<'a> {
    /// Its letters in lower case.
    pub lower: Cow<'a, str>,
    /// Its bytes.
    pub span: Span,
    /// Index of its word among the article's words.
    pub word: usize,
    /// Index of the token of the language core that holds its first byte.
    pub token: Option<usize>,
    /// Begins with a capital letter.
    pub capital: bool,
    /// No white space before it.
    pub glued: bool,
    /// What it is made of.
    pub kind: WordKind,
    /// Its classes among the words of time.
    pub slots: Slots,
}

impl Lexeme<'_> {
    /// True when it is one of `words`.
    pub fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&self.lower.as_ref())
    }

    /// True when the lexeme stands in a list of the tables.
    pub(crate) fn is_in(&self, list: List) -> bool {
        list.has(&self.lower)
    }

    /// The value of plain digits.
    pub fn digits(&self) -> Option<i32> {
        let plain = self.kind == WordKind::Number && self.lower.len() <= 9;
        plain.then(|| self.lower.parse().ok())?
    }
}

/// The lexemes of some of the article's words.
pub fn lexemes<'a>(
    vocabulary: &Vocabulary,
    language: &Language<'_>,
    words: &'a [Word<'a>],
    range: Range<usize>,
) -> Vec<Lexeme<'a>> {
    let mut out: Vec<Lexeme> = Vec::with_capacity(range.len() + 8);
    let first = words.get(range.start).map_or(0, |w| w.span.start);
    let mut token = language.tokens.partition_point(|t| t.span.end <= first);
    let mut last_end = None;
    for (index, word) in words.get(range.clone()).unwrap_or_default().iter().enumerate() {
        let mut push = |from: usize, to: usize, lower: Cow<'a, str>, kind| {
            let span = Span::new(word.span.start as usize + from, word.span.start as usize + to);
            while language.tokens.get(token).is_some_and(|t| t.span.end <= span.start) {
                token += 1;
            }
            let holds = language.tokens.get(token).is_some_and(|t| t.span.start <= span.start);
            let glued = last_end == Some(span.start);
            last_end = Some(span.end);
            let capital = word.capital && from == 0
                || language
                    .text
                    .get(span.start as usize..)
                    .is_some_and(|t| t.chars().next().is_some_and(char::is_uppercase));
            out.push(Lexeme {
                slots: vocabulary.slots(&lower, capital),
                lower,
                span,
                word: range.start + index,
                token: holds.then_some(token),
                capital,
                glued,
                kind,
            });
        };
        let whole = word.span.len();
        // Lower case may have other bytes than the text: such a word is no word of time.
        let parts = word.lower.contains('-') && word.lower.len() == whole;
        if !parts {
            push(0, whole, word.lower.clone(), word.kind);
            continue;
        }
        let mut from = 0;
        for (i, part) in word.lower.split('-').enumerate() {
            if i > 0 {
                push(from - 1, from, Cow::Borrowed("-"), WordKind::Mark);
            }
            if !part.is_empty() {
                let number = part.starts_with(|c: char| c.is_ascii_digit());
                let kind = if number { WordKind::Number } else { WordKind::Letters };
                push(from, from + part.len(), Cow::Owned(part.to_owned()), kind);
            }
            from += part.len() + 1;
        }
    }
    out
}

/// A number read from lexemes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value; negative where the words leave it open ("several").
    pub value: f64,
    /// How many lexemes it takes.
    pub length: usize,
}

/// The value that stands for a number that the words leave open.
pub const OPEN: f64 = -1.0;

/// "3", "2.5", "twenty-four", "two hundred", "a dozen", "two and a half", "1 1/2", "a few".
pub fn number(lexemes: &[Lexeme], at: usize) -> Option<Number> {
    let lower = |i: usize| lexemes.get(i).map_or("", |l| l.lower.as_ref());
    let open = |length| Some(Number { value: OPEN, length });
    match (lower(at), lower(at + 1), lower(at + 2)) {
        ("a", "couple", "of") => return Some(Number { value: 2.0, length: 3 }),
        ("couple", "of", _) | ("a", "couple", _) => return Some(Number { value: 2.0, length: 2 }),
        ("a", "dozen", _) => return Some(Number { value: 12.0, length: 2 }),
        ("half", "a" | "an" | "-", _) => return Some(Number { value: 0.5, length: 2 }),
        ("half", _, _) => return Some(Number { value: 0.5, length: 1 }),
        ("few" | "several" | "many", _, _) => return open(1),
        ("dozens" | "hundreds" | "thousands" | "tens" | "millions", "of", "thousands") => {
            return if lower(at + 3) == "of" { open(4) } else { open(3) };
        }
        ("a", "few", _) | ("dozens" | "hundreds" | "thousands" | "millions", "of", _) => {
            return open(2);
        }
        _ => {}
    }
    let mut i = at;
    let article = matches!(lower(at), "a" | "one")
        && (numeral::scale(lower(at + 1)).is_some() || lower(at + 1) == "half");
    if !article && matches!(lower(at), "a" | "an") {
        return Some(Number { value: 1.0, length: 1 });
    }
    let mut value = 0.0;
    let mut group = if article {
        1.0
    } else {
        let first = lexemes.get(at)?;
        if first.kind == WordKind::Number {
            numeral::digits(&first.lower)?
        } else {
            numeral::small(&first.lower)?
        }
    };
    i += 1;
    let in_words = lexemes.get(at).is_some_and(|l| l.kind == WordKind::Letters);
    loop {
        let word = lower(i);
        let tens = in_words && (20.0..100.0).contains(&group) && group % 10.0 == 0.0;
        if let Some(scale) = numeral::scale(word).filter(|_| word.len() > 2 && !word.ends_with('s'))
        {
            if scale < 1e3 {
                group *= scale;
            } else {
                value += group * scale;
                group = 0.0;
            }
            i += 1;
        } else if tens && word == "-" && numeral::small(lower(i + 1)).is_some_and(|n| n < 10.0) {
            group += numeral::small(lower(i + 1)).unwrap_or_default();
            i += 2;
        } else if let Some(n) = numeral::small(word)
            .filter(|n| in_words && (tens && *n < 10.0 || group >= 100.0 && group % 100.0 == 0.0))
        {
            group += n;
            i += 1;
        } else {
            break;
        }
    }
    value += group;
    // "two and a half", "1 1/2"
    if (lower(i), lower(i + 1), lower(i + 2)) == ("and", "a", "half") {
        return Some(Number { value: value + 0.5, length: i + 3 - at });
    }
    if (lower(i), lower(i + 1), lower(i + 2)) == ("1", "/", "2") {
        return Some(Number { value: value + 0.5, length: i + 3 - at });
    }
    Some(Number { value, length: i - at })
}

/// A year in words: "nineteen ninety-four".
pub fn year_in_words(lexemes: &[Lexeme], at: usize) -> Option<Number> {
    let century = numeral::small(&lexemes.get(at)?.lower).filter(|n| (16.0..=20.0).contains(n))?;
    let rest = number(lexemes, at + 1).filter(|n| (10.0..100.0).contains(&n.value))?;
    let in_words = lexemes.get(at + 1)?.kind == WordKind::Letters;
    in_words.then_some(Number { value: century * 100.0 + rest.value, length: rest.length + 1 })
}
