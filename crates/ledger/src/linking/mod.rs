//! Linking what is new: who speaks, on which questions, from which origin.
//!
//! The decisions are [`sayso_link`]'s; this module keeps what they need at hand in derived tables,
//! so that the work grows with what is new and not with what is there. A statement is looked at
//! once when it comes in, and again only when a question it could bear on comes or goes.

mod claims;
mod issues;
mod origins;
mod speakers;
mod standings;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use rusqlite::{Connection, OptionalExtension as _, params};
use sayso_link::{Classes, IssueWords, NameTables};
use sayso_model::{SpeakerKind, Statement};

use crate::{
    Ledger, Relinked,
    error::{Fault, Result},
    fetch,
    record::Records,
};

pub(crate) use claims::{bear_again, current};
pub(crate) use speakers::said_by;
pub(crate) use standings::{Part, Tally, fill, tallies};

/// Statements that one transaction links. A transaction this long holds the write lock for a
/// fraction of a second and keeps some tens of megabytes.
const BATCH: i64 = 2000;

/// Changes when linking itself does, so that ledgers are linked anew.
const RULES: u32 = 3;

/// What a step works with.
pub(crate) struct Step<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) classes: &'a Classes,
    pub(crate) names: &'a NameTables,
    pub(crate) words: &'a IssueWords,
    pub(crate) at: &'a str,
    /// Statements of which something has changed that their questions count.
    pub(crate) moved: RefCell<BTreeSet<i64>>,
}

/// A statement that holds, as linking sees it.
pub(crate) struct New {
    pub(crate) seq: i64,
    pub(crate) article: i64,
    pub(crate) statement: Statement,
}

impl Ledger {
    /// Links what has come in, been corrected or been withdrawn since the last time: speakers,
    /// questions, origins. Call it once after a batch of articles; it takes time linear in what is
    /// new. With other classes than before everything is linked anew.
    ///
    /// # Errors
    /// [`crate::LedgerError::Locked`], [`crate::LedgerError::ReadOnly`],
    /// [`crate::LedgerError::Full`]. What was linked up to then stays, and the next call goes on
    /// from there.
    pub fn relink(&mut self, classes: &Classes, at: &str) -> Result<Relinked> {
        // The shipped table is sound: a test of its own reads every row.
        let names = NameTables::english().unwrap_or_default();
        let words = IssueWords::english().unwrap_or_default();
        let mut done = Relinked::default();
        loop {
            let more = self.write(|transaction| {
                Step::new(transaction, classes, &names, &words, at).run(&mut done)
            })?;
            if !more {
                break;
            }
        }
        done.questions = self.read(|connection| {
            let count = "SELECT count(*) FROM current_questions";
            Ok(connection.query_row(count, [], |row| fetch::count(row, 0))?)
        })?;
        Ok(done)
    }
}

impl<'a> Step<'a> {
    pub(crate) fn new(
        connection: &'a Connection,
        classes: &'a Classes,
        names: &'a NameTables,
        words: &'a IssueWords,
        at: &'a str,
    ) -> Self {
        Self { connection, classes, names, words, at, moved: RefCell::default() }
    }

    /// Notes that something has changed of statements which their questions count.
    pub(crate) fn moved(&self, statements: impl IntoIterator<Item = i64>) {
        self.moved.borrow_mut().extend(statements);
    }

    /// Counts anew what has been noted as changed.
    pub(crate) fn settle(&self) -> Result<(), Fault> {
        standings::refresh(self.connection, &self.moved.take())
    }

    /// One batch; true when more is left.
    fn run(&self, done: &mut Relinked) -> Result<bool, Fault> {
        let (mut upto, mut revised) = self.reached()?;
        let gone = self.gone(revised, &mut revised)?;
        let (batch, last, full) = self.batch(upto)?;
        if gone.is_empty() && batch.is_empty() && last == upto {
            self.reach(upto, revised)?;
            return Ok(false);
        }
        upto = last;
        let mut records = Records::new(self.connection);
        speakers::link(self, &batch)?;
        let mut again = claims::enter(self, &mut records, &batch, &gone)?;
        again.extend(issues::enter(self, &mut records, &batch, &gone)?);
        let touched = claims::bear(self, &mut records, &again, &batch, done)?;
        claims::ask(self, &touched, done)?;
        origins::link(self, &mut records, &batch, &gone)?;
        for (seq, _) in &gone {
            let forget = "DELETE FROM said WHERE statement = ?1";
            self.connection.prepare_cached(forget)?.execute([seq])?;
        }
        self.moved(gone.iter().map(|(seq, _)| *seq));
        self.settle()?;
        self.reach(upto, revised)?;
        Ok(full)
    }

