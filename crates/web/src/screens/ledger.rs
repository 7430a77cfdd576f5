//! Screen 1: the ledger with search and facets. The URL is the query.

use std::collections::BTreeMap;

use axum::{
    extract::{Query as Pairs, State, rejection::QueryRejection},
    response::Response,
};
use maud::{Markup, html};
use sayso_ledger::{
    BearsOn, Counts, FacetCount, Facets, Hit, Ledger, LedgerError, Page, QuestionSummary, Sentence,
};
use sayso_model::{SpeakerKind, Speech, Stance, Statement};

use super::{Trouble, record, trouble::code};
use crate::{
    address::{self, Address},
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording,
};

/// Words of a paraphrase below which its sentence is shown: "it" says nothing.
const FEW_WORDS: usize = 4;

/// The pairs of a URL, in order; a query that cannot be decoded is no query.
pub(crate) type Given = Result<Pairs<Vec<(String, String)>>, QueryRejection>;

/// Reads the pairs of a URL.
pub(crate) fn given(pairs: Given) -> Address {
    pairs.map(|Pairs(pairs)| Address::new(&pairs)).unwrap_or_default()
}

/// The page.
pub(crate) async fn page(
    State(pages): State<Pages>,
    wanted: Wanted,
    pairs: Given,
) -> Result<Response, Trouble> {
    let here = given(pairs);
    let today = pages.today();
    let (query, notes) = here.query(today);
    let command = command(&here);
    let is_public = pages.public;
    let may_review = pages.may_review();
    let (found, facets, counts, beside) = pages
        .ask(move |ledger| {
            let found = ledger.find(&query)?;
            let beside = Beside::of(ledger, &found.items, is_public, may_review)?;
            Ok((found, ledger.facets(&query)?, ledger.counts()?, beside))
        })
        .await?;
    let rows = || found.items.iter().map(|hit| twin::statement(&hit.statement)).collect();
    twin::answer(
        &pages,
        wanted.form,
        &found,
        || Table { head: twin::STATEMENT, rows: rows() },
        || {
            let main = shown(&here, &found, &facets, &counts, &beside, (&notes, &command, today));
            frame::page("Ledger", Part::Ledger, here.get("q"), &main)
        },
    )
}

/// The command that finds what the page finds.
fn command(here: &Address) -> String {
    let fields = here.narrowing().map(|(field, value)| match field {
        "q" => value.to_owned(),
        field if value.contains(char::is_whitespace) => format!("{field}:\"{value}\""),
        field => format!("{field}:{value}"),
    });
    let query: Vec<String> = fields.collect();
    if query.is_empty() {
        return "sayso find".to_owned();
    }
    format!("sayso find {}", twin::argument(&query.join(" ")))
}

fn shown(
    here: &Address,
    found: &Page<Hit>,
    facets: &Facets,
    counts: &Counts,
    beside: &Beside,
    (notes, command, today): (&[String], &str, jiff::civil::Date),
) -> Markup {
    let narrowed = here.narrowing().next().is_some();
    html! {
        @if counts.statements == 0 {
            (empty())
        } @else {
            (opening(counts, narrowed))
            div.ledger {
                div.found {
                    (status(here, found, notes))
                    @if found.items.is_empty() {
                        p { "Nothing was found. All words must occur. Take a word away, or " a href="/" { "see everything" } "." }
                        p.soft { "Fields are: " (sayso_ledger::Query::FIELDS.map(|field| format!("{field}:")).join(" ")) }
                    }
                    ol.statements {
                        @for hit in &found.items { (entry(hit, beside, today)) }
                    }
                    @if let Some(next) = &found.next {
                        p.more { a.button href=(here.with("cursor", next).href("/")) rel="next" { "More statements" } }
                    }
                    (twin::links("/statements", &here.href(""), command))
                }
                (narrow(here, facets))
            }
        }
    }
}

