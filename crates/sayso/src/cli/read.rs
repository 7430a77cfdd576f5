use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Flags of `sayso read`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  sayso read examples
  sayso read -o jsonl articles/*.html > statements.jsonl
  curl -s https://example.org/story | sayso read --input-format html -
  sayso read --articles page.html           what was taken from the page itself
  sayso read crawl.warc.gz news.zip         archives; what is broken in them is told
  sayso read --published 2024-03-09 note.txt  an undated text: \"tomorrow\" needs a date
  sayso read -o parquet news/ > said.parquet  a table for polars, DuckDB, pandas, Spark
  sayso read --shards parts crawl/*.warc.gz   a table for each file; a second run does what is missing

A folder is read with all folders in it: files ending in .txt, .md, .html, .json, .jsonl, .csv, .tsv, \
.eml, .warc, .zip, .wacz, each also with .gz or .zst, in the order of their names, but for hidden \
files and README files. \
On a terminal the output is a table, in a pipe JSON lines, one statement a line.")]
pub(crate) struct Read {
    /// Files, folders, patterns, or `-` for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The articles themselves, as read, not their statements
    #[arg(long)]
    pub(crate) articles: bool,
    /// How to print [default: table on a terminal, jsonl in a pipe]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub(crate) output: Option<ReadFormat>,
    /// A Parquet table for each input file, in this folder; files that are there and unchanged are not read again
    #[arg(long, value_name = "DIR", conflicts_with = "articles")]
    pub(crate) shards: Option<PathBuf>,
    /// How the input is to be understood
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "auto")]
    pub(crate) input_format: InputFormat,
    /// Leave out statements that sayso is less sure to have read right (0 to 1)
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
    pub(crate) min_confidence: f64,
    /// Publication date of articles that carry none (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<jiff::civil::Date>,
    /// Articles read at the same time [default: one a core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    // For people
    Table,
    // One JSON array
    Json,
    // One JSON object a line
    Jsonl,
    // For spreadsheets
    Csv,
    // A Markdown table
    Md,
}

/// How `read` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    // For people
    Table,
    // One JSON array
    Json,
    // One JSON object a line
    Jsonl,
    // For spreadsheets
    Csv,
    // A Markdown table
    Md,
    // A table of statements and articles
    Parquet,
}

impl ReadFormat {
    /// The format of text that it is; none for Parquet.
    pub(crate) fn text(self) -> Option<Format> {
        Some(match self {
            Self::Table => Format::Table,
            Self::Json => Format::Json,
            Self::Jsonl => Format::Jsonl,
            Self::Csv => Format::Csv,
            Self::Md => Format::Md,
            Self::Parquet => return None,
        })
    }
}

/// How to print what is no list of statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    // For people
    Table,
    // One JSON array
    Json,
    // One JSON object a line
    Jsonl,
}

impl From<ReportFormat> for Format {
    fn from(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Table => Self::Table,
            ReportFormat::Json => Self::Json,
            ReportFormat::Jsonl => Self::Jsonl,
        }
    }
}

/// How the input is to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    // By the file's ending, else by its first bytes
    Auto,
    // Plain text
    Text,
    // Text with headings, emphasis and front matter
    Markdown,
    // A web page
    Html,
    // One JSON object with `text` or `html` a line
    Jsonl,
    // A table with a column `text` or `html`: commas, semicolons or tabs
    Csv,
    // A mail message
    Eml,
}

/// A probability from 0 to 1.
pub(super) fn probability(words: &str) -> Result<f64, String> {
    match words.parse::<f64>() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("it is a number from 0 to 1, such as 0.8".into()),
    }
}

/// A date of the calendar.
pub(super) fn date(words: &str) -> Result<jiff::civil::Date, String> {
    words.parse().map_err(|_| "it is a date such as 2024-03-09".into())
}
