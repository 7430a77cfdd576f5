//! What comes back.

/// What is known of an address from the last time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The server's name for what it sent (`ETag`).
    pub etag: Option<String>,
    /// When it was last changed, as the server wrote it.
    pub modified: Option<String>,
}

/// What a server sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it came from, after all redirects.
    pub url: String,
    /// What the server calls it.
    pub content_type: Option<String>,
    /// Its bytes, unpacked.
    pub bytes: Vec<u8>,
    /// To ask with the next time.
    pub known: Known,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    Page(Page),
    /// It has not changed since the last time.
    Unchanged,
}
