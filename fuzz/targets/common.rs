//! What every target asks beside its own: that no input takes a core for long.

use std::time::{Duration, Instant};

/// A second for each of so many bytes, and at least one.
const A_SECOND: usize = 100_000;

/// Does the work and fails where it took too long. With sanitizers everything is slower by some ten times,
/// and the fuzzer's machine is busy: what fails here is far from linear.
pub(crate) fn in_time(bytes: &[u8], work: impl FnOnce()) {
    let began = Instant::now();
    work();
    let allowed = Duration::from_secs(1 + (bytes.len() / A_SECOND) as u64);
    assert!(began.elapsed() < allowed, "{:?} for {} bytes", began.elapsed(), bytes.len());
}
