//! Screen 2: the article with its spans underlined and a card per statement in the margin.
//!
//! A card floats in the margin beside the paragraph in which its statement begins, or under the
//! card before it, and the text runs on undisturbed: no script and no guess at heights. On a narrow
//! page the cards follow their paragraph.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use sayso_model::{Article, Polarity, PrintedSpan, Span, Statement};
use serde::Serialize;

use super::{
    Trouble, card, ledger,
    marks::{self, Marked},
    record,
};
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    twin::{self, Form, Table, Wanted},
    wording,
};

/// The JSON twin of the page.
#[derive(Serialize)]
struct Read {
    article: Article,
    statements: Vec<Statement>,
}

/// `/article/{id}`
pub(crate) async fn page(State(pages): State<Pages>, wanted: Wanted) -> Result<Response, Trouble> {
    let id = wanted.id;
    let read = pages
        .ask(move |ledger| {
            let article = ledger.article(&id)?;
            let statements = ledger.statements_of_article(&article.id)?;
            Ok(Read { article, statements })
        })
        .await?;
    let (article, statements) = (&read.article, &read.statements);
    let rows = || statements.iter().map(twin::statement).collect();
    twin::answer(
        &pages,
        wanted.form,
        &read,
        || Table { head: twin::STATEMENT, rows: rows() },
        || {
            let today = pages.today();
            let main = if pages.public {
                excerpts(article, statements, today)
            } else {
                view(article, statements, today, pages.may_review())
            };
            let title = article.title.as_deref().unwrap_or(&article.key);
            frame::page(title, Part::Ledger, "", &main)
        },
    )
}

fn twins(article: &Article) -> Markup {
    let id = article.id.get(..12).unwrap_or(&article.id);
    twin::links(&address::link("article", &article.id), "", &format!("sayso show {id}"))
}

/// A statement has no page of its own: its words stand in its article.
pub(crate) async fn statement(
    State(pages): State<Pages>,
    wanted: Wanted,
) -> Result<Response, Trouble> {
    let id = wanted.id;
    let statement = pages.ask(move |ledger| ledger.statement(&id)).await?;
    if wanted.form == Form::Page {
        return Ok(Redirect::to(&ledger::reader_link(&statement)).into_response());
    }
    let table = || Table { head: twin::STATEMENT, rows: vec![twin::statement(&statement)] };
    twin::answer(&pages, wanted.form, &statement, table, || html! {})
}

fn view(
    article: &Article,
    statements: &[Statement],
    today: jiff::civil::Date,
    may_review: bool,
) -> Markup {
    let order = reading_order(statements);
    let marked = marked(&article.text, &order);
    let by_id: BTreeMap<&str, usize> =
        order.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect();
    let card = |index: usize| {
        card::card(order[index], &marked[index], today, may_review, |id| {
            by_id.get(id).map(|i| (marked[*i].number, order[*i]))
        })
    };
    let stretches = stretches(&article.text, &order);
    let paragraphs: Vec<Span> = stretches.iter().map(|(paragraph, _)| *paragraph).collect();
    let pieces = marks::cut(&article.text, &paragraphs, &marked);
    let orphans: Vec<usize> =
        (0..order.len()).filter(|i| place(order[*i], &article.text).is_none()).collect();
    let title = article.title.as_deref();
    html! {
        header.masthead {
            p.outlet { (article.outlet.as_deref().unwrap_or("outlet not named")) }
            h1 { (title.unwrap_or(&article.key)) }
            p.lede { (lede(article, order.len())) }
        }
        @if order.is_empty() {
            p.note { "No statements were read from this article. "
                (super::trouble::code("See what the reading found with `sayso read FILE -v`.")) }
        } @else {
            (legend())
        }
        @for problem in &article.problems { p.note { (problem.message) } }
        article.reader lang=[article.language.as_deref()] {
            @for (paragraph, cards) in &stretches {
                div.stretch {
                    @if !cards.is_empty() {
                        div.cards lang="en" { @for index in cards { (card(*index)) } }
                    }
                    @let own = paragraph.of(&article.text);
                    p.headline[title.is_some_and(|title| title.trim() == own)] {
                        (marks::paragraph(&article.text, *paragraph, &pieces, &marked))
                    }
                }
            }
        }
        @if !orphans.is_empty() {
            section {
                h2 { "Orphans" }
                p { "The words of these statements no longer fit the article. They are kept as they were read." }
                @for index in orphans { (card(index)) }
            }
        }
        (twins(article))
    }
}

