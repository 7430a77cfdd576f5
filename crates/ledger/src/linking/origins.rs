//! Which reports trace to one first source.
//!
//! What a holder says is the holder's: one column says so. Reports that nobody holds are looked at
//! with those that they meet under their keys, as far as that reaches; the earliest of them stands
//! for all, whichever came in first.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension as _, params};
use sayso_link::{
    DAYS, Report, Why, credit, holder_origin, is_copy, name_roles, origin_keys, unheld_origin,
};

use super::{
    New, Step,
    standings::{UNDATED, days},
};
use crate::{
    error::Fault,
    kin,
    record::{Records, number},
};

/// Reports under one key that a new one is compared with: a phrase that everybody uses has more.
const MAX_UNDER_ONE_KEY: i64 = 64;
/// Reports of one unheld source that are followed from one to the next.
const MAX_FOLLOWED: usize = 4096;

/// A report with its place in the ledger.
#[derive(Debug, Clone)]
struct Placed {
    seq: i64,
    day: i64,
    report: Report,
}

/// Gives the statements of a batch, and those whose speaker has changed, their origins.
pub(super) fn link(
    step: &Step<'_>,
    records: &mut Records<'_>,
    batch: &[New],
    gone: &[(i64, String)],
) -> Result<(), Fault> {
    let mut articles: BTreeSet<i64> = batch.iter().map(|new| new.article).collect();
    let mut unheld: BTreeSet<i64> = BTreeSet::new();
    for (seq, _) in gone {
        articles.extend(article_of(step, *seq)?);
        if let Some(one) = placed(step, records, *seq)? {
            unheld.extend(met(step, records, &one)?.into_iter().map(|(other, ..)| other));
        }
        forget(step, *seq)?;
    }
    let moved: Vec<i64> = step.moved.borrow().iter().copied().collect();
    for seq in moved {
        articles.extend(article_of(step, seq)?);
    }
    let mut all: Vec<Placed> = Vec::new();
    for article in articles {
        all.extend(of_article(step, records, article)?);
    }
    for one in &all {
        forget(step, one.seq)?;
        for (key, _) in origin_keys(&one.report) {
            step.connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO origin_keys (week, key, day, statement, held)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    week(one.day),
                    key.cast_signed(),
                    one.day,
                    one.seq,
                    one.report.holder.is_some()
                ])?;
        }
    }
    for one in &all {
        match &one.report.holder {
            Some(holder) => {
                write(step, one.seq, &holder_origin(holder), Some(Why::Holder))?;
                let met = met(step, records, one)?.into_iter();
                unheld.extend(met.filter(|(_, why, _)| *why == Why::Copied).map(|(o, ..)| o));
            }
            None => {
                unheld.insert(one.seq);
            }
        }
    }
    while let Some(seq) = unheld.first().copied() {
        for done in follow(step, records, seq)? {
            unheld.remove(&done);
        }
        unheld.remove(&seq);
    }
    Ok(())
}

/// Follows an unheld report to all that it belongs with, and gives them one origin.
fn follow(step: &Step<'_>, records: &mut Records<'_>, seq: i64) -> Result<BTreeSet<i64>, Fault> {
    let mut known: BTreeSet<i64> = BTreeSet::from([seq]);
    let mut open: Vec<i64> = vec![seq];
    let mut members: Vec<Placed> = Vec::new();
    let mut why: BTreeMap<i64, Why> = BTreeMap::new();
    let mut sources: Vec<Placed> = Vec::new();
    while let Some(seq) = open.pop() {
        let Some(one) = placed(step, records, seq)? else { continue };
        if one.report.holder.is_some() {
            continue;
        }
        for (other, reason, held) in met(step, records, &one)? {
            // The plainest of its reasons, whichever neighbour came in first.
            why.entry(seq).and_modify(|known| *known = reason.min(*known)).or_insert(reason);
            if held {
                sources.extend(placed(step, records, other)?);
            } else if known.len() < MAX_FOLLOWED && known.insert(other) {
                open.push(other);
            }
        }
        members.push(one);
    }
    let first = |reports: &[Placed]| -> Option<Report> {
        let earliest = reports
            .iter()
            .min_by_key(|one| (one.day == UNDATED, one.day, one.report.statement.clone()));
        earliest.map(|one| one.report.clone())
    };
    let Some(earliest) = first(&members) else { return Ok(known) };
    let source = first(&sources).and_then(|report| report.holder);
    let origin = unheld_origin(&earliest.statement, source.as_deref());
    for one in &members {
        let reason = why.get(&one.seq).copied().filter(|_| members.len() > 1 || source.is_some());
        write(step, one.seq, &origin, reason)?;
    }
    Ok(known)
}

