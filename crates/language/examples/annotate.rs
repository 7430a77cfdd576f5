//! Reads JSON lines `{"id", "text"}` from stdin and writes the layers of language as JSON lines:
//! what the measuring scripts want, without the command's other stages.

use std::io::{BufRead, Write};

use sayso_language::{Candidate, Language, read};
use sayso_model::Span;
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let text = line["text"].as_str().unwrap_or_default();
        let language = read(text);
        writeln!(out, "{}", layers(&line, &language))?;
    }
    out.flush()
}

fn layers(line: &Value, language: &Language<'_>) -> Value {
    let at = |span: Span| {
        let points = |byte| language.points.at(language.text, byte as usize);
        (points(span.start), points(span.end))
    };
    json!({
        "id": line["id"],
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
                "name": language.entities[m.entity].full_name(), "kind": format!("{:?}", m.kind)})
        }).collect::<Vec<_>>(),
        "contests": contests(language, &line["pronouns"]),
        "quotations": language.quotations.iter().map(|q| at(q.outer)).collect::<Vec<_>>(),
    })
}

/// The pronouns with the candidates for each, where the input says whom some of them mean
/// (`"pronouns": {"START": {"name": "NAME", "nouns": [START, …]}}`, in code points).
fn contests(language: &Language<'_>, truth: &Value) -> Value {
    if truth.is_null() {
        return Value::Null;
    }
    let start = |token: usize| {
        language.points.at(language.text, language.tokens[token].span.start as usize)
    };
    let contests = sayso_language::pronoun_contests(language, |token, candidates, entities| {
        let meant = &truth[start(token).to_string()];
        let named = meant["name"].as_str().and_then(|name| {
            candidates
                .iter()
                .position(|c| c.entity.is_some_and(|e| entities[e].full_name() == name))
        });
        let nouns = meant["nouns"].as_array()?;
        let noun = |c: &Candidate| c.noun.is_some_and(|n| nouns.contains(&json!(start(n))));
        named.or_else(|| candidates.iter().position(noun))
    });
    let rows = contests.iter().map(|(token, candidates)| {
        let candidates: Vec<Value> = candidates
            .iter()
            .map(|c| {
                json!({"name": c.entity.map(|e| language.entities[e].full_name()),
                    "noun": c.noun.map(start), "f": c.values})
            })
            .collect();
        json!({"start": start(*token), "candidates": candidates})
    });
    json!({"features": sayso_language::pronoun_features(), "rows": rows.collect::<Vec<_>>()})
}
