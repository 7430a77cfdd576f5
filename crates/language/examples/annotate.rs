//! Reads JSON lines `{"id", "text"}` from stdin and writes the layers of language as JSON lines:
//! what the measuring scripts want, without the command's other stages.

use std::io::{BufRead, Write};

use sayso_language::{Language, read};
use sayso_model::Span;
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let text = line["text"].as_str().unwrap_or_default();
        let language = read(text);
        writeln!(out, "{}", layers(&line["id"], &language))?;
    }
    out.flush()
}

fn layers(id: &Value, language: &Language<'_>) -> Value {
    let at = |span: Span| {
        let points = |byte| language.points.at(language.text, byte as usize);
        (points(span.start), points(span.end))
    };
    json!({
        "id": id,
        "sentences": language.sentences.iter().map(|s| at(s.span)).collect::<Vec<_>>(),
        "tokens": language.tokens.iter().map(|t| {
            let (start, end) = at(t.span);
            json!({"start": start, "end": end, "form": t.span.of(language.text)})
        }).collect::<Vec<_>>(),
        "names": language.names.iter().map(|n| {
            let (start, end) = at(n.span);
            json!({"start": start, "end": end, "type": n.kind.word()})
        }).collect::<Vec<_>>(),
        "mentions": language.mentions.iter().map(|m| {
            let (start, end) = at(m.span);
            json!({"start": start, "end": end, "entity": m.entity,
                "name": language.entities[m.entity].name, "kind": format!("{:?}", m.kind)})
        }).collect::<Vec<_>>(),
        "contests": contests(language),
        "quotations": language.quotations.iter().map(|q| at(q.outer)).collect::<Vec<_>>(),
    })
}

/// The pronouns with the candidates for each, where the environment asks for them (`CONTESTS=1`).
fn contests(language: &Language<'_>) -> Value {
    if std::env::var_os("CONTESTS").is_none() {
        return Value::Null;
    }
    let contests = sayso_language::pronoun_contests(language);
    let rows = contests.iter().map(|(token, candidates)| {
        let start = language.points.at(language.text, language.tokens[*token].span.start as usize);
        let candidates: Vec<Value> = candidates
            .iter()
            .map(|(entity, f)| json!({"name": entity.map(|e| &language.entities[e].name), "f": f}))
            .collect();
        json!({"start": start, "candidates": candidates})
    });
    json!({"features": sayso_language::pronoun_features(), "rows": rows.collect::<Vec<_>>()})
}
