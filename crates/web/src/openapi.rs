//! The addresses of data as an `OpenAPI` document: what programs can ask, and what comes back.
//!
//! It is built from one list, and a test asks the router for every address of it, so that the document
//! and what is served are the same.

use axum::Json;
use serde_json::{Map, Value, json};

/// An address of data: a page's, before its ending.
struct Resource {
    path: &'static str,
    /// What comes back, in a sentence.
    summary: &'static str,
    /// Fields that its query takes.
    query: &'static [&'static str],
    /// What the JSON is.
    shape: Shape,
}

/// What the JSON of a resource is.
#[derive(Clone, Copy)]
enum Shape {
    /// An array of objects.
    List,
    /// An object with at least these fields.
    Object(&'static [&'static str]),
}

/// The fields of a search, as the ledger's page takes them.
const SEARCH: &[&str] = &[
    "q", "speaker", "via", "place", "event", "kind", "outlet", "term", "after", "before", "window",
    "article", "cursor",
];

const RESOURCES: &[Resource] = &[
    Resource {
        path: "/statements",
        summary: "Statements that a search finds, newest first, a page at a time",
        query: SEARCH,
        shape: Shape::Object(&["items", "total", "next"]),
    },
    Resource {
        path: "/statement/{id}",
        summary: "One statement, by its id or the beginning of it",
        query: &[],
        shape: Shape::Object(&["schema", "id", "article", "content", "kind"]),
    },
    Resource {
        path: "/article/{id}",
        summary: "An article with its statements",
        query: &[],
        shape: Shape::Object(&["article", "statements"]),
    },
    Resource {
        path: "/questions",
        summary: "Questions with their figures",
        query: &["q"],
        shape: Shape::List,
    },
    Resource {
        path: "/question/{id}",
        summary: "A question with its statements and how each bears on it",
        query: &[],
        shape: Shape::Object(&["question", "summary", "statements"]),
    },
    Resource {
        path: "/compare/{id}",
        summary: "Contradictions, changed minds, drift, deadlines and origins of a question",
        query: &[],
        shape: Shape::Object(&["summary", "deadlines", "origins", "comparison", "statements"]),
    },
    Resource {
        path: "/speakers",
        summary: "Speakers with their figures",
        query: &["q"],
        shape: Shape::List,
    },
    Resource {
        path: "/speaker/{id}",
        summary: "A speaker with roles, scorecards, deadlines, changed minds and newest statements",
        query: &[],
        shape: Shape::Object(&["speaker", "scores", "forecasts", "deadlines", "newest"]),
    },
    Resource {
        path: "/outlet/{id}",
        summary: "An outlet, by its name, with what it prints most and its newest statements",
        query: &[],
        shape: Shape::Object(&["outlet", "facets", "scores", "newest"]),
    },
    Resource {
        path: "/map",
        summary: "Places with their degrees, independent origins and statements",
        query: &["after", "before"],
        shape: Shape::List,
    },
    Resource {
        path: "/data",
        summary: "What the ledger holds and what persons changed in it",
        query: &[],
        shape: Shape::Object(&["counts", "runs", "corrections", "statement_schema"]),
    },
    Resource {
        path: "/review",
        summary: "What waits for a reviewer; not for others than the ledger's owner",
        query: &[],
        shape: Shape::List,
    },
];

/// `/openapi.json`
pub(crate) async fn document() -> Json<Value> {
    let mut paths = Map::new();
    for resource in RESOURCES {
        for ending in ["json", "csv"] {
            let path = format!("{}.{ending}", resource.path);
            paths.insert(path, json!({ "get": operation(resource, ending) }));
        }
    }
    Json(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "sayso",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Who said what, how sure, by when. Every page of the ledger as data.",
        },
        "paths": paths,
    }))
}

fn operation(resource: &Resource, ending: &str) -> Value {
    let mut parameters: Vec<Value> = Vec::new();
    if resource.path.contains("{id}") {
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 },
        }));
    }
    parameters.extend(resource.query.iter().map(|name| {
        json!({ "name": name, "in": "query", "required": false, "schema": { "type": "string" } })
    }));
    let content = match (ending, resource.shape) {
        ("csv", _) => json!({ "text/csv": { "schema": { "type": "string" } } }),
        (_, Shape::List) => json!({
            "application/json": { "schema": { "type": "array", "items": { "type": "object" } } },
        }),
        (_, Shape::Object(fields)) => json!({
            "application/json": { "schema": { "type": "object", "required": fields } },
        }),
    };
    let told = |words: &str| json!({ "description": words, "content": { "text/html": { "schema": { "type": "string" } } } });
    let mut responses = Map::new();
    responses
        .insert("200".to_owned(), json!({ "description": resource.summary, "content": content }));
    responses
        .insert("401".to_owned(), told("The pages need a token: Authorization: Bearer TOKEN."));
    responses.insert("404".to_owned(), told("Nothing has this id."));
    responses.insert("421".to_owned(), told("The request names another host."));
    responses.insert("503".to_owned(), told("Another process is writing to the ledger."));
    if resource.path.contains("{id}") {
        responses
            .insert("300".to_owned(), told("Several begin like this; the page links to them."));
    }
    if resource.query.contains(&"cursor") {
        responses.insert("400".to_owned(), told("The cursor is none that a page gave."));
    }
    json!({ "summary": resource.summary, "parameters": parameters, "responses": responses })
}
