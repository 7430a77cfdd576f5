//! A page as a tree of elements and text, in one pass over its bytes.
//!
//! **Why not the parser that follows browsers to the letter.** html5ever takes a third of the time
//! that a whole page may take. What its rules add is about elements that are misnested; which words
//! stand in which block comes out the same but for stray content of tables. Kept here: elements that
//! end each other (`p`, `li`, cells), end tags that fit nothing, content that is no markup.
//!
//! Nodes stand in the order of the page, each with the end of its descendants, so that a subtree is
//! a slice. The tree borrows the page, and takes time and memory in proportion to it, however it is
//! nested: what is deeper than [`DEPTH`] elements becomes a child of the last that is not.

use std::{borrow::Cow, ops::Range};

use super::{
    entity,
    lexer::{Token, attributes, tokens},
    names::{Name, Nests},
};

/// Deepest nesting, in elements. People's pages have a few dozen.
const DEPTH: usize = 200;

/// A page's nodes in the order of the page; the first is the page itself.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
}

/// An element or a piece of text.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// One past its last descendant.
    pub(super) end: u32,
    /// What it is.
    pub(super) kind: Kind<'a>,
}

/// What a node is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind<'a> {
    /// An element with its attributes as they are written.
    Element(Name, &'a str),
    /// Text as it is written, with its character references.
    Text(&'a str),
    /// Content that is no markup and has no character references.
    Raw(&'a str),
}

impl<'a> Node<'a> {
    /// The element's name; empty for text and for elements that nobody knows.
    pub(super) fn word(&self) -> &'static str {
        match self.kind {
            Kind::Element(name, _) => name.word,
            _ => "",
        }
    }

    /// The value of an attribute, with its character references resolved.
    pub(super) fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        let Kind::Element(_, written) = self.kind else { return None };
        let (_, value) = attributes(written).find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
        Some(entity::resolved(value))
    }
}

impl<'a> Tree<'a> {
    /// Parses a page.
    pub(super) fn parse(page: &'a str) -> Self {
        let mut builder = Builder::default();
        builder.push(Kind::Text(""));
        for token in tokens(page) {
            match token {
                Token::Text(text) => builder.text(text),
                Token::Raw(text) => drop(builder.push(Kind::Raw(text))),
                Token::Start { name, attributes, empty } => builder.start(name, attributes, empty),
                Token::End(name) => builder.end(name),
            }
        }
        builder.close_to(0);
        let mut nodes = builder.nodes;
        let length = nodes.len() as u32;
        if let Some(page) = nodes.first_mut() {
            page.end = length;
        }
        Self { nodes }
    }

    /// The nodes below one node.
    pub(super) fn below(&self, index: usize) -> Range<usize> {
        let end = self.nodes.get(index).map_or(0, |node| node.end as usize);
        index + 1..end.max(index + 1).min(self.nodes.len().max(index + 1))
    }

    /// All text below a node, with character references resolved.
    pub(super) fn text(&self, index: usize) -> String {
        self.text_up_to(index, usize::MAX).unwrap_or_default()
    }

    /// All text below a node, if it is not longer than `limit` bytes.
    pub(super) fn text_up_to(&self, index: usize, limit: usize) -> Option<String> {
        let mut words = String::new();
        for node in self.nodes.get(self.below(index)).unwrap_or_default() {
            match node.kind {
                Kind::Text(text) => words.push_str(&entity::resolved(text)),
                Kind::Raw(text) => words.push_str(text),
                Kind::Element(..) => {}
            }
            if words.len() > limit {
                return None;
            }
        }
        Some(words)
    }
}

#[derive(Default)]
struct Builder<'a> {
    nodes: Vec<Node<'a>>,
    /// The elements that are open, outermost first.
    open: Vec<(u32, Name)>,
    /// Elements that were too deep to be kept open, and are still to be closed.
    deep: usize,
    /// How many `svg` and `math` elements are open.
    foreign: usize,
}

impl<'a> Builder<'a> {
    fn push(&mut self, kind: Kind<'a>) -> u32 {
        let index = self.nodes.len() as u32;
        self.nodes.push(Node { end: index + 1, kind });
        index
    }

    fn text(&mut self, text: &'a str) {
        if self.is_open("head") && !text.trim_ascii().is_empty() {
            self.close("head", &[]);
        }
        self.push(Kind::Text(text));
    }

    fn start(&mut self, name: Name, attributes: &'a str, empty: bool) {
        if self.foreign == 0 {
            self.end_implied(name);
        }
        let index = self.push(Kind::Element(name, attributes));
        if name.nests == Nests::Void || (self.foreign > 0 && empty) {
            return;
        }
        if self.open.len() >= DEPTH {
            self.deep += 1;
            return;
        }
        self.foreign += usize::from(is_foreign(name));
        self.open.push((index, name));
    }

    /// Ends the elements that `name` does not stand in.
    fn end_implied(&mut self, name: Name) {
        const HEAD: &[&str] =
            &["meta", "link", "title", "script", "style", "noscript", "base", "template", "head"];
        if !HEAD.contains(&name.word) && self.is_open("head") {
            self.close("head", &[]);
        }
        match name.word {
            "li" => self.close_item(&["li"]),
            "dd" | "dt" => self.close_item(&["dd", "dt"]),
            "td" | "th" => {
                self.close("td", &["tr", "table"]);
                self.close("th", &["tr", "table"]);
            }
            "tr" => self.close("tr", &["table"]),
            "tbody" | "thead" | "tfoot" => {
                for part in ["tbody", "thead", "tfoot"] {
                    self.close(part, &["table"]);
                }
            }
            "option" => self.close("option", &["select", "datalist", "div"]),
            // A link ends the one before it, and no block.
            "a" => {
                let inner = self.open.iter().rposition(|(_, open)| open.nests == Nests::Block);
                let open = self.open.iter().rposition(|(_, open)| open.word == "a");
                if let Some(at) = open.filter(|at| inner.is_none_or(|inner| inner < *at)) {
                    self.close_to(at);
                }
            }
            _ => {}
        }
        if name.nests == Nests::Block || name.word == "hr" {
            self.close("p", &["button", "td", "th", "table", "caption", "object", "template"]);
            if is_heading(name.word)
                && self.open.last().is_some_and(|(_, open)| is_heading(open.word))
            {
                self.close_to(self.open.len() - 1);
            }
        }
    }

