//! `sayso redact`: what somebody has the right to have removed.

use std::io::{self, Write as _};

use sayso_ledger::{Edit, Ledger};

use super::add::now;
use crate::{
    cli::Redact,
    engine,
    error::{CommandError, ErrorKind},
    screen::{Screen, count, one_line},
};

/// Removes what the flags name, or lists what was removed.
pub(crate) fn run(flags: &Redact, screen: Screen) -> Result<(), CommandError> {
    let mut ledger = Ledger::open_existing(&flags.store.ledger)?;
    let (Some(what), Some(reason), Some(reviewer)) = (&flags.what, &flags.reason, &flags.reviewer)
    else {
        return listed(&ledger, screen);
    };
    let now = now();
    let edit = Edit { reason, reviewer, at: &now };
    let done = ledger.redact(what, flags.articles, &engine::classes(), edit)?;
    screen.say(&format!(
        "{}: {} and {} removed.",
        flags.store.ledger.display(),
        count(done.articles, "article"),
        count(done.statements, "statement")
    ));
    for article in &done.left {
        screen.say(&format!(
            "Article {article} still prints what they said. `sayso redact {article}` removes it."
        ));
    }
    Ok(())
}

fn listed(ledger: &Ledger, screen: Screen) -> Result<(), CommandError> {
    let removed = ledger.redactions()?;
    let mut out = screen.out();
    for one in &removed {
        if screen.terminal {
            writeln!(
                out,
                "{} {} {} with {}, by {}: {}",
                one.added_at,
                one.what,
                one.id,
                count(one.statements, "statement"),
                one_line(&one.reviewer),
                one_line(&one.reason)
            )?;
        } else {
            serde_json::to_writer(&mut out, one).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    drop(out);
    if removed.is_empty() {
        return Err(CommandError::new(ErrorKind::NothingFound, "Nothing was removed.")
            .hint("`sayso redact ARTICLE|SPEAKER --reason … --reviewer …` removes."));
    }
    Ok(())
}
