use std::{fmt, io};

/// Why one input, or one line of one, gave no article.
///
/// Its `Display` is a sentence that names the file and the line or byte; [`Failure::hint`] is the
/// cure. Nothing about the *content* of a text that could be read is a failure: that is a
/// [`sayso_model::Problem`] of its article.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// There is no such file.
    #[error("{file}: there is no such file.")]
    Missing {
        /// The file, as the user wrote it.
        file: String,
    },
    /// It is a folder.
    #[error("{file}: this is a folder.")]
    Folder {
        /// The file, as the user wrote it.
        file: String,
    },
    /// The system would not open or read it.
    #[error("{file}: it could not be read: {source}.")]
    Unreadable {
        /// The file, as the user wrote it.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// It holds nothing but white space.
    #[error("{file}: the file is empty.")]
    Empty {
        /// The file, as the user wrote it.
        file: String,
    },
    /// It is not text.
    #[error("{file}: byte {byte} shows that this is not text but {what}.")]
    Binary {
        /// The file, as the user wrote it.
        file: String,
        /// The byte that shows it, counted from 0.
        byte: u64,
        /// What it is.
        what: Binary,
    },
    /// It is longer than one article may be.
    #[error("{file}: it is longer than {limit}, the limit for one document.")]
    TooLong {
        /// The file, as the user wrote it.
        file: String,
        /// The limit.
        limit: Size,
    },
    /// A line of a JSON lines file is longer than one record may be.
    #[error("{file}: line {line} is longer than {limit}, the limit for one line.")]
    LineTooLong {
        /// The file, as the user wrote it.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The limit.
        limit: Size,
    },
    /// A line, or a JSON file, that is not JSON.
    #[error("{file}: line {line} is not JSON: {reason} at column {column}.")]
    NotJson {
        /// The file, as the user wrote it.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The column in bytes, counted from 1.
        column: u64,
        /// What the parser missed.
        reason: String,
    },
    /// A record or row that is no article.
    #[error("{file}: line {line} holds no article: {reason}.")]
    NotArticle {
        /// The file, as the user wrote it.
        file: String,
        /// The line on which the record begins, counted from 1.
        line: u64,
        /// What is missing.
        reason: String,
    },
    /// A Parquet table, or a row of one, that gave no article.
    #[error("{file}{}: {reason}.", Row(*row))]
    Table {
        /// The file, as the user wrote it.
        file: String,
        /// The row, counted from 1.
        row: Option<u64>,
        /// What is wrong or missing.
        reason: String,
    },
    /// It is no feed.
    #[error("{file}: this is neither a feed nor a sitemap, nor a page that names a feed.")]
    NotFeed {
        /// The file or address.
        file: String,
    },
    /// What a server sent is neither a page nor text.
    #[error("{file}: the server sent no page but {media}.")]
    NotPage {
        /// The address.
        file: String,
        /// What the server calls it.
        media: String,
    },
    /// An archive or table that holds no article.
    #[error("{file}: there is nothing to read in it.")]
    Nothing {
        /// The file, as the user wrote it.
        file: String,
    },
    /// A record of an archive, or a file in one, that is broken.
    #[error("{file}: {reason}.")]
    Record {
        /// The archive as the user wrote it, with `@` and the record's byte, or `/` and the name.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// A page or record without body text (`R012`).
    #[error("{file}{}: no body text was found.", At(*line))]
    NoBody {
        /// The file, as the user wrote it.
        file: String,
        /// The line of the record in a JSON lines file, counted from 1.
        line: Option<u64>,
    },
}

impl Failure {
    /// The file, as the user wrote it; `-` for standard input.
    pub fn file(&self) -> &str {
        match self {
            Self::Missing { file }
            | Self::Folder { file }
            | Self::Unreadable { file, .. }
            | Self::Empty { file }
            | Self::Nothing { file }
            | Self::NotPage { file, .. }
            | Self::NotFeed { file }
            | Self::Binary { file, .. }
            | Self::TooLong { file, .. }
            | Self::LineTooLong { file, .. }
            | Self::NotJson { file, .. }
            | Self::NotArticle { file, .. }
            | Self::Record { file, .. }
            | Self::Table { file, .. }
            | Self::NoBody { file, .. } => file,
        }
    }

    /// The line it happened on, counted from 1, where it happened on one.
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::LineTooLong { line, .. }
            | Self::NotJson { line, .. }
            | Self::NotArticle { line, .. } => Some(*line),
            Self::NoBody { line, .. } => *line,
            _ => None,
        }
    }

    /// What part of the file it concerns, if others were read all the same: "line", "record".
    pub fn part(&self) -> Option<&'static str> {
        match self {
            Self::Record { .. } => Some("record"),
            Self::Table { row: Some(_), .. } => Some("row"),
            // A record of an archive has its place after the archive's name.
            Self::NoBody { file, line: None }
            | Self::Empty { file }
            | Self::Binary { file, .. }
                if file.contains('@') =>
            {
                Some("record")
            }
            failure => failure.line().map(|_| "line"),
        }
    }

    /// The cure: one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "Check the path.",
            Self::Folder { .. } => "Name the files in it, for example `news/*.txt`.",
            Self::Unreadable { .. } => "Check that you may read it and that the disk is in order.",
            Self::Empty { .. } => "Save the article's text in it.",
            Self::Binary { what, .. } => what.cure(),
            Self::TooLong { .. } => {
                "Split it into articles, or give the articles as JSON lines, one on each line."
            }
            Self::LineTooLong { .. } => "Put one article on each line, or split the article.",
            Self::NotJson { .. } => "Fix the line or pass `--input-format text`.",
            Self::NotArticle { .. } => {
                "Give each record (each row of a table) a `text` or an `html` field that holds words."
            }
            Self::Table { .. } => {
                "Give a column `text` or `html` of words; write the file without packing or with \
                 Snappy, gzip or LZ4, or save it as CSV or JSON lines."
            }
            Self::NotFeed { .. } => {
                "Name an RSS, Atom or JSON feed, or a sitemap; single pages go to `sayso add`."
            }
            Self::NotPage { .. } => "Name the address of an article; feeds go to `sayso watch`.",
            Self::Nothing { .. } => "Give an archive that holds pages, text or JSON lines.",
            Self::Record { .. } => "Get the archive again if you need what is missing.",
            Self::NoBody { .. } => {
                "Save the whole page after its text has appeared, or save the text itself."
            }
        }
    }
}

