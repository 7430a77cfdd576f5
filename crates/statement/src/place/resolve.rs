//! Which of several places of one name is meant.
//!
//! Each candidate is weighed: how large it is, whether the words name its state or country behind
//! a comma, whether the article speaks of its country or state, and how near it lies to the
//! article's other places. A name means one place throughout an article, unless a comma says
//! otherwise. The weights are set by reasoning: a town ten times as large weighs 1, so that a
//! village beats a world city of its name only where the words say so or everything else lies
//! around it.

use std::collections::{BTreeMap, BTreeSet};

use super::NamedPlace;
use crate::{
    nation::nation_at,
    tables::{self, Division, GazetteerPlace, List, Naming, PlaceKind, Tables},
    words::{Word, WordKind},
};

/// The most that the other names weigh together for a state that could hold them.
const MOST_VOTES: f64 = 3.0;

/// The most places that count as an article's surroundings: more tell nothing new.
const MOST_ANCHORS: usize = 40;

/// What stands behind the comma that follows a place's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Container {
    pub(super) iso: &'static str,
    pub(super) admin1: Option<&'static str>,
}

/// The state or country behind a comma, with its words; `at` is the word after the name.
pub(super) fn container(
    words: &[Word],
    at: usize,
    tables: &Tables,
) -> Option<(Container, Option<Division>, std::ops::Range<usize>)> {
    let opens = words.get(at).is_some_and(|w| matches!(w.lower.as_ref(), "," | "("));
    if !opens || words.get(at + 1)?.kind != WordKind::Letters || !words.get(at + 1)?.capital {
        return None;
    }
    for length in (1..=3).rev() {
        let part = words.get(at + 1..at + 1 + length)?;
        if part.iter().any(|w| w.kind != WordKind::Letters) {
            continue;
        }
        let form: Vec<&str> = part.iter().map(|w| w.lower.as_ref()).collect();
        if let Some(division) = tables.divisions.of(&form.join(" ")) {
            let found = Container { iso: division.iso, admin1: Some(division.admin1) };
            return Some((found, Some(division), at + 1..at + 1 + length));
        }
        if let Some(nation) = nation_at(words, at + 1, tables)
            && nation.naming == Naming::Name
            && nation.words.len() == length
        {
            return Some((Container { iso: nation.iso, admin1: None }, None, nation.words));
        }
    }
    None
}

/// A place that another may lie near.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    place: GazetteerPlace,
    /// Index of its name.
    name: usize,
}

/// A name with what could be meant by it.
struct Name {
    candidates: Vec<GazetteerPlace>,
    /// The states that hold one of them.
    states: BTreeSet<(&'static str, &'static str)>,
    container: Option<Container>,
    /// The country that is said to attack it: a war goes on elsewhere.
    attacker: Option<&'static str>,
    /// Its words in the article.
    form: String,
    best: Option<GazetteerPlace>,
}

/// What the article says of countries and states.
struct Evidence<'e> {
    nations: &'e BTreeMap<&'static str, u32>,
    divisions: BTreeMap<(&'static str, &'static str), u32>,
    /// How many of the article's names each state could hold, a name of many states for less.
    could: BTreeMap<(&'static str, &'static str), f64>,
    anchors: Vec<Anchor>,
}

