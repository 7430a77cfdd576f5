use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ledger::Store;

/// Flags of `sayso export`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso export datapackage --to said/       CSV tables with their description, for everybody
  sayso export stix > said.json             a bundle for OpenCTI or MISP
  sayso export annotation --public > said.jsonld
  sayso export graph --to graph/            nodes.csv and edges.csv for Gephi

With --public only what a person accepted or corrected goes out, no quotation is longer than 300 \
characters, and no text of an article is in it. Which field means what: docs/exports.md.")]
pub(crate) struct Export {
    /// In which format
    #[arg(value_enum)]
    pub(crate) format: ExportFormat,
    /// Where to: a folder for datapackage and graph, else a file [default: standard output]
    #[arg(long, value_name = "PATH")]
    pub(crate) to: Option<PathBuf>,
    /// For others than the ledger's owner: reviewed statements only, quotations cut
    #[arg(long)]
    pub(crate) public: bool,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// What others read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    // A Frictionless data package: CSV tables, with Croissant metadata beside it
    Datapackage,
    // W3C Web Annotation, JSON-LD
    Annotation,
    // schema.org Claim and ClaimReview, JSON-LD
    Schemaorg,
    // STIX 2.1
    Stix,
    // FollowTheMoney entities, a line each
    Ftm,
    // Nodes and edges for Gephi
    Graph,
}

impl ExportFormat {
    /// True for what is several files.
    pub(crate) fn is_folder(self) -> bool {
        matches!(self, Self::Datapackage | Self::Graph)
    }
}
