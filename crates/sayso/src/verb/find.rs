//! `sayso find`: search in a ledger.

use std::io::{self, Write};

use jiff::civil::Date;
use sayso_ledger::{FacetCount, Facets, Ledger, Query, WindowState};
use sayso_model::Kind;

use crate::{
    cli::{self, Find, Format},
    error::{CommandError, ErrorKind},
    format::{Cell, Column, Ink, Printer, chosen, records, row, wrap},
    screen::{Screen, count, grouped, one_line},
};

/// Finds what the flags ask for.
pub(crate) fn run(flags: &Find, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let query = query(flags)?;
    if flags.facets {
        return counts(&ledger.facets(&query)?, &query, flags.output, screen);
    }
    let page = ledger.find(&query)?;
    let format = chosen(flags.output, screen);
    let mut out = screen.out();
    let mut printer = Printer::new(format, screen, true);
    let mut from = 0;
    while from < page.items.len() {
        let article = &page.items[from].statement.article;
        let same = page.items[from..]
            .iter()
            .take_while(|hit| hit.statement.article.id == article.id)
            .count();
        let statements: Vec<_> =
            page.items[from..from + same].iter().map(|hit| hit.statement.clone()).collect();
        printer.statements(&mut out, article, &statements)?;
        from += same;
    }
    printer.finish(&mut out)?;
    if format == Format::Table && page.total > 0 {
        writeln!(out)?;
        facets(&mut out, &ledger.facets(&query)?, Some(BESIDE), screen)?;
        out.flush()?;
    }
    drop(out);
    if page.total == 0 {
        return Err(nothing(&query));
    }
    if let Some(next) = &page.next {
        screen.say(&format!(
            "{} of {} shown: pass `--limit {}` for all, `--cursor {next}` for the next.",
            grouped(page.items.len()),
            count(page.total, "statement"),
            page.total
        ));
    } else {
        screen.say(&format!("{} found.", count(page.total, "statement")));
    }
    Ok(())
}

fn nothing(query: &Query) -> CommandError {
    let error = CommandError::new(ErrorKind::NothingFound, "Nothing found.");
    // What was meant for a field and is none was looked for as a word.
    let field = query.words.iter().filter_map(|word| word.split_once(':')).find(|(name, value)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic()) && !value.starts_with('/')
    });
    match field {
        Some((name, _)) => error.hint(format!(
            "There is no field `{}:`. The fields are {}.",
            one_line(name),
            Query::FIELDS.join(", ")
        )),
        None => error.hint("Use fewer words or flags; `sayso find --facets` tells what there is."),
    }
}

/// The counts alone.
fn counts(
    found: &Facets,
    query: &Query,
    output: Option<Format>,
    screen: Screen,
) -> Result<(), CommandError> {
    let one = std::slice::from_ref(found);
    records((output, screen), one, ("Counts are", "json"), |out| facets(out, found, None, screen))?;
    if found.kind.is_empty() {
        return Err(nothing(query));
    }
    Ok(())
}

/// The day by which windows are judged where the user names none.
pub(super) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// The words of the query, with what the flags add to them.
fn query(flags: &Find) -> Result<Query, CommandError> {
    let today = flags.as_of.unwrap_or_else(today);
    let mut query = Query::parse(&flags.query.join(" "), today)
        .map_err(|error| CommandError::new(ErrorKind::Usage, error.to_string()))?;
    let fields = [
        (&flags.speaker, &mut query.speaker),
        (&flags.via, &mut query.via),
        (&flags.place, &mut query.place),
        (&flags.event, &mut query.event),
        (&flags.term, &mut query.term),
    ];
    for (flag, field) in fields {
        if flag.is_some() {
            field.clone_from(flag);
        }
    }
    if let Some(word) = &flags.kind {
        query.kind = Some(kind(word)?);
    }
    query.window = match flags.window {
        None => query.window,
        Some(cli::WindowState::Open) => Some(WindowState::Open(today)),
        Some(cli::WindowState::Passed) => Some(WindowState::Passed(today)),
    };
    query.before = flags.before.or(query.before);
    query.after = flags.after.or(query.after);
    query.limit = flags.limit.max(1) as usize;
    query.cursor.clone_from(&flags.cursor);
    Ok(query)
}

fn kind(word: &str) -> Result<Kind, CommandError> {
    const KINDS: [Kind; 6] = [
        Kind::Forecast,
        Kind::Assessment,
        Kind::Report,
        Kind::Intention,
        Kind::Demand,
        Kind::Denial,
    ];
    KINDS.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word)).ok_or_else(|| {
        CommandError::new(
            ErrorKind::Usage,
            format!("--kind: there is no such kind: {}.", one_line(word)),
        )
        .hint(format!("The kinds are {}.", KINDS.map(Kind::word).join(", ")))
    })
}

/// Lines that a field's counts take below a list.
const BESIDE: usize = 2;

/// The most frequent values of each field, in so many lines a field where that is said: what does
/// not fit is left out whole.
fn facets(
    out: &mut impl Write,
    facets: &Facets,
    lines: Option<usize>,
    screen: Screen,
) -> io::Result<()> {
    let fields: [(&str, &[FacetCount]); 5] = [
        ("speaker", &facets.speaker),
        ("outlet", &facets.outlet),
        ("event", &facets.event),
        ("kind", &facets.kind),
        ("place", &facets.place),
    ];
    let wide = screen.width.saturating_sub(9);
    for (name, counts) in fields {
        if counts.is_empty() {
            continue;
        }
        let mut listed: Vec<String> = counts
            .iter()
            .map(|value| format!("{}\u{a0}{}", one_line(&value.value), grouped(value.count)))
            .collect();
        let text = |listed: &[String], all: bool| {
            let end = if all { "" } else { ", …" };
            listed.join(", ") + end
        };
        while let Some(lines) = lines
            && listed.len() > 1
            && wrap(&text(&listed, listed.len() == counts.len()), wide, usize::MAX).len() > lines
        {
            listed.pop();
        }
        let (mut label, mut values) = (Cell::default(), Cell::default());
        label.line(Ink::Strong, name);
        values.line(Ink::Plain, text(&listed, listed.len() == counts.len()));
        row(out, 0, &[Column(7), Column(wide)], &[label, values])?;
    }
    Ok(())
}
