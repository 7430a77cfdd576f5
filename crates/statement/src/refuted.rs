//! What a statement calls false: "reports that the town fell are untrue", "it is a lie that the town
//! fell".

use std::ops::Range;

use crate::{
    Attribution, Context,
    passage::Passage,
    tables::{Kinds, List},
};

/// The most words between a form of "be" and what calls something false.
const MOST_BETWEEN: usize = 3;

/// What calls the event of a content false.
pub(crate) struct Refuted {
    /// The words that do.
    pub(crate) words: Range<usize>,
    /// Whether they do so with a negation before them: "it is not false that".
    pub(crate) negated: bool,
}

/// What in a content calls false what it speaks of; `trigger` are the words of its event.
pub(crate) fn find(
    context: &Context,
    attribution: &Attribution,
    passage: &Passage,
    trigger: Option<&Range<usize>>,
) -> Option<Refuted> {
    let kinds = &context.tables.kinds;
    let sentence = passage.sentence_at(trigger.map_or(0, |t| t.start));
    // "Claims that the town fell were denied": a noun may be the cue itself.
    let cue = Passage::of(context, &attribution.cue);
    let named = cue.words.last().is_some_and(|w| kinds.claims.contains(w.lower.as_ref()));
    let claimed = |before: usize| {
        named
            || (sentence.start..before).any(|i| {
                kinds.claims.contains(passage.lower(i))
                    && kinds.claimed.contains(passage.lower(i + 1))
            })
    };
    sentence.clone().find_map(|at| {
        let found = kinds.falsity.at(&passage.words, at)?;
        // "reports that the visa was denied": without an event nobody tells what is.
        let unknown = found.row == Kinds::DENIED && trigger.is_none();
        if found.words.end > sentence.end || unknown {
            return None;
        }
        let untrue = found.row == Kinds::UNTRUE;
        // "is completely false", and "isn't true" has its own.
        let from = at.saturating_sub(MOST_BETWEEN).max(sentence.start);
        let be = (from..at).rev().find(|i| List::Be.has(passage.lower(*i)));
        let negated = be.is_some_and(|b| {
            passage.lower(b).ends_with("n't") || passage.has(b..at, &["not", "never", "hardly"])
        });
        let behind = trigger.is_none_or(|t| t.end <= at);
        // "it is not true that": the negation counts by itself.
        let next = passage.lower(found.words.end);
        let opens = next == "that"
            || next == "to" && passage.has(found.words.end..found.words.end + 4, &["that"]);
        let ahead = be.is_some() && !untrue && opens;
        if behind && !(ahead && trigger.is_none()) {
            // "called the report that … a lie", "reports … as false"
            let closes = found.words.end == sentence.end
                || passage.words.get(found.words.end).is_some_and(|w| w.is_mark());
            let called = be.is_some() || untrue || closes && found.row != Kinds::DENIED;
            // A negation behind the event is not counted with it, and needs no undoing.
            let stands = called && claimed(trigger.map_or(at, |t| t.start));
            return (stands && (!negated || trigger.is_none()))
                .then_some(Refuted { words: found.words, negated });
        }
        ahead.then_some(Refuted { words: found.words, negated })
    })
}
