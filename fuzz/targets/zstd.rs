//! See `crates/read/src/probe.rs`.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::in_time(bytes, || sayso_read::probe::zstd(bytes)));
