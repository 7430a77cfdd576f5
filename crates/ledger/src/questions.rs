use rusqlite::{Connection, Row, params};
use sayso_model::{Bearing, Question, Stance};

use crate::{
    BearingStatement, Ledger, QuestionSummary, QuestionView, Side,
    error::{Fault, Result},
    fetch::{self, What},
};

impl Ledger {
    /// The questions, those with most statements first, then by their sentence.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn questions(&self) -> Result<Vec<QuestionSummary>> {
        self.read(|connection| summaries(connection, None))
    }

    /// The ids of the questions on which a statement bears.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn questions_of(&self, statement: &str) -> Result<Vec<String>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT question FROM current_bearings WHERE statement = ?1 ORDER BY question",
            )?;
            let rows = select.query_map([statement], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// A question with its statements, by its id or the beginning of it.
    ///
    /// # Errors
    /// [`crate::LedgerError::NotFound`], [`crate::LedgerError::Ambiguous`].
    pub fn question(&self, id: &str) -> Result<QuestionView> {
        self.read(|connection| {
            let id = fetch::resolve(connection, What::Question, id)?;
            let missing = || fetch::not_found(What::Question, &id);
            let summary = summaries(connection, Some(&id))?.pop().ok_or_else(missing)?;
            let statements = bearing_statements(connection, &id)?;
            let criteria = connection
                .prepare_cached("SELECT criteria FROM current_questions WHERE id = ?1")?
                .query_row([&id], |row| row.get(0))?;
            let question = Question {
                id: summary.id.clone(),
                text: summary.text.clone(),
                class: summary.class.clone(),
                actor: summary.actor.clone(),
                target: summary.target.clone(),
                criteria,
                bearings: statements.iter().map(|s| s.bearing.clone()).collect(),
            };
            Ok(QuestionView { question, summary, statements })
        })
    }
}

/// Why linking supersedes a record.
pub(crate) const REASON: &str = "linked again";

/// Statements of a question that are shown: the latest. The figures count all.
const SHOWN: i64 = 500;

/// The id of an origin, from that of its first report.
pub(crate) fn origin_id(first: &str) -> String {
    sayso_model::content_id("o", first)
}

pub(crate) fn bearing_statements(
    connection: &Connection,
    question: &str,
) -> Result<Vec<BearingStatement>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT b.statement, b.stance, b.low, b.high, b.reason, s.record, l.person, l.why,
           (SELECT f.id FROM statements f WHERE f.seq = coalesce(l.origin, s.seq))
         FROM current_bearings b JOIN current_statements s ON s.id = b.statement
         LEFT JOIN said l ON l.statement = s.seq
         WHERE b.question = ?1
         ORDER BY s.date <> '' DESC, s.date DESC, s.article DESC, s.position DESC, s.seq DESC
         LIMIT ?2",
    )?;
    let mut rows = select.query(params![question, SHOWN])?;
    let mut statements = Vec::new();
    while let Some(row) = rows.next()? {
        statements.push(BearingStatement {
            bearing: bearing(row)?,
            statement: fetch::json(row, 5)?,
            person: row.get(6)?,
            why: row.get(7)?,
            origin: origin_id(&row.get::<_, String>(8)?),
        });
    }
    statements.reverse();
    Ok(statements)
}

/// From the columns statement, stance, low, high, reason.
fn bearing(row: &Row<'_>) -> rusqlite::Result<Bearing> {
    Ok(Bearing {
        statement: row.get(0)?,
        stance: stance(row, 1)?,
        low: row.get(2)?,
        high: row.get(3)?,
        reason: row.get(4)?,
    })
}

/// A column that holds a stance.
pub(crate) fn stance(row: &Row<'_>, column: usize) -> rusqlite::Result<Stance> {
    let word = row.get_ref(column)?.as_str()?;
    [Stance::Yes, Stance::No]
        .into_iter()
        .find(|stance| stance.word() == word)
        .ok_or_else(|| fetch::strange(column, word))
}

pub(crate) fn insert_question(
    connection: &Connection,
    question: &Question,
    at: &str,
) -> Result<i64, Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO questions (id, revision, text, class, actor, target, criteria, added_at)
         VALUES (?1, (SELECT coalesce(max(revision), 0) + 1 FROM questions WHERE id = ?1),
           ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    Ok(insert.insert(params![
        question.id,
        question.text,
        question.class,
        question.actor,
        question.target,
        question.criteria,
        at,
    ])?)
}

pub(crate) fn insert_bearing(
    connection: &Connection,
    question: &str,
    bearing: &Bearing,
    at: &str,
) -> Result<i64, Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO bearings (question, statement, stance, low, high, reason, added_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    Ok(insert.insert(params![
        question,
        bearing.statement,
        bearing.stance.word(),
        bearing.low,
        bearing.high,
        bearing.reason,
        at,
    ])?)
}

pub(crate) fn summaries(
    connection: &Connection,
    only: Option<&str>,
) -> Result<Vec<QuestionSummary>, Fault> {
    // Two texts, so that one question is looked up by its index.
    let only_one = if only.is_some() { "q.id = ?1 AND b.question = ?1" } else { "?1 IS NULL" };
    let mut select = connection.prepare_cached(&format!(
        "SELECT q.id, q.text, q.class, q.actor, q.target,
           count(*), count(DISTINCT coalesce(l.person, s.speaker)), count(DISTINCT s.article),
           count(DISTINCT s.outlet), min(nullif(s.date, '')), max(nullif(s.date, '')),
           count(*) FILTER (WHERE b.stance = 'yes'),
           count(DISTINCT coalesce(l.person, s.speaker)) FILTER (WHERE b.stance = 'yes'),
           min(b.low) FILTER (WHERE b.stance = 'yes'),
           max(b.high) FILTER (WHERE b.stance = 'yes'),
           count(*) FILTER (WHERE b.stance = 'no'),
           count(DISTINCT coalesce(l.person, s.speaker)) FILTER (WHERE b.stance = 'no'),
           min(b.low) FILTER (WHERE b.stance = 'no'),
           max(b.high) FILTER (WHERE b.stance = 'no'),
           count(DISTINCT coalesce(l.origin, s.seq))
         FROM current_questions q
         JOIN current_bearings b ON b.question = q.id
         JOIN current_statements s ON s.id = b.statement
         LEFT JOIN said l ON l.statement = s.seq
         WHERE {only_one}
         GROUP BY q.id ORDER BY count(*) DESC, q.text, q.id",
    ))?;
    let rows = select.query_map(params![only], |row| {
        let side = |first: usize| -> rusqlite::Result<Side> {
            Ok(Side {
                statements: fetch::count(row, first)?,
                speakers: fetch::count(row, first + 1)?,
                low: row.get(first + 2)?,
                high: row.get(first + 3)?,
            })
        };
        Ok(QuestionSummary {
            id: row.get(0)?,
            text: row.get(1)?,
            class: row.get(2)?,
            actor: row.get(3)?,
            target: row.get(4)?,
            statements: fetch::count(row, 5)?,
            speakers: fetch::count(row, 6)?,
            articles: fetch::count(row, 7)?,
            outlets: fetch::count(row, 8)?,
            first: row.get(9)?,
            last: row.get(10)?,
            yes: side(11)?,
            no: side(15)?,
            origins: fetch::count(row, 19)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
