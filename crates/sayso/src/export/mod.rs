//! Formats of others: one module a format, each a function from what the ledger holds to files.
//!
//! What a format cannot say is left out and never bent: a range is no probability of ours, a person is nowhere
//! called wrong, and what an outcome means is said in the words that the pages use.

mod annotation;
mod datapackage;
mod ftm;
mod graph;
mod schemaorg;
mod stix;

use std::collections::BTreeMap;

use sayso_ledger::{Ledger, OutcomeView, QuestionView, SpeakerSummary};
use sayso_model::{Article, Certainty, Statement, printed_range};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::error::{CommandError, ErrorKind};

pub(crate) use annotation::annotation;
pub(crate) use datapackage::datapackage;
pub(crate) use ftm::ftm;
pub(crate) use graph::graph;
pub(crate) use schemaorg::schemaorg;
pub(crate) use stix::stix;

/// One file of an export.
pub(crate) struct File {
    /// Its name in a folder.
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    fn json(name: &'static str, value: &impl Serialize) -> Result<Self, CommandError> {
        let mut bytes = serde_json::to_vec_pretty(value).map_err(unwritten)?;
        bytes.push(b'\n');
        Ok(Self { name, bytes })
    }

    fn csv<'a>(
        name: &'static str,
        head: &[&str],
        rows: impl IntoIterator<Item = Vec<String>> + 'a,
    ) -> Result<Self, CommandError> {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(head).map_err(unwritten)?;
        for row in rows {
            table
                .write_record(row.into_iter().map(crate::format::csv::harmless))
                .map_err(unwritten)?;
        }
        let bytes = table.into_inner().map_err(|error| unwritten(error.error()))?;
        Ok(Self { name, bytes })
    }
}

fn unwritten(error: impl std::fmt::Display) -> CommandError {
    CommandError::new(ErrorKind::SomeFailed, format!("The export could not be made: {error}."))
}

/// What goes out.
pub(crate) struct Holdings {
    /// By id. For others they have no text.
    pub(crate) articles: BTreeMap<String, Article>,
    /// In the order of their ids.
    pub(crate) statements: Vec<Statement>,
    pub(crate) questions: Vec<QuestionView>,
    pub(crate) speakers: Vec<SpeakerSummary>,
    pub(crate) outcomes: Vec<OutcomeView>,
    /// For others than the owner.
    pub(crate) public: bool,
}

impl Holdings {
    /// All that a ledger holds.
    ///
    /// # Errors
    /// The ledger's.
    pub(crate) fn of(ledger: &Ledger) -> Result<Self, CommandError> {
        let (mut articles, mut statements) = (BTreeMap::new(), Vec::new());
        let mut cursor = None;
        loop {
            let page = ledger.articles(1000, cursor.as_deref())?;
            for summary in page.items {
                let id = summary.article.id;
                statements.extend(ledger.statements_of_article(&id)?);
                articles.insert(id.clone(), ledger.article(&id)?);
            }
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        statements.sort_by(|a, b| a.id.cmp(&b.id));
        let mut questions = Vec::new();
        for summary in ledger.questions()? {
            questions.push(ledger.question(&summary.id)?);
        }
        questions.sort_by(|a, b| a.question.id.cmp(&b.question.id));
        let mut outcomes = ledger.outcomes(false)?;
        outcomes.sort_by(|a, b| a.outcome.id.cmp(&b.outcome.id));
        let mut speakers = ledger.speakers()?;
        speakers.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Self { articles, statements, questions, speakers, outcomes, public: false })
    }

    /// What a ledger for others holds, with quotations cut.
    ///
    /// # Errors
    /// The ledger's.
    pub(crate) fn public(ledger: &Ledger) -> Result<Self, CommandError> {
        let all = Self::of(ledger)?;
        let statements: Vec<Statement> = shortened(&all.statements)?;
        let articles = all
            .articles
            .into_iter()
            .map(|(id, article)| {
                // Its author's copy of the text stays at home.
                (id, Article { text: String::new(), path: None, ..article })
            })
            .collect();
        Ok(Self { articles, statements, public: true, ..all })
    }

    /// The statement with this id.
    fn statement(&self, id: &str) -> Option<&Statement> {
        let at = self.statements.binary_search_by(|one| one.id.as_str().cmp(id)).ok()?;
        Some(&self.statements[at])
    }
}

/// Records with their quotations cut, by the rule of the pages.
fn shortened<T: Serialize + DeserializeOwned>(records: &[T]) -> Result<Vec<T>, CommandError> {
    let mut value = serde_json::to_value(records).map_err(unwritten)?;
    sayso_web::shorten(&mut value);
    serde_json::from_value(value).map_err(unwritten)
}

/// What a statement says; its parts joined by an ellipsis.
fn words(statement: &Statement) -> String {
    let parts: Vec<&str> = statement.content.iter().map(|span| span.text.as_str()).collect();
    parts.join(" … ")
}

/// "likely (55–80 %)": words and range together.
fn sure(certainty: &Certainty) -> String {
    match printed_range(certainty.low, certainty.high, certainty.bound) {
        Some(range) => format!("{} ({range})", certainty.term),
        None => certainty.term.clone(),
    }
}

/// A page that anybody can open; what a file is called at home is none.
fn address(statement: &Statement) -> Option<&str> {
    statement.article.url.as_deref().filter(|url| url.starts_with("http"))
}

/// A name for an article that has no address.
fn urn(article: &str) -> String {
    format!("urn:sha256:{article}")
}

/// The fields of an object that have a value.
fn known(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let known = fields.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(known.map(|(name, value)| (name.to_owned(), value)).collect())
}
