//! Whom some words name: a country for its people, seat and troops, a name, a noun, or whom a pronoun
//! stands for.

use std::ops::Range;

use sayso_language::{MentionKind, NameKind, Upos};
use sayso_model::Entity;

use super::{list, roles::Frame};
use crate::{
    ground::{before_forces, country_of_ian, nation_at},
    tables::{Form, List},
    time::{self, Anchor, Direction},
    words::WordKind,
};

/// The most words of a time that is looked for behind a preposition.
const LONGEST_TIME: usize = 8;

/// A country for its people, seat and troops; else a name; else whom a pronoun stands for.
pub(super) fn party(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    let (context, words) = (frame.context, &frame.passage.words);
    let mut at = range.start;
    let mut nested = false;
    while at < range.end {
        let word = words.get(at)?;
        // A name after a preposition belongs to the noun before it, with all its words.
        // "the leaders of Estmark and Varland"
        let capital_run = at > range.start
            && words.get(at - 1).is_some_and(|w| w.capital || w.lower == "and" && word.capital);
        nested = (nested && capital_run)
            || at > range.start
                && List::PartyPrepositions.has(frame.lower(at - 1))
                && !of_forces(frame, range.start, at)
            // "support for Oskaria will fall", but "plans for Oskaria to leave"
            || at > range.start
                && List::PartyGoals.has(frame.lower(at - 1))
                && frame.lower(range.end) != "to";
        if let Some(found) =
            nation_at(words, at, context.tables).filter(|f| f.words.end <= range.end)
            && (!nested || frame.lower(at - 1) == "of")
        {
            let span = frame.span(found.words.clone());
            // "Ukrainian President Sedova" is Sedova; "Ukrainian forces" are Ukraine.
            let named = mention(frame, found.words.end..range.end, NameKind::Person);
            // "Ugandan rebels", "Estmark's prime minister": of a country, and not the country.
            let own = found.words.end..range.end.min(found.words.end + 5);
            let civil = own.clone().find(|i| is_own(frame, own.start, *i));
            if let Some(civil) = civil.filter(|_| named.is_none() && !nested) {
                let from = if frame.lower(own.start) == "'s" { own.start + 1 } else { at };
                let end = (civil + 1..range.end).take_while(|i| is_noun(frame, *i)).last();
                let own = from..end.unwrap_or(civil) + 1;
                return Some(frame.entity(frame.text(own.clone()), frame.span(own)));
            }
            return Some(named.unwrap_or_else(|| frame.entity(found.name, span)));
        }
        if word.capital && word.kind == WordKind::Letters && !nested && !word.is_in(List::Function)
        {
            if let Some(country) = context.ground.country_of_adjective(&word.lower) {
                return Some(frame.entity(country, word.span));
            }
            if let Some(country) = unknown_country(frame, at) {
                return Some(frame.entity(country, word.span));
            }
            // "an agreement by Friday" is nobody's, nor does "Otherwise" act.
            let calendar = context.tables.times.vocabulary.names_day(&word.lower);
            let no_name = calendar || is_loose(frame, at) || is_adjective(frame, at);
            if let Some(found) = named(frame, at, range.end).filter(|_| !no_name) {
                return Some(titled(frame, &found, range.end).unwrap_or(found));
            }
        }
        if word.is_any(&["we", "our", "us"]) {
            return own_side(frame).map(|name| frame.entity(name, word.span));
        }
        // "his ruling party" is a party; "his troops" are his.
        let owner = word.is_any(&["his", "her", "their", "its"])
            && at + 1 < range.end
            && !(at + 1..range.end).any(|i| words.get(i).is_some_and(|w| w.is_in(List::Forces)));
        if let Some(found) = pronoun(frame, at).filter(|_| !owner) {
            return Some(found);
        }
        at += 1;
    }
    None
}

/// "troops from Oskaria", "the forces of Oskaria": whose they are is who acts.
fn of_forces(frame: &Frame, from: usize, at: usize) -> bool {
    let force = at.checked_sub(2).filter(|i| *i >= from);
    frame.passage.has(at - 1..at, &["from", "of"])
        && force.is_some_and(|i| List::Forces.has(frame.lower(i)))
}

