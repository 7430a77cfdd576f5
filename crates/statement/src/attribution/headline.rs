//! Lines without a verb of saying: headlines ("Berg: …", "…: Berg", "… — Berg").

use std::ops::Range;

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::label;
use super::view::View;

/// Adds the attributions of headlines and of paragraphs that look like one. `turns`: the paragraphs,
/// in order, that an interview has read already.
pub(super) fn add(view: &View, turns: &[usize], found: &mut Vec<Found>) {
    let mut cued = vec![false; view.language.sentences.len()];
    for cue in found.iter().filter_map(|f| f.cue.as_ref()) {
        cued[view.sentence_of(cue.start)] = true;
    }
    for (s, sentence) in view.language.sentences.iter().enumerate() {
        let tokens = sentence.tokens.clone();
        let paragraph = view.language.paragraphs[sentence.paragraph];
        let opens = s == 0 || view.language.sentences[s - 1].paragraph != sentence.paragraph;
        if !opens || turns.binary_search(&sentence.paragraph).is_ok() {
            continue;
        }
        let whole = view.language.tokens_in(paragraph);
        let headline = whole == tokens;
        if let Some(item) = leading(view, &tokens, &whole)
            .or_else(|| if headline && !cued[s] { trailing(view, &tokens) } else { None })
        {
            found.push(item);
        }
    }
}

/// "Berg: …"
fn leading(view: &View, tokens: &Range<usize>, paragraph: &Range<usize>) -> Option<Found> {
    let (source, colon) = label::opening(view, tokens)?;
    if !label::is_source(view, &source) || colon + 2 >= paragraph.end {
        return None;
    }
    let content = vec![view.without_stop(colon + 1..paragraph.end)];
    Some(Found::signed(source, colon, content, Frame::Headline))
}

/// "…: Berg", "… — Berg"
fn trailing(view: &View, tokens: &Range<usize>) -> Option<Found> {
    let end = tokens.start + view.without_stop(tokens.clone()).len();
    let low = tokens.start.max(end.saturating_sub(label::LONGEST + 1));
    let mark = (low..end).rev().find(|t| view.is(*t, Sort::COLON | Sort::DASH))?;
    let source = mark + 1..end;
    if mark < tokens.start + 3 || !label::is_source(view, &source) || view.word(mark) == ";" {
        return None;
    }
    let content = vec![view.without_stop(tokens.start..mark)];
    Some(Found::signed(source, mark, content, Frame::Headline))
}
