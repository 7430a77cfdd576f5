//! `sayso find`: search in a ledger.

use std::io::{self, Write};

use jiff::civil::Date;
use sayso_ledger::{FacetCount, Facets, Ledger, Query, WindowState};
use sayso_model::Kind;

use crate::{
    cli::{self, Find, Format},
    engine,
    error::{CommandError, ErrorKind},
    format::{Cell, Column, Ink, Printer, chosen, records, row, wrap},
    screen::{Screen, count, grouped, one_line},
};

/// Finds what the flags ask for.
pub(crate) fn run(flags: &Find, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let query = query(flags)?;
    if flags.facets {
        return counts(&ledger, &query, flags.output, screen);
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
        return Err(nothing(&ledger, &query)?);
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

/// That nothing was found, and what to change: a field that is none, a class that is none, or the one
/// condition without which something would be found.
fn nothing(ledger: &Ledger, query: &Query) -> Result<CommandError, CommandError> {
    let error = CommandError::new(ErrorKind::NothingFound, "Nothing found.");
    // What was meant for a field and is none was looked for as a word.
    let field = query.words.iter().filter_map(|word| word.split_once(':')).find(|(name, value)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic()) && !value.starts_with('/')
    });
    if let Some((name, _)) = field {
        return Ok(error.hint(format!(
            "There is no field `{}:`. The fields are {}.",
            one_line(name),
            Query::FIELDS.join(", ")
        )));
    }
    if let Some(hint) = query.event.as_deref().and_then(no_class) {
        return Ok(error.hint(hint));
    }
    for (name, wider) in wider(query) {
        let total = ledger.find(&Query { limit: 1, cursor: None, ..wider })?.total;
        if total > 0 {
            return Ok(error.hint(format!("{} without {name}.", grouped(total))));
        }
    }
    let hint = "All words must occur: use fewer. `sayso find --facets` tells what there is.";
    Ok(error.hint(hint))
}

/// Classes whose names are nearer than this are likely to be meant.
const LIKENESS: f64 = 0.8;

/// That a class is none, with the nearest ones; nothing for a class of the packs.
fn no_class(class: &str) -> Option<String> {
    let classes = engine::classes();
    let wanted = class.trim().to_lowercase().replace([' ', '-'], "_");
    if classes.get(&wanted).is_some() {
        return None;
    }
    let mut near: Vec<(f64, &str)> = classes
        .0
        .iter()
        .map(|class| (strsim::jaro_winkler(&wanted, &class.name), class.name.as_str()))
        .filter(|(likeness, _)| *likeness > LIKENESS)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, name)| name).collect();
    let hint = format!("No pack of events has the class {}", one_line(class));
    Some(if near.is_empty() {
        format!("{hint}. `sayso find --facets` lists those that were found.")
    } else {
        format!("{hint}; near it: {}.", near.join(", "))
    })
}

/// The query without each of its conditions in turn, as a person would name it.
fn wider(query: &Query) -> Vec<(String, Query)> {
    let mut all: Vec<(String, Query)> = Vec::new();
    let mut without = |is_set: bool, name: &str, take: fn(&mut Query)| {
        if is_set {
            let mut wider = query.clone();
            take(&mut wider);
            all.push((name.to_owned(), wider));
        }
    };
    let window = match query.window {
        Some(WindowState::Passed(_)) => "--window passed",
        _ => "--window open",
    };
    without(query.window.is_some(), window, |query| query.window = None);
    without(query.after.is_some(), "--after", |query| query.after = None);
    without(query.before.is_some(), "--before", |query| query.before = None);
    without(query.kind.is_some(), "--kind", |query| query.kind = None);
    without(query.term.is_some(), "--term", |query| query.term = None);
    without(query.place.is_some(), "--place", |query| query.place = None);
    without(query.event.is_some(), "--event", |query| query.event = None);
    without(query.outlet.is_some(), "--outlet", |query| query.outlet = None);
    without(query.via.is_some(), "--via", |query| query.via = None);
    without(query.speaker.is_some(), "--speaker", |query| query.speaker = None);
    if query.words.len() > 1 {
        for (i, word) in query.words.iter().enumerate() {
            let mut wider = query.clone();
            wider.words.remove(i);
            all.push((format!("the word “{}”", one_line(word)), wider));
        }
    }
    all
}

/// The counts alone.
fn counts(
    ledger: &Ledger,
    query: &Query,
    output: Option<Format>,
    screen: Screen,
) -> Result<(), CommandError> {
    let found = &ledger.facets(query)?;
    let one = std::slice::from_ref(found);
    records((output, screen), one, ("Counts are", "json"), |out| facets(out, found, None, screen))?;
    if found.kind.is_empty() {
        return Err(nothing(ledger, query)?);
    }
    Ok(())
}

/// The day by which windows are judged where the user names none.
pub(super) fn today() -> Date {
    crate::clock::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date()
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
        (&flags.outlet, &mut query.outlet),
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
