use clap::Args;

use super::ledger::Store;

/// Flags of `sayso mcp`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso mcp --ledger /home/ines/war.db
  sayso mcp < requests.jsonl                one JSON-RPC message a line

A client starts it by itself, for example with
  {\"mcpServers\": {\"sayso\": {\"command\": \"sayso\", \"args\": [\"mcp\", \"--ledger\", \"/home/ines/war.db\"]}}}

It speaks the Model Context Protocol, revisions 2026-07-28 and 2025-11-25, and only reads. The tools are \
search, question, speaker, statement and check_quotes. Words of articles leave under `from_article` alone, \
at most 300 characters a piece, with their spans; unseen characters are taken out.")]
pub(crate) struct Mcp {
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}
