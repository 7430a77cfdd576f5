//! STIX 2.1: speakers are identities, statements notes, questions reports, and a stance an opinion on one.
//!
//! `confidence` is never written: in STIX it is the producer's, and a range is the speaker's. A tag of MISP's
//! taxonomy for estimates goes with a note only where the range lies within one band of ICD 203. All is ASCII: the
//! validator reads files by the locale.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use sayso_model::{Certainty, CertaintyClass, SpeakerKind, Stance, Statement, content_id};
use serde_json::{Value, json};

use super::{File, Holdings, address, unwritten, urn, words};
use crate::error::CommandError;

/// The likelihoods of ICD 203 (2015) with their ranges, as MISP's taxonomy `estimative-language` spells them.
const BANDS: [(&str, f64, f64); 7] = [
    ("almost-no-chance", 0.01, 0.05),
    ("very-unlikely", 0.05, 0.20),
    ("unlikely", 0.20, 0.45),
    ("roughly-even-chance", 0.45, 0.55),
    ("likely", 0.55, 0.80),
    ("very-likely", 0.80, 0.95),
    ("almost-certain", 0.95, 0.99),
];

/// When nothing says when: bundles are the same each time.
const UNDATED: &str = "1970-01-01T00:00:00.000Z";

/// One bundle.
pub(crate) fn stix(holdings: &Holdings) -> Result<File, CommandError> {
    let producer = id("identity", "sayso");
    let mut objects: Vec<Value> = vec![object(
        "identity",
        &producer,
        UNDATED,
        &producer,
        json!({
        "name": "sayso", "identity_class": "system",
        "description": "Statements that were read out of news articles by a program."}),
    )];
    let mut speakers: BTreeMap<String, Value> = BTreeMap::new();
    for statement in &holdings.statements {
        let Some(speaker) = &statement.speaker else { continue };
        let sort = match speaker.kind {
            SpeakerKind::Person => "individual",
            SpeakerKind::Organization => "organization",
            SpeakerKind::Group => "group",
            SpeakerKind::Anonymous | SpeakerKind::Author => "unknown",
        };
        let mut fields = json!({"name": speaker.name, "identity_class": sort});
        if let Some(role) = &speaker.role {
            fields["roles"] = json!([role]);
        }
        let of = id("identity", &speaker.id);
        speakers
            .entry(of.clone())
            .or_insert_with(|| object("identity", &of, UNDATED, &producer, fields));
    }
    objects.extend(speakers.into_values());
    objects.extend(holdings.statements.iter().map(|one| note(one, &producer)));
    for view in &holdings.questions {
        let mut notes: Vec<String> = Vec::new();
        let mut origins: BTreeMap<&str, Value> = BTreeMap::new();
        let mut opinions = Vec::new();
        let report = id("report", &view.question.id);
        for bearing in &view.statements {
            let Some(statement) = holdings.statement(&bearing.statement.id) else { continue };
            notes.push(id("note", &statement.id));
            // The first report of each origin represents it.
            origins.entry(bearing.origin.as_str()).or_insert_with(|| reference(statement));
            let opinion = match bearing.bearing.stance {
                Stance::Yes => "agree",
                Stance::No => "disagree",
            };
            let mut fields = json!({"opinion": opinion, "explanation": bearing.bearing.reason, "object_refs": [report]});
            if let Some(speaker) = &statement.speaker {
                fields["authors"] = json!([speaker.name]);
            }
            let of = id("opinion", &format!("{} {}", view.question.id, statement.id));
            opinions.push(object("opinion", &of, &when(statement), &producer, fields));
        }
        if notes.is_empty() {
            continue;
        }
        let first = view.statements.first().map_or(UNDATED.to_owned(), |one| when(&one.statement));
        let origins: Vec<Value> = origins.into_values().collect();
        let said = format!("{} reports, {} independent origins.", notes.len(), origins.len());
        objects.push(object(
            "report",
            &report,
            &first,
            &producer,
            json!({
            "name": view.question.text, "published": first, "object_refs": notes,
            "description": said, "report_types": ["observed-data"], "external_references": origins,
            "labels": ["sayso:question"]}),
        ));
        objects.extend(opinions);
    }
    let mut seen = BTreeSet::new();
    objects.retain(|object| seen.insert(object["id"].to_string()));
    let all: Vec<&str> = objects.iter().filter_map(|object| object["id"].as_str()).collect();
    let bundle = json!({"type": "bundle", "id": id("bundle", &all.join(" ")), "objects": objects});
    let text = serde_json::to_string_pretty(&bundle).map_err(unwritten)?;
    Ok(File { name: "bundle.json", bytes: ascii(&text).into_bytes() })
}

