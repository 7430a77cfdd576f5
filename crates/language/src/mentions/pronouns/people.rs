//! The people that a text speaks of, in its order: those with a name, and those without one ("the
//! driver", "her mother"), who take a pronoun as well and must not leave it to somebody named.

use std::ops::Range;

use crate::names::NAMES_TABLE;
use crate::segment::TABLE;
use crate::steps::step;
use crate::{Entity, Gender, Language, Mention, NameKind, Upos};
use sayso_model::Span;

/// Whom a pronoun may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Index into the entities.
    Named(usize),
    /// Token of the noun by which the text first speaks of somebody without a name.
    Unnamed(usize),
}

/// One place where the text speaks of somebody.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
pub(super) struct Sighting {
    pub(super) who: Who,
    /// First token.
    pub(super) start: usize,
    /// One past its last token.
    pub(super) end: usize,
    pub(super) sentence: usize,
    pub(super) paragraph: usize,
    /// The word that it is the subject of.
    pub(super) governor: Option<usize>,
    pub(super) subject: bool,
    /// Subject of the sentence's main verb.
    pub(super) main: bool,
    /// Subject of a verb of saying.
    pub(super) reports: bool,
    pub(super) pronoun: bool,
    pub(super) quotation: Option<usize>,
    /// What the noun tells of somebody unnamed.
    pub(super) gender: Option<Gender>,
    /// "the driver": an unnamed one that the text takes as known.
    pub(super) definite: bool,
    /// "her mother": an unnamed one that is somebody's.
    pub(super) owned: bool,
}

/// A sighting at some tokens, which must be tokens of the text.
pub(super) fn sighting(language: &Language<'_>, who: Who, tokens: &Range<usize>) -> Sighting {
    let sentence = language.tokens[tokens.start].sentence;
    let governor = governor(language, tokens);
    Sighting {
        who,
        start: tokens.start,
        end: tokens.end,
        sentence,
        paragraph: language.sentences[sentence].paragraph,
        governor,
        subject: is_subject(language, tokens),
        main: governor.is_some_and(|h| language.tokens[h].head.is_none()),
        reports: governor.is_some_and(|h| is_reporting(language, h)),
        pronoun: false,
        quotation: None,
        gender: None,
        definite: false,
        owned: false,
    }
}

/// The sightings of persons by name, role or noun, in the order of the text. `roles` are the spans
/// that describe somebody named, sorted.
pub(super) fn sightings(
    language: &Language<'_>,
    entities: &[Entity],
    mentions: &[Mention],
    roles: &[Span],
) -> Vec<Sighting> {
    let mut out = Vec::new();
    for mention in mentions.iter().filter(|m| entities[m.entity].kind == NameKind::Person) {
        step();
        let tokens = language.tokens_in(mention.span);
        if !tokens.is_empty() {
            out.push(sighting(language, Who::Named(mention.entity), &tokens));
        }
    }
    unnamed(language, mentions, roles, &mut out);
    out.sort_by_key(|s| (s.start, s.end));
    out
}

/// Common nouns for one person, outside all names, roles and predicates.
fn unnamed(language: &Language<'_>, mentions: &[Mention], roles: &[Span], out: &mut Vec<Sighting>) {
    let mut described = vec![false; language.tokens.len()];
    let mut determiner: Vec<Option<usize>> = vec![None; language.tokens.len()];
    for (t, token) in language.tokens.iter().enumerate() {
        let Some(head) = token.head.filter(|h| *h < described.len()) else { continue };
        match token.deprel {
            // "is a driver", "as a driver", "his driver, Ivo Berg".
            "cop" => described[head] = true,
            "case" if language.form(t).eq_ignore_ascii_case("as") => described[head] = true,
            "appos" | "flat" if token.upos == Upos::Propn => described[head] = true,
            "det" | "nmod:poss" => determiner[head] = Some(t),
            _ => {}
        }
    }
    let mut next = [0, 0];
    for (t, token) in language.tokens.iter().enumerate() {
        step();
        if token.upos != Upos::Noun || described[t] {
            continue;
        }
        let place = token.deprel;
        let stands = ["nsubj", "obj", "iobj", "obl", "nmod", "conj"].iter().any(|p| {
            place.strip_prefix(p).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        });
        let form = language.form(t);
        if !stands || form.len() > 24 || !form.starts_with(char::is_lowercase) {
            continue;
        }
        let Some(gender) = NAMES_TABLE.person_noun(form) else { continue };
        while mentions.get(next[0]).is_some_and(|m| m.span.end <= token.span.start) {
            next[0] += 1;
        }
        while roles.get(next[1]).is_some_and(|r| r.end <= token.span.start) {
            next[1] += 1;
        }
        let named = mentions.get(next[0]).is_some_and(|m| m.span.overlaps(token.span))
            || roles.get(next[1]).is_some_and(|r| r.overlaps(token.span));
        if named {
            continue;
        }
        let before = determiner[t].map(|d| language.form(d).to_ascii_lowercase());
        let owned = determiner[t].is_some_and(|d| language.tokens[d].deprel == "nmod:poss");
        out.push(Sighting {
            gender,
            definite: matches!(before.as_deref(), Some("the" | "this" | "that")),
            owned,
            ..sighting(language, Who::Unnamed(t), &(t..t + 1))
        });
    }
}

/// Is a name the subject of its clause? By the tree where there is one, else by its place near the
/// sentence's beginning.
fn is_subject(language: &Language<'_>, tokens: &Range<usize>) -> bool {
    let parsed = language.tokens[tokens.clone()].iter().any(|t| !t.deprel.is_empty());
    if !parsed {
        let sentence = language.sentences[language.tokens[tokens.start].sentence].tokens.start;
        return tokens.start - sentence <= 4;
    }
    governor(language, tokens).is_some()
}

/// The word that a name or a pronoun is the subject of; `None` where no tree stands.
pub(super) fn governor(language: &Language<'_>, tokens: &Range<usize>) -> Option<usize> {
    tokens.clone().find_map(|t| {
        let token = &language.tokens[t];
        token.head.filter(|h| token.deprel.starts_with("nsubj") && !tokens.contains(h))
    })
}

/// Are some tokens the subject of a verb of saying?
pub(in crate::mentions) fn reports(language: &Language<'_>, tokens: &Range<usize>) -> bool {
    governor(language, tokens).is_some_and(|verb| is_reporting(language, verb))
}

fn is_reporting(language: &Language<'_>, verb: usize) -> bool {
    let form = language.form(verb);
    form.len() <= 16 && TABLE.reporting_verbs.contains(&form.to_lowercase())
}
