//! One attribution, several claims: a long quotation becomes one statement for each claim that can
//! be compared with others.
//!
//! A sentence that names an event or foretells, and is hedged or conditional, stands alone; neighbours without
//! are kept together, so that a quotation that only tells is one statement. The attribution itself
//! stays whole: only its statements are split.

use sayso_model::{Kind, Span};

use crate::{Attribution, Context, meaning};

/// The contents of the statements of an attribution, in order; one when there is nothing to split.
pub fn read(context: &Context, attribution: &Attribution) -> Vec<Vec<Span>> {
    let pieces = sentences(context, &attribution.content);
    let indirect = attribution.speech == sayso_model::Speech::Indirect;
    if pieces.len() < 2 || indirect {
        return vec![attribution.content.clone()];
    }
    let mut out: Vec<Vec<Span>> = Vec::new();
    let mut last_alone = true;
    for sentence in joined(context, pieces) {
        let alone = stands_alone(context, attribution, &sentence);
        match out.last_mut() {
            Some(group) if !alone && !last_alone => group.extend(sentence),
            _ => out.push(sentence),
        }
        last_alone = alone;
    }
    if out.len() == 1 {
        return vec![attribution.content.clone()];
    }
    out
}

/// The content cut at the ends of sentences.
fn sentences(context: &Context, content: &[Span]) -> Vec<Span> {
    let language = context.language;
    let mut out = Vec::new();
    for span in content {
        let Some(first) = language.sentence_at(span.start) else { continue };
        for sentence in language.sentences[first..].iter().take_while(|s| s.span.start < span.end) {
            let start = sentence.span.start.max(span.start);
            let end = sentence.span.end.min(span.end);
            if start < end {
                let piece = Span { start, end };
                if piece.of(language.text).chars().any(char::is_alphanumeric) {
                    out.push(piece);
                }
            }
        }
    }
    out
}

/// The pieces of one sentence together: “If it rains,” she said, “we will stay.” is one claim.
fn joined(context: &Context, pieces: Vec<Span>) -> Vec<Vec<Span>> {
    let mut out: Vec<(Option<usize>, Vec<Span>)> = Vec::new();
    for piece in pieces {
        let sentence = context.language.sentence_at(piece.start);
        match out.last_mut() {
            Some((last, group)) if *last == sentence && sentence.is_some() => group.push(piece),
            _ => out.push((sentence, vec![piece])),
        }
    }
    out.into_iter().map(|(_, group)| group).collect()
}

fn stands_alone(context: &Context, attribution: &Attribution, sentence: &[Span]) -> bool {
    let alone = Attribution { content: sentence.to_vec(), ..attribution.clone() };
    let meaning = meaning::read(context, &alone);
    let foretells = matches!(meaning.kind, Kind::Forecast | Kind::Intention);
    (meaning.event.is_some() || foretells)
        && (meaning.certainty.is_some() || meaning.condition.is_some())
}
