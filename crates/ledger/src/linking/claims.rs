//! On which questions statements bear.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension as _, params};
use sayso_link::{
    Claim, IssueKey, IssueWords, Names, Path, Shape, Topic, ask as sentence, bearing, is_open,
    issue_bearing, plan, retensed, with_article,
};
use sayso_model::{Bearing, Question, Statement};

use super::{New, Step, issues};
use crate::{
    Relinked,
    add::revise,
    error::Fault,
    fetch,
    questions::{REASON, insert_bearing, insert_question, stance},
    record::Records,
};

/// Questions whose bearings changed; with the topic where it is known.
pub(crate) type Touched = BTreeMap<String, Option<Topic>>;

/// A row of `shapes`.
struct Row {
    id: i64,
    shape: Shape,
    plan: Plan,
}

type Plan = Vec<(Topic, Path)>;

/// Enters the claims of new statements, takes those of gone ones out, and says which statements
/// have to be looked at again: these, and those of shapes whose questions came or went.
pub(super) fn enter(
    step: &Step<'_>,
    records: &mut Records<'_>,
    batch: &[New],
    gone: &[(i64, String)],
) -> Result<BTreeSet<String>, Fault> {
    let mut again: BTreeSet<String> = BTreeSet::new();
    let mut groups: BTreeSet<String> = BTreeSet::new();
    for (seq, id) in gone {
        again.insert(id.clone());
        leave(step, records, *seq, &mut groups)?;
    }
    for new in batch {
        again.insert(new.statement.id.clone());
        for claim in sayso_link::claims(&new.statement, step.classes) {
            let (id, known) = shape(step, &claim.shape)?;
            if !known {
                groups.insert(claim.shape.group().to_owned());
            }
            step.connection
                .prepare_cached("INSERT OR IGNORE INTO claims (shape, statement) VALUES (?1, ?2)")?
                .execute([id, new.seq])?;
            for (part, name) in parts(&claim) {
                step.connection
                    .prepare_cached(
                        "INSERT INTO shape_names (shape, part, name, n) VALUES (?1, ?2, ?3, 1)
                         ON CONFLICT DO UPDATE SET n = n + 1",
                    )?
                    .execute(params![id, part, name])?;
            }
        }
    }
    for group in groups {
        let rows = rows(step, &group)?;
        let shapes: Vec<Shape> = rows.iter().map(|row| row.shape.clone()).collect();
        for (row, bears) in rows.iter().zip(plan(&shapes, step.classes)) {
            let now: Plan = bears.into_iter().collect();
            if now == row.plan {
                continue;
            }
            step.connection
                .prepare_cached("UPDATE shapes SET plan = ?2 WHERE id = ?1")?
                .execute(params![row.id, serde_json::to_string(&now)?])?;
            let mut select = step.connection.prepare_cached(
                "SELECT s.id FROM claims c JOIN statements s ON s.seq = c.statement WHERE c.shape = ?1",
            )?;
            for id in select.query_map([row.id], |row| row.get(0))? {
                again.insert(id?);
            }
        }
    }
    Ok(again)
}

/// Takes a statement's claims out; shapes that nothing has any more go.
fn leave(
    step: &Step<'_>,
    records: &mut Records<'_>,
    seq: i64,
    groups: &mut BTreeSet<String>,
) -> Result<(), Fault> {
    let mut select = step
        .connection
        .prepare_cached("SELECT article, id, record FROM statements WHERE seq = ?1")?;
    let mut rows = select.query([seq])?;
    let Some(row) = rows.next()? else { return Ok(()) };
    let statement = records.row(row, 0)?;
    for claim in sayso_link::claims(&statement, step.classes) {
        let (id, known) = shape(step, &claim.shape)?;
        let out = step
            .connection
            .prepare_cached("DELETE FROM claims WHERE shape = ?1 AND statement = ?2")?
            .execute([id, seq])?;
        if known && out > 0 {
            for (part, name) in parts(&claim) {
                step.connection
                    .prepare_cached(
                        "UPDATE shape_names SET n = n - 1
                         WHERE shape = ?1 AND part = ?2 AND name = ?3",
                    )?
                    .execute(params![id, part, name])?;
            }
        }
        let left: bool = step
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM claims WHERE shape = ?1)")?
            .query_row([id], |row| row.get(0))?;
        if !left {
            for sql in
                ["DELETE FROM shapes WHERE id = ?1", "DELETE FROM shape_names WHERE shape = ?1"]
            {
                step.connection.prepare_cached(sql)?.execute([id])?;
            }
            groups.insert(claim.shape.group().to_owned());
        }
    }
    Ok(())
}

