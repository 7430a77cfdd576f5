//! A Frictionless data package: CSV tables with their schemas, and Croissant 1.0 metadata over the same files.
//!
//! `statements.csv` has flat columns for people and, in `record`, the record itself, so that nothing is lost on the way.

use serde_json::{Value, json};

use super::{File, Holdings, unwritten};
use crate::{error::CommandError, format::csv};

/// What a column holds.
#[derive(Clone, Copy)]
struct Column(&'static str, &'static str);

/// The tables of a package.
pub(crate) fn datapackage(holdings: &Holdings) -> Result<Vec<File>, CommandError> {
    let mut files = vec![
        statements(holdings)?,
        articles(holdings)?,
        questions(holdings)?,
        bearings(holdings)?,
        speakers(holdings)?,
        outcomes(holdings)?,
    ];
    let descriptor = descriptor(&files);
    let croissant = croissant(&files);
    files.push(File::json("datapackage.json", &descriptor)?);
    files.push(File::json("croissant.json", &croissant)?);
    #[cfg(feature = "parquet")]
    files.push(parquet(holdings)?);
    Ok(files)
}

/// The table for engines; with the articles, which `sayso add --from-parquet` takes, unless it is for others.
#[cfg(feature = "parquet")]
fn parquet(holdings: &Holdings) -> Result<File, CommandError> {
    use sayso_arrow::{Row, Writer};

    let mut writer = Writer::new(Vec::new())?;
    let articles = holdings.articles.values().filter(|_| !holdings.public).map(Row::Article);
    let rows: Vec<Row<'_>> =
        articles.chain(holdings.statements.iter().map(|one| Row::Statement(one, &[]))).collect();
    for some in rows.chunks(512) {
        writer.push(some)?;
    }
    Ok(File { name: "statements.parquet", bytes: writer.finish()? })
}

fn statements(holdings: &Holdings) -> Result<File, CommandError> {
    let mut head = csv::HEAD.to_vec();
    head.push("record");
    let mut rows = Vec::with_capacity(holdings.statements.len());
    for statement in &holdings.statements {
        let mut row = csv::record(statement).to_vec();
        row.push(serde_json::to_string(statement).map_err(unwritten)?);
        rows.push(row);
    }
    File::csv("statements.csv", &head, rows)
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn articles(holdings: &Holdings) -> Result<File, CommandError> {
    let head = ["id", "key", "outlet", "url", "title", "author", "published", "language"];
    let rows = holdings.articles.values().map(|article| {
        let published = article.published.as_ref().map(sayso_model::Published::printed);
        vec![
            article.id.clone(),
            article.key.clone(),
            text(article.outlet.as_ref()),
            text(article.url.as_ref()),
            text(article.title.as_ref()),
            text(article.author.as_ref()),
            text(published.as_ref()),
            text(article.language.as_ref()),
        ]
    });
    File::csv("articles.csv", &head, rows)
}

fn questions(holdings: &Holdings) -> Result<File, CommandError> {
    let head = ["id", "text", "class", "actor", "target", "criteria", "statements", "origins"];
    let rows = holdings.questions.iter().map(|view| {
        let question = &view.question;
        vec![
            question.id.clone(),
            question.text.clone(),
            question.class.clone(),
            text(question.actor.as_ref()),
            text(question.target.as_ref()),
            text(question.criteria.as_ref()),
            view.summary.statements.to_string(),
            view.summary.origins.to_string(),
        ]
    });
    File::csv("questions.csv", &head, rows)
}

fn bearings(holdings: &Holdings) -> Result<File, CommandError> {
    let head = ["question", "statement", "stance", "low", "high", "reason"];
    let rows = holdings.questions.iter().flat_map(|view| {
        let known = view
            .question
            .bearings
            .iter()
            .filter(|one| holdings.statement(&one.statement).is_some());
        known.map(|bearing| {
            vec![
                view.question.id.clone(),
                bearing.statement.clone(),
                bearing.stance.word().to_owned(),
                number(bearing.low),
                number(bearing.high),
                bearing.reason.clone(),
            ]
        })
    });
    File::csv("bearings.csv", &head, rows)
}

fn speakers(holdings: &Holdings) -> Result<File, CommandError> {
    let head = ["id", "name", "kind", "statements", "articles", "forecasts", "first", "last"];
    let rows = holdings.speakers.iter().map(|one| {
        vec![
            one.id.clone(),
            one.name.clone(),
            one.kind.word().to_owned(),
            one.statements.to_string(),
            one.articles.to_string(),
            one.forecasts.to_string(),
            text(one.first.as_ref()),
            text(one.last.as_ref()),
        ]
    });
    File::csv("speakers.csv", &head, rows)
}

fn outcomes(holdings: &Holdings) -> Result<File, CommandError> {
    let head = ["id", "subject", "resolver", "state", "known", "through", "reason", "confirmed"];
    let rows = holdings.outcomes.iter().map(|view| {
        let outcome = &view.outcome;
        vec![
            outcome.id.clone(),
            outcome.subject.id().to_owned(),
            outcome.resolver.clone(),
            outcome.state.word().to_owned(),
            outcome.known.to_string(),
            outcome.through.to_string(),
            outcome.reason.clone(),
            view.is_confirmed().to_string(),
        ]
    });
    File::csv("outcomes.csv", &head, rows)
}

/// The type of a column by its name: names mean the same in every table.
fn columns(file: &File) -> Vec<Column> {
    let names = match file.name {
        "statements.csv" => csv::HEAD.iter().copied().chain(["record"]).collect(),
        "articles.csv" => {
            vec!["id", "key", "outlet", "url", "title", "author", "published", "language"]
        }
        "questions.csv" => {
            vec!["id", "text", "class", "actor", "target", "criteria", "statements", "origins"]
        }
        "bearings.csv" => vec!["question", "statement", "stance", "low", "high", "reason"],
        "speakers.csv" => {
            vec!["id", "name", "kind", "statements", "articles", "forecasts", "first", "last"]
        }
        _ => vec!["id", "subject", "resolver", "state", "known", "through", "reason", "confirmed"],
    };
    let kind = |name| match name {
        "low" | "mid" | "high" | "confidence" | "speaker_confidence" => "number",
        "start" | "end" | "statements" | "articles" | "forecasts" | "origins" | "schema" => {
            "integer"
        }
        "earliest" | "latest" | "latest_soft" | "said_earliest" | "said_latest" | "known"
        | "through" => "date",
        "confirmed" => "boolean",
        _ => "string",
    };
    names.into_iter().map(|name| Column(name, kind(name))).collect()
}

/// The tables that others point at, by what points: column of a table to table.
const KEYS: [(&str, &str, &str); 3] = [
    ("statements.csv", "article", "articles"),
    ("bearings.csv", "question", "questions"),
    ("bearings.csv", "statement", "statements"),
];

fn stem(file: &File) -> &'static str {
    file.name.split('.').next().unwrap_or_default()
}