    /// How far linking reaches; from the start where the classes are others than before.
    fn reached(&self) -> Result<(i64, i64), Fault> {
        let classes = fingerprint(self.classes);
        let known: Option<(i64, i64, String)> = self
            .connection
            .query_row("SELECT upto, revised, classes FROM linked", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        if let Some((upto, revised, known)) = known
            && known == classes
        {
            return Ok((upto, revised));
        }
        self.connection.execute_batch(
            "DELETE FROM shapes; DELETE FROM shape_names; DELETE FROM claims; DELETE FROM profiles;
             DELETE FROM said; DELETE FROM origin_keys; DELETE FROM standings; DELETE FROM tallies;
             DELETE FROM issues; DELETE FROM issue_members; DELETE FROM likenesses; DELETE FROM linked;",
        )?;
        let newest = "SELECT coalesce(max(seq), 0) FROM revisions WHERE record = 'statement'";
        let revised = self.connection.query_row(newest, [], |row| row.get(0))?;
        self.connection.execute(
            "INSERT INTO linked (one, upto, revised, classes) VALUES (1, 0, ?1, ?2)",
            params![revised, classes],
        )?;
        Ok((0, revised))
    }

    fn reach(&self, upto: i64, revised: i64) -> Result<(), Fault> {
        self.connection
            .prepare_cached("UPDATE linked SET upto = ?1, revised = ?2")?
            .execute([upto, revised])?;
        Ok(())
    }

    /// Statements that were superseded or withdrawn since: their seq and id.
    fn gone(&self, since: i64, last: &mut i64) -> Result<Vec<(i64, String)>, Fault> {
        let mut select = self.connection.prepare_cached(
            "SELECT r.seq, r.old, s.id FROM revisions r JOIN statements s ON s.seq = r.old
             WHERE r.record = 'statement' AND r.seq > ?1 ORDER BY r.seq",
        )?;
        let mut rows = select.query([since])?;
        let mut gone = Vec::new();
        while let Some(row) = rows.next()? {
            *last = row.get(0)?;
            gone.push((row.get(1)?, row.get(2)?));
        }
        Ok(gone)
    }

    /// The next statements that hold, how far they reach, and whether more may follow.
    fn batch(&self, upto: i64) -> Result<(Vec<New>, i64, bool), Fault> {
        let mut select = self.connection.prepare_cached(
            "SELECT s.seq,
               EXISTS (SELECT 1 FROM revisions r WHERE r.record = 'statement' AND r.old = s.seq),
               s.article, s.id, s.record
             FROM statements s WHERE s.seq > ?1 ORDER BY s.seq LIMIT ?2",
        )?;
        let mut records = Records::new(self.connection);
        let mut rows = select.query(params![upto, BATCH])?;
        let (mut batch, mut last, mut seen) = (Vec::new(), upto, 0);
        while let Some(row) = rows.next()? {
            last = row.get(0)?;
            seen += 1;
            if !row.get::<_, bool>(1)? {
                let statement = records.row(row, 2)?;
                batch.push(New { seq: last, article: row.get(2)?, statement });
            }
        }
        Ok((batch, last, seen == BATCH))
    }
}

/// What tells one set of classes from another, with the version of the rules.
fn fingerprint(classes: &Classes) -> String {
    sayso_model::content_id("c", &format!("{RULES} {classes:?}"))
}

/// How much a mistake in a statement would matter: harm (a named person is held to it, a forecast
/// or a denial is scored) times our doubt of having read it right.
pub(crate) fn worry(statement: &Statement) -> f64 {
    let named = statement.speaker.as_ref().is_some_and(|s| s.kind == SpeakerKind::Person);
    let scored = matches!(
        statement.kind,
        sayso_model::Kind::Forecast | sayso_model::Kind::Denial | sayso_model::Kind::Intention
    );
    let harm = 1.0 + if named { 2.0 } else { 0.0 } + if scored { 1.0 } else { 0.0 };
    ((harm * (1.0 - statement.confidence)) * 1e6).round() / 1e6
}

/// Who each statement of a batch is by, across articles.
pub(crate) type Persons = BTreeMap<i64, String>;