fn parts(claim: &Claim) -> impl Iterator<Item = (&'static str, &String)> {
    [("actor", &claim.actor), ("target", &claim.target), ("threshold", &claim.threshold)]
        .into_iter()
        .filter_map(|(part, name)| Some((part, name.as_ref()?)))
}

/// A key is never empty, so that '' can stand for none.
fn or_empty(key: Option<&String>) -> &str {
    key.map(String::as_str).unwrap_or_default()
}

/// The id of a shape, and whether it was known.
fn shape(step: &Step<'_>, shape: &Shape) -> Result<(i64, bool), Fault> {
    let key = params![
        shape.group(),
        shape.class,
        or_empty(shape.actor.as_ref()),
        or_empty(shape.target.as_ref()),
        or_empty(shape.threshold.as_ref()),
        shape.denied
    ];
    let known = step
        .connection
        .prepare_cached(
            "SELECT id FROM shapes WHERE about = ?1 AND class = ?2 AND actor = ?3 AND target = ?4
             AND threshold = ?5 AND denied = ?6",
        )?
        .query_row(key, |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok((id, true));
    }
    let id = step
        .connection
        .prepare_cached(
            "INSERT INTO shapes (about, class, actor, target, threshold, denied, plan)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, '[]')",
        )?
        .insert(key)?;
    Ok((id, false))
}

fn rows(step: &Step<'_>, group: &str) -> Result<Vec<Row>, Fault> {
    let mut select = step.connection.prepare_cached(
        "SELECT id, class, actor, target, threshold, denied, plan FROM shapes WHERE about = ?1
         ORDER BY id",
    )?;
    let mut rows = select.query([group])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let key = |column: usize| -> rusqlite::Result<Option<String>> {
            Ok(Some(row.get::<_, String>(column)?).filter(|key| !key.is_empty()))
        };
        let shape = Shape {
            class: row.get(1)?,
            actor: key(2)?,
            target: key(3)?,
            threshold: key(4)?,
            denied: row.get(5)?,
        };
        found.push(Row { id: row.get(0)?, shape, plan: fetch::json(row, 6)? });
    }
    Ok(found)
}

