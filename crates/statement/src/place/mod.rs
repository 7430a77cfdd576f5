//! Places that a statement names, found here and resolved against the gazetteer in `resolve`.
//!
//! A town below `EVIDENCE` counts only when the article names its country, a smaller one only when
//! the language core or the words around it say that it is a place. A seat of government that acts
//! ("Moscow said") is no place. A name that the gazetteer does not know stays a place without
//! coordinates.

mod evident;
mod resolve;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use sayso_language::{Language, NameKind};
use sayso_model::{Extent, Span};

use crate::{
    nation::nation_at,
    tables::{self, GazetteerPlace, List, Naming, PlaceKind, Tables},
    words::{Word, WordKind},
};

/// Population in hundreds from which a town needs no other sign of its country.
const EVIDENCE: u32 = 500;
/// Longest name in words.
const LONGEST: usize = 4;

/// A place of the article.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPlace {
    /// The words.
    pub span: Span,
    /// The gazetteer's name, else the article's.
    pub name: String,
    /// The gazetteer's row.
    pub known: Option<GazetteerPlace>,
    /// What the words cover.
    pub extent: Extent,
    /// A seat of government that acts: not a place to be drawn.
    pub acts: bool,
}

/// All places of an article. `nations` counts the countries that it names, by code.
pub(crate) fn all(
    language: &Language,
    words: &[Word],
    nations: &BTreeMap<&'static str, u32>,
    tables: &Tables,
) -> Vec<NamedPlace> {
    let mut places = Vec::new();
    let mut within = BTreeMap::new();
    let mut at = 0;
    while at < words.len() {
        let Some((length, mut found)) = place_at(language, words, at, nations, tables) else {
            at += 1;
            continue;
        };
        at += length;
        // "Harlow, Ky.": the state says which, and is a place of its own.
        if let Some((container, division, range)) = resolve::container(words, at, tables) {
            within.extend(found.iter().map(|p| (p.span.start, container)));
            let state = division.and_then(|d| state(language.text, words, range.clone(), d));
            if let Some(state) = state {
                found.push(state);
                at = range.end;
            }
        }
        places.append(&mut found);
    }
    let evident = evident::evident(language, words, tables);
    evident::add_repeated(language.text, words, &mut places, &evident);
    places.retain(|p| {
        let form = p.span.of(language.text);
        is_acronym(form) || !tables.place_words.is_never(&form.to_lowercase())
    });
    resolve::all(language.text, words, &mut places, &within, nations, tables);
    places
}

/// The peoples and adjectives that name a country ("Danish", "the Danes"), outside `places`: not
/// where anything is, but which country is meant.
pub(crate) fn peoples(words: &[Word], places: &[NamedPlace], tables: &Tables) -> Vec<NamedPlace> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let nation = nation_at(words, at, tables).filter(|n| n.naming == Naming::People);
        let Some(nation) = nation else {
            at += 1;
            continue;
        };
        at = nation.words.end;
        let (Some(first), Some(last)) = (words.get(nation.words.start), words.get(at - 1)) else {
            continue;
        };
        let span = first.span.cover(last.span);
        let next = places.partition_point(|p| p.span.end <= span.start);
        if places.get(next).is_some_and(|p| p.span.overlaps(span)) {
            continue;
        }
        let known = resolve::country(nation.name);
        let name = nation.name.to_owned();
        found.push(NamedPlace { span, name, known, extent: Extent::Country, acts: true });
    }
    found
}

