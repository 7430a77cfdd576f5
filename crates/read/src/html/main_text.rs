//! The main text of a page, from its tree.
//!
//! 1. Every run of words between two block elements is a *block*, with its letters and how many of
//!    them stand in links. A *good* block is a paragraph of prose.
//! 2. Boxes beside the text are left out: elements whose name or markup says so
//!    (`data/en/markup.toml`), unless they hold most of the page's good blocks.
//! 3. The text is what stands in the element marked as its body; else in the article, the main
//!    part or the page; from there down to the innermost element that still holds nearly all of it.
//! 4. Of its blocks, lists of links and headings that head nothing are left out.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{
    entity,
    lexer::attributes,
    markup::{MARKUP, Named},
    tree::{Kind, Node, Tree},
};
use crate::draft::one_line;

/// A run of words between the borders of two block elements.
#[derive(Debug)]
struct Block {
    /// The innermost block element around it.
    owner: usize,
    /// Its first and one past its last node.
    start: usize,
    end: usize,
    /// Letters and figures.
    letters: usize,
    /// Those of them that stand in links.
    linked: usize,
    /// Words, counted by their blanks.
    words: usize,
    /// Ends as a sentence does.
    sentence: bool,
}

impl Block {
    /// A paragraph of prose.
    fn is_good(&self) -> bool {
        self.linked * 3 < self.letters && (self.words >= 15 || self.words >= 8 && self.sentence)
    }
}

/// Share of the page's good letters above which an element is no box, whatever it is called.
const BOX_LIMIT: f64 = 0.4;
/// Share of its good letters that an element's child must hold to stand for it.
const NARROW: f64 = 0.9;

/// Share of the page's good letters below which what was found is too little to be its text.
const LITTLE: f64 = 0.2;

/// The paragraphs of a page's main text, none of them empty; none where it has no prose. A line
/// break stays within its paragraph.
pub(super) fn paragraphs(tree: &Tree<'_>) -> Vec<String> {
    let mut marks: Vec<Mark> = tree.nodes.iter().map(mark).collect();
    without_false_pictures(tree, &mut marks);
    let never = spread(tree, &marks, |_, mark| mark.never);
    let all_blocks = blocks(tree, &never);
    let good = Sums::of(tree, &all_blocks);
    let all = good.below(0, tree.nodes.len());
    let large = large(tree, &marks, &good, (BOX_LIMIT * all as f64) as usize);
    // What is called comments and holds an article is what has comments below it.
    let bodies: Vec<usize> = (0..marks.len()).filter(|index| marks[*index].rank >= 2).collect();
    let comments = |index: usize, mark: Mark| {
        mark.comments && !holds_one(&bodies, index + 1, tree.nodes[index].end as usize)
    };
    let out = spread(tree, &marks, |index, mark| {
        mark.never
            || comments(index, mark)
            || mark.boxed && !large.contains(&names(&tree.nodes[index]))
    });
    let found = chosen(tree, &marks, &out, &all_blocks);
    if (letters(&found) as f64) < LITTLE * all as f64 {
        // Names that this site uses otherwise: once more without believing in boxes.
        let out = spread(tree, &marks, |index, mark| mark.never || comments(index, mark));
        let again = chosen(tree, &marks, &out, &all_blocks);
        if letters(&again) > 3 * letters(&found) {
            return printed(tree, &again);
        }
    }
    printed(tree, &found)
}

/// The blocks that stand in the element which holds the text, and are not `out`.
fn chosen<'a>(
    tree: &Tree<'_>,
    marks: &[Mark],
    out: &[bool],
    blocks: &'a [Block],
) -> Vec<&'a Block> {
    let kept: Vec<&Block> = blocks.iter().filter(|block| !out[block.start]).collect();
    let mass = Sums::of(tree, &kept);
    let within = within(tree, marks, out, &mass);
    let inside = |block: &&Block| {
        let before = within.partition_point(|index| *index <= block.start);
        before > 0 && block.start < tree.nodes[within[before - 1]].end as usize
    };
    kept.into_iter().filter(inside).collect()
}

/// Letters of the good blocks.
fn letters(blocks: &[&Block]) -> usize {
    blocks.iter().filter(|block| block.is_good()).map(|block| block.letters).sum()
}

