//! Screen 5 for an outlet: what it prints, of whom, about what, and what became of the forecasts in it.

use axum::{extract::State, response::Response};
use maud::{Markup, html};
use sayso_ledger::{FacetCount, Facets, Hit, OutletSummary, Page, Query, Scores, Scoring, Whose};
use sayso_score::words;
use serde::Serialize;

use super::{Trouble, ledger, speaker};
use crate::{
    address::Address,
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording,
};

/// Statements on the page.
const MAX_SHOWN: usize = 20;

/// What the page shows, and its JSON twin.
#[derive(Serialize)]
struct OutletPage {
    outlet: OutletSummary,
    facets: Facets,
    scores: Scores,
    newest: Page<Hit>,
}

/// `/outlet/{name}`
pub(crate) async fn page(State(pages): State<Pages>, wanted: Wanted) -> Result<Response, Trouble> {
    let name = wanted.id;
    let today = pages.today();
    let view = pages
        .ask(move |ledger| {
            let outlet = ledger.outlet(&name)?;
            let own = Some(outlet.name.clone());
            let query = Query { outlet: own, limit: MAX_SHOWN, ..Query::default() };
            let scoring = Scoring { as_of: Some(today), ..Scoring::default() };
            Ok(OutletPage {
                facets: ledger.facets(&query)?,
                scores: ledger.scores(&Whose::Outlet(outlet.name.clone()), &scoring)?,
                newest: ledger.find(&query)?,
                outlet,
            })
        })
        .await?;
    let rows = || view.newest.items.iter().map(|hit| twin::statement(&hit.statement)).collect();
    twin::answer(
        &pages,
        wanted.form,
        &view,
        || Table { head: twin::STATEMENT, rows: rows() },
        || frame::page(&view.outlet.name, Part::Speakers, "", &shown(&view, today)),
    )
}

fn shown(view: &OutletPage, today: jiff::civil::Date) -> Markup {
    let outlet = &view.outlet;
    let here = Address::default().with("outlet", &outlet.name);
    html! {
        p.kicker { "Outlet" }
        h1 { (outlet.name) }
        p.lede {
            @match view.scores.lines.iter().find(|line| line.resolver.is_none()) {
                Some(line) => { "Of what it printed: " (words::counts(&line.card)) "." },
                None => "It printed no forecast that can be scored.",
            }
        }
        dl.facts {
            (speaker::fact(outlet.articles, "article", "articles"))
            (speaker::fact(outlet.statements, "statement", "statements"))
            (speaker::fact(outlet.speakers, "speaker", "speakers"))
        }
        @for line in &view.scores.lines { (speaker::card(line)) }
        div.beside {
            (most(&here, "speaker", "Quotes most", &view.facets.speaker))
            (most(&here, "event", "Events", &view.facets.event))
            (most(&here, "place", "Places", &view.facets.place))
            (most(&here, "kind", "Kinds", &view.facets.kind))
        }
        section aria-labelledby="newest" {
            h2 #newest { "Newest statements" }
            ol.statements { @for hit in &view.newest.items { (ledger::entry(hit, &ledger::Beside::default(), today)) } }
            p.more { a.button href=(here.href("/")) {
                "All " (wording::count(view.newest.total as u64, "statement", "statements")) } }
        }
        (twin::links(&crate::address::link("outlet", &outlet.name), "",
            &format!("sayso find {}", twin::argument(&format!("outlet:\"{}\"", outlet.name)))))
    }
}

fn most(here: &Address, field: &'static str, title: &str, values: &[FacetCount]) -> Markup {
    html! {
        @if !values.is_empty() {
            section {
                h2 { (title) }
                ul.counts { @for value in values {
                    li { a href=(here.with(field, &value.value).href("/")) {
                        (if field == "event" { wording::class(&value.value) } else { value.value.clone() }) }
                        " " span.n.soft { (value.count) } }
                } }
            }
        }
    }
}
