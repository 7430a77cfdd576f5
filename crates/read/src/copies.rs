//! Which articles are copies of one another: reprints of a wire story, cut, with another headline,
//! with a paragraph of the reprinting outlet's own.
//!
//! A text is a set of *shingles*, runs of [`RUN`] words. Two texts are copies where one holds most of
//! the other's: **containment** and not likeness, since a reprint is often a third of the story. Of
//! the shingles only those whose hash ends in [`BITS`] zero bits are kept, in every text the same
//! ones, so that the share of those is an estimate of the share of all (Broder 1997, "mod m").
//! Exact copies need none of this: they have one id.
//!
//! Pure: no clock, no randomness; the same articles in the same order give the same answer. Memory
//! is some 100 bytes for each kilobyte of text.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasherDefault, Hasher},
};

/// Words of a shingle: short enough that a changed word spoils few, long enough that common phrases
/// of news ("declined to comment on the matter") make few.
const RUN: usize = 5;
/// One shingle in eight is kept.
const BITS: u32 = 3;
/// Kept shingles that a text must have to be told a copy: some 60 words.
const FEWEST: usize = 8;
/// Share of the shorter text's shingles that stand in the longer one. Reprints cut to a third and
/// with a new first paragraph keep more than this; two stories that share two background paragraphs
/// of ten keep less.
const CONTAINED: f32 = 0.5;
/// A shingle of more texts than this is a phrase of the trade (a disclaimer, a standing line) and
/// tells nothing.
const COMMON: usize = 200;

/// A text that is known from before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copy {
    /// Its number, counted from 0 in the order of [`Copies::add`].
    pub of: usize,
    /// Share of the shorter text that stands in the other, 0 to 1, as estimated.
    pub contained: f32,
}

/// The texts seen so far.
#[derive(Debug, Default)]
pub struct Copies {
    /// The first text with each shingle. Only looked up, never walked through.
    first: Table<u32>,
    /// The others. Most shingles have none.
    others: Table<Vec<u32>>,
    /// Kept shingles of each text.
    lengths: Vec<u32>,
}

impl Copies {
    /// Takes a text in and says of which earlier one it is a copy: the one that shares most, and of
    /// equals the first.
    pub fn add(&mut self, text: &str) -> Option<Copy> {
        let shingles = shingles(text);
        let number = self.lengths.len() as u32;
        let mut shared: Vec<u32> = Vec::new();
        for shingle in &shingles {
            match self.first.entry(*shingle) {
                Entry::Vacant(entry) => {
                    entry.insert(number);
                }
                Entry::Occupied(entry) => {
                    let others = self.others.entry(*shingle).or_default();
                    if others.len() < COMMON {
                        shared.push(*entry.get());
                        shared.extend_from_slice(others);
                        others.push(number);
                    }
                }
            }
        }
        shared.sort_unstable();
        self.lengths.push(shingles.len() as u32);
        let mut best: Option<Copy> = None;
        for run in shared.chunk_by(|a, b| a == b) {
            let (of, shared) = (run[0] as usize, run.len());
            let length = self.lengths.get(of).copied().unwrap_or(0) as usize;
            let shorter = length.min(shingles.len());
            let contained = shared as f32 / shorter.max(1) as f32;
            if shorter >= FEWEST
                && contained >= CONTAINED
                && best.is_none_or(|best| contained > best.contained)
            {
                best = Some(Copy { of, contained });
            }
        }
        best
    }
}

/// The kept shingles of a text, in order, each once.
fn shingles(text: &str) -> Vec<u64> {
    let mut run = [0_u64; RUN];
    let mut kept = Vec::with_capacity(text.len() >> (BITS + 2));
    let mut count = 0;
    words(text, |word| {
        run.rotate_left(1);
        run[RUN - 1] = word;
        count += 1;
        if count >= RUN {
            let shingle = run.iter().fold(SEED, |hash, word| mixed(hash.rotate_left(7) ^ word));
            if shingle.trailing_zeros() >= BITS {
                kept.push(shingle);
            }
        }
    });
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// Any odd number does.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// The words of a text, each as the FNV-1a hash of its small letters.
fn words(text: &str, mut each: impl FnMut(u64)) {
    const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut hash = EMPTY;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            hash = step(hash, (c as u8).to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            let mut bytes = [0; 4];
            for c in c.to_lowercase() {
                hash = c.encode_utf8(&mut bytes).bytes().fold(hash, step);
            }
        } else if hash != EMPTY {
            each(hash);
            hash = EMPTY;
        }
    }
    if hash != EMPTY {
        each(hash);
    }
}

/// A table by shingle. Shingles are hashes already.
type Table<T> = HashMap<u64, T, BuildHasherDefault<Shingle>>;

/// The hash of a shingle: itself, without the bits that all that are kept share.
#[derive(Debug, Default)]
struct Shingle(u64);

impl Hasher for Shingle {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, shingle: u64) {
        self.0 = shingle.rotate_right(BITS);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The finaliser of `SplitMix64`, so that the last bits hang on all others.
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences that differ by their numbers.
    fn story(number: usize, sentences: std::ops::Range<usize>) -> String {
        let sentence = |n: usize| {
            format!(
                "Mayor {number} of town {n} told council {number}{n} that bridge {} may close in \
                 week {} after engineer {number} found crack {n} in pier {}. ",
                n * 3 + number,
                n + number,
                n * 7 + number,
            )
        };
        sentences.map(sentence).collect::<Vec<_>>().concat()
    }

    #[test]
    fn a_cut_story_with_a_new_beginning_is_a_copy() {
        let mut copies = Copies::default();
        assert_eq!(copies.add(&story(1, 0..20)), None);
        assert_eq!(copies.add(&story(2, 0..20)), None);
        let reprint = format!("Our own reporter writes. {}", story(1, 2..9));
        let copy = copies.add(&reprint).unwrap();
        assert!(copy.of == 0 && copy.contained > 0.8, "{copy:?}");
        let marks = story(2, 0..20).replace(' ', "  ").to_uppercase();
        assert!(copies.add(&marks).unwrap().contained > 0.99);
    }

    #[test]
    fn a_shared_background_makes_no_copy() {
        let mut copies = Copies::default();
        let background = story(9, 0..4);
        assert_eq!(copies.add(&(story(1, 0..12) + &background)), None);
        assert_eq!(copies.add(&(story(2, 0..12) + &background)), None);
    }

    #[test]
    fn too_little_text_tells_nothing() {
        let mut copies = Copies::default();
        for text in ["", "The bridge may close.", "The bridge may close.", "€ — …"] {
            assert_eq!(copies.add(text), None);
        }
    }
}
