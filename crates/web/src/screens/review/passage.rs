//! The words of a statement in the paragraphs of their article.

use maud::{Markup, html};
use sayso_model::{Article, PrintedSpan, Span, Statement};

use super::super::ledger::reader_link;
use crate::wording;

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Plain,
    Source,
    Cue,
    Content,
}

/// The paragraphs that hold the statement, with source, cue and content marked.
pub(super) fn passage(statement: &Statement, article: &Article) -> Markup {
    let text = article.text.as_str();
    let around = paragraphs(statement, text);
    let title = article.title.as_deref().unwrap_or(&article.key);
    html! {
        p.from {
            a href=(reader_link(statement)) { (title) }
            @if let Some(outlet) = &article.outlet { span.soft { " · " (outlet) } }
            @if let Some(day) = statement.article.published.as_deref() {
                span.soft { " · " time datetime=(day) { (wording::date(day)) } }
            }
        }
        blockquote lang=[article.language.as_deref()] {
            @for paragraph in lines(text, around) { p { (pieces(statement, text, paragraph)) } }
        }
    }
}

/// The lines of a part of the text that have words.
fn lines(text: &str, part: Span) -> Vec<Span> {
    let mut start = part.start as usize;
    let mut lines = Vec::new();
    for line in part.of(text).split_inclusive('\n') {
        let end = start + line.len();
        if !line.trim().is_empty() {
            lines.push(Span::new(start, end).trim(text));
        }
        start = end;
    }
    lines
}

fn spans(statement: &Statement) -> impl Iterator<Item = &PrintedSpan> {
    statement.source.iter().chain(&statement.cue).chain(&statement.content)
}

/// From the start of the first paragraph to the end of the last.
fn paragraphs(statement: &Statement, text: &str) -> Span {
    let whole = spans(statement).map(PrintedSpan::span).reduce(Span::cover).unwrap_or_default();
    let before = text.get(..whole.start as usize).unwrap_or_default();
    let after = text.get(whole.end as usize..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| whole.end as usize + at);
    Span::new(start, end)
}

fn pieces(statement: &Statement, text: &str, paragraph: Span) -> Markup {
    let mut ends: Vec<u32> = spans(statement)
        .flat_map(|span| [span.byte_start, span.byte_end])
        .filter(|at| (paragraph.start..paragraph.end).contains(at))
        .chain([paragraph.start, paragraph.end])
        .collect();
    ends.sort_unstable();
    ends.dedup();
    html! {
        @for pair in ends.windows(2) {
            @let piece = Span { start: pair[0], end: pair[1] };
            @match part(statement, piece) {
                Part::Plain => (piece.of(text)),
                Part::Source => u { (piece.of(text)) },
                Part::Cue => b { (piece.of(text)) },
                Part::Content => mark { (piece.of(text)) },
            }
        }
    }
}

fn part(statement: &Statement, piece: Span) -> Part {
    let holds = |spans: &[PrintedSpan]| spans.iter().any(|span| span.span().contains(piece));
    if holds(&statement.cue) {
        Part::Cue
    } else if holds(&statement.source) {
        Part::Source
    } else if holds(&statement.content) {
        Part::Content
    } else {
        Part::Plain
    }
}
