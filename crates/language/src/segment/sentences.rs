//! Where a sentence ends.

use std::ops::Range;

use sayso_model::Span;

use super::TABLE;
use super::boundary::{self, Place, Seen};
use crate::steps::step;

/// Tokens of a sentence at most. The longest of newspapers have some three hundred; what is longer is
/// a list, a table or a machine's, and what looks about in a sentence takes time in its length for
/// every word of it.
const LONGEST: usize = 1_000;

/// Cuts the tokens of one paragraph into sentences.
pub(super) fn sentences(text: &str, tokens: &[Span]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    walk(&Gaps::new(text, tokens), |i, features| {
        let learned = boundary::score(boundary::WEIGHTS, features) > 0.0;
        let ends = learned && !needs_more(tokens[i].of(text))
            || before_quotation(text, tokens, i)
            || i + 1 - start == LONGEST;
        if ends {
            out.push(start..i + 1);
            start = i + 1;
        }
        ends
    });
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// A full stop of its own, a blank, and a quotation that begins with a capital: the learned weights
/// have seen few curly marks, and here there is nothing to weigh.
fn before_quotation(text: &str, tokens: &[Span], i: usize) -> bool {
    let Some([stop, mark, word]) = tokens.get(i..i + 3) else { return false };
    stop.of(text) == "."
        && matches!(mark.of(text), "“" | "‘" | "„" | "«")
        && stop.end < mark.start
        && mark.end == word.start
        && word.of(text).starts_with(char::is_uppercase)
}

/// Is it a word after which something must follow ("its", "of")? In small letters only: what is
/// written large may be a name or a headline.
fn needs_more(form: &str) -> bool {
    form.len() <= 8 && TABLE.never_last.contains(form)
}

/// What is computed once for a paragraph.
pub(super) struct Gaps<'a> {
    tokens: &'a [Span],
    seen: Vec<Seen>,
    /// Tokens after which the rules end a sentence.
    rule: Vec<bool>,
    /// Inside brackets, inside straight quotation marks, after each token.
    inside: Vec<(bool, bool)>,
    stops: u8,
}

impl<'a> Gaps<'a> {
    pub(super) fn new(text: &str, tokens: &'a [Span]) -> Self {
        let mut brackets = 0_u32;
        let mut quoted = false;
        let mut stops = 0_u8;
        let mut inside = Vec::with_capacity(tokens.len());
        for token in tokens {
            match token.of(text) {
                "(" | "[" => brackets += 1,
                ")" | "]" => brackets = brackets.saturating_sub(1),
                "\"" => quoted = !quoted,
                "“" => quoted = true,
                "”" => quoted = false,
                "." | "!" | "?" => stops = (stops + 1).min(3),
                _ => {}
            }
            inside.push((brackets > 0, quoted));
        }
        let seen = tokens.iter().map(|t| boundary::seen(t.of(text))).collect();
        Self { tokens, seen, rule: by_rule(text, tokens), inside, stops }
    }
}

/// Visits the gaps from left to right with their features; `decide` says whether a sentence ends
/// there.
pub(super) fn walk(gaps: &Gaps<'_>, mut decide: impl FnMut(usize, &[u32]) -> bool) {
    let mut features = Vec::new();
    let mut length = 0;
    for i in 0..gaps.tokens.len().saturating_sub(1) {
        step();
        length += 1;
        let place = Place {
            length,
            spaced: boundary::spaced(gaps.tokens, i),
            rule: gaps.rule[i],
            inside: gaps.inside[i],
            stops: gaps.stops,
        };
        boundary::features(&gaps.seen, i, place, &mut features);
        if decide(i, &features) {
            length = 0;
        }
    }
}

/// After which tokens do stops and capitals end a sentence?
fn by_rule(text: &str, tokens: &[Span]) -> Vec<bool> {
    let mut ends = vec![false; tokens.len()];
    let mut i = 0;
    while i < tokens.len() {
        step();
        let form = tokens[i].of(text);
        let Some(stop) = stop(form) else {
            i += 1;
            continue;
        };
        // Closing marks belong to the sentence that they close.
        let mut end = i + 1;
        while end < tokens.len() && closes(text, tokens, end) {
            step();
            end += 1;
        }
        if end < tokens.len() && begins(text, tokens, stop, end, end > i + 1) {
            ends[end - 1] = true;
        }
        i = end;
    }
    ends
}

/// How a token may end a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// "."
    Full,
    /// "!", "?"
    Strong,
    /// "...", "…"
    Dots,
    /// "Inc."
    Abbreviation,
}

fn stop(form: &str) -> Option<Stop> {
    let last = form.chars().next_back()?;
    match last {
        '!' | '?' => Some(Stop::Strong),
        '…' => Some(Stop::Dots),
        '。' | '؟' | '।' => Some(Stop::Full),
        '.' if form == "." => Some(Stop::Full),
        '.' if form.bytes().all(|b| b == b'.') => Some(Stop::Dots),
        '.' if form.chars().filter(|c| c.is_alphabetic()).nth(1).is_none() => None,
        '.' if form.len() <= 16 && TABLE.opening_abbreviations.contains(&form.to_lowercase()) => {
            None
        }
        '.' => Some(Stop::Abbreviation),
        _ => None,
    }
}

/// Is token `i` a closing mark that touches the token before it?
fn closes(text: &str, tokens: &[Span], i: usize) -> bool {
    let form = tokens[i].of(text);
    let glued = tokens[i - 1].end == tokens[i].start;
    let sure = matches!(form, ")" | "]" | "}" | "”" | "’" | "»" | "''");
    let straight = matches!(form, "\"" | "'" | "“");
    let space_after = tokens.get(i + 1).is_none_or(|n| {
        n.start > tokens[i].end || matches!(n.of(text), ")" | "\"" | "'" | "”" | "," | ".")
    });
    glued && (sure || straight && space_after)
}

/// Does a new sentence begin at token `at`, after a stop (and closing marks where `closed`)?
fn begins(text: &str, tokens: &[Span], stop: Stop, at: usize, closed: bool) -> bool {
    let spaced = tokens[at - 1].end < tokens[at].start;
    let mut first = at;
    while first + 1 < tokens.len() && first < at + 3 && opens(tokens[first].of(text)) {
        first += 1;
    }
    let form = tokens[first].of(text);
    let Some(c) = form.chars().next() else { return false };
    let upper = c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase();
    match stop {
        Stop::Abbreviation => {
            spaced && upper && (first > at || TABLE.sentence_openers.contains(&form.to_lowercase()))
        }
        Stop::Full => {
            spaced
                && (upper
                    || !c.is_alphabetic() && !matches!(c, ',' | ';' | ':' | ')' | '-' | '–' | '—'))
                && !(closed && reports(text, tokens, first))
        }
        Stop::Strong => {
            (upper || c.is_numeric() || first > at && !c.is_lowercase())
                && !(closed && reports(text, tokens, first))
        }
        Stop::Dots => spaced && upper,
    }
}

fn opens(form: &str) -> bool {
    matches!(form, "(" | "[" | "{" | "\"" | "'" | "“" | "‘" | "«" | "„" | "``")
}

/// Do up to four words from `at` lead to a reporting verb ("Ann Lee asked")?
fn reports(text: &str, tokens: &[Span], at: usize) -> bool {
    for token in tokens.iter().skip(at).take(4) {
        let form = token.of(text);
        if form.len() <= 16 && TABLE.reporting_verbs.contains(&form.to_lowercase()) {
            return true;
        }
        if !form.starts_with(char::is_alphabetic) {
            return false;
        }
    }
    false
}
