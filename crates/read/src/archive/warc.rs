//! WARC archives, plain or gzipped record by record (CC-NEWS, wget, Heritrix): their pages.
//!
//! Records stand for themselves: one that is broken is passed over with its place, and reading goes
//! on at the next that begins. Whether it was the record's content or its length that was broken is
//! told by whether another record begins where it ends; if none does, the next is looked for from
//! this one's head on, so that no record is lost with a broken neighbour.

use std::io::{self, BufReader, Read};

use flate2::bufread::{GzDecoder, MultiGzDecoder};

use super::{
    http,
    window::{Window, find},
};

/// A page of an archive.
#[derive(Debug, PartialEq)]
pub(crate) struct Page {
    /// Where its record begins in the file.
    pub(crate) at: u64,
    /// Its address.
    pub(crate) url: Option<String>,
    /// What it is.
    pub(crate) content: Content,
    /// The encoding that its server named.
    pub(crate) charset: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// What a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Html,
    Text,
}

/// Why a record gave nothing.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The record at this byte, and what is wrong with it.
    Record(u64, String),
    /// The record at this byte is longer than the limit.
    TooLong(u64),
    /// The file could not be read on.
    File(io::Error),
}

/// The pages of an archive, in its order.
pub(crate) struct Pages<'a> {
    window: Window<'a>,
    packed: Packed,
    /// True once a record was read: then the kind of file is known.
    begun: bool,
    limit: usize,
    ended: bool,
}

/// Longest head of a record, in bytes.
const HEAD: usize = 64 * 1024;
/// Unpacked bytes of a record that is passed over, after which it is taken for one without end.
const LONGEST: u64 = 1 << 30;
const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];

/// How the file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packed {
    No,
    Records,
    /// As a whole: offsets are of the unpacked bytes.
    File,
}

/// What the window holds.
enum Found {
    /// A record of so many bytes of the file, unpacked.
    Record(Vec<u8>, usize),
    TooLong(usize),
    Broken(String),
    End,
}

impl<'a> Pages<'a> {
    /// The pages of the archive whose byte at `offset` is the first of `bytes`. A record longer
    /// than `limit` bytes is passed over.
    pub(crate) fn new(
        bytes: Box<dyn io::BufRead + 'a>,
        offset: u64,
        gzipped: bool,
        limit: u64,
    ) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX / 4);
        let window = Window::new(bytes, offset);
        let packed = if gzipped { Packed::Records } else { Packed::No };
        Self { window, packed, begun: false, limit, ended: false }
    }

    /// Where the next record begins; nothing where reading cannot be taken up there.
    pub(crate) fn place(&self) -> Option<u64> {
        (self.packed != Packed::File).then(|| self.window.offset())
    }

    fn step(&mut self) -> io::Result<Option<Result<Page, Broken>>> {
        loop {
            let found = if self.packed == Packed::Records { self.member()? } else { self.plain()? };
            let at = self.window.offset();
            let (record, length) = match found {
                Found::End => return Ok(None),
                Found::TooLong(length) => {
                    self.window.pass(length);
                    return Ok(Some(Err(Broken::TooLong(at))));
                }
                Found::Broken(reason) => {
                    if self.packed == Packed::Records {
                        self.window.go_to(GZIP, 1)?;
                    } else {
                        self.window.go_to(b"\nWARC/", 0)?;
                        self.window.pass(1);
                    }
                    return Ok(Some(Err(Broken::Record(at, reason))));
                }
                Found::Record(record, length) => (record, length),
            };
            self.begun = true;
            self.window.pass(length);
            match page(&record, at, self.limit) {
                Ok(Some(page)) => return Ok(Some(Ok(page))),
                Ok(None) => {}
                Err(reason) => return Ok(Some(Err(Broken::Record(at, reason)))),
            }
        }
    }

    /// The record in the gzip member at hand.
    fn member(&mut self) -> io::Result<Found> {
        let limit = self.limit.saturating_add(HEAD);
        let mut want = HEAD;
        loop {
            let hand = self.window.fill(want)?;
            if hand.is_empty() {
                return Ok(Found::End);
            }
            // Zeros fill the end of some archives.
            if !hand.starts_with(GZIP) {
                return Ok(Found::Broken("no gzip member begins here".to_owned()));
            }
            let mut decoder = GzDecoder::new(hand);
            let mut record = Vec::new();
            let result = (&mut decoder)
                .take(limit as u64 + 1)
                .read_to_end(&mut record)
                // The rest of a record that is too long is unpacked too, to know where it ends; not
                // without end.
                .and_then(|_| io::copy(&mut (&mut decoder).take(LONGEST), &mut io::sink()));
            let error = match result {
                Ok(more) => {
                    let length = hand.len() - decoder.into_inner().len();
                    if more == LONGEST {
                        return Ok(Found::Broken("it unpacks without end".to_owned()));
                    }
                    if !record.starts_with(b"WARC/") {
                        return Ok(Found::Broken("no WARC record is in this member".to_owned()));
                    }
                    let whole = more == 0 && record.len() <= limit;
                    if !self.begun && record_length(&record).is_some_and(|l| l + 4 < record.len()) {
                        return self.unpack_all();
                    }
                    return Ok(if whole {
                        Found::Record(record, length)
                    } else {
                        Found::TooLong(length)
                    });
                }
                Err(error) => error,
            };
            let has = hand.len();
            let cut = error.kind() == io::ErrorKind::UnexpectedEof && !self.window.is_last();
            if cut && !self.begun && record.len() > limit {
                return self.unpack_all();
            }
            if !cut || has > limit {
                return Ok(Found::Broken(format!("its gzip member cannot be unpacked: {error}")));
            }
            want = has.saturating_mul(2);
        }
    }

    /// A file that was gzipped as a whole: from here on its unpacked bytes are read.
    fn unpack_all(&mut self) -> io::Result<Found> {
        let empty: Window<'a> = Window::new(Box::new(io::empty()), 0);
        let packed = std::mem::replace(&mut self.window, empty);
        let bytes = BufReader::new(MultiGzDecoder::new(BufReader::new(packed)));
        self.window = Window::new(Box::new(bytes), 0);
        self.packed = Packed::File;
        self.plain()
    }

    /// The record at hand in a file that is not gzipped.
    fn plain(&mut self) -> io::Result<Found> {
        loop {
            let hand = self.window.fill(HEAD)?;
            let blank = hand.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if blank == 0 {
                break;
            }
            self.window.pass(blank);
        }
        let hand = self.window.hand();
        if hand.is_empty() {
            return Ok(Found::End);
        }
        if !hand.starts_with(b"WARC/") {
            return Ok(Found::Broken("no record begins here".to_owned()));
        }
        let Some(length) = record_length(&hand[..hand.len().min(HEAD)]) else {
            return Ok(Found::Broken("its head has no length".to_owned()));
        };
        // The length may be what is broken: such a record is passed over by looking for the next.
        if length > self.limit.saturating_add(HEAD) {
            return Ok(Found::Broken(format!("it is said to be of {length} bytes")));
        }
        self.window.fill(length + 16)?;
        let hand = self.window.hand();
        let Some(record) = hand.get(..length) else {
            return Ok(Found::Broken("the file ends in it".to_owned()));
        };
        // The mark of a record's end, or the next record; a length that is wrong meets neither.
        let after = &hand[length..];
        let begins = after.trim_ascii_start().starts_with(b"WARC/");
        let ends = after.is_empty() || after.starts_with(b"\r\n\r\n") || after.starts_with(b"\n\n");
        if !begins && !ends {
            return Ok(Found::Broken("it does not end where it says".to_owned()));
        }
        Ok(Found::Record(record.to_vec(), length))
    }
}

