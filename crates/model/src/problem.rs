use serde::{Deserialize, Serialize};

/// What a reader noticed about one article and could live with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code, for machines and for looking up.
    pub code: Code,
    /// One sentence for people.
    pub message: String,
}

/// The stable codes. Numbers are never used again for another meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Code {
    /// The encoding was guessed.
    R010,
    /// Bytes that are no text in the encoding were replaced.
    R011,
    /// No body text.
    R012,
    /// No publication date: windows stay open.
    R013,
    /// A date was found and not understood.
    R014,
    /// A quotation mark has no partner.
    R015,
    /// The article was cut at the size limit.
    R016,
    /// The language is not one that the product reads.
    R017,
    /// Only the beginning of the article is there: the rest is for subscribers.
    R018,
    /// A live blog: several reports one after the other, of which not each has its own date.
    R019,
    /// The page lists articles and is none.
    R020,
    /// Statements are taken from the beginning of a very long text alone.
    R021,
}

impl Problem {
    /// A problem with its sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}
