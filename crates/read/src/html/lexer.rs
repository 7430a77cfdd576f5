//! A page as tags and the text between them, in linear time. Comments and declarations are passed
//! over.

use super::names::{Name, Nests, name};

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text as it is written, with its character references.
    Text(&'a str),
    /// What stands in an element whose content is no markup.
    Raw(&'a str),
    /// An element begins.
    Start {
        /// Its name.
        name: Name,
        /// Its attributes as they are written.
        attributes: &'a str,
        /// Written `<name/>`, which counts in `svg` and `math` alone.
        empty: bool,
    },
    /// An element ends.
    End(Name),
}

/// The tags and texts of a page, in its order.
pub(super) fn tokens(page: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    let mut raw: Option<&str> = None;
    std::iter::from_fn(move || {
        loop {
            if let Some(written) = raw.take() {
                let end = raw_end(page, at, written);
                let content = &page[at..end];
                at = end;
                if !content.is_empty() {
                    return Some(Token::Raw(content));
                }
            }
            let rest = page.get(at..).filter(|rest| !rest.is_empty())?;
            let text = text_length(rest);
            if text > 0 {
                at += text;
                return Some(Token::Text(&rest[..text]));
            }
            let (length, token) = markup(rest);
            at += length;
            if let Some((token, written)) = token {
                if matches!(token, Token::Start { name, .. } if name.nests == Nests::Raw) {
                    raw = Some(written);
                }
                return Some(token);
            }
        }
    })
}

/// How far the text goes until something begins that is markup.
fn text_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(found) = rest.get(at..).and_then(|rest| rest.find('<')) {
        at += found;
        let after = bytes.get(at + 1).copied().unwrap_or_default();
        let begins = after.is_ascii_alphabetic()
            || matches!(after, b'!' | b'?')
            || after == b'/' && bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic);
        if begins {
            return at;
        }
        at += 1;
    }
    rest.len()
}

/// The markup that `rest` begins with: its length, and its token with the name as it is written.
fn markup(rest: &str) -> (usize, Option<(Token<'_>, &str)>) {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return (4 + comment_length(comment), None);
    }
    if let Some(data) = rest.strip_prefix("<![CDATA[") {
        return (data.find("]]>").map_or(rest.len(), |at| at + 12), None);
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return (rest.find('>').map_or(rest.len(), |at| at + 1), None);
    }
    let closes = rest[1..].starts_with('/');
    let from = 1 + usize::from(closes);
    let bytes = rest.as_bytes();
    let end = (from..bytes.len())
        .find(|at| bytes[*at].is_ascii_whitespace() || matches!(bytes[*at], b'/' | b'>'))
        .unwrap_or(bytes.len());
    let written = &rest[from..end];
    // A tag that never ends swallows the rest of the page, as in a browser.
    let Some(length) = tag_length(rest, end) else { return (rest.len(), None) };
    let token = if closes {
        Token::End(name(written))
    } else {
        // One byte for the sign that ends the tag.
        let attributes = &rest[end..length - 1];
        Token::Start { name: name(written), attributes, empty: attributes.ends_with('/') }
    };
    (length, Some((token, written)))
}

/// The length of a comment after its `<!--`, with its end.
fn comment_length(comment: &str) -> usize {
    if comment.starts_with('>') {
        return 1;
    }
    if comment.starts_with("->") {
        return 2;
    }
    let mut at = 0;
    while let Some(found) = comment.get(at..).and_then(|rest| rest.find("--")) {
        at += found + 2;
        let rest = &comment[at..];
        if rest.starts_with('>') {
            return at + 1;
        }
        if rest.starts_with("!>") {
            return at + 2;
        }
        // "--->" ends one too: the last two dashes count.
        at -= usize::from(rest.starts_with('-'));
    }
    comment.len()
}

/// The length of a tag, quoted attribute values and all; nothing where it never ends.
fn tag_length(tag: &str, from: usize) -> Option<usize> {
    let bytes = tag.as_bytes();
    let mut at = from;
    let mut value = false;
    loop {
        match bytes.get(at)? {
            b'>' => return Some(at + 1),
            quote @ (b'"' | b'\'') if value => {
                at += 1 + tag.get(at + 1..)?.find(char::from(*quote))?;
                value = false;
            }
            b'=' => value = true,
            byte if !byte.is_ascii_whitespace() => value = false,
            _ => {}
        }
        at += 1;
    }
}

/// Where raw text ends: at the tag that closes `name`, else at the end of the page.
fn raw_end(page: &str, from: usize, name: &str) -> usize {
    let bytes = page.as_bytes();
    let mut at = from;
    while let Some(found) = page[at..].find("</") {
        at += found;
        let close = bytes.get(at + 2..at + 2 + name.len());
        if close.is_some_and(|close| close.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
        at += 2;
    }
    page.len()
}

/// The attributes of a tag: names and values as they are written, without quotation marks.
pub(super) fn attributes(written: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = written;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // A `=` at the very beginning is part of the name, so that each step goes on.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..]
            .find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/')
            .map_or(rest.len(), |at| at + first);
        let name = &rest[..end];
        let after = rest[end..].trim_ascii_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, more) = if let Some(quote) = quote {
            value[1..].split_once(quote).unwrap_or((&value[1..], ""))
        } else {
            let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
            value.split_at(end)
        };
        rest = more;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(page: &str) -> Vec<String> {
        tokens(page)
            .map(|token| match token {
                Token::Text(text) => format!("text {text}"),
                Token::Raw(text) => format!("raw {text}"),
                Token::Start { name, attributes, .. } => {
                    format!("<{} {}", name.word, attributes.trim())
                }
                Token::End(name) => format!("/{}", name.word),
            })
            .collect()
    }

    #[test]
    fn tags_and_texts() {
        assert_eq!(
            shown("<!doctype html><!-- <p> --><P class='a>b'>1 < 2<br/></p><script>a</b</script >"),
            ["<p class='a>b'", "text 1 < 2", "<br /", "/p", "<script ", "raw a</b", "/script"]
        );
    }

    #[test]
    fn broken_markup_ends() {
        for page in ["<", "</", "<!--", "<!-->", "<!-- --", "<a href=\"", "<script>", "<é>", "<a ="]
        {
            assert!(tokens(page).count() <= 2, "{page}");
        }
    }

    #[test]
    fn attributes_of_all_kinds() {
        let all: Vec<_> = attributes(" a=1 b='x y' C = \"z\" hidden /=").collect();
        assert_eq!(all, [("a", "1"), ("b", "x y"), ("C", "z"), ("hidden", ""), ("=", "")]);
    }
}
