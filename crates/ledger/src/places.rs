//! The places that statements name, with how many independent origins name them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};
use sayso_model::{Extent, Statement};
use serde::Serialize;

use crate::{
    Ledger,
    error::{Fault, Result},
    listing::{SEPARATOR, day_number},
    record::Records,
};

/// A place as statements name it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceSummary {
    /// Its usual English name.
    pub name: String,
    /// `GeoNames` identifier, where the gazetteer has the place.
    pub geonameid: Option<u32>,
    /// Latitude in degrees, where it is known.
    pub lat: Option<f64>,
    /// Longitude in degrees, where it is known.
    pub lon: Option<f64>,
    /// What the words cover.
    pub extent: Extent,
    /// Statements that name it.
    pub statements: usize,
    /// Independent first sources of these.
    pub origins: usize,
    /// Publication date of the first.
    pub first: Option<String>,
    /// Publication date of the last.
    pub last: Option<String>,
}

/// What is counted of one place.
#[derive(Default)]
struct Tally {
    statements: usize,
    origins: std::collections::BTreeSet<i64>,
    first: Option<String>,
    last: Option<String>,
    newest: i64,
}

impl Ledger {
    /// The places that statements of some days name, those with most independent origins first, then
    /// by name; at most `limit`. `after` is the first day, `before` the day after the last.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn places(
        &self,
        after: Option<Date>,
        before: Option<Date>,
        limit: usize,
    ) -> Result<Vec<PlaceSummary>> {
        self.read(|connection| {
            let mut tallies: Vec<(String, Tally)> =
                tallies(connection, after, before)?.into_iter().collect();
            tallies.sort_by(|(a, x), (b, y)| {
                y.origins.len().cmp(&x.origins.len()).then_with(|| a.cmp(b))
            });
            tallies.truncate(limit);
            tallies.into_iter().map(|(name, tally)| summary(connection, name, tally)).collect()
        })
    }
}

fn tallies(
    connection: &Connection,
    after: Option<Date>,
    before: Option<Date>,
) -> Result<BTreeMap<String, Tally>, Fault> {
    const FOREVER: i64 = 100_000_000;
    let mut labels: BTreeMap<i64, String> = BTreeMap::new();
    let mut select =
        connection.prepare_cached("SELECT id, text FROM labels WHERE part = 'place'")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        labels.insert(row.get(0)?, row.get(1)?);
    }
    let mut select = connection.prepare_cached(
        "SELECT s.place, s.statement, coalesce(l.origin, s.statement), s.day
         FROM listed s LEFT JOIN said l ON l.statement = s.statement
         WHERE s.place <> 0 AND s.day >= ?1 AND s.day < ?2",
    )?;
    let from = after.map_or(0, |day| day_number(Some(day)));
    let to = before.map_or(FOREVER, |day| day_number(Some(day)));
    let mut rows = select.query(params![from, to])?;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let label: i64 = row.get(0)?;
        let (statement, origin, day): (i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let day = (day > 0)
            .then(|| format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100));
        for name in labels.get(&label).into_iter().flat_map(|text| text.split(SEPARATOR)) {
            if !tallies.contains_key(name) {
                tallies.insert(name.to_owned(), Tally::default());
            }
            let Some(tally) = tallies.get_mut(name) else { continue };
            tally.statements += 1;
            tally.origins.insert(origin);
            tally.newest = tally.newest.max(statement);
            if day.is_some() && (tally.first.is_none() || day < tally.first) {
                tally.first.clone_from(&day);
            }
            if day > tally.last {
                tally.last.clone_from(&day);
            }
        }
    }
    Ok(tallies)
}

/// Where a place lies is said in the records; the newest one is as good as any.
fn summary(connection: &Connection, name: String, tally: Tally) -> Result<PlaceSummary, Fault> {
    let record = connection
        .prepare_cached("SELECT article, id, record FROM statements WHERE seq = ?1")?
        .query_row([tally.newest], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })
        .optional()?;
    let statement: Option<Statement> = match record {
        Some((article, id, record)) => Some(Records::new(connection).read(article, &id, &record)?),
        None => None,
    };
    let place = statement.iter().flat_map(|one| &one.places).find(|place| place.name == name);
    Ok(PlaceSummary {
        geonameid: place.and_then(|place| place.geonameid),
        lat: place.and_then(|place| place.lat),
        lon: place.and_then(|place| place.lon),
        extent: place.map_or(Extent::Point, |place| place.extent),
        statements: tally.statements,
        origins: tally.origins.len(),
        first: tally.first,
        last: tally.last,
        name,
    })
}
