//! `sayso resolve --from FILE --map MAP`: outcomes that a file of data shows.

use std::{
    io::{self, Write},
    path::Path,
};

use sayso_ledger::{Ledger, QuestionSummary};
use sayso_link::{Classes, Topic};
use sayso_model::{
    OUTCOME_SCHEMA, Outcome, OutcomeSource, OutcomeState, Question, Subject, content_id,
};
use sayso_statement::tables::place_key;

use super::{confirm, interval};
use crate::{
    cli::{Format, Resolve},
    engine,
    error::{CommandError, ErrorKind},
    format::{Ink, chosen},
    outcomes::{Asked, DataError, Map, Proposal, Table, proposals},
    screen::{Screen, count, one_line},
    verb::{add::now, compare::line},
};

impl From<DataError> for CommandError {
    fn from(error: DataError) -> Self {
        Self::new(ErrorKind::Usage, format!("{error}."))
            .hint("Nothing was recorded. docs/outcomes.md says what a map can say.")
    }
}

/// Proposes what the file shows, or with `--dry-run` prints it.
pub(super) fn run(
    flags: &Resolve,
    from: &Path,
    map: &Path,
    screen: Screen,
) -> Result<(), CommandError> {
    let map = Map::read(map)?;
    let table = Table::read(from)?;
    let shown = proposals(&map, &table)?;
    if flags.dry_run {
        print(flags, &shown, screen)?;
        if shown.is_empty() {
            return Err(CommandError::new(ErrorKind::NothingFound, "The file decides nothing."));
        }
        return Ok(());
    }
    let mut ledger = Ledger::open_existing(&flags.store.ledger)?;
    let at = now();
    let classes = engine::classes();
    if flags.ask {
        let questions: Vec<Question> =
            shown.iter().map(|one| question(&one.asked, &classes)).collect();
        let new = ledger.ask(&questions, &at)?;
        screen.say(&format!(
            "{} asked that {} not there.",
            count(new, "question"),
            if new == 1 { "was" } else { "were" }
        ));
    }
    let known = Known::new(ledger.questions()?);
    let (mut outcomes, mut found, mut missing) = (Vec::new(), Vec::new(), 0);
    for one in &shown {
        let meant = known.of(&one.asked, &classes);
        missing += usize::from(meant.is_empty());
        for question in meant {
            outcomes.push(outcome(&map, &table, one, question)?);
            found.push(one.clone());
        }
    }
    let new = ledger.add_outcomes(&outcomes, &at)?;
    if flags.confirm {
        let ids: Vec<&str> = outcomes.iter().map(|one| one.id.as_str()).collect();
        confirm(&mut ledger, flags, &ids, &at)?;
    }
    print(flags, &found, screen)?;
    let none = match missing {
        0 => String::new(),
        n => format!(
            " {} of the file {} in no question of this ledger; `--ask` asks them.",
            count(n, "question"),
            if n == 1 { "is" } else { "are" }
        ),
    };
    if outcomes.is_empty() {
        let error = CommandError::new(
            ErrorKind::NothingFound,
            "The ledger asks nothing of what the file decides.",
        );
        return Err(error.hint(none.trim().to_owned()));
    }
    let next = if flags.confirm {
        "confirmed"
    } else {
        "to be confirmed with `sayso resolve ID --confirm`"
    };
    screen.say(&format!("{}, {new} of them new, {next}.{none}", count(outcomes.len(), "outcome")));
    Ok(())
}

fn outcome(
    map: &Map,
    table: &Table,
    one: &Proposal,
    question: &str,
) -> Result<Outcome, CommandError> {
    let outcome = Outcome {
        schema: OUTCOME_SCHEMA,
        id: String::new(),
        subject: Subject::Question(question.to_owned()),
        resolver: map.resolver.clone(),
        state: one.state,
        occurrences: one.occurrences.clone(),
        through: one.through,
        known: one.known,
        window: one.window,
        sources: vec![OutcomeSource {
            url: map.url.clone(),
            quotation: None,
            file: Some(table.file.clone()),
            rows: one.rows.clone(),
            sha256: Some(table.sha256.clone()),
        }],
        reason: one.reason.clone(),
        proposed_by: format!("sayso {}", env!("CARGO_PKG_VERSION")),
    };
    outcome.sealed().map_err(|flaw| {
        let error = format!("{}: {}: {flaw}.", table.file, one.asked.text);
        CommandError::new(ErrorKind::Usage, error)
            .hint("Nothing was recorded. Look at the days of its rows.")
    })
}

