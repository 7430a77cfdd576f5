//! The ledger: the store of articles, statements and questions. It only appends.

mod error;
mod query;
mod views;

use std::path::Path;

use sayso_link::Classes;
use sayso_model::{Article, Statement};

pub use error::{LedgerError, Result};
pub use query::{Query, QueryError, WindowState};
pub use views::{
    Added, ArticleSummary, BearingStatement, BearsOn, Counts, FacetCount, Facets, Hit, Page,
    Problem, QuestionSummary, QuestionView, Record, Relinked, Reread, Side, SpeakerSummary,
};

/// An open ledger. One per thread: reading takes `&self`, writing `&mut self`.
#[derive(Debug)]
pub struct Ledger {}

/// Signatures first, for those who build on them; the bodies follow within the hour.
#[expect(clippy::todo, unused_variables, missing_docs, clippy::missing_errors_doc)]
#[expect(clippy::missing_panics_doc)]
impl Ledger {
    pub fn open(path: &Path) -> Result<Self> {
        todo!()
    }
    pub fn open_existing(path: &Path) -> Result<Self> {
        todo!()
    }
    pub fn in_memory() -> Result<Self> {
        todo!()
    }
    pub fn add(
        &mut self,
        article: &Article,
        statements: &[Statement],
        added_at: &str,
    ) -> Result<Added> {
        todo!()
    }
    pub fn reread(
        &mut self,
        article: &Article,
        statements: &[Statement],
        at: &str,
    ) -> Result<Reread> {
        todo!()
    }
    pub fn supersede(
        &mut self,
        statement: &str,
        by: Option<&Statement>,
        reason: &str,
        at: &str,
    ) -> Result<()> {
        todo!()
    }
    pub fn relink(&mut self, classes: &Classes, at: &str) -> Result<Relinked> {
        todo!()
    }
    pub fn article(&self, id: &str) -> Result<Article> {
        todo!()
    }
    pub fn articles(&self, limit: usize, cursor: Option<&str>) -> Result<Page<ArticleSummary>> {
        todo!()
    }
    pub fn statements_of_article(&self, id: &str) -> Result<Vec<Statement>> {
        todo!()
    }
    pub fn statement(&self, id: &str) -> Result<Statement> {
        todo!()
    }
    pub fn find(&self, query: &Query) -> Result<Page<Hit>> {
        todo!()
    }
    pub fn facets(&self, query: &Query) -> Result<Facets> {
        todo!()
    }
    pub fn speakers(&self) -> Result<Vec<SpeakerSummary>> {
        todo!()
    }
    pub fn speaker(&self, id_or_name: &str) -> Result<SpeakerSummary> {
        todo!()
    }
    pub fn statements_of_speaker(&self, id: &str) -> Result<Vec<Statement>> {
        todo!()
    }
    pub fn questions(&self) -> Result<Vec<QuestionSummary>> {
        todo!()
    }
    pub fn question(&self, id: &str) -> Result<QuestionView> {
        todo!()
    }
    pub fn record(&self, id: &str) -> Result<Record> {
        todo!()
    }
    pub fn counts(&self) -> Result<Counts> {
        todo!()
    }
    pub fn verify(&self) -> Result<Vec<Problem>> {
        todo!()
    }
}
