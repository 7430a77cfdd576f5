//! Screen 3: one question, what was said on it, and the table that says the same.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use sayso_ledger::{BearingStatement, Happening, OutcomeView, QuestionView};
use sayso_model::{OutcomeState, Speech, Stance, Statement};
use sayso_score::{Span, fate, words};

use super::{
    Trouble, ledger, outcome, record,
    timeline::{self, Bar, Row},
};
use crate::{
    frame::{self, Part},
    state::Pages,
    wording::{self, Range},
};

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
    let (view, outcomes, happenings) = pages
        .ask(move |ledger| {
            let view = ledger.question(&id)?;
            let outcomes = ledger.outcomes_of(&view.question.id)?;
            let happenings = ledger.happenings(&view.question.id)?;
            Ok((view, outcomes, happenings))
        })
        .await?;
    if json {
        return Ok(Json(view).into_response());
    }
    let about = About { outcomes, happenings, may_decide: pages.classes.is_some() };
    let main = shown(&view, &about, pages.today());
    Ok(frame::page(&view.question.text, Part::Questions, "", &main).into_response())
}

/// What the page shows beside the statements.
struct About {
    outcomes: Vec<OutcomeView>,
    happenings: Vec<Happening>,
    may_decide: bool,
}

fn shown(view: &QuestionView, about: &About, today: jiff::civil::Date) -> Markup {
    let question = &view.question;
    let rows = rows(view);
    html! {
        h1 { (question.text) }
        @match &question.criteria {
            Some(criteria) => p.lede { (criteria) },
            None => p.lede { "No criteria are written down for this question yet." },
        }
        (facts(view))
        (outcome::section(&about.outcomes, about.may_decide))
        @if let Some(picture) = timeline::drawn(&rows, &known(&about.outcomes), &question.text) {
            figure.timeline {
                (picture)
                figcaption {
                    (key())
                    p { "Each bar runs from the lowest to the highest chance of yes that the words are read as, from 0 to 100 %. "
                        a href="#said" { "The same as a table" } " · "
                        a href=(format!("/question/{}.json", question.id)) { "JSON" } }
                }
            }
        }
        (family(view, &about.outcomes))
        (drift(&drifts(view)))
        (outcome::happenings(&about.happenings))
        (table(view, today))
    }
}

/// The days on which outcomes in force were known, with whether it had happened.
fn known(outcomes: &[OutcomeView]) -> Vec<timeline::Diamond> {
    outcomes
        .iter()
        .filter(|one| one.holds)
        .map(|one| timeline::Diamond {
            day: one.outcome.known,
            happened: one.outcome.state == OutcomeState::True,
            label: format!("{}: {}", one.outcome.resolver, one.outcome.state.word()),
        })
        .collect()
}

