//! Who speakers are outside of the ledger, by a list that the user gives.
//!
//! An entry of the list is one more profile among those of its name's sound, and is sorted with
//! them by the rules that sort names. It belongs to the speaker whose profiles it joins, and to
//! nobody where it fits several.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, params};
use sayso_link::{NameTables, Profile, block, people};
use sayso_model::SpeakerKind;
use serde::Serialize;

use crate::{
    Edit, Ledger,
    error::{Fault, LedgerError, Result},
    fetch::{self, What},
    speakers::person,
    words,
};

/// An entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The name.
    pub name: String,
    /// The Wikidata identifier ("Q42").
    pub id: String,
    /// What the list says of them, which is compared with roles.
    pub description: Option<String>,
}

/// Who a speaker is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The Wikidata identifier.
    pub wikidata: String,
    /// Their name there.
    pub name: Option<String>,
    /// What the list says of them.
    pub description: Option<String>,
    /// Why they are taken for the speaker.
    pub reason: String,
}

/// What a list told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Identified {
    /// Speakers who have an identity now and had none, or another.
    pub identified: usize,
    /// Speakers whom the list names as they were.
    pub unchanged: usize,
    /// Entries that name no speaker.
    pub unknown: usize,
    /// Entries that fit several speakers, or several of which fit one: their identifiers.
    pub unclear: Vec<String>,
}

impl Ledger {
    /// Gives speakers the identities of a list.
    ///
    /// # Errors
    /// [`LedgerError::Locked`], [`LedgerError::ReadOnly`], [`LedgerError::Full`].
    pub fn identify(&mut self, known: &[Known], at: &str) -> Result<Identified> {
        // The shipped table is sound: a test of its own reads every row.
        let names = NameTables::english().unwrap_or_default();
        self.decide(|transaction| {
            let mut done = Identified::default();
            let mut meant: BTreeMap<String, Vec<(&Known, String)>> = BTreeMap::new();
            for entry in known {
                match whom(transaction, entry, &names)? {
                    Match::Nobody => done.unknown += 1,
                    Match::Several => done.unclear.push(entry.id.clone()),
                    Match::One(person, why) => meant.entry(person).or_default().push((entry, why)),
                }
            }
            for (person, entries) in meant {
                let ids: BTreeSet<&str> = entries.iter().map(|(e, _)| e.id.as_str()).collect();
                let (Some((entry, why)), 1) = (entries.first(), ids.len()) else {
                    done.unclear.extend(ids.into_iter().map(str::to_owned));
                    continue;
                };
                if identity(transaction, &person)?.is_some_and(|i| i.wikidata == entry.id) {
                    done.unchanged += 1;
                    continue;
                }
                transaction.execute(
                    "INSERT INTO identities (person, scheme, value, name, description, reason, added_at)
                     VALUES (?1, 'wikidata', ?2, ?3, ?4, ?5, ?6)",
                    params![person, entry.id, entry.name, entry.description, why, at],
                )?;
                done.identified += 1;
            }
            Ok(done)
        })
    }

    /// Takes a speaker's identity back.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] where there is none.
    pub fn forget_identity(&mut self, speaker: &str, edit: Edit<'_>) -> Result<()> {
        self.decide(|transaction| {
            words::check(edit.reviewer, edit.reason)?;
            let person = person(transaction, speaker)?;
            if identity(transaction, &person)?.is_none() {
                let what = "identity of the speaker";
                return Err(LedgerError::NotFound { what, id: person }.into());
            }
            transaction.execute(
                "INSERT INTO identities (person, scheme, reason, reviewer, added_at)
                 VALUES (?1, 'wikidata', ?2, ?3, ?4)",
                [&person, edit.reason, edit.reviewer, edit.at],
            )?;
            Ok(())
        })
    }

    /// Who a speaker is, where a list has told.
    ///
    /// # Errors
    /// As [`Ledger::speaker`].
    pub fn identity_of(&self, speaker: &str) -> Result<Option<Identity>> {
        self.read(|connection| {
            let id = fetch::resolve(connection, What::Speaker, speaker)?;
            identity(connection, &id)
        })
    }
}

/// The identity in force.
pub(crate) fn identity(connection: &Connection, person: &str) -> Result<Option<Identity>, Fault> {
    let newest = connection
        .prepare_cached(
            "SELECT value, name, description, reason FROM identities WHERE person = ?1
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([person], |row| {
            let wikidata: Option<String> = row.get(0)?;
            let (name, description, reason) = (row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(wikidata.map(|wikidata| Identity { wikidata, name, description, reason }))
        })
        .optional()?;
    Ok(newest.flatten())
}

enum Match {
    Nobody,
    Several,
    One(String, String),
}

fn whom(connection: &Connection, entry: &Known, names: &NameTables) -> Result<Match, Fault> {
    let mut found: Option<(String, String)> = None;
    for kind in [SpeakerKind::Person, SpeakerKind::Organization] {
        let Some(block) = block(kind, &entry.name) else { continue };
        let (persons, mut profiles) = profiles(connection, &block, kind)?;
        profiles.push(Profile {
            name: entry.name.clone(),
            role: entry.description.clone(),
            articles: 1,
            ..Profile::default()
        });
        let places = people(&profiles, kind, names);
        let Some(own) = places.last() else { continue };
        let with: Vec<usize> =
            (0..persons.len()).filter(|i| places[*i].speaker == own.speaker).collect();
        let ids: BTreeSet<&String> = with.iter().map(|i| &persons[*i]).collect();
        let Some(person) = ids.first() else { continue };
        if ids.len() > 1 || found.is_some() {
            return Ok(Match::Several);
        }
        let told = std::iter::once(own).chain(with.iter().map(|i| &places[*i]));
        let why = told.map(|place| place.evidence.as_str()).find(|why| !why.is_empty());
        let why = why.unwrap_or("the same name").to_owned();
        found = Some(((*person).clone(), why));
    }
    Ok(found.map_or(Match::Nobody, |(person, why)| Match::One(person, why)))
}

/// The profiles of a block with who each is.
fn profiles(
    connection: &Connection,
    block: &str,
    kind: SpeakerKind,
) -> Result<(Vec<String>, Vec<Profile>), Fault> {
    let mut select = connection.prepare_cached(
        "SELECT person, name, role, articles, context FROM profiles
         WHERE block = ?1 AND kind = ?2 ORDER BY id",
    )?;
    let mut rows = select.query([block, kind.word()])?;
    let (mut persons, mut profiles) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let role: String = row.get(2)?;
        persons.push(row.get(0)?);
        profiles.push(Profile {
            name: row.get(1)?,
            role: (!role.is_empty()).then_some(role),
            articles: row.get::<_, i64>(3)?.unsigned_abs(),
            context: fetch::json(row, 4)?,
        });
    }
    Ok((persons, profiles))
}
