//! What `train/worth.py` learns from: statements with the features of their confidence.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use sayso_model::{Article, Precision, Published};
use sayso_statement::{Tables, attribution, weighed};
use serde_json::{Value, json};

/// Reads `articles` (JSON lines with `id`, `text`, `outlet`, `title` and `published`) and gives their
/// statements, a JSON line each, with the values of their features.
pub(crate) fn export(articles: &Path) -> Result<String, String> {
    let problem = |e: std::io::Error| format!("{}: {e}", articles.display());
    let tables = Tables::english().map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    for line in BufReader::new(File::open(articles).map_err(problem)?).lines() {
        let value: Value =
            serde_json::from_str(&line.map_err(problem)?).map_err(|e| e.to_string())?;
        let article = article(&value)?;
        let language = sayso_language::read(&article.text);
        let found = attribution::read(&language);
        let (statements, features) = weighed(&article, &language, &tables, &found);
        for statement in statements {
            let mut record = serde_json::to_value(&statement).map_err(|e| e.to_string())?;
            record["features"] = json!(features.get(&statement.id).map(|v| v.to_vec()));
            out.push(record.to_string());
        }
    }
    Ok(out.join("\n"))
}

fn article(value: &Value) -> Result<Article, String> {
    let word = |key: &str| value[key].as_str().map(str::to_owned);
    let key = word("id").ok_or("a line without id")?;
    let mut article = Article::of_text(&key, &word("text").ok_or("a line without text")?);
    article.outlet = word("outlet");
    article.title = word("title");
    let date = word("published").and_then(|day| day.get(..10)?.parse().ok());
    article.published = date.map(|date| Published { date, time: None, precision: Precision::Day });
    Ok(article)
}
