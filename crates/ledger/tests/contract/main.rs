//! What the ledger promises, held against its public functions alone.

mod adding;
mod evidence;
mod finding;
mod fixture;
mod keeping;
mod kin;
mod linking;
mod listing;
mod mending;
mod opening;
mod publishing;
mod redacting;
mod reviewing;
mod scoring;
mod taking;
mod unnamed;
mod verifying;
mod views;
