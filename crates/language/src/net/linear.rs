//! A linear map over rows, in whole numbers of eight bits.
//!
//! The file holds weights of eight bits with a scale for each output. What goes in is rounded row by
//! row to as many bits, so that the product is one of whole numbers, three times as fast as in f32
//! (`docs/experiments/language.md` tells what it costs).

use ndarray::Array2;

use super::{
    pack::{Pack, PackError},
    product::{ABREAST, Panel, Rows, STEPS, TOGETHER, ZERO, fits},
    wide::wide,
};

/// `x · weight + bias`
pub struct Linear {
    inputs: usize,
    /// The weights of [`ABREAST`] outputs, then of the next.
    panels: Vec<Panel>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl std::fmt::Debug for Linear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Linear({} to {})", self.inputs, self.bias.len())
    }
}

impl Linear {
    /// Reads `<name>.weight` and `<name>.bias`.
    ///
    /// # Errors
    /// When the file lacks one of them, their sizes differ or the weights could overflow.
    pub fn new(pack: &Pack<'_>, name: &str) -> Result<Self, PackError> {
        let biases = pack.vector(&format!("{name}.bias"))?.to_vec();
        Self::of(pack, &[&format!("{name}.weight")], biases)
    }

    /// Reads `<name>.weight`, for a layer that adds nothing.
    ///
    /// # Errors
    /// When the file lacks it or the weights could overflow.
    pub fn plain(pack: &Pack<'_>, name: &str) -> Result<Self, PackError> {
        let weight = format!("{name}.weight");
        let outputs = pack.table(&weight)?.rows;
        Self::of(pack, &[&weight], vec![0.0; outputs])
    }

    /// Reads several layers over one input as one, outputs side by side.
    ///
    /// # Errors
    /// When the file lacks one of them, their inputs differ in size or the weights could overflow.
    pub fn side_by_side(pack: &Pack<'_>, names: &[String]) -> Result<Self, PackError> {
        let mut biases = Vec::new();
        for name in names {
            biases.extend(pack.vector(&format!("{name}.bias"))?);
        }
        let weights: Vec<String> = names.iter().map(|n| format!("{n}.weight")).collect();
        let weights: Vec<&str> = weights.iter().map(String::as_str).collect();
        Self::of(pack, &weights, biases)
    }

    fn of(pack: &Pack<'_>, weights: &[&str], bias: Vec<f32>) -> Result<Self, PackError> {
        let (mut rows, mut scales, mut inputs) = (Vec::new(), Vec::new(), None);
        for &name in weights {
            let table = pack.table(name)?;
            if *inputs.get_or_insert(table.columns) != table.columns {
                return Err(PackError::Part(name.to_owned()));
            }
            let first = rows.len();
            rows.extend(table.values());
            if !rows[first..].chunks(table.columns.max(1)).all(fits) {
                return Err(PackError::Overflow(name.to_owned()));
            }
            scales.extend(table.scales());
        }
        let inputs = inputs.unwrap_or_default();
        if scales.len() != bias.len() || inputs == 0 {
            return Err(PackError::Part(weights.concat()));
        }
        Ok(Self::packed(inputs, &rows, scales, bias))
    }

    /// A layer of `rows`, one for each output, each of `inputs` numbers (more than none).
    fn packed(inputs: usize, rows: &[i8], scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let panels = rows.chunks(ABREAST * inputs).map(|rows| Panel::new(inputs, rows)).collect();
        Self { inputs, panels, scales, bias }
    }

    /// Numbers that come out.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Numbers that go in.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Adds the layer over each row of `x` to `out`.
    pub fn add_over(&self, x: &Array2<f32>, out: &mut Array2<f32>) {
        if let (Some(x), Some(out)) = (x.as_slice(), out.as_slice_mut()) {
            self.add_rows(x, out, &mut Room::default());
        }
    }

    /// The layer over each row of `x`.
    pub fn over(&self, x: &Array2<f32>) -> Array2<f32> {
        let mut out = Array2::zeros((x.nrows(), self.outputs()));
        if let (Some(x), Some(out)) = (x.as_slice(), out.as_slice_mut()) {
            self.put_rows(x, out, &mut Room::default());
        }
        out
    }

    /// Adds the layer over each row of `x` to the rows of `out`.
    pub(super) fn add_rows(&self, x: &[f32], out: &mut [f32], room: &mut Room) {
        self.rows(x, out, room, |out, sum| *out += sum);
    }

    /// Puts the layer over each row of `x` into the rows of `out`, whatever stood there.
    pub(super) fn put_rows(&self, x: &[f32], out: &mut [f32], room: &mut Room) {
        self.rows(x, out, room, |out, sum| *out = sum);
    }

    #[inline(always)]
    fn rows(&self, x: &[f32], out: &mut [f32], room: &mut Room, put: impl Fn(&mut f32, f32)) {
        if x.len() / self.inputs != out.len() / self.outputs().max(1)
            || !x.len().is_multiple_of(self.inputs)
        {
            return;
        }
        let most = TOGETHER.min(x.len() / self.inputs);
        let rounded = room_for(&mut room.rounded, most * self.inputs);
        let steps = room_for(&mut room.steps, most);
        let sums = room_for(&mut room.sums, most * ABREAST.min(self.outputs()));
        let together = x.chunks(TOGETHER * self.inputs);
        for (x, out) in together.zip(out.chunks_mut(TOGETHER * self.outputs())) {
            let n = x.len() / self.inputs;
            let rounded = &mut rounded[..x.len()];
            wide(
                #[inline(always)]
                || round(x, self.inputs, rounded, steps),
            );
            let rows = Rows::new(self.inputs, rounded);
            for (i, panel) in self.panels.iter().enumerate() {
                let sums = &mut sums[..n * panel.outputs()];
                panel.times(&rows, sums);
                let columns = i * ABREAST..i * ABREAST + panel.outputs();
                let (scales, bias) = (&self.scales[columns.clone()], &self.bias[columns.clone()]);
                wide(
                    #[inline(always)]
                    || {
                        let rows = out.chunks_exact_mut(self.outputs());
                        let sums = sums.chunks_exact(columns.len());
                        for ((out, sums), &step) in rows.zip(sums).zip(&*steps) {
                            scale(sums, step, scales, bias, &mut out[columns.clone()], &put);
                        }
                    },
                );
            }
        }
    }
}

