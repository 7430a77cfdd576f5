//! Screen 5: a speaker's scorecard, in simple form: counts, the score where there are enough, the
//! deadlines in order, what is open.

use axum::{extract::State, response::Response};
use maud::{Markup, PreEscaped, html};
use sayso_ledger::{
    ChangedMind, DeadlineLine, Hit, ScoreLine, Scoring, Sheet, SheetLine, SpeakerSummary,
};
use sayso_model::Statement;
use sayso_score::{Fate, Scheme, Scorecard, plot, words};
use serde::Serialize;

use super::{Trouble, ledger, record, speakers::days};
use crate::{
    address::{self, Address},
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording,
};

/// Statements on the page.
const MAX_SHOWN: usize = 20;

/// What the page shows, and its JSON twin.
#[derive(Serialize)]
struct SpeakerPage {
    speaker: SpeakerSummary,
    #[serde(flatten)]
    sheet: Sheet,
    changed_minds: Vec<ChangedMind>,
    newest: Vec<Statement>,
}

/// `/speaker/{id}`
pub(crate) async fn page(State(pages): State<Pages>, wanted: Wanted) -> Result<Response, Trouble> {
    let id = wanted.id;
    let today = pages.today();
    let scoring = Scoring { as_of: Some(today), ..Scoring::default() };
    let view = pages
        .ask(move |ledger| {
            let speaker = ledger.speaker(&id)?;
            Ok(SpeakerPage {
                sheet: ledger.sheet(&speaker.id, &scoring)?,
                changed_minds: ledger.changed_minds(&speaker.id)?,
                newest: ledger.newest_statements_of(&speaker.id, 0, MAX_SHOWN)?,
                speaker,
            })
        })
        .await?;
    let rows = || view.newest.iter().map(twin::statement).collect();
    twin::answer(
        &pages,
        wanted.form,
        &view,
        || Table { head: twin::STATEMENT, rows: rows() },
        || frame::page(&view.speaker.name, Part::Speakers, "", &shown(&view, today)),
    )
}

fn shown(view: &SpeakerPage, today: jiff::civil::Date) -> Markup {
    let (speaker, sheet) = (&view.speaker, &view.sheet);
    let is_open = |line: &&SheetLine| wording::state(&line.statement, today) == Some("window open");
    let open: Vec<&SheetLine> = sheet.forecasts.iter().filter(is_open).collect();
    let others: Vec<&SheetLine> = sheet.forecasts.iter().filter(|line| !is_open(line)).collect();
    html! {
        p.kicker { (speaker.kind.word()) @if let Some(identity) = &speaker.identity { " · Wikidata " (identity.wikidata) } }
        h1 { (speaker.name) }
        p.lede {
            @match sheet.scores.lines.iter().find(|line| line.resolver.is_none()) {
                Some(line) => { (words::counts(&line.card)) "." },
                None => "No forecast is known.",
            }
        }
        dl.facts {
            (fact(speaker.statements, "statement", "statements"))
            (fact(speaker.articles, "article", "articles"))
            (fact(speaker.forecasts, "forecast", "forecasts"))
            (fact(open.len(), "open forecast", "open forecasts"))
            (fact(view.changed_minds.len(), "changed mind", "changed minds"))
        }
        (roles(speaker))
        @for line in &sheet.scores.lines { (card(line)) }
        (deadlines(&sheet.deadlines))
        (forecasts("open", "Open forecasts", &open))
        (forecasts("forecasts", if open.is_empty() { "Forecasts" } else { "Other forecasts" }, &others))
        (changed(&view.changed_minds))
        section aria-labelledby="newest" {
            h2 #newest { "Newest statements" }
            ol.statements { @for statement in &view.newest {
                @let hit = Hit { statement: statement.clone(), bears_on: Vec::new() };
                (ledger::entry(&hit, &ledger::Beside::default(), today))
            } }
            @if speaker.statements > view.newest.len() {
                p.more { a.button href=(Address::default().with("speaker", &speaker.name).href("/")) {
                    "All " (wording::count(speaker.statements as u64, "statement", "statements")) } }
            }
        }
        (twin::links(&address::link("speaker", &speaker.id), "",
            &format!("sayso show {}", twin::argument(&speaker.name))))
    }
}

/// A figure with what it counts.
pub(super) fn fact(n: usize, one: &str, many: &str) -> Markup {
    html! { div { dt { (if n == 1 { one } else { many }) } dd { (n) } } }
}

/// Names and roles with the days on which they were seen.
fn roles(speaker: &SpeakerSummary) -> Markup {
    html! {
        @if speaker.names.len() > 1 { p.soft { "Also " (speaker.names[1..].join(", ")) } }
        @if !speaker.seen.is_empty() {
            section aria-labelledby="roles" {
                h2 #roles { "Roles" }
                ul.plain { @for seen in &speaker.seen {
                    li { (seen.role) span.soft { " · " (days(seen.first.as_deref(), seen.last.as_deref())) " · "
                        (wording::count(seen.articles as u64, "article", "articles")) } }
                } }
            }
        }
    }
}

