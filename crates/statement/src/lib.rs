//! Language becomes statements: who said what, through whom, how sure, about which event, where
//! and when.
//!
//! [`read`] is the entry. Each layer of meaning is one module with one entry function of the same
//! shape, `read(&Context, &Attribution)`: the list of modules is the list of ideas. Everything
//! English stands in the [`Tables`], which are data.

mod assemble;
pub mod attribution;
pub mod certainty;
pub mod chain;
pub mod condition;
mod context;
mod cues;
pub mod drift;
pub mod event;
pub mod factuality;
pub mod ground;
pub mod judgement;
pub mod kind;
mod lists;
pub mod meaning;
mod nation;
pub mod nouns;
pub mod numeral;
pub mod passage;
pub mod place;
pub mod polarity;
pub mod quantity;
pub mod reading;
pub mod speaker;
pub mod split;
mod table_error;
pub mod tables;
pub mod time;
pub mod time_words;
pub mod window;
mod word_lists;
pub mod words;
pub mod worth;

pub use assemble::{EXTRACTOR, read, statements, weighed};
pub use context::{Attribution, Context};
pub use ground::Ground;
pub use tables::{TableError, Tables};
