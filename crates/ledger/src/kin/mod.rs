//! What an article is to others: a later version of the same page, a copy of the same story.
//!
//! Found as articles arrive, by tables that derive from their texts: a new article looks up a few
//! shingles of its own (some twenty, at most 512) and its own address, whatever the ledger holds, and
//! is compared with the sketches of those it finds. Which of two is the earlier is decided by when they
//! were published (`rank`), and what the others are is decided again where the new one precedes them: the
//! rows are the same for any order of adding.

mod copies;
mod rank;
mod versions;

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};
use sayso_model::{Article, ArticleRef};
use serde::Serialize;

use crate::{
    Ledger,
    error::{Fault, Result},
    fetch,
};

/// What one article is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It is a later text at the same address.
    VersionOf,
    /// The other is a later text at the same address.
    ReplacedBy,
    /// Most of one is part of the other, and the other was published first.
    CopyOf,
    /// Most of one is part of the other, and the other was published later.
    CopiedBy,
}

impl Relation {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::VersionOf => "version of",
            Self::ReplacedBy => "changed to",
            Self::CopyOf => "copy of",
            Self::CopiedBy => "copied by",
        }
    }
}

/// An article and what it is to another one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relative {
    /// What the article asked for is to this one.
    pub relation: Relation,
    /// This one.
    pub article: ArticleRef,
    /// Share of the shorter text that is part of the other, 0 to 1, as estimated; for copies.
    pub contained: Option<f64>,
    /// What changed from the earlier to the later; for versions.
    pub changes: Option<Changes>,
}

/// How two versions of a text differ, by paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Changes {
    /// Paragraphs that only the later has, in its order.
    pub added: Vec<String>,
    /// Paragraphs that only the earlier has, in its order.
    pub removed: Vec<String>,
    /// Paragraphs of both.
    pub kept: usize,
}

impl Changes {
    /// The paragraphs of two texts, compared without regard to their order. Time is `n log n`.
    pub fn between(before: &str, after: &str) -> Self {
        let paragraphs = |text: &'_ str| -> Vec<String> {
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        };
        let (before, after) = (paragraphs(before), paragraphs(after));
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for paragraph in &before {
            *left.entry(paragraph).or_default() += 1;
        }
        let mut changes = Self::default();
        for paragraph in &after {
            match left.get_mut(paragraph.as_str()) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    changes.kept += 1;
                }
                _ => changes.added.push(paragraph.clone()),
            }
        }
        // From the end: of equal paragraphs the last ones are those that are gone.
        for paragraph in before.iter().rev() {
            if let Some(count) = left.get_mut(paragraph.as_str())
                && *count > 0
            {
                *count -= 1;
                changes.removed.push(paragraph.clone());
            }
        }
        changes.removed.reverse();
        changes
    }
}

/// Relatives listed at most.
const LISTED: i64 = 50;

impl Ledger {
    /// The versions and near copies of an article, at most 50: what it comes from before what comes from it,
    /// each in the order of publication.
    /// (The very same text elsewhere is counted in [`crate::ArticleSummary::copies`].)
    ///
    /// # Errors
    /// As [`Ledger::article`].
    pub fn relatives(&self, id: &str) -> Result<Vec<Relative>> {
        let one = self.article(id)?;
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT k.kind, k.contained, o.id, 1 AS first, o.date FROM relations k
                 JOIN articles a ON a.seq = k.article JOIN articles o ON o.seq = k.of WHERE a.id = ?1
                 UNION ALL
                 SELECT k.kind, k.contained, o.id, 0, o.date FROM relations k
                 JOIN articles a ON a.seq = k.of JOIN articles o ON o.seq = k.article WHERE a.id = ?1
                 ORDER BY first DESC, 5, 3 LIMIT ?2",
            )?;
            let mut rows = select.query(params![one.id, LISTED])?;
            let mut relatives = Vec::new();
            while let Some(row) = rows.next()? {
                let (kind, first): (String, bool) = (row.get(0)?, row.get(3)?);
                let other = fetch::article(connection, &row.get::<_, String>(2)?)?;
                let relation = match (kind.as_str(), first) {
                    ("version", true) => Relation::VersionOf,
                    ("version", false) => Relation::ReplacedBy,
                    (_, true) => Relation::CopyOf,
                    (_, false) => Relation::CopiedBy,
                };
                let changes = match relation {
                    Relation::VersionOf => Some(Changes::between(&other.text, &one.text)),
                    Relation::ReplacedBy => Some(Changes::between(&one.text, &other.text)),
                    Relation::CopyOf | Relation::CopiedBy => None,
                };
                let contained = row.get(1)?;
                let article = ArticleRef::from(&other);
                relatives.push(Relative { relation, article, contained, changes });
            }
            Ok(relatives)
        })
    }
}

