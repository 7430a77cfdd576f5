//! Who the names name, and what else refers to them.
//!
//! [`entities`] groups names (full, short, acronym), [`roles`] reads what the article calls a
//! person ("former head of the agency") and links "the head", [`pronouns`] links he and she. Where
//! two answers are close, none is given: a wrong speaker is worse than an unnamed one.

mod entities;
mod pronouns;
mod roles;

use crate::{Entity, Language, Mention};

/// Entities in the order of their first mention, and all mentions in the order of the text.
pub(crate) fn mentions(language: &Language<'_>) -> (Vec<Entity>, Vec<Mention>) {
    let (mut entities, mut mentions) = entities::entities(language);
    let appositions = roles::fill(language, &mut entities, &mentions);
    mentions.extend(roles::mentions(language, &entities, &mentions, &appositions));
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    let pronouns = pronouns::pronouns(language, &mut entities, &mentions);
    mentions.extend(pronouns);
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    (entities, mentions)
}
