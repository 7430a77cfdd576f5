//! See `crates/read/src/probe.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sayso_read::probe::zstd(bytes));