/// Writes down on what each statement bears, where that is different from before.
pub(super) fn bear(
    step: &Step<'_>,
    records: &mut Records<'_>,
    statements: &BTreeSet<String>,
    batch: &[New],
    done: &mut Relinked,
) -> Result<Touched, Fault> {
    let known: BTreeMap<&str, &New> =
        batch.iter().map(|new| (new.statement.id.as_str(), new)).collect();
    let edits = Edits::new(step)?;
    let mut plans: BTreeMap<Shape, Plan> = BTreeMap::new();
    let mut touched = Touched::new();
    for id in statements {
        let stored;
        let (statement, seq) = if let Some(new) = known.get(id.as_str()) {
            step.moved([new.seq]);
            (Some(&new.statement), Some(new.seq))
        } else {
            stored = holds(step, records, id)?;
            step.moved(stored.iter().map(|(seq, _)| *seq));
            (stored.as_ref().map(|(_, statement)| statement), stored.as_ref().map(|(seq, _)| *seq))
        };
        let mut wanted: BTreeMap<String, (Bearing, Option<Topic>)> = BTreeMap::new();
        for claim in statement.map(|s| sayso_link::claims(s, step.classes)).unwrap_or_default() {
            if !plans.contains_key(&claim.shape) {
                plans.insert(claim.shape.clone(), stored_plan(step, &claim.shape)?);
            }
            for (topic, path) in &plans[&claim.shape] {
                let asked = topic.id();
                let question = edits.final_question(step, &asked, id)?;
                let own = (question == asked).then(|| topic.clone());
                wanted.entry(question).or_insert_with(|| (bearing(id, &claim, *path), own));
            }
            for question in edits.added(step, id)? {
                let claimed = || (bearing(id, &claim, Path::Same), None);
                wanted.entry(question).or_insert_with(claimed);
            }
        }
        if let (Some(statement), Some(seq)) = (statement, seq) {
            for asked in issues::asked(step, seq)? {
                // Whose own event has other participants has a question of its own.
                let own = topics_of(step, seq)?;
                let other = |topic: &Topic| {
                    own.iter().any(|own| own.class == topic.class && !topic.takes(own, step.words))
                };
                if asked.topic.as_ref().is_some_and(other) {
                    continue;
                }
                let question = edits.final_question(step, &asked.question, id)?;
                let topic = asked.topic.filter(|_| question == asked.question);
                let bearing = issue_bearing(id, statement, &asked.key, asked.tie);
                wanted.entry(question).or_insert((bearing, topic));
            }
        }
        for (question, seq, old) in bears(step, id)? {
            match wanted.remove(&question) {
                Some((new, _)) if new == old => {}
                Some((new, topic)) => {
                    let seq_new = insert_bearing(step.connection, &question, &new, step.at)?;
                    revise(step.connection, "bearing", seq, Some(seq_new), REASON, step.at)?;
                    (done.written, done.superseded) = (done.written + 1, done.superseded + 1);
                    touch(&mut touched, question, topic);
                }
                None => {
                    revise(step.connection, "bearing", seq, None, REASON, step.at)?;
                    done.superseded += 1;
                    touched.entry(question).or_default();
                }
            }
        }
        for (question, (new, topic)) in wanted {
            insert_bearing(step.connection, &question, &new, step.at)?;
            done.written += 1;
            touch(&mut touched, question, topic);
        }
    }
    Ok(touched)
}

/// Notes that a question's bearings changed; a topic that is known stays known.
fn touch(touched: &mut Touched, question: String, topic: Option<Topic>) {
    let known = touched.entry(question).or_default();
    *known = topic.or(known.take());
}

/// Looks again at some statements, after an edit of questions.
pub(crate) fn bear_again(
    step: &Step<'_>,
    statements: &BTreeSet<String>,
    done: &mut Relinked,
) -> Result<(), Fault> {
    let touched = bear(step, &mut Records::new(step.connection), statements, &[], done)?;
    ask(step, &touched, done)?;
    step.settle()
}

fn holds(
    step: &Step<'_>,
    records: &mut Records<'_>,
    id: &str,
) -> Result<Option<(i64, Statement)>, Fault> {
    let mut select = step
        .connection
        .prepare_cached("SELECT seq, article, id, record FROM current_statements WHERE id = ?1")?;
    let mut rows = select.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some((row.get(0)?, records.row(row, 1)?)))
}

fn stored_plan(step: &Step<'_>, wanted: &Shape) -> Result<Plan, Fault> {
    let plan: Option<String> = step
        .connection
        .prepare_cached(
            "SELECT plan FROM shapes WHERE about = ?1 AND class = ?2 AND actor = ?3 AND target = ?4
             AND threshold = ?5 AND denied = ?6",
        )?
        .query_row(
            params![
                wanted.group(),
                wanted.class,
                or_empty(wanted.actor.as_ref()),
                or_empty(wanted.target.as_ref()),
                or_empty(wanted.threshold.as_ref()),
                wanted.denied
            ],
            |row| row.get(0),
        )
        .optional()?;
    Ok(plan.map(|plan| serde_json::from_str(&plan)).transpose()?.unwrap_or_default())
}

