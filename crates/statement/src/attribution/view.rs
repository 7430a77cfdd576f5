//! The tokens of an article as attribution sees them: lower-cased, sorted into closed classes,
//! with the quotation and the name that each stands in.

use std::ops::Range;

use sayso_language::{Language, Upos};
use sayso_model::Span;

use super::closed::{Sort, sort_of};

/// One pass over the tokens, kept in dense arrays beside them.
pub(crate) struct View<'a> {
    pub(crate) language: &'a Language<'a>,
    lower: Vec<String>,
    sorts: Vec<Sort>,
    /// The outermost quotation of each token, marks included.
    quotation: Vec<Option<u32>>,
    name: Vec<Option<u32>>,
    /// True when a tagger ran; without one the closed classes decide alone.
    tagged: bool,
    /// First and last token of each token's subtree; empty where no parser ran.
    reach: Vec<(u32, u32)>,
}

impl<'a> View<'a> {
    pub(crate) fn new(language: &'a Language<'a>) -> Self {
        let n = language.tokens.len();
        let mut view = Self {
            language,
            lower: Vec::with_capacity(n),
            sorts: Vec::with_capacity(n),
            quotation: vec![None; n],
            name: vec![None; n],
            tagged: language.tokens.iter().any(|t| t.upos != Upos::X),
            reach: reach(language),
        };
        for (i, name) in language.names.iter().enumerate() {
            for t in language.tokens_in(name.span) {
                view.name[t] = Some(i as u32);
            }
        }
        for (i, quotation) in language.quotations.iter().enumerate() {
            if quotation.depth == 0 {
                for t in language.tokens_in(quotation.outer) {
                    view.quotation[t] = Some(i as u32);
                }
            }
        }
        for t in 0..n {
            let form = language.form(t);
            let lower = form.to_lowercase();
            let sort = view.sort(t, form, &lower);
            view.lower.push(lower);
            view.sorts.push(sort);
        }
        view
    }

    fn sort(&self, t: usize, form: &str, lower: &str) -> Sort {
        let mut sort = sort_of(lower);
        let Some(first) = form.chars().next() else { return sort };
        if let Some(q) = self.quotation[t] {
            let quotation = &self.language.quotations[q as usize];
            let span = self.language.tokens[t].span;
            if !quotation.inner.iter().any(|inner| inner.overlaps(span)) {
                // Marks: before the words of a paragraph they open, after the last they close.
                let opens = quotation.inner.iter().any(|inner| inner.start == span.end)
                    || span.start == quotation.outer.start;
                return sort | if opens { Sort::OPEN } else { Sort::CLOSE };
            }
        }
        match form {
            "," => return Sort::COMMA,
            "." | "?" | "!" | "…" | "..." | "?!" => return Sort::STOP,
            ":" | ";" => return Sort::COLON,
            "(" | ")" | "[" | "]" => return Sort::BRACKET,
            "—" | "–" | "--" | "―" | "-" => {
                // A hyphen inside a word has no space beside it.
                let span = self.language.tokens[t].span;
                let text = self.language.text.as_bytes();
                let spaced = text.get(span.end as usize).is_none_or(u8::is_ascii_whitespace)
                    || span.start == 0
                    || text.get(span.start as usize - 1).is_some_and(u8::is_ascii_whitespace);
                return if spaced || form != "-" { Sort::DASH } else { sort };
            }
            "'s" | "’s" | "'" | "’" => sort = sort | Sort::GENITIVE,
            _ => {}
        }
        if self.name[t].is_some() {
            sort = sort | Sort::NAME;
        }
        if first.is_uppercase() {
            sort = sort | Sort::CAPITAL;
        }
        if first.is_ascii_digit() {
            sort = sort | Sort::NUMBER;
        }
        if first.is_alphanumeric() {
            sort = sort | Sort::WORD;
            if first.is_lowercase() {
                let adverb = if self.tagged {
                    self.language.tokens[t].upos == Upos::Adv
                } else {
                    lower.len() > 4 && lower.ends_with("ly")
                };
                if adverb {
                    sort = sort | Sort::ADVERB;
                }
                if lower.len() > 3 && lower.ends_with("ed") && !lower.ends_with("eed") {
                    sort = sort | Sort::PARTICIPLE;
                }
            }
        }
        sort
    }

    pub(crate) fn len(&self) -> usize {
        self.sorts.len()
    }

    /// True when the token is any of these; false past either end.
    pub(crate) fn is(&self, token: usize, any: Sort) -> bool {
        self.sorts.get(token).is_some_and(|sort| sort.is(any))
    }

    /// The lower-cased form; empty past the end.
    pub(crate) fn word(&self, token: usize) -> &str {
        self.lower.get(token).map_or("", String::as_str)
    }

    pub(crate) fn name_at(&self, token: usize) -> Option<usize> {
        self.name.get(token).copied().flatten().map(|i| i as usize)
    }

