//! Verbatim, paraphrase or both; and which nested attributions are worth keeping.

use std::ops::Range;

use sayso_model::Speech;

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::view::View;
use crate::cues::Class;

/// Direct when all words stand in quotations, mixed when some do. An interview prints the words
/// that were said, and needs no marks for it.
pub(super) fn speech(view: &View, frame: Frame, content: &[Range<usize>]) -> Speech {
    if frame == Frame::Answer {
        return Speech::Direct;
    }
    let (mut inside, mut outside) = (0, 0);
    for t in content.iter().cloned().flatten() {
        if view.is(t, Sort::WORD) {
            if view.quotation_at(t).is_some() {
                inside += 1;
            } else if view.word(t) != "that" {
                outside += 1;
            }
        }
    }
    match (inside, outside) {
        (0, _) => Speech::Indirect,
        (_, 0) => Speech::Direct,
        _ => Speech::Mixed,
    }
}

/// A nested attribution is kept when somebody else says something in so many words; a speaker's own
/// "I think" is part of what the speaker says.
pub(super) fn keeps(view: &View, found: &[Found], i: usize, within: Option<usize>) -> bool {
    let item = &found[i];
    if within.is_none() {
        return true;
    }
    let cue = item.cue.clone().unwrap_or(0..0);
    // "The minister said that Norland would not recognise the vote", "… does not plan to leave": who does
    // not say or will something makes no statement, and the minister does.
    let negated = cue.clone().any(|t| view.is(t, Sort::NEGATION));
    let thinks = item.class == Some(Class::Belief) && !cue.clone().any(|t| view.is(t, Sort::MODAL));
    if negated && !thinks {
        return false;
    }
    let Some(source) = &item.source else { return false };
    let answer = within.is_some_and(|w| found[w].frame == Frame::Answer);
    let quoted = answer || view.quotation_at(cue.start).is_some();
    if quoted && source.len() == 1 && view.is(source.start, Sort::SUBJECT | Sort::POSSESSIVE) {
        // "I think" and "he says" are how people talk. An announcement is another's act, which the
        // speaker tells of and may deny.
        let another = ["he", "she", "they"].contains(&view.word(source.start));
        return another && item.class == Some(Class::Announcing);
    }
    // "The plan would fail, analysts fear, according to the paper": what the outer cue reports is
    // the inner attribution itself.
    let reported = within.is_some_and(|w| {
        let outer = &found[w];
        matches!(
            outer.frame,
            Frame::AccordingBehind | Frame::ClauseBefore | Frame::Headline | Frame::That
        ) && item.frame != Frame::Carried
            && outer.content.iter().any(|range| {
                let start = source.start.min(cue.start).min(item.start());
                range.start + 4 >= start && range.contains(&start)
            })
    });
    if reported && !quoted {
        return true;
    }
    if quoted && item.frame == Frame::Participial {
        return false;
    }
    let says = matches!(
        item.frame,
        Frame::QuotationAfter
            | Frame::QuotationBefore
            | Frame::That
            | Frame::Clause
            | Frame::ClauseBefore
            | Frame::According
            | Frame::AccordingBehind
            | Frame::Participial
    );
    let class = item.class.is_none_or(|class| {
        matches!(
            class,
            Class::Saying
                | Class::Asserting
                | Class::Writing
                | Class::Forecasting
                | Class::Warning
                | Class::Announcing
        )
    });
    says && class
}
