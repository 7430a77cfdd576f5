//! W3C Web Annotation: each statement an annotation of its words, found by quotation and by position.

use sayso_model::{PrintedSpan, Statement};
use serde_json::{Value, json};

use super::{File, Holdings, address, sure, urn, words};
use crate::error::CommandError;

/// Characters before and after a quotation by which it is found again.
const AROUND: usize = 32;

/// One page of annotations.
pub(crate) fn annotation(holdings: &Holdings) -> Result<File, CommandError> {
    let items: Vec<Value> = holdings.statements.iter().map(|one| item(one, holdings)).collect();
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:sayso:annotations",
        "type": "AnnotationPage",
        "items": items,
    });
    File::json("annotations.jsonld", &page)
}

fn item(statement: &Statement, holdings: &Holdings) -> Value {
    let source = address(statement).map_or_else(|| urn(&statement.article.id), str::to_owned);
    let text = holdings.articles.get(&statement.article.id).map(|article| article.text.as_str());
    let targets: Vec<Value> = statement
        .content
        .iter()
        .filter(|span| !span.text.is_empty())
        .map(|span| {
            let exact = span.text.trim_end_matches('…');
            let exact = if holdings.public { exact } else { span.text.as_str() };
            let end = span.start as usize + exact.chars().count();
            let mut quote = json!({"type": "TextQuoteSelector", "exact": exact});
            if let Some((prefix, suffix)) = text.and_then(|text| around(text, span)) {
                quote["prefix"] = prefix.into();
                quote["suffix"] = suffix.into();
            }
            let place = json!({"type": "TextPositionSelector", "start": span.start, "end": end});
            json!({"source": source, "selector": [quote, place]})
        })
        .collect();
    let who = statement.speaker.as_ref().map_or("nobody named", |speaker| speaker.name.as_str());
    let mut says = vec![who.to_owned(), statement.kind.word().to_owned()];
    says.extend(statement.certainty.as_ref().map(sure));
    says.extend(statement.window.as_ref().map(|window| window.text.clone()));
    let mut annotation = json!({
        "id": format!("urn:sayso:statement:{}", statement.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"id": "urn:sayso", "type": "Software", "name": statement.extractor},
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en",
             "value": says.join(" · ")},
            {"type": "TextualBody", "purpose": "tagging", "value": statement.kind.word()},
        ],
        "target": targets,
    });
    if targets_are_none(&annotation) {
        annotation["target"] = json!([{"source": source, "selector": [
            {"type": "TextQuoteSelector", "exact": words(statement)}]}]);
    }
    annotation
}

fn targets_are_none(annotation: &Value) -> bool {
    annotation["target"].as_array().is_none_or(Vec::is_empty)
}

/// The characters around a span; none where there is no text, as for others.
fn around<'a>(text: &'a str, span: &PrintedSpan) -> Option<(&'a str, &'a str)> {
    let before = text.get(..span.byte_start as usize)?;
    let after = text.get(span.byte_end as usize..)?;
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    (!text.is_empty()).then(|| (&before[from..], &after[..to]))
}
