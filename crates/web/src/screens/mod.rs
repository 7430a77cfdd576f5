//! The screens: for each a module that asks the ledger and shows the answer.

mod card;
pub(crate) mod compare;
pub(crate) mod data;
pub(crate) mod ledger;
pub(crate) mod map;
mod marks;
pub(crate) mod outcome;
pub(crate) mod outlet;
pub(crate) mod question;
pub(crate) mod questions;
pub(crate) mod reader;
mod record;
pub(crate) mod review;
pub(crate) mod speaker;
pub(crate) mod speakers;
mod timeline;
pub(crate) mod token;
mod trouble;

pub(crate) use trouble::Trouble;
