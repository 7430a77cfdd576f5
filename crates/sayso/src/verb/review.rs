//! `sayso review`: what a person says of what was read.

use std::{
    fs,
    io::{self, Write},
};

use sayso_ledger::{Doubtful, Ledger, LedgerError, Verdict};
use sayso_model::{SCHEMA, Speaker, Statement};
use serde_json::Value;

use super::{add::now, compare::line};
use crate::{
    cli::{CorrectFlags, Review, ReviewAction, VerdictFlags},
    engine,
    error::{CommandError, ErrorKind},
    format::{Ink, records},
    screen::{Screen, count, one_line},
    wording,
};

/// Lists what waits, or writes a verdict down.
pub(crate) fn run(flags: &Review, screen: Screen) -> Result<(), CommandError> {
    match &flags.action {
        None => queue(flags, screen),
        Some(ReviewAction::Accept(flags)) => judge(flags, Verdict::Accept, screen),
        Some(ReviewAction::Reject(flags)) => judge(flags, Verdict::Reject, screen),
        Some(ReviewAction::Undo(flags)) => judge(flags, Verdict::Undo, screen),
        Some(ReviewAction::Correct(flags)) => correct(flags, screen),
        Some(ReviewAction::Log { id, store }) => {
            let ledger = Ledger::open_existing(&store.ledger)?;
            listed(&ledger.reviews_of(&whole(&ledger, id)?)?, screen)
        }
        Some(ReviewAction::Orphans { store }) => {
            let ledger = Ledger::open_existing(&store.ledger)?;
            listed(&ledger.orphans()?, screen)
        }
    }
}

fn queue(flags: &Review, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let queue = ledger.review_queue(flags.limit.max(1) as usize)?;
    records((flags.output, screen), &queue, ("The queue is", "jsonl"), |out| {
        queue.iter().try_for_each(|waits| entry(out, waits, screen))
    })?;
    if queue.is_empty() {
        return Err(CommandError::new(ErrorKind::NothingFound, "Nothing waits for a review."));
    }
    let hint = "`sayso review accept|correct|reject ID` decides, `sayso show ID --why` tells more.";
    screen.say(&format!("{} shown. {hint}", count(queue.len(), "statement")));
    Ok(())
}

fn entry(out: &mut impl Write, waits: &Doubtful, screen: Screen) -> io::Result<()> {
    let one = &waits.statement;
    let id = one.id.get(..8).unwrap_or(&one.id);
    let right = format!("{:.2} sure of the reading", one.confidence);
    let who = wording::speaker(one.speaker.as_ref());
    line(out, screen, 0, Ink::Plain, &format!("{who}: {}", wording::words(one)))?;
    line(out, screen, 2, Ink::Faint, &format!("{id} · {} · {right}", one.kind.word()))
}

fn whole(ledger: &Ledger, id: &str) -> Result<String, CommandError> {
    match ledger.statement(id) {
        Ok(statement) => Ok(statement.id),
        // A rejected statement holds no longer and can be undone by its whole id.
        Err(LedgerError::NotFound { .. }) => Ok(id.to_owned()),
        Err(error) => Err(error.into()),
    }
}

fn judge(flags: &VerdictFlags, verdict: Verdict, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let id = whole(&ledger, &flags.id)?;
    decide(ledger, flags, &id, verdict, None, screen)
}

fn decide(
    mut ledger: Ledger,
    flags: &VerdictFlags,
    id: &str,
    verdict: Verdict,
    by: Option<&Statement>,
    screen: Screen,
) -> Result<(), CommandError> {
    let word = &flags.word;
    let now = now();
    ledger.review(id, verdict, by, &word.reason, &word.reviewer, &now)?;
    ledger.relink(&engine::classes(), &now)?;
    screen.say(&format!("{id}: {}, by {}.", verdict.word(), one_line(&word.reviewer)));
    Ok(())
}

