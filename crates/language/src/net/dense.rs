//! Products of matrices in f32, for the few that are not of whole numbers.
//!
//! A library picks its order of additions, and whether a product is rounded before it is added, by the
//! machine. Here every output adds its terms one after another, as written: vectors hold different
//! outputs, never parts of one, so that their width changes no sum.

use ndarray::{Array2, ArrayView2};

use super::wide::wide;

/// Outputs that are computed side by side.
const LANES: usize = 16;
/// Rows that are multiplied together: enough sums under way that none waits for the one before.
const TOGETHER: usize = 4;

/// A matrix to multiply rows with.
#[derive(Debug)]
pub(super) struct Dense {
    inputs: usize,
    outputs: usize,
    /// For [`LANES`] outputs their weights of the first input, of the second, …; then the next
    /// outputs. Zeros fill the last.
    blocks: Vec<[f32; LANES]>,
}

impl Dense {
    /// `rows`: for each output its weights, one for each of `inputs`. What a row lacks is zero.
    pub(super) fn new<'a>(inputs: usize, rows: impl ExactSizeIterator<Item = &'a [f32]>) -> Self {
        let outputs = rows.len();
        let mut blocks = vec![[0.0; LANES]; outputs.div_ceil(LANES) * inputs];
        for (o, row) in rows.enumerate() {
            let first = o / LANES * inputs;
            for (block, &v) in blocks[first..first + inputs].iter_mut().zip(row) {
                block[o % LANES] = v;
            }
        }
        Self { inputs, outputs, blocks }
    }

    /// Numbers that go in.
    pub(super) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Numbers that come out.
    pub(super) fn outputs(&self) -> usize {
        self.outputs
    }

    /// The product with each row of `x`, whose numbers lie side by side.
    pub(super) fn over(&self, x: &ArrayView2<'_, f32>) -> Array2<f32> {
        let mut out = Array2::zeros((x.nrows(), self.outputs));
        let rows: Vec<&[f32]> = x.rows().into_iter().filter_map(|r| r.to_slice()).collect();
        if x.ncols() != self.inputs || rows.len() != x.nrows() || self.inputs * self.outputs == 0 {
            return out;
        }
        if let Some(out) = out.as_slice_mut() {
            wide(
                #[inline(always)]
                || self.fill(&rows, out),
            );
        }
        out
    }

    #[inline(always)]
    fn fill(&self, rows: &[&[f32]], out: &mut [f32]) {
        let together = rows.chunks(TOGETHER).zip(out.chunks_mut(TOGETHER * self.outputs));
        for (rows, out) in together {
            for (i, block) in self.blocks.chunks_exact(self.inputs).enumerate() {
                let columns = i * LANES..self.outputs.min((i + 1) * LANES);
                let mut put = |r: usize, sums: &[f32; LANES]| {
                    let out = &mut out[r * self.outputs..][columns.clone()];
                    out.copy_from_slice(&sums[..out.len()]);
                };
                if let &[a, b, c, d] = rows {
                    let sums = products([a, b, c, d], block);
                    sums.iter().enumerate().for_each(|(r, sums)| put(r, sums));
                } else {
                    for (r, row) in rows.iter().enumerate() {
                        put(r, &products([row], block)[0]);
                    }
                }
            }
        }
    }
}

/// Each row's products with a block of outputs, all of as many inputs.
#[inline(always)]
fn products<const N: usize>(rows: [&[f32]; N], block: &[[f32; LANES]]) -> [[f32; LANES]; N] {
    let rows = rows.map(|r| &r[..block.len()]);
    let mut sums = [[0.0f32; LANES]; N];
    for (k, weights) in block.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(&rows) {
            let v = row[k];
            for (sum, &weight) in sums.iter_mut().zip(weights) {
                *sum += v * weight;
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sum_is_that_of_a_plain_loop_to_the_last_bit() {
        let number = |i: usize| ((i * 7919) % 1009) as f32 / 97.0 - 5.0;
        for (rows, inputs, outputs) in [(1, 1, 1), (4, 96, 96), (9, 37, LANES + 3), (3, 5, 40)] {
            let weights: Vec<f32> = (0..inputs * outputs).map(number).collect();
            let x = Array2::from_shape_fn((rows, inputs), |(r, i)| number(31 * r + 7 * i + 3));
            let out = Dense::new(inputs, weights.chunks_exact(inputs)).over(&x.view());
            assert_eq!(out.dim(), (rows, outputs));
            for ((r, o), got) in out.indexed_iter() {
                let mut sum = 0.0f32;
                for i in 0..inputs {
                    let term = x[[r, i]] * weights[o * inputs + i];
                    sum += term;
                }
                assert_eq!(got.to_bits(), sum.to_bits(), "{r} {o}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_zero() {
        let layer = Dense::new(2, [[1.0, 2.0].as_slice(), &[3.0, 4.0]].into_iter());
        assert_eq!(layer.over(&Array2::ones((1, 3)).view()), Array2::<f32>::zeros((1, 2)));
        assert_eq!(layer.over(&Array2::ones((0, 2)).view()), Array2::<f32>::zeros((0, 2)));
    }
}
