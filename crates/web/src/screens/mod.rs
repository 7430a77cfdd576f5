//! The screens: for each a module that asks the ledger and shows the answer.

pub(crate) mod ledger;
mod card;
mod marks;
pub(crate) mod question;
pub(crate) mod questions;
pub(crate) mod reader;
mod record;
mod timeline;
mod trouble;

pub(crate) use trouble::Trouble;
