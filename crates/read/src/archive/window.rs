//! The bytes of an archive that are in hand: a stretch that can be looked at again, so that after a
//! broken record reading goes on from where that record began.

use std::io::{self, BufRead, Read};

/// Bytes fetched at a time.
const STEP: usize = 256 * 1024;

/// A stretch of a stream.
pub(super) struct Window<'a> {
    bytes: Box<dyn BufRead + 'a>,
    buffer: Vec<u8>,
    start: usize,
    /// Of the first byte in hand, counted from the beginning of the file.
    offset: u64,
    ended: bool,
    /// The most bytes that were asked for since the last step was begun.
    wanted: usize,
}

impl<'a> Window<'a> {
    /// A window on `bytes`, the first of which is at `offset` of its file.
    pub(super) fn new(bytes: Box<dyn BufRead + 'a>, offset: u64) -> Self {
        Self { bytes, buffer: Vec::new(), start: 0, offset, ended: false, wanted: 0 }
    }

    /// Where the first byte in hand stands in its file.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// The bytes in hand.
    pub(super) fn hand(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// True where nothing follows what is in hand.
    pub(super) fn is_last(&self) -> bool {
        self.ended
    }

    /// Begins to count what is looked at.
    pub(super) fn begin(&mut self) {
        self.wanted = 0;
    }

    /// Bytes that were looked at since then, at most.
    pub(super) fn looked(&self) -> u64 {
        self.wanted.min(self.hand().len()) as u64
    }

    /// Takes more in hand, until there are `want` bytes or no more.
    pub(super) fn fill(&mut self, want: usize) -> io::Result<&[u8]> {
        self.wanted = self.wanted.max(want);
        if self.start > STEP && self.start * 2 > self.buffer.len() {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        while !self.ended && self.buffer.len() - self.start < want {
            let missing = want - (self.buffer.len() - self.start);
            let count = missing.max(STEP) as u64;
            let read = (&mut self.bytes).take(count).read_to_end(&mut self.buffer)?;
            self.ended = (read as u64) < count;
        }
        Ok(self.hand())
    }

    /// Lets go of the first `count` bytes, or of all in hand.
    pub(super) fn pass(&mut self, count: usize) {
        let count = count.min(self.buffer.len() - self.start);
        self.start += count;
        self.offset += count as u64;
    }

    /// Passes over `count` bytes, which need not be in hand at once, or all that are left.
    pub(super) fn skip(&mut self, mut count: usize) -> io::Result<()> {
        while count > 0 {
            let has = self.fill(count.min(STEP))?.len().min(count);
            if has == 0 {
                return Ok(());
            }
            self.pass(has);
            count -= has;
        }
        Ok(())
    }

    /// Goes on to where `pattern` begins, looking from the `from`th byte in hand on; to the end
    /// where it does not come again. Holds no more than a step in hand meanwhile.
    pub(super) fn go_to(&mut self, pattern: &[u8], from: usize) -> io::Result<()> {
        self.fill(from)?;
        self.pass(from);
        loop {
            let hand = self.fill(STEP)?;
            if let Some(at) = find(hand, pattern) {
                self.pass(at);
                return Ok(());
            }
            let keep = if self.ended { 0 } else { pattern.len() - 1 };
            self.pass(self.hand().len().saturating_sub(keep));
            if self.ended && self.hand().is_empty() {
                return Ok(());
            }
        }
    }
}

impl Read for Window<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let hand = self.fill(1)?;
        let count = hand.len().min(out.len());
        out[..count].copy_from_slice(&hand[..count]);
        self.pass(count);
        Ok(count)
    }
}

/// Where `pattern` first stands in `bytes`.
pub(super) fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    let (first, rest) = pattern.split_first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| byte == first)?;
        if bytes[at + 1..].starts_with(rest) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_found_across_steps() {
        let mut bytes = vec![b'x'; STEP - 2];
        bytes.extend_from_slice(b"WARC/1.0 and more");
        let mut window = Window::new(Box::new(io::Cursor::new(bytes)), 7);
        window.go_to(b"WARC/", 0).unwrap();
        assert!(window.hand().starts_with(b"WARC/1.0"));
        assert_eq!(window.offset(), 7 + STEP as u64 - 2);
        window.go_to(b"WARC/", 1).unwrap();
        assert!(window.hand().is_empty());
    }

    #[test]
    fn what_is_in_hand_can_be_looked_at_again() {
        let mut window = Window::new(Box::new(io::Cursor::new(b"abcdef")), 0);
        assert_eq!(window.fill(3).unwrap(), b"abcdef");
        assert!(window.is_last());
        window.pass(2);
        assert_eq!((window.hand(), window.offset()), (&b"cdef"[..], 2));
        window.pass(100);
        assert_eq!(window.offset(), 6);
    }
}
