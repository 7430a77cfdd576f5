//! Articles with their statements, for programs that hold sayso (the Python package): the stages that
//! `sayso read` runs, without flags, files of output or a terminal.

use std::{collections::BTreeMap, io::BufRead, path::PathBuf};

use jiff::civil::Date;
use sayso_model::{Article, Statement};
use sayso_read::{Failure, Format, Input};

use crate::{
    engine,
    error::{CommandError, ErrorKind},
    input::{self, Options, Outcome},
    screen::Screen,
};

/// An article that was read, with its statements in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// What it holds.
    pub statements: Vec<Statement>,
}

/// Reads one record: a line of JSON with a text or a page, under the names that `sayso read` knows. A record
/// without an id of its own goes by the id of its article, so that its place among others says nothing.
/// `published` is the day of one that has no date.
///
/// # Errors
/// Why there is no article in it, as a sentence with its cure.
pub fn record(json: &str, published: Option<Date>) -> Result<Reading, String> {
    let mut read = document("-", json.as_bytes(), Format::JsonLines, published);
    match read.pop() {
        Some(Ok(mut reading)) if read.is_empty() => {
            if reading.article.key == "stdin:1" {
                let Reading { article, statements } = &mut reading;
                article.key.clone_from(&article.id);
                for statement in statements {
                    statement.article.key.clone_from(&article.id);
                }
            }
            Ok(reading)
        }
        Some(Err(words)) => Err(words),
        _ => Err("It is not one record. Give one object a row.".to_owned()),
    }
}

/// Reads what one file would hold, `name` being its name: an article, an archive or a table of many. What
/// cannot be read is a sentence in the place of its article.
pub fn document(
    name: &str,
    bytes: impl BufRead,
    format: Format,
    published: Option<Date>,
) -> Vec<Result<Reading, String>> {
    engine::hush();
    let options = options(published, None, format);
    let mut read = Vec::new();
    let whole = engine::guarded(|| {
        for item in sayso_read::articles(Input::new(name, bytes), &options.read) {
            read.push(match item {
                Ok(article) => finished(article, &options),
                Err(failure) => Err(sentence(&failure)),
            });
        }
    });
    if let Err(words) = whole {
        read.push(Err(format!("{name}: sayso broke down over this input: {words}.")));
    }
    read
}

/// Reads what these paths name, as `sayso read` does, and hands the articles over in order. Several are read
/// at the same time: `jobs`, or one a core. It ends early where `sink` answers `false`.
///
/// # Errors
/// Where threads cannot be started.
pub fn files(
    paths: &[PathBuf],
    published: Option<Date>,
    jobs: Option<u16>,
    mut sink: impl FnMut(Result<Reading, String>) -> bool,
) -> Result<(), String> {
    engine::hush();
    let (sources, failures) = input::expanded(paths, &[]);
    let stop = || CommandError::new(ErrorKind::BrokenPipe, "");
    if !failures.into_iter().all(|words| sink(Err(words))) {
        return Ok(());
    }
    let options = options(published, jobs, Format::Auto);
    let work = |article: &Article, _: Option<&sayso_read::Raw>| engine::statements(article);
    let done = input::each(&sources, &options, Screen::silent(), work, |outcome| {
        let wanted = match outcome {
            Outcome::Done(article, statements) => {
                sink(Ok(Reading { article: *article, statements }))
            }
            Outcome::Failed(words, _) => sink(Err(words)),
            Outcome::Reached(..) => true,
        };
        if wanted { Ok(()) } else { Err(stop()) }
    });
    match done {
        Err(error) if error.kind != ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// The classes of events, for linking.
pub fn classes() -> sayso_link::Classes {
    engine::classes()
}

fn options(published: Option<Date>, jobs: Option<u16>, format: Format) -> Options {
    let read = sayso_read::Options { format, ..sayso_read::Options::default() };
    Options { read, published, jobs, from: BTreeMap::new(), alone: false }
}

fn finished(article: Article, options: &Options) -> Result<Reading, String> {
    let work = |article: &Article, _: Option<&sayso_read::Raw>| engine::statements(article);
    match input::finish(article, None, options, &work) {
        Outcome::Done(article, statements) => Ok(Reading { article: *article, statements }),
        Outcome::Failed(words, _) => Err(words),
        Outcome::Reached(..) => Err("Nothing was read.".to_owned()),
    }
}

fn sentence(failure: &Failure) -> String {
    format!("{failure} {}", failure.hint())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_as_a_line_of_a_file_does() {
        let line = r#"{"text": "The dam will hold, Ada Quill said.", "published": "2031-04-03"}"#;
        let one = record(line, None).unwrap();
        assert_eq!(one.article.key, one.article.id);
        assert_eq!(one.statements.len(), 1);
        assert_eq!(one.statements[0].article.key, one.article.id);
        let named = record(&line.replace("{\"text", "{\"id\": \"a\", \"text"), None).unwrap();
        assert_eq!(named.article.key, "a");
        assert_eq!(named.statements[0].id, one.statements[0].id);
    }

    #[test]
    fn what_is_no_article_is_a_sentence() {
        for line in ["", "7", "{}", "{\"text\": 7}", "{\"text\": \"\"}", "{\"text\"", "\u{0}"] {
            let words = record(line, None).unwrap_err();
            assert!(words.ends_with('.'), "{line}: {words}");
        }
        let two = "{\"text\": \"The dam holds.\"}\n{\"text\": \"The ferry sails.\"}";
        assert!(record(two, None).is_err());
        assert_eq!(document("two.jsonl", two.as_bytes(), Format::Auto, None).len(), 2);
    }
}
