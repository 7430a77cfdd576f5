//! Packed files (gzip, Zstandard), unpacked as they are read.

#[cfg(feature = "brotli")]
pub(crate) mod brotli;
pub(crate) mod zstd;

use std::{
    cell::Cell,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use flate2::read::MultiGzDecoder;

/// Unpacked bytes below which nothing is suspicious.
const INNOCENT: u64 = 64 << 20;
/// Unpacked bytes for each packed one above which a file was made to fill the disk: text reaches
/// ten, tables of numbers a hundred, and gzip ends at 1,032.
const RATIO: u64 = 300;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// The packing that the first bytes of a file show.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        if is_gzip(head) {
            Some(Self::Gzip)
        } else if head.starts_with(zstd::FRAME) || zstd::is_skippable(head) {
            Some(Self::Zstd)
        } else {
            None
        }
    }

    /// The packing that the ending of a file's name promises.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        [("gz", Self::Gzip), ("zst", Self::Zstd)]
            .into_iter()
            .find_map(|(known, packing)| ending.eq_ignore_ascii_case(known).then_some(packing))
    }
}

/// True for the beginning of a gzip file.
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b, 0x08])
}

/// The first bytes of what `head`, the beginning of a packed file, unpacks to.
pub(crate) fn beginning(packing: Packing, head: &[u8]) -> Vec<u8> {
    let mut out = vec![0; 512];
    let mut decoder: Box<dyn Read> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(head)),
        Packing::Zstd => Box::new(io::Cursor::new(zstd::beginning(head))),
    };
    let mut length = 0;
    // The head is cut off somewhere: what came out before that counts.
    while let Ok(read) = decoder.read(&mut out[length..]) {
        length += read;
        if read == 0 || length == out.len() {
            break;
        }
    }
    out.truncate(length);
    out
}

/// What a packed file holds. Reading fails where it unpacks to far more than any document would.
pub(crate) fn unpacked<'a>(
    packing: Packing,
    bytes: Box<dyn BufRead + 'a>,
) -> Box<dyn BufRead + 'a> {
    let packed = Rc::new(Cell::new(0));
    let counted = BufReader::new(Counted { bytes, count: Rc::clone(&packed) });
    let decoder: Box<dyn Read + 'a> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(counted)),
        Packing::Zstd => Box::new(zstd::Frames::new(counted, zstd::FILE)),
    };
    Box::new(BufReader::new(Watched { decoder, packed, unpacked: 0 }))
}

struct Counted<'a> {
    bytes: Box<dyn BufRead + 'a>,
    count: Rc<Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(out)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

struct Watched<'a> {
    decoder: Box<dyn Read + 'a>,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
}

impl Read for Watched<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(out)?;
        self.unpacked += read as u64;
        if self.unpacked > INNOCENT && self.unpacked > self.packed.get().saturating_mul(RATIO) {
            return Err(io::Error::other("it unpacks to far more than a document"));
        }
        Ok(read)
    }
}
