//! Records by id.

use rusqlite::{Connection, Row, params};
use sayso_model::{Article, ArticleRef, Statement};

use crate::{
    ArticleSummary, Ledger, Page, Record, Version,
    error::{Fault, LedgerError, Result},
    record::Records,
};

/// Ids named when a beginning fits several records.
const CANDIDATES: i64 = 20;

impl Ledger {
    /// The article with this id, the only one whose id begins like this, or the only one that
    /// came under this name ([`Article::key`]).
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn article(&self, id: &str) -> Result<Article> {
        self.read(|connection| {
            let id = resolve(connection, What::Article, id)?;
            article(connection, &id)
        })
    }

    /// True where the ledger has the article with this whole id.
    ///
    /// # Errors
    /// [`LedgerError::Locked`], [`LedgerError::Corrupt`].
    pub fn knows(&self, id: &str) -> Result<bool> {
        self.read(|connection| {
            let known = "SELECT EXISTS (SELECT 1 FROM articles WHERE id = ?1)";
            Ok(connection.prepare_cached(known)?.query_row([id], |row| row.get(0))?)
        })
    }

    /// The articles, newest first. `limit` 0 is [`crate::Query::PAGE`]; `cursor` is [`Page::next`]
    /// of the page before.
    ///
    /// # Errors
    /// [`LedgerError::Cursor`].
    pub fn articles(&self, limit: usize, cursor: Option<&str>) -> Result<Page<ArticleSummary>> {
        self.read(|connection| {
            let limit = if limit == 0 { crate::Query::PAGE } else { limit };
            let from = cursor.map(article_cursor).transpose()?;
            let (date, seq) = match &from {
                Some((date, seq)) => (Some(date), Some(seq)),
                None => (None, None),
            };
            let mut rows: Vec<(String, i64, ArticleSummary)> = Vec::new();
            let mut select = connection.prepare_cached(
                "SELECT a.date, a.seq, a.record,
                   (SELECT count(*) FROM current_statements s WHERE s.article = a.seq),
                   (SELECT count(*) FROM copies c WHERE c.article = a.seq)
                 FROM articles a WHERE ?1 IS NULL OR (a.date, a.seq) < (?1, ?2)
                 ORDER BY a.date DESC, a.seq DESC LIMIT ?3",
            )?;
            let mut found = select.query(params![date, seq, page_rows(limit)])?;
            while let Some(row) = found.next()? {
                let article: Article = json(row, 2)?;
                rows.push((
                    row.get(0)?,
                    row.get(1)?,
                    ArticleSummary {
                        article: ArticleRef::from(&article),
                        author: article.author,
                        statements: count(row, 3)?,
                        copies: count(row, 4)?,
                    },
                ));
            }
            let next = cut(&mut rows, limit).map(|(date, seq, _)| format!("{date}_{seq}"));
            let total =
                connection.query_row("SELECT count(*) FROM articles", [], |row| count(row, 0))?;
            Ok(Page { items: rows.into_iter().map(|row| row.2).collect(), total, next })
        })
    }

    /// The statements of an article that hold, in the order of the text.
    ///
    /// # Errors
    /// As [`Ledger::article`].
    pub fn statements_of_article(&self, id: &str) -> Result<Vec<Statement>> {
        self.read(|connection| {
            let id = resolve(connection, What::Article, id)?;
            statements(
                connection,
                "SELECT s.article, s.id, s.record FROM current_statements s JOIN articles a ON a.seq = s.article
                 WHERE a.id = ?1 ORDER BY s.position, s.seq",
                &id,
            )
        })
    }

