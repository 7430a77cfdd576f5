//! Web pages become articles.
//!
//! A page is parsed once (`tree`); what it says of itself (`metadata`) and its main text
//! (`main_text`) are read from the same tree.
//!
//! **Why an own reader and no crate.** `trafilatura` in precision mode was used first. It parses the
//! page anew and copies its tree several times, 87 pages a second; on the 160 pages of the
//! development part this reader finds the text as well or better at several times the speed, and
//! its names of boxes are a table that anybody can extend. The parsers and date readers that came
//! with that crate were a third of all crates in the lock file (253, then 173). See `docs/experiments/pages.md`.
//!
//! Title, byline, outlet, address and dates come from what the page says of itself in JSON-LD,
//! `meta` elements, `time` elements and its address, in that order (`metadata`). Where these are
//! silent, nothing is guessed from the visible text but a byline line.

mod alternate;
#[cfg(test)]
mod differential;
mod entity;
mod lexer;
mod linked_data;
mod main_text;
mod markup;
mod metadata;
mod names;
mod published;
mod tree;

pub use alternate::PageFeeds;
pub(crate) use alternate::feeds;
use sayso_model::{Code, Problem};
use tree::Tree;

use crate::{Options, draft::Draft, text};

/// Text of a page that is not free to read below which only its beginning can be there, in bytes.
const STUB: usize = 1500;

/// Reads a page whose line ends are `\n`; nothing where it has no body text. Paragraphs are parted
/// by a blank line.
pub(crate) fn read(page: &str, _options: &Options) -> Option<Draft> {
    let tree = Tree::parse(page);
    let mut draft = metadata::read(&tree);
    let paragraphs = main_text::paragraphs(&tree);
    let all = paragraphs.len();
    let lines: Vec<&str> =
        paragraphs.iter().map(String::as_str).filter(|line| !text::TABLE.stub(line)).collect();
    let broken_off = lines.len() < all;
    let mut top = Draft { title: draft.title.clone(), ..Draft::default() };
    let lines = text::without_bylines(&lines, &mut top);
    let lines = text::without_boilerplate(&lines);
    draft.text = lines.join("\n\n");
    if draft.problems.iter().any(|problem| problem.code == Code::R014) {
        // Where two dates are in dispute a third decides nothing.
        top.published = None;
    }
    draft.complete_from(top);
    if broken_off || draft.paid && draft.text.len() < STUB {
        let message = "Only the beginning of the article is there: the rest is for subscribers.";
        draft.problems.push(Problem::new(Code::R018, message));
    }
    Some(draft).filter(|draft| !draft.text.trim().is_empty())
}

