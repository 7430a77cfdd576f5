//! A query as SQL: one list of conditions that pages, totals and facets share.

use rusqlite::{Connection, Row, params_from_iter, types::Value};

use crate::{
    BearsOn, FacetCount, Facets, Hit, Ledger, Page, Query, WindowState,
    error::{Fault, LedgerError, Result},
    fetch,
    questions::stance,
    record::Records,
};

/// Values shown for a facet.
const FACET: usize = 12;

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
            let (total, mut page) = if found.few {
                all_places(connection, &found, after.as_ref(), limit)?
            } else {
                let total =
                    connection
                        .prepare_cached(&format!("SELECT count(*) {}", found.sql))?
                        .query_row(params_from_iter(&found.values), |row| fetch::count(row, 0))?;
                (total, places(connection, found, after.as_ref(), limit)?)
            };
            let next = fetch::cut(&mut page, limit).map(Place::printed);
            let mut select = connection
                .prepare_cached("SELECT article, id, record FROM statements WHERE seq = ?1")?;
            let mut records = Records::new(connection);
            let mut items = Vec::new();
            for place in page {
                let mut rows = select.query([place.seq])?;
                let Some(row) = rows.next()? else { continue };
                let statement = records.row(row, 0)?;
                let bears_on = bears_on(connection, &statement.id)?;
                items.push(Hit { statement, bears_on });
            }
            Ok(Page { items, total, next })
        })
    }

    /// The most frequent speakers, places, events, kinds and outlets among all statements that a
    /// query finds, whatever its page.
    ///
    /// # Errors
    /// [`LedgerError::Corrupt`], [`LedgerError::Locked`].
    pub fn facets(&self, query: &Query) -> Result<Facets> {
        self.read(|connection| {
            let found = Conditions::of(query);
            let select = format!(
                "WITH hits AS MATERIALIZED (
                   SELECT s.seq, s.speaker_name, s.class, s.kind, s.outlet {})
                 SELECT 'speaker', speaker_name AS value, count(*) AS n FROM hits GROUP BY value
                 UNION ALL SELECT 'event', class, count(*) FROM hits GROUP BY class
                 UNION ALL SELECT 'kind', kind, count(*) FROM hits GROUP BY kind
                 UNION ALL SELECT 'outlet', outlet, count(*) FROM hits GROUP BY outlet
                 UNION ALL SELECT 'place', p.name, count(*) FROM hits
                   JOIN statement_places p ON p.statement = hits.seq GROUP BY p.name
                 ORDER BY n DESC, value",
                found.sql
            );
            let mut select = connection.prepare_cached(&select)?;
            let mut rows = select.query(params_from_iter(&found.values))?;
            let mut facets = Facets::default();
            while let Some(row) = rows.next()? {
                let Some(value) = row.get::<_, Option<String>>(1)? else { continue };
                let facet = match row.get_ref(0)?.as_str().unwrap_or_default() {
                    "speaker" => &mut facets.speaker,
                    "event" => &mut facets.event,
                    "kind" => &mut facets.kind,
                    "outlet" => &mut facets.outlet,
                    _ => &mut facets.place,
                };
                if facet.len() < FACET {
                    facet.push(FacetCount { value, count: fetch::count(row, 2)? });
                }
            }
            Ok(facets)
        })
    }
}

/// What orders the list.
const ORDER: &str = "ORDER BY s.date DESC, s.article DESC, s.position, s.seq";

