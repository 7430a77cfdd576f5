//! "I" and "we" inside a quotation: who tells it.
//!
//! The teller is the subject of a verb of saying in the sentence in which the quotation begins or
//! ends, outside of it. A quotation without one is told by the teller of the one before, where both
//! stand in one paragraph ("…,” Berg said. “I …"). Where two people could tell it, nobody does.

use super::pronouns::{Quoted, reports};
use crate::steps::step;
use crate::{Entity, Language, Mention, MentionKind, NameKind};

/// The share of "I" and of "we" whose link was right on the coreference of a treebank's training part
/// (`docs/experiments/language.md`). "We" is mostly the speaker with others.
const SURE: [f32; 2] = [0.8, 0.33];

/// Mentions of one sentence that are looked at for a teller.
const MOST: usize = 16;

/// Mentions by "I", "me", "my", "we", "us" and "our". `mentions` are all others, in the order of the
/// text.
pub(super) fn mentions(
    language: &Language<'_>,
    entities: &[Entity],
    mentions: &[Mention],
) -> Vec<Mention> {
    let tellers = tellers(language, entities, mentions);
    let mut quoted = Quoted::new(&language.quotations);
    let mut out = Vec::new();
    for (t, token) in language.tokens.iter().enumerate() {
        let Some(quotation) = quoted.at(token.span.start) else { continue };
        let form = language.form(t);
        if form.len() > 9 {
            continue;
        }
        let many = match form.to_ascii_lowercase().as_str() {
            "i" | "me" | "my" | "mine" | "myself" => false,
            "we" | "us" | "our" | "ours" | "ourselves" => true,
            _ => continue,
        };
        let Some(entity) = tellers[quotation] else { continue };
        // An organization says "we".
        if many || entities[entity].kind == NameKind::Person {
            let confidence = SURE[usize::from(many)];
            out.push(Mention { span: token.span, entity, kind: MentionKind::Pronoun, confidence });
        }
    }
    out
}

/// Who tells each quotation.
fn tellers(
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
