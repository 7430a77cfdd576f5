//! What the layers of meaning need to know of the whole article before they read one statement:
//! its words, the places and the countries that it names. Read once an article, so that reading
//! all statements stays linear in the text.

use std::sync::OnceLock;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use sayso_language::{Language, clause::Clauses};
use sayso_model::Span;

use crate::{
    nation::{country_of_ian, nation_at},
    place::{self, NamedPlace},
    tables::{List, Tables},
    words::{self, Word},
};

/// The most peoples that are joined before one noun.
const MOST_JOINED: usize = 4;

/// The words, places and countries of one article.
#[derive(Debug, Clone)]
pub struct Ground<'a> {
    /// All words in order.
    pub words: Vec<Word<'a>>,
    /// Its clauses.
    pub clauses: Clauses,
    /// All places that it names, in order, not overlapping.
    pub places: Vec<NamedPlace>,
    /// The peoples and adjectives that name a country, in order, outside `places`.
    pub peoples: Vec<NamedPlace>,
    /// How often each country, its people or its government is named, by code.
    pub nations: BTreeMap<&'static str, u32>,
    /// Names of places in lower case, with the first place that bears each and how many do.
    by_name: BTreeMap<String, (usize, u32)>,
    /// Words in lower case that stand with a capital inside a sentence.
    capitals: BTreeSet<String>,
    /// The country in which a place lies, where the article says so ("the Velanian town of
    /// Tarn"), by the place's name in lower case.
    holders: BTreeMap<String, String>,
    /// Countries whose forces it speaks of, by name, with how often.
    pub sides: BTreeMap<String, u32>,
    /// At which words an expression of time may begin; found when it is first asked.
    times: OnceLock<Vec<bool>>,
}

