use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sayso_model::{Article, CodePoints, Statement};

use crate::{
    Added, Ledger, Reread, Verdict,
    error::{Fault, LedgerError, Result},
    evidence, fit,
    kin::{self, Found},
    listing::{self, Listed},
    open::forced,
    record::{self, Records},
    redact, review,
};

impl Ledger {
    /// Takes an article and its statements into the ledger, all or nothing. `added_at` is the
    /// time of adding as it will be printed (RFC 3339). Questions follow with
    /// [`Ledger::relink`], once after a batch.
    ///
    /// # Errors
    /// [`LedgerError::Unfit`] for a statement of another article, with a span that is not in the
    /// text, or that is given twice; [`LedgerError::Locked`], [`LedgerError::ReadOnly`],
    /// [`LedgerError::Full`]. Nothing of the article was added then.
    pub fn add(
        &mut self,
        article: &Article,
        statements: &[Statement],
        added_at: &str,
    ) -> Result<Added> {
        self.write(|transaction| {
            kin::catch_up(transaction)?;
            add_one(transaction, article, statements, added_at)
        })
    }

    /// Takes several articles into the ledger in this order, all or nothing, and says of each what
    /// that did. A disk takes many at once in little more time than one.
    ///
    /// # Errors
    /// As [`Ledger::add`]. Nothing of any article was added then.
    pub fn add_all<'a>(
        &mut self,
        articles: impl IntoIterator<Item = (&'a Article, &'a [Statement])>,
        added_at: &str,
    ) -> Result<Vec<Added>> {
        self.write(|transaction| {
            kin::catch_up(transaction)?;
            articles
                .into_iter()
                .map(|(article, statements)| add_one(transaction, article, statements, added_at))
                .collect()
        })
    }

    /// Whether these statements can be added with this article: what came from another program is asked one by one,
    /// since a single one that does not fit keeps out all that is added with it.
    ///
    /// # Errors
    /// [`LedgerError::Unfit`].
    pub fn fits(article: &Article, statements: &[Statement]) -> Result<()> {
        check(article, statements).map_err(|fault| fault.at(Path::new("")))
    }

    /// Puts a new reading of a known article in place of the one that holds: new statements are
    /// added, changed ones superseded, vanished ones withdrawn, and equal ones left alone. What a
    /// reviewer corrected, rejected or accepted stays as it is ([`Ledger::orphans`] lists what the
    /// new reading no longer has). An article that the ledger does not know is added.
    ///
    /// # Errors
    /// As [`Ledger::add`].
    pub fn reread(
        &mut self,
        article: &Article,
        statements: &[Statement],
        at: &str,
    ) -> Result<Reread> {
        self.write(|transaction| {
            if redact::is_redacted(transaction, "article", &article.id)? {
                return Ok(Reread::default());
            }
            check(article, statements)?;
            let statements = redact::allowed(transaction, statements)?;
            kin::catch_up(transaction)?;
            let seq = if let Some(seq) = article_seq(transaction, &article.id)? {
                seq
            } else {
                let seq = insert_article(transaction, article, at)?;
                kin::enter(transaction, seq, article)?;
                seq
            };
            let mut before = current(transaction, seq)?;
            // What a reviewer said of these words holds against any reading of them.
            let verdicts = review::standing_in(transaction, seq)?;
            let mut done = Reread::default();
            for (position, statement) in statements.iter().enumerate() {
                let old = before.remove(&statement.id);
                match verdicts.get(&statement.id) {
                    Some(Verdict::Correct | Verdict::Reject) => {
                        done.kept += 1;
                        continue;
                    }
                    Some(Verdict::Accept | Verdict::Undo) | None => {}
                }
                if let Some(old) = &old
                    && old.statement.as_ref() == Some(statement)
                {
                    continue;
                }
                let revision = next_revision(transaction, &statement.id)?;
                let place = Place { article: seq, position, revision };
                let new = insert_statement(transaction, place, article, statement, at)?;
                match old {
                    Some(old) => {
                        revise(transaction, "statement", old.seq, Some(new), "read again", at)?;
                        done.superseded += 1;
                    }
                    None => done.added += 1,
                }
            }
            for (id, old) in &before {
                if verdicts.contains_key(id) {
                    review::orphan(transaction, old.seq, at)?;
                    done.kept += 1;
                    continue;
                }
                revise(transaction, "statement", old.seq, None, "read again: not found", at)?;
                done.withdrawn += 1;
            }
            Ok(done)
        })
    }

    /// Corrects a statement: `by` takes its place under the same id, or nothing does where the
    /// statement is withdrawn. The old record stays and can be read with
    /// [`Ledger::history`].
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] when no statement that holds has the id;
    /// [`LedgerError::Unfit`] when `by` has another id or does not fit the article.
    pub fn supersede(
        &mut self,
        id: &str,
        by: Option<&Statement>,
        reason: &str,
        at: &str,
    ) -> Result<()> {
        self.write(|transaction| replace(transaction, id, by, reason, at))
    }

    /// Runs `work` in one transaction that holds the write lock from its start: a transaction
    /// that reads first and writes later could be refused half-way.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T> {
        let run = || {
            let transaction =
                self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        run().map_err(|fault: Fault| fault.at(&self.path))
    }

    /// Writes what a person decided: as [`Ledger::write`], and on the disk before it returns. Articles
    /// can be added again after the power failed; nothing brings a person's word back.
    pub(crate) fn decide<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T> {
        let at = |error: rusqlite::Error| Fault::from(error).at(&self.path);
        forced(&self.connection, true).map_err(at)?;
        let done = self.write(work);
        // Were it to fail, what follows would be slower and no less safe.
        let _ = forced(&self.connection, false);
        done
    }

    /// Forces to the disk what was written so far. Call it before anybody is told that articles are in.
    ///
    /// # Errors
    /// [`LedgerError::Unforced`] where the disk refuses.
    pub fn force(&self) -> Result<()> {
        let mut log = self.file.as_os_str().to_owned();
        log.push("-wal");
        let log = PathBuf::from(log);
        evidence::forced(&log)
            .map_err(|source| LedgerError::Unforced { path: self.path.clone(), source })
    }
}

