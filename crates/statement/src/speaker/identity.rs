//! Who is meant where the words give no name: "he", "the company", "the report", "the Portuguese".
//!
//! What a reader goes by: number and gender, who spoke last, who has come up as a subject since, and
//! that nobody is meant who is only spoken of inside the quotation. A role that fits one person is
//! that person's; a role that fits nobody brings somebody new.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_language::{Gender, Language, MentionKind, NameKind};
use sayso_model::{Span, Speaker, SpeakerKind, Speech};

use super::{Cast, FARTHEST};
use crate::Attribution;
use crate::nouns::{NOUNS, Noun, Place};

/// Sentences between the end of one's words and the beginning of another's over which a pronoun
/// may still mean whoever spoke before.
const NEAR_SENTENCES: usize = 2;
/// Paragraphs over which it may.
const NEAR_PARAGRAPHS: usize = 1;
/// Longest acronym of an organization, in letters.
const LONGEST_ACRONYM: usize = 6;

/// So many speakers back "the report" may belong to.
const NEAR_SPEAKERS: usize = 4;

/// So many sentences make the head of an article, where somebody is called by a role before the name.
const HEAD_SENTENCES: usize = 4;

/// Most words of "the High Street retailer".
const LONGEST_FIRM: usize = 4;

/// Mentions that are looked at for somebody who has come up since the last one spoke.
const MAX_SINCE: usize = 64;

/// Tokens that are looked at for somebody who has come up since the last one spoke.
const LONGEST_SINCE: usize = 80;

/// So many quotations stand in each other where somebody counts.
const DEEPEST: usize = 4;

/// So many bodies compete for "the company".
const MAX_BODIES: usize = 32;

/// What the mentions of an entity show of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shows {
    /// A noun for a body stands before the name ("newspaper Kurier").
    body: u32,
    /// Mentions behind "in", "at", "near".
    place: u32,
    /// How often it is named.
    times: u32,
    /// The first byte of its first mention.
    first: u32,
}

/// What the article's mentions show of each entity.
pub(super) fn shows(language: &Language) -> Vec<Shows> {
    let mut out = vec![Shows::default(); language.entities.len()];
    for mention in &language.mentions {
        if !matches!(mention.kind, MentionKind::Name | MentionKind::ShortName) {
            continue;
        }
        let show = &mut out[mention.entity];
        if show.times == 0 {
            show.first = mention.span.start;
        }
        show.times += 1;
        let start = language.tokens_in(mention.span).start;
        let Some(before) = start.checked_sub(1) else { continue };
        let word = language.form(before).to_lowercase();
        show.body += u32::from(NOUNS.is_body_before_name(&word));
        show.place += u32::from(matches!(word.as_str(), "in" | "near" | "at" | "outside"));
    }
    out
}

/// The noun for a person on which a role hangs, of its words in lower case.
fn role_noun<'w>(words: &[&'w str]) -> Option<&'w str> {
    let main = words.iter().position(|w| NOUNS.is(Place::Core, w)).unwrap_or(words.len());
    words[..main].iter().rev().find(|w| NOUNS.sort(w) == Some(Noun::Person)).copied()
}

/// Most persons of one role noun that are told apart.
const MAX_BEARERS: usize = 16;

/// The persons whom the article gives a role, by the role's noun.
pub(super) fn bearers(language: &Language) -> BTreeMap<String, Vec<usize>> {
    let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, entity) in language.entities.iter().enumerate() {
        if entity.kind != NameKind::Person {
            continue;
        }
        for role in entity.roles.iter().chain(&entity.title) {
            let role = role.to_lowercase();
            let words: Vec<&str> = role.split(|c: char| !c.is_alphanumeric()).collect();
            let Some(noun) = role_noun(&words) else { continue };
            let list = out.entry(noun.to_owned()).or_default();
            if !list.contains(&i) && list.len() < MAX_BEARERS {
                list.push(i);
            }
        }
    }
    out
}

