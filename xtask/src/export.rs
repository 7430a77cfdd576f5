//! What the network of attributions learns from: the articles as the product itself reads them.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    ops::Range,
    path::Path,
};

use sayso_language::{Language, net::Core};
use sayso_model::Span;
use sayso_statement::attribution;
use serde_json::{Value, json};

/// Reads `articles` (JSON lines with `id` and `text`) and writes `NAME.jsonl` and `NAME.states`
/// into a folder.
///
/// A line of `NAME.jsonl` holds an article's tokens and what the rules of attribution find, in
/// tokens; `NAME.states` the core's states, 32-bit floats, little endian, a row a token.
pub(crate) fn run(articles: &Path, folder: &Path, name: &str) -> Result<String, String> {
    let problem = |e: std::io::Error| format!("{}: {e}", articles.display());
    let lines = BufReader::new(File::open(articles).map_err(problem)?).lines();
    let create = |end: &str| File::create(folder.join(format!("{name}.{end}"))).map_err(problem);
    let mut tokens = BufWriter::new(create("jsonl")?);
    let mut states = BufWriter::new(create("states")?);
    let (mut articles, mut count) = (0, 0);
    for line in lines {
        let value: Value =
            serde_json::from_str(&line.map_err(problem)?).map_err(|e| e.to_string())?;
        let text = value["text"].as_str().ok_or("a line without text")?;
        let language = sayso_language::read(text);
        writeln!(tokens, "{}", record(&value["id"], &language)).map_err(problem)?;
        for state in Core::english().encode(&language, 0..language.sentences.len()) {
            states.write_all(&state.to_le_bytes()).map_err(problem)?;
        }
        articles += 1;
        count += language.tokens.len();
    }
    tokens.flush().and_then(|()| states.flush()).map_err(problem)?;
    Ok(format!("{articles} articles, {count} tokens"))
}

fn record(id: &Value, language: &Language<'_>) -> Value {
    let marks = attribution::marks(language);
    let tokens: Vec<Value> = language
        .tokens
        .iter()
        .enumerate()
        .map(|(i, t)| {
            let printed = language.print(t.span);
            json!([
                printed.start,
                printed.end,
                t.sentence,
                language.sentences[t.sentence].paragraph,
                marks[i],
                t.upos as usize,
                t.deprel,
                t.head.unwrap_or(i),
                t.lemma,
                printed.text,
            ])
        })
        .collect();
    let names: Vec<Value> = language
        .names
        .iter()
        .map(|n| {
            let tokens = language.tokens_in(n.span);
            json!([tokens.start, tokens.end, n.kind.word()])
        })
        .collect();
    let ranges = |spans: &[Span]| -> Vec<Range<usize>> {
        spans.iter().map(|s| language.tokens_in(*s)).collect()
    };
    let found: Vec<Value> = attribution::by_rules(language)
        .iter()
        .map(|a| {
            let print = |spans: &[Span]| -> Vec<[usize; 2]> {
                ranges(spans).iter().map(|r| [r.start, r.end]).collect()
            };
            json!({
                "source": print(&a.source),
                "cue": print(&a.cue),
                "content": print(&a.content),
                "within": a.within,
                "continues": a.continues,
                "confidence": a.confidence,
            })
        })
        .collect();
    json!({"id": id, "tokens": tokens, "names": names, "rules": found})
}
