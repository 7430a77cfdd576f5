//! Pages of what a query finds.

mod conditions;
mod facets;

use std::{cmp::Reverse, collections::BinaryHeap, ops::Range};

use rusqlite::{Connection, Row, params_from_iter};

use self::conditions::{Conditions, Means};
use crate::{
    BearsOn, Hit, Ledger, Page, Query,
    error::{Fault, LedgerError, Result},
    fetch,
    questions::stance,
    record::Records,
};

impl Ledger {
    /// One page of the statements that a query finds, newest first, undated ones last, in the
    /// order of the text within an article. What is added between two pages moves nothing from
    /// one page to another.
    ///
    /// # Errors
    /// [`LedgerError::Cursor`] for a cursor that no page gave.
    pub fn find(&self, query: &Query) -> Result<Page<Hit>> {
        self.read(|connection| {
            let limit = if query.limit == 0 { Query::PAGE } else { query.limit };
            let found = Conditions::of(query);
            let after = query.cursor.as_deref().map(Place::parse).transpose()?;
            let (total, mut page) = match found.means {
                Means::Named => all_places(connection, &found, after, limit)?,
                Means::Shared | Means::Counted => {
                    (total(connection, &found)?, places(connection, found, after, limit)?)
                }
            };
            let next = fetch::cut(&mut page, limit).map(|place| place.printed());
            let mut select = connection
                .prepare_cached("SELECT article, id, record FROM statements WHERE seq = ?1")?;
            let mut records = Records::new(connection);
            let mut items = Vec::new();
            for place in page {
                let mut rows = select.query([place.statement])?;
                let Some(row) = rows.next()? else { continue };
                let statement = records.row(row, 0)?;
                let bears_on = bears_on(connection, &statement.id)?;
                items.push(Hit { statement, bears_on });
            }
            Ok(Page { items, total, next })
        })
    }
}

/// What a [`Place`] is read from, and what orders the list.
const PLACE: &str = "SELECT s.day, s.article, s.position, s.statement";
const ORDER: &str = "ORDER BY s.day DESC, s.article DESC, s.position, s.statement";

/// How many there are of what is not counted while it is found.
fn total(connection: &Connection, found: &Conditions) -> Result<usize, Fault> {
    let counted = |select: String| -> Result<usize, Fault> {
        Ok(connection
            .prepare_cached(&select)?
            .query_row(params_from_iter(&found.values), |row| fetch::count(row, 0))?)
    };
    let months = |months: Option<&Range<i64>>| {
        counted(format!("SELECT coalesce(sum(s.n), 0) {}", found.sql_of_months(months)))
    };
    let one_by_one =
        |days: Option<&Range<i64>>| counted(format!("SELECT count(*) {}", found.sql_of_days(days)));
    match &found.days {
        days if found.means != Means::Counted => one_by_one(days.as_ref()),
        None => months(None),
        Some(days) => {
            // Days and months are numbers: 20310402 is of 203104. Whole months are counted already.
            let whole = ((days.start + 98) / 100).max(1)..days.end / 100;
            if whole.is_empty() {
                return one_by_one(Some(days));
            }
            let (before, behind) = (days.start..whole.start * 100, whole.end * 100..days.end);
            Ok(one_by_one(Some(&before))? + months(Some(&whole))? + one_by_one(Some(&behind))?)
        }
    }
}

/// One page and the place behind it, by the index that has the order.
fn places(
    connection: &Connection,
    mut found: Conditions,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Place>, Fault> {
    if let Some(after) = after {
        found.after([after.day.0, after.article.0, after.position, after.statement]);
    }
    let limit = fetch::page_rows(limit);
    let select = format!("{PLACE} {} {ORDER} LIMIT {limit}", found.sql_in_order());
    let mut select = connection.prepare_cached(&select)?;
    let rows = select.query_map(params_from_iter(&found.values), Place::of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many there are, and one page with the place behind it: all are looked at once, and only those
/// of the page are held.
fn all_places(
    connection: &Connection,
    found: &Conditions,
    after: Option<Place>,
    limit: usize,
) -> Result<(usize, Vec<Place>), Fault> {
    let mut select = connection.prepare_cached(&format!("{PLACE} {}", found.sql()))?;
    let mut rows = select.query(params_from_iter(&found.values))?;
    let mut total = 0;
    // The last one on top.
    let mut page: BinaryHeap<Place> = BinaryHeap::new();
    while let Some(row) = rows.next()? {
        total += 1;
        let place = Place::of(row)?;
        if after.is_some_and(|after| place <= after) {
            continue;
        }
        if page.len() <= limit {
            page.push(place);
        } else if page.peek().is_some_and(|last| place < *last) {
            page.pop();
            page.push(place);
        }
    }
    Ok((total, page.into_sorted_vec()))
}

fn bears_on(connection: &Connection, statement: &str) -> Result<Vec<BearsOn>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT b.question, q.text, b.stance FROM current_bearings b
         JOIN current_questions q ON q.id = b.question WHERE b.statement = ?1 ORDER BY q.id",
    )?;
    let rows = select.query_map([statement], |row| {
        Ok(BearsOn { question: row.get(0)?, text: row.get(1)?, stance: stance(row, 2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A place in the list of statements, in the order of the list; nothing in it moves when statements
/// are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    day: Reverse<i64>,
    article: Reverse<i64>,
    position: i64,
    statement: i64,
}

impl Place {
    /// From the columns of [`PLACE`].
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            day: Reverse(row.get(0)?),
            article: Reverse(row.get(1)?),
            position: row.get(2)?,
            statement: row.get(3)?,
        })
    }

    fn printed(self) -> String {
        let Self { day: Reverse(day), article: Reverse(article), position, statement } = self;
        format!("{day}_{article}_{position}_{statement}")
    }

    fn parse(cursor: &str) -> Result<Self, Fault> {
        let read = || {
            let mut parts = cursor.split('_');
            let mut number = || parts.next()?.parse().ok();
            let place = Self {
                day: Reverse(number()?),
                article: Reverse(number()?),
                position: number()?,
                statement: number()?,
            };
            parts.next().is_none().then_some(place)
        };
        read().ok_or_else(|| LedgerError::Cursor { cursor: cursor.to_owned() }.into())
    }
}