/// The questions of the ledger, by what a map can name.
struct Known(Vec<QuestionSummary>);

impl Known {
    fn new(questions: Vec<QuestionSummary>) -> Self {
        Self(questions)
    }

    /// Those that are meant: of the same class, actor and target, or by the sentence.
    fn of(&self, asked: &Asked, classes: &Classes) -> Vec<&str> {
        let same = |question: &&QuestionSummary| {
            if question.text.to_lowercase() == asked.text.to_lowercase() {
                return true;
            }
            let Some((_, class)) = asked.class.as_deref().and_then(|class| classes.get(class))
            else {
                return false;
            };
            let alike = |one: &Option<String>, other: &Option<String>| {
                one.as_deref().map(place_key) == other.as_deref().map(place_key)
            };
            question.class == class.name
                && (!class.names_actor() || alike(&question.actor, &asked.actor))
                && (!class.names_target() || alike(&question.target, &asked.target))
        };
        self.0.iter().filter(same).map(|question| question.id.as_str()).collect()
    }
}

/// The question as the ledger would ask it of statements that speak of it, so that they will meet.
fn question(asked: &Asked, classes: &Classes) -> Question {
    let class = asked.class.as_deref().and_then(|class| classes.get(class)).map(|(_, class)| class);
    let (actor, target) = (asked.actor.clone(), asked.target.clone());
    let id = match class {
        Some(class) => {
            let key = |name: &Option<String>, is_named: bool| {
                name.as_deref().filter(|_| is_named).map(place_key)
            };
            let topic = Topic {
                class: class.name.clone(),
                target: key(&target, class.names_target()),
                actor: key(&actor, class.names_actor()),
                threshold: None,
            };
            topic.id()
        }
        None => content_id("q", &format!("asked {}", asked.text)),
    };
    let criteria = asked.criteria.clone().or_else(|| {
        let fill = |text: &String| {
            let text = text.replace("{actor}", actor.as_deref().unwrap_or("anyone"));
            text.replace("{target}", target.as_deref().unwrap_or_default())
        };
        class.and_then(|class| class.criteria.as_ref()).map(fill)
    });
    Question {
        id,
        text: asked.text.clone(),
        class: asked.class.clone().unwrap_or_default(),
        actor,
        target,
        criteria,
        bearings: Vec::new(),
    }
}

fn print(flags: &Resolve, shown: &[Proposal], screen: Screen) -> Result<(), CommandError> {
    let mut out = screen.out();
    match chosen(flags.output, screen) {
        Format::Table => {
            for one in shown {
                line(&mut out, screen, 0, Ink::Plain, &one_line(&one.asked.text))?;
                line(&mut out, screen, 2, Ink::Faint, &told(one))?;
            }
        }
        Format::Csv => {
            let mut table = csv::Writer::from_writer(&mut out);
            let head =
                ["question", "state", "first_true", "known", "ended", "times", "through", "rows"];
            table.write_record(head).map_err(io::Error::other)?;
            for one in shown {
                table.write_record(cells(one)).map_err(io::Error::other)?;
            }
            table.flush()?;
        }
        Format::Md => {
            writeln!(
                out,
                "| question | state | first true | known | no longer | times | seen until |"
            )?;
            writeln!(out, "|---|---|---|---|---|---|---|")?;
            for one in shown {
                let cells = cells(one).map(|cell| one_line(&cell).replace('|', "\\|"));
                writeln!(out, "| {} |", cells[..7].join(" | "))?;
            }
        }
        Format::Json | Format::Jsonl => {
            for one in shown {
                serde_json::to_writer(&mut out, one).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
    }
    Ok(out.flush()?)
}

fn cells(one: &Proposal) -> [String; 8] {
    let first = one.occurrences.first();
    let rows: Vec<String> = one.rows.iter().map(u64::to_string).collect();
    [
        one.asked.text.clone(),
        one.state.word().to_owned(),
        first.map(interval).unwrap_or_default(),
        one.known.to_string(),
        first.and_then(|first| first.ended).map_or(String::new(), |day| day.to_string()),
        one.occurrences.len().to_string(),
        one.through.to_string(),
        rows.join(" "),
    ]
}

fn told(one: &Proposal) -> String {
    let times: Vec<String> = one.occurrences.iter().map(interval).collect();
    let when = if times.is_empty() { String::new() } else { format!(" {}", times.join(", ")) };
    let until = match one.state {
        OutcomeState::True => String::new(),
        _ => format!(" as of {}", one.through),
    };
    format!("{}{when}{until}, known {}", one.state.word(), one.known)
}
