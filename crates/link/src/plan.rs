//! Which questions there are, and on which of them statements of each shape bear.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    claim::Shape,
    class::{By, Classes},
    issue::IssueWords,
    quantity,
};

/// How a statement came to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// The same class, actor and target.
    Same,
    /// The same class and target, no actor said.
    NoActor,
    /// A class that the pack calls the opposite, done by the same actor: not both can be.
    Rival,
    /// A class that the pack calls the opposite, done by another actor: one of the two happens.
    Defied,
}

/// A question by what tells it from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Topic {
    /// Class of the event.
    pub class: String,
    /// Key of the target.
    pub target: Option<String>,
    /// Key of the actor.
    pub actor: Option<String>,
    /// Key of the threshold.
    pub threshold: Option<String>,
}

impl Topic {
    /// Whether what is said of another topic of the class is said of this one: of the same target
    /// under a fuller or shorter name, and, where the class has none or its actors are rivals, of the
    /// same actor.
    pub fn takes(&self, other: &Self, table: &IssueWords) -> bool {
        let words = |name: &str| -> BTreeSet<String> {
            name.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
        };
        let fits = |one: &Option<String>, other: &Option<String>| match (one, other) {
            (Some(one), Some(other)) => {
                let (one, other) = (words(one), words(other));
                one.is_subset(&other) || other.is_subset(&one)
            }
            _ => true,
        };
        let by_target = self.target.is_some() && !table.are_rivals(&self.class);
        fits(&self.target, &other.target) && (by_target || fits(&self.actor, &other.actor))
    }

    /// The question's id.
    pub fn id(&self) -> String {
        let mut parts = vec![Some(&self.class), self.actor.as_ref(), self.target.as_ref()];
        // Ids of questions without a threshold are those that ledgers have had from the start.
        parts.extend(self.threshold.as_ref().map(Some));
        sayso_model::content_id("q", &unambiguous(&parts))
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

/// The questions of a group of shapes ([`Shape::group`]), and for each shape those it bears on,
/// in the order of the shapes given. It depends on the set of shapes alone and takes `n log n` time
/// in their number, times the classes that are opposites of one.
///
/// Statements of one class, actor, target and threshold form a question. A shape whose class is an
/// opposite by its pack bears the other way on the question about the same target. A shape without
/// an actor joins the question of its class and target when there is exactly one; where there is
/// none it asks whether "anyone" will.
pub fn plan(shapes: &[Shape], classes: &Classes) -> Vec<BTreeMap<Topic, Path>> {
    let mut table = Table::new(classes, shapes);
    table.join_without_actor();
    table.join_opposites();
    table.drop_mirrors();
    table
        .bears
        .into_iter()
        .map(|bears| bears.into_iter().map(|(k, p)| (topic(k, classes), p)).collect())
        .collect()
}

/// By target first, so that the questions about one target are neighbours.
type Key = (usize, Option<String>, Option<String>, Option<String>);

/// The rank of questions about ratios, which no pack has: behind every class.
fn rank(classes: &Classes, class: &str) -> Option<usize> {
    match classes.get(class) {
        Some((rank, _)) => Some(rank),
        None if class == quantity::CLASS => Some(classes.0.len()),
        None => None,
    }
}

fn topic((rank, target, threshold, actor): Key, classes: &Classes) -> Topic {
    let class = classes.0.get(rank).map_or(quantity::CLASS, |class| &class.name).to_owned();
    Topic { class, target, actor, threshold }
}

struct Table<'a> {
    classes: &'a Classes,
    shapes: &'a [Shape],
    ranks: Vec<Option<usize>>,
    /// The actor that each shape was given: its own, or that of the only question there is.
    actors: Vec<Option<String>>,
    /// Shapes of the question's own class.
    own: BTreeMap<Key, Vec<usize>>,
    bears: Vec<BTreeMap<Key, Path>>,
}

impl<'a> Table<'a> {
    fn new(classes: &'a Classes, shapes: &'a [Shape]) -> Self {
        let ranks: Vec<Option<usize>> = shapes.iter().map(|s| rank(classes, &s.class)).collect();
        let mut table = Self {
            classes,
            shapes,
            ranks,
            actors: shapes.iter().map(|shape| shape.actor.clone()).collect(),
            own: BTreeMap::new(),
            bears: vec![BTreeMap::new(); shapes.len()],
        };
        for (index, shape) in shapes.iter().enumerate() {
            let Some(rank) = table.ranks[index] else { continue };
            if !(table.names_actor(rank) && shape.actor.is_none()) {
                let key =
                    (rank, shape.target.clone(), shape.threshold.clone(), shape.actor.clone());
                table.join(key, index, Path::Same);
            }
        }
        table
    }

