//! `sayso resolve`: what became of a question, by a person's word or a file of data.

mod file;

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use jiff::civil::Date;
use sayso_ledger::{Edit, Ledger, OutcomeView};
use sayso_model::{OUTCOME_SCHEMA, Occurrence, Outcome, OutcomeSource, OutcomeState, Subject};
use sayso_score::words;
use sha2::{Digest as _, Sha256};

use super::{add::now, compare::line, questions::the_question};
use crate::{
    cli::Resolve,
    error::{CommandError, ErrorKind},
    format::{Ink, records},
    screen::{Screen, count, one_line},
};

/// Resolves, confirms, withdraws or lists what the flags name.
pub(crate) fn run(flags: &Resolve, screen: Screen) -> Result<(), CommandError> {
    if let (Some(from), Some(map)) = (&flags.from, &flags.map) {
        return file::run(flags, from, map, screen);
    }
    let Some(asked) = &flags.subject else { return waiting(flags, screen) };
    let mut ledger = Ledger::open_existing(&flags.store.ledger)?;
    if let Some(state) = flags.state {
        let subject = ledger.subject(&the_question(&ledger, asked)?)?;
        return give(ledger, flags, subject, state.into(), screen);
    }
    // An outcome by its own id, else everything that waits on a question or statement.
    if let Ok(one) = ledger.outcome(asked) {
        if flags.confirm || flags.withdraw {
            return rule(&mut ledger, flags, &[one], screen);
        }
        return show(flags, &[one], screen);
    }
    let subject = ledger.subject(&the_question(&ledger, asked)?)?;
    let all = ledger.outcomes_of(subject.id())?;
    if flags.confirm || flags.withdraw {
        let meant: Vec<OutcomeView> = all
            .into_iter()
            .filter(|one| if flags.withdraw { one.holds } else { one.is_proposal() })
            .collect();
        return rule(&mut ledger, flags, &meant, screen);
    }
    show(flags, &all, screen)?;
    if all.is_empty() {
        let error = CommandError::new(ErrorKind::NothingFound, "No outcome is written down.");
        return Err(
            error.hint("`sayso resolve QUESTION true|false|pending --as-of DATE` gives one.")
        );
    }
    Ok(())
}

/// Writes an outcome down, and with `--confirm` that a person has checked it.
fn give(
    mut ledger: Ledger,
    flags: &Resolve,
    subject: Subject,
    state: OutcomeState,
    screen: Screen,
) -> Result<(), CommandError> {
    let usage = |words: &str| CommandError::new(ErrorKind::Usage, words);
    let Some(as_of) = flags.as_of else {
        return Err(usage("An outcome needs the last day looked at.").hint("Pass `--as-of DATE`."));
    };
    let Some(resolver) = flags.resolver.as_ref().or(flags.reviewer.as_ref()) else {
        let error = usage("An outcome belongs to whoever says so.");
        return Err(
            error.hint("Pass `--reviewer NAME`, or `--resolver NAME` for somebody else's word.")
        );
    };
    let is_statement = matches!(subject, Subject::Statement(_));
    let occurrences = match (state, flags.happened) {
        (OutcomeState::True, None) if is_statement => Vec::new(),
        (OutcomeState::True | OutcomeState::Partial, happened) => {
            let (earliest, latest) =
                happened.map_or((as_of, as_of), |days| (days.earliest, days.latest));
            let (earliest, known) = (Some(earliest), as_of);
            vec![Occurrence { earliest, latest, known, ended: flags.ended }]
        }
        (_, Some(_)) => {
            return Err(usage("`--happened` goes with `true` or `partial` alone."));
        }
        (_, None) => Vec::new(),
    };
    let outcome = Outcome {
        schema: OUTCOME_SCHEMA,
        id: String::new(),
        subject,
        resolver: resolver.clone(),
        state,
        occurrences,
        through: as_of,
        known: as_of,
        window: None,
        sources: sources(flags)?,
        reason: flags.reason.clone(),
        proposed_by: flags.reviewer.as_ref().unwrap_or(resolver).clone(),
    };
    let outcome = outcome.sealed().map_err(|flaw| {
        usage(&format!("The outcome contradicts itself: {flaw}."))
            .hint("Look at `--as-of`, `--happened` and `--ended`.")
    })?;
    let at = now();
    let new = ledger.add_outcomes(std::slice::from_ref(&outcome), &at)?;
    if flags.confirm {
        confirm(&mut ledger, flags, &[&outcome.id], &at)?;
    }
    let id = short(&outcome.id);
    let known = if new == 0 { " It was written down before." } else { "" };
    let next = if flags.confirm {
        format!("confirmed by {}", one_line(flags.reviewer.as_deref().unwrap_or_default()))
    } else {
        format!("a proposal: `sayso resolve {id} --confirm` makes it hold")
    };
    screen.say(&format!("{id}: {}, {next}.{known}", words::outcome(&outcome)));
    Ok(())
}

/// Where the user says that it can be read.
fn sources(flags: &Resolve) -> Result<Vec<OutcomeSource>, CommandError> {
    let mut sources = Vec::new();
    for source in &flags.source {
        let quotation = flags.quote.clone().filter(|_| sources.is_empty());
        let mut one = OutcomeSource { quotation, ..OutcomeSource::default() };
        if source.contains("://") {
            one.url = Some(source.clone());
        } else {
            let path = Path::new(source);
            let bytes = fs::read(path).map_err(|error| {
                let words = format!("{}: this source cannot be read: {error}.", path.display());
                CommandError::new(ErrorKind::Usage, words).hint("Name an address or a file.")
            })?;
            let digest = Sha256::digest(&bytes);
            one.sha256 =
                Some(digest.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}")));
            one.file = path.file_name().map(|name| name.to_string_lossy().into_owned());
        }
        sources.push(one);
    }
    Ok(sources)
}

