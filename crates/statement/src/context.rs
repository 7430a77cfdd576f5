//! What every layer of meaning may look at, and what it reads: an attribution.

use sayso_language::Language;
use sayso_model::{Article, Span, Speech};

use crate::{Ground, Tables};

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