/// Room that layers work in, kept from one use to the next: clearing it each time was a tenth of all
/// instructions of a reading.
#[derive(Debug, Default)]
pub(super) struct Room {
    rounded: Vec<u8>,
    steps: Vec<f32>,
    sums: Vec<i32>,
}

/// The first `n` numbers of some room, which is made larger where it must be; their content is
/// undefined.
pub(super) fn room_for<T: Copy + Default>(room: &mut Vec<T>, n: usize) -> &mut [T] {
    if room.len() < n {
        room.resize(n, T::default());
    }
    &mut room[..n]
}

/// Each row of `x` in whole steps, [`STEPS`] from zero to its greatest number; `steps` takes their
/// sizes. Zero is rounded to [`ZERO`].
#[inline(always)]
fn round(x: &[f32], width: usize, rounded: &mut [u8], steps: &mut [f32]) {
    /// Beside it an f32 has no room for fractions: adding it rounds, half to even.
    const WHOLE: f32 = 12_582_912.0;
    let most_steps = f32::from(STEPS);
    let rows = x.chunks_exact(width).zip(rounded.chunks_exact_mut(width));
    for ((row, rounded), step) in rows.zip(steps) {
        let mut lanes = [0.0f32; 16];
        let chunks = row.chunks_exact(16);
        for (lane, v) in lanes.iter_mut().zip(chunks.remainder()) {
            *lane = v.abs();
        }
        for chunk in chunks {
            for (lane, v) in lanes.iter_mut().zip(chunk) {
                let v = v.abs();
                *lane = if v > *lane { v } else { *lane };
            }
        }
        let most = lanes.iter().fold(1e-20f32, |a, &b| a.max(b));
        *step = most / most_steps;
        let factor = most_steps / most;
        for (r, v) in rounded.iter_mut().zip(row) {
            *r = ((v * factor + WHOLE).to_bits() as u8).wrapping_add(ZERO);
        }
    }
}

/// Adds sums of whole numbers, brought back to their scale, and the bias to `out`, or puts them there.
#[inline(always)]
fn scale(
    sums: &[i32],
    step: f32,
    scales: &[f32],
    bias: &[f32],
    out: &mut [f32],
    put: &impl Fn(&mut f32, f32),
) {
    for (((o, &sum), &scale), &bias) in out.iter_mut().zip(sums).zip(scales).zip(bias) {
        put(o, sum as f32 * (step * scale) + bias);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A layer that is not in any file: `outputs` rows of weights between −64 and 64.
    fn layer(inputs: usize, outputs: usize) -> (Linear, Vec<i8>) {
        let weight = |i: usize| ((i * 7919 % 129) as u8).wrapping_sub(64).cast_signed();
        let weights: Vec<i8> = (0..inputs * outputs).map(weight).collect();
        let scales = (0..outputs).map(|i| 0.01 + i as f32 * 0.001).collect();
        let bias = (0..outputs).map(|i| i as f32).collect();
        (Linear::packed(inputs, &weights, scales, bias), weights)
    }

    #[test]
    fn it_is_the_product_but_for_the_rounding() {
        // More rows and outputs than one piece of work holds, and inputs that no lane divides.
        let (inputs, outputs, rows) = (37, ABREAST + 5, TOGETHER + 3);
        let (layer, weights) = layer(inputs, outputs);
        let x: Vec<f32> =
            (0..rows * inputs).map(|i| ((i * 31) % 101) as f32 / 50.0 - 1.0).collect();
        let x = Array2::from_shape_vec((rows, inputs), x).unwrap();
        let out = layer.over(&x);
        for (r, row) in x.rows().into_iter().enumerate() {
            let most = row.iter().fold(0.0f32, |a, b| a.max(b.abs()));
            for o in 0..outputs {
                let weights = &weights[o * inputs..(o + 1) * inputs];
                let exact: f32 =
                    row.iter().zip(weights).map(|(x, &w)| x * f32::from(w)).sum::<f32>()
                        * layer.scales[o]
                        + layer.bias[o];
                // half a step of each input, at worst, by its weight
                let weight: f32 = weights.iter().map(|&w| f32::from(w).abs()).sum();
                let bound = most / f32::from(STEPS) / 2.0 * weight * layer.scales[o] + 1e-2;
                assert!((out[[r, o]] - exact).abs() <= bound, "{r} {o}: {} {exact}", out[[r, o]]);
            }
        }
    }

    #[test]
    fn the_greatest_numbers_do_not_run_over() {
        let (inputs, outputs) = (64, 3);
        let weights = vec![64i8; inputs * outputs];
        let layer = Linear::packed(inputs, &weights, vec![1.0; outputs], vec![0.0; outputs]);
        for v in [5.0f32, -5.0] {
            let out = layer.over(&Array2::from_elem((2, inputs), v));
            let exact = v * 64.0 * inputs as f32;
            assert!(out.iter().all(|o| (o - exact).abs() < 1.0), "{out} {exact}");
        }
        let nothing = layer.over(&Array2::zeros((1, inputs)));
        assert!(nothing.iter().all(|o| *o == 0.0), "{nothing}");
    }
}