fn correct(flags: &CorrectFlags, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.verdict.store.ledger)?;
    let old = ledger.statement(&flags.verdict.id)?;
    let usage = |words: String| CommandError::new(ErrorKind::Usage, words);
    let record: Value = if let Some(path) = &flags.record {
        let text = fs::read_to_string(path)
            .map_err(|error| usage(format!("{}: {error}.", path.display())))?;
        serde_json::from_str(&text)
            .map_err(|error| usage(format!("{}: no JSON record: {error}.", path.display())))?
    } else {
        let mut record = serde_json::to_value(&old).map_err(io::Error::from)?;
        for pair in &flags.set {
            set(&mut record, pair).map_err(usage)?;
        }
        record
    };
    let new: Statement = serde_json::from_value(record).map_err(|error| {
        usage(format!("The corrected record is no statement: {error}."))
            .hint("`sayso show ID -o json` prints the record with its fields.")
    })?;
    let new = Statement { schema: SCHEMA, ..named_anew(&old, new) };
    decide(ledger, &flags.verdict, &old.id, Verdict::Correct, Some(&new), screen)
}

/// A speaker with another name or of another sort is somebody else, unless the correction says who.
fn named_anew(old: &Statement, mut new: Statement) -> Statement {
    if let (Some(before), Some(speaker)) = (&old.speaker, &mut new.speaker)
        && before.id == speaker.id
        && (before.kind != speaker.kind || before.name != speaker.name)
    {
        speaker.id = Speaker::id_of(speaker.kind, &speaker.name, &old.article.id);
    }
    new
}

/// Sets one field: `speaker.name=Ada Quill`. A value that is no JSON is a string.
fn set(record: &mut Value, pair: &str) -> Result<(), String> {
    let Some((field, value)) = pair.split_once('=') else {
        return Err(format!("--set takes FIELD=VALUE: {}", one_line(pair)));
    };
    let pointer = format!("/{}", field.trim().replace('.', "/"));
    if record.pointer(&pointer).is_none() {
        return Err(no_field(record, field));
    }
    let Some(place) = record.pointer_mut(&pointer) else { return Ok(()) };
    let text = place.is_string() && !matches!(value, "null");
    let value = if text {
        Value::from(value)
    } else {
        serde_json::from_str(value).unwrap_or_else(|_| Value::from(value))
    };
    *place = value;
    Ok(())
}

/// Where the way to a field ends, and what could be said there.
fn no_field(record: &Value, field: &str) -> String {
    let field = one_line(field);
    let (mut at, mut way) = (record, Vec::new());
    for name in field.trim().split('.') {
        let Some(next) = at.get(name) else { break };
        at = next;
        way.push(name);
    }
    let way = way.join(".");
    match at {
        Value::Null => format!(
            "This record has no {way}, so {field} cannot be set alone. Set it whole: `--set {way}='{{…}}'`, \
             with the fields that `sayso show -o json` prints of a statement that has one."
        ),
        Value::Object(fields) => {
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            let of = if way.is_empty() { "The record".to_owned() } else { way };
            format!("There is no field {field}. {of} has: {}.", names.join(", "))
        }
        _ => format!("There is no field {field}: {way} has no parts."),
    }
}

fn listed(reviews: &[sayso_ledger::Review], screen: Screen) -> Result<(), CommandError> {
    let mut out = screen.out();
    for review in reviews {
        if screen.terminal {
            let words = format!(
                "{} {} {} by {}: {}",
                review.added_at,
                review.statement,
                review.verdict.word(),
                review.reviewer,
                review.reason
            );
            line(&mut out, screen, 0, Ink::Plain, &words)?;
        } else {
            serde_json::to_writer(&mut out, review).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    drop(out);
    if reviews.is_empty() {
        return Err(CommandError::new(ErrorKind::NothingFound, "There are none."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_field_is_set_by_its_path() {
        let mut record = json!({"polarity": "yes", "speaker": {"name": "A"}, "window": {"x": 1}});
        set(&mut record, "polarity=no").unwrap();
        set(&mut record, "speaker.name=true").unwrap();
        set(&mut record, "window=null").unwrap();
        assert_eq!(record, json!({"polarity": "no", "speaker": {"name": "true"}, "window": null}));
        let refused = |pair: &str| set(&mut record.clone(), pair).unwrap_err();
        assert!(refused("colour=red").contains("The record has: polarity, speaker, window."));
        assert!(refused("speaker.role=mayor").contains("speaker has: name."));
        assert!(refused("window.latest=2031-05-01").contains("Set it whole: `--set window="));
        assert!(refused("polarity.no=1").contains("polarity has no parts"));
        assert!(set(&mut record, "polarity").is_err());
    }
}
