use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};
use sayso_model::{Bearing, Question, Stance};

use crate::{
    BearingStatement, Ledger, QuestionSummary, QuestionView, Side,
    error::{Fault, Result},
    fetch::{self, What},
    linking::{self, Part, Tally},
    record::{Records, number},
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

/// The id of an origin, from its number.
pub(crate) fn origin_id(origin: i64) -> String {
    format!("o{origin:015x}")
}

pub(crate) fn bearing_statements(
    connection: &Connection,
    question: &str,
) -> Result<Vec<BearingStatement>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT b.statement, b.stance, b.low, b.high, b.reason, s.article, s.id, s.record,
           l.person, l.why, coalesce(l.origin, s.seq),
           s.date, s.article, s.position, s.seq
         FROM (SELECT statement FROM standings WHERE question = ?1
               ORDER BY day DESC, statement DESC LIMIT ?3) latest
         CROSS JOIN statements s ON s.seq = latest.statement
         CROSS JOIN current_bearings b ON b.statement = s.id AND b.question = ?2
         LEFT JOIN said l ON l.statement = s.seq",
    )?;
    let mut records = Records::new(connection);
    let mut rows = select.query(params![number(question), question, SHOWN])?;
    let mut statements = Vec::new();
    while let Some(row) = rows.next()? {
        // By date, undated ones first, then by the text: whichever article came in first.
        let date: String = row.get(11)?;
        let (position, id): (i64, String) = (row.get(13)?, row.get(6)?);
        let one = BearingStatement {
            bearing: bearing(row)?,
            statement: records.row(row, 5)?,
            person: row.get(8)?,
            why: row.get(9)?,
            origin: origin_id(row.get(10)?),
        };
        let place = (!date.is_empty(), date, one.statement.article.id.clone(), position, id);
        statements.push((place, one));
    }
    statements.sort_by(|(a, _): &(_, BearingStatement), (b, _)| a.cmp(b));
    Ok(statements.into_iter().map(|(_, one)| one).collect())
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
    let tallies = linking::tallies(connection, only.map(number))?;
    let mut select = connection.prepare_cached(&format!(
        "SELECT id, text, class, actor, target FROM current_questions q WHERE {}",
        if only.is_some() { "q.id = ?1" } else { "?1 IS NULL" }
    ))?;
    let mut rows = select.query(params![only])?;
    let mut found = Vec::new();
    let nothing = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let tally = tallies.get(&number(&id)).unwrap_or(&nothing);
        let of = |part: Part| tally.get(&(part as i64));
        let different = |part: Part| of(part).map_or(0, |tally| tally.different);
        let side = |stance: Stance, [speaker, low, high]: [Part; 3]| Side {
            statements: of(match stance {
                Stance::Yes => Part::Yes,
                Stance::No => Part::No,
            })
            .map_or(0, |tally| tally.all),
            speakers: different(speaker),
            low: of(low).and_then(Tally::least),
            high: of(high).and_then(Tally::most),
        };
        let yes = side(Stance::Yes, [Part::SpeakerYes, Part::LowYes, Part::HighYes]);
        let no = side(Stance::No, [Part::SpeakerNo, Part::LowNo, Part::HighNo]);
        let days = of(Part::Day).and_then(Tally::span_of_days);
        found.push(QuestionSummary {
            id,
            text: row.get(1)?,
            class: row.get(2)?,
            actor: row.get(3)?,
            target: row.get(4)?,
            statements: yes.statements + no.statements,
            speakers: different(Part::Speaker),
            articles: different(Part::Article),
            outlets: different(Part::Outlet),
            origins: different(Part::Origin),
            yes,
            no,
            first: days.map(|(first, _)| first.to_string()),
            last: days.map(|(_, last)| last.to_string()),
        });
    }
    found.sort_by(|a, b| {
        b.statements.cmp(&a.statements).then_with(|| (&a.text, &a.id).cmp(&(&b.text, &b.id)))
    });
    Ok(found)
}
