//! Who holds a statement: from the words of a source to a speaker.
//!
//! The sources of an article are read together and in order, because a source may point back: "he"
//! and "the minister" to a name, "the representative" to "an unnamed NATO representative", "I" to
//! whoever is being quoted. An anonymous speaker is never linked to a named person.

mod bodies;
mod identity;
mod phrase;
mod pronoun;
mod role;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sayso_language::{Language, NameKind};
use sayso_model::{Candidate, Span, Speaker, SpeakerKind};

use crate::Attribution;
use crate::cues::CUES;
use crate::nouns::{NOUNS, Place, Pronoun};
use identity::Shows;

/// The speakers of all attributions of an article, in their order; `None` where nobody is named
/// ("reportedly").
pub fn read(
    language: &Language,
    article: &str,
    attributions: &[Attribution],
) -> Vec<Option<Speaker>> {
    let mut cast = Cast::new(language, article);
    let mut out: Vec<Option<Speaker>> = Vec::new();
    for (i, attribution) in attributions.iter().enumerate() {
        let speaker = if let Some(before) = attribution.continues.filter(|c| *c < i) {
            out[before].clone().map(|speaker| Speaker { mention: None, ..speaker })
        } else {
            let outer = attribution.outer().filter(|w| *w < i).and_then(|w| out[w].clone());
            cast.speaker(attribution, outer.as_ref())
        };
        let speaker = speaker.map(|speaker| cast.with_role(speaker));
        if let Some(speaker) = &speaker {
            // Whom only an outlet reports has the floor: the outlet passes on.
            let outer = attribution.within.filter(|w| *w < i).and_then(|w| out[w].as_ref());
            let nested = attribution.within.is_some() && !outer.is_some_and(is_outlet);
            cast.enter(speaker, attribution, nested);
        }
        out.push(speaker);
    }
    out
}

/// Is a speaker an outlet or an agency, which passes on what others say?
pub(crate) fn is_outlet(speaker: &Speaker) -> bool {
    let last = speaker.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let body = speaker.kind == SpeakerKind::Organization || speaker.kind == SpeakerKind::Group;
    NOUNS.outlet(&speaker.name).is_some()
        || body && (NOUNS.is(Place::Outlet, &last) && last != "agency" || last == "media")
}

/// How often words stand for the speaker that they are linked to: shares of right links among 470
/// statements of the training gold, by how the words name them.
const NAMED_IN_FULL: f64 = 1.0;
/// "Berg" for Karin Berg (63 of 65 right).
const NAMED_IN_PART: f64 = 0.97;
/// "the minister" for Karin Berg (17 of 18 right).
const DESCRIBED: f64 = 0.94;
/// "he" for whoever spoke last.
const WENT_ON: f64 = 0.95;
/// "he" for whom the language layer takes it.
const LINKED: f64 = 0.8;
/// "he" for the subject of a sentence since.
const NEWCOMER: f64 = 0.75;
/// "he" for somebody who spoke before.
const SPOKE_BEFORE: f64 = 0.5;

/// Below this the name is withheld and whom the words could stand for is printed.
const MIN_LINK: f64 = 0.6;
/// So many of those are printed.
const MAX_CANDIDATES: usize = 3;

/// A speaker with how sure the link is.
fn sure(speaker: Speaker, confidence: f64) -> Speaker {
    Speaker { confidence: Some(confidence), ..speaker }
}

/// How sure it is that a mention, in lower case, stands for the speaker of a name.
fn link_confidence(name: &str, mention: &str) -> f64 {
    let name = name.to_lowercase();
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    };
    if mention.contains(&name) {
        NAMED_IN_FULL
    } else if words(mention).iter().any(|word| !word.is_empty() && words(&name).contains(word)) {
        NAMED_IN_PART
    } else {
        DESCRIBED
    }
}

/// How many speakers back a pronoun or "the official" may point.
const FARTHEST: usize = 200;

/// Who has spoken so far.
struct Cast<'a> {
    language: &'a Language<'a>,
    article: &'a str,
    seen: Vec<Speaker>,
    /// How often each person has spoken, by id, and the last speaker with that id.
    persons: BTreeMap<String, (usize, usize)>,
    /// How often persons have spoken.
    turns: usize,
    /// Organizations by their initials.
    initials: BTreeMap<String, usize>,
    /// Entities by their names.
    named: BTreeMap<String, usize>,
    /// The one person of a surname; none when several share it.
    surnames: BTreeMap<String, Option<usize>>,
    /// The role of a speaker, by id, where the words gave one.
    roles: BTreeMap<String, String>,
    /// The end of the first line, where a headline may speak of the article's own source.
    first_line: u32,
    /// Where the last one spoke: the end of the cue or of the words, whichever is later.
    spoke: u32,
    /// Who made a paper ("the report"), by its noun in the singular.
    papers: BTreeMap<String, Speaker>,
    /// What the article tells of each entity beside its kind.
    shows: Vec<Shows>,
    /// Names that some mention shows to be a body's.
    bodies: BTreeSet<String>,
    /// Persons by the noun of their roles.
    bearers: BTreeMap<String, Vec<usize>>,
}

