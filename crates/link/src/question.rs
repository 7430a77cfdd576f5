use std::collections::{BTreeMap, BTreeSet};

use sayso_model::{Bearing, Event, Kind, Question, Stance, Statement};
use sayso_statement::tables::place_key;

use crate::{
    class::{By, Class, Classes},
    reason,
    stance::{self, Reading},
};

/// The questions on which statements bear, in the order of their ids.
///
/// Statements whose events have the same class, actor and target form a question. A statement
/// whose class is an opposite by its pack bears the other way on the question about the same
/// target. A statement without an actor joins the question of its class and target when there is
/// exactly one; where there is none it asks whether "anyone" will. A demand says what should be
/// and bears on nothing, and so does an event of no pack: nobody could say what would decide it.
pub fn questions(statements: &[Statement], classes: &Classes) -> Vec<Question> {
    let mut claims = claims(statements, classes);
    let mut topics = topics(&claims);
    join_without_actor(&mut claims, &mut topics);
    join_opposites(&claims, classes, &mut topics);
    drop_mirrors(&claims, classes, &mut topics);
    let mut questions: Vec<Question> =
        topics.iter().map(|(key, topic)| question(key, topic, &claims, classes)).collect();
    questions.sort_by(|a, b| a.id.cmp(&b.id));
    questions
}

/// A statement with an event that a question can be made of.
struct Claim<'a> {
    statement: &'a Statement,
    event: &'a Event,
    class: &'a Class,
    rank: usize,
    actor: Option<String>,
    target: Option<String>,
    reading: Reading,
}

/// What tells questions apart: the rank of the class, then the names without what spellings of
/// one name differ in ([`place_key`]), so that "Kupyansk" and "Kupiansk" are one town. By target
/// first, so that the questions about one target are neighbours.
type Key = (usize, Option<String>, Option<String>);

/// A question that is being put together.
#[derive(Default)]
struct Topic {
    /// Claims of the class itself, as indices.
    own: Vec<usize>,
    /// What bears on it: the claim and how.
    bears: BTreeMap<usize, reason::Path>,
}

fn claims<'a>(statements: &'a [Statement], classes: &'a Classes) -> Vec<Claim<'a>> {
    let ranks: BTreeMap<&str, usize> =
        classes.0.iter().enumerate().map(|(rank, class)| (class.name.as_str(), rank)).collect();
    let mut claims: Vec<Claim<'_>> = statements
        .iter()
        .filter(|statement| statement.kind != Kind::Demand)
        .filter_map(|statement| {
            let event = statement.event.as_ref()?;
            let rank = *ranks.get(event.class.as_str())?;
            let class = classes.0.get(rank)?;
            let fold = |entity: &Option<sayso_model::Entity>| {
                entity.as_ref().map(|e| place_key(&e.name)).filter(|key| !key.is_empty())
            };
            let target = fold(&event.target).filter(|_| class.names_target());
            let actor = fold(&event.actor).filter(|_| class.names_actor());
            // "Will Ruritania capture?" is no question.
            if class.names_target() && target.is_none() {
                return None;
            }
            let reading = stance::read(statement);
            Some(Claim { statement, event, class, rank, actor, target, reading })
        })
        .collect();
    // The order of the articles' dates, undated ones last, then of the text.
    claims.sort_by_key(|claim| {
        let s = claim.statement;
        let place = s.content.first().map_or(0, |span| span.byte_start);
        (s.article.published.is_none(), &s.article.published, &s.article.id, place, &s.id)
    });
    claims
}

fn topics(claims: &[Claim<'_>]) -> BTreeMap<Key, Topic> {
    let mut topics: BTreeMap<Key, Topic> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        if claim.class.names_actor() && claim.actor.is_none() {
            continue;
        }
        let key = (claim.rank, claim.target.clone(), claim.actor.clone());
        let topic = topics.entry(key).or_default();
        topic.own.push(index);
        topic.bears.insert(index, reason::Path::Same);
    }
    topics
}

/// The questions of one class about one target.
fn about<'t>(
    topics: &'t BTreeMap<Key, Topic>,
    rank: usize,
    target: Option<&String>,
) -> impl Iterator<Item = &'t Key> {
    let first = (rank, target.cloned(), None);
    let target = target.cloned();
    topics.range(first..).map(|(key, _)| key).take_while(move |k| k.0 == rank && k.1 == target)
}

/// The only item, if there is exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

fn join_without_actor(claims: &mut [Claim<'_>], topics: &mut BTreeMap<Key, Topic>) {
    let mut joins: Vec<(Key, usize, reason::Path)> = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        if !claim.class.names_actor() || claim.actor.is_some() {
            continue;
        }
        let mut there = about(topics, claim.rank, claim.target.as_ref()).peekable();
        if there.peek().is_none() {
            let key = (claim.rank, claim.target.clone(), None);
            joins.push((key, index, reason::Path::Same));
        } else if let Some(key) = only(there) {
            joins.push((key.clone(), index, reason::Path::NoActor));
        }
    }
    for (key, index, path) in joins {
        claims[index].actor.clone_from(&key.2);
        let topic = topics.entry(key).or_default();
        topic.own.push(index);
        topic.bears.insert(index, path);
    }
}

