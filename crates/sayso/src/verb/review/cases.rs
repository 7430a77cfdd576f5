//! `sayso review export --cases`: corrections as test cases of the reading.
//!
//! A case is the paragraphs that a statement stands in, and the fields that a reviewer set otherwise than
//! they were read; the form is that of `tests/cases`. The words are an article's: a case that goes into
//! a repository is retold with other names first.

use std::io::{self, Write};

use sayso_ledger::{Ledger, Verdict};
use sayso_model::{Article, Event, PrintedSpan, Span, Statement};

use crate::{
    error::{CommandError, ErrorKind},
    screen::{Screen, count, one_line},
};

/// Corrections that are looked at.
const MAX_CORRECTIONS: usize = 1_000_000;

/// Prints a case for each correction in force, in the order of their ids.
pub(super) fn run(ledger: &Ledger, screen: Screen) -> Result<(), CommandError> {
    let all = ledger.corrections(MAX_CORRECTIONS)?;
    let mut ids: Vec<String> = all
        .into_iter()
        .filter(|one| one.part == "statement" && one.action == Verdict::Correct.word())
        .map(|one| one.subject)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut out = screen.out();
    let mut printed = 0;
    for id in ids {
        let Some(review) = ledger.verdict_in_force(&id)? else { continue };
        if review.verdict != Verdict::Correct {
            continue;
        }
        let history = ledger.history(&id)?;
        let Some(first) = history.first() else { continue };
        let new = ledger.statement(&id)?;
        let article = ledger.article(&new.article.id)?;
        case(&mut out, &first.statement, &new, &article, &review.reason)?;
        printed += 1;
    }
    out.flush()?;
    drop(out);
    if printed == 0 {
        let error = "No correction is in force.";
        return Err(CommandError::new(ErrorKind::NothingFound, error)
            .hint("`sayso review correct ID FIELD=VALUE` makes one."));
    }
    screen.say(&format!("{}.", count(printed, "case")));
    Ok(())
}

fn case(
    out: &mut impl Write,
    old: &Statement,
    new: &Statement,
    article: &Article,
    reason: &str,
) -> io::Result<()> {
    let heading = one_line(reason.trim_end_matches('.'));
    writeln!(out, "## {heading} ({})\n\n```article", new.id)?;
    let published = article.published.as_ref().map(sayso_model::Published::printed);
    for (name, value) in [("outlet", &article.outlet), ("published", &published)] {
        if let Some(value) = value {
            writeln!(out, "{name}: {}", one_line(value))?;
        }
    }
    writeln!(out, "\n{}\n```\n\n```statement", passage(new, article))?;
    writeln!(out, "content: {}", one_line(&words(new)))?;
    for (name, read) in FIELDS {
        let (before, after) = (read(old), read(new));
        if before != after {
            writeln!(out, "{name}: {}", one_line(&after))?;
        }
    }
    writeln!(out, "```\n")
}

/// The paragraphs that hold the statement, with an empty line between them.
fn passage(one: &Statement, article: &Article) -> String {
    let text = article.text.as_str();
    let spans = one.source.iter().chain(&one.cue).chain(&one.content).map(PrintedSpan::span);
    let whole = spans.reduce(Span::cover).unwrap_or_default();
    let before = text.get(..whole.start as usize).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let after = text.get(whole.end as usize..).unwrap_or_default();
    let end = after.find('\n').map_or(text.len(), |at| whole.end as usize + at);
    let lines = text.get(start..end).unwrap_or_default().lines();
    // A line of three backticks would end the block.
    lines.map(|line| line.trim().replace("```", "'''")).collect::<Vec<_>>().join("\n\n")
}

fn words(one: &Statement) -> String {
    one.content.iter().map(|span| span.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A field of a case, as `tests/cases/README.md` names it.
type Field = (&'static str, fn(&Statement) -> String);

const NONE: &str = "none";

/// The fields of a case that a correction can change.
const FIELDS: [Field; 12] = [
    ("speaker", |one| one.speaker.as_ref().map_or(NONE.to_owned(), |speaker| speaker.name.clone())),
    ("speaker.kind", |one| {
        one.speaker.as_ref().map_or(NONE.to_owned(), |speaker| speaker.kind.word().to_owned())
    }),
    ("role", |one| {
        one.speaker.as_ref().and_then(|speaker| speaker.role.clone()).unwrap_or(NONE.to_owned())
    }),
    ("via", |one| {
        let names: Vec<&str> = one.chain.iter().map(|link| link.name.as_str()).collect();
        if names.is_empty() { NONE.to_owned() } else { names.join(" > ") }
    }),
    ("speech", |one| one.speech.word().to_owned()),
    ("kind", |one| one.kind.word().to_owned()),
    ("polarity", |one| one.polarity.word().to_owned()),
    ("term", |one| {
        one.certainty.as_ref().map_or(NONE.to_owned(), |certainty| certainty.term.clone())
    }),
    ("condition", |one| {
        one.condition.as_ref().map_or(NONE.to_owned(), |condition| condition.text.clone())
    }),
    ("window", |one| match &one.window {
        None => NONE.to_owned(),
        Some(window) => {
            let day =
                |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
            match (window.earliest, window.latest) {
                (None, None) => "undated".to_owned(),
                (first, last) => format!("{}..{}", day(first), day(last)),
            }
        }
    }),
    ("event", |one| one.event.as_ref().map_or(NONE.to_owned(), event)),
    ("place", |one| one.places.first().map_or(NONE.to_owned(), |place| place.name.clone())),
];

/// `capture(Oskaria, Tarnovyk)`, with `_` for whoever is not named.
fn event(event: &Event) -> String {
    let name = |entity: &Option<sayso_model::Entity>| {
        entity.as_ref().map_or("_".to_owned(), |entity| entity.name.clone())
    };
    format!("{}({}, {})", event.class, name(&event.actor), name(&event.target))
}
