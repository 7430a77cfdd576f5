//! Which quotation a byte stands in.

use std::collections::VecDeque;

use crate::Quotation;
use crate::steps::step;

/// Which quotation holds a byte, asked with growing bytes.
pub(super) struct Quoted<'a> {
    quotations: &'a [Quotation],
    /// Quotations that have begun, as indices, each of which ends after those before it.
    open: VecDeque<usize>,
    next: usize,
}

impl<'a> Quoted<'a> {
    pub(super) fn new(quotations: &'a [Quotation]) -> Self {
        Self { quotations, open: VecDeque::new(), next: 0 }
    }

    /// The outermost quotation that holds `byte`: one inside another is told by the same person.
    pub(super) fn at(&mut self, byte: u32) -> Option<usize> {
        let end = |q: usize| self.quotations[q].outer.end;
        while self.quotations.get(self.next).is_some_and(|q| q.outer.start <= byte) {
            step();
            if self.open.back().is_none_or(|q| end(*q) < end(self.next)) {
                self.open.push_back(self.next);
            }
            self.next += 1;
        }
        while self.open.front().is_some_and(|q| end(*q) <= byte) {
            self.open.pop_front();
        }
        self.open.front().copied()
    }
}