/// True where one of the indices, which are in order, lies in a range.
fn holds_one(indices: &[usize], start: usize, end: usize) -> bool {
    indices.get(indices.partition_point(|index| *index < start)).is_some_and(|index| *index < end)
}

/// What an element's name and attributes say of it.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate thing that a name may say")]
struct Mark {
    /// Nobody reads it here: scripts, menus, hidden elements.
    never: bool,
    /// Readers wrote it.
    comments: bool,
    /// A box beside the text.
    boxed: bool,
    /// It is called a box for pictures, and nothing else says that it is one.
    pictured: bool,
    /// How surely it holds the text: 3 its body, 2 the article, 1 the main part, 0 neither.
    rank: u8,
}

fn mark(node: &Node<'_>) -> Mark {
    const NEVER: &[&str] = &[
        "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head",
        "button", "select", "option", "textarea", "canvas", "audio", "video", "nav", "menu",
        "dialog", "datalist", "map", "noembed", "noframes", "xmp", "title",
    ];
    let Kind::Element(name, written) = node.kind else { return Mark::default() };
    if NEVER.contains(&name.word) {
        return Mark { never: true, ..Mark::default() };
    }
    let mut mark = Mark {
        boxed: name.hidden,
        rank: match name.word {
            "article" => 2,
            "main" => 1,
            _ => 0,
        },
        ..Mark::default()
    };
    for (key, value) in attributes(written) {
        let key = key.to_ascii_lowercase();
        match key.as_str() {
            "class" | "id" => {
                let Named { body, comments, boxed, pictured } = MARKUP.of(value);
                mark.pictured |= pictured && !boxed;
                let boxed = boxed || pictured;
                let is_part = !matches!(name.word, "html" | "body");
                mark.boxed |= boxed && is_part;
                mark.comments |= comments && is_part;
                if body && matches!(name.word, "div" | "section" | "article" | "main" | "td" | "") {
                    mark.rank = 3;
                }
            }
            "itemprop" if value.eq_ignore_ascii_case("articleBody") => mark.rank = 4,
            "role" => match value {
                "article" => mark.rank = mark.rank.max(2),
                "main" => mark.rank = mark.rank.max(1),
                "navigation" | "banner" | "complementary" | "contentinfo" | "search" | "dialog" => {
                    mark.boxed = true;
                }
                _ => {}
            },
            "hidden" => mark.boxed = true,
            "aria-hidden" if value == "true" => mark.boxed = true,
            "style" => {
                let style: String = value.split_ascii_whitespace().collect();
                mark.boxed |= style.contains("display:none") || style.contains("visibility:hidden");
            }
            _ => {}
        }
    }
    mark
}

/// A box for pictures holds one: what is only called so, and holds paragraphs alone, is text beside which
/// a picture may stand.
fn without_false_pictures(tree: &Tree<'_>, marks: &mut [Mark]) {
    let holds = |words: &[&str]| -> Vec<usize> {
        (0..tree.nodes.len()).filter(|at| words.contains(&tree.nodes[*at].word())).collect()
    };
    let pictures = holds(&[
        "img",
        "picture",
        "figure",
        "figcaption",
        "video",
        "svg",
        "iframe",
        "source",
        "object",
    ]);
    let prose = holds(&["p", "li"]);
    for (index, mark) in marks.iter_mut().enumerate().filter(|(_, mark)| mark.pictured) {
        let end = tree.nodes[index].end as usize;
        if !holds_one(&pictures, index, end) && holds_one(&prose, index + 1, end) {
            mark.boxed = false;
        }
    }
}

/// The names of boxes that hold at least `limit` good letters, all that have one name together.
fn large(tree: &Tree<'_>, marks: &[Mark], good: &Sums, limit: usize) -> BTreeSet<String> {
    // Letters held, and the end of the last that was counted.
    let mut held: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (index, node) in tree.nodes.iter().enumerate().filter(|(index, _)| marks[*index].boxed) {
        let end = node.end as usize;
        let letters = good.below(index, end);
        if letters > 0 {
            let (held, until) = held.entry(names(node)).or_default();
            // What stands in another box of the name is counted once.
            if index >= *until {
                *until = end;
                *held += letters;
            }
        }
    }
    held.into_iter().filter(|(_, (held, _))| *held >= limit).map(|(names, _)| names).collect()
}

