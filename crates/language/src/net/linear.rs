//! The two layers that everything is made of: a linear map and layer normalisation.

use ndarray::{Array1, Array2, linalg::general_mat_mul};

use super::pack::{Pack, PackError};

/// `x · weight + bias`
#[derive(Debug)]
pub struct Linear {
    weight: Array2<f32>,
    bias: Array1<f32>,
}

impl Linear {
    /// Reads `<name>.weight` and `<name>.bias`.
    ///
    /// # Errors
    /// When the file lacks one of them.
    pub fn new(pack: &Pack<'_>, name: &str) -> Result<Self, PackError> {
        let bias = pack.vector(&format!("{name}.bias"))?;
        Self::of(pack.linear(&format!("{name}.weight"))?, bias, name)
    }

    /// Puts a weight (input × output) and a bias together.
    ///
    /// # Errors
    /// When their sizes differ.
    pub fn of(weight: Array2<f32>, bias: Array1<f32>, name: &str) -> Result<Self, PackError> {
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
    pub fn side_by_side(layers: &[Self], name: &str) -> Result<Self, PackError> {
        let weights: Vec<_> = layers.iter().map(|l| l.weight.view()).collect();
        let biases: Vec<_> = layers.iter().map(|l| l.bias.view()).collect();
        let wrong = |_| PackError::Part(name.to_owned());
        Ok(Self {
            weight: ndarray::concatenate(ndarray::Axis(1), &weights).map_err(wrong)?,
            bias: ndarray::concatenate(ndarray::Axis(0), &biases).map_err(wrong)?,
        })
    }

    /// Numbers that come out.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Numbers that go in.
    pub fn inputs(&self) -> usize {
        self.weight.nrows()
    }

    /// Adds the layer over each row of `x` to `out`.
    pub fn add_over(&self, x: &Array2<f32>, out: &mut Array2<f32>) {
        *out += &self.bias;
        general_mat_mul(1.0, x, &self.weight, 1.0, out);
    }

    /// The layer over each row of `x`.
    pub fn over(&self, x: &Array2<f32>) -> Array2<f32> {
        let mut out = Array2::zeros((x.nrows(), self.outputs()));
        self.add_over(x, &mut out);
        out
    }

    /// The layer over one vector.
    pub fn over_one(&self, x: &Array1<f32>) -> Array1<f32> {
        x.dot(&self.weight) + &self.bias
    }
}

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
