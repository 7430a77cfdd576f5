//! Who does it and to whom, read from the words around a trigger.

use std::ops::Range;

use sayso_language::{MentionKind, NameKind, Upos};
use sayso_model::{Entity, Extent, Span};

use super::referred;
use crate::{
    Attribution, Context,
    ground::{FORCES, country_of_ian, nation_at},
    passage::Passage,
    tables::{DefaultActor, Form, Role, TargetKind, Trigger},
    words::WordKind,
};

/// Words of a verb group besides verbs of control and adverbs.
const GROUP: [&str; 34] = [
    "to",
    "not",
    "will",
    "would",
    "may",
    "might",
    "could",
    "can",
    "should",
    "must",
    "shall",
    "'ll",
    "'d",
    "n't",
    "won't",
    "wouldn't",
    "cannot",
    "can't",
    "soon",
    "also",
    "still",
    "even",
    "now",
    "again",
    "already",
    "never",
    "indeed",
    "then",
    "no",
    "intention",
    "of",
    "plans",
    "in",
    "yet",
];
/// Words at which a noun phrase ends.
const BREAKS: [&str; 44] = [
    "in", "on", "at", "by", "from", "with", "for", "to", "as", "after", "before", "during",
    "within", "until", "and", "or", "but", "that", "which", "who", "where", "when", "if", "unless",
    "because", "while", "will", "would", "may", "might", "could", "can", "should", "is", "are",
    "was", "were", "has", "have", "had", "than", "despite", "amid", "without",
];
/// Nouns that refer back to a place.
/// Words that end a noun phrase and belong to the verb: "tomorrow", "still".
const LOOSE: [&str; 22] = [
    "today",
    "tomorrow",
    "tonight",
    "yesterday",
    "next",
    "last",
    "still",
    "again",
    "soon",
    "too",
    "out",
    "up",
    "off",
    "down",
    "away",
    "back",
    "anything",
    "anyone",
    "nothing",
    "something",
    "everything",
    "so",
];
/// Words that begin a sentence with a capital and are no names.
const FUNCTION: [&str; 50] = [
    "will", "would", "could", "may", "might", "can", "should", "must", "does", "did", "is", "are",
    "has", "have", "perhaps", "maybe", "now", "then", "however", "today", "so", "still", "soon",
    "yet", "the", "a", "an", "in", "on", "at", "by", "under", "over", "after", "before", "for",
    "from", "with", "if", "but", "and", "this", "that", "these", "those", "there", "when", "while",
    "as", "our",
];
/// Marks that stand inside a phrase without ending it.
const TRANSPARENT: [&str; 10] = ["\"", "“", "”", "‘", "’", "'", "«", "»", "[", "]"];

/// A trigger with its surroundings.
#[derive(Debug, Clone)]
pub(super) struct Frame<'c, 'a> {
    pub(super) context: &'c Context<'a>,
    attribution: &'c Attribution,
    pub(super) passage: &'c Passage<'a>,
    pub(super) words: Range<usize>,
    form: Form,
    passive: bool,
}

impl<'c, 'a> Frame<'c, 'a> {
    pub(super) fn new(
        context: &'c Context<'a>,
        attribution: &'c Attribution,
        passage: &'c Passage<'a>,
        words: Range<usize>,
        form: Form,
    ) -> Self {
        let mut frame = Self { context, attribution, passage, words, form, passive: false };
        frame.passive = frame.is_passive();
        frame
    }

    fn is_passive(&self) -> bool {
        if !matches!(self.form, Form::Past | Form::Participle | Form::Base) {
            return false;
        }
        let be =
            ["be", "been", "being", "is", "are", "was", "were", "get", "gets", "got", "'s", "'re"];
        let clause = self.passage.clause_at(self.words.start);
        let mut at = self.words.start;
        while at > clause.start {
            at -= 1;
            let word = self.passage.lower(at);
            if be.contains(&word) {
                return true;
            }
            // "was likely to fall" is no passive: "to" and modals stand between.
            if !word.ends_with("ly") && !["not", "also", "already", "never", "yet"].contains(&word)
            {
                break;
            }
        }
        self.form != Form::Base && self.passage.lower(self.words.end) == "by"
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.passage.lower(at)
    }

