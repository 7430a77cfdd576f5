//! Names that no gazetteer needs to know: the words around them show that they are places.

use std::collections::{BTreeMap, BTreeSet};

use sayso_language::{Language, NameKind};
use sayso_model::{Extent, Span};

use super::{NamedPlace, name_over};
use crate::{
    ground::nation_at,
    tables::Tables,
    words::{Word, WordKind},
};

/// Names in front of which a preposition of place stands, more than once or a telling one.
pub(super) fn evident(language: &Language, words: &[Word], tables: &Tables) -> BTreeSet<String> {
    // "in Parliament", "in English": a preposition and no place.
    const NOT_PLACES: [&str; 16] = [
        "parliament",
        "congress",
        "senate",
        "cabinet",
        "christmas",
        "easter",
        "english",
        "latin",
        "spring",
        "summer",
        "autumn",
        "winter",
        "god",
        "internet",
        "telegram",
        "twitter",
    ];
    // What is captured or falls is a place, more often than anything else that bears a bare name.
    const TAKEN: [&str; 14] = [
        "capture",
        "captured",
        "captures",
        "capturing",
        "seize",
        "seized",
        "seizing",
        "recapture",
        "recaptured",
        "liberate",
        "liberated",
        "encircle",
        "encircled",
        "besieged",
    ];
    const FALL: [&str; 5] = ["capture", "fall", "siege", "seizure", "battle"];
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for (at, word) in words.iter().enumerate().skip(1) {
        let before = &words[at - 1];
        let of = at >= 2 && before.lower == "of" && words[at - 2].is_any(&FALL);
        let telling = of
            || before.is_any(&["near", "outside", "around", "inside", "towards", "toward"])
            || before.is_any(&TAKEN);
        let weight = if telling {
            2
        } else {
            u32::from(before.is_any(&["in", "into", "from", "to", "at"]) && !before.capital)
        };
        let joined = words.get(at + 1).is_some_and(|w| w.capital && w.kind == WordKind::Letters);
        let calendar = crate::numeral::month(&word.lower).is_some()
            || crate::numeral::weekday(&word.lower).is_some();
        if weight == 0
            || !word.capital
            || word.kind != WordKind::Letters
            || joined
            || calendar
            || word.is_any(&NOT_PLACES)
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
