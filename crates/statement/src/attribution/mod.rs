//! Who says what: sources, cues and contents.
//!
//! **Why rules first.** The engine works on tokens, quotation marks, names and a table of cue
//! words, and needs no tagger and no parser. It goes through an article once in four steps: spot the
//! cues (`spot`), give each its source (`drafts`), read the content by the shape in which the
//! three stand (`frames`), and bring home what has no cue of its own: quotations that go on
//! (`quoted`), headlines and interviews (`headline`), sentences that carry on a report
//! (`carried`).
//!
//! Contents keep the word "that" and the quotation marks, as annotators of attribution do; a
//! statement is printed without them.

#[expect(clippy::single_range_in_vec_init, reason = "content is a list of ranges, often of one")]
mod carried;
mod closed;
mod cues;
mod drafts;
#[expect(clippy::single_range_in_vec_init, reason = "content is a list of ranges, often of one")]
mod frames;
mod headline;
mod light;
mod quoted;
mod source;
mod speech;
mod spot;
#[cfg(test)]
mod tests;
mod view;

use std::ops::Range;

use sayso_language::Language;

use crate::Attribution;
use frames::Frame;
use view::View;

/// An attribution in tokens, before it gets its spans.
#[derive(Debug, Clone)]
struct Found {
    source: Option<Range<usize>>,
    cue: Option<Range<usize>>,
    content: Vec<Range<usize>>,
    frame: Frame,
    class: Option<cues::Class>,
    /// Index of the found one that this carries on.
    continues: Option<usize>,
}

impl Found {
    fn start(&self) -> usize {
        let content = self.content.first().map_or(usize::MAX, |range| range.start);
        self.cue.as_ref().map_or(content, |cue| cue.start.min(content))
    }

    fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|range| range.contains(&token))
    }
}

/// Reads the attributions of an article, in the order of the text.
///
/// Time is linear in the text but for sentences with many cues, whose number is bounded by the
/// sentence.
pub fn read(language: &Language) -> Vec<Attribution> {
    let view = View::new(language);
    let drafts = drafts::draft(&view, spot::spot(&view));
    let mut found: Vec<Found> = Vec::new();
    for index in 0..drafts.len() {
        let Some(filled) = frames::fill(&view, &drafts, index) else { continue };
        let draft = &drafts[index];
        // "said in a statement that": the noun is the verb's venue.
        let told = found.last().is_some_and(|last| last.content == filled.content);
        if filled.frame == Frame::NounThat && told {
            continue;
        }
        found.push(Found {
            source: draft.source.clone(),
            cue: Some(draft.cue.tokens.start..filled.cue_end),
            content: filled.content,
            frame: filled.frame,
            class: Some(draft.cue.class),
            continues: None,
        });
    }
    headline::add(&view, &mut found);
    quoted::extend(&view, &mut found);
    carried::add(&view, &mut found);
    finish(&view, found)
}

/// Orders, nests, prunes and turns tokens into spans.
fn finish(view: &View, mut found: Vec<Found>) -> Vec<Attribution> {
    // Sorting must keep the links of continuations: sort indices, then translate.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| found[*i].start());
    let mut place = vec![0; found.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let mut sorted: Vec<Found> = order.iter().map(|i| found[*i].clone()).collect();
    for item in &mut sorted {
        item.continues = item.continues.map(|old| place[old]);
    }
    found = sorted;
    let within: Vec<Option<usize>> = (0..found.len()).map(|i| outer(&found, i)).collect();
    let keep: Vec<bool> =
        (0..found.len()).map(|i| speech::keeps(view, &found, i, within[i])).collect();
    let mut kept = 0..;
    let index: Vec<Option<usize>> =
        keep.iter().map(|keep| if *keep { kept.next() } else { None }).collect();
    let mut out: Vec<Attribution> = Vec::new();
    for (i, item) in found.iter().enumerate() {
        if !keep[i] {
            continue;
        }
        let spans = |ranges: &[Range<usize>]| ranges.iter().map(|r| view.span(r.clone())).collect();
        out.push(Attribution {
            source: item.source.iter().map(|r| view.span(r.clone())).collect(),
            cue: item.cue.iter().map(|r| view.span(r.clone())).collect(),
            content: spans(&item.content),
            speech: speech::speech(view, &item.content),
            within: within[i].and_then(|w| index[w]),
            continues: item.continues.and_then(|c| index[c]),
            confidence: item.frame.confidence(),
        });
    }
    out
}

/// The innermost found attribution in whose content the cue of `i` stands.
fn outer(found: &[Found], i: usize) -> Option<usize> {
    let cue = found[i].cue.as_ref()?;
    let near = i.saturating_sub(40)..(i + 20).min(found.len());
    near.filter(|j| *j != i && found[*j].holds(cue.start) && !same_content(found, i, *j))
        .min_by_key(|j| found[*j].content.iter().map(Range::len).sum::<usize>())
}

fn same_content(found: &[Found], i: usize, j: usize) -> bool {
    // Two cues that stand in each other's content (a chain around one clause): the earlier is outer.
    found[j].cue.as_ref().is_some_and(|cue| found[i].holds(cue.start)) && j > i
}
