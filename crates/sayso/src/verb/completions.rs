//! `sayso completions`: what a shell needs to complete verbs and flags.

use std::io::Write as _;

use clap::CommandFactory as _;

use crate::{
    cli::{Cli, Completions},
    error::CommandError,
    screen::Screen,
};

/// Prints the script for a shell.
pub(crate) fn run(flags: &Completions, screen: Screen) -> Result<(), CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(flags.shell, &mut Cli::command(), "sayso", &mut script);
    let mut out = screen.out();
    out.write_all(&script)?;
    Ok(out.flush()?)
}
