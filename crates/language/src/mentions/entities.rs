//! Groups names into entities.

use std::collections::BTreeMap;

use crate::names::NAMES_TABLE;
use crate::{Entity, Gender, Language, Mention, MentionKind, NameKind};

/// A name's words, folded for comparison.
fn words(name: &str) -> Vec<String> {
    let clean = name.replace(['’', '`'], "'");
    clean
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|w| w.trim_end_matches('.').to_lowercase())
        .map(|w| w.strip_suffix("'s").map(str::to_owned).unwrap_or(w))
        .filter(|w| !w.is_empty() && w != "the")
        .collect()
}

struct Draft {
    words: Vec<String>,
    kind: NameKind,
    /// Bytes of the longest name.
    longest: usize,
}

/// Entities in the order of first mention, and the mentions by name.
pub(super) fn entities(language: &Language<'_>) -> (Vec<Entity>, Vec<Mention>) {
    let names: Vec<Vec<String>> =
        language.names.iter().map(|n| words(n.span.of(language.text))).collect();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut link: Vec<Option<usize>> = vec![None; names.len()];
    // Full names first, so that a short name may stand before its full one (headlines).
    let mut exact: BTreeMap<&[String], usize> = BTreeMap::new();
    let mut ends: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (i, w) in names.iter().enumerate().filter(|(_, w)| w.len() > 1) {
        let kind = language.names[i].kind;
        let (Some(first), Some(last)) = (w.first(), w.last()) else { continue };
        let found = exact.get(w.as_slice()).or_else(|| {
            if kind == NameKind::Person { ends.get(&(first.as_str(), last.as_str())) } else { None }
        });
        let entity = found.copied().unwrap_or(drafts.len());
        if entity == drafts.len() {
            drafts.push(Draft { words: w.clone(), kind, longest: i });
        } else if w.len() > drafts[entity].words.len() {
            drafts[entity].words.clone_from(w);
            drafts[entity].longest = i;
        }
        exact.entry(w).or_insert(entity);
        if kind == NameKind::Person {
            ends.entry((first, last)).or_insert(entity);
        }
        link[i] = Some(entity);
    }
    let full = drafts.len();
    let index = short_forms(language, &drafts);
    let mut singles: BTreeMap<(&[String], bool), usize> = BTreeMap::new();
    let mut out = Vec::with_capacity(names.len());
    for (i, w) in names.iter().enumerate() {
        let name = language.names[i];
        let mention =
            |entity, kind, confidence| Mention { span: name.span, entity, kind, confidence };
        let person = name.kind == NameKind::Person;
        let candidates = index.get(w.join(" ").as_str()).map(Vec::as_slice).unwrap_or_default();
        let candidates: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|c| Some(*c) != link[i] && fits(name.kind, drafts[*c].kind, w))
            .collect();
        match (link[i], candidates.as_slice()) {
            (Some(entity), _) => {
                let short = w.len() < drafts[entity].words.len();
                out.push(mention(
                    entity,
                    if short { MentionKind::ShortName } else { MentionKind::Name },
                    0.95,
                ));
            }
            (None, [one]) => out.push(mention(*one, MentionKind::ShortName, 0.9)),
            (None, []) if w.is_empty() => {}
            (None, []) => {
                let entity = *singles.entry((w, person)).or_insert(drafts.len());
                if entity == drafts.len() {
                    drafts.push(Draft { words: w.clone(), kind: name.kind, longest: i });
                }
                out.push(mention(entity, MentionKind::Name, 0.8));
            }
            // Two people with one surname.
            (None, _) => {}
        }
    }
    debug_assert!(full <= drafts.len());
    let entities = drafts
        .iter()
        .map(|d| {
            let name = language.names[d.longest].span.of(language.text);
            let gender = if d.kind == NameKind::Person { first_name_gender(name) } else { None };
            Entity {
                name: name.split_whitespace().collect::<Vec<_>>().join(" "),
                kind: d.kind,
                gender,
                roles: Vec::new(),
            }
        })
        .collect();
    renumber(entities, out)
}

/// May a name of one kind be short for one of another? The kinds are guesses, so only sure
/// differences count.
fn fits(short: NameKind, full: NameKind, words: &[String]) -> bool {
    use NameKind::{Group, Organization, Other, Person, Place};
    match (short, full) {
        (Group, _) | (_, Group) => short == full,
        (Place, Person) => NAMES_TABLE.known.get(words.join(" ").as_str()).is_none(),
        (Place, Organization) | (Organization, Place) => false,
        (Person, Organization | Place) => false,
        (Person | Organization | Other, _) => true,
        (a, b) => a == b,
    }
}

/// Every short form of every full name: parts of it, and its initials.
fn short_forms(language: &Language<'_>, drafts: &[Draft]) -> BTreeMap<String, Vec<usize>> {
    let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut add = |form: String, entity: usize| {
        let list = out.entry(form).or_default();
        if !list.contains(&entity) && list.len() < 8 {
            list.push(entity);
        }
    };
    for (i, draft) in drafts.iter().enumerate() {
        let w = &draft.words;
        // Longer names are lists that went wrong.
        if w.len() > 10 {
            continue;
        }
        if draft.kind == NameKind::Person {
            if let (Some(first), Some(last)) = (w.first(), w.last()) {
                add(last.clone(), i);
                add(first.clone(), i);
                if w.len() > 2 {
                    add(w[w.len() - 2..].join(" "), i);
                }
            }
            continue;
        }
        let name = language.names[draft.longest].span.of(language.text);
        let initials: String = name
            .split(|c: char| c.is_whitespace() || c == '-')
            .filter_map(|p| p.chars().next().filter(|c| c.is_uppercase()))
            .flat_map(char::to_lowercase)
            .collect();
        if initials.chars().count() > 1 {
            add(initials, i);
        }
        for start in 0..w.len() {
            for end in start + 1..=w.len() {
                if end - start < w.len() {
                    add(w[start..end].join(" "), i);
                }
            }
        }
    }
    out
}

/// The gender that the first word of a name tells.
fn first_name_gender(name: &str) -> Option<Gender> {
    let mut parts = name.split_whitespace();
    let first = parts.next()?;
    NAMES_TABLE.given(first).or_else(|| NAMES_TABLE.given(first.split('-').next()?)).flatten()
}

/// Puts entities into the order of their first mention and drops those without one.
fn renumber(entities: Vec<Entity>, mut mentions: Vec<Mention>) -> (Vec<Entity>, Vec<Mention>) {
    let mut new = vec![None; entities.len()];
    let mut order = Vec::new();
    for mention in &mut mentions {
        let number = *new[mention.entity].get_or_insert_with(|| {
            order.push(mention.entity);
            order.len() - 1
        });
        mention.entity = number;
    }
    let mut entities: Vec<Option<Entity>> = entities.into_iter().map(Some).collect();
    let ordered = order.into_iter().filter_map(|old| entities[old].take()).collect();
    (ordered, mentions)
}