/// A state behind a comma, in full or short.
fn state(
    text: &str,
    words: &[Word],
    range: std::ops::Range<usize>,
    division: tables::Division,
) -> Option<NamedPlace> {
    let part = words.get(range)?;
    let span = part.first()?.span.cover(part.last()?.span);
    // The full stop of "Ky." belongs to it.
    let stop = text.get(span.end as usize..).is_some_and(|rest| rest.starts_with('.'));
    let short = span.len() <= 5 && !span.of(text).ends_with('.');
    let span =
        if stop && short { Span::new(span.start as usize, span.end as usize + 1) } else { span };
    let known = tables::named(division.name)
        .into_iter()
        .find(|p| p.country == division.iso && p.admin1 == division.admin1)
        .filter(|p| p.kind == PlaceKind::Region)?;
    let name = division.name.to_owned();
    Some(NamedPlace { span, name, known: Some(known), extent: Extent::Area, acts: false })
}

/// The places named by the words that begin at `at`, and how many words they take.
fn place_at(
    language: &Language,
    words: &[Word],
    at: usize,
    nations: &BTreeMap<&'static str, u32>,
    tables: &Tables,
) -> Option<(usize, Vec<NamedPlace>)> {
    let word = words.get(at)?;
    if word.kind != WordKind::Letters || !word.capital {
        return None;
    }
    let covering = name_over(language, word.span);
    // A name of a person or of something larger is no place. Where the language core takes the
    // bare word for a person, a town that only it could be, or that lies in a country of the
    // article, weighs more: one word in front of "may" tells little.
    let larger = covering.is_some_and(|(kind, span)| {
        // A "name" over two lines of a list is two names.
        !span.of(language.text).contains('\n')
            && span.len() > word.span.len()
            && kind != NameKind::Place
            && kind != NameKind::Other
    });
    let person = covering.is_some_and(|(kind, _)| {
        matches!(kind, NameKind::Person | NameKind::Work | NameKind::Event)
    });
    if larger && !says_town(words, at) {
        return None;
    }
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    if before.is_some_and(|w| w.is_in(List::PersonTitles)) {
        return None;
    }
    // "attack Varne": the town, though the bare word could be somebody.
    let target = |length: usize| length == 1 && evident::is_target(language, words, at);
    for length in (1..=LONGEST.min(words.len() - at)).rev() {
        let part = &words[at..at + length];
        let last = part.last()?;
        if part[1..].iter().any(|w| w.kind != WordKind::Letters)
            || !(last.capital || last.is_in(List::Areas))
        {
            continue;
        }
        let span = word.span.cover(last.span);
        let mut candidates = tables::named(span.of(language.text));
        // A small town's bare name says little, and "Lisk County" is found as a whole.
        candidates.retain(|c| !matches!(c.kind, PlaceKind::Small | PlaceKind::County));
        let largest = || largest_by_far(&candidates).filter(|_| target(length));
        let Some(best) = likeliest(&candidates, nations).or_else(largest) else { continue };
        if person
            && best.kind != PlaceKind::Country
            && nations.get(best.country).is_none()
            && !target(length)
        {
            continue;
        }
        let never = length == 1 && tables.place_words.is_never(&word.lower);
        if never && !is_acronym(span.of(language.text)) {
            continue;
        }
        if length == 1 && !stands_alone(language.text, words, tables, at, &best, covering.is_some())
        {
            continue;
        }
        return Some((length, vec![known(words, at, length, span, best)]));
    }
    if let Some(parts) = hyphenated(language.text, word, nations) {
        return Some((1, parts));
    }
    // "the Kremlin", "Danish": a government, a people.
    if nation_at(words, at, tables).is_some() {
        return None;
    }
    let found = unknown(language, words, at, covering.map(|c| c.0))?;
    let bare = found.1.first().is_some_and(|p| {
        let form = p.span.of(language.text);
        tables.place_words.is_never(&form.to_lowercase()) && !is_acronym(form)
    });
    (!bare).then_some(found)
}

/// "US", "UAE": capitals only, so no word of the lists.
fn is_acronym(form: &str) -> bool {
    form.len() > 1 && form.bytes().all(|b| b.is_ascii_uppercase() || b == b'.')
}

