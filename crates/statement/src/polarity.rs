//! Whether the event is said to happen or not to happen.
//!
//! Only a negation of the event itself counts. A hedge has swallowed its own ("probably not",
//! "cannot be ruled out"): a low likelihood stays a yes with a low range.

use std::ops::Range;

use sayso_model::{CertaintyClass, Polarity};

use crate::{
    Attribution, Context, certainty, event, kind,
    passage::Passage,
    refuted,
    tables::{CueClass, List},
};

/// The polarity of a statement.
pub fn read(context: &Context, attribution: &Attribution) -> Polarity {
    let passage = Passage::content(context, attribution);
    let trigger = event::find(context, attribution, &passage).map(|f| f.words.clone());
    of_passage(context, attribution, &passage, trigger.as_ref())
}

/// The polarity of a passage; `trigger` are the words of its event where there is one.
pub fn of_passage(
    context: &Context,
    attribution: &Attribution,
    passage: &Passage,
    trigger: Option<&Range<usize>>,
) -> Polarity {
    let cue = kind::cue_class(context, attribution);
    let unsaid = kind::unsaid(context, attribution, passage);
    let denied = cue == Some(CueClass::Denial) && !unsaid && !denies_a_noun(context, attribution);
    // "ruled out an attack"
    let cue_words = Passage::of(context, &attribution.cue);
    let ruled = cue != Some(CueClass::Denial)
        && !unsaid
        && !context.tables.kinds.failing.all(&cue_words.words).is_empty();
    // "has not promised to leave"
    let unwilled = cue == Some(CueClass::Intention) && unsaid;
    // "does not think that inflation will fall": the cue's negation is the content's.
    let raised = kind::negated(context, attribution) && kind::raises(context, attribution);
    let negated = negations(context, attribution, passage, trigger) % 2 == 1;
    if denied ^ ruled ^ unwilled ^ raised ^ negated { Polarity::No } else { Polarity::Yes }
}

/// "rejected a deal" and "dismissed the date" say no to a thing, and the content is that thing.
fn denies_a_noun(context: &Context, attribution: &Attribution) -> bool {
    let content = Passage::content(context, attribution);
    let kinds = &context.tables.kinds;
    // "rejected claims that they captured it"
    let claimed = |i: &usize| {
        kinds.claims.contains(content.lower(*i)) && kinds.claimed.contains(content.lower(i + 1))
    };
    let cue = Passage::of(context, &attribution.cue);
    // "denied reports" of an attack
    let named = cue.words.last().is_some_and(|w| kinds.claims.contains(w.lower.as_ref()));
    let claims = named || (0..content.words.len().min(MOST_BEFORE)).any(|i| claimed(&i));
    attribution.content.is_empty()
        || !content.words.iter().any(|w| w.is_in(List::Finite))
            && !claims
            && !has_main_verb(context, &content)
            && !content.words.first().is_some_and(|w| w.lower.ends_with("ing") || w.lower == "to")
}

/// The most words before the noun of what is claimed ("all of these false").
const MOST_BEFORE: usize = 5;

/// Whether a content is a clause by the parse: "they captured it", and not "the deal that he signed".
fn has_main_verb(context: &Context, content: &Passage) -> bool {
    let tokens = &context.language.tokens;
    content.words.iter().any(|w| {
        context.token_at(w.span).is_some_and(|t| {
            ["VBD", "VBZ", "VBP"].contains(&tokens[t].xpos)
                && matches!(tokens[t].deprel, "ccomp" | "root")
        })
    })
}

/// How many negations reach the event, or, without an event, the first main verb.
fn negations(
    context: &Context,
    attribution: &Attribution,
    passage: &Passage,
    trigger: Option<&Range<usize>>,
) -> usize {
    let kinds = &context.tables.kinds;
    let hedges = certainty::hedges(context, passage);
    let swallowed = |at: usize| {
        hedges.iter().any(|h| {
            let plan = matches!(
                h.hedge.class,
                Some(CertaintyClass::Plan | CertaintyClass::Desire | CertaintyClass::Confidence)
            );
            h.words.contains(&at) && !plan
        })
    };
    // "Without a truce the town will fall", "no matter what happens"
    let supposed = |at: usize| {
        let of_trigger = |c: &&Range<usize>| trigger.is_none_or(|t| !c.contains(&t.start));
        passage.conditions.iter().filter(of_trigger).any(|c| c.contains(&at))
    };
    // What stands behind the trigger belongs to something else.
    let reach = if let Some(t) = trigger {
        passage.clause_at(t.start).start..t.end
    } else {
        let clause = passage.clause_at(0);
        clause.start..clause.end.min(clause.start + 12)
    };
    let refuted = refuted::find(context, attribution, passage, trigger);
    let mut count = usize::from(refuted.is_some());
    let mut at = reach.start;
    while at < reach.end {
        let lower = passage.lower(at);
        let not_only = passage.lower(at + 1) == "only" || passage.lower(at + 1) == "just";
        let no_noun = lower == "no" && trigger.is_none() && !is_main_object(passage, at);
        // "neither Oskaria nor Velania" says no once.
        let again = lower == "nor" && passage.has(reach.start..at, &["neither"])
            // "whether they like it or not"
            || lower == "not" && at.checked_sub(1).is_some_and(|i| passage.lower(i) == "or");
        let stands = kinds.negation.contains(lower) && !not_only && !no_noun && !again
            || kinds.scant.at(&passage.words, at).is_some();
        // "did not know when it would fall": not known, and not not to happen.
        let unknown = trigger.is_some_and(|t| {
            (at + 1..t.start).any(|i| kinds.circumstances.contains(passage.lower(i)))
        });
        // "was not true" is one of them, and counted.
        let called = refuted.as_ref().is_some_and(|r| r.words.contains(&at));
        if stands && !swallowed(at) && !supposed(at) && !called && !unknown {
            count += 1;
        } else if let Some(found) = kinds.failing.at(&passage.words, at)
            && !swallowed(at)
            && !called
            && trigger.is_none_or(|t| found.words.end <= t.start)
            && trigger.is_some()
        {
            count += 1;
            at = found.words.end;
            continue;
        }
        at += 1;
    }
    // "…, but it is not happening"
    if let Some(t) = trigger
        && count == 0
    {
        let sentence = passage.sentence_at(t.start);
        let own = passage.clause_at(t.start);
        let tail = own.end..sentence.end;
        let refers = passage.lower(tail.start) == "but"
            && matches!(passage.lower(tail.start + 1), "it" | "this" | "that");
        let near = tail.start..(tail.start + 6).min(tail.end);
        if refers
            && near.clone().any(|i| kinds.negation.contains(passage.lower(i)) && !swallowed(i))
            && passage.any(tail, List::Holds)
        {
            count += 1;
        }
    }
    count
}

/// "There is no deal" negates its sentence; "with no warning" does not.
fn is_main_object(passage: &Passage, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| passage.lower(i));
    at == 0 || List::ThereIs.has(before)
}
