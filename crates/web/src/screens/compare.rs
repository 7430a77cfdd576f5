//! Screen 4: one question from all sides: what cannot both hold, who changed their mind, and how
//! many first sources stand behind the reports.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use sayso_ledger::{BearingStatement, CompareView, OriginView};

use super::{Trouble, ledger, record};
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    wording,
};

/// Pairs and origins that the page shows; the JSON twin has all.
const SHOWN: usize = 40;

/// The page, or with `.json` after the id the record.
pub(crate) async fn page(
    State(pages): State<Pages>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Trouble> {
    let Path(id) = id.map_err(|_| Trouble::NoPage)?;
    let (id, json) = match id.strip_suffix(".json") {
        Some(id) => (id.to_owned(), true),
        None => (id, false),
    };
    let view = pages.ask(move |ledger| ledger.compare(&id)).await?;
    if json {
        return Ok(Json(view).into_response());
    }
    let title = format!("Compared: {}", view.summary.text);
    Ok(frame::page(&title, Part::Questions, "", &shown(&view)).into_response())
}

/// "9 reports · 1 independent origin"
pub(crate) fn independence(reports: usize, origins: usize) -> String {
    format!(
        "{} · {}",
        wording::count(reports as u64, "report", "reports"),
        wording::count(origins as u64, "independent origin", "independent origins")
    )
}

fn shown(view: &CompareView) -> Markup {
    let said: BTreeMap<&str, &BearingStatement> =
        view.statements.iter().map(|one| (one.statement.id.as_str(), one)).collect();
    let summary = &view.summary;
    html! {
        h1 { (summary.text) }
        p.lede {
            (independence(summary.statements, summary.origins)) " · "
            a href=(address::link("question", &summary.id)) { "The question" } " · "
            a href=(format!("{}.json", address::link("compare", &summary.id))) { "JSON" }
        }
        (contradictions(view, &said))
        (changes(view, &said))
        (deadlines(view))
        (origins(view, &said))
    }
}

fn one(said: &BTreeMap<&str, &BearingStatement>, id: &str) -> Markup {
    html! {
        @if let Some(one) = said.get(id) {
            (record::stance(one.bearing.stance)) " "
            a href=(ledger::reader_link(&one.statement)) { (record::words(&one.statement)) }
            " — " (record::name(&one.statement)) ", "
            (record::inline(&wording::sure(&one.statement)))
            @if let Some(day) = one.statement.article.published.as_deref() {
                ", " time datetime=(day) { (wording::date(day)) }
            }
        }
    }
}

fn contradictions(view: &CompareView, said: &BTreeMap<&str, &BearingStatement>) -> Markup {
    let pairs = &view.comparison.contradictions;
    html! {
        section aria-labelledby="contradictions" {
            h2 #contradictions { "Contradictions" }
            @if pairs.is_empty() { p { "No two statements here exclude each other." } }
            @else {
                table {
                    caption.hidden { "Pairs of statements that cannot both hold" }
                    thead { tr { th scope="col" { "Yes" } th scope="col" { "No" } th scope="col" { "Why not both" } } }
                    tbody {
                        @for pair in pairs.iter().take(SHOWN) {
                            tr {
                                td { (one(said, &pair.yes)) }
                                td { (one(said, &pair.no)) }
                                td { (pair.reason) @if pair.independent { " " (record::tag("independent")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn changes(view: &CompareView, said: &BTreeMap<&str, &BearingStatement>) -> Markup {
    let changes = &view.comparison.changes;
    html! {
        @if !changes.is_empty() {
            section aria-labelledby="changes" {
                h2 #changes { "Changed minds" }
                @for change in changes.iter().take(SHOWN) {
                    p { (one(said, &change.before)) br; "Later: " (one(said, &change.after)) }
                }
            }
        }
    }
}

fn deadlines(view: &CompareView) -> Markup {
    html! {
        @if view.deadlines.iter().any(|deadline| deadline.latest.is_some()) {
            section aria-labelledby="deadlines" {
                h2 #deadlines { "Deadlines" }
                table {
                    caption.hidden { "The family of deadlines of this question" }
                    thead { tr { th scope="col" { "Question" } th scope="col" { "Statements" } } }
                    tbody {
                        @for deadline in &view.deadlines {
                            tr { td { (deadline.text) @if deadline.latest.is_none() { " (no last day)" } }
                                td.n { (deadline.statements.len()) } }
                        }
                    }
                }
            }
        }
    }
}

fn origins(view: &CompareView, said: &BTreeMap<&str, &BearingStatement>) -> Markup {
    html! {
        section aria-labelledby="origins" {
            h2 #origins { "Origins" }
            @for origin in view.origins.iter().take(SHOWN) { (tree(origin, said)) }
            @if view.origins.len() > SHOWN {
                p { "And " (view.origins.len() - SHOWN) " more in the JSON." }
            }
        }
    }
}

fn tree(origin: &OriginView, said: &BTreeMap<&str, &BearingStatement>) -> Markup {
    html! {
        h3 { (origin.holder) " · " (wording::count(origin.statements.len() as u64, "report", "reports")) }
        @for why in &origin.why {
            p.soft { (match why.as_str() {
                "holder" => "The same speaker within days.",
                "unnamed" => "The same unnamed source through the same outlet.",
                _ => "The words were copied.",
            }) }
        }
        ul { @for id in &origin.statements { li {
            @if let Some(one) = said.get(id.as_str()) {
                (one.statement.article.outlet.as_deref().unwrap_or("an outlet that is not known")) ": "
            }
            (one(said, id))
        } } }
    }
}
