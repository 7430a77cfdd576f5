//! Nodes and edges: who says what on which question, through whom.

use std::collections::BTreeMap;

use super::{File, Holdings};
use crate::error::CommandError;

/// `nodes.csv` and `edges.csv`, with the columns that Gephi takes by name.
pub(crate) fn graph(holdings: &Holdings) -> Result<Vec<File>, CommandError> {
    let mut nodes: BTreeMap<String, (String, &'static str)> = BTreeMap::new();
    // Who bears on a question on which side, how often.
    let mut edges: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for view in &holdings.questions {
        nodes.insert(view.question.id.clone(), (view.question.text.clone(), "question"));
        for bearing in &view.statements {
            let Some(person) = &bearing.person else { continue };
            let Some(name) = holdings.speakers.iter().find(|one| one.id == *person) else {
                continue;
            };
            nodes.insert(person.clone(), (name.name.clone(), name.kind.word()));
            let stance = bearing.bearing.stance.word().to_owned();
            *edges.entry((person.clone(), view.question.id.clone(), stance)).or_default() += 1;
        }
    }
    // Who carries whose words.
    for statement in &holdings.statements {
        let (Some(speaker), Some(link)) = (&statement.speaker, statement.chain.first()) else {
            continue;
        };
        let carrier = format!("via {}", link.name.to_lowercase());
        nodes.entry(carrier.clone()).or_insert_with(|| (link.name.clone(), "carrier"));
        nodes
            .entry(speaker.id.clone())
            .or_insert_with(|| (speaker.name.clone(), speaker.kind.word()));
        *edges.entry((carrier, speaker.id.clone(), "carries".to_owned())).or_default() += 1;
    }
    let node = |(id, (label, sort)): (String, (String, &str))| vec![id, label, sort.to_owned()];
    let edge = |((from, to, label), weight): ((String, String, String), usize)| {
        vec![from, to, "Directed".to_owned(), label, weight.to_string()]
    };
    Ok(vec![
        File::csv("nodes.csv", &["Id", "Label", "Kind"], nodes.into_iter().map(node))?,
        File::csv(
            "edges.csv",
            &["Source", "Target", "Type", "Label", "Weight"],
            edges.into_iter().map(edge),
        )?,
    ])
}
