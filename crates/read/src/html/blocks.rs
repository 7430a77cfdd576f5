//! The blocks of a piece of HTML as paragraphs of plain text.

use scraper::{Html, Node};

use crate::draft::one_line;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose text nobody reads.
const HIDDEN: &[&str] = &[
    "script", "style", "template", "noscript", "iframe", "object", "svg", "head", "button", "nav",
    "aside", "footer", "form",
];

/// The paragraphs of `html`, none of them empty, each with single blanks between its words. A line
/// break stays within its paragraph; two of them part paragraphs.
pub(super) fn paragraphs(html: &str) -> Vec<String> {
    let tree = Html::parse_fragment(html);
    let mut out = Vec::new();
    let mut line = String::new();
    let mut hidden = 0_usize;
    for edge in tree.tree.root().traverse() {
        let (node, opens) = match edge {
            ego_tree::iter::Edge::Open(node) => (node, true),
            ego_tree::iter::Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(words) if opens && hidden == 0 => {
                // A source line's end is a blank; only <br> ends a line.
                line.extend(words.chars().map(|c| if c == '\n' { ' ' } else { c }));
            }
            Node::Element(element) => {
                let name = element.name();
                if HIDDEN.contains(&name) {
                    hidden = if opens { hidden + 1 } else { hidden.saturating_sub(1) };
                } else if name == "br" {
                    line.push_str(if opens { "\n" } else { "" });
                } else if BLOCKS.contains(&name) {
                    flush(&mut line, &mut out);
                }
            }
            _ => {}
        }
    }
    flush(&mut line, &mut out);
    out
}

fn flush(line: &mut String, out: &mut Vec<String>) {
    let mut paragraph = String::new();
    for part in line.split('\n').map(one_line) {
        if part.is_empty() {
            if !paragraph.is_empty() {
                out.push(std::mem::take(&mut paragraph));
            }
            continue;
        }
        if !paragraph.is_empty() {
            paragraph.push('\n');
        }
        paragraph.push_str(&part);
    }
    if !paragraph.is_empty() {
        out.push(paragraph);
    }
    line.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_paragraphs() {
        let html = "<h2>Bridge</h2><p>It <b>may</b>\nclose,<br>she said.<br><br>Soon.</p>loose<ul><li>One<li>Two</ul>\
                    <script>no</script>";
        assert_eq!(
            paragraphs(html),
            ["Bridge", "It may close,\nshe said.", "Soon.", "loose", "One", "Two"]
        );
    }
}