/// An element's name and class without figures, by which boxes of one kind know each other.
fn names(node: &Node<'_>) -> String {
    let Kind::Element(name, written) = node.kind else { return String::new() };
    let class = attributes(written).find(|(key, _)| key.eq_ignore_ascii_case("class"));
    let (_, value) = class.or_else(|| attributes(written).next()).unwrap_or_default();
    let value = value.chars().filter(|c| !c.is_ascii_digit());
    std::iter::once(name.word).flat_map(str::chars).chain([' ']).chain(value).collect()
}

/// For each node whether `says` holds for it or for an element around it.
fn spread(tree: &Tree<'_>, marks: &[Mark], says: impl Fn(usize, Mark) -> bool) -> Vec<bool> {
    let mut out = vec![false; tree.nodes.len()];
    let mut until = 0;
    for (index, (node, mark)) in tree.nodes.iter().zip(marks).enumerate() {
        if index >= until && says(index, *mark) {
            until = node.end as usize;
        }
        out[index] = index < until;
    }
    out
}

/// The blocks of a page that are not `out`.
fn blocks(tree: &Tree<'_>, out: &[bool]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut block: Option<Block> = None;
    // The block elements and links around the place, innermost last.
    let mut around: Vec<usize> = vec![0];
    let mut links: Vec<usize> = Vec::new();
    let mut breaks = 0;
    for (index, node) in tree.nodes.iter().enumerate() {
        let mut leaves = false;
        while around.len() > 1 && around.last().is_some_and(|at| ends(tree, *at, index)) {
            around.pop();
            leaves = true;
        }
        while links.last().is_some_and(|at| ends(tree, *at, index)) {
            links.pop();
        }
        if leaves {
            blocks.extend(block.take());
        }
        match node.kind {
            Kind::Element(name, _) => {
                if name.nests == super::names::Nests::Block || name.word == "hr" {
                    blocks.extend(block.take());
                    around.push(index);
                } else if name.word == "a" {
                    links.push(index);
                } else if name.word == "br" {
                    breaks += 1;
                    // Two of them part paragraphs.
                    if breaks > 1 {
                        blocks.extend(block.take());
                    }
                }
            }
            Kind::Text(text) if !out[index] => {
                if text.trim_ascii().is_empty() {
                    continue;
                }
                breaks = 0;
                let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
                let owner = around.last().copied().unwrap_or(0);
                let block = block.get_or_insert(Block {
                    owner,
                    start: index,
                    end: index,
                    letters: 0,
                    linked: 0,
                    words: 0,
                    sentence: false,
                });
                block.end = index + 1;
                block.letters += letters;
                block.linked += if links.is_empty() { 0 } else { letters };
                // Scripts without blanks have some two letters a word.
                block.words += text
                    .split_ascii_whitespace()
                    .map(|word| if word.is_ascii() { 1 } else { word.chars().count().div_ceil(12) })
                    .sum::<usize>();
                block.sentence = ends_sentence(text);
            }
            _ => {}
        }
    }
    blocks.extend(block);
    blocks
}

fn ends(tree: &Tree<'_>, element: usize, index: usize) -> bool {
    tree.nodes[element].end as usize <= index
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    text.ends_with(['.', '!', '?', '…', '。', ';', ':']) || text.ends_with("&hellip;")
}

/// Letters of good blocks before each node, so that what an element holds is one subtraction.
struct Sums(Vec<u32>);

impl Sums {
    fn of<B: std::borrow::Borrow<Block>>(tree: &Tree<'_>, blocks: &[B]) -> Self {
        let mut sums = vec![0_u32; tree.nodes.len() + 1];
        for block in blocks.iter().map(std::borrow::Borrow::borrow).filter(|b| b.is_good()) {
            sums[block.start + 1] += block.letters as u32;
        }
        for at in 1..sums.len() {
            sums[at] += sums[at - 1];
        }
        Self(sums)
    }

    fn below(&self, start: usize, end: usize) -> usize {
        (self.0[end] - self.0[start]) as usize
    }
}

