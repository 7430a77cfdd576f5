//! What bears on each question, and the counts of it.
//!
//! The figures of a question (speakers, articles, outlets, independent origins, ranges) are counts
//! of distinct values. `tallies` keeps each value with how often it is there, so that one more
//! statement costs some rows, and reading the figures one walk over an index.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, params, types::Value};
use sayso_model::Stance;

use crate::{error::Fault, questions, record::number};

/// The day of what has no date.
pub(super) const UNDATED: i64 = -1;

/// Days since 1970.
pub(super) fn days(date: Date) -> i64 {
    jiff::civil::date(1970, 1, 1).until(date).map_or(UNDATED, |span| i64::from(span.get_days()))
}

/// What a tally counts. The numbers stand in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Statements that say yes.
    Yes = 0,
    Article = 1,
    Outlet = 2,
    Origin = 3,
    Speaker = 4,
    SpeakerYes = 5,
    SpeakerNo = 6,
    LowYes = 7,
    HighYes = 8,
    LowNo = 9,
    HighNo = 10,
    Day = 11,
    /// Statements that say no.
    No = 12,
}

/// A row of `standings`.
#[derive(Debug, Clone, PartialEq)]
struct Standing {
    question: i64,
    day: i64,
    statement: i64,
    yes: bool,
    low: Option<f64>,
    high: Option<f64>,
    person: Option<i64>,
    origin: i64,
    article: i64,
    outlet: Option<i64>,
}

impl Standing {
    fn values(&self) -> impl Iterator<Item = (Part, Value)> {
        let whole = |part, number: Option<i64>| Some((part, Value::Integer(number?)));
        let part = |part, number: Option<f64>| Some((part, Value::Real(number?)));
        let yes = self.yes;
        [
            whole(if yes { Part::Yes } else { Part::No }, Some(1)),
            whole(Part::Article, Some(self.article)),
            whole(Part::Outlet, self.outlet),
            whole(Part::Origin, Some(self.origin)),
            whole(Part::Speaker, self.person),
            whole(if yes { Part::SpeakerYes } else { Part::SpeakerNo }, self.person),
            part(if yes { Part::LowYes } else { Part::LowNo }, self.low),
            part(if yes { Part::HighYes } else { Part::HighNo }, self.high),
            whole(Part::Day, Some(self.day).filter(|day| *day != UNDATED)),
        ]
        .into_iter()
        .flatten()
    }
}

/// Brings the standings of some statements (by seq) up to what the ledger says of them.
pub(crate) fn refresh(connection: &Connection, statements: &BTreeSet<i64>) -> Result<(), Fault> {
    for statement in statements {
        let mut before = held(connection, *statement)?;
        for new in wanted(connection, *statement)? {
            match before.remove(&new.question) {
                Some(old) if old == new => {}
                Some(old) => {
                    remove(connection, &old)?;
                    insert(connection, &new)?;
                }
                None => insert(connection, &new)?,
            }
        }
        for old in before.values() {
            remove(connection, old)?;
        }
    }
    Ok(())
}

/// Fills the tables of a ledger that has none of this yet.
pub(crate) fn fill(connection: &Connection) -> Result<(), Fault> {
    let mut select = connection.prepare(
        "SELECT DISTINCT s.seq FROM current_bearings b JOIN current_statements s ON s.id = b.statement",
    )?;
    let all: BTreeSet<i64> =
        select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    refresh(connection, &all)
}