/// The page for others: what was said in short, and no text around it.
fn excerpts(article: &Article, statements: &[Statement], today: jiff::civil::Date) -> Markup {
    let order = reading_order(statements);
    let marked = marked(&article.text, &order);
    html! {
        header.masthead {
            p.outlet { (article.outlet.as_deref().unwrap_or("outlet not named")) }
            h1 { (article.title.as_deref().unwrap_or("Untitled")) }
            p.lede { (lede(article, order.len())) }
        }
        p.note { "Quotations alone, each reviewed by a person. The article is where it was published." }
        @for (statement, mark) in order.iter().zip(&marked) {
            p.words id=(format!("t-{}", statement.id)) { (record::words(statement)) }
            (card::card(statement, mark, today, false, |_| None))
        }
        (twins(article))
    }
}

fn lede(article: &Article, statements: usize) -> Markup {
    html! {
        @match &article.published {
            Some(published) => {
                @let printed = published.printed();
                time datetime=(printed) { (wording::date(&printed)) }
            }
            None => "no date known: windows stay open",
        }
        " · " @match &article.author { Some(author) => (author), None => "byline unknown" }
        " · " (wording::count(statements as u64, "statement", "statements"))
        @if let Some(url) = article.url.as_deref().filter(|url| is_web(url)) {
            " · " a href=(url) rel="noreferrer" { "original" }
        }
    }
}

/// Only addresses of the web become links: an article may name any address it likes.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn legend() -> Markup {
    html! {
        p.legend {
            span.hidden { "How to read the marks:" } " "
            mark.direct { "quoted" } " "
            mark.indirect { "paraphrased" } " "
            mark.nested { "inside another’s words" } " "
            b.cue { "who says so" } " "
            span.hedge { "how sure, on what condition" }
        }
    }
}

/// Statements by the place of their first word; those that stand together, outermost first.
fn reading_order(statements: &[Statement]) -> Vec<&Statement> {
    let mut order: Vec<&Statement> = statements.iter().collect();
    order.sort_by_key(|statement| {
        let start = statement.content.iter().map(|span| span.byte_start).min();
        let end = statement.content.iter().map(|span| span.byte_end).max();
        (start.unwrap_or(u32::MAX), std::cmp::Reverse(end), statement.id.clone())
    });
    order
}

fn marked(text: &str, order: &[&Statement]) -> Vec<Marked> {
    let hulls: Vec<Option<Span>> = order.iter().map(|statement| hull(statement)).collect();
    let mut outer: Option<Span> = None;
    order
        .iter()
        .enumerate()
        .map(|(i, statement)| {
            // In reading order a container comes first, and only the one that reaches furthest
            // matters: linear, however many statements an article has.
            let nested = match (hulls[i], outer) {
                (Some(own), Some(outer)) => outer.contains(own) && outer != own,
                _ => false,
            };
            if let Some(own) = hulls[i].filter(|own| outer.is_none_or(|o| o.end < own.end)) {
                outer = Some(own);
            }
            let fitting = |spans: &[PrintedSpan]| -> Vec<Span> {
                spans.iter().filter(|span| fits(span, text)).map(PrintedSpan::span).collect()
            };
            let certainty = statement.certainty.iter().map(|certainty| &certainty.span);
            let condition = statement.condition.iter().map(|condition| &condition.span);
            let hedge: Vec<PrintedSpan> = certainty.chain(condition).cloned().collect();
            Marked {
                id: statement.id.clone(),
                number: i + 1,
                speech: statement.speech,
                nested,
                negative: statement.polarity == Polarity::No,
                content: fitting(&statement.content),
                cue: fitting(&statement.cue),
                hedge: fitting(&hedge),
            }
        })
        .collect()
}

/// From the first to the last byte of what was said.
fn hull(statement: &Statement) -> Option<Span> {
    statement.content.iter().map(PrintedSpan::span).reduce(Span::cover)
}

/// A span that still says what it said when it was read.
fn fits(span: &PrintedSpan, text: &str) -> bool {
    text.get(span.span().range()) == Some(span.text.as_str())
}

/// Where a statement's card belongs: at its first content span that fits.
fn place(statement: &Statement, text: &str) -> Option<u32> {
    statement.content.iter().filter(|span| fits(span, text)).map(|span| span.byte_start).min()
}

/// Each paragraph with the statements that begin in it.
fn stretches(text: &str, order: &[&Statement]) -> Vec<(Span, Vec<usize>)> {
    let mut out: Vec<(Span, Vec<usize>)> =
        marks::paragraphs(text).into_iter().map(|paragraph| (paragraph, Vec::new())).collect();
    let last = out.len().saturating_sub(1);
    for (index, statement) in order.iter().enumerate() {
        let Some(start) = place(statement, text) else { continue };
        let at = out.partition_point(|(paragraph, _)| paragraph.end <= start).min(last);
        if let Some((_, cards)) = out.get_mut(at) {
            cards.push(index);
        }
    }
    out
}
