//! What an article is to those that were there before it: a later version of the same page, a copy
//! of the same story.
//!
//! Found as articles arrive, by tables that derive from their texts: a new article looks up a few
//! shingles of its own (some twenty, at most 512) and its own address, whatever the ledger holds, and
//! is compared with the sketches of those it finds.

use std::{cmp::Reverse, collections::BTreeMap};

use rusqlite::{Connection, OptionalExtension as _, params};
use sayso_model::{Article, ArticleRef};
use sayso_read::{Sketch, UNDER_ONE_KEY};
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
    /// Most of one stands in the other, and the other was there first.
    CopyOf,
    /// Most of one stands in the other, and the other came later.
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
    /// Share of the shorter text that stands in the other, 0 to 1, as estimated; for copies.
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

/// Articles that a new one is compared with at most.
const COMPARED: usize = 64;

/// Relatives listed at most.
const LISTED: i64 = 50;

impl Ledger {
    /// The versions and near copies of an article, the nearest in time of adding first, at most 50.
    /// (The very same text elsewhere is counted in [`crate::ArticleSummary::copies`].)
    ///
    /// # Errors
    /// As [`Ledger::article`].
    pub fn relatives(&self, id: &str) -> Result<Vec<Relative>> {
        let one = self.article(id)?;
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT k.kind, k.contained, o.id, 1 FROM kin k
                 JOIN articles a ON a.seq = k.article JOIN articles o ON o.seq = k.of WHERE a.id = ?1
                 UNION ALL
                 SELECT k.kind, k.contained, o.id, 0 FROM kin k
                 JOIN articles a ON a.seq = k.of JOIN articles o ON o.seq = k.article WHERE a.id = ?1
                 LIMIT ?2",
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

/// What an article that has just been inserted is to one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Version,
    Copy,
}

/// Enters an article into the tables by which others find it, and notes what it is to those before
/// it.
pub(crate) fn enter(
    connection: &Connection,
    seq: i64,
    article: &Article,
    at: &str,
) -> Result<Option<Found>, Fault> {
    let sketch = Sketch::of(&article.text);
    let keys = look_up(connection, &sketch)?;
    let kin = match version(connection, seq, article, &sketch)? {
        Some(of) => Some((Found::Version, of, None)),
        None => copy(connection, &sketch, &keys)?
            .map(|(of, contained)| (Found::Copy, of, Some(f64::from(contained)))),
    };
    insert(connection, seq, &sketch, &keys, kin.map(|(_, of, _)| of))?;
    place(connection, seq, article.url.as_deref())?;
    let Some((found, of, contained)) = kin else { return Ok(None) };
    let kind = if found == Found::Version { "version" } else { "copy" };
    connection
        .prepare_cached(
            "INSERT INTO kin (article, kind, of, contained, added_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![seq, kind, of, contained, at])?;
    Ok(Some(found))
}

/// Notes that a text stands at an address too.
pub(crate) fn place(connection: &Connection, seq: i64, url: Option<&str>) -> Result<(), Fault> {
    if let Some(address) = url.and_then(address) {
        connection
            .prepare_cached("INSERT OR IGNORE INTO addresses (address, article) VALUES (?1, ?2)")?
            .execute(params![address, seq])?;
    }
    Ok(())
}

/// Makes up what is missing of articles that an earlier version of sayso added.
pub(crate) fn catch_up(connection: &Connection) -> Result<(), Fault> {
    let mut missing = connection.prepare_cached(
        "SELECT seq, text, url FROM articles
         WHERE seq > (SELECT coalesce(max(article), 0) FROM sketched) ORDER BY seq",
    )?;
    let mut rows = missing.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, text, url): (i64, String, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let sketch = Sketch::of(&text);
        let keys = look_up(connection, &sketch)?;
        insert(connection, seq, &sketch, &keys, None)?;
        place(connection, seq, url.as_deref())?;
    }
    Ok(())
}

/// The agency of the article of which this one is a copy, or that copies it, where one of them has
/// a credit: a desk that cuts a wire story often cuts its last line.
pub(crate) fn agency(connection: &Connection, seq: i64) -> Result<Option<String>, Fault> {
    Ok(connection
        .prepare_cached(
            "SELECT json_extract(o.record, '$.agency') AS agency FROM kin k
             JOIN articles o ON o.seq = iif(k.article = ?1, k.of, k.article)
             WHERE (k.article = ?1 OR k.of = ?1) AND k.kind = 'copy' AND agency IS NOT NULL
             ORDER BY k.seq LIMIT 1",
        )?
        .query_row([seq], |row| row.get(0))
        .optional()?)
}

/// The keys of a sketch, each with the earlier articles that are kept under it.
type Keys = Vec<(u32, Vec<i64>)>;

/// Looks up the keys of a sketch.
fn look_up(connection: &Connection, sketch: &Sketch) -> Result<Keys, Fault> {
    let mut select = connection.prepare_cached("SELECT article FROM sketch_keys WHERE key = ?1")?;
    let articles = |key: &u32| {
        let under = select.query_map([key], |row| row.get(0))?;
        Ok((*key, under.collect::<rusqlite::Result<_>>()?))
    };
    sketch.keys.iter().map(articles).collect()
}

/// The sketch of an article, as far as texts are compared by it.
fn sketch_of(connection: &Connection, article: i64) -> Result<Option<Sketch>, Fault> {
    let mut select =
        connection.prepare_cached("SELECT shingles, reach FROM sketched WHERE article = ?1")?;
    let sketch = select.query_row([article], |row| {
        let shingles = row.get_ref(0)?.as_blob()?.as_chunks::<4>().0;
        let shingles = shingles.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        Ok(Sketch { shingles, reach: row.get(1)?, keys: Vec::new() })
    });
    Ok(sketch.optional()?)
}

/// The last text before at the same address, where it has anything in common with this one: some
/// collections give all their articles one address.
fn version(
    connection: &Connection,
    seq: i64,
    article: &Article,
    sketch: &Sketch,
) -> Result<Option<i64>, Fault> {
    let Some(address) = article.url.as_deref().and_then(address) else { return Ok(None) };
    let before: Option<(i64, Option<String>, String)> = connection
        .prepare_cached(
            "SELECT a.seq, a.title, a.text FROM addresses d JOIN articles a ON a.seq = d.article
             WHERE d.address = ?1 AND d.article < ?2 ORDER BY d.article DESC LIMIT 1",
        )?
        .query_row(params![address, seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((of, title, text)) = before else { return Ok(None) };
    let related = title.is_some() && title == article.title
        || Changes::between(&text, &article.text).kept > 0
        || sketch_of(connection, of)?.is_some_and(|before| before.shared(sketch) > 0);
    Ok(related.then_some(of))
}

/// The article that holds most of this one, or of which this one holds most; of equals the first.
/// Looked for among those that share most keys with it.
fn copy(
    connection: &Connection,
    sketch: &Sketch,
    keys: &Keys,
) -> Result<Option<(i64, f32)>, Fault> {
    let mut shared: BTreeMap<i64, u32> = BTreeMap::new();
    for article in keys.iter().flat_map(|(_, under)| under) {
        *shared.entry(*article).or_default() += 1;
    }
    let mut articles: Vec<(i64, u32)> = shared.into_iter().collect();
    articles.sort_by_key(|(article, shared)| (Reverse(*shared), *article));
    let mut best: Option<(i64, f32)> = None;
    for (other, _) in articles.into_iter().take(COMPARED) {
        let Some(before) = sketch_of(connection, other)? else { continue };
        let Some(contained) = before.contained(sketch) else { continue };
        if best.is_none_or(|(of, most)| contained > most || contained >= most && other < of) {
            best = Some((other, contained));
        }
    }
    Ok(best)
}

/// Keeps a sketch, under those of its keys that have room and do not lead to what it copies already.
fn insert(
    connection: &Connection,
    seq: i64,
    sketch: &Sketch,
    keys: &Keys,
    of: Option<i64>,
) -> Result<(), Fault> {
    let mut row = connection
        .prepare_cached("INSERT OR IGNORE INTO sketch_keys (key, article) VALUES (?1, ?2)")?;
    for (key, under) in keys {
        if under.len() < UNDER_ONE_KEY && of.is_none_or(|of| !under.contains(&of)) {
            row.execute(params![key, seq])?;
        }
    }
    let shingles: Vec<u8> = sketch.shingles.iter().flat_map(|s| s.to_le_bytes()).collect();
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO sketched (article, shingles, reach) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![seq, shingles, sketch.reach])?;
    Ok(())
}

/// An address without what does not tell one page from another: scheme, `www.`, fragment, the marks
/// of campaigns, a last slash. Nothing for an outlet's first page, which is never one article's.
fn address(url: &str) -> Option<String> {
    let rest = url.split_once("://").map(|(_, rest)| rest)?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let marks = ["fbclid", "gclid", "mc_cid", "mc_eid", "ref", "cmpid", "ocid", "smid"];
    let telling: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            !name.is_empty() && !name.starts_with("utm_") && !marks.contains(&name)
        })
        .collect();
    if path.is_empty() && telling.is_empty() {
        return None;
    }
    let query = if telling.is_empty() { String::new() } else { format!("?{}", telling.join("&")) };
    Some(format!("{host}/{path}{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        let one = address("https://www.Example.org/news/dam/?utm_source=x&id=7#top");
        assert_eq!(one.as_deref(), Some("example.org/news/dam?id=7"));
        assert_eq!(one, address("http://example.org/news/dam?id=7&fbclid=1"));
        assert_ne!(one, address("http://example.org/news/dam?id=8"));
        assert_eq!(address("https://example.org/"), None);
        assert_eq!(address("not an address"), None);
    }

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
