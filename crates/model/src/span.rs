use serde::{Deserialize, Serialize};

/// A byte range of an article's main text, on character boundaries, half open.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Articles are capped far below 4 GiB when they are read, so an
    /// offset always fits.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Self { start: start as u32, end: end as u32 }
    }

    /// The bytes as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of the span; empty when the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// True for a span of no bytes.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True when `other` lies inside this span (equal spans included).
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its ends.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let inner = self.of(text);
        let start = self.start as usize + (inner.len() - inner.trim_start().len());
        Self::new(start, start + inner.trim().len())
    }
}

/// A span as it leaves the program: its text, its code points and its bytes.
///
/// `text` always equals the article's main text at both pairs of offsets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PrintedSpan {
    /// The words themselves.
    pub text: String,
    /// First Unicode code point, so that Python's `text[start:end]` is the span.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// First byte of the UTF-8 text.
    pub byte_start: u32,
    /// One past the last byte.
    pub byte_end: u32,
}

impl PrintedSpan {
    /// The byte range.
    pub fn span(&self) -> Span {
        Span { start: self.byte_start, end: self.byte_end }
    }
}

/// Bytes between two remembered code point counts. Small enough that a look-up touches one cache
/// line or four, large enough that the table is a thirtieth of the text.
const STRIDE: usize = 128;

/// Translates byte offsets of one text to code points, in constant time an offset.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// Code points before byte `i * STRIDE` (counting characters that begin before it).
    marks: Vec<u32>,
    ascii: bool,
}

impl CodePoints {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { marks: Vec::new(), ascii: true };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % STRIDE == 0 {
                marks.push(count);
            }
            count += u32::from(begins_character(byte));
        }
        Self { marks, ascii: false }
    }

    /// Code points before byte `offset` of `text`, which is the text that `new` was given.
    pub fn at(&self, text: &str, offset: usize) -> u32 {
        let offset = offset.min(text.len());
        if self.ascii {
            return offset as u32;
        }
        let mark = (offset / STRIDE).min(self.marks.len().saturating_sub(1));
        let before = self.marks.get(mark).copied().unwrap_or(0);
        let rest = &text.as_bytes()[(mark * STRIDE).min(offset)..offset];
        before + rest.iter().filter(|b| begins_character(**b)).count() as u32
    }

    /// The span as it is printed.
    pub fn print(&self, text: &str, span: Span) -> PrintedSpan {
        PrintedSpan {
            text: span.of(text).to_owned(),
            start: self.at(text, span.start as usize),
            end: self.at(text, span.end as usize),
            byte_start: span.start,
            byte_end: span.end,
        }
    }
}

fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_a_plain_count() {
        let text = "Wörter — “дом” 🏛 ".repeat(40);
        let points = CodePoints::new(&text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(points.at(&text, offset) as usize, text[..offset].chars().count());
        }
    }

    #[test]
    fn trimming_keeps_the_words() {
        let text = "a  “b” \n";
        let span = Span::new(1, text.len()).trim(text);
        assert_eq!(span.of(text), "“b”");
    }
}
