//! Which articles are copies of one another: reprints of a wire story, cut, with another headline,
//! with a paragraph of the reprinting outlet's own.
//!
//! A text is a set of *shingles*, runs of five words. Two texts are copies where one holds most of
//! the other's: **containment** and not likeness, since a reprint is often a third of the story. Of
//! the shingles only those whose hash ends in some zero bits are kept ([`Sketch`]), in every text the
//! same ones, so that the share of those is an estimate of the share of all (Broder 1997, "mod m").
//! Exact copies need none of this: they have one id.
//!
//! [`Copies`] holds texts in memory. A store that outlives the run keeps sketches and asks
//! [`contained`].
//!
//! Pure: no clock, no randomness; the same articles in the same order give the same answer. Memory
//! is some 100 bytes for each kilobyte of text.

mod sketch;

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasherDefault, Hasher},
};

use sketch::BITS;
pub use sketch::{Size, Sketch, contained};

/// A shingle of more texts than this is a phrase of the trade (a disclaimer, a standing line) and
/// tells nothing.
pub const COMMON: usize = 200;

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
    /// Of each text.
    sizes: Vec<Size>,
}

impl Copies {
    /// Takes a text in and says of which earlier one it is a copy: the one that shares most, and of
    /// equals the first.
    pub fn add(&mut self, text: &str) -> Option<Copy> {
        let Sketch { shingles, size } = Sketch::of(text);
        let number = self.sizes.len() as u32;
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
        let mut best: Option<Copy> = None;
        for run in shared.chunk_by(|a, b| a == b) {
            let of = run[0] as usize;
            let Some(theirs) = self.sizes.get(of) else { continue };
            if let Some(contained) = contained(run.len(), size, *theirs)
                && best.is_none_or(|best| contained > best.contained)
            {
                best = Some(Copy { of, contained });
            }
        }
        self.sizes.push(size);
        best
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
        let reprint = format!("Our own reporter writes. {}", story(1, 2..12));
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
