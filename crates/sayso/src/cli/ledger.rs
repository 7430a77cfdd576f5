use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{
    linking::QuestionsAction,
    read::{Format, InputFormat, ReportFormat, date},
};

/// Which ledger.
#[derive(Debug, Clone, Args)]
pub(crate) struct Store {
    /// The ledger's file
    #[arg(long, value_name = "PATH", env = "SAYSO_LEDGER", default_value = "sayso.db")]
    pub(crate) ledger: PathBuf,
}

/// Flags of `sayso add`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso add examples
  sayso add --ledger war.db articles/*.html
  sayso add - < articles.jsonl
  sayso add 'news/*.html' crawl.warc.gz
  sayso add https://example.org/story       the page, where its host allows it
  sayso add --from-parquet parts/           what `read -o parquet`, Spark or Python read before

Articles are known by their text: adding one again changes nothing. Nothing is ever overwritten. \
A near copy of an earlier article and a new version of the same page are added and noted as such; \
`sayso show ARTICLE` lists both, with what changed. \
What each article was read from is kept too, compressed, by its SHA-256, in the folder \
LEDGER.evidence beside the ledger (sayso.db.evidence/ab/abcd….gz): move both together. \
`sayso doctor` checks it. \
An address is the only thing that opens a connection: one request a host at a time, robots.txt and \
reservations of text and data mining (tdm-reservation, noai) obeyed, no address of this machine or \
of a local network. Ctrl-C finishes what was begun; the same command goes on from there.")]
pub(crate) struct Add {
    /// Files, folders, patterns, addresses of pages, or `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
    /// How the input is to be understood
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "auto")]
    pub(crate) input_format: InputFormat,
    /// Publication date of articles that carry none (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<jiff::civil::Date>,
    /// Articles read at the same time [default: one a core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    /// The files are tables of what was read already, with their articles: take them as they are
    #[arg(long, conflicts_with_all = ["input_format", "published"])]
    pub(crate) from_parquet: bool,
    /// Do not keep the bytes that articles were read from
    #[arg(long)]
    pub(crate) no_evidence: bool,
    /// How servers are asked.
    #[cfg(feature = "network")]
    #[command(flatten)]
    pub(crate) network: super::network::Network,
}

/// Flags of `sayso find`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso find withdraw
  sayso find --speaker Sorel --after 2024-03-01
  sayso find 'place:Tarnovyk \"coming days\"'
  sayso find --event capture --window passed -o csv > passed.csv

All words must occur in what was said; a phrase stands in quotation marks, and a star ends the beginning \
of a word (`mobil*`). Fields may also stand in the query: speaker: via: place: event: outlet: kind: term: \
before: after: window: article:. `window:passed` says that the last day is behind us, and nothing more: \
what became of a forecast, `sayso score` says.")]
pub(crate) struct Find {
    /// Words, phrases, fields; none means every statement
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Who said it
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,
    /// Through whom it was reported
    #[arg(long, value_name = "NAME")]
    pub(crate) via: Option<String>,
    /// A place that it names
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,
    /// The event's class (capture, `raise_rate`, …)
    #[arg(long, value_name = "CLASS")]
    pub(crate) event: Option<String>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// forecast, assessment, report, intention, demand or denial
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// The words for how sure (likely, may, …)
    #[arg(long, value_name = "WORDS")]
    pub(crate) term: Option<String>,
    /// Forecasts whose window is still open, or has passed
    #[arg(long, value_enum, value_name = "STATE")]
    pub(crate) window: Option<WindowState>,
    /// The day on which a window counts as open or passed [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// Published before this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) before: Option<jiff::civil::Date>,
    /// Published on this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) after: Option<jiff::civil::Date>,
    /// Only the counts: how many of the found statements each speaker, place, event, kind and
    /// outlet has
    #[arg(long)]
    pub(crate) facets: bool,
    /// At most so many statements
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
    /// The page after another one: what that one's last line names
    #[arg(long, value_name = "PLACE")]
    pub(crate) cursor: Option<String>,
    /// How to print [default: table on a terminal, jsonl in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<Format>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// Whether a window is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WindowState {
    // It can still come true
    Open,
    // Its last day has passed, whatever became of it
    Passed,
}

/// Flags of `sayso show`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso show s1f09                          a statement, by the beginning of its id
  sayso show --why s1f09                    and which rule said what about it
  sayso show 'Danuta Sorel'                 a speaker, by name or id
  sayso show 'Will Oskaria capture Tarnovyk?'  a question, by its sentence or id")]
pub(crate) struct Show {
    /// Id, beginning of an id, name of a speaker or of an article's file, or a question's sentence
    #[arg(value_name = "ID", required = true)]
    pub(crate) id: String,
    /// Print which rule or model said what
    #[arg(long)]
    pub(crate) why: bool,
    /// table or json [default: table on a terminal, json in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReportFormat>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// Flags of `sayso questions`.
#[derive(Debug, Clone, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  sayso questions
  sayso questions --min-statements 1 -o jsonl
  sayso questions merge q3f1 q90a --reason 'One town, two names.' --reviewer Ines
  sayso questions undo q3f1 --reviewer Ines"
)]
pub(crate) struct Questions {
    /// What to do; without it, the list.
    #[command(subcommand)]
    pub(crate) action: Option<QuestionsAction>,
    /// Only questions on which at least so many statements bear
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) min_statements: usize,
    /// How to print [default: table on a terminal, jsonl in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReportFormat>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// Flags of `sayso serve`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso serve --open                        and shows it in the browser
  sayso serve --port 0 --ledger war.db      any free port, another ledger
  sayso serve --read-only                   no verdicts
  sayso serve --public                      what was reviewed, for others
  sayso serve --address 192.168.1.20        for other machines: a token is made and printed

The pages are for this machine alone (127.0.0.1), and for every program on it: whoever has an account here \
can read them and send verdicts, unless a token keeps them out. Another address needs a token: without \
--token one is made, and the address that is printed carries it. Nothing is encrypted on the way: across \
a network that is not yours, put a web server with TLS before the pages. With --public they show reviewed \
statements alone, quotations of at most 300 characters and no texts, from a ledger made anew at each start \
(LEDGER.public): put a web server before them that passes requests on under the Host 127.0.0.1. Ctrl-C \
ends it.")]
pub(crate) struct Serve {
    /// The port; 0 picks a free one
    #[arg(long, value_name = "PORT", env = "SAYSO_PORT", default_value_t = 7300)]
    pub(crate) port: u16,
    /// The address of this machine at which the pages are
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(crate) address: std::net::IpAddr,
    /// What every visitor has to know, of at least 16 characters
    #[arg(long, value_name = "TOKEN", env = "SAYSO_TOKEN", hide_env_values = true)]
    pub(crate) token: Option<String>,
    /// For reading: the pages take no verdicts
    #[arg(long)]
    pub(crate) read_only: bool,
    /// Shows reviewed statements alone, for others than the ledger's owner
    #[arg(long)]
    pub(crate) public: bool,
    /// Opens the pages in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// Flags of `sayso doctor`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso doctor
  sayso doctor --ledger war.db")]
pub(crate) struct Doctor {
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}
