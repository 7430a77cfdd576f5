//! JSON records become articles.
//!
//! A record has `text` or `html`, and fields about it under the names that archives and feeds use
//! ([`KEYS`]). **Text given as JSON stays as it is**, to the character, since whoever made the
//! record counts offsets in it; what its first lines tell about title and date is only looked at. Only
//! what is no text yet is made one: tags and character references of a page (`<p>`, `&quot;`), and letters
//! that were read in the wrong encoding and can be read in the right one.
//! A lone surrogate (`\ud83d` without its partner) becomes U+FFFD, one character for one.

mod lines;
mod surrogate;

pub(crate) use lines::Lines;

use std::{collections::BTreeMap, sync::LazyLock};

use sayso_model::Published;
use serde_json::{Map, Value};

use crate::{
    Options, date, decode,
    draft::{Draft, Field},
    failure::Failure,
    html, text,
};

/// The names under which records have their fields, the most telling first.
const KEYS: &[(Field, &[&str])] = &[
    (Field::Title, &["title", "headline"]),
    (
        Field::Outlet,
        &[
            "outlet",
            "publisher",
            "publication",
            "source_name",
            "site_name",
            "sitename",
            "source",
            "site",
        ],
    ),
    (Field::Url, &["url", "link", "canonical_url", "uri"]),
    (Field::Author, &["author", "byline", "authors", "creator"]),
    (
        Field::Published,
        &[
            "published",
            "published_at",
            "publication_date",
            "date_published",
            "datePublished",
            "date_publish",
            "pub_date",
            "pubDate",
            "publish_date",
            "published_date",
            "date",
        ],
    ),
    (
        Field::Modified,
        &[
            "modified",
            "updated",
            "updated_at",
            "date_modified",
            "dateModified",
            "date_modify",
            "lastmod",
        ],
    ),
    (Field::Language, &["language", "lang"]),
];

/// The names of the main text, the most telling first.
const TEXTS: &[&str] = &["text", "maintext", "main_text", "body", "content"];

/// The names of a page's source.
const PAGES: &[&str] = &["html", "raw_html"];

/// One record's article. `line` is where the record begins, counted from 1.
///
/// # Errors
///
/// [`Failure::NotArticle`] where there is no object, text or page in it, [`Failure::NoBody`] where
/// the text is empty or the page has none.
pub(crate) fn article(
    value: Value,
    file: &str,
    line: u64,
    options: &Options,
) -> Result<Draft, Failure> {
    let not = |reason: &str| Failure::NotArticle {
        file: file.to_owned(),
        line,
        reason: reason.to_owned(),
    };
    let Value::Object(record) = value else { return Err(not("it is not an object")) };
    let mut record = under_known_names(record);
    let mut draft = Draft { key: key(&record), ..Draft::default() };
    for (field, names) in KEYS {
        for value in names.iter().filter_map(|name| record.get(*name)) {
            set(&mut draft, *field, value);
        }
    }
    let given = TEXTS.iter().find_map(|name| match record.get_mut(*name) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(std::mem::take(text)),
        _ => None,
    });
    if let Some(given) = given {
        let given = unmarked(given, &mut draft);
        draft.complete_from(text::look(&given));
        draft.text = given;
        return Ok(draft);
    }
    let no_body = || Failure::NoBody { file: file.to_owned(), line: Some(line) };
    if let Some(page) = PAGES.iter().find_map(|name| record.get(*name)?.as_str()) {
        let mut seen = html::read(&decode::normal(page), options).ok_or_else(no_body)?;
        draft.text = std::mem::take(&mut seen.text);
        draft.complete_from(seen);
        return Ok(draft);
    }
    if TEXTS.iter().chain(PAGES).any(|name| record.get(*name).is_some_and(Value::is_string)) {
        return Err(no_body());
    }
    Err(not(&format!("it has no field named {}", texts())))
}

/// A text without the tags, references and broken letters that a careless export left in it. A text that
/// has none stays as it is.
fn unmarked(text: String, draft: &mut Draft) -> String {
    let text = html::plain(&text).unwrap_or(text);
    let (text, problem) = decode::mended(text);
    draft.problems.extend(problem);
    text
}

