//! Copied text: how much of one passage stands word for word in another.
//!
//! **Why containment and not Jaccard.** Outlets cut what they print: a passage of twelve words in
//! one of forty has a Jaccard likeness of a third at most, and is copied all the same.

/// Words in a run. Four in a row are seldom shared by chance, and one changed word spoils four
/// runs only.
const RUN: usize = 4;
/// The share of the shorter passage's runs that must stand in the longer one.
const COPIED: f64 = 0.5;
/// A passage with fewer runs says nothing: whoever speaks of a matter uses its words. Fifteen words
/// are a sentence.
const LEAST: usize = 12;
/// One run in this many is kept for looking up candidates, besides the least one.
const KEEP: u64 = 3;

/// The words of a passage as hashes of its runs, in order and each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage(Vec<u64>);

impl Passage {
    /// Takes a text apart. Time is `n log n` in its words.
    pub fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let mut runs: Vec<u64> = words
            .windows(RUN)
            .map(|run| hash(run.iter().flat_map(|word| word.bytes().chain([b' ']))))
            .collect();
        runs.sort_unstable();
        runs.dedup();
        Self(runs)
    }

    /// How much of the shorter passage stands in the longer one, 0 to 1, where that is enough to
    /// call one a copy of the other. Time is linear in their words.
    pub fn copied(&self, other: &Self) -> Option<f64> {
        let (short, long) =
            if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        if short.0.len() < LEAST {
            return None;
        }
        let mut rest = long.0.iter().copied().peekable();
        let shared = short
            .0
            .iter()
            .filter(|run| {
                while rest.next_if(|other| other < *run).is_some() {}
                rest.peek() == Some(run)
            })
            .count();
        let share = shared as f64 / short.0.len() as f64;
        (share >= COPIED).then_some(share)
    }

    /// Hashes under which a passage and its copies are found: a third of its runs, by their value,
    /// so that a part of a passage keeps the same ones. Empty for a passage too short to be a copy.
    pub fn samples(&self) -> Vec<u64> {
        if self.0.len() < LEAST {
            return Vec::new();
        }
        let least = self.0.first().copied();
        self.0.iter().copied().filter(|run| run % KEEP == 0 || Some(*run) == least).collect()
    }
}

/// FNV-1a: the same on every machine, which the standard library's hashes do not promise.
pub(crate) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    let folded = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The low bits of FNV are weak, and samples are chosen by them.
    folded ^ (folded >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "The dam above Varn will hold through the spring floods, the minister said, \
                        unless the rain of last week comes again";

    fn copied(one: &str, other: &str) -> Option<f64> {
        Passage::of(one).copied(&Passage::of(other))
    }

    fn samples(text: &str) -> Vec<u64> {
        Passage::of(text).samples()
    }

    #[test]
    fn a_part_is_a_copy_and_a_paraphrase_is_none() {
        let part = "dam above Varn will hold through the spring floods, the minister said, unless the rain of last";
        assert_eq!(copied(LONG, part), Some(1.0));
        assert_eq!(copied(part, LONG), Some(1.0));
        let edited = "The dam above Varn will hold through the spring floods, the minister said, unless it rains";
        assert!(copied(LONG, edited).is_some());
        let other = "The floods of spring will leave the dam at Varn standing, according to her";
        assert_eq!(copied(LONG, other), None);
        let few = "dam above Varn will hold through the spring floods";
        assert_eq!(copied(few, few), None, "too short to tell");
    }

    #[test]
    fn a_copy_shares_a_sample() {
        let part = "dam above Varn will hold through the spring floods, the minister said, unless the rain of last";
        let long = samples(LONG);
        let kept = samples(part).into_iter().filter(|run| run % KEEP == 0).collect::<Vec<_>>();
        assert!(kept.iter().all(|run| long.contains(run)));
        assert!(!samples(part).is_empty() && samples("too short").is_empty());
    }
}