/// The reports that a report meets within days and belongs with: which, why, and whether somebody
/// holds them.
fn met(
    step: &Step<'_>,
    records: &mut Records<'_>,
    one: &Placed,
) -> Result<Vec<(i64, Why, bool)>, Fault> {
    let reach = i64::from(DAYS);
    let (from, to) = match one.day {
        UNDATED => (UNDATED, UNDATED),
        day => ((day - reach).max(0), day + reach),
    };
    let mut found: BTreeMap<i64, (Why, bool)> = BTreeMap::new();
    for (key, why) in origin_keys(&one.report) {
        for week in week(from)..=week(to) {
            let mut select = step.connection.prepare_cached(
                "SELECT statement, held FROM origin_keys
                 WHERE week = ?1 AND key = ?2 AND day BETWEEN ?3 AND ?4 AND statement <> ?5
                 ORDER BY day, statement LIMIT ?6",
            )?;
            let key = key.cast_signed();
            let rows = select
                .query_map([week, key, from, to, one.seq, MAX_UNDER_ONE_KEY], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?
                .collect::<rusqlite::Result<Vec<(i64, bool)>>>()?;
            for (other, held) in rows {
                if one.report.holder.is_some() && held || found.contains_key(&other) {
                    continue;
                }
                if why == Why::Copied {
                    let Some(theirs) = placed(step, records, other)? else { continue };
                    if !is_copy(&one.report, &theirs.report) {
                        continue;
                    }
                }
                found.insert(other, (why, held));
            }
        }
    }
    Ok(found.into_iter().map(|(other, (why, held))| (other, why, held)).collect())
}

fn forget(step: &Step<'_>, seq: i64) -> Result<(), Fault> {
    let delete = "DELETE FROM origin_keys WHERE statement = ?1";
    step.connection.prepare_cached(delete)?.execute([seq])?;
    Ok(())
}

fn write(step: &Step<'_>, seq: i64, origin: &str, why: Option<Why>) -> Result<(), Fault> {
    let changed = step
        .connection
        .prepare_cached(
            "UPDATE said SET origin = ?2, why = ?3
             WHERE statement = ?1 AND (origin <> ?2 OR why IS NOT ?3)",
        )?
        .execute(params![seq, number(origin), why.map(Why::word)])?;
    if changed > 0 {
        step.moved([seq]);
    }
    Ok(())
}

fn article_of(step: &Step<'_>, seq: i64) -> Result<Option<i64>, Fault> {
    let select = "SELECT article FROM statements WHERE seq = ?1";
    let mut select = step.connection.prepare_cached(select)?;
    Ok(select.query_row([seq], |row| row.get(0)).optional()?)
}

/// A statement that holds, as its article shows it.
fn placed(step: &Step<'_>, records: &mut Records<'_>, seq: i64) -> Result<Option<Placed>, Fault> {
    let Some(article) = article_of(step, seq)? else { return Ok(None) };
    let all = of_article(step, records, article)?;
    Ok(all.into_iter().find(|one| one.seq == seq))
}

/// The reports of an article, with the holders whom it names.
fn of_article(
    step: &Step<'_>,
    records: &mut Records<'_>,
    article: i64,
) -> Result<Vec<Placed>, Fault> {
    let credit = credited(step, records, article)?;
    let mut select = step.connection.prepare_cached(
        "SELECT s.seq, s.article, s.id, s.record, l.person FROM current_statements s
         JOIN said l ON l.statement = s.seq WHERE s.article = ?1 ORDER BY s.id",
    )?;
    let mut rows = select.query([article])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let statement = records.row(row, 1)?;
        let report = Report::of(&statement, row.get(4)?, credit.as_deref(), step.names);
        let day = report.date.map_or(UNDATED, days);
        found.push(Placed { seq: row.get(0)?, day, report });
    }
    let mut reports: Vec<Report> = found.iter().map(|one| one.report.clone()).collect();
    name_roles(&mut reports);
    for (one, report) in found.iter_mut().zip(reports) {
        one.report = report;
    }
    Ok(found)
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

/// Keys of one week stand together in the table.
fn week(day: i64) -> i64 {
    day >> 3
}