pub(super) fn confirm(
    ledger: &mut Ledger,
    flags: &Resolve,
    ids: &[&str],
    at: &str,
) -> Result<(), CommandError> {
    let reviewer = flags.reviewer.as_deref().unwrap_or_default();
    let edit = Edit { reason: &flags.reason, reviewer, at };
    for id in ids {
        ledger.confirm_outcome(id, edit)?;
    }
    Ok(())
}

/// A person's word on outcomes that are there.
fn rule(
    ledger: &mut Ledger,
    flags: &Resolve,
    outcomes: &[OutcomeView],
    screen: Screen,
) -> Result<(), CommandError> {
    let at = now();
    let reviewer = flags.reviewer.as_deref().unwrap_or_default();
    let edit = Edit { reason: &flags.reason, reviewer, at: &at };
    for one in outcomes {
        let id = &one.outcome.id;
        let done = if flags.withdraw {
            ledger.withdraw_outcome(id, edit)
        } else {
            ledger.confirm_outcome(id, edit)
        };
        done?;
        let word = if flags.withdraw { "withdrawn" } else { "confirmed" };
        screen.say(&format!("{}: {}, {word}.", short(id), words::outcome(&one.outcome)));
    }
    if outcomes.is_empty() {
        let word =
            if flags.withdraw { "No outcome holds here." } else { "No proposal waits here." };
        return Err(CommandError::new(ErrorKind::NothingFound, word));
    }
    Ok(())
}

fn waiting(flags: &Resolve, screen: Screen) -> Result<(), CommandError> {
    if flags.state.is_some() || flags.confirm || flags.withdraw {
        let error = CommandError::new(ErrorKind::Usage, "No question is named.");
        return Err(error.hint("`sayso questions` lists them."));
    }
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let all = ledger.proposed_outcomes()?;
    records((flags.output, screen), &all, ("Outcomes are", "jsonl"), |out| {
        all.iter().try_for_each(|one| {
            line(out, screen, 0, Ink::Plain, &asked(&ledger, &one.outcome))?;
            entry(out, one, screen)
        })
    })?;
    if all.is_empty() {
        return Err(CommandError::new(ErrorKind::NothingFound, "No outcome waits for a person."));
    }
    screen.say(&format!(
        "{} shown. `sayso resolve ID --confirm` decides.",
        count(all.len(), "proposal")
    ));
    Ok(())
}

/// The sentence that an outcome decides.
fn asked(ledger: &Ledger, outcome: &Outcome) -> String {
    match &outcome.subject {
        Subject::Question(id) => match ledger.question(id) {
            Ok(view) => view.question.text,
            Err(_) => id.clone(),
        },
        Subject::Statement(id) => match ledger.statement(id) {
            Ok(statement) => crate::wording::words(&statement),
            Err(_) => id.clone(),
        },
    }
}

fn show(flags: &Resolve, all: &[OutcomeView], screen: Screen) -> Result<(), CommandError> {
    records((flags.output, screen), all, ("Outcomes are", "jsonl"), |out| {
        all.iter().try_for_each(|one| entry(out, one, screen))
    })
}

/// An outcome for people: what, by whom, since when, on what ground.
pub(crate) fn entry(out: &mut impl Write, one: &OutcomeView, screen: Screen) -> io::Result<()> {
    let outcome = &one.outcome;
    let text = format!("{}: {}", one_line(&outcome.resolver), words::outcome(outcome));
    line(out, screen, 0, Ink::Strong, &text)?;
    let standing = match &one.ruling {
        None => "a proposal".to_owned(),
        Some(ruling) if ruling.confirms && one.holds => {
            format!("confirmed by {}", one_line(&ruling.reviewer))
        }
        Some(ruling) if ruling.confirms => {
            format!("confirmed by {}, superseded since", one_line(&ruling.reviewer))
        }
        Some(ruling) => format!("withdrawn by {}", one_line(&ruling.reviewer)),
    };
    let known = words::day(outcome.known);
    let id = short(&outcome.id);
    line(out, screen, 2, Ink::Faint, &format!("{id} · known {known} · {standing}"))?;
    line(out, screen, 2, Ink::Faint, &one_line(&outcome.reason))?;
    for source in &outcome.sources {
        line(out, screen, 2, Ink::Faint, &source_line(source))?;
    }
    Ok(())
}

fn source_line(source: &OutcomeSource) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(source.url.iter().cloned());
    parts.extend(source.quotation.iter().map(|words| format!("“{words}”")));
    if let Some(file) = &source.file {
        let rows: Vec<String> = source.rows.iter().take(6).map(u64::to_string).collect();
        let more = if source.rows.len() > 6 { ", …" } else { "" };
        let rows = if rows.is_empty() {
            String::new()
        } else {
            format!(", rows {}{more}", rows.join(", "))
        };
        let hash = source.sha256.as_deref().and_then(|hash| hash.get(..12)).unwrap_or_default();
        parts.push(format!("{file}{rows} (SHA-256 {hash}…)"));
    }
    parts.join(" · ")
}

pub(super) fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// A day, or two between which it lies.
pub(super) fn interval(one: &Occurrence) -> String {
    let day = |day: Date| day.to_string();
    match one.earliest {
        Some(earliest) if earliest == one.latest => day(one.latest),
        Some(earliest) => format!("{}..{}", day(earliest), day(one.latest)),
        None => format!("..{}", day(one.latest)),
    }
}
