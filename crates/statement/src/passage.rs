//! The words of one statement's content, with the clauses that hedges and negations reach over.

use std::ops::Range;

use sayso_model::Span;

use crate::{
    Attribution, Context,
    tables::{ContentClass, Found, List},
    words::Word,
};

/// The most words of a content that are read for what they mean. A longer one is a whole speech,
/// its main claim stands at its head, and some of the layers look at every pair of their finds.
const MOST_WORDS: usize = 1000;

/// The words of some spans of the article, in order.
#[derive(Debug, Clone)]
pub struct Passage<'a> {
    /// The words.
    pub words: Vec<&'a Word<'a>>,
    /// Index of the first word in the article's words.
    pub first: usize,
    /// The words of certainty, as the table finds them.
    pub(crate) hedges: Vec<Found>,
    /// The words of kind, as the table finds them.
    pub(crate) modes: Vec<(ContentClass, Range<usize>)>,
    /// `clause[i]` is the number of the clause that word `i` stands in, counted from 0.
    clause: Vec<u32>,
}

impl<'a> Passage<'a> {
    /// The content of an attribution.
    pub fn content(context: &Context<'a>, attribution: &Attribution) -> Self {
        Self::of(context, &attribution.content)
    }

    /// Any spans of the article.
    pub fn of(context: &Context<'a>, spans: &[Span]) -> Self {
        let all = &context.ground.words;
        let mut words: Vec<&Word> = Vec::new();
        let mut first = None;
        for span in spans {
            let range = context.ground.words_in(*span);
            first.get_or_insert(range.start);
            let room = MOST_WORDS - words.len();
            words.extend(all.get(range).unwrap_or_default().iter().take(room));
        }
        let clause = clauses(&words);
        let hedges = context.tables.hedges.phrases.all(&words);
        let kinds = &context.tables.kinds;
        let modes = (0..words.len())
            .flat_map(|at| kinds.content.each_at(&words, at))
            .filter_map(|f| Some((*kinds.content_classes.get(f.row)?, f.words)))
            .collect();
        let first = first.unwrap_or(0);
        Self { words, first, hedges, modes, clause }
    }

    /// The word in lower case; empty outside the passage.
    pub fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.lower.as_ref())
    }

    /// True when two words stand in the same clause.
    pub fn same_clause(&self, a: usize, b: usize) -> bool {
        self.clause.get(a).is_some() && self.clause.get(a) == self.clause.get(b)
    }

    /// The words of the clause in which a word stands.
    pub fn clause_at(&self, at: usize) -> Range<usize> {
        let Some(number) = self.clause.get(at) else { return 0..0 };
        self.clause.partition_point(|c| c < number)..self.clause.partition_point(|c| c <= number)
    }

    /// The words of the sentence in which a word stands.
    pub fn sentence_at(&self, at: usize) -> Range<usize> {
        let Some(word) = self.words.get(at) else { return 0..0 };
        // Spans of a content are in order, so sentences are too.
        let number = word.sentence;
        self.words.partition_point(|w| w.sentence < number)
            ..self.words.partition_point(|w| w.sentence <= number)
    }

    /// The bytes of some words.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.words.get(range).unwrap_or_default() {
            [first, .., last] if first.span.start <= last.span.start => first.span.cover(last.span),
            [only, ..] => only.span,
            [] => Span::default(),
        }
    }

    /// True when one of `words` stands in `range`.
    pub fn has(&self, range: Range<usize>, words: &[&str]) -> bool {
        self.words.get(range).unwrap_or_default().iter().any(|w| w.is_any(words))
    }

    /// True when a word of a list stands in `range`.
    pub(crate) fn any(&self, range: Range<usize>, list: List) -> bool {
        self.words.get(range).unwrap_or_default().iter().any(|w| w.is_in(list))
    }
}

impl Passage<'_> {
    /// Whether some words hold a finite verb.
    pub(crate) fn has_finite(&self, context: &Context, range: Range<usize>) -> bool {
        let tree = &context.ground.clauses.tree;
        let finite = |t: usize| tree.form(t).form == sayso_language::clause::VerbForm::Finite;
        self.words
            .get(range)
            .unwrap_or_default()
            .iter()
            .any(|w| context.token_at(w.span).is_some_and(finite))
    }
}

/// Numbers the clauses. A comma alone ends none: "Russian forces, he said, may leave".
fn clauses(words: &[&Word]) -> Vec<u32> {
    let mut number = 0;
    let mut out = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| words.get(i));
        let begins = before.is_some_and(|last| {
            last.sentence != word.sentence
                || last.is_any(&[".", "!", "?", ";", ":", "—", "–", "-"]) && last.is_mark()
                || word.is_in(List::Openers)
                || (last.lower == "," && word.is_in(List::AfterComma) && !joins_verbs(words, i))
                // The main clause after "If …,".
                || (last.lower == "," && opens_with_condition(words, &out, number, i))
        });
        if begins {
            number += 1;
        }
        out.push(number);
    }
    out
}

/// "seize, hold or otherwise keep": the comma parts verbs of one clause.
fn joins_verbs(words: &[&Word], at: usize) -> bool {
    let Some(next) = words.get(at + 1) else { return false };
    words.get(at).is_some_and(|w| w.is_any(&["and", "or"]))
        && !next.capital
        && !next.is_in(List::Subjects)
        && !words
            .get(at + 2)
            .is_some_and(|w| w.is_any(&["will", "would", "may", "could", "is", "are"]))
}

fn opens_with_condition(words: &[&Word], clause: &[u32], number: u32, at: usize) -> bool {
    let start = clause.partition_point(|c| *c < number);
    start < at && words.get(start).is_some_and(|w| w.is_in(List::CommaEnded))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::split;

    #[test]
    fn clauses_end_where_a_hedge_stops_to_reach() {
        let words = split("If the port falls, they may leave, but it will not be soon.", |_| 0);
        let words: Vec<&Word> = words.iter().collect();
        let numbers = clauses(&words);
        let of = |form: &str| numbers[words.iter().position(|w| w.lower == form).expect("a word")];
        assert_eq!(of("if"), of("falls"));
        assert_ne!(of("falls"), of("may"));
        assert_eq!(of("may"), of("leave"));
        assert_ne!(of("leave"), of("soon"));
    }
}
