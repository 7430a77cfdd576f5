//! Plain loops with the widest instructions that the machine has.
//!
//! A binary for everyone is built for the oldest of machines, so the compiler turns a loop into
//! instructions of four numbers at a time where the machine at hand may have some of sixteen. What
//! runs inside [`wide`] is compiled for each of them and chosen when it runs. The numbers stay the
//! same: no addition changes its place.

use rten_simd::{Isa, SimdOp};

struct Wide<F>(F);

impl<F: FnOnce() -> R, R> SimdOp for Wide<F> {
    type Output = R;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> R {
        (self.0)()
    }
}

/// Does some work with the widest instructions of this machine. Only what is inlined gains: closures
/// and functions marked so.
pub(super) fn wide<R>(work: impl FnOnce() -> R) -> R {
    Wide(work).dispatch()
}
