//! What the weights of judgement are fitted on: the features of each statement that sayso prints.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
};

use sayso_model::{Article, Published};
use sayso_statement::{Attribution, Context, Ground, Tables, judgement, reading::Reading};
use serde_json::{Value, json};

/// Reads `articles` (JSON lines with `id`, `text` and perhaps `outlet`, `title`, `published`) and writes each
/// statement's record to `out` with one key more: `features`, their names.
pub(crate) fn export(articles: &Path, out: &Path) -> Result<String, String> {
    let problem = |e: std::io::Error| format!("{}: {e}", articles.display());
    let lines = BufReader::new(fs::File::open(articles).map_err(problem)?).lines();
    let mut file = fs::File::create(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let tables = Tables::english().map_err(|e| e.to_string())?;
    let mut count = 0;
    for line in lines {
        let value: Value =
            serde_json::from_str(&line.map_err(problem)?).map_err(|e| e.to_string())?;
        let word = |key: &str| value[key].as_str().map(str::to_owned);
        let id = word("id").ok_or("a line without id")?;
        let text = word("text").ok_or("a line without text")?;
        let day = word("published").and_then(|d| d.get(..10)?.parse().ok());
        let article = Article {
            outlet: word("outlet"),
            title: word("title"),
            published: day.map(Published::day),
            ..Article::of_text(&id, &text)
        };
        let language = sayso_language::read(&article.text);
        let ground = Ground::read(&language, &tables);
        let context =
            Context { article: &article, language: &language, tables: &tables, ground: &ground };
        for statement in sayso_statement::read(&article, &language, &tables) {
            let spans = |printed: &[sayso_model::PrintedSpan]| {
                printed.iter().map(sayso_model::PrintedSpan::span).collect::<Vec<_>>()
            };
            let attribution = Attribution {
                source: spans(&statement.source),
                cue: spans(&statement.cue),
                content: spans(&statement.content),
                speech: statement.speech,
                within: None,
                relayed: None,
                continues: None,
                confidence: 1.0,
            };
            let reading = Reading::new(&context, &attribution, statement.speaker.as_ref());
            let features = judgement::features(&context, &attribution, &reading);
            let mut record = serde_json::to_value(&statement).map_err(|e| e.to_string())?;
            record["features"] = json!(features);
            writeln!(file, "{record}").map_err(|e| e.to_string())?;
            count += 1;
        }
    }
    Ok(format!("{count} statements"))
}
