//! Quotations without a cue of their own: the second half of “…,” she said. “…”, and paragraphs of
//! a dialogue.

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::view::View;

/// Fewest words of a quotation that stands as speech without a cue.
const FEWEST_WORDS: usize = 4;

/// Gives a content that begins inside a quotation and takes the rest of it, or most of it, the
/// quotation's beginning: whoever says the end of it says all of it.
pub(super) fn complete(view: &View, found: &mut Found) {
    let Some(cue) = found.cue.clone() else { return };
    let Some(first) = found.content.first_mut() else { return };
    let Some(q) = view.quotation_at(first.start) else { return };
    let quotation = view.quotation_tokens(q);
    let missing = quotation.start..first.start;
    let most = 2 * missing.len() < quotation.len() && first.end + 1 >= quotation.end;
    if most
        && !missing.is_empty()
        && !missing.contains(&cue.start)
        && !quotation.contains(&cue.start)
    {
        first.start = quotation.start;
    }
}

/// Adds such quotations to the attribution that they carry on.
pub(super) fn extend(view: &View, found: &mut Vec<Found>) {
    let mut taken = vec![false; view.len()];
    for range in found.iter().flat_map(|f| f.content.iter().cloned()) {
        taken[range].fill(true);
    }
    // Found ones by where their cue stands, to look back from a quotation.
    let mut cues: Vec<(usize, usize)> = found
        .iter()
        .enumerate()
        .filter_map(|(i, f)| f.cue.as_ref().map(|cue| (cue.start, i)))
        .collect();
    cues.sort_unstable();
    for q in 0..view.language.quotations.len() {
        let quotation = &view.language.quotations[q];
        if quotation.depth > 0 {
            continue;
        }
        let tokens = view.quotation_tokens(q);
        let (Some(first), Some(last)) = (tokens.clone().next(), tokens.clone().next_back()) else {
            continue;
        };
        let words = tokens.clone().filter(|t| view.is(*t, Sort::WORD)).count();
        if words < FEWEST_WORDS || taken[first] || taken[last] {
            continue;
        }
        // It must be sentences of its own: begin where a sentence may begin and end with its stop.
        let paragraph = view.paragraph_of(first);
        let opens_paragraph = first == 0 || view.paragraph_of(first - 1) != paragraph;
        let opens_sentence =
            opens_paragraph || view.is(first - 1, Sort::STOP | Sort::CLOSE | Sort::COLON);
        let closes_sentence =
            view.is(last, Sort::CLOSE) && last > 0 && view.is(last - 1, Sort::STOP)
                || view.is(last + 1, Sort::STOP)
                || last + 1 >= view.len()
                || !quotation.closed;
        if !opens_sentence || !closes_sentence {
            continue;
        }
        // The last attribution before it that quotes or says, in this paragraph or the one before.
        let quotes = |f: &Found| {
            matches!(f.frame, Frame::QuotationAfter | Frame::QuotationBefore | Frame::Headline)
        };
        let speaks = |f: &Found| {
            f.class.is_some_and(|class| {
                matches!(class, crate::cues::Class::Saying | crate::cues::Class::Asserting)
            })
        };
        let near = |f: &Found| {
            f.cue
                .as_ref()
                .filter(|cue| cue.start < first)
                .map(|cue| (paragraph.saturating_sub(view.paragraph_of(cue.start)), cue.start))
        };
        let home = cues[..cues.partition_point(|(start, _)| *start < first)]
            .iter()
            .rev()
            .take(20)
            .map(|(_, i)| *i)
            .find(|i| quotes(&found[*i]) || speaks(&found[*i]))
            .filter(|i| near(&found[*i]).is_some_and(|(distance, _)| distance <= 1));
        let Some(home) = home else { continue };
        let distance = near(&found[home]).map_or(2, |(distance, _)| distance);
        if distance == 0 && found[home].source.is_some() {
            let at = found[home].content.partition_point(|range| range.start < first);
            found[home].content.insert(at, tokens);
        } else if distance == 1 && opens_paragraph && found[home].source.is_some() {
            found.push(Found {
                source: found[home].source.clone(),
                cue: None,
                content: vec![tokens],
                frame: Frame::Carried,
                class: None,
                continues: Some(home),
                relayed: None,
                confidence: Frame::Carried.confidence(),
            });
        }
    }
}
