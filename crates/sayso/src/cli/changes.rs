use clap::Args;

use super::{ledger::Store, read::ReportFormat};

/// Flags of `sayso changes`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso changes
  sayso changes 'Nadia Brem' -o json

A changed mind is one speaker who, on one question and on a later day, takes the other side or says a range \
that does not meet the one before.")]
pub(crate) struct Changes {
    /// One speaker, by name or id; without it, everybody
    #[arg(value_name = "SPEAKER")]
    pub(crate) speaker: Option<String>,
    /// At most so many, the latest
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// How to print [default: table on a terminal, jsonl in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReportFormat>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}