/// "the town of" stands before a word.
fn says_town(words: &[Word], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|i| words.get(i));
    before(1).is_some_and(|w| w.lower == "of")
        && before(2).is_some_and(|w| w.is_in(List::Towns) || w.is_in(List::Areas))
}

/// The language core's name that covers a word.
fn name_over(language: &Language, span: Span) -> Option<(NameKind, Span)> {
    let at = language.names.partition_point(|n| n.span.end <= span.start);
    language.names.get(at).filter(|n| n.span.overlaps(span)).map(|n| (n.kind, n.span))
}

/// The likeliest of several places of one name, if any needs no further sign.
fn likeliest(
    candidates: &[GazetteerPlace],
    nations: &BTreeMap<&'static str, u32>,
) -> Option<GazetteerPlace> {
    let named = |place: &GazetteerPlace| nations.get(place.country).copied().unwrap_or(0);
    let best = candidates.iter().max_by_key(|place| {
        let rank = match place.kind {
            PlaceKind::Country => 3,
            PlaceKind::Region => 2,
            PlaceKind::Capital => 1,
            PlaceKind::Town | PlaceKind::Word | PlaceKind::Small | PlaceKind::County => 0,
        };
        // Being in a country of the article outweighs size; a world city outweighs a namesake
        // village in a country that is named once.
        let weight = u64::from(place.population) + 1;
        let here = named(place).min(20);
        (rank == 3, u64::from(here * here + 1) * weight.min(20_000), rank, place.population)
    })?;
    // A name that only one place of the gazetteer bears, and too long to be an ordinary word.
    let unique = candidates.len() == 1 && best.name.len() >= 6 && best.kind != PlaceKind::Word;
    let sure = unique
        || matches!(best.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Capital)
        || best.population >= EVIDENCE
        || named(best) > 0;
    sure.then_some(*best)
}

/// A town beside which all others of its name are villages, where its name is no ordinary word.
fn largest_by_far(candidates: &[GazetteerPlace]) -> Option<GazetteerPlace> {
    let best = candidates.iter().max_by_key(|p| p.population)?;
    let same = |p: &&GazetteerPlace| p.geonameid != best.geonameid;
    let second = candidates.iter().filter(same).map(|p| p.population).max().unwrap_or(0);
    let sure = best.kind == PlaceKind::Town && best.population >= MOST_OTHER * second;
    sure.then_some(*best)
}

/// How much larger a town is than any village of its name.
const MOST_OTHER: u32 = 5;

/// Whether a single capital word is the whole name, and its town is meant.
fn stands_alone(
    text: &str,
    words: &[Word],
    tables: &Tables,
    at: usize,
    place: &GazetteerPlace,
    is_name: bool,
) -> bool {
    // The word on the next line of a list is no part of the name.
    let same_line = |a: usize, b: usize| {
        let (Some(a), Some(b)) = (words.get(a), words.get(b)) else { return false };
        text.get(a.span.end as usize..b.span.start as usize).is_some_and(|gap| !gap.contains('\n'))
    };
    let before = at.checked_sub(1).filter(|i| same_line(*i, at)).and_then(|i| words.get(i));
    let after = words.get(at + 1).filter(|_| same_line(at, at + 1));
    let starts = before.is_none_or(|w| w.sentence != words[at].sentence || w.is_mark());
    let says_where =
        before.is_some_and(|w| w.is_in(List::Where) && w.lower != "and" && w.lower != "for");
    let town_noun = before.is_some_and(|w| w.is_in(List::Towns));
    if place.kind == PlaceKind::Word {
        return town_noun || says_where && !starts && is_name;
    }
    if matches!(place.kind, PlaceKind::Country | PlaceKind::Region) {
        return true;
    }
    // "Kyiv Independent", "Lima Protocol": part of another name. A name of the language core that
    // covers just this word has settled that already.
    let joined = |w: &Word| {
        w.capital
            && w.kind == WordKind::Letters
            && !tables.times.vocabulary.names_day(&w.lower)
            && !w.is_in(List::Areas)
    };
    is_name || !after.is_some_and(joined) && (starts || !before.is_some_and(joined) || says_where)
}

