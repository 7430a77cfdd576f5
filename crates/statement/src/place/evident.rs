//! Names that no gazetteer needs to know: the words around them show that they are places.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use sayso_language::{Entity, Language, NameKind};
use sayso_model::{Extent, Span};

use super::{NamedPlace, name_over};
use crate::{
    nation::nation_at,
    tables::{List, Tables},
    words::{Word, WordKind},
};

/// Names in front of which a preposition of place stands, more than once or a telling one.
pub(super) fn evident(language: &Language, words: &[Word], tables: &Tables) -> BTreeSet<String> {
    // "in Parliament", "in English": a preposition and no place.
    // What is captured or falls is a place, more often than anything else that bears a bare name.
    // The last member of a list of places, as an index into the words.
    let mut listed: Option<usize> = None;
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        if !is_bare_name(words, at) {
            continue;
        }
        // The first word of a text has none before it; it stands for itself.
        let before = &words[at.saturating_sub(1)];
        let of = at >= 2 && before.lower == "of" && words[at - 2].is_in(List::Falls);
        let in_list = continues_list(words, at, listed);
        if in_list && word.capital {
            listed = Some(at);
        }
        let of_taken = behind(language, words, at, |w| w.is_in(List::Taken));
        // At the head of a sentence any word has a capital: "Rents will fall".
        let figure = || tables.packs.figures.iter().any(|f| *f == word.lower);
        let falls = falls(words, at) && name_over(language, word.span).is_some() && !figure();
        let telling = of || in_list || of_taken || before.is_in(List::Telling) || falls;
        let weight =
            if telling { 2 } else { u32::from(before.is_in(List::Hinting) && !before.capital) };
        let joined = words.get(at + 1).is_some_and(|w| w.capital && w.kind == WordKind::Letters);
        let calendar = tables.times.vocabulary.names_day(&word.lower);
        if weight == 0
            || !word.capital
            || word.kind != WordKind::Letters
            || joined
            || calendar
            || word.is_in(List::NoPlaces)
            || word.lower.len() < 4
        {
            continue;
        }
        let longer = name_over(language, word.span).is_some_and(|n| n.1.len() > word.span.len());
        let entity = entity_at(language, word.span);
        let person = entity.is_some_and(|e| {
            e.kind == NameKind::Person && (e.name.contains(' ') || e.gender.is_some())
        });
        let organization = entity.is_some_and(|e| e.name.contains(' '));
        if !longer && !person && !organization && nation_at(words, at, tables).is_none() {
            *times.entry(word.span.of(language.text)).or_insert(0) += weight;
        }
    }
    times.into_iter().filter(|(_, n)| *n >= 2).map(|(name, _)| name.to_owned()).collect()
}

/// Whom or what the language core takes a word for.
fn entity_at<'l>(language: &'l Language, span: Span) -> Option<&'l Entity> {
    let next = language.mentions.partition_point(|m| m.span.end <= span.start);
    let found = language.mentions.get(next).filter(|m| m.span.overlaps(span));
    found.and_then(|m| language.entities.get(m.entity))
}

/// Whether a bare name stands where armies put places, and nothing else in the article makes it a
/// person's: "attack Varne", "lose Lisk and Varne", "Varne would fall". The language core guesses at
/// single words, and guesses people.
pub(super) fn is_target(language: &Language, words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let person = entity_at(language, word.span)
        .is_some_and(|e| e.name.contains(' ') || e.gender.is_some() || !e.roles.is_empty());
    let joined = words.get(at + 1).is_some_and(|w| w.capital && w.kind == WordKind::Letters);
    let verb = |w: &Word| w.is_in(List::Taken) || w.is_in(List::Attacked);
    !person && !joined && (behind(language, words, at, verb) || falls(words, at))
}

/// The most names of a list on either side of the one that is asked for.
const MOST_LISTED: usize = 6;

fn joins(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.is_any(&[",", "and", "or"]))
}

fn is_bare_name(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.capital && w.kind == WordKind::Letters)
}

/// The list of names that a name stands in, which "and" or "or" must close; else the name alone.
fn list_of(words: &[Word], at: usize) -> Range<usize> {
    let (mut first, mut end) = (at, at + 1);
    for _ in 0..MOST_LISTED {
        let joint = (first.saturating_sub(2)..first).rev().take_while(|i| joins(words, *i)).last();
        let name = joint.and_then(|joint| {
            let back = (joint.saturating_sub(2)..joint).rev();
            back.take_while(|i| is_bare_name(words, *i)).last()
        });
        let Some(name) = name else { break };
        first = name;
    }
    for _ in 0..MOST_LISTED {
        let Some(joint) = (end..end + 2).take_while(|i| joins(words, *i)).last() else { break };
        let names = joint + 1..joint + 3;
        let Some(name) = names.take_while(|i| is_bare_name(words, *i)).last() else { break };
        end = name + 1;
    }
    let closed = words[first..end].iter().any(|w| w.is_any(&["and", "or"]));
    let one = words[first..end].iter().all(|w| w.sentence == words[at].sentence);
    if closed && one { first..end } else { at..at + 1 }
}

