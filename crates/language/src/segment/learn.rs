//! Learns the weights of [`super::boundary`] from texts with given sentences.

use std::collections::BTreeSet;

use super::boundary::{self, BUCKETS, UNIT};
use super::sentences::{Gaps, walk};
use super::{paragraphs, tokens};

/// How the weights are learned.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Passes over the texts; the weights are the mean of those after each of the second half.
    pub passes: usize,
    /// Pull of a weight towards zero, a step.
    pub shrink: f32,
    /// Share of the features that are hidden in a step, so that none is leaned on alone.
    pub hidden: f32,
}

impl Default for Settings {
    /// On a tenth of the training texts that was held out, all settings lay within a point and these
    /// within a third of a point of the best.
    fn default() -> Self {
        Self { passes: 12, shrink: 2e-6, hidden: 0.0 }
    }
}

/// Texts with the bytes at which their sentences begin.
pub type Sentenced<'a> = [(&'a str, BTreeSet<usize>)];

/// Visits every gap of the texts with its features and the truth.
fn gaps(texts: &Sentenced<'_>, mut visit: impl FnMut(&[u32], bool) -> bool) {
    for (text, starts) in texts {
        for paragraph in paragraphs::paragraphs(text) {
            let mut spans = Vec::new();
            tokens::tokenize(text, paragraph, &mut spans);
            walk(&Gaps::new(text, &spans), |i, features| {
                let ends = spans.get(i + 1).is_some_and(|s| starts.contains(&(s.start as usize)));
                visit(features, ends)
            });
        }
    }
}

/// Boundaries inside paragraphs that the weights find rightly, that they find, that there are.
pub fn judge_sentences(weights: &[u8], texts: &Sentenced<'_>) -> [usize; 3] {
    let mut counts = [0; 3];
    gaps(texts, |features, truth| {
        let found = boundary::score(weights, features) > 0.0;
        counts[0] += usize::from(found && truth);
        counts[1] += usize::from(found);
        counts[2] += usize::from(truth);
        found
    });
    counts
}

/// Learns where sentences end. What comes out is what `models/en/sentences.bin` holds.
/// Deterministic.
pub fn learn_sentences(texts: &Sentenced<'_>, settings: Settings) -> Vec<u8> {
    let mut seen: Vec<(Vec<u32>, bool)> = Vec::new();
    gaps(texts, |features, truth| {
        seen.push((features.to_vec(), truth));
        truth
    });
    let mut weights = vec![0_f32; BUCKETS];
    let mut squares = vec![1e-6_f32; BUCKETS];
    let mut sum = vec![0_f64; BUCKETS];
    let mut order: Vec<usize> = (0..seen.len()).collect();
    // A plain generator with a fixed seed (xorshift), so that the weights repeat.
    let mut state = 0x9e37_79b9_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1_u64 << 24) as f32
    };
    let mut kept: Vec<u32> = Vec::new();
    for pass in 0..settings.passes {
        for i in (1..order.len()).rev() {
            order.swap(i, ((random() * (i + 1) as f32) as usize).min(i));
        }
        for g in &order {
            let (features, ends) = &seen[*g];
            kept.clear();
            kept.extend(features.iter().copied().filter(|_| random() >= settings.hidden));
            let features = &kept;
            let odds: f32 = features.iter().map(|f| weights[*f as usize]).sum();
            let error = f32::from(u8::from(*ends)) - 1.0 / (1.0 + libm::expf(-odds));
            if error.abs() < 1e-3 {
                continue;
            }
            for f in features {
                let f = *f as usize;
                squares[f] += error * error;
                weights[f] +=
                    0.12 * error / squares[f].sqrt().max(0.5) - settings.shrink * weights[f];
            }
        }
        if pass >= settings.passes / 2 {
            for (s, w) in sum.iter_mut().zip(&weights) {
                *s += f64::from(*w);
            }
        }
    }
    let passes = (settings.passes - settings.passes / 2) as f64;
    let byte = |s: f64| ((s / passes) as f32 / UNIT).round().clamp(-127.0, 127.0) as i8;
    sum.into_iter().map(|s| byte(s).cast_unsigned()).collect()
}
