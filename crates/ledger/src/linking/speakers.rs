//! Who speaks, across articles.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, params};
use sayso_link::{Profile, block, context, meant, people};
use sayso_model::{Speaker, SpeakerKind, content_id};

use super::{New, Persons, Step, worry};
use crate::{error::Fault, record::Records};

/// Matters that are kept of a profile: the first it was met with. More than news tells of one name, so
/// that the order of articles makes no difference.
const MATTERS: usize = 512;
/// Articles in which an ambiguous name is looked at again when its bearers change.
const MAX_AGAIN: i64 = 2000;

/// A row of `profiles`.
struct Row {
    id: i64,
    speaker: String,
    person: String,
    others: Vec<String>,
    /// Day of the earliest article; '' for none.
    first: String,
    profile: Profile,
}

/// The statements of a batch by article, speaker and role, with what is spoken of around them.
type Met<'a> = BTreeMap<(i64, &'a str, &'a str), (Vec<&'a New>, BTreeSet<String>)>;

/// Enters the speakers of a batch and says who each statement is by.
pub(super) fn link(step: &Step<'_>, batch: &[New]) -> Result<Persons, Fault> {
    // One profile is met once an article, with all that the article says around it.
    let mut met: Met<'_> = BTreeMap::new();
    for new in batch {
        if let Some(speaker) = &new.statement.speaker {
            let role = speaker.role.as_deref().unwrap_or_default();
            let (statements, around) = met.entry((new.article, &speaker.id, role)).or_default();
            statements.push(new);
            around.extend(context(&new.statement));
        }
    }
    let mut blocks: BTreeSet<(String, SpeakerKind)> = BTreeSet::new();
    let mut profiles: Vec<(Vec<&New>, BTreeSet<String>, Option<i64>)> = Vec::new();
    for (_, (statements, around)) in met {
        let Some(speaker) = statements.first().and_then(|new| new.statement.speaker.as_ref())
        else {
            continue;
        };
        let profile = match block(speaker.kind, &speaker.name) {
            Some(block) => {
                let day = statements[0].statement.article.published.clone().unwrap_or_default();
                let id = enter(step, &block, speaker, &around, &day)?;
                blocks.insert((block, speaker.kind));
                Some(id)
            }
            None => None,
        };
        profiles.push((statements, around, profile));
    }
    for (block, kind) in &blocks {
        sort(step, block, *kind)?;
    }
    let mut persons = Persons::new();
    let mut insert = step.connection.prepare_cached(
        "INSERT INTO said (statement, profile, person, origin, worry, class)
         VALUES (?1, ?2, ?3, ?1, ?4, ?5)",
    )?;
    let class = |new: &New| new.statement.event.as_ref().map(|event| event.class.clone());
    for (statements, around, profile) in profiles {
        let person = match profile {
            Some(profile) => Some(person(step, profile, &around)?),
            None => statements[0].statement.speaker.as_ref().map(|speaker| speaker.id.clone()),
        };
        for new in statements {
            insert.execute(params![new.seq, profile, person, worry(&new.statement), class(new)])?;
            if let Some(person) = &person {
                persons.insert(new.seq, person.clone());
            }
        }
    }
    for (block, _) in &blocks {
        choose_again(step, block)?;
    }
    for new in batch.iter().filter(|new| new.statement.speaker.is_none()) {
        let worry = worry(&new.statement);
        insert.execute(params![new.seq, None::<i64>, None::<String>, worry, class(new)])?;
    }
    Ok(persons)
}

