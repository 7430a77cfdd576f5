//! "the House", "the Ministry": organizations recalled by the head word of their name.

use std::collections::BTreeMap;

use crate::names::NAMES_TABLE;
use crate::steps::step;
use crate::{Entity, Language, Mention, MentionKind, NameKind, Upos};

/// Mentions of organizations by "the" and the head of their name with a capital, outside all names,
/// where the text names one organization with that head and named it before.
pub(super) fn mentions(
    language: &Language<'_>,
    entities: &[Entity],
    names: &[Mention],
) -> Vec<Mention> {
    let mut first = vec![u32::MAX; entities.len()];
    for name in names.iter().rev() {
        first[name.entity] = name.span.start;
    }
    // `None` where two organizations share the head.
    let mut holders: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (i, entity) in entities.iter().enumerate() {
        if entity.kind != NameKind::Organization {
            continue;
        }
        if let Some(head) = head(&entity.name) {
            holders.entry(head).and_modify(|h| *h = None).or_insert(Some(i));
        }
    }
    let mut next = 0;
    let mut out = Vec::new();
    for sentence in &language.sentences {
        for t in sentence.tokens.clone().skip(1) {
            step();
            let token = &language.tokens[t];
            while names.get(next).is_some_and(|n| n.span.end <= token.span.start) {
                next += 1;
            }
            let Some(Some(entity)) = holders.get(language.form(t)) else { continue };
            let named = names.get(next).is_some_and(|n| n.span.overlaps(token.span));
            let recalled = language.form(t - 1).eq_ignore_ascii_case("the")
                && first[*entity] < token.span.start;
            // "the House Committee": a part of a name that was not found.
            let more = language.tokens.get(t + 1).is_some_and(|n| {
                n.sentence == token.sentence
                    && (n.upos == Upos::Propn
                        || n.span.of(language.text).starts_with(char::is_uppercase))
            });
            if recalled && !named && !more {
                let span = language.tokens[t - 1].span.cover(token.span);
                let kind = MentionKind::Role;
                out.push(Mention { span, entity: *entity, kind, confidence: 0.7 });
            }
        }
    }
    out
}

/// The head of an organization's name of several words, where it is a word for organizations: the
/// one before "of" or "for", else the last.
fn head(name: &str) -> Option<&str> {
    let words: Vec<&str> = name.split(' ').collect();
    let end = words.iter().position(|w| matches!(*w, "of" | "for")).unwrap_or(words.len());
    let head = words.get(end.checked_sub(1)?)?;
    let capital = head.starts_with(char::is_uppercase);
    (words.len() > 1 && capital && NAMES_TABLE.organization_words.contains(&head.to_lowercase()))
        .then_some(*head)
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn the_head_stands_before_of_or_last() {
        assert_eq!(head("Council of Port Varn"), Some("Council"));
        assert_eq!(head("Harbour Ministry"), Some("Ministry"));
        assert_eq!(head("Ministry"), None);
        assert_eq!(head("Kestrel Sixty"), None);
    }
}
