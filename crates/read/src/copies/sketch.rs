//! What is kept of a text to tell whether another holds much of it.

/// Words of a shingle: short enough that a changed word spoils few, long enough that common phrases
/// of news ("declined to comment on the matter") make few.
const RUN: usize = 5;
/// One shingle in eight is kept.
const BITS: u32 = 3;
/// Kept shingles of one text at most, those of the lowest hashes: some 4,000 words. A longer text is
/// known by a sparser sample.
const MOST: usize = 512;
/// Kept shingles that a text must have to be told a copy: some 60 words.
const FEWEST: f32 = 8.0;
/// Share of the shorter text's shingles that stand in the longer one. Reprints cut to a third and
/// with a new first paragraph keep more than this; two stories that share two background paragraphs
/// of ten keep less.
const CONTAINED: f32 = 0.5;

/// Shingles in common with fewer of which no two texts are copies, whatever their lengths.
pub const FEWEST_SHARED: usize = (FEWEST * CONTAINED) as usize;

/// The kept shingles of a text. Those of two texts are chosen alike, so that the share of shingles
/// in common tells the share of text in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    /// Hashes in rising order, each once.
    pub shingles: Vec<u64>,
    /// How many and how far up.
    pub size: Size,
}

/// What has to be known of a sketch besides its shingles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Kept shingles.
    pub kept: u32,
    /// The hash up to which shingles were kept; the highest number there is, unless the text is
    /// long.
    pub reach: u64,
}

impl Sketch {
    /// The sketch of a text. Time is linear in it.
    pub fn of(text: &str) -> Self {
        let mut shingles = shingles(text);
        shingles.sort_unstable();
        shingles.dedup();
        let reach = shingles.get(MOST).map_or(u64::MAX, |_| shingles[MOST - 1]);
        shingles.truncate(MOST);
        let size = Size { kept: shingles.len() as u32, reach };
        Self { shingles, size }
    }
}

impl Size {
    /// Shingles up to a hash. Hashes lie evenly, so that the count below one is in proportion.
    fn below(self, reach: u64) -> f32 {
        if reach >= self.reach {
            self.kept as f32
        } else {
            (f64::from(self.kept) * (reach as f64 / self.reach as f64)) as f32
        }
    }
}

/// Share of the shorter of two texts that stands in the other, 0 to 1, where so many kept shingles
/// stand in both; nothing where that does not make a copy.
pub fn contained(shared: usize, one: Size, other: Size) -> Option<f32> {
    let reach = one.reach.min(other.reach);
    let shorter = one.below(reach).min(other.below(reach));
    let contained = (shared as f32 / shorter.max(1.0)).min(1.0);
    (shorter >= FEWEST && contained >= CONTAINED).then_some(contained)
}

/// The kept shingles of a text, as they come. A shingle's hash is that of its words turned against
/// each other, so that each word costs one step in and one step out (a cyclic polynomial; Cohen
/// 1997).
fn shingles(text: &str) -> Vec<u64> {
    const TURN: u32 = 11;
    let mut run = [0_u64; RUN];
    let mut kept = Vec::with_capacity(text.len() >> (BITS + 2));
    let (mut count, mut rolling) = (0_usize, 0_u64);
    words(text, |word| {
        let slot = &mut run[count % RUN];
        rolling = rolling.rotate_left(TURN) ^ slot.rotate_left(TURN * RUN as u32) ^ word;
        *slot = word;
        count += 1;
        if count >= RUN {
            let shingle = mixed(rolling);
            if shingle.trailing_zeros() >= BITS {
                kept.push(shingle);
            }
        }
    });
    kept
}

/// The words of a text, each as a hash of its small letters.
fn words(text: &str, mut each: impl FnMut(u64)) {
    const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;
    // FNV-1a.
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let bytes = text.as_bytes();
    let (mut hash, mut at) = (EMPTY, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if byte.is_ascii_alphanumeric() {
            // The bit that tells small letters from capitals; digits have it.
            hash = step(hash, byte | 0x20);
            continue;
        }
        if !byte.is_ascii()
            && let Some(c) = text.get(at - 1..).and_then(|rest| rest.chars().next())
        {
            at += c.len_utf8() - 1;
            if c.is_alphanumeric() {
                let mut utf8 = [0; 4];
                for c in c.to_lowercase() {
                    hash = c.encode_utf8(&mut utf8).bytes().fold(hash, step);
                }
                continue;
            }
        }
        if hash != EMPTY {
            each(mixed(hash));
            hash = EMPTY;
        }
    }
    if hash != EMPTY {
        each(mixed(hash));
    }
}

/// The finaliser of `SplitMix64`, so that every bit hangs on all others.
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many words that differ.
    fn words_of(count: usize, from: usize) -> String {
        let words: Vec<String> = (from..from + count).map(|n| format!("word{n}")).collect();
        words.join(" ")
    }

    #[test]
    fn case_marks_and_blanks_do_not_count() {
        let one = Sketch::of("The BRIDGE at Österby — may close; engineers said so, again.");
        let other = Sketch::of("the bridge at österby may\n\nclose Engineers “said” so again");
        assert_eq!(one, other);
    }

    #[test]
    fn a_long_text_is_kept_in_part_and_still_known() {
        let long = Sketch::of(&words_of(30_000, 0));
        assert_eq!(long.size.kept as usize, MOST);
        assert!(long.size.reach < u64::MAX);
        let part = Sketch::of(&words_of(3_000, 4_000));
        let shared = part.shingles.iter().filter(|s| long.shingles.contains(s)).count();
        assert!(contained(shared, long.size, part.size).is_some_and(|share| share > 0.7));
        let other = Sketch::of(&words_of(3_000, 50_000));
        let shared = other.shingles.iter().filter(|s| long.shingles.contains(s)).count();
        assert_eq!(contained(shared, long.size, other.size), None);
    }

    #[test]
    fn a_copy_shares_as_many_shingles_as_are_asked_for() {
        let shortest = Size { kept: FEWEST as u32, reach: u64::MAX };
        assert!(contained(FEWEST_SHARED, shortest, shortest).is_some());
        assert_eq!(contained(FEWEST_SHARED - 1, shortest, shortest), None);
        let shorter = Size { kept: FEWEST as u32 - 1, ..shortest };
        assert_eq!(contained(7, shorter, shorter), None);
    }

    #[test]
    fn one_shingle_in_eight_is_kept() {
        let kept = Sketch::of(&words_of(3_000, 0)).size.kept;
        assert!((300..450).contains(&kept), "{kept}");
    }
}