/// The deadlines under one event, each with what became of it.
fn family(view: &QuestionView, outcomes: &[OutcomeView]) -> Markup {
    let statements: Vec<&Statement> = view.statements.iter().map(|one| &one.statement).collect();
    let deadlines = sayso_link::deadlines(&view.question.text, &statements);
    let dated: Vec<_> = deadlines.iter().filter(|one| one.latest.is_some()).collect();
    let held = outcomes.iter().filter(|one| one.holds).map(|one| &one.outcome);
    let outcome = held.max_by_key(|outcome| outcome.through);
    let became = |deadline: &sayso_link::Deadline| -> Option<String> {
        let span = Span {
            earliest: None,
            latest: deadline.latest,
            latest_soft: deadline.latest,
            is_vague: false,
        };
        Some(words::fate(fate(outcome?, deadline.earliest.or(deadline.latest)?, span)))
    };
    html! {
        @if dated.len() > 1 || (!dated.is_empty() && outcome.is_some()) {
            section.wide-table aria-labelledby="family" {
                h2 #family { "Deadlines" }
                table {
                    caption.hidden { "The same event by each last day that was named" }
                    thead { tr { th scope="col" { "Asked" } th scope="col" { "Statements" } th scope="col" { "What became of it" } } }
                    tbody {
                        @for deadline in dated {
                            tr {
                                td { (deadline.text) }
                                td.n { (deadline.statements.len()) }
                                td { @match became(deadline) { Some(words) => (words), None => span.soft { "no outcome" } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What the shapes of the picture mean.
fn key() -> Markup {
    html! {
        ul.key {
            li { svg viewBox="0 0 12 16" width="12" height="16" aria-hidden="true" { rect.said.quoted.yes x="2" y="1" width="8" height="14" rx="2" {} } " quoted" }
            li { svg viewBox="0 0 12 16" width="12" height="16" aria-hidden="true" { rect.said.paraphrase.yes x="2" y="2" width="8" height="12" rx="2" {} } " paraphrased" }
            li { span.stance.yes aria-hidden="true" { "▲" } " says yes" }
            li { span.stance.no aria-hidden="true" { "▼" } " says no" }
            li { svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true" { rect.window x="0" y="2" width="22" height="12" {} } " when it could come true" }
            li { svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" { path.diamond.happened d="M8 1l6 7-6 7-6-7z" {} } " outcome, at the day on which it was known" }
        }
    }
}

fn facts(view: &QuestionView) -> Markup {
    let summary = &view.summary;
    let drifts = drifts(view).len();
    html! {
        dl.facts {
            (fact(summary.statements, "statement", "statements"))
            (fact(summary.speakers, "speaker", "speakers"))
            (fact(summary.articles, "article", "articles"))
            div { dt { a href=(crate::address::link("compare", &summary.id)) {
                @if summary.origins == 1 { "independent origin" } @else { "independent origins" } } }
                dd { (summary.origins) } }
            @for (stance, side) in [(Stance::Yes, summary.yes), (Stance::No, summary.no)] {
                div {
                    dt { (record::stance(stance)) ", by "
                        @if side.speakers == 0 { "nobody" }
                        @else { (wording::count(side.speakers as u64, "speaker", "speakers")) } }
                    dd { (side.statements) }
                }
            }
            @if drifts > 0 { (fact(drifts, "paraphrase that differs from the quotation", "paraphrases that differ from the quotation")) }
        }
    }
}

fn fact(n: usize, one: &str, many: &str) -> Markup {
    html! { div { dt { (if n == 1 { one } else { many }) } dd { (n) } } }
}

/// Paraphrases on this question whose speaker is also quoted on the matter, each with the
/// quotations.
fn drifts(view: &QuestionView) -> Vec<(&Statement, Vec<&Statement>)> {
    let here: BTreeMap<&str, &Statement> =
        view.statements.iter().map(|said| (said.statement.id.as_str(), &said.statement)).collect();
    let quotations = |statement: &Statement| -> Vec<&Statement> {
        let others = statement.drift.iter().filter_map(|id| here.get(id.as_str()).copied());
        others.filter(|other| other.speech == Speech::Direct).collect()
    };
    view.statements
        .iter()
        .map(|said| &said.statement)
        .filter(|statement| statement.speech != Speech::Direct)
        .map(|statement| (statement, quotations(statement)))
        .filter(|(_, quoted)| !quoted.is_empty())
        .collect()
}

/// What the outlet wrote beside what it quotes.
fn drift(drifts: &[(&Statement, Vec<&Statement>)]) -> Markup {
    html! {
        @if !drifts.is_empty() {
            section aria-labelledby="drift" {
                h2 #drift { "Drift" }
                @for (paraphrase, quoted) in drifts {
                    p.drift {
                        (paraphrase.article.outlet.as_deref().unwrap_or("The outlet"))
                        " paraphrases " (record::name(paraphrase)) ", "
                        (record::inline(&wording::sure(paraphrase))) ": " (record::words(paraphrase))
                        @for quotation in quoted {
                            br;
                            "It quotes, " (record::inline(&wording::sure(quotation))) ": "
                            (record::words(quotation))
                        }
                    }
                }
            }
        }
    }
}

/// A statement's range as chance of "yes", and whether linking had to turn it round: "will likely
/// hold" on "Will it fall?" reads 20 to 45 % yes.
fn chance(said: &BearingStatement) -> (Option<Range>, bool) {
    let (low, high) = (said.bearing.low, said.bearing.high);
    if low.is_none() && high.is_none() {
        return (None, false);
    }
    let range = Range {
        low: low.unwrap_or(0.0),
        high: high.unwrap_or(1.0),
        low_meant: low.is_some(),
        high_meant: high.is_some(),
    };
    let own = said.statement.certainty.as_ref().and_then(wording::range);
    let far = |one: f64, other: f64| (one - other).abs() > 0.005;
    let turned = own.is_some_and(|own| far(own.low, range.low) || far(own.high, range.high));
    (Some(range), turned)
}

fn rows(view: &QuestionView) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for said in &view.statements {
        let statement = &said.statement;
        let (range, of_no) = chance(said);
        let bar = Bar {
            day: statement.article.published.as_deref().and_then(wording::drawn_day),
            stance: said.bearing.stance,
            quoted: statement.speech == Speech::Direct,
            range,
            label: timeline::label(&wording::sure(statement), of_no),
            window: statement.window.as_ref().and_then(|window| {
                window.earliest.map(|open| (open, window.latest_soft.or(window.latest)))
            }),
        };
        // A speaker without a name is somebody else in every article.
        let key = statement.speaker.as_ref().map_or(&statement.id, |speaker| &speaker.id);
        let row = *known.entry(key.clone()).or_insert_with(|| {
            let role = statement.speaker.as_ref().and_then(|speaker| speaker.role.clone());
            let role = role.or_else(|| record::sort(statement).map(str::to_owned));
            rows.push(Row {
                name: record::name(statement),
                role: role.unwrap_or_default(),
                bars: Vec::new(),
            });
            rows.len() - 1
        });
        rows[row].bars.push(bar);
    }
    for row in &mut rows {
        row.bars.sort_by_key(|bar| bar.day);
    }
    rows
}

fn table(view: &QuestionView, today: jiff::civil::Date) -> Markup {
    html! {
        section.wide-table aria-labelledby="said" {
            h2 #said { "What was said" }
            table {
                caption.hidden { "Statements on this question by speaker, date, range and speech" }
                thead { tr {
                    th.c-day scope="col" { "Published" }
                    th.c-who scope="col" { "Who, via whom" }
                    th.c-words scope="col" { "Words" }
                    th.c-speech scope="col" { "Speech" }
                    th.c-how scope="col" { "How sure" }
                    th.c-when scope="col" { "When" }
                    th.c-bears scope="col" { "Bears" }
                } }
                tbody { @for said in &view.statements { (line(said, today)) } }
            }
        }
    }
}

fn line(said: &BearingStatement, today: jiff::civil::Date) -> Markup {
    let statement = &said.statement;
    let (_, of_no) = chance(said);
    html! {
        tr {
            td.n {
                @match statement.article.published.as_deref() {
                    Some(day) => time datetime=(day) { (wording::date(day)) },
                    None => "no date",
                }
            }
            td.who { (ledger::who(statement)) }
            td.words { a href=(ledger::reader_link(statement)) { (record::words(statement)) } }
            td.speech { (record::tag(wording::speech(statement.speech))) }
            td.how {
                (record::sure(&wording::sure(statement)))
                @if of_no { span.soft { "of the answer no" } }
            }
            td.window {
                @match &statement.window {
                    Some(window) => {
                        (wording::window(window))
                        @if let Some(state) = wording::state(statement, today) { span.soft { ", " (state) } }
                    }
                    None => span.soft.none { "no window" },
                }
                @if let Some(condition) = &statement.condition { span.condition { "condition: “" (condition.text) "”" } }
            }
            td.bears { (record::stance(said.bearing.stance)) span.reason { (said.bearing.reason) } }
        }
    }
}
