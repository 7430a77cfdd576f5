//! The list of questions.

use axum::{extract::State, response::Response};
use maud::{Markup, html};
use sayso_ledger::{Ledger, QuestionSummary, Side};
use sayso_model::Stance;

use super::{
    Trouble,
    ledger::{Given, given},
    record,
    trouble::code,
};
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording::{self, Range},
};

/// Questions on one page; the twins have all.
const MAX_SHOWN: usize = 300;

/// The page; `q` leaves those whose sentence has all its words.
pub(crate) async fn page(
    State(pages): State<Pages>,
    wanted: Wanted,
    pairs: Given,
) -> Result<Response, Trouble> {
    let here = given(pairs);
    let words = here.get("q").to_lowercase();
    let mut questions = pages.ask(Ledger::questions).await?;
    let known = questions.len();
    questions.retain(|question| {
        let sentence = question.text.to_lowercase();
        words.split_whitespace().all(|word| sentence.contains(word))
    });
    questions
        .sort_by(|a, b| (b.statements, b.speakers, &a.id).cmp(&(a.statements, a.speakers, &b.id)));
    twin::answer(
        &pages,
        wanted.form,
        &questions,
        || table(&questions),
        || {
            let query = here.href("");
            frame::page(
                "Questions",
                Part::Questions,
                "",
                &shown(&questions, known, here.get("q"), &query),
            )
        },
    )
}

fn shown(questions: &[QuestionSummary], known: usize, words: &str, query: &str) -> Markup {
    html! {
        @if known == 0 {
            div.trouble {
                h1 { "No questions yet" }
                p.lede { "A question is an event that can come true, with the statements that bear on it." }
                p { (code("Add articles with `sayso add FILE`: statements about one event become a question.")) }
            }
        } @else {
            h1 { "Questions" }
            p.lede {
                (wording::count(known as u64, "event", "events"))
                " on which the statements of the ledger bear, those with most statements first."
            }
            form.filter action="/questions" method="get" {
                label for="words" { "Words of the question" }
                input #words name="q" value=(words) maxlength="200";
                button type="submit" { "Show" }
                @if !words.is_empty() { a href="/questions" { "all of them" } }
            }
            @if questions.is_empty() { p { "No question has these words." } }
            ol.questions { @for question in questions.iter().take(MAX_SHOWN) { (entry(question)) } }
            @if questions.len() > MAX_SHOWN {
                p.note { (questions.len() - MAX_SHOWN) " more stand in the twins, or narrow the list." }
            }
            (twin::links("/questions", query, "sayso questions --min-statements 1"))
        }
    }
}

fn table(questions: &[QuestionSummary]) -> Table {
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let rows = questions.iter().map(|one| {
        vec![
            one.id.clone(),
            one.text.clone(),
            one.class.clone(),
            one.actor.clone().unwrap_or_default(),
            one.target.clone().unwrap_or_default(),
            one.statements.to_string(),
            one.speakers.to_string(),
            one.articles.to_string(),
            one.outlets.to_string(),
            one.origins.to_string(),
            one.yes.statements.to_string(),
            number(one.yes.low),
            number(one.yes.high),
            one.no.statements.to_string(),
            number(one.no.low),
            number(one.no.high),
            one.first.clone().unwrap_or_default(),
            one.last.clone().unwrap_or_default(),
        ]
    });
    Table {
        head: &[
            "id",
            "question",
            "class",
            "actor",
            "target",
            "statements",
            "speakers",
            "articles",
            "outlets",
            "origins",
            "yes",
            "yes_low",
            "yes_high",
            "no",
            "no_low",
            "no_high",
            "first",
            "last",
        ],
        rows: rows.collect(),
    }
}

fn entry(question: &QuestionSummary) -> Markup {
    html! {
        li {
            h2 { a href=(address::link("question", &question.id)) { (question.text) } }
            p.about {
                span { (wording::count(question.statements as u64, "statement", "statements")) }
                span { (wording::count(question.speakers as u64, "speaker", "speakers")) }
                span { (wording::count(question.articles as u64, "article", "articles")) }
                @if let Some(days) = days(question) { span { (days) } }
                span.class { (wording::class(&question.class)) }
            }
            div.sides {
                (side(Stance::Yes, question.yes))
                (side(Stance::No, question.no))
            }
        }
    }
}

fn side(stance: Stance, side: Side) -> Markup {
    let range = side.low.zip(side.high).map(|(low, high)| Range {
        low,
        high,
        low_meant: true,
        high_meant: true,
    });
    html! {
        @if side.statements > 0 {
            div.side.(stance.word()) {
                p { (record::stance(stance)) " "
                    b { (side.statements) }
                    @if let Some(range) = range { span.soft { ", chance of yes " (range.printed()) } } }
                @if let Some(range) = range { (record::bar(range)) }
            }
        }
    }
}

fn days(question: &QuestionSummary) -> Option<String> {
    let first = wording::date(question.first.as_deref()?);
    let last = wording::date(question.last.as_deref()?);
    Some(if first == last { first } else { format!("{first} – {last}") })
}
