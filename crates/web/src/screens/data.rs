//! Screen 8: what the ledger holds, how to take it along, under which licences, and what persons changed.

use axum::{extract::State, response::Response};
use maud::{Markup, html};
use sayso_ledger::{Correction, Counts, Ledger, Run};
use serde::Serialize;

use super::Trouble;
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording,
};

/// Corrections on the page and in its twins: the latest.
const MAX_CORRECTIONS: usize = 500;
/// Days of adding on the page.
const MAX_RUNS: usize = 30;

/// What the page shows, and its JSON twin.
#[derive(Serialize)]
struct Data {
    sayso: &'static str,
    ledger_version: u32,
    statement_schema: u32,
    counts: Counts,
    runs: Vec<Run>,
    corrections: Vec<Correction>,
}

/// The page.
pub(crate) async fn page(State(pages): State<Pages>, wanted: Wanted) -> Result<Response, Trouble> {
    let view = pages
        .ask(|ledger| {
            Ok(Data {
                sayso: env!("CARGO_PKG_VERSION"),
                ledger_version: Ledger::VERSION,
                statement_schema: sayso_model::SCHEMA,
                counts: ledger.counts()?,
                runs: ledger.runs(MAX_RUNS)?,
                corrections: ledger.corrections(MAX_CORRECTIONS)?,
            })
        })
        .await?;
    twin::answer(
        &pages,
        wanted.form,
        &view,
        || table(&view.corrections),
        || frame::page("Data and corrections", Part::Data, "", &shown(&view)),
    )
}

fn shown(view: &Data) -> Markup {
    let counts = &view.counts;
    html! {
        h1 { "Data and corrections" }
        p.lede { "What is here, how to take it along, and what persons changed in it. Nothing is overwritten: a correction is a record beside the one that it corrects." }
        dl.facts {
            @for (n, one, many) in [
                (counts.articles, "article", "articles"), (counts.outlets, "outlet", "outlets"),
                (counts.statements, "statement", "statements"), (counts.forecasts, "forecast", "forecasts"),
                (counts.speakers, "speaker", "speakers"), (counts.questions, "question", "questions"),
            ] { (super::speaker::fact(n, one, many)) }
        }
        section aria-labelledby="downloads" {
            h2 #downloads { "Take it along" }
            ul.plain {
                @for (path, what) in [
                    ("/statements", "Statements, newest first, a page at a time"),
                    ("/questions", "Questions with their figures"), ("/speakers", "Speakers"),
                    ("/map", "Places"), ("/data", "Corrections"),
                ] { li { (what) ": " a href=(format!("{path}.json")) { "JSON" } " · " a href=(format!("{path}.csv")) { "CSV" } } }
            }
            p.soft { "Every other page has both too, at its foot; " a href="/openapi.json" { "all addresses" } " as an OpenAPI document. " (super::trouble::code("All statements at once: `sayso find --limit 1000000 -o csv`.")) }
        }
        section aria-labelledby="corrections" {
            h2 #corrections { "Corrections" }
            @if view.corrections.is_empty() {
                p { "Nobody has corrected anything yet." }
            } @else {
                table.list {
                    caption.hidden { "What persons changed, the latest first" }
                    thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Of" } th scope="col" { "Why" } th scope="col" { "By" } } }
                    tbody { @for one in &view.corrections { (line(one)) } }
                }
            }
        }
        section aria-labelledby="runs" {
            h2 #runs { "Added" }
            @if view.runs.is_empty() { p { "No article yet." } }
            ul.plain { @for run in &view.runs {
                li { time datetime=(run.day) { (wording::date(&run.day)) } ": " (wording::count(run.articles as u64, "article", "articles")) }
            } }
        }
        section aria-labelledby="versions" {
            h2 #versions { "Versions and licences" }
            ul.plain {
                li { "sayso " (view.sayso) ", MIT or Apache-2.0" }
                li { "ledger version " (view.ledger_version) ", statement record schema " (view.statement_schema) }
                li { "The trained weights inside are under CC BY-SA 4.0; tables and their sources are named in NOTICE." }
                li { "The words of an article are its publisher’s. Quote them, name the article, and link to it." }
            }
        }
        (twin::links("/data", "", "sayso review log"))
    }
}

fn line(one: &Correction) -> Markup {
    let link = match one.part.as_str() {
        "statement" if one.action != "reject" => Some(address::link("statement", &one.subject)),
        "question" | "speaker" => Some(address::link(&one.part, &one.subject)),
        _ => None,
    };
    let day = one.added_at.get(..10).unwrap_or(&one.added_at);
    html! {
        tr {
            td.n { time datetime=(one.added_at) { (wording::date(day)) } }
            td { (one.part) " " b { (one.action) } }
            td { @match link { Some(link) => a href=(link) { (short(&one.subject)) }, None => (short(&one.subject)) } }
            td { (one.reason) }
            td { (one.reviewer) }
        }
    }
}

fn short(id: &str) -> &str {
    id.get(..9).unwrap_or(id)
}

fn table(corrections: &[Correction]) -> Table {
    let rows = corrections.iter().map(|one| {
        vec![
            one.added_at.clone(),
            one.part.clone(),
            one.action.clone(),
            one.subject.clone(),
            one.reason.clone(),
            one.reviewer.clone(),
        ]
    });
    Table {
        head: &["added_at", "part", "action", "subject", "reason", "reviewer"],
        rows: rows.collect(),
    }
}
