//! `sayso compare`: one question from all sides.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use sayso_ledger::{BearingStatement, CompareView, Ledger};

use super::questions::{figures, the_question};
use crate::{
    cli::Compare,
    error::CommandError,
    format::{Cell, Column, Ink, records, row},
    screen::{Screen, count, one_line},
    wording,
};

/// Compares what the flags name.
pub(crate) fn run(flags: &Compare, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let view = ledger.compare(&the_question(&ledger, &flags.question)?)?;
    let one = std::slice::from_ref(&view);
    records((flags.output, screen), one, ("A comparison is", "json"), |out| {
        table(out, &view, screen)
    })
}

fn table(out: &mut impl Write, view: &CompareView, screen: Screen) -> io::Result<()> {
    let said: BTreeMap<&str, &BearingStatement> =
        view.statements.iter().map(|one| (one.statement.id.as_str(), one)).collect();
    line(out, screen, 0, Ink::Strong, &view.summary.text)?;
    for words in figures(&view.summary) {
        line(out, screen, 0, Ink::Plain, &words)?;
    }
    line(out, screen, 0, Ink::Plain, &independence(view))?;
    if view.deadlines.iter().any(|deadline| deadline.latest.is_some()) {
        head(out, "deadlines")?;
        for deadline in &view.deadlines {
            let statements = count(deadline.statements.len(), "statement");
            let day = deadline.latest.map_or("no last day".to_owned(), |day| day.to_string());
            line(out, screen, 2, Ink::Plain, &format!("{day}: {statements}"))?;
        }
    }
    let found = &view.comparison;
    let two = |out: &mut _, first: (&str, &str), second: (&str, &str)| -> io::Result<()> {
        for (label, id) in [first, second] {
            if let Some(one) = said.get(id) {
                line(out, screen, 2, Ink::Plain, &format!("{label} {}", words(one)))?;
            }
        }
        Ok(())
    };
    if !found.contradictions.is_empty() {
        head(out, "contradictions")?;
        for (i, pair) in found.contradictions.iter().take(LISTED).enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            two(&mut *out, ("▲", &pair.yes), ("▽", &pair.no))?;
            let independent = if pair.independent { "independent" } else { "one origin or outlet" };
            let more = match pair.pairs {
                1 => String::new(),
                pairs => format!(" [{}]", crate::screen::grouped(pairs as usize)),
            };
            let reason = format!("{} ({independent}){more}", pair.reason);
            line(out, screen, 4, Ink::Faint, &reason)?;
        }
        more(out, found.contradictions.len())?;
    }
    if !found.changes.is_empty() {
        head(out, "changed minds")?;
        for change in found.changes.iter().take(LISTED) {
            two(&mut *out, ("before:", &change.before), ("after:", &change.after))?;
        }
        more(out, found.changes.len())?;
    }
    if !found.drift.is_empty() {
        head(out, "drift")?;
        for drift in found.drift.iter().take(LISTED) {
            let label = if drift.surer { "surer:" } else { "less sure:" };
            two(&mut *out, (label, &drift.paraphrase), ("in their own words:", &drift.quotation))?;
        }
        more(out, found.drift.len())?;
    }
    if !found.numbers.is_empty() {
        head(out, "numbers of one origin that differ")?;
        for number in found.numbers.iter().take(LISTED) {
            let words = format!("“{}” and “{}”", one_line(&number.said), one_line(&number.but));
            line(out, screen, 2, Ink::Plain, &words)?;
        }
        more(out, found.numbers.len())?;
    }
    Ok(())
}

/// Pairs of a sort that a table lists.
const LISTED: usize = 12;

/// "9 reports, 3 outlets, 1 independent origin"
pub(super) fn independence(view: &CompareView) -> String {
    let origins = match view.summary.origins {
        1 => "1 independent origin".to_owned(),
        n => format!("{} independent origins", crate::screen::grouped(n)),
    };
    let reports = count(view.summary.statements, "report");
    match view.summary.outlets {
        0 => format!("{reports}, {origins}"),
        outlets => format!("{reports}, {}, {origins}", count(outlets, "outlet")),
    }
}

/// "2031-04-03 · Ada Quill: “words” (likely 60–90 %)"
pub(super) fn words(one: &BearingStatement) -> String {
    let statement = &one.statement;
    let sure = statement.certainty.as_ref().map(|c| format!(" ({})", wording::certainty(c)));
    let article = &statement.article;
    format!(
        "{} · {} · {}: {}{}",
        wording::published(article),
        one_line(article.outlet.as_deref().unwrap_or(crate::wording::NO_OUTLET)),
        wording::speaker(statement.speaker.as_ref()),
        wording::words(statement),
        sure.unwrap_or_default()
    )
}

fn more(out: &mut impl Write, all: usize) -> io::Result<()> {
    if all > LISTED {
        writeln!(out, "  and {} more: pass `-o json`.", all - LISTED)
    } else {
        Ok(())
    }
}

fn head(out: &mut impl Write, words: &str) -> io::Result<()> {
    writeln!(out, "\n{words}")
}

pub(super) fn line(
    out: &mut impl Write,
    screen: Screen,
    indent: usize,
    ink: Ink,
    words: &str,
) -> io::Result<()> {
    let mut cell = Cell::default();
    cell.line(ink, one_line(words));
    row(out, indent, &[Column(screen.width.saturating_sub(indent).max(16))], &[cell])
}
