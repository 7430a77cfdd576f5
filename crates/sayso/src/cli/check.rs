use std::path::PathBuf;

use clap::Args;

use super::{
    ledger::Store,
    read::{InputFormat, ReportFormat},
};

/// Flags of `sayso check`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso check draft.md
  sayso check --ledger war.db draft.html -o json
  pbpaste | sayso check -

Each quotation is looked up word for word; case, punctuation and the shape of the marks are no \
difference. `found`: the article quotes it so. `other speaker`: so, and another person says it. \
`paraphrase`: the words are the article's, inside no marks. `altered`: some words differ; both are \
shown as ⟨draft → article⟩. `not found`: nothing near it is known. `too short`: one or two words that \
the ledger does not have. An ellipsis or square brackets stand for what the draft leaves out. \
A paraphrase that is surer, or less sure, than what its speaker is quoted with is listed too. \
Exit code 1 where a quotation is anything but found or too short.")]
pub(crate) struct Check {
    /// Drafts as text, Markdown or HTML; `-` for standard input
    #[arg(value_name = "DRAFT", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// How to print [default: table on a terminal, jsonl in a pipe: one object a draft]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReportFormat>,
    /// How the input is to be understood
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "auto")]
    pub(crate) input_format: InputFormat,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}