/// The elements that hold the text, in the order of the page, none in another.
fn within(tree: &Tree<'_>, marks: &[Mark], out: &[bool], mass: &Sums) -> Vec<usize> {
    let holds = |index: usize| mass.below(index, tree.nodes[index].end as usize);
    let all = holds(0);
    for rank in (1..=4).rev() {
        let mut best: Option<usize> = None;
        let mut until = 0;
        let mut found = Vec::new();
        for (index, mark) in marks.iter().enumerate() {
            if mark.rank == rank && !out[index] && index >= until {
                until = tree.nodes[index].end as usize;
                found.push(index);
                if best.is_none_or(|best| holds(index) > holds(best)) {
                    best = Some(index);
                }
            }
        }
        let Some(best) = best else { continue };
        // Some sites cut the body in pieces, with advertisements between them.
        let twin = |index: &usize| {
            let (a, b) = (&tree.nodes[*index], &tree.nodes[best]);
            *index == best
                || rank >= 3 && a.attribute("class") == b.attribute("class") && a.word() == b.word()
        };
        let chosen: Vec<usize> = found.iter().copied().filter(twin).collect();
        let held: usize = chosen.iter().map(|index| holds(*index)).sum();
        let enough = if rank >= 3 { held * 5 >= all } else { held * 2 >= all };
        if enough || held >= 800 && held * 4 >= all {
            return if chosen.len() == 1 { vec![narrowed(tree, best, mass)] } else { chosen };
        }
    }
    vec![narrowed(tree, 0, mass)]
}

/// The innermost element that holds nearly all of what `index` holds.
fn narrowed(tree: &Tree<'_>, mut index: usize, mass: &Sums) -> usize {
    let holds = |index: usize| mass.below(index, tree.nodes[index].end as usize);
    let wanted = NARROW * holds(index) as f64;
    'down: loop {
        let mut child = index + 1;
        while child < tree.nodes[index].end as usize {
            let node = &tree.nodes[child];
            let is_text = matches!(node.word(), "p" | "blockquote" | "ul" | "ol" | "li" | "table");
            if !is_text && holds(child) as f64 >= wanted {
                index = child;
                continue 'down;
            }
            child = node.end as usize;
        }
        return index;
    }
}

/// The words of blocks: prose, headings with prose below them, lists.
fn printed(tree: &Tree<'_>, blocks: &[&Block]) -> Vec<String> {
    let owner = |block: &Block| tree.nodes[block.owner].word();
    let of = |wanted: &dyn Fn(&str) -> bool| -> usize {
        blocks.iter().filter(|b| wanted(owner(b))).map(|b| b.letters).sum()
    };
    let is_text = |word: &str| {
        matches!(word, "p" | "li" | "blockquote" | "pre" | "td" | "th" | "dd" | "dt")
            || is_heading(word)
    };
    // Where the prose stands in paragraphs, loose text between them is none of it.
    let loose = of(&|word| !is_text(word)) * 3 > of(&is_text);
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut printed: HashSet<String> = HashSet::new();
    let mut set_off = SetOff::default();
    for (index, block) in blocks.iter().enumerate() {
        let word = owner(block);
        if !is_text(word) && !loose && !block.is_good() {
            continue;
        }
        if block.linked * 2 > block.letters
            && (block.words < 20 || block.linked * 10 > block.letters * 9)
            && !is_linked_paragraph(tree, blocks, index)
        {
            continue;
        }
        let text = text(tree, block);
        if text.is_empty() || word == "h1" {
            continue;
        }
        // Some pages hold their text twice, for wide screens and for small ones, and hide one of them. A
        // line of a list may well stand twice.
        if block.words >= LONG && block.sentence && !printed.insert(text.clone()) {
            continue;
        }
        set_off.note(tree, block, &out);
        out.push((text, is_heading(word)));
    }
    set_off.mark(&mut out);
    while out.last().is_some_and(|(_, heading)| *heading) {
        out.pop();
    }
    out.into_iter().map(|(text, _)| text).collect()
}

/// Words that a page sets as a block after a colon ("She wrote in a letter:"). Browsers show by its place
/// that it is quoted, and a text without places needs the marks that say so.
#[derive(Default)]
struct SetOff {
    /// The `blockquote` that is under way, and one past its last node.
    block: Option<(usize, usize)>,
    /// The paragraphs of each quotation.
    quotations: Vec<Vec<usize>>,
}

