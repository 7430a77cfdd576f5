//! Gzipped files, unpacked as they are read.

use std::{
    cell::Cell,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use flate2::read::MultiGzDecoder;

/// Unpacked bytes below which nothing is suspicious.
const INNOCENT: u64 = 64 << 20;
/// Unpacked bytes for each packed one above which a file was made to fill the disk: text reaches
/// ten, tables of numbers a hundred, and the format ends at 1,032.
const RATIO: u64 = 300;

/// True for the beginning of a gzip file.
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b, 0x08])
}

/// The first bytes of what `head`, the beginning of a gzip file, unpacks to.
pub(crate) fn beginning(head: &[u8]) -> Vec<u8> {
    let mut out = vec![0; 512];
    let mut decoder = MultiGzDecoder::new(head);
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

/// What a gzip file holds. Reading fails where it unpacks to far more than any document would.
pub(crate) fn unpacked<'a>(bytes: Box<dyn BufRead + 'a>) -> impl BufRead + 'a {
    let packed = Rc::new(Cell::new(0));
    let counted = Counted { bytes, count: Rc::clone(&packed) };
    BufReader::new(Watched { decoder: MultiGzDecoder::new(counted), packed, unpacked: 0 })
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
    decoder: MultiGzDecoder<Counted<'a>>,
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
