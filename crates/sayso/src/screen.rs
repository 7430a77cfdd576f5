//! Where output goes: stdout for data, stderr for everything else, in colour where there are eyes.

use std::io::{self, BufWriter, IsTerminal as _, StderrLock, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};

use crate::cli::{Common, When};

/// Data. Colours are taken out again where nobody can see them.
pub(crate) type Out = BufWriter<AutoStream<StdoutLock<'static>>>;

/// What the terminal is like and how much the user wants to hear.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    /// Columns.
    pub(crate) width: usize,
    /// True when stdout is a terminal.
    pub(crate) terminal: bool,
    /// Say nothing on stderr but errors.
    pub(crate) quiet: bool,
    /// Say more.
    pub(crate) verbose: bool,
    choice: ColorChoice,
}

/// Columns where nobody says otherwise (a table in a pipe).
const WIDTH: usize = 100;
/// Wider lines are hard to read.
const WIDEST: usize = 160;

impl Screen {
    /// Looks at stdout once. `COLUMNS` wins over the terminal's own answer.
    pub(crate) fn new(common: &Common) -> Self {
        let columns = std::env::var_os("COLUMNS")
            .and_then(|columns| columns.to_str()?.parse::<usize>().ok())
            .or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
        Self {
            width: columns.unwrap_or(WIDTH).clamp(24, WIDEST),
            terminal: io::stdout().is_terminal(),
            quiet: common.quiet,
            verbose: common.verbose,
            choice: match common.color {
                When::Auto => ColorChoice::Auto,
                When::Always => ColorChoice::Always,
                When::Never => ColorChoice::Never,
            },
        }
    }

    /// Nobody looks: a program holds sayso and prints for itself.
    pub(crate) fn silent() -> Self {
        let choice = ColorChoice::Never;
        Self { width: WIDTH, terminal: false, quiet: true, verbose: false, choice }
    }

    /// Stdout, buffered.
    pub(crate) fn out(self) -> Out {
        BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout().lock(), self.choice))
    }

    /// Stderr, for errors.
    pub(crate) fn err(self) -> AutoStream<StderrLock<'static>> {
        AutoStream::new(io::stderr().lock(), self.choice)
    }

    /// One line on stderr, unless the user wants quiet. A closed stderr is no reason to stop.
    pub(crate) fn say(self, line: &str) {
        if !self.quiet {
            let _ = writeln!(self.err(), "{line}");
        }
    }

    /// One line on stderr, whatever the user wants.
    pub(crate) fn complain(self, line: &str) {
        let _ = writeln!(self.err(), "{}", one_line(line));
    }
}

/// Text from outside, fit for a terminal: no control character, so that an article's title cannot
/// move the cursor or hide words, and no mark that turns the direction of what follows.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            c if c.is_control() || c.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(if c == '\u{a0}' || c == '\u{202f}' { c } else { ' ' });
                }
            }
            c => line.push(c),
        }
    }
    line
}

/// "1 article", "2 articles", "12,000 articles".
pub(crate) fn count(n: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A number with commas between its thousands.
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
        assert_eq!(count(1, "article"), "1 article");
        assert_eq!(count(0, "article"), "0 articles");
        assert_eq!(count(1_234_567, "statement"), "1,234,567 statements");
        assert_eq!(grouped(100), "100");
    }

    #[test]
    fn a_title_cannot_command_the_terminal() {
        assert_eq!(one_line("Bridge\u{1b}[2J\r\nopen \u{202e}again"), "Bridge [2J open again");
    }
}