    /// The statement that holds under this id, or the only one whose id begins like this.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn statement(&self, id: &str) -> Result<Statement> {
        self.read(|connection| {
            let id = resolve(connection, What::Statement, id)?;
            statement(connection, &id)
        })
    }

    /// Every record that a statement's id ever had, oldest first. The last one holds unless
    /// `ended` says that it was withdrawn.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] when there never was one with this whole id.
    pub fn history(&self, id: &str) -> Result<Vec<Version>> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT s.article, s.id, s.record, s.added_at, r.added_at, r.reason FROM statements s
                 LEFT JOIN revisions r ON r.record = 'statement' AND r.old = s.seq
                 WHERE s.id = ?1 ORDER BY s.revision",
            )?;
            let mut records = Records::new(connection);
            let mut rows = select.query([id])?;
            let mut versions = Vec::new();
            while let Some(row) = rows.next()? {
                versions.push(Version {
                    statement: records.row(row, 0)?,
                    added_at: row.get(3)?,
                    ended: row.get(4)?,
                    reason: row.get(5)?,
                });
            }
            if versions.is_empty() {
                return Err(not_found(What::Statement, id));
            }
            Ok(versions)
        })
    }

    /// Whatever record has this id, or is the only one whose id begins like this; a speaker also
    /// by name, an article also by the name it came under.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Ambiguous`].
    pub fn record(&self, id: &str) -> Result<Record> {
        const KINDS: [What; 4] = [What::Question, What::Statement, What::Speaker, What::Article];
        let mut found = Vec::new();
        for what in KINDS {
            match self.read(|connection| resolve(connection, what, id)) {
                Ok(whole) if whole == id => {
                    found = vec![(what, whole)];
                    break;
                }
                Ok(whole) => found.push((what, whole)),
                Err(LedgerError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        match &found[..] {
            [(What::Article, id)] => Ok(Record::Article(Box::new(self.article(id)?))),
            [(What::Statement, id)] => Ok(Record::Statement(Box::new(self.statement(id)?))),
            [(What::Question, id)] => Ok(Record::Question(Box::new(self.question(id)?))),
            [(What::Speaker, id)] => Ok(Record::Speaker(Box::new(self.speaker(id)?))),
            [] => Err(LedgerError::NotFound { what: "record", id: id.to_owned() }),
            several => Err(LedgerError::Ambiguous {
                what: "record",
                prefix: id.to_owned(),
                candidates: several.iter().map(|(_, id)| id.clone()).collect(),
            }),
        }
    }

    /// Runs a read, in one transaction where it takes several looks at the ledger: what another
    /// process adds meanwhile is not half seen.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T> {
        let run = || {
            // Dropped without a commit: it wrote nothing.
            let transaction = self.connection.unchecked_transaction()?;
            work(&transaction)
        };
        run().map_err(|fault: Fault| fault.at(&self.path))
    }
}

/// The sorts of records that have ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Article,
    Statement,
    Question,
    Speaker,
    /// A speaker as articles give it, whoever linking or a reviewer says that it is.
    GivenSpeaker,
    Outcome,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Statement => "statement",
            Self::Question => "question",
            Self::Speaker | Self::GivenSpeaker => "speaker",
            Self::Outcome => "outcome",
        }
    }

    /// Ids from `?1` up to, not including, `?2`; at most `?3`.
    fn ids(self) -> &'static str {
        match self {
            Self::Article => {
                "SELECT id FROM articles WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3"
            }
            Self::Statement => {
                "SELECT id FROM current_statements WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3"
            }
            Self::Question => {
                "SELECT id FROM current_questions WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3"
            }
            Self::Speaker | Self::GivenSpeaker => {
                "SELECT DISTINCT speaker FROM statements WHERE speaker >= ?1 AND speaker < ?2
                 UNION SELECT DISTINCT person FROM said WHERE person >= ?1 AND person < ?2
                 ORDER BY 1 LIMIT ?3"
            }
            Self::Outcome => {
                "SELECT DISTINCT id FROM outcomes WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT ?3"
            }
        }
    }

    /// Ids by name, where records of this sort have one.
    fn named(self) -> Option<&'static str> {
        match self {
            // By its name the last version of a page is meant.
            Self::Article => Some(
                "SELECT id FROM articles a WHERE key = ?1 AND NOT EXISTS (
                   SELECT 1 FROM kin k JOIN articles later ON later.seq = k.article
                   WHERE k.of = a.seq AND k.kind = 'version' AND later.key = a.key)
                 ORDER BY id LIMIT ?2",
            ),
            Self::Speaker => Some(
                "SELECT DISTINCT person FROM profiles WHERE name = ?1 COLLATE NOCASE
                 ORDER BY person LIMIT ?2",
            ),
            Self::GivenSpeaker => Some(
                "SELECT DISTINCT speaker FROM profiles WHERE name = ?1 COLLATE NOCASE
                 ORDER BY speaker LIMIT ?2",
            ),
            Self::Statement | Self::Question | Self::Outcome => None,
        }
    }
}

