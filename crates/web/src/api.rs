//! The JSON twins of the pages: the same query, the same records.

use axum::{Json, extract::State};
use sayso_ledger::{Hit, Ledger, Page, QuestionSummary};

use crate::{
    screens::{
        Trouble,
        ledger::{Given, given},
    },
    state::Pages,
};

/// `/api/statements?…` takes the query of the ledger's page.
pub(crate) async fn statements(
    State(pages): State<Pages>,
    pairs: Given,
) -> Result<Json<Page<Hit>>, Trouble> {
    let (query, _) = given(pairs).query(pages.today());
    pages.ask(move |ledger| ledger.find(&query)).await.map(Json)
}

/// `/api/questions`
pub(crate) async fn questions(
    State(pages): State<Pages>,
) -> Result<Json<Vec<QuestionSummary>>, Trouble> {
    pages.ask(Ledger::questions).await.map(Json)
}
