//! Sentences that carry on a report without a cue of their own.
//!
//! After "According to the bank, prices fell." a next sentence "They may rise again." is the bank's
//! as well, when it hedges or quotes a scrap. A plain past sentence is the outlet's own word and is
//! left alone.

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::view::View;
use crate::cues::Class;

/// Most sentences that one report carries.
const LONGEST: usize = 2;

/// Adds such sentences.
pub(super) fn add(view: &View, found: &mut Vec<Found>) {
    let count = view.language.sentences.len();
    // Which attribution has its cue in which sentence, and which sentences hold content.
    let mut cued: Vec<Option<usize>> = vec![None; count];
    let mut held = vec![false; count];
    for (i, item) in found.iter().enumerate() {
        if let Some(cue) = &item.cue {
            let slot = &mut cued[view.sentence_of(cue.start)];
            *slot = match *slot {
                Some(other) => Some(first_of(found, other, i)),
                None => Some(i),
            };
        }
        for t in item.content.iter().flat_map(|range| [range.start, range.end.saturating_sub(1)]) {
            if t < view.len() {
                held[view.sentence_of(t)] = true;
            }
        }
    }
    let mut home: Option<(usize, usize)> = None;
    for s in 0..count {
        let sentence = &view.language.sentences[s];
        let opens = s == 0 || view.language.sentences[s - 1].paragraph != sentence.paragraph;
        if opens {
            home = None;
        }
        if let Some(i) = cued[s] {
            home = carries(&found[i]).then_some((i, 0));
            continue;
        }
        let Some((i, length)) = home else { continue };
        if held[s] || length >= LONGEST || !reports(view, s) {
            home = None;
            continue;
        }
        home = Some((i, length + 1));
        found.push(Found {
            source: found[i].source.clone(),
            cue: None,
            content: vec![view.without_stop(sentence.tokens.clone())],
            frame: Frame::Carried,
            class: None,
            continues: Some(i),
            relayed: None,
            confidence: Frame::Carried.confidence(),
        });
    }
}

fn first_of(found: &[Found], a: usize, b: usize) -> usize {
    if found[a].start() <= found[b].start() { a } else { b }
}

fn carries(item: &Found) -> bool {
    let frame = matches!(item.frame, Frame::According | Frame::AccordingBehind)
        || matches!(item.frame, Frame::That | Frame::Clause | Frame::ClauseBefore)
            && item.class.is_some_and(|class| {
                matches!(
                    class,
                    Class::Saying | Class::Asserting | Class::Forecasting | Class::Warning
                )
            });
    frame && item.source.is_some()
}

/// A hedge or a scrap of quotation, and no sign that the outlet speaks.
fn reports(view: &View, sentence: usize) -> bool {
    let tokens = view.sentence_tokens(sentence);
    let hedged =
        tokens.clone().any(|t| view.is(t, Sort::MODAL | Sort::HEDGE) && !view.is(t, Sort::NAME));
    let scrap =
        tokens.clone().any(|t| view.is(t, Sort::OPEN)) && !view.is(tokens.start, Sort::OPEN);
    let full = tokens.len() >= 5 && view.is(tokens.end - 1, Sort::STOP);
    full && (hedged || scrap)
}