/// Resolves all places of an article; `within` are the containers, by index of the place.
pub(super) fn all(
    text: &str,
    words: &[Word],
    places: &mut [NamedPlace],
    within: &BTreeMap<u32, Container>,
    nations: &BTreeMap<&'static str, u32>,
    tables: &Tables,
) {
    // One name, one place; a name with a container is a name of its own.
    let mut index: BTreeMap<(String, Option<Container>), usize> = BTreeMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut of_place: Vec<usize> = Vec::new();
    let mut shared: BTreeMap<String, Container> = BTreeMap::new();
    for place in &*places {
        if let Some(container) = within.get(&place.span.start) {
            shared.entry(place.span.of(text).to_owned()).or_insert(*container);
        }
    }
    for place in &*places {
        let form = place.span.of(text);
        let own = within.get(&place.span.start).copied();
        // "Harlow, Ky." once makes every Harlow of the article that one.
        let container = own.or_else(|| shared.get(form).copied());
        let county = county(words, place, form);
        let key = (county.clone().unwrap_or_else(|| form.to_owned()), container);
        let name = *index.entry(key).or_insert_with(|| {
            let mut candidates = county.as_deref().map(tables::named).unwrap_or_default();
            candidates.retain(|c| c.kind == PlaceKind::County);
            if candidates.is_empty() {
                candidates = candidates_of(form, tables);
            }
            // Of villages there are so many that a spelling that is only near is another name.
            candidates.retain(|c| {
                c.kind != PlaceKind::Small || c.name.is_empty() || same_letters(c.name, form)
            });
            let states = candidates
                .iter()
                .filter(|c| !matches!(c.kind, PlaceKind::Country | PlaceKind::Region))
                .map(|c| (c.country, c.admin1))
                .filter(|(_, admin1)| !admin1.is_empty())
                .collect();
            let attacker = attacker(words, place, tables);
            let (form, best) = (form.to_owned(), place.known);
            names.push(Name { candidates, states, container, attacker, form, best });
            names.len() - 1
        });
        of_place.push(name);
    }
    let mut divisions = BTreeMap::new();
    for name in &of_place {
        let Some(name) = names.get(*name) else { continue };
        let named = name.best.filter(|b| b.kind == PlaceKind::Region && !b.admin1.is_empty());
        let behind = name.container.and_then(|c| Some((c.iso, c.admin1?)));
        if let Some(key) = behind.or_else(|| named.map(|b| (b.country, b.admin1))) {
            *divisions.entry(key).or_insert(0) += 1;
        }
    }
    let mut could = BTreeMap::new();
    for name in &names {
        for state in &name.states {
            *could.entry(*state).or_insert(0.0) += vote(name);
        }
    }
    let mut evidence = Evidence { nations, divisions, could, anchors: Vec::new() };
    // First what needs no surroundings, then the rest twice with what is known by then.
    for round in 0..3 {
        let found: Vec<Option<GazetteerPlace>> = names
            .iter()
            .enumerate()
            .map(|(i, name)| choose(name, i, &evidence, round == 0))
            .collect();
        for (name, best) in names.iter_mut().zip(found) {
            name.best = best;
        }
        evidence.anchors = names
            .iter()
            .enumerate()
            .filter_map(|(name, n)| Some(Anchor { place: n.best?, name }))
            .filter(|a| a.place.kind != PlaceKind::Country)
            .take(MOST_ANCHORS)
            .collect();
    }
    for (place, name) in places.iter_mut().zip(of_place) {
        let Some(best) = names.get(name).and_then(|n| n.best) else {
            place.known = None;
            continue;
        };
        let best = if best.kind == PlaceKind::County { settle(best, &evidence) } else { best };
        place.known = Some(best);
        if best.kind != PlaceKind::County && !best.name.is_empty() {
            best.name.clone_into(&mut place.name);
        }
    }
}

/// What a form may name: a state in short, a people's country, a place, the whole of which it
/// names a part.
fn candidates_of(form: &str, tables: &Tables) -> Vec<GazetteerPlace> {
    if form.contains('.')
        && let Some(division) = tables.divisions.of(&form.to_lowercase())
    {
        let mut found = tables::named(division.name);
        found.retain(|p| p.kind == PlaceKind::Region && p.admin1 == division.admin1);
        return found;
    }
    if let Some((nation, Naming::People)) = tables.nations.of(&form.to_lowercase()) {
        return country(nation.name).into_iter().collect();
    }
    let found = tables::named(form);
    if !found.is_empty() {
        return found;
    }
    // A part of a place, or what bears its name ("Harlow Cathedral"), lies there and is not it.
    let nameless = |p: GazetteerPlace| GazetteerPlace { geonameid: None, name: "", ..p };
    if let Some(whole) = tables.place_words.whole(form) {
        return tables::named(whole).into_iter().map(nameless).collect();
    }
    let prefixes = form.match_indices(' ').rev().map(|(at, _)| &form[..at]).take(4);
    for prefix in prefixes {
        let mut found = tables::named(prefix);
        found.retain(|p| !matches!(p.kind, PlaceKind::Small | PlaceKind::Word));
        if tables.place_words.is_never(&prefix.to_lowercase()) {
            break;
        }
        if !found.is_empty() {
            return found.into_iter().map(nameless).collect();
        }
    }
    Vec::new()
}

