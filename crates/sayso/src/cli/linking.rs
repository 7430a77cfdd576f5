use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{ledger::Store, read::ReportFormat};

/// Flags of `sayso compare`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso compare 'Will Oskaria capture Tarnovyk?'
  sayso compare q3f1 -o json

A contradiction is a pair that cannot both hold; independent pairs come first. Drift is a paraphrase \
that is surer, or less sure, than the speaker's own words.")]
pub(crate) struct Compare {
    /// A question: its sentence, its id or the beginning of it
    #[arg(value_name = "QUESTION", required = true)]
    pub(crate) question: String,
    /// table or json [default: table on a terminal, json in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReportFormat>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// Flags of `sayso origins`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso origins 'Will Oskaria capture Tarnovyk?'
  sayso origins q3f1 --fail-on single-origin   exit code 4 where all reports trace to one source

Reports share an origin when they report the same named speaker within days, the same unnamed role \
through the same first outlet, or when their words were copied.")]
pub(crate) struct Origins {
    /// A question: its sentence, its id or the beginning of it
    #[arg(value_name = "QUESTION", required = true)]
    pub(crate) question: String,
    /// End with code 4 where this is so
    #[arg(long, value_enum, value_name = "GATE")]
    pub(crate) fail_on: Option<Gate>,
    /// table or json [default: table on a terminal, json in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReportFormat>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// What a script can stop at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Gate {
    // Two reports or more, and one first source
    SingleOrigin,
}

/// Flags of `sayso review`.
#[derive(Debug, Clone, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  sayso review                              what waits, the most harmful doubt first
  sayso review accept s1f09 --reviewer Ines
  sayso review correct s1f09 polarity=no --reason 'The not was missed.' --reviewer Ines
  sayso review correct s1f09 event=capture target=Kalvara window.latest=2026-12-24 --reviewer Ines
  sayso review reject s1f09 --reason 'A question, no statement.' --reviewer Ines
  sayso review undo s1f09 --reviewer Ines
  sayso review log                          what persons changed in this ledger
  sayso review orphans                      verdicts whose statements the last reading lost
  sayso review export --cases > cases.md    each correction as a test case of the reading

Fields: speaker, speaker.kind, role, chain, kind, speech, polarity, certainty, condition, window, \
window.earliest, window.latest, event, actor, target, event.threshold, places, quantities; `none` takes one \
away. A value is what the article prints, or a name with the article's words for it behind an @: \
`target='Kalvara@the town'`. `certainty` is a term with a range, or a chance such as '70 %'. Without fields, \
`correct ID` shows what they are now. A verdict is a record beside the statement: nothing is overwritten, and an undo is one more record."
)]
pub(crate) struct Review {
    /// What to do; without it, the queue.
    #[command(subcommand)]
    pub(crate) action: Option<ReviewAction>,
    /// At most so many statements
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u32,
    /// How to print [default: table on a terminal, jsonl in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReportFormat>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// Verdicts and what is known of them.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum ReviewAction {
    /// It was read right
    Accept(VerdictFlags),
    /// It was read wrong: some fields are set otherwise
    Correct(CorrectFlags),
    /// It is no statement
    Reject(VerdictFlags),
    /// Takes the last verdict back
    Undo(VerdictFlags),
    /// Every verdict on a statement, or everything that persons changed
    Log {
        /// The statement's id; without it, all changes
        #[arg(value_name = "ID")]
        id: Option<String>,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
    /// Corrections in another form
    Export {
        /// As test cases in the form of `tests/cases`: what was read wrong, and what is right
        #[arg(long, required = true)]
        cases: bool,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
    /// Verdicts whose statements the latest reading no longer has
    Orphans {
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
}

/// A verdict.
#[derive(Debug, Clone, Args)]
pub(crate) struct VerdictFlags {
    /// The statement's id, or the beginning of it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Who decides.
    #[command(flatten)]
    pub(crate) word: Word,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// A correction.
#[derive(Debug, Clone, Args)]
pub(crate) struct CorrectFlags {
    /// The verdict.
    #[command(flatten)]
    pub(crate) verdict: VerdictFlags,
    /// Fields and their values in words: `polarity=no`, `speaker='Ada Quill'`, `certainty=none`
    #[arg(value_name = "FIELD=VALUE")]
    pub(crate) fields: Vec<String>,
    /// The same, as a flag
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,
    /// A file with the whole corrected record as JSON
    #[arg(long, value_name = "FILE", conflicts_with_all = ["set", "fields"])]
    pub(crate) record: Option<PathBuf>,
}

/// Flags of `sayso speakers`.
#[derive(Debug, Clone, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  sayso speakers
  sayso speakers -o jsonl --ledger war.db
  sayso speakers --wikidata people.csv
  sayso speakers merge 'A. Sorel' 'Danuta Sorel' --reviewer Ines
  sayso speakers split 'A. Sorel' --reviewer Ines       takes that back
  sayso speakers forget 'Danuta Sorel' --reviewer Ines

A list for `--wikidata` is CSV or TSV with the columns name, id (Q42) and, where known, description. \
`wikidata = \"people.csv\"` in `sayso.toml` gives it for every run."
)]
pub(crate) struct Speakers {
    /// What to do; without it, the list.
    #[command(subcommand)]
    pub(crate) action: Option<SpeakersAction>,
    /// First gives speakers the Wikidata identifiers of this list, by name and role
    #[arg(long, value_name = "FILE", env = "SAYSO_WIKIDATA")]
    pub(crate) wikidata: Option<PathBuf>,
    /// At most so many speakers
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// How to print [default: table on a terminal, jsonl in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReportFormat>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// What can be done to speakers.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum SpeakersAction {
    /// Says that one speaker is another
    Merge {
        /// The name or id that articles give
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// Who that is
        #[arg(value_name = "PERSON")]
        person: String,
        /// The role in which the name is meant [default: none]
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,
        /// Who decides.
        #[command(flatten)]
        word: Word,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
    /// Parts a speaker again from whom they were merged with
    Split {
        /// The name or id that articles give
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// The role in which the name is meant [default: none]
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,
        /// Who decides.
        #[command(flatten)]
        word: Word,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
    /// Takes a speaker's Wikidata identifier back
    Forget {
        /// Name or id
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// Who decides.
        #[command(flatten)]
        word: Word,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
    /// Every merge that led to a speaker, with its evidence
    Log {
        /// Name or id
        #[arg(value_name = "SPEAKER")]
        speaker: String,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
}

/// Whose word it is, and why.
#[derive(Debug, Clone, Args)]
pub(crate) struct Word {
    /// Why, in a sentence
    #[arg(long, value_name = "SENTENCE", default_value = "No reason given.")]
    pub(crate) reason: String,
    /// Whose word it is
    #[arg(long, value_name = "NAME", env = "SAYSO_REVIEWER")]
    pub(crate) reviewer: String,
}

/// Flags of `sayso reread`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso reread
  sayso reread --ledger war.db -o json

Reads every article of the ledger again with this version and tells what changed. What a reviewer \
decided stays; `sayso review orphans` lists verdicts on what is no longer read.")]
pub(crate) struct Reread {
    /// table or json [default: table on a terminal, json in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReportFormat>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// Flags of `redact`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso redact                              what was removed, when and why
  sayso redact 3f09ab12 --reviewer Ines --reason 'Erasure, letter of 3 April.'
  sayso redact 'Ada Quill' --articles --reviewer Ines --reason 'Erasure, letter of 3 April.'

Content leaves the ledger for good: texts, statements, verdicts on them, and evidence. The record of the \
removal stays, with ids alone, and what was removed does not come in again. Articles that print what a \
removed speaker said are listed, and go too with --articles. Copies of the ledger, and files that were \
made from it, are yours to look after.")]
pub(crate) struct Redact {
    /// The article's id, or the speaker's id or name; without it, what was removed is listed
    #[arg(value_name = "ARTICLE|SPEAKER", requires = "reviewer", requires = "reason")]
    pub(crate) what: Option<String>,
    /// Also every article in which the speaker says something
    #[arg(long)]
    pub(crate) articles: bool,
    /// Why, in a sentence
    #[arg(long, value_name = "SENTENCE")]
    pub(crate) reason: Option<String>,
    /// Whose word it is
    #[arg(long, value_name = "NAME", env = "SAYSO_REVIEWER")]
    pub(crate) reviewer: Option<String>,
    /// Which ledger.
    #[command(flatten)]
    pub(crate) store: Store,
}

/// What can be done to questions.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum QuestionsAction {
    /// Makes one question part of another
    Merge {
        /// The question that goes
        #[arg(value_name = "FROM")]
        from: String,
        /// The one that stays
        #[arg(value_name = "INTO")]
        into: String,
        /// Who decides.
        #[command(flatten)]
        word: Word,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
    /// Takes statements out into a question of their own
    Split {
        /// The question
        #[arg(value_name = "QUESTION")]
        question: String,
        /// The new question's sentence
        #[arg(value_name = "SENTENCE")]
        text: String,
        /// Ids of the statements
        #[arg(value_name = "STATEMENT", required = true)]
        statements: Vec<String>,
        /// Who decides.
        #[command(flatten)]
        word: Word,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
    /// Asks a question of one's own, on which some statements bear
    New {
        /// The sentence
        #[arg(value_name = "SENTENCE")]
        text: String,
        /// Ids of the statements
        #[arg(value_name = "STATEMENT", required = true)]
        statements: Vec<String>,
        /// Who decides.
        #[command(flatten)]
        word: Word,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
    /// Gives a question another sentence
    Rename {
        /// The question
        #[arg(value_name = "QUESTION")]
        question: String,
        /// Its new sentence
        #[arg(value_name = "SENTENCE")]
        text: String,
        /// Who decides.
        #[command(flatten)]
        word: Word,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
    /// Takes the last merge or split of a question back
    Undo {
        /// The question that was merged or split, by its id
        #[arg(value_name = "QUESTION")]
        question: String,
        /// Who decides.
        #[command(flatten)]
        word: Word,
        /// Which ledger.
        #[command(flatten)]
        store: Store,
    },
}