/// Notes that an article has a profile; its id.
fn enter(
    step: &Step<'_>,
    block: &str,
    speaker: &Speaker,
    around: &BTreeSet<String>,
    day: &str,
) -> Result<i64, Fault> {
    let role = speaker.role.as_deref().unwrap_or_default();
    let known: Option<(i64, String)> = step
        .connection
        .prepare_cached("SELECT id, context FROM profiles WHERE speaker = ?1 AND role = ?2")?
        .query_row([speaker.id.as_str(), role], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let mut matters: BTreeMap<String, u64> = match &known {
        Some((_, context)) => serde_json::from_str(context)?,
        None => BTreeMap::new(),
    };
    for key in around {
        if matters.len() < MATTERS || matters.contains_key(key) {
            *matters.entry(key.clone()).or_default() += 1;
        }
    }
    let matters = serde_json::to_string(&matters)?;
    if let Some((id, _)) = known {
        step.connection
            .prepare_cached(
                "UPDATE profiles SET articles = articles + 1, context = ?2,
                   first = CASE WHEN ?3 = '' THEN first WHEN first = '' THEN ?3 ELSE min(first, ?3) END,
                   last = max(last, ?3) WHERE id = ?1",
            )?
            .execute(params![id, matters, day])?;
        return Ok(id);
    }
    let id = step
        .connection
        .prepare_cached(
            "INSERT INTO profiles (block, kind, speaker, name, role, articles, context, first,
               last, person, others) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?7, '', '[]')",
        )?
        .insert(params![
            block,
            speaker.kind.word(),
            speaker.id,
            speaker.name,
            role,
            matters,
            day
        ])?;
    Ok(id)
}

/// Sorts the profiles of a block into people anew, and writes down each that changed.
fn sort(step: &Step<'_>, block: &str, kind: SpeakerKind) -> Result<(), Fault> {
    let rows = rows(step, "block", block)?;
    let profiles: Vec<Profile> = rows.iter().map(|row| row.profile.clone()).collect();
    let places = people(&profiles, kind, step.names);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        members.entry(place.speaker).or_default().push(index);
    }
    // Larger ones first: who is known best keeps the name's own id.
    let mut order: Vec<(&usize, &Vec<usize>)> = members.iter().collect();
    order.sort_by_key(|(speaker, members)| {
        let articles: u64 = members.iter().map(|i| profiles[*i].articles).sum();
        (std::cmp::Reverse(articles), **speaker)
    });
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut ids: BTreeMap<usize, String> = BTreeMap::new();
    for (speaker, members) in order {
        // The name under which the earliest article has them, whichever article came in first.
        let earliest = members.iter().min_by_key(|i| {
            let row = &rows[**i];
            (row.first.is_empty(), &row.first, &row.speaker, &profiles[**i].role)
        });
        let own = earliest.map(|i| rows[*i].speaker.clone()).unwrap_or_default();
        let id = if taken.contains(&own) {
            let role = members.iter().find_map(|i| profiles[*i].role.clone()).unwrap_or_default();
            content_id("p", &format!("{own} {role} {}", taken.len()))
        } else {
            own
        };
        taken.insert(id.clone());
        ids.insert(*speaker, id);
    }
    for (row, place) in rows.iter().zip(&places) {
        let pinned = pinned(step, &row.speaker, row.profile.role.as_deref())?;
        let person = pinned.clone().unwrap_or_else(|| ids[&place.speaker].clone());
        let others: Vec<&String> = match pinned {
            Some(_) => Vec::new(),
            None => place.others.iter().map(|other| &ids[other]).collect(),
        };
        if row.person == person && row.others.iter().eq(others.iter().copied()) {
            continue;
        }
        step.connection
            .prepare_cached("UPDATE profiles SET person = ?2, others = ?3 WHERE id = ?1")?
            .execute(params![row.id, person, serde_json::to_string(&others)?])?;
        if row.person != person && (person != row.speaker || !row.person.is_empty()) {
            let reason = if place.evidence.is_empty() { "the same name" } else { &place.evidence };
            note(step, &row.speaker, row.profile.role.as_deref(), &person, reason, None)?;
        }
        if !row.person.is_empty() && row.person != person {
            step.moved(said_by(step.connection, row.id)?);
            step.connection
                .prepare_cached("UPDATE said SET person = ?2 WHERE profile = ?1 AND person = ?3")?
                .execute(params![row.id, person, row.person])?;
        }
    }
    Ok(())
}