impl Cast<'_> {
    /// Is an entity that looks like a person's name a body's?
    pub(super) fn is_body(&self, entity: usize) -> bool {
        let name = self.language.entities[entity].name.as_str();
        let acronym = (2..=LONGEST_ACRONYM).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_uppercase());
        let one_word = !name.contains(' ') && self.bodies.contains(name);
        acronym || one_word || self.shows[entity].body > 0
    }

    /// Is an entity somebody who can be "he" or "she"?
    pub(super) fn is_somebody(&self, entity: usize) -> bool {
        let one = &self.language.entities[entity];
        let shows = self.shows[entity];
        let known = one.name.contains(' ')
            || one.title.is_some()
            || one.gender.is_some()
            || !one.roles.is_empty()
            || shows.times > 1;
        let place = shows.place > 0 && shows.place * 2 >= shows.times;
        one.kind == NameKind::Person && known && !place && !self.is_body(entity)
    }

    /// Whether a speaker can be a pronoun, by gender.
    pub(super) fn agrees(&self, speaker: &Speaker, pronoun: &str) -> bool {
        let female = match pronoun {
            "she" | "her" | "hers" => true,
            "he" | "him" | "his" => false,
            _ => return true,
        };
        let gender = if speaker.kind == SpeakerKind::Person {
            self.named.get(&speaker.name).and_then(|e| self.language.entities[*e].gender)
        } else {
            let name = speaker.name.to_lowercase();
            let noun = name.rsplit(' ').next().unwrap_or_default();
            if noun.ends_with("woman") {
                Some(Gender::Female)
            } else {
                noun.ends_with("man").then_some(Gender::Male)
            }
        };
        gender.is_none_or(|g| (g == Gender::Female) == female)
    }

    /// The first byte of an attribution: where its words or its cue begin.
    fn begins(at: Span, own: Option<&Attribution>) -> u32 {
        let spans = own.into_iter().flat_map(|a| a.content.iter().chain(&a.cue).chain(&a.source));
        spans.map(|span| span.start).min().unwrap_or(at.start).min(at.start)
    }

    /// Do words follow so closely on those of the last speaker that they can be theirs?
    pub(super) fn is_near(&self, at: Span, own: Option<&Attribution>) -> bool {
        let begins = Self::begins(at, own);
        let Some(spoke) = self.spoke.checked_sub(1) else { return false };
        let (Some(last), Some(here)) =
            (self.language.sentence_at(spoke), self.language.sentence_at(begins))
        else {
            return false;
        };
        let paragraph = |s: usize| self.language.sentences[s].paragraph;
        here.saturating_sub(last) <= NEAR_SENTENCES
            && paragraph(here).saturating_sub(paragraph(last)) <= NEAR_PARAGRAPHS
    }

    /// Is a byte inside a quotation or the words of an attribution?
    fn is_said(&self, byte: u32, own: Option<&Attribution>) -> bool {
        let quotations = &self.language.quotations;
        let before = quotations.partition_point(|q| q.outer.start <= byte);
        let quoted = quotations[..before].iter().rev().take(DEEPEST).any(|q| byte < q.outer.end);
        let content = own.into_iter().flat_map(|a| &a.content);
        quoted || content.into_iter().any(|span| span.start <= byte && byte < span.end)
    }

    /// Mentions by name between the last speaker's words and a pronoun, in the text's order, outside
    /// what is said.
    fn since(&self, at: Span, own: Option<&Attribution>) -> impl Iterator<Item = (usize, Span)> {
        let mentions = &self.language.mentions;
        let from = mentions.partition_point(|m| m.span.start < self.spoke);
        let to = mentions.partition_point(|m| m.span.start < at.start).max(from);
        mentions[from.max(to.saturating_sub(MAX_SINCE))..to]
            .iter()
            .filter(|m| !matches!(m.kind, MentionKind::Pronoun))
            .filter(move |m| !self.is_said(m.span.start, own))
            .map(|m| (m.entity, m.span))
    }

    /// Is a name the subject of its clause?
    fn is_subject(&self, span: Span) -> bool {
        let tokens = self.language.tokens_in(span);
        tokens.clone().any(|t| {
            let token = &self.language.tokens[t];
            token.deprel.starts_with("nsubj") && token.head.is_none_or(|h| !tokens.contains(&h))
        })
    }

    /// Has an entity been the subject of a clause since the last one spoke?
    pub(super) fn is_fresh(&self, entity: usize, at: Span, own: Option<&Attribution>) -> bool {
        self.since(at, own).any(|(e, span)| e == entity && self.is_subject(span))
    }

    /// Somebody else who has become the topic since the last one spoke: the subject of a sentence.
    pub(super) fn newcomer(
        &self,
        at: Span,
        own: Option<&Attribution>,
        human: bool,
    ) -> Option<usize> {
        let last = self.seen.last().map(|s| s.name.as_str());
        let pronoun = at.of(self.language.text).to_lowercase();
        self.since(at, own)
            .filter(|(_, span)| self.is_subject(*span))
            .map(|(e, _)| e)
            .filter(|e| {
                let one = &self.language.entities[*e];
                let fits = if human { self.is_somebody(*e) } else { one.kind != NameKind::Person };
                let female = pronoun.starts_with('s');
                let agrees = !human || one.gender.is_none_or(|g| (g == Gender::Female) == female);
                fits && agrees && Some(one.name.as_str()) != last
            })
            .last()
    }

    /// Whether a name is what its noun phrase hangs on, and not a part of it ("an adviser to
    /// President Berg").
    pub(super) fn heads(&self, name: &Range<usize>, phrase: &Range<usize>) -> bool {
        let tokens = &self.language.tokens;
        let mut at = name.start;
        for _ in 0..phrase.len() {
            let Some(head) = tokens[at].head.filter(|h| phrase.contains(h)) else { return true };
            let relation = tokens[at].deprel;
            // "a senior Velian official": a name before the noun describes it.
            let before = ["compound", "nmod:desc"].iter().any(|r| relation.starts_with(r))
                && head < name.end;
            let same = name.contains(&at) && name.contains(&head)
                || ["appos", "flat"].iter().any(|r| relation.starts_with(r))
                || before
                || relation == "dep";
            if !same {
                // A name that ends the phrase after another name, or after "of intelligence", is its
                // bearer's all the same: "President of the Norby Union Ann Berg".
                let form = |t: usize| self.language.form(t);
                let ends = name.end == phrase.end && name.start > phrase.start;
                let after_name = || {
                    let names = self.names_in(&(phrase.start..name.start));
                    names.iter().any(|(other, _, _)| other.end + 1 >= name.start)
                };
                let after_noun = || {
                    let before = form(name.start - 1);
                    // "the wife of president Berg" is not Berg.
                    before.starts_with(char::is_lowercase)
                        && NOUNS.sort(before) != Some(Noun::Person)
                        && !NOUNS.is(Place::Behind, before)
                        && (phrase.start..name.start).all(|t| {
                            matches!(form(t), "of" | "&") || !NOUNS.is(Place::Behind, form(t))
                        })
                };
                return ends && (after_name() || after_noun());
            }
            at = head;
        }
        true
    }

    /// Somebody without a name who has become the topic since the last one spoke ("The governor spoke
    /// on television.").
    pub(super) fn unnamed_newcomer(
        &self,
        at: Span,
        own: Option<&Attribution>,
    ) -> Option<Range<usize>> {
        let tokens = &self.language.tokens;
        let from = tokens.partition_point(|t| t.span.start < self.spoke);
        let to = tokens.partition_point(|t| t.span.start < at.start).max(from);
        let noun = (from..to).rev().take(LONGEST_SINCE).find(|t| {
            let token = &tokens[*t];
            token.deprel.starts_with("nsubj")
                && token.upos == sayso_language::Upos::Noun
                && NOUNS.sort(&self.language.form(*t).to_lowercase()) == Some(Noun::Person)
                && !self.is_said(token.span.start, own)
        })?;
        let mut start = noun;
        while start > from
            && tokens[start - 1].sentence == tokens[noun].sentence
            && tokens[start - 1].head == Some(noun)
        {
            start -= 1;
        }
        let named = self.names_in(&(start..(noun + 3).min(tokens.len())));
        (named.is_empty() && start < noun).then_some(start..noun + 1)
    }

    /// The one person whom the article puts in the body of a phrase: "the Harbour Council
    /// representative" for Ida Berg, coordinator at the Harbour Council.
    pub(super) fn member(&self, head: &Range<usize>, core: &Range<usize>) -> Option<Speaker> {
        let (_, _, span) =
            self.names_in(core).into_iter().find(|(_, kind, _)| *kind == NameKind::Organization)?;
        let body = span.of(self.language.text).to_lowercase();
        let start = self.language.span_of(head.clone()).start;
        let mut members = self.language.entities.iter().enumerate().filter(|(i, e)| {
            e.kind == NameKind::Person
                && self.shows[*i].times > 0
                && self.shows[*i].first < start
                && e.roles.iter().any(|role| role.to_lowercase().contains(&body))
        });
        let one = members.next()?.0;
        members.next().is_none().then(|| self.entity(one))?
    }

    /// What a comma adds to a phrase that is not itself the holder: "Tarnland, the minister" at the
    /// end of a passive, "An activist group, the Union of Miners".
    pub(super) fn added(&self, head: &Range<usize>, tokens: &Range<usize>) -> Option<Range<usize>> {
        let language = self.language;
        let start = head.end + 1;
        if start >= tokens.end || language.form(head.end) != "," {
            return None;
        }
        let added = self.head(&(start..tokens.end));
        let article =
            matches!(language.form(start), "the" | "a" | "an" | "its" | "his" | "her" | "their");
        let last = language.form(added.end - 1).to_lowercase();
        let names = self.names_in(head);
        let whole = names.iter().any(|(n, kind, _)| {
            *kind != NameKind::Person && n.end == head.end && n.start <= head.start + 1
        });
        // "…, the minister said": the name before the comma ends another phrase.
        let ended = head.start.checked_sub(1).is_some_and(|t| {
            NOUNS.is(Place::Behind, language.form(t)) || language.tokens[t].deprel == "case"
        });
        if whole && article && ended && NOUNS.sort(&last) == Some(Noun::Person) {
            return Some(start..added.end);
        }
        // "An activist group, the Union of Miners": the name of what the phrase describes.
        let indefinite = matches!(language.form(head.start).to_lowercase().as_str(), "a" | "an");
        let named = self
            .names_in(&added)
            .iter()
            .any(|(n, kind, _)| *kind == NameKind::Organization && n.start <= start + 1);
        (names.is_empty() && (indefinite || NOUNS.is_firm(&self.last_word(head))) && named)
            .then_some(start..added.end)
    }

    fn last_word(&self, tokens: &Range<usize>) -> String {
        tokens.clone().next_back().map_or(String::new(), |t| self.language.form(t).to_lowercase())
    }

    /// The one person whom the article gives the role of a phrase ("the foreign minister").
    pub(super) fn bearer(&self, head: &Range<usize>, noun: &str) -> Option<Speaker> {
        let words: Vec<String> = head
            .clone()
            .skip(1)
            .map(|t| self.language.form(t).to_lowercase())
            .take_while(|w| !NOUNS.is(Place::Core, w))
            .filter(|w| w.chars().all(char::is_alphanumeric))
            .collect();
        let bears = |entity: &usize| {
            let one = &self.language.entities[*entity];
            one.roles.iter().chain(&one.title).any(|role| {
                let role = role.to_lowercase();
                let own: Vec<&str> = role.split(|c: char| !c.is_alphanumeric()).collect();
                role_noun(&own) == Some(noun) && words.iter().all(|w| own.contains(&w.as_str()))
            })
        };
        let start = self.language.span_of(head.clone()).start;
        let mut bearers = self.bearers.get(noun)?.iter().copied().filter(bears);
        let one = bearers.next()?;
        let before = self.shows[one].times > 0 && self.shows[one].first < start;
        (bearers.next().is_none() && before).then(|| self.entity(one))?
    }

    /// The one person who is named further on with the role by which the head of the article calls somebody:
    /// "A ministry spokeswoman said …" above "Ann Berg, the ministry's spokeswoman".
    pub(super) fn named_later(&self, head: &Range<usize>, noun: &str) -> Option<Speaker> {
        let language = self.language;
        let first = language.tokens.get(head.start)?.sentence;
        if first >= HEAD_SENTENCES {
            return None;
        }
        let [one] = self.bearers.get(noun)?.as_slice() else { return None };
        let entity = language.entities.get(*one)?;
        let roles: Vec<String> =
            entity.roles.iter().chain(&entity.title).map(|r| r.to_lowercase()).collect();
        let told = |word: &str| roles.iter().any(|role| role.contains(word));
        let mut shared = false;
        let fits = head.clone().all(|t| {
            let form = language.form(t);
            let word = form.to_lowercase();
            let open = word == noun
                || !word.starts_with(char::is_alphabetic)
                || NOUNS.is_nameless(&word)
                || NOUNS.is_epithet(&word)
                || NOUNS.is(Place::Core, &word)
                || NOUNS.is(Place::Genitive, &word);
            let known = !open && told(&word);
            shared |= known;
            // Whose country it is may be said only once.
            open || known || self.is_place_name(t)
        });
        let later = self.shows[*one].times > 0
            && self.shows[*one].first > language.span_of(head.clone()).start;
        (fits && later && (shared || head.len() <= 4)).then(|| self.entity(*one))?
    }

    fn is_place_name(&self, token: usize) -> bool {
        let span = self.language.tokens[token].span;
        let names = &self.language.names;
        let at = names.partition_point(|n| n.span.end <= span.start);
        names.get(at).is_some_and(|n| n.span.contains(span) && n.kind == NameKind::Place)
    }

    /// Whom the language layer takes a role for, where nothing in the phrase speaks against it.
    pub(super) fn recalled(&self, head: &Range<usize>, noun: &str) -> Option<Speaker> {
        let span = self.language.span_of(head.clone());
        let mentions = &self.language.mentions;
        let at = mentions.partition_point(|m| m.span.start < span.start);
        let role = mentions[at..]
            .iter()
            .take_while(|m| m.span.start <= span.start + 4)
            .find(|m| m.kind == MentionKind::Role && span.contains(m.span))?;
        let roles = &self.language.entities[role.entity].roles;
        let other = |t: usize| {
            let word = self.language.form(t).to_lowercase();
            let known = roles.iter().any(|r| r.to_lowercase().contains(&word));
            word != noun && !known && !NOUNS.is_nameless(&word)
        };
        let free = head.clone().take_while(|t| !NOUNS.is(Place::Core, self.language.form(*t)));
        (!free.into_iter().any(other)).then(|| self.entity(role.entity))?
    }

    /// Whom a description stands for that names neither a role nor a body: "the Portuguese", "the
    /// company", "the banking giant".
    pub(super) fn described(
        &self,
        head: &Range<usize>,
        core: &Range<usize>,
        noun: &str,
        own: Option<&Attribution>,
    ) -> Option<Speaker> {
        let language = self.language;
        let whole = self
            .names_in(head)
            .iter()
            .any(|(n, kind, _)| *kind == NameKind::Organization && n.end >= core.end);
        if whole || head.end != core.end {
            return None;
        }
        if NOUNS.is_firm(noun) {
            return self.firm(head, own);
        }
        // "the Portuguese", "the England star": no name of a body.
        let capital = |t: usize| language.form(t).starts_with(char::is_uppercase);
        let title = head.len() > 2
            && (capital(core.end - 1)
                || core.clone().any(|t| NOUNS.is(Place::Genitive, language.form(t))));
        if NOUNS.sort(noun).is_some() || title {
            return None;
        }
        // Only people are quoted at length; "the Portuguese said" of a text that names one of them.
        let direct = own.is_some_and(|a| a.speech != Speech::Indirect);
        let several = noun.ends_with('s') && !noun.ends_with("ss");
        if !direct || several {
            return None;
        }
        let at = self.language.span_of(head.clone());
        if let Some(entity) = self.newcomer(at, own, true) {
            return self.entity(entity);
        }
        let last = self.seen.last().filter(|s| s.kind == SpeakerKind::Person);
        if let Some(last) = last.filter(|_| self.is_near(at, own)) {
            return Some(last.clone());
        }
        let mentions = &self.language.mentions;
        let to = mentions.partition_point(|m| m.span.start < at.start);
        let somebody = |m: &&sayso_language::Mention| {
            !self.is_said(m.span.start, own) && self.is_somebody(m.entity)
        };
        let near = mentions[..to].iter().rev().take(12).find(somebody)?;
        self.entity(near.entity)
    }

    /// The body that a text calls "the company": the last one that spoke, else the first that the
    /// article names often.
    fn firm(&self, head: &Range<usize>, own: Option<&Attribution>) -> Option<Speaker> {
        let at = self.language.span_of(head.clone());
        let start = at.start;
        // "Norby-based" is one word.
        let words = at.of(self.language.text).split_whitespace().count();
        if words > LONGEST_FIRM {
            return None;
        }
        let noun = self.last_word(head);
        // A ministry is no company.
        let office = |name: &str| {
            let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
            NOUNS.sort(&last) == Some(Noun::Body) && last != noun
        };
        // A firm's name that is taken for a person's, where nothing shows a person.
        let strange = |s: &Speaker| {
            s.kind == SpeakerKind::Person
                && !s.name.contains(' ')
                && s.role.is_none()
                && self.named.get(&s.name).is_some_and(|e| {
                    let one = &self.language.entities[*e];
                    one.gender.is_none() && one.title.is_none() && one.roles.is_empty()
                })
        };
        let spoke = self.seen.iter().rev().take(FARTHEST).find(|s| {
            (s.kind == SpeakerKind::Organization || strange(s))
                && NOUNS.outlet(&s.name).is_none()
                && s.name.starts_with(char::is_uppercase)
                && !office(&s.name)
        });
        // "the banking giant" is a new one unless the last one has just spoken.
        if let Some(speaker) = spoke.filter(|_| words == 2 || self.is_near(at, own)) {
            return Some(speaker.clone());
        }
        if words > LONGEST_FIRM - 1 {
            return None;
        }
        let mentions = &self.language.mentions;
        let to = mentions.partition_point(|m| m.span.start < start);
        let mut counts: Vec<(u32, usize)> = Vec::new();
        for m in &mentions[..to] {
            let one = &self.language.entities[m.entity];
            let body = one.kind == NameKind::Organization
                && NOUNS.outlet(&one.name).is_none()
                && !office(&one.name);
            if !body || matches!(m.kind, MentionKind::Pronoun) {
                continue;
            }
            let room = counts.len() < MAX_BODIES;
            match counts.iter_mut().find(|(_, e)| *e == m.entity) {
                Some(count) => count.0 += 1,
                None if room => counts.push((1, m.entity)),
                None => {}
            }
        }
        let most = counts.iter().map(|c| c.0).max()?;
        let mut best = counts.iter().filter(|c| c.0 == most);
        let one = best.next()?;
        best.next().is_none().then(|| self.entity(one.1))?
    }

    /// Keeps who has made a paper: "said in a statement", "a report by the institute".
    pub(super) fn remember_papers(&mut self, speaker: &Speaker, attribution: &Attribution) {
        let named = matches!(
            speaker.kind,
            SpeakerKind::Person | SpeakerKind::Organization | SpeakerKind::Anonymous
        );
        let Some(cue) = attribution.cue.first() else { return };
        let Some(sentence) = self.language.sentence_at(cue.start) else { return };
        let last = speaker.name.rsplit(' ').next().unwrap_or_default();
        if !named || NOUNS.sort(last) == Some(Noun::Paper) {
            return;
        }
        for t in self.language.sentences[sentence].tokens.clone() {
            let token = &self.language.tokens[t];
            let said = attribution.content.iter().any(|c| c.contains(token.span));
            let word = token.lemma.to_lowercase();
            // Who speaks of a report has seldom written it; a body has.
            let own = speaker.kind != SpeakerKind::Person || NOUNS.is_utterance(&word);
            if !said && own && NOUNS.sort(&word) == Some(Noun::Paper) {
                self.papers.insert(word, speaker.clone());
            }
        }
        self.papers.insert(String::new(), speaker.clone());
    }

    /// Who made "the report" or "the statement" that the text has spoken of before.
    pub(super) fn known_paper(
        &self,
        head: &Range<usize>,
        noun: &str,
        definite: bool,
        own: Option<&Attribution>,
    ) -> Option<Speaker> {
        if !definite || head.len() != 2 {
            return None;
        }
        let singular = noun.strip_suffix('s').unwrap_or(noun);
        if let Some(maker) = self.papers.get(singular).or_else(|| self.papers.get(noun)) {
            return Some(maker.clone());
        }
        // "The statement" right behind somebody's words is theirs.
        let at = self.language.span_of(head.clone());
        let last = self.papers.get("").filter(|_| NOUNS.is_utterance(singular));
        if let Some(last) = last.filter(|_| self.is_near(at, own)) {
            return Some(last.clone());
        }
        // "The report" is the last body's that spoke, if one has.
        let body = |s: &&Speaker| {
            s.kind == SpeakerKind::Organization
                && s.name.starts_with(char::is_uppercase)
                && NOUNS.outlet(&s.name).is_none()
        };
        self.seen.iter().rev().take(NEAR_SPEAKERS).find(body).cloned()
    }

    /// Who made "a statement" of which nobody is named: the body whose deed it tells.
    pub(super) fn told_of_itself(&self, own: Option<&Attribution>) -> Option<Speaker> {
        let content = own?.content.first()?;
        let names = &self.language.names;
        let at = names.partition_point(|n| n.span.start < content.start);
        let subject = names[at..]
            .iter()
            .take_while(|n| n.span.end <= content.end)
            .find(|n| self.is_subject(n.span))?;
        let entity = self.entity_of(subject.span)?;
        (self.language.entities[entity].kind == NameKind::Organization)
            .then(|| self.entity(entity))?
    }

    /// Who made a paper, where no name stands right behind it: "a report by analysts Lowe & Brandt",
    /// "a statement by the harbour office".
    pub(super) fn maker(&self, head: &Range<usize>, core: &Range<usize>) -> Option<Speaker> {
        let language = self.language;
        let by = (core.start + 1..head.end).find(|t| matches!(language.form(*t), "by" | "from"))?;
        let mut start = by + 1;
        while start + 1 < head.end && NOUNS.is_nameless(&language.form(start).to_lowercase()) {
            start += 1;
        }
        if start >= head.end {
            return None;
        }
        let names = self.names_in(&(start..head.end));
        if let Some((tokens, _, span)) = names.first()
            && tokens.end == head.end
            && language.form(tokens.start.saturating_sub(1)) != "of"
            && let Some(speaker) = self.entity_of(*span).and_then(|e| self.entity(e))
        {
            return Some(speaker);
        }
        let rest = start..head.end;
        let core = self.core(&rest);
        let noun = language.form(core.end - 1).to_lowercase();
        match NOUNS.sort(&noun) {
            Some(Noun::Person) => Some(self.role(&rest, &core, &noun, false)),
            Some(Noun::People) => Some(self.people(&core, &noun, false)),
            Some(Noun::Paper) => None,
            _ => Some(self.body(&rest, &core, &noun)),
        }
    }
}
