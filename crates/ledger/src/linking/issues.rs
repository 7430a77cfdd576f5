//! Issues of statements, and the questions that they become. What an issue is: [`sayso_link::issues`].
//!
//! Whether a statement belongs to an issue hangs on its own article and, for statements alike, on one
//! other statement, so that adding an article looks at no more than that. Which issues are asked
//! hangs on their members alone. So no order of the articles makes a difference.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension as _, params};
use sayso_link::{
    ALIKE_DAYS, IssueKey, Outline, Path, Tie, Topic, is_open, issue_sentence, issues,
};
use sayso_model::Statement;

use super::{
    New, Step, claims,
    standings::{UNDATED, days},
};
use crate::{error::Fault, record::Records};

/// Statements under one key that are looked at: a phrase that everybody uses has more.
const MAX_CANDIDATES: usize = 64;
/// Owners of an issue whose words are tried for its sentence.
const MAX_OWNERS: i64 = 32;
/// Members up to which an issue is compared with those that it shares members with.
const MAX_COMPARED: usize = 512;

fn number(tie: Tie) -> i64 {
    match tie {
        Tie::Own => 0,
        Tie::Mention => 1,
        Tie::Alike => 2,
    }
}

/// A statement of an article that is looked at.
struct Seen {
    seq: i64,
    day: i64,
    outline: Outline,
}

/// Enters the issues of the articles of a batch and of statements that are gone, and says (by id)
/// which statements bear on other questions than before.
pub(super) fn enter(
    step: &Step<'_>,
    records: &mut Records<'_>,
    batch: &[New],
    gone: &[(i64, String)],
) -> Result<BTreeSet<String>, Fault> {
    let mut touched: BTreeSet<i64> = BTreeSet::new();
    let mut articles: BTreeSet<i64> = batch.iter().map(|new| new.article).collect();
    let mut loose: BTreeSet<i64> = BTreeSet::new();
    for (seq, _) in gone {
        if let Some(article) = article_of(step, *seq)? {
            articles.insert(article);
        }
        loose.extend(alike_of(step, *seq)?);
        forget(step, *seq, &mut touched)?;
    }
    // Who somebody is decides how many speak of an issue.
    for seq in step.moved.borrow().iter() {
        touched.extend(issues_of(step, *seq)?);
    }
    let mut seen: Vec<(i64, Vec<Seen>)> = Vec::new();
    for article in &articles {
        let statements = of_article(step, records, *article)?;
        seen.push((*article, statements));
    }
    for (_, statements) in &seen {
        for one in statements {
            loose.extend(alike_of(step, one.seq)?);
            forget(step, one.seq, &mut touched)?;
        }
        let outlines: Vec<Outline> = statements.iter().map(|one| one.outline.clone()).collect();
        for (one, found) in statements.iter().zip(issues(&outlines)) {
            for (key, tie) in found {
                put(step, &key, one.seq, tie, &mut touched)?;
            }
            for key in one.outline.likeness_keys() {
                step.connection
                    .prepare_cached(
                        "INSERT OR IGNORE INTO likenesses (week, key, day, statement)
                         VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute([week(one.day), key.cast_signed(), one.day, one.seq])?;
            }
        }
    }
    for (article, statements) in &seen {
        for one in statements {
            join_alike(step, records, *article, one, &mut touched)?;
            loose.remove(&one.seq);
        }
    }
    // What was alike to something that is gone or has changed.
    for seq in loose {
        let Some(article) = article_of(step, seq)? else { continue };
        let Some(one) = one(step, records, seq)? else { continue };
        join_alike(step, records, article, &one, &mut touched)?;
    }
    settle(step, records, &touched)
}

fn week(day: i64) -> i64 {
    day >> 3
}

fn article_of(step: &Step<'_>, seq: i64) -> Result<Option<i64>, Fault> {
    let select = "SELECT article FROM statements WHERE seq = ?1";
    Ok(step.connection.prepare_cached(select)?.query_row([seq], |row| row.get(0)).optional()?)
}

fn seen(step: &Step<'_>, seq: i64, statement: &Statement) -> Seen {
    let published = statement.article.published.as_deref().and_then(|day| day.get(..10));
    let day = published.and_then(|day| day.parse().ok()).map_or(UNDATED, days);
    Seen { seq, day, outline: Outline::of(statement, step.words) }
}

fn of_article(
    step: &Step<'_>,
    records: &mut Records<'_>,
    article: i64,
) -> Result<Vec<Seen>, Fault> {
    let mut select = step.connection.prepare_cached(
        "SELECT seq, article, id, record FROM current_statements WHERE article = ?1 ORDER BY id",
    )?;
    let mut rows = select.query([article])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let statement = records.row(row, 1)?;
        found.push(seen(step, row.get(0)?, &statement));
    }
    Ok(found)
}

