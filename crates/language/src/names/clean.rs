//! What the net's names lack of the contract's: no titles, no stray marks, and the same word named
//! alike throughout an article.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::NAMES_TABLE;
use super::runs::is_all_capitals;
use crate::{Language, Name, NameKind};

/// The names without titles and marks at their ends, and with the surnames and acronyms that were
/// found in one place and missed in another.
pub(crate) fn clean(language: &Language<'_>) -> Vec<Name> {
    let whole: Vec<Name> = language.names.iter().filter_map(|n| trim(language, *n)).collect();
    let mut names = join(language, whole);
    let found = missed(language, &names);
    names.extend(found);
    names.sort_by_key(|n| n.span.start);
    names
}

fn trim(language: &Language<'_>, name: Name) -> Option<Name> {
    let Range { mut start, mut end } = language.tokens_in(name.span);
    let form = |t: usize| language.form(t);
    let word = |t: usize| form(t).contains(char::is_alphanumeric);
    while start < end && (!word(end - 1) || matches!(form(end - 1), "of" | "for" | "the" | "and")) {
        end -= 1;
    }
    while start < end && (!word(start) || matches!(form(start), "the" | "The" | "'s" | "’s")) {
        start += 1;
    }
    let title = |t: usize| {
        let lower = form(t).to_lowercase();
        NAMES_TABLE.titles.contains(&lower)
            || NAMES_TABLE.addresses.contains(&lower)
            || lower == "madam"
    };
    if (start..end).all(title) {
        return None;
    }
    if name.kind == NameKind::Person {
        while start + 1 < end && title(start) && NAMES_TABLE.given(form(start)).is_none() {
            start += 1;
        }
        if first_name(language, start) {
            start -= 1;
        }
    }
    (start < end).then(|| Name { span: language.span_of(start..end), ..name })
}

/// Does a first name that the net left out stand before a person's name ("Per Olmo", "Una Berg")?
fn first_name(language: &Language<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    let (one, next) = (&language.tokens[before], &language.tokens[start]);
    let form = language.form(before);
    let lower = form.to_lowercase();
    let at = language.names.partition_point(|n| n.span.end <= one.span.start);
    let covered = language.names.get(at).is_some_and(|n| n.span.overlaps(one.span));
    let spelled = form.starts_with(char::is_uppercase)
        && form.chars().skip(1).all(char::is_lowercase)
        && form.len() > 1;
    if one.sentence != next.sentence || covered || !spelled {
        return false;
    }
    let other = NAMES_TABLE.titles.contains(&lower)
        || NAMES_TABLE.addresses.contains(&lower)
        || NAMES_TABLE.role_nouns.contains(&lower)
        || NAMES_TABLE.title_modifiers.contains(&lower)
        || NAMES_TABLE.known.contains_key(form);
    !other && NAMES_TABLE.given(form).is_some()
}

/// Longest name that [`join`] puts together, in tokens.
const LONGEST: usize = 12;

/// Joins what the net cut: names that the tables know whole ("United", "States") and
/// organizations cut at "of" or "for" ("Institute for the", "Study of Rivers").
fn join(language: &Language<'_>, names: Vec<Name>) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::with_capacity(names.len());
    for name in names {
        if out.last().is_some_and(|last| last.span.overlaps(name.span)) {
            // A longer one has swallowed it.
            continue;
        }
        // "Ole" and "Dahl" of one man.
        if let Some(last) = out.last_mut()
            && last.kind == NameKind::Person
            && name.kind == NameKind::Person
            && last.span.end + 1 == name.span.start
            && !last.span.of(language.text).contains(' ')
            && NAMES_TABLE.given(last.span.of(language.text)).is_some()
        {
            last.span.end = name.span.end;
            continue;
        }
        let name = person_of_place(language, name);
        let tokens = language.tokens_in(name.span);
        let Some(first) = language.tokens.get(tokens.start) else { continue };
        let limit = language.sentences[first.sentence].tokens.end.min(tokens.start + LONGEST);
        let known = (tokens.end + 1..=limit.min(tokens.start + 4))
            .rev()
            .map(|end| language.span_of(tokens.start..end))
            .find_map(|span| {
                Some(Name { span, kind: *NAMES_TABLE.known.get(span.of(language.text))? })
            });
        out.push(known.or_else(|| institution(language, &tokens, limit)).unwrap_or(name));
    }
    out
}

/// "Marta Holm" is a person where no preposition makes it a place.
fn person_of_place(language: &Language<'_>, name: Name) -> Name {
    let tokens = language.tokens_in(name.span);
    let text = name.span.of(language.text);
    let given = NAMES_TABLE.given(language.form(tokens.start)).is_some();
    let behind = tokens.start.checked_sub(1).is_some_and(|t| {
        matches!(language.form(t), "in" | "In" | "near" | "at" | "from" | "to" | "of" | "," | "the")
    });
    let person = name.kind == NameKind::Place
        && tokens.len() == 2
        && given
        && !behind
        && !NAMES_TABLE.known.contains_key(text)
        && language.form(tokens.start + 1).starts_with(char::is_uppercase);
    if person { Name { kind: NameKind::Person, ..name } } else { name }
}

/// "Institute" alone, with "for the Study of …" after it.
fn institution(language: &Language<'_>, tokens: &Range<usize>, limit: usize) -> Option<Name> {
    let form = |t: usize| language.form(t);
    let head = tokens.len() == 1
        && NAMES_TABLE.organization_words.contains(&form(tokens.start).to_lowercase())
        && tokens.end < limit
        && matches!(form(tokens.end), "of" | "for");
    if !head {
        return None;
    }
    let mut end = tokens.end;
    let mut whole = None;
    while end < limit {
        if form(end).starts_with(char::is_uppercase) {
            whole = Some(end + 1);
        } else if !matches!(form(end), "of" | "for" | "the" | "and" | "&" | "in" | "on") {
            break;
        }
        end += 1;
    }
    let span = language.span_of(tokens.start..whole?);
    Some(Name { span, kind: NameKind::Organization })
}

/// Words outside every name that are surnames or acronyms of names elsewhere in the text.
fn missed(language: &Language<'_>, names: &[Name]) -> Vec<Name> {
    let mut known: BTreeMap<String, NameKind> = BTreeMap::new();
    for name in names {
        let text = name.span.of(language.text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let Some(last) = words.last().filter(|_| words.len() > 1) else { continue };
        if name.kind == NameKind::Person && last.len() >= 4 {
            known.entry((*last).to_owned()).or_insert(name.kind);
        }
        if name.kind == NameKind::Organization {
            let initials: String = words
                .iter()
                .filter_map(|w| w.chars().next().filter(|c| c.is_uppercase()))
                .collect();
            if initials.chars().count() > 2 {
                known.entry(initials).or_insert(name.kind);
            }
        }
    }
    let small: BTreeSet<&str> = (0..language.tokens.len())
        .map(|t| language.form(t))
        .filter(|f| f.starts_with(char::is_lowercase))
        .collect();
    let mut next = 0;
    let mut out = Vec::new();
    for t in 0..language.tokens.len() {
        let span = language.tokens[t].span;
        while names.get(next).is_some_and(|n| n.span.end <= span.start) {
            next += 1;
        }
        let covered = names.get(next).is_some_and(|n| n.span.overlaps(span));
        let form = language.form(t);
        if covered || !form.starts_with(char::is_uppercase) {
            continue;
        }
        let Some(kind) = known.get(form) else { continue };
        let acronym = is_all_capitals(form);
        if acronym || !small.contains(form.to_lowercase().as_str()) {
            out.push(Name { span, kind: *kind });
        }
    }
    out
}
