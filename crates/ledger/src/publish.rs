//! A ledger of what people have reviewed, to be shown to others.
//!
//! What a machine has read and nobody has looked at is a working paper: shown to the public, a mistake in
//! it puts words into somebody's mouth. So the pages for others stand over another ledger, made anew from
//! what a reviewer accepted or corrected, and counts, questions and origins are those of what it holds.
//! Nothing else is in that file, whatever a page may forget to hide; evidence stays behind.

use std::path::Path;

use rusqlite::Connection;
use sayso_link::Classes;
use sayso_model::{Article, Statement};

use crate::{
    Edit, Ledger, Verdict,
    error::{Fault, LedgerError, Result},
    fetch, review,
};

/// Articles that go over at a time.
const BATCH: usize = 64;

impl Ledger {
    /// Makes a ledger at `to`, where there is none yet, of the statements that hold and were accepted or
    /// corrected, with their verdicts and what reviewers said of speakers and questions. Returns how many
    /// statements it has.
    ///
    /// # Errors
    /// [`LedgerError::CannotOpen`] where there is a file already; else as for adding.
    pub fn publish(&self, to: &Path, classes: &Classes, at: &str) -> Result<usize> {
        if to.exists() {
            return Err(LedgerError::CannotOpen { path: to.to_owned() });
        }
        let mut public = Self::open(to)?;
        let articles: Vec<String> = self.read(|connection| {
            let mut select = connection.prepare(
                "SELECT a.id FROM articles a WHERE a.seq IN (
                   SELECT s.article FROM statements s JOIN reviews v ON v.statement = s.id)
                 ORDER BY a.seq",
            )?;
            Ok(select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
        })?;
        let mut count = 0;
        for batch in articles.chunks(BATCH) {
            let reviewed: Vec<(Article, Vec<Statement>)> = self.read(|connection| {
                let all = batch.iter().map(|id| reviewed(connection, id));
                all.filter(|one| !matches!(one, Ok((_, statements)) if statements.is_empty()))
                    .collect()
            })?;
            count += reviewed.iter().map(|(_, statements)| statements.len()).sum::<usize>();
            let given =
                reviewed.iter().map(|(article, statements)| (article, statements.as_slice()));
            public.add_all(given, at)?;
        }
        self.copy_words(&mut public)?;
        public.relink(classes, at)?;
        self.copy_outcomes(&mut public)?;
        Ok(count)
    }

    /// The outcomes that a person has confirmed, of what the public ledger still asks.
    fn copy_outcomes(&self, public: &mut Self) -> Result<()> {
        for view in self.outcomes(false)? {
            let Some(ruling) = &view.ruling else { continue };
            match public.add_outcomes(std::slice::from_ref(&view.outcome), &view.added_at) {
                Err(LedgerError::NotFound { .. }) => continue,
                added => added?,
            };
            let (reason, reviewer) = (ruling.reason.as_str(), ruling.reviewer.as_str());
            let edit = Edit { reason, reviewer, at: &ruling.added_at };
            public.confirm_outcome(&view.outcome.id, edit)?;
        }
        Ok(())
    }

    /// What reviewers said: of statements, speakers, questions.
    fn copy_words(&self, public: &mut Self) -> Result<()> {
        let file = self.file.to_string_lossy().into_owned();
        let path = public.path.clone();
        let copied = || {
            public.connection.execute("ATTACH DATABASE ?1 AS private", [file])?;
            let copied = public.connection.execute_batch(
                "BEGIN IMMEDIATE;
                 INSERT INTO reviews (statement, verdict, before, reason, reviewer, added_at)
                   SELECT statement, verdict, NULL, reason, reviewer, added_at FROM private.reviews
                   WHERE statement IN (SELECT id FROM statements) ORDER BY seq;
                 INSERT INTO merges (speaker, role, person, reason, reviewer, added_at)
                   SELECT speaker, role, person, reason, reviewer, added_at FROM private.merges
                   WHERE reviewer IS NOT NULL AND speaker IN (SELECT speaker FROM statements) ORDER BY seq;
                 INSERT INTO identities (person, scheme, value, name, description, reason, reviewer, added_at)
                   SELECT person, scheme, value, name, description, reason, reviewer, added_at
                   FROM private.identities WHERE person IN (SELECT speaker FROM statements) ORDER BY seq;
                 COMMIT;",
            );
            public.connection.execute("DETACH DATABASE private", [])?;
            copied
        };
        copied().map_err(|error| Fault::from(error).at(&path))
    }
}

/// An article with its statements that hold and that a reviewer accepted or corrected.
fn reviewed(connection: &Connection, id: &str) -> Result<(Article, Vec<Statement>), Fault> {
    let mut article = fetch::article(connection, id)?;
    // Where a file lies on its owner's machine is nobody's matter.
    article.path = None;
    let seq: i64 = connection
        .prepare_cached("SELECT seq FROM articles WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    let verdicts = review::standing_in(connection, seq)?;
    let mut statements = fetch::statements(
        connection,
        "SELECT s.article, s.id, s.record FROM current_statements s JOIN articles a ON a.seq = s.article
         WHERE a.id = ?1 ORDER BY s.position, s.seq",
        id,
    )?;
    statements
        .retain(|one| matches!(verdicts.get(&one.id), Some(Verdict::Accept | Verdict::Correct)));
    for statement in &mut statements {
        statement.article.path = None;
    }
    Ok((article, statements))
}