/// The person whose title begins with a name: "U.N. mediator Ivo Stark" is Ivo Stark.
pub(super) fn titled(frame: &Frame, found: &Entity, end: usize) -> Option<Entity> {
    let title = list::words_of(frame.passage, found.span.span()).end;
    let name = frame.passage.words.get(title + 1).filter(|w| w.capital && title + 1 < end)?;
    let person = mention(frame, title + 1..end, NameKind::Person)?;
    let common = is_noun(frame, title) && !List::PhraseEnds.has(frame.lower(title));
    (common && person.span.span().start == name.span.start).then_some(person)
}

/// Whether the words from `from` to `at` name people or bodies of a country that do not act for it.
fn is_own(frame: &Frame, from: usize, at: usize) -> bool {
    let between = (from..at).all(|i| {
        let word = frame.passage.words.get(i);
        word.is_some_and(|w| !w.capital && (w.lower == "'s" || w.kind == WordKind::Letters))
            && !List::PhraseEnds.has(frame.lower(i))
    });
    let minister = frame.lower(from) == "'s" && List::Offices.has(frame.lower(at));
    between && (minister || List::Civil.has(frame.lower(at)))
}

/// A word in small letters that the tagger knows for a noun.
fn is_noun(frame: &Frame, at: usize) -> bool {
    let tokens = &frame.context.language.tokens;
    frame.passage.words.get(at).filter(|w| !w.capital).is_some_and(|w| {
        frame.context.token_at(w.span).is_some_and(|t| tokens[t].upos == Upos::Noun)
    })
}

/// A word with a capital that the tagger knows for an adjective before a noun: "a Christian missionary".
fn is_adjective(frame: &Frame, at: usize) -> bool {
    let tokens = &frame.context.language.tokens;
    let token = frame.passage.words.get(at).and_then(|w| frame.context.token_at(w.span));
    let common = frame.passage.words.get(at + 1).is_some_and(|w| !w.capital && !w.is_mark());
    common && token.is_some_and(|t| tokens[t].upos == Upos::Adj)
}

/// A word at the head of a sentence that the tagger knows for no noun: "Otherwise", "Stop".
fn is_loose(frame: &Frame, at: usize) -> bool {
    let Some(word) = frame.passage.words.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|i| frame.passage.words.get(i));
    let starts = before.is_none_or(|b| b.sentence != word.sentence);
    let token = frame.context.token_at(word.span).map(|t| &frame.context.language.tokens[t]);
    starts
        && token.is_some_and(|t| {
            matches!(t.upos, Upos::Adv | Upos::Verb | Upos::Aux | Upos::Adp | Upos::Sconj)
        })
}

/// "Velanian troops" where the article never names Velania.
fn unknown_country(frame: &Frame, at: usize) -> Option<String> {
    let word = frame.passage.words.get(at)?;
    let forces = before_forces(&frame.passage.words, at);
    // "Oskarian attacks"
    let noun = frame.form == Form::Noun && frame.words.start == at + 1;
    (forces || noun).then(|| country_of_ian(word.span.of(frame.context.language.text)))?
}

/// The entity of a mention in a range, when it is of a kind.
pub(super) fn mention(frame: &Frame, range: Range<usize>, kind: NameKind) -> Option<Entity> {
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
    // A single capital word at the head of a sentence may be any word, but for "Estmark and Varland".
    let listed = frame.passage.has(at + 1..at + 2, &["and", ","])
        && capital(at + 2)
        && frame
            .context
            .token_at(word.span)
            .is_some_and(|t| language.tokens[t].upos == Upos::Propn);
    if starts && last == at && !listed {
        let place = frame.context.ground.places_in(word.span).first()?;
        return Some(frame.entity(place.name.clone(), place.span));
    }
    // "Prime Minister Ilva Tarn" is Ilva Tarn.
    if let Some(person) = mention(frame, at + 1..last + 1, NameKind::Person) {
        return Some(person);
    }
    let span = frame.span(at..last + 1);
    Some(frame.entity(span.of(language.text), span))
}

