//! From tokens to states: embeddings, then blocks of gated linear recurrences.
//!
//! A block adds `out(gate ⊙ (forward ‖ backward))` to its input, where both recurrences are
//! `h[t] = h[t−1] + z[t] (c[t] − h[t−1])` over a normalised input blurred with its neighbours. All
//! products of matrices run over the tokens of many sentences at once; only the recurrences go
//! token by token, within a sentence. Work is linear in the tokens.

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView1, linalg::general_mat_mul};

use super::{
    features::{self, Form},
    pack::{Pack, PackError, Table},
};

/// The encoder's weights.
#[derive(Debug)]
pub(super) struct Encoder {
    hashed: [Table<'static>; features::HASHED.len()],
    pieces: Table<'static>,
    quote: Table<'static>,
    style: Table<'static>,
    enter: Linear,
    blocks: Vec<Block>,
    norm: Norm,
}

/// `x · weight + bias`
#[derive(Debug)]
pub(super) struct Linear {
    weight: Array2<f32>,
    bias: Array1<f32>,
}

impl Linear {
    /// Reads `<name>.weight` and `<name>.bias`.
    ///
    /// # Errors
    /// When the file lacks one of them.
    pub(super) fn new(pack: &Pack<'_>, name: &str) -> Result<Self, PackError> {
        let bias = pack.vector(&format!("{name}.bias"))?;
        Self::of(pack.linear(&format!("{name}.weight"))?, bias, name)
    }

    /// Puts a weight (input × output) and a bias together.
    ///
    /// # Errors
    /// When their sizes differ.
    pub(super) fn of(
        weight: Array2<f32>,
        bias: Array1<f32>,
        name: &str,
    ) -> Result<Self, PackError> {
        if weight.ncols() == bias.len() {
            Ok(Self { weight, bias })
        } else {
            Err(PackError::Part(name.to_owned()))
        }
    }

    /// Several layers over one input as one, outputs side by side.
    ///
    /// # Errors
    /// When their inputs differ in size.
    pub(super) fn side_by_side(layers: &[Self], name: &str) -> Result<Self, PackError> {
        let weights: Vec<_> = layers.iter().map(|l| l.weight.view()).collect();
        let biases: Vec<_> = layers.iter().map(|l| l.bias.view()).collect();
        let wrong = |_| PackError::Part(name.to_owned());
        Ok(Self {
            weight: ndarray::concatenate(ndarray::Axis(1), &weights).map_err(wrong)?,
            bias: ndarray::concatenate(ndarray::Axis(0), &biases).map_err(wrong)?,
        })
    }

    /// Numbers that come out.
    pub(super) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Numbers that go in.
    pub(super) fn inputs(&self) -> usize {
        self.weight.nrows()
    }

    /// The layer over each row of `x`.
    pub(super) fn over(&self, x: &Array2<f32>) -> Array2<f32> {
        let mut out = Array2::zeros((x.nrows(), self.outputs()));
        out += &self.bias;
        general_mat_mul(1.0, x, &self.weight, 1.0, &mut out);
        out
    }

    /// The layer over one vector.
    pub(super) fn over_one(&self, x: ArrayView1<'_, f32>) -> Array1<f32> {
        x.dot(&self.weight) + &self.bias
    }
}

#[derive(Debug)]
struct Norm {
    scale: Array1<f32>,
    shift: Array1<f32>,
}

impl Norm {
    fn new(pack: &Pack<'_>, name: &str) -> Result<Self, PackError> {
        let (scale, shift) =
            (pack.vector(&format!("{name}.scale"))?, pack.vector(&format!("{name}.shift"))?);
        if scale.len() == shift.len() {
            Ok(Self { scale, shift })
        } else {
            Err(PackError::Part(name.to_owned()))
        }
    }

