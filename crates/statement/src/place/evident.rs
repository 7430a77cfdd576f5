//! Names that no gazetteer needs to know: the words around them show that they are places.

use std::collections::{BTreeMap, BTreeSet};

use sayso_language::{Language, NameKind};
use sayso_model::{Extent, Span};

use super::{NamedPlace, name_over};
use crate::{
    ground::nation_at,
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
    for (at, word) in words.iter().enumerate().skip(1) {
        let before = &words[at - 1];
        let of = at >= 2 && before.lower == "of" && words[at - 2].is_in(List::Falls);
        let in_list = continues_list(words, at, listed);
        if in_list && word.capital {
            listed = Some(at);
        }
        let telling = of || in_list || before.is_in(List::Telling) || before.is_in(List::Taken);
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
        let entity = {
            let next = language.mentions.partition_point(|m| m.span.end <= word.span.start);
            let found = language.mentions.get(next).filter(|m| m.span.overlaps(word.span));
            found.and_then(|m| language.entities.get(m.entity))
        };
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
