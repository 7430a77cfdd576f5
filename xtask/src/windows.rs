//! Forecast windows against Good Judgment questions: the last day that is read from the question's
//! text, with its opening day for "today", against the day on which it closes. A question "When
//! will …" names no time; there the answers are read.

use std::{fmt::Write as _, path::Path, process::Command};

use jiff::civil::Date;
use sayso_model::{Article, Published, Span, Speech};
use sayso_statement::{Attribution, Context, Ground, Tables, meaning};
use serde_json::Value;

/// Prints how many questions have a meaning, and how many end within a day of their closing, with
/// those that do not where `misses` are wanted.
///
/// # Errors
/// In words, when the corpus is missing or is not what its README says.
pub(crate) fn score(corpora: &Path, misses: bool) -> Result<String, String> {
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
    let (mut all, mut read, mut right, mut asked) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut alone = 0;
    let mut said = String::new();
    for line in String::from_utf8_lossy(&unpacked.stdout).lines() {
        let record: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        all += 1;
        let text = record["q_text"].as_str().unwrap_or_default();
        let Some(opens) = day(&record["date_start"]) else { continue };
        let mut window = days(text, opens, &tables);
        let by_answers = window.is_none() && text.starts_with("When will");
        if by_answers {
            let answers = record["options"].as_str().unwrap_or_default();
            window = among_answers(answers, opens, &tables);
            asked += u32::from(window.is_some());
        }
        read += u32::from(window.is_some());
        let last = window.and_then(|(_, last)| last);
        let near = |closes: Date| last.is_some_and(|l| (l - closes).get_days().abs() <= 1);
        let closes = day(&record["date_to_close"]);
        let met = closes.is_some_and(near);
        right += u32::from(met);
        alone += u32::from(met && !by_answers);
        if misses && !met {
            let read = match (window, last) {
                (None, _) => "none".to_owned(),
                (_, None) => "open".to_owned(),
                (_, Some(last)) => last.to_string(),
            };
            let closes = closes.map_or(String::new(), |c| c.to_string());
            let _ = writeln!(said, "{read}\t{opens}\t{closes}\t{text}\t{}", record["q_desc"]);
        }
    }
    let share = |n: u32, of: u32| 100.0 * f64::from(n) / f64::from(of.max(1));
    let _ = write!(
        said,
        "questions {all}\nwith a window {read} ({:.1} %), {asked} of them by the answers to \"When will\"\n\
         last day within a day of closing {right} ({:.1} % of all, {:.1} % of those with a window)\n\
         by the words of the question alone {alone} ({:.1} % of all)\n",
        share(read, all),
        share(right, all),
        share(right, read),
        share(alone, all)
    );
    Ok(said)
}

/// The window of a question that asks for the time: its words hold none, and its answers, "(a)
/// Before 1 July 2012, (b) Between …, (c) Not before 1 April 2013", cut up the one that is meant.
/// Each answer is read as a text of its own; the last of all days but those of "not before" counts.
fn among_answers(
    answers: &str,
    published: Date,
    tables: &Tables,
) -> Option<(Option<Date>, Option<Date>)> {
    let marks: Vec<usize> = answers
        .match_indices('(')
        .filter(|(at, _)| {
            let rest = &answers.as_bytes()[at + 1..];
            rest.first().is_some_and(u8::is_ascii_lowercase) && rest.get(1) == Some(&b')')
        })
        .map(|(at, _)| at)
        .collect();
    let ends = marks.iter().skip(1).copied().chain([answers.len()]);
    let read = |(start, end): (usize, usize)| {
        let answer = answers[start + 3..end].trim().trim_end_matches([',', ';']);
        days(&format!("It will happen {}.", lower_first(answer)), published, tables)
    };
    let last = marks.iter().copied().zip(ends).filter_map(read).filter_map(|(_, last)| last).max();
    last.map(|last| (Some(published), Some(last)))
}

/// The answer as the rest of a sentence.
fn lower_first(answer: &str) -> String {
    let mut letters = answer.chars();
    letters.next().map_or(String::new(), |c| c.to_lowercase().chain(letters).collect())
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
        published: Some(Published::day(published)),
        ..Article::of_text("question", text)
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
    let meaning = meaning::read(&context, &attribution, None, None);
    meaning.window.map(|w| (w.earliest, w.latest))
}
