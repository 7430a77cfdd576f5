//! The command: flags in, the stages in their order, records out.
//!
//! **Why everything that touches the world is here.** The other crates read bytes, text and
//! records; this one alone knows files, the clock, the environment, threads and the terminal.
//! What a run does can therefore be read off its flags, and every other part can be tested
//! without any of it. (The ledger opens its own file; `web` its own port.)
//!
//! A verb is one module in `verb` with one function `run`; its flags and its help are one struct
//! in `cli`. A verb ends with `Ok` or with a `error::CommandError`, whose kind is the exit
//! code.
//!
//! **Why it is a library with a thin program around it.** The Python package holds the same command
//! ([`run`]) and the same reading of one article ([`reading`]); two copies of either would drift apart.

mod cli;
mod clock;
mod draft;
mod engine;
mod error;
mod export;
mod format;
mod input;
mod interrupt;
mod licences;
mod mcp;
#[cfg(feature = "network")]
mod network;
mod outcomes;
pub mod reading;
mod screen;
mod verb;
mod wording;

use std::{ffi::OsString, io::Write as _};

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::{
    cli::{Cli, Verb, settings},
    error::CommandError,
    screen::Screen,
};

/// Runs the command with these arguments, the first being its own name, and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if licences::are_wanted(&arguments) {
        return licences::print();
    }
    let cli = match flags(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // If this fails there is no place left to report it.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    let screen = Screen::new(&cli.common);
    engine::hush();
    let code = match work(cli.verb, screen) {
        Ok(()) => 0,
        Err(error) => {
            let words = error.to_string();
            if !words.is_empty() {
                screen.complain(&words);
            }
            error.kind.code()
        }
    };
    // A host that is no Rust program (Python) does not do it at its end.
    let _ = std::io::stdout().flush();
    code
}

/// The command line, over what `sayso.toml` says.
fn flags(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let folder = std::env::current_dir().unwrap_or_default();
    let command = settings::read(Cli::command(), &settings::nearest(&folder))
        .map_err(|error| Cli::command().error(clap::error::ErrorKind::ValueValidation, error))?;
    Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
}

fn work(verb: Verb, screen: Screen) -> Result<(), CommandError> {
    match verb {
        Verb::Read(flags) => verb::read::run(&flags, screen),
        Verb::Annotate(flags) => verb::annotate::run(&flags, screen),
        Verb::Add(flags) => verb::add::run(&flags, screen),
        #[cfg(feature = "network")]
        Verb::Watch(flags) => verb::watch::run(&flags, screen),
        Verb::Find(flags) => verb::find::run(&flags, screen),
        Verb::Show(flags) => verb::show::run(&flags, screen),
        Verb::Speakers(flags) => verb::speakers::run(&flags, screen),
        Verb::Questions(flags) => verb::questions::run(&flags, screen),
        Verb::Compare(flags) => verb::compare::run(&flags, screen),
        Verb::Changes(flags) => verb::changes::run(&flags, screen),
        Verb::Origins(flags) => verb::origins::run(&flags, screen),
        Verb::Resolve(flags) => verb::resolve::run(&flags, screen),
        Verb::Score(flags) => verb::score::run(&flags, screen),
        Verb::Check(flags) => verb::check::run(&flags, screen),
        Verb::Review(flags) => verb::review::run(&flags, screen),
        Verb::Export(flags) => verb::export::run(&flags, screen),
        Verb::Redact(flags) => verb::redact::run(&flags, screen),
        Verb::Reread(flags) => verb::reread::run(&flags, screen),
        Verb::Serve(flags) => verb::serve::run(&flags, screen),
        Verb::Mcp(flags) => verb::mcp::run(&flags, screen),
        Verb::Completions(flags) => verb::completions::run(&flags, screen),
        Verb::Doctor(flags) => verb::doctor::run(&flags, screen),
    }
}