/// The same spelling but for accents and capitals, which news leaves out or writes large.
fn same_letters(name: &str, form: &str) -> bool {
    let plain = |c: &char| c.is_ascii_alphabetic();
    let (a, b) = (name.chars().filter(plain), form.chars().filter(plain));
    name.is_ascii() && a.map(|c| c.to_ascii_lowercase()).eq(b.map(|c| c.to_ascii_lowercase()))
        || name.chars().count() == form.chars().count()
            && tables::place_key(name) == tables::place_key(form)
}

/// The country of a name.
pub(super) fn country(name: &str) -> Option<GazetteerPlace> {
    tables::named(name).into_iter().find(|p| p.kind == PlaceKind::Country)
}

/// The name of a county: "Harlow" before "County", or both as one name.
fn county(words: &[Word], place: &NamedPlace, form: &str) -> Option<String> {
    let last = form.rsplit(' ').next().unwrap_or_default().to_lowercase();
    if List::Counties.has(&last) {
        return Some(form.to_owned());
    }
    let next = words.partition_point(|w| w.span.start < place.span.end);
    let noun = words.get(next).filter(|w| w.is_in(List::Counties))?;
    let noun = if noun.lower == "parish" { "Parish" } else { "County" };
    Some(format!("{form} {noun}"))
}

/// The best candidate of a name; in the first round only one that stands out by itself.
fn choose(name: &Name, index: usize, evidence: &Evidence, alone: bool) -> Option<GazetteerPlace> {
    let mut best: Option<(f64, GazetteerPlace)> = None;
    let mut second = f64::NEG_INFINITY;
    for candidate in &name.candidates {
        let weight = weight(candidate, name, index, evidence);
        if best.as_ref().is_none_or(|(w, _)| weight > *w) {
            second = best.map_or(second, |(w, _)| w);
            best = Some((weight, *candidate));
        } else {
            second = second.max(weight);
        }
    }
    let (weight, place) = best?;
    let sure = !alone || weight - second > 1.0 && place.kind != PlaceKind::Small;
    // A village needs a sign that it is meant, or that no other can be and nothing lies elsewhere.
    let elsewhere = evidence.anchors.iter().any(|a| a.name != index);
    let long = place.name.len() > 5;
    let only = name.candidates.len() == 1 && long && !elsewhere && !alone;
    let known = place.kind != PlaceKind::Small
        || only
        || signs(&place, name, index, evidence) > 0.0
        || votes(&place, name, evidence) >= 1.0;
    (sure && known).then_some(place)
}

fn weight(place: &GazetteerPlace, name: &Name, index: usize, evidence: &Evidence) -> f64 {
    let size = 1.5 + 0.8 * libm::log10(100.0 * f64::from(place.population) + 100.0);
    let base = match place.kind {
        // What only the comma of "Paris, Texas" and its like outweighs.
        PlaceKind::Country => 10.5,
        // "New York State" is named in full; the bare name is the city's.
        PlaceKind::Region if place.name.ends_with(" State") => 6.0,
        PlaceKind::Region => 8.5,
        PlaceKind::County => 4.5,
        PlaceKind::Capital => size + 0.8,
        PlaceKind::Town | PlaceKind::Small | PlaceKind::Word => size,
    };
    // "Lyman" is no Liman, though either is written for the other.
    let exact = f64::from(u8::from(place.name.eq_ignore_ascii_case(&name.form))) * EXACT;
    let attacked = name.attacker == Some(place.country);
    let own = f64::from(u8::from(attacked && place.kind != PlaceKind::Country)) * ATTACKER;
    base + exact - own + signs(place, name, index, evidence) + votes(place, name, evidence)
}

/// What a name that is written as the gazetteer writes it weighs: as much as being thirty times larger.
const EXACT: f64 = 1.2;
/// What lying in the country of the attacker weighs against a place.
const ATTACKER: f64 = 1.5;
/// The most words between an attacker and what is attacked.
const MOST_BEFORE: usize = 10;

/// The country that is said to take a place or to attack it: "Norland will seize Varne".
fn attacker(words: &[Word], place: &NamedPlace, tables: &Tables) -> Option<&'static str> {
    let at = words.partition_point(|w| w.span.start < place.span.start);
    let sentence = words.get(at)?.sentence;
    let before = at.saturating_sub(MOST_BEFORE)..at;
    let near = || before.clone().rev().take_while(|i| words[*i].sentence == sentence);
    let verb = near().find(|i| words[*i].is_in(List::Taken) || words[*i].is_in(List::Assaulted))?;
    let names = |i: &usize| {
        words[*i].capital || words[*i].is_mark() || words[*i].is_any(&["and", "or", "the"])
    };
    if !(verb + 1..at).all(|i| names(&i)) {
        return None;
    }
    let found = near().filter(|i| *i < verb).find_map(|i| nation_at(words, i, tables))?;
    Some(found.iso)
}