/// The encoding that a page names for itself near its beginning.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    /// Where browsers look for it.
    const HEAD: usize = 2048;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let at = ["charset=", "encoding="].iter().find_map(|key| Some(head.find(key)? + key.len()))?;
    let name: String = head[at..]
        .trim_start_matches([' ', '"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    (!name.is_empty()).then_some(name)
}

/// The text of a fragment of a page: paragraphs and line breaks from its tags, letters from its character
/// references. Nothing for a text that has neither.
pub(crate) fn plain(text: &str) -> Option<String> {
    const BREAKS: [&str; 5] = ["</p>", "<br>", "<br/>", "<br />", "</div>"];
    const REFERENCES: [&str; 10] = [
        "&quot;", "&ldquo;", "&rdquo;", "&lsquo;", "&rsquo;", "&amp;", "&nbsp;", "&ndash;",
        "&mdash;", "&#",
    ];
    let tagged = BREAKS.iter().any(|tag| text.contains(tag));
    if !tagged {
        return REFERENCES
            .iter()
            .any(|reference| text.contains(reference))
            .then(|| entity::resolved(text).into_owned());
    }
    let tree = tree::Tree::parse(text);
    let mut out = String::new();
    for node in &tree.nodes {
        match node.kind {
            tree::Kind::Text(words) => out.push_str(&entity::resolved(words)),
            tree::Kind::Element(name, _) if name.word == "br" => out.push('\n'),
            tree::Kind::Element(name, _) if name.nests == names::Nests::Block => {
                out.push_str("\n\n");
            }
            _ => {}
        }
    }
    let lines: Vec<String> = out.lines().map(crate::draft::one_line).collect();
    let mut kept: Vec<&str> = Vec::new();
    for line in &lines {
        if !(line.is_empty() && kept.last().is_none_or(|last| last.is_empty())) {
            kept.push(line);
        }
    }
    Some(kept.join("\n").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head>
<title>Bridge may close | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"Bridge may close","datePublished":"2023-03-09T14:05:00+02:00",
"author":[{"@type":"Person","name":"Ann Lee"}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Bridge may close</h1>
<p>The mayor of Harbourtown said on Thursday that the old bridge <b>may</b> close in the coming
days, after engineers found cracks in two of its piers.</p>
<p>“We cannot rule it out”, she told the council, which had met on the quay to look at the damage
and to hear the traders who depend on the crossing for their daily business.</p>
<p>Read also: Ten bridges that never closed</p>
<p>Traders fear that the work will last for many months, as it did three years ago when the same
bridge was mended by a company from the north of the country.</p></article>
<footer>Terms of use. Privacy policy.</footer></body></html>"#;

    #[test]
    fn a_byline_among_the_paragraphs_is_the_author_s_and_no_text() {
        let first = "The mayor of Harbourtown said on Thursday that the old bridge may close in the \
                     coming days, after engineers found cracks in two of its piers.";
        let second = "Traders fear that the work will last for many months, as it did three years \
                      ago when the same bridge was mended by a company from the north.";
        for byline in [
            "<p>By Ann Lee and Bo Tan | Published 9 March 2023</p>",
            "<p>By Ann Lee and Bo Tan</p><p>Published: 9 March 2023</p><p>Last updated: 10 March 2023</p>",
        ] {
            let page = format!(
                "<article><h1>Bridge at Harbourtown may close</h1>{byline}<p>{first}</p>\
                 <p>We use cookies to improve your experience.</p><p>{second}</p></article>"
            );
            let draft = read(&page, &Options::default()).unwrap();
            assert_eq!(draft.text, format!("{first}\n\n{second}"));
            assert_eq!(draft.author.as_deref(), Some("Ann Lee and Bo Tan"));
            assert_eq!(draft.published.unwrap().printed(), "2023-03-09");
        }
    }

    #[test]
    fn a_page() {
        let draft = read(PAGE, &Options::default()).unwrap();
        assert_eq!(draft.title.as_deref(), Some("Bridge may close"));
        assert_eq!(draft.outlet.as_deref(), Some("The Harbour Post"));
        assert_eq!(draft.author.as_deref(), Some("Ann Lee"));
        assert_eq!(draft.language.as_deref(), Some("en"));
        assert_eq!(draft.published.unwrap().printed(), "2023-03-09T12:05Z");
        let paragraphs: Vec<&str> = draft.text.split("\n\n").collect();
        assert_eq!(
            paragraphs.iter().filter(|p| p.starts_with("The mayor")).count(),
            1,
            "{paragraphs:?}"
        );
        assert!(paragraphs.iter().any(|p| {
            p.starts_with("“We cannot rule it out”, she told the council, which had met on")
        }));
        for gone in ["Read also", "Sport", "Terms of use"] {
            assert!(!draft.text.contains(gone), "{gone}");
        }
    }

    #[test]
    fn a_page_that_breaks_off_says_so() {
        let coded = |page: &str, code: Code| {
            let draft = read(page, &Options::default()).unwrap();
            draft.problems.iter().any(|problem| problem.code == code)
        };
        assert!(!coded(PAGE, Code::R018));
        let stub = PAGE.replace("<p>Traders", "<p>Subscribe to continue reading.</p><p>Traders");
        assert!(coded(&stub, Code::R018));
        let paid = PAGE.replace("\"headline\"", "\"isAccessibleForFree\":false,\"headline\"");
        assert!(coded(&paid, Code::R018));
        let live = PAGE.replace("NewsArticle", "LiveBlogPosting");
        assert!(coded(&live, Code::R019));
    }

    #[test]
    fn a_page_without_a_body_has_no_article() {
        for page in [
            "",
            "<html></html>",
            "<html><head><title>Bridge</title></head><body><script>x</script></body></html>",
        ] {
            assert!(read(page, &Options::default()).is_none(), "{page}");
        }
    }

    #[test]
    fn a_declared_encoding() {
        let declared = |head: &str| declared_encoding(head.as_bytes());
        assert_eq!(declared("<meta charset=\"ISO-8859-1\">").as_deref(), Some("iso-8859-1"));
        assert_eq!(
            declared("<?xml version='1.0' encoding='windows-1251'?>").as_deref(),
            Some("windows-1251")
        );
        assert_eq!(declared("<html>"), None);
    }

    #[test]
    fn a_page_nested_without_end_is_read_in_time() {
        let page = format!("<body>{}<p>The bridge may close.</p>", "<div><b>".repeat(200_000));
        read(&page, &Options::default());
    }
}
