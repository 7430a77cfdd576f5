//! The flags, in one place: one struct a verb, with the help that teaches it.

mod annotate;
mod changes;
mod check;
mod completions;
mod export;
mod ledger;
mod linking;
mod mcp;
#[cfg(feature = "network")]
mod network;
mod read;
mod scoring;
pub(crate) mod settings;

pub(crate) use annotate::{Annotate, AnnotateFormat, AnnotateInput, Layer};
pub(crate) use changes::Changes;
pub(crate) use check::Check;
pub(crate) use completions::Completions;
pub(crate) use export::{Export, ExportFormat};
pub(crate) use ledger::{Add, Doctor, Find, Questions, Serve, Show, WindowState};
pub(crate) use linking::{
    Compare, CorrectFlags, Gate, Origins, QuestionsAction, Redact, Reread, Review, ReviewAction,
    Speakers, SpeakersAction, VerdictFlags,
};
pub(crate) use mcp::Mcp;
#[cfg(feature = "network")]
pub(crate) use network::{Network, Watch};
pub(crate) use read::{Format, InputFormat, Read, ReadFormat};
pub(crate) use scoring::{Resolve, Score};

use anstyle::{AnsiColor, Style};
use clap::{Args, Parser, Subcommand, ValueEnum, builder::Styles};

/// Help in the terminal's own colours: bold for what is typed, nothing else.
const STYLES: Styles = Styles::plain()
    .header(Style::new().bold())
    .usage(Style::new().bold())
    .literal(Style::new().bold())
    .error(AnsiColor::Red.on_default().bold())
    .valid(AnsiColor::Green.on_default())
    .invalid(AnsiColor::Yellow.on_default());

/// Reads news articles and says who said what, through whom, how sure, about what and when.
#[derive(Debug, Parser)]
#[command(
    name = "sayso",
    version,
    about = "Reads news articles and says who said what, through whom, how sure, about what and when.",
    styles = STYLES,
    max_term_width = 100,
    infer_subcommands = false,
    subcommand_value_name = "VERB",
    subcommand_help_heading = "Verbs",
    after_help = "\
Examples:
  sayso read examples                       every statement of a folder of articles
  sayso read -o csv report.html > said.csv  one article as a table for a spreadsheet
  sayso add examples && sayso find capture  keep articles in a ledger and search them
  sayso serve                               read the ledger in a browser

Exit codes: 0 fine, 1 nothing found, 2 usage, 3 some inputs failed (the rest is written), \
4 a --fail-on gate tripped, 5 ledger unreadable or locked, 130 interrupted. \
`sayso VERB --help` has more examples. What a flag with a variable (`[env: SAYSO_LEDGER]`) is by \
default can stand in `sayso.toml` in this folder or one above: `ledger = \"war.db\"`."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
    /// What every verb understands.
    #[command(flatten)]
    pub(crate) common: Common,
}

/// The heading of flags that every verb has.
const EVERYWHERE: &str = "Everywhere";

/// What every verb understands.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// Colours in the output; `NO_COLOR` is honoured
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", global = true, help_heading = EVERYWHERE)]
    pub(crate) color: When,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = EVERYWHERE)]
    pub(crate) quiet: bool,
    /// Say more: problems of articles, full quotations in tables
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    pub(crate) verbose: bool,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    // On a terminal
    Auto,
    // Also into files and pipes
    Always,
    // Never
    Never,
}

/// The verbs that work.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Statements from articles: text, pages, JSON lines, tables, mail, archives. No ledger needed
    Read(Read),
    /// The layers of language and meaning, for programs
    Annotate(Annotate),
    /// Takes articles into a ledger: stored, deduplicated, read, linked
    Add(Add),
    /// Looks at feeds and sitemaps now and again, and adds what is new
    #[cfg(feature = "network")]
    Watch(Watch),
    /// Searches the ledger
    Find(Find),
    /// One article, statement, speaker or question of the ledger
    Show(Show),
    /// Who says something: names, roles with the days on which they were seen, merges
    Speakers(Speakers),
    /// The questions on which statements of several articles bear
    Questions(Questions),
    /// Who says yes and who no on a question, what contradicts what, what drifted
    Compare(Compare),
    /// Who says otherwise than before, over all questions
    Changes(Changes),
    /// How many first sources stand behind the reports on a question
    Origins(Origins),
    /// Writes down what became of a question, or proposes it from a file of data
    Resolve(Resolve),
    /// What resolved questions say of speakers and outlets: Brier, calibration, deadlines
    Score(Score),
    /// The quotations of a draft, looked up in the ledger word for word
    Check(Check),
    /// What waits for a person's verdict: accept, correct, reject, undo
    Review(Review),
    /// The ledger in the formats of others: data package, annotations, schema.org, STIX, entities, a graph
    Export(Export),
    /// Removes an article, or a speaker with all they are recorded to have said, at a request
    Redact(Redact),
    /// Reads every article of the ledger again with this version
    Reread(Reread),
    /// Shows the ledger in a browser, on this machine only
    Serve(Serve),
    /// Answers a language-model assistant over stdin and stdout (Model Context Protocol), read-only
    Mcp(Mcp),
    /// What a shell needs to complete verbs and flags
    Completions(Completions),
    /// Checks every span against its article, and the ledger's file
    Doctor(Doctor),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn flags_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_verb_shows_examples() {
        for verb in Cli::command().get_subcommands() {
            let help = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples = help.matches("\n  sayso ").count();
            assert!(examples >= 2, "`{}` shows {examples} examples", verb.get_name());
        }
    }
}
