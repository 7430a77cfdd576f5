//! Whether a time without a year or a week looks back or ahead: by the verb that governs it.

use std::ops::Range;

use sayso_language::{Language, Upos};

use crate::word_lists::List;

/// To which side of today an unfinished date lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Behind.
    Back,
    /// Ahead.
    Ahead,
    /// The words do not say.
    Open,
}

/// The farthest that a verb's helpers are looked for, in tokens.
const REACH: usize = 40;
/// The most heads that are climbed.
const CLIMB: usize = 12;

/// By the verb that governs some tokens.
pub fn direction(language: &Language, tokens: Range<usize>) -> Direction {
    let Some(mut at) = outermost(language, tokens.clone()) else { return Direction::Open };
    for _ in 0..CLIMB {
        let token = &language.tokens[at];
        let verbal = matches!(token.upos, Upos::Verb | Upos::Aux) || has_copula(language, at);
        if verbal
            && !tokens.contains(&at)
            && let Some(direction) = of_verb(language, at)
        {
            return direction;
        }
        match token.head {
            // Heads come from a parser: a loop would be a mistake of its, and ends the climb.
            Some(head) if head != at && head < language.tokens.len() => at = head,
            _ => return Direction::Open,
        }
    }
    Direction::Open
}

/// The token of an expression whose head lies outside it.
fn outermost(language: &Language, tokens: Range<usize>) -> Option<usize> {
    let inside = language.tokens.get(tokens.clone())?;
    let at = inside.iter().position(|t| t.head.is_none_or(|h| !tokens.contains(&h)))?;
    Some(tokens.start + at)
}

/// The tokens near a head that depend on it.
fn children<'l>(language: &'l Language, head: usize) -> impl Iterator<Item = usize> + 'l {
    let sentence = language.tokens[head].sentence;
    let whole = language.sentences.get(sentence).map_or(0..0, |s| s.tokens.clone());
    let near = whole.start.max(head.saturating_sub(REACH))..whole.end.min(head + REACH);
    near.filter(move |i| language.tokens[*i].head == Some(head))
}

fn has_copula(language: &Language, at: usize) -> bool {
    children(language, at).any(|c| language.tokens[c].deprel == "cop")
}

/// What the forms of a verb and of its helpers say; `None` where its own head decides.
fn of_verb(language: &Language, verb: usize) -> Option<Direction> {
    let token = &language.tokens[verb];
    let lemma = token.lemma.as_ref();
    let mut past = token.xpos == "VBD";
    let mut have = false;
    let mut be = false;
    let mut to = false;
    let mut present = matches!(token.xpos, "VBZ" | "VBP");
    for child in children(language, verb) {
        let helper = &language.tokens[child];
        let relation = helper.deprel;
        if !matches!(relation, "aux" | "aux:pass" | "cop" | "mark") || child > verb {
            continue;
        }
        let form = language.form(child).to_lowercase();
        if List::Modals.has(&form) || List::Modals.has(&helper.lemma) {
            return Some(Direction::Ahead);
        }
        if relation == "mark" {
            to |= form == "to";
            continue;
        }
        past |= helper.xpos == "VBD";
        present |= matches!(helper.xpos, "VBZ" | "VBP");
        have |= helper.lemma.as_ref() == "have";
        be |= helper.lemma.as_ref() == "be";
    }
    if to {
        return Some(Direction::Ahead);
    }
    if have {
        return Some(Direction::Back);
    }
    let planned = List::Planned.has(lemma);
    if planned && (be || token.xpos == "VBN" || token.upos == Upos::Adj) {
        return Some(Direction::Ahead);
    }
    if past {
        return Some(Direction::Back);
    }
    if token.xpos == "VBG" && be && present {
        return Some(Direction::Ahead);
    }
    match token.xpos {
        "VBN" if !be => Some(Direction::Back),
        // "starting Monday", "meeting on Monday": the verb above decides.
        "VBG" if !be => None,
        _ if present => Some(Direction::Open),
        _ => None,
    }
}
