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
    let alone = alone(&names);
    let mut exact: BTreeMap<&[String], usize> = BTreeMap::new();
    let mut ends: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut previous: Option<usize> = None;
    for (i, w) in names.iter().enumerate().filter(|(_, w)| w.len() > 1) {
        let kind = language.names[i].kind;
        let (Some(first), Some(last)) = (w.first(), w.last()) else { continue };
        let found = exact.get(w.as_slice()).or_else(|| {
            let person = kind == NameKind::Person;
            let turned = || ends.get(&(last.as_str(), first.as_str())).filter(|_| w.len() == 2);
            person.then(|| ends.get(&(first.as_str(), last.as_str())).or_else(turned)).flatten()
        });
        let called = || previous.filter(|p| drafts[*p].kind == kind && other_name(language, i));
        let entity = found.copied().or_else(called).unwrap_or(drafts.len());
        previous = Some(entity);
        if entity == drafts.len() {
            drafts.push(Draft { words: w.clone(), kind, longest: i });
        } else if fuller(language, &alone, (i, w), &drafts[entity]) {
            drafts[entity].words.clone_from(w);
            drafts[entity].longest = i;
        }
        exact.entry(w).or_insert(entity);
        if kind == NameKind::Person {
            ends.entry((first, last)).or_insert(entity);
        }
        link[i] = Some(entity);
    }
    let index = short_forms(language, &drafts);
    let mut said = vec![0_u32; drafts.len()];
    for entity in link.iter().flatten() {
        said[*entity] += 1;
    }
    let mut latest: Vec<Option<usize>> = vec![None; drafts.len()];
    let mut singles: BTreeMap<&[String], usize> = BTreeMap::new();
    let mut out = Vec::with_capacity(names.len());
    for (i, w) in names.iter().enumerate() {
        let name = language.names[i];
        let mention =
            |entity, kind, confidence| Mention { span: name.span, entity, kind, confidence };
        if let Some(entity) = link[i] {
            latest[entity] = Some(i);
            let whole = w.len() > 1 && w.len() * 2 >= drafts[entity].words.len();
            out.push(mention(
                entity,
                if whole { MentionKind::Name } else { MentionKind::ShortName },
                0.95,
            ));
            continue;
        }
        let candidates = index.get(w.join(" ").as_str()).map(Vec::as_slice).unwrap_or_default();
        // A first name or a piece of a name stands for somebody whom the text has introduced.
        let known = |c: &(usize, Fit)| {
            c.1 > Fit::FirstName || latest[c.0].is_some() && !singles.contains_key(w.as_slice())
        };
        let fitting =
            candidates.iter().filter(|c| fits(name.kind, drafts[c.0].kind, w) && known(c)).copied();
        match choose(fitting.collect(), i, &latest, &said) {
            Choice::One(entity, confidence) => {
                latest[entity] = Some(i);
                said[entity] += 1;
                out.push(mention(entity, MentionKind::ShortName, confidence));
            }
            Choice::None if w.is_empty() => {}
            Choice::None => {
                let entity = *singles.entry(w.as_slice()).or_insert(drafts.len());
                if entity == drafts.len() {
                    drafts.push(Draft { words: w.clone(), kind: name.kind, longest: i });
                }
                out.push(mention(entity, MentionKind::Name, 0.8));
            }
            // Two people with one surname.
            Choice::Several => {}
        }
    }
    let kinds = usual_kinds(language, drafts.len(), &out);
    let entities = drafts
        .iter()
        .zip(kinds)
        .map(|(d, kind)| {
            let name = language.names[d.longest].span.of(language.text);
            // "Brenna Ltd" is a firm, whatever the name is taken for.
            let law = name.split_whitespace().next_back().filter(|w| *w != name);
            let firm = law.is_some_and(|w| NAMES_TABLE.legal_form.contains(w));
            let kind = if firm { NameKind::Organization } else { kind };
            let gender = if kind == NameKind::Person { first_name_gender(name) } else { None };
            Entity { name: plain(name, kind), kind, gender, title: None, roles: Vec::new() }
        })
        .collect();
    renumber(entities, out)
}

/// A name as it is called: on one line, a firm's without its legal form and its ticker.
fn plain(name: &str, kind: NameKind) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let law = |word: &str| {
        let bare = word.trim_end_matches(',');
        NAMES_TABLE.legal_form.iter().any(|f| f == bare)
            || bare.starts_with('<') && bare.ends_with('>')
    };
    while kind != NameKind::Person
        && let [.., before, last] = words.as_slice()
        && law(last)
        && *before != "&"
    {
        words.pop();
    }
    words.join(" ").trim_end_matches(',').to_owned()
}