impl<'a> Cast<'a> {
    fn new(language: &'a Language<'a>, article: &'a str) -> Self {
        let mut named = BTreeMap::new();
        let mut surnames = BTreeMap::new();
        for (i, entity) in language.entities.iter().enumerate() {
            named.entry(entity.name.clone()).or_insert(i);
            if entity.kind != NameKind::Person {
                continue;
            }
            if let Some((_, surname)) = entity.name.rsplit_once(' ') {
                let bearer = surnames.entry(surname.to_owned()).or_insert(Some(i));
                *bearer = bearer.filter(|other| *other == i);
            }
        }
        Cast {
            language,
            article,
            seen: Vec::new(),
            persons: BTreeMap::new(),
            turns: 0,
            initials: BTreeMap::new(),
            named,
            surnames,
            roles: BTreeMap::new(),
            first_line: language.paragraphs.first().map_or(0, |p| p.end),
            spoke: 0,
            papers: BTreeMap::new(),
            shows: identity::shows(language),
            bodies: language
                .entities
                .iter()
                .filter(|e| e.kind == NameKind::Organization)
                .map(|e| e.name.clone())
                .collect(),
            bearers: identity::bearers(language),
        }
    }

    /// A speaker with the role that the article has given the same speaker before.
    fn with_role(&mut self, mut speaker: Speaker) -> Speaker {
        match &speaker.role {
            Some(role) => {
                self.roles.entry(speaker.id.clone()).or_insert_with(|| role.clone());
            }
            None => speaker.role = self.roles.get(&speaker.id).cloned(),
        }
        speaker
    }

    /// Keeps a speaker for what points back.
    fn enter(&mut self, speaker: &Speaker, attribution: &Attribution, nested: bool) {
        if nested {
            // Whoever is quoted inside another's words does not take the floor.
            return;
        }
        self.spoke =
            attribution.content.iter().chain(&attribution.cue).map(|s| s.end).max().unwrap_or(0);
        self.remember_papers(speaker, attribution);
        let at = self.seen.len();
        if speaker.kind == SpeakerKind::Person {
            self.turns += 1;
            self.persons.entry(speaker.id.clone()).or_insert((0, at)).0 += 1;
        }
        if speaker.kind == SpeakerKind::Organization && speaker.name.len() > 6 {
            let initials = speaker
                .name
                .split(|c: char| !c.is_alphanumeric())
                .filter_map(|w| w.chars().next().filter(|c| c.is_uppercase()))
                .collect();
            self.initials.entry(initials).or_insert(at);
        }
        self.seen.push(speaker.clone());
    }

    /// Whoever has done two thirds of the speaking so far.
    fn main_person(&self) -> Option<Speaker> {
        let (_, (_, at)) =
            self.persons.iter().find(|(_, (times, _))| times * 3 >= self.turns * 2)?;
        self.seen.get(*at).cloned()
    }

    fn speaker(&self, attribution: &Attribution, outer: Option<&Speaker>) -> Option<Speaker> {
        let first = *attribution.source.first()?;
        let hears = |span: &Span| {
            let tokens = self.language.tokens_in(*span);
            tokens.clone().any(|t| CUES.hears(&self.language.tokens[t].lemma))
        };
        if attribution.cue.iter().any(hears) {
            return None;
        }
        let whole = attribution.source.iter().fold(first, |all, span| all.cover(*span));
        let tokens = self.language.tokens_in(whole);
        let head = self.head(&tokens);
        let lower = self.language.span_of(head.clone()).of(self.language.text).to_lowercase();
        let mention = Some(self.language.print(self.language.span_of(head.clone())));
        let mut speaker = match NOUNS.pronoun(&lower) {
            Some(Pronoun::Own) => match outer {
                Some(outer) => outer.clone(),
                None => self.author(),
            },
            Some(pronoun) => self.pronoun(pronoun, &lower, &head, Some(attribution))?,
            None => self.noun_phrase(&head, &tokens, Some(attribution))?,
        };
        if NOUNS.pronoun(&lower).is_none() {
            speaker.confidence = Some(link_confidence(&speaker.name, &lower));
        }
        speaker.mention = mention;
        Some(self.withheld(speaker, &lower))
    }

