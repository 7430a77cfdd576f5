//! Learns the weights of [`super::boundary`] from texts with given sentences.

use std::collections::BTreeSet;

use super::boundary::{BUCKETS, UNIT};
use super::sentences::{Gaps, walk};
use super::{paragraphs, tokens};

/// Passes over the texts. More change nothing on held-out text.
const PASSES: usize = 12;
/// Pull of every weight towards zero, a step.
const SHRINK: f32 = 2e-6;

/// Learns where sentences end: each text comes with the bytes at which its sentences begin. What
/// comes out is what `models/en/sentences.bin` holds. Deterministic.
pub fn learn_sentences(texts: &[(&str, BTreeSet<usize>)]) -> Vec<u8> {
    let mut gaps: Vec<(Vec<u32>, bool)> = Vec::new();
    for (text, starts) in texts {
        for paragraph in paragraphs::paragraphs(text) {
            let mut spans = Vec::new();
            tokens::tokenize(text, paragraph, &mut spans);
            walk(&Gaps::new(text, &spans), |i, features| {
                let ends = spans.get(i + 1).is_some_and(|s| starts.contains(&(s.start as usize)));
                gaps.push((features.to_vec(), ends));
                ends
            });
        }
    }
    let mut weights = vec![0_f32; BUCKETS];
    let mut squares = vec![1e-6_f32; BUCKETS];
    let mut sum = vec![0_f64; BUCKETS];
    let mut order: Vec<usize> = (0..gaps.len()).collect();
    let mut state = 0x9e37_79b9_u64;
    for pass in 0..PASSES {
        for i in (1..order.len()).rev() {
            // A plain shuffle with a fixed generator (xorshift), so that the weights repeat.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            order.swap(i, (state % (i as u64 + 1)) as usize);
        }
        for g in &order {
            let (features, ends) = &gaps[*g];
            let odds: f32 = features.iter().map(|f| weights[*f as usize]).sum();
            let error = f32::from(u8::from(*ends)) - 1.0 / (1.0 + (-odds).exp());
            if error.abs() < 1e-3 {
                continue;
            }
            for f in features {
                let f = *f as usize;
                squares[f] += error * error;
                weights[f] += 0.12 * error / squares[f].sqrt().max(0.5) - SHRINK * weights[f];
            }
        }
        if pass >= PASSES / 2 {
            for (s, w) in sum.iter_mut().zip(&weights) {
                *s += f64::from(*w);
            }
        }
    }
    let passes = (PASSES - PASSES / 2) as f64;
    let byte = |s: f64| ((s / passes) as f32 / UNIT).round().clamp(-127.0, 127.0) as i8;
    sum.into_iter().map(|s| byte(s).cast_unsigned()).collect()
}
