//! Zstandard (RFC 8878): files of frames, one frame by itself, dictionaries.
//!
//! A frame tells where it ends without being unpacked: its head and the three bytes before each of
//! its blocks hold lengths ([`length`]). So a frame that unpacks without end costs no more than its
//! own bytes and the limit.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::{
    BlockDecodingStrategy::UptoBlocks,
    Dictionary, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

/// What a frame begins with.
pub(crate) const FRAME: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// What the frame begins with that holds the dictionary of a WARC archive, before all others
/// ("Zstandard Compression for WARC Files", IIPC).
pub(crate) const DICTIONARY: &[u8] = &[0x5d, 0x2a, 0x4d, 0x18];
/// Longest dictionary, packed and unpacked: those in use have some hundred kilobytes.
pub(crate) const LONGEST_DICTIONARY: usize = 16 << 20;
/// Bytes of a file that hold its first block whatever it is: a block has at most 128 KiB.
pub(crate) const FIRST_BLOCK: u64 = (BLOCK + 64) as u64;
/// Bytes that the unpacking of a file may look back, the limit of the command `zstd`.
pub(crate) const FILE: u64 = 128 << 20;
/// The same of what a server sends (RFC 9659).
pub(crate) const ANSWER: u64 = 8 << 20;

/// Bytes of a block at most.
const BLOCK: usize = 128 * 1024;

/// Where a frame ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// After so many bytes.
    Bytes(usize),
    /// It can be told once there are so many bytes.
    Needs(usize),
    /// No frame is here.
    None,
}

/// True for a frame that holds nothing to unpack.
pub(crate) fn is_skippable(bytes: &[u8]) -> bool {
    matches!(bytes, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// How long the frame is that `bytes` begin with.
pub(crate) fn length(bytes: &[u8]) -> Length {
    if is_skippable(bytes) {
        return match bytes.get(4..8) {
            Some(&[a, b, c, d]) => Length::Bytes(8 + u32::from_le_bytes([a, b, c, d]) as usize),
            _ => Length::Needs(8),
        };
    }
    let Some(head) = head(bytes) else {
        let may = FRAME.starts_with(&bytes[..bytes.len().min(4)]);
        return if may { Length::Needs(HEAD) } else { Length::None };
    };
    let mut at = head.length;
    loop {
        match block(bytes, at) {
            Ok((end, true)) => return Length::Bytes(end + if head.checked { 4 } else { 0 }),
            Ok((end, false)) => at = end,
            Err(why) => return why,
        }
    }
}

/// Longest head of a frame.
const HEAD: usize = 18;

/// What a frame says of itself.
struct Head {
    length: usize,
    /// Four bytes follow its blocks by which it can be checked.
    checked: bool,
}

fn head(bytes: &[u8]) -> Option<Head> {
    let about = *bytes.strip_prefix(FRAME)?.first()?;
    let single = about & 0x20 != 0;
    let dictionary = [0, 1, 2, 4][usize::from(about & 3)];
    let content = match about >> 6 {
        0 => usize::from(single),
        1 => 2,
        2 => 4,
        _ => 8,
    };
    Some(Head { length: 5 + usize::from(!single) + dictionary + content, checked: about & 4 != 0 })
}

/// Where the block at `at` ends, and whether it is the last; else why that cannot be told.
fn block(bytes: &[u8], at: usize) -> Result<(usize, bool), Length> {
    let Some(&[a, b, c]) = bytes.get(at..at + 3) else { return Err(Length::Needs(at + 3)) };
    let head = u32::from_le_bytes([a, b, c, 0]);
    let size = (head >> 3) as usize;
    let is_last = head & 1 == 1;
    match (head >> 1) & 3 {
        _ if size > BLOCK => Err(Length::None),
        // One byte, repeated.
        1 => Ok((at + 4, is_last)),
        0 | 2 => Ok((at + 3 + size, is_last)),
        _ => Err(Length::None),
    }
}

/// What the first block of a file unpacks to, of whose frame the rest may be missing: the same
/// block as the only one of a frame.
pub(crate) fn beginning(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes;
    while is_skippable(bytes)
        && let Length::Bytes(length) = length(bytes)
    {
        bytes = bytes.get(length..).unwrap_or_default();
    }
    let only = || -> Option<Vec<u8>> {
        let head = head(bytes)?;
        let (end, _) = block(bytes, head.length).ok()?;
        let mut only = bytes.get(..end)?.to_vec();
        only[4] &= !4;
        only[head.length] |= 1;
        Some(only)
    };
    let unpack = |only: Vec<u8>| Decoder::new().frame(&only, BLOCK).ok();
    only().and_then(unpack).unwrap_or_default()
}

/// Unpacks frames by themselves, with the dictionary that was given.
pub(crate) struct Decoder(FrameDecoder);

impl Decoder {
    pub(crate) fn new() -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(FILE);
        Self(decoder)
    }

    /// Takes the dictionary in that the frame `bytes` holds, packed or not.
    pub(crate) fn learn(&mut self, bytes: &[u8]) -> io::Result<()> {
        let inside = bytes.get(8..).unwrap_or_default();
        let unpacked;
        let dictionary = if inside.starts_with(FRAME) {
            unpacked = Self::new().frame(inside, LONGEST_DICTIONARY)?;
            &unpacked
        } else {
            inside
        };
        let dictionary = Dictionary::decode_dict(dictionary).map_err(io::Error::other)?;
        self.0.add_dict(dictionary).map_err(io::Error::other)
    }

    /// What the frame `bytes` holds; of one that holds more than `limit` bytes, one more than these.
    pub(crate) fn frame(&mut self, bytes: &[u8], limit: usize) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        let mut rest = bytes;
        self.0.reset(&mut rest).map_err(reason)?;
        let mut open = Open { decoder: &mut self.0, source: rest };
        (&mut open).take(limit as u64 + 1).read_to_end(&mut out)?;
        Ok(out)
    }
}

