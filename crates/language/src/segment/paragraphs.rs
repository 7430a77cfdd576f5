//! Paragraphs: what stands between line breaks.

use sayso_model::Span;

/// The paragraphs of a text, in order, without white space at their ends and none empty.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let breaks =
        |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    for (i, mark) in text.match_indices(breaks).chain([(text.len(), "")]) {
        let span = Span::new(start, i).trim(text);
        if !span.is_empty() {
            out.push(span);
        }
        start = i + mark.len();
    }
    out
}