/// One page and the place behind it, by the index that has the order.
fn places(
    connection: &Connection,
    mut found: Conditions,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<Place>, Fault> {
    if let Some(after) = after {
        found.after(after);
    }
    let limit = fetch::page_rows(limit);
    let select =
        format!("SELECT s.date, s.article, s.position, s.seq {} {ORDER} LIMIT {limit}", found.sql);
    let mut select = connection.prepare_cached(&select)?;
    let rows = select.query_map(params_from_iter(&found.values), Place::of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many there are, and one page with the place behind it, where finding them costs more than
/// ordering them: they are found once.
fn all_places(
    connection: &Connection,
    found: &Conditions,
    after: Option<&Place>,
    limit: usize,
) -> Result<(usize, Vec<Place>), Fault> {
    let select = format!("SELECT s.date, s.article, s.position, s.seq {} {ORDER}", found.sql);
    let mut select = connection.prepare_cached(&select)?;
    let mut rows = select.query(params_from_iter(&found.values))?;
    let (mut total, mut page) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        total += 1;
        if page.len() > limit {
            continue;
        }
        let place = Place::of(row)?;
        if after.is_none_or(|after| place.is_behind(after)) {
            page.push(place);
        }
    }
    Ok((total, page))
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

/// `FROM … WHERE …` over `s` (statements that hold) and what its question marks stand for.
struct Conditions {
    sql: String,
    values: Vec<Value>,
    /// True where words or a speaker leave few of all statements.
    few: bool,
}

impl Conditions {
    fn of(query: &Query) -> Self {
        let mut conditions =
            Self { sql: "FROM current_statements s".to_owned(), values: vec![], few: false };
        let matched = full_text(query);
        conditions.few = matches!(matched, FullText::Match(_)) || query.speaker.is_some();
        if let FullText::Match(_) = &matched {
            conditions.sql.push_str(" JOIN search ON search.rowid = s.seq");
        }
        conditions.sql.push_str(" WHERE true");
        match matched {
            FullText::All => {}
            FullText::Nothing => conditions.sql.push_str(" AND false"),
            FullText::Match(expression) => conditions.and("search MATCH ?", [expression]),
        }
        if let Some(speaker) = &query.speaker {
            conditions.by(speaker, query.event.as_deref());
        }
        if let Some(event) = &query.event {
            conditions.and("s.class = ?", [class(event)]);
        }
        if let Some(outlet) = &query.outlet {
            conditions.and("s.outlet = ? COLLATE NOCASE", [outlet.clone()]);
        }
        if let Some(kind) = query.kind {
            conditions.and("s.kind = ?", [kind.word().to_owned()]);
        }
        if let Some(term) = &query.term {
            conditions.and("s.term = ? COLLATE NOCASE", [term.clone()]);
        }
        // An undated statement is neither before nor after a day.
        if let Some(day) = query.before {
            conditions.and("s.date < ? AND s.date <> ''", [day.to_string()]);
        }
        if let Some(day) = query.after {
            conditions.and("s.date >= ?", [day.to_string()]);
        }
        match query.window {
            None => {}
            // A window without a first day belongs to an article without a date: it cannot be
            // said to be open.
            Some(WindowState::Open(day)) => conditions.and(
                "s.kind = 'forecast' AND s.earliest IS NOT NULL
                 AND (s.latest IS NULL OR s.latest >= ?)",
                [day.to_string()],
            ),
            Some(WindowState::Missed(day)) => {
                conditions.and("s.kind = 'forecast' AND s.latest < ?", [day.to_string()]);
            }
        }
        if let Some(article) = &query.article {
            conditions.and(
                "s.article IN (SELECT seq FROM articles WHERE id >= ? AND id < ?)",
                [article.clone(), format!("{article}{}", char::MAX)],
            );
        }
        conditions
    }

    /// What somebody says under any name: whoever is found by these words, and whoever linking
    /// takes for a speaker of this very name.
    fn by(&mut self, speaker: &str, event: Option<&str>) {
        let event = event.map(class);
        let mut asked = vec![(Some("speaker"), speaker)];
        // A class narrows both lists before they are joined.
        asked.extend(event.as_deref().map(|event| (Some("event"), event)));
        let words = match expression(&asked) {
            FullText::Match(words) => words,
            FullText::All | FullText::Nothing => return self.sql.push_str(" AND false"),
        };
        let known = "SELECT p.person FROM profiles p WHERE p.name = ? COLLATE NOCASE";
        let within = if event.is_some() { " AND l.class = ?" } else { "" };
        self.and(
            &format!(
                "s.seq IN (SELECT rowid FROM search WHERE search MATCH ?
                   UNION SELECT l.statement FROM said l WHERE l.person IN ({known}){within})"
            ),
            [words, speaker.trim().to_owned()].into_iter().chain(event),
        );
    }

    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.sql.push_str(" AND (");
        self.sql.push_str(condition);
        self.sql.push(')');
        self.values.extend(values.into_iter().map(Value::Text));
    }

    /// Only what stands behind a place in the list.
    fn after(&mut self, place: &Place) {
        self.sql.push_str(
            " AND (s.date < ? OR (s.date = ? AND (s.article < ? OR
               (s.article = ? AND (s.position, s.seq) > (?, ?)))))",
        );
        self.values.extend([
            Value::Text(place.date.clone()),
            Value::Text(place.date.clone()),
            Value::Integer(place.article),
            Value::Integer(place.article),
            Value::Integer(place.position),
            Value::Integer(place.seq),
        ]);
    }
}

