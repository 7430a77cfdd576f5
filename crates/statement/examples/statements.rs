//! Attributions of JSON lines ({"id", "text"}) from the standard input, as JSON lines in code
//! points: `statements < in.jsonl > out.jsonl`.
#![expect(clippy::print_stdout, reason = "an example that prints")]

use std::io::BufRead as _;

use sayso_model::Span;

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("the input is UTF-8");
        let value: serde_json::Value =
            serde_json::from_str(&line).expect("the input is JSON lines");
        let text = value["text"].as_str().unwrap_or_default();
        let language = sayso_language::read(text);
        let found = sayso_statement::attribution::read(&language);
        let spans = |spans: &[Span]| -> Vec<[u32; 2]> {
            spans
                .iter()
                .map(|s| {
                    let printed = language.print(*s);
                    [printed.start, printed.end]
                })
                .collect()
        };
        let attributions: Vec<_> = found
            .iter()
            .enumerate()
            .map(|(i, a)| {
                serde_json::json!({
                    "id": i.to_string(), "source": spans(&a.source), "cue": spans(&a.cue),
                    "content": spans(&a.content), "nested": a.within.is_some(),
                    "confidence": a.confidence,
                })
            })
            .collect();
        println!(
            "{}",
            serde_json::json!({"id": value["id"], "text": text, "attributions": attributions})
        );
    }
}
