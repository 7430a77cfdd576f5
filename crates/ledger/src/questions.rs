use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};
use sayso_link::Classes;
use sayso_model::{Bearing, Question, Stance, Statement};

use crate::{
    BearingStatement, Ledger, QuestionSummary, QuestionView, Relinked, Side,
    add::revise,
    error::{Fault, Result},
    fetch::{self, What},
};

impl Ledger {
    /// Asks again which questions the statements that hold bear on, and writes down what is
    /// different from before: new questions and bearings are added, changed ones superseded,
    /// vanished ones withdrawn. Call it once after a batch of articles. It reads every statement
    /// that has an event, in time linear in their number.
    ///
    /// # Errors
    /// [`crate::LedgerError::Locked`], [`crate::LedgerError::ReadOnly`],
    /// [`crate::LedgerError::Full`]. The questions are as before then.
    pub fn relink(&mut self, classes: &Classes, at: &str) -> Result<Relinked> {
        self.write(|transaction| {
            let statements = with_events(transaction)?;
            let questions = sayso_link::questions(&statements, classes);
            let mut done = Relinked { questions: questions.len(), ..Relinked::default() };
            let mut before = current_questions(transaction)?;
            let mut bore = current_bearings(transaction)?;
            for question in &questions {
                let old = before.remove(&question.id);
                if old.as_ref().is_none_or(|(_, old)| !same(old, question)) {
                    let new = insert_question(transaction, question, at)?;
                    done.written += 1;
                    if let Some((seq, _)) = old {
                        revise(transaction, "question", seq, Some(new), REASON, at)?;
                        done.superseded += 1;
                    }
                }
                for bearing in &question.bearings {
                    let key = (question.id.clone(), bearing.statement.clone());
                    let old = bore.remove(&key);
                    if old.as_ref().is_some_and(|(_, old)| old == bearing) {
                        continue;
                    }
                    let new = insert_bearing(transaction, &question.id, bearing, at)?;
                    done.written += 1;
                    if let Some((seq, _)) = old {
                        revise(transaction, "bearing", seq, Some(new), REASON, at)?;
                        done.superseded += 1;
                    }
                }
            }
            let gone = before.values().map(|(seq, _)| ("question", *seq));
            for (record, seq) in gone.chain(bore.values().map(|(seq, _)| ("bearing", *seq))) {
                revise(transaction, record, seq, None, REASON, at)?;
                done.superseded += 1;
            }
            Ok(done)
        })
    }

    /// The questions, those with most statements first, then by their sentence.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn questions(&self) -> Result<Vec<QuestionSummary>> {
        self.read(|connection| summaries(connection, None))
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
const REASON: &str = "linked again";

fn with_events(connection: &Connection) -> Result<Vec<Statement>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT record FROM current_statements WHERE class IS NOT NULL ORDER BY seq",
    )?;
    let mut rows = select.query([])?;
    let mut statements = Vec::new();
    while let Some(row) = rows.next()? {
        statements.push(fetch::json(row, 0)?);
    }
    Ok(statements)
}

/// Equal but for the bearings, which have their own records.
fn same(old: &Question, new: &Question) -> bool {
    (&old.text, &old.class, &old.actor, &old.target, &old.criteria)
        == (&new.text, &new.class, &new.actor, &new.target, &new.criteria)
}

fn current_questions(
    connection: &Connection,
) -> rusqlite::Result<BTreeMap<String, (i64, Question)>> {
    connection
        .prepare_cached(
            "SELECT seq, id, text, class, actor, target, criteria FROM current_questions",
        )?
        .query_map([], |row| {
            let question = Question {
                id: row.get(1)?,
                text: row.get(2)?,
                class: row.get(3)?,
                actor: row.get(4)?,
                target: row.get(5)?,
                criteria: row.get(6)?,
                bearings: Vec::new(),
            };
            Ok((question.id.clone(), (row.get(0)?, question)))
        })?
        .collect()
}

type Bearings = BTreeMap<(String, String), (i64, Bearing)>;

fn current_bearings(connection: &Connection) -> rusqlite::Result<Bearings> {
    connection
        .prepare_cached(
            "SELECT statement, stance, low, high, reason, question, seq FROM current_bearings",
        )?
        .query_map([], |row| {
            let bearing = bearing(row)?;
            Ok(((row.get(5)?, bearing.statement.clone()), (row.get(6)?, bearing)))
        })?
        .collect()
}

fn bearing_statements(
    connection: &Connection,
    question: &str,
) -> Result<Vec<BearingStatement>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT b.statement, b.stance, b.low, b.high, b.reason, s.record
         FROM current_bearings b JOIN current_statements s ON s.id = b.statement
         WHERE b.question = ?1 ORDER BY s.date = '', s.date, s.article, s.position, s.seq",
    )?;
    let mut rows = select.query([question])?;
    let mut statements = Vec::new();
    while let Some(row) = rows.next()? {
        statements
            .push(BearingStatement { bearing: bearing(row)?, statement: fetch::json(row, 5)? });
    }
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

fn insert_question(connection: &Connection, question: &Question, at: &str) -> Result<i64, Fault> {
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

fn insert_bearing(
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

fn summaries(connection: &Connection, only: Option<&str>) -> Result<Vec<QuestionSummary>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT q.id, q.text, q.class, q.actor, q.target,
           count(*), count(DISTINCT s.speaker), count(DISTINCT s.article),
           count(DISTINCT s.outlet), min(nullif(s.date, '')), max(nullif(s.date, '')),
           count(*) FILTER (WHERE b.stance = 'yes'),
           count(DISTINCT s.speaker) FILTER (WHERE b.stance = 'yes'),
           min(b.low) FILTER (WHERE b.stance = 'yes'),
           max(b.high) FILTER (WHERE b.stance = 'yes'),
           count(*) FILTER (WHERE b.stance = 'no'),
           count(DISTINCT s.speaker) FILTER (WHERE b.stance = 'no'),
           min(b.low) FILTER (WHERE b.stance = 'no'),
           max(b.high) FILTER (WHERE b.stance = 'no')
         FROM current_questions q
         JOIN current_bearings b ON b.question = q.id
         JOIN current_statements s ON s.id = b.statement
         WHERE ?1 IS NULL OR q.id = ?1
         GROUP BY q.id ORDER BY count(*) DESC, q.text, q.id",
    )?;
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
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