/// A class as packs write it: "win election" is `win_election`.
fn class(words: &str) -> String {
    words.trim().to_lowercase().replace([' ', '-'], "_")
}

enum FullText {
    /// The query has no words.
    All,
    /// It has some, and none that a text could contain ("!!!").
    Nothing,
    /// An FTS5 expression.
    Match(String),
}

/// The query's words as an FTS5 expression. Every word goes in as a quoted string, in which FTS5
/// knows no operators, so that no input can be a mistake or mean something else than its words.
fn full_text(query: &Query) -> FullText {
    let columns = [("via", query.via.as_ref()), ("place", query.place.as_ref())];
    let fields = columns.into_iter().filter_map(|(c, w)| Some((Some(c), w?.as_str())));
    let words = query.words.iter().map(|words| (None, words.as_str()));
    let mut asked: Vec<(Option<&str>, &str)> = words.chain(fields).collect();
    let event = query.event.as_deref().map(class);
    if !asked.is_empty() {
        // The class narrows the list before rows are looked at, which have the last word on it.
        asked.extend(event.as_deref().map(|event| (Some("event"), event)));
    }
    expression(&asked)
}

/// Words, each in a column or in all, as one expression.
fn expression(asked: &[(Option<&str>, &str)]) -> FullText {
    let mut expression: Vec<String> = Vec::new();
    for (column, words) in asked {
        let phrase = words.strip_suffix('*').unwrap_or(words);
        if !phrase.chars().any(char::is_alphanumeric) {
            continue;
        }
        let quoted = phrase.replace('"', "\"\"").replace('\0', " ");
        let star = if phrase.len() < words.len() { "*" } else { "" };
        let column = column.map(|c| format!("{c} : ")).unwrap_or_default();
        expression.push(format!("{column}\"{quoted}\"{star}"));
    }
    match (asked.is_empty(), expression.is_empty()) {
        (true, _) => FullText::All,
        (false, true) => FullText::Nothing,
        (false, false) => FullText::Match(expression.join(" AND ")),
    }
}

/// A place in the list of statements; what orders the list, and nothing that moves when
/// statements are added.
struct Place {
    date: String,
    article: i64,
    position: i64,
    seq: i64,
}

impl Place {
    /// From the columns date, article, position, seq.
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (date, article) = (row.get(0)?, row.get(1)?);
        Ok(Self { date, article, position: row.get(2)?, seq: row.get(3)? })
    }

    /// True for what stands behind another place in the list.
    fn is_behind(&self, other: &Self) -> bool {
        (&other.date, other.article, self.position, self.seq)
            .cmp(&(&self.date, self.article, other.position, other.seq))
            .is_gt()
    }

    fn printed(&self) -> String {
        format!("{}_{}_{}_{}", self.date, self.article, self.position, self.seq)
    }

    fn parse(cursor: &str) -> Result<Self, Fault> {
        let read = || {
            let mut parts = cursor.split('_');
            let date = parts.next()?.to_owned();
            let mut number = || parts.next()?.parse().ok();
            let place = Self { date, article: number()?, position: number()?, seq: number()? };
            parts.next().is_none().then_some(place)
        };
        read().ok_or_else(|| LedgerError::Cursor { cursor: cursor.to_owned() }.into())
    }
}