/// What a file is that is not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Binary {
    /// A PDF document.
    Pdf,
    /// An archive of pages in the format before WARC.
    Arc,
    /// A ZIP archive, or a document that is one inside (DOCX, ODT, EPUB).
    Zip,
    /// Another archive or compressed file.
    Archive,
    /// An image, a sound, a film.
    Media,
    /// A word processor's older format.
    Office,
    /// A program, a database.
    Program,
    /// A Parquet table, for a reader that was built without the cargo feature `parquet`.
    Parquet,
    /// Bytes that no text has.
    Unknown,
}

impl Binary {
    fn cure(self) -> &'static str {
        match self {
            Self::Pdf => "Convert it to text first, for example with `pdftotext`.",
            Self::Zip => "Unpack it, or save the document in it as text or HTML.",
            Self::Archive => "Unpack it first.",
            Self::Media => "Give the article's text instead.",
            Self::Office => "Save the document as text or HTML.",
            Self::Arc => "Make a WARC archive of it, for instance with `warcio recompress`.",
            Self::Parquet => {
                "Save it as CSV or JSON lines, or build sayso with `--features parquet`."
            }
            Self::Program | Self::Unknown => "Give text, Markdown, HTML or JSON lines.",
        }
    }
}

impl fmt::Display for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pdf => "a PDF document",
            Self::Zip => "a ZIP archive or an office document",
            Self::Archive => "an archive",
            Self::Media => "an image, a sound or a film",
            Self::Office => "an office document",
            Self::Program => "a program or a database",
            Self::Arc => "an ARC archive, of before WARC",
            Self::Parquet => "a Parquet table",
            Self::Unknown => "binary data",
        })
    }
}

/// A number of bytes, printed for people ("8 MB", "1 byte").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const KILO: u64 = 1000;
        match self.0 {
            1 => f.write_str("1 byte"),
            bytes if bytes < 10 * KILO => write!(f, "{bytes} bytes"),
            bytes if bytes < KILO * KILO => write!(f, "{} kB", bytes / KILO),
            bytes => {
                let tenths = bytes / (KILO * KILO / 10);
                if tenths.is_multiple_of(10) || tenths >= 100 {
                    write!(f, "{} MB", tenths / 10)
                } else {
                    write!(f, "{}.{} MB", tenths / 10, tenths % 10)
                }
            }
        }
    }
}

/// ", line 7" where there is a line.
struct At(Option<u64>);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |line| write!(f, ": line {line}"))
    }
}

/// ": row 7" where there is a row.
struct Row(Option<u64>);

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |row| write!(f, ": row {row}"))
    }
}