/// The whole id of the one record that is meant.
pub(crate) fn resolve(connection: &Connection, what: What, asked: &str) -> Result<String, Fault> {
    let limit = CANDIDATES;
    let mut ids: Vec<String> = Vec::new();
    if !asked.is_empty() {
        // Above every string that begins with `asked`.
        let end = format!("{asked}{}", char::MAX);
        ids = connection
            .prepare_cached(what.ids())?
            .query_map(params![asked, end, limit], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
    }
    if ids.iter().any(|id| id == asked) {
        return Ok(asked.to_owned());
    }
    if let (true, Some(select)) = (ids.is_empty(), what.named()) {
        ids = connection
            .prepare_cached(select)?
            .query_map(params![asked, limit], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
    }
    if ids.len() > 1 {
        let (what, prefix) = (what.word(), asked.to_owned());
        return Err(LedgerError::Ambiguous { what, prefix, candidates: ids }.into());
    }
    ids.pop().ok_or_else(|| not_found(what, asked))
}

pub(crate) fn not_found(what: What, id: &str) -> Fault {
    LedgerError::NotFound { what: what.word(), id: id.to_owned() }.into()
}

/// An article by its whole id.
pub(crate) fn article(connection: &Connection, id: &str) -> Result<Article, Fault> {
    let mut select =
        connection.prepare_cached("SELECT record, text FROM articles WHERE id = ?1")?;
    let mut rows = select.query([id])?;
    let row = rows.next()?.ok_or_else(|| not_found(What::Article, id))?;
    Ok(Article { text: row.get(1)?, ..json(row, 0)? })
}

/// A statement by its whole id.
pub(crate) fn statement(connection: &Connection, id: &str) -> Result<Statement, Fault> {
    let select = "SELECT article, id, record FROM current_statements WHERE id = ?1";
    statements(connection, select, id)?.pop().ok_or_else(|| not_found(What::Statement, id))
}

/// Statements by a select of article, id and record with one argument.
pub(crate) fn statements(
    connection: &Connection,
    select: &str,
    argument: &str,
) -> Result<Vec<Statement>, Fault> {
    let mut select = connection.prepare_cached(select)?;
    let mut records = Records::new(connection);
    let mut rows = select.query([argument])?;
    let mut statements = Vec::new();
    while let Some(row) = rows.next()? {
        statements.push(records.row(row, 0)?);
    }
    Ok(statements)
}

/// A column that holds a record as JSON.
pub(crate) fn json<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: usize,
) -> Result<T, Fault> {
    let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(serde_json::from_str(text)?)
}

/// A column that holds a count.
pub(crate) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    row.get::<_, i64>(column).map(|n| usize::try_from(n).unwrap_or(0))
}

/// One row more than a page has, to see whether another page follows.
pub(crate) fn page_rows(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}

/// Cuts the rows to a page; the last row of the page when another follows.
pub(crate) fn cut<T>(rows: &mut Vec<T>, limit: usize) -> Option<&T> {
    if rows.len() <= limit {
        return None;
    }
    rows.truncate(limit);
    rows.last()
}

fn article_cursor(cursor: &str) -> Result<(String, i64), Fault> {
    let bad = || LedgerError::Cursor { cursor: cursor.to_owned() };
    let (date, seq) = cursor.split_once('_').ok_or_else(bad)?;
    Ok((date.to_owned(), seq.parse().map_err(|_| bad())?))
}

/// A word that this program does not know in a column of such words.
pub(crate) fn strange(column: usize, word: &str) -> rusqlite::Error {
    let error = format!("unknown word: {word}").into();
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error)
}
