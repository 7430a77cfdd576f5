//! Which reports trace to one first source.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use rusqlite::{OptionalExtension as _, params};
use sayso_link::{DAYS, Passage, Report, Why, content, credit, origin_keys};

use super::{
    New, Persons, Step,
    standings::{UNDATED, days},
};
use crate::{error::Fault, kin, record::Records};

/// Reports under one key that a new one is compared with; see [`sayso_link::origins`].
const NEAREST: usize = 16;

/// A report that a new one may copy.
struct Earlier {
    passage: Passage,
    matters: Vec<String>,
}

/// Joins the statements of a batch to the origins that are there.
pub(super) fn link(
    step: &Step<'_>,
    records: &mut Records<'_>,
    batch: &[New],
    persons: &Persons,
) -> Result<(), Fault> {
    let mut credits: BTreeMap<i64, Option<String>> = BTreeMap::new();
    let mut earlier: BTreeMap<i64, Earlier> = BTreeMap::new();
    for new in batch {
        if let Entry::Vacant(unknown) = credits.entry(new.article) {
            unknown.insert(credited(step, records, new.article)?);
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
        // A copy shares many keys with what it copies: each earlier report is looked at once.
        let mut looked: BTreeSet<i64> = BTreeSet::new();
        for (key, reason) in origin_keys(&report) {
            let key = key.cast_signed();
            let copies = reason == Why::Copied;
            let near = near(step, key, day, if copies { NEAREST } else { 1 })?;
            // The first report of a saying stands for it; see `sayso_link::origins`.
            let first = copies || near.is_empty();
            for other in near {
                if copies {
                    if !looked.insert(other) {
                        continue;
                    }
                    if let Entry::Vacant(unknown) = earlier.entry(other) {
                        unknown.insert(read(step, records, other)?);
                    }
                    let there = &earlier[&other];
                    if there.passage.copied(&report.passage).is_none()
                        || apart(&report.matters, &there.matters)
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
                        "INSERT OR IGNORE INTO origin_keys (week, key, day, statement)
                         VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute([week(day), key, day, new.seq])?;
            }
        }
        if let Some(why) = why {
            step.connection
                .prepare_cached("UPDATE said SET origin = ?2, why = ?3 WHERE statement = ?1")?
                .execute(params![new.seq, origin, why.word()])?;
        }
        let Report { passage, matters, .. } = report;
        earlier.insert(new.seq, Earlier { passage, matters });
    }
    Ok(())
}

/// Whose text an article is.
fn credited(
    step: &Step<'_>,
    records: &mut Records<'_>,
    article: i64,
) -> Result<Option<String>, Fault> {
    let byline: Option<String> = step
        .connection
        .prepare_cached("SELECT json_extract(record, '$.author') FROM articles WHERE seq = ?1")?
        .query_row([article], |row| row.get(0))?;
    // A copy without a credit line is still the agency's text.
    match credit(records.text(article)?, byline.as_deref(), step.names) {
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

/// What is compared of a report that came before.
fn read(step: &Step<'_>, records: &mut Records<'_>, seq: i64) -> Result<Earlier, Fault> {
    let mut select = step
        .connection
        .prepare_cached("SELECT article, id, record FROM statements WHERE seq = ?1")?;
    let mut rows = select.query([seq])?;
    let Some(row) = rows.next()? else {
        return Ok(Earlier { passage: Passage::default(), matters: Vec::new() });
    };
    let statement = records.row(row, 0)?;
    let passage = Passage::of(&content(&statement));
    Ok(Earlier { passage, matters: matters(step, &statement.id)? })
}

/// True when two reports bear on questions, and on none in common.
fn apart(one: &[String], other: &[String]) -> bool {
    !one.is_empty() && !other.is_empty() && !one.iter().any(|matter| other.contains(matter))
}

/// Keys of one week stand together in the table.
fn week(day: i64) -> i64 {
    day >> 3
}

/// Reports under a key within days, the latest first; what has no date is near to all, and to all
/// of them it is one.
fn near(step: &Step<'_>, key: i64, day: i64, most: usize) -> Result<Vec<i64>, Fault> {
    let reach = i64::from(DAYS);
    let mut found: Vec<i64> = Vec::new();
    if day == UNDATED {
        let mut weeks = step.connection.prepare_cached(
            "WITH RECURSIVE weeks (week) AS (
               SELECT max(week) FROM origin_keys
               UNION ALL SELECT (SELECT max(k.week) FROM origin_keys k WHERE k.week < weeks.week)
               FROM weeks WHERE weeks.week IS NOT NULL)
             SELECT week FROM weeks WHERE week IS NOT NULL",
        )?;
        let mut weeks = weeks.query([])?;
        while let (Some(week), true) = (weeks.next()?, found.len() < most) {
            within(step, week.get(0)?, key, (UNDATED, i64::MAX), most, &mut found)?;
        }
    } else {
        let (from, to) = (day - reach, day + reach);
        for week in (week(from)..=week(to)).rev() {
            within(step, week, key, (from, to), most, &mut found)?;
        }
        if found.is_empty() {
            within(step, week(UNDATED), key, (UNDATED, UNDATED), 1, &mut found)?;
        }
    }
    Ok(found)
}

/// Reports of one week under a key between two days, until there are enough.
fn within(
    step: &Step<'_>,
    week: i64,
    key: i64,
    (from, to): (i64, i64),
    most: usize,
    found: &mut Vec<i64>,
) -> Result<(), Fault> {
    let left = i64::try_from(most.saturating_sub(found.len())).unwrap_or(0);
    let mut select = step.connection.prepare_cached(
        "SELECT statement FROM origin_keys WHERE week = ?1 AND key = ?2 AND day BETWEEN ?3 AND ?4
         ORDER BY day DESC, statement DESC LIMIT ?5",
    )?;
    let rows = select.query_map([week, key, from, to, left], |row| row.get(0))?;
    for statement in rows {
        found.push(statement?);
    }
    Ok(())
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
    let members: Vec<i64> = step
        .connection
        .prepare_cached("SELECT statement FROM said WHERE origin = ?1 AND origin <> statement")?
        .query_map([from], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    step.moved(members.into_iter().chain([from]));
    step.connection
        .prepare_cached("UPDATE said SET origin = ?2 WHERE statement = ?1 OR (origin = ?1 AND origin <> statement)")?
        .execute([from, to])?;
    Ok(())
}
