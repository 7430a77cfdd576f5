//! Versions: of the texts at one address, each follows the one that was published before it.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Changes, copies, rank::Rank};
use crate::error::Fault;

/// Notes that a text is at an address; true where it is a version of another or another one of it.
pub(super) fn enter(connection: &Connection, seq: i64, url: &str) -> Result<bool, Fault> {
    let Some(address) = address(url) else { return Ok(false) };
    let rank = Rank::as_version(connection, seq)?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO addresses (address, rank, article) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![address, rank.as_str(), seq])?;
    let mut found = settle(connection, seq)?.is_some();
    let next: Option<i64> = connection
        .prepare_cached(
            "SELECT article FROM addresses WHERE address = ?1 AND rank > ?2 ORDER BY rank LIMIT 1",
        )?
        .query_row(params![address, rank.as_str()], |row| row.get(0))
        .optional()?;
    if let Some(next) = next {
        found |= settle(connection, next)? == Some(seq);
    }
    Ok(found)
}

/// Decides of which text an article is a version: of the last before it at any of its addresses, where they
/// have something in common. Some collections give all their articles one address.
fn settle(connection: &Connection, seq: i64) -> Result<Option<i64>, Fault> {
    let mut addresses =
        connection.prepare_cached("SELECT address, rank FROM addresses WHERE article = ?1")?;
    let mut before = connection.prepare_cached(
        "SELECT rank, article FROM addresses WHERE address = ?1 AND rank < ?2 ORDER BY rank DESC LIMIT 1",
    )?;
    let mut last: Option<(String, i64)> = None;
    let mut rows = addresses.query([seq])?;
    while let Some(row) = rows.next()? {
        let (address, rank): (String, String) = (row.get(0)?, row.get(1)?);
        let found: Option<(String, i64)> = before
            .query_row(params![address, rank], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((rank, of)) = found
            && of != seq
            && last.as_ref().is_none_or(|(later, _)| *later < rank)
            && related(connection, of, seq)?
        {
            last = Some((rank, of));
        }
    }
    let of = last.map(|(_, of)| of);
    match of {
        Some(of) => connection
            .prepare_cached(
                "INSERT OR REPLACE INTO kin (article, kind, of) VALUES (?1, 'version', ?2)",
            )?
            .execute([seq, of])?,
        None => connection
            .prepare_cached("DELETE FROM kin WHERE article = ?1 AND kind = 'version'")?
            .execute([seq])?,
    };
    Ok(of)
}

/// True for two texts with one title, a paragraph or a shingle in common.
fn related(connection: &Connection, one: i64, other: i64) -> Result<bool, Fault> {
    let mut select =
        connection.prepare_cached("SELECT title, text FROM articles WHERE seq = ?1")?;
    let mut text = |seq: i64| -> rusqlite::Result<(Option<String>, String)> {
        select.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))
    };
    let ((title, before), (other_title, after)) = (text(one)?, text(other)?);
    if title.is_some() && title == other_title || Changes::between(&before, &after).kept > 0 {
        return Ok(true);
    }
    let (before, after) = (copies::sketch(connection, one)?, copies::sketch(connection, other)?);
    Ok(before.zip(after).is_some_and(|(before, after)| before.shared(&after) > 0))
}

/// An address without what does not distinguish pages: scheme, `www.`, fragment, the marks
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
}
