//! The tables `data/en/names.toml` and `data/en/given_names.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::{Gender, NameKind};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesFile {
    not_names: BTreeSet<String>,
    titles: BTreeSet<String>,
    male_titles: BTreeSet<String>,
    female_titles: BTreeSet<String>,
    title_modifiers: BTreeSet<String>,
    addresses: BTreeSet<String>,
    role_nouns: BTreeSet<String>,
    person_nouns: BTreeSet<String>,
    male_nouns: BTreeSet<String>,
    female_nouns: BTreeSet<String>,
    other_name: BTreeSet<String>,
    legal_form: BTreeSet<String>,
    particles: BTreeSet<String>,
    organization_words: BTreeSet<String>,
    place_words: BTreeSet<String>,
    event_words: BTreeSet<String>,
    before_places: BTreeSet<String>,
    after_genitive: BTreeSet<String>,
    ordinary_endings: BTreeSet<String>,
    role_links: BTreeSet<String>,
    inside_roles: BTreeSet<String>,
    never_in_roles: BTreeSet<String>,
    organizations: BTreeSet<String>,
    places: BTreeSet<String>,
    groups: BTreeSet<String>,
    countries: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenFile {
    male: Vec<String>,
    female: Vec<String>,
    either: Vec<String>,
}

/// What the rules for names know.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "`not_names` is the table's word")]
pub(crate) struct Names {
    /// Capitalised words that are no names, lower case.
    pub(crate) not_names: BTreeSet<String>,
    /// "minister", "gen.", lower case.
    pub(crate) titles: BTreeSet<String>,
    /// "deputy", "defense", lower case.
    pub(crate) title_modifiers: BTreeSet<String>,
    /// "mr.": titles that are no role, lower case.
    pub(crate) addresses: BTreeSet<String>,
    /// "activist": role nouns that are no titles, lower case.
    pub(crate) role_nouns: BTreeSet<String>,
    /// "also known as": what stands between two names of one person.
    pub(crate) other_name: BTreeSet<String>,
    /// "Ltd": behind a firm's name, as written.
    pub(crate) legal_form: BTreeSet<String>,
    /// "van", "al", lower case.
    pub(crate) particles: BTreeSet<String>,
    /// "agency", lower case.
    pub(crate) organization_words: BTreeSet<String>,
    /// "river", lower case.
    pub(crate) place_words: BTreeSet<String>,
    /// "war", lower case.
    pub(crate) event_words: BTreeSet<String>,
    /// "in": before a single name that is a place, lower case.
    pub(crate) before_places: BTreeSet<String>,
    /// "Republic": behind "'s" inside a name, as it is written.
    pub(crate) after_genitive: BTreeSet<String>,
    /// Endings that names seldom have, lower case.
    pub(crate) ordinary_endings: BTreeSet<String>,
    /// "of": joins the words of a role, lower case.
    pub(crate) role_links: BTreeSet<String>,
    /// "top": may stand inside a role behind a name, lower case.
    pub(crate) inside_roles: BTreeSet<String>,
    /// "while": begins a clause and stands in no role, lower case.
    pub(crate) never_in_roles: BTreeSet<String>,
    /// Whole names whose kind is known.
    pub(crate) known: BTreeMap<String, NameKind>,
    title_gender: BTreeMap<String, Gender>,
    person_nouns: BTreeMap<String, Option<Gender>>,
    given: BTreeMap<String, Option<Gender>>,
}

impl Names {
    /// Does the word begin persons' names? With the gender where only one is usual.
    #[expect(clippy::option_option, reason = "no given name; one for both; one with a gender")]
    pub(crate) fn given(&self, word: &str) -> Option<Option<Gender>> {
        self.given.get(&word.to_lowercase()).copied()
    }

    /// Does the word, a common noun in small letters, stand for one person? With the gender that it
    /// tells.
    #[expect(clippy::option_option, reason = "no person; one of either gender; one with a gender")]
    pub(crate) fn person_noun(&self, word: &str) -> Option<Option<Gender>> {
        let role = || self.role_nouns.contains(word) || self.titles.contains(word);
        self.person_nouns
            .get(word)
            .copied()
            .or_else(|| role().then(|| self.title_gender.get(word).copied()))
    }

    /// The gender that a title or a role noun tells.
    pub(crate) fn title_gender(&self, word: &str) -> Option<Gender> {
        self.title_gender.get(&word.to_lowercase()).copied()
    }
}

