use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};
use sayso_model::{SpeakerKind, Statement};

use crate::{
    Counts, Ledger, RoleSeen, SpeakerSummary,
    error::{Fault, LedgerError, Result},
    fetch::{self, What},
    identity::identity,
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
            let id = person(connection, id)?;
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
            let id = person(connection, id)?;
            fetch::statements(
                connection,
                "SELECT s.article, s.id, s.record FROM said l JOIN current_statements s ON s.seq = l.statement
                 WHERE l.person = ?1
                 ORDER BY s.date = '', s.date, s.article, s.position, s.seq",
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
                    // Statements by the table that counts them, and persons by one step of the index each:
                    // the first page asks for this, however large the ledger is.
                    "WITH RECURSIVE persons (person) AS (
                       SELECT min(person) FROM said UNION ALL
                       SELECT (SELECT min(s.person) FROM said s WHERE s.person > p.person)
                       FROM persons p WHERE p.person IS NOT NULL)
                     SELECT (SELECT count(*) FROM articles),
                       (SELECT count(DISTINCT outlet) FROM articles),
                       coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE kind =
                         (SELECT id FROM labels WHERE part = 'kind' AND text = 'forecast')), 0),
                       (SELECT count(person) FROM persons),
                       (SELECT count(*) FROM current_questions),
                       (SELECT count(DISTINCT sha256) FROM evidence)
                     FROM listed_counts",
                )?
                .query_row([], |row| {
                    Ok(Counts {
                        articles: fetch::count(row, 0)?,
                        outlets: fetch::count(row, 1)?,
                        statements: fetch::count(row, 2)?,
                        forecasts: fetch::count(row, 3)?,
                        speakers: fetch::count(row, 4)?,
                        questions: fetch::count(row, 5)?,
                        evidence: fetch::count(row, 6)?,
                    })
                })?)
        })
    }
}

/// Who is meant: an id across articles, an id that statements give, or a name; a whole one or, of
/// ids, a beginning that fits no other.
pub(crate) fn person(connection: &Connection, asked: &str) -> Result<String, Fault> {
    let id = fetch::resolve(connection, What::Speaker, asked)?;
    let own: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM said WHERE person = ?1)")?
        .query_row([&id], |row| row.get(0))?;
    if own {
        return Ok(id);
    }
    let mut select = connection
        .prepare_cached("SELECT DISTINCT person FROM profiles WHERE speaker = ?1 ORDER BY 1")?;
    let mut persons: Vec<String> =
        select.query_map([&id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    match persons.len() {
        0 => Ok(id),
        1 => Ok(persons.remove(0)),
        _ => {
            let prefix = asked.to_owned();
            Err(LedgerError::Ambiguous { what: "speaker", prefix, candidates: persons }.into())
        }
    }
}

pub(crate) fn speakers(
    connection: &Connection,
    only: Option<&str>,
) -> Result<Vec<SpeakerSummary>, Fault> {
    let mut faces = faces(connection, only)?;
    // Whoever is no profile has one name: min() only says so to SQLite.
    let mut select = connection.prepare_cached(&format!(
        "SELECT l.person, min(s.speaker_name), min(s.speaker_kind), count(*),
           count(DISTINCT s.article), count(*) FILTER (WHERE s.kind = 'forecast'),
           min(nullif(s.date, '')), max(nullif(s.date, ''))
         FROM said l JOIN current_statements s ON s.seq = l.statement
         WHERE l.person IS NOT NULL AND {}
         GROUP BY l.person ORDER BY count(*) DESC, 2, l.person",
        if only.is_some() { "l.person = ?1" } else { "?1 IS NULL" },
    ))?;
    let rows = select.query_map(params![only], |row| {
        let id: String = row.get(0)?;
        let face = faces.remove(&id).unwrap_or_default();
        let own: String = row.get(1)?;
        Ok(SpeakerSummary {
            roles: face.roles.iter().map(|seen| seen.role.clone()).collect(),
            seen: face.roles,
            name: face.names.first().cloned().unwrap_or_else(|| own.clone()),
            names: if face.names.is_empty() { vec![own] } else { face.names },
            identity: None,
            id,
            kind: kind(row, 2)?,
            statements: fetch::count(row, 3)?,
            articles: fetch::count(row, 4)?,
            forecasts: fetch::count(row, 5)?,
            first: row.get(6)?,
            last: row.get(7)?,
        })
    })?;
    let mut found: Vec<SpeakerSummary> = rows.collect::<rusqlite::Result<_>>()?;
    let any: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM identities)", [], |row| row.get(0))?;
    for speaker in found.iter_mut().filter(|_| any) {
        speaker.identity = identity(connection, &speaker.id)?;
    }
    Ok(found)
}

/// The names and roles of a speaker, those of most articles first.
#[derive(Default)]
struct Face {
    names: Vec<String>,
    roles: Vec<RoleSeen>,
}

fn faces(connection: &Connection, only: Option<&str>) -> Result<BTreeMap<String, Face>, Fault> {
    // A full name stands before a shorter one that as many articles give.
    let mut select = connection.prepare_cached(
        "SELECT person, name, role, articles, nullif(first, ''), nullif(last, '') FROM profiles
         WHERE ?1 IS NULL OR person = ?1
         ORDER BY person, articles DESC, length(name) DESC, name, role",
    )?;
    let mut rows = select.query(params![only])?;
    let mut faces: BTreeMap<String, Face> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let face = faces.entry(row.get(0)?).or_default();
        let (name, role): (String, String) = (row.get(1)?, row.get(2)?);
        if !face.names.contains(&name) {
            face.names.push(name);
        }
        let (articles, first, last) = (fetch::count(row, 3)?, row.get(4)?, row.get(5)?);
        if role.is_empty() {
            continue;
        }
        match face.roles.iter_mut().find(|seen| seen.role == role) {
            Some(seen) => {
                seen.articles += articles;
                seen.first = earlier(seen.first.take(), first);
                seen.last = seen.last.take().max(last);
            }
            None => face.roles.push(RoleSeen { role, articles, first, last }),
        }
    }
    Ok(faces)
}

fn earlier(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
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
