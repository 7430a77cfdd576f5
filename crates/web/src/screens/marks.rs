//! The article's text with its spans marked.
//!
//! Contents of statements nest, overlap and touch, while HTML only nests. So the text is cut at
//! every border into pieces, each piece knows which contents cover it (outermost first), and
//! neighbours that share a content share its element. An overlapping content is thus drawn as two
//! elements of the same statement. The text itself is never changed: with the tags taken away the
//! page holds the article, character for character.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use sayso_model::{Span, Speech};

/// Contents drawn over one another; a deeper one keeps its card and its number and gets no line of
/// its own, since a fourth line under the same words tells nobody anything.
const DEEPEST: usize = 3;

/// One statement as the text shows it.
#[derive(Debug, Clone)]
pub(crate) struct Marked {
    /// The statement's id.
    pub(crate) id: String,
    /// Its number on the page, from 1.
    pub(crate) number: usize,
    /// Verbatim, paraphrased or both.
    pub(crate) speech: Speech,
    /// True when it stands in another's words.
    pub(crate) nested: bool,
    /// True when it says that the event does not happen.
    pub(crate) negative: bool,
    /// What was said.
    pub(crate) content: Vec<Span>,
    /// The words that say so.
    pub(crate) cue: Vec<Span>,
    /// The words for how sure, and the condition.
    pub(crate) hedge: Vec<Span>,
}

/// A stretch of text under the same marks throughout.
#[derive(Debug, Default)]
struct Piece {
    span: Span,
    /// Indices of the covering contents, outermost first.
    path: Vec<usize>,
    cue: bool,
    hedge: bool,
    /// Statements whose content begins here.
    begins: Vec<usize>,
}

/// What happens at one byte of the text.
#[derive(Debug, Default)]
struct Border {
    opens: Vec<(u32, usize)>,
    closes: Vec<(u32, usize)>,
    cue: i32,
    hedge: i32,
    begins: Vec<usize>,
}

/// A text cut at every border of a mark.
#[derive(Debug)]
pub(crate) struct Pieces(Vec<Piece>);

/// One of the paragraphs that the text was cut for, with its marks.
pub(crate) fn paragraph(text: &str, paragraph: Span, pieces: &Pieces, marked: &[Marked]) -> Markup {
    let first = pieces.0.partition_point(|piece| piece.span.end <= paragraph.start);
    let end = pieces.0.partition_point(|piece| piece.span.start < paragraph.end);
    nest(text, pieces.0.get(first..end).unwrap_or_default(), 0, marked)
}

/// Paragraphs of a text: runs between line breaks, without white space at their ends.
pub(crate) fn paragraphs(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive(['\n', '\r']) {
        let span = Span::new(start, start + line.len()).trim(text);
        if !span.is_empty() {
            out.push(span);
        }
        start += line.len();
    }
    out
}

