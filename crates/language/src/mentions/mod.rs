//! Who the names name, and what else refers to them.
//!
//! [`entities`] groups names (full, short, acronym), [`roles`] reads what the article calls a
//! person ("former head of the agency") and links "the head", [`heads`] links "the Council",
//! [`pronouns`] links he and she, [`things`] it and they, [`first_person`] a quotation's "I" and "we"
//! to who tells it. Where two answers are close, none is given: a wrong speaker is worse than an
//! unnamed one.

mod entities;
mod first_person;
mod heads;
mod pronouns;
mod quoted;
mod roles;
mod tellers;
mod things;

use sayso_model::Span;

use crate::{Entity, Language, Mention};

/// Somebody who competes for a pronoun, with the values of the features that speak for it. Nobody
/// has neither entity nor noun.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Index into the entities, for somebody with a name.
    pub entity: Option<usize>,
    /// Token of the noun, for somebody without one ("the driver").
    pub noun: Option<usize>,
    /// In the order of [`pronoun_features`].
    pub values: Vec<f32>,
}

/// The contests behind the pronouns of a text, for fitting their weights: for each pronoun its token
/// and the candidates with their features. `truth` says which candidate a pronoun's token means, as
/// an index, so that what went before is right in every contest.
pub fn pronoun_contests(
    language: &Language<'_>,
    truth: impl Fn(usize, &[Candidate], &[Entity]) -> Option<usize>,
) -> Vec<(usize, Vec<Candidate>)> {
    let (mut entities, mentions, roles) = named(language);
    let known = entities.clone();
    let mut out = Vec::new();
    pronouns::contests(language, &mut entities, &mentions, &roles, |contest| {
        let candidates: Vec<Candidate> = contest
            .candidates
            .iter()
            .map(|c| Candidate { entity: c.entity(), noun: c.noun(), values: c.values.to_vec() })
            .collect();
        let meant = truth(contest.token, &candidates, &known);
        out.push((contest.token, candidates));
        meant.map(|candidate| (candidate, 1.0))
    });
    out
}

/// The names of the features of [`pronoun_contests`], in their order.
pub fn pronoun_features() -> &'static [&'static str] {
    &pronouns::NAMES
}

/// Entities in the order of their first mention, and all mentions in the order of the text.
pub(crate) fn mentions(language: &Language<'_>) -> (Vec<Entity>, Vec<Mention>) {
    let (mut entities, mut mentions, roles) = named(language);
    let pronouns = pronouns::pronouns(language, &mut entities, &mentions, &roles);
    let things = things::mentions(language, &entities, &mentions);
    mentions.extend(pronouns);
    mentions.extend(things);
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    let tellers = first_person::mentions(language, &entities, &mentions);
    mentions.extend(tellers);
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    (entities, mentions)
}

/// Entities, the mentions that are no pronouns, and the spans that describe somebody.
fn named(language: &Language<'_>) -> (Vec<Entity>, Vec<Mention>, Vec<Span>) {
    let (mut entities, mut mentions) = entities::entities(language);
    let appositions = roles::fill(language, &mut entities, &mentions);
    let persons = roles::mentions(language, &entities, &mentions, &appositions);
    let organizations = heads::mentions(language, &entities, &mentions);
    mentions.extend(persons);
    mentions.extend(organizations);
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    (entities, mentions, appositions)
}