fn hash(file: &File) -> String {
    use sha2::{Digest as _, Sha256};

    let hash = Sha256::digest(&file.bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

fn descriptor(files: &[File]) -> Value {
    let resources: Vec<Value> = files
        .iter()
        .map(|file| {
            let fields: Vec<Value> = columns(file)
                .iter()
                .map(|Column(name, kind)| json!({"name": name, "type": kind}))
                .collect();
            let mut schema = json!({"fields": fields, "missingValues": [""]});
            if file.name != "bearings.csv" {
                schema["primaryKey"] = json!(["id"]);
            }
            let keys: Vec<Value> = KEYS
                .iter()
                .filter(|(from, ..)| *from == file.name)
                .map(|(_, column, to)| {
                    json!({"fields": [column], "reference": {"resource": to, "fields": ["id"]}})
                })
                .collect();
            if !keys.is_empty() {
                schema["foreignKeys"] = json!(keys);
            }
            json!({
                "name": stem(file), "path": file.name, "type": "table", "format": "csv", "mediatype": "text/csv",
                "encoding": "utf-8", "bytes": file.bytes.len(), "hash": format!("sha256:{}", hash(file)),
                "schema": schema,
            })
        })
        .collect();
    json!({
        "name": "sayso", "title": "Attributed statements",
        "description": "Who said what, how sure, by when. Words are the articles'; ranges are how readers take the speaker's words.",
        "version": env!("CARGO_PKG_VERSION"), "resources": resources,
    })
}

fn croissant(files: &[File]) -> Value {
    let distribution: Vec<Value> = files
        .iter()
        .map(|file| {
            json!({"@type": "cr:FileObject", "@id": file.name, "name": file.name, "contentUrl": file.name,
                   "encodingFormat": "text/csv", "sha256": hash(file)})
        })
        .collect();
    let records: Vec<Value> = files
        .iter()
        .map(|file| {
            let fields: Vec<Value> = columns(file)
                .iter()
                .map(|Column(name, kind)| {
                    let kind = match *kind {
                        "number" => "sc:Float",
                        "integer" => "sc:Integer",
                        "date" => "sc:Date",
                        "boolean" => "sc:Boolean",
                        _ => "sc:Text",
                    };
                    json!({"@type": "cr:Field", "@id": format!("{}/{name}", stem(file)), "name": name,
                           "dataType": kind,
                           "source": {"fileObject": {"@id": file.name}, "extract": {"column": name}}})
                })
                .collect();
            json!({"@type": "cr:RecordSet", "@id": stem(file), "name": stem(file), "field": fields})
        })
        .collect();
    json!({
        "@context": {
            "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
            "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/",
            "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
            "dct": "http://purl.org/dc/terms/", "examples": {"@id": "cr:examples", "@type": "@json"},
            "extract": "cr:extract", "field": "cr:field", "fileObject": "cr:fileObject", "fileProperty": "cr:fileProperty",
            "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
            "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField",
            "path": "cr:path", "rai": "http://mlcommons.org/croissant/RAI/", "recordSet": "cr:recordSet",
            "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
            "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source",
            "subField": "cr:subField", "transform": "cr:transform"
        },
        "@type": "sc:Dataset", "name": "sayso",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "description": "Attributed statements out of news articles: who said what, how sure, by when.",
        "url": "urn:sayso", "version": env!("CARGO_PKG_VERSION"),
        "distribution": distribution, "recordSet": records,
    })
}
