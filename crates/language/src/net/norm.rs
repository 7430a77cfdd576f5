//! Layer normalisation.

use ndarray::{Array1, Array2};

use super::{
    pack::{Pack, PackError},
    wide::wide,
};

/// Layer normalisation.
#[derive(Debug)]
pub struct Norm {
    scale: Array1<f32>,
    shift: Array1<f32>,
}

impl Norm {
    /// Reads `<name>.scale` and `<name>.shift`.
    ///
    /// # Errors
    /// When the file lacks one of them or their sizes differ.
    pub fn new(pack: &Pack<'_>, name: &str) -> Result<Self, PackError> {
        let (scale, shift) =
            (pack.vector(&format!("{name}.scale"))?, pack.vector(&format!("{name}.shift"))?);
        if scale.len() == shift.len() {
            Ok(Self { scale, shift })
        } else {
            Err(PackError::Part(name.to_owned()))
        }
    }

    /// Numbers that go in.
    pub fn inputs(&self) -> usize {
        self.scale.len()
    }

    /// Each row of `x` with mean 0 and variance 1, scaled and shifted, into `out`.
    pub fn over(&self, x: &Array2<f32>, out: &mut Array2<f32>) {
        if let (Some(x), Some(out)) = (x.as_slice(), out.as_slice_mut()) {
            self.rows(x, out);
        }
    }

    /// The same of rows that follow one another.
    pub(super) fn rows(&self, x: &[f32], out: &mut [f32]) {
        if let (Some(scale), Some(shift)) = (self.scale.as_slice(), self.shift.as_slice()) {
            wide(
                #[inline(always)]
                || normalise(x, scale, shift, out),
            );
        }
    }
}

#[inline(always)]
fn normalise(x: &[f32], scale: &[f32], shift: &[f32], out: &mut [f32]) {
    let width = scale.len().max(1);
    for (row, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
        let n = width as f32;
        let mean = sum(row, |v| v) / n;
        let variance = sum(row, |v| (v - mean) * (v - mean)) / n;
        let factor = 1.0 / (variance + 1e-5).sqrt();
        for (((o, &v), &a), &b) in out.iter_mut().zip(row).zip(scale).zip(shift) {
            *o = (v - mean) * factor * a + b;
        }
    }
}

/// A sum in sixteen lanes, which the compiler turns into vector code; plain `sum` keeps the order of
/// additions and with it one lane.
#[inline(always)]
fn sum(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 16];
    let chunks = x.chunks_exact(16);
    let rest: f32 = chunks.remainder().iter().map(|&v| f(v)).sum();
    for chunk in chunks {
        for (l, &v) in lanes.iter_mut().zip(chunk) {
            *l += f(v);
        }
    }
    lanes.iter().sum::<f32>() + rest
}
