//! Documents to lines.

use std::fmt::Write as _;

use super::{Document, RowKind};
use crate::{Language, Upos};

/// Writes a document with the tags, lemmas and heads of `language`, which is the document's own
/// (see [`Document::language`]). Columns that no layer fills are `_`; FEATS and DEPS, which belong
/// to the tree that came in and not to ours, are `_` too. Ids, forms, MISC, comments, multiword
/// ranges and empty nodes are written as they came.
pub fn write(document: &Document, language: &Language<'_>) -> String {
    let mut out = String::with_capacity(document.text.len() * 8);
    let mut token = 0;
    for block in &document.sentences {
        for comment in &block.comments {
            out.push_str(comment);
            out.push('\n');
        }
        let first = token;
        let ids: Vec<&str> = block
            .rows
            .iter()
            .filter(|row| matches!(row.kind, RowKind::Word(_)))
            .map(|row| row.columns[0].as_str())
            .collect();
        for row in &block.rows {
            if matches!(row.kind, RowKind::Other) {
                out.push_str(&row.columns.join("\t"));
            } else {
                word(&mut out, &row.columns, language, token, first, &ids);
                token += 1;
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

fn word(
    out: &mut String,
    columns: &[String],
    language: &Language<'_>,
    token: usize,
    first: usize,
    ids: &[&str],
) {
    let or_blank = |s: &'static str| if s.is_empty() { "_" } else { s };
    let t = language.tokens.get(token);
    let tagged = t.is_some_and(|t| t.upos != Upos::X || !t.xpos.is_empty());
    let lemma = t.map_or("_", |t| if t.lemma.is_empty() { "_" } else { &t.lemma });
    let upos = t.filter(|_| tagged).map_or("_", |t| t.upos.word());
    let xpos = t.map_or("_", |t| or_blank(t.xpos));
    let deprel = t.map_or("_", |t| or_blank(t.deprel));
    let head = match t.and_then(|t| t.head) {
        Some(head) => head.checked_sub(first).and_then(|i| ids.get(i)).copied().unwrap_or("_"),
        None if deprel == "_" => "_",
        None => "0",
    };
    // Rows have ten columns: the parser sees to it. Writing to a string cannot fail.
    let _ = write!(
        out,
        "{}\t{}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t{}",
        columns[0], columns[1], columns[9]
    );
}
