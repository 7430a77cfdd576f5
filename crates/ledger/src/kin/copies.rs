//! Copies: of the texts that hold most of this one, or of which it holds most, the first published.

use std::{cmp::Reverse, collections::BTreeMap};

use rusqlite::{Connection, OptionalExtension as _, params};
use sayso_read::{Sketch, UNDER_ONE_KEY};

use super::rank::Rank;
use crate::error::Fault;

/// Articles that a new one is compared with at most.
const COMPARED: usize = 64;

/// Articles that share keys with a new one.
struct Near {
    /// The keys of the new one, each with the articles that are kept under it.
    keys: Vec<(u32, Vec<i64>)>,
    ranks: BTreeMap<i64, Rank>,
    /// Those with the most keys in common, in the order of their ranks.
    compared: Vec<i64>,
}

/// Enters a text; true where it is a copy of another or another one of it.
pub(super) fn enter(connection: &Connection, seq: i64, text: &str) -> Result<bool, Fault> {
    let (rank, sketch) = (Rank::of(connection, seq)?, Sketch::of(text));
    let near = Near::of(connection, seq, &sketch)?;
    near.keep(connection, seq, &rank)?;
    remember(connection, seq, &sketch)?;
    let mut found = false;
    for earlier in near.compared.iter().filter(|other| near.ranks[other] < rank) {
        if let Some(contained) = contained(connection, &sketch, *earlier)? {
            note(connection, seq, *earlier, contained)?;
            found = true;
            break;
        }
    }
    for later in near.later(connection, &rank)? {
        let of = copied(connection, later)?;
        let is_first = match of {
            Some(of) => rank < Rank::of(connection, of)?,
            None => true,
        };
        if is_first && let Some(contained) = contained(connection, &sketch, later)? {
            note(connection, later, seq, contained)?;
            found = true;
        }
    }
    Ok(found)
}

impl Near {
    fn of(connection: &Connection, seq: i64, sketch: &Sketch) -> Result<Self, Fault> {
        let mut select = connection
            .prepare_cached("SELECT article FROM sketch_keys WHERE key = ?1 AND article <> ?2")?;
        let (mut keys, mut shared) = (Vec::new(), BTreeMap::<i64, u32>::new());
        for key in &sketch.keys {
            let under = select.query_map([i64::from(*key), seq], |row| row.get(0))?;
            let under: Vec<i64> = under.collect::<rusqlite::Result<_>>()?;
            for article in &under {
                *shared.entry(*article).or_default() += 1;
            }
            keys.push((*key, under));
        }
        let mut ranks = BTreeMap::new();
        for article in shared.keys() {
            ranks.insert(*article, Rank::of(connection, *article)?);
        }
        let mut compared: Vec<i64> = shared.keys().copied().collect();
        compared.sort_by_key(|article| (Reverse(shared[article]), &ranks[article]));
        compared.truncate(COMPARED);
        compared.sort_by_key(|article| &ranks[article]);
        Ok(Self { keys, ranks, compared })
    }

    /// Keeps a text under its keys. Under a full one it takes the place of the last that is published
    /// later than it, so that the first are in force at the end.
    fn keep(&self, connection: &Connection, seq: i64, rank: &Rank) -> Result<(), Fault> {
        let mut put = connection
            .prepare_cached("INSERT OR IGNORE INTO sketch_keys (key, article) VALUES (?1, ?2)")?;
        let mut drop =
            connection.prepare_cached("DELETE FROM sketch_keys WHERE key = ?1 AND article = ?2")?;
        for (key, under) in &self.keys {
            if under.len() >= UNDER_ONE_KEY {
                let last = under.iter().max_by_key(|article| &self.ranks[*article]);
                let Some(last) = last.filter(|last| *rank < self.ranks[*last]) else { continue };
                drop.execute(params![key, last])?;
            }
            put.execute(params![key, seq])?;
        }
        Ok(())
    }

    /// What may be a copy of a text of this rank: the later ones of those that were found, and what is no
    /// longer kept under a key but is noted as a copy of one of them.
    fn later(&self, connection: &Connection, rank: &Rank) -> Result<Vec<i64>, Fault> {
        let mut select =
            connection.prepare_cached("SELECT article FROM kin WHERE of = ?1 AND kind = 'copy'")?;
        let mut later: Vec<i64> = Vec::new();
        for article in self.compared.iter().filter(|other| self.ranks[other] > *rank) {
            later.push(*article);
            let copies = select.query_map([article], |row| row.get(0))?;
            later.extend(copies.collect::<rusqlite::Result<Vec<i64>>>()?);
        }
        later.sort_unstable();
        later.dedup();
        Ok(later)
    }
}

/// The share of the shorter text that is part of the other, where that makes a copy.
fn contained(connection: &Connection, one: &Sketch, other: i64) -> Result<Option<f32>, Fault> {
    Ok(sketch(connection, other)?.and_then(|other| other.contained(one)))
}

/// What an article is noted as a copy of.
fn copied(connection: &Connection, article: i64) -> Result<Option<i64>, Fault> {
    let mut select =
        connection.prepare_cached("SELECT of FROM kin WHERE article = ?1 AND kind = 'copy'")?;
    Ok(select.query_row([article], |row| row.get(0)).optional()?)
}

fn note(connection: &Connection, article: i64, of: i64, contained: f32) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO kin (article, kind, of, contained) VALUES (?1, 'copy', ?2, ?3)",
        )?
        .execute(params![article, of, contained])?;
    Ok(())
}

/// The sketch of an article, as far as texts are compared by it.
pub(super) fn sketch(connection: &Connection, article: i64) -> Result<Option<Sketch>, Fault> {
    let mut select =
        connection.prepare_cached("SELECT shingles, reach FROM sketched WHERE article = ?1")?;
    let sketch = select.query_row([article], |row| {
        let shingles = row.get_ref(0)?.as_blob()?.as_chunks::<4>().0;
        let shingles = shingles.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        Ok(Sketch { shingles, reach: row.get(1)?, keys: Vec::new() })
    });
    Ok(sketch.optional()?)
}

fn remember(connection: &Connection, seq: i64, sketch: &Sketch) -> Result<(), Fault> {
    let shingles: Vec<u8> = sketch.shingles.iter().flat_map(|s| s.to_le_bytes()).collect();
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO sketched (article, shingles, reach) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![seq, shingles, sketch.reach])?;
    Ok(())
}
