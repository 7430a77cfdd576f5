//! What the ledger promises, held against its public functions alone.

mod adding;
mod finding;
mod fixture;
mod linking;
mod opening;
mod reviewing;
mod verifying;