/// Is a name introduced as another one of the person named before it ("Ida Berg, also known as
/// Ivy Stone")?
fn other_name(language: &Language<'_>, name: usize) -> bool {
    let Some(before) = name.checked_sub(1).map(|b| language.names[b].span) else { return false };
    let between = before.end as usize..language.names[name].span.start as usize;
    let between = language.text.get(between).unwrap_or_default();
    between.len() <= 80
        && !between.contains(['\n', '.', ';'])
        && NAMES_TABLE.other_name.iter().any(|w| between.trim_end().ends_with(w.as_str()))
}

/// How often each word stands as a name by itself.
fn alone(names: &[Vec<String>]) -> BTreeMap<&str, u32> {
    let mut out = BTreeMap::new();
    for name in names {
        if let [only] = name.as_slice() {
            *out.entry(only.as_str()).or_default() += 1;
        }
    }
    out
}

/// Does a name tell more than the fullest so far? By its words; of equally many the order that ends
/// with the surname (the word that the text uses alone), and small letters before capitals alone.
fn fuller(
    language: &Language<'_>,
    alone: &BTreeMap<&str, u32>,
    (name, words): (usize, &[String]),
    draft: &Draft,
) -> bool {
    let uses = |words: &[String]| words.last().and_then(|w| alone.get(w.as_str())).copied();
    let shouted =
        |name: usize| !language.names[name].span.of(language.text).contains(char::is_lowercase);
    let rank =
        |name: usize, words: &[String]| (words.len(), uses(words).unwrap_or(0), !shouted(name));
    rank(name, words) > rank(draft.longest, &draft.words)
}

/// The kind that most names of each entity have; of equals the first in [`NameKind`]'s order.
fn usual_kinds(language: &Language<'_>, entities: usize, mentions: &[Mention]) -> Vec<NameKind> {
    let mut counts: Vec<BTreeMap<NameKind, u32>> = vec![BTreeMap::new(); entities];
    let mut kinds: BTreeMap<u32, NameKind> = BTreeMap::new();
    for name in &language.names {
        kinds.insert(name.span.start, name.kind);
    }
    for mention in mentions {
        if let Some(kind) = kinds.get(&mention.span.start) {
            // A full name tells more than a short one.
            let weight = if mention.kind == MentionKind::Name { 2 } else { 1 };
            *counts[mention.entity].entry(*kind).or_default() += weight;
        }
    }
    let most = |c: BTreeMap<NameKind, u32>| {
        c.into_iter()
            .max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind)))
            .map_or(NameKind::Other, |m| m.0)
    };
    let place = only_behind_in(language, entities, mentions);
    let kinds = counts.into_iter().map(most).zip(place);
    kinds
        .map(|(kind, place)| if place && kind == NameKind::Person { NameKind::Place } else { kind })
        .collect()
}

/// Which entities have one word and stand nowhere but behind "in" or "near": places, whatever the
/// names are taken for.
fn only_behind_in(language: &Language<'_>, entities: usize, mentions: &[Mention]) -> Vec<bool> {
    let mut out = vec![true; entities];
    let mut seen = vec![false; entities];
    for mention in mentions {
        let tokens = language.tokens_in(mention.span);
        let before = tokens.start.checked_sub(1).map(|t| language.form(t));
        let behind = before.is_some_and(|w| matches!(w, "in" | "In" | "near" | "Near" | "outside"));
        seen[mention.entity] = true;
        out[mention.entity] &= behind && tokens.len() == 1;
    }
    out.into_iter().zip(seen).map(|(all, seen)| all && seen).collect()
}

/// How well a short form fits a full name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// A piece of an organization's name.
    Piece,
    /// A person's first name.
    FirstName,
    /// The beginning or the end of an organization's name.
    Side,
    /// What stands before "of" in an organization's name ("the Council").
    Head,
    /// A person's surname, an acronym.
    Usual,
}

enum Choice {
    None,
    One(usize, f32),
    Several,
}

/// Names that another person must be away for a shared surname to be clear.
const AWAY: usize = 12;