    fn is_transparent(&self, at: usize) -> bool {
        TRANSPARENT.contains(&self.lower(at))
    }

    fn is_mark(&self, at: usize) -> bool {
        self.passage.words.get(at).is_none_or(|w| w.is_mark()) && !self.is_transparent(at)
    }

    /// The noun phrase before the verb group.
    fn subject(&self) -> Option<Range<usize>> {
        if self.form == Form::Ing && !self.passive && !self.is_progressive() {
            return None;
        }
        let clause = self.passage.clause_at(self.words.start);
        let control = &self.context.tables.kinds.control;
        let mut end = self.words.start;
        while end > clause.start {
            let word = self.lower(end - 1);
            let group = GROUP.contains(&word)
                || control.contains(word)
                || (word.ends_with("ly") && word.len() > 4)
                || word == ","
                || self.is_transparent(end - 1);
            // "of" belongs to the group only in "no intention of".
            let of = word == "of"
                && !self.passage.has(end.saturating_sub(2)..end, &["intention", "hopes"]);
            if !group || of {
                break;
            }
            end -= 1;
        }
        let mut start = end;
        while start > clause.start {
            let word = self.lower(start - 1);
            let gerund = self.form != Form::Base && word == "of" && self.passive && start == end;
            if self.is_mark(start - 1) || word == "that" || gerund {
                break;
            }
            // "the prospect of Varne being captured"
            if word == "of" && self.passage.has(end..self.words.start, &["being"]) {
                break;
            }
            start -= 1;
        }
        // "Varne, a mining town in the hills, could …": the name stands before the apposition.
        if start < end
            && start > clause.start + 1
            && self.lower(start - 1) == ","
            && ["a", "an", "the", "which", "who"].contains(&self.lower(start))
        {
            let comma = start - 1;
            let named = (clause.start..comma).rev().take_while(|i| !self.is_mark(*i)).last();
            if let Some(from) = named
                && self.passage.words.get(comma - 1).is_some_and(|w| w.capital)
            {
                return Some(from..comma);
            }
        }
        (start < end).then_some(start..end)
    }

    /// "is capturing", "continue capturing", and not "of capturing" or "Capturing".
    fn is_progressive(&self) -> bool {
        let clause = self.passage.clause_at(self.words.start);
        let before = (clause.start..self.words.start).rev().find(|i| {
            let word = self.lower(*i);
            !word.ends_with("ly") && !["not", "also", "still", "now", "already"].contains(&word)
        });
        before.is_some_and(|i| self.context.tables.kinds.control.contains(self.lower(i)))
    }

    /// The noun phrase that begins at a word.
    fn phrase(&self, from: usize) -> Option<Range<usize>> {
        let sentence = self.passage.sentence_at(from);
        let mut end = from;
        while end < sentence.end && end < from + 14 {
            let word = self.lower(end);
            let breaks = BREAKS.contains(&word) && end > from;
            if self.is_mark(end)
                || breaks
                || (end == from && BREAKS.contains(&word) && word != "that")
            {
                break;
            }
            end += 1;
        }
        (end > from).then_some(from..end)
    }

    /// The noun phrase after a preposition, within reach of the trigger.
    fn after(&self, preposition: &str) -> Option<Range<usize>> {
        let sentence = self.passage.sentence_at(self.words.start);
        let limit = (self.words.end + 9).min(sentence.end);
        let at = (self.words.end..limit)
            .take_while(|i| !self.is_mark(*i))
            .find(|i| self.lower(*i) == preposition)?;
        // The preposition of a later verb is not the trigger's.
        let crossed = self.passage.has(
            self.words.end..at,
            &["that", "which", "who", "if", "because", "will", "would", "may"],
        );
        (!crossed).then(|| self.phrase(at + 1))?
    }

    /// "Oskaria's planned …", "Oskarian …" before a noun.
    fn possessive(&self) -> Option<Range<usize>> {
        let clause = self.passage.clause_at(self.words.start);
        let start = self.words.start.saturating_sub(5).max(clause.start);
        let mut range = start..self.words.start;
        while range.start < range.end
            && (self.is_mark(range.start)
                || !self.passage.words.get(range.start).is_some_and(|w| w.capital))
        {
            range.start += 1;
        }
        (!range.is_empty()).then_some(range)
    }