fn held(connection: &Connection, statement: i64) -> Result<BTreeMap<i64, Standing>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT question, day, stance, low, high, person, origin, article, outlet
         FROM standings WHERE statement = ?1",
    )?;
    let rows = select.query_map([statement], |row| {
        let question = row.get(0)?;
        let standing = Standing {
            question,
            day: row.get(1)?,
            statement,
            yes: row.get(2)?,
            low: row.get(3)?,
            high: row.get(4)?,
            person: row.get(5)?,
            origin: row.get(6)?,
            article: row.get(7)?,
            outlet: row.get(8)?,
        };
        Ok((question, standing))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn wanted(connection: &Connection, statement: i64) -> Result<Vec<Standing>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT b.question, s.date, b.stance, b.low, b.high, coalesce(l.person, s.speaker),
           coalesce(l.origin, s.seq), s.article, s.outlet
         FROM current_statements s CROSS JOIN current_bearings b ON b.statement = s.id
         LEFT JOIN said l ON l.statement = s.seq WHERE s.seq = ?1",
    )?;
    let rows = select.query_map([statement], |row| {
        let hash = |column: usize| -> rusqlite::Result<Option<i64>> {
            Ok(row.get_ref(column)?.as_str_or_null()?.map(number))
        };
        Ok(Standing {
            question: number(row.get_ref(0)?.as_str()?),
            day: row.get_ref(1)?.as_str()?.parse().map_or(UNDATED, days),
            statement,
            yes: questions::stance(row, 2)? == Stance::Yes,
            low: row.get(3)?,
            high: row.get(4)?,
            person: hash(5)?,
            origin: row.get(6)?,
            article: row.get(7)?,
            outlet: hash(8)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn insert(connection: &Connection, new: &Standing) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO standings (question, day, statement, stance, low, high, person, origin,
               article, outlet) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            new.question,
            new.day,
            new.statement,
            new.yes,
            new.low,
            new.high,
            new.person,
            new.origin,
            new.article,
            new.outlet
        ])?;
    let mut more = connection.prepare_cached(
        "INSERT INTO tallies (question, part, value, n) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT DO UPDATE SET n = n + 1",
    )?;
    for (part, value) in new.values() {
        more.execute(params![new.question, part as i64, value])?;
    }
    Ok(())
}

fn remove(connection: &Connection, old: &Standing) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "DELETE FROM standings WHERE question = ?1 AND day = ?2 AND statement = ?3",
        )?
        .execute([old.question, old.day, old.statement])?;
    let mut less = connection.prepare_cached(
        "UPDATE tallies SET n = n - 1 WHERE question = ?1 AND part = ?2 AND value = ?3",
    )?;
    let mut none = connection.prepare_cached(
        "DELETE FROM tallies WHERE question = ?1 AND part = ?2 AND value = ?3 AND n <= 0",
    )?;
    for (part, value) in old.values() {
        less.execute(params![old.question, part as i64, value])?;
        none.execute(params![old.question, part as i64, value])?;
    }
    Ok(())
}

/// The counts of one question, or of all, by the question's number and by part.
pub(crate) fn tallies(
    connection: &Connection,
    only: Option<i64>,
) -> Result<BTreeMap<i64, BTreeMap<i64, Tally>>, Fault> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT question, part, count(*), sum(n), min(value), max(value) FROM tallies
         WHERE {} GROUP BY question, part",
        if only.is_some() { "question = ?1" } else { "?1 IS NULL" }
    ))?;
    let mut rows = select.query(params![only])?;
    let mut found: BTreeMap<i64, BTreeMap<i64, Tally>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let tally = Tally {
            different: crate::fetch::count(row, 2)?,
            all: crate::fetch::count(row, 3)?,
            least: row.get(4)?,
            most: row.get(5)?,
        };
        found.entry(row.get(0)?).or_default().insert(row.get(1)?, tally);
    }
    Ok(found)
}

/// What is counted of one part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tally {
    /// Different values.
    pub(crate) different: usize,
    /// Standings that have one.
    pub(crate) all: usize,
    least: Value,
    most: Value,
}

impl Tally {
    /// The least value, where it is a fraction.
    pub(crate) fn least(&self) -> Option<f64> {
        real(&self.least)
    }

    /// The greatest value, where it is a fraction.
    pub(crate) fn most(&self) -> Option<f64> {
        real(&self.most)
    }

    /// The first and the last of days.
    pub(crate) fn span_of_days(&self) -> Option<(Date, Date)> {
        let date = |value: &Value| match value {
            Value::Integer(days) => {
                jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(*days)).ok()
            }
            _ => None,
        };
        Some((date(&self.least)?, date(&self.most)?))
    }
}

fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Real(number) => Some(*number),
        _ => None,
    }
}
