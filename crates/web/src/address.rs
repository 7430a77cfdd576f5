//! The URL is the query: reading it, and writing the one a link leads to.

use std::fmt::Write as _;

use jiff::civil::Date;
use sayso_ledger::{Query, WindowState};
use sayso_model::Kind;

/// Fields of a query in the order in which they stand in a URL.
const FIELDS: [&str; 13] = [
    "q", "speaker", "via", "place", "event", "kind", "outlet", "term", "after", "before", "window",
    "article", "cursor",
];

/// A URL's query as it was given: the fields we know, each with its value, none of them empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Address {
    fields: Vec<(&'static str, String)>,
}

impl Address {
    /// From the pairs of a URL. Unknown names are left out; of a field given twice the last holds.
    pub(crate) fn new(pairs: &[(String, String)]) -> Self {
        let value = |field: &str| pairs.iter().rev().find(|(name, _)| name == field);
        let fields = FIELDS
            .iter()
            .filter_map(|field| value(field).map(|(_, value)| (*field, value.trim().to_owned())))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        Self { fields }
    }

    /// A field's value; empty where it is not set.
    pub(crate) fn get(&self, field: &str) -> &str {
        self.fields.iter().find(|(name, _)| *name == field).map_or("", |(_, value)| value)
    }

    /// The fields that narrow the list, with their values: all but the page.
    pub(crate) fn narrowing(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.fields.iter().filter(|(name, _)| *name != "cursor").map(|(n, v)| (*n, v.as_str()))
    }

    /// The same query with one field set, or without it when `value` is empty. Any change but that
    /// of the page begins at the first page.
    pub(crate) fn with(&self, field: &'static str, value: &str) -> Self {
        let set = |name: &'static str| match name {
            name if name == field => value,
            "cursor" => "",
            name => self.get(name),
        };
        let fields = FIELDS
            .iter()
            .map(|name| (*name, set(name).to_owned()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        Self { fields }
    }

    /// As a link: `path?…`, or the bare path where nothing is set.
    pub(crate) fn href(&self, path: &str) -> String {
        let mut out = path.to_owned();
        for (i, (name, value)) in self.fields.iter().enumerate() {
            out.push(if i == 0 { '?' } else { '&' });
            out.push_str(name);
            out.push('=');
            encode(value, &mut out);
        }
        out
    }

    /// The ledger's query, and a sentence for each field that could not be understood and is left
    /// out.
    pub(crate) fn query(&self, today: Date) -> (Query, Vec<String>) {
        let mut notes = Vec::new();
        let mut query = Query::parse(self.get("q"), today).unwrap_or_else(|error| {
            notes.push(format!("{error} The words are searched as they stand."));
            Query { words: vec![self.get("q").to_owned()], ..Query::default() }
        });
        let text = |field: &str, own: Option<String>| match self.get(field) {
            "" => own,
            value => Some(value.to_owned()),
        };
        query.speaker = text("speaker", query.speaker);
        query.via = text("via", query.via);
        query.place = text("place", query.place);
        query.event = text("event", query.event);
        query.outlet = text("outlet", query.outlet);
        query.term = text("term", query.term);
        query.article = text("article", query.article);
        query.cursor = text("cursor", query.cursor);
        let mut date = |field: &str, own: Option<Date>| match self.get(field) {
            "" => own,
            value => value.parse().ok().or_else(|| {
                notes.push(format!("“{value}” is no date. Write it as 2027-03-09."));
                own
            }),
        };
        query.after = date("after", query.after);
        query.before = date("before", query.before);
        match self.get("kind") {
            "" => {}
            word => match kind(word) {
                Some(kind) => query.kind = Some(kind),
                None => notes.push(format!("“{word}” is no kind of statement.")),
            },
        }
        match self.get("window") {
            "" => {}
            "open" => query.window = Some(WindowState::Open(today)),
            "passed" => query.window = Some(WindowState::Passed(today)),
            word => notes.push(format!("“{word}” is no state of a window: open or passed.")),
        }
        (query, notes)
    }
}

/// The kinds in the order of the contract.
const KINDS: [Kind; 6] =
    [Kind::Forecast, Kind::Assessment, Kind::Report, Kind::Intention, Kind::Demand, Kind::Denial];

fn kind(word: &str) -> Option<Kind> {
    KINDS.into_iter().find(|kind| kind.word() == word)
}

/// Percent-encodes everything but letters, digits and `-._~`, so that a value can stand anywhere
/// in a URL.
pub(crate) fn encode(value: &str, out: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// What [`encode`] made a value into, as the value again. What is no UTF-8 is marked.
pub(crate) fn decode(encoded: &str) -> String {
    let bytes = encoded.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, hex(at + 1), hex(at + 2)) {
            // Two digits of four bits each.
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A link to a record: `/article/ID`.
pub(crate) fn link(kind: &str, id: &str) -> String {
    let mut out = format!("/{kind}/");
    encode(id, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(pairs: &[(&str, &str)]) -> Address {
        let pairs: Vec<_> = pairs.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
        Address::new(&pairs)
    }

    #[test]
    fn a_link_keeps_the_query_and_forgets_the_page() {
        let here =
            address(&[("speaker", "Ada & Co"), ("cursor", "x"), ("q", " fall "), ("z", "1")]);
        assert_eq!(here.href("/"), "/?q=fall&speaker=Ada%20%26%20Co&cursor=x");
        assert_eq!(
            here.with("kind", "report").href("/"),
            "/?q=fall&speaker=Ada%20%26%20Co&kind=report"
        );
        assert_eq!(here.with("speaker", "").with("q", "").href("/"), "/");
    }

    #[test]
    fn what_cannot_be_understood_is_said_and_left_out() {
        let here = address(&[("after", "yesterday"), ("kind", "guess"), ("window", "ajar")]);
        let (query, notes) = here.query("2031-03-09".parse().expect("a date"));
        assert_eq!(query, Query::default());
        assert_eq!(notes.len(), 3, "{notes:?}");
    }
}
