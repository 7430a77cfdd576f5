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
    for piece in pieces {
        let alone = stands_alone(context, attribution, piece);
        match out.last_mut() {
            Some(group) if !alone && !last_alone => group.push(piece),
            _ => out.push(vec![piece]),
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

fn stands_alone(context: &Context, attribution: &Attribution, piece: Span) -> bool {
    let alone = Attribution { content: vec![piece], ..attribution.clone() };
    let meaning = meaning::read(context, &alone);
    let foretells = matches!(meaning.kind, Kind::Forecast | Kind::Intention);
    (meaning.event.is_some() || foretells)
        && (meaning.certainty.is_some() || meaning.condition.is_some())
}
