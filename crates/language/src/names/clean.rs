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
    let mut names: Vec<Name> = language.names.iter().filter_map(|n| trim(language, *n)).collect();
    let found = missed(language, &names);
    names.extend(found);
    names.sort_by_key(|n| n.span.start);
    names
}

fn trim(language: &Language<'_>, name: Name) -> Option<Name> {
    let Range { mut start, mut end } = language.tokens_in(name.span);
    let form = |t: usize| language.form(t);
    let word = |t: usize| form(t).contains(char::is_alphanumeric);
    while start < end && !word(end - 1) {
        end -= 1;
    }
    while start < end && (!word(start) || matches!(form(start), "the" | "The" | "'s" | "’s")) {
        start += 1;
    }
    let title = |t: usize| {
        let lower = form(t).to_lowercase();
        NAMES_TABLE.titles.contains(&lower) || NAMES_TABLE.addresses.contains(&lower) || lower == "madam"
    };
    if (start..end).all(title) {
        return None;
    }
    if name.kind == NameKind::Person {
        while start + 1 < end && title(start) && NAMES_TABLE.given(form(start)).is_none() {
            start += 1;
        }
    }
    (start < end).then(|| Name { span: language.span_of(start..end), ..name })
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
            let initials: String = words.iter().filter_map(|w| w.chars().next().filter(|c| c.is_uppercase())).collect();
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