pub(crate) fn add_one(
    connection: &Connection,
    article: &Article,
    statements: &[Statement],
    added_at: &str,
) -> Result<Added, Fault> {
    if redact::is_redacted(connection, "article", &article.id)? {
        return Ok(Added::Redacted);
    }
    if let Some(known) = article_seq(connection, &article.id)? {
        return note_copy(connection, known, article, added_at);
    }
    check(article, statements)?;
    let statements = redact::allowed(connection, statements)?;
    let seq = insert_article(connection, article, added_at)?;
    for (position, statement) in statements.iter().enumerate() {
        let place = Place { article: seq, position, revision: 1 };
        insert_statement(connection, place, article, statement, added_at)?;
    }
    let statements = statements.len();
    Ok(match kin::enter(connection, seq, article)? {
        None => Added::New { statements },
        Some(Found::Version) => Added::Version { statements },
        Some(Found::Copy) => Added::NearCopy { statements },
    })
}

/// Puts a record in a statement's place, or withdraws it.
pub(crate) fn replace(
    connection: &Connection,
    id: &str,
    by: Option<&Statement>,
    reason: &str,
    at: &str,
) -> Result<(), Fault> {
    let found = connection
        .query_row(
            "SELECT s.seq, s.article, s.position, a.id FROM current_statements s
             JOIN articles a ON a.seq = s.article WHERE s.id = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?, row.get::<_, String>(3)?)),
        )
        .optional()?;
    let Some((old, seq, position, article)) = found else {
        let id = id.to_owned();
        return Err(LedgerError::NotFound { what: "statement", id }.into());
    };
    let new = match by {
        None => None,
        Some(statement) => {
            let article = crate::fetch::article(connection, &article)?;
            check(&article, std::slice::from_ref(statement))?;
            if statement.id != id {
                return Err(unfit(statement, format!("it cannot supersede {id}")));
            }
            let position = usize::try_from(position).unwrap_or(0);
            let place = Place { article: seq, position, revision: next_revision(connection, id)? };
            Some(insert_statement(connection, place, &article, statement, at)?)
        }
    };
    revise(connection, "statement", old, new, reason, at)?;
    Ok(())
}

/// Puts a record in force again that was superseded or withdrawn.
pub(crate) fn restore(
    connection: &Connection,
    before: i64,
    current: Option<i64>,
    reason: &str,
    at: &str,
) -> Result<(), Fault> {
    let new = again(connection, before, at)?;
    if let Some(current) = current {
        revise(connection, "statement", current, Some(new), reason, at)?;
    }
    Ok(())
}

