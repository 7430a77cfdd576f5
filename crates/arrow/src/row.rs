//! What was read, as rows.

use arrow_array::RecordBatch;
use sayso_model::{Article, ArticleRef, Published, Question, Stance, Statement};
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use crate::{TableError, bearing_schema, schema};

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// An article, with its text.
    Article(&'a Article),
    /// A statement, and the keys under which it can meet others in a question.
    Statement(&'a Statement, &'a [String]),
    /// An input that gave no article: its id, and why, as a sentence with its cure.
    Problem(&'a str, &'a str),
}

impl Row<'_> {
    /// The word in the column `row`.
    pub fn sort(&self) -> &'static str {
        match self {
            Self::Article(_) => "article",
            Self::Statement(..) => "statement",
            Self::Problem(..) => "problem",
        }
    }
}

/// Fields of the record that are columns under the same name.
macro_rules! columns {
    ($row:ident, $record:ident: $($field:ident),+) => {
        $($row.serialize_field(stringify!($field), &$record.$field)?;)+
    };
}

/// Columns that a row does not name are null.
impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Row", schema().fields().len())?;
        row.serialize_field("row", self.sort())?;
        match self {
            Self::Article(article) => {
                row.serialize_field("article", &ArticleRef::from(*article))?;
                columns!(row, article: text, author, agency);
                let modified = article.modified.as_ref().map(Published::printed);
                row.serialize_field("modified", &modified)?;
                columns!(row, article: language, problems);
            }
            Self::Statement(statement, groups) => {
                columns!(
                    row, statement: schema, id, article, speaker, chain, source, cue, content, said,
                    speech, kind, polarity, certainty, condition, window, places, quantities, event,
                    drift, confidence, extractor
                );
                row.serialize_field("groups", groups)?;
            }
            Self::Problem(key, message) => {
                row.serialize_field("article", &Key { key })?;
                row.serialize_field("problems", &[Why { code: None, message }])?;
            }
        }
        row.end()
    }
}

/// All that is known of what gave no article.
#[derive(Serialize)]
struct Key<'a> {
    key: &'a str,
}

/// A problem without a code of the reader.
#[derive(Serialize)]
struct Why<'a> {
    code: Option<&'static str>,
    message: &'a str,
}

/// The table of these rows.
///
/// # Errors
/// [`TableError::Records`] for an offset or a number beyond what a column holds.
pub fn table(rows: &[Row<'_>]) -> Result<RecordBatch, TableError> {
    let schema = schema();
    let batch = serde_arrow::to_record_batch(schema.fields(), &rows)?;
    Ok(batch.with_schema(schema)?)
}

/// A statement that bears on a question, with all that is known of the question.
#[derive(Serialize)]
struct Bears<'a> {
    question: &'a str,
    text: &'a str,
    class: &'a str,
    criteria: Option<&'a str>,
    actor: Option<&'a str>,
    target: Option<&'a str>,
    statement: &'a str,
    stance: Stance,
    low: Option<f64>,
    high: Option<f64>,
    reason: &'a str,
}

/// The table of these questions: one row a statement that bears on one.
///
/// # Errors
/// As [`table`].
pub fn bearings(questions: &[Question]) -> Result<RecordBatch, TableError> {
    let rows: Vec<Bears<'_>> = questions
        .iter()
        .flat_map(|question| {
            question.bearings.iter().map(move |bearing| Bears {
                question: &question.id,
                text: &question.text,
                class: &question.class,
                criteria: question.criteria.as_deref(),
                actor: question.actor.as_deref(),
                target: question.target.as_deref(),
                statement: &bearing.statement,
                stance: bearing.stance,
                low: bearing.low,
                high: bearing.high,
                reason: &bearing.reason,
            })
        })
        .collect();
    let schema = bearing_schema();
    let batch = serde_arrow::to_record_batch(schema.fields(), &rows)?;
    Ok(batch.with_schema(schema)?)
}
