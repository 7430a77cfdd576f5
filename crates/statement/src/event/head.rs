//! What a noun phrase is about: its head, and no place that only tells more of it.

use std::ops::Range;

use sayso_language::Upos;
use sayso_model::Entity;

use super::{list, roles::Frame};
use crate::tables::List;

/// The most steps from a place to the head of its noun phrase.
const MOST_ABOVE: usize = 8;

/// Whether a place is what falls, and not only a part of what does: "exports to Varne", "the government
/// of Varne". By the parse; "the town of Varne" and "most of Varne" are Varne.
pub(super) fn is_head(frame: &Frame, place: &Entity, phrase: &Range<usize>) -> bool {
    let tokens = &frame.context.language.tokens;
    let first = list::words_of(frame.passage, place.span.span()).start;
    let word = frame.passage.words.get(first);
    let Some(mut at) = word.and_then(|w| frame.context.token_at(w.span)) else { return true };
    for _ in 0..MOST_ABOVE {
        let Some(head) = tokens[at].head else { return true };
        // "the prospect of Varne being seized": what is outside of the phrase is another.
        if !frame.span(phrase.clone()).contains(tokens[head].span) {
            return true;
        }
        match tokens[at].deprel {
            "flat" | "appos" | "conj" => {}
            "compound" | "amod" | "nmod" | "nmod:poss" | "nmod:desc" => {
                let noun = frame.context.language.form(head).to_lowercase();
                let lists =
                    [List::Towns, List::Areas, List::TownNouns, List::RegionNouns, List::Portions];
                let name = tokens[head].upos == Upos::Propn;
                if !name && !lists.iter().any(|l| l.has(&noun)) {
                    return false;
                }
            }
            _ => return true,
        }
        at = head;
    }
    true
}
