//! Which of two texts is the earlier one.

use rusqlite::Connection;

use crate::error::Fault;

/// Between the parts of a rank: below every letter that occurs in one.
const PART: char = '\u{1f}';

/// The rank of a text among others: by when it was published, whatever the order in which articles were
/// added. Undated texts follow the dated ones, and the id decides between equals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(String);

impl Rank {
    /// Among all texts.
    pub(super) fn of(connection: &Connection, seq: i64) -> Result<Self, Fault> {
        let Times { published, id, .. } = times(connection, seq)?;
        Ok(Self(format!("{published}{PART}{id}")))
    }

    /// Among the texts of one address. They are mostly of one day of publication, and pages rarely say when
    /// they were changed: what an earlier run of the program saw is the earlier one then.
    pub(super) fn as_version(connection: &Connection, seq: i64) -> Result<Self, Fault> {
        let Times { published, modified, added, id } = times(connection, seq)?;
        Ok(Self(format!("{published}{PART}{modified}{PART}{added}{PART}{id}")))
    }

    /// As it is stored.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the ledger knows of an article's place in time.
struct Times {
    published: String,
    modified: String,
    added: String,
    id: String,
}

fn times(connection: &Connection, seq: i64) -> Result<Times, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT json_extract(record, '$.published.date'), json_extract(record, '$.published.time'),
           json_extract(record, '$.modified.date'), json_extract(record, '$.modified.time'), added_at, id
         FROM articles WHERE seq = ?1",
    )?;
    Ok(select.query_row([seq], |row| {
        let at = |day: Option<String>, time: Option<String>| match day {
            Some(day) => format!("{day} {}", time.unwrap_or_default()),
            // Above every digit.
            None => "undated".to_owned(),
        };
        Ok(Times {
            published: at(row.get(0)?, row.get(1)?),
            modified: at(row.get(2)?, row.get(3)?),
            added: row.get(4)?,
            id: row.get(5)?,
        })
    })?)
}
