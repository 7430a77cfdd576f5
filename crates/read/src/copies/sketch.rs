//! What is kept of a text to tell whether another holds much of it.

/// Words of a shingle: short enough that a changed word spoils few, long enough that common phrases
/// of news ("declined to comment on the matter") make few.
const RUN: usize = 5;
/// One shingle in eight is kept.
const BITS: u32 = 3;
/// Kept shingles of one text at most, those of the lowest hashes: some 4,000 words. A longer text is
/// known by a sparser sample. Keys of one text at most, likewise: some 16,000 words.
const MOST: usize = 512;
/// Kept shingles that a text must have to be told a copy: some 60 words.
const FEWEST: f32 = 8.0;
/// Share of the shorter text's shingles that stand in the longer one. Reprints cut to a third and
/// with a new first paragraph keep more than this; two stories that share two background paragraphs
/// of ten keep less.
const CONTAINED: f32 = 0.5;
/// Shingles in a row of which the lowest is a key: at least, of a short text, and at most. Whatever
/// passage of so many shingles two texts share, they share a key of it.
const STRETCH: (usize, usize) = (8, 96);
/// A short text's stretches are so long that it has about twice as many keys.
const STRETCHES: usize = 8;

/// What is kept of a text. What is kept of two texts is chosen alike, so that the share of shingles
/// in common tells the share of text in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    /// Kept shingles in rising order, each once: by these two texts are compared.
    pub shingles: Vec<u32>,
    /// The hash up to which shingles were kept; the highest number there is, unless the text is
    /// long.
    pub reach: u32,
    /// A few shingles, spread evenly over the text, each once: by these a text is looked up.
    pub keys: Vec<u32>,
}

impl Sketch {
    /// The sketch of a text. Time is linear in it.
    pub fn of(text: &str) -> Self {
        let all = shingles(text);
        let mut kept: Vec<u32> =
            all.iter().filter(|s| s.trailing_zeros() >= BITS).map(|s| high(*s)).collect();
        kept.sort_unstable();
        kept.dedup();
        let reach = if kept.len() > MOST { kept[MOST - 1] } else { u32::MAX };
        kept.truncate(MOST);
        Self { shingles: kept, reach, keys: keys(&all) }
    }

    /// Kept shingles that stand in both.
    pub fn shared(&self, other: &Self) -> usize {
        let (mut shared, mut i, mut j) = (0, 0, 0);
        // Whichever is lower is passed, both where they are equal: a sum, where a branch would be
        // guessed wrong every other time.
        while let (Some(one), Some(other)) = (self.shingles.get(i), other.shingles.get(j)) {
            shared += usize::from(one == other);
            i += usize::from(one <= other);
            j += usize::from(other <= one);
        }
        shared
    }

    /// Share of the shorter of two texts that stands in the other, 0 to 1; nothing where that does
    /// not make a copy.
    pub fn contained(&self, other: &Self) -> Option<f32> {
        let reach = self.reach.min(other.reach);
        let below = |sketch: &Self| sketch.shingles.partition_point(|s| *s <= reach) as f32;
        let shorter = below(self).min(below(other));
        let contained = (self.shared(other) as f32 / shorter.max(1.0)).min(1.0);
        (shorter >= FEWEST && contained >= CONTAINED).then_some(contained)
    }
}

/// The half of a shingle's hash that does not decide whether it is kept.
fn high(shingle: u64) -> u32 {
    (shingle >> 32) as u32
}

/// The lowest shingle of every stretch of so many in a row ("winnowing"; Schleimer, Wilkerson and
/// Aiken 2003), so that a passage that two texts share gives them a key in common wherever it
/// stands. Shorter texts have shorter stretches: a longer text's key is the lowest of the shorter
/// stretches around it too.
fn keys(shingles: &[u64]) -> Vec<u32> {
    let stretch = (shingles.len() / STRETCHES).clamp(STRETCH.0, STRETCH.1).min(shingles.len());
    let mut keys = Vec::with_capacity(2 * shingles.len() / stretch.max(1) + 2);
    // The lowest of the stretch that ends here, and the end of the last stretch that holds it.
    let (mut lowest, mut until) = (u64::MAX, 0);
    for end in stretch..=shingles.len() {
        let Some(last) = end.checked_sub(1) else { break };
        if until < end {
            // The lowest fell out in front: one in `stretch` / 2 does.
            lowest = u64::MAX;
            for (at, shingle) in shingles.iter().enumerate().take(end).skip(end - stretch) {
                if *shingle <= lowest {
                    (lowest, until) = (*shingle, at + stretch);
                }
            }
        } else if shingles[last] <= lowest {
            (lowest, until) = (shingles[last], last + stretch);
        } else {
            continue;
        }
        keys.push(high(lowest));
    }
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(MOST);
    keys
}