    fn range(&self, role: &Role) -> Option<Range<usize>> {
        match (role, self.passive) {
            (Role::Subject, false) | (Role::Object, true) => self.subject(),
            (Role::Subject, true) => self.after("by"),
            (Role::Object, false) => self.phrase(self.words.end),
            (Role::Possessive, _) => {
                (self.form == Form::Noun || self.form == Form::Ing).then(|| self.possessive())?
            }
            (Role::After(preposition), _) => self.after(preposition),
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.passage.span(range)
    }

    pub(super) fn entity(&self, name: impl Into<String>, span: Span) -> Entity {
        Entity { name: name.into(), span: self.context.language.print(span) }
    }
}

/// The target of a trigger.
pub(super) fn target(frame: &Frame, trigger: &Trigger, kind: TargetKind) -> Option<Entity> {
    trigger.target.iter().find_map(|role| {
        let range = frame.range(role)?;
        match kind {
            TargetKind::Place => place(frame, range),
            TargetKind::Figure => figure(frame, range),
            TargetKind::Any => place(frame, range.clone())
                .or_else(|| party(frame, range.clone()))
                .or_else(|| noun(frame, range)),
        }
    })
}

/// The actor of a trigger.
pub(super) fn actor(frame: &Frame, trigger: &Trigger) -> Option<Entity> {
    trigger.actor.iter().find_map(|role| {
        let range = frame.range(role)?;
        let found = party(frame, range.clone());
        // A noun phrase without a name acts only where it stands as the subject, and not in "the
        // task is to hold".
        let copular = (range.end..frame.words.start.saturating_sub(1)).any(|i| {
            ["is", "was", "are", "were"].contains(&frame.lower(i)) && frame.lower(i + 1) == "to"
        });
        let acts = matches!(role, Role::Subject) && !copular && frame.form != Form::Noun;
        found.or_else(|| acts.then(|| noun(frame, range))?)
    })
}

/// The first place of a noun phrase that is not inside a phrase of its own ("prices in Lisk").
fn place(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let span = frame.span(range.clone());
    let inside = frame.context.ground.places_in(span);
    for place in inside {
        let at = range
            .clone()
            .find(|i| frame.passage.words.get(*i).is_some_and(|w| w.span.end > place.span.start))?;
        let before = (range.start..at).rev().find(|i| {
            !["the", "a", "whole", "entire", "besieged", "embattled"].contains(&frame.lower(*i))
        });
        let nested = before.is_some_and(|i| {
            ["in", "near", "at", "from", "around", "with", "for", "on", "into"]
                .contains(&frame.lower(i))
        });
        // "Oskaria's town of Varne", "Moscow's troops": the possessor is not the target.
        let owner =
            frame.passage.words.get(at + 1).is_some_and(|w| w.lower == "'s") && inside.len() > 1;
        let adjective =
            place.extent == Extent::Country && inside.iter().any(|p| p.extent != Extent::Country);
        if !nested && !owner && !adjective {
            return Some(frame.entity(place.name.clone(), place.span));
        }
    }
    unknown_place(frame, range.clone()).or_else(|| referred::referred(frame, range))
}

/// A name that nothing shows to be a place, where the trigger asks for one: "Varne will fall".
fn unknown_place(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let skip = |i: &usize| ["the", "a"].contains(&frame.lower(*i));
    let at = range.clone().find(|i| !skip(i))?;
    let word = frame.passage.words.get(at)?;
    let ground = frame.context.ground;
    if !word.capital || word.kind != WordKind::Letters || !ground.is_name(word) {
        return None;
    }
    if nation_at(&frame.passage.words, at, frame.context.tables).is_some()
        || ground.country_of_adjective(&word.lower).is_some()
        || frame.passage.has(at + 1..(at + 2).min(range.end), &["'s"])
    {
        return None;
    }
    let names = &frame.context.language.names;
    let next = names.partition_point(|n| n.span.end <= word.span.start);
    let name = names.get(next).filter(|n| n.span.overlaps(word.span));
    // What a single unknown name is, the language core can only guess; a person it knows better.
    if name.is_some_and(|n| n.span.len() > word.span.len()) || is_person(frame, word.span) {
        return None;
    }
    let end = (at..range.end)
        .take_while(|i| frame.passage.words.get(*i).is_some_and(|w| w.capital && !w.is_mark()))
        .last()?;
    // "Oskarian forces": a capital word before a common noun is an adjective.
    let common = frame
        .passage
        .words
        .get(end + 1)
        .filter(|_| end + 1 < range.end)
        .is_some_and(|w| w.kind == WordKind::Letters && !w.capital && w.lower != "and");
    let span = frame.span(at..end + 1);
    (!common).then(|| frame.entity(span.of(frame.context.language.text), span))
}

/// A person of whom the article says more than one word: a role, a longer name, he or she.
fn is_person(frame: &Frame, span: Span) -> bool {
    let language = frame.context.language;
    let next = language.mentions.partition_point(|m| m.span.end <= span.start);
    let found = language.mentions.get(next).filter(|m| m.span.overlaps(span));
    found.and_then(|m| language.entities.get(m.entity)).is_some_and(|e| {
        e.kind == NameKind::Person
            && (e.name.contains(' ') || e.gender.is_some() || !e.roles.is_empty())
    })
}

/// A noun phrase that names an economic figure.
fn figure(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let figures = &frame.context.tables.packs.figures;
    let at = range.clone().find(|i| figures.iter().any(|f| f == frame.lower(*i)))?;
    let start = (range.start..at)
        .rev()
        .take_while(|i| {
            let w = frame.passage.words.get(*i);
            w.is_some_and(|w| {
                w.kind == WordKind::Letters && !w.is_any(&["the", "that", "of", "its", "a", "'s"])
            })
        })
        .last()
        .unwrap_or(at);
    let span = frame.span(start..at + 1);
    Some(frame.entity(frame.lower(at).to_owned(), span))
}

/// A country for its people, seat and troops; else a name; else whom a pronoun stands for.
fn party(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let (context, words) = (frame.context, &frame.passage.words);
    let mut at = range.start;
    let mut nested = false;
    while at < range.end {
        let word = words.get(at)?;
        // A name after a preposition belongs to the noun before it, with all its words.
        let capital_run = at > range.start && words.get(at - 1).is_some_and(|w| w.capital);
        nested = (nested && capital_run)
            || at > range.start
                && ["in", "near", "at", "from", "around", "of", "on", "with"]
                    .contains(&frame.lower(at - 1));
        if let Some(found) =
            nation_at(words, at, context.tables).filter(|f| f.words.end <= range.end)
            && (!nested || frame.lower(at - 1) == "of")
        {
            let span = frame.span(found.words.clone());
            // "Ukrainian President Sedova" is Sedova; "Ukrainian forces" are Ukraine.
            let named = mention(frame, found.words.end..range.end, NameKind::Person);
            return Some(named.unwrap_or_else(|| frame.entity(found.name, span)));
        }
        if word.capital && word.kind == WordKind::Letters && !nested && !word.is_any(&FUNCTION) {
            if let Some(country) = context.ground.country_of_adjective(&word.lower) {
                return Some(frame.entity(country, word.span));
            }
            if let Some(country) = unknown_country(frame, at) {
                return Some(frame.entity(country, word.span));
            }
            // "an agreement by Friday" is nobody's.
            let calendar = crate::numeral::weekday(&word.lower).is_some()
                || crate::numeral::month(&word.lower).is_some();
            if let Some(found) = named(frame, at, range.end).filter(|_| !calendar) {
                return Some(found);
            }
        }
        if word.is_any(&["we", "our", "us"]) {
            return own_side(frame).map(|name| frame.entity(name, word.span));
        }
        if let Some(found) = pronoun(frame, at) {
            return Some(found);
        }
        at += 1;
    }
    None
}

/// "Velanian troops" where the article never names Velania.
fn unknown_country(frame: &Frame, at: usize) -> Option<String> {
    let word = frame.passage.words.get(at)?;
    let forces = frame.passage.words.get(at + 1).is_some_and(|w| w.is_any(&FORCES));
    forces.then(|| country_of_ian(word.span.of(frame.context.language.text)))?
}

/// The entity of a mention in a range, when it is of a kind.
fn mention(frame: &Frame, range: Range<usize>, kind: NameKind) -> Option<Entity> {
    let language = frame.context.language;
    let span = frame.span(range);
    let at = language.mentions.partition_point(|m| m.span.start < span.start);
    let found = language.mentions.get(at).filter(|m| span.contains(m.span))?;
    let entity = language.entities.get(found.entity).filter(|e| e.kind == kind)?;
    Some(frame.entity(entity.name.clone(), found.span))
}

/// A name, with the fullest form that the article gives it.
fn named(frame: &Frame, at: usize, end: usize) -> Option<Entity> {
    let language = frame.context.language;
    let word = frame.passage.words.get(at)?;
    let next = language.mentions.partition_point(|m| m.span.end <= word.span.start);
    if let Some(found) = language.mentions.get(next).filter(|m| m.span.overlaps(word.span))
        && found.kind != MentionKind::Pronoun
        && let Some(entity) = language.entities.get(found.entity)
    {
        return Some(frame.entity(entity.name.clone(), found.span));
    }
    let starts = at
        .checked_sub(1)
        .and_then(|i| frame.passage.words.get(i))
        .is_none_or(|w| w.sentence != word.sentence);
    let capital = |i: usize| {
        i < end
            && frame.passage.words.get(i).is_some_and(|w| w.capital && w.kind == WordKind::Letters)
    };
    let mut last = at;
    loop {
        // "National Bank of Estmark"
        if capital(last + 1) {
            last += 1;
        } else if ["of", "for"].contains(&frame.lower(last + 1)) && capital(last + 2) && last > at {
            last += 2;
        } else {
            break;
        }
    }
    // A single capital word at the head of a sentence may be any word.
    if starts && last == at {
        let place = frame.context.ground.places_in(word.span).first()?;
        return Some(frame.entity(place.name.clone(), place.span));
    }
    let span = frame.span(at..last + 1);
    Some(frame.entity(span.of(language.text), span))
}

/// Whom a pronoun stands for, by the language core.
fn pronoun(frame: &Frame, at: usize) -> Option<Entity> {
    let word = frame.passage.words.get(at)?;
    if !word.is_any(&["he", "she", "they", "it", "i", "his", "her", "their", "its"]) {
        return None;
    }
    let language = frame.context.language;
    let next = language.mentions.partition_point(|m| m.span.end <= word.span.start);
    let found = language.mentions.get(next).filter(|m| m.span == word.span)?;
    let entity = language.entities.get(found.entity)?;
    Some(frame.entity(entity.name.clone(), word.span))
}

/// The side of the speaker who says "we": the country of the speaker's roles, else the speaker's
/// organization.
fn own_side(frame: &Frame) -> Option<String> {
    let (context, language) = (frame.context, frame.context.language);
    let source = frame.attribution.source.first()?;
    let of = |text: &str| {
        let words = crate::words::split(text, |_| 0);
        (0..words.len())
            .find_map(|i| nation_at(&words, i, context.tables).map(|n| n.name.to_owned()))
    };
    if let Some(name) = of(source.of(language.text)) {
        return Some(name);
    }
    let at = language.mentions.partition_point(|m| m.span.end <= source.start);
    let found = language.mentions.get(at).filter(|m| m.span.overlaps(*source))?;
    let entity = language.entities.get(found.entity)?;
    entity.roles.iter().find_map(|role| of(role)).or_else(|| {
        entity.roles.iter().find_map(|role| {
            role.split_whitespace()
                .find_map(|w| context.ground.country_of_adjective(&w.to_lowercase()))
        })
    })
}

/// Pronouns that name nobody.
const UNSAID: [&str; 12] = [
    "anyone",
    "anybody",
    "someone",
    "somebody",
    "everyone",
    "everybody",
    "nobody",
    "none",
    "anything",
    "something",
    "everything",
    "nothing",
];

/// A noun phrase without a name: "the central bank", "dockers".
fn noun(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let skip = [
        "the", "a", "an", "that", "this", "these", "any", "some", "its", "their", "his", "her",
        "there", "it", "they", "he", "she", "we", "i", "is", "no", "and", "such", "what", "who",
        "perhaps", "maybe",
    ];
    // "In the coming weeks the rebels might …": the last noun phrase that is no preposition's.
    let prepositions =
        ["in", "of", "at", "on", "for", "with", "from", "to", "by", "over", "within"];
    let last = range.clone().rev().find(|i| {
        *i > range.start
            && ["the", "a", "an"].contains(&frame.lower(*i))
            && !prepositions.contains(&frame.lower(i - 1))
    });
    let heads = prepositions.contains(&frame.lower(range.start));
    let range = last.filter(|_| heads).unwrap_or(range.start)..range.end;
    let start = range
        .clone()
        .find(|i| frame.passage.words.get(*i).is_some_and(|w| !w.is_any(&skip) && !w.is_mark()))?;
    let stop = |i: usize| {
        BREAKS.contains(&frame.lower(i))
            || LOOSE.contains(&frame.lower(i))
            || frame.is_mark(i)
            || frame.is_transparent(i)
            || frame.lower(i) == "of"
    };
    let end = (start..range.end).find(|i| stop(*i)).unwrap_or(range.end).min(start + 5);
    // "four of us", "anyone": nobody in particular.
    let numeral = crate::numeral::read(&frame.passage.words, start);
    if numeral.is_some_and(|n| start + n.length >= end) || UNSAID.contains(&frame.lower(start)) {
        return None;
    }
    // "shorter", "the wounded": an adjective alone names nobody that could be looked up.
    let noun = |i: usize| {
        let Some(word) = frame.passage.words.get(i) else { return false };
        let tokens = &frame.context.language.tokens;
        let next = tokens.partition_point(|t| t.span.start < word.span.start);
        let token = tokens.get(next).filter(|t| t.span.start == word.span.start);
        token.is_none_or(|t| !matches!(t.upos, Upos::Adj | Upos::Adv | Upos::Verb | Upos::Aux))
    };
    // "strike this month": when, and not whom.
    let last = if end > start { frame.lower(end - 1) } else { "" };
    let when = crate::numeral::unit(last).is_some()
        || crate::numeral::month(last).is_some() && last != "may"
        || crate::numeral::weekday(last).is_some();
    if when || !(start..end).any(noun) {
        return None;
    }
    if end <= start || frame.passage.words.get(start).is_some_and(|w| w.lower.ends_with("ly")) {
        return None;
    }
    let span = frame.span(start..end);
    let name = span.of(frame.context.language.text).to_lowercase();
    // "its troops": whose they are is what counts, and that was not found.
    let whose = start.checked_sub(1).map_or("", |i| frame.lower(i));
    if FORCES.contains(&name.as_str()) && ["its", "their", "his", "her", "our"].contains(&whose) {
        return None;
    }
    (name.len() > 2).then(|| frame.entity(name, span))
}

/// Who acts where the words do not say, if the article makes it plain.
pub(super) fn default_actor(
    frame: &Frame,
    rule: DefaultActor,
    target: Option<&Entity>,
) -> Option<Entity> {
    if rule == DefaultActor::None {
        return None;
    }
    let context = frame.context;
    let target = target?;
    let ground = context.ground;
    let holder = ground.holder(&target.name).map(str::to_owned).or_else(|| {
        let known = ground.place_named(&target.name.to_lowercase())?.known?;
        Some(context.tables.nations.by_code(known.country)?.name.to_owned())
    })?;
    let name = if rule == DefaultActor::Holder {
        ground.sides.keys().find(|s| **s == holder)?.clone()
    } else {
        let mut others = ground.sides.keys().filter(|s| **s != holder);
        match (others.next(), others.next()) {
            (Some(only), None) => only.clone(),
            _ => return None,
        }
    };
    let words = frame.passage.span(frame.words.clone());
    Some(frame.entity(name, words))
}
