//! `sayso read`: statements, or the articles themselves, to stdout.

use std::io::{self, Write};

use sayso_model::{Article, ArticleRef, Precision, Published, Statement};
use serde::Serialize;

use super::sources::{Tally, named, options};
use crate::{
    cli::{Format, Read, ReadFormat},
    engine,
    error::{CommandError, ErrorKind},
    format::{Cell, Column, Ink, Printer, chosen, row},
    input::{self, Options, Outcome, Source},
    interrupt,
    screen::{Screen, count, one_line},
    wording,
};

/// How to read the table, for whoever sees it for the first time.
const LEGEND: &str =
    "\n“ ” their words, ≈ a paraphrase, (55–80 %) how readers take the word before it.";

/// Reads what the flags name.
pub(crate) fn run(flags: &Read, screen: Screen) -> Result<(), CommandError> {
    interrupt::listen();
    if let Some(folder) = &flags.shards {
        return super::tables::shards(flags, folder, screen);
    }
    if flags.output == Some(ReadFormat::Parquet) {
        return super::tables::printed(flags, screen);
    }
    let format = chosen(flags.output.and_then(ReadFormat::text), screen);
    if flags.articles && matches!(format, Format::Csv | Format::Md) {
        let error = "Articles are printed as jsonl, json or table.";
        return Err(CommandError::new(ErrorKind::Usage, error).hint("Pass `-o jsonl`."));
    }
    let mut tally = Tally::new(screen);
    let sources = named(&flags.paths, &[], &mut tally);
    let options = options(flags.input_format, flags.published, flags.jobs);
    let counts = if flags.articles {
        articles(&sources, &options, format, screen, &mut tally)?
    } else {
        statements(&sources, &options, format, flags.min_confidence, screen, &mut tally)?
    };
    tally.finish(&counts)
}

/// Prints statements, and says how many.
fn statements(
    sources: &[Source],
    options: &Options,
    format: Format,
    min_confidence: f64,
    screen: Screen,
    tally: &mut Tally,
) -> Result<String, CommandError> {
    let mut out = screen.out();
    let mut printer = Printer::new(format, screen, false);
    let mut read = Counts::default();
    let ended = input::each(
        sources,
        options,
        screen,
        |article, _| engine::statements(article),
        |outcome| {
            match outcome {
                Outcome::Failed(words, n) => {
                    out.flush()?;
                    tally.fail_all(&words, n);
                }
                Outcome::Reached(..) => {}
                Outcome::Done(article, mut statements) => {
                    statements.retain(|statement| statement.confidence >= min_confidence);
                    read += Counts::of_article(&statements);
                    printer.statements(&mut out, &ArticleRef::from(&*article), &statements)?;
                    tally.note(&article);
                }
            }
            Ok(())
        },
    )?;
    tally.end(ended);
    printer.finish(&mut out)?;
    drop(out);
    if format == Format::Table && screen.terminal && read.statements > 0 {
        screen.say(LEGEND);
    }
    Ok(format!("{read}."))
}

/// How much was read: "7 articles, 61 statements, 14 forecasts".
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) articles: usize,
    pub(super) statements: usize,
    pub(super) forecasts: usize,
}

impl Counts {
    /// One article with its statements.
    pub(super) fn of_article(statements: &[Statement]) -> Self {
        let forecasts = statements.iter().filter(|s| wording::is_forecast(s)).count();
        Self { articles: 1, statements: statements.len(), forecasts }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.articles += other.articles;
        self.statements += other.statements;
        self.forecasts += other.forecasts;
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let articles = count(self.articles, "article");
        let statements = count(self.statements, "statement");
        write!(f, "{articles}, {statements}, {}", count(self.forecasts, "forecast"))
    }
}

/// An article as `read --articles` prints it.
#[derive(Serialize)]
struct Printed<'a> {
    id: &'a str,
    url: Option<&'a str>,
    outlet: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    agency: Option<&'a str>,
    published: Option<String>,
    published_precision: Option<Precision>,
    modified: Option<String>,
    language: Option<&'a str>,
    text: &'a str,
    problems: &'a [sayso_model::Problem],
}

impl<'a> From<&'a Article> for Printed<'a> {
    fn from(article: &'a Article) -> Self {
        Self {
            id: &article.key,
            url: article.url.as_deref(),
            outlet: article.outlet.as_deref(),
            title: article.title.as_deref(),
            author: article.author.as_deref(),
            agency: article.agency.as_deref(),
            published: article.published.as_ref().map(Published::printed),
            published_precision: article.published.as_ref().map(|date| date.precision),
            modified: article.modified.as_ref().map(Published::printed),
            language: article.language.as_deref(),
            text: &article.text,
            problems: &article.problems,
        }
    }
}

/// Prints the articles themselves, and says how many.
fn articles(
    sources: &[Source],
    options: &Options,
    format: Format,
    screen: Screen,
    tally: &mut Tally,
) -> Result<String, CommandError> {
    let mut out = screen.out();
    let mut printed = 0;
    let ended = input::each(
        sources,
        options,
        screen,
        |_, _| (),
        |outcome| {
            match outcome {
                Outcome::Failed(words, n) => {
                    out.flush()?;
                    tally.fail_all(&words, n);
                }
                Outcome::Reached(..) => {}
                Outcome::Done(article, ()) => {
                    match format {
                        Format::Table => table(&mut out, &article, screen)?,
                        Format::Json => {
                            out.write_all(if printed == 0 { b"[\n" } else { b",\n" })?;
                            serde_json::to_writer(&mut out, &Printed::from(&*article))
                                .map_err(io::Error::from)?;
                        }
                        _ => {
                            serde_json::to_writer(&mut out, &Printed::from(&*article))
                                .map_err(io::Error::from)?;
                            out.write_all(b"\n")?;
                        }
                    }
                    printed += 1;
                    tally.note(&article);
                }
            }
            Ok(())
        },
    )?;
    tally.end(ended);
    match (format, printed) {
        (Format::Json, 0) => out.write_all(b"[]\n")?,
        (Format::Json, _) => out.write_all(b"\n]\n")?,
        _ => {}
    }
    out.flush()?;
    drop(out);
    Ok(format!("{}.", count(printed, "article")))
}

/// An article for people: heading, then its paragraphs.
fn table(out: &mut impl Write, article: &Article, screen: Screen) -> io::Result<()> {
    crate::format::heading(out, &ArticleRef::from(article), screen)?;
    let mut facts = Cell::default();
    let lines = [
        ("by", &article.author),
        ("agency", &article.agency),
        ("at", &article.url),
        ("language", &article.language),
    ];
    for (label, value) in lines {
        if let Some(value) = value {
            facts.line(Ink::Faint, format!("{label} {}", one_line(value)));
        }
    }
    for problem in &article.problems {
        facts.line(Ink::Hedge, format!("{:?} {}", problem.code, one_line(&problem.message)));
    }
    let mut text = Cell::default();
    for paragraph in article.text.split('\n') {
        text.line(Ink::Plain, one_line(paragraph));
    }
    row(out, 0, &[Column(screen.width)], &[facts])?;
    row(out, 2, &[Column(screen.width.min(90).saturating_sub(2))], &[text])?;
    writeln!(out)
}
