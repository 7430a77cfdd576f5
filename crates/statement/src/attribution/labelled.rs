//! The lines of translated agencies: "Source: the general staff", "Quote: “…”", "Details: …".
//!
//! A line with the label of a source tells whose the lines below it are; a quotation's label may name
//! its speaker ("Quote from Berg: …").

use std::ops::Range;

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::label;
use super::view::View;
use crate::cues::CUES;

/// Most words of a label ("Quote from the head of the board").
const LONGEST_LABEL: usize = 12;
/// Most tokens of a line that names a source.
const LONGEST_SOURCE: usize = 40;

/// The labelled lines of an article, and their paragraphs.
pub(super) fn read(view: &View) -> (Vec<Found>, Vec<usize>) {
    let (mut out, mut lines) = (Vec::new(), Vec::new());
    let mut holder: Option<Range<usize>> = None;
    for (paragraph, span) in view.language.paragraphs.iter().enumerate() {
        let tokens = view.language.tokens_in(*span);
        let limit = tokens.end.min(tokens.start + LONGEST_LABEL);
        let colon = (tokens.start + 1..limit).find(|t| view.is(*t, Sort::COLON));
        let Some(colon) = colon.filter(|_| view.is(tokens.start, Sort::CAPITAL)) else { continue };
        let word = view.word(tokens.start);
        let rest = view.without_stop(colon + 1..tokens.end);
        if rest.is_empty() {
            continue;
        }
        if CUES.labels_source(word) && colon == tokens.start + 1 {
            if rest.len() <= LONGEST_SOURCE {
                holder = Some(named(view, &rest));
                lines.push(paragraph);
            }
        } else if CUES.labels_quotation(word) {
            let from = matches!(view.word(tokens.start + 1), "from" | "of" | "by");
            let own = (from && tokens.start + 2 < colon).then(|| tokens.start + 2..colon);
            if let Some(source) = own.or_else(|| holder.clone()) {
                lines.push(paragraph);
                out.push(Found::signed(source, colon, vec![rest], Frame::Signed));
            }
        }
    }
    (out, lines)
}

/// Who is named in the line of a source: the words up to a comma that adds where ("on Facebook").
fn named(view: &View, rest: &Range<usize>) -> Range<usize> {
    let stop = rest.clone().skip(1).find(|t| {
        let venue = matches!(view.word(*t), "on" | "in" | "citing" | "via" | "during" | "at");
        let comma = view.is(*t, Sort::COMMA | Sort::COLON | Sort::STOP);
        venue && view.is(*t + 1, Sort::CAPITAL)
            || comma && label::is_source(view, &(rest.start..*t))
    });
    rest.start..stop.unwrap_or(rest.end)
}