fn one(step: &Step<'_>, records: &mut Records<'_>, seq: i64) -> Result<Option<Seen>, Fault> {
    Ok(statement(step, records, seq)?.map(|statement| seen(step, seq, &statement)))
}

/// A statement that holds.
fn statement(
    step: &Step<'_>,
    records: &mut Records<'_>,
    seq: i64,
) -> Result<Option<Statement>, Fault> {
    let mut select = step
        .connection
        .prepare_cached("SELECT article, id, record FROM current_statements WHERE seq = ?1")?;
    let mut rows = select.query([seq])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(records.row(row, 0)?))
}

fn issues_of(step: &Step<'_>, statement: i64) -> Result<Vec<i64>, Fault> {
    numbers(step, "SELECT issue FROM issue_members WHERE statement = ?1", statement)
}

fn members(step: &Step<'_>, issue: i64) -> Result<BTreeSet<i64>, Fault> {
    let select = "SELECT statement FROM issue_members WHERE issue = ?1";
    Ok(numbers(step, select, issue)?.into_iter().collect())
}

fn numbers(step: &Step<'_>, select: &str, key: i64) -> Result<Vec<i64>, Fault> {
    let mut select = step.connection.prepare_cached(select)?;
    let rows = select.query_map([key], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Statements that came to a statement's own issues by being alike.
fn alike_of(step: &Step<'_>, statement: i64) -> Result<Vec<i64>, Fault> {
    numbers(
        step,
        "SELECT m.statement FROM issue_members o JOIN issue_members m ON m.issue = o.issue AND m.tie = 2
         WHERE o.statement = ?1 AND o.tie = 0",
        statement,
    )
}

/// Takes a statement out of its issues, with those that were alike to it: they are joined again.
fn forget(step: &Step<'_>, statement: i64, touched: &mut BTreeSet<i64>) -> Result<(), Fault> {
    let own = "SELECT issue FROM issue_members WHERE statement = ?1 AND tie = 0";
    for issue in numbers(step, own, statement)? {
        step.connection
            .prepare_cached("DELETE FROM issue_members WHERE issue = ?1 AND tie = 2")?
            .execute([issue])?;
    }
    touched.extend(issues_of(step, statement)?);
    for delete in [
        "DELETE FROM issue_members WHERE statement = ?1",
        "DELETE FROM likenesses WHERE statement = ?1",
    ] {
        step.connection.prepare_cached(delete)?.execute([statement])?;
    }
    Ok(())
}

fn put(
    step: &Step<'_>,
    key: &IssueKey,
    statement: i64,
    tie: Tie,
    touched: &mut BTreeSet<i64>,
) -> Result<(), Fault> {
    let issue = key.number().cast_signed();
    step.connection
        .prepare_cached(
            "INSERT OR IGNORE INTO issues (issue, key, question, text, topic, repeats)
             VALUES (?1, ?2, '', '', '', 0)",
        )?
        .execute(params![issue, serde_json::to_string(key)?])?;
    join(step, issue, statement, tie, touched)
}

fn join(
    step: &Step<'_>,
    issue: i64,
    statement: i64,
    tie: Tie,
    touched: &mut BTreeSet<i64>,
) -> Result<(), Fault> {
    let changed = step
        .connection
        .prepare_cached(
            "INSERT INTO issue_members (issue, statement, tie) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET tie = excluded.tie WHERE excluded.tie < tie",
        )?
        .execute([issue, statement, number(tie)])?;
    if changed > 0 {
        touched.insert(issue);
    }
    Ok(())
}

/// Joins a statement to the issues of those that are alike, and these to its own.
fn join_alike(
    step: &Step<'_>,
    records: &mut Records<'_>,
    article: i64,
    one: &Seen,
    touched: &mut BTreeSet<i64>,
) -> Result<(), Fault> {
    let mut candidates: BTreeSet<i64> = BTreeSet::new();
    let reach = i64::from(ALIKE_DAYS);
    let (from, to) = match one.day {
        UNDATED => (UNDATED, UNDATED),
        day => (day - reach, day + reach),
    };
    for key in one.outline.likeness_keys() {
        for week in week(from)..=week(to) {
            let mut select = step.connection.prepare_cached(
                "SELECT statement FROM likenesses
                 WHERE week = ?1 AND key = ?2 AND day BETWEEN ?3 AND ?4 ORDER BY day, statement",
            )?;
            let rows = select.query_map([week, key.cast_signed(), from, to], |row| row.get(0))?;
            for other in rows.take(MAX_CANDIDATES) {
                candidates.insert(other?);
            }
        }
    }
    let own = "SELECT issue FROM issue_members WHERE statement = ?1 AND tie = 0";
    for other in candidates {
        if other == one.seq || article_of(step, other)? == Some(article) {
            continue;
        }
        let Some(statement) = statement(step, records, other)? else { continue };
        if !one.outline.is_alike(&Outline::of(&statement, step.words)) {
            continue;
        }
        for issue in numbers(step, own, other)? {
            join(step, issue, one.seq, Tie::Alike, touched)?;
        }
        for issue in numbers(step, own, one.seq)? {
            join(step, issue, other, Tie::Alike, touched)?;
        }
    }
    Ok(())
}

/// What an issue has become.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct State {
    question: String,
    text: String,
    topic: Option<Topic>,
}

/// Decides anew on the issues that were touched and on those that share members with them.
fn settle(
    step: &Step<'_>,
    records: &mut Records<'_>,
    touched: &BTreeSet<i64>,
) -> Result<BTreeSet<String>, Fault> {
    let mut all = touched.clone();
    let mut again: BTreeSet<i64> = BTreeSet::new();
    for issue in touched {
        let members = members(step, *issue)?;
        if members.is_empty() {
            step.connection
                .prepare_cached("DELETE FROM issues WHERE issue = ?1")?
                .execute([issue])?;
            continue;
        }
        for member in &members {
            all.extend(issues_of(step, *member)?);
        }
        let new = state(step, records, *issue, &members)?;
        let topic = new.topic.as_ref().map(serde_json::to_string).transpose()?;
        let topic = topic.unwrap_or_default();
        step.connection
            .prepare_cached(
                "UPDATE issues SET question = ?2, text = ?3, topic = ?4 WHERE issue = ?1",
            )?
            .execute(params![issue, new.question, new.text, topic])?;
        again.extend(members);
    }
    for issue in &all {
        let members = members(step, *issue)?;
        let repeats = repeats(step, *issue, &members)?;
        let changed = step
            .connection
            .prepare_cached("UPDATE issues SET repeats = ?2 WHERE issue = ?1 AND repeats <> ?2")?
            .execute(params![issue, repeats])?;
        if changed > 0 {
            again.extend(members);
        }
    }
    let mut ids = BTreeSet::new();
    for seq in again {
        let select = "SELECT id FROM statements WHERE seq = ?1";
        ids.insert(step.connection.prepare_cached(select)?.query_row([seq], |row| row.get(0))?);
    }
    Ok(ids)
}

/// The issue taken for itself.
fn state(
    step: &Step<'_>,
    records: &mut Records<'_>,
    issue: i64,
    members: &BTreeSet<i64>,
) -> Result<State, Fault> {
    if members.len() < 2 {
        return Ok(State::default());
    }
    let Some(key) = key(step, issue)? else { return Ok(State::default()) };
    // A pack asks better: what mentions its event bears on its question, where there is one.
    if step.classes.get(&key.concept).is_some() {
        let mut topics: BTreeMap<Topic, usize> = BTreeMap::new();
        for owner in owners(step, issue)? {
            for topic in claims::topics_of(step, owner)? {
                *topics.entry(topic).or_default() += 1;
            }
        }
        // The one that most of them make, the first of equals.
        let most = topics.iter().min_by_key(|(topic, count)| (std::cmp::Reverse(**count), *topic));
        if let Some((topic, _)) = most {
            return Ok(State {
                question: topic.id(),
                text: String::new(),
                topic: Some(topic.clone()),
            });
        }
    }
    let (articles, holders): (i64, i64) = step
        .connection
        .prepare_cached(
            "SELECT count(DISTINCT s.article), count(DISTINCT coalesce(l.person, s.article))
             FROM issue_members m JOIN statements s ON s.seq = m.statement
             LEFT JOIN said l ON l.statement = m.statement WHERE m.issue = ?1",
        )?
        .query_row([issue], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if articles < 2 && holders < 2 {
        return Ok(State::default());
    }
    let open = match newest(step, issue)? {
        Some(seq) => statement(step, records, seq)?.is_some_and(|s| is_open(&s)),
        None => false,
    };
    for owner in owners(step, issue)?.into_iter().chain(alike_members(step, issue)?) {
        let Some(statement) = statement(step, records, owner)? else { continue };
        if let Some(text) = issue_sentence(&statement, open, step.words) {
            return Ok(State { question: key.question(), text, topic: None });
        }
    }
    Ok(State::default())
}

/// Whether another issue has all of its members and is asked too, or asks the same in the same
/// words and has more; of two that have the same, the one with the lesser key is asked.
fn repeats(step: &Step<'_>, issue: i64, members_of: &BTreeSet<i64>) -> Result<bool, Fault> {
    let own = stored(step, issue)?;
    let Some(first) = members_of.first() else { return Ok(false) };
    // What has no sentence of its own has a pack's.
    if own.text.is_empty() || members_of.len() > MAX_COMPARED {
        return Ok(false);
    }
    for other in issues_of(step, *first)? {
        let state = stored(step, other)?;
        if other == issue || state.question.is_empty() {
            continue;
        }
        let theirs = members(step, other)?;
        let prior = state.text.is_empty() || members_of.len() < theirs.len() || other < issue;
        if prior && members_of.is_subset(&theirs) {
            return Ok(true);
        }
    }
    // Both have their words from one statement.
    for shared in owners(step, issue)?.into_iter().chain(alike_members(step, issue)?) {
        for other in issues_of(step, shared)? {
            if other == issue || stored(step, other)?.text != own.text {
                continue;
            }
            let (mine, theirs) = (members_of.len(), members(step, other)?.len());
            if (theirs, issue) > (mine, other) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn stored(step: &Step<'_>, issue: i64) -> Result<State, Fault> {
    let select = "SELECT question, text FROM issues WHERE issue = ?1";
    let state = step
        .connection
        .prepare_cached(select)?
        .query_row([issue], |row| {
            Ok(State { question: row.get(0)?, text: row.get(1)?, topic: None })
        })
        .optional()?;
    Ok(state.unwrap_or_default())
}

fn key(step: &Step<'_>, issue: i64) -> Result<Option<IssueKey>, Fault> {
    let select = "SELECT key FROM issues WHERE issue = ?1";
    let key: Option<String> =
        step.connection.prepare_cached(select)?.query_row([issue], |row| row.get(0)).optional()?;
    Ok(key.map(|key| serde_json::from_str(&key)).transpose()?)
}

/// The statements whose own event the issue is, by date and id.
fn owners(step: &Step<'_>, issue: i64) -> Result<Vec<i64>, Fault> {
    tied(step, issue, Tie::Own)
}

/// The statements that say what an owner says in another article, by date and id.
fn alike_members(step: &Step<'_>, issue: i64) -> Result<Vec<i64>, Fault> {
    tied(step, issue, Tie::Alike)
}

fn tied(step: &Step<'_>, issue: i64, tie: Tie) -> Result<Vec<i64>, Fault> {
    let mut select = step.connection.prepare_cached(
        "SELECT m.statement FROM issue_members m JOIN statements s ON s.seq = m.statement
         WHERE m.issue = ?1 AND m.tie = ?3 ORDER BY s.date = '', s.date, s.id LIMIT ?2",
    )?;
    let rows = select.query_map([issue, MAX_OWNERS, number(tie)], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn newest(step: &Step<'_>, issue: i64) -> Result<Option<i64>, Fault> {
    let select = "SELECT m.statement FROM issue_members m JOIN statements s ON s.seq = m.statement
                  WHERE m.issue = ?1 ORDER BY s.date DESC, s.id DESC LIMIT 1";
    Ok(step.connection.prepare_cached(select)?.query_row([issue], |row| row.get(0)).optional()?)
}

/// A question that an issue of a statement has become, and how the statement came to it.
pub(super) struct Asked {
    pub(super) question: String,
    pub(super) key: IssueKey,
    pub(super) tie: Tie,
    /// The pack's question that the issue belongs to.
    pub(super) topic: Option<Topic>,
}

/// The questions that the issues of a statement have become.
pub(super) fn asked(step: &Step<'_>, statement: i64) -> Result<Vec<Asked>, Fault> {
    let mut select = step.connection.prepare_cached(
        "SELECT i.question, i.key, m.tie, i.topic FROM issue_members m JOIN issues i ON i.issue = m.issue
         WHERE m.statement = ?1 AND i.question <> '' AND i.repeats = 0 ORDER BY m.tie, i.key",
    )?;
    let mut rows = select.query([statement])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let tie = match row.get::<_, i64>(2)? {
            0 => Tie::Own,
            1 => Tie::Mention,
            _ => Tie::Alike,
        };
        let topic: String = row.get(3)?;
        let topic = (!topic.is_empty()).then(|| serde_json::from_str(&topic)).transpose()?;
        found.push(Asked { question: row.get(0)?, key: crate::fetch::json(row, 1)?, tie, topic });
    }
    Ok(found)
}

/// The sentence and the key of an issue's question.
pub(super) fn text_of(
    step: &Step<'_>,
    question: &str,
) -> Result<Option<(IssueKey, String)>, Fault> {
    let select = "SELECT key, text FROM issues WHERE question = ?1 AND text <> '' LIMIT 1";
    let mut select = step.connection.prepare_cached(select)?;
    let mut rows = select.query([question])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some((crate::fetch::json(row, 0)?, row.get(1)?)))
}

/// True for a path by which a claim's own words make a question.
pub(super) fn is_own(path: Path) -> bool {
    matches!(path, Path::Same | Path::NoActor)
}
