//! Inputs to articles, many at a time, in the order in which they were named.

mod paths;
mod places;
mod progress;

use std::{
    collections::BTreeMap,
    io::{self, BufReader},
    path::PathBuf,
};

use jiff::civil::Date;
use rayon::prelude::*;
use sayso_model::{Article, Code, Published};
use sayso_read::{Failure, Input, Raw};

pub(crate) use paths::{Source, expanded, is_address};
pub(crate) use places::Places;

use self::progress::Progress;
use crate::{
    engine,
    error::{CommandError, ErrorKind},
    interrupt,
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
    /// Nothing else is printed to the terminal: progress may be.
    pub(crate) alone: bool,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Every source was read.
    Whole,
    /// Ctrl-C came: what was in hand was done, the rest was not begun.
    Interrupted,
}

/// What became of one article, or of one input that gave none.
#[derive(Debug)]
pub(crate) enum Outcome<T> {
    /// The article with what was made of it.
    Done(Box<Article>, T),
    /// No article: the sentence that says why, with the cure, and how many failures it stands for.
    Failed(String, usize),
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
    work: impl Fn(&Article, Option<&Raw>) -> T + Sync,
    mut sink: impl FnMut(Outcome<T>) -> Result<(), CommandError>,
) -> Result<Ended, CommandError> {
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
    let mut progress = Progress::new(sources, options.alone, screen);
    let mut rest = sources;
    while let Some(first) = rest.first() {
        if interrupt::came() {
            progress.end();
            return Ok(Ended::Interrupted);
        }
        let mut bytes = 0;
        let small = rest
            .iter()
            .take(at_a_time)
            .take_while(|source| {
                bytes += progress::length(source);
                is_small(source) && bytes < BYTES_AT_A_TIME as u64
            })
            .count();
        if small == 0 {
            let passed = stream(first, options, &pool, &work, &mut progress, &mut sink)?;
            if passed > 0 {
                screen.say(&format!(
                    "{first}: {} passed over: {} not named as articles are ({}).",
                    count(passed, "file"),
                    if passed == 1 { "it is" } else { "they are" },
                    paths::ENDINGS
                ));
            }
            rest = &rest[1..];
            continue;
        }
        let (batch, after) = rest.split_at(small);
        rest = after;
        progress.pass(batch.iter().map(progress::length).sum());
        let outcomes: Vec<Vec<Outcome<T>>> =
            pool.install(|| batch.par_iter().map(|source| whole(source, options, &work)).collect());
        for outcome in outcomes.into_iter().flatten() {
            progress.step();
            sink(outcome)?;
        }
    }
    progress.end();
    Ok(if interrupt::came() { Ended::Interrupted } else { Ended::Whole })
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

/// All of one small file. It may hold one article or a thousand: they are worked on side by side.
fn whole<T: Send>(
    source: &Source,
    options: &Options,
    work: &(impl Fn(&Article, Option<&Raw>) -> T + Sync),
) -> Vec<Outcome<T>> {
    let mut failures = Failures::default();
    let mut found = Vec::new();
    let read = engine::guarded(|| match open(source) {
        Ok(input) => {
            let mut articles = sayso_read::articles(input, &options.read);
            while let Some(item) = articles.next() {
                match item {
                    Ok(article) => found.push((article, articles.take_raw())),
                    Err(failure) => failures.add(&failure),
                }
            }
        }
        Err(failure) => failures.add(&failure),
    });
    if let Err(words) = read {
        failures.other.push(panicked(&source.to_string(), &words));
    }
    failures.articles = found.len();
    let mut outcomes: Vec<Outcome<T>> = found
        .into_par_iter()
        .map(|(article, raw)| finish(article, raw.as_ref(), options, work))
        .collect();
    outcomes.extend(failures.told().into_iter().map(|(words, n)| Outcome::Failed(words, n)));
    outcomes
}

/// A long file, article by article; how many files of an archive were passed over.
fn stream<T: Send>(
    source: &Source,
    options: &Options,
    pool: &rayon::ThreadPool,
    work: &(impl Fn(&Article, Option<&Raw>) -> T + Sync),
    progress: &mut Progress,
    sink: &mut impl FnMut(Outcome<T>) -> Result<(), CommandError>,
) -> Result<usize, CommandError> {
    let mut failures = Failures::default();
    let at_a_time = pool.current_num_threads() * AT_A_TIME;
    let from = match source {
        Source::File(path) => options.from.get(path).copied().unwrap_or(0),
        Source::Stdin => 0,
    };
    let mut articles = match open_at(source, from) {
        Ok(input) => sayso_read::articles(input, &options.read),
        Err(failure) => {
            sink(Outcome::Failed(format!("{failure} {}", failure.hint()), 1))?;
            return Ok(0);
        }
    };
    let length = progress::length(source);
    progress.pass(from.min(length));
    let mut behind = from.min(length);
    let mut more = true;
    while more && !interrupt::came() {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while more && batch.len() < at_a_time && bytes < BYTES_AT_A_TIME {
            // Each step behind the guard: a panic of the reader ends this file, not the run.
            match engine::guarded(|| articles.next()) {
                Ok(Some(Ok(article))) => {
                    let raw = articles.take_raw();
                    bytes += article.text.len() + raw.as_ref().map_or(0, |raw| raw.bytes.len());
                    batch.push((article, raw));
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
            batch
                .into_par_iter()
                .map(|(article, raw)| finish(article, raw.as_ref(), options, work))
                .collect()
        });
        if let Some(at) = articles.position().map(|at| at.min(length)) {
            progress.pass(at.saturating_sub(behind));
            behind = behind.max(at);
        }
        for outcome in outcomes {
            progress.step();
            sink(outcome)?;
        }
        if let (Source::File(path), Some(at)) = (source, articles.position()) {
            sink(Outcome::Reached(path.clone(), more.then_some(at)))?;
        }
    }
    progress.pass(length.saturating_sub(behind));
    for (words, n) in failures.told() {
        sink(Outcome::Failed(words, n))?;
    }
    Ok(articles.passed_over())
}

/// Completes an article by what its own text cannot tell, and does the work on it.
pub(crate) fn finish<T>(
    mut article: Article,
    raw: Option<&Raw>,
    options: &Options,
    work: &impl Fn(&Article, Option<&Raw>) -> T,
) -> Outcome<T> {
    article.agency = engine::agency(&article);
    if let (None, Some(date)) = (&article.published, options.published) {
        article.published = Some(Published::day(date));
        article.problems.retain(|problem| problem.code != Code::R013);
    }
    match engine::guarded(|| work(&article, raw)) {
        Ok(made) => Outcome::Done(Box::new(article), made),
        Err(words) => {
            let name = article.path.as_deref().unwrap_or(&article.key);
            let name = format!("{name} ({})", article.id.get(..12).unwrap_or_default());
            Outcome::Failed(panicked(&name, &words), 1)
        }
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
        Source::File(path) => Input::open_at(path, from),
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

    /// One sentence a failure, with how many it stands for; the last says what became of the rest of
    /// the file.
    fn told(self) -> Vec<(String, usize)> {
        let last = self.first.len().saturating_sub(1);
        let mut told: Vec<(String, usize)> = Vec::new();
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
                parts.push(match self.articles {
                    1 => format!("The other {part} was read."),
                    more => format!("The other {} were read.", count(more, part)),
                });
            }
            parts.push(hint.to_owned());
            told.push((parts.join(" "), if i == last { 1 + self.more } else { 1 }));
        }
        told.extend(self.other.into_iter().map(|words| (words, 1)));
        told
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        sync::{Condvar, Mutex},
        time::Duration,
    };

    use clap::Parser as _;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn the_articles_of_one_small_file_are_worked_on_side_by_side() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("two.jsonl");
        fs::write(&path, "{\"text\": \"The dam holds.\"}\n{\"text\": \"The ferry sails.\"}\n")
            .unwrap();
        let screen = Screen::new(&Cli::parse_from(["sayso", "doctor"]).common);
        let options = Options {
            read: sayso_read::Options::default(),
            published: None,
            jobs: Some(2),
            from: BTreeMap::new(),
            alone: false,
        };
        // Each waits for the other: one after the other, the first would wait until it gives up.
        let (inside, came) = (Mutex::new(0), Condvar::new());
        let work = |_: &Article, _: Option<&Raw>| {
            let mut count = inside.lock().unwrap();
            *count += 1;
            came.notify_all();
            let wait = came.wait_timeout_while(count, Duration::from_mins(1), |count| *count < 2);
            !wait.unwrap().1.timed_out()
        };
        let mut met = Vec::new();
        let ended = each(&[Source::File(path)], &options, screen, work, |outcome| {
            if let Outcome::Done(article, both) = outcome {
                met.push((article.key.clone(), both));
            }
            Ok(())
        });
        assert_eq!(ended.unwrap(), Ended::Whole);
        assert_eq!(met, [("two:1".to_owned(), true), ("two:2".to_owned(), true)]);
    }
}
