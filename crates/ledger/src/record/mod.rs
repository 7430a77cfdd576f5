//! A statement's record as it is kept: what its row and its article say already is left out.
//!
//! A printed record is 1.8 kB, and two thirds of it repeat the article: its id, title and address,
//! and the words of every span. Kept is the same JSON, with the same keys, in which
//! - `id` and `article` are missing (the row and the article have them),
//! - a span is `[byte_start, byte_end]`, with `start, end` behind them where code points differ,
//! - a key without a value is missing, and `null` stands for the words of the span beside it.
//!
//! The JSON functions of `SQLite` read it. The words are never lost: they are the article's, whose id
//! is the hash of its text. A record that would not come back as it was is kept as it is printed,
//! which is also how ledgers before version 4 keep all of theirs.

mod expand;

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row};
use sayso_model::{Article, ArticleRef, Statement};
use serde_json::{Map, Value};

use crate::error::{Fault, LedgerError};

/// Keys whose value is often the words of the span beside them.
const WORDS: [&str; 3] = ["name", "term", "text"];
/// Under what a span stands beside such words.
const SPANS: [&str; 2] = ["span", "mention"];
/// How a record begins that is kept as it is printed: its schema, then its id.
const PRINTED: [&str; 2] = ["{\"schema\":", ",\"id\":"];
/// Articles whose texts a reader holds at a time.
const HELD: usize = 600;

/// A record as it is kept.
pub(crate) fn pack(statement: &Statement, article: &Article) -> serde_json::Result<String> {
    let mut kept = shrink(serde_json::to_value(statement)?, &article.text);
    if let Value::Object(fields) = &mut kept {
        fields.remove("id");
        fields.remove("article");
    }
    let kept = serde_json::to_string(&kept)?;
    let home = Home::of(article, article.text.clone())?;
    let back = unpack(&kept, &statement.id, &home);
    if back.is_ok_and(|back| back == *statement) {
        Ok(kept)
    } else {
        serde_json::to_string(statement)
    }
}

/// What tells a kept record from another: 8 bytes of its hash.
pub(crate) fn sum(record: &str) -> i64 {
    number(&sayso_model::content_id("", record))
}

/// The number in an id that [`sayso_model::content_id`] made; of any other words a hash (FNV-1a).
pub(crate) fn number(id: &str) -> i64 {
    let digits = id.len().checked_sub(15).and_then(|from| id.get(from..));
    digits.and_then(|digits| i64::from_str_radix(digits, 16).ok()).unwrap_or_else(|| {
        let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        (hash >> 1).cast_signed()
    })
}

/// Where a statement stands.
#[derive(Debug)]
pub(crate) struct Home {
    /// What a printed statement says of its article, as JSON.
    article: String,
    text: String,
}

impl Home {
    fn of(article: &Article, text: String) -> serde_json::Result<Self> {
        Ok(Self { article: serde_json::to_string(&ArticleRef::from(article))?, text })
    }
}

/// Reads kept records, and holds the articles that they stand in.
pub(crate) struct Records<'a> {
    connection: &'a Connection,
    homes: BTreeMap<i64, Home>,
}

impl<'a> Records<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection, homes: BTreeMap::new() }
    }

    /// From the columns article (its seq), id and record, the first of them at `column`.
    pub(crate) fn row(&mut self, row: &Row<'_>, column: usize) -> Result<Statement, Fault> {
        let words = |at: usize| -> rusqlite::Result<&str> { Ok(row.get_ref(at)?.as_str()?) };
        self.read(row.get(column)?, words(column + 1)?, words(column + 2)?)
    }

    /// From an article's seq, a statement's id and its record.
    pub(crate) fn read(
        &mut self,
        article: i64,
        id: &str,
        record: &str,
    ) -> Result<Statement, Fault> {
        // A printed record begins with its schema and its id, which a kept one does not have.
        if is_printed(record) {
            return Ok(serde_json::from_str(record)?);
        }
        Ok(unpack(record, id, self.home(article)?)?)
    }

    /// The text of an article.
    pub(crate) fn text(&mut self, article: i64) -> Result<&str, Fault> {
        Ok(&self.home(article)?.text)
    }

    fn home(&mut self, article: i64) -> Result<&Home, Fault> {
        if !self.homes.contains_key(&article) {
            if self.homes.len() >= HELD {
                self.homes.clear();
            }
            let found: Option<(String, String)> = self
                .connection
                .prepare_cached("SELECT record, text FROM articles WHERE seq = ?1")?
                .query_row([article], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let (record, text) = found.ok_or_else(|| {
                let id = article.to_string();
                Fault::from(LedgerError::NotFound { what: "article of a statement", id })
            })?;
            let whole: Article = serde_json::from_str(&record)?;
            self.homes.insert(article, Home::of(&whole, text)?);
        }
        // It was put there above where it was not.
        Ok(&self.homes[&article])
    }
}

/// Whether a record is kept as it is printed, whatever its schema.
fn is_printed(record: &str) -> bool {
    let [schema, id] = PRINTED;
    let number = record.strip_prefix(schema).unwrap_or_default();
    number.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(id)
}

fn unpack(kept: &str, id: &str, home: &Home) -> serde_json::Result<Statement> {
    // What cannot be expanded is no JSON, and says so when it is read.
    let whole = expand::whole(kept, id, &home.article, &home.text);
    serde_json::from_str(whole.as_deref().unwrap_or(kept))
}

fn shrink(value: Value, text: &str) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(|i| shrink(i, text)).collect()),
        Value::Object(fields) => match offsets(&fields, text) {
            Some(offsets) => Value::from(offsets),
            None => Value::Object(shrink_fields(fields, text)),
        },
        other => other,
    }
}

fn shrink_fields(fields: Map<String, Value>, text: &str) -> Map<String, Value> {
    let beside = words_beside(&fields).map(str::to_owned);
    fields
        .into_iter()
        .filter_map(|(key, value)| {
            let words = WORDS.contains(&key.as_str()) && value.as_str() == beside.as_deref();
            match shrink(value, text) {
                Value::Null => None,
                Value::Array(items) if items.is_empty() => None,
                Value::String(_) if words => Some((key, Value::Null)),
                other => Some((key, other)),
            }
        })
        .collect()
}

/// The words of the span that stands in some fields.
fn words_beside(fields: &Map<String, Value>) -> Option<&str> {
    SPANS.iter().find_map(|key| fields.get(*key)?.get("text")?.as_str())
}

/// A span's offsets where its words are those of the text.
fn offsets(fields: &Map<String, Value>, text: &str) -> Option<Vec<u64>> {
    let at = |key: &str| fields.get(key)?.as_u64();
    let (from, to) = (at("byte_start")?, at("byte_end")?);
    let (start, end) = (at("start")?, at("end")?);
    let words = text.get(usize::try_from(from).ok()?..usize::try_from(to).ok()?)?;
    if fields.len() != 5 || fields.get("text")?.as_str()? != words {
        return None;
    }
    Some(if (from, to) == (start, end) { vec![from, to] } else { vec![from, to, start, end] })
}
