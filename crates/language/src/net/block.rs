//! A block of the encoder: two gated linear recurrences, one in each direction.
//!
//! It adds `out(gate ⊙ (forward ‖ backward))` to its input, where both are
//! `h[t] = h[t−1] + z[t] (c[t] − h[t−1])` over a normalised input blurred with its neighbours. The
//! family is that of the minimal gated unit without a state in its gates (Feng et al. 2024, "Were
//! RNNs all we needed?"): what the gates need is one product of matrices over all tokens.

use std::ops::Range;

use ndarray::Array2;

use super::{
    linear::{Linear, Room, room_for},
    norm::Norm,
    pack::{Pack, PackError},
    product::TOGETHER,
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
    pub fn add_to(&self, states: &mut Array2<f32>, sentences: &[Range<usize>], room: &mut BlockRoom) {
        let width = states.ncols();
        let Some(states) = states.as_slice_mut() else { return };
        for some in groups(sentences) {
            let (Some(first), Some(last)) = (some.first(), some.last()) else { continue };
            if let Some(states) = states.get_mut(first.start * width..last.end * width) {
                self.add_to_group(states, width, first.start, some, room);
            }
        }
    }

    /// The same for sentences whose rows begin at the row `start` of all.
    fn add_to_group(
        &self,
        states: &mut [f32],
        width: usize,
        start: usize,
        sentences: &[Range<usize>],
        room: &mut BlockRoom,
    ) {
        let Some(near) = self.near.as_slice() else { return };
        let normal = room_for(&mut room.normal, states.len());
        let blurred = room_for(&mut room.blurred, states.len());
        self.norm.rows(states, normal);
        wide(
            #[inline(always)]
            || blur(normal, blurred, near, width, start, sentences),
        );
        // update share, candidate and gate side by side
        let mixed = room_for(&mut room.mixed, 3 * states.len());
        self.mix.put_rows(blurred, mixed, &mut room.layer);
        // `normal` is done with: it takes the recurrences' states
        let state = room_for(&mut room.state, width);
        wide(
            #[inline(always)]
            || remember(mixed, normal, width, start, sentences, state),
        );
        self.out.add_rows(normal, states, &mut room.layer);
    }
}

/// Room that blocks work in, kept from one to the next.
#[derive(Debug, Default)]
pub struct BlockRoom {
    normal: Vec<f32>,
    blurred: Vec<f32>,
    mixed: Vec<f32>,
    state: Vec<f32>,
    layer: Room,
}

/// Rows that a block works on at a time, if no sentence is longer: few enough that what is in between stays
/// near the processor.
const ROWS: usize = 4 * TOGETHER;

/// Sentences that follow one another, of up to [`ROWS`] rows together or one alone.
fn groups(sentences: &[Range<usize>]) -> impl Iterator<Item = &[Range<usize>]> {
    let mut rest = sentences;
    std::iter::from_fn(move || {
        let start = rest.first()?.start;
        let count = rest.iter().take_while(|s| s.end - start <= ROWS).count().max(1);
        let (some, others) = rest.split_at(count);
        rest = others;
        Some(some)
    })
}

/// Each row with its neighbours in the sentence, weighted number by number.
#[inline(always)]
fn blur(
    from: &[f32],
    to: &mut [f32],
    near: &[f32],
    width: usize,
    start: usize,
    sentences: &[Range<usize>],
) {
    let row = |t: usize| &from[(t - start) * width..(t + 1 - start) * width];
    for s in sentences {
        for t in s.clone() {
            let out = &mut to[(t - start) * width..(t + 1 - start) * width];
            if t > s.start {
                multiply(out, row(t - 1), &near[..width]);
                multiply_add(out, row(t), &near[width..2 * width]);
            } else {
                multiply(out, row(t), &near[width..2 * width]);
            }
            if t + 1 < s.end {
                multiply_add(out, row(t + 1), &near[2 * width..]);
            }
        }
    }
}

#[inline(always)]
fn multiply(out: &mut [f32], a: &[f32], b: &[f32]) {
    for ((o, &a), &b) in out.iter_mut().zip(a).zip(b) {
        *o = a * b;
    }
}

#[inline(always)]
fn multiply_add(out: &mut [f32], a: &[f32], b: &[f32]) {
    for ((o, &a), &b) in out.iter_mut().zip(a).zip(b) {
        *o += a * b;
    }
}

/// Both recurrences over the sentences, gated. `from` holds update share, candidate and gate,
/// 3 × `width` numbers a token; `to` takes `width`. `state` has room for one token's.
#[inline(always)]
fn remember(
    from: &[f32],
    to: &mut [f32],
    width: usize,
    start: usize,
    sentences: &[Range<usize>],
    state: &mut [f32],
) {
    let half = width / 2;
    for s in sentences {
        state.fill(0.0);
        for t in s.clone() {
            step(from, to, width, 0..half, t - start, state);
        }
        state.fill(0.0);
        for t in s.clone().rev() {
            step(from, to, width, half..width, t - start, state);
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