    fn names_actor(&self, rank: usize) -> bool {
        self.classes.0.get(rank).is_some_and(crate::Class::names_actor)
    }

    fn join(&mut self, key: Key, index: usize, path: Path) {
        self.own.entry(key.clone()).or_default().push(index);
        self.bears[index].insert(key, path);
    }

    /// The questions of one class about one target, at one threshold.
    fn about(
        &self,
        rank: usize,
        target: Option<&String>,
        threshold: Option<&String>,
    ) -> impl Iterator<Item = &Key> {
        let about = (rank, target.cloned(), threshold.cloned());
        let first = (about.0, about.1.clone(), about.2.clone(), None);
        self.own
            .range(first..)
            .map(|(key, _)| key)
            .take_while(move |k| k.0 == about.0 && k.1 == about.1 && k.2 == about.2)
    }

    fn join_without_actor(&mut self) {
        let mut joins: Vec<(Key, usize, Path)> = Vec::new();
        for (index, shape) in self.shapes.iter().enumerate() {
            let Some(rank) = self.ranks[index] else { continue };
            if !self.names_actor(rank) || shape.actor.is_some() {
                continue;
            }
            let mut there =
                self.about(rank, shape.target.as_ref(), shape.threshold.as_ref()).peekable();
            if there.peek().is_none() {
                let key = (rank, shape.target.clone(), shape.threshold.clone(), None);
                joins.push((key, index, Path::Same));
            } else if let Some(key) = only(there) {
                joins.push((key.clone(), index, Path::NoActor));
            }
        }
        for (key, index, path) in joins {
            self.actors[index].clone_from(&key.3);
            self.join(key, index, path);
        }
    }

    fn join_opposites(&mut self) {
        let mut joins: Vec<(Key, usize, Path)> = Vec::new();
        for (index, shape) in self.shapes.iter().enumerate() {
            let Some(own) = self.ranks[index] else { continue };
            for (rank, class) in self.classes.0.iter().enumerate() {
                let Some(by) = class.opposite(&shape.class).filter(|_| rank != own) else {
                    continue;
                };
                // That somebody does not raise says nothing about cutting.
                if by == By::SameActor && shape.denied {
                    continue;
                }
                let target = shape.target.as_ref().filter(|_| class.names_target());
                let actor = &self.actors[index];
                let meant = |key: &&Key| match (by, actor, &key.3) {
                    (By::SameActor, one, other) => one == other,
                    (By::OtherActor, Some(one), Some(other)) => one != other,
                    // One of the two is not said: the only question there is.
                    (By::OtherActor, ..) => true,
                };
                let path = if by == By::SameActor { Path::Rival } else { Path::Defied };
                let there = self.about(rank, target, shape.threshold.as_ref()).filter(meant);
                if let Some(key) = only(there) {
                    joins.push((key.clone(), index, path));
                }
            }
        }
        for (key, index, path) in joins {
            self.bears[index].entry(key).or_insert(path);
        }
    }

    /// A question that only says another one the other way round goes: each of its own shapes
    /// bears on one question of an opposite class that stands before it and stays.
    fn drop_mirrors(&mut self) {
        // In the order of the classes, so that what stands before is decided.
        let mut gone: BTreeSet<Key> = BTreeSet::new();
        for (key, own) in &self.own {
            let Some(class) = self.classes.0.get(key.0) else { continue };
            let shared = own
                .iter()
                .map(|index| self.bears[*index].keys().collect::<BTreeSet<_>>())
                .reduce(|a, b| a.intersection(&b).copied().collect());
            let mirrors = |other: &&Key| {
                other.0 < key.0
                    && self
                        .classes
                        .0
                        .get(other.0)
                        .is_some_and(|o| class.opposite(&o.name).is_some())
                    && !gone.contains(*other)
            };
            if shared.unwrap_or_default().into_iter().any(|other| mirrors(&other)) {
                gone.insert(key.clone());
            }
        }
        for bears in &mut self.bears {
            bears.retain(|key, _| !gone.contains(key));
        }
    }
}

/// The only item, if there is exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
