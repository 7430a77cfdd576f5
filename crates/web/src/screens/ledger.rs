//! Screen 1: the ledger with search and facets. The URL is the query.

use axum::{
    extract::{Query as Pairs, State, rejection::QueryRejection},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use sayso_ledger::{Counts, FacetCount, Facets, Hit, Page};
use sayso_model::{SpeakerKind, Speech, Statement};

use super::{Trouble, record, trouble::code};
use crate::{
    address::{self, Address},
    frame::{self, Part},
    state::Pages,
    wording,
};

/// The pairs of a URL, in order; a query that cannot be decoded is no query.
pub(crate) type Given = Result<Pairs<Vec<(String, String)>>, QueryRejection>;

/// Reads the pairs of a URL.
pub(crate) fn given(pairs: Given) -> Address {
    pairs.map(|Pairs(pairs)| Address::new(&pairs)).unwrap_or_default()
}

/// The page.
pub(crate) async fn page(State(pages): State<Pages>, pairs: Given) -> Result<Response, Trouble> {
    let here = given(pairs);
    let today = pages.today();
    let (query, notes) = here.query(today);
    let (found, facets, counts) = pages
        .ask(move |ledger| Ok((ledger.find(&query)?, ledger.facets(&query)?, ledger.counts()?)))
        .await?;
    let narrowed = here.narrowing().next().is_some();
    let main = html! {
        @if counts.statements == 0 {
            (empty())
        } @else {
            (opening(&counts, narrowed))
            div.ledger {
                div.found {
                    (status(&here, &found, &notes))
                    @if found.items.is_empty() {
                        p { "Nothing was found. Take a word away, or " a href="/" { "see everything" } "." }
                    }
                    ol.statements {
                        @for hit in &found.items { (entry(hit, today)) }
                    }
                    @if let Some(next) = &found.next {
                        p.more { a.button href=(here.with("cursor", next).href("/")) rel="next" { "More statements" } }
                    }
                    p.soft.twin { a href=(here.href("/api/statements")) { "These statements as JSON" } }
                }
                (narrow(&here, &facets))
            }
        }
    };
    Ok(frame::page("Ledger", Part::Ledger, here.get("q"), &main).into_response())
}

fn empty() -> Markup {
    html! {
        div.trouble {
            h1 { "No statements yet" }
            p.lede { "The ledger holds who said what, through whom, how sure, about what, where and when." }
            p { (code("Add articles with `sayso add FILE`, then load this page again.")) }
        }
    }
}

fn opening(counts: &Counts, narrowed: bool) -> Markup {
    let count = |n: usize, one, many| wording::count(n as u64, one, many);
    html! {
        h1 { @if narrowed { "Found in the ledger" } @else { "Who said what, and how sure" } }
        p.lede {
            @if narrowed { "The ledger holds " }
            (count(counts.statements, "statement", "statements"))
            " by " (count(counts.speakers, "speaker", "speakers"))
            " in " (count(counts.articles, "article", "articles"))
            ", " (count(counts.forecasts, "forecast", "forecasts"))
            ", " a href="/questions" { (count(counts.questions, "question", "questions")) }
            "."
        }
    }
}

fn status(here: &Address, found: &Page<Hit>, notes: &[String]) -> Markup {
    html! {
        div.status {
            p.total role="status" {
                b { (found.total) } @if found.total == 1 { " statement" } @else { " statements" }
            }
            @for (field, value) in here.narrowing() {
                @let name = if field == "q" { "words" } else { field };
                a.chip href=(here.with(field, "").href("/"))
                    aria-label=(format!("Remove {name}: {value}")) {
                    span.field { (name) } " " (value) " " span aria-hidden="true" { "×" }
                }
            }
            a.jump href="#narrow" { "Narrow the list" }
        }
        @for note in notes { p.note { (code(note)) } }
    }
}

fn entry(hit: &Hit, today: jiff::civil::Date) -> Markup {
    let statement = &hit.statement;
    let reader = reader_link(statement);
    let published = statement.article.published.as_deref();
    html! {
        li.statement {
            p.when {
                @match published {
                    Some(day) => time datetime=(day) { (wording::date(day)) },
                    None => "undated",
                }
            }
            div.what {
                p.who { (who(statement)) }
                p.words { a href=(reader) { (record::words(statement)) } }
                p.about { (about(hit, today)) }
            }
            div.how {
                (record::sure(&wording::sure(statement)))
                p.tags {
                    (record::tag(wording::speech(statement.speech)))
                    @if !statement.drift.is_empty() { " " span.tag.mark { (otherwise(statement)) } }
                }
                @for bears in &hit.bears_on {
                    p.bears {
                        (record::stance(bears.stance)) " "
                        a href=(address::link("question", &bears.question)) { (bears.text) }
                    }
                }
            }
        }
    }
}

/// That the article has the same matter in other words too.
fn otherwise(statement: &Statement) -> &'static str {
    if statement.speech == Speech::Direct { "paraphrased otherwise" } else { "quoted otherwise" }
}

