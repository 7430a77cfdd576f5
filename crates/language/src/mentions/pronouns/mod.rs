//! He and she.
//!
//! For each pronoun the people spoken of lately compete, those without a name too; a linear model
//! scores each of them and nobody, and the best is taken where its share is large enough. The
//! weights (`data/en/pronouns.toml`) are few and have names, so that they can be read; they were
//! fitted on the coreference of a treebank.

mod features;
mod model;
mod people;

pub(super) use features::NAMES;
use features::{Standing, Values};
pub(super) use people::reports;
use people::{Sighting, Who, sighting, sightings};
use sayso_model::Span;

use super::quoted::Quoted;
use super::tellers::tellers;
use crate::steps::step;
use crate::{Entity, Gender, Language, Mention, MentionKind, NameKind};

/// Named persons that compete for one pronoun.
const NAMED: usize = 12;
/// Unnamed persons that compete for one pronoun.
const UNNAMED: usize = 4;

/// What a pronoun does in its clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Subject,
    Possessive,
    Object,
    Reflexive,
}

fn pronoun(form: &str) -> Option<(Gender, Case)> {
    if form.len() > 7 {
        return None;
    }
    Some(match form.to_ascii_lowercase().as_str() {
        "he" => (Gender::Male, Case::Subject),
        "she" => (Gender::Female, Case::Subject),
        "him" => (Gender::Male, Case::Object),
        "his" => (Gender::Male, Case::Possessive),
        "her" | "hers" => (Gender::Female, Case::Possessive),
        "himself" => (Gender::Male, Case::Reflexive),
        "herself" => (Gender::Female, Case::Reflexive),
        _ => return None,
    })
}

/// Somebody who competes for a pronoun.
pub(super) struct Candidate {
    /// `None` is nobody.
    who: Option<Who>,
    /// Its features.
    pub(super) values: Values,
}

impl Candidate {
    /// The entity, where the candidate has a name.
    pub(super) fn entity(&self) -> Option<usize> {
        match self.who {
            Some(Who::Named(entity)) => Some(entity),
            _ => None,
        }
    }

    /// The token of the noun, where the candidate has none.
    pub(super) fn noun(&self) -> Option<usize> {
        match self.who {
            Some(Who::Unnamed(token)) => Some(token),
            _ => None,
        }
    }
}

/// One pronoun and who competes for it.
pub(super) struct Contest {
    /// Token of the pronoun.
    pub(super) token: usize,
    /// The latest first; the last one is nobody.
    pub(super) candidates: Vec<Candidate>,
}

/// A pronoun and where it stands.
struct Here {
    token: usize,
    case: Case,
    sentence: usize,
    quotation: Option<usize>,
    /// Subject of a verb of saying.
    reports: bool,
}

/// Links each he or she to a person named before it, where one stands out. Teaches entities of
/// unknown gender the one of their pronouns. `roles` are the spans that describe somebody, sorted.
pub(super) fn pronouns(
    language: &Language<'_>,
    entities: &mut [Entity],
    mentions: &[Mention],
    roles: &[Span],
) -> Vec<Mention> {
    contests(language, entities, mentions, roles, model::winner)
}

