//! Pages as browsers read them: which words are in which block, by our tree and by `html5ever`'s.

use html5ever::{parse_document, tendril::TendrilSink as _};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::{prelude::*, sample::select};

use super::{
    entity,
    tree::{Kind, Tree},
};

/// Blocks that the made pages have.
const BLOCKS: [&str; 7] = ["p", "div", "ul", "li", "blockquote", "h2", "section"];

/// Texts with the innermost block around each; consecutive ones in one block are joined.
type Blocks = Vec<(String, String)>;

fn push(blocks: &mut Blocks, around: &str, text: &str) {
    match blocks.last_mut() {
        Some((block, before)) if block == around => before.push_str(text),
        _ if text.trim().is_empty() => {}
        _ => blocks.push((around.to_owned(), text.to_owned())),
    }
}

fn ours(page: &str) -> Blocks {
    fn walk(tree: &Tree<'_>, index: usize, around: &str, out: &mut Blocks) {
        let node = &tree.nodes[index];
        match node.kind {
            Kind::Text(text) => push(out, around, &entity::resolved(text)),
            Kind::Raw(_) => {}
            Kind::Element(name, _) => {
                let around = if BLOCKS.contains(&name.word) { name.word } else { around };
                children(tree, index, around, out);
            }
        }
    }
    fn children(tree: &Tree<'_>, index: usize, around: &str, out: &mut Blocks) {
        let mut at = index + 1;
        while at < tree.nodes[index].end as usize {
            walk(tree, at, around, out);
            at = tree.nodes[at].end as usize;
        }
    }
    let tree = Tree::parse(page);
    let mut out = Vec::new();
    children(&tree, 0, "", &mut out);
    out
}

fn browsers(page: &str) -> Blocks {
    fn walk(node: &Handle, around: &str, out: &mut Blocks) {
        let mut around = around.to_owned();
        match &node.data {
            NodeData::Text { contents } => push(out, &around, &contents.borrow()),
            NodeData::Element { name, .. } => {
                if matches!(&*name.local, "script" | "style") {
                    return;
                }
                if BLOCKS.contains(&&*name.local) {
                    around = name.local.to_string();
                }
            }
            _ => {}
        }
        for child in node.children.borrow().iter() {
            walk(child, &around, out);
        }
    }
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(page);
    let mut out = Vec::new();
    walk(&dom.document, "", &mut out);
    out
}

fn same(page: &str) {
    assert_eq!(ours(page), browsers(page), "{page}");
}

fn piece() -> impl Strategy<Value = String> {
    let tags = ["p", "div", "ul", "li", "blockquote", "h2", "section", "b", "em", "span", "a"];
    prop_oneof![
        4 => select(tags.to_vec()).prop_map(|tag| format!("<{tag}>")),
        2 => select(tags.to_vec()).prop_map(|tag| format!("</{tag}>")),
        4 => select(vec!["one", "two &amp; a half", "three&nbsp;", "4 &lt; 5", "six&eacute;", "&#8220;7&#x201d;", "&8"])
            .prop_map(str::to_owned),
        1 => select(vec![
            "<br>", "<!-- <p> no -->", "<script>if (a<b) '<p>'</script>", "<style>p > b {}</style>", "<img alt='<p>'>",
            "<p class=\"a>b\">", "<hr>", "<P ID=x>", "<em/>", "<?php ?>", "<!doctype x>",
        ])
        .prop_map(str::to_owned),
    ]
}

#[test]
fn what_people_write_stands_where_browsers_put_it() {
    for page in [
        "<ul><li>one<li><div>two</div><li>three</ul>four",
        "<div><p>one<blockquote>two<p>three</blockquote>four</div>five",
        "<p>one<b>two<p>three</b>four</p>five",
        "<section><h2>one</section>two<p>three<hr>four",
        "<blockquote><p>one</blockquote>two</p>three",
        "<ul><li><blockquote>one<p>two</blockquote>three</li></ul>",
        "<ul><li>one<ul></li>two</ul>three</ul>four",
    ] {
        same(page);
    }
}

/// `PROPTEST_CASES` makes it look further.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: 8 * usual.cases, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn words_stand_in_the_blocks_in_which_browsers_show_them(
        pieces in prop::collection::vec(piece(), 0..16)
    ) {
        let page = pieces.concat();
        prop_assert_eq!(ours(&page), browsers(&page), "{}", page);
    }
}
