//! The noun phrase that a number counts, by the tags of the language core.

use sayso_language::{Token, Upos};

use crate::{Context, passage::Passage, tables::List, words::WordKind};

/// The most words of a counted noun phrase.
const LONGEST: usize = 6;

/// The token that begins where a word does.
pub(super) fn token<'c>(context: &'c Context, passage: &Passage, at: usize) -> Option<&'c Token> {
    let start = passage.words.get(at)?.span.start;
    let tokens = &context.language.tokens;
    let found = tokens.get(tokens.partition_point(|t| t.span.start < start))?;
    (found.span.start == start).then_some(found)
}

/// Where the noun phrase that begins at a word ends: modifiers and nouns, to the last noun.
/// `None` where no noun stands there.
pub(super) fn end(context: &Context, passage: &Passage, at: usize) -> Option<usize> {
    let calendar = &context.tables.times.vocabulary;
    // "two near Lisk": where, though the tagger takes "near" for an adjective; "two near misses".
    let named =
        passage.words.get(at + 1).is_some_and(|w| w.capital || w.is_any(&["the", "a", "an"]));
    if named && passage.words.get(at).is_some_and(|w| !w.capital && w.is_in(List::Where)) {
        return None;
    }
    let mut last = None;
    let mut i = at;
    while i < at + LONGEST {
        let Some(word) = passage.words.get(i) else { break };
        let owns = i > at && word.lower == "'s";
        // "two new 40-A boats", "the 40 Sturm boats": a number inside the phrase is a name's.
        let inner = word.kind == WordKind::Number
            && i > at
            && passage.words.get(i + 1).is_some_and(|w| w.capital);
        if inner {
            i += 1;
            continue;
        }
        if word.kind != WordKind::Letters && !owns {
            break;
        }
        let Some(token) = token(context, passage, i) else {
            // A hyphenated word holds several tokens and has the tag of none.
            if word.lower.contains('-') {
                i += 1;
                continue;
            }
            break;
        };
        let noun = matches!(token.upos, Upos::Noun | Upos::Propn);
        let modifies = token.upos == Upos::Adj
            || token.upos == Upos::Verb && matches!(token.xpos, "VBG" | "VBN") && last.is_none();
        // A participle behind the noun tells what became of it ("12 boats damaged").
        if !(noun || modifies || owns) || modifies && last.is_some() && token.upos == Upos::Adj {
            break;
        }
        if noun {
            // "40 years Monday": a name of time begins a phrase of its own.
            if last.is_some()
                && (calendar.weekday(&word.lower).is_some()
                    || calendar.month(&word.lower).is_some() && word.capital)
            {
                break;
            }
            last = Some(i + 1);
        }
        i += 1;
    }
    last
}

/// The words of a phrase as the article writes them.
pub(super) fn text(context: &Context, passage: &Passage, from: usize, end: usize) -> String {
    let span = passage.span(from..end);
    span.of(context.language.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Skips "of" and a determiner: "two of his deputies", "dozens of boats".
pub(super) fn after_of(passage: &Passage, at: usize) -> usize {
    if passage.lower(at) != "of" {
        return at;
    }
    let determiner = passage.words.get(at + 1).is_some_and(|w| w.is_in(List::Determiners));
    // "one of the most able": the superlative's word is no part of the noun.
    let most = passage.lower(at + 2) == "most";
    at + 1 + usize::from(determiner) + usize::from(determiner && most)
}
