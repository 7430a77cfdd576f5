//! The list of questions.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use sayso_ledger::{Ledger, QuestionSummary, Side};
use sayso_model::Stance;

use super::{Trouble, record, trouble::code};
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    wording::{self, Range},
};

/// The page.
pub(crate) async fn page(State(pages): State<Pages>) -> Result<Response, Trouble> {
    let questions = pages.ask(Ledger::questions).await?;
    let main = html! {
        @if questions.is_empty() {
            div.trouble {
                h1 { "No questions yet" }
                p.lede { "A question is an event that can come true, with the statements that bear on it." }
                p { (code("Add articles with `sayso add FILE`: statements about one event become a question.")) }
            }
        } @else {
            h1 { "Questions" }
            p.lede {
                (wording::count(questions.len() as u64, "event", "events"))
                " on which the statements of the ledger bear, those with most statements first."
            }
            ol.questions { @for question in sorted(&questions) { (entry(question)) } }
        }
    };
    Ok(frame::page("Questions", Part::Questions, "", &main).into_response())
}

fn sorted(questions: &[QuestionSummary]) -> Vec<&QuestionSummary> {
    let mut order: Vec<_> = questions.iter().collect();
    order.sort_by_key(|q| (std::cmp::Reverse((q.statements, q.speakers)), q.id.as_str()));
    order
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
