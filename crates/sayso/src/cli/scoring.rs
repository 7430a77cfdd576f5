use std::path::PathBuf;

use clap::{Args, ValueEnum};
use sayso_model::OutcomeState;

use super::{
    ledger::Store,
    read::{Format, date},
};

/// Flags of `sayso resolve`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own, as clap reads them")]
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso resolve                                       proposals that wait for a person
  sayso resolve 'Will Oskaria capture Tarnovyk?' pending --as-of 2024-04-02 --reviewer Ines \\
    --source https://example.org/map --reason 'The centre is held.' --confirm
  sayso resolve q3f1 true --as-of 2024-05-20 --happened 2024-05-18 --reviewer Ines
  sayso resolve s1f09 void --as-of 2024-05-20 --reviewer Ines --reason 'There was no pause.'
  sayso resolve q3f1                                  what became of it, by resolver
  sayso resolve q3f1 --confirm --reviewer Ines        the proposals on it are right
  sayso resolve --from control.csv.gz --map control.toml --dry-run

An outcome is a record by a resolver: several may disagree. What nobody has confirmed is a proposal and \
scores nothing. A question is its event, whatever the deadlines: `pending` as of a day says that it had \
not happened by then, so that every window which closed before counts as closed without it. An outcome \
of a statement (an id that begins with s) says whether what it says came about; `void` that its \
condition did not. A file of data is read by a map (docs/outcomes.md); with one broken cell nothing is \
recorded.")]
pub(crate) struct Resolve {
    /// A question (sentence, id or the beginning of it), or the id of a statement or an outcome
    #[arg(value_name = "QUESTION")]
    pub(crate) subject: Option<String>,
    /// What became of it
    #[arg(value_enum, value_name = "STATE", conflicts_with_all = ["from", "withdraw"])]
    pub(crate) state: Option<State>,
    /// The last day looked at, on which the state was known (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// The first day on which it was true, or two days between which that lies (D..D) [default: --as-of]
    #[arg(long, value_name = "DATE", value_parser = days, requires = "state")]
    pub(crate) happened: Option<Days>,
    /// The first day on which it was so no longer; the day itself for a decision or a vote
    #[arg(long, value_name = "DATE", value_parser = date, requires = "state")]
    pub(crate) ended: Option<jiff::civil::Date>,
    /// Where that can be read: an address or a file, which is known by its SHA-256 from then on
    #[arg(long, value_name = "URL", requires = "state")]
    pub(crate) source: Vec<String>,
    /// The words of the source
    #[arg(long, value_name = "WORDS", requires = "source")]
    pub(crate) quote: Option<String>,
    /// Why, in a sentence
    #[arg(long, value_name = "SENTENCE", default_value = "No reason given.")]
    pub(crate) reason: String,
    /// Who resolves [default: the reviewer]
    #[arg(long, value_name = "NAME", conflicts_with = "from")]
    pub(crate) resolver: Option<String>,
    /// Whose word it is
    #[arg(long, value_name = "NAME", env = "SAYSO_REVIEWER")]
    pub(crate) reviewer: Option<String>,
    /// A person has checked it: from now on it holds and is scored
    #[arg(long, requires = "reviewer")]
    pub(crate) confirm: bool,
    /// It holds no longer, or never did
    #[arg(long, requires = "reviewer", conflicts_with = "confirm")]
    pub(crate) withdraw: bool,
    /// Proposes outcomes from a file of data: CSV, TSV, JSON, JSON lines, also .gz
    #[arg(long, value_name = "FILE", requires = "map", conflicts_with = "subject")]
    pub(crate) from: Option<PathBuf>,
    /// How the file is read: a map
    #[arg(long, value_name = "MAP.toml", requires = "from")]
    pub(crate) map: Option<PathBuf>,
    /// Print what the file shows and record nothing; needs no ledger
    #[arg(long, requires = "from")]
    pub(crate) dry_run: bool,
    /// Ask questions that the ledger does not have yet
    #[arg(long, requires = "from")]
    pub(crate) ask: bool,
    /// How to print [default: table on a terminal, jsonl in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<Format>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// What can become of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum State {
    // It came true
    True,
    // It did not, and nobody looks further
    False,
    // It has not come true so far
    Pending,
    // Some of it came true
    Partial,
    // It fell away
    Void,
    // Accounts contradict each other
    Disputed,
    // No evidence can decide it
    Unresolvable,
}

impl From<State> for OutcomeState {
    fn from(state: State) -> Self {
        match state {
            State::True => Self::True,
            State::False => Self::False,
            State::Pending => Self::Pending,
            State::Partial => Self::Partial,
            State::Void => Self::Void,
            State::Disputed => Self::Disputed,
            State::Unresolvable => Self::Unresolvable,
        }
    }
}

/// A day, or two between which it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    /// The first day that is possible.
    pub(crate) earliest: jiff::civil::Date,
    /// The last one.
    pub(crate) latest: jiff::civil::Date,
}

fn days(words: &str) -> Result<Days, String> {
    let (earliest, latest) = words.split_once("..").unwrap_or((words, words));
    let days = Days { earliest: date(earliest)?, latest: date(latest)? };
    if days.latest < days.earliest {
        return Err("the first day comes before the last".to_owned());
    }
    Ok(days)
}

/// Flags of `sayso score`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso score                                     every speaker with a forecast
  sayso score 'Radomir Velchek'                   one, with forecasts and deadlines
  sayso score --outlets -o csv
  sayso score --where 'place:Tarnovyk event:capture'
  sayso score 'Brandt & Lowe' --as-of 2024-06-30 --plot calibration.svg
  sayso score 'Radomir Velchek' --against s1f09   what another says of these deadlines, and our count

The score is Brier's: 0 best, 1 worst; the range beside it is the best and the worst that the speaker's \
words leave. Below 10 resolved questions there is none, below 30 it is provisional. Repeats of one view \
count once; possibilities, plans, and forecasts without a last day are counted and not scored.")]
pub(crate) struct Score {
    /// A speaker, by name or id
    #[arg(value_name = "SPEAKER")]
    pub(crate) speaker: Option<String>,
    /// Outlets in the place of speakers: what each printed, whoever said it
    #[arg(long, conflicts_with_all = ["speaker", "outlet", "query"])]
    pub(crate) outlets: bool,
    /// One outlet
    #[arg(long, value_name = "NAME", conflicts_with_all = ["speaker", "query"])]
    pub(crate) outlet: Option<String>,
    /// All that a search finds, on one card
    #[arg(long = "where", value_name = "QUERY", conflicts_with = "speaker")]
    pub(crate) query: Option<String>,
    /// As it was knowable on this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// By this resolver alone
    #[arg(long, value_name = "NAME")]
    pub(crate) resolver: Option<String>,
    /// Count outcomes that nobody has confirmed
    #[arg(long)]
    pub(crate) proposed: bool,
    /// Write the calibration plot to a file, light or dark as the reader's screen is
    #[arg(long, value_name = "FILE.svg")]
    pub(crate) plot: Option<PathBuf>,
    /// A statement that counts this speaker's deadlines: print its count beside the ledger's own
    #[arg(long, value_name = "STATEMENT", requires = "speaker")]
    pub(crate) against: Option<String>,
    /// At most so many speakers or outlets
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// How to print [default: table on a terminal, jsonl in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<Format>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}