    /// The outermost quotation that the token (or mark) belongs to.
    pub(crate) fn quotation_at(&self, token: usize) -> Option<usize> {
        self.quotation.get(token).copied().flatten().map(|i| i as usize)
    }

    /// The tokens of a quotation, marks included.
    pub(crate) fn quotation_tokens(&self, quotation: usize) -> Range<usize> {
        self.language.tokens_in(self.language.quotations[quotation].outer)
    }

    pub(crate) fn sentence_of(&self, token: usize) -> usize {
        self.language.tokens[token].sentence
    }

    pub(crate) fn sentence_tokens(&self, sentence: usize) -> Range<usize> {
        self.language.sentences[sentence].tokens.clone()
    }

    /// Some tokens without the full stop at their end; a closing mark keeps its own.
    pub(crate) fn without_stop(&self, mut tokens: Range<usize>) -> Range<usize> {
        while !tokens.is_empty() && self.is(tokens.end - 1, Sort::STOP) {
            tokens.end -= 1;
        }
        tokens
    }

    pub(crate) fn paragraph_of(&self, token: usize) -> usize {
        self.language.sentences[self.sentence_of(token)].paragraph
    }

    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        self.language.span_of(tokens)
    }

    /// True for a token that can only be a finite verb or begin a verb group.
    pub(crate) fn is_auxiliary(&self, token: usize) -> bool {
        let genitive = self.is(token, Sort::GENITIVE) && !self.genitive_is_verb(token);
        // "May" and "Will" are also a month and a name.
        let name = self.is(token, Sort::CAPITAL) && self.is(token, Sort::NAME | Sort::TIME);
        self.is(token, Sort::BE | Sort::HAVE | Sort::DO | Sort::MODAL) && !genitive && !name
    }

    /// "'s" is a verb after a pronoun ("he's", "it's") and a genitive elsewhere.
    fn genitive_is_verb(&self, token: usize) -> bool {
        token > 0 && self.is(token - 1, Sort::SUBJECT | Sort::QUESTION)
    }

    /// True for a token that is probably a finite verb: an auxiliary, a frequent verb, or a word in
    /// -ed that an object, a preposition or a complement follows.
    pub(crate) fn is_finite(&self, token: usize) -> bool {
        if self.is(token, Sort::CAPITAL) && self.is(token, Sort::NAME) {
            return false;
        }
        if self.tagged && token < self.len() {
            return matches!(self.language.tokens[token].xpos, "VBD" | "VBZ" | "VBP" | "MD");
        }
        if self.is_auxiliary(token) || self.is(token, Sort::VERB) {
            return true;
        }
        self.is(token, Sort::PARTICIPLE)
            && (self.is(
                token + 1,
                Sort::DETERMINER
                    | Sort::POSSESSIVE
                    | Sort::SUBJECT
                    | Sort::OBJECT
                    | Sort::PREPOSITION
                    | Sort::SUBORDINATOR
                    | Sort::NAME
                    | Sort::ADVERB
                    | Sort::COMMA
                    | Sort::STOP
                    | Sort::OPEN,
            ))
    }

    pub(crate) fn is_tagged(&self) -> bool {
        self.tagged
    }

    /// False when a tagger ran and says that the token is no verb.
    pub(crate) fn may_be_verb(&self, token: usize) -> bool {
        !self.tagged
            || self
                .language
                .tokens
                .get(token)
                .is_some_and(|t| matches!(t.upos, Upos::Verb | Upos::Aux | Upos::X))
    }

    /// The dependent of a token with one of these relations, the first in the text.
    pub(crate) fn dependent(&self, head: usize, relations: &[&str]) -> Option<usize> {
        let sentence = self.sentence_tokens(self.sentence_of(head));
        sentence.into_iter().find(|t| {
            let token = &self.language.tokens[*t];
            token.head == Some(head) && relations.contains(&token.deprel)
        })
    }

    /// The tokens of a token's subtree; `None` where no parser ran.
    pub(crate) fn subtree(&self, token: usize) -> Option<Range<usize>> {
        let (first, last) = self.reach.get(token)?;
        Some(*first as usize..*last as usize + 1)
    }
}

/// Longest climb from a token to its root that is followed: deeper trees are broken ones.
const DEEPEST: usize = 60;

fn reach(language: &Language) -> Vec<(u32, u32)> {
    if language.tokens.iter().all(|t| t.head.is_none()) {
        return Vec::new();
    }
    let mut out: Vec<(u32, u32)> =
        (0..language.tokens.len()).map(|t| (t as u32, t as u32)).collect();
    for t in 0..language.tokens.len() {
        let mut at = t;
        for _ in 0..DEEPEST {
            let Some(head) = language.tokens[at].head else { break };
            if head >= out.len() {
                break;
            }
            out[head].0 = out[head].0.min(t as u32);
            out[head].1 = out[head].1.max(t as u32);
            at = head;
        }
    }
    out
}
