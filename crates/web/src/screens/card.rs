//! A statement's card in the margin of its article.

use std::cmp::Ordering;

use jiff::civil::Date;
use maud::{Markup, html};
use sayso_model::{Polarity, Speech, Stance, Statement};

use super::{marks::Marked, record};
use crate::wording;

/// The card. `find` gives the number and the record of another statement of the article.
pub(crate) fn card<'a>(
    statement: &'a Statement,
    mark: &Marked,
    today: Date,
    may_review: bool,
    find: impl Fn(&str) -> Option<(usize, &'a Statement)>,
) -> Markup {
    let sure = wording::sure(statement);
    let title = format!("who-{}", statement.id);
    let shape = if mark.nested { "nested" } else { statement.speech.word() };
    html! {
        div.card.(shape).negative[statement.polarity == Polarity::No] id=(format!("c-{}", statement.id)) role="group" aria-labelledby=(title) tabindex="-1" {
            header {
                h2 id=(title) {
                    a.number href=(format!("#t-{}", statement.id)) data-n=(mark.number)
                        aria-label=(format!("Statement {}, to its words", mark.number)) {}
                    " " b.speaker { (record::name(statement)) }
                    @if let Some(sort) = record::sort(statement) { " " (record::tag(sort)) }
                }
                p.sort { (statement.kind.word()) ", " (wording::speech(statement.speech))
                    @if sure.reading.is_none() { ", no hedge" } }
            }
            @if let Some(role) = statement.speaker.as_ref().and_then(|s| s.role.as_deref()) {
                p.role { (role) }
            }
            (candidates(statement))
            (ladder(statement))
            @if sure.reading.is_some() { (record::sure(&sure)) }
            @if statement.polarity == Polarity::No {
                p.stance.no {
                    span aria-hidden="true" { (wording::glyph(Stance::No)) } " says that it is not so"
                }
            }
            (facts(statement, today))
            (drift(statement, find))
            @if may_review { p.mend { a href=(crate::address::link("review", &statement.id)) { "review this" } } }
        }
    }
}

/// Whom a withheld name could be, the likeliest first.
fn candidates(statement: &Statement) -> Markup {
    let all = statement.speaker.as_ref().map_or(&[][..], |speaker| &speaker.candidates);
    html! {
        @if !all.is_empty() {
            p.role { "perhaps " @for (i, one) in all.iter().enumerate() {
                @if i > 0 { ", " } (one.name) " (" (wording::share(one.confidence)) ")"
            } }
        }
    }
}

/// Who stands between the article and the speaker, each on a rung of its own.
fn ladder(statement: &Statement) -> Markup {
    let rungs = record::ladder(statement);
    html! {
        @if rungs.len() > 1 {
            ol.ladder aria-label="Through whom" {
                @for (name, cue) in &rungs {
                    li { (name) @if let Some(cue) = cue { span.soft { " (“" (cue) "”)" } } }
                }
                li.last { (record::name(statement)) }
            }
        }
    }
}

fn facts(statement: &Statement, today: Date) -> Markup {
    let places = record::places(statement);
    html! {
        dl.facts-of {
            @if let Some(event) = record::event(statement) {
                div { dt { "event" } dd { (event) } }
            }
            @if !places.is_empty() {
                div { dt { "where" } dd { (places.join(", ")) } }
            }
            @if let Some(said) = &statement.said {
                div { dt { "said" } dd { (wording::said(said)) } }
            }
            @if let Some(window) = &statement.window {
                div { dt { "when" } dd { (wording::window(window))
                    @if let Some(state) = wording::state(statement, today) { span.soft { ", " (state) } } } }
            }
            @if let Some(condition) = &statement.condition {
                div { dt { "condition" } dd { "“" (condition.text) "”" } }
            }
            @for quantity in &statement.quantities {
                div { dt { "number" } dd { (quantity.text) } }
            }
        }
    }
}

/// The same matter in other words: which of the two is surer.
fn drift<'a>(
    statement: &Statement,
    find: impl Fn(&str) -> Option<(usize, &'a Statement)>,
) -> Markup {
    html! {
        @for (number, other) in statement.drift.iter().filter_map(|id| find(id)) {
            p.drift {
                (compared(statement, other)) " "
                a href=(format!("#c-{}", other.id)) { (noun(other)) " " (number) }
                ": " (record::inline(&wording::sure(other)))
            }
        }
    }
}

fn noun(statement: &Statement) -> &'static str {
    match statement.speech {
        Speech::Direct => "quotation",
        Speech::Indirect | Speech::Mixed => "paraphrase",
    }
}

fn compared(statement: &Statement, other: &Statement) -> &'static str {
    let middle = |statement: &Statement| {
        let certainty = statement.certainty.as_ref()?;
        let range = wording::range(certainty)?;
        Some(certainty.mid.unwrap_or(f64::midpoint(range.low, range.high)))
    };
    match (middle(statement), middle(other)) {
        (Some(own), Some(other)) => match own.partial_cmp(&other) {
            Some(Ordering::Greater) => "Surer than the",
            Some(Ordering::Less) => "Less sure than the",
            _ => "As sure as the",
        },
        (None, Some(_)) => "Without the hedge of the",
        (Some(_), None) => "Hedged, unlike the",
        (None, None) => "The same matter in other words,",
    }
}