/// The names of fields that hold an article's text or page, for people.
pub(crate) fn texts() -> String {
    let mut names: Vec<String> =
        TEXTS.iter().chain(PAGES).map(|name| format!("`{name}`")).collect();
    let last = names.pop().unwrap_or_default();
    format!("{} or {last}", names.join(", "))
}

/// True for the name of a field that holds an article's text or page.
pub(crate) fn is_text(name: &str) -> bool {
    known(name).is_some_and(|name| TEXTS.contains(&name) || PAGES.contains(&name))
}

/// The name under which a field is looked at: its own, or one that differs in capitals, blanks and
/// strokes alone ("Date Published"), as tables made by hand have them.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    static FOLDED: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
        // Of two that fold alike the more telling one stays.
        names().rev().map(|name| (folded(name), name)).collect()
    });
    names().find(|known| *known == name).or_else(|| FOLDED.get(&folded(name)).copied())
}

fn names() -> impl DoubleEndedIterator<Item = &'static str> {
    let fields = KEYS.iter().flat_map(|(_, names)| *names);
    TEXTS.iter().chain(PAGES).chain(&IDS).chain(fields).copied()
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A record with its fields under the names that are looked at. What has the name to the letter
/// comes first.
fn under_known_names(record: Map<String, Value>) -> Map<String, Value> {
    let (mut exact, others): (Map<_, _>, Map<_, _>) =
        record.into_iter().partition(|(name, _)| known(name).is_none_or(|known| known == name));
    for (name, value) in others {
        let name = known(&name).map_or(name, str::to_owned);
        exact.entry(name).or_insert(value);
    }
    exact
}

/// The names of a record's own id.
const IDS: [&str; 2] = ["id", "_id"];

/// The id that the record gives itself.
fn key(record: &Map<String, Value>) -> Option<String> {
    match IDS.iter().find_map(|name| record.get(*name))? {
        Value::String(id) if !id.trim().is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn set(draft: &mut Draft, field: Field, value: &Value) {
    if let (Field::Published | Field::Modified, Value::Number(number)) = (field, value) {
        let slot: &mut Option<Published> =
            if field == Field::Published { &mut draft.published } else { &mut draft.modified };
        if slot.is_none() {
            *slot = number.as_i64().and_then(date::from_epoch);
        }
    } else if let Some(words) = words(value) {
        draft.set(field, &words);
    }
}

/// A string, the name of an object, or the names of a list.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Object(object) => {
            object.get("name").or_else(|| object.get("title"))?.as_str().map(str::to_owned)
        }
        Value::Array(list) => {
            let names: Vec<String> =
                list.iter().filter(|value| !value.is_array()).filter_map(words).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

/// Parses JSON; where lone surrogates are all that is wrong they are replaced, and the second part
/// says so.
pub(crate) fn parse(text: &str) -> Result<(Value, bool), serde_json::Error> {
    match serde_json::from_str(text) {
        Ok(value) => Ok((value, false)),
        Err(error) => match surrogate::replaced(text) {
            Some(mended) => serde_json::from_str(&mended).map(|value| (value, true)),
            None => Err(error),
        },
    }
}

/// What was wrong, in the parser's words and without its position.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or(&words).to_owned()
}

/// The records of a whole JSON document: an object, several after each other, or arrays of them,
/// with the line on which each begins (the array's own line for its elements).
///
/// # Errors
///
/// As an element of the list: [`Failure::NotJson`], after which nothing more is read.
pub(crate) fn records(text: &str, file: &str) -> Vec<Result<(Value, u64), Failure>> {
    let mended = surrogate::replaced(text);
    let text = mended.as_deref().unwrap_or(text);
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let (mut line, mut counted) = (1_u64, 0_usize);
    let mut out = Vec::new();
    loop {
        let from = stream.byte_offset();
        let blank = text[from..].len() - text[from..].trim_start().len();
        line += text[counted..from + blank].bytes().filter(|byte| *byte == b'\n').count() as u64;
        counted = from + blank;
        match stream.next() {
            None => return out,
            Some(Ok(Value::Array(list))) => {
                out.extend(list.into_iter().map(|value| Ok((value, line))));
            }
            Some(Ok(value)) => out.push(Ok((value, line))),
            Some(Err(error)) => {
                out.push(Err(Failure::NotJson {
                    file: file.to_owned(),
                    line: error.line() as u64,
                    column: error.column() as u64,
                    reason: reason(&error),
                }));
                return out;
            }
        }
    }
}
