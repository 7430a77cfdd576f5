use std::collections::{BTreeMap, BTreeSet};

use sayso_model::{Bearing, Question, Stance, Statement};

use crate::{
    claim::{Claim, Shape, claims},
    class::Classes,
    plan::{Path, Topic, plan},
    quantity, reason,
    stance::{self, Reading},
};

/// The questions on which statements bear, in the order of their ids. How they form: [`plan`].
pub fn questions(statements: &[Statement], classes: &Classes) -> Vec<Question> {
    gathered(statements, classes, |_| true)
}

/// Those of [`questions`] that are asked in one group ([`groups`]). Each question belongs to one, and all
/// that bears on it has the group among its own: groups can be linked apart, on many machines.
pub fn group_questions(statements: &[Statement], classes: &Classes, group: &str) -> Vec<Question> {
    gathered(statements, classes, |shape| shape.group() == group)
}

/// The groups in which a statement can bear on a question; none where it claims nothing.
pub fn groups(statement: &Statement, classes: &Classes) -> BTreeSet<String> {
    claims(statement, classes).iter().map(|claim| claim.shape.group().to_owned()).collect()
}

fn gathered(
    statements: &[Statement],
    classes: &Classes,
    wanted: impl Fn(&Shape) -> bool,
) -> Vec<Question> {
    let mut order: Vec<&Statement> = statements.iter().collect();
    // The order of the articles' dates, undated ones last, then of the text.
    order.sort_by_key(|s| {
        let place = s.content.first().map_or(0, |span| span.byte_start);
        (s.article.published.is_none(), &s.article.published, &s.article.id, place, &s.id)
    });
    let claims: Vec<(&Statement, Claim)> = order
        .iter()
        .flat_map(|statement| claims(statement, classes).into_iter().map(|c| (*statement, c)))
        .filter(|(_, claim)| wanted(&claim.shape))
        .collect();
    let mut groups: BTreeMap<&str, BTreeMap<&Shape, Vec<usize>>> = BTreeMap::new();
    for (index, (_, claim)) in claims.iter().enumerate() {
        let group = groups.entry(claim.shape.group()).or_default();
        group.entry(&claim.shape).or_default().push(index);
    }
    let mut questions = Vec::new();
    for members in groups.values() {
        let shapes: Vec<Shape> = members.keys().map(|shape| (*shape).clone()).collect();
        let mut topics: BTreeMap<Topic, BTreeMap<usize, Path>> = BTreeMap::new();
        for (bears, (_, indices)) in plan(&shapes, classes).into_iter().zip(members) {
            for (topic, path) in bears {
                let topic = topics.entry(topic).or_default();
                topic.extend(indices.iter().map(|index| (*index, path)));
            }
        }
        for (topic, bears) in topics {
            let mut names = Names::default();
            for (index, path) in &bears {
                if matches!(path, Path::Same | Path::NoActor) {
                    names.count(&claims[*index].1, 1);
                }
            }
            let mut question = ask(&topic, &names, classes);
            let mut seen = BTreeSet::new();
            for (index, path) in bears {
                let (statement, claim) = &claims[index];
                // Two claims of one statement may bear on one question; the first counts.
                if seen.insert(&statement.id) {
                    question.bearings.push(bearing(&statement.id, claim, path));
                }
            }
            questions.push(question);
        }
    }
    questions.sort_by(|a, b| a.id.cmp(&b.id));
    questions
}

/// How often each spelling of a question's names was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Of who does it.
    pub actor: BTreeMap<String, u64>,
    /// Of the target.
    pub target: BTreeMap<String, u64>,
    /// Of the threshold.
    pub threshold: BTreeMap<String, u64>,
}

impl Names {
    /// Notes the names of some claims that are written alike.
    pub fn count(&mut self, claim: &Claim, times: u64) {
        for (names, name) in [
            (&mut self.actor, &claim.actor),
            (&mut self.target, &claim.target),
            (&mut self.threshold, &claim.threshold),
        ] {
            if let Some(name) = name {
                *names.entry(name.clone()).or_default() += times;
            }
        }
    }
}

/// The question of a topic, without bearings. Names are those that most statements have, the first
/// in the alphabet among equals.
pub fn ask(topic: &Topic, names: &Names, classes: &Classes) -> Question {
    let most = |asked: &Option<String>, names: &BTreeMap<String, u64>| {
        asked.as_ref()?;
        let most = names.values().max().copied()?;
        names.iter().find(|(_, count)| **count == most).map(|(name, _)| name.clone())
    };
    let actor = most(&topic.actor, &names.actor);
    let target = most(&topic.target, &names.target);
    let threshold = most(&topic.threshold, &names.threshold);
    let (text, criteria) = if topic.class == quantity::CLASS {
        let ratio = threshold.as_deref().unwrap_or_default();
        let target = target.as_deref().unwrap_or_default();
        let criteria = "True when two independent counts give this ratio for the same days.";
        (format!("Is the ratio at {target} {ratio}?"), Some(criteria.to_owned()))
    } else {
        let fill = |text: &str| {
            let text = text.replace("{actor}", actor.as_deref().unwrap_or("anyone"));
            text.replace("{target}", target.as_deref().unwrap_or_default())
        };
        let class = classes.get(&topic.class).map(|(_, class)| class);
        let mut text = class.map(|class| fill(&class.template)).unwrap_or_default();
        if let (Some(threshold), Some(asked)) = (&threshold, text.strip_suffix('?')) {
            text = format!("{asked} ({threshold})?");
        }
        (text, class.and_then(|class| class.criteria.as_deref()).map(fill))
    };
    Question {
        id: topic.id(),
        text,
        class: topic.class.clone(),
        criteria,
        actor,
        target,
        bearings: Vec::new(),
    }
}

/// How a claim bears on a question that it came to by `path`.
pub fn bearing(statement: &str, claim: &Claim, path: Path) -> Bearing {
    let Reading { stance, low, high, .. } = claim.reading;
    let (stance, low, high) = match path {
        Path::Same | Path::NoActor => (stance, low, high),
        Path::Defied => {
            let (low, high) = stance::complement(low, high);
            (stance::flip(stance), low, high)
        }
        // Not both can be, and neither may: the other's chance leaves this one a ceiling.
        Path::Rival => {
            let high = low.map(stance::rest);
            (Stance::No, high.map(|_| 0.0), high)
        }
    };
    let reason = reason::sentence(claim, path);
    Bearing { statement: statement.to_owned(), stance, low, high, reason }
}
