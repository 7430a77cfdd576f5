//! `sayso speakers`: who says something, and who that is.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use sayso_ledger::{Edit, Known, Ledger, RoleSeen, SpeakerSummary};

use super::{add::now, compare::line};
use crate::{
    cli::{Speakers, SpeakersAction},
    error::{CommandError, ErrorKind},
    format::{Ink, records},
    screen::{Screen, count, one_line},
};

/// Lists, or writes down what a person says.
pub(crate) fn run(flags: &Speakers, screen: Screen) -> Result<(), CommandError> {
    match &flags.action {
        None => list(flags, screen),
        Some(SpeakersAction::Merge { speaker, person, role, word, store }) => {
            let mut ledger = Ledger::open_existing(&store.ledger)?;
            let edit = Edit { reason: &word.reason, reviewer: &word.reviewer, at: &now() };
            ledger.merge_speaker(speaker, role.as_deref(), person, edit)?;
            screen.say(&format!("{} is {} now.", one_line(speaker), one_line(person)));
            Ok(())
        }
        Some(SpeakersAction::Split { speaker, role, word, store }) => {
            let mut ledger = Ledger::open_existing(&store.ledger)?;
            let edit = Edit { reason: &word.reason, reviewer: &word.reviewer, at: &now() };
            ledger.merge_speaker(speaker, role.as_deref(), speaker, edit)?;
            screen.say(&format!("{} is nobody else now.", one_line(speaker)));
            Ok(())
        }
        Some(SpeakersAction::Forget { speaker, word, store }) => {
            let mut ledger = Ledger::open_existing(&store.ledger)?;
            let edit = Edit { reason: &word.reason, reviewer: &word.reviewer, at: &now() };
            ledger.forget_identity(speaker, edit)?;
            screen.say(&format!("{} has no identifier now.", one_line(speaker)));
            Ok(())
        }
        Some(SpeakersAction::Log { speaker, store }) => {
            let ledger = Ledger::open_existing(&store.ledger)?;
            let merges = ledger.merges_of(&ledger.speaker(speaker)?.id)?;
            let mut out = screen.out();
            for merge in &merges {
                serde_json::to_writer(&mut out, merge).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
            Ok(out.flush()?)
        }
    }
}

fn list(flags: &Speakers, screen: Screen) -> Result<(), CommandError> {
    let mut ledger = Ledger::open_existing(&flags.store.ledger)?;
    if let Some(path) = &flags.wikidata {
        let done = ledger.identify(&entries(path)?, &now())?;
        let unclear = if done.unclear.is_empty() {
            String::new()
        } else {
            format!(" Not told apart: {}.", done.unclear.join(", "))
        };
        screen.say(&format!(
            "{}: {} identified, {} as before, {} of nobody here.{unclear}",
            path.display(),
            count(done.identified, "speaker"),
            done.unchanged,
            done.unknown
        ));
    }
    let mut speakers = ledger.speakers()?;
    let all = speakers.len();
    speakers.truncate(flags.limit);
    records((flags.output, screen), &speakers, ("Speakers are", "jsonl"), |out| {
        speakers.iter().try_for_each(|speaker| entry(out, speaker, screen))
    })?;
    if speakers.is_empty() {
        return Err(CommandError::new(ErrorKind::NothingFound, "The ledger has no speakers."));
    }
    screen.say(&format!("{} of {} shown.", speakers.len(), count(all, "speaker")));
    Ok(())
}

fn entry(out: &mut impl Write, speaker: &SpeakerSummary, screen: Screen) -> io::Result<()> {
    line(out, screen, 0, Ink::Plain, &speaker.names.join(", "))?;
    let identity =
        speaker.identity.as_ref().map_or(String::new(), |i| format!(" · {}", i.wikidata));
    let said = format!(
        "{} · {} in {}{identity}",
        speaker.kind.word(),
        count(speaker.statements, "statement"),
        count(speaker.articles, "article")
    );
    line(out, screen, 2, Ink::Faint, &said)?;
    for seen in &speaker.seen {
        line(out, screen, 2, Ink::Faint, &role(seen))?;
    }
    Ok(())
}

/// "finance minister, seen 2031-04-03 to 2031-04-09"
pub(super) fn role(seen: &RoleSeen) -> String {
    match (&seen.first, &seen.last) {
        (Some(first), Some(last)) if first == last => format!("{}, seen {first}", seen.role),
        (Some(first), Some(last)) => format!("{}, seen {first} to {last}", seen.role),
        _ => seen.role.clone(),
    }
}

/// The entries of a list, by the names of its columns.
fn entries(path: &Path) -> Result<Vec<Known>, CommandError> {
    let usage = |words: String| CommandError::new(ErrorKind::Usage, words);
    let cure = "It has a line that names its columns: name, id, description.";
    let broken =
        |error: &dyn std::fmt::Display| usage(format!("{}: {error}.", path.display())).hint(cure);
    let tabs = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"));
    let file = File::open(path).map_err(|error| broken(&error))?;
    let mut table = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(file);
    let columns = table.headers().map_err(|error| broken(&error))?.clone();
    let column = |names: &[&str]| {
        columns.iter().position(|column| names.iter().any(|n| column.eq_ignore_ascii_case(n)))
    };
    let (Some(name), Some(id)) = (column(&["name", "label"]), column(&["id", "qid", "item"]))
    else {
        return Err(broken(&"there is no column for the name or the identifier"));
    };
    let description = column(&["description", "role"]);
    let mut known = Vec::new();
    for (at, row) in table.records().enumerate() {
        let row = row.map_err(|error| broken(&error))?;
        let field = |column: usize| row.get(column).filter(|value| !value.is_empty());
        let (Some(name), Some(id)) = (field(name), field(id)) else { continue };
        // Lists from Wikidata's own query page give addresses.
        let id = id.rsplit('/').next().unwrap_or(id);
        let digits = id.strip_prefix('Q').unwrap_or_default();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let line = at + 2;
            return Err(broken(&format!(
                "line {line}: this is no Wikidata identifier: {}",
                one_line(id)
            )));
        }
        known.push(Known {
            name: name.to_owned(),
            id: id.to_owned(),
            description: description.and_then(field).map(str::to_owned),
        });
    }
    Ok(known)
}
