//! CoNLL-U in and out: given sentences and tokens are kept, our layers are written into them.
//!
//! [`read`] never fails. What it cannot read it names with its line number and leaves out; what
//! it does not understand but need not (comments, multiword ranges, empty nodes, MISC) it keeps and
//! writes back. Forms that go in come out.

mod parse;
mod print;

use std::ops::Range;

use sayso_model::{CodePoints, Span};

use crate::segment::token;
use crate::{Language, Sentence};

pub use parse::read;
pub use print::write;

/// A document of a CoNLL-U file, with its text rebuilt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What stands after `# newdoc id =`.
    pub id: Option<String>,
    /// The text: `# text` lines where the forms fit them, else the forms and `SpaceAfter`. An empty
    /// line stands before a sentence with `# newpar`, a space before another one, nothing after
    /// `SpaceAfter=No`.
    pub text: String,
    sentences: Vec<Block>,
}

/// A sentence as the file gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Block {
    /// Lines that begin with `#`.
    comments: Vec<String>,
    rows: Vec<Row>,
    /// A paragraph begins here.
    new_paragraph: bool,
}

/// A line of ten columns.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    columns: Vec<String>,
    kind: RowKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum RowKind {
    /// `7`: a syntactic word with its span in the document's text.
    Word(Span),
    /// `7-8`, `7.1`: kept as it came.
    Other,
}

/// What could not be read, with the line (from 1) where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// Line number in the input, from 1.
    pub line: usize,
    /// One sentence for people.
    pub message: String,
}

impl Document {
    /// The document with every layer, on its own sentences and tokens.
    pub fn language(&self) -> Language<'_> {
        crate::deepen(self.segmented())
    }

    /// The document's paragraphs, sentences and tokens, without any other layer.
    pub fn segmented(&self) -> Language<'_> {
        let mut sentences: Vec<Sentence> = Vec::new();
        let mut tokens = Vec::new();
        let mut paragraphs: Vec<Span> = Vec::new();
        for block in &self.sentences {
            let first = tokens.len();
            tokens.extend(block.words().map(|span| token(span, sentences.len())));
            let range: Range<usize> = first..tokens.len();
            let (Some(a), Some(b)) = (tokens.get(first), tokens.last()) else { continue };
            if range.is_empty() {
                continue;
            }
            let span = a.span.cover(b.span);
            match paragraphs.last_mut() {
                Some(last) if !block.new_paragraph => *last = last.cover(span),
                _ => paragraphs.push(span),
            }
            sentences.push(Sentence { span, tokens: range, paragraph: paragraphs.len() - 1 });
        }
        Language {
            text: &self.text,
            points: CodePoints::new(&self.text),
            paragraphs,
            sentences,
            tokens,
            quotations: Vec::new(),
            names: Vec::new(),
            entities: Vec::new(),
            mentions: Vec::new(),
            states: crate::net::States::default(),
        }
    }
}

impl Block {
    fn words(&self) -> impl Iterator<Item = Span> + '_ {
        self.rows.iter().filter_map(|row| match row.kind {
            RowKind::Word(span) => Some(span),
            RowKind::Other => None,
        })
    }
}

#[cfg(test)]
mod tests;
