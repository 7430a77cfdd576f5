//! A line on stderr while a long run lasts, where somebody looks at it: how many, how fast, how long
//! it will still take.

use std::{
    io::{self, IsTerminal as _, Write as _},
    time::{Duration, Instant},
};

use super::Source;
use crate::screen::{Screen, count, grouped};

/// What is known of how far a run is.
pub(super) struct Progress {
    seen: bool,
    shown: bool,
    done: usize,
    /// Bytes of the inputs, and how many of them are behind us.
    bytes: (u64, u64),
    began: Instant,
    next: Instant,
}

impl Progress {
    /// For a run over sources; `loud` where nothing else is printed to the terminal.
    #[expect(clippy::disallowed_methods, reason = "the command measures its own time")]
    pub(super) fn new(sources: &[Source], loud: bool, screen: Screen) -> Self {
        let seen = !screen.quiet && (loud || !screen.terminal) && io::stderr().is_terminal();
        let all = if seen { sources.iter().map(length).sum() } else { 0 };
        let began = Instant::now();
        let next = began + Duration::from_secs(1);
        Self { seen, shown: false, done: 0, bytes: (0, all), began, next }
    }

    /// One article more.
    #[expect(clippy::disallowed_methods, reason = "the command measures its own time")]
    pub(super) fn step(&mut self) {
        self.done += 1;
        let now = Instant::now();
        if self.seen && now >= self.next {
            self.shown = true;
            self.next = now + Duration::from_millis(200);
            let line = line(self.done, now - self.began, self.bytes);
            let _ = write!(io::stderr(), "\r{line:60}");
        }
    }

    /// So many bytes of the inputs more are behind us.
    pub(super) fn pass(&mut self, bytes: u64) {
        self.bytes.0 += bytes;
    }

    /// Wipes the line.
    pub(super) fn end(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r{:60}\r", "");
        }
    }
}

/// Bytes of a source, where it is a file.
pub(super) fn length(source: &Source) -> u64 {
    match source {
        Source::Stdin => 0,
        Source::File(path) => path.metadata().map_or(0, |about| about.len()),
    }
}

/// "1,204 articles read, 31 a second, about 2 minutes left". What is left is told once a twentieth
/// is done.
fn line(done: usize, took: Duration, (behind, all): (u64, u64)) -> String {
    let seconds = took.as_secs_f64().max(0.001);
    let rate = done as f64 / seconds;
    let rate = if rate < 10.0 { format!("{rate:.1}") } else { grouped(rate as usize) };
    let mut line = format!("{} read, {rate} a second", count(done, "article"));
    if behind > 0 && behind < all && behind.saturating_mul(20) >= all {
        let left = seconds * (all - behind) as f64 / behind as f64;
        line.push_str(", about ");
        line.push_str(&lasting(left));
        line.push_str(" left");
    }
    line
}

/// "40 seconds", "3 minutes", "2 hours".
fn lasting(seconds: f64) -> String {
    if seconds < 100.0 {
        count(seconds.ceil().max(1.0) as usize, "second")
    } else if seconds < 6000.0 {
        count((seconds / 60.0).round() as usize, "minute")
    } else {
        count((seconds / 3600.0).round() as usize, "hour")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_many_how_fast_and_how_long() {
        let took = Duration::from_secs(40);
        assert_eq!(line(1240, took, (0, 0)), "1,240 articles read, 31 a second");
        assert_eq!(
            line(1240, took, (250, 1000)),
            "1,240 articles read, 31 a second, about 2 minutes left"
        );
        assert_eq!(line(10, took, (10, 1000)), "10 articles read, 0.2 a second");
        assert_eq!(line(10, took, (900, 1000)).split(", ").last(), Some("about 5 seconds left"));
        assert_eq!(line(1, took, (100, 100_000)), "1 article read, 0.0 a second");
    }
}
