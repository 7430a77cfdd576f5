//! "I" and "we" inside a quotation: who tells it.

use super::quoted::Quoted;
use super::tellers::tellers;
use crate::{Entity, Language, Mention, MentionKind, NameKind};

/// The share of "I" and of "we" whose link was right on the coreference of a treebank's training part
/// (`docs/experiments/language.md`). "We" is mostly the speaker with others.
const SURE: [f32; 2] = [0.8, 0.33];

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
