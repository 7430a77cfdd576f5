//! `sayso origins`: how many first sources stand behind the reports on a question.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use sayso_ledger::{BearingStatement, CompareView, Ledger};
use serde_json::json;

use super::{
    compare::{independence, line, words},
    questions::the_question,
};
use crate::{
    cli::{Gate, Origins},
    error::{CommandError, ErrorKind},
    format::{Ink, records},
    screen::{Screen, count},
};

/// Prints the tree, then looks at the gate.
pub(crate) fn run(flags: &Origins, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let view = ledger.compare(&the_question(&ledger, &flags.question)?)?;
    let record = json!({
        "question": view.summary.id,
        "text": view.summary.text,
        "reports": view.summary.statements,
        "outlets": view.summary.outlets,
        "independent": view.summary.origins,
        "origins": view.origins,
    });
    records((flags.output, screen), &[record], ("Origins are", "json"), |out| {
        tree(out, &view, screen)
    })?;
    let single = view.summary.origins == 1 && view.summary.statements > 1;
    if flags.fail_on == Some(Gate::SingleOrigin) && single {
        let reports = count(view.summary.statements, "report");
        let error = format!("All of it traces to one origin: {reports}.");
        return Err(CommandError::new(ErrorKind::Gate, error)
            .hint("Look for a source that does not rest on this one."));
    }
    Ok(())
}

fn tree(out: &mut impl Write, view: &CompareView, screen: Screen) -> io::Result<()> {
    let said: BTreeMap<&str, &BearingStatement> =
        view.statements.iter().map(|one| (one.statement.id.as_str(), one)).collect();
    line(out, screen, 0, Ink::Strong, &view.summary.text)?;
    line(out, screen, 0, Ink::Plain, &independence(view))?;
    for origin in &view.origins {
        writeln!(out)?;
        let why: Vec<&str> = origin
            .why
            .iter()
            .map(|why| match why.as_str() {
                "holder" => "the same speaker within days",
                "unnamed" => "the same unnamed source through the same outlet",
                _ => "copied words",
            })
            .collect();
        let why = if why.is_empty() { String::new() } else { format!(": {}", why.join(", ")) };
        let reports = count(origin.statements.len(), "report");
        line(out, screen, 0, Ink::Strong, &format!("{} ({reports}{why})", origin.holder))?;
        for id in &origin.statements {
            if let Some(one) = said.get(id.as_str()) {
                line(out, screen, 2, Ink::Plain, &format!("└ {}", words(one)))?;
            }
        }
    }
    Ok(())
}