const NAMES: &str = include_str!("../../../../data/en/names.toml");
const GIVEN: &str = include_str!("../../../../data/en/given_names.toml");

/// The tables that ship. A test parses them, so that a broken row never reaches a user.
pub(crate) static NAMES_TABLE: LazyLock<Names> =
    LazyLock::new(|| parse(NAMES, GIVEN).unwrap_or_else(|e| panic!("{e}")));

fn parse(names: &str, given: &str) -> Result<Names, String> {
    let n: NamesFile = toml::from_str(names).map_err(|e| format!("data/en/names.toml: {e}"))?;
    let g: GivenFile =
        toml::from_str(given).map_err(|e| format!("data/en/given_names.toml: {e}"))?;
    let lower_sets = [
        &n.not_names,
        &n.titles,
        &n.male_titles,
        &n.female_titles,
        &n.title_modifiers,
        &n.addresses,
        &n.role_nouns,
        &n.person_nouns,
        &n.male_nouns,
        &n.female_nouns,
        &n.other_name,
        &n.particles,
        &n.organization_words,
        &n.place_words,
        &n.event_words,
        &n.before_places,
        &n.ordinary_endings,
        &n.role_links,
        &n.inside_roles,
        &n.never_in_roles,
    ];
    if let Some(word) = lower_sets.into_iter().flatten().find(|w| w.to_lowercase() != **w) {
        return Err(format!("data/en/names.toml: `{word}` is not lower case"));
    }
    if let Some(word) =
        [&g.male, &g.female, &g.either].into_iter().flatten().find(|w| w.to_lowercase() != **w)
    {
        return Err(format!("data/en/given_names.toml: `{word}` is not lower case"));
    }
    let mut known = BTreeMap::new();
    for (country, people) in &n.countries {
        known.insert(country.clone(), NameKind::Place);
        known.extend(people.iter().map(|p| (p.clone(), NameKind::Group)));
    }
    known.extend(n.organizations.into_iter().map(|o| (o, NameKind::Organization)));
    known.extend(n.places.into_iter().map(|p| (p, NameKind::Place)));
    known.extend(n.groups.into_iter().map(|p| (p, NameKind::Group)));
    let mut title_gender = BTreeMap::new();
    title_gender.extend(n.male_titles.into_iter().map(|t| (t, Gender::Male)));
    title_gender.extend(n.female_titles.into_iter().map(|t| (t, Gender::Female)));
    let mut person_nouns = BTreeMap::new();
    person_nouns.extend(n.person_nouns.into_iter().map(|w| (w, None)));
    person_nouns.extend(n.male_nouns.into_iter().map(|w| (w, Some(Gender::Male))));
    person_nouns.extend(n.female_nouns.into_iter().map(|w| (w, Some(Gender::Female))));
    let mut genders: BTreeMap<String, Option<Gender>> = BTreeMap::new();
    let rows = [(g.male, Some(Gender::Male)), (g.female, Some(Gender::Female)), (g.either, None)];
    for (list, gender) in rows {
        for name in list {
            // A name in two lists fits both.
            genders
                .entry(name)
                .and_modify(|g| {
                    if *g != gender {
                        *g = None;
                    }
                })
                .or_insert(gender);
        }
    }
    Ok(Names {
        not_names: n.not_names,
        titles: n.titles,
        title_modifiers: n.title_modifiers,
        addresses: n.addresses,
        role_nouns: n.role_nouns,
        other_name: n.other_name,
        legal_form: n.legal_form,
        particles: n.particles,
        organization_words: n.organization_words,
        place_words: n.place_words,
        event_words: n.event_words,
        before_places: n.before_places,
        after_genitive: n.after_genitive,
        ordinary_endings: n.ordinary_endings,
        role_links: n.role_links,
        inside_roles: n.inside_roles,
        never_in_roles: n.never_in_roles,
        known,
        title_gender,
        person_nouns,
        given: genders,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_that_ship_are_valid() {
        let names = parse(NAMES, GIVEN).expect("data/en");
        assert_eq!(names.given("Olena"), Some(Some(Gender::Female)));
        assert_eq!(names.given("Table"), None);
        assert_eq!(names.known.get("Ukrainian"), Some(&NameKind::Group));
    }

    #[test]
    fn a_broken_row_is_named() {
        let error = parse(&NAMES.replace("\"agency\"", "\"Agency\""), GIVEN).unwrap_err();
        assert!(error.contains("names.toml") && error.contains("Agency"), "{error}");
    }
}
