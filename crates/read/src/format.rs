//! Which format an input has: by what the user says, by the file's ending, by its first bytes.

use crate::unpack::Packing;

/// How an input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// By the file's ending, else by its beginning.
    #[default]
    Auto,
    /// Plain text: one article.
    Text,
    /// Markdown: one article.
    Markdown,
    /// A web page: one article.
    Html,
    /// JSON lines: one article a line.
    JsonLines,
    /// JSON: one object, several after each other, or an array of them.
    Json,
    /// A table (CSV, TSV): one article a row.
    Rows,
    /// A Parquet table: one article a row.
    Parquet,
    /// A mail message: one article.
    Mail,
    /// A WARC archive: one article a page.
    Warc,
    /// A ZIP or WACZ archive of any of these.
    Zip,
}

/// The endings that decide a format.
const ENDINGS: &[(&str, Format)] = &[
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("json", Format::Json),
    ("csv", Format::Rows),
    ("tsv", Format::Rows),
    ("parquet", Format::Parquet),
    ("eml", Format::Mail),
    ("mhtml", Format::Mail),
    ("mht", Format::Mail),
    ("warc", Format::Warc),
    ("wet", Format::Warc),
    ("zip", Format::Zip),
    ("wacz", Format::Zip),
];

impl Format {
    /// The format that the ending of `name` stands for; a `.gz` or `.zst` after it does not count.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = unpacked_name(name);
        let (_, ending) = name.rsplit_once('.')?;
        ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, f)| *f)
    }

    /// True for the name of an archive or a packed file, which may hold any number of articles
    /// however small it is.
    pub fn is_archive(name: &str) -> bool {
        unpacked_name(name) != name
            || matches!(Self::of_name(name), Some(Self::Warc | Self::Zip | Self::Parquet))
    }

    /// The format that the first bytes of an input look like. Never [`Format::Auto`].
    pub fn of_bytes(head: &[u8]) -> Self {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let after = |n: usize| head.get(n..).unwrap_or_default().trim_ascii_start().first();
        match head.first() {
            Some(b'{') if matches!(after(1), Some(b'"' | b'}')) => {
                let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
                if line.trim_ascii_end().ends_with(b"}") { Self::JsonLines } else { Self::Json }
            }
            Some(b'[') if after(1) == Some(&b'{') => Self::Json,
            Some(b'W') if head.starts_with(b"WARC/") => Self::Warc,
            Some(b'P') if head.starts_with(b"PK\x03\x04") => Self::Zip,
            Some(b'P') if head.starts_with(b"PAR1") => Self::Parquet,
            Some(b'<') if is_html(head) => Self::Html,
            Some(b'-') if is_front_matter(head) => Self::Markdown,
            _ if is_saved_page(head) => Self::Mail,
            _ => Self::Text,
        }
    }

    /// The format as the command line spells it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Rows => "csv",
            Self::Parquet => "parquet",
            Self::Mail => "eml",
            Self::Warc => "warc",
            Self::Zip => "zip",
        }
    }
}

/// A file's name without the ending that says how it is packed.
pub(crate) fn unpacked_name(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((head, _)) if Packing::of_name(name).is_some() => head,
        _ => name,
    }
}

/// A document type or one of the elements that a page begins with.
fn is_html(head: &[u8]) -> bool {
    const STARTS: &[&str] = &[
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<article",
        "<main",
        "<div",
        "<p>",
        "<p ",
        "<h1",
        "<section",
        "<!--",
        "<?xml",
        "<script",
        "<link",
    ];
    STARTS.iter().any(|start| {
        head.get(..start.len()).is_some_and(|have| have.eq_ignore_ascii_case(start.as_bytes()))
    })
}

/// A page with its pictures that a browser saved: mail by its form, and said to be so in its head.
fn is_saved_page(head: &[u8]) -> bool {
    let head = &head[..head.len().min(2000)];
    let lines = || head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let begins = |with: &[u8]| {
        lines().take_while(|line| !line.is_empty()).any(|line| {
            line.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
        })
    };
    begins(b"mime-version:") && begins(b"content-type: multipart/related")
}

/// A line of three dashes and a line `key: value` after it.
fn is_front_matter(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    lines.next() == Some(b"---")
        && lines.next().is_some_and(|line| line.contains(&b':') && !line.starts_with(b" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_first_bytes_tell_the_format() {
        assert_eq!(Format::of_name("a/b.c/page.HTML"), Some(Format::Html));
        assert_eq!(Format::of_name("notes"), None);
        assert_eq!(Format::of_name("news.jsonl.GZ"), Some(Format::JsonLines));
        assert_eq!(Format::of_name("crawl.warc.gz"), Some(Format::Warc));
        assert_eq!(Format::of_name("crawl.warc.zst"), Some(Format::Warc));
        assert_eq!((Format::of_name("a.gz"), Format::of_name(".zst")), (None, None));
        for (head, format) in [
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::JsonLines),
            ("{\n  \"text\": \"a\"\n}\n", Format::Json),
            ("[\n {\"text\": \"a\"}]", Format::Json),
            ("[Update] The bridge is open.", Format::Text),
            ("\n<!DOCTYPE html><html>", Format::Html),
            ("<3 says the mayor", Format::Text),
            ("---\ntitle: Bridge\n---\nText", Format::Markdown),
            ("--- \nno key\n", Format::Text),
            ("The bridge is open.", Format::Text),
            ("WARC/1.0\r\n", Format::Warc),
            (
                "From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; b=1\r\n",
                Format::Mail,
            ),
            ("MIME-Version: 1.0 is old.\n\nContent-Type: multipart/related", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(Format::of_bytes(head.as_bytes()), format, "{head:?}");
        }
    }
}
