//! `sayso doctor`: is what the ledger holds what its articles say?

use std::io::Write as _;

use sayso_ledger::{Ledger, LedgerError};

use crate::{
    cli::Doctor,
    error::{CommandError, ErrorKind},
    screen::{Screen, count, one_line},
};

/// Checks and lists what is wrong.
pub(crate) fn run(flags: &Doctor, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger).map_err(unreadable)?;
    let problems = ledger.verify().map_err(unreadable)?;
    let mut out = screen.out();
    for problem in &problems {
        writeln!(out, "{}: {}", one_line(&problem.record), one_line(&problem.message))?;
    }
    if problems.is_empty() {
        let counts = ledger.counts()?;
        writeln!(
            out,
            "{}: {}, {}, {}: every span fits its article, and {} of evidence {} what was kept.",
            flags.store.ledger.display(),
            count(counts.articles, "article"),
            count(counts.statements, "statement"),
            count(counts.questions, "question"),
            count(counts.evidence, "piece"),
            if counts.evidence == 1 { "is" } else { "are" },
        )?;
    }
    out.flush()?;
    drop(out);
    if problems.is_empty() {
        return Ok(());
    }
    let error =
        format!("{}: {} found.", flags.store.ledger.display(), count(problems.len(), "problem"));
    Err(CommandError::new(ErrorKind::SomeFailed, error)
        .hint("What has no cure above: add those articles to a new ledger. Nothing was changed."))
}

/// The ledger's own cure for damage is to ask the doctor, which is of no use here.
fn unreadable(error: LedgerError) -> CommandError {
    if !matches!(error, LedgerError::Corrupt { .. } | LedgerError::Database { .. }) {
        return error.into();
    }
    CommandError::new(ErrorKind::Ledger, error.to_string()).hint(
        "It is too damaged to be looked at. Put it back from a copy; without one, move it elsewhere, take out \
         what can be read with `sqlite3 LEDGER .recover`, and add the sources to a new ledger.",
    )
}