/// Whom a pronoun stands for, by the language core.
fn pronoun(frame: &Frame, at: usize) -> Option<Entity> {
    let word = frame.passage.words.get(at)?;
    if !word.is_in(List::Pronouns) {
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

/// A noun phrase without a name: "the central bank", "dockers".
pub(super) fn noun(frame: &Frame, range: Range<usize>) -> Option<Entity> {
    // "In the coming weeks the rebels might …": the last noun phrase that is no preposition's.
    let last = range.clone().rev().find(|i| {
        *i > range.start
            && ["the", "a", "an"].contains(&frame.lower(*i))
            && !List::PhrasePrepositions.has(frame.lower(i - 1))
    });
    let heads = List::PhrasePrepositions.has(frame.lower(range.start));
    let range = last.filter(|_| heads).unwrap_or(range.start)..range.end;
    let start = range.clone().find(|i| {
        frame.passage.words.get(*i).is_some_and(|w| !w.is_in(List::BeforeNoun) && !w.is_mark())
    })?;
    // "thousands of customers"
    let many =
        crate::numeral::read(&frame.passage.words, start).map_or(start, |n| start + n.length);
    let counted = many > start
        && frame.lower(many) == "of"
        && many + 1 < range.end
        && !["us", "them", "you", "the"].contains(&frame.lower(many + 1));
    let start = if counted { many + 1 } else { start };
    let start = start + usize::from(List::BeforeNoun.has(frame.lower(start)));
    let stop = |i: usize| {
        i > start && List::AfterNoun.has(frame.lower(i))
            || List::PhraseEnds.has(frame.lower(i))
            || List::Loose.has(frame.lower(i))
            || frame.is_mark(i)
            || frame.is_transparent(i)
            || frame.lower(i) == "of"
    };
    // "halve over the next five years": a preposition begins no noun, but "over 500 people" does.
    let preposed = ["over", "against", "about", "under", "between"].contains(&frame.lower(start));
    if preposed && crate::numeral::read(&frame.passage.words, start + 1).is_none() {
        return None;
    }
    let end = (start..range.end).find(|i| stop(*i)).unwrap_or(range.end).min(start + 5);
    // "by the police this week": who, without when.
    let when = (start + 1..end).find(|i| {
        ["this", "next", "last", "every"].contains(&frame.lower(*i))
            && (names_when(frame, frame.lower(i + 1))
                || crate::numeral::unit(frame.lower(i + 1)).is_some())
    });
    let end = when.unwrap_or(end);
    // "four of us", "anyone": nobody in particular.
    let numeral = crate::numeral::read(&frame.passage.words, start);
    if numeral.is_some_and(|n| start + n.length >= end) || List::Unsaid.has(frame.lower(start)) {
        return None;
    }
    // "shorter", "the wounded": an adjective alone names nobody that could be looked up.
    let noun = |i: usize| {
        let Some(word) = frame.passage.words.get(i) else { return false };
        let tokens = &frame.context.language.tokens;
        let upos = frame.context.token_at(word.span).map(|t| tokens[t].upos);
        upos.is_none_or(|t| {
            !matches!(t, Upos::Adj | Upos::Adv | Upos::Verb | Upos::Aux | Upos::Pron)
        })
    };
    // "strike this month": when, and not whom.
    let last = if end > start { frame.lower(end - 1) } else { "" };
    // "retreat this winter"; to survive a winter is something else.
    let told = start.checked_sub(1).is_some_and(|i| List::FromToday.has(frame.lower(i)));
    let when = crate::numeral::unit(last).is_some()
        || is_when(frame, last)
        || told && names_when(frame, last);
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
    if List::Forces.has(&name) && List::Owners.has(whose) {
        return None;
    }
    (name.len() > 2).then(|| frame.entity(name, span))
}

/// Whether an expression of time begins at a word and no name runs on over its end: "by autumn" and "by
/// Easter", but not "by Summer Holdings".
pub(super) fn begins_time(frame: &Frame, at: usize) -> bool {
    let Some(word) = frame.passage.words.get(at) else { return false };
    let context = frame.context;
    let first = context.ground.words.partition_point(|w| w.span.start < word.span.start);
    let reach = first..context.ground.words.len().min(first + LONGEST_TIME);
    let today = Anchor::day(context.article.published.as_ref().map(|p| p.date));
    let found = time::among(context, reach, today, |_| Direction::Ahead);
    let names = &context.language.names;
    let name = names.get(names.partition_point(|n| n.span.end <= word.span.start));
    found.first().is_some_and(|time| {
        time.words.start == first
            && !name.is_some_and(|n| n.span.start <= word.span.start && n.span.end > time.span.end)
    })
}

/// The name of a month, a weekday or a season.
fn names_when(frame: &Frame, lower: &str) -> bool {
    let vocabulary = &frame.context.tables.times.vocabulary;
    is_when(frame, lower) || vocabulary.names_season(lower)
}

/// The name of a month or a weekday.
pub(super) fn is_when(frame: &Frame, lower: &str) -> bool {
    lower != "may" && frame.context.tables.times.vocabulary.names_day(lower)
}
