//! Screen 4: one question from all sides: what cannot both hold, who changed their mind, and how
//! many first sources stand behind the reports.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use maud::{Markup, html};
use sayso_ledger::{BearingStatement, CompareView, OriginView};
use sayso_model::Stance;

use super::{Trouble, ledger, record};
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording,
};

/// Pairs and origins that the page shows; the JSON twin has all.
const SHOWN: usize = 40;
/// Speakers on each side of the matrix: the surest first, as the pairs are ordered.
const MAX_SIDE: usize = 8;

/// `/compare/{id}`
pub(crate) async fn page(State(pages): State<Pages>, wanted: Wanted) -> Result<Response, Trouble> {
    let id = wanted.id;
    let view = pages.ask(move |ledger| ledger.compare(&id)).await?;
    twin::answer(
        &pages,
        wanted.form,
        &view,
        || table(&view),
        || {
            let title = format!("Compared: {}", view.summary.text);
            frame::page(&title, Part::Questions, "", &shown(&view))
        },
    )
}

/// The pairs that cannot both hold.
fn table(view: &CompareView) -> Table {
    let said = by_id(view);
    let one = |id: &str| -> [String; 3] {
        said.get(id).map_or_else(Default::default, |one| {
            let statement = &one.statement;
            [statement.id.clone(), record::name(statement), wording::words(statement)]
        })
    };
    let rows = view.comparison.contradictions.iter().map(|pair| {
        let mut row: Vec<String> = one(&pair.yes).into_iter().chain(one(&pair.no)).collect();
        row.extend([pair.gap.to_string(), pair.independent.to_string(), pair.reason.clone()]);
        row
    });
    Table {
        head: &[
            "yes",
            "yes_speaker",
            "yes_words",
            "no",
            "no_speaker",
            "no_words",
            "gap",
            "independent",
            "reason",
        ],
        rows: rows.collect(),
    }
}

/// The statements by their ids.
pub(super) fn by_id(view: &CompareView) -> BTreeMap<&str, &BearingStatement> {
    view.statements.iter().map(|one| (one.statement.id.as_str(), one)).collect()
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
    let said = by_id(view);
    let summary = &view.summary;
    html! {
        h1 { (summary.text) }
        p.lede {
            (independence(summary.statements, summary.origins)) " · "
            a href=(address::link("question", &summary.id)) { "The question" }
        }
        (matrix(view, &said))
        (contradictions(view, &said))
        (changes(view, &said))
        (deadlines(view))
        (origins(view, &said))
        (twin::links(&address::link("compare", &summary.id), "",
            &format!("sayso compare {}", twin::argument(&summary.text))))
    }
}

/// A statement in a line, by its id.
pub(super) fn one(said: &BTreeMap<&str, &BearingStatement>, id: &str) -> Markup {
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

/// Who contradicts whom: those who say yes down the side, those who say no along the top, how many pairs
/// of theirs cannot both hold in the cells.
fn matrix(view: &CompareView, said: &BTreeMap<&str, &BearingStatement>) -> Markup {
    let name = |id: &str| said.get(id).map(|one| record::name(&one.statement)).unwrap_or_default();
    let mut cells: BTreeMap<(String, String), (usize, bool)> = BTreeMap::new();
    let (mut yes, mut no): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for pair in &view.comparison.contradictions {
        let (one, other) = (name(&pair.yes), name(&pair.no));
        for (side, name) in [(&mut yes, &one), (&mut no, &other)] {
            if !side.contains(name) {
                side.push(name.clone());
            }
        }
        let cell = cells.entry((one, other)).or_default();
        cell.0 += 1;
        cell.1 |= pair.independent;
    }
    let (rows, columns) = (&yes[..yes.len().min(MAX_SIDE)], &no[..no.len().min(MAX_SIDE)]);
    html! {
        @if !cells.is_empty() {
            section aria-labelledby="matrix" {
                h2 #matrix { "Who contradicts whom" }
                div.scroll tabindex="0" role="region" aria-labelledby="matrix" {
                    table.matrix {
                        caption.hidden { "Pairs that cannot both hold, by who says yes and who says no" }
                        thead { tr {
                            td { (record::stance(Stance::Yes)) " down, " (record::stance(Stance::No)) " across" }
                            @for name in columns { th scope="col" { (name) } }
                        } }
                        tbody { @for one in rows { tr {
                            th scope="row" { (one) }
                            @for other in columns {
                                @match cells.get(&(one.clone(), other.clone())) {
                                    Some((pairs, independent)) => td.clash { (pairs)
                                        @if *independent { span.soft { " independent" } } },
                                    None => td { span.hidden { "none" } },
                                }
                            }
                        } } }
                    }
                }
                @if yes.len() > rows.len() || no.len() > columns.len() { p.soft { "More stand in the pairs below." } }
            }
        }
    }
}

/// The pairs of two speakers: the first of them, which is the plainest, and how many there are.
struct Clash<'a> {
    pair: &'a sayso_link::Contradiction,
    pairs: usize,
}

/// One entry for each pair of speakers, in the order of their plainest contradictions.
fn clashes<'a>(view: &'a CompareView, said: &BTreeMap<&str, &BearingStatement>) -> Vec<Clash<'a>> {
    let name = |id: &str| said.get(id).map(|one| record::name(&one.statement)).unwrap_or_default();
    let mut found: Vec<((String, String), Clash<'a>)> = Vec::new();
    for pair in &view.comparison.contradictions {
        let who = (name(&pair.yes), name(&pair.no));
        match found.iter_mut().find(|(known, _)| *known == who) {
            Some((_, clash)) => clash.pairs += 1,
            None => found.push((who, Clash { pair, pairs: 1 })),
        }
    }
    found.into_iter().map(|(_, clash)| clash).collect()
}

fn contradictions(view: &CompareView, said: &BTreeMap<&str, &BearingStatement>) -> Markup {
    let clashes = clashes(view, said);
    html! {
        section aria-labelledby="contradictions" {
            h2 #contradictions { "Contradictions" }
            @if clashes.is_empty() { p { "No two statements here exclude each other." } }
            @else {
                p.soft { "The plainest of each two speakers; the twins have all "
                    (wording::count(view.comparison.contradictions.len() as u64, "pair", "pairs")) "." }
                table {
                    caption.hidden { "Pairs of statements that cannot both hold" }
                    thead { tr { th scope="col" { "Yes" } th scope="col" { "No" } th scope="col" { "Why not both" } } }
                    tbody {
                        @for Clash { pair, pairs } in clashes.iter().take(SHOWN) {
                            tr {
                                td { (one(said, &pair.yes)) }
                                td { (one(said, &pair.no)) }
                                td { (pair.reason) @if pair.independent { " " (record::tag("independent")) }
                                    @if *pairs > 1 { " " span.soft { (pairs - 1) " more of these two" } } }
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

/// An origin with the reports that trace to it: a tree of one trunk.
fn tree(origin: &OriginView, said: &BTreeMap<&str, &BearingStatement>) -> Markup {
    html! {
        div.origin {
            p { b { (origin.holder) } " · " (wording::count(origin.statements.len() as u64, "report", "reports"))
                @for why in &origin.why { span.soft { " · " (match why.as_str() {
                    "holder" => "the same speaker within days",
                    "unnamed" => "the same unnamed source through the same outlet",
                    _ => "the words were copied",
                }) } }
            }
            ul.tree { @for id in &origin.statements { li {
                @if let Some(one) = said.get(id.as_str()) {
                    span.soft { (one.statement.article.outlet.as_deref().unwrap_or("an outlet that is not known")) ": " }
                }
                (one(said, id))
            } } }
        }
    }
}
