//! `sayso show`: one record of the ledger, and with `--why` where each part of it comes from.

mod became;
mod kept;
mod statement;

use std::io::{self, Write};

use sayso_ledger::{Ledger, LedgerError, QuestionView, Record, SpeakerSummary};
use sayso_model::{Article, ArticleRef, Stance};

use crate::{
    cli::{Format, Show},
    engine,
    error::{CommandError, ErrorKind},
    format::{Cell, Column, Ink, chosen, heading, row, statement_rows},
    screen::{Screen, count, one_line},
};

/// Shows what the id names.
pub(crate) fn run(flags: &Show, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let record = match ledger.record(&flags.id) {
        Ok(record) => record,
        Err(LedgerError::NotFound { .. }) => match ledger.statement_id(&flags.id) {
            Ok(id) => withdrawn(&ledger, &id, screen)?,
            Err(_) => by_name(&ledger, &flags.id)?,
        },
        Err(error) => return Err(error.into()),
    };
    let mut out = screen.out();
    match chosen(flags.output, screen) {
        Format::Table => match &record {
            Record::Article(article) => show_article(&mut out, &ledger, article, screen)?,
            Record::Statement(one) => statement::show(&mut out, one, flags.why, screen)?,
            Record::Question(question) => {
                show_question(&mut out, question, flags.why, screen)?;
                became::show(&mut out, &ledger, question, screen)?;
            }
            Record::Speaker(speaker) => show_speaker(&mut out, &ledger, speaker, screen)?,
        },
        _ => json(&mut out, &record)?,
    }
    out.flush()?;
    Ok(())
}

/// A statement that holds no longer, as it was last; who ended it is told on stderr.
fn withdrawn(ledger: &Ledger, id: &str, screen: Screen) -> Result<Record, CommandError> {
    let why = match ledger.verdict_in_force(id)? {
        Some(review) => {
            let reviewer = one_line(&review.reviewer);
            format!("{} by {reviewer}: {}", review.verdict.word(), one_line(&review.reason))
        }
        None => "it is no longer read".to_owned(),
    };
    screen.complain(&format!("{id}: this statement holds no longer ({why})."));
    let mut history = ledger.history(id)?;
    let last = history.pop().ok_or_else(|| {
        CommandError::new(ErrorKind::NothingFound, format!("{id}: no record is left of it."))
    })?;
    Ok(Record::Statement(Box::new(last.statement)))
}

fn json(out: &mut impl Write, record: &Record) -> io::Result<()> {
    match record {
        Record::Article(article) => serde_json::to_writer(&mut *out, article)?,
        Record::Statement(statement) => serde_json::to_writer(&mut *out, statement)?,
        Record::Question(question) => serde_json::to_writer(&mut *out, question)?,
        Record::Speaker(speaker) => serde_json::to_writer(&mut *out, speaker)?,
    }
    out.write_all(b"\n")
}

