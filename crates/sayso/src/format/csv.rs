//! Statements for spreadsheets: one line a statement, flat columns, in the words of the record.

use std::io::{self, Write};

use sayso_model::{PrintedSpan, Statement};

/// The columns, in order.
pub(crate) const HEAD: [&str; 44] = [
    "id",
    "article",
    "outlet",
    "published",
    "title",
    "url",
    "speaker",
    "speaker_kind",
    "role",
    "chain",
    "speech",
    "kind",
    "polarity",
    "content",
    "start",
    "end",
    "term",
    "certainty_class",
    "low",
    "mid",
    "high",
    "condition",
    "window",
    "earliest",
    "latest",
    "latest_soft",
    "event",
    "actor",
    "target",
    "threshold",
    "places",
    "geonameids",
    "quantities",
    "source",
    "cue",
    "drift",
    "confidence",
    "extractor",
    "schema",
    "said",
    "said_earliest",
    "said_latest",
    "speaker_confidence",
    "speaker_candidates",
];

/// Writes statements, with the head before them where it is asked for.
pub(super) fn write(out: &mut impl Write, statements: &[Statement], head: bool) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    if head {
        csv.write_record(HEAD)?;
    }
    for statement in statements {
        csv.write_record(record(statement).map(harmless))?;
    }
    let bytes = csv.into_inner().map_err(csv::IntoInnerError::into_error)?;
    out.write_all(&bytes)
}

/// The cells of a statement, before [`harmless`].
pub(crate) fn record(statement: &Statement) -> [String; 44] {
    let article = &statement.article;
    let speaker = statement.speaker.as_ref();
    let certainty = statement.certainty.as_ref();
    let window = statement.window.as_ref();
    let event = statement.event.as_ref();
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let date = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    [
        statement.id.clone(),
        article.id.clone(),
        text(&article.outlet),
        text(&article.published),
        text(&article.title),
        text(&article.url),
        speaker.map(|s| s.name.clone()).unwrap_or_default(),
        speaker.map(|s| s.kind.word().to_owned()).unwrap_or_default(),
        speaker.and_then(|s| s.role.clone()).unwrap_or_default(),
        joined(statement.chain.iter().map(|link| link.name.as_str()), " > "),
        statement.speech.word().to_owned(),
        statement.kind.word().to_owned(),
        statement.polarity.word().to_owned(),
        words(&statement.content),
        statement.content.first().map(|s| s.start.to_string()).unwrap_or_default(),
        statement.content.last().map(|s| s.end.to_string()).unwrap_or_default(),
        certainty.map(|c| c.term.clone()).unwrap_or_default(),
        certainty.map(|c| spelled(&c.class)).unwrap_or_default(),
        number(certainty.and_then(|c| c.low)),
        number(certainty.and_then(|c| c.mid)),
        number(certainty.and_then(|c| c.high)),
        statement.condition.as_ref().map(|c| c.text.clone()).unwrap_or_default(),
        window.map(|w| w.text.clone()).unwrap_or_default(),
        date(window.and_then(|w| w.earliest)),
        date(window.and_then(|w| w.latest)),
        date(window.and_then(|w| w.latest_soft)),
        event.map(|e| e.class.clone()).unwrap_or_default(),
        event.and_then(|e| e.actor.as_ref()).map(|a| a.name.clone()).unwrap_or_default(),
        event.and_then(|e| e.target.as_ref()).map(|t| t.name.clone()).unwrap_or_default(),
        event.and_then(|e| e.threshold.clone()).unwrap_or_default(),
        joined(statement.places.iter().map(|place| place.name.as_str()), "; "),
        joined(
            statement.places.iter().map(|p| p.geonameid.map(|i| i.to_string()).unwrap_or_default()),
            "; ",
        ),
        joined(statement.quantities.iter().map(|quantity| quantity.text.as_str()), "; "),
        words(&statement.source),
        words(&statement.cue),
        joined(statement.drift.iter().map(String::as_str), "; "),
        statement.confidence.to_string(),
        statement.extractor.clone(),
        statement.schema.to_string(),
        statement.said.as_ref().map(|said| said.text.clone()).unwrap_or_default(),
        date(statement.said.as_ref().and_then(|said| said.earliest)),
        date(statement.said.as_ref().and_then(|said| said.latest)),
        number(speaker.and_then(|s| s.confidence)),
        joined(speaker.into_iter().flat_map(|s| &s.candidates).map(|one| one.name.as_str()), "; "),
    ]
}

/// Signs by which a spreadsheet takes a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The cell with an apostrophe before what a spreadsheet would run: it is shown as it stands then. What
/// begins with such an apostrophe gets one more, so that our own reader, which takes one off, reads
/// every cell back as it was.
pub(crate) fn harmless(cell: String) -> String {
    if cell.trim_start_matches('\'').starts_with(FORMULA) { format!("'{cell}") } else { cell }
}

fn words(spans: &[PrintedSpan]) -> String {
    joined(spans.iter().map(|span| span.text.as_str()), " … ")
}

fn joined(parts: impl Iterator<Item = impl AsRef<str>>, between: &str) -> String {
    let mut out = String::new();
    for (i, part) in parts.enumerate() {
        if i > 0 {
            out.push_str(between);
        }
        out.push_str(part.as_ref());
    }
    out
}

/// The word that JSON has for an enum.
fn spelled(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_runs_no_cell() {
        for (cell, written) in [
            ("=1+1 we win", "'=1+1 we win"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("'=1", "''=1"),
            ("'tis", "'tis"),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell.to_owned()), written);
        }
    }
}
