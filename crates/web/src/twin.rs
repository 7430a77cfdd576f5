//! Every page as data: the same address with `.json` or `.csv` behind its path, and the same query.

use axum::{
    Json,
    extract::{FromRequestParts, RawPathParams},
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use sayso_model::{PrintedSpan, Statement};
use serde::Serialize;

use crate::{excerpt, screens::Trouble, state::Pages, wording};

/// In what form a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// For reading.
    Page,
    /// As records.
    Json,
    /// As a table.
    Csv,
}

impl Form {
    /// A path or an id without its ending, and the form that the ending names.
    fn split(path: &str) -> (&str, Self) {
        if let Some(path) = path.strip_suffix(".json") {
            (path, Self::Json)
        } else if let Some(path) = path.strip_suffix(".csv") {
            (path, Self::Csv)
        } else {
            (path, Self::Page)
        }
    }
}

/// What a request asks for: the id in its path, if it has one, and the form.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// Without the ending; empty where the path has no id.
    pub(crate) id: String,
    pub(crate) form: Form,
}

impl<S: Send + Sync> FromRequestParts<S> for Wanted {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let given = RawPathParams::from_request_parts(parts, state).await;
        let given = given.map_err(|_| Trouble::NoPage)?;
        let id = given.iter().next().map(|(_, id)| id.to_owned());
        let (id, form) = match &id {
            Some(id) => Form::split(id),
            None => ("", Form::split(parts.uri.path()).1),
        };
        Ok(Self { id: id.to_owned(), form })
    }
}

/// A table with named columns.
pub(crate) struct Table {
    pub(crate) head: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

/// Answers in the form that was asked for. For others than the owner, quotations are cut in each.
///
/// # Errors
/// Records that cannot be written as JSON, which none of ours are.
pub(crate) fn answer(
    pages: &Pages,
    form: Form,
    record: &impl Serialize,
    table: impl FnOnce() -> Table,
    page: impl FnOnce() -> Markup,
) -> Result<Response, Trouble> {
    match form {
        Form::Page => Ok(page().into_response()),
        Form::Json => {
            let broken = |_| Trouble::Broken("The records could not be written.".to_owned());
            let mut record = serde_json::to_value(record).map_err(broken)?;
            if pages.public {
                excerpt::shorten(&mut record);
            }
            Ok(Json(record).into_response())
        }
        Form::Csv => {
            let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
            Ok((kind, printed(&table(), pages.public)).into_response())
        }
    }
}

fn printed(table: &Table, is_public: bool) -> String {
    let mut out = table.head.join(",") + "\r\n";
    for row in &table.rows {
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            let cell = if is_public { wording::cut(cell) } else { cell.clone() };
            out.push_str(&quoted(&cell));
        }
        out.push_str("\r\n");
    }
    out
}

/// A cell: in marks where it needs them, and never a formula for a spreadsheet.
fn quoted(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    let harm = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number;
    let cell = if harm { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// The links to the twins of a page, and the command that prints the same. `query` begins with its
/// question mark or is empty.
pub(crate) fn links(path: &str, query: &str, command: &str) -> Markup {
    html! {
        nav.twins aria-label="The same as data" {
            a href=(format!("{path}.json{query}")) { "JSON" }
            a href=(format!("{path}.csv{query}")) { "CSV" }
            details {
                summary { "As a command" }
                code { (command) }
            }
        }
    }
}

/// Words as one argument of a shell.
pub(crate) fn argument(words: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    if !words.is_empty() && words.chars().all(plain) && !words.starts_with('-') {
        return words.to_owned();
    }
    format!("'{}'", words.replace('\'', "'\\''"))
}

/// The columns of a statement.
pub(crate) const STATEMENT: &[&str] = &[
    "id",
    "article",
    "outlet",
    "published",
    "title",
    "url",
    "speaker",
    "speaker_kind",
    "role",
    "speech",
    "kind",
    "polarity",
    "content",
    "start",
    "end",
    "term",
    "low",
    "high",
    "window",
    "earliest",
    "latest",
    "event",
    "actor",
    "target",
    "places",
    "confidence",
];

/// A statement in these columns.
pub(crate) fn statement(one: &Statement) -> Vec<String> {
    let text = |words: Option<&str>| words.unwrap_or_default().to_owned();
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let speaker = one.speaker.as_ref();
    let certainty = one.certainty.as_ref();
    let window = one.window.as_ref();
    let event = one.event.as_ref();
    let at = |of: fn(&PrintedSpan) -> u32, pick: fn(&[u32]) -> Option<u32>| {
        let all: Vec<u32> = one.content.iter().map(of).collect();
        pick(&all).map(|n| n.to_string()).unwrap_or_default()
    };
    let places: Vec<&str> = one.places.iter().map(|place| place.name.as_str()).collect();
    vec![
        one.id.clone(),
        one.article.id.clone(),
        text(one.article.outlet.as_deref()),
        text(one.article.published.as_deref()),
        text(one.article.title.as_deref()),
        text(one.article.url.as_deref()),
        text(speaker.map(|speaker| speaker.name.as_str())),
        text(speaker.map(|speaker| speaker.kind.word())),
        text(speaker.and_then(|speaker| speaker.role.as_deref())),
        one.speech.word().to_owned(),
        one.kind.word().to_owned(),
        one.polarity.word().to_owned(),
        wording::words(one),
        at(|span| span.start, |all| all.iter().min().copied()),
        at(|span| span.end, |all| all.iter().max().copied()),
        text(certainty.map(|certainty| certainty.term.as_str())),
        number(certainty.and_then(|certainty| certainty.low)),
        number(certainty.and_then(|certainty| certainty.high)),
        text(window.map(|window| window.text.as_str())),
        day(window.and_then(|window| window.earliest)),
        day(window.and_then(|window| window.latest)),
        text(event.map(|event| event.class.as_str())),
        text(event.and_then(|event| event.actor.as_ref()).map(|entity| entity.name.as_str())),
        text(event.and_then(|event| event.target.as_ref()).map(|entity| entity.name.as_str())),
        places.join("; "),
        one.confidence.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_always_one_cell() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("-0.5"), "-0.5");
        assert_eq!(quoted("-cmd"), "'-cmd");
    }

    #[test]
    fn a_command_can_be_pasted() {
        assert_eq!(argument("q1f3"), "q1f3");
        assert_eq!(argument("Will O'Neil go?"), "'Will O'\\''Neil go?'");
        assert_eq!(argument("--help"), "'--help'");
        assert_eq!(argument(""), "''");
    }

    #[test]
    fn an_ending_names_the_form() {
        assert_eq!(Form::split("q1.json"), ("q1", Form::Json));
        assert_eq!(Form::split("/questions.csv"), ("/questions", Form::Csv));
        assert_eq!(Form::split("St. Mary"), ("St. Mary", Form::Page));
    }
}
