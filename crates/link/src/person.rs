//! One speaker under many names, titles and spellings; two people of one name stay two.
//!
//! **Why profiles and not statements.** What a name and its role say is the same in all articles
//! that give them, so a profile (kind, name, role) is judged once, whatever number of articles
//! bear it. Only where a bare name belongs to two people does each article decide for itself, by
//! what else is spoken of around it.
//!
//! **Why points and no trained model.** A merge has to tell its reader why. Each point of evidence
//! is a sentence; their sum decides.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use sayso_model::SpeakerKind;

use crate::{
    spelling::{fold, one_letter_apart, skeleton},
    tables::Names,
};

/// What all articles together show under one name in one role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// The name as articles give it.
    pub name: String,
    /// Role, where they give one.
    pub role: Option<String>,
    /// Articles that bear it.
    pub articles: u64,
    /// What is spoken of in these statements (names of targets and places, folded), with the
    /// number of articles.
    pub context: BTreeMap<String, u64>,
}

/// Where profiles may meet: profiles of different blocks are never one speaker. None for kinds of
/// speakers that belong to their article alone: anonymous ones, groups, authors.
pub fn block(kind: SpeakerKind, name: &str) -> Option<String> {
    match kind {
        SpeakerKind::Person => Some(format!("p {}", skeleton(&Person::of(name).surname))),
        SpeakerKind::Organization => Some(format!("o {}", initials(name))),
        SpeakerKind::Group | SpeakerKind::Anonymous | SpeakerKind::Author => None,
    }
}

/// Where one profile belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The speaker, as a number that counts from 0 within the block.
    pub speaker: usize,
    /// Why it is the same speaker as others of the block; empty for the first of a speaker.
    pub evidence: String,
    /// Other speakers whom the name fits too. Where there are any and the profile has no role,
    /// each article decides for itself ([`meant`]).
    pub others: Vec<usize>,
}

/// Sorts the profiles of one block into speakers, in the order of the profiles given. The first
/// profile of each speaker in the order of articles stands for it. Time is quadratic in the
/// profiles of a block, which are few: names of one sound, not articles.
pub fn people(profiles: &[Profile], kind: SpeakerKind, names: &Names) -> Vec<Place> {
    let faces: Vec<Face> = profiles.iter().map(|profile| Face::of(profile, kind, names)).collect();
    let mut order: Vec<usize> = (0..profiles.len()).collect();
    // Full names with roles first: they say most, and bare surnames need them.
    order.sort_by_key(|i| {
        let face = &faces[*i];
        (
            Reverse(face.fullness()),
            Reverse(profiles[*i].articles),
            &profiles[*i].name,
            &profiles[*i].role,
        )
    });
    let mut speakers: Vec<Vec<usize>> = Vec::new();
    let mut places: Vec<Option<Place>> = vec![None; profiles.len()];
    for index in order {
        let fits = fits(index, &speakers, profiles, &faces, kind, names);
        let best = fits.iter().max_by_key(|fit| (fit.points, fit.articles, Reverse(fit.speaker)));
        let (speaker, evidence) = match best.filter(|fit| fit.points > 0) {
            Some(fit) => (fit.speaker, fit.why.clone()),
            None => (speakers.len(), String::new()),
        };
        if speaker == speakers.len() {
            speakers.push(Vec::new());
        }
        speakers[speaker].push(index);
        let others = fits.iter().map(|fit| fit.speaker).filter(|other| *other != speaker);
        let others = if profiles[index].role.is_none() { others.collect() } else { Vec::new() };
        places[index] = Some(Place { speaker, evidence, others });
    }
    places.into_iter().flatten().collect()
}

/// The speaker whom one article means by a name that several bear: the one of whose matters it
/// speaks most, the one with most articles where it speaks of none. `candidates` are what is known
/// of each.
pub fn meant(context: &BTreeSet<String>, candidates: &[&Profile]) -> Option<usize> {
    let weigh = |profile: &Profile| {
        let shared: f64 = context
            .iter()
            .filter_map(|key| profile.context.get(key))
            .map(|articles| *articles as f64 / profile.articles.max(1) as f64)
            .sum();
        ((shared * 1_000_000.0) as u64, profile.articles)
    };
    (0..candidates.len()).rev().max_by_key(|i| weigh(candidates[*i]))
}

