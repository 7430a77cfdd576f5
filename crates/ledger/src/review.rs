//! What a person says of a statement, and how it outlives the next reading.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use sayso_model::Statement;

use crate::{
    Doubtful, Edit, Ledger, Review, Verdict,
    add::{self, revise},
    error::{Fault, LedgerError, Result},
    fetch::{self, What},
    record::Records,
    unnamed, words,
};

impl Ledger {
    /// Statements that nobody has reviewed yet, those first where a mistake would do most harm and
    /// is most likely.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn review_queue(&self, limit: usize) -> Result<Vec<Doubtful>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT l.worry, s.article, s.id, s.record FROM said l JOIN statements s ON s.seq = l.statement
                 WHERE NOT EXISTS (SELECT 1 FROM revisions r
                     WHERE r.record = 'statement' AND r.old = s.seq)
                   AND coalesce((SELECT v.verdict FROM reviews v WHERE v.statement = s.id
                     ORDER BY v.seq DESC LIMIT 1), 'undo') = 'undo'
                 ORDER BY l.worry DESC, s.seq LIMIT ?1",
            )?;
            let mut rows = select.query([i64::try_from(limit).unwrap_or(i64::MAX)])?;
            let mut records = Records::new(connection);
            let mut queue = Vec::new();
            while let Some(row) = rows.next()? {
                queue.push(Doubtful { worry: row.get(0)?, statement: records.row(row, 1)? });
            }
            Ok(queue)
        })
    }

    /// Writes down a verdict. [`Verdict::Correct`] needs the record that takes the statement's
    /// place, under the same id and with spans that fit the article. [`Verdict::Undo`] takes the
    /// last verdict back and puts the record in force that was there before it. Call
    /// [`Ledger::relink`] afterwards.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] for a statement that is not there, or an undo of nothing;
    /// [`LedgerError::Unfit`] for a correction that does not fit; [`LedgerError::Unsourced`] for one that
    /// names a source whom the article does not; [`LedgerError::Words`].
    pub fn review(
        &mut self,
        id: &str,
        verdict: Verdict,
        by: Option<&Statement>,
        reason: &str,
        reviewer: &str,
        at: &str,
    ) -> Result<()> {
        self.judge(id, None, verdict, by, Edit { reason, reviewer, at })
    }

    /// The same by somebody who saw the statement in this edition ([`Ledger::edition`]): where it has
    /// changed since, nothing is written.
    ///
    /// # Errors
    /// As [`Ledger::review`], and [`LedgerError::Stale`].
    pub fn review_seen(
        &mut self,
        id: &str,
        seen: u64,
        verdict: Verdict,
        by: Option<&Statement>,
        edit: Edit<'_>,
    ) -> Result<()> {
        self.judge(id, Some(seen), verdict, by, edit)
    }

    /// Counts what was ever written of a statement: its records and the verdicts on it. Another number
    /// than before says that it has changed.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn edition(&self, id: &str) -> Result<u64> {
        self.read(|connection| edition(connection, id))
    }

    fn judge(
        &mut self,
        id: &str,
        seen: Option<u64>,
        verdict: Verdict,
        by: Option<&Statement>,
        Edit { reason, reviewer, at }: Edit<'_>,
    ) -> Result<()> {
        self.decide(|transaction| {
            words::check(reviewer, reason)?;
            let edition = edition(transaction, id)?;
            if edition == 0 {
                return Err(fetch::not_found(What::Statement, id));
            }
            if seen.is_some_and(|seen| seen != edition) {
                let change = last_change(transaction, id)?;
                return Err(LedgerError::Stale { statement: id.to_owned(), change }.into());
            }
            let standing = standing(transaction, id)?;
            let current: Option<i64> = transaction
                .query_row("SELECT seq FROM current_statements WHERE id = ?1", [id], |row| {
                    row.get(0)
                })
                .optional()?;
            let missing =
                || Fault::from(LedgerError::NotFound { what: "statement", id: id.to_owned() });
            match verdict {
                Verdict::Accept => {
                    current.ok_or_else(missing)?;
                }
                Verdict::Correct => {
                    let statement = by.ok_or_else(|| {
                        let detail = "a correction needs the corrected record".to_owned();
                        Fault::from(LedgerError::Unfit { statement: id.to_owned(), detail })
                    })?;
                    current.ok_or_else(missing)?;
                    let old = fetch::statement(transaction, id)?;
                    let article = fetch::article(transaction, &old.article.id)?;
                    unnamed::check_correction(&old, statement, &article)?;
                    add::replace(transaction, id, Some(statement), reason, at)?;
                }
                Verdict::Reject => add::replace(transaction, id, None, reason, at)?,
                Verdict::Undo => {
                    let (verdict, before) = standing.ok_or_else(missing)?;
                    if let (Verdict::Correct | Verdict::Reject, Some(before)) = (verdict, before) {
                        let reason = format!("undone: {reason}");
                        add::restore(transaction, before, current, &reason, at)?;
                    }
                }
            }
            let before = if verdict == Verdict::Undo { None } else { current };
            transaction
                .prepare_cached(
                    "INSERT INTO reviews (statement, verdict, before, reason, reviewer, added_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![id, verdict.word(), before, reason, reviewer, at])?;
            Ok(())
        })
    }

    /// Every verdict on a statement, the earliest first.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] when the ledger never had the statement.
    pub fn reviews_of(&self, id: &str) -> Result<Vec<Review>> {
        self.read(|connection| {
            let known: bool = connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM statements WHERE id = ?1)",
                [id],
                |row| row.get(0),
            )?;
            if !known {
                return Err(fetch::not_found(What::Statement, id));
            }
            reviews(connection, "WHERE v.statement = ?1 ORDER BY v.seq", Some(id))
        })
    }

    /// Verdicts in force on statements that the latest reading of their article no longer has.
    /// They stay as they are, and are never moved to a likely looking place.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn orphans(&self) -> Result<Vec<Review>> {
        self.read(|connection| {
            let all = reviews(
                connection,
                "WHERE v.verdict IN ('accept', 'correct') AND v.seq = (
                   SELECT max(w.seq) FROM reviews w WHERE w.statement = v.statement)
                 ORDER BY v.seq",
                None,
            )?;
            Ok(all.into_iter().filter(|review| review.orphan).collect())
        })
    }
}