fn known(
    words: &[Word],
    at: usize,
    length: usize,
    span: Span,
    place: GazetteerPlace,
) -> NamedPlace {
    let before = at.checked_sub(1).and_then(|i| words.get(i));
    let after = words.get(at + length);
    let says_where = before.is_some_and(|w| w.is_in(List::Where) || w.lower == "the");
    let area = after.is_some_and(|w| w.is_in(List::Areas));
    let seat = matches!(place.kind, PlaceKind::Capital | PlaceKind::Country);
    // "Moscow's troops", "Kyiv said": a government. After a preposition it is a place.
    let acts = seat && !says_where && !area;
    let extent = match place.kind {
        PlaceKind::Country => Extent::Country,
        PlaceKind::Region => Extent::Area,
        _ if area => Extent::Area,
        _ => Extent::Point,
    };
    let name = place.name.to_owned();
    NamedPlace { span, name, known: Some(place), extent, acts }
}

/// "the Varne-Lisk road": both ends.
fn hyphenated(
    text: &str,
    word: &Word,
    nations: &BTreeMap<&'static str, u32>,
) -> Option<Vec<NamedPlace>> {
    let form = word.span.of(text);
    let (a, b) = form.split_once(['-', '\u{2013}'])?;
    let start = word.span.start as usize;
    let mut places = Vec::new();
    for (from, part) in [(start, a), (start + form.len() - b.len(), b)] {
        if !part.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        let place = likeliest(&tables::named(part), nations)?;
        places.push(NamedPlace {
            span: Span::new(from, from + part.len()),
            name: place.name.to_owned(),
            known: Some(place),
            extent: Extent::Point,
            acts: false,
        });
    }
    Some(places)
}

/// A place that the gazetteer does not know.
fn unknown(
    language: &Language,
    words: &[Word],
    at: usize,
    kind: Option<NameKind>,
) -> Option<(usize, Vec<NamedPlace>)> {
    let word = words.get(at)?;
    let length = words[at..]
        .iter()
        .take(LONGEST)
        .take_while(|w| w.capital && w.kind == WordKind::Letters && w.sentence == word.sentence)
        .count();
    let before = |back: usize| at.checked_sub(back).and_then(|i| words.get(i));
    let of_town = says_town(words, at);
    let after = words.get(at + length);
    let area = after.is_some_and(|w| w.is_in(List::Areas) && !w.is_any(&["republic", "front"]));
    // "the Velanian town": an adjective.
    let adjective = ["ian", "ish", "ese"].iter().any(|end| word.lower.ends_with(end));
    if adjective && length == 1 && after.is_some_and(|w| !w.capital && !w.is_mark()) && !of_town {
        return None;
    }
    // "the town of Varne" says more than a guess at the name's kind.
    let guessed = kind.is_some_and(|k| k != NameKind::Place && k != NameKind::Other);
    if !(kind == Some(NameKind::Place) || of_town || (area && !guessed)) {
        return None;
    }
    let last = words.get(at + length - 1)?;
    let span = match kind {
        Some(_) => name_over(language, word.span).map(|n| n.1)?,
        None => word.span.cover(last.span),
    };
    let length = words[at..].iter().take_while(|w| w.span.end <= span.end).count().max(1);
    let area = words.get(at + length).is_some_and(|w| w.is_in(List::Areas));
    let says_where = before(1).is_some_and(|w| w.is_in(List::Where) || w.lower == "the");
    Some((
        length,
        vec![NamedPlace {
            span,
            name: span.of(language.text).to_owned(),
            known: None,
            extent: if area { Extent::Area } else { Extent::Point },
            acts: !says_where && !area && words.get(at + length).is_some_and(|w| w.lower == "'s"),
        }],
    ))
}