/// The statements of a profile.
pub(crate) fn said_by(connection: &Connection, profile: i64) -> Result<Vec<i64>, Fault> {
    let mut select = connection.prepare_cached("SELECT statement FROM said WHERE profile = ?1")?;
    let rows = select.query_map([profile], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Appends a merge.
pub(super) fn note(
    step: &Step<'_>,
    speaker: &str,
    role: Option<&str>,
    person: &str,
    reason: &str,
    reviewer: Option<&str>,
) -> Result<(), Fault> {
    step.connection
        .prepare_cached(
            "INSERT INTO merges (speaker, role, person, reason, reviewer, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![speaker, role.unwrap_or_default(), person, reason, reviewer, step.at])?;
    Ok(())
}

/// Who a reviewer said that a speaker is.
fn pinned(step: &Step<'_>, speaker: &str, role: Option<&str>) -> Result<Option<String>, Fault> {
    Ok(step
        .connection
        .prepare_cached(
            "SELECT person FROM merges WHERE speaker = ?1 AND role = ?2 AND reviewer IS NOT NULL
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([speaker, role.unwrap_or_default()], |row| row.get(0))
        .optional()?)
}

/// What an article speaks of around a name, and the statements under it with who said them so far.
type Bearers = (BTreeSet<String>, Vec<(i64, Option<String>)>);

/// Looks again at whom each article means by the ambiguous names of a block: what is known of their
/// bearers has changed.
fn choose_again(step: &Step<'_>, block: &str) -> Result<(), Fault> {
    for row in rows(step, "block", block)? {
        if row.others.is_empty() {
            continue;
        }
        let mut select = step.connection.prepare_cached(
            "SELECT s.article, s.id, s.record, s.seq, l.person FROM said l
             JOIN statements s ON s.seq = l.statement WHERE l.profile = ?1 LIMIT ?2",
        )?;
        let mut found = select.query(params![row.id, MAX_AGAIN])?;
        let mut records = Records::new(step.connection);
        let mut articles: BTreeMap<i64, Bearers> = BTreeMap::new();
        while let Some(one) = found.next()? {
            let statement = records.row(one, 0)?;
            let (around, statements) = articles.entry(one.get(0)?).or_default();
            around.extend(context(&statement));
            statements.push((one.get(3)?, one.get(4)?));
        }
        for (around, statements) in articles.into_values() {
            let person = person(step, row.id, &around)?;
            for (seq, known) in statements {
                if known.as_deref() == Some(person.as_str()) {
                    continue;
                }
                step.moved([seq]);
                step.connection
                    .prepare_cached("UPDATE said SET person = ?2 WHERE statement = ?1")?
                    .execute(params![seq, person])?;
            }
        }
    }
    Ok(())
}

/// Whom one article means by a profile.
fn person(step: &Step<'_>, profile: i64, around: &BTreeSet<String>) -> Result<String, Fault> {
    let (person, others): (String, String) = step
        .connection
        .prepare_cached("SELECT person, others FROM profiles WHERE id = ?1")?
        .query_row([profile], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if others == "[]" {
        return Ok(person);
    }
    let others: Vec<String> = serde_json::from_str(&others)?;
    let mut known: Vec<(String, Profile)> = Vec::new();
    for id in std::iter::once(person.clone()).chain(others) {
        let mut face = Profile::default();
        for row in rows(step, "person", &id)?.into_iter().filter(|row| row.others.is_empty()) {
            face.articles += row.profile.articles;
            for (key, articles) in row.profile.context {
                *face.context.entry(key).or_default() += articles;
            }
        }
        known.push((id, face));
    }
    let faces: Vec<&Profile> = known.iter().map(|(_, face)| face).collect();
    if !faces.iter().any(|face| around.iter().any(|key| face.context.contains_key(key))) {
        return Ok(person);
    }
    Ok(meant(around, &faces).and_then(|i| known.get(i)).map_or(person, |(id, _)| id.clone()))
}

fn rows(step: &Step<'_>, by: &str, value: &str) -> Result<Vec<Row>, Fault> {
    let mut select = step.connection.prepare_cached(&format!(
        "SELECT id, speaker, person, others, name, role, articles, context, first FROM profiles
         WHERE {by} = ?1 ORDER BY speaker, role",
    ))?;
    let mut rows = select.query([value])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let role: String = row.get(5)?;
        found.push(Row {
            id: row.get(0)?,
            speaker: row.get(1)?,
            person: row.get(2)?,
            others: crate::fetch::json(row, 3)?,
            first: row.get(8)?,
            profile: Profile {
                name: row.get(4)?,
                role: (!role.is_empty()).then_some(role),
                articles: row.get::<_, i64>(6)?.unsigned_abs(),
                context: crate::fetch::json(row, 7)?,
            },
        });
    }
    Ok(found)
}
