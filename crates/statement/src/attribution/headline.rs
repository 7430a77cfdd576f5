//! Lines without a verb of saying: headlines ("Berg: …", "…: Berg", "… — Berg") and interviews.

use std::ops::Range;

use sayso_language::NameKind;

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::view::View;

/// Longest source of a headline, in tokens.
const LONGEST_SOURCE: usize = 7;

/// Adds the attributions of headlines and of interview answers.
pub(super) fn add(view: &View, found: &mut Vec<Found>) {
    let mut cued = vec![false; view.language.sentences.len()];
    for cue in found.iter().filter_map(|f| f.cue.as_ref()) {
        cued[view.sentence_of(cue.start)] = true;
    }
    for (s, sentence) in view.language.sentences.iter().enumerate() {
        let tokens = sentence.tokens.clone();
        let paragraph = view.language.paragraphs[sentence.paragraph];
        let opens = s == 0 || view.language.sentences[s - 1].paragraph != sentence.paragraph;
        if !opens {
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

/// "Berg: …"; in an interview the answer is the rest of the paragraph.
fn leading(view: &View, tokens: &Range<usize>, paragraph: &Range<usize>) -> Option<Found> {
    let limit = tokens.end.min(tokens.start + LONGEST_SOURCE + 1);
    let colon = (tokens.start + 1..limit).find(|t| view.is(*t, Sort::COLON))?;
    let source = tokens.start..colon;
    if !is_source(view, &source) || view.word(colon) == ";" || colon + 2 >= paragraph.end {
        return None;
    }
    let content = colon + 1..end_of(view, colon + 1, paragraph.end);
    Some(item(source, colon..colon + 1, content))
}

/// "…: Berg", "… — Berg", “…” – Berg
fn trailing(view: &View, tokens: &Range<usize>) -> Option<Found> {
    let mut end = tokens.end;
    while end > tokens.start && view.is(end - 1, Sort::STOP) {
        end -= 1;
    }
    let low = tokens.start.max(end.saturating_sub(LONGEST_SOURCE + 1));
    let mark = (low..end).rev().find(|t| view.is(*t, Sort::COLON | Sort::DASH))?;
    let source = mark + 1..end;
    if mark < tokens.start + 3 || !is_source(view, &source) || view.word(mark) == ";" {
        return None;
    }
    let content = tokens.start..end_of(view, tokens.start, mark);
    Some(item(source, mark..mark + 1, content))
}

fn item(source: Range<usize>, cue: Range<usize>, content: Range<usize>) -> Found {
    Found {
        source: Some(source),
        cue: Some(cue),
        content: vec![content],
        frame: Frame::Headline,
        class: None,
        continues: None,
        relayed: None,
        confidence: Frame::Headline.confidence(),
    }
}

fn end_of(view: &View, from: usize, mut end: usize) -> usize {
    while end > from && view.is(end - 1, Sort::STOP) && !view.is(end - 1, Sort::CLOSE) {
        end -= 1;
    }
    end
}

/// A short noun phrase with the name of somebody who can speak: no verb, no comma.
fn is_source(view: &View, tokens: &Range<usize>) -> bool {
    let label = !tokens.is_empty() && crate::speaker::NOUNS.is_label(view.word(tokens.start));
    if label || tokens.is_empty() || tokens.len() > LONGEST_SOURCE {
        return false;
    }
    let plain = tokens.clone().all(|t| {
        view.is(t, Sort::WORD | Sort::GENITIVE) && !view.is_finite(t) && !view.is(t, Sort::NUMBER)
            || view.is(t, Sort::NAME)
    });
    let named = tokens.clone().any(|t| {
        view.name_at(t).is_some_and(|name| {
            matches!(view.language.names[name].kind, NameKind::Person | NameKind::Organization)
        })
    });
    // "Poll: …", "Official: …"
    let noun = tokens.len() <= 2
        && crate::speaker::NOUNS.sort(view.word(tokens.end - 1)).is_some()
        && view.is(tokens.start, Sort::CAPITAL);
    plain && (named || noun)
}