/// A frame whose head was read.
struct Open<'a, R> {
    decoder: &'a mut FrameDecoder,
    source: R,
}

impl<R: Read> Read for Open<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            self.decoder.decode_blocks(&mut self.source, UptoBlocks(1)).map_err(reason)?;
        }
        let read = self.decoder.read(out)?;
        if read == 0
            && !out.is_empty()
            && let Some(sum) = self.decoder.get_checksum_from_data()
            && self.decoder.get_calculated_checksum() != Some(sum)
        {
            return Err(io::Error::other("its checksum is another"));
        }
        Ok(read)
    }
}

/// What a stream of frames holds.
pub(crate) struct Frames<R> {
    source: R,
    decoder: Decoder,
    open: bool,
}

impl<R: BufRead> Frames<R> {
    /// The frames of `source`, none of which may look back further than `window` bytes.
    pub(crate) fn new(source: R, window: u64) -> Self {
        let mut decoder = Decoder::new();
        decoder.0.set_max_window_size(window);
        Self { source, decoder, open: false }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.open {
                let read =
                    Open { decoder: &mut self.decoder.0, source: &mut self.source }.read(out)?;
                if read > 0 || out.is_empty() {
                    return Ok(read);
                }
                self.open = false;
            }
            if self.source.fill_buf()?.is_empty() {
                return Ok(0);
            }
            match self.decoder.0.reset(&mut self.source) {
                Ok(()) => self.open = true,
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    magic_number,
                    length,
                })) => {
                    let mut frame = (&mut self.source).take(length.into());
                    if magic_number.to_le_bytes() == DICTIONARY
                        && length as usize <= LONGEST_DICTIONARY
                    {
                        let mut bytes = vec![0; 8];
                        frame.read_to_end(&mut bytes)?;
                        self.decoder.learn(&bytes)?;
                    } else {
                        io::copy(&mut frame, &mut io::sink())?;
                    }
                }
                Err(error) => return Err(reason(error)),
            }
        }
    }
}

/// The sentence of an error. One that stands for the end of the bytes is told as that.
fn reason(error: FrameDecoderError) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(here) = cause {
        let ended = here
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof);
        if ended {
            return io::Error::new(io::ErrorKind::UnexpectedEof, "it ends too early");
        }
        cause = here.source();
    }
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn text(lines: usize) -> Vec<u8> {
        (0..lines)
            .flat_map(|n| format!("Gate {n} of the dam in week {}.\n", n * 7).into_bytes())
            .collect()
    }

    #[test]
    fn a_frame_tells_its_length() {
        for lines in [0, 1, 30_000] {
            let frame = packed(&text(lines));
            let two = [frame.clone(), frame.clone()].concat();
            assert_eq!(length(&two), Length::Bytes(frame.len()), "{lines}");
            // However much of it is there, it is never taken for no frame.
            let mut has = 0;
            while has < frame.len() {
                match length(&frame[..has]) {
                    Length::Needs(more) => {
                        assert!(more > has);
                        has = more;
                    }
                    Length::Bytes(end) => {
                        assert_eq!(end, frame.len());
                        break;
                    }
                    Length::None => panic!("{has} of {}", frame.len()),
                }
            }
        }
        assert_eq!(length(b"WARC/1.0"), Length::None);
        assert_eq!(length(&[0x51, 0x2a, 0x4d, 0x18, 2, 1, 0, 0]), Length::Bytes(8 + 258));
        // A block of a kind that there is not.
        assert_eq!(length(&[0x28, 0xb5, 0x2f, 0xfd, 0, 0, 7, 0, 0]), Length::None);
    }

    #[test]
    fn frames_follow_one_another() {
        let note = [0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, b'a', b'b', b'c'];
        let (one, two) = (text(30_000), text(3));
        let bytes = [packed(&one), note.to_vec(), packed(&two)].concat();
        let mut out = Vec::new();
        Frames::new(bytes.as_slice(), FILE).read_to_end(&mut out).unwrap();
        assert!(out == [one.clone(), two].concat());
        let cut = Frames::new(&bytes[..1000], FILE).read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(cut.kind(), io::ErrorKind::UnexpectedEof);
        assert!(one.starts_with(&beginning(&bytes[..bytes.len() - 100])[..500]));
        assert!(beginning(b"").is_empty() && beginning(&bytes[..20]).is_empty());
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        // So few letters are kept as they are: nothing but the sum can tell.
        let mut bytes = packed(b"The dam.");
        let at = bytes.windows(3).position(|part| part == b"dam").unwrap();
        bytes[at] = b'h';
        let error = Decoder::new().frame(&bytes, 100).unwrap_err();
        assert!(error.to_string().contains("checksum"), "{error}");
    }

    #[test]
    fn no_more_is_unpacked_than_the_limit() {
        let bytes = packed(&vec![b'a'; 40 << 20]);
        assert!(bytes.len() < 10_000);
        assert_eq!(Decoder::new().frame(&bytes, 1000).unwrap().len(), 1001);
        // A window of 128 MiB for what a server sent.
        let wide = [0x28, 0xb5, 0x2f, 0xfd, 0, 17 << 3, 1, 0, 0];
        assert!(Frames::new(&wide[..], ANSWER).read_to_end(&mut Vec::new()).is_err());
        assert!(Frames::new(&wide[..], FILE).read_to_end(&mut Vec::new()).is_ok());
    }
}