    /// Each row of `x` with mean 0 and variance 1, scaled and shifted, into `out`.
    fn over(&self, x: &Array2<f32>, out: &mut Array2<f32>) {
        let (Some(scale), Some(shift)) = (self.scale.as_slice(), self.shift.as_slice()) else {
            return;
        };
        for (row, mut out) in x.rows().into_iter().zip(out.rows_mut()) {
            let (Some(row), Some(out)) = (row.to_slice(), out.as_slice_mut()) else { continue };
            let n = row.len() as f32;
            let mean = sum(row, |v| v) / n;
            let variance = sum(row, |v| (v - mean) * (v - mean)) / n;
            let factor = 1.0 / (variance + 1e-5).sqrt();
            for (((o, &v), &a), &b) in out.iter_mut().zip(row).zip(scale).zip(shift) {
                *o = (v - mean) * factor * a + b;
            }
        }
    }
}

/// A sum in eight lanes, which the compiler turns into vector code; plain `sum` keeps the order of
/// additions and with it one lane.
fn sum(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 8];
    let chunks = x.chunks_exact(8);
    let rest: f32 = chunks.remainder().iter().map(|&v| f(v)).sum();
    for chunk in chunks {
        for (l, &v) in lanes.iter_mut().zip(chunk) {
            *l += f(v);
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// An algebraic sigmoid: 1/2 + x / (2 √(1 + x²)).
fn squash(x: f32) -> f32 {
    0.5 + 0.5 * x / (1.0 + x * x).sqrt()
}

#[derive(Debug)]
struct Block {
    norm: Norm,
    near: Array2<f32>,
    mix: Linear,
    out: Linear,
}

impl Block {
    fn new(pack: &Pack<'_>, name: &str, d: usize) -> Result<Self, PackError> {
        let block = Self {
            norm: Norm::new(pack, &format!("{name}.norm"))?,
            near: pack.rows(&format!("{name}.near"))?,
            mix: Linear::new(pack, &format!("{name}.mix"))?,
            out: Linear::new(pack, &format!("{name}.out"))?,
        };
        let fits = d.is_multiple_of(2)
            && block.norm.scale.len() == d
            && block.near.dim() == (3, d)
            && (block.mix.inputs(), block.mix.outputs()) == (d, 3 * d)
            && (block.out.inputs(), block.out.outputs()) == (d, d);
        if fits { Ok(block) } else { Err(PackError::Part(name.to_owned())) }
    }

    fn add_to(&self, x: &mut Array2<f32>, sentences: &[Range<usize>]) {
        let d = x.ncols();
        let mut u = Array2::zeros(x.dim());
        self.norm.over(x, &mut u);
        let mut v = Array2::zeros(x.dim());
        for s in sentences {
            for t in s.clone() {
                let before = (t > s.start).then(|| u.row(t - 1));
                let after = (t + 1 < s.end).then(|| u.row(t + 1));
                let near = [before, Some(u.row(t)), after];
                let mut out = v.row_mut(t);
                for (row, weight) in near.into_iter().zip(self.near.rows()) {
                    if let Some(row) = row {
                        multiply_add(out.as_slice_mut(), row.to_slice(), weight.to_slice());
                    }
                }
            }
        }
        // z, c and gate side by side
        let mut m = self.mix.over(&v);
        let Some(m) = m.as_slice_mut() else { return };
        // u is done with: it takes the recurrences' states
        let Some(h) = u.as_slice_mut() else { return };
        let half = d / 2;
        for s in sentences {
            scan(m, h, d, 0..half, s.clone());
            scan(m, h, d, half..d, s.clone().rev());
        }
        for (h, m) in h.chunks_exact_mut(d).zip(m.chunks_exact(3 * d)) {
            for (h, &g) in h.iter_mut().zip(&m[2 * d..]) {
                *h *= g * squash(g);
            }
        }
        *x += &self.out.bias;
        general_mat_mul(1.0, &u, &self.out.weight, 1.0, x);
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
/// m: tokens × 3 d (z, c, gate), h: tokens × d.
fn scan(
    m: &[f32],
    h: &mut [f32],
    d: usize,
    columns: Range<usize>,
    tokens: impl Iterator<Item = usize>,
) {
    let mut state = vec![0.0f32; columns.len()];
    for t in tokens {
        let row = &m[t * 3 * d..(t + 1) * 3 * d];
        let z = &row[columns.clone()];
        let c = &row[d + columns.start..d + columns.end];
        for ((s, &z), &c) in state.iter_mut().zip(z).zip(c) {
            *s += squash(z) * (c - *s);
        }
        h[t * d..][columns.clone()].copy_from_slice(&state);
    }
}

impl Encoder {
    /// Reads the encoder of a model.
    ///
    /// # Errors
    /// When the file lacks a part or the shapes do not fit each other.
    pub(super) fn new(pack: &Pack<'static>, model: &str) -> Result<Self, PackError> {
        let table = |name: &str| pack.table(&format!("{model}/table.{name}"));
        let mut hashed = Vec::new();
        for (name, rows) in features::HASHED {
            let t = table(name)?;
            if t.rows as u64 != rows {
                return Err(PackError::Part(format!("{model}/table.{name}")));
            }
            hashed.push(t);
        }
        let enter = Linear::new(pack, &format!("{model}/enter"))?;
        let d = enter.outputs();
        let mut blocks = Vec::new();
        while let Ok(block) = Block::new(pack, &format!("{model}/block{}", blocks.len()), d) {
            blocks.push(block);
        }
        let encoder = Self {
            hashed: hashed.try_into().map_err(|_| PackError::Part(model.to_owned()))?,
            pieces: table("piece")?,
            quote: table("quote")?,
            style: table("style")?,
            enter,
            blocks,
            norm: Norm::new(pack, &format!("{model}/norm"))?,
        };
        if encoder.embedding_width() == encoder.enter.inputs() && !encoder.blocks.is_empty() {
            Ok(encoder)
        } else {
            Err(PackError::Part(format!("{model}/enter.weight")))
        }
    }

    fn embedding_width(&self) -> usize {
        let others = [&self.pieces, &self.quote, &self.style];
        self.hashed.iter().chain(others).map(|t| t.columns).sum()
    }

    /// Numbers in a state.
    pub(super) fn width(&self) -> usize {
        self.enter.outputs()
    }

    fn embed(&self, form: &Form, quote: usize, style: usize, mut out: &mut [f32]) {
        let mut next = |n: usize| {
            let (head, tail) = std::mem::take(&mut out).split_at_mut(n);
            out = tail;
            head
        };
        for (table, &row) in self.hashed.iter().zip(&form.hashed) {
            table.add(row as usize, 1.0, next(table.columns));
        }
        let pieces = form.pieces.iter().filter(|&&p| p > 0);
        let share = 1.0 / pieces.clone().count().max(1) as f32;
        let place = next(self.pieces.columns);
        for &p in pieces {
            self.pieces.add(p as usize, share, place);
        }
        self.quote.add(quote, 1.0, next(self.quote.columns));
        self.style.add(style, 1.0, next(self.style.columns));
    }

    /// A state for each token, a row each. The ranges are the sentences; they follow one another
    /// from 0 to the number of forms.
    pub(super) fn encode(&self, forms: &[Form], sentences: &[Range<usize>]) -> Array2<f32> {
        let mut e = Array2::zeros((forms.len(), self.enter.inputs()));
        for s in sentences {
            let style = features::style(&forms[s.clone()]);
            for (t, quote) in s.clone().zip(features::quotes(&forms[s.clone()])) {
                if let Some(row) = e.row_mut(t).as_slice_mut() {
                    self.embed(&forms[t], quote, style, row);
                }
            }
        }
        let mut x = self.enter.over(&e);
        for block in &self.blocks {
            block.add_to(&mut x, sentences);
        }
        let mut out = Array2::zeros(x.dim());
        self.norm.over(&x, &mut out);
        out
    }
}
