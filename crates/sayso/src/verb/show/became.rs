//! What became of a question and what changed on the way; what a speaker's forecasts came to.

use std::io::Write;

use sayso_ledger::{Happened, Ledger, QuestionView, Scoring};
use sayso_score::words;

use super::facts;
use crate::{
    error::CommandError,
    format::{Cell, Column, Ink, row},
    screen::{Screen, one_line},
    verb::resolve,
};

/// Columns of the day before what happened.
const DAY: usize = 10;

/// The outcomes of a question, and what happened on it in order.
pub(super) fn show(
    out: &mut impl Write,
    ledger: &Ledger,
    view: &QuestionView,
    screen: Screen,
) -> Result<(), CommandError> {
    let outcomes = ledger.outcomes_of(&view.question.id)?;
    if !outcomes.is_empty() {
        writeln!(out, "\noutcome")?;
        for one in &outcomes {
            resolve::entry(out, one, screen)?;
        }
    }
    writeln!(out, "\nwhat changed")?;
    for one in ledger.happenings(&view.question.id)? {
        let (mut day, mut text) = (Cell::default(), Cell::default());
        day.line(Ink::Faint, one.day.map_or("no date".to_owned(), |day| day.to_string()));
        let ink = match one.what {
            Happened::Said => Ink::Faint,
            Happened::Drifted => Ink::Hedge,
            Happened::Resolved => Ink::Strong,
            _ => Ink::Plain,
        };
        text.short(ink, one_line(&one.text), if screen.verbose { usize::MAX } else { 3 });
        let wide = screen.width.saturating_sub(DAY + 4).max(16);
        row(out, 2, &[Column(DAY), Column(wide)], &[day, text])?;
    }
    Ok(())
}

/// The first lines of a speaker's scorecard.
pub(super) fn scored(
    out: &mut impl Write,
    ledger: &Ledger,
    speaker: &str,
    screen: Screen,
) -> Result<(), CommandError> {
    let sheet = ledger.sheet(speaker, &Scoring::default())?;
    let Some(line) = sheet.scores.lines.iter().find(|line| line.resolver.is_none()) else {
        return Ok(());
    };
    let score = format!("{}; {}", words::counts(&line.card), words::score(&line.card));
    facts(out, screen, &[("forecasts", Some(score))])?;
    Ok(())
}
