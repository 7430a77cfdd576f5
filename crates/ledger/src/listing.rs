//! What lists are filtered, ordered and counted by: one short row for each statement that holds, in
//! numbers (`schema/0006.sql`). It is derived from the records, follows each of them in the same
//! transaction, and can be thrown away.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::Fault;

/// Stands between the words of one label.
pub(crate) const SEPARATOR: char = '\u{1f}';

/// What a label is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Speaker,
    Name,
    Place,
    Class,
    Kind,
    Outlet,
    Term,
}

impl Part {
    /// The word in the table.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Name => "name",
            Self::Place => "place",
            Self::Class => "class",
            Self::Kind => "kind",
            Self::Outlet => "outlet",
            Self::Term => "term",
        }
    }
}

/// What a list needs of a statement.
pub(crate) struct Listed<'a> {
    /// Day of publication.
    pub(crate) day: Option<Date>,
    pub(crate) article: i64,
    pub(crate) position: i64,
    /// Name and role.
    pub(crate) speaker: Option<(&'a str, Option<&'a str>)>,
    pub(crate) places: &'a BTreeSet<&'a str>,
    pub(crate) class: Option<&'a str>,
    pub(crate) kind: &'a str,
    pub(crate) outlet: Option<&'a str>,
    pub(crate) term: Option<&'a str>,
    pub(crate) earliest: Option<Date>,
    pub(crate) latest: Option<Date>,
}

/// A day as lists order it: 20310425; 0 for none.
pub(crate) fn day_number(day: Option<Date>) -> i64 {
    day.map_or(0, |day| {
        i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
    })
}

/// The month of a [`day_number`]: 203104; 0 for none.
fn month(day: i64) -> i64 {
    day / 100
}

/// Enters a statement that holds.
pub(crate) fn enter(connection: &Connection, seq: i64, one: &Listed<'_>) -> Result<(), Fault> {
    let label = |part, text: Option<&str>| text.map_or(Ok(0), |text| label(connection, part, text));
    let speaker =
        one.speaker.map(|(name, role)| format!("{name}{SEPARATOR}{}", role.unwrap_or_default()));
    let places: Vec<&str> = one.places.iter().copied().collect();
    let places = (!places.is_empty()).then(|| places.join(&SEPARATOR.to_string()));
    let day = day_number(one.day);
    let class = label(Part::Class, one.class)?;
    let kind = label(Part::Kind, Some(one.kind))?;
    let outlet = label(Part::Outlet, one.outlet)?;
    let term = label(Part::Term, one.term)?;
    connection
        .prepare_cached(
            "INSERT INTO listed (statement, day, article, position, speaker, name, place, class,
               kind, outlet, term, earliest, latest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            seq,
            day,
            one.article,
            one.position,
            label(Part::Speaker, speaker.as_deref())?,
            label(Part::Name, one.speaker.map(|(name, _)| name))?,
            label(Part::Place, places.as_deref())?,
            class,
            kind,
            outlet,
            term,
            one.earliest.map(|day| day_number(Some(day))),
            one.latest.map(|day| day_number(Some(day))),
        ])?;
    count(connection, [month(day), class, kind, outlet, term], 1)
}

/// Takes out a statement that holds no longer.
pub(crate) fn leave(connection: &Connection, seq: i64) -> Result<(), Fault> {
    let fields = connection
        .prepare_cached(
            "DELETE FROM listed WHERE statement = ?1 RETURNING day, class, kind, outlet, term",
        )?
        .query_row([seq], |row| {
            Ok([month(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
        })
        .optional()?;
    fields.map_or(Ok(()), |fields| count(connection, fields, -1))
}

/// Counts so many more of one month, class, kind, outlet and term.
fn count(connection: &Connection, fields: [i64; 5], more: i64) -> Result<(), Fault> {
    let [month, class, kind, outlet, term] = fields;
    connection
        .prepare_cached(
            "INSERT INTO listed_counts (month, class, kind, outlet, term, n)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET n = n + excluded.n",
        )?
        .execute([month, class, kind, outlet, term, more])?;
    Ok(())
}

/// The number of a label; a new one where it was never met.
fn label(connection: &Connection, part: Part, text: &str) -> Result<i64, Fault> {
    let known = connection
        .prepare_cached("SELECT id FROM labels WHERE part = ?1 AND text = ?2")?
        .query_row([part.word(), text], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    let id = connection
        .prepare_cached("INSERT INTO labels (part, text) VALUES (?1, ?2)")?
        .insert([part.word(), text])?;
    if matches!(part, Part::Speaker | Part::Place) {
        // A line break between pieces, as in `search`.
        connection
            .prepare_cached("INSERT INTO label_search (rowid, words) VALUES (?1, ?2)")?
            .execute(params![id, text.replace(SEPARATOR, "\n")])?;
    }
    Ok(id)
}

/// The words of a label.
pub(crate) fn text(connection: &Connection, id: i64) -> Result<String, Fault> {
    Ok(connection
        .prepare_cached("SELECT text FROM labels WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?)
}
