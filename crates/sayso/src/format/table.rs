//! The table for people: an article's heading, then who, what they said, how sure, about what.

use std::io::{self, Write};

use sayso_link::Classes;
use sayso_model::{ArticleRef, Kind, Statement};

use super::cells::{Cell, Column, GAP, Ink, row};
use crate::{
    screen::{Screen, one_line},
    wording,
};

/// Blanks before the rows of an article.
const INDENT: usize = 2;
/// Below this width the columns stand below each other.
const STACKED: usize = 72;
/// From this width on "how sure" has a column of its own.
const WIDE: usize = 120;
/// Lines of what was said, where the whole of it was not asked for.
const LINES: usize = 5;

/// "The Meridian Times · 2024-03-04", and the title below.
pub(crate) fn heading(
    out: &mut impl Write,
    article: &ArticleRef,
    screen: Screen,
) -> io::Result<()> {
    let outlet =
        article.outlet.as_deref().map_or_else(|| crate::wording::NO_OUTLET.to_owned(), one_line);
    let date = wording::published(article);
    let mut cell = Cell::default();
    if let Some(title) = &article.title {
        cell.line(Ink::Strong, one_line(title));
    }
    cell.line(Ink::Plain, format!("{outlet} · {date}"));
    row(out, 0, &[Column(screen.width)], &[cell])?;
    writeln!(out, "{}", "─".repeat(screen.width.min(WIDE + 20)))
}

/// One row a statement.
pub(crate) fn statement_rows(
    out: &mut impl Write,
    statements: &[Statement],
    screen: Screen,
    ids: bool,
    classes: &Classes,
) -> io::Result<()> {
    let lines = if screen.verbose { usize::MAX } else { LINES };
    for (i, statement) in statements.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        let id = ids.then_some(statement.id.as_str());
        let who = who(statement, id);
        let said = said(statement, lines);
        let sure = sure(statement);
        let about = about(statement, classes);
        let inner = screen.width - INDENT.min(screen.width);
        if screen.width < STACKED {
            let mut all = who;
            all.append(said);
            all.append(sure);
            all.append(about);
            row(out, INDENT, &[Column(inner)], &[all])?;
        } else if screen.width < WIDE {
            let (left, right) = (inner / 4, inner * 3 / 10);
            let columns = [Column(left), Column(inner - left - right - 2 * GAP), Column(right)];
            let mut third = sure;
            third.append(about);
            row(out, INDENT, &columns, &[who, said, third])?;
        } else {
            let (left, hedge, right) = (inner / 5, 24, inner / 4);
            let middle = inner - left - hedge - right - 3 * GAP;
            let columns = [Column(left), Column(middle), Column(hedge), Column(right)];
            row(out, INDENT, &columns, &[who, said, sure, about])?;
        }
    }
    Ok(())
}

fn who(statement: &Statement, id: Option<&str>) -> Cell {
    let mut cell = Cell::default();
    cell.line(Ink::Strong, wording::speaker(statement.speaker.as_ref()));
    if let Some(role) = wording::role(statement.speaker.as_ref()) {
        cell.short(Ink::Plain, role, 2);
    }
    if let Some(chain) = wording::chain(&statement.chain) {
        cell.short(Ink::Plain, chain, 3);
    }
    if let Some(id) = id {
        cell.line(Ink::Faint, id.get(..8).unwrap_or(id));
    }
    cell
}

fn said(statement: &Statement, lines: usize) -> Cell {
    let mut cell = Cell::default();
    cell.short(Ink::Plain, wording::words(statement), lines);
    if let Some(condition) = &statement.condition {
        let words = one_line(condition.text.trim());
        // The condition mostly stands in the words above; here it is said that it is one.
        cell.short(Ink::Faint, format!("on condition: {words}"), 2);
    }
    cell
}

fn sure(statement: &Statement) -> Cell {
    let mut cell = Cell::default();
    let kind = statement.kind.word();
    match &statement.certainty {
        Some(certainty) => {
            cell.line(Ink::Hedge, wording::certainty(certainty));
            cell.line(Ink::Faint, kind);
        }
        None if statement.kind == Kind::Report => cell.line(Ink::Faint, kind),
        None => cell.line(Ink::Plain, kind),
    }
    if !statement.drift.is_empty() {
        cell.line(Ink::Hedge, "△ drift");
    }
    cell
}

fn about(statement: &Statement, classes: &Classes) -> Cell {
    let mut cell = Cell::default();
    // An event that no pack knows is its verb alone: a guess for programs, a puzzle for people.
    let event = statement.event.as_ref().filter(|event| event.pack.is_some());
    let sentence = event.map(|event| wording::event(event, statement.polarity, classes));
    // A place that the sentence names is not said again.
    let mut places: Vec<String> = Vec::new();
    for place in &statement.places {
        let name = one_line(&place.name);
        let said = sentence.as_ref().is_some_and(|sentence| sentence.contains(&name));
        if !said && !places.contains(&name) {
            places.push(name);
        }
    }
    if let Some(sentence) = sentence {
        cell.short(Ink::Plain, sentence, 3);
    }
    if let Some(window) = &statement.window {
        cell.short(Ink::Plain, wording::window(window), 3);
    }
    if !places.is_empty() {
        cell.short(Ink::Faint, format!("in {}", places.join(", ")), 2);
    }
    cell
}