/// Speaker, role and the way the words took.
/// True for speakers who are the same in every article.
fn has_page(kind: SpeakerKind) -> bool {
    matches!(kind, SpeakerKind::Person | SpeakerKind::Organization)
}

pub(crate) fn who(statement: &Statement) -> Markup {
    let role = statement.speaker.as_ref().and_then(|speaker| speaker.role.as_deref());
    html! {
        @match statement.speaker.as_ref().filter(|speaker| has_page(speaker.kind)) {
            Some(speaker) => a href=(address::link("speaker", &speaker.id)) { b.speaker { (record::name(statement)) } },
            None => b.speaker { (record::name(statement)) },
        }
        @if let Some(sort) = record::sort(statement) { " " (record::tag(sort)) }
        @if let Some(role) = role { span.role { ", " (role) } }
        @let rungs = record::ladder(statement);
        @if !rungs.is_empty() {
            span.chain {
                " via "
                @for (i, (name, _)) in rungs.iter().enumerate() {
                    @if i > 0 { " › " }
                    @if i == 0 && statement.article.outlet.as_ref() == Some(name) {
                        a href=(address::link("article", &statement.article.id)) { (name) }
                    } @else { (name) }
                }
            }
        }
    }
}

fn about(hit: &Hit, today: jiff::civil::Date) -> Markup {
    let statement = &hit.statement;
    html! {
        span.kind { (statement.kind.word()) }
        @if let Some(event) = record::event(statement) { span { (event) } }
        @for place in record::places(statement) { span.place { (place) } }
        @if let Some(window) = &statement.window { span { (wording::window(window)) } }
        @if let Some(condition) = &statement.condition {
            span { "condition: “" (condition.text) "”" }
        }
        @if let Some(state) = wording::state(statement, today) { span.state { (state) } }
    }
}

/// The reader at the statement's card.
pub(crate) fn reader_link(statement: &Statement) -> String {
    let mut link = address::link("article", &statement.article.id);
    link.push_str("#c-");
    address::encode(&statement.id, &mut link);
    link
}

fn narrow(here: &Address, facets: &Facets) -> Markup {
    html! {
        nav.facets #narrow aria-labelledby="narrow-title" {
            h2 #narrow-title { "Narrow the list" }
            (facet(here, "Kind", "kind", &facets.kind))
            (facet(here, "Speaker", "speaker", &facets.speaker))
            (facet(here, "Event", "event", &facets.event))
            (facet(here, "Place", "place", &facets.place))
            (facet(here, "Outlet", "outlet", &facets.outlet))
            section {
                h3 { "Window" }
                ul {
                    @for (value, name) in [("open", "still open"), ("passed", "passed")] {
                        li { (choice(here, "window", value, name, None)) }
                    }
                }
            }
            (days(here))
        }
    }
}

fn facet(here: &Address, title: &str, field: &'static str, values: &[FacetCount]) -> Markup {
    html! {
        @if !values.is_empty() {
            section {
                h3 { (title) }
                ul {
                    @for value in values {
                        @let name = if field == "event" { wording::class(&value.value) } else { value.value.clone() };
                        li { (choice(here, field, &value.value, &name, Some(value.count))) }
                    }
                }
            }
        }
    }
}

/// One value to narrow by; the one in force takes itself away.
fn choice(
    here: &Address,
    field: &'static str,
    value: &str,
    name: &str,
    count: Option<usize>,
) -> Markup {
    let on = here.get(field) == value;
    let link = here.with(field, if on { "" } else { value }).href("/");
    html! {
        a href=(link) aria-current=[on.then_some("true")] {
            span.name { (name) }
            @if on { span.off { "×" span.hidden { " remove" } } }
            @else if let Some(count) = count { span.count { (count) } }
        }
    }
}

/// From one day to another.
fn days(here: &Address) -> Markup {
    html! {
        section {
            h3 { "Published" }
            form.days action="/" method="get" {
                @for (name, value) in here.narrowing().filter(|(name, _)| !["after", "before"].contains(name)) {
                    input type="hidden" name=(name) value=(value);
                }
                label { "from" input type="date" name="after" value=(here.get("after")); }
                label { "before" input type="date" name="before" value=(here.get("before")); }
                button type="submit" { "Show" }
            }
        }
    }
}
