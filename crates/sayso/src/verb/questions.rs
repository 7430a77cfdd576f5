//! `sayso questions`: what statements of several articles bear on.

use std::io::{self, Write};

use sayso_ledger::{Edit, Ledger, QuestionSummary, Side};
use sayso_model::{Bound, printed_range};

use super::add::now;
use crate::{
    cli::{Format, Questions, QuestionsAction},
    engine,
    error::{CommandError, ErrorKind},
    format::{Cell, Column, Ink, chosen, row},
    screen::{Screen, count, grouped, one_line},
};

/// The id of a question by its sentence; what is no sentence of a question is an id or the
/// beginning of one.
pub(crate) fn the_question(ledger: &Ledger, asked: &str) -> Result<String, CommandError> {
    if !asked.contains(' ') {
        return Ok(asked.to_owned());
    }
    let wanted = asked.trim().to_lowercase();
    let mut same: Vec<String> = ledger
        .questions()?
        .into_iter()
        .filter(|question| question.text.to_lowercase() == wanted)
        .map(|question| question.id)
        .collect();
    match same.len() {
        1 => Ok(same.remove(0)),
        _ => Ok(asked.to_owned()),
    }
}

fn edit(action: &QuestionsAction, screen: Screen) -> Result<(), CommandError> {
    use QuestionsAction::{Merge, New, Rename, Split, Undo};
    let (Merge { word, store, .. }
    | Split { word, store, .. }
    | New { word, store, .. }
    | Rename { word, store, .. }
    | Undo { word, store, .. }) = action;
    let mut ledger = Ledger::open_existing(&store.ledger)?;
    let classes = engine::classes();
    let now = now();
    let edit = Edit { reason: &word.reason, reviewer: &word.reviewer, at: &now };
    let said = match action {
        Merge { from, into, .. } => {
            let (from, into) = (the_question(&ledger, from)?, the_question(&ledger, into)?);
            ledger.merge_questions(&from, &into, &classes, edit)?;
            format!("{from} is {into} now.")
        }
        Split { question, text, statements, .. } => {
            let question = the_question(&ledger, question)?;
            let id = ledger.split_question(&question, text, statements, &classes, edit)?;
            format!("{id}: {}", one_line(text))
        }
        New { text, statements, .. } => {
            let id = ledger.new_question(text, statements, &classes, edit)?;
            format!("{id}: {}", one_line(text))
        }
        Rename { question, text, .. } => {
            let question = the_question(&ledger, question)?;
            ledger.rename_question(&question, text, edit)?;
            format!("{question}: {}", one_line(text))
        }
        Undo { question, .. } => {
            ledger.undo_edit(question, &classes, edit)?;
            "The last edit was taken back.".to_owned()
        }
    };
    screen.say(&said);
    Ok(())
}

/// Lists the questions, or edits them.
pub(crate) fn run(flags: &Questions, screen: Screen) -> Result<(), CommandError> {
    if let Some(action) = &flags.action {
        return edit(action, screen);
    }
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let mut questions = ledger.questions()?;
    let all = questions.len();
    // What one speaker says in one article is a topic; a question takes two.
    let asked = |question: &QuestionSummary| question.speakers > 1 || question.articles > 1;
    questions.retain(|question| {
        question.statements >= flags.min_statements
            && (flags.min_statements == 1 || asked(question))
    });
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
        _ => {
            for (i, question) in questions.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                print(&mut out, question, screen)?;
            }
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
