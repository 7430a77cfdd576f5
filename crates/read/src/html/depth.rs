//! Pages nested without end are made shallow before anything parses them.
//!
//! Parsing HTML takes time with the square of the depth (each element looks up through its
//! ancestors) and of the attributes of one tag, and what walks the tree afterwards takes stack. No
//! page that people write is deeper than a few dozen elements, so that tags deeper than [`LIMIT`]
//! are dropped and their text kept; so are tags with more than [`ATTRIBUTES`] attributes.

use std::{borrow::Cow, collections::BTreeMap};

/// Deepest nesting that is kept, in elements.
const LIMIT: usize = 400;

/// Elements that a parser opens anew in each paragraph until they are closed, and how many of them
/// may be open: left open, a few hundred would make a page of megabytes one of gigabytes.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
const OPEN_FORMATTING: usize = 16;

/// Most attributes of one tag.
const ATTRIBUTES: usize = 300;

/// Elements that hold nothing.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that close each other, so that leaving them open nests nothing.
const CLOSING: &[&str] = &["tr", "td", "th", "tbody", "thead", "tfoot"];

/// Elements whose content is no markup.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// The page, with tags that nest deeper than the limit taken out, and how many tags it had.
pub(super) fn limited(page: &str) -> (Cow<'_, str>, usize) {
    let mut nesting = Nesting::default();
    let (mut count, mut fine) = (0, true);
    for tag in tags(page) {
        fine &= nesting.keeps(&tag);
        count += 1;
    }
    if fine {
        return (Cow::Borrowed(page), count);
    }
    let mut out = String::with_capacity(page.len());
    let mut copied = 0;
    let mut nesting = Nesting::default();
    for tag in tags(page) {
        if !nesting.keeps(&tag) {
            out.push_str(&page[copied..tag.start]);
            out.push(' ');
            copied = tag.end;
        }
    }
    out.push_str(&page[copied..]);
    (Cow::Owned(out), count)
}

/// The elements that are open, by name.
#[derive(Default)]
struct Nesting {
    open: BTreeMap<String, usize>,
    dropped: BTreeMap<String, usize>,
    depth: usize,
}

impl Nesting {
    fn keeps(&mut self, tag: &Tag<'_>) -> bool {
        // The longest name of an element has ten letters; no name needs more to be told apart.
        let name = tag.name.get(..20).unwrap_or(tag.name).to_ascii_lowercase();
        if tag.closes {
            if let Some(count) = self.dropped.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                return false;
            }
            if let Some(count) = self.open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                self.depth -= 1;
            }
            return true;
        }
        let is = |list: &[&str]| list.contains(&name.as_str());
        let foreign = self.is_open("svg") || self.is_open("math");
        let nests = if foreign {
            name != "p" && !tag.empty
        } else {
            name != "p" && !is(VOID) && !is(CLOSING)
        };
        if !nests {
            return tag.attributes <= ATTRIBUTES;
        }
        let formats = is(FORMATTING)
            && FORMATTING.iter().filter_map(|name| self.open.get(*name)).sum::<usize>()
                >= OPEN_FORMATTING;
        if self.depth >= LIMIT || formats || tag.attributes > ATTRIBUTES {
            *self.dropped.entry(name).or_default() += 1;
            return false;
        }
        self.depth += 1;
        *self.open.entry(name).or_default() += 1;
        true
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.get(name).is_some_and(|count| *count > 0)
    }
}

struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// Written `<name/>`.
    empty: bool,
    /// At least as many as it has.
    attributes: usize,
    start: usize,
    end: usize,
}

/// The tags of a page, in order, passing over comments and raw text. In linear time.
fn tags(page: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    let mut foreign = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let start = at + page.get(at..)?.find('<')?;
            let rest = &page[start..];
            let bytes = rest.as_bytes();
            let closes = bytes.get(1) == Some(&b'/');
            let name_at = 1 + usize::from(closes);
            if let Some(comment) = rest.strip_prefix("<!--") {
                let end = if comment.starts_with('>') || comment.starts_with("->") {
                    Some(comment.find('>').unwrap_or(0) + 1)
                } else {
                    // Both "-->" and "--!>" end a comment.
                    ends_comment(comment)
                };
                at = start + 4 + end?;
                continue;
            }
            if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
                at = start + 1;
                continue;
            }
            let name_end = name_at
                + rest[name_at..]
                    .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
                    .unwrap_or(rest.len() - name_at);
            let name = &rest[name_at..name_end];
            let (length, attributes) = tag_length(rest, name_end)?;
            let end = start + length;
            let empty = rest[..length].ends_with("/>");
            at = end;
            if name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math") {
                foreign =
                    if closes { foreign.saturating_sub(1) } else { foreign + usize::from(!empty) };
            }
            if !closes && foreign == 0 && RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                at = raw_end(page, end, name);
            }
            return Some(Tag { name, closes, empty, attributes, start, end });
        }
    })
}

fn ends_comment(comment: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += comment[at..].find("--")? + 2;
        let rest = &comment[at..];
        if rest.starts_with('>') {
            return Some(at + 1);
        }
        if rest.starts_with("!>") {
            return Some(at + 2);
        }
        // "--->" ends one too: the last two dashes count.
        if rest.starts_with('-') {
            at -= 1;
        }
    }
}

/// The length of a tag, quoted attribute values and all, and the pieces outside quotation marks
/// that may be attributes.
fn tag_length(tag: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = tag.as_bytes();
    let mut at = from;
    let mut value = false;
    let mut pieces = 0;
    loop {
        match bytes.get(at)? {
            b'>' => return Some((at + 1, pieces)),
            quote @ (b'"' | b'\'') if value => {
                at += 1 + bytes[at + 1..].iter().position(|byte| byte == quote)?;
                value = false;
                pieces += 1;
            }
            b'=' => value = true,
            byte if !byte.is_ascii_whitespace() && *byte != b'/' => value = false,
            // A blank or a slash parts attributes.
            _ => pieces += 1,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_page_stays() {
        let page =
            "<!-- <div> --><div a='>'><p>One<p>Two<br><script>if (a < b) '<div>'</script></div>";
        assert!(matches!(limited(page), (Cow::Borrowed(_), 7)));
        assert_eq!(tags(page).count(), 7);
    }

    #[test]
    fn deep_tags_go_and_their_text_stays() {
        let page = format!("{}a{}", "<div>".repeat(1000), "</div>".repeat(1000));
        let (shallow, count) = limited(&page);
        assert_eq!(count, 2000);
        assert_eq!(shallow.matches("<div>").count(), LIMIT);
        assert_eq!(shallow.matches("</div>").count(), LIMIT);
        assert!(shallow.contains('a'));
    }

    #[test]
    fn formatting_left_open_does_not_multiply() {
        let page = "<p><b id=1>a".repeat(100);
        assert_eq!(limited(&page).0.matches("<b").count(), OPEN_FORMATTING);
    }

    #[test]
    fn a_tag_of_many_attributes_goes() {
        let many = " a=\"x y\"".repeat(1000);
        assert_eq!(limited(&format!("<p{many}>a</p><p b='{many}'>")).0.matches("<p").count(), 1);
    }

    #[test]
    fn broken_markup_is_passed_over() {
        for page in
            ["<", "</", "<!--", "<!-->", "<!-- --", "<a href=\"", "<script>", "<script><", "<é>"]
        {
            assert_eq!(limited(page).0, page);
        }
    }
}
