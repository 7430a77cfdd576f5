//! Forecast windows against Good Judgment questions: the last day that is read from the question's
//! text, with its opening day for "today", against the day on which it closes.

use std::{path::Path, process::Command};

use jiff::civil::Date;
use sayso_model::{Article, Published, Span, Speech, article_id};
use sayso_statement::{Attribution, Context, Ground, Tables, window};
use serde_json::Value;

/// Prints how many questions have a window, and how many end within a day of their closing.
///
/// # Errors
/// In words, when the corpus is missing or is not what its README says.
pub(crate) fn score(corpora: &Path) -> Result<String, String> {
    let tables = Tables::english().map_err(|e| e.to_string())?;
    let gold = corpora.join("forecasts/good-judgment-dev.jsonl.gz");
    let unpacked = Command::new("gzip")
        .arg("-dc")
        .arg(&gold)
        .output()
        .map_err(|e| format!("{}: {e}.", gold.display()))?;
    if !unpacked.status.success() {
        return Err(format!("{} cannot be unpacked. Pass the folder of corpora.", gold.display()));
    }
    let (mut all, mut read, mut right) = (0_u32, 0_u32, 0_u32);
    for line in String::from_utf8_lossy(&unpacked.stdout).lines() {
        let record: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        all += 1;
        let text = record["q_text"].as_str().unwrap_or_default();
        let Some(opens) = day(&record["date_start"]) else { continue };
        let Some((_, last)) = days(text, opens, &tables) else { continue };
        read += 1;
        let near = |closes: Date| last.is_some_and(|l| (l - closes).get_days().abs() <= 1);
        right += u32::from(day(&record["date_to_close"]).is_some_and(near));
    }
    let share = |n: u32, of: u32| 100.0 * f64::from(n) / f64::from(of.max(1));
    Ok(format!(
        "questions {all}\nwith a window {read} ({:.1} %)\nlast day within a day of closing {right} \
         ({:.1} % of all, {:.1} % of those with a window)\n",
        share(read, all),
        share(right, all),
        share(right, read)
    ))
}

/// "9/30/11"
fn day(value: &Value) -> Option<Date> {
    let mut parts = value.as_str()?.split('/').map(|p| p.parse::<i16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    Date::new(2000 + year, month as i8, day as i8).ok()
}

/// The window of a text that is all content.
fn days(text: &str, published: Date, tables: &Tables) -> Option<(Option<Date>, Option<Date>)> {
    let article = Article {
        id: article_id(text),
        key: String::new(),
        path: None,
        outlet: None,
        url: None,
        title: None,
        author: None,
        published: Some(Published::day(published)),
        modified: None,
        language: None,
        text: text.to_owned(),
        problems: Vec::new(),
    };
    let language = sayso_language::read(text);
    let ground = Ground::read(&language, tables);
    let context = Context { article: &article, language: &language, tables, ground: &ground };
    let attribution = Attribution {
        source: Vec::new(),
        cue: Vec::new(),
        content: vec![Span::new(0, text.len())],
        speech: Speech::Indirect,
        within: None,
        relayed: None,
        continues: None,
        confidence: 1.0,
    };
    window::read(&context, &attribution).map(|w| (w.earliest, w.latest))
}