/// Cuts a text at the borders of its paragraphs and marks. Spans that do not fit the text are left
/// out. Time grows with the text and the marks, not with their product.
pub(crate) fn cut(text: &str, paragraphs: &[Span], marked: &[Marked]) -> Pieces {
    let mut borders: BTreeMap<u32, Border> = BTreeMap::new();
    for paragraph in paragraphs {
        borders.entry(paragraph.start).or_default();
        borders.entry(paragraph.end).or_default();
    }
    // A span that begins or ends between two paragraphs begins or ends with its first or last word.
    let fitting = |span: &Span| {
        let inner = text.get(span.range()).map(|_| span.trim(text));
        inner.filter(|span| !span.is_empty())
    };
    for (index, mark) in marked.iter().enumerate() {
        for (order, span) in mark.content.iter().filter_map(fitting).enumerate() {
            // Of two contents that begin together the longer is the outer one.
            let border = borders.entry(span.start).or_default();
            border.opens.push((u32::MAX - span.end, index));
            if order == 0 {
                border.begins.push(index);
            }
            borders.entry(span.end).or_default().closes.push((span.start, index));
        }
        for span in mark.cue.iter().filter_map(fitting) {
            borders.entry(span.start).or_default().cue += 1;
            borders.entry(span.end).or_default().cue -= 1;
        }
        for span in mark.hedge.iter().filter_map(fitting) {
            borders.entry(span.start).or_default().hedge += 1;
            borders.entry(span.end).or_default().hedge -= 1;
        }
    }

    // Ordered by (start, longest first, index): outermost first.
    let mut open: BTreeSet<(u32, u32, usize)> = BTreeSet::new();
    let (mut cue, mut hedge) = (0, 0);
    let mut out: Vec<Piece> = Vec::new();
    let mut previous = 0;
    let mut begins = Vec::new();
    for (at, border) in borders {
        if at > previous {
            out.push(Piece {
                span: Span { start: previous, end: at },
                path: open.iter().take(DEEPEST).map(|(_, _, index)| *index).collect(),
                cue: cue > 0,
                hedge: hedge > 0,
                begins: std::mem::take(&mut begins),
            });
        }
        for (start, index) in border.closes {
            open.remove(&(start, u32::MAX - at, index));
        }
        for (end, index) in border.opens {
            open.insert((at, end, index));
        }
        cue += border.cue;
        hedge += border.hedge;
        begins.extend(border.begins);
        previous = at;
    }
    Pieces(out)
}

/// Pieces into elements: neighbours under the same content share its element.
fn nest(text: &str, pieces: &[Piece], depth: usize, marked: &[Marked]) -> Markup {
    let groups = pieces.chunk_by(|a, b| a.path.get(depth) == b.path.get(depth));
    html! {
        @for group in groups {
            @match group.first().and_then(|piece| piece.path.get(depth)).map(|i| &marked[*i]) {
                Some(mark) => {
                    mark class=(class(mark, depth)) { (nest(text, group, depth + 1, marked)) }
                }
                None => @for piece in group { (leaf(text, piece, marked)) }
            }
        }
    }
}

fn leaf(text: &str, piece: &Piece, marked: &[Marked]) -> Markup {
    let words = piece.span.of(text);
    html! {
        // The number is drawn by the style sheet from the attribute: it is no part of the text.
        @for mark in piece.begins.iter().map(|index| &marked[*index]) {
            a.number id=(format!("t-{}", mark.id)) href=(format!("#c-{}", mark.id))
                data-n=(mark.number) aria-label=(format!("Statement {}", mark.number)) {}
        }
        @match (piece.cue, piece.hedge) {
            (true, true) => b.cue { span.hedge { (words) } },
            (true, false) => b.cue { (words) },
            (false, true) => span.hedge { (words) },
            (false, false) => (words),
        }
    }
}

