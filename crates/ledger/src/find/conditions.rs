//! A query as SQL.

use std::ops::Range;

use rusqlite::types::Value;

use crate::{
    Query, WindowState,
    listing::{Part, day_number},
};

/// Which statements a query finds: `FROM … WHERE …` over `listed s`, and what its question marks
/// stand for. Pages, totals and facets share it.
pub(super) struct Conditions {
    /// Words are looked for in `search`, and rows come in its order.
    matched: bool,
    wanted: String,
    pub(super) values: Vec<Value>,
    /// Where days are asked for: from the first of two [`day_number`]s up to, not including, the
    /// second. What has no date is in no such range.
    pub(super) days: Option<Range<i64>>,
    pub(super) means: Means,
}

/// How statements are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// By words, a speaker, a place or an article, which leave few of all: they are looked at once,
    /// and put in order then.
    Named,
    /// By fields that many share: the list is walked in its order.
    Shared,
    /// By such fields of which it is known how many statements have them.
    Counted,
}

impl Conditions {
    pub(super) fn of(query: &Query) -> Self {
        let mut conditions = Self {
            matched: false,
            wanted: "true".to_owned(),
            values: vec![],
            days: None,
            means: Means::Counted,
        };
        conditions.by_words(query);
        conditions.by_names(query);
        conditions.by_fields(query);
        conditions
    }

    /// The statements, from whatever finds them fastest.
    pub(super) fn sql(&self) -> String {
        let from = if self.matched {
            // The words first, each row by its number then.
            "search CROSS JOIN listed s ON s.statement = search.rowid"
        } else {
            "listed s"
        };
        format!("FROM {from} WHERE {}{}", self.wanted, within(self.days.as_ref()))
    }

    /// The statements in the order of the list, for conditions that are not [`Means::Named`].
    pub(super) fn sql_in_order(&self) -> String {
        self.sql_of_days(self.days.as_ref())
    }

    /// The same of other days.
    pub(super) fn sql_of_days(&self, days: Option<&Range<i64>>) -> String {
        let (wanted, days) = (&self.wanted, within(days));
        format!("FROM listed s INDEXED BY listed_by_day WHERE {wanted}{days}")
    }

    /// The counts of months, of all or of a range, for conditions that are [`Means::Counted`].
    pub(super) fn sql_of_months(&self, months: Option<&Range<i64>>) -> String {
        let months = months.map_or(String::new(), |Range { start, end }| {
            format!(" AND s.month >= {start} AND s.month < {end}")
        });
        format!("FROM listed_counts s WHERE {}{months}", self.wanted)
    }

    fn by_words(&mut self, query: &Query) {
        let words = query.words.iter().map(|words| (None, words.as_str()));
        let via = query.via.iter().map(|via| (Some("via"), via.as_str()));
        let mut asked: Vec<(Option<&str>, &str)> = words.chain(via).collect();
        if asked.is_empty() {
            return;
        }
        let event = query.event.as_deref().map(class);
        // The class narrows the list before rows are looked at, which have the last word on it.
        asked.extend(event.as_deref().map(|event| (Some("event"), event)));
        self.means = Means::Named;
        match expression(&asked) {
            None => self.never(),
            Some(expression) => {
                self.matched = true;
                self.and("search MATCH ?", [expression]);
            }
        }
    }

