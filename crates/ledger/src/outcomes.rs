//! What became of questions and forecasts, by resolver: proposed, confirmed, withdrawn.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use sayso_model::{Outcome, Question, Subject};
use serde::Serialize;

use crate::{
    Edit, Ledger,
    error::{Fault, LedgerError, Result},
    fetch::{self, What},
    questions::insert_question,
};

/// An outcome with what a person says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeView {
    /// The record.
    pub outcome: Outcome,
    /// When it was written down.
    pub added_at: String,
    /// What a person says of it; none for a proposal.
    pub ruling: Option<Ruling>,
    /// True where it is the one that holds for its subject under its resolver.
    pub holds: bool,
}

/// What a person says of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ruling {
    /// True for a confirmation, false where the outcome was withdrawn.
    pub confirms: bool,
    /// Why.
    pub reason: String,
    /// Whose word it is.
    pub reviewer: String,
    /// When.
    pub added_at: String,
}

impl OutcomeView {
    /// True for an outcome that a person has confirmed.
    pub fn is_confirmed(&self) -> bool {
        self.ruling.as_ref().is_some_and(|ruling| ruling.confirms)
    }

    /// True for an outcome that waits for a person.
    pub fn is_proposal(&self) -> bool {
        self.ruling.is_none()
    }
}

impl Ledger {
    /// Writes outcomes down, all or none. How many are new: one that is the newest of its subject
    /// under its resolver already changes nothing.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] for a subject that is not there.
    pub fn add_outcomes(&mut self, outcomes: &[Outcome], at: &str) -> Result<usize> {
        self.decide(|transaction| {
            let mut new = 0;
            for outcome in outcomes {
                new += usize::from(add(transaction, outcome, at)?);
            }
            Ok(new)
        })
    }

    /// Asks questions on which nothing bears yet; how many were not there. Statements that speak of
    /// the same event will come to bear on them.
    ///
    /// # Errors
    /// [`LedgerError::Locked`], [`LedgerError::ReadOnly`], [`LedgerError::Full`].
    pub fn ask(&mut self, questions: &[Question], at: &str) -> Result<usize> {
        self.decide(|transaction| {
            let mut new = 0;
            for question in questions {
                let known: bool = transaction
                    .prepare_cached(
                        "SELECT EXISTS (SELECT 1 FROM current_questions WHERE id = ?1)",
                    )?
                    .query_row([&question.id], |row| row.get(0))?;
                if !known {
                    insert_question(transaction, question, at)?;
                    new += 1;
                }
            }
            Ok(new)
        })
    }

    /// A person's word that an outcome is right: from now on it holds.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn confirm_outcome(&mut self, id: &str, edit: Edit<'_>) -> Result<OutcomeView> {
        self.rule(id, true, edit)
    }

    /// A person's word that an outcome holds no longer, or never did.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn withdraw_outcome(&mut self, id: &str, edit: Edit<'_>) -> Result<OutcomeView> {
        self.rule(id, false, edit)
    }

    fn rule(&mut self, id: &str, confirms: bool, edit: Edit<'_>) -> Result<OutcomeView> {
        self.decide(|transaction| {
            let id = fetch::resolve(transaction, What::Outcome, id)?;
            let seq =
                newest(transaction, &id)?.ok_or_else(|| fetch::not_found(What::Outcome, &id))?;
            let ruling = if confirms { "confirm" } else { "withdraw" };
            transaction.execute(
                "INSERT INTO rulings (outcome, ruling, reason, reviewer, added_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![seq, ruling, edit.reason, edit.reviewer, edit.at],
            )?;
            views(transaction, "o.seq = ?1", params![seq])?
                .pop()
                .ok_or_else(|| fetch::not_found(What::Outcome, &id))
        })
    }

    /// The outcome with this id, or the only one whose id begins like this.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn outcome(&self, id: &str) -> Result<OutcomeView> {
        self.read(|connection| {
            let id = fetch::resolve(connection, What::Outcome, id)?;
            views(connection, "o.id = ?1", params![id])?
                .pop()
                .ok_or_else(|| fetch::not_found(What::Outcome, &id))
        })
    }

    /// Every outcome that a question or a statement was given, in the order of entry.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn outcomes_of(&self, subject: &str) -> Result<Vec<OutcomeView>> {
        self.read(|connection| views(connection, "o.subject = ?1", params![subject]))
    }

    /// The outcomes in force, by subject and resolver; with `proposed` also those that nobody has
    /// confirmed yet, each in the place of the one that it would supersede.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn outcomes(&self, proposed: bool) -> Result<Vec<OutcomeView>> {
        self.read(|connection| in_force(connection, proposed))
    }

    /// Proposals that wait for a person, the oldest first.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn proposed_outcomes(&self) -> Result<Vec<OutcomeView>> {
        self.read(|connection| {
            let mut waiting = views(connection, WAITING, params![])?;
            waiting.sort_by(|a, b| a.added_at.cmp(&b.added_at));
            Ok(waiting)
        })
    }

    /// The question or the statement that is meant: an id or the beginning of one.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn subject(&self, asked: &str) -> Result<Subject> {
        self.read(|connection| match fetch::resolve(connection, What::Question, asked) {
            Err(Fault::Ledger(LedgerError::NotFound { .. })) => {
                Ok(Subject::Statement(fetch::resolve(connection, What::Statement, asked)?))
            }
            found => Ok(Subject::Question(found?)),
        })
    }
}

