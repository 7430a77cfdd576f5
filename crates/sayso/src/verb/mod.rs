//! One module a verb, each with one function `run`.

pub(crate) mod add;
pub(crate) mod annotate;
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod mcp;
pub(crate) mod origins;
pub(crate) mod questions;
pub(crate) mod read;
pub(crate) mod redact;
pub(crate) mod reread;
pub(crate) mod resolve;
pub(crate) mod review;
pub(crate) mod score;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod speakers;
#[cfg(feature = "network")]
pub(crate) mod watch;

#[cfg(feature = "network")]
mod pages;
mod sources;
#[cfg(feature = "parquet")]
mod tables;
#[cfg(not(feature = "parquet"))]
#[path = "no_tables.rs"]
mod tables;
mod taking;
