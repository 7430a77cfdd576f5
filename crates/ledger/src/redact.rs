//! Removing what somebody has the right to have removed.
//!
//! A ledger only appends, and that promise is to its readers. A person's right to be left out of it goes
//! before: this is the one way in which content leaves, it leaves for good, and a record says that it did,
//! when, why and by whose word.
//!
//! It happens in two steps, each whole or not at all. First the removal is written down, statements are
//! withdrawn, and linking forgets them. Then the content itself goes: the triggers that keep records are
//! taken down and put up again within the transaction, freed pages are overwritten, the file is written
//! anew, and evidence that nothing else refers to is deleted. A run that ends between the two leaves
//! content of which [`Ledger::verify`] tells, and asking again finishes it.

use std::{collections::BTreeSet, fs};

use rusqlite::{Connection, OptionalExtension as _, params};
use sayso_link::Classes;
use sayso_model::{Article, Statement};
use serde::Serialize;

use crate::{
    Edit, Ledger, Problem,
    add::{self, revise},
    error::{Fault, LedgerError, Result},
    evidence,
    fetch::{self, What},
    record::Records,
    words,
};

/// What was removed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Redacted {
    /// Articles whose text, title, address and evidence are gone.
    pub articles: usize,
    /// Statements that are gone, each counted once however often it was corrected.
    pub statements: usize,
    /// Articles that still print what a removed speaker said: their ids.
    pub left: Vec<String>,
}

/// The record of a removal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redaction {
    /// `article` or `speaker`.
    pub what: String,
    /// Its id.
    pub id: String,
    /// How many statements went with it.
    pub statements: usize,
    /// Why, in a sentence.
    pub reason: String,
    /// By whose word.
    pub reviewer: String,
    /// When (RFC 3339).
    pub added_at: String,
}

/// Why a statement holds no longer.
const REASON: &str = "removed at a request";

impl Ledger {
    /// Removes an article, or a speaker with all that they are recorded to have said; with `articles`
    /// also every article in which that speaker says something. What is removed does not come in again.
    /// Removing it again finishes what a run that was stopped had begun.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`], [`LedgerError::Words`];
    /// [`LedgerError::Evidence`] where a file cannot be deleted.
    pub fn redact(
        &mut self,
        asked: &str,
        articles: bool,
        classes: &Classes,
        edit: Edit<'_>,
    ) -> Result<Redacted> {
        let mut done = self.decide(|transaction| {
            words::check(edit.reviewer, edit.reason)?;
            let whom = Whom::find(transaction, asked)?;
            note(transaction, &whom, articles, edit)
        })?;
        self.relink(classes, edit.at)?;
        let files = self.read(loose)?;
        // What is freed is written over.
        self.connection
            .pragma_update(None, "secure_delete", true)
            .map_err(|error| Fault::from(error).at(&self.path))?;
        self.decide(|transaction| purge(transaction))?;
        let folder = self.evidence_folder();
        for sha256 in files {
            let path = evidence::file(&folder, &sha256);
            match fs::remove_file(&path) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(LedgerError::Evidence { path, source });
                }
                _ => {}
            }
        }
        // What the file and its log still hold in pages that nothing uses.
        let anew = "PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
        self.connection.execute_batch(anew).map_err(|error| Fault::from(error).at(&self.path))?;
        done.left.sort();
        Ok(done)
    }

    /// Everything that was removed, the latest first.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn redactions(&self) -> Result<Vec<Redaction>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT what, id, statements, reason, reviewer, added_at FROM redactions ORDER BY seq DESC",
            )?;
            let rows = select.query_map([], |row| {
                Ok(Redaction {
                    what: row.get(0)?,
                    id: row.get(1)?,
                    statements: fetch::count(row, 2)?,
                    reason: row.get(3)?,
                    reviewer: row.get(4)?,
                    added_at: row.get(5)?,
                })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// True where an article or a speaker of this whole id was removed.
pub(crate) fn is_redacted(connection: &Connection, what: &str, id: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM redactions WHERE what = ?1 AND id = ?2)")?
        .query_row([what, id], |row| row.get(0))
}

/// The statements of a reading that may come in: none by a speaker who was removed.
pub(crate) fn allowed(
    connection: &Connection,
    statements: &[Statement],
) -> rusqlite::Result<Vec<Statement>> {
    let any: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM redactions WHERE what = 'speaker')")?
        .query_row([], |row| row.get(0))?;
    let mut kept = statements.to_vec();
    if any {
        let mut gone = BTreeSet::new();
        for speaker in kept.iter().filter_map(|one| one.speaker.as_ref()) {
            if is_redacted(connection, "speaker", &speaker.id)? {
                gone.insert(speaker.id.clone());
            }
        }
        kept.retain(|one| one.speaker.as_ref().is_none_or(|speaker| !gone.contains(&speaker.id)));
    }
    Ok(kept)
}

