//! `sayso review correct`: fields by name, values in words.

use std::{fs, io};

use sayso_ledger::{
    Ledger, Verdict,
    mend::{self, FIELDS, MendError},
};
use sayso_model::{SCHEMA, Speaker, Statement};

use super::decide;
use crate::{
    cli::CorrectFlags,
    engine,
    error::{CommandError, ErrorKind},
    screen::{Screen, one_line},
};

/// Writes a correction down.
pub(super) fn run(flags: &CorrectFlags, screen: Screen) -> Result<(), CommandError> {
    let ledger = Ledger::open_existing(&flags.verdict.store.ledger)?;
    let old = ledger.statement(&flags.verdict.id)?;
    let new = if let Some(path) = &flags.record {
        whole(&old, path)?
    } else {
        let article = ledger.article(&old.article.id)?;
        let fields = pairs(flags, &old)?;
        mend::mend(&old, &article, &engine::vocabulary(), &fields)
            .map_err(|error: MendError| usage(error.to_string()))?
    };
    decide(ledger, &flags.verdict, &old.id, Verdict::Correct, Some(&new), screen)
}

fn usage(words: impl Into<String>) -> CommandError {
    CommandError::new(ErrorKind::Usage, words)
}

/// The fields with their values. Without any, an error that shows those of the record.
fn pairs(flags: &CorrectFlags, old: &Statement) -> Result<Vec<(String, String)>, CommandError> {
    let given: Vec<&String> = flags.fields.iter().chain(&flags.set).collect();
    if given.is_empty() {
        let shown = FIELDS.map(|field| (field, mend::shown(old, field)));
        let shown = shown.iter().filter(|(_, value)| !value.is_empty());
        let shown: Vec<String> =
            shown.map(|(field, value)| format!("{field}=‘{}’", one_line(value))).collect();
        return Err(usage("Nothing says what is wrong.")
            .hint("Name fields with their values: polarity=no, 'event.target=Kalvara'.")
            .hint(format!("The record has {}.", shown.join(", "))));
    }
    given
        .into_iter()
        .map(|pair| match pair.split_once('=') {
            Some((field, value)) => Ok((field.trim().to_owned(), value.trim().to_owned())),
            None => Err(usage(format!("A correction is FIELD=VALUE: {}.", one_line(pair)))
                .hint(format!("The fields are {}.", FIELDS.join(", ")))),
        })
        .collect()
}

/// The whole corrected record from a file, for programs.
fn whole(old: &Statement, path: &std::path::Path) -> Result<Statement, CommandError> {
    let text = fs::read_to_string(path)
        .map_err(|error: io::Error| usage(format!("{}: {error}.", path.display())))?;
    let new: Statement = serde_json::from_str(&text).map_err(|error| {
        usage(format!("{}: the corrected record is no statement: {error}.", path.display()))
            .hint("`sayso show ID -o json` prints the record with its fields.")
    })?;
    Ok(Statement { schema: SCHEMA, ..named_anew(old, new) })
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
