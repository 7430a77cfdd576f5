//! `sayso --version --licences`: under which licences is what is inside.

use std::{
    ffi::OsString,
    io::{self, Write as _},
};

/// Data, weights and figures.
const NOTICE: &str = include_str!("../../../NOTICE");
/// Crates: name, version, licence. `tests/supply/licences.py` makes it.
const CRATES: &str = include_str!("../../../docs/licences.tsv");

/// Whether that is what is asked: before any verb, with or without `--version`.
pub(crate) fn are_wanted(arguments: &[OsString]) -> bool {
    let flags = arguments.iter().skip(1);
    let mut before_verb = flags.take_while(|one| one.to_string_lossy().starts_with('-'));
    before_verb.any(|one| one == "--licences" || one == "--licenses")
}

/// Prints them; the exit code.
pub(crate) fn print() -> u8 {
    let version = env!("CARGO_PKG_VERSION");
    let text = format!(
        "sayso {version}\n\nThe program: MIT or Apache-2.0, as you like.\n\n{NOTICE}\n\
         Crates that a build may hold (name, version, licence):\n\n{CRATES}"
    );
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => 3,
        _ => 0,
    }
}
