//! Words and patterns of expressions of time, as `data/en/times.toml` has them: what [`crate::time`] finds
//! and reads.

pub mod lexeme;
pub mod pattern;
pub mod table;
pub mod value;
pub mod vocabulary;
