//! What `read`, `annotate` and `add` share: which inputs, which failed, and the last line.

use std::{collections::BTreeMap, path::PathBuf, time::Instant};

use jiff::civil::Date;
use sayso_model::Code;

use crate::{
    cli::InputFormat,
    error::{CommandError, ErrorKind},
    input::{self, Ended, Options, Source},
    screen::{Screen, count},
};

/// What happened to the inputs so far.
pub(super) struct Tally {
    screen: Screen,
    began: Instant,
    failed: usize,
    problems: usize,
    foreign: usize,
    interrupted: bool,
}

impl Tally {
    /// Starts the clock.
    #[expect(clippy::disallowed_methods, reason = "the command measures its own time")]
    pub(super) fn new(screen: Screen) -> Self {
        Self {
            screen,
            began: Instant::now(),
            failed: 0,
            problems: 0,
            foreign: 0,
            interrupted: false,
        }
    }

    /// Notes how reading ended.
    pub(super) fn end(&mut self, ended: Ended) {
        self.interrupted |= ended == Ended::Interrupted;
    }

    /// Tells one failure.
    pub(super) fn fail(&mut self, words: &str) {
        self.fail_all(words, 1);
    }

    /// Tells in one sentence of several failures.
    pub(super) fn fail_all(&mut self, words: &str, failures: usize) {
        self.failed += failures;
        self.screen.complain(words);
    }

    /// Notes an article's problems, and tells them to those who want to hear more.
    pub(super) fn note(&mut self, article: &sayso_model::Article) {
        let foreign = article.problems.iter().filter(|p| p.code == Code::R017).count();
        self.foreign += foreign;
        self.problems += article.problems.len() - foreign;
        if self.screen.verbose {
            let name = article.path.as_deref().unwrap_or(&article.key);
            for problem in &article.problems {
                self.screen.complain(&format!("{name}: {:?} {}", problem.code, problem.message));
            }
        }
    }

    /// The last line, and the code that the failures ask for.
    pub(super) fn finish(self, counts: &str) -> Result<(), CommandError> {
        let seconds = self.began.elapsed().as_secs_f64();
        let mut parts = vec![format!("{counts} {seconds:.2} s.")];
        if self.failed > 0 {
            parts.push(format!("{} failed, see above.", count(self.failed, "input")));
        }
        if self.foreign > 0 {
            parts.push(format!(
                "{} in another language, kept and not read for statements.",
                count(self.foreign, "article")
            ));
        }
        if self.problems > 0 && !self.screen.verbose {
            parts.push(format!(
                "{} with the texts: -v lists them.",
                count(self.problems, "problem")
            ));
        }
        if self.interrupted {
            parts.push(
                "Interrupted: what was begun was done; run it again for the rest.".to_owned(),
            );
        }
        self.screen.say(&parts.join(" "));
        if self.interrupted {
            return Err(CommandError::new(ErrorKind::Interrupted, ""));
        }
        if self.failed > 0 { Err(CommandError::new(ErrorKind::SomeFailed, "")) } else { Ok(()) }
    }
}

/// The inputs that the user named; folders that gave nothing are told at once.
pub(super) fn named(paths: &[PathBuf], endings: &[&str], tally: &mut Tally) -> Vec<Source> {
    let (sources, failures) = input::expanded(paths, endings);
    for words in failures {
        tally.fail(&words);
    }
    sources
}

/// The flags that say how to read.
pub(super) fn options(format: InputFormat, published: Option<Date>, jobs: Option<u16>) -> Options {
    let format = match format {
        InputFormat::Auto => sayso_read::Format::Auto,
        InputFormat::Text => sayso_read::Format::Text,
        InputFormat::Markdown => sayso_read::Format::Markdown,
        InputFormat::Html => sayso_read::Format::Html,
        InputFormat::Jsonl => sayso_read::Format::JsonLines,
        InputFormat::Csv => sayso_read::Format::Rows,
        InputFormat::Eml => sayso_read::Format::Mail,
    };
    let read = sayso_read::Options { format, ..sayso_read::Options::default() };
    Options { read, published, jobs, from: BTreeMap::new(), alone: false }
}
