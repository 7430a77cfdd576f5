//! A block of the encoder: two gated linear recurrences, one in each direction.
//!
//! It adds `out(gate ⊙ (forward ‖ backward))` to its input, where both are
//! `h[t] = h[t−1] + z[t] (c[t] − h[t−1])` over a normalised input blurred with its neighbours. The
//! family is that of the minimal gated unit without a state in its gates (Feng et al. 2024, "Were
//! RNNs all we needed?"): what the gates need is one product of matrices over all tokens.

use std::ops::Range;

use ndarray::Array2;

use super::{
    linear::Linear,
    norm::Norm,
    pack::{Pack, PackError},
    wide::wide,
};

/// An algebraic sigmoid: 1/2 + x / (2 √(1 + x²)).
#[inline(always)]
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
    /// When the file lacks a part, the shapes do not fit or weights could overflow.
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

    /// Reads `<name>0`, `<name>1` and so on, as many as there are.
    ///
    /// # Errors
    /// When weights could overflow.
    pub fn all(pack: &Pack<'_>, name: &str, d: usize) -> Result<Vec<Self>, PackError> {
        let mut blocks = Vec::new();
        loop {
            match Self::new(pack, &format!("{name}{}", blocks.len()), d) {
                Ok(block) => blocks.push(block),
                Err(PackError::Part(_)) => return Ok(blocks),
                Err(wrong) => return Err(wrong),
            }
        }
    }

    /// Adds the block over `states` to them. The ranges are the sentences (or whatever a memory
    /// should not reach across): rows of `states` that follow one another.
    pub fn add_to(&self, states: &mut Array2<f32>, sentences: &[Range<usize>]) {
        let width = states.ncols();
        let mut normal = Array2::zeros(states.dim());
        let mut blurred = Array2::zeros(states.dim());
        self.norm.over(states, &mut normal);
        if let (Some(from), Some(to), Some(near)) =
            (normal.as_slice(), blurred.as_slice_mut(), self.near.as_slice())
        {
            wide(
                #[inline(always)]
                || blur(from, to, near, width, sentences),
            );
        }
        // update share, candidate and gate side by side
        let mixed = self.mix.over(&blurred);
        // `normal` is done with: it takes the recurrences' states
        let mut memory = normal;
        let (Some(from), Some(to)) = (mixed.as_slice(), memory.as_slice_mut()) else { return };
        wide(
            #[inline(always)]
            || remember(from, to, width, sentences),
        );
        self.out.add_over(&memory, states);
    }
}

/// Each row with its neighbours in the sentence, weighted number by number.
#[inline(always)]
fn blur(from: &[f32], to: &mut [f32], near: &[f32], width: usize, sentences: &[Range<usize>]) {
    let row = |t: usize| &from[t * width..(t + 1) * width];
    for s in sentences {
        for t in s.clone() {
            let out = &mut to[t * width..(t + 1) * width];
            if t > s.start {
                multiply_add(out, row(t - 1), &near[..width]);
            }
            multiply_add(out, row(t), &near[width..2 * width]);
            if t + 1 < s.end {
                multiply_add(out, row(t + 1), &near[2 * width..]);
            }
        }
    }
}

#[inline(always)]
fn multiply_add(out: &mut [f32], a: &[f32], b: &[f32]) {
    for ((o, &a), &b) in out.iter_mut().zip(a).zip(b) {
        *o += a * b;
    }
}

/// Both recurrences over the sentences, gated. `from` holds update share, candidate and gate,
/// 3 × `width` numbers a token; `to` takes `width`.
#[inline(always)]
fn remember(from: &[f32], to: &mut [f32], width: usize, sentences: &[Range<usize>]) {
    let half = width / 2;
    let mut state = vec![0.0f32; width - half];
    for s in sentences {
        state.fill(0.0);
        for t in s.clone() {
            step(from, to, width, 0..half, t, &mut state);
        }
        state.fill(0.0);
        for t in s.clone().rev() {
            step(from, to, width, half..width, t, &mut state);
        }
    }
}

/// One token's part of a recurrence, for the columns given.
#[inline(always)]
fn step(
    from: &[f32],
    to: &mut [f32],
    width: usize,
    columns: Range<usize>,
    token: usize,
    state: &mut [f32],
) {
    let row = &from[token * 3 * width..(token + 1) * 3 * width];
    let share = &row[columns.clone()];
    let candidate = &row[width + columns.start..width + columns.end];
    let gate = &row[2 * width + columns.start..2 * width + columns.end];
    let to = &mut to[token * width..][columns];
    for ((((s, &z), &c), &g), to) in state.iter_mut().zip(share).zip(candidate).zip(gate).zip(to) {
        *s += squash(z) * (c - *s);
        *to = *s * (g * squash(g));
    }
}
