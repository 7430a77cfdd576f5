//! `sayso score`: what resolved questions say of speakers and outlets.

use std::{
    fs,
    io::{self, Write},
};

use sayso_ledger::{
    DeadlineLine, Ledger, Query, ScoreLine, Scores, Scoring, Sheet, SheetLine, Whose,
};
use sayso_model::QuantityKind;
use sayso_score::{Fate, Scheme, Scorecard, Verdict, plot, words};

use super::{compare::line, find::today};
use crate::{
    cli::{Format, Score},
    error::{CommandError, ErrorKind},
    format::{Ink, chosen},
    screen::{Out, Screen, count, one_line},
    wording,
};

/// Scores what the flags name.
pub(crate) fn run(flags: &Score, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let scoring =
        Scoring { as_of: flags.as_of, proposed: flags.proposed, resolver: flags.resolver.clone() };
    let whose = whose(flags)?;
    let sheet = match &whose {
        Whose::Speaker(speaker) => Some(ledger.sheet(speaker, &scoring)?),
        _ => None,
    };
    let mut scores = match &sheet {
        Some(sheet) => sheet.scores.clone(),
        None => ledger.scores(&whose, &scoring)?,
    };
    if scores.lines.is_empty() {
        let error = CommandError::new(ErrorKind::NothingFound, "There is no forecast here.");
        return Err(error.hint("`sayso find --kind forecast` lists what there is."));
    }
    if let Some(path) = &flags.plot {
        drawn(path, &scores.lines[0], screen)?;
    }
    let all = scores.lines.len();
    scores.lines.truncate(flags.limit);
    let mut out = screen.out();
    match chosen(flags.output, screen) {
        Format::Table => {
            for (i, one) in scores.lines.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                card(&mut out, one, flags, screen)?;
            }
            if let Some(sheet) = &sheet {
                one_by_one(&mut out, sheet, screen)?;
            }
            if let Some(id) = &flags.against
                && let Some(sheet) = &sheet
            {
                against(&mut out, &ledger, id, sheet, screen)?;
            }
        }
        Format::Csv => table(&mut out, &scores)?,
        Format::Json | Format::Jsonl => match &sheet {
            Some(sheet) => json(&mut out, sheet)?,
            None => scores.lines.iter().try_for_each(|one| json(&mut out, one))?,
        },
        Format::Md => {
            let error = "Scores are printed as table, json, jsonl or csv.";
            return Err(CommandError::new(ErrorKind::Usage, error).hint("Pass `-o csv`."));
        }
    }
    out.flush()?;
    drop(out);
    if all > scores.lines.len() {
        screen.say(&format!(
            "{} of {} shown: `--limit` shows more.",
            flags.limit,
            count(all, "card")
        ));
    }
    Ok(())
}