/// A record by what people call it: a speaker's name, a question's sentence, an article's file or
/// title. What is not found comes back as the nearest names that are there.
fn by_name(ledger: &Ledger, name: &str) -> Result<Record, CommandError> {
    let wanted = name.trim().to_lowercase();
    let mut known: Vec<(String, Named)> = Vec::new();
    for speaker in ledger.speakers()? {
        known.push((speaker.name.clone(), Named::Record(Record::Speaker(Box::new(speaker)))));
    }
    for question in ledger.questions()? {
        known.push((question.text, Named::Question(question.id)));
    }
    let mut cursor = None;
    loop {
        let page = ledger.articles(500, cursor.as_deref())?;
        for summary in page.items {
            let id = summary.article.id;
            known.push((summary.article.key, Named::Article(id.clone())));
            if let Some(title) = summary.article.title {
                known.push((title, Named::Article(id)));
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let found = known
        .iter()
        .position(|(name, _)| name.to_lowercase() == wanted)
        .or_else(|| only(known.iter().map(|(name, _)| ends_with_word(name, &wanted))));
    if let Some(found) = found {
        return match known.swap_remove(found).1 {
            Named::Record(record) => Ok(record),
            Named::Question(id) => Ok(Record::Question(Box::new(ledger.question(&id)?))),
            Named::Article(id) => Ok(Record::Article(Box::new(ledger.article(&id)?))),
        };
    }
    let mut near: Vec<(f64, String)> = known
        .into_iter()
        .map(|(name, _)| (strsim::jaro_winkler(&name.to_lowercase(), &wanted), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    near.dedup_by(|a, b| a.1 == b.1);
    let error = CommandError::new(
        ErrorKind::NothingFound,
        format!("The ledger has no record with this id or name: {}.", one_line(name)),
    );
    if near.is_empty() {
        return Err(error.hint("Look for it with `sayso find`; `sayso questions` lists questions."));
    }
    let near: Vec<String> =
        near.into_iter().take(3).map(|(_, name)| format!("“{}”", one_line(&name))).collect();
    Err(error.hint(format!("Near it: {}.", near.join(", "))))
}

enum Named {
    Record(Record),
    Question(String),
    Article(String),
}

/// The position of the one that is true, if it is the only one.
fn only(mut all: impl Iterator<Item = bool>) -> Option<usize> {
    let first = all.position(|is| is)?;
    if all.any(|is| is) { None } else { Some(first) }
}

/// True when a name ends with the words asked for: "Danuta Sorel" with "sorel".
fn ends_with_word(name: &str, wanted: &str) -> bool {
    name.to_lowercase().strip_suffix(wanted).is_some_and(|rest| rest.ends_with(' '))
}

fn show_article(
    out: &mut impl Write,
    ledger: &Ledger,
    article: &Article,
    screen: Screen,
) -> Result<(), CommandError> {
    heading(out, &ArticleRef::from(article), screen)?;
    facts(
        out,
        screen,
        &[
            ("id", Some(article.id.clone())),
            ("by", article.author.clone()),
            ("agency", article.agency.clone()),
            ("at", article.url.clone()),
            ("file", article.path.clone()),
        ],
    )?;
    kept::show(out, ledger, article, screen)?;
    let statements = ledger.statements_of_article(&article.id)?;
    writeln!(out)?;
    statement_rows(out, &statements, screen, true, &engine::classes())?;
    if screen.verbose {
        writeln!(out)?;
        let mut text = Cell::default();
        for paragraph in article.text.split('\n') {
            text.line(Ink::Plain, one_line(paragraph));
        }
        row(out, 0, &[Column(screen.width.min(90))], &[text])?;
    }
    writeln!(out, "\n{}.", count(statements.len(), "statement"))?;
    Ok(())
}

fn show_speaker(
    out: &mut impl Write,
    ledger: &Ledger,
    speaker: &SpeakerSummary,
    screen: Screen,
) -> Result<(), CommandError> {
    let mut name = Cell::default();
    name.line(Ink::Strong, one_line(&speaker.name));
    for seen in &speaker.seen {
        name.line(Ink::Plain, one_line(&super::speakers::role(seen)));
    }
    row(out, 0, &[Column(screen.width)], &[name])?;
    let counts = format!(
        "{} in {}, {}",
        count(speaker.statements, "statement"),
        count(speaker.articles, "article"),
        count(speaker.forecasts, "forecast")
    );
    facts(
        out,
        screen,
        &[
            ("id", Some(speaker.id.clone())),
            ("kind", Some(speaker.kind.word().to_owned())),
            ("said", Some(counts)),
            (
                "wikidata",
                speaker
                    .identity
                    .as_ref()
                    .map(|identity| format!("{} ({})", identity.wikidata, identity.reason)),
            ),
        ],
    )?;
    became::scored(out, ledger, &speaker.id, screen)?;
    let statements = ledger.statements_of_speaker(&speaker.id)?;
    let classes = engine::classes();
    for one in &statements {
        writeln!(out)?;
        dateline(out, &one.article)?;
        statement_rows(out, std::slice::from_ref(one), screen, true, &classes)?;
    }
    Ok(())
}

fn show_question(
    out: &mut impl Write,
    view: &QuestionView,
    why: bool,
    screen: Screen,
) -> io::Result<()> {
    let mut sentence = Cell::default();
    sentence.line(Ink::Strong, one_line(&view.question.text));
    row(out, 0, &[Column(screen.width)], &[sentence])?;
    let mut lines =
        vec![("id", Some(view.question.id.clone())), ("criteria", view.question.criteria.clone())];
    for (i, line) in super::questions::figures(&view.summary).into_iter().enumerate() {
        lines.push((["count", "sides", "dates"].get(i).copied().unwrap_or(""), Some(line)));
    }
    facts(out, screen, &lines)?;
    let classes = engine::classes();
    for stance in [Stance::Yes, Stance::No] {
        let mut shown = false;
        for one in view.statements.iter().filter(|one| one.bearing.stance == stance) {
            if shown {
                writeln!(out)?;
            } else {
                shown = true;
                let mark = if stance == Stance::Yes { "▲ yes" } else { "▽ no" };
                writeln!(out, "\n{mark}\n{}", "─".repeat(screen.width.min(140)))?;
            }
            dateline(out, &one.statement.article)?;
            statement_rows(out, std::slice::from_ref(&one.statement), screen, true, &classes)?;
            if why {
                let mut reason = Cell::default();
                reason.line(Ink::Faint, format!("why here: {}", one_line(&one.bearing.reason)));
                row(out, 2, &[Column(screen.width.saturating_sub(2))], &[reason])?;
            }
        }
    }
    Ok(())
}

fn dateline(out: &mut impl Write, article: &ArticleRef) -> io::Result<()> {
    let date = crate::wording::published(article);
    let outlet = article.outlet.as_deref().unwrap_or(crate::wording::NO_OUTLET);
    writeln!(out, "{} · {date}", one_line(outlet))
}

/// Labelled lines; what is not known is left out.
fn facts(out: &mut impl Write, screen: Screen, facts: &[(&str, Option<String>)]) -> io::Result<()> {
    const LABEL: usize = 10;
    for (label, value) in facts {
        let Some(value) = value else { continue };
        let (mut left, mut right) = (Cell::default(), Cell::default());
        left.line(Ink::Faint, *label);
        right.line(Ink::Plain, one_line(value));
        let wide = screen.width.saturating_sub(LABEL + 2).max(16);
        row(out, 0, &[Column(LABEL), Column(wide)], &[left, right])?;
    }
    Ok(())
}
