//! Who holds a statement: from the words of a source to a speaker.
//!
//! The sources of an article are read together and in order, because a source may point back: "he"
//! and "the minister" to a name, "the representative" to "an unnamed NATO representative", "I" to
//! whoever is being quoted. An anonymous speaker is never linked to a named person.

mod bodies;
mod identity;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sayso_language::{Language, NameKind};
use sayso_model::{Candidate, Span, Speaker, SpeakerKind};

use crate::Attribution;
use crate::cues::CUES;
use crate::nouns::{NOUNS, Noun, Place, Pronoun};
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

/// Whom an earlier phrase with a role has brought in.
enum Introduced {
    /// Its words, where it names nobody.
    Unnamed(String),
    /// The name that it is set beside.
    Named(Span),
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

    /// The tokens of a source before its first comma, bracket or relative clause.
    fn head(&self, tokens: &Range<usize>) -> Range<usize> {
        let dash = |t: usize| {
            let start = self.language.tokens[t].span.start as usize;
            self.language.form(t) == "-" && self.language.text[..start].ends_with(' ')
        };
        let stop = tokens
            .clone()
            .skip(1)
            .find(|t| NOUNS.is(Place::Head, self.language.form(*t)) || dash(*t));
        tokens.start..stop.unwrap_or(tokens.end)
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

    fn pronoun(
        &self,
        sort: Pronoun,
        lower: &str,
        head: &Range<usize>,
        own: Option<&Attribution>,
    ) -> Option<Speaker> {
        let span = self.language.span_of(head.clone());
        if sort == Pronoun::Relative {
            return self.relative(head);
        }
        let human = sort == Pronoun::Human;
        let fits = |speaker: &Speaker| match speaker.kind {
            SpeakerKind::Person => human && self.agrees(speaker, lower),
            SpeakerKind::Anonymous => {
                (human || lower.starts_with("the")) && self.agrees(speaker, lower)
            }
            SpeakerKind::Group => lower.starts_with("the"),
            SpeakerKind::Organization => !human,
            SpeakerKind::Author => false,
        };
        let linked = self.entity_of(span).filter(|e| !human || self.is_somebody(*e));
        if human
            && let Some(noun) = self.unnamed_newcomer(span, own)
            && self.newcomer(span, own, human).is_none()
            && !linked.is_some_and(|e| self.is_fresh(e, span, own))
        {
            let found = self.noun_phrase(&noun, &noun, own).filter(|s| self.agrees(s, lower));
            if let Some(found) = found {
                return Some(sure(found, NEWCOMER));
            }
        }
        // Whoever spoke last goes on speaking, if nobody else has come up since.
        if let Some(last) = self.seen.last().filter(|s| fits(s))
            && self.is_near(span, own)
            && !linked.is_some_and(|e| self.is_fresh(e, span, own))
            && self.newcomer(span, own, human).is_none()
        {
            return Some(sure(last.clone(), WENT_ON));
        }
        if let Some(entity) = linked {
            return self.entity(entity).map(|speaker| sure(speaker, LINKED));
        }
        if let Some(entity) = self.newcomer(span, own, human)
            && let Some(speaker) = self.entity(entity).filter(|s| fits(s))
        {
            return Some(sure(speaker, NEWCOMER));
        }
        let before = self.seen.iter().rev().take(FARTHEST).find(|speaker| fits(speaker))?;
        Some(sure(before.clone(), SPOKE_BEFORE))
    }

    /// The noun phrase right before a relative pronoun.
    fn relative(&self, head: &Range<usize>) -> Option<Speaker> {
        let mut end = head.start;
        // "Ann Berg, 46, who"
        let aside = |t: usize| {
            self.language.form(t) == ","
                || self.language.tokens[t].upos == sayso_language::Upos::Num
                    && t > 0
                    && self.language.form(t - 1) == ","
        };
        while end > 0 && aside(end - 1) {
            end -= 1;
        }
        let sentence = self.language.tokens.get(end.checked_sub(1)?)?.sentence;
        let floor = self.language.sentences[sentence].tokens.start;
        let mut start = end;
        while start > floor
            && self.language.form(start - 1).starts_with(char::is_alphanumeric)
            && end - start < 8
        {
            start -= 1;
        }
        let names = self.names_in(&(start..end));
        let last_name = names.iter().rev().find(|(tokens, _, _)| tokens.end == end);
        let from = last_name.map_or(end - 1, |(tokens, _, _)| tokens.start);
        self.noun_phrase(&(from..end), &(from..end), None)
    }

    fn noun_phrase(
        &self,
        head: &Range<usize>,
        tokens: &Range<usize>,
        own: Option<&Attribution>,
    ) -> Option<Speaker> {
        // "the mayor of X, Ann Berg": a person right after the comma; "a general, head of the
        // guards Ann Berg": one who ends what the comma adds.
        let mut apposed = false;
        let named = self.person_in(head).or_else(|| {
            apposed = true;
            let start = head.end + 1;
            let added = self.head(&(start.min(tokens.end)..tokens.end));
            let names = self.names_in(&(start..tokens.end));
            let right_after = names.first().is_some_and(|n| n.0.start <= start + 1);
            let ends = names.iter().any(|n| n.1 == NameKind::Person && n.0.end == added.end);
            let inside = self.person_in(&(start..tokens.end)).filter(|_| right_after || ends);
            // "The president of the union, Eirik Sorn, …": whatever the name is taken for.
            let role = NOUNS
                .sort(&self.language.form(self.core(&self.phrase(head)).end - 1).to_lowercase());
            let bearer = || {
                let (own, kind, span) = names.first()?;
                let named = right_after && own.len() > 1 && *kind != NameKind::Place;
                (named && role == Some(Noun::Person)).then(|| self.entity_of(*span))?
            };
            let inside = inside.or_else(bearer);
            inside.or_else(|| self.added_behind(tokens))
        });
        if let Some(entity) = named {
            let mut speaker = self.entity(entity)?;
            if apposed && speaker.role.is_none() {
                speaker.role = Some(self.words(&self.phrase(head)));
            }
            return Some(speaker);
        }
        if let Some(added) = self.added(head, tokens) {
            return self.noun_phrase(&self.head(&added), &added, own);
        }
        let words: Vec<String> =
            head.clone().map(|t| self.language.form(t).to_lowercase()).collect();
        let definite = words.first().is_some_and(|w| w == "the");
        let phrase = self.phrase(head);
        let core = self.core(&phrase);
        let last = words.get(core.end.saturating_sub(head.start).checked_sub(1)?)?;
        // "ex-head", "vice-president"
        let noun = last.rsplit('-').next().unwrap_or(last).to_owned();
        let sort = NOUNS.sort(&noun);
        match sort {
            Some(Noun::Person) => Some(self.role(head, &core, &noun, definite)),
            Some(Noun::People) if words.first().is_some_and(|w| w == "one") => {
                Some(self.make(self.words(&core), SpeakerKind::Anonymous, None))
            }
            Some(Noun::People) => Some(self.people(&core, &noun, definite)),
            Some(Noun::Paper) if NOUNS.is_poll(&noun) && !self.names_in(&core).is_empty() => {
                Some(self.make(self.words(&core), SpeakerKind::Organization, None))
            }
            Some(Noun::Paper) => {
                // "its report": the report's maker.
                let owner = words.first().and_then(|w| Some((w, NOUNS.pronoun(w)?)));
                let owner = owner.filter(|(_, sort)| *sort != Pronoun::Relative && words.len() > 1);
                owner
                    .and_then(|(w, sort)| self.pronoun(sort, w, &(head.start..head.start + 1), own))
                    .or_else(|| self.known_paper(head, &noun, definite, own))
                    .or_else(|| {
                        let alone = !definite && core.len() <= 2 && head.end == core.end;
                        self.told_of_itself(own.filter(|_| alone && NOUNS.is_utterance(&noun)))
                    })
                    .or_else(|| Some(self.paper(head, &core)))
            }
            Some(Noun::Body) if definite && NOUNS.is(Place::Outlet, &noun) && head.len() == 2 => {
                let outlets = self.seen.iter().rev().take(FARTHEST);
                let last = outlets.into_iter().find(|s| NOUNS.outlet(&s.name).is_some());
                last.cloned().or_else(|| Some(self.body(head, &core, &noun)))
            }
            _ => {
                let named = self.named_before(&core, &noun).or_else(|| self.named_behind(&core));
                if named.is_some() {
                    return named;
                }
                let known = definite.then(|| self.described(head, &core, &noun, own)).flatten();
                known.or_else(|| Some(self.body(head, &core, &noun)))
            }
        }
    }

    /// The person whom commas add behind a source that was cut before them: "the governor, Ann
    /// Berg, …".
    fn added_behind(&self, tokens: &Range<usize>) -> Option<usize> {
        let comma = |t: usize| t < self.language.tokens.len() && self.language.form(t) == ",";
        let start = tokens.end + 1;
        if !comma(tokens.end) && !comma(tokens.end.checked_sub(1)?) {
            return None;
        }
        let start = if comma(tokens.end) { start } else { tokens.end };
        let at = self.language.names.partition_point(|n| {
            self.language.tokens.get(start).is_some_and(|t| n.span.start < t.span.start)
        });
        let name = self.language.names.get(at).filter(|n| n.kind == NameKind::Person)?;
        let own = self.language.tokens_in(name.span);
        (own.start == start && comma(own.end)).then(|| self.entity_of(name.span))?
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

    /// The noun phrase before its first "of", "for", "in" … and without leading nameless words.
    fn phrase(&self, head: &Range<usize>) -> Range<usize> {
        let mut start = head.start;
        // "one of the officials"
        while start + 1 < head.end
            && (NOUNS.is_nameless(&self.language.form(start).to_lowercase())
                || start == head.start + 1 && self.language.form(start) == "of")
        {
            start += 1;
        }
        start..head.end
    }

    fn core(&self, phrase: &Range<usize>) -> Range<usize> {
        let names = self.names_in(phrase);
        // "a statement released on Friday"
        let participle = |t: usize| {
            matches!(self.language.tokens[t].xpos, "VBN" | "VBD")
                && NOUNS.sort(&self.language.form(t - 1).to_lowercase()).is_some()
        };
        let stop = phrase.clone().skip(1).find(|t| {
            (NOUNS.is(Place::Core, self.language.form(*t)) || participle(*t))
                && !names.iter().any(|(n, _, _)| n.contains(t) && n.start < *t)
        });
        phrase.start..stop.unwrap_or(phrase.end).max(phrase.start + 1)
    }

    fn words(&self, tokens: &Range<usize>) -> String {
        self.language
            .span_of(tokens.clone())
            .of(self.language.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// A role noun without a name: whoever has been called so, or somebody unnamed.
    fn role(
        &self,
        head: &Range<usize>,
        core: &Range<usize>,
        noun: &str,
        definite: bool,
    ) -> Speaker {
        let name = self.words(core);
        let contrasts = (head.start..core.end)
            .any(|t| NOUNS.is(Place::Contrast, &self.language.form(t).to_lowercase()));
        // "…, official says" in the headline is whom the article brings in.
        let headline = |s: &&Speaker| {
            s.kind == SpeakerKind::Anonymous
                && s.name.to_lowercase().rsplit(' ').next() == Some(noun)
                && s.mention.as_ref().is_some_and(|m| m.byte_start < self.first_line)
        };
        let below = self.language.span_of(head.clone()).start >= self.first_line;
        if below
            && !contrasts
            && let Some(earlier) = self.seen.iter().take(3).find(headline)
        {
            return earlier.clone();
        }
        if definite && !contrasts {
            // An earlier unnamed bearer of the same noun, then a person with such a role.
            let same = |s: &&Speaker| {
                s.kind == SpeakerKind::Anonymous
                    && s.name.to_lowercase().split(' ').any(|word| word == noun)
            };
            if let Some(earlier) = self.seen.iter().rev().take(FARTHEST).find(same) {
                return earlier.clone();
            }
            match self.introduced(head.start, noun) {
                Some(Introduced::Unnamed(cited)) => {
                    return self.make(cited, SpeakerKind::Anonymous, None);
                }
                Some(Introduced::Named(person)) => {
                    if let Some(speaker) = self.entity_of(person).and_then(|e| self.entity(e)) {
                        return speaker;
                    }
                }
                None => {}
            }
            if let Some(speaker) = self.bearer(head, noun).or_else(|| self.recalled(head, noun)) {
                return speaker;
            }
            if (NOUNS.is_generic(noun) || NOUNS.is_leading(noun))
                && let Some(member) = self.member(head, core)
            {
                return member;
            }
            // "the expert" and no more: the person who has done most of the speaking so far.
            if core.len() == 1
                && head.len() <= 2
                && NOUNS.is_generic(noun)
                && let Some(main) = self.main_person()
            {
                return main;
            }
        }
        if !contrasts && let Some(later) = self.named_later(head, noun) {
            return later;
        }
        self.make(name, SpeakerKind::Anonymous, None)
    }

    /// "an unnamed NATO representative" somewhere before token `before`: its words, for a later
    /// "the representative".
    fn introduced(&self, before: usize, noun: &str) -> Option<Introduced> {
        let low = before.saturating_sub(400);
        let at = (low..before).rev().find(|t| {
            self.language.form(*t).to_lowercase() == noun && {
                let mut start = *t;
                while start > low
                    && *t - start < 6
                    && !NOUNS.is(Place::Edge, self.language.form(start))
                {
                    start -= 1;
                }
                NOUNS.is(Place::Introducer, self.language.form(start))
            }
        })?;
        // "Ann Berg, an expert on ports" is no unnamed expert.
        let article = (low..at)
            .rev()
            .take(6)
            .find(|t| NOUNS.is(Place::Introducer, &self.language.form(*t).to_lowercase()));
        let apposed = article.and_then(|t| t.checked_sub(2)).and_then(|t| {
            let span = self.language.tokens[t].span;
            let names = &self.language.names;
            let at = names.partition_point(|n| n.span.end <= span.start);
            let name = names.get(at).filter(|_| self.language.form(t + 1) == ",")?;
            (name.kind == NameKind::Person && name.span.contains(span)).then_some(name.span)
        });
        if let Some(person) = apposed {
            return Some(Introduced::Named(person));
        }
        let mut start = at;
        while start > low
            && at - start < 6
            && !NOUNS.is_nameless(&self.language.form(start - 1).to_lowercase())
        {
            start -= 1;
        }
        Some(Introduced::Unnamed(self.words(&(start..at + 1))))
    }
}
