//! Events that are only spoken of: "the capture of Varne would open the road", "capturing Varne would be
//! a mistake", "will never recognise the occupation of Varne".
//!
//! What is said to happen is the predicate of the content. A noun or gerund under another predicate is
//! asserted only where that predicate lets it happen ("the attack would come at dawn") or says how
//! likely it is.

use std::ops::Range;

use sayso_language::Upos;
use sayso_model::Span;

use crate::{Context, certainty::Hedging, passage::Passage, tables::List};

/// How an event is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// Not said to happen.
    Only,
    /// Rather another event of the content is said to happen.
    Rather,
}

/// The farthest that the predicate of a trigger is looked for, in tokens.
const REACH: usize = 60;

/// How the event of a trigger is spoken of; `None` where nothing tells that it is not asserted.
pub(super) fn of(
    context: &Context,
    passage: &Passage,
    trigger: &Range<usize>,
    hedges: &[Hedging],
) -> Option<Topic> {
    let tokens = &context.language.tokens;
    let own = |word: usize| passage.words.get(word).and_then(|w| context.token_at(w.span));
    let inside: Vec<usize> = trigger.clone().filter_map(own).collect();
    let top = *inside.iter().find(|t| tokens[**t].head.is_none_or(|h| !inside.contains(&h)))?;
    let token = &tokens[top];
    let gerund = token.xpos == "VBG" && trigger.len() == 1;
    let being = token.xpos == "VBN" && passage.lower(trigger.start.checked_sub(1)?) == "being";
    if token.upos != Upos::Noun && !gerund && !being {
        return None;
    }
    if being {
        // "Varne being captured would open …": the verb of the helper behind it.
        let clause = passage.clause_at(trigger.start);
        let helper = (trigger.end..clause.end).filter_map(own).find(|t| tokens[*t].xpos == "MD")?;
        let verb = tokens[helper].head?;
        let other = verb != top && !lets_happen(context, passage, verb, hedges);
        return other.then_some(Topic::Only);
    }
    if gerund && trigger.start == passage.clause_at(trigger.start).start {
        return leads(context, passage, trigger, hedges).then_some(Topic::Only);
    }
    let head = token.head?;
    let start = tokens[head].span.start;
    let at = passage.words.partition_point(|w| w.span.start < start);
    passage.words.get(at).filter(|w| w.span.start == start)?;
    let topical = List::Topical.has(&tokens[head].lemma);
    match token.deprel {
        "nsubj" | "csubj" if top < head => {
            let predicate = below(context, head);
            if lets_happen(context, passage, predicate, hedges) && !gerund
                || is_hedged(passage, tokens[predicate].span, hedges)
            {
                return None;
            }
            let helper = helper(context, head).or_else(|| helper(context, predicate));
            match helper.map(|t| context.language.form(t).to_lowercase()).as_deref() {
                _ if gerund => Some(Topic::Only),
                Some("will" | "'ll" | "’ll") => Some(Topic::Rather),
                Some(_) => Some(Topic::Only),
                None => None,
            }
        }
        "nsubj:pass" | "csubj:pass" | "obj" | "xcomp" if topical => Some(Topic::Only),
        _ => None,
    }
}

/// The verb that a verb of seeming or likelihood governs: "is expected to open".
fn below(context: &Context, verb: usize) -> usize {
    child(context, verb, "xcomp")
        .filter(|t| context.language.tokens[*t].upos == Upos::Verb)
        .unwrap_or(verb)
}

/// The modal helper of a predicate.
fn helper(context: &Context, verb: usize) -> Option<usize> {
    child(context, verb, "aux").filter(|t| context.language.tokens[*t].xpos == "MD")
}

/// Whether a predicate says of its subject that it happens, or how likely it is.
fn lets_happen(context: &Context, passage: &Passage, predicate: usize, hedges: &[Hedging]) -> bool {
    let token = &context.language.tokens[predicate];
    List::Occurring.has(&token.lemma.to_lowercase()) || is_hedged(passage, token.span, hedges)
}

/// Whether a predicate is a hedge itself: "would be likely", "is impossible".
fn is_hedged(passage: &Passage, predicate: Span, hedges: &[Hedging]) -> bool {
    hedges.iter().any(|h| {
        let words = passage.words.get(h.words.clone()).unwrap_or_default();
        words.iter().any(|w| w.span == predicate)
    })
}

/// Whether a gerund at the head of its clause has a predicate of its own: "Capturing it would be hard",
/// and not "Capturing it, they will …".
fn leads(context: &Context, passage: &Passage, trigger: &Range<usize>, hedges: &[Hedging]) -> bool {
    let tokens = &context.language.tokens;
    let clause = passage.clause_at(trigger.start);
    let verb = (trigger.end..clause.end)
        .take_while(|i| passage.lower(*i) != ",")
        .filter_map(|i| context.token_at(passage.words.get(i)?.span))
        .find(|t| matches!(tokens[*t].xpos, "MD" | "VBZ" | "VBD" | "VBP"));
    let Some(verb) = verb else { return false };
    let helps = matches!(tokens[verb].deprel, "aux" | "aux:pass" | "cop");
    let predicate = tokens[verb].head.filter(|_| helps).unwrap_or(verb);
    !is_hedged(passage, tokens[below(context, predicate)].span, hedges)
}

/// The first token near a head that depends on it in a way.
fn child(context: &Context, head: usize, relation: &str) -> Option<usize> {
    let tokens = &context.language.tokens;
    let whole = &context.language.sentences.get(tokens[head].sentence)?.tokens;
    let near = whole.start.max(head.saturating_sub(REACH))..whole.end.min(head + REACH);
    near.into_iter().find(|t| tokens[*t].head == Some(head) && tokens[*t].deprel == relation)
}
