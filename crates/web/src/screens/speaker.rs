//! Screen 5: a speaker's scorecard, in simple form: counts, the score where there are enough, the
//! deadlines in order, what is open.

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use maud::{Markup, PreEscaped, html};
use sayso_ledger::{DeadlineLine, ScoreLine, Scoring, Sheet, SheetLine, SpeakerSummary};
use sayso_score::{Fate, Scheme, Scorecard, plot, words};

use super::{Trouble, ledger, record};
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    wording,
};

/// `/speaker/{id}`, or with `.json` after the id the sheet.
pub(crate) async fn page(
    State(pages): State<Pages>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Trouble> {
    let Path(id) = id.map_err(|_| Trouble::NoPage)?;
    let (id, json) = match id.strip_suffix(".json") {
        Some(id) => (id.to_owned(), true),
        None => (id, false),
    };
    let scoring = Scoring { as_of: Some(pages.today()), ..Scoring::default() };
    let (speaker, sheet) = pages
        .ask(move |ledger| {
            let speaker = ledger.speaker(&id)?;
            let sheet = ledger.sheet(&speaker.id, &scoring)?;
            Ok((speaker, sheet))
        })
        .await?;
    if json {
        return Ok(Json(sheet).into_response());
    }
    let main = shown(&speaker, &sheet);
    Ok(frame::page(&speaker.name, Part::Nowhere, "", &main).into_response())
}

fn shown(speaker: &SpeakerSummary, sheet: &Sheet) -> Markup {
    html! {
        h1 { (speaker.name) }
        p.lede {
            @match sheet.scores.lines.iter().find(|line| line.resolver.is_none()) {
                Some(line) => { (words::counts(&line.card)) "." },
                None => "No forecast is known.",
            }
        }
        @if !speaker.roles.is_empty() { p.soft { (speaker.roles.join(" · ")) } }
        @for line in &sheet.scores.lines { (card(line)) }
        (deadlines(&sheet.deadlines))
        (forecasts(&sheet.forecasts))
        p.soft { a href=(format!("{}.json", address::link("speaker", &speaker.id))) { "JSON" } }
    }
}

fn card(line: &ScoreLine) -> Markup {
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
                        th scope="col" { "Said" } th scope="col" { "Last day" } th scope="col" { "For what" }
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

fn forecasts(lines: &[SheetLine]) -> Markup {
    html! {
        @if !lines.is_empty() {
            section.wide-table aria-labelledby="forecasts" {
                h2 #forecasts { "Forecasts" }
                table {
                    caption.hidden { "The speaker’s forecasts, each view once, with what became of them" }
                    thead { tr {
                        th scope="col" { "Published" } th scope="col" { "Words" } th scope="col" { "How sure" }
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
