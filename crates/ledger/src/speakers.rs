use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};
use sayso_model::{SpeakerKind, Statement};

use crate::{
    Counts, Ledger, SpeakerSummary,
    error::{Fault, Result},
    fetch::{self, What},
};

impl Ledger {
    /// Everybody who says something, most statements first, then by name.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn speakers(&self) -> Result<Vec<SpeakerSummary>> {
        self.read(|connection| speakers(connection, None))
    }

    /// The speaker with this id, the only one whose id begins like this, or the only one of this
    /// name (case aside).
    ///
    /// # Errors
    /// [`crate::LedgerError::NotFound`], [`crate::LedgerError::Ambiguous`].
    pub fn speaker(&self, id: &str) -> Result<SpeakerSummary> {
        self.read(|connection| {
            let id = fetch::resolve(connection, What::Speaker, id)?;
            speakers(connection, Some(&id))?
                .pop()
                .ok_or_else(|| fetch::not_found(What::Speaker, &id))
        })
    }

    /// What a speaker says, oldest first, undated statements last.
    ///
    /// # Errors
    /// As [`Ledger::speaker`].
    pub fn statements_of_speaker(&self, id: &str) -> Result<Vec<Statement>> {
        self.read(|connection| {
            let id = fetch::resolve(connection, What::Speaker, id)?;
            fetch::statements(
                connection,
                "SELECT record FROM current_statements WHERE speaker = ?1
                 ORDER BY date = '', date, article, position, seq",
                &id,
            )
        })
    }

    /// What the ledger holds.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn counts(&self) -> Result<Counts> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT (SELECT count(*) FROM articles),
                       (SELECT count(DISTINCT outlet) FROM articles),
                       count(*), count(*) FILTER (WHERE kind = 'forecast'),
                       count(DISTINCT speaker), (SELECT count(*) FROM current_questions)
                     FROM current_statements",
                )?
                .query_row([], |row| {
                    Ok(Counts {
                        articles: fetch::count(row, 0)?,
                        outlets: fetch::count(row, 1)?,
                        statements: fetch::count(row, 2)?,
                        forecasts: fetch::count(row, 3)?,
                        speakers: fetch::count(row, 4)?,
                        questions: fetch::count(row, 5)?,
                    })
                })?)
        })
    }
}

fn speakers(connection: &Connection, only: Option<&str>) -> Result<Vec<SpeakerSummary>, Fault> {
    let mut roles = roles(connection, only)?;
    // The id is derived from name and kind, so that all rows of a speaker have the same: min()
    // only says so to SQLite.
    let mut select = connection.prepare_cached(
        "SELECT speaker, min(speaker_name), min(speaker_kind), count(*), count(DISTINCT article),
           count(*) FILTER (WHERE kind = 'forecast'), min(nullif(date, '')),
           max(nullif(date, ''))
         FROM current_statements WHERE speaker IS NOT NULL AND (?1 IS NULL OR speaker = ?1)
         GROUP BY speaker ORDER BY count(*) DESC, 2, speaker",
    )?;
    let rows = select.query_map(params![only], |row| {
        let id: String = row.get(0)?;
        Ok(SpeakerSummary {
            roles: roles.remove(&id).unwrap_or_default(),
            id,
            name: row.get(1)?,
            kind: kind(row, 2)?,
            statements: fetch::count(row, 3)?,
            articles: fetch::count(row, 4)?,
            forecasts: fetch::count(row, 5)?,
            first: row.get(6)?,
            last: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn roles(
    connection: &Connection,
    only: Option<&str>,
) -> rusqlite::Result<BTreeMap<String, Vec<String>>> {
    let mut select = connection.prepare_cached(
        "SELECT speaker, speaker_role FROM current_statements
         WHERE speaker IS NOT NULL AND speaker_role IS NOT NULL AND (?1 IS NULL OR speaker = ?1)
         GROUP BY speaker, speaker_role ORDER BY speaker, count(*) DESC, speaker_role",
    )?;
    let mut rows = select.query(params![only])?;
    let mut roles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        roles.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(roles)
}

fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<SpeakerKind> {
    let word = row.get_ref(column)?.as_str()?;
    let kinds = [
        SpeakerKind::Person,
        SpeakerKind::Organization,
        SpeakerKind::Group,
        SpeakerKind::Anonymous,
        SpeakerKind::Author,
    ];
    kinds.into_iter().find(|kind| kind.word() == word).ok_or_else(|| fetch::strange(column, word))
}
