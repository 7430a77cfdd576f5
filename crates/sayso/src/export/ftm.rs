//! `FollowTheMoney`: speakers, articles and, as a note on the speaker, each statement. A line of JSON an entity.

use std::collections::{BTreeMap, BTreeSet};

use sayso_model::SpeakerKind;
use serde_json::{Value, json};

use super::{File, Holdings, address, sure, unwritten, words};
use crate::error::CommandError;

/// Entities, those that others point at first.
pub(crate) fn ftm(holdings: &Holdings) -> Result<File, CommandError> {
    let mut entities: Vec<Value> = Vec::new();
    for article in holdings.articles.values() {
        let url = article.url.as_deref().filter(|url| url.starts_with("http"));
        let title = article.title.clone().unwrap_or_else(|| article.key.clone());
        let published = article.published.as_ref().map(sayso_model::Published::printed);
        entities.push(entity(
            &article_id(&article.id),
            "Article",
            [
                ("title", Some(title)),
                ("author", article.author.clone()),
                ("publishedAt", published),
                ("publisher", article.outlet.clone()),
                ("sourceUrl", url.map(str::to_owned)),
            ],
        ));
    }
    let mut speakers: BTreeMap<String, Value> = BTreeMap::new();
    for statement in &holdings.statements {
        let Some(speaker) = &statement.speaker else { continue };
        let schema = match speaker.kind {
            SpeakerKind::Person => "Person",
            SpeakerKind::Organization => "Organization",
            // Who has no name is no person of whom files are kept.
            SpeakerKind::Group | SpeakerKind::Anonymous | SpeakerKind::Author => continue,
        };
        let role = speaker.role.clone().filter(|_| schema == "Person");
        speakers.entry(speaker.id.clone()).or_insert_with(|| {
            entity(&speaker.id, schema, [("name", Some(speaker.name.clone())), ("position", role)])
        });
    }
    let named: BTreeSet<String> = speakers.keys().cloned().collect();
    entities.extend(speakers.into_values());
    for statement in &holdings.statements {
        let who = statement.speaker.as_ref();
        let mut name = vec![who.map_or("nobody named", |who| who.name.as_str()).to_owned()];
        name.push(statement.kind.word().to_owned());
        name.extend(statement.certainty.as_ref().map(sure));
        entities.push(entity(
            &statement.id,
            "Note",
            [
                ("name", Some(name.join(": "))),
                ("description", Some(words(statement))),
                ("entity", who.map(|who| who.id.clone()).filter(|id| named.contains(id))),
                ("proof", Some(article_id(&statement.article.id))),
                ("sourceUrl", address(statement).map(str::to_owned)),
                ("publisher", statement.article.outlet.clone()),
            ],
        ));
    }
    let mut bytes = Vec::new();
    for entity in &entities {
        serde_json::to_writer(&mut bytes, entity).map_err(unwritten)?;
        bytes.push(b'\n');
    }
    Ok(File { name: "entities.ftm.json", bytes })
}

fn article_id(id: &str) -> String {
    format!("a{id}")
}

fn entity<const N: usize>(id: &str, schema: &str, fields: [(&str, Option<String>); N]) -> Value {
    let values = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let properties: BTreeMap<&str, [String; 1]> = values
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, [value]))
        .collect();
    json!({"id": id, "schema": schema, "properties": properties})
}
