//! Rows of cells whose text wraps: the arithmetic of columns, nothing about statements.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// What ink a paragraph is set in. Ink only ever repeats what the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Running text.
    Plain,
    /// Names and titles.
    Strong,
    /// What can be skipped.
    Faint,
    /// How sure: the one colour of the page.
    Hedge,
}

impl Ink {
    fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Hedge => AnsiColor::Yellow.on_default(),
        }
    }
}

/// Paragraphs that stand below each other in one column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    paragraphs: Vec<(Ink, String, usize)>,
}

impl Cell {
    /// Adds a paragraph, whole.
    pub(crate) fn line(&mut self, ink: Ink, text: impl Into<String>) {
        self.paragraphs.push((ink, text.into(), usize::MAX));
    }

    /// Adds a paragraph that is cut, with an ellipsis, after so many lines.
    pub(crate) fn short(&mut self, ink: Ink, text: impl Into<String>, lines: usize) {
        self.paragraphs.push((ink, text.into(), lines));
    }

    /// Puts another cell's paragraphs below this one's.
    pub(crate) fn append(&mut self, mut below: Self) {
        self.paragraphs.append(&mut below.paragraphs);
    }

    fn lines(&self, width: usize) -> Vec<(Ink, String)> {
        let mut lines = Vec::new();
        for (ink, text, limit) in &self.paragraphs {
            lines.extend(wrap(text, width, *limit).into_iter().map(|line| (*ink, line)));
        }
        lines
    }
}

/// A column: how wide its text may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column(pub(crate) usize);

/// Blanks between two columns.
pub(crate) const GAP: usize = 2;

/// Prints one row, as high as its highest cell. No blank ends a line.
pub(crate) fn row(
    out: &mut impl Write,
    indent: usize,
    columns: &[Column],
    cells: &[Cell],
) -> io::Result<()> {
    let cells: Vec<Vec<(Ink, String)>> =
        columns.iter().zip(cells).map(|(column, cell)| cell.lines(column.0)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for y in 0..height {
        let mut blanks = indent;
        for (cell, column) in cells.iter().zip(columns) {
            let Some((ink, text)) = cell.get(y).filter(|(_, text)| !text.is_empty()) else {
                blanks += column.0 + GAP;
                continue;
            };
            let style = ink.style();
            write!(out, "{:blanks$}{style}{text}{style:#}", "")?;
            blanks = column.0.saturating_sub(text.width()) + GAP;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Breaks text between words into lines of at most `width` columns; a longer word is broken
/// anywhere. After `limit` lines the text ends with an ellipsis.
pub(crate) fn wrap(text: &str, width: usize, limit: usize) -> Vec<String> {
    let width = width.max(4);
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = word.width();
        if used > 0 && used + 1 + needed > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if needed <= width {
            line.push_str(word);
            used += needed;
        } else {
            for c in word.chars() {
                let wide = c.width().unwrap_or(0);
                if used + wide > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += wide;
            }
        }
        if lines.len() > limit {
            break;
        }
    }
    if used > 0 {
        lines.push(line);
    }
    if lines.len() > limit {
        lines.truncate(limit);
        if let Some(last) = lines.last_mut() {
            while last.width() + 2 > width && last.pop().is_some() {}
            last.truncate(last.trim_end_matches([' ', ',', ';', ':', '—', '–']).len());
            last.push_str(" …");
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_wraps_between_words_and_is_cut_with_an_ellipsis() {
        assert_eq!(wrap("the bridge is open", 10, 9), ["the bridge", "is open"]);
        assert_eq!(wrap("the bridge is open again", 10, 2), ["the bridge", "is open …"]);
        assert_eq!(wrap("Donaudampfschiff", 6, 9), ["Donaud", "ampfsc", "hiff"]);
        assert_eq!(wrap("", 10, 9), Vec::<String>::new());
    }

    #[test]
    fn no_line_is_wider_than_its_column() {
        let text = "Wörter 日本語日本語 and “quotes” — with dashes of every length";
        for width in 4..40 {
            for line in wrap(text, width, 3) {
                assert!(line.width() <= width, "{width}: {line:?}");
            }
        }
    }

    #[test]
    fn cells_stand_side_by_side() {
        let mut out = Vec::new();
        let (mut left, mut right) = (Cell::default(), Cell::default());
        left.line(Ink::Plain, "one two");
        right.line(Ink::Plain, "three");
        right.line(Ink::Plain, "four");
        row(&mut out, 1, &[Column(4), Column(5)], &[left, right]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), " one   three\n two   four\n");
    }
}