/// The same record once more, as a new revision; its seq.
pub(crate) fn again(connection: &Connection, seq: i64, at: &str) -> Result<i64, Fault> {
    let (article, id, record, position): (i64, String, String, i64) = connection.query_row(
        "SELECT article, id, record, position FROM statements WHERE seq = ?1",
        [seq],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let statement = Records::new(connection).read(article, &id, &record)?;
    let whole = crate::fetch::article(connection, &statement.article.id)?;
    let revision = next_revision(connection, &statement.id)?;
    let place = Place { article, position: usize::try_from(position).unwrap_or(0), revision };
    insert_statement(connection, place, &whole, &statement, at)
}

/// Where a statement goes.
#[derive(Debug, Clone, Copy)]
struct Place {
    article: i64,
    position: usize,
    revision: i64,
}

fn article_seq(connection: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT seq FROM articles WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()
}

fn unfit(statement: &Statement, detail: impl Into<String>) -> Fault {
    LedgerError::Unfit { statement: statement.id.clone(), detail: detail.into() }.into()
}

/// No statement enters whose words are not the article's.
fn check(article: &Article, statements: &[Statement]) -> Result<(), Fault> {
    let points = CodePoints::new(&article.text);
    let mut seen = BTreeSet::new();
    for statement in statements {
        if statement.article.id != article.id {
            return Err(unfit(statement, "it names another article"));
        }
        if !seen.insert(&statement.id) {
            return Err(unfit(statement, "it is given twice"));
        }
        if let Some(problem) = fit::misfit(&article.text, &points, statement)? {
            return Err(unfit(statement, problem));
        }
    }
    Ok(())
}

fn day(article: &Article) -> String {
    article.published.as_ref().map(|p| p.date.to_string()).unwrap_or_default()
}

fn without_text(article: &Article) -> serde_json::Result<String> {
    serde_json::to_string(&Article { text: String::new(), ..article.clone() })
}

fn insert_article(connection: &Connection, article: &Article, at: &str) -> Result<i64, Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO articles (id, key, outlet, url, title, date, text, record, added_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    Ok(insert.insert(params![
        article.id,
        article.key,
        article.outlet,
        article.url,
        article.title,
        day(article),
        article.text,
        without_text(article)?,
        at,
    ])?)
}

/// The same text again: from another publisher it is worth a note, else it is nothing new. An
/// outlet or address that is not known differs from none.
fn note_copy(
    connection: &Connection,
    article: i64,
    copy: &Article,
    at: &str,
) -> Result<Added, Fault> {
    let known: bool = connection.query_row(
        "WITH places AS (
           SELECT outlet, url FROM articles WHERE seq = ?1
           UNION ALL SELECT outlet, url FROM copies WHERE article = ?1)
         SELECT EXISTS (SELECT 1 FROM places WHERE
           (?2 IS NULL OR outlet IS NULL OR outlet = ?2) AND (?3 IS NULL OR url IS NULL OR url = ?3))",
        params![article, copy.outlet, copy.url],
        |row| row.get(0),
    )?;
    if known {
        return Ok(Added::Same);
    }
    connection.execute(
        "INSERT INTO copies (article, outlet, url, record, added_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![article, copy.outlet, copy.url, without_text(copy)?, at],
    )?;
    kin::place(connection, article, copy.url.as_deref())?;
    Ok(Added::Copy)
}

/// The one place where a statement enters, with its places and its search row.
fn insert_statement(
    connection: &Connection,
    place: Place,
    article: &Article,
    statement: &Statement,
    at: &str,
) -> Result<i64, Fault> {
    let speaker = statement.speaker.as_ref();
    let window = statement.window.as_ref();
    let event = statement.event.as_ref();
    let kept = record::pack(statement, article)?;
    // The generous reading decides when a window is over.
    let latest = window.and_then(|w| w.latest_soft.or(w.latest));
    let seq = connection
        .prepare_cached(
            "INSERT INTO statements (id, revision, article, position, date, outlet, speaker,
               speaker_name, speaker_kind, speaker_role, kind, term, class, earliest, latest,
               record, added_at, sum)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        )?
        .insert(params![
            statement.id,
            place.revision,
            place.article,
            i64::try_from(place.position).unwrap_or(i64::MAX),
            day(article),
            article.outlet,
            speaker.map(|s| &s.id),
            speaker.map(|s| &s.name),
            speaker.map(|s| s.kind.word()),
            speaker.and_then(|s| s.role.as_ref()),
            statement.kind.word(),
            statement.certainty.as_ref().map(|c| &c.term),
            event.map(|e| &e.class),
            window.and_then(|w| w.earliest).map(|d| d.to_string()),
            latest.map(|d| d.to_string()),
            kept,
            at,
            record::sum(&kept),
        ])?;
    let places = places(statement);
    for name in &places {
        connection
            .prepare_cached("INSERT INTO statement_places (statement, name) VALUES (?1, ?2)")?
            .execute(params![seq, name])?;
    }
    listing::enter(
        connection,
        seq,
        &Listed {
            day: article.published.as_ref().map(|published| published.date),
            article: place.article,
            position: i64::try_from(place.position).unwrap_or(i64::MAX),
            speaker: speaker.map(|s| (s.name.as_str(), s.role.as_deref())),
            places: &places,
            class: event.map(|e| e.class.as_str()),
            kind: statement.kind.word(),
            outlet: article.outlet.as_deref(),
            term: statement.certainty.as_ref().map(|c| c.term.as_str()),
            earliest: window.and_then(|w| w.earliest),
            latest,
        },
    )?;
    enter_search(connection, seq, article, statement)?;
    Ok(seq)
}

