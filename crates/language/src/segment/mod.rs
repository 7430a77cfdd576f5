//! Paragraphs, tokens and sentences.

mod boundary;
mod learn;
mod paragraphs;
mod sentences;
mod table;
mod tokens;
mod words;

use sayso_model::Span;

use crate::{Sentence, Token, Upos};

pub use learn::{Sentenced, Settings, judge_sentences, learn_sentences};
pub(crate) use table::TABLE;
pub(crate) use tokens::is_word;

/// Paragraphs, sentences and tokens of a text, each in order.
pub(crate) fn segment(text: &str) -> (Vec<Span>, Vec<Sentence>, Vec<Token>) {
    let paragraphs = paragraphs::paragraphs(text);
    let mut sentences = Vec::new();
    let mut tokens = Vec::new();
    let mut spans = Vec::new();
    for (p, paragraph) in paragraphs.iter().enumerate() {
        spans.clear();
        tokens::tokenize(text, *paragraph, &mut spans);
        for range in sentences::sentences(text, &spans) {
            let first = tokens.len();
            let sentence = sentences.len();
            tokens.extend(spans[range.clone()].iter().map(|span| token(*span, sentence)));
            sentences.push(Sentence {
                span: spans[range.start].cover(spans[range.end - 1]),
                tokens: first..tokens.len(),
                paragraph: p,
            });
        }
    }
    (paragraphs, sentences, tokens)
}

/// A token that no tagger has seen.
pub(crate) fn token(span: Span, sentence: usize) -> Token {
    Token { span, sentence, upos: Upos::X, xpos: "", lemma: Box::default(), head: None, deprel: "" }
}
