//! How probable a speaker called something, as readers take the words.

use serde::{Deserialize, Serialize};

/// A probability of "yes" with the range in which readers take the words: each from 0 to 1, in
/// rising order. `low` and `high` are the 10th and the 90th of a hundred readers, `mid` the one in the
/// middle; a stated number is all three.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// What one reader in ten stays below.
    pub low: f64,
    /// What half of the readers stay below.
    pub mid: f64,
    /// What nine readers in ten stay below.
    pub high: f64,
}

/// What "will" without any hedge is taken for. No survey of ours asks it; these are the numbers of the
/// nearest phrase that has some, "definite" in `data/en/certainty.csv` (mean of the studies that Vogel
/// 2022 gathers, 94.8 %, with a range that reaches as far to both sides): judged, not surveyed.
pub const FLAT: Chance = Chance { low: 0.896, mid: 0.948, high: 1.0 };

/// What a score would be at its best, at the middle and at its worst within a range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// At the end of the range that is nearer to what happened.
    pub best: f64,
    /// At the middle reading.
    pub mid: f64,
    /// At the end that is farther.
    pub worst: f64,
}

/// Readers below `low`, between `low` and `mid`, `mid` and `high`, above `high`: as shares.
const SHARES: [f64; 4] = [0.1, 0.4, 0.4, 0.1];

impl Chance {
    /// A chance, where its numbers are probabilities in rising order.
    pub fn new(low: f64, mid: f64, high: f64) -> Option<Self> {
        let is_probability = |p: f64| (0.0..=1.0).contains(&p);
        let is_sound =
            [low, mid, high].into_iter().all(is_probability) && low <= mid && mid <= high;
        is_sound.then_some(Self { low, mid, high })
    }

    /// The chance of "no".
    #[must_use]
    pub fn complement(self) -> Self {
        Self { low: 1.0 - self.high, mid: 1.0 - self.mid, high: 1.0 - self.low }
    }

    /// Brier's score of one forecast, the squared distance from what happened: 0 is best, 1 worst.
    pub fn brier(self, came_true: bool) -> Envelope {
        let happened = f64::from(u8::from(came_true));
        let of = |p: f64| (p - happened) * (p - happened);
        let (near, far) = if came_true { (self.high, self.low) } else { (self.low, self.high) };
        Envelope { best: of(near), mid: of(self.mid), worst: of(far) }
    }

    /// Brier's score averaged over readers. Readers between two known ones are spread evenly; those
    /// beyond the 10th and the 90th as thinly as their neighbours, within 0 and 1.
    pub fn readers_brier(self, came_true: bool) -> f64 {
        let happened = f64::from(u8::from(came_true));
        // A tenth of the readers at the slope of four tenths: a quarter of that distance.
        let first = (self.low - (self.mid - self.low) / 4.0).max(0.0);
        let last = (self.high + (self.high - self.mid) / 4.0).min(1.0);
        let ends = [first, self.low, self.mid, self.high, last];
        ends.windows(2)
            .zip(SHARES)
            .map(|(pair, share)| {
                let (a, b) = (pair[0] - happened, pair[1] - happened);
                // The mean square of what is spread evenly between a and b.
                share * (a * a + a * b + b * b) / 3.0
            })
            .sum()
    }
}