/// Enters the words under which a statement is found.
pub(crate) fn enter_search(
    connection: &Connection,
    seq: i64,
    article: &Article,
    statement: &Statement,
) -> Result<(), Fault> {
    let places = places(statement);
    let search = Search::of(article, statement, &places);
    connection
        .prepare_cached(
            "INSERT INTO search (rowid, words, names, title, speaker, via, place, event)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            seq,
            search.words,
            search.names,
            article.title,
            search.speaker,
            search.via,
            search.place,
            statement.event.as_ref().map(|e| &e.class),
        ])?;
    Ok(())
}

/// The places of a statement and of its event, each once.
fn places(statement: &Statement) -> BTreeSet<&str> {
    let event = statement.event.as_ref().and_then(|e| e.place.as_ref());
    let of_event = event.map(|p| p.name.as_str());
    statement.places.iter().map(|p| p.name.as_str()).chain(of_event).collect()
}

/// The words under which a statement is found, by column.
struct Search {
    words: String,
    names: String,
    speaker: String,
    via: String,
    place: String,
}

impl Search {
    fn of(article: &Article, statement: &Statement, places: &BTreeSet<&str>) -> Self {
        // A line break between pieces: a phrase can run across it, which does no harm, and a
        // piece that is missing leaves none.
        let join = |pieces: Vec<&str>| pieces.join("\n");
        let spans = |spans: &'_ [sayso_model::PrintedSpan]| -> String {
            spans.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join("\n")
        };
        let event = statement.event.as_ref();
        let names = event.map(|e| {
            [&e.actor, &e.target, &e.place].into_iter().flatten().map(|n| n.name.as_str()).collect()
        });
        let speaker = statement.speaker.as_ref();
        Self {
            words: [spans(&statement.content), spans(&statement.cue)].join("\n"),
            names: join(names.unwrap_or_default()),
            speaker: join(
                speaker
                    .iter()
                    .flat_map(|s| [Some(s.name.as_str()), s.role.as_deref()])
                    .flatten()
                    .collect(),
            ),
            via: join(
                statement
                    .chain
                    .iter()
                    .map(|l| l.name.as_str())
                    .chain(article.outlet.as_deref())
                    .collect(),
            ),
            place: join(places.iter().copied().collect()),
        }
    }
}

/// A statement that holds.
struct Current {
    seq: i64,
    /// Nothing where the record cannot be read any more: a new reading takes its place.
    statement: Option<Statement>,
}

fn current(connection: &Connection, article: i64) -> Result<BTreeMap<String, Current>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT seq, article, id, record FROM current_statements WHERE article = ?1",
    )?;
    let mut records = Records::new(connection);
    let mut rows = select.query([article])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let statement = records.row(row, 1).ok();
        found.insert(row.get(2)?, Current { seq: row.get(0)?, statement });
    }
    Ok(found)
}

fn next_revision(connection: &Connection, id: &str) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT coalesce(max(revision), 0) + 1 FROM statements WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
}

/// Notes that a record holds no longer.
pub(crate) fn revise(
    connection: &Connection,
    record: &str,
    old: i64,
    new: Option<i64>,
    reason: &str,
    at: &str,
) -> Result<(), Fault> {
    if record == "statement" {
        listing::leave(connection, old)?;
    }
    connection
        .prepare_cached(
            "INSERT INTO revisions (record, old, new, reason, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![record, old, new, reason, at])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_file_takes_nothing_of_an_article_and_all_of_it_later() {
        let mut ledger = Ledger::in_memory().unwrap();
        let at = "2031-04-03T08:00:00Z";
        let article = |number: usize| {
            let words: Vec<String> = (0..900).map(|word| format!("word{number}x{word}")).collect();
            Article::of_text(&format!("a{number}"), &words.join(" "))
        };
        let pages: i64 =
            ledger.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        let room = |ledger: &Ledger, pages: i64| {
            ledger
                .connection
                .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
                .unwrap();
        };
        room(&ledger, pages + 60);
        let full = (0..99).find_map(|n| Some((n, ledger.add(&article(n), &[], at).err()?)));
        let (fitted, error) = full.unwrap();
        assert!(matches!(error, LedgerError::Full { .. }), "{error:?}");
        assert!(fitted > 0 && error.is_unusable() && error.hint().contains("Make room"));
        assert_eq!(ledger.counts().unwrap().articles, fitted);
        assert_eq!(ledger.verify().unwrap(), []);
        room(&ledger, pages + 9999);
        assert!(matches!(ledger.add(&article(fitted), &[], at), Ok(Added::New { .. })));
        assert_eq!(ledger.verify().unwrap(), []);
    }
}
