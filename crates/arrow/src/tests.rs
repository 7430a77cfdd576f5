//! Tables against records: every field there and back.

use arrow_array::{Array as _, RecordBatch};
use arrow_cast::cast;
use arrow_schema::DataType;
use sayso_model::{Article, Bearing, Precision, Problem, Published, Question, Stance, Statement};
use serde_json::{Value, json};

use super::*;

fn span() -> Value {
    json!({"text": "дом", "start": 3, "end": 6, "byte_start": 3, "byte_end": 9})
}

/// A record of which every field has a value.
fn full() -> Value {
    let entity = || json!({"name": "Varn", "span": span()});
    json!({
        "schema": 2, "id": "s1",
        "article": {"id": "a", "key": "k", "path": "p", "outlet": "o", "url": "u", "title": "t",
                    "published": "2031-04-03", "published_precision": "day"},
        "speaker": {"id": "p1", "name": "Ada Quill", "kind": "person", "role": "minister", "confidence": 0.9,
                    "candidates": [{"id": "p2", "name": "Bo", "confidence": 0.4}], "mention": span()},
        "chain": [{"name": "Courier", "kind": "outlet", "cue": "told", "span": span()}],
        "source": [span()], "cue": [span(), span()], "content": [span()],
        "said": {"earliest": "2031-04-01", "latest": null, "text": "on Tuesday", "span": span()},
        "speech": "direct", "kind": "forecast", "polarity": "no",
        "certainty": {"term": "likely", "basis": "lexicon", "class": "probability", "low": 0.55, "mid": 0.7,
                      "high": 0.8, "bound": "two_sided", "scale": "general", "span": span()},
        "condition": {"text": "if", "span": span()},
        "window": {"earliest": "2031-04-03", "latest": "2031-04-10", "latest_soft": "9999-12-31",
                   "precision": "vague", "relation": "in", "text": "in days", "rule": "r@1", "span": span()},
        "places": [{"name": "Varn", "geonameid": 7, "lat": 1.5, "lon": -2.25, "extent": "point", "span": span()}],
        "quantities": [{"text": "five", "kind": "ratio", "low": 5.0, "mid": 5.0, "high": 5.0, "op": "eq",
                        "of": "tanks", "unit": "percent", "per": "tank", "span": span()}],
        "event": {"class": "capture", "pack": "conflict", "actor": entity(), "target": entity(),
                  "place": entity(), "threshold": "above 5", "trigger": span()},
        "drift": ["s2"], "confidence": 0.1, "extractor": "sayso"
    })
}

/// A record of which every field that may be null or empty is so.
fn bare() -> Value {
    let mut record = full();
    let Value::Object(fields) = &mut record else { unreachable!("it is an object") };
    for name in ["speaker", "said", "certainty", "condition", "window", "event"] {
        fields[name] = Value::Null;
    }
    for name in ["chain", "source", "cue", "content", "places", "quantities", "drift"] {
        fields[name] = json!([]);
    }
    fields["article"] = json!({"id": "a", "key": "k", "path": null, "outlet": null, "url": null, "title": null,
                               "published": null, "published_precision": null});
    record
}

fn statements() -> Vec<Statement> {
    [full(), bare()].into_iter().map(|record| serde_json::from_value(record).unwrap()).collect()
}

fn article() -> Article {
    Article {
        outlet: Some("o".to_owned()),
        author: Some("b".to_owned()),
        published: Some(Published {
            date: "2031-04-03".parse().unwrap(),
            time: Some("14:05:00".parse().unwrap()),
            precision: Precision::Minute,
        }),
        modified: Some(Published::day("2031-04-04".parse().unwrap())),
        problems: vec![Problem::new(sayso_model::Code::R010, "guessed")],
        ..Article::of_text("k", "Дом стоит.")
    }
}

fn mixed() -> RecordBatch {
    let (statements, article) = (statements(), article());
    let groups = vec!["varn".to_owned()];
    table(&[
        Row::Problem("row-9", "It has no text."),
        Row::Statement(&statements[0], &groups),
        Row::Article(&article),
        Row::Statement(&statements[1], &[]),
    ])
    .unwrap()
}

#[test]
fn every_field_comes_back_as_it_was() {
    let back = unpacked(&mixed()).unwrap();
    assert_eq!(back.statements, statements());
    assert_eq!(back.articles, [article()]);
    assert_eq!(back.failures, ["row-9: It has no text."]);
}