fn object(sort: &str, id: &str, when: &str, producer: &str, fields: Value) -> Value {
    let mut object =
        json!({"type": sort, "spec_version": "2.1", "id": id, "created": when, "modified": when});
    if id != producer {
        object["created_by_ref"] = producer.into();
    }
    if let (Value::Object(object), Value::Object(fields)) = (&mut object, fields) {
        object.extend(fields);
    }
    object
}

fn note(statement: &Statement, producer: &str) -> Value {
    let mut labels = vec![format!("sayso:kind={}", statement.kind.word())];
    labels.push(format!("sayso:speech={}", statement.speech.word()));
    labels.extend(
        statement.certainty.as_ref().map(|certainty| format!("sayso:term={}", certainty.term)),
    );
    if let Some(band) = statement.certainty.as_ref().and_then(band) {
        labels.push(format!("estimative-language:likelihood-probability=\"{band}\""));
    }
    let about = statement
        .speaker
        .as_ref()
        .map_or_else(|| producer.to_owned(), |one| id("identity", &one.id));
    let mut fields = json!({
        "abstract": format!("{}: {}", statement.kind.word(), super::words(statement).chars().take(80).collect::<String>()),
        "content": words(statement), "object_refs": [about], "labels": labels,
        "external_references": [{"source_name": "sayso", "external_id": statement.id}, reference(statement)]});
    if let Some(speaker) = &statement.speaker {
        fields["authors"] = json!([speaker.name]);
    }
    object("note", &id("note", &statement.id), &when(statement), producer, fields)
}

/// The band in which a likelihood's range lies whole; plans, wishes and possibilities are none.
fn band(certainty: &Certainty) -> Option<&'static str> {
    if !matches!(certainty.class, CertaintyClass::Probability | CertaintyClass::Stated) {
        return None;
    }
    let (low, high) = (certainty.low?, certainty.high?);
    BANDS.iter().find(|(_, from, to)| low >= *from && high <= *to).map(|(name, ..)| *name)
}

/// Where a statement can be read.
fn reference(statement: &Statement) -> Value {
    let article = &statement.article;
    let source = article.outlet.clone().unwrap_or_else(|| "article".to_owned());
    let mut reference = json!({"source_name": source, "external_id": urn(&article.id)});
    if let Some(url) = address(statement) {
        reference["url"] = url.into();
    }
    if let Some(title) = &article.title {
        reference["description"] = title.clone().into();
    }
    reference
}

/// The day of publication, as STIX writes times.
fn when(statement: &Statement) -> String {
    let day = statement.article.published.as_deref().and_then(sayso_model::Published::of_printed);
    day.map_or_else(|| UNDATED.to_owned(), |day| format!("{}T00:00:00.000Z", day.date))
}

/// An identifier that is the same for the same thing: in the form of a random one, since STIX 2.1 gives the form of a
/// named one a meaning of its own.
fn id(sort: &str, key: &str) -> String {
    let hash = sayso_model::article_id(&content_id(sort, key));
    let digits = hash.get(..32).unwrap_or_default();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!(
        "{sort}--{}-{}-4{}-a{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// JSON in ASCII: anything else is written as `\u` with four digits, in pairs where it has to.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing into a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ascii_is_escaped() {
        assert_eq!(ascii("\"Zü 🏛\""), "\"Z\\u00fc \\ud83c\\udfdb\"\n");
        let back: String = serde_json::from_str(&ascii("\"Zü 🏛\"")).unwrap();
        assert_eq!(back, "Zü 🏛");
    }

    #[test]
    fn identifiers_have_the_form_that_stix_asks_for() {
        let one = id("note", "s1");
        assert_eq!(one.len(), "note--".len() + 36);
        assert_eq!((one, id("note", "s1") == id("note", "s2")), (id("note", "s1"), false));
    }
}
