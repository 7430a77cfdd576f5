//! Files that hold many documents: WARC, ZIP.
//!
//! A broken document costs no other, and what is unpacked has limits.

mod http;
mod member;
pub(crate) mod warc;
mod window;
pub(crate) mod zip;

pub(crate) use http::{charset, essence};
