//! Pages for what went wrong: what, and what to do about it.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use sayso_ledger::LedgerError;

use crate::{
    address,
    frame::{self, Part},
};

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Nothing lives at this address.
    NoPage,
    /// Something other than reading was asked for.
    OnlyReading,
    /// A form that another site's page sent.
    OtherSite,
    /// A form that cannot be understood: one sentence.
    Form(String),
    /// The request names another host.
    OtherHost,
    /// The page itself failed: one sentence.
    Broken(String),
    /// The ledger could not answer.
    Ledger(LedgerError),
}

impl From<LedgerError> for Trouble {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl Trouble {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoPage | Self::Ledger(LedgerError::NotFound { .. }) => StatusCode::NOT_FOUND,
            Self::Ledger(LedgerError::Ambiguous { .. }) => StatusCode::MULTIPLE_CHOICES,
            Self::Ledger(LedgerError::Cursor { .. }) => StatusCode::BAD_REQUEST,
            Self::Ledger(LedgerError::Locked { .. }) => StatusCode::SERVICE_UNAVAILABLE,
            Self::OnlyReading => StatusCode::METHOD_NOT_ALLOWED,
            Self::OtherSite => StatusCode::FORBIDDEN,
            Self::Ledger(LedgerError::Stale { .. }) => StatusCode::CONFLICT,
            Self::Form(_)
            | Self::Ledger(
                LedgerError::Unfit { .. }
                | LedgerError::Unsourced { .. }
                | LedgerError::Words { .. },
            ) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::OtherHost => StatusCode::MISDIRECTED_REQUEST,
            Self::Broken(_) | Self::Ledger(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What went wrong and what to do about it.
    fn told(&self) -> (&'static str, String, String) {
        match self {
            Self::NoPage => (
                "No page here",
                "Nothing lives at this address.".to_owned(),
                "Go back to the ledger, or search it.".to_owned(),
            ),
            Self::OnlyReading => (
                "These pages are for reading",
                "They change nothing.".to_owned(),
                "Add articles with `sayso add FILE`.".to_owned(),
            ),
            Self::OtherSite => (
                "This form is not ours",
                "A verdict is given on the page of sayso itself.".to_owned(),
                "Open the review page and decide there.".to_owned(),
            ),
            Self::Form(what) => {
                ("Nothing was written down", what.clone(), "Go back and mend the form.".to_owned())
            }
            Self::OtherHost => (
                "This address is not ours",
                "sayso answers to this machine alone.".to_owned(),
                "Open the address that `sayso serve` printed.".to_owned(),
            ),
            Self::Broken(what) => (
                "Something broke",
                what.clone(),
                "Check the ledger with `sayso doctor`.".to_owned(),
            ),
            Self::Ledger(error) => {
                let title = match error {
                    LedgerError::NotFound { .. } => "Not in this ledger",
                    LedgerError::Ambiguous { .. } => "Several begin like this",
                    LedgerError::Cursor { .. } => "This page of the list is gone",
                    LedgerError::Locked { .. } => "The ledger is being written",
                    LedgerError::Stale { .. } => "Somebody decided before you",
                    LedgerError::Unsourced { .. } | LedgerError::Words { .. } => {
                        "Nothing was written down"
                    }
                    _ => "The ledger cannot be read",
                };
                (title, sentence(&error.to_string()), error.hint())
            }
        }
    }

    fn page(&self) -> Markup {
        let (title, what, cure) = self.told();
        let candidates = match self {
            Self::Ledger(LedgerError::Ambiguous { what, candidates, .. }) => {
                candidates.iter().map(|id| (address::link(what, id), id.as_str())).collect()
            }
            _ => Vec::new(),
        };
        let main = html! {
            div.trouble {
                h1 { (title) }
                p.lede { (what) }
                @if candidates.is_empty() {
                    p { (code(&cure)) }
                } @else {
                    ul { @for (href, id) in &candidates { li { a href=(href) { (id) } } } }
                }
                p { a href="/" { "The ledger" } " · " a href="/questions" { "The questions" } }
            }
        };
        frame::page(title, Part::Nowhere, "", &main)
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        (self.status(), self.page()).into_response()
    }
}

/// The first letter large and a full stop: the command's messages begin small.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    let rest = letters.as_str();
    let stop = if rest.ends_with('.') { "" } else { "." };
    format!("{first}{rest}{stop}")
}

/// Words between back quotes are set as code.
pub(crate) fn code(text: &str) -> Markup {
    html! {
        @for (i, part) in text.split('`').enumerate() {
            @if i % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
