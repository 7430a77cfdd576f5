//! `sayso mcp`: the ledger for language-model assistants, over standard input and output.

use std::io::{self, BufReader};

use super::find::today;
use crate::{
    cli::Mcp,
    error::CommandError,
    mcp::{self, Tools},
    screen::Screen,
};

/// Answers until the input ends.
pub(crate) fn run(flags: &Mcp, screen: Screen) -> Result<(), CommandError> {
    let tools = Tools::new(flags.store.ledger.clone(), today)?;
    screen
        .say(&format!("The tools of {} wait for a client on stdin.", flags.store.ledger.display()));
    let mut input = BufReader::new(io::stdin().lock());
    Ok(mcp::serve(&mut input, &mut io::stdout().lock(), tools)?)
}
