//! `sayso questions`: what statements of several articles bear on.

use std::io::{self, Write};

use sayso_ledger::{Ledger, QuestionSummary, Side};
use sayso_model::{Bound, printed_range};

use crate::{
    cli::{Format, Questions},
    error::{CommandError, ErrorKind},
    format::{Cell, Column, Ink, chosen, row},
    screen::{Screen, count, grouped, one_line},
};

/// Lists the questions.
pub(crate) fn run(flags: &Questions, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let mut questions = ledger.questions()?;
    let all = questions.len();
    questions.retain(|question| question.statements >= flags.min_statements);
    let mut out = screen.out();
    match chosen(flags.output, screen) {
        Format::Jsonl => {
            for question in &questions {
                serde_json::to_writer(&mut out, question).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &questions).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Format::Table => {
            for (i, question) in questions.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                print(&mut out, question, screen)?;
            }
        }
        Format::Csv | Format::Md => {
            let error = "Questions are printed as table, json or jsonl.";
            return Err(CommandError::new(ErrorKind::Usage, error).hint("Pass `-o jsonl`."));
        }
    }
    out.flush()?;
    drop(out);
    let fewer = all - questions.len();
    if questions.is_empty() {
        let error = CommandError::new(ErrorKind::NothingFound, "No questions yet.");
        return Err(if fewer > 0 {
            error.hint(format!(
                "{} with fewer statements: pass `--min-statements 1`.",
                count(fewer, "question")
            ))
        } else {
            error.hint("They appear when statements speak of the same event: add articles with `sayso add`.")
        });
    }
    let more = match fewer {
        0 => String::new(),
        _ => format!(
            " {} more with fewer statements: `--min-statements 1` lists them.",
            grouped(fewer)
        ),
    };
    screen.say(&format!(
        "{}.{more} `sayso show ID` prints one with its statements.",
        count(questions.len(), "question")
    ));
    Ok(())
}

fn print(out: &mut impl Write, question: &QuestionSummary, screen: Screen) -> io::Result<()> {
    let (mut left, mut right) = (Cell::default(), Cell::default());
    left.line(Ink::Strong, one_line(&question.text));
    left.line(Ink::Faint, question.id.get(..8).unwrap_or(&question.id));
    for line in figures(question) {
        right.line(Ink::Plain, line);
    }
    if screen.width < 72 {
        left.append(right);
        return row(out, 0, &[Column(screen.width)], &[left]);
    }
    let half = (screen.width - 2) / 2;
    row(out, 0, &[Column(half), Column(screen.width - 2 - half)], &[left, right])
}

/// What is counted about a question, one line each.
pub(super) fn figures(question: &QuestionSummary) -> Vec<String> {
    let mut lines = vec![format!(
        "{} by {} in {}",
        count(question.statements, "statement"),
        count(question.speakers, "speaker"),
        count(question.articles, "article")
    )];
    let sides: Vec<String> = [("yes", &question.yes), ("no", &question.no)]
        .into_iter()
        .filter(|(_, side)| side.statements > 0)
        .map(|(word, side)| format!("{word}: {}{}", side.statements, range(side)))
        .collect();
    lines.push(sides.join(" · "));
    match (&question.first, &question.last) {
        (Some(first), Some(last)) if first != last => lines.push(format!("{first} to {last}")),
        (Some(day), _) => lines.push(day.clone()),
        _ => {}
    }
    lines
}

fn range(side: &Side) -> String {
    printed_range(side.low, side.high, Bound::TwoSided)
        .map(|range| format!(" ({range})"))
        .unwrap_or_default()
}