/// Whether a verb stands before a name, or before the list that it stands in.
fn behind(language: &Language, words: &[Word], at: usize, verb: impl Fn(&Word) -> bool) -> bool {
    let is_verb = |i: usize| {
        i.checked_sub(1)
            .and_then(|i| words.get(i))
            .is_some_and(|w| w.sentence == words[at].sentence && verb(w))
    };
    if is_verb(at) {
        return true;
    }
    // "left Varne, Holm and Stark said": the names of the next clause.
    let list = list_of(words, at);
    let tells = words.get(list.end).is_some_and(|w| {
        let token = language.tokens.partition_point(|t| t.span.end <= w.span.start);
        let tag = language.tokens.get(token).map_or("", |t| t.xpos);
        ["VBD", "VBZ", "VBP", "MD"].contains(&tag)
    });
    !tells && is_verb(list.start)
}

/// Whether a name, or the list that it stands in, is the whole subject of "fall".
fn falls(words: &[Word], at: usize) -> bool {
    if !is_bare_name(words, at) {
        return false;
    }
    let list = list_of(words, at);
    let before = list.start.checked_sub(1).and_then(|i| words.get(i));
    let whole = before.is_none_or(|w| {
        w.sentence != words[at].sentence || w.is_mark() || w.is_in(List::BeforeClause)
    });
    let from = list.end;
    let verb = (from..words.len().min(from + 3)).find(|i| !words[*i].is_in(List::VerbGroup));
    whole
        && verb.is_some_and(|i| {
            // "fell 3 percent", "fell ill"
            let next = words.get(i + 1);
            let ends = next.is_none_or(|w| {
                w.is_mark() || w.sentence != words[i].sentence || w.is_in(List::AfterFall)
            });
            words[i].is_any(&["fall", "falls", "fell", "fallen"]) && ends
        })
}

/// Whether a word stands in a list of places: behind the words that announce one ("the following
/// towns: Varne", "the villages of Varne") or joined to a member.
fn continues_list(words: &[Word], at: usize, last: Option<usize>) -> bool {
    let joins = |i: &usize| words[*i].is_mark() || words[*i].is_any(&["and", "or"]);
    let start = (at.saturating_sub(3)..at).rev().take_while(joins).last().unwrap_or(at);
    let Some(before) = start.checked_sub(1) else { return false };
    let joined = start < at;
    let announces = words[before].is_in(List::PlaceLists)
        && words.get(start).is_some_and(|w| w.is_any(&[":", ",", "—", "–"]));
    let lead_in = words[before].is_in(List::ColonPrepositions)
        && words.get(start).is_some_and(|w| w.lower == ":");
    let of = !joined
        && words[before].lower == "of"
        && before > 0
        && words[before - 1].is_in(List::PlaceLists);
    joined && (announces || lead_in || last == Some(before)) || of
}

/// A name that was once shown to be a place is one wherever it stands again.
pub(super) fn add_repeated(
    text: &str,
    words: &[Word],
    places: &mut Vec<NamedPlace>,
    evident: &BTreeSet<String>,
) {
    let mut names: BTreeMap<String, NamedPlace> = places
        .iter()
        .filter(|p| p.known.is_none() && !p.name.contains(' '))
        .map(|p| (p.name.clone(), p.clone()))
        .collect();
    for name in evident {
        names.entry(name.clone()).or_insert_with(|| NamedPlace {
            span: Span::default(),
            name: name.clone(),
            known: None,
            extent: Extent::Point,
            acts: false,
        });
    }
    if names.is_empty() {
        return;
    }
    let taken: BTreeSet<u32> = places.iter().map(|p| p.span.start).collect();
    for (at, word) in words.iter().enumerate() {
        if !word.capital || taken.contains(&word.span.start) {
            continue;
        }
        let Some(place) = names.get(word.span.of(text)) else { continue };
        let joined = words.get(at + 1).is_some_and(|w| w.capital && w.kind == WordKind::Letters);
        let inside = places.iter().rev().take(8).any(|p| p.span.overlaps(word.span));
        if !joined && !inside {
            places.push(NamedPlace { span: word.span, extent: Extent::Point, ..place.clone() });
        }
    }
    places.sort_by_key(|p| (p.span.start, std::cmp::Reverse(p.span.end)));
    places.dedup_by(|b, a| a.span.overlaps(b.span));
}