fn json(out: &mut Out, record: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

fn whose(flags: &Score) -> Result<Whose, CommandError> {
    if let Some(query) = &flags.query {
        let today = flags.as_of.unwrap_or_else(today);
        let query = Query::parse(query, today)
            .map_err(|error| CommandError::new(ErrorKind::Usage, error.to_string()))?;
        return Ok(Whose::Found(Box::new(query)));
    }
    Ok(match (&flags.speaker, &flags.outlet) {
        (Some(speaker), _) => Whose::Speaker(speaker.clone()),
        (None, Some(outlet)) => Whose::Outlet(outlet.clone()),
        (None, None) if flags.outlets => Whose::Outlets,
        (None, None) => Whose::Speakers,
    })
}

fn drawn(path: &std::path::Path, one: &ScoreLine, screen: Screen) -> Result<(), CommandError> {
    if one.card.calibration.is_empty() {
        let error = format!("There is nothing to plot: {}.", words::score(&one.card));
        return Err(CommandError::new(ErrorKind::NothingFound, error));
    }
    let name = if one.name.is_empty() { "These forecasts" } else { &one.name };
    let title = format!(
        "{}: how probable things were called, and how often they came true",
        one_line(name)
    );
    let svg = plot(&one.card.calibration, &title, Scheme::Own);
    fs::write(path, svg).map_err(|error| {
        let words = format!("{}: the plot cannot be written: {error}.", path.display());
        CommandError::new(ErrorKind::SomeFailed, words).hint("Name another file.")
    })?;
    screen.say(&format!("The plot is in {}.", path.display()));
    Ok(())
}

/// A scorecard for people.
fn card(out: &mut Out, one: &ScoreLine, flags: &Score, screen: Screen) -> io::Result<()> {
    let mut name = one_line(&one.name);
    if name.is_empty() {
        name = flags.query.as_deref().map(one_line).unwrap_or_default();
    }
    let by = one.resolver.as_deref().map(|name| format!(", by {}", one_line(name)));
    let head = format!("{name}{}", by.unwrap_or_default());
    line(out, screen, 0, Ink::Strong, &head)?;
    line(out, screen, 2, Ink::Plain, &words::counts(&one.card))?;
    line(out, screen, 2, Ink::Plain, &words::score(&one.card))?;
    for words in more(&one.card) {
        line(out, screen, 2, Ink::Faint, &words)?;
    }
    Ok(())
}

/// The rest of a card, where there is a score.
fn more(card: &Scorecard) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(brier), Some(skill)) = (&card.brier, &card.skill) {
        let against = |value: Option<f64>| value.map_or("none".to_owned(), |v| format!("{v:+.2}"));
        lines.push(format!("view of each day: {:.2}", brier.over_time));
        lines.push(format!(
            "skill {} against the base rate ({:.0} %), {} against “nothing changes”",
            against(skill.against_base_rate),
            skill.base_rate * 100.0,
            against(skill.against_status_quo)
        ));
    }
    if let Some(split) = card.murphy {
        lines.push(format!(
            "reliability {:.3} (less is better), resolution {:.3} (more is better), uncertainty {:.3}",
            split.reliability, split.resolution, split.uncertainty
        ));
    }
    if let Some(told) = card.discrimination {
        lines.push(format!(
            "discrimination: {:.2} of 1, what came true was called {:.0} points more probable",
            told.area,
            told.gap * 100.0
        ));
    }
    for bin in &card.calibration {
        lines.push(format!(
            "called {:.0}–{:.0} %: {} of {} came true ({:.0}–{:.0} %)",
            bin.from * 100.0,
            bin.to * 100.0,
            bin.came_true,
            bin.count,
            bin.low * 100.0,
            bin.high * 100.0
        ));
    }
    if let Some(rate) = card.hedge_rate {
        lines.push(format!("hedged: {:.0} %", rate * 100.0));
    }
    lines
}

fn one_by_one(out: &mut Out, sheet: &Sheet, screen: Screen) -> io::Result<()> {
    if !sheet.deadlines.is_empty() {
        writeln!(out, "\ndeadlines")?;
        for one in &sheet.deadlines {
            deadline(out, one, screen)?;
        }
    }
    if !sheet.forecasts.is_empty() {
        writeln!(out, "\nforecasts")?;
        for one in &sheet.forecasts {
            forecast(out, one, screen)?;
        }
    }
    Ok(())
}

fn deadline(out: &mut Out, one: &DeadlineLine, screen: Screen) -> io::Result<()> {
    let (deadline, statement) = (&one.deadline, &one.statement);
    let asked = one.asked.clone().unwrap_or_else(|| wording::words(statement));
    let said = wording::published(&statement.article);
    let plan = if deadline.is_intention { ", a plan" } else { "" };
    let times = match deadline.statements.len() {
        1 => String::new(),
        n => format!(", {n} times"),
    };
    let head = format!(
        "by {} (said {said}{times}{plan}) · {}",
        words::day(deadline.latest),
        one_line(&asked)
    );
    line(out, screen, 2, Ink::Plain, &head)?;
    let ink = if matches!(deadline.fate, Fate::DidNot { .. }) { Ink::Hedge } else { Ink::Faint };
    line(out, screen, 4, ink, &words::deadline(deadline))
}

fn forecast(out: &mut Out, one: &SheetLine, screen: Screen) -> io::Result<()> {
    let statement = &one.statement;
    let sure = statement.certainty.as_ref().map_or("no hedge".to_owned(), wording::certainty);
    let said = wording::published(&statement.article);
    line(out, screen, 2, Ink::Plain, &format!("{said} · {} · {sure}", wording::words(statement)))?;
    let asked =
        one.asked.as_deref().map(|asked| format!("{} ", one_line(asked))).unwrap_or_default();
    let ink =
        if matches!(one.judged.verdict, Verdict::Scored { .. }) { Ink::Hedge } else { Ink::Faint };
    line(out, screen, 4, ink, &format!("{asked}{}", words::verdict(&one.judged.verdict)))
}