/// The shingles of a text, in its order. A shingle's hash is that of its words turned against each
/// other, so that each word costs one step in and one step out (a cyclic polynomial; Cohen 1997).
fn shingles(text: &str) -> Vec<u64> {
    const TURN: u32 = 11;
    let words = words(text);
    let mut rolling = 0_u64;
    for word in words.iter().take(RUN - 1) {
        rolling = rolling.rotate_left(TURN) ^ word;
    }
    let mut gone = 0;
    let next = words.iter().skip(RUN - 1).zip(&words);
    next.map(|(word, first)| {
        rolling = rolling.rotate_left(TURN) ^ word ^ gone;
        gone = first.rotate_left(TURN * RUN as u32);
        mixed(rolling)
    })
    .collect()
}

/// The words of a text, each as a hash of its small letters, turned against each other likewise.
fn words(text: &str) -> Vec<u64> {
    let step = |hash: u64, byte: u8| hash.rotate_left(9) ^ u64::from(byte);
    let bytes = text.as_bytes();
    // With what stands between them words take two bytes or more. A place is written at every byte
    // and passed at a word's end: a branch there would be guessed wrong once a word.
    let mut words = vec![0_u64; bytes.len() / 2 + 1];
    let (mut count, mut hash, mut at) = (0, 0, 0);
    while let Some(byte) = bytes.get(at) {
        at += 1;
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
        let small = SMALL[usize::from(*byte)];
        if let Some(place) = words.get_mut(count) {
            *place = hash;
        }
        count += usize::from(small == 0) & usize::from(hash != 0);
        hash = step(hash, small) & u64::from(small == 0).wrapping_sub(1);
    }
    if let Some(place) = words.get_mut(count) {
        *place = hash;
    }
    count += usize::from(hash != 0);
    words.truncate(count);
    for word in &mut words {
        *word = mixed(*word);
    }
    words
}

/// ASCII letters and digits as small ones, 0 for the rest.
const SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            small[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

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

    /// Keys that stand in both.
    fn shared_keys(one: &Sketch, other: &Sketch) -> usize {
        one.keys.iter().filter(|key| other.keys.contains(key)).count()
    }

    #[test]
    fn case_marks_and_blanks_do_not_count() {
        let one = Sketch::of("The BRIDGE at Österby — may close; engineers said so, again.");
        let other = Sketch::of("the bridge at österby may\n\nclose Engineers “said” so again");
        assert_eq!(one, other);
        assert_eq!(one.keys.len(), 1, "a text of one stretch has one key");
    }

    #[test]
    fn a_long_text_is_kept_in_part_and_still_known() {
        let long = Sketch::of(&words_of(30_000, 0));
        assert_eq!(long.shingles.len(), MOST);
        assert_eq!(long.keys.len(), MOST);
        assert!(long.reach < u32::MAX);
        let part = Sketch::of(&words_of(3_000, 4_000));
        assert!(long.contained(&part).is_some_and(|share| share > 0.7));
        assert_eq!(long.contained(&part), part.contained(&long));
        assert!(shared_keys(&long, &part) > 0);
        let other = Sketch::of(&words_of(3_000, 50_000));
        assert_eq!(long.contained(&other), None);
        assert_eq!(shared_keys(&long, &other), 0);
    }

    #[test]
    fn half_of_the_shorter_text_makes_a_copy_and_less_than_sixty_words_none() {
        let sketch = |shingles: &[u32]| Sketch {
            shingles: shingles.to_vec(),
            reach: u32::MAX,
            keys: Vec::new(),
        };
        let whole = sketch(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        let half = sketch(&[1, 2, 3, 4, 25, 26, 27, 28]);
        assert_eq!(whole.contained(&half), Some(0.5));
        assert_eq!(whole.contained(&sketch(&[1, 2, 3, 24, 25, 26, 27, 28])), None);
        assert_eq!(whole.contained(&sketch(&[1, 2, 3, 4, 5, 6, 7])), None);
    }

    #[test]
    fn what_two_texts_share_gives_them_a_key_wherever_it_stands() {
        let passage = words_of(STRETCH.1 + RUN - 1, 0);
        for own in [0, 40, 700, 9_000] {
            let one = format!("{} {passage}", words_of(own, 100_000));
            let other = format!("{passage} {}", words_of(own / 2, 200_000));
            assert!(shared_keys(&Sketch::of(&one), &Sketch::of(&other)) > 0, "{own}");
        }
    }

    #[test]
    fn one_shingle_in_eight_is_kept_and_few_are_keys() {
        let sketch = Sketch::of(&words_of(3_000, 0));
        assert!((300..450).contains(&sketch.shingles.len()), "{}", sketch.shingles.len());
        assert!((45..80).contains(&sketch.keys.len()), "{}", sketch.keys.len());
        let short = Sketch::of(&words_of(300, 0));
        assert!((10..26).contains(&short.keys.len()), "{}", short.keys.len());
        assert!(Sketch::of("four words are none").keys.is_empty());
    }
}
