//! What became of a question, by resolver, and a person's word on what is proposed.

use axum::{
    extract::{Form, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use sayso_ledger::{Edit, Happened, Happening, Ledger, LedgerError, OutcomeView};
use sayso_model::{OutcomeSource, OutcomeState, Subject};
use sayso_score::words;

use super::Trouble;
use crate::{address, state::Pages, wording};

/// Proposals that the review page shows at once.
const MOST: usize = 12;

/// The outcomes that hold or wait, the ones that hold first.
pub(super) fn section(outcomes: &[OutcomeView], may_decide: bool) -> Markup {
    let shown: Vec<&OutcomeView> =
        outcomes.iter().filter(|one| one.holds || one.is_proposal()).collect();
    html! {
        section.outcomes aria-labelledby="outcome" {
            h2 #outcome { "Outcome" }
            @if shown.is_empty() {
                p.soft { "Nobody has written down what became of it." }
            }
            @for one in shown { (entry(one, may_decide)) }
        }
    }
}

fn entry(one: &OutcomeView, may_decide: bool) -> Markup {
    let outcome = &one.outcome;
    html! {
        div.outcome.(outcome.state.word()) {
            p {
                span.diamond aria-hidden="true" { (glyph(outcome.state)) } " "
                b { (outcome.resolver) } ": " (words::outcome(outcome)) ". "
                span.soft { "Known " time datetime=(outcome.known) { (wording::long(outcome.known)) } ", "
                    @match &one.ruling {
                        Some(ruling) => { "confirmed by " (ruling.reviewer) "." },
                        None => { "a proposal that nobody has confirmed." },
                    }
                }
            }
            p.soft { (outcome.reason) }
            @for source in &outcome.sources { p.soft { (self::source(source)) } }
            @if may_decide && one.is_proposal() {
                form.verdict.inline action=(address::link("outcome", &outcome.id)) method="post" {
                    label { "Your name " input name="reviewer" required maxlength="120" autocomplete="name"; }
                    button.good type="submit" name="verdict" value="confirm" accesskey="o" { "Confirm" }
                    button.bad type="submit" name="verdict" value="withdraw" { "It is not so" }
                }
            }
        }
    }
}

/// Outcomes that wait for a person, with the sentence that each decides and where that stands.
pub(super) fn waiting(ledger: &Ledger) -> Result<Vec<(String, String, OutcomeView)>, LedgerError> {
    let mut waiting = Vec::new();
    for one in ledger.proposed_outcomes()? {
        let (text, href) = match &one.outcome.subject {
            Subject::Question(id) => {
                (ledger.question(id)?.question.text, address::link("question", id))
            }
            Subject::Statement(id) => {
                (wording::words(&ledger.statement(id)?), address::link("statement", id))
            }
        };
        waiting.push((text, href, one));
    }
    Ok(waiting)
}

/// The outcomes that wait, for the review page.
pub(super) fn queue(waiting: &[(String, String, OutcomeView)], may_decide: bool) -> Markup {
    html! {
        @if !waiting.is_empty() {
            section aria-labelledby="proposals" {
                h2 #proposals { "Outcomes that a machine proposes" }
                @for (text, href, one) in waiting.iter().take(MOST) {
                    h3 { a href=(href) { (text) } }
                    (entry(one, may_decide))
                }
                @if waiting.len() > MOST { p.soft { (waiting.len() - MOST) " more wait." } }
            }
        }
    }
}

/// Filled where something happened, hollow where it did not, a stroke for the rest: never by colour
/// alone.
fn glyph(state: OutcomeState) -> &'static str {
    match state {
        OutcomeState::True => "◆",
        OutcomeState::False | OutcomeState::Pending => "◇",
        _ => "–",
    }
}

fn source(source: &OutcomeSource) -> Markup {
    html! {
        @if let Some(url) = source.url.as_deref().filter(|url| is_web(url)) {
            a href=(url) rel="noreferrer" { (url) } " "
        } @else if let Some(url) = &source.url { (url) " " }
        @if let Some(words) = &source.quotation { q { (words) } " " }
        @if let Some(file) = &source.file {
            (file)
            @if !source.rows.is_empty() {
                ", rows " (source.rows.iter().take(6).map(u64::to_string).collect::<Vec<_>>().join(", "))
                @if source.rows.len() > 6 { ", …" }
            }
            @if let Some(hash) = source.sha256.as_deref().and_then(|hash| hash.get(..12)) { " (SHA-256 " (hash) "…)" }
        }
    }
}

/// An address that a browser may follow.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// What happened on a question, in order.
pub(super) fn happenings(all: &[Happening]) -> Markup {
    // Who said what stands in the table; here stands what changed.
    let told: Vec<&Happening> = all.iter().filter(|one| one.what != Happened::Said).collect();
    html! {
        @if !told.is_empty() {
            section aria-labelledby="changed" {
                h2 #changed { "What changed" }
                ol.happenings {
                    @for one in told {
                        li {
                            @match one.day {
                                Some(day) => time datetime=(day) { (wording::long(day)) },
                                None => span.soft { "no date" },
                            }
                            " " (one.text)
                        }
                    }
                }
            }
        }
    }
}

/// `POST /outcome/{id}`: a person's word. The guard lets only our own pages send it.
pub(crate) async fn decide(
    State(pages): State<Pages>,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    if pages.classes.is_none() {
        return Err(Trouble::OnlyReading);
    }
    let value = |name: &str| {
        fields.iter().rev().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    };
    let confirms = match value("verdict") {
        "confirm" => true,
        "withdraw" => false,
        _ => return Err(Trouble::Form("One of the buttons decides.".to_owned())),
    };
    let reviewer = value("reviewer").to_owned();
    if reviewer.is_empty() {
        return Err(Trouble::Form("An outcome needs the name of who confirms it.".to_owned()));
    }
    let now = pages.now();
    let known = id.clone();
    let subject = pages.ask(move |ledger| Ok(ledger.outcome(&known)?.outcome.subject)).await?;
    pages
        .change(move |ledger| {
            let edit = Edit { reason: "Decided on the page.", reviewer: &reviewer, at: &now };
            if confirms {
                ledger.confirm_outcome(&id, edit)?;
            } else {
                ledger.withdraw_outcome(&id, edit)?;
            }
            Ok(())
        })
        .await?;
    let back = match &subject {
        Subject::Question(id) => address::link("question", id),
        Subject::Statement(id) => address::link("statement", id),
    };
    // 303: the browser asks for the page, and loading it again sends nothing twice.
    Ok((StatusCode::SEE_OTHER, Redirect::to(&back)).into_response())
}
