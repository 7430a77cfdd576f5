//! Which reports trace to one first source.

use std::collections::{BTreeMap, btree_map::Entry};

use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, params};
use sayso_link::{DAYS, Report, Why, copied, credit, origin_keys};
use sayso_model::Statement;

use super::{New, Persons, Step};
use crate::{error::Fault, fetch, kin};

/// Reports under one key that a new one is compared with; see [`sayso_link::origins`].
const NEAREST: i64 = 16;
/// The day of what has no date.
const UNDATED: i64 = -1;

/// Joins the statements of a batch to the origins that are there.
pub(super) fn link(step: &Step<'_>, batch: &[New], persons: &Persons) -> Result<(), Fault> {
    let mut credits: BTreeMap<i64, Option<String>> = BTreeMap::new();
    let mut texts: BTreeMap<i64, String> = BTreeMap::new();
    for new in batch {
        if let Entry::Vacant(unknown) = credits.entry(new.article) {
            unknown.insert(credited(step, new.article)?);
        }
        let report = Report::of(
            &new.statement,
            persons.get(&new.seq).cloned(),
            credits[&new.article].clone(),
            matters(step, &new.statement.id)?,
            step.names,
        );
        let day = report.date.map_or(UNDATED, days);
        let mut origin = new.seq;
        let mut why: Option<Why> = None;
        for (key, reason) in origin_keys(&report) {
            let key = key.cast_signed();
            let near = near(step, key, day, if reason == Why::Copied { NEAREST } else { 1 })?;
            // The first report of a saying stands for it; see `sayso_link::origins`.
            let first = reason == Why::Copied || near.is_empty();
            for other in near {
                if reason == Why::Copied {
                    if let Entry::Vacant(unknown) = texts.entry(other) {
                        unknown.insert(content(step, other)?);
                    }
                    if copied(&texts[&other], &report.text).is_none()
                        || apart(&report.matters, &matters_of(step, other)?)
                    {
                        continue;
                    }
                }
                let theirs = origin_of(step, other)?;
                if theirs == origin {
                    continue;
                }
                join(step, theirs.max(origin), theirs.min(origin))?;
                origin = theirs.min(origin);
                why = why.or(Some(reason));
            }
            if first {
                step.connection
                    .prepare_cached(
                        "INSERT OR IGNORE INTO origin_keys (key, day, statement)
                         VALUES (?1, ?2, ?3)",
                    )?
                    .execute([key, day, new.seq])?;
            }
        }
        if let Some(why) = why {
            step.connection
                .prepare_cached("UPDATE said SET origin = ?2, why = ?3 WHERE statement = ?1")?
                .execute(params![new.seq, origin, why.word()])?;
        }
        texts.insert(new.seq, report.text);
    }
    Ok(())
}

/// Whose text an article is.
fn credited(step: &Step<'_>, article: i64) -> Result<Option<String>, Fault> {
    let (text, byline): (String, Option<String>) = step
        .connection
        .prepare_cached(
            "SELECT text, json_extract(record, '$.author') FROM articles WHERE seq = ?1",
        )?
        .query_row([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // A copy without a credit line is still the agency's text.
    match credit(&text, byline.as_deref(), step.names) {
        Some(agency) => Ok(Some(agency)),
        None => kin::agency(step.connection, article),
    }
}

fn matters(step: &Step<'_>, statement: &str) -> Result<Vec<String>, Fault> {
    let mut select = step.connection.prepare_cached(
        "SELECT question || ' ' || stance FROM current_bearings WHERE statement = ?1
         ORDER BY question",
    )?;
    let rows = select.query_map([statement], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn matters_of(step: &Step<'_>, seq: i64) -> Result<Vec<String>, Fault> {
    let mut select = step.connection.prepare_cached(
        "SELECT b.question || ' ' || b.stance FROM statements s JOIN current_bearings b ON b.statement = s.id
         WHERE s.seq = ?1",
    )?;
    let rows = select.query_map([seq], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// True when two reports bear on questions, and on none in common.
fn apart(one: &[String], other: &[String]) -> bool {
    !one.is_empty() && !other.is_empty() && !one.iter().any(|matter| other.contains(matter))
}

/// Days since 1970.
fn days(date: Date) -> i64 {
    jiff::civil::date(1970, 1, 1).until(date).map_or(UNDATED, |span| i64::from(span.get_days()))
}

/// Reports under a key within days, the latest first; what has no date is near to all, and to all
/// of them it is one.
fn near(step: &Step<'_>, key: i64, day: i64, most: i64) -> Result<Vec<i64>, Fault> {
    let reach = i64::from(DAYS);
    let (from, to) = if day == UNDATED { (UNDATED, i64::MAX) } else { (day - reach, day + reach) };
    let mut select = step.connection.prepare_cached(
        "SELECT statement FROM origin_keys WHERE key = ?1 AND day BETWEEN ?2 AND ?3
         ORDER BY day DESC, statement DESC LIMIT ?4",
    )?;
    let mut found: Vec<i64> = select
        .query_map(params![key, from, to, most], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if day != UNDATED && found.is_empty() {
        found = select
            .query_map(params![key, UNDATED, UNDATED, 1], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
    }
    Ok(found)
}

/// The words of a statement's content.
fn content(step: &Step<'_>, seq: i64) -> Result<String, Fault> {
    let mut select =
        step.connection.prepare_cached("SELECT record FROM statements WHERE seq = ?1")?;
    let mut rows = select.query([seq])?;
    let Some(row) = rows.next()? else { return Ok(String::new()) };
    let statement: Statement = fetch::json(row, 0)?;
    Ok(statement.content.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" "))
}

fn origin_of(step: &Step<'_>, seq: i64) -> Result<i64, Fault> {
    Ok(step
        .connection
        .prepare_cached("SELECT origin FROM said WHERE statement = ?1")?
        .query_row([seq], |row| row.get(0))
        .optional()?
        .unwrap_or(seq))
}

/// Makes one origin of two; the earlier report stands for both.
fn join(step: &Step<'_>, from: i64, to: i64) -> Result<(), Fault> {
    step.connection
        .prepare_cached("UPDATE said SET origin = ?2 WHERE statement = ?1 OR (origin = ?1 AND origin <> statement)")?
        .execute([from, to])?;
    Ok(())
}