    fn by_names(&mut self, query: &Query) {
        if query.speaker.is_some() || query.place.is_some() || query.article.is_some() {
            self.means = Means::Named;
        }
        if let Some(speaker) = &query.speaker {
            self.by_speaker(speaker, query.event.as_deref());
        }
        if let Some(place) = &query.place {
            // The plus keeps a second way in from being taken where there is a first.
            let plus = if self.matched || query.speaker.is_some() { "+" } else { "" };
            match expression(&[(None, place)]) {
                None => self.never(),
                Some(words) => self.and(
                    &format!("s.place <> 0 AND {plus}s.place IN (SELECT rowid FROM label_search WHERE label_search MATCH ?)"),
                    [words],
                ),
            }
        }
        if let Some(article) = &query.article {
            self.and(
                "s.statement IN (SELECT t.seq FROM statements t WHERE t.article IN
                   (SELECT seq FROM articles WHERE id >= ? AND id < ?))",
                [article.clone(), format!("{article}{}", char::MAX)],
            );
        }
    }

    /// What somebody says under any name: whoever is found by these words, and whoever linking
    /// takes for a speaker of this very name.
    fn by_speaker(&mut self, speaker: &str, event: Option<&str>) {
        let Some(words) = expression(&[(None, speaker)]) else { return self.never() };
        let event = event.map(class);
        let label = "SELECT id FROM labels WHERE part = 'class' AND text = ?";
        let (listed, said) = match &event {
            // A class narrows both lists before they are joined.
            Some(_) => (format!(" AND i.class IN ({label})"), " AND l.class = ?"),
            None => (String::new(), ""),
        };
        let mut values = vec![words];
        values.extend(event.clone());
        values.push(speaker.trim().to_owned());
        values.extend(event);
        self.and(
            &format!(
                "s.statement IN (
                   SELECT i.statement FROM listed i INDEXED BY listed_by_speaker
                   WHERE i.speaker <> 0 AND i.speaker IN
                     (SELECT rowid FROM label_search WHERE label_search MATCH ?){listed}
                   UNION SELECT l.statement FROM said l WHERE l.person IN
                     (SELECT p.person FROM profiles p WHERE p.name = ? COLLATE NOCASE){said})"
            ),
            values,
        );
    }

    fn by_fields(&mut self, query: &Query) {
        if let Some(event) = &query.event {
            self.labelled("class", Part::Class, "", &class(event));
        }
        if let Some(outlet) = &query.outlet {
            self.labelled("outlet", Part::Outlet, " COLLATE NOCASE", outlet);
        }
        if let Some(kind) = query.kind {
            self.labelled("kind", Part::Kind, "", kind.word());
        }
        if let Some(term) = &query.term {
            self.labelled("term", Part::Term, " COLLATE NOCASE", term);
        }
        if query.before.is_some() || query.after.is_some() {
            let from = query.after.map_or(1, |day| day_number(Some(day)).max(1));
            let to = query.before.map_or(NEVER, |day| day_number(Some(day)));
            self.days = Some(from..to);
        }
        let window = match query.window {
            None => return,
            // A window without a first day belongs to an article without a date: it cannot be
            // said to be open.
            Some(WindowState::Open(day)) => {
                ("s.earliest IS NOT NULL AND (s.latest IS NULL OR s.latest >= ?)", day)
            }
            Some(WindowState::Passed(day)) => ("s.latest < ?", day),
        };
        self.labelled("kind", Part::Kind, "", sayso_model::Kind::Forecast.word());
        if self.means == Means::Counted {
            self.means = Means::Shared;
        }
        self.and_values(window.0, [Value::Integer(day_number(Some(window.1)))]);
    }

    fn labelled(&mut self, column: &str, part: Part, collate: &str, text: &str) {
        let part = part.word();
        self.and(
            &format!(
                "s.{column} IN (SELECT id FROM labels WHERE part = '{part}' AND text = ?{collate})"
            ),
            [text.to_owned()],
        );
    }

    fn never(&mut self) {
        self.wanted.push_str(" AND false");
    }

    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.and_values(condition, values.into_iter().map(Value::Text));
    }

    fn and_values(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.wanted.extend([" AND (", condition, ")"]);
        self.values.extend(values);
    }

    /// Only what stands behind a place in the list: its day, article, position and statement.
    pub(super) fn after(&mut self, [day, article, position, statement]: [i64; 4]) {
        self.wanted.push_str(
            " AND s.day <= ? AND (s.day < ? OR s.article < ? OR
               (s.article = ? AND (s.position, s.statement) > (?, ?)))",
        );
        self.values.extend([day, day, article, article, position, statement].map(Value::Integer));
    }
}

/// A number behind that of every day.
const NEVER: i64 = 100_000_000;

fn within(days: Option<&Range<i64>>) -> String {
    days.map_or(String::new(), |Range { start, end }| {
        format!(" AND s.day >= {start} AND s.day < {end}")
    })
}

/// A class as packs write it: "win election" is `win_election`.
fn class(words: &str) -> String {
    words.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Words, each in a column or in all, as one FTS5 expression; nothing where they have none that a
/// text could contain ("!!!"). Every word goes in as a quoted string, in which FTS5 knows no
/// operators, so that no input can be a mistake or mean something else than its words.
fn expression(asked: &[(Option<&str>, &str)]) -> Option<String> {
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
    (!expression.is_empty()).then(|| expression.join(" AND "))
}