impl<'a> Ground<'a> {
    /// Reads the article once.
    pub fn read(language: &Language<'a>, tables: &Tables) -> Self {
        let mut sentence = 0;
        let words = words::split(language.text, |byte| {
            while language.sentences.get(sentence + 1).is_some_and(|s| s.span.start <= byte) {
                sentence += 1;
            }
            sentence as u32
        });
        let mut nations = BTreeMap::new();
        let mut sides = BTreeMap::new();
        for at in 0..words.len() {
            let Some(found) = nation_at(&words, at, tables) else { continue };
            *nations.entry(found.iso).or_insert(0) += 1;
            if words.get(found.words.end).is_some_and(|w| w.is_in(List::Forces)) {
                *sides.entry(found.name.to_owned()).or_insert(0) += 1;
            }
        }
        let places = place::all(language, &words, &nations, tables);
        let peoples = place::peoples(&words, &places, tables);
        let capitals = words
            .windows(2)
            .filter(|pair| {
                pair[1].capital && pair[0].sentence == pair[1].sentence && !pair[0].is_mark()
            })
            .map(|pair| pair[1].lower.clone().into_owned())
            .collect();
        let mut by_name = BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            by_name.entry(place.name.to_lowercase()).or_insert((at, 0)).1 += 1;
        }
        let holders = BTreeMap::new();
        let clauses = Clauses::read(language, &tables.operators.clauses);
        let mut ground = Self {
            words,
            clauses,
            places,
            peoples,
            nations,
            by_name,
            capitals,
            holders,
            sides,
            times: OnceLock::new(),
        };
        ground.add_unknown_sides(language);
        ground.add_holders(tables);
        ground
    }

    /// At which words an expression of time may begin, as `find` tells of all words at once.
    pub(crate) fn times(&self, find: impl FnOnce() -> Vec<bool>) -> &[bool] {
        self.times.get_or_init(find)
    }

    /// True for a word with a capital that has one inside a sentence of the article too: at the
    /// head of a sentence any word has one.
    pub fn is_name(&self, word: &Word) -> bool {
        word.capital && self.capitals.contains(word.lower.as_ref())
    }

    /// The words inside a span, as a range of indices (binary search).
    pub fn words_in(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|w| w.span.start < span.start);
        let end = self.words.partition_point(|w| w.span.end <= span.end);
        start..end.max(start)
    }

    /// The places inside a span.
    pub fn places_in(&self, span: Span) -> &[NamedPlace] {
        let start = self.places.partition_point(|p| p.span.start < span.start);
        let end = self.places.partition_point(|p| p.span.end <= span.end);
        self.places.get(start..end.max(start)).unwrap_or_default()
    }

    /// Countries that no table knows: "Oskarian troops" where the article also says "Oskaria".
    fn add_unknown_sides(&mut self, language: &Language) {
        let mut found = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            if word.capital && before_forces(&self.words, at) {
                let form = word.span.of(language.text);
                found.extend(
                    self.country_of_adjective(&word.lower).or_else(|| country_of_ian(form)),
                );
            }
        }
        for name in found {
            *self.sides.entry(name).or_insert(0) += 1;
        }
    }

    fn add_holders(&mut self, tables: &Tables) {
        let mut found = Vec::new();
        for place in &self.places {
            let at = self.words.partition_point(|w| w.span.start < place.span.start);
            let Some(adjective) = at.checked_sub(3) else { continue };
            let of_town = self.words.get(at - 1).is_some_and(|w| w.lower == "of")
                && self.words.get(at - 2).is_some_and(|w| w.is_in(List::Towns));
            let Some(word) = self.words.get(adjective).filter(|w| of_town && w.capital) else {
                continue;
            };
            let country = nation_at(&self.words, adjective, tables)
                .filter(|n| n.words.end == at - 2)
                .map(|n| n.name.to_owned())
                .or_else(|| self.country_of_adjective(&word.lower))
                .or_else(|| {
                    let capital = word.lower.get(..1).map(str::to_uppercase)?;
                    country_of_ian(&format!("{capital}{}", word.lower.get(1..)?))
                });
            found.extend(country.map(|c| (place.name.to_lowercase(), c)));
        }
        self.holders.extend(found);
    }

    /// The country in which the article says a place lies.
    pub fn holder(&self, place: &str) -> Option<&str> {
        self.holders.get(&place.to_lowercase()).map(String::as_str)
    }

    /// The name in this article of which a word is the adjective ("oskarian", "Oskaria").
    pub fn country_of_adjective(&self, lower: &str) -> Option<String> {
        let stem = lower.strip_suffix('n').or_else(|| lower.strip_suffix("ns"))?;
        if stem.len() < 4 {
            return None;
        }
        self.place_named(stem).map(|p| p.name.clone())
    }

    /// The first place of the article that bears a name, in lower case.
    pub fn place_named(&self, lower: &str) -> Option<&NamedPlace> {
        self.by_name.get(lower).and_then(|(at, _)| self.places.get(*at))
    }

    /// How often the article names a place.
    pub fn times_named(&self, name: &str) -> u32 {
        self.by_name.get(&name.to_lowercase()).map_or(0, |(_, times)| *times)
    }
}

/// Whether a noun of armed force follows a word, with others joined to it between: "Oskarian and
/// Velanian troops".
pub(crate) fn before_forces<'w, W>(words: &[W], at: usize) -> bool
where
    W: std::borrow::Borrow<Word<'w>>,
{
    let word = |i: usize| words.get(i).map(std::borrow::Borrow::borrow);
    let mut next = at + 1;
    for _ in 0..MOST_JOINED {
        let joint = word(next).filter(|w| w.is_any(&["and", "or", ","]));
        let Some(joint) = joint else { break };
        let comma = joint.lower == "," && word(next + 1).is_some_and(|w| w.is_any(&["and", "or"]));
        let member = next + 1 + usize::from(comma);
        if !word(member).is_some_and(|w| w.capital) {
            return false;
        }
        next = member + 1;
    }
    word(next).is_some_and(|w| w.is_in(List::Forces))
}
