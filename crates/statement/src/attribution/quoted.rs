//! Quotations without a cue of their own: the second half of “…,” she said. “…”, and paragraphs of
//! a dialogue.

use super::Found;
use super::closed::Sort;
use super::frames::Frame;
use super::view::View;

/// Fewest words of a quotation that stands as speech without a cue.
const FEWEST_WORDS: usize = 4;

/// Adds such quotations to the attribution that they carry on.
pub(super) fn extend(view: &View, found: &mut Vec<Found>) {
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
        if words < FEWEST_WORDS || found.iter().any(|f| f.holds(first) || f.holds(last)) {
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
                matches!(class, super::cues::Class::Saying | super::cues::Class::Asserting)
            })
        };
        let near = |f: &Found| {
            f.cue
                .as_ref()
                .filter(|cue| cue.start < first)
                .map(|cue| (paragraph.saturating_sub(view.paragraph_of(cue.start)), cue.start))
        };
        let home = (0..found.len())
            .filter(|i| quotes(&found[*i]) || speaks(&found[*i]))
            .filter(|i| near(&found[*i]).is_some_and(|(distance, _)| distance <= 1))
            .max_by_key(|i| near(&found[*i]).map_or(0, |(_, start)| start));
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
            });
        }
    }
}
