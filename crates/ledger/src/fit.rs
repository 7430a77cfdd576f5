//! Do a record's spans still say what its article says?

use sayso_model::{CodePoints, PrintedSpan, Span, Statement};
use serde_json::Value;

/// What of a statement's record does not fit the text of its article; `None` when all does.
///
/// The record is searched for spans as JSON and not field by field, so that a field that is added
/// to the record later is checked without anybody thinking of it.
pub(crate) fn misfit(
    text: &str,
    points: &CodePoints,
    statement: &Statement,
) -> serde_json::Result<Option<String>> {
    let own = |span: &PrintedSpan| span.span();
    let cue: Vec<Span> = statement.cue.iter().map(own).collect();
    let content: Vec<Span> = statement.content.iter().map(own).collect();
    if sayso_model::statement_id(&statement.article.id, &cue, &content) != statement.id {
        return Ok(Some("the id does not follow from the cue and content spans".to_owned()));
    }
    Ok(orphan(text, points, &serde_json::to_value(statement)?))
}

fn orphan(text: &str, points: &CodePoints, value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(|item| orphan(text, points, item)),
        Value::Object(fields) => {
            if fields.contains_key("byte_start") {
                let span: PrintedSpan = serde_json::from_value(value.clone()).ok()?;
                if let Some(problem) = unlike(text, points, &span) {
                    return Some(problem);
                }
            }
            fields.values().find_map(|field| orphan(text, points, field))
        }
        _ => None,
    }
}

fn unlike(text: &str, points: &CodePoints, span: &PrintedSpan) -> Option<String> {
    let range = span.byte_start as usize..span.byte_end as usize;
    let found = text.get(range);
    let place = format!("bytes {} to {}", span.byte_start, span.byte_end);
    match found {
        None => Some(format!("{place} are no characters of the text")),
        Some(words) if words != span.text => {
            Some(format!("{place} of the text are not “{}”", span.text))
        }
        Some(_) if points.print(text, span.span()) != *span => {
            Some(format!("{place} and code points {} to {} differ", span.start, span.end))
        }
        Some(_) => None,
    }
}
