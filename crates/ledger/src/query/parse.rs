use jiff::civil::Date;
use sayso_model::Kind;

use super::{Query, QueryError, WindowState};

/// The kinds that a query can name.
pub(super) const KINDS: [Kind; 6] =
    [Kind::Forecast, Kind::Assessment, Kind::Report, Kind::Intention, Kind::Demand, Kind::Denial];

impl Query {
    /// The fields by name.
    pub const FIELDS: [&str; 11] = [
        "speaker", "via", "place", "event", "outlet", "kind", "term", "before", "after", "window",
        "article",
    ];

    /// Reads what a person typed: words, "quoted phrases", words with a star for their beginning
    /// (`mobil*`), and fields (`speaker:`, `via:`, `place:`, `event:`, `outlet:`, `kind:`,
    /// `term:`, `before:`, `after:`, `window:open`, `window:passed`, `article:`), whose values
    /// may be quoted. A field that is given twice has its last value; a word before a colon that
    /// is no field is a word. `today` is the day on which windows are judged.
    ///
    /// # Errors
    /// A value that its field cannot have: a kind that does not exist, a date that is none.
    pub fn parse(text: &str, today: Date) -> Result<Self, QueryError> {
        let mut query = Self::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (field, after) = match rest.split_once(':') {
                Some((name, after)) if is_field(name) => (Some(name), after),
                _ => (None, rest),
            };
            let (value, after) = value(after);
            match field {
                Some(field) if !value.is_empty() => query.set(field, &value, today)?,
                None if !value.is_empty() => query.words.push(value),
                _ => {}
            }
            rest = after.trim_start();
        }
        Ok(query)
    }

    /// Sets a field by its name, as [`Query::parse`] does. A name that is no field changes
    /// nothing; an empty value empties the field.
    ///
    /// # Errors
    /// A value that the field cannot have.
    pub fn set(&mut self, field: &str, value: &str, today: Date) -> Result<(), QueryError> {
        let value = value.trim();
        let text = (!value.is_empty()).then(|| value.to_owned());
        match field.to_ascii_lowercase().as_str() {
            "speaker" => self.speaker = text,
            "via" => self.via = text,
            "place" => self.place = text,
            "event" => self.event = text,
            "outlet" => self.outlet = text,
            "term" => self.term = text,
            "article" => self.article = text,
            "kind" => self.kind = text.map(|t| kind(&t)).transpose()?,
            "before" => self.before = text.map(|t| day("before", &t)).transpose()?,
            "after" => self.after = text.map(|t| day("after", &t)).transpose()?,
            "window" => self.window = text.map(|t| window(&t, today)).transpose()?,
            _ => {}
        }
        Ok(())
    }
}

fn is_field(name: &str) -> bool {
    Query::FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name))
}

/// A word or a quoted phrase, and what follows it. A mark that is never closed quotes the rest.
fn value(text: &str) -> (String, &str) {
    // Typed by hand, pasted from a text: both sorts of marks.
    let closing = match text.chars().next() {
        Some('"') => '"',
        Some('“') => '”',
        _ => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            let (word, rest) = text.split_at(end);
            return (word.to_owned(), rest);
        }
    };
    let inner = &text[text.chars().next().map_or(0, char::len_utf8)..];
    match inner.split_once(closing) {
        Some((phrase, rest)) => (phrase.trim().to_owned(), rest),
        None => (inner.trim().to_owned(), ""),
    }
}

fn kind(word: &str) -> Result<Kind, QueryError> {
    KINDS.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word)).ok_or_else(|| {
        let words: Vec<&str> = KINDS.iter().map(|kind| kind.word()).collect();
        QueryError {
            field: "kind",
            value: word.to_owned(),
            expected: format!("It is one of: {}", words.join(", ")),
        }
    })
}

/// A day; of a month or a year that stands alone, the first.
fn day(field: &'static str, text: &str) -> Result<Date, QueryError> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.parse().map_err(|_| QueryError {
        field,
        value: text.to_owned(),
        expected: "It is a date such as: 2023-03-09, 2023-03, 2023".to_owned(),
    })
}

fn window(word: &str, today: Date) -> Result<WindowState, QueryError> {
    match word.to_ascii_lowercase().as_str() {
        "open" => Ok(WindowState::Open(today)),
        "passed" => Ok(WindowState::Passed(today)),
        _ => Err(QueryError {
            field: "window",
            value: word.to_owned(),
            expected: "It is one of: open, passed".to_owned(),
        }),
    }
}
