use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::span::Span;

/// The id of an article: SHA-256 of its main text, 64 hex digits.
pub fn article_id(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The id of a statement: 16 hex digits over the article's id and the cue and content spans.
pub fn statement_id(article: &str, cue: &[Span], content: &[Span]) -> String {
    let mut key = String::from(article);
    for (role, spans) in [("cue", cue), ("content", content)] {
        key.push_str(role);
        for span in spans {
            // Writing to a String cannot fail.
            let _ = write!(key, " {}-{}", span.start, span.end);
        }
    }
    content_id("s", &key)
}

/// An id derived from what it names: `prefix`, then 15 hex digits of the SHA-256 of `key`.
pub fn content_id(prefix: &str, key: &str) -> String {
    let mut id = String::from(prefix);
    let digest = hex(&Sha256::digest(key.as_bytes()));
    id.push_str(&digest[..15]);
    id
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_and_tell_spans_apart() {
        let article = article_id("Rain is expected.");
        let one = statement_id(&article, &[], &[Span::new(0, 4)]);
        assert_eq!(one, statement_id(&article, &[], &[Span::new(0, 4)]));
        assert_ne!(one, statement_id(&article, &[Span::new(0, 4)], &[]));
        assert_eq!(article.len(), 64);
        assert_eq!(one.len(), 16);
    }
}