/// The schema is written by hand: a field that the record gains must get a column.
#[test]
fn every_field_of_the_record_has_a_column() {
    fn compare(record: &Value, data: &DataType, at: &str) {
        match (record, data) {
            (Value::Object(fields), DataType::Struct(columns)) => {
                let names: Vec<&str> =
                    columns.iter().map(|column| column.name().as_str()).collect();
                for (name, value) in fields {
                    let column = columns.find(name);
                    let (_, column) = column.unwrap_or_else(|| panic!("{at}.{name} has no column"));
                    compare(value, column.data_type(), &format!("{at}.{name}"));
                }
                assert_eq!(names.len(), fields.len(), "{at}: {names:?}");
            }
            (Value::Array(values), DataType::List(item)) => {
                for value in values {
                    compare(value, item.data_type(), at);
                }
            }
            _ => {}
        }
    }
    let Value::Object(fields) = full() else { unreachable!("it is an object") };
    for (name, value) in &fields {
        let schema = schema();
        let column =
            schema.field_with_name(name).unwrap_or_else(|_| panic!("{name} has no column"));
        compare(value, column.data_type(), name);
    }
}

#[test]
fn strings_of_other_widths_are_read() {
    let table = mixed();
    let wide: Vec<_> = table
        .columns()
        .iter()
        .map(|column| match column.data_type() {
            DataType::Utf8 => cast(column, &DataType::LargeUtf8).unwrap(),
            _ => std::sync::Arc::clone(column),
        })
        .collect();
    let fields: Vec<_> = table
        .schema()
        .fields()
        .iter()
        .zip(&wide)
        .map(|(field, column)| field.as_ref().clone().with_data_type(column.data_type().clone()))
        .collect();
    let wide = RecordBatch::try_new(arrow_schema::Schema::new(fields).into(), wide).unwrap();
    assert_eq!(unpacked(&wide).unwrap().statements, statements());
}

#[test]
fn a_damaged_row_costs_no_other() {
    let table = mixed();
    // A statement without an id, and an article whose text is another's.
    let id = table.schema().index_of("id").unwrap();
    let text = table.schema().index_of("text").unwrap();
    let mut columns = table.columns().to_vec();
    columns[id] =
        std::sync::Arc::new(arrow_array::StringArray::from(vec![None, None, None, Some("s1")]));
    columns[text] =
        std::sync::Arc::new(arrow_array::StringArray::from(vec![None, None, Some("x"), None]));
    let back = unpacked(&RecordBatch::try_new(table.schema(), columns).unwrap()).unwrap();
    assert_eq!((back.statements.len(), back.articles.len()), (1, 0));
    assert_eq!(back.failures.len(), 3, "{:?}", back.failures);
}

#[test]
fn a_table_of_something_else_is_refused() {
    let table = mixed();
    let other = table.project(&[1, 2]).unwrap();
    assert!(matches!(unpacked(&other), Err(TableError::Columns(_))));
    let lone = unpacked(&table.project(&[0]).unwrap()).unwrap();
    assert_eq!((lone.statements.len(), lone.failures.len()), (0, 4), "{:?}", lone.failures);
}

#[test]
fn a_question_has_a_row_for_each_bearing() {
    let bearing = |statement: &str| Bearing {
        statement: statement.to_owned(),
        stance: Stance::No,
        low: None,
        high: Some(0.4),
        reason: "why".to_owned(),
    };
    let question = Question {
        id: "q1".to_owned(),
        text: "Will Varn fall?".to_owned(),
        class: "capture".to_owned(),
        actor: None,
        target: Some("Varn".to_owned()),
        criteria: None,
        bearings: vec![bearing("s1"), bearing("s2")],
    };
    let table = bearings(&[question]).unwrap();
    assert_eq!((table.num_rows(), table.schema()), (2, bearing_schema()));
    assert_eq!(table.column_by_name("low").unwrap().null_count(), 2);
    assert_eq!(bearings(&[]).unwrap().num_rows(), 0);
}

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_file_holds_the_same_and_is_the_same_each_time() {
    let (statements, article) = (statements(), article());
    let written = || {
        let mut writer = Writer::new(Vec::new()).unwrap();
        writer.push(&[Row::Article(&article)]).unwrap();
        writer
            .push(&[Row::Statement(&statements[0], &[]), Row::Statement(&statements[1], &[])])
            .unwrap();
        writer.finish().unwrap()
    };
    let bytes = written();
    assert_eq!(bytes, written());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.parquet");
    std::fs::write(&path, bytes).unwrap();
    let (mut back, mut articles) = (Vec::new(), Vec::new());
    for table in read(std::fs::File::open(&path).unwrap()).unwrap() {
        let one = unpacked(&table.unwrap()).unwrap();
        back.extend(one.statements);
        articles.extend(one.articles);
    }
    assert_eq!((back, articles), (statements, vec![article]));
    std::fs::write(&path, b"PAR1 no more").unwrap();
    assert!(matches!(read(std::fs::File::open(&path).unwrap()), Err(TableError::Parquet(_))));
}
