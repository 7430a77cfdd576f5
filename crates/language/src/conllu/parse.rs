//! Lines to documents.

use sayso_model::Span;

use super::{Block, Document, LineProblem, Row, RowKind};

const COLUMNS: usize = 10;

/// Reads CoNLL-U. Lines that cannot be read are left out and named.
pub fn read(input: &str) -> (Vec<Document>, Vec<LineProblem>) {
    let mut documents: Vec<Document> = Vec::new();
    let mut problems = Vec::new();
    let mut block = Block::default();
    let mut fresh: Option<Option<String>> = None;
    // An empty line after the last one ends a last sentence that none follows.
    for (number, line) in input.split('\n').chain([""]).enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            finish(&mut documents, std::mem::take(&mut block), &mut fresh);
        } else if let Some(comment) = line.strip_prefix('#') {
            if !block.rows.is_empty() {
                // The empty line between two sentences is missing.
                finish(&mut documents, std::mem::take(&mut block), &mut fresh);
            }
            let (key, value) = match comment.split_once('=') {
                Some((key, value)) => (key.trim(), Some(value.trim().to_owned())),
                None => (comment.trim(), None),
            };
            match key {
                "newdoc" | "newdoc id" => fresh = Some(value),
                "newpar" | "newpar id" => block.new_paragraph = true,
                _ => {}
            }
            block.comments.push(line.to_owned());
        } else {
            match row(line) {
                Ok(row) => block.rows.push(row),
                Err(message) => problems.push(LineProblem { line: number + 1, message }),
            }
        }
    }
    (documents, problems)
}

fn row(line: &str) -> Result<Row, String> {
    let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
    if columns.len() != COLUMNS {
        return Err(format!(
            "expected {COLUMNS} columns with tabs between, found {}",
            columns.len()
        ));
    }
    let id = &columns[0];
    let number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let pair = |mark| id.split_once(mark).is_some_and(|(a, b)| number(a) && number(b));
    let kind = if number(id) {
        RowKind::Word(Span::default())
    } else if pair('-') || pair('.') {
        RowKind::Other
    } else {
        return Err(format!("the id is not a number, a range or an empty node: {id}"));
    };
    if columns[1].is_empty() {
        return Err("the form is empty".to_owned());
    }
    Ok(Row { columns, kind })
}

/// One stretch of the sentence's surface: a word, or a multiword range with its words.
struct Unit {
    form: String,
    /// Indices of the rows that are its words.
    words: Vec<usize>,
    space_after: bool,
}

/// Adds a sentence to the last document, or to a new one where `fresh` holds its (perhaps missing) id.
#[expect(
    clippy::option_option,
    reason = "no new document; a new one without an id; one with an id"
)]
fn finish(documents: &mut Vec<Document>, mut block: Block, fresh: &mut Option<Option<String>>) {
    if block.comments.is_empty() && block.rows.is_empty() {
        return;
    }
    if documents.is_empty() || fresh.is_some() {
        documents.push(Document { id: fresh.take().flatten(), ..Document::default() });
    }
    // The branch above leaves at least one document.
    let Some(document) = documents.last_mut() else { return };
    let units = units(&block);
    let glued =
        document.sentences.iter().rev().find(|b| !b.rows.is_empty()).is_some_and(units_end_glued);
    if !document.text.is_empty() && !units.is_empty() {
        document.text.push_str(if block.new_paragraph {
            "\n\n"
        } else if glued {
            ""
        } else {
            " "
        });
    }
    let base = document.text.len();
    let given = block.comments.iter().find_map(|c| {
        let (key, value) = c[1..].split_once('=')?;
        (key.trim() == "text").then(|| value.trim())
    });
    let aligned = given.and_then(|text| Some((text.to_owned(), align(text, &units)?)));
    let (text, spans) = aligned.unwrap_or_else(|| joined(&units));
    for (unit, span) in units.iter().zip(&spans) {
        place_words(&mut block, unit, &text, *span, base);
    }
    if !units.is_empty() {
        document.text.push_str(&text);
    }
    document.sentences.push(block);
}

fn units(block: &Block) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut covered = 0_u64;
    for (i, row) in block.rows.iter().enumerate() {
        let id = row.columns[0].as_str();
        let space_after = !row.columns[9].split('|').any(|m| m == "SpaceAfter=No");
        match (&row.kind, id.split_once('-')) {
            (RowKind::Other, Some((_, last))) => {
                covered = last.parse().unwrap_or(0);
                out.push(Unit { form: row.columns[1].clone(), words: Vec::new(), space_after });
            }
            (RowKind::Other, None) => {}
            (RowKind::Word(_), _) => {
                let inside = id.parse::<u64>().is_ok_and(|n| n <= covered);
                match out.last_mut().filter(|_| inside) {
                    Some(unit) => unit.words.push(i),
                    None => {
                        out.push(Unit {
                            form: row.columns[1].clone(),
                            words: vec![i],
                            space_after,
                        });
                    }
                }
            }
        }
    }
    // A range whose words are missing has nothing to stand on.
    out.retain(|u| !u.words.is_empty());
    out
}

/// Does the last unit of a sentence say that no space follows?
fn units_end_glued(block: &Block) -> bool {
    units(block).last().is_some_and(|u| !u.space_after)
}

/// Spans of the units in a given text, with white space between them.
fn align(text: &str, units: &[Unit]) -> Option<Vec<Span>> {
    let mut at = 0;
    let mut out = Vec::with_capacity(units.len());
    for unit in units {
        let rest = &text[at..];
        let start = if rest.starts_with(&unit.form) {
            at
        } else {
            at + (rest.len() - rest.trim_start().len())
        };
        if !text[start..].starts_with(&unit.form) {
            return None;
        }
        at = start + unit.form.len();
        out.push(Span::new(start, at));
    }
    Some(out)
}

/// The text that the units and their `SpaceAfter` make, and their spans in it.
fn joined(units: &[Unit]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(units.len());
    for unit in units {
        let start = text.len();
        text.push_str(&unit.form);
        spans.push(Span::new(start, text.len()));
        if unit.space_after {
            text.push(' ');
        }
    }
    text.truncate(text.trim_end().len().max(spans.last().map_or(0, |s| s.end as usize)));
    (text, spans)
}

/// Gives the words of a unit their spans. Words that do not make up the unit's form ("au" for "à"
/// and "le") share it out: the last takes what is left, at least nothing.
fn place_words(block: &mut Block, unit: &Unit, text: &str, span: Span, base: usize) {
    let (mut at, end) = (span.start as usize, span.end as usize);
    for (n, index) in unit.words.iter().enumerate() {
        let Some(row) = block.rows.get_mut(*index) else { continue };
        let last = n + 1 == unit.words.len();
        let mut stop = if last { end } else { (at + row.columns[1].len()).min(end) };
        while !text.is_char_boundary(stop) {
            stop += 1;
        }
        row.kind = RowKind::Word(Span::new(base + at, base + stop));
        at = stop;
    }
}