fn add(connection: &Connection, outcome: &Outcome, at: &str) -> Result<bool, Fault> {
    let (part, what) = match &outcome.subject {
        Subject::Question(_) => ("question", What::Question),
        Subject::Statement(_) => ("statement", What::Statement),
    };
    let subject = outcome.subject.id();
    if fetch::resolve(connection, what, subject)? != subject {
        return Err(fetch::not_found(what, subject));
    }
    let newest: Option<(String, bool)> = connection
        .prepare_cached(
            "SELECT id, coalesce((SELECT ruling FROM rulings r WHERE r.outcome = o.seq
               ORDER BY r.seq DESC LIMIT 1), '') = 'withdraw'
             FROM outcomes o WHERE subject = ?1 AND resolver = ?2 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([subject, &outcome.resolver], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if newest.is_some_and(|(id, withdrawn)| id == outcome.id && !withdrawn) {
        return Ok(false);
    }
    connection
        .prepare_cached(
            "INSERT INTO outcomes (id, part, subject, resolver, state, known, record, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            outcome.id,
            part,
            subject,
            outcome.resolver,
            outcome.state.word(),
            outcome.known.to_string(),
            serde_json::to_string(outcome)?,
            at,
        ])?;
    Ok(true)
}

fn newest(connection: &Connection, id: &str) -> Result<Option<i64>, Fault> {
    Ok(connection
        .prepare_cached("SELECT max(seq) FROM outcomes WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?)
}

/// The newest confirmed one of its subject under its resolver.
const HOLDS: &str = "o.seq = (SELECT max(c.seq) FROM outcomes c
    WHERE c.subject = o.subject AND c.resolver = o.resolver
      AND (SELECT r.ruling FROM rulings r WHERE r.outcome = c.seq ORDER BY r.seq DESC LIMIT 1)
        = 'confirm')";
/// A proposal that is newer than whatever is confirmed.
const WAITING: &str = "NOT EXISTS (SELECT 1 FROM rulings r WHERE r.outcome = o.seq)
    AND o.seq = (SELECT max(c.seq) FROM outcomes c
      WHERE c.subject = o.subject AND c.resolver = o.resolver)";

/// The outcomes in force.
pub(crate) fn in_force(connection: &Connection, proposed: bool) -> Result<Vec<OutcomeView>, Fault> {
    let mut held = views(connection, HOLDS, params![])?;
    if proposed {
        for waiting in views(connection, WAITING, params![])? {
            let of =
                |view: &OutcomeView| (view.outcome.subject.clone(), view.outcome.resolver.clone());
            held.retain(|view| of(view) != of(&waiting));
            held.push(waiting);
        }
    }
    held.sort_by(|a, b| {
        (&a.outcome.subject, &a.outcome.resolver).cmp(&(&b.outcome.subject, &b.outcome.resolver))
    });
    Ok(held)
}

fn views(
    connection: &Connection,
    condition: &str,
    arguments: &[&dyn rusqlite::ToSql],
) -> Result<Vec<OutcomeView>, Fault> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT o.record, o.added_at, r.ruling, r.reason, r.reviewer, r.added_at, {HOLDS}
         FROM outcomes o LEFT JOIN rulings r
           ON r.seq = (SELECT max(n.seq) FROM rulings n WHERE n.outcome = o.seq)
         WHERE {condition} ORDER BY o.seq"
    ))?;
    let mut rows = select.query(arguments)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(OutcomeView {
            outcome: fetch::json(row, 0)?,
            added_at: row.get(1)?,
            ruling: ruling(row)?,
            holds: row.get::<_, Option<bool>>(6)?.unwrap_or(false),
        });
    }
    Ok(found)
}

fn ruling(row: &Row<'_>) -> rusqlite::Result<Option<Ruling>> {
    let Some(word) = row.get::<_, Option<String>>(2)? else { return Ok(None) };
    Ok(Some(Ruling {
        confirms: word == "confirm",
        reason: row.get(3)?,
        reviewer: row.get(4)?,
        added_at: row.get(5)?,
    }))
}