/// What an article that has just been inserted is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Version,
    Copy,
}

/// Enters an article into the tables by which others find it, and notes what it is to those that are
/// there and what they are to it.
pub(crate) fn enter(
    connection: &Connection,
    seq: i64,
    article: &Article,
) -> Result<Option<Found>, Fault> {
    let copy = copies::enter(connection, seq, &article.text)?;
    let version = place(connection, seq, article.url.as_deref())?;
    Ok(if version { Some(Found::Version) } else { copy.then_some(Found::Copy) })
}

/// Notes that a text is at an address too; true where another one there is a version of it.
pub(crate) fn place(connection: &Connection, seq: i64, url: Option<&str>) -> Result<bool, Fault> {
    url.map_or(Ok(false), |url| versions::enter(connection, seq, url))
}

/// Makes up what is missing of articles that an earlier version of sayso added.
pub(crate) fn catch_up(connection: &Connection) -> Result<(), Fault> {
    let mut missing = connection.prepare_cached(
        "SELECT seq, text FROM articles
         WHERE seq > (SELECT coalesce(max(article), 0) FROM sketched) ORDER BY seq",
    )?;
    let mut addresses = connection.prepare_cached(
        "SELECT url FROM articles WHERE seq = ?1 AND url IS NOT NULL
         UNION SELECT url FROM copies WHERE article = ?1 AND url IS NOT NULL",
    )?;
    let mut rows = missing.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, text): (i64, String) = (row.get(0)?, row.get(1)?);
        copies::enter(connection, seq, &text)?;
        let urls = addresses.query_map([seq], |row| row.get(0))?;
        for url in urls.collect::<rusqlite::Result<Vec<String>>>()? {
            versions::enter(connection, seq, &url)?;
        }
    }
    Ok(())
}

/// The agency of the article of which this one is a copy, or that copies it, where one of them has
/// a credit: a desk that cuts a wire story often cuts its last line.
pub(crate) fn agency(connection: &Connection, seq: i64) -> Result<Option<String>, Fault> {
    Ok(connection
        .prepare_cached(
            "SELECT json_extract(o.record, '$.agency') AS agency FROM relations k
             JOIN articles o ON o.seq = iif(k.article = ?1, k.of, k.article)
             WHERE (k.article = ?1 OR k.of = ?1) AND k.kind = 'copy' AND agency IS NOT NULL
             ORDER BY o.date = '', o.date, o.id LIMIT 1",
        )?
        .query_row([seq], |row| row.get(0))
        .optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_without_a_credit_has_the_agency_of_what_it_copies() {
        let words: Vec<String> = (0..400).map(|n| format!("word{n}")).collect();
        let mut ledger = Ledger::in_memory().unwrap();
        let mut wire = Article::of_text("wire", &words.join(" "));
        wire.agency = Some("Vela Wire".to_owned());
        let cut = Article::of_text("cut", &words[100..300].join(" "));
        let own = Article::of_text("own", "The ferry will sail.");
        for article in [&wire, &cut, &own] {
            ledger.add(article, &[], "2031-04-03T08:00:00Z").unwrap();
        }
        let of = |seq| agency(&ledger.connection, seq).unwrap();
        assert_eq!(of(2).as_deref(), Some("Vela Wire"));
        assert_eq!(of(3), None);
    }

    #[test]
    fn changes_are_told_by_paragraphs() {
        let changes = Changes::between("One.\n\nTwo.\n\nThree.\nTwo.", "Zero.\nOne.\nThree.\nTwo.");
        assert_eq!(changes.added, ["Zero."]);
        assert_eq!(changes.removed, ["Two."]);
        assert_eq!(changes.kept, 3);
        assert_eq!(Changes::between("", ""), Changes::default());
    }
}