fn class(mark: &Marked, depth: usize) -> String {
    let line = match (mark.nested, mark.speech) {
        (true, _) => "nested",
        (false, Speech::Direct) => "direct",
        (false, Speech::Indirect | Speech::Mixed) => "indirect",
    };
    let negative = if mark.negative { " no" } else { "" };
    format!("{line} deep-{depth}{negative}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(number: usize, content: Vec<Span>, cue: Vec<Span>, hedge: Vec<Span>) -> Marked {
        Marked {
            id: format!("s{number}"),
            number,
            speech: Speech::Direct,
            nested: false,
            negative: false,
            content,
            cue,
            hedge,
        }
    }

    /// The text of a page without its tags; panics when the tags do not nest.
    fn visible(page: &str) -> String {
        let (mut out, mut stack, mut rest) = (String::new(), Vec::new(), page);
        while let Some((before, after)) = rest.split_once('<') {
            out.push_str(before);
            let (tag, after) = after.split_once('>').expect("a tag ends");
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(stack.pop(), Some(name), "in {page}");
            } else {
                stack.push(tag.split(' ').next().unwrap_or_default());
            }
            rest = after;
        }
        assert!(stack.is_empty(), "open elements in {page}");
        out.push_str(rest);
        let unescaped = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        unescaped.replace("&amp;", "&")
    }

    fn whole(text: &str, marked: &[Marked]) -> String {
        let all = Span::new(0, text.len());
        paragraph(text, all, &cut(text, &[all], marked), marked).into_string()
    }

    #[test]
    fn an_overlapping_content_is_cut_in_two() {
        let text = "abcdef";
        let marks = [
            mark(1, vec![Span::new(0, 4)], vec![], vec![]),
            mark(2, vec![Span::new(2, 6)], vec![], vec![]),
        ];
        let page = whole(text, &marks);
        assert_eq!(visible(&page), text);
        // 0..2 and 2..4 share the first mark; the second is drawn inside it and again after it.
        assert_eq!(page.matches("<mark").count(), 3, "{page}");
        assert_eq!(page.matches("data-n=\"2\"").count(), 1);
    }

    #[test]
    fn the_longer_of_two_that_begin_together_is_outside() {
        let marks = [
            mark(1, vec![Span::new(0, 2)], vec![], vec![]),
            mark(2, vec![Span::new(0, 6)], vec![], vec![]),
        ];
        let page = whole("abcdef", &marks);
        assert_eq!(page.matches("<mark").count(), 2, "{page}");
    }

    #[test]
    fn cue_and_hedge_are_marked_and_a_span_that_does_not_fit_is_not() {
        let marks = [mark(
            1,
            vec![Span::new(0, 4)],
            vec![Span::new(5, 9)],
            vec![Span::new(0, 2), Span::new(4, 900)],
        )];
        let page = whole("Rain, said", &marks);
        assert!(page.contains("<span class=\"hedge\">Ra</span>"), "{page}");
        assert!(page.contains("<b class=\"cue\">sai</b>"), "{page}");
        assert_eq!(page.matches("hedge").count(), 1, "{page}");
    }

    #[test]
    fn a_content_over_two_paragraphs_is_marked_in_both_and_numbered_once() {
        let text = "One two.\n\nThree four.\n";
        // From the line break before the first word that counts to the end of the text.
        let marks = [mark(1, vec![Span::new(4, text.len())], vec![], vec![])];
        let paragraphs = paragraphs(text);
        let pieces = cut(text, &paragraphs, &marks);
        let pages: Vec<String> = paragraphs
            .iter()
            .map(|own| paragraph(text, *own, &pieces, &marks).into_string())
            .collect();
        assert_eq!(
            pages.iter().map(|page| visible(page)).collect::<Vec<_>>(),
            ["One two.", "Three four."]
        );
        assert!(pages.iter().all(|page| page.matches("<mark").count() == 1), "{pages:?}");
        assert_eq!(pages.concat().matches("data-n").count(), 1, "{pages:?}");
    }

    #[test]
    fn paragraphs_are_the_lines_that_hold_something() {
        let text = "One.\r\n\n  Two. \n";
        let words: Vec<_> = paragraphs(text).iter().map(|p| p.of(text)).collect();
        assert_eq!(words, ["One.", "Two."]);
    }

    proptest! {
        #[test]
        fn any_spans_leave_the_text_as_it_is(
            text in "[a-zé“”<>&\"🏛 ]{1,40}",
            spans in prop::collection::vec((0usize..60, 0usize..60, 0usize..3), 0..12),
        ) {
            let fit = |at: usize| {
                let at = at.min(text.len());
                (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
            };
            let marks: Vec<_> = spans
                .iter()
                .enumerate()
                .map(|(n, (a, b, role))| {
                    let span = Span::new(fit(*a.min(b)), fit(*a.max(b)));
                    let mut of = [vec![], vec![], vec![]];
                    of[*role].push(span);
                    let [content, cue, hedge] = of;
                    mark(n, content, cue, hedge)
                })
                .collect();
            prop_assert_eq!(visible(&whole(&text, &marks)), text);
        }
    }
}
