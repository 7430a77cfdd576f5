//! Statements become questions: which of them speak of the same event, and which side each takes.
//!
//! [`questions`] is the entry: statements in, [`sayso_model::Question`]s out. It is pure, its
//! output depends on the statements alone and not on their order, and its time is `n log n` in
//! their number.
//!
//! **Why equal keys and no similarity.** Two statements meet in a question when their events have
//! the same actor and target and the same class (or one that the pack calls its opposite). A
//! measure of likeness would join more, and nobody could say why two statements stand side by
//! side; here every bearing prints its reason.

mod class;
mod question;
mod reason;
mod stance;

pub use class::{By, Class, Classes, Opposite};
pub use question::questions;