/// A profile taken apart.
struct Face {
    person: Person,
    /// An organization's words, sorted.
    words: Vec<String>,
    acronym: bool,
    /// Folded words of the role.
    role: BTreeSet<String>,
    /// Those of them that are names (countries, companies), by their stems.
    named: BTreeSet<String>,
    domains: BTreeSet<usize>,
}

impl Face {
    fn of(profile: &Profile, kind: SpeakerKind, names: &Names) -> Self {
        let role = profile.role.as_deref().unwrap_or_default();
        let mut words = BTreeSet::new();
        let mut named = BTreeSet::new();
        let mut domains = BTreeSet::new();
        for word in role.split(|c: char| !c.is_alphanumeric()) {
            let folded = fold(word);
            let idle = IDLE.contains(&word.to_lowercase().as_str()) || names.is_generic(&folded);
            if folded.len() < 2 || idle {
                continue;
            }
            let domain = names.domain(word);
            domains.extend(domain);
            // Offices are often written with a capital: what names a sort of office is no name.
            if word.chars().next().is_some_and(char::is_uppercase) && domain.is_none() {
                named.insert(stem(&folded));
            }
            words.insert(stem(&folded));
        }
        let organization = kind == SpeakerKind::Organization;
        Self {
            person: Person::of(&profile.name),
            words: if organization { content_words(&profile.name) } else { Vec::new() },
            acronym: organization && is_acronym(&profile.name),
            role: words,
            named,
            domains,
        }
    }

    fn fullness(&self) -> (u8, bool) {
        let name = match &self.person.given {
            None => 0,
            Some(given) if given.chars().count() == 1 => 1,
            Some(_) => 2,
        };
        (if self.acronym { 0 } else { name }, !self.role.is_empty())
    }
}

/// A speaker whom a profile may be.
struct Fit {
    points: i32,
    articles: u64,
    speaker: usize,
    why: String,
}

/// The speakers whom a profile may be by its name, each with the sum of the evidence.
fn fits(
    index: usize,
    speakers: &[Vec<usize>],
    profiles: &[Profile],
    faces: &[Face],
    kind: SpeakerKind,
    names: &Names,
) -> Vec<Fit> {
    let mut fits: Vec<Fit> = Vec::new();
    for (speaker, members) in speakers.iter().enumerate() {
        let mut top: Option<(i32, String)> = None;
        let mut barred = false;
        for member in members {
            let verdict = if kind == SpeakerKind::Organization {
                organization(&faces[index], &faces[*member])
            } else {
                let this = (&profiles[index], &faces[index]);
                person(this, (&profiles[*member], &faces[*member]), names)
            };
            match verdict {
                // Two given names that cannot be one part two speakers, whoever else is there.
                Verdict::Never => barred = true,
                Verdict::Points(points, why) => {
                    if top.as_ref().is_none_or(|(most, _)| points > *most) {
                        top = Some((points, why));
                    }
                }
            }
        }
        if let (false, Some((points, why))) = (barred, top) {
            let articles = members.iter().map(|member| profiles[*member].articles).sum();
            fits.push(Fit { points, articles, speaker, why });
        }
    }
    // A name that says little needs to be the only one that fits, or have more to show.
    let bare = faces[index].fullness().0 < 2 && kind == SpeakerKind::Person;
    if let (true, [fit]) = (bare, &mut fits[..]) {
        fit.points += ALONE;
        fit.why.push_str(", and nobody else here bears it");
    }
    fits
}

enum Verdict {
    Never,
    Points(i32, String),
}

// The points, in quarters of what a full name in common is worth. They are judged, not fitted:
// with a full name in common, two offices that do not go together and no matter in common part two
// people; with a surname alone, something else must be in common.
const SAME_NAME: i32 = 4;
const FORM_OF_NAME: i32 = 3;
const SPELT_ALIKE: i32 = -2;
const INITIAL: i32 = -1;
const SURNAME: i32 = -2;
const ALONE: i32 = 3;
const SAME_NAME_IN_ROLE: i32 = 4;
const SAME_OFFICE: i32 = 3;
const OTHER_NAME_IN_ROLE: i32 = -2;
const OTHER_SORT_OF_OFFICE: i32 = -5;
const SAME_MATTERS: i32 = 3;
const NO_MATTER_IN_COMMON: i32 = -1;

