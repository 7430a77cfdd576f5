//! The JSON twins of the pages: the same query, the same records.

use axum::{Json, extract::State};
use sayso_ledger::{Hit, Ledger, Page, QuestionSummary};
use sayso_model::Statement;

use crate::{
    screens::{
        Trouble,
        ledger::{Given, given},
    },
    state::Pages,
    wording,
};

/// `/api/statements?…` takes the query of the ledger's page.
pub(crate) async fn statements(
    State(pages): State<Pages>,
    pairs: Given,
) -> Result<Json<Page<Hit>>, Trouble> {
    let (query, _) = given(pairs).query(pages.today());
    let mut found = pages.ask(move |ledger| ledger.find(&query)).await?;
    if pages.public {
        found.items.iter_mut().for_each(|hit| shorten(&mut hit.statement));
    }
    Ok(Json(found))
}

/// Leaves of each quotation what a page for others prints. The offsets stay those of the whole.
fn shorten(statement: &mut Statement) {
    let mut left = wording::QUOTATION;
    for span in &mut statement.content {
        let whole = span.text.chars().count();
        if whole > left {
            span.text = match left {
                0 => String::new(),
                left => span.text.chars().take(left - 1).chain(['…']).collect(),
            };
        }
        left = left.saturating_sub(whole);
    }
    if let Some(condition) = &mut statement.condition {
        condition.text = wording::cut(&condition.text);
    }
}

/// `/api/questions`
pub(crate) async fn questions(
    State(pages): State<Pages>,
) -> Result<Json<Vec<QuestionSummary>>, Trouble> {
    pages.ask(Ledger::questions).await.map(Json)
}
