//! Quotations: pairs of marks, across paragraphs, nested, and with marks missing.
//!
//! One pass over the marks with a stack. What a mark does depends on its own look (see
//! [`marks`]) and on what is open:
//!
//! - A quotation that is open when its paragraph ends waits. When the next paragraph begins with
//!   an opening mark of the same family, it goes on there (the usual style). When the next mark
//!   met is a closing one, it ran through all the paragraphs between (the older style). When the
//!   next mark met opens elsewhere, its closing mark is missing, and it ends with its paragraph.
//! - A closing mark without an opening one is left alone, and costs nothing else.

mod marks;
#[cfg(test)]
mod tests;

use sayso_model::Span;

use crate::Quotation;
use crate::steps::step;
use marks::{Family, Mark};

/// Most paragraphs that a quotation may run through without a mark.
const LONGEST_SILENCE: usize = 12;

struct Open {
    quotation: usize,
    family: Family,
    /// Where the words of the running part begin.
    from: usize,
    paragraph: usize,
    /// Its opening mark.
    mark: Span,
}

/// The quotations of a text, in the order of their opening marks.
pub(crate) fn quotations(text: &str, paragraphs: &[Span]) -> Vec<Quotation> {
    let mut reader = Reader { text, paragraphs, stack: Vec::new(), found: Vec::new(), silent: 0 };
    let mut current = paragraphs.first().map(|p| marks::marks(text, *p)).unwrap_or_default();
    for p in 0..paragraphs.len() {
        let next = paragraphs.get(p + 1).map(|n| marks::marks(text, *n)).unwrap_or_default();
        reader.paragraph(p, &current, &next);
        current = next;
    }
    reader.finish()
}

struct Reader<'a> {
    text: &'a str,
    paragraphs: &'a [Span],
    stack: Vec<Open>,
    /// `None`: dropped (a single mark that turned out to be an apostrophe).
    found: Vec<Option<Quotation>>,
    /// Paragraphs without a mark since a quotation began to wait.
    silent: usize,
}

