//! Who holds a statement: from the words of a source to a speaker.
//!
//! The sources of an article are read together and in order, because a source may point back: "he"
//! and "the minister" to a name, "the representative" to "an unnamed NATO representative", "I" to
//! whoever is being quoted. An anonymous speaker is never linked to a named person.

mod nouns;

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_language::{Language, MentionKind, NameKind};
use sayso_model::{Span, Speaker, SpeakerKind};

use crate::Attribution;
pub(crate) use nouns::NOUNS;
pub(crate) use nouns::{Noun, Place, Pronoun};

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
            cast.enter(speaker);
        }
        out.push(speaker);
    }
    out
}

/// How often words stand for the speaker that they are linked to: shares of right links among 470
/// statements of the training gold, by how the words name them.
const NAMED_IN_FULL: f64 = 1.0;
/// "Berg" for Karin Berg (63 of 65 right).
const NAMED_IN_PART: f64 = 0.97;
/// "the minister" for Karin Berg (17 of 18 right).
const DESCRIBED: f64 = 0.94;
/// "he", "they" (77 of 97 right).
const BY_PRONOUN: f64 = 0.79;

/// How sure it is that a mention, in lower case, stands for the speaker of a name.
fn link_confidence(name: &str, mention: &str) -> f64 {
    let name = name.to_lowercase();
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    };
    if mention.contains(&name) {
        NAMED_IN_FULL
    } else if NOUNS.pronoun(mention).is_some() {
        BY_PRONOUN
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
    /// The first person who bears a role, by each word of the role.
    bearers: BTreeMap<String, usize>,
    /// Entities by their names.
    named: BTreeMap<String, usize>,
    /// The one person of a surname; none when several share it.
    surnames: BTreeMap<String, Option<usize>>,
    /// The role of a speaker, by id, where the words gave one.
    roles: BTreeMap<String, String>,
    /// The end of the first line, where a headline may speak of the article's own source.
    first_line: u32,
}

impl<'a> Cast<'a> {
    fn new(language: &'a Language<'a>, article: &'a str) -> Self {
        let mut bearers = BTreeMap::new();
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
            for role in &entity.roles {
                let role = role.to_lowercase();
                for word in role.split(|c: char| !c.is_alphanumeric()) {
                    bearers.entry(word.to_owned()).or_insert(i);
                }
            }
        }
        Cast {
            language,
            article,
            seen: Vec::new(),
            persons: BTreeMap::new(),
            turns: 0,
            initials: BTreeMap::new(),
            bearers,
            named,
            surnames,
            roles: BTreeMap::new(),
            first_line: language.paragraphs.first().map_or(0, |p| p.end),
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
    fn enter(&mut self, speaker: &Speaker) {
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
            Some(pronoun) => self.pronoun(pronoun, &lower, &head)?,
            None => self.noun_phrase(&head, &tokens)?,
        };
        speaker.confidence = Some(link_confidence(&speaker.name, &lower));
        speaker.mention = mention;
        Some(speaker)
    }

    /// The tokens of a source before its first comma, bracket or relative clause.
    fn head(&self, tokens: &Range<usize>) -> Range<usize> {
        let stop = tokens.clone().skip(1).find(|t| NOUNS.is(Place::Head, self.language.form(*t)));
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
        let kind = match entity.kind {
            NameKind::Person => SpeakerKind::Person,
            NameKind::Group => SpeakerKind::Group,
            _ => SpeakerKind::Organization,
        };
        Some(self.make(entity.name.clone(), kind, entity.roles.first().cloned()))
    }

