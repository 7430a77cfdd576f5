//! The list of speakers.

use axum::{extract::State, response::Response};
use maud::{Markup, html};
use sayso_ledger::{Ledger, SpeakerSummary};

use super::{
    Trouble,
    ledger::{Given, given},
    trouble::code,
};
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording,
};

/// Speakers on one page; the twins have all.
const MAX_SHOWN: usize = 300;
/// Roles that are named of each.
const MAX_ROLES: usize = 3;

/// The page; `q` leaves those of whom one name or role has all its words.
pub(crate) async fn page(
    State(pages): State<Pages>,
    wanted: Wanted,
    pairs: Given,
) -> Result<Response, Trouble> {
    let here = given(pairs);
    let words = here.get("q").to_lowercase();
    let mut speakers = pages.ask(Ledger::speakers).await?;
    let known = speakers.len();
    speakers.retain(|speaker| {
        let all = speaker.names.iter().chain(&speaker.roles).map(|name| name.to_lowercase());
        let all: Vec<String> = all.collect();
        words.split_whitespace().all(|word| all.iter().any(|name| name.contains(word)))
    });
    twin::answer(
        &pages,
        wanted.form,
        &speakers,
        || table(&speakers),
        || {
            let main = shown(&speakers, known, here.get("q"), &here.href(""));
            frame::page("Speakers", Part::Speakers, "", &main)
        },
    )
}

fn shown(speakers: &[SpeakerSummary], known: usize, words: &str, query: &str) -> Markup {
    html! {
        h1 { "Speakers" }
        @if known == 0 {
            p.lede { "Nobody says anything yet." }
            p { (code("Add articles with `sayso add FILE`.")) }
        } @else {
            p.lede { (wording::count(known as u64, "speaker", "speakers"))
                ", those with most statements first. Whoever the articles do not name is somebody else in each." }
            form.filter action="/speakers" method="get" {
                label for="words" { "Name or role" }
                input #words name="q" value=(words) maxlength="200";
                button type="submit" { "Show" }
                @if !words.is_empty() { a href="/speakers" { "all of them" } }
            }
            @if speakers.is_empty() { p { "No speaker has these words." } }
            table.list {
                caption.hidden { "Speakers with their roles and figures" }
                thead { tr { th.c-name scope="col" { "Name" } th.c-roles scope="col" { "Roles" } th scope="col" { "Statements" }
                    th scope="col" { "Articles" } th scope="col" { "Forecasts" } th.c-days scope="col" { "First and last" } } }
                tbody { @for speaker in speakers.iter().take(MAX_SHOWN) { (line(speaker)) } }
            }
            @if speakers.len() > MAX_SHOWN {
                p.note { (speakers.len() - MAX_SHOWN) " more stand in the twins, or narrow the list." }
            }
            (twin::links("/speakers", query, "sayso speakers"))
        }
    }
}

fn line(speaker: &SpeakerSummary) -> Markup {
    let roles = &speaker.roles[..speaker.roles.len().min(MAX_ROLES)];
    html! {
        tr {
            td { a href=(address::link("speaker", &speaker.id)) { b.speaker { (speaker.name) } }
                " " span.tag { (speaker.kind.word()) } }
            td.soft { (roles.join(" · ")) @if speaker.roles.len() > roles.len() { " …" } }
            td.n { (speaker.statements) span.unit { " statements" } }
            td.n { (speaker.articles) span.unit { " articles" } }
            td.n { (speaker.forecasts) span.unit { " forecasts" } }
            td.n { (days(speaker.first.as_deref(), speaker.last.as_deref())) }
        }
    }
}

/// From the first day to the last.
pub(super) fn days(first: Option<&str>, last: Option<&str>) -> String {
    match (first.map(wording::date), last.map(wording::date)) {
        (Some(first), Some(last)) if first == last => first,
        (Some(first), Some(last)) => format!("{first} – {last}"),
        (Some(day), None) | (None, Some(day)) => day,
        (None, None) => "no date".to_owned(),
    }
}

fn table(speakers: &[SpeakerSummary]) -> Table {
    let rows = speakers.iter().map(|one| {
        vec![
            one.id.clone(),
            one.name.clone(),
            one.kind.word().to_owned(),
            one.names.join("; "),
            one.roles.join("; "),
            one.statements.to_string(),
            one.articles.to_string(),
            one.forecasts.to_string(),
            one.first.clone().unwrap_or_default(),
            one.last.clone().unwrap_or_default(),
        ]
    });
    Table {
        head: &[
            "id",
            "name",
            "kind",
            "names",
            "roles",
            "statements",
            "articles",
            "forecasts",
            "first",
            "last",
        ],
        rows: rows.collect(),
    }
}
