//! ZIP archives (and WACZ, which are such), read from front to back, so that one from a pipe is read
//! like one from a file.

use std::io::{self, Read};

use flate2::bufread::DeflateDecoder;

use super::window::Window;

/// A file of an archive.
#[derive(Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Why a file gave nothing: its name, and what is wrong with it.
#[derive(Debug)]
pub(crate) enum Broken {
    Entry(String, String),
    /// The archive could not be read on.
    File(io::Error),
}

/// The files of an archive, in its order.
pub(crate) struct Entries<'a> {
    window: Window<'a>,
    limit: usize,
    wanted: fn(&str) -> bool,
    /// Files whose names were not wanted.
    passed: usize,
    ended: bool,
}

const LOCAL: &[u8] = b"PK\x03\x04";
const HEAD: usize = 30;

impl<'a> Entries<'a> {
    /// The files whose names are `wanted`. One longer than `limit` bytes is broken.
    pub(crate) fn new(
        bytes: Box<dyn io::BufRead + 'a>,
        limit: u64,
        wanted: fn(&str) -> bool,
    ) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX / 4);
        Self { window: Window::new(bytes, 0), limit, wanted, passed: 0, ended: false }
    }

    /// How many files were passed over for their names so far; folders are none.
    pub(crate) fn passed_over(&self) -> usize {
        self.passed
    }

    fn step(&mut self) -> io::Result<Option<Result<Entry, Broken>>> {
        loop {
            let hand = self.window.fill(HEAD)?;
            // The list of contents follows the last file.
            if !hand.starts_with(LOCAL) || hand.len() < HEAD {
                return Ok(None);
            }
            let two = |at: usize| usize::from(u16::from_le_bytes([hand[at], hand[at + 1]]));
            let four = |at: usize| two(at) | two(at + 2) << 16;
            let (flags, method, packed, size) = (two(6), two(8), four(18), four(22));
            let (name, head) = (two(26), HEAD + two(26) + two(28));
            let hand = self.window.fill(head)?;
            let Some(name) = hand.get(HEAD..HEAD + name) else { return Ok(None) };
            let name = String::from_utf8_lossy(name).into_owned();
            // Bit 3: the lengths stand after the file.
            let streamed = flags & 8 != 0;
            let broken = |reason: &str| Broken::Entry(name.clone(), reason.to_owned());
            let is_folder = name.ends_with('/');
            let wanted = (self.wanted)(&name) && !is_folder;
            self.passed += usize::from(!wanted && !is_folder);
            let problem = if flags & 1 != 0 {
                Some("it is encrypted")
            } else if !matches!(method, 0 | 8) {
                Some("it is packed in a way that is not read")
            } else if method == 0 && (streamed || packed == 0xffff_ffff) {
                Some("its length is not given")
            } else if packed > self.limit && packed != 0xffff_ffff || size > self.limit && !streamed
            {
                Some("it is longer than the limit")
            } else {
                None
            };
            if problem.is_some() || !wanted && !streamed {
                // Also where it is passed over: only its length tells where the next begins.
                let skip = if streamed || packed == 0xffff_ffff { HEAD } else { head + packed };
                self.window.skip(skip)?;
                self.seek_next()?;
                if wanted && let Some(problem) = problem {
                    return Ok(Some(Err(broken(problem))));
                }
                continue;
            }
            if method == 0 {
                let hand = self.window.fill(head + packed)?;
                let Some(bytes) = hand.get(head..head + packed).map(<[u8]>::to_vec) else {
                    self.window.pass(usize::MAX);
                    return Ok(Some(Err(broken("the archive ends in it"))));
                };
                self.window.pass(head + packed);
                return Ok(Some(Ok(Entry { name, bytes })));
            }
            match self.inflated(head)? {
                Ok((bytes, length)) => {
                    self.window.pass(head + length);
                    // What may stand between the files are the lengths of a streamed one.
                    self.seek_next()?;
                    if wanted {
                        return Ok(Some(Ok(Entry { name, bytes })));
                    }
                }
                Err(reason) => {
                    self.window.pass(HEAD);
                    self.seek_next()?;
                    if wanted {
                        return Ok(Some(Err(broken(&reason))));
                    }
                }
            }
        }
    }

    /// The unpacked file after its head, and its packed length.
    fn inflated(&mut self, head: usize) -> io::Result<Result<(Vec<u8>, usize), String>> {
        let mut want = head + 64 * 1024;
        loop {
            let hand = self.window.fill(want)?;
            let packed = hand.get(head..).unwrap_or_default();
            let mut decoder = DeflateDecoder::new(packed);
            let mut bytes = Vec::new();
            let read = (&mut decoder).take(self.limit as u64 + 1).read_to_end(&mut bytes);
            if bytes.len() > self.limit {
                return Ok(Err("it unpacks to more than the limit".to_owned()));
            }
            match read {
                Ok(_) => return Ok(Ok((bytes, packed.len() - decoder.into_inner().len()))),
                Err(error) => {
                    let has = hand.len();
                    if error.kind() != io::ErrorKind::UnexpectedEof || self.window.is_last() {
                        return Ok(Err(format!("it cannot be unpacked: {error}")));
                    }
                    want = has.saturating_mul(2);
                }
            }
        }
    }

    /// Goes to where the next file begins, unless the list of contents is at hand.
    fn seek_next(&mut self) -> io::Result<()> {
        let hand = self.window.fill(HEAD)?;
        if hand.starts_with(LOCAL) || hand.starts_with(b"PK\x01\x02") {
            return Ok(());
        }
        self.window.go_to(LOCAL, 0)
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.step().unwrap_or_else(|error| Some(Err(Broken::File(error))));
        self.ended = matches!(next, None | Some(Err(Broken::File(_))));
        next
    }
}