/// What stands beside the statements of a list, looked up once.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// Figures of the questions on which they bear.
    figures: BTreeMap<String, QuestionSummary>,
    /// Sentences of paraphrases that say little by themselves, by statement.
    sentences: BTreeMap<String, Sentence>,
    /// Whether a reviewer can be led to each.
    may_review: bool,
}

impl Beside {
    /// Looks up what stands beside some statements. For others than the owner no sentence is shown.
    fn of(
        ledger: &Ledger,
        hits: &[Hit],
        is_public: bool,
        may_review: bool,
    ) -> Result<Self, LedgerError> {
        let mut beside = Self { may_review, ..Self::default() };
        for hit in hits {
            for bears in &hit.bears_on {
                if !beside.figures.contains_key(&bears.question)
                    && let Some(summary) = ledger.question_summary(&bears.question)?
                {
                    beside.figures.insert(bears.question.clone(), summary);
                }
            }
            let statement = &hit.statement;
            let says_little = statement.speech != Speech::Direct
                && wording::words(statement).split_whitespace().count() < FEW_WORDS;
            if says_little
                && !is_public
                && let Some(sentence) = ledger.sentence_of(statement)?
            {
                beside.sentences.insert(statement.id.clone(), sentence);
            }
        }
        Ok(beside)
    }
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
                    span.of { (name) } " " (value) " " span aria-hidden="true" { "×" }
                }
            }
            a.jump href="#narrow" { "Narrow the list" }
        }
        @for note in notes { p.note { (code(note)) } }
    }
}

/// A statement of a list.
pub(crate) fn entry(hit: &Hit, beside: &Beside, today: jiff::civil::Date) -> Markup {
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
                @match beside.sentences.get(&statement.id) {
                    Some(sentence) => p.words.in-sentence { a href=(reader) {
                        (sentence.before) " " b { (sentence.words) } " " (sentence.after) } },
                    None => p.words { a href=(reader) { (record::words(statement)) } },
                }
                p.about { (about(hit, today))
                    @if beside.may_review {
                        span { a href=(address::link("review", &statement.id)) { "review" } }
                    }
                }
            }
            div.how {
                (record::sure(&wording::sure(statement)))
                p.tags {
                    (record::tag(wording::speech(statement.speech)))
                    @if !statement.drift.is_empty() { " " span.tag.mark { (otherwise(statement)) } }
                }
                @for bears in &hit.bears_on { (bearing(bears, beside.figures.get(&bears.question))) }
            }
        }
    }
}

/// The side that a statement takes on a question, and who else takes which.
fn bearing(bears: &BearsOn, figures: Option<&QuestionSummary>) -> Markup {
    html! {
        p.bears {
            (record::stance(bears.stance)) " "
            a href=(address::link("question", &bears.question)) { (bears.text) }
            @if let Some(figures) = figures.filter(|figures| figures.statements > 1) {
                @let (same, other) = match bears.stance {
                    Stance::Yes => (figures.yes.statements, figures.no.statements),
                    Stance::No => (figures.no.statements, figures.yes.statements),
                };
                span.soft.figures { (same.saturating_sub(1)) " agree, " (other) " contradict · "
                    (wording::count(figures.statements as u64, "report", "reports")) ", "
                    a href=(address::link("compare", &bears.question)) {
                        (wording::count(figures.origins as u64, "origin", "origins")) } }
            }
        }
    }
}

/// That the article has the same matter in other words too.
fn otherwise(statement: &Statement) -> &'static str {
    if statement.speech == Speech::Direct { "paraphrased otherwise" } else { "quoted otherwise" }
}

/// True for speakers who are the same in every article.
fn has_page(kind: SpeakerKind) -> bool {
    matches!(kind, SpeakerKind::Person | SpeakerKind::Organization)
}

/// Speaker, role and the way the words took.
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
                        a href=(address::link("outlet", name)) { (name) }
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
        @if let (Some(event), Some(phrase)) = (&statement.event, record::event(statement)) {
            span { a href=(Address::default().with("event", &event.class).href("/")) { (phrase) } }
        }
        @for place in record::places(statement) {
            span.place { a href=(Address::default().with("place", place).href("/")) { (place) } }
        }
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
