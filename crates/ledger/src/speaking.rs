//! What one speaker says, a page at a time.

use rusqlite::{Connection, params};
use sayso_link::Said;
use sayso_model::{Bearing, Statement};
use serde::Serialize;

use crate::{
    Ledger,
    error::{Fault, Result},
    questions::stance,
    record::Records,
    speakers::person,
};

impl Ledger {
    /// The newest statements of a speaker, undated ones last; at most `limit`, after the first `skip`.
    ///
    /// # Errors
    /// As [`Ledger::speaker`].
    pub fn newest_statements_of(
        &self,
        speaker: &str,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<Statement>> {
        self.read(|connection| {
            let person = person(connection, speaker)?;
            let mut select = connection.prepare_cached(
                "SELECT s.article, s.id, s.record FROM said l JOIN current_statements s ON s.seq = l.statement
                 WHERE l.person = ?1 ORDER BY s.date DESC, s.article DESC, s.position, s.seq
                 LIMIT ?3 OFFSET ?2",
            )?;
            let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            let mut rows = select.query(params![person, number(skip), number(limit)])?;
            let mut records = Records::new(connection);
            let mut statements = Vec::new();
            while let Some(row) = rows.next()? {
                statements.push(records.row(row, 0)?);
            }
            Ok(statements)
        })
    }
}

/// A speaker who says otherwise on one question than before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedMind {
    /// The question's id.
    pub question: String,
    /// The question's sentence.
    pub text: String,
    /// True where the side changed, false where only the range did.
    pub turned: bool,
    /// The earlier statement.
    pub before: Statement,
    /// The later one.
    pub after: Statement,
}

impl Ledger {
    /// Where a speaker changed their mind, by the date of the later statement.
    ///
    /// # Errors
    /// As [`Ledger::speaker`].
    pub fn changed_minds(&self, speaker: &str) -> Result<Vec<ChangedMind>> {
        self.read(|connection| {
            let person = person(connection, speaker)?;
            changed(connection, Some(&person))
        })
    }

    /// The same of every speaker. It reads each statement of whoever speaks twice on one question.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn all_changed_minds(&self) -> Result<Vec<ChangedMind>> {
        self.read(|connection| changed(connection, None))
    }
}

/// What one person says on one question: a turn of the walk over all of them.
#[derive(Default)]
struct Turn {
    key: (String, String),
    text: String,
    said: Vec<(Statement, Bearing)>,
}

fn changed(connection: &Connection, only: Option<&str>) -> Result<Vec<ChangedMind>, Fault> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT l.person, q.id, q.text, b.stance, b.low, b.high, s.article, s.id, s.record
         FROM said l JOIN current_statements s ON s.seq = l.statement
         JOIN current_bearings b ON b.statement = s.id
         JOIN current_questions q ON q.id = b.question
         WHERE l.person IS NOT NULL AND {} ORDER BY l.person, q.id, s.seq",
        if only.is_some() { "l.person = ?1" } else { "?1 IS NULL" }
    ))?;
    let mut rows = select.query(params![only])?;
    let mut records = Records::new(connection);
    let (mut found, mut turn) = (Vec::new(), Turn::default());
    while let Some(row) = rows.next()? {
        let key: (String, String) = (row.get(0)?, row.get(1)?);
        if key != turn.key {
            turn.end(&mut found);
            turn = Turn { key, text: row.get(2)?, said: Vec::new() };
        }
        let statement = records.row(row, 6)?;
        let bearing = Bearing {
            statement: statement.id.clone(),
            stance: stance(row, 3)?,
            low: row.get(4)?,
            high: row.get(5)?,
            reason: String::new(),
        };
        turn.said.push((statement, bearing));
    }
    turn.end(&mut found);
    found.sort_by(|a, b| {
        let when = |one: &ChangedMind| (one.after.article.published.clone(), one.after.id.clone());
        when(a).cmp(&when(b))
    });
    Ok(found)
}

impl Turn {
    /// Adds the changes among what was said.
    fn end(&self, found: &mut Vec<ChangedMind>) {
        if self.said.len() < 2 {
            return;
        }
        let (person, question) = &self.key;
        let said: Vec<Said<'_>> = self
            .said
            .iter()
            .map(|(statement, bearing)| Said {
                statement,
                bearing,
                speaker: person,
                origin: person,
            })
            .collect();
        let find =
            |id: &str| self.said.iter().map(|(one, _)| one).find(|one| one.id == id).cloned();
        for change in sayso_link::compare(&said).changes {
            if let (Some(before), Some(after)) = (find(&change.before), find(&change.after)) {
                let (question, text) = (question.clone(), self.text.clone());
                found.push(ChangedMind { question, text, turned: change.turned, before, after });
            }
        }
    }
}
