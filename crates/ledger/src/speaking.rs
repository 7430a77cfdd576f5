//! What one speaker says, a page at a time.

use std::collections::BTreeMap;

use rusqlite::params;
use sayso_link::Said;
use sayso_model::{Bearing, Statement};
use serde::Serialize;

use crate::{Ledger, error::Result, questions::stance, record::Records, speakers::person};

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
            let mut select = connection.prepare_cached(
                "SELECT q.id, q.text, b.stance, b.low, b.high, s.article, s.id, s.record
                 FROM said l JOIN current_statements s ON s.seq = l.statement
                 JOIN current_bearings b ON b.statement = s.id
                 JOIN current_questions q ON q.id = b.question
                 WHERE l.person = ?1 ORDER BY q.id, s.seq",
            )?;
            let mut rows = select.query([&person])?;
            let mut records = Records::new(connection);
            let mut questions: BTreeMap<(String, String), Vec<(Statement, Bearing)>> =
                BTreeMap::new();
            while let Some(row) = rows.next()? {
                let statement = records.row(row, 5)?;
                let bearing = Bearing {
                    statement: statement.id.clone(),
                    stance: stance(row, 2)?,
                    low: row.get(3)?,
                    high: row.get(4)?,
                    reason: String::new(),
                };
                let question = (row.get(0)?, row.get(1)?);
                questions.entry(question).or_default().push((statement, bearing));
            }
            let mut changed = Vec::new();
            for ((question, text), said) in questions {
                let all: Vec<Said<'_>> = said
                    .iter()
                    .map(|(statement, bearing)| Said {
                        statement,
                        bearing,
                        speaker: &person,
                        origin: &person,
                    })
                    .collect();
                let find =
                    |id: &str| said.iter().map(|(one, _)| one).find(|one| one.id == id).cloned();
                for change in sayso_link::compare(&all).changes {
                    let (Some(before), Some(after)) = (find(&change.before), find(&change.after))
                    else {
                        continue;
                    };
                    let (question, text) = (question.clone(), text.clone());
                    changed.push(ChangedMind {
                        question,
                        text,
                        turned: change.turned,
                        before,
                        after,
                    });
                }
            }
            changed.sort_by(|a, b| a.after.article.published.cmp(&b.after.article.published));
            Ok(changed)
        })
    }
}
