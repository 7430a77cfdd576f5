//! What a person decides about questions and speakers: each a record that can be undone.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use sayso_link::{Classes, IssueWords, NameTables};
use sayso_model::{Question, content_id};

use crate::{
    Ledger, Merge, Relinked,
    add::revise,
    error::{Fault, LedgerError, Result},
    fetch::{self, What},
    linking::{self, Step},
    questions::insert_question,
    unnamed, words,
};

/// Who edits, why and when.
#[derive(Debug, Clone, Copy)]
pub struct Edit<'a> {
    /// In a sentence.
    pub reason: &'a str,
    /// Whose word it is.
    pub reviewer: &'a str,
    /// RFC 3339.
    pub at: &'a str,
}

impl Ledger {
    /// Makes one question part of another: all that bears on `from` bears on `into`, now and later.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn merge_questions(
        &mut self,
        from: &str,
        into: &str,
        classes: &Classes,
        edit: Edit<'_>,
    ) -> Result<()> {
        self.edit(classes, edit, |step| {
            let from = fetch::resolve(step.connection, What::Question, from)?;
            let into = fetch::resolve(step.connection, What::Question, into)?;
            if from == into {
                let what = "other question";
                return Err(LedgerError::NotFound { what, id: into }.into());
            }
            let statements = bearing_on(step.connection, &from)?;
            note(step, "merge", &from, Some(&into), None, None, edit)?;
            again(step, &statements)
        })
    }

    /// Takes statements out of a question into one of their own with another sentence; its id.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] where a statement does not bear on the question.
    pub fn split_question(
        &mut self,
        question: &str,
        text: &str,
        statements: &[String],
        classes: &Classes,
        edit: Edit<'_>,
    ) -> Result<String> {
        let mut id = String::new();
        self.edit(classes, edit, |step| {
            let from = fetch::resolve(step.connection, What::Question, question)?;
            let there = bearing_on(step.connection, &from)?;
            let Some((_, old)) = linking::current(step, &from)? else {
                return Err(fetch::not_found(What::Question, &from));
            };
            id = content_id("q", &format!("split {from} {text}"));
            enter(step, &Question { id: id.clone(), text: text.to_owned(), ..old })?;
            let mut moved = BTreeSet::new();
            for statement in statements {
                let statement = fetch::resolve(step.connection, What::Statement, statement)?;
                if !there.contains(&statement) {
                    return Err(fetch::not_found(What::Statement, &statement));
                }
                note(step, "split", &from, Some(&id), Some(&statement), None, edit)?;
                moved.insert(statement);
            }
            again(step, &moved)
        })?;
        Ok(id)
    }

    /// Asks a question that linking did not: the statements bear on it besides what they bear on
    /// already; its id. A statement without an event or a ratio takes no side and is refused.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] where a statement is not there or says nothing of any event.
    pub fn new_question(
        &mut self,
        text: &str,
        statements: &[String],
        classes: &Classes,
        edit: Edit<'_>,
    ) -> Result<String> {
        let id = content_id("q", &format!("new {text}"));
        self.edit(classes, edit, |step| {
            let mut put = BTreeSet::new();
            let mut class = String::new();
            for statement in statements {
                let statement = fetch::resolve(step.connection, What::Statement, statement)?;
                let record = fetch::statement(step.connection, &statement)?;
                let claims = sayso_link::claims(&record, step.classes);
                let Some(claim) = claims.first() else {
                    let what = "event of the statement";
                    return Err(LedgerError::NotFound { what, id: statement }.into());
                };
                class.clone_from(&claim.shape.class);
                note(step, "new", &id, None, Some(&statement), Some(text), edit)?;
                put.insert(statement);
            }
            let question = Question {
                id: id.clone(),
                text: text.to_owned(),
                class,
                actor: None,
                target: None,
                criteria: None,
                bearings: Vec::new(),
            };
            enter(step, &question)?;
            again(step, &put)
        })?;
        Ok(id)
    }

    /// Gives a question another sentence. Its id stays.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn rename_question(&mut self, question: &str, text: &str, edit: Edit<'_>) -> Result<()> {
        self.edit(&Classes::default(), edit, |step| {
            let id = fetch::resolve(step.connection, What::Question, question)?;
            note(step, "rename", &id, None, None, Some(text), edit)?;
            let Some((seq, old)) = linking::current(step, &id)? else {
                return Err(fetch::not_found(What::Question, &id));
            };
            let new = insert_question(
                step.connection,
                &Question { text: text.to_owned(), ..old },
                edit.at,
            )?;
            revise(step.connection, "question", seq, Some(new), edit.reason, edit.at)?;
            Ok(())
        })
    }

    /// Takes the last merge or split of a question back.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] where there is none.
    pub fn undo_edit(&mut self, question: &str, classes: &Classes, edit: Edit<'_>) -> Result<()> {
        self.edit(classes, edit, |step| {
            // The question may be gone into another: its id is looked for among the edits too.
            let mut select = step.connection.prepare_cached(
                "SELECT e.seq, e.question, e.other FROM edits e
                 WHERE (e.question = ?1 OR e.question LIKE ?1 || '%')
                   AND e.action IN ('merge', 'split') AND NOT EXISTS (
                     SELECT 1 FROM edits u WHERE u.action = 'undo' AND u.question = e.question
                       AND u.other = CAST(e.seq AS TEXT))
                 ORDER BY e.seq DESC LIMIT 1",
            )?;
            let mut rows = select.query([question])?;
            let Some(row) = rows.next()? else {
                let what = "edit of the question";
                return Err(LedgerError::NotFound { what, id: question.to_owned() }.into());
            };
            let (seq, id, other): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let mut statements = bearing_on(step.connection, &other)?;
            statements.extend(bearing_on(step.connection, &id)?);
            note(step, "undo", &id, Some(&seq.to_string()), None, None, edit)?;
            again(step, &statements)
        })
    }

    /// Says that a speaker is another one: `speaker` in `role` (`None`: without one) is `person`
    /// from now on, whatever linking finds. Itself as `person`, by the same name or id, parts it again.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`]; [`LedgerError::Unsourced`] where either has
    /// no name of their own: an unnamed source, a group, an author.
    pub fn merge_speaker(
        &mut self,
        speaker: &str,
        role: Option<&str>,
        person: &str,
        edit: Edit<'_>,
    ) -> Result<()> {
        self.edit(&Classes::default(), edit, |step| {
            // Merged with itself: by its name it would be whom it was merged with before.
            let itself = speaker == person;
            let speaker = fetch::resolve(step.connection, What::GivenSpeaker, speaker)?;
            let person = if itself {
                speaker.clone()
            } else {
                fetch::resolve(step.connection, What::Speaker, person)?
            };
            unnamed::check_merge(step.connection, &speaker, &person)?;
            let role = role.unwrap_or_default();
            step.connection.execute(
                "INSERT INTO merges (speaker, role, person, reason, reviewer, added_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![speaker, role, person, edit.reason, edit.reviewer, edit.at],
            )?;
            let profiles: Vec<i64> = step
                .connection
                .prepare_cached("SELECT id FROM profiles WHERE speaker = ?1 AND role = ?2")?
                .query_map([speaker.as_str(), role], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for profile in profiles {
                step.moved(linking::said_by(step.connection, profile)?);
            }
            step.connection.execute(
                "UPDATE said SET person = ?3 WHERE profile IN (
                   SELECT id FROM profiles WHERE speaker = ?1 AND role = ?2)",
                [speaker.as_str(), role, person.as_str()],
            )?;
            step.connection.execute(
                "UPDATE profiles SET person = ?3, others = '[]' WHERE speaker = ?1 AND role = ?2",
                [speaker.as_str(), role, person.as_str()],
            )?;
            Ok(())
        })
    }

    /// Every merge that led to a speaker, the latest first.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn merges_of(&self, person: &str) -> Result<Vec<Merge>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT speaker, role, person, reason, reviewer, added_at FROM merges
                 WHERE person = ?1 OR speaker = ?1 ORDER BY seq DESC",
            )?;
            let rows = select.query_map([person], |row| {
                Ok(Merge {
                    speaker: row.get(0)?,
                    role: row.get(1)?,
                    person: row.get(2)?,
                    reason: row.get(3)?,
                    reviewer: row.get(4)?,
                    added_at: row.get(5)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn edit(
        &mut self,
        classes: &Classes,
        edit: Edit<'_>,
        work: impl FnOnce(&Step<'_>) -> Result<(), Fault>,
    ) -> Result<()> {
        let names = NameTables::default();
        self.decide(|transaction| {
            words::check(edit.reviewer, edit.reason)?;
            let words = IssueWords::english().unwrap_or_default();
            let step = Step::new(transaction, classes, &names, &words, edit.at);
            work(&step)?;
            step.settle()
        })
    }
}

fn again(step: &Step<'_>, statements: &BTreeSet<String>) -> Result<(), Fault> {
    linking::bear_again(step, statements, &mut Relinked::default())
}

fn bearing_on(connection: &Connection, question: &str) -> Result<BTreeSet<String>, Fault> {
    let mut select =
        connection.prepare_cached("SELECT statement FROM current_bearings WHERE question = ?1")?;
    Ok(select.query_map([question], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

fn enter(step: &Step<'_>, question: &Question) -> Result<(), Fault> {
    if linking::current(step, &question.id)?.is_none() {
        insert_question(step.connection, question, step.at)?;
    }
    Ok(())
}

fn note(
    step: &Step<'_>,
    action: &str,
    question: &str,
    other: Option<&str>,
    statement: Option<&str>,
    text: Option<&str>,
    edit: Edit<'_>,
) -> Result<(), Fault> {
    step.connection
        .prepare_cached(
            "INSERT INTO edits (action, question, other, statement, text, reason, reviewer, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            action, question, other, statement, text, edit.reason, edit.reviewer, edit.at
        ])?;
    Ok(())
}
