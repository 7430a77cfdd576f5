//! Who tells a quotation: the subject of a verb of saying in the sentence in which it begins or ends,
//! outside of it. A quotation without one is told by the teller of the one before, where both stand
//! in one paragraph ("…,” Berg said. “I …"). Where two could tell it, nobody does.

use super::pronouns::reports;
use crate::steps::step;
use crate::{Entity, Language, Mention, NameKind};

/// Mentions of one sentence that are looked at for a teller.
const MOST: usize = 16;

/// Who tells each quotation, as an index into the entities, as far as the mentions tell.
pub(super) fn tellers(
    language: &Language<'_>,
    entities: &[Entity],
    mentions: &[Mention],
) -> Vec<Option<usize>> {
    let speaks = |e: usize| {
        matches!(entities[e].kind, NameKind::Person | NameKind::Organization | NameKind::Group)
    };
    let in_sentence = |at: u32, quotation: sayso_model::Span| {
        let sentence = language.sentence_at(at)?;
        let whole = language.sentences[sentence].span;
        let from = mentions.partition_point(|m| m.span.start < whole.start);
        let mut said = mentions[from..]
            .iter()
            .take(MOST)
            .take_while(|m| m.span.start < whole.end)
            .filter(|m| !quotation.overlaps(m.span) && speaks(m.entity))
            .filter(|m| {
                step();
                reports(language, &language.tokens_in(m.span))
            });
        let teller = said.next()?;
        said.all(|m| m.entity == teller.entity).then_some(teller.entity)
    };
    let mut out: Vec<Option<usize>> = Vec::with_capacity(language.quotations.len());
    let mut before: Option<(usize, usize)> = None;
    for quotation in &language.quotations {
        let outer = quotation.outer;
        let paragraph = language.paragraphs.partition_point(|p| p.end <= outer.start);
        let own = in_sentence(outer.end.saturating_sub(1), outer)
            .or_else(|| in_sentence(outer.start, outer));
        let inherited = || before.filter(|(p, _)| *p == paragraph).map(|(_, teller)| teller);
        let teller = own.or_else(inherited);
        if quotation.depth == 0 {
            before = teller.map(|teller| (paragraph, teller));
        }
        out.push(teller);
    }
    out
}
