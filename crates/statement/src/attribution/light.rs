//! The light words between a cue and its content: whom one told, where and when.

use super::closed::Sort;
use super::view::View;

/// Skips addressees, times and places of speech after a cue: "told reporters on Monday in a
/// statement that". Returns the first token of what follows; `object` when the cue takes a person
/// told.
pub(crate) fn skip(view: &View, start: usize, end: usize, object: bool) -> usize {
    let mut t = start;
    if object {
        t = addressee(view, t, end);
    } else if view.word(t) == "to" && view.word(t + 1) != "be" {
        // "said to reporters", "wrote to the board"
        let next = addressee(view, t + 1, end);
        if next > t + 1 && !follows_infinitive(view, t) {
            t = next;
        }
    }
    loop {
        let next = adverbial(view, t, end);
        if next == t {
            return t;
        }
        t = next;
    }
}

fn follows_infinitive(view: &View, to: usize) -> bool {
    !view
        .is(to + 1, Sort::DETERMINER | Sort::NAME | Sort::OBJECT | Sort::POSSESSIVE | Sort::CAPITAL)
        && !view.word(to + 1).ends_with('s')
}

/// One noun phrase: a pronoun, a name with what belongs to it, or words up to the content.
fn addressee(view: &View, start: usize, end: usize) -> usize {
    if view.is(start, Sort::OPEN | Sort::COLON | Sort::COMMA) || view.word(start) == "that" {
        return start;
    }
    if view.is(start, Sort::OBJECT) || matches!(view.word(start), "her" | "you" | "it") {
        return start + 1;
    }
    // Up to the word that opens the content, when it comes soon.
    let limit = end.min(start + 14);
    for t in start..limit {
        let opens = view.is(t, Sort::OPEN | Sort::COLON)
            || view.word(t) == "that"
            || view.is(t, Sort::COMMA) && view.is(t + 1, Sort::OPEN);
        if opens {
            return t;
        }
        if view.is(t, Sort::STOP | Sort::DASH | Sort::CLOSE) || view.is_auxiliary(t) {
            break;
        }
    }
    // No opener: a name, or one plural noun ("reporters"), then a bare clause.
    let mut t = start;
    while t < end && view.is(t, Sort::DETERMINER | Sort::POSSESSIVE) {
        t += 1;
    }
    if view.is(t, Sort::NAME | Sort::CAPITAL) && !view.is(t, Sort::SUBJECT) {
        while t < end && view.is(t, Sort::NAME | Sort::CAPITAL | Sort::GENITIVE) {
            let own = view.name_at(t);
            t += 1;
            if own.is_some() && view.name_at(t) != own && !view.is(t, Sort::GENITIVE) {
                break;
            }
        }
        return t;
    }
    if view.is(t, Sort::WORD) && !view.is(t, Sort::PREPOSITION | Sort::SUBJECT | Sort::QUESTION) {
        return t + 1;
    }
    start
}

/// One adverbial: "on Monday", "last week", "in an interview with Radio One", "publicly".
fn adverbial(view: &View, start: usize, end: usize) -> usize {
    if start >= end {
        return start;
    }
    if view.is(start, Sort::TIME)
        && !view.is(start, Sort::MODAL | Sort::DETERMINER)
        && !view.is(start + 1, Sort::GENITIVE)
        || view.is(start, Sort::ADVERB)
            && !view
                .is(start, Sort::NEGATION | Sort::DETERMINER | Sort::SUBORDINATOR | Sort::QUESTION)
            && view.word(start) != "there"
            && !view.is(start + 1, Sort::NUMBER)
    {
        return start + 1;
    }
    if view.is(start, Sort::DETERMINER) && view.is(start + 1, Sort::TIME) {
        return start + 2;
    }
    if !view.is(start, Sort::PREPOSITION) {
        return start;
    }
    // A prepositional phrase whose noun is a time or a venue, or which ends at the content.
    let limit = end.min(start + 12);
    let mut light = None;
    for t in start + 1..limit {
        if view.is(t, Sort::TIME | Sort::VENUE) && !view.is(t, Sort::MODAL) {
            light = Some(t);
            break;
        }
        if view.is(t, Sort::COMMA | Sort::STOP | Sort::OPEN | Sort::COLON | Sort::SUBORDINATOR)
            || view.is_auxiliary(t)
        {
            break;
        }
    }
    let Some(mut t) = light else { return start };
    t += 1;
    while t < end && view.is(t, Sort::TIME | Sort::VENUE | Sort::NUMBER) {
        t += 1;
    }
    // "… with Radio One", "… on the channel", "… of the council": at most a short phrase each.
    while view.is(t, Sort::PREPOSITION) && t < end {
        let mut u = t + 1;
        while u < end && view.is(u, Sort::DETERMINER | Sort::POSSESSIVE) {
            u += 1;
        }
        let from = u;
        while u < end
            && (view.is(u, Sort::NAME | Sort::TIME | Sort::VENUE | Sort::GENITIVE | Sort::NUMBER)
                || view.is(u, Sort::CAPITAL) && !view.is(u, Sort::SUBJECT))
        {
            u += 1;
        }
        if u == from {
            // "to reporters": one lower-case noun before what can only be the content.
            let plain = view.is(u, Sort::WORD)
                && (view.word(u + 1) == "that"
                    || view.is(u + 1, Sort::COMMA | Sort::OPEN | Sort::STOP));
            if !plain {
                break;
            }
            u += 1;
        }
        t = u;
    }
    t
}
