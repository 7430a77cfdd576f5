//! The columns: the contract of every table.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

use crate::COLUMNS;

/// The columns of a table of what was read. All but `row` may be null.
pub fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| with_version(read()));
    Arc::clone(&SCHEMA)
}

/// The columns of a table of questions: one row a statement that bears on one.
pub fn bearing_schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let mut fields = vec![Field::new("question", DataType::Utf8, false)];
        fields.extend(words(&["text", "class", "criteria", "actor", "target", "statement"]));
        fields.extend(words(&["stance"]));
        fields.extend(numbers(&["low", "high"]));
        fields.extend(words(&["reason"]));
        with_version(fields)
    });
    Arc::clone(&SCHEMA)
}

fn with_version(fields: Vec<Field>) -> SchemaRef {
    let version = HashMap::from([("sayso.columns".to_owned(), COLUMNS.to_string())]);
    Arc::new(Schema::new_with_metadata(fields, version))
}

fn read() -> Vec<Field> {
    let mut fields = vec![
        Field::new("row", DataType::Utf8, false),
        Field::new("schema", DataType::Int32, true),
        word("id"),
        record("article", article()),
        record("speaker", speaker()),
        records("chain", with_span(words(&["name", "kind", "cue"]))),
    ];
    fields.extend(["source", "cue", "content"].map(|name| records(name, span())));
    fields.push(record(
        "said",
        with_span([days(&["earliest", "latest"]), words(&["text"])].concat()),
    ));
    fields.extend(words(&["speech", "kind", "polarity"]));
    fields.extend([
        record("certainty", certainty()),
        record("condition", with_span(words(&["text"]))),
        record("window", window()),
        records("places", place()),
        records("quantities", quantity()),
        record("event", event()),
        list("drift", DataType::Utf8),
        Field::new("confidence", DataType::Float64, true),
        word("extractor"),
    ]);
    // Of articles.
    fields.extend(words(&["text", "author", "agency", "modified", "language"]));
    // Of articles, and why there is none.
    fields.push(records("problems", words(&["code", "message"])));
    // Of statements: the keys under which they can meet others in a question.
    fields.push(list("groups", DataType::Utf8));
    fields
}

fn article() -> Vec<Field> {
    words(&["id", "key", "path", "outlet", "url", "title", "published", "published_precision"])
}

fn speaker() -> Vec<Field> {
    let mut fields = words(&["id", "name", "kind", "role"]);
    fields.extend(numbers(&["confidence"]));
    fields.push(records("candidates", [words(&["id", "name"]), numbers(&["confidence"])].concat()));
    fields.push(record("mention", span()));
    fields
}

fn certainty() -> Vec<Field> {
    let range = numbers(&["low", "mid", "high"]);
    with_span([words(&["term", "basis", "class"]), range, words(&["bound", "scale"])].concat())
}

fn window() -> Vec<Field> {
    let days = days(&["earliest", "latest", "latest_soft"]);
    with_span([days, words(&["precision", "relation", "text", "rule"])].concat())
}

fn place() -> Vec<Field> {
    let number = vec![Field::new("geonameid", DataType::Int32, true)];
    let where_ = numbers(&["lat", "lon"]);
    with_span([words(&["name"]), number, where_, words(&["extent"])].concat())
}

fn quantity() -> Vec<Field> {
    let range = numbers(&["low", "mid", "high"]);
    with_span([words(&["text", "kind"]), range, words(&["op", "of", "unit", "per"])].concat())
}

fn event() -> Vec<Field> {
    let entity = || with_span(words(&["name"]));
    let mut fields = words(&["class", "pack"]);
    fields.extend(["actor", "target", "place"].map(|name| record(name, entity())));
    fields.push(word("threshold"));
    fields.push(record("trigger", span()));
    fields
}

/// Words of the article, with their offsets in code points and in bytes.
fn span() -> Vec<Field> {
    let mut fields = vec![word("text")];
    let offsets = ["start", "end", "byte_start", "byte_end"];
    fields.extend(offsets.map(|name| Field::new(name, DataType::Int32, true)));
    fields
}

fn with_span(mut fields: Vec<Field>) -> Vec<Field> {
    fields.push(record("span", span()));
    fields
}

fn word(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn words(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| word(name)).collect()
}

fn numbers(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| Field::new(*name, DataType::Float64, true)).collect()
}

fn days(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| Field::new(*name, DataType::Date32, true)).collect()
}

fn record(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, DataType::Struct(Fields::from(fields)), true)
}

fn records(name: &str, fields: Vec<Field>) -> Field {
    list(name, DataType::Struct(Fields::from(fields)))
}

fn list(name: &str, of: DataType) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new("item", of, true))), true)
}
