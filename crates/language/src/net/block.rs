//! A block of the encoder: two gated linear recurrences, one in each direction.
//!
//! It adds `out(gate ⊙ (forward ‖ backward))` to its input, where both are
//! `h[t] = h[t−1] + z[t] (c[t] − h[t−1])` over a normalised input blurred with its neighbours. The
//! family is that of the minimal gated unit without a state in its gates (Feng et al. 2024, "Were
//! RNNs all we needed?"): what the gates need is one product of matrices over all tokens.

use std::ops::Range;

use ndarray::Array2;

use super::{
    linear::{Linear, Norm},
    pack::{Pack, PackError},
};

/// An algebraic sigmoid: 1/2 + x / (2 √(1 + x²)).
fn squash(x: f32) -> f32 {
    0.5 + 0.5 * x / (1.0 + x * x).sqrt()
}

/// The weights of a block.
#[derive(Debug)]
pub struct Block {
    norm: Norm,
    near: Array2<f32>,
    mix: Linear,
    out: Linear,
}

impl Block {
    /// Reads a block over states of `d` numbers.
    ///
    /// # Errors
    /// When the file lacks a part or the shapes do not fit.
    pub fn new(pack: &Pack<'_>, name: &str, d: usize) -> Result<Self, PackError> {
        let block = Self {
            norm: Norm::new(pack, &format!("{name}.norm"))?,
            near: pack.rows(&format!("{name}.near"))?,
            mix: Linear::new(pack, &format!("{name}.mix"))?,
            out: Linear::new(pack, &format!("{name}.out"))?,
        };
        let fits = d.is_multiple_of(2)
            && block.norm.inputs() == d
            && block.near.dim() == (3, d)
            && (block.mix.inputs(), block.mix.outputs()) == (d, 3 * d)
            && (block.out.inputs(), block.out.outputs()) == (d, d);
        if fits { Ok(block) } else { Err(PackError::Part(name.to_owned())) }
    }

    /// Adds the block over `states` to them. The ranges are the sentences (or whatever a memory
    /// should not reach across): rows of `states` that follow one another.
    pub fn add_to(&self, states: &mut Array2<f32>, sentences: &[Range<usize>]) {
        let width = states.ncols();
        let mut normal = Array2::zeros(states.dim());
        self.norm.over(states, &mut normal);
        let mut blurred = Array2::zeros(states.dim());
        for s in sentences {
            for t in s.clone() {
                let before = (t > s.start).then(|| normal.row(t - 1));
                let after = (t + 1 < s.end).then(|| normal.row(t + 1));
                let near = [before, Some(normal.row(t)), after];
                let mut out = blurred.row_mut(t);
                for (row, weight) in near.into_iter().zip(self.near.rows()) {
                    if let Some(row) = row {
                        multiply_add(out.as_slice_mut(), row.to_slice(), weight.to_slice());
                    }
                }
            }
        }
        // update share, candidate and gate side by side
        let mixed = self.mix.over(&blurred);
        // `normal` is done with: it takes the recurrences' states
        let mut memory = normal;
        let (Some(from), Some(to)) = (mixed.as_slice(), memory.as_slice_mut()) else { return };
        let half = width / 2;
        for s in sentences {
            scan(from, to, width, 0..half, s.clone());
            scan(from, to, width, half..width, s.clone().rev());
        }
        for (to, from) in to.chunks_exact_mut(width).zip(from.chunks_exact(3 * width)) {
            for (h, &gate) in to.iter_mut().zip(&from[2 * width..]) {
                *h *= gate * squash(gate);
            }
        }
        self.out.add_over(&memory, states);
    }
}

fn multiply_add(out: Option<&mut [f32]>, a: Option<&[f32]>, b: Option<&[f32]>) {
    if let (Some(out), Some(a), Some(b)) = (out, a, b) {
        for ((o, &a), &b) in out.iter_mut().zip(a).zip(b) {
            *o += a * b;
        }
    }
}

/// One recurrence over the tokens of a sentence, in the order given, for the columns given.
/// `from` holds update share, candidate and gate, 3 × `width` numbers a token; `to` takes `width`.
fn scan(
    from: &[f32],
    to: &mut [f32],
    width: usize,
    columns: Range<usize>,
    tokens: impl Iterator<Item = usize>,
) {
    let mut state = vec![0.0f32; columns.len()];
    for t in tokens {
        let row = &from[t * 3 * width..(t + 1) * 3 * width];
        let share = &row[columns.clone()];
        let candidate = &row[width + columns.start..width + columns.end];
        for ((s, &z), &c) in state.iter_mut().zip(share).zip(candidate) {
            *s += squash(z) * (c - *s);
        }
        to[t * width..][columns.clone()].copy_from_slice(&state);
    }
}