impl Reader<'_> {
    fn paragraph(&mut self, p: usize, marks: &[Mark], next: &[Mark]) {
        if !self.stack.is_empty() && marks.is_empty() {
            self.silent += 1;
            if self.silent > LONGEST_SILENCE {
                while self.abandon_top() {}
            }
            return;
        }
        for (i, mark) in marks.iter().enumerate() {
            step();
            if self.waits(p) && !self.resume(p, mark) {
                continue;
            }
            let open_here = self.stack.iter().rev().take(4).any(|o| o.family == mark.family);
            let closes = match (mark.may_open, mark.may_close) {
                (true, true) => open_here,
                (_, close) => close,
            };
            if closes {
                if open_here && !self.is_possessive(mark, &marks[i + 1..]) {
                    self.close(p, mark);
                }
            } else if mark.may_open {
                self.open(p, mark, &marks[i + 1..]);
            }
        }
        self.end_of_paragraph(next);
    }

    /// Is the innermost open quotation one of an earlier paragraph?
    fn waits(&self, p: usize) -> bool {
        self.stack.last().is_some_and(|o| o.paragraph < p)
    }

    /// What the first mark after a paragraph border means for the quotations that wait. False
    /// when the mark is used up.
    fn resume(&mut self, p: usize, mark: &Mark) -> bool {
        let same = self.stack.last().is_some_and(|o| o.family == mark.family);
        if same && mark.leads && mark.may_open && self.silent == 0 {
            // Each paragraph opens again.
            if let Some(open) = self.stack.last_mut() {
                let (quotation, from, before) = (open.quotation, open.from, open.paragraph);
                open.from = mark.span.end as usize;
                open.paragraph = p;
                let end = self.paragraphs[before].end as usize;
                self.add_part(quotation, from, end);
            }
            return false;
        }
        if same && mark.may_close && (!mark.may_open || !mark.leads) {
            // The older style: every paragraph between belongs to it.
            if let Some(open) = self.stack.last_mut() {
                let (quotation, mut from, before) = (open.quotation, open.from, open.paragraph);
                open.from = self.paragraphs[p].start as usize;
                open.paragraph = p;
                for between in before..p {
                    let end = self.paragraphs[between].end as usize;
                    self.add_part(quotation, from, end);
                    from = self.paragraphs[between + 1].start as usize;
                }
            }
            self.silent = 0;
            return true;
        }
        if mark.family == Family::Single {
            // Too weak a sign to end what waits.
            return false;
        }
        while self.abandon_top() {}
        true
    }

    fn open(&mut self, p: usize, mark: &Mark, rest: &[Mark]) {
        let same = self.stack.last().is_some_and(|o| o.family == mark.family);
        if same {
            // Inside its own family a mark opens only when two closing ones follow; else the
            // closing mark of the one that is open is missing.
            let mut following = rest.iter().inspect(|_| step()).filter(|m| m.family == mark.family);
            let two_close =
                following.by_ref().take(2).filter(|m| m.may_close && !m.may_open).count() == 2;
            if !two_close {
                self.cut_top(mark.span.start as usize);
            }
        }
        self.stack.push(Open {
            quotation: self.found.len(),
            family: mark.family,
            from: mark.span.end as usize,
            paragraph: p,
            mark: mark.span,
        });
        let depth = (self.stack.len() - 1).min(usize::from(u8::MAX)) as u8;
        self.found.push(Some(Quotation {
            inner: Vec::new(),
            outer: mark.span,
            closed: false,
            depth,
        }));
    }

    fn close(&mut self, p: usize, mark: &Mark) {
        while let Some(open) = self.stack.pop() {
            step();
            if open.family != mark.family {
                // It was opened inside and never closed: an apostrophe, or a lost mark.
                self.settle(&open, mark.span.start as usize);
                continue;
            }
            debug_assert!(open.paragraph == p);
            self.add_part(open.quotation, open.from, mark.span.start as usize);
            if let Some(Some(q)) = self.found.get_mut(open.quotation) {
                q.outer = q.outer.cover(mark.span);
                q.closed = true;
            }
            break;
        }
    }

    /// "workers' rights" inside single marks: an s, a space, a small letter, and another mark
    /// that can close before one opens.
    fn is_possessive(&self, mark: &Mark, rest: &[Mark]) -> bool {
        mark.family == Family::Single
            && self.text[..mark.span.start as usize].ends_with(['s', 'z'])
            && self.text[mark.span.end as usize..]
                .strip_prefix(' ')
                .is_some_and(|t| t.starts_with(char::is_lowercase))
            && rest
                .iter()
                .find(|m| m.family == Family::Single)
                .is_some_and(|m| m.may_close && !m.may_open)
    }

    /// Single marks that are still open at the end of a paragraph were apostrophes, unless the
    /// next paragraph opens again.
    fn end_of_paragraph(&mut self, next: &[Mark]) {
        self.silent = 0;
        let goes_on =
            |family| next.first().is_some_and(|m| m.family == family && m.leads && m.may_open);
        while let Some(top) = self.stack.last() {
            let keep = if self.stack.len() > 1 {
                false
            } else {
                top.family != Family::Single || goes_on(Family::Single)
            };
            if keep || !self.abandon_top() {
                break;
            }
        }
    }

    /// Ends the innermost open quotation with its paragraph.
    fn abandon_top(&mut self) -> bool {
        let Some(open) = self.stack.pop() else { return false };
        let end = self.paragraphs[open.paragraph].end as usize;
        self.settle(&open, end);
        true
    }

    /// Ends the innermost open quotation at a byte of its paragraph.
    fn cut_top(&mut self, end: usize) {
        if let Some(open) = self.stack.pop() {
            self.settle(&open, end);
        }
    }

    fn settle(&mut self, open: &Open, end: usize) {
        if open.family == Family::Single {
            self.found[open.quotation] = None;
            return;
        }
        self.add_part(open.quotation, open.from.min(end), end);
        if let Some(Some(q)) = self.found.get_mut(open.quotation) {
            let last = q.inner.last().map_or(open.mark, |s| *s);
            q.outer = q.outer.cover(last);
        }
    }

    fn add_part(&mut self, quotation: usize, from: usize, to: usize) {
        let span = Span::new(from.min(to), to).trim(self.text);
        if let Some(Some(q)) = self.found.get_mut(quotation)
            && !span.is_empty()
        {
            q.inner.push(span);
        }
    }

    fn finish(mut self) -> Vec<Quotation> {
        while self.abandon_top() {}
        self.found.into_iter().flatten().filter(|q| !q.inner.is_empty()).collect()
    }
}
