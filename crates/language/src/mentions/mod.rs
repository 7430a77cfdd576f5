//! Who the names name, and what else refers to them.
//!
//! [`entities`] groups names (full, short, acronym), [`roles`] reads what the article calls a
//! person ("former head of the agency") and links "the head", [`pronouns`] links he and she. Where
//! two answers are close, none is given: a wrong speaker is worse than an unnamed one.

mod entities;
mod pronouns;
mod roles;

use crate::{Entity, Language, Mention};

/// An entity, or nobody, with the values of the features that speak for it.
pub type Candidate = (Option<usize>, Vec<f32>);

/// The contests behind the pronouns of a text, for fitting their weights: for each pronoun its token
/// and the candidates (entity or nobody) with their features. `truth` says which entity a pronoun's
/// token means, so that what went before is right in every contest.
pub fn pronoun_contests(
    language: &Language<'_>,
    truth: impl Fn(usize, &[Entity]) -> Option<usize>,
) -> Vec<(usize, Vec<Candidate>)> {
    let (mut entities, mentions) = named(language);
    let known = entities.clone();
    let mut out = Vec::new();
    pronouns::contests(language, &mut entities, &mentions, |contest| {
        let candidates = contest.candidates.iter().map(|(e, f)| (*e, f.to_vec())).collect();
        out.push((contest.token, candidates));
        truth(contest.token, &known).map(|entity| (entity, 1.0))
    });
    out
}

/// The names of the features of [`pronoun_contests`], in their order.
pub fn pronoun_features() -> &'static [&'static str] {
    &pronouns::NAMES
}

/// Entities in the order of their first mention, and all mentions in the order of the text.
pub(crate) fn mentions(language: &Language<'_>) -> (Vec<Entity>, Vec<Mention>) {
    let (mut entities, mut mentions) = named(language);
    let pronouns = pronouns::pronouns(language, &mut entities, &mentions);
    mentions.extend(pronouns);
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    (entities, mentions)
}

/// Entities, and the mentions that are no pronouns.
fn named(language: &Language<'_>) -> (Vec<Entity>, Vec<Mention>) {
    let (mut entities, mut mentions) = entities::entities(language);
    let appositions = roles::fill(language, &mut entities, &mentions);
    mentions.extend(roles::mentions(language, &entities, &mentions, &appositions));
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    (entities, mentions)
}