fn join_opposites(claims: &[Claim<'_>], classes: &Classes, topics: &mut BTreeMap<Key, Topic>) {
    let mut joins: Vec<(Key, usize, reason::Path)> = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        for (rank, class) in classes.0.iter().enumerate() {
            let Some(by) = class.opposite(&claim.class.name).filter(|_| rank != claim.rank) else {
                continue;
            };
            if by == By::SameActor && claim.reading.stance == Stance::No {
                continue;
            }
            let target = claim.target.as_ref().filter(|_| class.names_target());
            let meant = |key: &&Key| match (by, &claim.actor, &key.2) {
                (By::SameActor, one, other) => one == other,
                (By::OtherActor, Some(one), Some(other)) => one != other,
                // One of the two is not said: the only question there is.
                (By::OtherActor, ..) => true,
            };
            if let Some(key) = only(about(topics, rank, target).filter(meant)) {
                joins.push((key.clone(), index, reason::Path::Opposite(by)));
            }
        }
    }
    for (key, index, path) in joins {
        if let Some(topic) = topics.get_mut(&key) {
            topic.bears.entry(index).or_insert(path);
        }
    }
}

/// A question that only says another one the other way round goes: each of its own statements
/// bears on one question of an opposite class that stands before it and stays.
fn drop_mirrors(claims: &[Claim<'_>], classes: &Classes, topics: &mut BTreeMap<Key, Topic>) {
    let mut on: Vec<BTreeSet<&Key>> = vec![BTreeSet::new(); claims.len()];
    for (key, topic) in topics.iter() {
        for index in topic.bears.keys() {
            on[*index].insert(key);
        }
    }
    // In the order of the classes, so that what stands before is decided.
    let mut gone: BTreeSet<Key> = BTreeSet::new();
    for (key, topic) in topics.iter() {
        let class = &classes.0[key.0];
        let shared = topic.own.iter().map(|index| on[*index].clone());
        let shared = shared.reduce(|a, b| a.intersection(&b).copied().collect());
        let mirrors = |other: &&Key| {
            other.0 < key.0
                && class.opposite(&classes.0[other.0].name).is_some()
                && !gone.contains(*other)
        };
        if shared.unwrap_or_default().into_iter().any(|other| mirrors(&other)) {
            gone.insert(key.clone());
        }
    }
    topics.retain(|key, _| !gone.contains(key));
}

fn question(key: &Key, topic: &Topic, claims: &[Claim<'_>], classes: &Classes) -> Question {
    let class = &classes.0[key.0];
    let actor = key.2.as_ref().and_then(|_| name(topic, claims, |event| event.actor.as_ref()));
    let target = key.1.as_ref().and_then(|_| name(topic, claims, |event| event.target.as_ref()));
    let fill = |text: &str| {
        let text = text.replace("{actor}", actor.as_deref().unwrap_or("anyone"));
        text.replace("{target}", target.as_deref().unwrap_or_default())
    };
    let bearings = topic.bears.iter().map(|(index, path)| bearing(&claims[*index], *path));
    Question {
        id: sayso_model::content_id(
            "q",
            &unambiguous(&[Some(&class.name), key.2.as_ref(), key.1.as_ref()]),
        ),
        text: fill(&class.template),
        class: class.name.clone(),
        criteria: class.criteria.as_deref().map(fill),
        actor,
        target,
        bearings: bearings.collect(),
    }
}

/// Names in one string that no other names give: each with its length, `-` for none.
fn unambiguous(parts: &[Option<&String>]) -> String {
    let part = |part: Option<&String>| match part {
        Some(name) => format!("{}:{name}", name.len()),
        None => "-".to_owned(),
    };
    parts.iter().copied().map(part).collect::<Vec<_>>().join(" ")
}

/// The spelling that most statements have, the first in the alphabet among equals.
fn name<'a>(
    topic: &Topic,
    claims: &[Claim<'a>],
    of: impl Fn(&'a Event) -> Option<&'a sayso_model::Entity>,
) -> Option<String> {
    let mut spellings: BTreeMap<&str, usize> = BTreeMap::new();
    for index in &topic.own {
        if let Some(entity) = of(claims[*index].event) {
            *spellings.entry(entity.name.trim()).or_default() += 1;
        }
    }
    let most = spellings.values().max().copied()?;
    spellings.into_iter().find(|(_, count)| *count == most).map(|(name, _)| name.to_owned())
}

fn bearing(claim: &Claim<'_>, path: reason::Path) -> Bearing {
    let Reading { stance, low, high, .. } = claim.reading;
    let (stance, low, high) = match path {
        reason::Path::Same | reason::Path::NoActor => (stance, low, high),
        reason::Path::Opposite(By::OtherActor) => {
            let (low, high) = stance::complement(low, high);
            (stance::flip(stance), low, high)
        }
        // Not both can be, and neither may: the other's chance leaves this one a ceiling.
        reason::Path::Opposite(By::SameActor) => {
            let high = low.map(stance::rest);
            (Stance::No, high.map(|_| 0.0), high)
        }
    };
    let reason = reason::sentence(claim.statement, claim.event, &claim.reading, path);
    Bearing { statement: claim.statement.id.clone(), stance, low, high, reason }
}