impl Iterator for Pages<'_> {
    type Item = Result<Page, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.step().unwrap_or_else(|error| Some(Err(Broken::File(error))));
        self.ended = matches!(next, None | Some(Err(Broken::File(_))));
        next
    }
}

/// Where the head of a record or of an answer ends, blank line and all.
pub(super) fn head_end(bytes: &[u8]) -> Option<usize> {
    let windows = find(bytes, b"\r\n\r\n").map(|at| at + 4);
    let unix = find(bytes, b"\n\n").map(|at| at + 2);
    windows.into_iter().chain(unix).min()
}

/// The value of a field in a head.
pub(super) fn field(head: &[u8], name: &str) -> Option<String> {
    head.split(|byte| *byte == b'\n').skip(1).find_map(|line| {
        let at = line.iter().position(|byte| *byte == b':')?;
        let known = line[..at].trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        known.then(|| String::from_utf8_lossy(line[at + 1..].trim_ascii()).into_owned())
    })
}

/// The length of the record that `bytes` begin with, head and all.
fn record_length(bytes: &[u8]) -> Option<usize> {
    let head = head_end(bytes)?;
    let length: usize = field(&bytes[..head], "Content-Length")?.parse().ok()?;
    head.checked_add(length)
}

/// The page in a record; nothing where it is a record of another sort (requests, pictures).
fn page(record: &[u8], at: u64, limit: usize) -> Result<Option<Page>, String> {
    let end = head_end(record).ok_or("its head does not end")?;
    let length = record_length(record).ok_or("its head has no length")?;
    let (head, block) = (&record[..end], record.get(end..length).ok_or("it is cut off")?);
    let kind = field(head, "WARC-Type").unwrap_or_default();
    let url = field(head, "WARC-Target-URI")
        .map(|url| url.trim_matches(['<', '>']).to_owned())
        .filter(|url| url.starts_with("http"));
    let (kind, charset, bytes) = match kind.as_str() {
        "response" => match http::answer(block, limit)? {
            Some(answer) => answer,
            None => return Ok(None),
        },
        "resource" | "conversion" => {
            let kind = field(head, "Content-Type").unwrap_or_default();
            let charset = http::charset(&kind);
            (kind, charset, block.to_vec())
        }
        _ => return Ok(None),
    };
    let content = match http::essence(&kind).as_str() {
        "text/html" | "application/xhtml+xml" => Content::Html,
        "text/plain" => Content::Text,
        _ => return Ok(None),
    };
    Ok(Some(Page { at, url, content, charset, bytes }))
}