/// Who a short name means among those whom it may mean.
fn choose(
    fitting: Vec<(usize, Fit)>,
    here: usize,
    latest: &[Option<usize>],
    said: &[u32],
) -> Choice {
    let Some(best) = fitting.iter().map(|c| c.1).max() else { return Choice::None };
    let mut best: Vec<usize> = fitting.into_iter().filter(|c| c.1 == best).map(|c| c.0).collect();
    if let [one] = best.as_slice() {
        return Choice::One(*one, 0.9);
    }
    // Those who have been named already go before those who have not.
    if best.iter().any(|c| latest[*c].is_some()) {
        best.retain(|c| latest[*c].is_some());
    }
    if let [one] = best.as_slice() {
        return Choice::One(*one, 0.8);
    }
    best.sort_by_key(|c| (std::cmp::Reverse(latest[*c]), *c));
    let [first, second, ..] = best.as_slice() else { return Choice::None };
    let away = latest[*second].is_none_or(|s| s + AWAY < here);
    if away && latest[*first].is_some() {
        return Choice::One(*first, 0.65);
    }
    best.sort_by_key(|c| (std::cmp::Reverse(said[*c]), *c));
    match best.as_slice() {
        [first, second, ..] if said[*first] >= 3 * said[*second].max(1) => Choice::One(*first, 0.6),
        _ => Choice::Several,
    }
}

/// May a name of one kind be short for one of another? The kinds are guesses, so only sure
/// differences count.
fn fits(short: NameKind, full: NameKind, words: &[String]) -> bool {
    use NameKind::{Group, Organization, Other, Person, Place};
    match (short, full) {
        (Group, _) | (_, Group) => short == full,
        (Place, Person) => !NAMES_TABLE.known.contains_key(words.join(" ").as_str()),
        (Place, Organization) | (Organization, Place) | (Person, Organization | Place) => false,
        (Person | Organization | Other, _) => true,
        (a, b) => a == b,
    }
}

/// Every short form of every full name: parts of it, and its initials.
fn short_forms(language: &Language<'_>, drafts: &[Draft]) -> BTreeMap<String, Vec<(usize, Fit)>> {
    let mut out: BTreeMap<String, Vec<(usize, Fit)>> = BTreeMap::new();
    let mut add = |form: String, entity: usize, fit: Fit| {
        let list = out.entry(form).or_default();
        if let Some(known) = list.iter_mut().find(|c| c.0 == entity) {
            known.1 = known.1.max(fit);
        } else if list.len() < 16 {
            // A form that fits more tells nothing.
            list.push((entity, fit));
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
                add(last.clone(), i, Fit::Usual);
                add(first.clone(), i, Fit::FirstName);
                for middle in w.get(1..w.len() - 1).unwrap_or_default() {
                    add(middle.clone(), i, Fit::Piece);
                }
                for start in 1..w.len() - 1 {
                    add(w[start..].join(" "), i, Fit::Usual);
                }
            }
            continue;
        }
        if draft.kind == NameKind::Place || draft.kind == NameKind::Group {
            continue;
        }
        let name = language.names[draft.longest].span.of(language.text);
        let initials: String = name
            .split(|c: char| c.is_whitespace() || c == '-')
            .filter_map(|p| p.chars().next().filter(|c| c.is_uppercase()))
            .flat_map(char::to_lowercase)
            .collect();
        if initials.chars().count() > 1 {
            add(initials, i, Fit::Usual);
        }
        for start in 0..w.len() {
            for end in start + 1..=w.len() {
                if end - start < w.len() {
                    let fit = match (start, w[end.min(w.len() - 1)].as_str()) {
                        (0, "of" | "for") => Fit::Head,
                        (0, _) => Fit::Side,
                        _ if end == w.len() => Fit::Side,
                        _ => Fit::Piece,
                    };
                    add(w[start..end].join(" "), i, fit);
                }
            }
        }
    }
    let whole: BTreeMap<&[String], usize> =
        drafts.iter().enumerate().map(|(i, d)| (d.words.as_slice(), i)).collect();
    // "Institute for the Study of Rivers (ISR)", "ISR (Institute for the Study of Rivers)": the words
    // themselves say what is short for what.
    for pair in language.names.windows(2) {
        let [one, other] = pair else { continue };
        let between = language.text.get(one.span.end as usize..other.span.start as usize);
        if between.is_none_or(|b| b.trim() != "(") {
            continue;
        }
        for (long, short) in [(one, other), (other, one)] {
            let words = words(long.span.of(language.text));
            let entity = whole.get(words.as_slice()).copied();
            if let Some(entity) = entity.filter(|_| short.span.len() <= 12) {
                add(self::words(short.span.of(language.text)).join(" "), entity, Fit::Usual);
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
