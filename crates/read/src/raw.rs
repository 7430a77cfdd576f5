//! What an article was read from, for those who keep it as evidence.

use crate::Format;

/// The bytes of one article: the file, the line or row of it, the archive's page. With these and
/// [`Raw::media`] alone the article can be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// As they were found, but unpacked and without the archive's or the server's head. A row of a
    /// table has the line that names its columns before it; a record of a JSON document (not of JSON
    /// lines) is written out again, which keeps its values and not its blanks, and so are the columns
    /// of a Parquet table's row that are read.
    pub bytes: Vec<u8>,
    /// What they are, as in the field `Content-Type`.
    pub media: String,
}

/// JSON records.
pub(crate) const JSON: &str = "application/json";

/// What a format is called on the web.
pub(crate) fn media(format: Format) -> &'static str {
    match format {
        Format::Html => "text/html",
        Format::Markdown => "text/markdown",
        Format::JsonLines | Format::Json => JSON,
        Format::Rows => "text/csv",
        Format::Mail => "message/rfc822",
        Format::Parquet => "application/vnd.apache.parquet",
        Format::Auto | Format::Text | Format::Warc | Format::Zip => "text/plain",
    }
}

/// With the encoding that its server named.
pub(crate) fn with_charset(media: &str, charset: Option<&str>) -> String {
    charset.map_or_else(|| media.to_owned(), |charset| format!("{media}; charset={charset}"))
}
