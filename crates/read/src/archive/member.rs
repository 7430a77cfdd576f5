//! The records of an archive that are packed each by itself: gzip members, Zstandard frames.

use std::io::{self, Read};

use flate2::bufread::GzDecoder;

use super::{warc::holds_several, window::Window};
use crate::unpack::zstd::{self, Decoder, Length};

/// Bytes taken in hand before it is known how long a member is.
const FIRST: usize = 64 * 1024;
/// Unpacked bytes of a member that is passed over, after which it is taken for one without end.
const LONGEST: u64 = 1 << 30;

/// How the records are packed.
pub(super) enum Packing {
    Gzip,
    Zstd(Box<Decoder>),
}

/// What stands at the beginning of a window.
pub(super) enum Member {
    /// So many bytes, unpacked; of one that holds more than the limit, one byte more than that.
    Here(Vec<u8>, usize),
    /// So many bytes, which hold no record.
    Nothing(usize),
    /// It does not end for long: the file may be packed as a whole.
    Endless(String),
    Broken(String),
    End,
}

impl Packing {
    /// What a member begins with.
    pub(super) fn magic(&self) -> &'static [u8] {
        match self {
            Self::Gzip => &[0x1f, 0x8b, 0x08],
            Self::Zstd(_) => zstd::FRAME,
        }
    }

    /// The member at hand. `patient` is for an archive that is known to consist of records: a long
    /// one is then looked at to its end.
    pub(super) fn member(
        &mut self,
        window: &mut Window<'_>,
        limit: usize,
        patient: bool,
    ) -> io::Result<Member> {
        match self {
            Self::Gzip => gzip(window, limit, patient),
            Self::Zstd(decoder) => frame(decoder, window, limit, patient),
        }
    }
}

fn gzip(window: &mut Window<'_>, limit: usize, patient: bool) -> io::Result<Member> {
    let mut want = FIRST;
    loop {
        let hand = window.fill(want)?;
        if hand.is_empty() {
            return Ok(Member::End);
        }
        // Zeros fill the end of some archives.
        if !hand.starts_with(Packing::Gzip.magic()) {
            return Ok(Member::Broken("no gzip member begins here".to_owned()));
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
            Ok(LONGEST) => return Ok(Member::Broken("it unpacks without end".to_owned())),
            Ok(_) => {
                let length = hand.len() - decoder.into_inner().len();
                return Ok(Member::Here(record, length));
            }
            Err(error) => error,
        };
        let has = hand.len();
        let reason = format!("its gzip member cannot be unpacked: {error}");
        if error.kind() != io::ErrorKind::UnexpectedEof || window.is_last() {
            return Ok(Member::Broken(reason));
        }
        if has > limit || !patient && record.len() > limit {
            return Ok(Member::Endless(reason));
        }
        want = has.saturating_mul(2);
    }
}

fn frame(
    decoder: &mut Decoder,
    window: &mut Window<'_>,
    limit: usize,
    patient: bool,
) -> io::Result<Member> {
    let mut want = FIRST;
    let length = loop {
        let hand = window.fill(want)?;
        if hand.is_empty() {
            return Ok(Member::End);
        }
        match zstd::length(hand) {
            Length::None => {
                return Ok(Member::Broken("no Zstandard frame begins here".to_owned()));
            }
            Length::Bytes(length) if zstd::is_skippable(hand) => {
                return extension(decoder, window, length);
            }
            Length::Bytes(length) | Length::Needs(length) if length > limit => {
                let reason = "its Zstandard frame has no end".to_owned();
                // A length that is broken leads anywhere: only what is seen to hold many records does.
                let whole = !patient && holds_several(&zstd::beginning(hand));
                return Ok(if whole { Member::Endless(reason) } else { Member::Broken(reason) });
            }
            Length::Bytes(length) if length <= hand.len() => break length,
            Length::Bytes(length) => want = length,
            // Twice as much each time, so that its blocks are not walked over too often.
            Length::Needs(length) => want = length.max(hand.len().saturating_mul(2)),
        }
        if window.is_last() {
            return Ok(Member::Broken("the file ends in its Zstandard frame".to_owned()));
        }
    };
    Ok(match decoder.frame(&window.hand()[..length], limit) {
        Ok(record) => Member::Here(record, length),
        Err(error) => Member::Broken(format!("its Zstandard frame cannot be unpacked: {error}")),
    })
}

/// A frame that holds no record; it may be the archive's dictionary.
fn extension(decoder: &mut Decoder, window: &mut Window<'_>, length: usize) -> io::Result<Member> {
    if !window.hand().starts_with(zstd::DICTIONARY) {
        return Ok(Member::Nothing(length));
    }
    if length > zstd::LONGEST_DICTIONARY {
        return Ok(Member::Broken("its dictionary is too long".to_owned()));
    }
    let hand = window.fill(length)?;
    let Some(frame) = hand.get(..length) else {
        return Ok(Member::Broken("the file ends in its dictionary".to_owned()));
    };
    Ok(match decoder.learn(frame) {
        Ok(()) => Member::Nothing(length),
        Err(error) => Member::Broken(format!("its dictionary cannot be read: {error}")),
    })
}
