//! Tables back to records.

use std::sync::Arc;

use arrow_array::{Array as _, ArrayRef, BooleanArray, RecordBatch, StringArray, new_null_array};
use arrow_cast::cast;
use arrow_select::filter::filter_record_batch;
use sayso_model::{Article, ArticleRef, Problem, Published, Statement, article_id};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{TableError, schema};

/// What a table held.
#[derive(Debug, Default)]
pub struct Unpacked {
    /// The articles with their texts, in the order of the rows.
    pub articles: Vec<Article>,
    /// The statements, in the order of the rows.
    pub statements: Vec<Statement>,
    /// Rows that are neither: problems that were kept in the table, and rows that are damaged. A sentence each.
    pub failures: Vec<String>,
}

/// Reads a table back. A row that is damaged costs no other row.
///
/// # Errors
/// [`TableError::Columns`] for a table that has no column `row`, or one of another type.
pub fn unpacked(table: &RecordBatch) -> Result<Unpacked, TableError> {
    let table = fitted(table)?;
    let mut out = Unpacked::default();
    let sorts = strings(&table, "row")?;
    let of = |sort: &str| {
        let chosen: BooleanArray = sorts.iter().map(|word| Some(word == Some(sort))).collect();
        filter_record_batch(&table, &chosen)
    };
    out.statements = rows(&of("statement")?, "statement", &mut out.failures);
    for row in rows::<ArticleRow>(&of("article")?, "article", &mut out.failures) {
        match row.article() {
            Ok(article) => out.articles.push(article),
            Err(words) => out.failures.push(words),
        }
    }
    for problem in rows::<ProblemRow>(&of("problem")?, "problem", &mut out.failures) {
        let why = problem.problems.into_iter().next().map(|why| why.message).unwrap_or_default();
        out.failures.push(format!("{}: {why}", problem.article.key));
    }
    let known = ["statement", "article", "problem"];
    let strange =
        sorts.iter().filter(|sort| sort.is_none_or(|sort| !known.contains(&sort))).count();
    if strange > 0 {
        out.failures.push(format!(
            "{strange} rows are no statement, article or problem by their column `row`."
        ));
    }
    Ok(out)
}

/// A table with our columns in our order: columns of like types are cast (other engines have wider strings),
/// those that are missing are null, and others are left out.
///
/// # Errors
/// [`TableError::Columns`] for a column that cannot be cast, or none of which is ours.
pub fn fitted(table: &RecordBatch) -> Result<RecordBatch, TableError> {
    let schema = schema();
    let column = |field: &Arc<arrow_schema::Field>| -> Result<ArrayRef, TableError> {
        let Some(column) = table.column_by_name(field.name()) else {
            return Ok(new_null_array(field.data_type(), table.num_rows()));
        };
        if column.data_type() == field.data_type() {
            return Ok(Arc::clone(column));
        }
        cast(column, field.data_type()).map_err(|error| {
            TableError::Columns(format!("its column `{}` has another type ({error})", field.name()))
        })
    };
    let row = table.column_by_name("row");
    if row.is_none_or(|row| row.null_count() > 0) {
        return Err(TableError::Columns("it has no column `row`".to_owned()));
    }
    let columns = schema.fields().iter().map(column).collect::<Result<_, _>>()?;
    Ok(RecordBatch::try_new(schema, columns)?)
}

fn strings<'a>(table: &'a RecordBatch, name: &str) -> Result<&'a StringArray, TableError> {
    table
        .column_by_name(name)
        .and_then(|column| column.as_any().downcast_ref())
        .ok_or_else(|| TableError::Columns(format!("it has no column `{name}` of strings")))
}

/// The rows of one sort; where one cannot be read they are read one by one, for the others' sake.
fn rows<T: DeserializeOwned>(
    table: &RecordBatch,
    sort: &str,
    failures: &mut Vec<String>,
) -> Vec<T> {
    if table.num_rows() == 0 {
        return Vec::new();
    }
    if let Ok(rows) = serde_arrow::from_record_batch(table) {
        return rows;
    }
    let mut good = Vec::new();
    for at in 0..table.num_rows() {
        match serde_arrow::from_record_batch::<Vec<T>>(&table.slice(at, 1)) {
            Ok(row) => good.extend(row),
            Err(error) => failures.push(format!("A row is no {sort}: {}.", error.message())),
        }
    }
    good
}

#[derive(Deserialize)]
struct ArticleRow {
    article: ArticleRef,
    text: String,
    author: Option<String>,
    agency: Option<String>,
    modified: Option<String>,
    language: Option<String>,
    problems: Vec<Problem>,
}

impl ArticleRow {
    fn article(self) -> Result<Article, String> {
        let Self { article, text, author, agency, modified, language, problems } = self;
        if article_id(&text) != article.id {
            return Err(format!(
                "{}: the text is not the one that has this id: {}",
                article.key, article.id
            ));
        }
        let date = |printed: Option<String>| match printed {
            None => Ok(None),
            Some(printed) => Published::of_printed(&printed)
                .map(Some)
                .ok_or_else(|| format!("{}: this is no date: {printed}", article.key)),
        };
        Ok(Article {
            published: date(article.published)?,
            modified: date(modified)?,
            id: article.id,
            key: article.key,
            path: article.path,
            outlet: article.outlet,
            url: article.url,
            title: article.title,
            author,
            agency,
            language,
            text,
            problems,
        })
    }
}

#[derive(Deserialize)]
struct ProblemRow {
    article: KeyRow,
    problems: Vec<MessageRow>,
}

#[derive(Deserialize)]
struct KeyRow {
    key: String,
}

#[derive(Deserialize)]
struct MessageRow {
    message: String,
}