/// Whose content goes.
enum Whom {
    Article(String),
    /// The ids under which articles give a speaker.
    Speaker(Vec<String>),
}

impl Whom {
    fn find(connection: &Connection, asked: &str) -> Result<Self, Fault> {
        let missing = |what: What| match fetch::resolve(connection, what, asked) {
            Err(Fault::Ledger(LedgerError::NotFound { .. })) => Ok(None),
            Err(error) => Err(error),
            Ok(id) => Ok(Some(id)),
        };
        if let Some(person) = missing(What::Speaker)? {
            let mut select = connection.prepare_cached(
                "SELECT DISTINCT speaker FROM profiles WHERE person = ?1 OR speaker = ?1
                 UNION SELECT id FROM redactions WHERE what = 'speaker' AND id = ?1
                 UNION SELECT ?1",
            )?;
            let ids = select.query_map([&person], |row| row.get(0))?;
            return Ok(Self::Speaker(ids.collect::<rusqlite::Result<_>>()?));
        }
        if let Some(id) = missing(What::Article)? {
            return Ok(Self::Article(id));
        }
        // Gone already, but for what a run that was stopped may have left.
        let known: Option<(String, String)> = connection
            .prepare_cached(
                "SELECT what, id FROM redactions WHERE id = ?1 ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([asked], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match known {
            Some((what, id)) if what == "article" => Ok(Self::Article(id)),
            Some((_, id)) => Ok(Self::Speaker(vec![id])),
            None => {
                let what = "article or speaker";
                Err(LedgerError::NotFound { what, id: asked.to_owned() }.into())
            }
        }
    }
}