    /// Ends the item of a list, unless another block encloses it first; those that a list's items are
    /// often wrapped in are passed.
    fn close_item(&mut self, words: &[&str]) {
        for (at, (_, name)) in self.open.iter().enumerate().rev() {
            if words.contains(&name.word) {
                return self.close_to(at);
            }
            if name.nests == Nests::Block && !matches!(name.word, "div" | "p" | "address") {
                return;
            }
        }
    }

    /// Ends the innermost element of this name, unless one of `walls` stands around it first.
    fn close(&mut self, word: &str, walls: &[&str]) {
        for (at, (_, name)) in self.open.iter().enumerate().rev() {
            if name.word == word {
                return self.close_to(at);
            }
            if walls.contains(&name.word) {
                return;
            }
        }
    }

    fn end(&mut self, name: Name) {
        if self.deep > 0 {
            self.deep -= 1;
            return;
        }
        // Nothing stands after these; what does belongs to the body all the same.
        if matches!(name.word, "body" | "html") || name.nests == Nests::Void {
            return;
        }
        let found = self.open.iter().enumerate().rev().find_map(|(at, (_, open))| {
            if *open == name {
                return Some(Some(at));
            }
            // An element in the line does not end the block around it, an item's end not the item
            // around its list, and nothing ends the cell or table around it but what is as large.
            let wall = match name.nests {
                Nests::Inline | Nests::Raw => open.nests == Nests::Block,
                _ if name.word == "li" && matches!(open.word, "ul" | "ol") => true,
                _ => matches!(open.word, "td" | "th" | "table") && !is_table(name.word),
            };
            wall.then_some(None)
        });
        if let Some(Some(at)) = found {
            self.close_to(at);
        }
    }

    /// Ends the open elements from `at` on.
    fn close_to(&mut self, at: usize) {
        let end = self.nodes.len() as u32;
        for (index, name) in self.open.drain(at.min(self.open.len())..) {
            self.foreign -= usize::from(is_foreign(name));
            if let Some(node) = self.nodes.get_mut(index as usize) {
                node.end = end;
            }
        }
    }

    fn is_open(&self, word: &str) -> bool {
        // A head stands right below the page's root.
        self.open.iter().take(2).any(|(_, name)| name.word == word)
    }
}

fn is_foreign(name: Name) -> bool {
    matches!(name.word, "svg" | "math")
}

fn is_heading(word: &str) -> bool {
    matches!(word.as_bytes(), [b'h', b'1'..=b'6'])
}

fn is_table(word: &str) -> bool {
    matches!(word, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as nested brackets.
    fn shown(page: &str) -> String {
        fn node(tree: &Tree<'_>, index: usize, out: &mut String) {
            match tree.nodes[index].kind {
                Kind::Text(text) | Kind::Raw(text) => out.push_str(text.trim()),
                Kind::Element(name, _) => {
                    out.push_str(name.word);
                    out.push('(');
                    children(tree, index, out);
                    out.push(')');
                }
            }
        }
        fn children(tree: &Tree<'_>, index: usize, out: &mut String) {
            let mut at = index + 1;
            while at < tree.nodes[index].end as usize {
                node(tree, at, out);
                at = tree.nodes[at].end as usize;
            }
        }
        let tree = Tree::parse(page);
        let mut out = String::new();
        children(&tree, 0, &mut out);
        out
    }

    #[test]
    fn elements_end_each_other() {
        for (page, tree) in [
            ("<p>One<p>Two<div>Three</div>", "p(One)p(Two)div(Three)"),
            ("<ul><li>One<li>Two<ul><li>In</ul></ul>x", "ul(li(One)li(Twoul(li(In))))x"),
            ("<table><tr><td>1<td>2<tr><td>3</table>x", "table(tr(td(1)td(2))tr(td(3)))x"),
            ("<div><b>a</div></b>b", "div(b(a))b"),
            ("<div><p>a</span>b</p></div></div>c", "div(p(ab))c"),
            ("<head><title>A <b></title><p>B", "head(title(A <b>))p(B)"),
            ("<svg><path/><path/></svg>a<br/>b", "svg(()())abr()b"),
            ("<a>1<a>2", "a(1)a(2)"),
            ("<h2>a<h3>b</h3>", "h2(a)h3(b)"),
            ("a<!-- b -->c<1", "ac<1"),
        ] {
            assert_eq!(shown(page), tree, "{page}");
        }
    }

    #[test]
    fn attributes_and_texts_are_resolved() {
        let tree = Tree::parse("<p Title='a &amp; b'>c &lt; <i>d</i></p>e");
        assert_eq!(tree.nodes[1].attribute("title").as_deref(), Some("a & b"));
        assert_eq!(tree.text(1), "c < d");
    }

    #[test]
    fn a_page_nested_without_end_stays_shallow() {
        let page = format!("{}a{}b", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = Tree::parse(&page);
        assert_eq!(tree.nodes.len(), 100_003);
        assert_eq!(tree.text(0), "ab");
        assert!(tree.nodes.iter().all(|node| node.end as usize <= tree.nodes.len()));
    }
}
