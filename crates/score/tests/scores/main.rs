//! Scores against a second computation, properties, and what became of what.

mod fates;
mod make;
mod properties;
mod second;
mod slow;
mod time;
