//! WARC archives, plain or packed record by record (gzip: CC-NEWS, wget, Heritrix; Zstandard: the
//! Archive Team): their pages.
//!
//! Records stand for themselves: one that is broken is passed over with its place, and reading goes
//! on at the next that begins. Whether it was the record's content or its length that was broken is
//! told by whether another record begins where it ends; if none does, the next is looked for from
//! this one's head on, so that no record is lost with a broken neighbour.

use std::io::{self, BufReader};

use super::{
    http,
    member::{Member, Packing},
    window::{Window, find},
};
use crate::{
    input::TakenUp,
    unpack::{self, zstd},
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
    /// Bytes of broken records that were looked at.
    broken: u64,
    ended: bool,
}

/// Longest head of a record, in bytes.
const HEAD: usize = 64 * 1024;
/// Bytes of broken records that are looked at, and for each byte of the file: a file whose every
/// byte begins a long broken record must not take a time that grows with the square of its length.
const BROKEN: u64 = 1 << 32;
const BROKEN_A_BYTE: u64 = 64;

/// How the file is packed.
enum Packed {
    No,
    Records(Packing),
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
    /// The pages of the archive from some place on. A record longer than `limit` bytes is passed over.
    pub(crate) fn new(bytes: Box<dyn io::BufRead + 'a>, from: TakenUp, limit: u64) -> Self {
        let TakenUp { offset, packing, dictionary } = from;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX / 4);
        let window = Window::new(bytes, offset);
        let packed = match packing {
            None => Packed::No,
            Some(unpack::Packing::Gzip) => Packed::Records(Packing::Gzip),
            Some(unpack::Packing::Zstd) => {
                let mut decoder = zstd::Decoder::new();
                if !dictionary.is_empty() {
                    // One that cannot be read was told when the file was begun; frames that need it
                    // say so.
                    let _ = decoder.learn(&dictionary);
                }
                Packed::Records(Packing::Zstd(Box::new(decoder)))
            }
        };
        // A place in the middle was given for the records of an archive.
        Self { window, packed, begun: offset > 0, limit, broken: 0, ended: false }
    }

    /// Where the next record begins; nothing where reading cannot be taken up there.
    pub(crate) fn place(&self) -> Option<u64> {
        (!matches!(self.packed, Packed::File)).then(|| self.window.offset())
    }

    fn step(&mut self) -> io::Result<Option<Result<Page, Broken>>> {
        loop {
            self.window.begin();
            let found = self.found()?;
            let at = self.window.offset();
            let (record, length) = match found {
                Found::End => return Ok(None),
                Found::TooLong(length) => {
                    self.window.skip(length)?;
                    return Ok(Some(Err(Broken::TooLong(at))));
                }
                Found::Broken(reason) => {
                    self.go_on(at)?;
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

    /// Goes to where a record may begin, after the broken one at `at`.
    fn go_on(&mut self, at: u64) -> io::Result<()> {
        self.broken += self.window.looked();
        if self.broken > BROKEN.saturating_add(at.saturating_mul(BROKEN_A_BYTE)) {
            return Err(io::Error::other("so much of it is broken that reading it was given up"));
        }
        match &self.packed {
            Packed::Records(packing) => self.window.go_to(packing.magic(), 1),
            Packed::No | Packed::File => {
                self.window.go_to(b"\nWARC/", 0)?;
                self.window.pass(1);
                Ok(())
            }
        }
    }

    /// The record at hand.
    fn found(&mut self) -> io::Result<Found> {
        let limit = self.limit.saturating_add(HEAD);
        loop {
            let Packed::Records(packing) = &mut self.packed else { return self.plain() };
            return match packing.member(&mut self.window, limit, self.begun)? {
                Member::End => Ok(Found::End),
                Member::Nothing(length) => {
                    self.window.skip(length)?;
                    continue;
                }
                Member::Endless(_) if !self.begun => self.unpack_all(),
                Member::Broken(reason) | Member::Endless(reason) => Ok(Found::Broken(reason)),
                Member::Here(record, _) if !record.starts_with(b"WARC/") => {
                    Ok(Found::Broken("no WARC record is packed here".to_owned()))
                }
                Member::Here(record, _) if !self.begun && holds_several(&record) => {
                    self.unpack_all()
                }
                Member::Here(record, length) if record.len() > limit => {
                    drop(record);
                    Ok(Found::TooLong(length))
                }
                Member::Here(record, length) => Ok(Found::Record(record, length)),
            };
        }
    }

    /// A file that was packed as a whole: from here on its unpacked bytes are read.
    fn unpack_all(&mut self) -> io::Result<Found> {
        let empty: Window<'a> = Window::new(Box::new(io::empty()), 0);
        let packing = match self.packed {
            Packed::Records(Packing::Zstd(_)) => unpack::Packing::Zstd,
            _ => unpack::Packing::Gzip,
        };
        let packed = std::mem::replace(&mut self.window, empty);
        let bytes = unpack::unpacked(packing, Box::new(BufReader::new(packed)));
        self.window = Window::new(bytes, 0);
        self.packed = Packed::File;
        self.plain()
    }

    /// The record at hand in a file that is not packed by records.
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

/// True where another record follows the one that `bytes` begin with.
pub(super) fn holds_several(bytes: &[u8]) -> bool {
    record_length(bytes).is_some_and(|length| length + 4 < bytes.len())
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
    // A crawler's own notes: names looked up (`dns:`, `whois:`), how it was called (`metadata:`).
    let own = field(head, "WARC-Target-URI").is_some_and(|uri| {
        let uri = uri.trim_start_matches('<');
        ["dns:", "whois:", "metadata:", "warcinfo:"].iter().any(|scheme| {
            uri.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme))
        })
    });
    if own {
        return Ok(None);
    }
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
