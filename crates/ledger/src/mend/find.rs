//! Words looked up in an article, near a statement.

use jiff::civil::Date;
use sayso_model::{Article, CodePoints, PrintedSpan, Span, Statement};

/// An article in which words are looked up for one statement.
pub(super) struct Words<'a> {
    article: &'a Article,
    points: CodePoints,
    /// What the statement says.
    content: Span,
}

impl<'a> Words<'a> {
    pub(super) fn new(article: &'a Article, statement: &Statement) -> Self {
        let content = statement.content.iter().map(PrintedSpan::span).reduce(Span::cover);
        let content = content.unwrap_or_default();
        Self { article, points: CodePoints::new(&article.text), content }
    }

    /// The place of some words that is nearest to the statement, as they are written; else whatever
    /// their case. Never within a longer word.
    pub(super) fn find(&self, words: &str) -> Option<PrintedSpan> {
        let text = self.article.text.as_str();
        if words.is_empty() {
            return None;
        }
        let nearest = |places: &mut dyn Iterator<Item = Span>| {
            let whole = places.filter(|span| is_whole(text, *span));
            whole.min_by_key(|span| (self.distance(*span), span.start))
        };
        let exact = text.match_indices(words).map(|(at, found)| Span::new(at, at + found.len()));
        let found = nearest(&mut exact.into_iter()).or_else(|| {
            // Only where lower case is as long do places stay what they are.
            let (lower, wanted) = (text.to_ascii_lowercase(), words.to_ascii_lowercase());
            let places =
                lower.match_indices(&wanted).map(|(at, _)| Span::new(at, at + wanted.len()));
            nearest(&mut places.into_iter())
        })?;
        Some(self.points.print(text, found))
    }

    fn distance(&self, span: Span) -> u32 {
        if span.overlaps(self.content) {
            0
        } else if span.start >= self.content.end {
            span.start - self.content.end + 1
        } else {
            self.content.start.saturating_sub(span.end) + 1
        }
    }

    /// What the statement says, as one span.
    pub(super) fn said(&self) -> PrintedSpan {
        self.points.print(&self.article.text, self.content)
    }

    /// The day of publication.
    pub(super) fn published(&self) -> Option<Date> {
        self.article.published.as_ref().map(|published| published.date)
    }
}

fn is_whole(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).and_then(|text| text.chars().next_back());
    let after = text.get(span.end as usize..).and_then(|text| text.chars().next());
    let within = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !within(before) && !within(after)
}
