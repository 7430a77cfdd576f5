//! Words whose attribution stands in the next sentence: "The dam will break. This is stated in a
//! report by the institute.", "… The minister said this to Radio North."
//!
//! The sentence that attributes says nothing of its own: its content is "this", and what it points
//! to is the paragraph before it, or the sentences before it in its own.

use std::ops::Range;

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::source;
use super::view::View;
use crate::cues::{CUES, Class};

/// Most tokens before the cue of a sentence that only attributes.
const LONGEST_LEAD: usize = 14;
/// Most sentences that such a sentence attributes.
const LONGEST_CONTENT: usize = 3;

/// Adds what such sentences attribute.
pub(super) fn add(view: &View, found: &mut Vec<Found>) {
    let count = view.language.sentences.len();
    let mut held = vec![false; count];
    for t in found
        .iter()
        .flat_map(|f| f.content.iter().cloned().flatten().chain(f.cue.iter().cloned().flatten()))
    {
        held[view.sentence_of(t)] = true;
    }
    for s in 1..count {
        let Some((source, cue)) = attributes(view, s) else { continue };
        let Some(content) = pointed(view, s, &held) else { continue };
        let mut item = Found::signed(source, cue.start, content, Frame::Pointed);
        item.cue = Some(cue);
        found.push(item);
    }
}

/// The source and the cue of a sentence that says only whose the words before it are.
fn attributes(view: &View, sentence: usize) -> Option<(Range<usize>, Range<usize>)> {
    let tokens = view.without_stop(view.sentence_tokens(sentence));
    let mut first = tokens.start;
    while first < tokens.end && view.is(first, Sort::ADVERB | Sort::COORDINATOR | Sort::COMMA) {
        first += 1;
    }
    let points = |t: usize| CUES.points_back(view.word(t));
    let says = |t: usize| {
        view.may_be_verb(t)
            && CUES.verb_forms(view.word(t)).iter().any(|(row, _)| {
                let row = &CUES.verbs[*row];
                row.then.is_empty()
                    && matches!(
                        row.class,
                        Class::Saying | Class::Writing | Class::Announcing | Class::Asserting
                    )
            })
    };
    let limit = tokens.end.min(first + LONGEST_LEAD);
    if points(first) {
        // "This was stated by …", "This is stated in a report by …", "This was announced by …"
        let verb = (first + 1..limit).find(|t| says(*t))?;
        let passive = (first + 1..verb).all(|t| view.is_auxiliary(t) || view.is(t, Sort::ADVERB));
        if !passive || verb == first + 1 || !(first + 1..verb).any(|t| view.is(t, Sort::BE)) {
            return None;
        }
        let by = (verb + 1..tokens.end).find(|t| matches!(view.word(*t), "by" | "from"));
        let start = match by {
            Some(by) => by + 1,
            None => (verb + 1..tokens.end).find(|t| view.word(*t) == "in")? + 1,
        };
        return Some((source::after(view, start, tokens.end)?, verb..verb + 1));
    }
    // "The minister said this on television."
    let verb = (first + 1..limit).find(|t| says(*t))?;
    let this = verb + 1;
    let pointed = this < tokens.end && points(this) && !view.is_finite(this + 1);
    let ends = this + 1 >= tokens.end
        || view.is(this + 1, Sort::PREPOSITION | Sort::COMMA | Sort::TIME | Sort::ADVERB)
        || view.word(this + 1) == "while"
        || view.word(this + 1) == "during";
    if !pointed || !ends {
        return None;
    }
    Some((source::before(view, verb, tokens.start)?, verb..verb + 1))
}

/// The sentences that the sentence points to, without what somebody else says there.
fn pointed(view: &View, sentence: usize, held: &[bool]) -> Option<Vec<Range<usize>>> {
    let sentences = &view.language.sentences;
    let own = sentences[sentence].paragraph;
    let home = sentences[sentence - 1].paragraph;
    if own > home + 1 {
        return None;
    }
    let mut first = sentence;
    while first > 0
        && sentence - first < LONGEST_CONTENT
        && sentences[first - 1].paragraph == home
        && !held[first - 1]
    {
        first -= 1;
    }
    let content: Vec<Range<usize>> =
        (first..sentence).map(|s| view.without_stop(view.sentence_tokens(s))).collect();
    // "…, said the mayor. It was reported by the Kurier.": the mayor's, through the Kurier.
    let says = |t: usize| {
        t > 0
            && view.is(t - 1, Sort::COMMA)
            && view.may_be_verb(t)
            && CUES
                .verb_forms(view.word(t))
                .iter()
                .any(|(r, _)| CUES.verbs[*r].class == Class::Saying)
    };
    if content.iter().cloned().flatten().any(says) {
        return None;
    }
    let words = content.iter().cloned().flatten().filter(|t| view.is(*t, Sort::WORD)).count();
    (words > 3).then(|| std::iter::once(content[0].start..content[content.len() - 1].end).collect())
}
