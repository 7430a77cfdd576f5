//! Inputs to articles, many at a time, in the order in which they were named.

mod paths;
mod places;

use std::{
    collections::BTreeMap,
    io::{self, BufReader, IsTerminal as _, Write as _},
    path::PathBuf,
    time::{Duration, Instant},
};

use jiff::civil::Date;
use rayon::prelude::*;
use sayso_model::{Article, Code, Published};
use sayso_read::{Failure, Input};

pub(crate) use paths::{Source, expanded};
pub(crate) use places::Places;

use crate::{
    engine,
    error::{CommandError, ErrorKind},
    screen::{Screen, count},
};

/// How inputs are read.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The reader's options.
    pub(crate) read: sayso_read::Options,
    /// Publication date of articles that carry none.
    pub(crate) published: Option<Date>,
    /// Articles read at the same time; none is one a core.
    pub(crate) jobs: Option<u16>,
    /// Archives that are read from a byte on, not from their beginning.
    pub(crate) from: BTreeMap<PathBuf, u64>,
}

/// What became of one article, or of one input that gave none.
#[derive(Debug)]
pub(crate) enum Outcome<T> {
    /// The article with what was made of it.
    Done(Box<Article>, T),
    /// No article: the sentence that says why, with the cure.
    Failed(String),
    /// All of a long archive up to this byte was handed over; `None` is its end.
    Reached(PathBuf, Option<u64>),
}

/// Files up to this size are read side by side; larger ones are streamed one after the other, with
/// their articles side by side. 4 MiB is far above any single article.
const SMALL: u64 = 4 << 20;
/// Articles, or small files, taken in hand at a time for each thread: enough to keep all busy,
/// few enough that memory stays flat however long the input is.
const AT_A_TIME: usize = 16;
/// Bytes of text taken in hand at a time.
const BYTES_AT_A_TIME: usize = 32 << 20;
/// Failed lines of one file that are told one by one.
const TOLD: usize = 10;

/// Reads every source, does `work` on each article and hands the outcomes to `sink` in the order
/// of the input, whatever finished first.
///
/// # Errors
/// What `sink` returns, and a thread pool that cannot be started.
pub(crate) fn each<T: Send>(
    sources: &[Source],
    options: &Options,
    screen: Screen,
    work: impl Fn(&Article) -> T + Sync,
    mut sink: impl FnMut(Outcome<T>) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs.map_or(0, usize::from))
        .build()
        .map_err(|error| {
            CommandError::new(
                ErrorKind::SomeFailed,
                format!("Threads could not be started: {error}."),
            )
            .hint("Pass `--jobs 1`.")
        })?;
    let at_a_time = pool.current_num_threads() * AT_A_TIME;
    let mut progress = Progress::new(screen);
    let mut rest = sources;
    while let Some(first) = rest.first() {
        let small = rest.iter().take(at_a_time).take_while(|source| is_small(source)).count();
        if small == 0 {
            stream(first, options, &pool, &work, &mut progress, &mut sink)?;
            rest = &rest[1..];
            continue;
        }
        let (batch, after) = rest.split_at(small);
        rest = after;
        let outcomes: Vec<Vec<Outcome<T>>> =
            pool.install(|| batch.par_iter().map(|source| whole(source, options, &work)).collect());
        for outcome in outcomes.into_iter().flatten() {
            progress.step();
            sink(outcome)?;
        }
    }
    progress.end();
    Ok(())
}

fn is_small(source: &Source) -> bool {
    match source {
        Source::Stdin => false,
        // A pipe or a device says 0 and is streamed; what is missing fails either way.
        Source::File(path) => {
            !sayso_read::Format::is_archive(&path.to_string_lossy())
                && path.metadata().is_ok_and(|m| m.is_file() && m.len() <= SMALL)
        }
    }
}

/// All of one small file.
fn whole<T>(source: &Source, options: &Options, work: &impl Fn(&Article) -> T) -> Vec<Outcome<T>> {
    let mut failures = Failures::default();
    let mut outcomes = Vec::new();
    let read = engine::guarded(|| match open(source) {
        Ok(input) => sayso_read::articles(input, &options.read).collect(),
        Err(failure) => vec![Err(failure)],
    });
    match read {
        Ok(results) => {
            for result in results {
                match result {
                    Ok(article) => outcomes.push(finish(article, options, work)),
                    Err(failure) => failures.add(&failure),
                }
            }
            failures.articles = outcomes.len();
        }
        Err(words) => outcomes.push(Outcome::Failed(panicked(&source.to_string(), &words))),
    }
    outcomes.extend(failures.told().into_iter().map(Outcome::Failed));
    outcomes
}

