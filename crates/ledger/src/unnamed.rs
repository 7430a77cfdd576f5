//! Who has no name of their own stays without one.
//!
//! A source whom the article does not name, a group, and an article's author are somebody of one article.
//! To say in the ledger that one of them is a named person would be a record, for ever, of what no
//! article says; in the worst case of who somebody's source is. So it is refused at the ledger's door,
//! whichever way it comes: as a merge of speakers or as a correction of a statement.

use rusqlite::Connection;
use sayso_model::{Article, Speaker, SpeakerKind, Statement};

use crate::error::{Fault, LedgerError};

/// What somebody without a name of their own is; nothing for who has one.
pub(crate) fn unnamed(kind: SpeakerKind) -> Option<&'static str> {
    match kind {
        SpeakerKind::Anonymous => Some("a source whom the article does not name"),
        SpeakerKind::Group => Some("a group"),
        SpeakerKind::Author => Some("an article's author"),
        SpeakerKind::Person | SpeakerKind::Organization => None,
    }
}

/// Refuses that a speaker is taken for another where either has no name of their own.
pub(crate) fn check_merge(
    connection: &Connection,
    speaker: &str,
    person: &str,
) -> Result<(), Fault> {
    // Parting somebody from whom they were merged with names nobody.
    if speaker == person {
        return Ok(());
    }
    for (one, other) in [(speaker, person), (person, speaker)] {
        if let Some((name, kind)) = without_name(connection, one)? {
            let other = named(connection, other)?;
            return Err(LedgerError::Unsourced { who: name, kind, other }.into());
        }
    }
    Ok(())
}

/// The name and sort of a speaker who has none of their own.
fn without_name(
    connection: &Connection,
    id: &str,
) -> Result<Option<(String, &'static str)>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT speaker_name, speaker_kind FROM statements WHERE speaker = ?1
         UNION SELECT s.speaker_name, s.speaker_kind FROM said l JOIN statements s ON s.seq = l.statement
           WHERE l.person = ?1",
    )?;
    let mut rows = select.query([id])?;
    while let Some(row) = rows.next()? {
        let (name, kind): (String, String) = (row.get(0)?, row.get(1)?);
        let kinds = [SpeakerKind::Anonymous, SpeakerKind::Group, SpeakerKind::Author];
        if let Some(what) = kinds.iter().find(|k| k.word() == kind).and_then(|k| unnamed(*k)) {
            return Ok(Some((name, what)));
        }
    }
    Ok(None)
}

fn named(connection: &Connection, id: &str) -> Result<String, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT speaker_name FROM statements WHERE speaker = ?1 ORDER BY seq LIMIT 1",
    )?;
    let mut rows = select.query([id])?;
    Ok(match rows.next()? {
        Some(row) => row.get(0)?,
        None => id.to_owned(),
    })
}

/// Refuses a correction that gives a name to who had none, unless the article prints that name.
pub(crate) fn check_correction(
    old: &Statement,
    new: &Statement,
    article: &Article,
) -> Result<(), Fault> {
    let Some(speaker) = &new.speaker else { return Ok(()) };
    // Under whatever name, nobody without one gets another's id.
    if unnamed(speaker.kind).is_some()
        && speaker.id != Speaker::id_of(speaker.kind, &speaker.name, &article.id)
        && old
            .speaker
            .as_ref()
            .is_none_or(|before| before.id != speaker.id || before.kind != speaker.kind)
    {
        return Err(refused(speaker, &speaker.id));
    }
    let Some(before) = &old.speaker else { return Ok(()) };
    if unnamed(before.kind).is_none()
        || unnamed(speaker.kind).is_some()
        || prints(article, &speaker.name)
    {
        return Ok(());
    }
    Err(refused(before, &speaker.name))
}

fn refused(who: &Speaker, other: &str) -> Fault {
    let kind = unnamed(who.kind).unwrap_or("a speaker");
    LedgerError::Unsourced { who: who.name.clone(), kind, other: other.to_owned() }.into()
}

/// True where the article prints every word of a name, as it is written.
fn prints(article: &Article, name: &str) -> bool {
    let mut words = name.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|word| {
            let texts = [Some(article.text.as_str()), article.title.as_deref()];
            texts.into_iter().flatten().any(|text| has_word(text, word))
        })
}

/// True where a word stands in a text, and not within a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let within = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, found)| {
        !within(text[..at].chars().next_back()) && !within(text[at + found.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::has_word;

    #[test]
    fn a_name_within_a_longer_word_is_not_printed() {
        assert!(has_word("“No,” Brask said.", "Brask") && has_word("Étienne", "Étienne"));
        assert!(!has_word("Braskov said.", "Brask") && !has_word("", "Brask"));
        assert!(has_word("Braskov and Brask", "Brask"));
    }
}