/// What the speaker says now, and said before.
fn changed(minds: &[ChangedMind]) -> Markup {
    let said = |statement: &Statement| -> Markup {
        html! {
            @if let Some(day) = statement.article.published.as_deref() {
                time datetime=(day) { (wording::date(day)) } ", "
            }
            (record::inline(&wording::sure(statement))) ": "
            a href=(ledger::reader_link(statement)) { (record::words(statement)) }
        }
    };
    html! {
        @if !minds.is_empty() {
            section aria-labelledby="changed" {
                h2 #changed { "Changed minds" }
                @for one in minds {
                    div.pair {
                        p { a href=(address::link("question", &one.question)) { (one.text) } " "
                            (record::tag(if one.turned { "other side" } else { "other range" })) }
                        p { (said(&one.before)) }
                        p { "then " (said(&one.after)) }
                    }
                }
            }
        }
    }
}

/// A scorecard.
pub(super) fn card(line: &ScoreLine) -> Markup {
    let card = &line.card;
    html! {
        section.card aria-label="Scorecard" {
            h2 { @match &line.resolver { Some(name) => { "By " (name) }, None => "Scorecard" } }
            p { (words::score(card)) "." }
            @if !card.calibration.is_empty() {
                figure.calibration {
                    // Made by our own hand of numbers and an escaped title.
                    (PreEscaped(plot(&card.calibration, &format!("{}: calibration", line.name), Scheme::Page)))
                    figcaption { "Dots are forecasts called about equally probable, with how many and the range in "
                        "which the share may lie (Wilson, 95 %). On the dashed line both are the same." }
                }
                (bins(card))
            }
        }
    }
}

/// The plot as a table.
fn bins(card: &Scorecard) -> Markup {
    let percent = |part: f64| format!("{:.0}\u{202f}%", part * 100.0);
    html! {
        table.bins {
            caption { "The same as a table" }
            thead { tr { th scope="col" { "Called" } th scope="col" { "Forecasts" } th scope="col" { "Came true" } th scope="col" { "Share" } } }
            tbody {
                @for bin in &card.calibration {
                    tr {
                        td.n { (percent(bin.from)) "–" (percent(bin.to)) }
                        td.n { (bin.count) }
                        td.n { (bin.came_true) }
                        td.n { (percent(bin.share)) " (" (percent(bin.low)) "–" (percent(bin.high)) ")" }
                    }
                }
            }
        }
    }
}

fn deadlines(lines: &[DeadlineLine]) -> Markup {
    html! {
        @if !lines.is_empty() {
            section.wide-table aria-labelledby="deadlines" {
                h2 #deadlines { "Deadlines" }
                table {
                    caption.hidden { "The last days that the speaker named, in order" }
                    thead { tr {
                        th.c-date scope="col" { "Said" } th.c-date scope="col" { "Last day" } th scope="col" { "For what" }
                        th scope="col" { "What became of it" }
                    } }
                    tbody {
                        @for line in lines {
                            @let one = &line.deadline;
                            tr {
                                td.n { @match one.said { Some(day) => time datetime=(day) { (wording::long(day)) }, None => "no date" } }
                                td.n { time datetime=(one.latest) { (wording::long(one.latest)) } @if one.is_intention { span.soft { " a plan" } } }
                                td {
                                    (asked(one.question.as_deref(), line.asked.as_deref()))
                                    a.words href=(ledger::reader_link(&line.statement)) { (record::words(&line.statement)) }
                                }
                                td { @if matches!(one.fate, Fate::DidNot { .. }) { span.mark aria-hidden="true" { "◇ " } }
                                    (words::deadline(one)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn asked(question: Option<&str>, text: Option<&str>) -> Markup {
    html! {
        @if let (Some(id), Some(text)) = (question, text) {
            a href=(address::link("question", id)) { (text) } " "
        }
    }
}

fn forecasts(id: &str, title: &str, lines: &[&SheetLine]) -> Markup {
    html! {
        @if !lines.is_empty() {
            section.wide-table aria-labelledby=(id) {
                h2 id=(id) { (title) }
                table {
                    caption.hidden { "The speaker’s forecasts, each view once, with what became of them" }
                    thead { tr {
                        th.c-date scope="col" { "Published" } th scope="col" { "Words" } th.c-sure scope="col" { "How sure" }
                        th scope="col" { "What became of it" }
                    } }
                    tbody {
                        @for line in lines {
                            @let statement = &line.statement;
                            tr {
                                td.n { @match statement.article.published.as_deref() { Some(day) => time datetime=(day) { (wording::date(day)) }, None => "no date" } }
                                td.words { a href=(ledger::reader_link(statement)) { (record::words(statement)) }
                                    @if line.judged.statements.len() > 1 { span.soft { " said " (line.judged.statements.len()) " times" } } }
                                td.how { (record::sure(&wording::sure(statement))) }
                                td { (asked(line.judged.question.as_deref(), line.asked.as_deref())) (words::verdict(&line.judged.verdict)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