fn edition(connection: &Connection, id: &str) -> Result<u64, Fault> {
    let count: i64 = connection
        .prepare_cached(
            "SELECT (SELECT count(*) FROM statements WHERE id = ?1)
               + (SELECT count(*) FROM reviews WHERE statement = ?1)",
        )?
        .query_row([id], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// What was written last of a statement, for who saw an earlier state of it.
fn last_change(connection: &Connection, id: &str) -> Result<String, Fault> {
    let review = connection
        .prepare_cached(
            "SELECT verdict || ' by ' || reviewer || ', ' || added_at FROM reviews WHERE statement = ?1
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(review.unwrap_or_else(|| "it was read again".to_owned()))
}

/// What marks a revision by which a reading gave a reviewed statement up.
pub(crate) const ORPHANED: &str = "read again: not found, and kept as reviewed";

fn reviews(
    connection: &Connection,
    condition: &str,
    id: Option<&str>,
) -> Result<Vec<Review>, Fault> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT v.statement, v.verdict, v.reason, v.reviewer, v.added_at,
           coalesce((SELECT r.reason = '{ORPHANED}' FROM revisions r
             JOIN statements s ON s.seq = r.old WHERE r.record = 'statement' AND s.id = v.statement
             ORDER BY r.seq DESC LIMIT 1), 0)
         FROM reviews v {condition}"
    ))?;
    let review = |row: &Row<'_>| {
        let verdict = row.get_ref(1)?.as_str()?;
        Ok(Review {
            statement: row.get(0)?,
            verdict: Verdict::of(verdict).ok_or_else(|| fetch::strange(1, verdict))?,
            reason: row.get(2)?,
            reviewer: row.get(3)?,
            added_at: row.get(4)?,
            orphan: row.get(5)?,
        })
    };
    let rows = match id {
        Some(id) => select.query_map([id], review)?.collect::<rusqlite::Result<_>>()?,
        None => select.query_map([], review)?.collect::<rusqlite::Result<_>>()?,
    };
    Ok(rows)
}

/// The verdict in force on a statement, and the record that was in force before it.
fn standing(connection: &Connection, id: &str) -> Result<Option<(Verdict, Option<i64>)>, Fault> {
    // An undo takes back the verdict before it; what stands below that one stands again.
    let mut select = connection
        .prepare_cached("SELECT verdict, before FROM reviews WHERE statement = ?1 ORDER BY seq")?;
    let mut rows = select.query([id])?;
    let mut stack: Vec<(Verdict, Option<i64>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let word = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let verdict = Verdict::of(word).ok_or_else(|| fetch::strange(0, word))?;
        if verdict == Verdict::Undo {
            stack.pop();
        } else {
            stack.push((verdict, row.get(1)?));
        }
    }
    Ok(stack.pop())
}

/// The verdicts in force on an article's statements, by id.
pub(crate) fn standing_in(
    connection: &Connection,
    article: i64,
) -> Result<BTreeMap<String, Verdict>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT DISTINCT v.statement FROM reviews v JOIN statements s ON s.id = v.statement
         WHERE s.article = ?1",
    )?;
    let ids: Vec<String> =
        select.query_map([article], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut verdicts = BTreeMap::new();
    for id in ids {
        if let Some((verdict, _)) = standing(connection, &id)? {
            verdicts.insert(id, verdict);
        }
    }
    Ok(verdicts)
}

/// Notes that a reading no longer has a statement that a reviewer's word keeps: the record is
/// superseded by itself, so that the history tells it. Once is enough.
pub(crate) fn orphan(connection: &Connection, seq: i64, at: &str) -> Result<(), Fault> {
    let told: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM revisions r JOIN statements s ON s.seq = r.old
           WHERE r.record = 'statement' AND r.reason = ?2
             AND s.id = (SELECT id FROM statements WHERE seq = ?1))",
        params![seq, ORPHANED],
        |row| row.get(0),
    )?;
    if !told {
        let new = add::again(connection, seq, at)?;
        revise(connection, "statement", seq, Some(new), ORPHANED, at)?;
    }
    Ok(())
}