fn person(one: (&Profile, &Face), other: (&Profile, &Face), names: &Names) -> Verdict {
    let (a, b) = (&one.1.person, &other.1.person);
    let spelt_alike = a.surname != b.surname;
    if spelt_alike
        && !(a.surname.len() >= 6 && one_letter_apart(&a.surname, &b.surname) && a.given == b.given)
    {
        return Verdict::Never;
    }
    let (mut points, mut why) = match (&a.given, &b.given) {
        (Some(x), Some(y)) if x == y => (SAME_NAME, "the same name".to_owned()),
        (Some(x), Some(y)) if names.same_given(x, y) => {
            (FORM_OF_NAME, "two forms of one given name".to_owned())
        }
        (Some(x), Some(y)) if initial_of(x, y) || initial_of(y, x) => {
            (INITIAL, "the initial and the surname".to_owned())
        }
        (Some(x), Some(y)) if x.len() >= 4 && one_letter_apart(x, y) => {
            (SPELT_ALIKE, "a given name spelt alike".to_owned())
        }
        (Some(_), Some(_)) => return Verdict::Never,
        _ => (SURNAME, "the surname".to_owned()),
    };
    if let (Some(x), Some(y)) = (&a.middle, &b.middle)
        && x != y
        && !initial_of(x, y)
        && !initial_of(y, x)
    {
        return Verdict::Never;
    }
    if spelt_alike {
        points += SPELT_ALIKE;
        why.push_str(", spelt alike");
    }
    let (role, other_role) = (&one.1.role, &other.1.role);
    if !role.is_empty() && !other_role.is_empty() {
        let shared = role.intersection(other_role).count();
        if one.1.named.intersection(&other.1.named).next().is_some() {
            points += SAME_NAME_IN_ROLE;
            why.push_str(", one body in both roles");
        } else if !one.1.named.is_empty() && !other.1.named.is_empty() {
            points += OTHER_NAME_IN_ROLE;
        }
        if shared > 0 {
            points += SAME_OFFICE;
            why.push_str(", one office");
        } else if !one.1.domains.is_empty()
            && !other.1.domains.is_empty()
            && !names.may_move(&one.1.domains, &other.1.domains)
        {
            points += OTHER_SORT_OF_OFFICE;
        }
    }
    let (x, y) = (&one.0.context, &other.0.context);
    if !x.is_empty() && !y.is_empty() {
        if x.keys().any(|key| y.contains_key(key)) {
            points += SAME_MATTERS;
            why.push_str(", the same matters");
        } else {
            points += NO_MATTER_IN_COMMON;
        }
    }
    Verdict::Points(points, why)
}

fn organization(one: &Face, other: &Face) -> Verdict {
    if one.words == other.words && !one.words.is_empty() {
        return Verdict::Points(SAME_NAME, "the same words".to_owned());
    }
    // The block holds names with the same initials; an acronym is one of them spelt out.
    if one.acronym != other.acronym && one.words.len().max(other.words.len()) >= 3 {
        return Verdict::Points(FORM_OF_NAME, "the initials of the name".to_owned());
    }
    Verdict::Never
}

/// A person's name taken apart, folded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Person {
    given: Option<String>,
    middle: Option<String>,
    surname: String,
}

/// What stands behind a surname and is no part of it.
const SUFFIXES: [&str; 8] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"];
/// What stands before a surname and may be left out.
const PARTICLES: [&str; 17] = [
    "al", "el", "bin", "ibn", "ben", "de", "da", "del", "della", "di", "du", "van", "von", "der",
    "den", "la", "le",
];
/// Words of a role that bear nothing.
const IDLE: [&str; 14] =
    ["of", "the", "for", "at", "in", "and", "to", "on", "a", "an", "s", "former", "then", "deputy"];
/// Letters of a word by which its forms meet: "Norland", "Norlandic".
const STEM: usize = 5;

fn stem(folded: &str) -> String {
    folded.chars().take(STEM).collect()
}

impl Person {
    fn of(name: &str) -> Self {
        // "Brask, Étienne"
        let turned = name.split_once(',').filter(|(_, given)| {
            let folded = fold(given);
            !folded.is_empty() && !SUFFIXES.contains(&folded.as_str())
        });
        let name = turned.map_or(name.to_owned(), |(last, given)| format!("{given} {last}"));
        let mut words: Vec<String> = name
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '·' | '.' | ','))
            .map(fold)
            .filter(|word| !word.is_empty())
            .collect();
        while words.len() > 1 && words.last().is_some_and(|w| SUFFIXES.contains(&w.as_str())) {
            words.pop();
        }
        let surname = words.pop().unwrap_or_default();
        while words.len() > 1 && words.last().is_some_and(|w| PARTICLES.contains(&w.as_str())) {
            words.pop();
        }
        let alone = words.len() == 1 && PARTICLES.contains(&words[0].as_str());
        let mut words = words.into_iter().filter(|_| !alone);
        Self { given: words.next(), middle: words.next(), surname }
    }
}

