//! Words of articles on their way to a language model: exact, capped, and apart from ours.
//!
//! An article is hostile text until shown otherwise. Its words leave inside `from_article` and nowhere
//! else; what no reader sees (control characters, marks of direction, joiners of no width, tags) is
//! taken out, since a model reads it; and each piece says whether it is still the article's text to the
//! letter.

use sayso_ledger::{BearsOn, Ledger, LedgerError};
use sayso_model::{ArticleRef, PrintedSpan, Statement};
use serde_json::{Value, json};

use crate::wording;

/// Characters of one piece.
const MAX_CHARACTERS: usize = 300;

/// Words as they leave, and whether they are the article's to the letter.
pub(super) fn clean(words: &str) -> (String, bool) {
    let seen: String = words.chars().filter(|c| is_seen(*c)).take(MAX_CHARACTERS + 1).collect();
    if seen.chars().count() <= MAX_CHARACTERS {
        let exact = seen == words;
        return (seen, exact);
    }
    (seen.chars().take(MAX_CHARACTERS - 1).chain(['…']).collect(), false)
}

/// Words alone.
pub(super) fn text(words: &str) -> String {
    clean(words).0
}

fn is_seen(c: char) -> bool {
    let is_hidden = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    );
    !is_hidden && (!c.is_control() || c == '\n')
}

/// A span: its words, its code points and its bytes.
pub(super) fn span(span: &PrintedSpan) -> Value {
    let (words, exact) = clean(&span.text);
    json!({
        "text": words,
        "exact": exact,
        "start": span.start,
        "end": span.end,
        "byte_start": span.byte_start,
        "byte_end": span.byte_end,
    })
}

/// What is known of an article: what we say of it, and its own words.
pub(super) fn article(article: &ArticleRef) -> (Value, Value) {
    let ours = json!({
        "id": article.id,
        "published": article.published,
        "published_precision": article.published_precision,
    });
    let theirs = json!({
        "outlet": article.outlet.as_deref().map(text),
        "title": article.title.as_deref().map(text),
        "url": article.url.as_deref().map(text),
    });
    (ours, theirs)
}

/// A statement: what was read of it, and under `from_article` the words it was read from.
///
/// # Errors
/// The ledger's.
pub(super) fn statement(
    ledger: &Ledger,
    one: &Statement,
    bears_on: &[BearsOn],
) -> Result<Value, LedgerError> {
    let (article, mut theirs) = article(&one.article);
    let speaker = one.speaker.as_ref();
    let certainty = one.certainty.as_ref();
    let window = one.window.as_ref();
    theirs["words"] = one.content.iter().map(span).collect();
    theirs["speaker"] = speaker.map(|speaker| text(&speaker.name)).into();
    theirs["role"] = speaker.and_then(|speaker| speaker.role.as_deref()).map(text).into();
    theirs["via"] = one.chain.iter().map(|link| text(&link.name)).collect();
    theirs["how_sure"] = certainty.map(|certainty| text(&wording::certainty(certainty))).into();
    theirs["window"] = window.map(|window| text(&wording::window(window))).into();
    theirs["condition"] = one.condition.as_ref().map(|condition| text(&condition.text)).into();
    theirs["places"] = one.places.iter().map(|place| text(&place.name)).collect();
    theirs["event"] = one
        .event
        .as_ref()
        .map(|event| {
            json!({
                "class": text(&event.class),
                "actor": event.actor.as_ref().map(|entity| text(&entity.name)),
                "target": event.target.as_ref().map(|entity| text(&entity.name)),
            })
        })
        .into();
    theirs["questions"] = bears_on
        .iter()
        .map(|bears| {
            json!({ "id": bears.question, "text": text(&bears.text), "stance": bears.stance })
        })
        .collect();
    let verdict = ledger.verdict_in_force(&one.id)?.map(|review| review.verdict.word());
    Ok(json!({
        "id": one.id,
        "article": article,
        "speaker": speaker.map(|speaker| json!({
            "id": speaker.id,
            "kind": speaker.kind,
            "confidence": speaker.confidence,
        })),
        "speech": one.speech,
        "kind": one.kind,
        "polarity": one.polarity,
        "certainty": certainty.map(|certainty| json!({
            "class": certainty.class,
            "low": certainty.low,
            "high": certainty.high,
            "bound": certainty.bound,
        })),
        "window": window.map(|window| json!({
            "earliest": window.earliest,
            "latest": window.latest,
            "latest_soft": window.latest_soft,
        })),
        "reading_confidence": one.confidence,
        "verdict": verdict,
        "from_article": theirs,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_does_not_leave() {
        assert_eq!(clean("The dam holds."), ("The dam holds.".to_owned(), true));
        assert_eq!(clean("The\u{e0041}\u{200b} dam\u{202e}.\u{7}"), ("The dam.".to_owned(), false));
        let (cut, exact) = clean(&"é".repeat(301));
        assert_eq!((cut.chars().count(), exact), (300, false));
        assert!(clean(&"é".repeat(300)).1);
    }
}