impl SetOff {
    /// Notes the block that is printed next, after what was printed.
    fn note(&mut self, tree: &Tree<'_>, block: &Block, before: &[(String, bool)]) {
        let next = before.len();
        if let Some((_, end)) = self.block
            && block.start < end
        {
            if let Some(paragraphs) = self.quotations.last_mut() {
                paragraphs.push(next);
            }
            return;
        }
        self.block = around(tree, block, "blockquote");
        let is_led_in =
            before.last().is_some_and(|(text, heading)| !heading && text.ends_with(':'));
        if !is_led_in {
            self.block = None;
        } else if self.block.is_some() {
            self.quotations.push(vec![next]);
        }
    }

    /// Sets the marks, one at the beginning of each paragraph and one at the end of the last. A line behind a
    /// dash says whose words they are.
    fn mark(self, out: &mut [(String, bool)]) {
        for mut paragraphs in self.quotations {
            while paragraphs.last().is_some_and(|at| out[*at].0.starts_with(['—', '–', '-'])) {
                paragraphs.pop();
            }
            let is_marked = |at: &usize| out[*at].0.starts_with(['“', '"', '‘', '\'', '«', '„']);
            let Some(last) = paragraphs.last().copied() else { continue };
            if paragraphs.iter().any(is_marked) {
                continue;
            }
            for at in &paragraphs {
                out[*at].0.insert(0, '“');
            }
            out[last].0.push('”');
        }
    }
}

/// The outermost element of a name around a block: its index and one past its last node.
fn around(tree: &Tree<'_>, block: &Block, wanted: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    while at < block.start {
        let end = tree.nodes[at].end as usize;
        match at < end && block.start < end {
            true if tree.nodes[at].word() == wanted => return Some((at, end)),
            true => at += 1,
            // It ends before the block.
            false => at = end.max(at + 1),
        }
    }
    None
}

/// Words of a paragraph that no article prints twice, and of one that may be a link from end to end.
const LONG: usize = 12;

/// True for a paragraph that is one link and a sentence among others: prose stands before and after it.
/// What is promoted stands at an end, or is a headline without a full stop.
fn is_linked_paragraph(tree: &Tree<'_>, blocks: &[&Block], index: usize) -> bool {
    let block = blocks[index];
    let is_prose = |at: Option<usize>| {
        at.and_then(|at| blocks.get(at))
            .is_some_and(|other| other.is_good() && tree.nodes[other.owner].word() == "p")
    };
    tree.nodes[block.owner].word() == "p"
        && block.sentence
        && block.words >= LONG
        && is_prose(index.checked_sub(1))
        && is_prose(Some(index + 1))
}

fn is_heading(word: &str) -> bool {
    matches!(word.as_bytes(), [b'h', b'1'..=b'6'])
}