    fn pronoun(&self, sort: Pronoun, lower: &str, head: &Range<usize>) -> Option<Speaker> {
        let span = self.language.span_of(head.clone());
        let human = sort == Pronoun::Human;
        // Whoever spoke in the sentence before goes on speaking.
        if human && let Some(speaker) = self.previous(span) {
            return Some(speaker);
        }
        if let Some(entity) = self.entity_of(span) {
            return self.entity(entity);
        }
        if sort == Pronoun::Relative {
            // The noun phrase right before the relative pronoun.
            let mut end = head.start;
            while end > 0 && self.language.form(end - 1) == "," {
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
            return self.noun_phrase(&(from..end), &(from..end));
        }
        self.seen
            .iter()
            .rev()
            .take(FARTHEST)
            .find(|speaker| match speaker.kind {
                SpeakerKind::Person | SpeakerKind::Anonymous => human,
                SpeakerKind::Group => lower.starts_with("the"),
                SpeakerKind::Organization => !human,
                SpeakerKind::Author => false,
            })
            .cloned()
    }

    /// The person who spoke in the sentence before the one that begins with this pronoun, when the
    /// pronoun fits.
    fn previous(&self, pronoun: Span) -> Option<Speaker> {
        let language = self.language;
        let sentence = language.sentence_at(pronoun.start)?;
        let opens = language.sentences[sentence].span.start == pronoun.start;
        let speaker = self.seen.last().filter(|s| s.kind == SpeakerKind::Person)?;
        let spoke = speaker.mention.as_ref()?.byte_start;
        let adjacent = language.sentence_at(spoke).is_some_and(|s| s + 1 == sentence);
        let gender = language.entities.get(*self.named.get(&speaker.name)?)?.gender;
        let female = pronoun.of(language.text).to_lowercase().starts_with('s');
        let fits = gender.is_none_or(|g| (g == sayso_language::Gender::Female) == female);
        (opens && adjacent && fits).then(|| speaker.clone())
    }

    fn noun_phrase(&self, head: &Range<usize>, tokens: &Range<usize>) -> Option<Speaker> {
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
            inside.or_else(|| self.added_behind(tokens))
        });
        if let Some(entity) = named {
            let mut speaker = self.entity(entity)?;
            if apposed && speaker.role.is_none() {
                speaker.role = Some(self.words(&self.phrase(head)));
            }
            return Some(speaker);
        }
        let words: Vec<String> =
            head.clone().map(|t| self.language.form(t).to_lowercase()).collect();
        let definite = words.first().is_some_and(|w| w == "the");
        // "the general": a role noun that the language layer has linked.
        let span = self.language.span_of(head.clone());
        if definite {
            let mentions = &self.language.mentions;
            let at = mentions.partition_point(|m| m.span.start < span.start);
            let role = mentions[at..]
                .iter()
                .take_while(|m| m.span.start <= span.start + 4)
                .find(|m| m.kind == MentionKind::Role && span.contains(m.span));
            if let Some(speaker) = role.and_then(|m| self.entity(m.entity)) {
                return Some(speaker);
            }
        }
        let phrase = self.phrase(head);
        let core = self.core(&phrase);
        let last = words.get(core.end.saturating_sub(head.start).checked_sub(1)?)?;
        // "ex-head", "vice-president"
        let noun = last.rsplit('-').next().unwrap_or(last).to_owned();
        let sort = nouns::NOUNS.sort(&noun);
        match sort {
            Some(Noun::Person) => Some(self.nameless_person(head, &core, &noun, definite)),
            Some(Noun::People) if words.first().is_some_and(|w| w == "one") => {
                Some(self.make(self.words(&core), SpeakerKind::Anonymous, None))
            }
            Some(Noun::People) => Some(self.people(&core, &noun, definite)),
            Some(Noun::Paper) => {
                // "its report": the report's maker.
                let owner = words.first().and_then(|w| Some((w, NOUNS.pronoun(w)?)));
                let owner = owner.filter(|(_, sort)| *sort != Pronoun::Relative && words.len() > 1);
                owner
                    .and_then(|(w, sort)| self.pronoun(sort, w, &(head.start..head.start + 1)))
                    .or_else(|| Some(self.paper(head, &core)))
            }
            Some(Noun::Body) if definite && NOUNS.is(Place::Outlet, &noun) && head.len() == 2 => {
                let outlets = self.seen.iter().rev().take(FARTHEST);
                let last = outlets.into_iter().find(|s| NOUNS.outlet(&s.name).is_some());
                last.cloned().or_else(|| Some(self.body(head, &core, &noun)))
            }
            _ => Some(self.body(head, &core, &noun)),
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
            let behind = tokens.start > head.start
                && NOUNS.is(Place::Behind, self.language.form(tokens.start - 1));
            if !owned && !behind {
                return entity;
            }
        }
        None
    }

    /// The noun phrase before its first "of", "for", "in" … and without leading nameless words.
    fn phrase(&self, head: &Range<usize>) -> Range<usize> {
        let mut start = head.start;
        // "one of the officials"
        while start + 1 < head.end
            && (nouns::NOUNS.is_nameless(&self.language.form(start).to_lowercase())
                || start == head.start + 1 && self.language.form(start) == "of")
        {
            start += 1;
        }
        start..head.end
    }

    fn core(&self, phrase: &Range<usize>) -> Range<usize> {
        let names = self.names_in(phrase);
        let stop = phrase.clone().skip(1).find(|t| {
            NOUNS.is(Place::Core, self.language.form(*t))
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

    fn nameless_person(
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
        if definite {
            // An earlier unnamed bearer of the same noun, then a person with such a role.
            let same = |s: &&Speaker| {
                s.kind == SpeakerKind::Anonymous
                    && s.name.to_lowercase().rsplit(' ').next() == Some(noun)
            };
            if let Some(earlier) = self.seen.iter().rev().take(FARTHEST).find(same) {
                return earlier.clone();
            }
            if let Some(cited) = self.introduced(head.start, noun) {
                return self.make(cited, SpeakerKind::Anonymous, None);
            }
            if let Some(speaker) = self.bearers.get(noun).and_then(|e| self.entity(*e)) {
                return speaker;
            }
            // "the expert" and no more: the person who has done most of the speaking so far.
            if core.len() == 1
                && head.len() <= 2
                && let Some(main) = self.main_person()
            {
                return main;
            }
        }
        self.make(name, SpeakerKind::Anonymous, None)
    }

    /// "an unnamed NATO representative" somewhere before token `before`: its words, for a later
    /// "the representative".
    fn introduced(&self, before: usize, noun: &str) -> Option<String> {
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
        let mut start = at;
        while start > low
            && at - start < 6
            && !nouns::NOUNS.is_nameless(&self.language.form(start - 1).to_lowercase())
        {
            start -= 1;
        }
        Some(self.words(&(start..at + 1)))
    }

    fn people(&self, core: &Range<usize>, noun: &str, definite: bool) -> Speaker {
        // "the institute's experts" speak for the institute when it is named with them.
        if definite && nouns::NOUNS.is_member(noun) {
            if let Some(full) = core.clone().find_map(|t| self.acronym(self.language.form(t))) {
                return full;
            }
            let body = self
                .names_in(core)
                .into_iter()
                .find(|(_, kind, _)| *kind == NameKind::Organization);
            if let Some(speaker) =
                body.and_then(|(_, _, span)| self.entity_of(span)).and_then(|e| self.entity(e))
            {
                return speaker;
            }
        }
        self.make(self.words(core), SpeakerKind::Group, None)
    }

    /// "a report from Newsweek", "the bank's report", "NATO intelligence reports": who made it.
    fn paper(&self, head: &Range<usize>, core: &Range<usize>) -> Speaker {
        let names = self.names_in(head);
        let after = names.iter().find(|(tokens, _, _)| {
            tokens.start > core.start
                && matches!(self.language.form(tokens.start - 1), "from" | "by" | "of" | "the")
                && tokens.start >= core.end
        });
        if let Some((tokens, _, span)) = after {
            // "Brandt & Lowe"
            let mut tokens = tokens.clone();
            while tokens.end + 1 < head.end && self.language.form(tokens.end) == "&" {
                tokens.end += 2;
            }
            if tokens.end > self.language.tokens_in(*span).end {
                return self.make(self.words(&tokens), SpeakerKind::Organization, None);
            }
            if let Some(speaker) = self.entity_of(*span).and_then(|e| self.entity(e)) {
                return speaker;
            }
            return self.make(self.words(&tokens), SpeakerKind::Organization, None);
        }
        let mut end = core.end;
        while end > core.start + 1
            && nouns::NOUNS.sort(&self.language.form(end - 1).to_lowercase()) == Some(Noun::Paper)
        {
            end -= 1;
        }
        if end == core.start + 1 && core.len() == 1 {
            return self.make(self.words(core), SpeakerKind::Organization, None);
        }
        while end > core.start + 1 && matches!(self.language.form(end - 1), "'s" | "’s" | "'" | "’")
        {
            end -= 1;
        }
        let rest = core.start..end;
        let last = self.language.form(end - 1).to_lowercase();
        if names.iter().any(|(n, _, _)| n.start >= rest.start && n.end <= rest.end)
            || nouns::NOUNS.sort(&last).is_some()
        {
            return self.body(&rest, &rest, &last);
        }
        self.make(self.words(core), SpeakerKind::Organization, None)
    }

    /// The organization whose capital letters these are and that the article has named in full.
    fn acronym(&self, text: &str) -> Option<Speaker> {
        let short = (2..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
        if !short {
            return None;
        }
        self.seen.get(*self.initials.get(text)?).cloned()
    }

    fn body(&self, head: &Range<usize>, core: &Range<usize>, noun: &str) -> Speaker {
        let names = self.names_in(head);
        let text = self.words(&(core.start..head.end));
        if let Some(full) = self.acronym(&self.words(core)) {
            return full;
        }
        // The whole phrase is one name ("Kyiv", "the Institute for X").
        if let Some((_, _, span)) =
            names.iter().find(|(n, _, _)| n.start <= core.start && n.end >= head.end)
            && let Some(speaker) = self.entity_of(*span).and_then(|e| self.entity(e))
        {
            return speaker;
        }
        let plural = noun.ends_with('s')
            && !noun.ends_with("ss")
            && !names.iter().any(|(n, _, _)| n.end == core.end)
            && nouns::NOUNS.sort(noun).is_none();
        let kind = if plural { SpeakerKind::Group } else { SpeakerKind::Organization };
        // A body keeps what it is the body of: "the ministry of health".
        let name = if kind == SpeakerKind::Organization && head.len() <= 9 {
            text
        } else {
            self.words(core)
        };
        self.make(name, kind, None)
    }
}