/// A long file, article by article.
fn stream<T: Send>(
    source: &Source,
    options: &Options,
    pool: &rayon::ThreadPool,
    work: &(impl Fn(&Article) -> T + Sync),
    progress: &mut Progress,
    sink: &mut impl FnMut(Outcome<T>) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let mut failures = Failures::default();
    let at_a_time = pool.current_num_threads() * AT_A_TIME;
    let from = match source {
        Source::File(path) => options.from.get(path).copied().unwrap_or(0),
        Source::Stdin => 0,
    };
    let mut articles = match open_at(source, from) {
        Ok(input) => sayso_read::articles(input, &options.read),
        Err(failure) => return sink(Outcome::Failed(format!("{failure} {}", failure.hint()))),
    };
    let mut more = true;
    while more {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while more && batch.len() < at_a_time && bytes < BYTES_AT_A_TIME {
            // Each step behind the guard: a panic of the reader ends this file, not the run.
            match engine::guarded(|| articles.next()) {
                Ok(Some(Ok(article))) => {
                    bytes += article.text.len();
                    batch.push(article);
                }
                Ok(Some(Err(failure))) => failures.add(&failure),
                Ok(None) => more = false,
                Err(words) => {
                    failures.other.push(panicked(&source.to_string(), &words));
                    more = false;
                }
            }
        }
        failures.articles += batch.len();
        let outcomes: Vec<Outcome<T>> = pool.install(|| {
            batch.into_par_iter().map(|article| finish(article, options, work)).collect()
        });
        for outcome in outcomes {
            progress.step();
            sink(outcome)?;
        }
        if let (Source::File(path), Some(at)) = (source, articles.position()) {
            sink(Outcome::Reached(path.clone(), more.then_some(at)))?;
        }
    }
    for words in failures.told() {
        sink(Outcome::Failed(words))?;
    }
    Ok(())
}

/// Dates an article that has no date, and does the work on it.
fn finish<T>(mut article: Article, options: &Options, work: &impl Fn(&Article) -> T) -> Outcome<T> {
    if let (None, Some(date)) = (&article.published, options.published) {
        article.published = Some(Published::day(date));
        article.problems.retain(|problem| problem.code != Code::R013);
    }
    match engine::guarded(|| work(&article)) {
        Ok(made) => Outcome::Done(Box::new(article), made),
        Err(words) => Outcome::Failed(panicked(
            &format!(
                "{} ({})",
                article.path.as_deref().unwrap_or(&article.key),
                article.id.get(..12).unwrap_or_default()
            ),
            &words,
        )),
    }
}

fn panicked(name: &str, words: &str) -> String {
    format!(
        "{name}: sayso broke down over this article: {words}. The other articles were read. \
         Report it with the article, if you may pass it on."
    )
}

/// Opens a source.
fn open(source: &Source) -> Result<Input<'static>, Failure> {
    open_at(source, 0)
}

/// Opens a source at a byte.
fn open_at(source: &Source, from: u64) -> Result<Input<'static>, Failure> {
    match source {
        // Locked anew at each read: the lock itself cannot wander between threads.
        Source::Stdin => Ok(Input::new("-", BufReader::new(io::stdin()))),
        Source::File(path) => Input::open_at(&path.to_string_lossy(), from),
    }
}

/// The failures of one input.
#[derive(Debug, Default)]
struct Failures {
    first: Vec<(String, Option<&'static str>, &'static str)>,
    more: usize,
    articles: usize,
    other: Vec<String>,
}

impl Failures {
    fn add(&mut self, failure: &Failure) {
        if self.first.len() < TOLD {
            self.first.push((failure.to_string(), failure.part(), failure.hint()));
        } else {
            self.more += 1;
        }
    }

    /// One sentence a failure; the last says what became of the rest of the file.
    fn told(self) -> Vec<String> {
        let last = self.first.len().saturating_sub(1);
        let mut told: Vec<String> = Vec::new();
        for (i, (words, part, hint)) in self.first.into_iter().enumerate() {
            let mut parts = vec![words];
            if i == last && self.more > 0 {
                let further = format!("further {}", part.unwrap_or("line"));
                parts.push(format!("{} failed as well.", count(self.more, &further)));
            }
            if let Some(part) = part
                && i == last
                && self.articles > 0
            {
                let were = if self.articles == 1 { "was" } else { "were" };
                parts.push(format!("The other {} {were} read.", count(self.articles, part)));
            }
            parts.push(hint.to_owned());
            told.push(parts.join(" "));
        }
        told.extend(self.other);
        told
    }
}

/// A count on stderr while a long run lasts, where somebody looks at it.
struct Progress {
    seen: bool,
    shown: bool,
    done: usize,
    next: Instant,
}

impl Progress {
    #[expect(clippy::disallowed_methods, reason = "the command measures its own time")]
    fn new(screen: Screen) -> Self {
        Self {
            seen: !screen.quiet && !screen.terminal && io::stderr().is_terminal(),
            shown: false,
            done: 0,
            next: Instant::now() + Duration::from_secs(1),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the command measures its own time")]
    fn step(&mut self) {
        self.done += 1;
        if self.seen && Instant::now() >= self.next {
            self.shown = true;
            self.next = Instant::now() + Duration::from_millis(200);
            let _ = write!(io::stderr(), "\r{} read", count(self.done, "article"));
        }
    }

    fn end(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r{:40}\r", "");
        }
    }
}
