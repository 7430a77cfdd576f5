//! Interviews: paragraphs that open with the name of who speaks ("Berg: …"), mostly without
//! quotation marks.
//!
//! One such paragraph is a line like any other (`headline` reads it); two or more are a layout, and
//! what stands behind a name is what its bearer said, up to the next name.

use std::ops::Range;

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::label;
use super::view::View;

/// Fewest turns that make an interview.
const FEWEST: usize = 2;
/// Most further paragraphs that belong to an answer: behind them the outlet speaks again.
const LONGEST: usize = 5;

/// A paragraph with a name in front.
struct Turn {
    paragraph: usize,
    source: Range<usize>,
    colon: usize,
}

/// The answers of an interview and the paragraphs of all its turns, questions too; nothing where an
/// article is no interview.
pub(super) fn read(view: &View) -> (Vec<Found>, Vec<usize>) {
    let turns = turns(view);
    if turns.len() < FEWEST {
        return (Vec::new(), Vec::new());
    }
    let ends = turns.iter().skip(1).map(|turn| Some(turn.paragraph)).chain([None]);
    let answers = turns.iter().zip(ends).filter_map(|(turn, next)| answer(view, turn, next));
    (answers.collect(), turns.iter().map(|turn| turn.paragraph).collect())
}

/// The paragraphs whose label names somebody. A surname may be seen as a name in one turn and not in
/// another: once is enough.
fn turns(view: &View) -> Vec<Turn> {
    let words =
        |source: &Range<usize>| -> Vec<&str> { source.clone().map(|t| view.word(t)).collect() };
    let mut turns = Vec::new();
    let mut named: Vec<Vec<&str>> = Vec::new();
    for (paragraph, span) in view.language.paragraphs.iter().enumerate() {
        let tokens = view.language.tokens_in(*span);
        let Some((source, colon)) = label::opening(view, &tokens) else { continue };
        if !view.is(source.start, Sort::CAPITAL | Sort::NAME) || colon + 2 >= tokens.end {
            continue;
        }
        if label::is_named(view, &source) {
            named.push(words(&source));
        }
        turns.push(Turn { paragraph, source, colon });
    }
    named.sort_unstable();
    turns.retain(|turn| named.binary_search(&words(&turn.source)).is_ok());
    turns
}

/// What one turn says; `next` is the paragraph of the turn behind it. The last turn is its own
/// paragraph, since the outlet may have the last word. A turn that asks, or that has no verb, is no
/// statement.
fn answer(view: &View, turn: &Turn, next: Option<usize>) -> Option<Found> {
    let paragraphs = &view.language.paragraphs;
    let own = view.language.tokens_in(paragraphs[turn.paragraph]);
    let asks = view.word(own.end - 1) == "?";
    // "Berg: 1,501", "Weil: a clear win" are lines of a table.
    let sentence = view.is(own.end - 1, Sort::STOP | Sort::CLOSE)
        && own.clone().any(|t| t > turn.colon && view.is_finite(t));
    let further = next
        .map_or(0..0, |next| turn.paragraph + 1..next.min(turn.paragraph + 1 + LONGEST))
        .filter(|p| !asks && *p < paragraphs.len())
        .map(|p| view.language.tokens_in(paragraphs[p]));
    let content: Vec<Range<usize>> = std::iter::once(turn.colon + 1..own.end)
        .chain(further)
        .map(|tokens| view.without_stop(tokens))
        .filter(|tokens| !tokens.is_empty())
        .collect();
    (!asks && sentence)
        .then(|| Found::signed(turn.source.clone(), turn.colon, content, Frame::Answer))
}