/// What another says of these deadlines, beside the ledger's own count.
fn against(
    out: &mut Out,
    ledger: &Ledger,
    id: &str,
    sheet: &Sheet,
    screen: Screen,
) -> Result<(), CommandError> {
    let claim = ledger.statement(id)?;
    let number = claim.quantities.iter().find(|quantity| {
        quantity.kind == QuantityKind::Count && quantity.mid.or(quantity.low).is_some()
    });
    let Some(number) = number else {
        let error = CommandError::new(ErrorKind::NothingFound, "This statement counts nothing.");
        return Err(error.hint("Name one that says how many dates there were."));
    };
    // Of the event that the claim is about, where it says which.
    let questions = ledger.questions_of(&claim.id)?;
    let own: Vec<&DeadlineLine> = sheet
        .deadlines
        .iter()
        .filter(|one| {
            let question = one.deadline.question.as_ref();
            questions.is_empty() || question.is_some_and(|question| questions.contains(question))
        })
        .collect();
    let closed = own.iter().filter(|one| matches!(one.deadline.fate, Fate::DidNot { .. })).count();
    let open = own.iter().filter(|one| one.deadline.fate == Fate::Open).count();
    writeln!(out, "\nagainst")?;
    let says = format!(
        "{} says “{}”: {}",
        wording::speaker(claim.speaker.as_ref()),
        one_line(&number.text),
        wording::words(&claim)
    );
    line(out, screen, 2, Ink::Plain, &says)?;
    let counted = format!(
        "this ledger holds {}, of which {closed} did not happen in the stated window and {open} {} open; it \
         need not hold all of them",
        count(own.len(), "deadline"),
        if open == 1 { "is" } else { "are" }
    );
    line(out, screen, 2, Ink::Plain, &counted)?;
    Ok(())
}

const HEAD: [&str; 24] = [
    "group",
    "name",
    "resolver",
    "forecasts",
    "statements",
    "resolved",
    "came_true",
    "questions",
    "open",
    "void",
    "unscorable",
    "hedge_rate",
    "standing",
    "brier",
    "brier_best",
    "brier_worst",
    "brier_readers",
    "brier_over_time",
    "brier_low",
    "brier_high",
    "reliability",
    "resolution",
    "skill_base_rate",
    "skill_status_quo",
];

fn table(out: &mut Out, scores: &Scores) -> Result<(), CommandError> {
    let mut table = csv::Writer::from_writer(&mut *out);
    table.write_record(HEAD).map_err(io::Error::other)?;
    for one in &scores.lines {
        table.write_record(cells(one)).map_err(io::Error::other)?;
    }
    Ok(table.flush()?)
}

fn cells(one: &ScoreLine) -> [String; 24] {
    let card = &one.card;
    let number = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.4}"));
    let standing = serde_json::to_value(card.standing).ok();
    let standing = standing.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
    let brier = card.brier;
    let interval = brier.and_then(|brier| brier.interval);
    [
        one.group.clone(),
        one.name.clone(),
        one.resolver.clone().unwrap_or_default(),
        card.forecasts.to_string(),
        card.statements.to_string(),
        card.resolved.to_string(),
        card.came_true.to_string(),
        card.questions.to_string(),
        card.open.to_string(),
        card.void.to_string(),
        card.unscorable.values().sum::<usize>().to_string(),
        number(card.hedge_rate),
        standing,
        number(brier.map(|brier| brier.last_view.mid)),
        number(brier.map(|brier| brier.last_view.best)),
        number(brier.map(|brier| brier.last_view.worst)),
        number(brier.map(|brier| brier.readers)),
        number(brier.map(|brier| brier.over_time)),
        number(interval.map(|(low, _)| low)),
        number(interval.map(|(_, high)| high)),
        number(card.murphy.map(|split| split.reliability)),
        number(card.murphy.map(|split| split.resolution)),
        number(card.skill.and_then(|skill| skill.against_base_rate)),
        number(card.skill.and_then(|skill| skill.against_status_quo)),
    ]
}