    /// A speaker as the text has it, with whom it could be, where the link is too unsure.
    fn withheld(&self, speaker: Speaker, words: &str) -> Speaker {
        let sure = speaker.confidence.unwrap_or(1.0);
        if sure >= MIN_LINK || speaker.kind != SpeakerKind::Person {
            return speaker;
        }
        let others = self.seen.iter().rev().take(FARTHEST).filter(|other| {
            other.kind == SpeakerKind::Person && other.id != speaker.id && self.agrees(other, words)
        });
        let mut candidates = vec![Candidate {
            id: speaker.id.clone(),
            name: speaker.name.clone(),
            confidence: sure,
        }];
        for other in others {
            let known = candidates.iter().any(|c| c.id == other.id);
            if !known && candidates.len() < MAX_CANDIDATES {
                // What is left is shared by those who are less likely.
                let confidence = (1.0 - sure) / MAX_CANDIDATES as f64;
                candidates.push(Candidate {
                    id: other.id.clone(),
                    name: other.name.clone(),
                    confidence: (confidence * 100.0).round() / 100.0,
                });
            }
        }
        let unnamed = self.make(words.to_owned(), SpeakerKind::Anonymous, None);
        Speaker { confidence: Some(sure), candidates, mention: speaker.mention, ..unnamed }
    }

    fn author(&self) -> Speaker {
        self.make("the author".to_owned(), SpeakerKind::Author, None)
    }

    fn make(&self, name: String, kind: SpeakerKind, role: Option<String>) -> Speaker {
        let id = Speaker::id_of(kind, &name, self.article);
        Speaker {
            id,
            name,
            kind,
            role,
            confidence: Some(1.0),
            candidates: Vec::new(),
            mention: None,
        }
    }

    /// A named entity as a speaker.
    fn entity(&self, entity: usize) -> Option<Speaker> {
        let mut entity = self.language.entities.get(entity)?;
        if let Some(Some(full)) = self.surnames.get(&entity.name) {
            entity = self.language.entities.get(*full)?;
        }
        let index = self.named.get(&entity.name).copied();
        let kind = match entity.kind {
            NameKind::Person if index.is_some_and(|e| self.is_body(e)) => SpeakerKind::Organization,
            NameKind::Person => SpeakerKind::Person,
            NameKind::Group => SpeakerKind::Group,
            _ => SpeakerKind::Organization,
        };
        Some(self.make(entity.name.clone(), kind, entity.roles.first().cloned()))
    }

    /// Names with their tokens inside a range.
    fn names_in(&self, tokens: &Range<usize>) -> Vec<(Range<usize>, NameKind, Span)> {
        let span = self.language.span_of(tokens.clone());
        let from = self.language.names.partition_point(|n| n.span.end <= span.start);
        self.language.names[from..]
            .iter()
            .take_while(|n| n.span.start < span.end)
            .filter(|n| span.contains(n.span))
            .map(|n| (self.language.tokens_in(n.span), n.kind, n.span))
            .collect()
    }

    fn entity_of(&self, span: Span) -> Option<usize> {
        let at = self.language.mentions.partition_point(|m| m.span.start < span.start);
        self.language.mentions[at..].iter().take(3).find(|m| m.span == span).map(|m| m.entity)
    }

    /// The person named as the head of a noun phrase: not one behind a preposition ("a spokesman
    /// for Berg") or a genitive ("Berg's lawyer").
    fn person_in(&self, head: &Range<usize>) -> Option<usize> {
        if head.is_empty() {
            return None;
        }
        let mut found: Option<(Range<usize>, Option<usize>)> = None;
        for (tokens, kind, span) in self.names_in(head).into_iter().rev() {
            let entity = self.entity_of(span);
            let person = kind == NameKind::Person
                || entity.is_some_and(|e| {
                    self.language.entities.get(e).is_some_and(|e| e.kind == NameKind::Person)
                });
            // "Analysts" at the head of a sentence looks like a name.
            let plain = tokens.len() == 1
                && NOUNS.sort(&span.of(self.language.text).to_lowercase()).is_some();
            if !person || plain {
                continue;
            }
            let owned = matches!(
                self.language.form(tokens.end.min(self.language.tokens.len() - 1)),
                "'s" | "’s" | "'" | "’"
            ) && tokens.end < head.end;
            // "a spokesman for Berg", "a commentator in the newspaper Kurier"
            let before = || self.language.form(tokens.start - 1).to_lowercase();
            let behind = tokens.start > head.start
                && (NOUNS.is(Place::Behind, &before()) || NOUNS.is(Place::Outlet, &before()));
            // "Ann Berg of the right-wing Ivar Sorn party": the name in front of the preposition.
            let parted = |(later, _): &(Range<usize>, Option<usize>)| {
                (tokens.end..later.start)
                    .any(|t| NOUNS.is(Place::Behind, &self.language.form(t).to_lowercase()))
            };
            if !owned && !behind && found.as_ref().is_none_or(parted) && self.heads(&tokens, head) {
                found = Some((tokens, entity));
            }
        }
        found?.1
    }

    fn words(&self, tokens: &Range<usize>) -> String {
        self.language
            .span_of(tokens.clone())
            .of(self.language.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}
