//! Language becomes statements: who said what, through whom, how sure, about which event, where
//! and when.
//!
//! [`read`] is the entry. Each layer of meaning is one module with one entry function of the same
//! shape, `read(&Context, &Attribution)`: the list of modules is the list of ideas. Everything
//! English stands in the [`Tables`], which are data.

mod assemble;
pub mod attribution;
pub mod certainty;
pub mod chain;
pub mod condition;
pub mod drift;
pub mod event;
pub mod factuality;
pub mod ground;
pub mod judgement;
pub mod kind;
mod lists;
pub mod meaning;
pub mod numeral;
mod participant;
pub mod passage;
pub mod place;
pub mod polarity;
pub mod quantity;
pub mod reading;
pub mod speaker;
pub mod split;
pub mod tables;
pub mod time;
pub mod window;
pub mod words;
pub mod worth;

pub use assemble::{EXTRACTOR, read, statements, weighed};
pub use ground::Ground;
pub use tables::{TableError, Tables};

use sayso_language::Language;
use sayso_model::{Article, Span, Speech};

/// What every layer may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The article, for its dates and names.
    pub article: &'a Article,
    /// Its language.
    pub language: &'a Language<'a>,
    /// The shipped tables, or a user's own.
    pub tables: &'a Tables,
    /// The article's words and places, read once ([`Ground::read`]).
    pub ground: &'a Ground<'a>,
}

impl Context<'_> {
    /// Index of the language's token that begins where a span does (binary search).
    pub fn token_at(&self, span: Span) -> Option<usize> {
        let tokens = &self.language.tokens;
        let at = tokens.partition_point(|t| t.span.start < span.start);
        tokens.get(at).filter(|t| t.span.start == span.start).map(|_| at)
    }
}

/// Who, that they say it, and what they say, as spans of the article.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Who; may be empty ("reportedly") or in several pieces.
    pub source: Vec<Span>,
    /// "said", "according to"; empty for a continuation.
    pub cue: Vec<Span>,
    /// What; in order, not overlapping, never empty.
    pub content: Vec<Span>,
    /// Verbatim, paraphrased or both.
    pub speech: Speech,
    /// Index of the attribution in whose content this one stands.
    pub within: Option<usize>,
    /// Index of the attribution that passes this one on without holding its cue ("According to
    /// Berg, the dam holds, the agency writes").
    pub relayed: Option<usize>,
    /// Index of the attribution that this one carries on without a cue of its own.
    pub continues: Option<usize>,
    /// Is this extraction right? 0 to 1.
    pub confidence: f32,
}

impl Attribution {
    /// The attribution through which this one reached print: the one around it or the one that
    /// passes it on.
    pub fn outer(&self) -> Option<usize> {
        self.within.or(self.relayed)
    }
}
