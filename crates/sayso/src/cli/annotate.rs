use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Flags of `sayso annotate`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso annotate article.txt
  sayso annotate --layers names,mentions articles.jsonl > names.jsonl
  sayso annotate --input-format conllu -o conllu treebank.conllu

One JSON object a line, in the order of the input; offsets are Unicode code points, half open, so \
that Python's text[start:end] is the span. JSON lines hold `text` and, where known, `id` and \
`published`; their text is kept as it is. A layer that was not asked for is left out. \
Times without a year are told from `published`, factuality runs from -3 (certainly not) to 3.")]
pub(crate) struct Annotate {
    /// Files, folders, or `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Which layers, separated by commas [default: all]
    #[arg(long, value_enum, value_name = "LAYERS", value_delimiter = ',')]
    pub(crate) layers: Vec<Layer>,
    /// How the input is to be understood
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "auto")]
    pub(crate) input_format: AnnotateInput,
    /// How to print
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value = "jsonl")]
    pub(crate) output: AnnotateFormat,
    /// Publication date of articles that carry none (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = super::read::date)]
    pub(crate) published: Option<jiff::civil::Date>,
    /// Articles read at the same time [default: one a core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
}

/// A layer of the annotation record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Layer {
    // Sentences
    Sentences,
    // Words with part of speech, lemma and head
    Tokens,
    // Names with their type
    Names,
    // What refers to whom
    Mentions,
    // Dates, times, durations
    Times,
    // Places with coordinates
    Places,
    // Numbers with what they count
    Quantities,
    // Source, cue, content
    Attributions,
    // Events with their factuality
    Events,
}

impl Layer {
    /// All layers in the order of the record.
    pub(crate) const ALL: [Self; 9] = [
        Self::Sentences,
        Self::Tokens,
        Self::Names,
        Self::Mentions,
        Self::Times,
        Self::Places,
        Self::Quantities,
        Self::Attributions,
        Self::Events,
    ];
}

/// How the input of `annotate` is to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotateInput {
    // By the file's ending, else by its first bytes
    Auto,
    // Plain text
    Text,
    // A web page
    Html,
    // One JSON object with `text` a line
    Jsonl,
    // Sentences and tokens as in Universal Dependencies
    Conllu,
}

/// How to print annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnnotateFormat {
    // One JSON object an article
    Jsonl,
    // Sentences and tokens as in Universal Dependencies
    Conllu,
}
