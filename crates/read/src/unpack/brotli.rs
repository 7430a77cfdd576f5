//! Brotli (RFC 7932), as servers pack pages with it.

use std::io::Read;

/// What `bytes` unpack to.
pub(crate) fn unpacked(bytes: &[u8]) -> impl Read {
    brotli_decompressor::Decompressor::new(bytes, 4096)
}