/// The words of a block, with its line breaks.
fn text(tree: &Tree<'_>, block: &Block) -> String {
    let mut words = String::new();
    let mut skip = 0;
    for (index, node) in tree.nodes.iter().enumerate().take(block.end).skip(block.start) {
        match node.kind {
            Kind::Text(text) if index >= skip => {
                // A source line's end is a blank; only <br> ends a line.
                let text = entity::resolved(text);
                words.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
            }
            Kind::Element(name, _) => {
                if name.word == "br" {
                    words.push('\n');
                } else if name.hidden {
                    skip = skip.max(node.end as usize);
                }
            }
            _ => {}
        }
    }
    let lines: Vec<String> = words.split('\n').map(one_line).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "The mayor of Harbourtown said on Thursday that the old bridge may close in \
        the coming days, after engineers found cracks in two of its piers.";
    const SECOND: &str = "Traders fear that the work will last for many months, as it did three \
        years ago when the same bridge was mended by a company from the north of the country.";
    const OTHER: &str = "A ferry that nobody wanted will be sold next week to a man from Oldhaven, \
        who says that he has plans for it and no money to carry any of them out.";

    fn read(page: &str) -> Vec<String> {
        paragraphs(&Tree::parse(page))
    }

    #[test]
    fn boxes_beside_the_text_are_left_out() {
        for beside in [
            format!("<div class='related-stories'><p>{OTHER}</p></div>"),
            format!("<aside><p>{OTHER}</p></aside>"),
            format!("<div style='display: none'><p>{OTHER}</p></div>"),
            format!("<section id=comments><p>{OTHER}</p></section>"),
            "<ul><li><a href=/a>One story</a><li><a href=/b>Another story</a></ul>".to_owned(),
            "<figure><figcaption>The bridge in winter, seen from the quay.</figcaption></figure>"
                .to_owned(),
            "<h2>More from the harbour</h2>".to_owned(),
        ] {
            let page = format!("<body><article><p>{FIRST}</p><p>{SECOND}</p>{beside}</article>");
            assert_eq!(read(&page), [FIRST, SECOND], "{beside}");
        }
    }

    #[test]
    fn what_holds_most_of_the_prose_is_no_box() {
        for around in ["class='gallery'", "class=subscribe", "style='display:none'"] {
            let page = format!("<body><div {around}><p>{FIRST}</p><p>{SECOND}</p></div>");
            assert_eq!(read(&page), [FIRST, SECOND], "{around}");
        }
        // Also where each holds little and all together hold much.
        let page = format!(
            "<body><p class=promo-1>{FIRST}</p><p class=promo-2>{SECOND}</p><p>{OTHER}</p>"
        );
        assert_eq!(read(&page), [FIRST, SECOND, OTHER]);
    }

    #[test]
    fn a_body_in_pieces_is_put_together() {
        let page = format!(
            "<body><div class='article-body'><p>{FIRST}</p></div><div class=ad>Buy</div>\
             <div class='article-body'><p>{SECOND}</p></div><div class=other><p>{OTHER}</p></div>"
        );
        assert_eq!(read(&page), [FIRST, SECOND]);
    }

    #[test]
    fn text_without_paragraphs_is_read_by_its_breaks() {
        let page = format!("<body><div id=text>{FIRST}<br><br>{SECOND}<br>Soon.</div>");
        assert_eq!(read(&page), [FIRST.to_owned(), format!("{SECOND}\nSoon.")]);
    }

    #[test]
    fn headings_stay_where_they_head_something() {
        let page = format!(
            "<body><article><h1>Bridge may close</h1><p>{FIRST}</p><h2>Fears</h2><p>{SECOND}</p>\
             <h2>See also</h2></article>"
        );
        assert_eq!(read(&page), [FIRST, "Fears", SECOND]);
    }

    #[test]
    fn a_paragraph_that_is_one_link_stays_among_others() {
        let linked = format!("<p><strong><a href=/x>{OTHER}</a></strong></p>");
        let page = format!("<body><article><p>{FIRST}</p>{linked}<p>{SECOND}</p></article>");
        assert_eq!(read(&page), [FIRST, OTHER, SECOND]);
        // At the end, or without a full stop, it leads elsewhere.
        let page = format!("<body><article><p>{FIRST}</p><p>{SECOND}</p>{linked}</article>");
        assert_eq!(read(&page), [FIRST, SECOND]);
        let teaser = linked.replace("any of them out.", "any of them out");
        let page = format!("<body><article><p>{FIRST}</p>{teaser}<p>{SECOND}</p></article>");
        assert_eq!(read(&page), [FIRST, SECOND]);
    }

    #[test]
    fn a_hidden_copy_of_the_text_is_not_read_again() {
        let text = format!("<p>{FIRST}</p><p>{SECOND}</p>");
        for hidden in ["style='display:none'", "hidden", "class=mobile-only"] {
            let page =
                format!("<body><article><div>{text}</div><div {hidden}>{text}</div></article>");
            assert_eq!(read(&page), [FIRST, SECOND], "{hidden}");
        }
    }

    #[test]
    fn a_box_for_pictures_without_one_is_text() {
        let page = |inner: &str| {
            format!(
                "<body><div class=main><div class=text-image>{inner}<p>{OTHER}</p></div>\
                 <p>{FIRST}</p><p>{SECOND}</p></div>"
            )
        };
        assert_eq!(read(&page("")), [OTHER, FIRST, SECOND]);
        assert_eq!(read(&page("<img src=/a.jpg>")), [FIRST, SECOND]);
    }

    #[test]
    fn a_page_without_prose_has_no_text() {
        assert!(read("<body><nav><p>Home</p></nav>").is_empty());
        assert!(read("").is_empty());
    }
}
