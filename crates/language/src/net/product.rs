//! Products of bytes: the same whole numbers from every machine.
//!
//! Which instructions multiply is chosen by `rten-gemm` when it runs. Those of AVX2 and of AVX-512
//! without VNNI multiply bytes and add them two by two in sixteen bits that *saturate*: a pair of
//! products that does not fit is silently another number there. So weights keep a rule ([`fits`]) under
//! which no pair of any input can leave sixteen bits, the file of weights is refused when they do
//! not, and a sum of whole numbers is then one number, in whatever order it is made.

use std::cell::Cell;

use rten_gemm::{
    BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix, PackedBMatrix,
};
use rten_tensor::NdTensorView;

/// Steps from zero to the greatest number that goes in; numbers in are 1 to 255.
pub(super) const STEPS: u8 = 127;
/// The byte that stands for zero.
pub(super) const ZERO: u8 = STEPS + 1;
/// Rows that are multiplied together: few enough that what is in between stays near the processor.
pub(super) const TOGETHER: usize = 64;
/// Outputs of a product. With no more rows and outputs than these the library has one piece of work
/// and does it at once: articles are read side by side, their products are not.
pub(super) const ABREAST: usize = 128;

/// The most that neighbouring weights of one sign may come to: 255 · 128 is less than 2¹⁵.
const PAIR: i16 = 128;

/// The product for the machine at hand; making one is no work.
type Product = GemmExecutor<u8, i8, i32>;

/// Whether a row of weights, one for each input, fits sixteen bits pair by pair whatever goes in: of
/// inputs 2j and 2j + 1, which are the ones that are added first, the weights above zero come to 128
/// at most, and so do those below.
pub(super) fn fits(row: &[i8]) -> bool {
    let whole = |w: &i8| i16::from(*w);
    row.chunks(2).all(|pair| {
        let above: i16 = pair.iter().map(whole).map(|w| w.max(0)).sum();
        let below: i16 = pair.iter().map(whole).map(|w| w.min(0)).sum();
        above <= PAIR && below >= -PAIR
    })
}

thread_local! {
    static PLAIN: Cell<bool> = const { Cell::new(false) };
}

/// Does some work with products that are written out as loops, on this thread, instead of the
/// library's: for tests that hold the machine's instructions to them. It is ten times as slow.
pub fn plainly<R>(work: impl FnOnce() -> R) -> R {
    let before = PLAIN.replace(true);
    let done = work();
    PLAIN.set(before);
    done
}

/// Rows of numbers that go in (1 to [`TOGETHER`] of them), brought once into the order in which the
/// machine reads them, for all panels of a layer.
pub(super) struct Rows<'b> {
    bytes: &'b [u8],
    packed: PackedAMatrix<u8>,
}

impl<'b> Rows<'b> {
    /// Rows of `inputs` numbers (more than none).
    pub(super) fn new(inputs: usize, bytes: &'b [u8]) -> Self {
        let view = NdTensorView::from_data([bytes.len() / inputs, inputs], bytes);
        Self { bytes, packed: Product::new().prepack_a(view) }
    }
}

/// The weights of up to [`ABREAST`] outputs.
pub(super) struct Panel {
    packed: PackedBMatrix<i8>,
    /// What each sum is too great by, negated, since the byte that goes in for zero is [`ZERO`].
    offsets: Vec<i32>,
    /// The weights for [`plainly`], a row for each output.
    rows: Vec<i8>,
}

impl Panel {
    /// Weights as rows, one for each output, each of `inputs` numbers (more than none).
    pub(super) fn new(inputs: usize, rows: &[i8]) -> Self {
        let view = NdTensorView::from_data([rows.len() / inputs, inputs], rows);
        let offset = |row: &[i8]| -i32::from(ZERO) * row.iter().map(|&w| i32::from(w)).sum::<i32>();
        Self {
            packed: Product::new().prepack_b(view.transposed()),
            offsets: rows.chunks_exact(inputs).map(offset).collect(),
            rows: rows.to_vec(),
        }
    }

    /// Numbers that come out.
    pub(super) fn outputs(&self) -> usize {
        self.packed.cols()
    }

    /// The sums of some rows of as many numbers as go in.
    pub(super) fn times(&self, rows: &Rows, sums: &mut [i32]) {
        let (inputs, outputs) = (self.packed.rows(), self.packed.cols());
        if PLAIN.get() {
            let rows = rows.bytes.chunks_exact(inputs).zip(sums.chunks_exact_mut(outputs));
            for (bytes, sums) in rows {
                for (sum, weights) in sums.iter_mut().zip(self.rows.chunks_exact(inputs)) {
                    let steps = bytes.iter().map(|&b| i32::from(b) - i32::from(ZERO));
                    *sum = steps.zip(weights).map(|(b, &w)| b * i32::from(w)).sum();
                }
            }
            return;
        }
        let a = GemmInputA::Packed(&rows.packed);
        let bias = Some(BiasVector::Row(&self.offsets));
        let options = GemmOptions { bias, ..GemmOptions::default() };
        let done = Product::new().gemm(sums, a, GemmInputB::Packed(&self.packed), options);
        // Sizes are what it could complain of, and they fit.
        debug_assert!(done.is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_that_could_leave_sixteen_bits_does_not_fit() {
        assert!(fits(&[127, 1, -127, -1, 127, -128, 64, 64, 127]));
        for row in [[0, 0, 127, 2], [65, 64, 0, 0], [0, 0, -128, -1], [-64, -65, 0, 0]] {
            assert!(!fits(&row), "{row:?}");
        }
        // Only neighbours are added in sixteen bits.
        assert!(fits(&[1, 127, 127, 1]));
    }

    /// The greatest weights that fit, with the greatest inputs.
    #[test]
    fn the_machines_sums_are_the_plain_ones() {
        // Inputs that no tile divides, and one row as well as many, which have code of their own.
        for (inputs, outputs, rows) in
            [(1, 1, 1), (144, ABREAST, TOGETHER), (37, 5, 3), (258, 16, 1)]
        {
            let weight = |i: usize| match (i / inputs % 4, i % inputs % 2) {
                (0, 0) | (1, 1) => 127,
                (0, 1) | (1, 0) => 1,
                (2, _) => -64,
                (_, odd) => {
                    if odd == 0 {
                        127
                    } else {
                        -128
                    }
                }
            };
            let weights: Vec<i8> = (0..inputs * outputs).map(weight).collect();
            assert!(weights.chunks(inputs).all(fits));
            let panel = Panel::new(inputs, &weights);
            for byte in [|_| 255, |_| 1, |i: usize| (1 + i * 7919 % 255) as u8] {
                let bytes: Vec<u8> = (0..inputs * rows).map(byte).collect();
                let mut sums = [vec![0; rows * outputs], vec![0; rows * outputs]];
                let rows = Rows::new(inputs, &bytes);
                panel.times(&rows, &mut sums[0]);
                plainly(|| panel.times(&rows, &mut sums[1]));
                assert_eq!(sums[0], sums[1], "{inputs} {outputs}");
            }
        }
    }
}