fn initial_of(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// Words of an organization's name that carry it, folded, in the order of the alphabet: "Ministry
/// of Defence of Norland" and "Norland's Defense Ministry" are one.
fn content_words(name: &str) -> Vec<String> {
    let name = name.replace("’s", "").replace("'s", "");
    let mut words: Vec<String> = if is_acronym(&name) {
        vec![fold(&name.replace('.', ""))]
    } else {
        name.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !IDLE.contains(&word.to_lowercase().as_str()))
            .map(|word| fold(word).replace("defence", "defense"))
            .filter(|word| !word.is_empty())
            .collect()
    };
    words.sort();
    words
}

fn is_acronym(name: &str) -> bool {
    let bare = name.replace('.', "");
    (2..=6).contains(&bare.chars().count()) && bare.chars().all(char::is_uppercase)
}

/// The first letters of an organization's words, sorted; an acronym's own letters.
fn initials(name: &str) -> String {
    let mut letters: Vec<char> = if is_acronym(name) {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    } else {
        content_words(name).iter().filter_map(|word| word.chars().next()).collect()
    };
    letters.sort_unstable();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(name: &str, role: &str, context: &[&str]) -> Profile {
        Profile {
            name: name.to_owned(),
            role: (!role.is_empty()).then(|| role.to_owned()),
            articles: 1,
            context: context.iter().map(|key| ((*key).to_owned(), 1)).collect(),
        }
    }

    fn sorted(kind: SpeakerKind, profiles: &[Profile]) -> Vec<usize> {
        let names = Names::english().unwrap();
        people(profiles, kind, &names).into_iter().map(|place| place.speaker).collect()
    }

    #[test]
    fn one_person_under_many_names() {
        let speakers = sorted(
            SpeakerKind::Person,
            &[
                profile("Mykola Dolenko", "general", &["ostrel"]),
                profile("Nikolai Dolenko", "former intelligence chief", &["ostrel"]),
                profile("M. Dolenko", "", &["ostrel"]),
                profile("Dolenko", "", &[]),
                profile("Mykola P. Dolenko", "", &[]),
                profile("Viktor Dolenko", "general", &["ostrel"]),
            ],
        );
        assert_eq!(speakers[0], speakers[1]);
        assert_eq!(speakers[0], speakers[4]);
        assert_ne!(speakers[0], speakers[5], "brothers are two");
        assert_ne!(speakers[3], speakers[0], "a bare surname that two bear is nobody's");
    }

    #[test]
    fn two_people_of_one_name_stay_two() {
        let speakers = sorted(
            SpeakerKind::Person,
            &[
                profile("Anna Brask", "Finance Minister of Norland", &["norland"]),
                profile("Anna Brask", "striker", &["varn rovers"]),
                profile("Anna Brask", "minister", &["norland"]),
            ],
        );
        assert_eq!(speakers[0], speakers[2]);
        assert_ne!(speakers[0], speakers[1]);
    }

    #[test]
    fn organizations_meet_by_words_and_initials() {
        assert_eq!(
            block(SpeakerKind::Organization, "O.S.V."),
            block(SpeakerKind::Organization, "Office for the Study of Volcanoes")
        );
        let speakers = sorted(
            SpeakerKind::Organization,
            &[
                profile("Office for the Study of Volcanoes", "", &[]),
                profile("OSV", "", &[]),
                profile("Orchestra of South Varn", "", &[]),
            ],
        );
        assert_ne!(speakers[0], speakers[2]);
        assert_eq!(
            block(SpeakerKind::Organization, "Ministry of Defence of Norland"),
            block(SpeakerKind::Organization, "Norland's Defense Ministry")
        );
    }

    #[test]
    fn what_is_spoken_of_tells_who_is_meant() {
        let (one, other) = (profile("A", "", &["norland"]), profile("A", "", &["varn"]));
        let context = BTreeSet::from(["varn".to_owned()]);
        assert_eq!(meant(&context, &[&one, &other]), Some(1));
        assert_eq!(meant(&BTreeSet::new(), &[&one, &other]), Some(0));
        assert_eq!(meant(&context, &[]), None);
    }
}
