//! One integration binary: the built command from outside, and the cases.

mod annotate;
mod archives;
mod cases;
mod check;
#[cfg(target_os = "linux")]
mod disks;
mod errors;
mod evidence;
mod ledger;
mod linking;
mod machines;
mod mcp;
#[cfg(feature = "network")]
mod network;
mod outcomes;
mod output;
mod serve;
mod spans;
mod tables;

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A run of the built command.
pub(crate) struct Run {
    command: Command,
    stdin: Vec<u8>,
}

/// What a run left.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

/// `sayso` with arguments, in a quiet environment: no terminal, no colours, no ledger but the one
/// that is named.
pub(crate) fn sayso(arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.args(arguments).env_remove("SAYSO_LEDGER").env_remove("SAYSO_PORT");
    command.env_remove("COLUMNS").env("NO_COLOR", "1");
    Run { command, stdin: Vec::new() }
}

impl Run {
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    pub(crate) fn run(mut self) -> Ran {
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let bytes = self.stdin;
        // Its own thread: a full pipe on both sides would wait for ever. A command that does not
        // read its input closes the pipe, which is no error here.
        let writer = std::thread::spawn(move || drop(pipe.write_all(&bytes)));
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let err = String::from_utf8(stderr).expect("stderr is UTF-8");
        Ran { code: status.code(), out: stdout, err }
    }
}

impl Ran {
    /// Asserts the exit code; a wrong one shows what was said.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stderr: {}", self.err);
        self
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("stdout is UTF-8")
    }

    /// The records of JSON lines.
    pub(crate) fn records(&self) -> Vec<serde_json::Value> {
        self.text().lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// Asserts that stderr holds these words.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "“{word}” is not in: {}", self.err);
        }
        self
    }
}

/// The shipped tables, read once for all tests.
pub(crate) fn tables() -> &'static sayso_statement::Tables {
    static TABLES: std::sync::LazyLock<sayso_statement::Tables> =
        std::sync::LazyLock::new(|| sayso_statement::Tables::english().expect("sound tables"));
    &TABLES
}

/// A path of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The examples, as an argument.
pub(crate) fn examples() -> String {
    repository("examples").to_str().unwrap().to_owned()
}

/// The articles for measuring that some checkouts have beside them.
pub(crate) fn seeds() -> Option<PathBuf> {
    let folder = std::env::var_os("SAYSO_SHARED")
        .map_or_else(|| repository("../shared"), PathBuf::from)
        .join("seeds");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no articles in {}: this test ran on the examples alone", folder.display());
    None
}
