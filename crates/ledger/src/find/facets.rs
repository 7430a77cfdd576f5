//! How often each value stands among what a query finds.

use std::collections::BTreeMap;

use rusqlite::{Connection, params_from_iter};

use super::conditions::Conditions;
use crate::{
    FacetCount, Facets, Ledger, Query,
    error::{Fault, Result},
    listing::{self, SEPARATOR},
};

/// Values shown for a facet.
const SHOWN: usize = 12;

impl Ledger {
    /// The most frequent speakers, places, events, kinds and outlets among all statements that a
    /// query finds, whatever its page.
    ///
    /// # Errors
    /// [`crate::LedgerError::Corrupt`], [`crate::LedgerError::Locked`].
    pub fn facets(&self, query: &Query) -> Result<Facets> {
        self.read(|connection| {
            let found = Conditions::of(query);
            let select =
                format!("SELECT s.name, s.place, s.class, s.kind, s.outlet {}", found.sql());
            let mut select = connection.prepare_cached(&select)?;
            let mut rows = select.query(params_from_iter(&found.values))?;
            let mut tallies: [Tally; 5] = Default::default();
            while let Some(row) = rows.next()? {
                for (column, tally) in tallies.iter_mut().enumerate() {
                    tally.meet(row.get(column)?);
                }
            }
            let [name, place, class, kind, outlet] = tallies;
            Ok(Facets {
                speaker: name.most_frequent(connection)?,
                place: most_frequent_places(connection, &place)?,
                event: class.most_frequent(connection)?,
                kind: kind.most_frequent(connection)?,
                outlet: outlet.most_frequent(connection)?,
            })
        })
    }
}

/// How often each label was met, by its number: labels are numbered from one, and most are met.
#[derive(Default)]
struct Tally(Vec<usize>);

impl Tally {
    fn meet(&mut self, label: i64) {
        // 0 is no label, and a number below it none that the ledger gives.
        let Ok(label) = usize::try_from(label) else { return };
        if label >= self.0.len() {
            self.0.resize(label + 1, 0);
        }
        self.0[label] += 1;
    }

    /// The labels that were met, with how often.
    fn met(&self) -> impl Iterator<Item = (i64, usize)> {
        (0..).zip(&self.0).skip(1).filter(|(_, count)| **count > 0).map(|(id, count)| (id, *count))
    }

    fn most_frequent(&self, connection: &Connection) -> Result<Vec<FacetCount>, Fault> {
        let mut counts: Vec<usize> = self.met().map(|(_, count)| count).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        // What is as frequent as the last one shown is ordered by its words, and needs them.
        let least = counts.get(SHOWN - 1).copied().unwrap_or(0);
        let mut found = Vec::new();
        for (label, count) in self.met().filter(|(_, count)| *count >= least) {
            found.push(FacetCount { value: listing::text(connection, label)?, count });
        }
        Ok(shown(found))
    }
}

/// A label of places has all that one statement names.
fn most_frequent_places(connection: &Connection, tally: &Tally) -> Result<Vec<FacetCount>, Fault> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (label, count) in tally.met() {
        for place in listing::text(connection, label)?.split(SEPARATOR) {
            *places.entry(place.to_owned()).or_default() += count;
        }
    }
    Ok(shown(places.into_iter().map(|(value, count)| FacetCount { value, count }).collect()))
}

fn shown(mut found: Vec<FacetCount>) -> Vec<FacetCount> {
    found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    found.truncate(SHOWN);
    found
}