fn bears(step: &Step<'_>, statement: &str) -> Result<Vec<(String, i64, Bearing)>, Fault> {
    let mut select = step.connection.prepare_cached(
        "SELECT question, seq, stance, low, high, reason FROM current_bearings WHERE statement = ?1",
    )?;
    let rows = select.query_map([statement], |row| {
        let bearing = Bearing {
            statement: statement.to_owned(),
            stance: stance(row, 2)?,
            low: row.get(3)?,
            high: row.get(4)?,
            reason: row.get(5)?,
        };
        Ok((row.get(0)?, row.get(1)?, bearing))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes down the sentences of questions on which something new bears, and withdraws those on
/// which nothing does any more.
pub(super) fn ask(step: &Step<'_>, touched: &Touched, done: &mut Relinked) -> Result<(), Fault> {
    let mut groups: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for (id, topic) in touched {
        let bears: bool = step
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM current_bearings WHERE question = ?1)")?
            .query_row([id], |row| row.get(0))?;
        let old = current(step, id)?;
        if !bears {
            if let Some((seq, _)) = old {
                revise(step.connection, "question", seq, None, REASON, step.at)?;
                done.superseded += 1;
            }
            continue;
        }
        if let Some((key, text)) = issues::text_of(step, id)? {
            let text = renamed(step, id)?.unwrap_or(text);
            write_down(step, old.as_ref(), &issue_question(id, &key, text, step.words), done)?;
            continue;
        }
        let Some(topic) = topic else { continue };
        let group = topic.target.clone().unwrap_or_default();
        if !groups.contains_key(&group) {
            groups.insert(group.clone(), rows(step, &group)?);
        }
        let mut names = Names::default();
        for row in &groups[&group] {
            let own = |(other, path): &(Topic, Path)| {
                other == topic && matches!(path, Path::Same | Path::NoActor)
            };
            if row.plan.iter().any(own) {
                count(step, row.id, &mut names)?;
            }
        }
        let mut new = sentence(topic, &names, step.classes);
        for name in [&new.actor, &new.target].into_iter().flatten() {
            let better = with_article(name, step.words);
            if better != *name && !new.text.contains(&better) {
                new.text = new.text.replacen(name.as_str(), &better, 1);
                new.criteria = new.criteria.map(|text| text.replace(name.as_str(), &better));
            }
        }
        if !newest_is_open(step, id)? {
            new.text = retensed(&new.text, step.words);
        }
        if let Some(text) = renamed(step, id)? {
            new.text = text;
        }
        write_down(step, old.as_ref(), &new, done)?;
    }
    Ok(())
}

/// Writes down what a question is now, where that is different from before.
fn write_down(
    step: &Step<'_>,
    old: Option<&(i64, Question)>,
    new: &Question,
    done: &mut Relinked,
) -> Result<(), Fault> {
    if old.is_some_and(|(_, old)| old == new) {
        return Ok(());
    }
    let seq = insert_question(step.connection, new, step.at)?;
    done.written += 1;
    if let Some((old, _)) = old {
        revise(step.connection, "question", *old, Some(seq), REASON, step.at)?;
        done.superseded += 1;
    }
    Ok(())
}

fn issue_question(id: &str, key: &IssueKey, text: String, words: &IssueWords) -> Question {
    let class = words.written(&text, &key.concept).map(str::to_lowercase);
    let target = words.written(&text, &key.participant).map(str::to_owned);
    Question {
        id: id.to_owned(),
        class: class.unwrap_or_else(|| key.concept.clone()),
        actor: None,
        target: Some(target.unwrap_or_else(|| key.participant.clone())),
        text,
        criteria: None,
        bearings: Vec::new(),
    }
}

/// The questions that a statement's own claims make.
pub(super) fn topics_of(step: &Step<'_>, statement: i64) -> Result<Vec<Topic>, Fault> {
    let mut select = step.connection.prepare_cached(
        "SELECT s.plan FROM claims c JOIN shapes s ON s.id = c.shape WHERE c.statement = ?1",
    )?;
    let rows = select.query_map([statement], |row| row.get::<_, String>(0))?;
    let mut topics = Vec::new();
    for plan in rows {
        let plan: Plan = serde_json::from_str(&plan?)?;
        topics.extend(plan.into_iter().filter(|(_, path)| issues::is_own(*path)).map(|(t, _)| t));
    }
    Ok(topics)
}

/// Whether the newest statement on a question told of something that was open then.
fn newest_is_open(step: &Step<'_>, question: &str) -> Result<bool, Fault> {
    let mut select = step.connection.prepare_cached(
        "SELECT s.article, s.id, s.record FROM current_bearings b JOIN current_statements s ON s.id = b.statement
         WHERE b.question = ?1 ORDER BY s.date DESC, s.id DESC LIMIT 1",
    )?;
    let mut rows = select.query([question])?;
    let Some(row) = rows.next()? else { return Ok(true) };
    Ok(is_open(&Records::new(step.connection).row(row, 0)?))
}

fn count(step: &Step<'_>, shape: i64, names: &mut Names) -> Result<(), Fault> {
    let mut select = step
        .connection
        .prepare_cached("SELECT part, name, n FROM shape_names WHERE shape = ?1 AND n > 0")?;
    let mut rows = select.query([shape])?;
    while let Some(row) = rows.next()? {
        let spellings = match row.get_ref(0)?.as_str().unwrap_or_default() {
            "actor" => &mut names.actor,
            "target" => &mut names.target,
            _ => &mut names.threshold,
        };
        *spellings.entry(row.get(1)?).or_default() += row.get::<_, i64>(2)?.unsigned_abs();
    }
    Ok(())
}

/// The question's record that holds, without bearings.
pub(crate) fn current(step: &Step<'_>, id: &str) -> Result<Option<(i64, Question)>, Fault> {
    Ok(step
        .connection
        .prepare_cached(
            "SELECT seq, id, text, class, actor, target, criteria FROM current_questions WHERE id = ?1",
        )?
        .query_row([id], |row| {
            let question = Question {
                id: row.get(1)?,
                text: row.get(2)?,
                class: row.get(3)?,
                actor: row.get(4)?,
                target: row.get(5)?,
                criteria: row.get(6)?,
                bearings: Vec::new(),
            };
            Ok((row.get(0)?, question))
        })
        .optional()?)
}

/// The edit of `edits` that is not undone.
const STANDS: &str = "NOT EXISTS (SELECT 1 FROM edits u WHERE u.action = 'undo'
                      AND u.question = e.question AND u.other = CAST(e.seq AS TEXT))";

fn renamed(step: &Step<'_>, id: &str) -> Result<Option<String>, Fault> {
    let select = format!(
        "SELECT text FROM edits e WHERE question = ?1 AND action = 'rename' AND {STANDS}
         ORDER BY seq DESC LIMIT 1"
    );
    Ok(step.connection.prepare_cached(&select)?.query_row([id], |row| row.get(0)).optional()?)
}

/// What people decided about questions; most ledgers have no such row, and none is looked for then.
struct Edits {
    any: bool,
}

/// Merges that follow one another; more are a mistake, and the last one counts.
const FARTHEST: usize = 32;

impl Edits {
    fn new(step: &Step<'_>) -> Result<Self, Fault> {
        let select = "SELECT EXISTS (SELECT 1 FROM edits)";
        Ok(Self { any: step.connection.query_row(select, [], |row| row.get(0))? })
    }

    /// The question that a statement bears on instead of `asked`.
    fn final_question(
        &self,
        step: &Step<'_>,
        asked: &str,
        statement: &str,
    ) -> Result<String, Fault> {
        let mut question = asked.to_owned();
        if !self.any {
            return Ok(question);
        }
        let select = format!(
            "SELECT other FROM edits e WHERE question = ?1
             AND (action = 'merge' OR (action = 'split' AND statement = ?2)) AND {STANDS}
             ORDER BY action = 'split' DESC, seq DESC LIMIT 1"
        );
        let mut select = step.connection.prepare_cached(&select)?;
        for _ in 0..FARTHEST {
            let next: Option<String> =
                select.query_row([question.as_str(), statement], |row| row.get(0)).optional()?;
            match next {
                Some(next) if next != question => question = next,
                _ => break,
            }
        }
        Ok(question)
    }

    /// Questions that a person put a statement on.
    fn added(&self, step: &Step<'_>, statement: &str) -> Result<Vec<String>, Fault> {
        if !self.any {
            return Ok(Vec::new());
        }
        let select = format!(
            "SELECT question FROM edits e WHERE action = 'new' AND statement = ?1 AND {STANDS}"
        );
        let mut select = step.connection.prepare_cached(&select)?;
        let rows = select.query_map([statement], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
