//! Which articles could hold a quotation, by the full-text index.
//!
//! A phrase that stands as it is is one look-up. One that was altered is not; but of its parts, each
//! some words long, at most as many are altered as words were. So each part is looked up by its rarest
//! words, wherever they stand in a statement.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::{MAX_ARTICLES, articles_of, tokens::Token};
use crate::error::Fault;

/// Words of a part.
const PART_WORDS: usize = 5;
/// Parts that are looked up; a long quotation is known by the first of them.
const MAX_PARTS: usize = 8;
/// Words by which a part is looked up: the rarest.
const KEY_WORDS: usize = 3;
/// Statements counted for one word; what is more frequent is as bad as any such word.
const MAX_COUNTED: i64 = 300;
/// Statements named by one look-up.
const MAX_ROWS: usize = 96;
/// Words of a phrase that are looked up in their order: more name no fewer statements.
const PHRASE_WORDS: usize = 12;

/// Looks up which articles could hold words, and remembers how frequent each word is.
pub(super) struct Candidates<'a> {
    connection: &'a Connection,
    frequencies: BTreeMap<String, i64>,
}

impl<'a> Candidates<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self { connection, frequencies: BTreeMap::new() }
    }

    /// Articles in which a statement has the words, or the beginning of a long run of them, one after
    /// the other.
    pub(super) fn of_phrase(&self, words: &[Token<'_>]) -> Result<Vec<i64>, Fault> {
        let run = words.split(Token::is_gap).max_by_key(|run| run.len()).unwrap_or_default();
        let phrase = run.iter().take(PHRASE_WORDS).map(|token| token.key.as_str());
        let phrase: Vec<&str> = phrase.collect();
        articles_of(self.connection, &within_words(&quoted(&phrase.join(" "))), MAX_ROWS)
    }

    /// Articles in which a statement has the rarest words of a part, those with most parts first.
    pub(super) fn of_parts(&mut self, words: &[Token<'_>]) -> Result<Vec<i64>, Fault> {
        let words: Vec<&str> =
            words.iter().filter(|token| !token.is_gap()).map(|token| token.key.as_str()).collect();
        // Two parts at least: the altered word is in one of them.
        let parts = words.len().div_ceil(PART_WORDS).max(2);
        let mut hits: BTreeMap<i64, usize> = BTreeMap::new();
        let mut order: Vec<i64> = Vec::new();
        for part in words.chunks(words.len().div_ceil(parts).max(1)).take(MAX_PARTS) {
            let keys = self.rarest(part)?;
            if keys.is_empty() {
                continue;
            }
            let keys: Vec<String> = keys.into_iter().map(quoted).collect();
            let expression = within_words(&format!("({})", keys.join(" AND ")));
            for article in articles_of(self.connection, &expression, MAX_ROWS)? {
                let count = hits.entry(article).or_default();
                if *count == 0 {
                    order.push(article);
                }
                *count += 1;
            }
        }
        order.sort_by_key(|article| std::cmp::Reverse(hits.get(article).copied()));
        order.truncate(MAX_ARTICLES);
        Ok(order)
    }

    fn rarest<'w>(&mut self, part: &[&'w str]) -> Result<Vec<&'w str>, Fault> {
        let mut counted: Vec<(i64, &str)> = Vec::new();
        for word in part {
            if !counted.iter().any(|(_, known)| known == word) {
                counted.push((self.frequency(word)?, word));
            }
        }
        counted.sort_by_key(|(count, word)| (*count, std::cmp::Reverse(word.len())));
        // A word that the ledger does not have is the altered one.
        let known = counted.into_iter().filter(|(count, _)| *count > 0);
        Ok(known.take(KEY_WORDS).map(|(_, word)| word).collect())
    }

    fn frequency(&mut self, word: &str) -> Result<i64, Fault> {
        if let Some(known) = self.frequencies.get(word) {
            return Ok(*known);
        }
        let count = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT ?2)",
            )?
            .query_row(params![within_words(&quoted(word)), MAX_COUNTED], |row| row.get(0))?;
        self.frequencies.insert(word.to_owned(), count);
        Ok(count)
    }
}

/// Words as one string of FTS5, in which there are no operators.
fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "\"\"").replace('\0', " "))
}

/// In the words of statements alone.
fn within_words(expression: &str) -> String {
    format!("words : {expression}")
}