/// Writes the removal down and withdraws what it concerns.
fn note(
    connection: &Connection,
    whom: &Whom,
    articles: bool,
    edit: Edit<'_>,
) -> Result<Redacted, Fault> {
    let mut done = Redacted::default();
    let mut all: BTreeSet<String> = BTreeSet::new();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    let speakers: &[String] = match whom {
        Whom::Article(id) => {
            all.insert(id.clone());
            &[]
        }
        Whom::Speaker(ids) => ids,
    };
    for speaker in speakers {
        let mut select = connection.prepare_cached(
            "SELECT DISTINCT a.id FROM statements s JOIN articles a ON a.seq = s.article
             WHERE s.speaker = ?1",
        )?;
        let prints: Vec<String> =
            select.query_map([speaker], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let said = withdraw(connection, "speaker", speaker, edit.at)?;
        record(connection, "speaker", speaker, said.len(), edit)?;
        gone.extend(said);
        if articles {
            all.extend(prints);
        } else {
            done.left.extend(prints);
        }
    }
    for article in &all {
        let held = withdraw(connection, "article", article, edit.at)?;
        record(connection, "article", article, held.len(), edit)?;
        gone.extend(held);
    }
    done.articles = all.len();
    done.statements = gone.len();
    done.left.dedup();
    Ok(done)
}

fn record(
    connection: &Connection,
    what: &str,
    id: &str,
    statements: usize,
    edit: Edit<'_>,
) -> Result<(), Fault> {
    if is_redacted(connection, what, id)? {
        return Ok(());
    }
    let statements = i64::try_from(statements).unwrap_or(i64::MAX);
    connection.execute(
        "INSERT INTO redactions (what, id, statements, reason, reviewer, added_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![what, id, statements, edit.reason, edit.reviewer, edit.at],
    )?;
    Ok(())
}

/// Withdraws the statements that hold; the ids of all that there ever were.
fn withdraw(
    connection: &Connection,
    what: &str,
    id: &str,
    at: &str,
) -> Result<BTreeSet<String>, Fault> {
    let of = match what {
        "article" => "article = (SELECT seq FROM articles WHERE id = ?1)",
        _ => "speaker = ?1",
    };
    let select = format!("SELECT seq FROM current_statements WHERE {of}");
    let held: Vec<i64> = connection
        .prepare_cached(&select)?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for seq in held {
        revise(connection, "statement", seq, None, REASON, at)?;
    }
    let all = format!("SELECT DISTINCT id FROM statements WHERE {of}");
    let mut select = connection.prepare_cached(&all)?;
    Ok(select.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Statements that a removal concerns, whatever their revision.
const GONE: &str = "SELECT s.seq FROM statements s WHERE
    s.article IN (SELECT a.seq FROM articles a JOIN redactions r ON r.what = 'article' AND r.id = a.id)
    OR s.speaker IN (SELECT id FROM redactions WHERE what = 'speaker')
    OR s.id IN (SELECT t.id FROM statements t
      WHERE t.speaker IN (SELECT id FROM redactions WHERE what = 'speaker'))";

/// Articles that were removed and still have what they said, or evidence.
const FULL: &str =
    "SELECT a.seq FROM articles a JOIN redactions r ON r.what = 'article' AND r.id = a.id
    WHERE a.text <> '' OR EXISTS (SELECT 1 FROM evidence e WHERE e.article = a.seq)";

/// Evidence that nothing refers to once the removed articles are gone.
fn loose(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut select = connection.prepare(
        "SELECT DISTINCT e.sha256 FROM evidence e JOIN articles a ON a.seq = e.article
           JOIN redactions r ON r.what = 'article' AND r.id = a.id
         WHERE NOT EXISTS (SELECT 1 FROM evidence o JOIN articles b ON b.seq = o.article
           WHERE o.sha256 = e.sha256 AND NOT EXISTS (
             SELECT 1 FROM redactions q WHERE q.what = 'article' AND q.id = b.id))",
    )?;
    let rows = select.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Takes the content out.
fn purge(connection: &Connection) -> Result<(), Fault> {
    let triggers = taken_down(connection)?;
    connection.execute_batch(&format!(
        "CREATE TEMP TABLE gone AS {GONE};
         CREATE TEMP TABLE gone_ids AS SELECT DISTINCT id FROM statements WHERE seq IN gone;
         CREATE TEMP TABLE emptied AS
           SELECT a.seq FROM articles a JOIN redactions r ON r.what = 'article' AND r.id = a.id;
         DELETE FROM revisions WHERE record = 'bearing' AND old IN (
           SELECT seq FROM bearings WHERE statement IN gone_ids);
         DELETE FROM bearings WHERE statement IN gone_ids;
         DELETE FROM revisions WHERE record = 'statement' AND (old IN gone OR new IN gone);
         DELETE FROM reviews WHERE statement IN gone_ids;
         DELETE FROM edits WHERE statement IN gone_ids;
         DELETE FROM statement_places WHERE statement IN gone;
         DELETE FROM claims WHERE statement IN gone;
         DELETE FROM said WHERE statement IN gone;
         DELETE FROM listed WHERE statement IN gone;
         DELETE FROM standings WHERE statement IN gone;
         DELETE FROM origin_keys WHERE statement IN gone;
         CREATE TEMP TABLE reworded AS SELECT question FROM issues WHERE text <> '' AND issue IN (
           SELECT issue FROM issue_members WHERE statement IN gone);
         DELETE FROM revisions WHERE record = 'bearing' AND (
           old IN (SELECT seq FROM bearings WHERE question IN reworded)
           OR new IN (SELECT seq FROM bearings WHERE question IN reworded));
         DELETE FROM bearings WHERE question IN reworded;
         DELETE FROM linked WHERE EXISTS (SELECT 1 FROM reworded);
         UPDATE issues SET question = '', text = '' WHERE question IN reworded;
         DELETE FROM issue_members WHERE statement IN gone;
         DELETE FROM likenesses WHERE statement IN gone;
         DELETE FROM statements WHERE seq IN gone;
         DELETE FROM shape_names WHERE n <= 0 OR shape NOT IN (SELECT shape FROM claims);
         DELETE FROM shapes WHERE id NOT IN (SELECT shape FROM claims);
         CREATE TEMP TABLE unasked AS SELECT seq FROM questions q WHERE
           NOT EXISTS (SELECT 1 FROM bearings b WHERE b.question = q.id)
           AND NOT EXISTS (SELECT 1 FROM edits e WHERE e.question = q.id OR e.other = q.id);
         DELETE FROM revisions WHERE record = 'question' AND (old IN unasked OR new IN unasked);
         DELETE FROM questions WHERE seq IN unasked;
         DELETE FROM merges WHERE speaker IN (SELECT id FROM redactions WHERE what = 'speaker')
           OR person IN (SELECT id FROM redactions WHERE what = 'speaker');
         DELETE FROM identities WHERE person IN (SELECT id FROM redactions WHERE what = 'speaker');
         DELETE FROM profiles WHERE speaker IN (SELECT id FROM redactions WHERE what = 'speaker')
           OR speaker NOT IN (SELECT speaker FROM statements WHERE speaker IS NOT NULL);
         DELETE FROM copies WHERE article IN emptied;
         DELETE FROM evidence WHERE article IN emptied;
         DELETE FROM addresses WHERE article IN emptied;
         DELETE FROM sketch_keys WHERE article IN emptied;
         DELETE FROM labels WHERE part IN ('speaker', 'name', 'place') AND id NOT IN (
           SELECT speaker FROM listed UNION SELECT name FROM listed UNION SELECT place FROM listed);
         INSERT INTO label_search (label_search) VALUES ('delete-all');
         INSERT INTO label_search (rowid, words)
           SELECT id, replace(text, char(31), char(10)) FROM labels WHERE part IN ('speaker', 'place');",
    ))?;
    emptied(connection)?;
    searchable(connection)?;
    connection.execute_batch(
        "DROP TABLE temp.gone; DROP TABLE temp.gone_ids; DROP TABLE temp.emptied; DROP TABLE temp.unasked;
         DROP TABLE temp.reworded;",
    )?;
    for sql in triggers {
        connection.execute_batch(&sql)?;
    }
    Ok(())
}

/// Takes the triggers down that keep records; what puts them up again.
fn taken_down(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut select = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")?;
    let found: Vec<(String, String)> = select
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (name, _) in &found {
        // The names are those of our own schema, and quoted all the same.
        connection.execute_batch(&format!("DROP TRIGGER \"{}\"", name.replace('"', "\"\"")))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

/// Leaves of an article its id and the day.
fn emptied(connection: &Connection) -> Result<(), Fault> {
    let mut select = connection.prepare(
        "SELECT a.seq, a.id, a.record FROM articles a WHERE a.seq IN emptied AND a.text <> ''",
    )?;
    let mut rows = select.query([])?;
    let mut full: Vec<(i64, Article)> = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(1)?;
        let old: Article = fetch::json(row, 2)?;
        let mut bare = Article::of_text("removed", "");
        (bare.id, bare.published) = (id, old.published);
        full.push((row.get(0)?, bare));
    }
    for (seq, article) in full {
        connection.execute(
            "UPDATE articles SET key = ?2, outlet = NULL, url = NULL, title = NULL, text = '', record = ?3
             WHERE seq = ?1",
            params![seq, article.key, serde_json::to_string(&article)?],
        )?;
        connection.execute("UPDATE sketched SET shingles = x'' WHERE article = ?1", [seq])?;
    }
    Ok(())
}

/// Makes the index of words anew from the statements that are there: it keeps no text by which single
/// rows could be taken out.
fn searchable(connection: &Connection) -> Result<(), Fault> {
    connection.execute_batch("INSERT INTO search (search) VALUES ('delete-all')")?;
    let mut select = connection
        .prepare("SELECT article, id, record, seq FROM statements ORDER BY article, seq")?;
    let mut records = Records::new(connection);
    let mut rows = select.query([])?;
    let mut of: Option<(i64, Article)> = None;
    while let Some(row) = rows.next()? {
        let (seq, number): (i64, i64) = (row.get(3)?, row.get(0)?);
        if of.as_ref().is_none_or(|(known, _)| *known != number) {
            let id: String = connection
                .prepare_cached("SELECT id FROM articles WHERE seq = ?1")?
                .query_row([number], |row| row.get(0))?;
            of = Some((number, fetch::article(connection, &id)?));
        }
        let (Some((_, article)), Ok(statement)) = (&of, records.row(row, 0)) else { continue };
        add::enter_search(connection, seq, article, &statement)?;
    }
    Ok(())
}

/// What a removal has left undone.
pub(crate) fn verify(connection: &Connection, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    let left: i64 = connection.query_row(
        &format!("SELECT (SELECT count(*) FROM ({GONE})) + (SELECT count(*) FROM ({FULL}))"),
        [],
        |row| row.get(0),
    )?;
    if left > 0 {
        let newest: String = connection.query_row(
            "SELECT id FROM redactions ORDER BY seq DESC LIMIT 1",
            [],
            |row| row.get(0),
        )?;
        problems.push(Problem {
            record: "ledger".to_owned(),
            message: format!(
                "What was removed is still here in part: {left} records. Run `sayso redact {newest}` once more."
            ),
        });
    }
    Ok(())
}