/// As [`pronouns`], with a judge of one's own (which candidate, and how sure): fitting shows the
/// contests to the truth.
pub(super) fn contests(
    language: &Language<'_>,
    entities: &mut [Entity],
    mentions: &[Mention],
    roles: &[Span],
    mut judge: impl FnMut(&Contest) -> Option<(usize, f32)>,
) -> Vec<Mention> {
    let mut seen = sightings(language, entities, mentions, roles);
    let mut quoted = Quoted::new(&language.quotations);
    for sighting in &mut seen {
        let start = language.tokens[sighting.start].span.start;
        sighting.quotation = quoted.at(start);
    }
    let tellers = tellers(language, entities, mentions);
    let total = name_counts(entities, mentions);
    let most = total.iter().copied().max().unwrap_or(0).max(1);
    let first = mentions.iter().map(|m| m.entity).find(|e| entities[*e].kind == NameKind::Person);
    let mut shown = vec![false; entities.len()];
    let mut before = vec![0_u32; entities.len()];
    let mut quoted = Quoted::new(&language.quotations);
    let mut recent: Vec<Sighting> = Vec::new();
    let mut next = 0;
    let mut out = Vec::new();
    for t in 0..language.tokens.len() {
        let span = language.tokens[t].span;
        let Some((wanted, case)) = pronoun(language.form(t)) else { continue };
        while next < seen.len() && seen[next].end <= t {
            step();
            remember(&mut recent, seen[next], &mut before);
            next += 1;
        }
        let case =
            if case == Case::Possessive && is_object(language, t) { Case::Object } else { case };
        let sight = sighting(language, Who::Unnamed(t), &(t..t + 1));
        let here = Here {
            token: t,
            case,
            sentence: sight.sentence,
            quotation: quoted.at(span.start),
            reports: sight.reports,
        };
        let fits = |who: Who, gender: Option<Gender>| {
            let known = match who {
                Who::Named(entity) => entities[entity].gender,
                Who::Unnamed(_) => gender,
            };
            known.is_none_or(|g| g == wanted)
        };
        let fitting: Vec<Sighting> =
            recent.iter().rev().filter(|s| fits(s.who, s.gender)).copied().collect();
        let coming = coming(&seen[next..], sight.sentence)
            .filter(|s| fits(s.who, s.gender) && fitting.iter().all(|f| f.who != s.who));
        let standing = |who: Who| match who {
            Who::Unnamed(_) => Standing::default(),
            Who::Named(entity) => {
                let name = &entities[entity].name;
                Standing {
                    gender_known: entities[entity].gender.is_some(),
                    share: total[entity] as f32 / most as f32,
                    before: before[entity],
                    first: Some(entity) == first,
                    titled: !name.contains(' ') && entities[entity].title.is_some(),
                    shown: shown[entity],
                    teller: here.quotation.is_some_and(|q| tellers[q] == Some(entity)),
                }
            }
        };
        let mut candidates: Vec<Candidate> = Vec::with_capacity(fitting.len() + 2);
        for (rank, last) in fitting.iter().enumerate() {
            step();
            let standing = standing(last.who);
            let values = features::features(language, &here, last, rank, fitting.len(), standing);
            candidates.push(Candidate { who: Some(last.who), values });
        }
        if let Some(person) = coming {
            let values = features::ahead(&here, standing(person.who));
            candidates.push(Candidate { who: Some(person.who), values });
        }
        let near = fitting.first().is_some_and(|s| s.sentence + 1 >= here.sentence);
        candidates.push(Candidate { who: None, values: features::nobody(&here, near) });
        let contest = Contest { token: t, candidates };
        let Some((best, share)) = judge(&contest) else { continue };
        let Some(who) = contest.candidates.get(best).and_then(|c| c.who) else { continue };
        // A doubtful one is not told, and yet it is the best guess of whom the text is about.
        if let (Who::Named(entity), true) = (who, share >= model::MODEL.least_share) {
            entities[entity].gender.get_or_insert(wanted);
            shown[entity] = true;
            out.push(Mention { span, entity, kind: MentionKind::Pronoun, confidence: share });
        }
        let known = recent.iter().find(|s| s.who == who).copied();
        let sight = Sighting {
            who,
            subject: case == Case::Subject,
            pronoun: true,
            quotation: here.quotation,
            gender: Some(wanted),
            definite: known.is_some_and(|k| k.definite),
            owned: known.is_some_and(|k| k.owned),
            ..sight
        };
        remember(&mut recent, sight, &mut before);
    }
    out
}

/// The subject of a sentence's main verb, where it is somebody named further on in it.
fn coming(seen: &[Sighting], sentence: usize) -> Option<Sighting> {
    seen.iter()
        .take(8)
        .take_while(|s| s.sentence == sentence)
        .find(|s| s.main && matches!(s.who, Who::Named(_)))
        .copied()
}

/// How often the article names each person.
fn name_counts(entities: &[Entity], mentions: &[Mention]) -> Vec<u32> {
    let mut total = vec![0; entities.len()];
    for mention in mentions {
        if entities[mention.entity].kind == NameKind::Person {
            total[mention.entity] += 1;
        }
    }
    total
}

/// Makes a sighting the latest of its person; of too many the one sighted longest ago goes.
fn remember(recent: &mut Vec<Sighting>, sighting: Sighting, before: &mut [u32]) {
    let named = |s: &Sighting| matches!(s.who, Who::Named(_));
    if let Who::Named(entity) = sighting.who {
        before[entity] += 1;
    }
    if let Some(at) = recent.iter().position(|s| s.who == sighting.who) {
        recent.remove(at);
    } else {
        let limit = if named(&sighting) { NAMED } else { UNNAMED };
        let alike = |s: &&Sighting| named(s) == named(&sighting);
        if recent.iter().filter(alike).count() >= limit
            && let Some(oldest) = recent.iter().position(|s| named(s) == named(&sighting))
        {
            recent.remove(oldest);
        }
    }
    recent.push(sighting);
}

/// "her" before nothing that it could own.
fn is_object(language: &Language<'_>, t: usize) -> bool {
    let token = &language.tokens[t];
    if !token.deprel.is_empty() {
        return !token.deprel.starts_with("nmod") && !token.deprel.starts_with("det");
    }
    language.form(t).eq_ignore_ascii_case("her")
        && language.tokens.get(t + 1).is_none_or(|n| {
            n.sentence != token.sentence
                || !n.span.of(language.text).starts_with(char::is_alphabetic)
        })
}

#[cfg(test)]
mod tests;
