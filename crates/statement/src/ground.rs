//! What the layers of meaning need to know of the whole article before they read one statement:
//! its words and the places that it names. Read once an article, so that reading all statements
//! stays linear in the text.

use std::ops::Range;

use sayso_language::Language;
use sayso_model::Span;

use crate::{
    tables::Tables,
    words::{self, Word},
};

/// The words and places of one article.
#[derive(Debug, Clone)]
pub struct Ground<'a> {
    /// All words in order.
    pub words: Vec<Word<'a>>,
}

impl<'a> Ground<'a> {
    /// Reads the article once.
    pub fn read(language: &Language<'a>, _tables: &Tables) -> Self {
        let mut sentence = 0;
        let words = words::split(language.text, |byte| {
            while language.sentences.get(sentence + 1).is_some_and(|s| s.span.start <= byte) {
                sentence += 1;
            }
            sentence as u32
        });
        Self { words }
    }

    /// The words inside a span, as a range of indices (binary search).
    pub fn words_in(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|w| w.span.start < span.start);
        let end = self.words.partition_point(|w| w.span.end <= span.end);
        start..end.max(start)
    }
}
