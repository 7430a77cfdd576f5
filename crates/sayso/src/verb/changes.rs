//! `sayso changes`: who says otherwise than before.

use std::io::{self, Write};

use sayso_ledger::{ChangedMind, Ledger};
use sayso_model::Statement;

use super::compare::line;
use crate::{
    cli::Changes,
    error::{CommandError, ErrorKind},
    format::{Ink, records},
    screen::{Screen, count, one_line},
    wording,
};

/// Lists changed minds, the latest first.
pub(crate) fn run(flags: &Changes, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let mut minds = match &flags.speaker {
        Some(speaker) => ledger.changed_minds(speaker)?,
        None => ledger.all_changed_minds()?,
    };
    minds.reverse();
    let all = minds.len();
    minds.truncate(flags.limit);
    records((flags.output, screen), &minds, ("Changed minds are", "jsonl"), |out| {
        minds.iter().try_for_each(|mind| entry(out, mind, screen))
    })?;
    if minds.is_empty() {
        let error = "Nobody is known to have changed their mind.";
        return Err(CommandError::new(ErrorKind::NothingFound, error).hint(
            "It shows where somebody speaks twice on one question: `sayso questions` lists them.",
        ));
    }
    screen.say(&format!("{} of {} shown.", minds.len(), count(all, "changed mind")));
    Ok(())
}

fn entry(out: &mut impl Write, mind: &ChangedMind, screen: Screen) -> io::Result<()> {
    let who = wording::speaker(mind.after.speaker.as_ref());
    let how = if mind.turned { "the other side" } else { "another range" };
    line(out, screen, 0, Ink::Strong, &format!("{who} · {} ({how})", one_line(&mind.text)))?;
    line(out, screen, 2, Ink::Plain, &said(&mind.before))?;
    line(out, screen, 2, Ink::Plain, &format!("then {}", said(&mind.after)))
}

fn said(one: &Statement) -> String {
    let sure = one.certainty.as_ref().map_or_else(|| "no hedge".to_owned(), wording::certainty);
    let id = one.id.get(..8).unwrap_or(&one.id);
    format!("{}, {sure}: {} · {id}", wording::published(&one.article), wording::words(one))
}