/// How many of the article's other names its state could hold. It tells one place from another; that
/// a village is meant at all only many tell, since every large state could hold some of any names.
fn votes(place: &GazetteerPlace, name: &Name, evidence: &Evidence) -> f64 {
    if place.admin1.is_empty() {
        return 0.0;
    }
    let state = (place.country, place.admin1);
    let own = if name.states.contains(&state) { vote(name) } else { 0.0 };
    let others = evidence.could.get(&state).copied().unwrap_or(0.0) - own;
    others.min(MOST_VOTES)
}

/// What speaks for a place besides its size.
fn signs(place: &GazetteerPlace, name: &Name, index: usize, evidence: &Evidence) -> f64 {
    let mut weight = 0.0;
    if let Some(container) = name.container {
        let country = container.iso == place.country;
        let state = container.admin1.is_none_or(|a| a == place.admin1);
        weight += match (country, state, container.admin1) {
            (true, true, Some(_)) => 8.0,
            (true, true, None) => 4.0,
            _ => -4.0,
        };
    }
    // A country's own name is no sign of it.
    if place.kind != PlaceKind::Country {
        let named = evidence.nations.get(place.country).copied().unwrap_or(0);
        weight += 0.3 * f64::from(named.min(6));
    }
    // Nor is a state's.
    if place.kind != PlaceKind::Region && !place.admin1.is_empty() {
        let named = evidence.divisions.get(&(place.country, place.admin1)).copied().unwrap_or(0);
        weight += 0.9 * f64::from(named.min(3));
    }
    let (mut near, mut same) = (0.0_f64, 0_u32);
    for anchor in evidence.anchors.iter().filter(|a| a.name != index) {
        let other = &anchor.place;
        let country = other.country == place.country;
        same += u32::from(country);
        let state = country && other.admin1 == place.admin1 && !place.admin1.is_empty();
        near += match place.kind {
            PlaceKind::Country => 0.0,
            PlaceKind::Region | PlaceKind::County => f64::from(u8::from(state)) * 0.6,
            _ if other.kind == PlaceKind::Region => 0.0,
            _ if other.kind == PlaceKind::County => f64::from(u8::from(state)) * 0.5,
            _ => match distance(place, other) {
                d if d < 50.0 => 0.8,
                d if d < 160.0 => 0.5,
                d if d < 500.0 => 0.15,
                _ => 0.0,
            },
        };
    }
    weight + near.min(3.5) + 0.4 * f64::from(same.min(4))
}

/// A county where the article's places of its state lie; else in the middle of the state.
fn settle(county: GazetteerPlace, evidence: &Evidence) -> GazetteerPlace {
    let towns: Vec<&GazetteerPlace> = evidence
        .anchors
        .iter()
        .map(|a| &a.place)
        .filter(|p| p.country == county.country && p.admin1 == county.admin1)
        .filter(|p| !matches!(p.kind, PlaceKind::Region | PlaceKind::County))
        .collect();
    if towns.is_empty() {
        return county;
    }
    let mean = |of: fn(&GazetteerPlace) -> f64| {
        towns.iter().map(|p| of(p)).sum::<f64>() / towns.len() as f64
    };
    GazetteerPlace { lat: mean(|p| p.lat), lon: mean(|p| p.lon), ..county }
}

/// How much a name tells for each of the states that could hold it: less, the more there are, but
/// five names that are common everywhere still tell where all of them stand.
fn vote(name: &Name) -> f64 {
    1.0 / (name.states.len().max(1) as f64).sqrt()
}

/// Kilometres between two places, on a sphere.
fn distance(a: &GazetteerPlace, b: &GazetteerPlace) -> f64 {
    let (from, to) = (a.lat.to_radians(), b.lat.to_radians());
    let across = libm::sin((b.lon - a.lon).to_radians() / 2.0);
    let along = libm::sin((to - from) / 2.0);
    let haversine = along * along + libm::cos(from) * libm::cos(to) * (across * across);
    // Twice the earth's radius.
    12_742.0 * libm::asin(haversine.sqrt().min(1.0))
}
