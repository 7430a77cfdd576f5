//! `sayso review`: what a person says of what was read.

mod cases;
mod correct;

use std::io::{self, Write};

use sayso_ledger::{Correction, Doubtful, Ledger, Verdict};
use sayso_model::Statement;

use super::{add::now, compare::line};
use crate::{
    cli::{Review, ReviewAction, VerdictFlags},
    engine,
    error::{CommandError, ErrorKind},
    format::{Ink, records},
    screen::{Screen, count, one_line},
    wording,
};

/// Lists what waits, or writes a verdict down.
pub(crate) fn run(flags: &Review, screen: Screen) -> Result<(), CommandError> {
    match &flags.action {
        None => queue(flags, screen),
        Some(ReviewAction::Accept(flags)) => judge(flags, Verdict::Accept, screen),
        Some(ReviewAction::Reject(flags)) => judge(flags, Verdict::Reject, screen),
        Some(ReviewAction::Undo(flags)) => judge(flags, Verdict::Undo, screen),
        Some(ReviewAction::Correct(flags)) => correct::run(flags, screen),
        Some(ReviewAction::Log { id: Some(id), store }) => {
            let ledger = Ledger::open_existing(&store.ledger)?;
            listed(&ledger.reviews_of(&ledger.statement_id(id)?)?, screen)
        }
        Some(ReviewAction::Log { id: None, store }) => {
            let ledger = Ledger::open_existing(&store.ledger)?;
            all(&ledger.corrections(MAX_LOGGED)?, screen)
        }
        Some(ReviewAction::Export { store, .. }) => {
            cases::run(&Ledger::open_existing(&store.ledger)?, screen)
        }
        Some(ReviewAction::Orphans { store }) => {
            let ledger = Ledger::open_existing(&store.ledger)?;
            listed(&ledger.orphans()?, screen)
        }
    }
}

/// Corrections that `log` lists: the latest.
const MAX_LOGGED: usize = 1000;

fn queue(flags: &Review, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let queue = ledger.review_queue(flags.limit.max(1) as usize)?;
    records((flags.output, screen), &queue, ("The queue is", "jsonl"), |out| {
        queue.iter().try_for_each(|waits| entry(out, waits, screen))
    })?;
    if queue.is_empty() {
        return Err(CommandError::new(ErrorKind::NothingFound, "Nothing waits for a review."));
    }
    let hint = "`sayso review accept|correct|reject ID` decides, `sayso show ID --why` tells more.";
    screen.say(&format!("{} shown. {hint}", count(queue.len(), "statement")));
    Ok(())
}

fn entry(out: &mut impl Write, waits: &Doubtful, screen: Screen) -> io::Result<()> {
    let one = &waits.statement;
    let id = one.id.get(..8).unwrap_or(&one.id);
    let right = format!("{:.2} sure of the reading", one.confidence);
    let who = wording::speaker(one.speaker.as_ref());
    line(out, screen, 0, Ink::Plain, &format!("{who}: {}", wording::words(one)))?;
    line(out, screen, 2, Ink::Faint, &format!("{id} · {} · {right}", one.kind.word()))
}

fn judge(flags: &VerdictFlags, verdict: Verdict, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    // A rejected statement holds no longer, and is found by the beginning of its id all the same.
    let id = ledger.statement_id(&flags.id)?;
    if verdict == Verdict::Undo && ledger.verdict_in_force(&id)?.is_none() {
        let error = format!("{id}: there is no verdict to take back.");
        return Err(CommandError::new(ErrorKind::NothingFound, error)
            .hint(format!("`sayso review log {id}` lists what was decided.")));
    }
    decide(ledger, flags, &id, verdict, None, screen)
}

fn decide(
    mut ledger: Ledger,
    flags: &VerdictFlags,
    id: &str,
    verdict: Verdict,
    by: Option<&Statement>,
    screen: Screen,
) -> Result<(), CommandError> {
    let word = &flags.word;
    let now = now();
    ledger.review(id, verdict, by, &word.reason, &word.reviewer, &now)?;
    ledger.relink(&engine::classes(), &now)?;
    screen.say(&format!("{id}: {}, by {}.", verdict.word(), one_line(&word.reviewer)));
    Ok(())
}

fn listed(reviews: &[sayso_ledger::Review], screen: Screen) -> Result<(), CommandError> {
    let mut out = screen.out();
    for review in reviews {
        if screen.terminal {
            let words = format!(
                "{} {} {} by {}: {}",
                review.added_at,
                review.statement,
                review.verdict.word(),
                review.reviewer,
                review.reason
            );
            line(&mut out, screen, 0, Ink::Plain, &words)?;
        } else {
            serde_json::to_writer(&mut out, review).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    drop(out);
    if reviews.is_empty() {
        return Err(CommandError::new(ErrorKind::NothingFound, "There are none."));
    }
    Ok(())
}

/// What persons changed in the whole ledger.
fn all(corrections: &[Correction], screen: Screen) -> Result<(), CommandError> {
    let mut out = screen.out();
    for one in corrections {
        if screen.terminal {
            let words = format!(
                "{} {} {} {} by {}: {}",
                one.added_at, one.part, one.subject, one.action, one.reviewer, one.reason
            );
            line(&mut out, screen, 0, Ink::Plain, &one_line(&words))?;
        } else {
            serde_json::to_writer(&mut out, one).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    drop(out);
    if corrections.is_empty() {
        return Err(CommandError::new(
            ErrorKind::NothingFound,
            "Nobody has corrected anything yet.",
        ));
    }
    Ok(())
}
