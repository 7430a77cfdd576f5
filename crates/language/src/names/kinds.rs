//! What sort of thing a name names.

use std::collections::BTreeMap;

use super::NAMES_TABLE;
use super::runs::{Run, is_all_capitals};
use crate::segment::TABLE;
use crate::{Language, Name, NameKind};

/// Gives each run its kind. Two passes: what full names tell goes to the short ones.
pub(super) fn sort(language: &Language<'_>, runs: &[Run]) -> Vec<Name> {
    let mut surnames: BTreeMap<&str, NameKind> = BTreeMap::new();
    let first: Vec<Option<NameKind>> = runs.iter().map(|run| own_kind(language, run)).collect();
    for (run, kind) in runs.iter().zip(&first) {
        if *kind == Some(NameKind::Person) {
            // A run is never empty.
            surnames.insert(language.form(run.tokens.end - 1), NameKind::Person);
        }
    }
    let mut out: Vec<Name> = Vec::with_capacity(runs.len());
    for (run, kind) in runs.iter().zip(first) {
        let last = language.form(run.tokens.end - 1);
        let kind =
            kind.or_else(|| (run.tokens.len() == 1).then(|| surnames.get(last).copied()).flatten());
        let kind = kind.unwrap_or_else(|| neighbours_kind(language, run));
        out.push(Name { span: language.span_of(run.tokens.clone()), kind });
    }
    out
}

/// What the words of the name and its title tell.
fn own_kind(language: &Language<'_>, run: &Run) -> Option<NameKind> {
    if run.kind.is_some() {
        return run.kind;
    }
    let words: Vec<&str> = run.tokens.clone().map(|t| language.form(t)).collect();
    let whole = language.span_of(run.tokens.clone()).of(language.text);
    if let Some(kind) = NAMES_TABLE.known.get(whole) {
        return Some(*kind);
    }
    let lower: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    let has = |set: &std::collections::BTreeSet<String>| lower.iter().any(|w| set.contains(w));
    let last_in =
        |set: &std::collections::BTreeSet<String>| lower.last().is_some_and(|w| set.contains(w));
    let multi = words.len() > 1;
    if multi && last_in(&NAMES_TABLE.event_words) {
        return Some(NameKind::Event);
    }
    if run.titled && words.len() <= 4 && !has(&NAMES_TABLE.organization_words) {
        return Some(NameKind::Person);
    }
    if multi && has(&NAMES_TABLE.organization_words) {
        return Some(NameKind::Organization);
    }
    // An invariant of runs: at least one word.
    let given = NAMES_TABLE.given(words.first().copied().unwrap_or_default());
    if multi && given.is_some() && words.len() <= 5 {
        return Some(NameKind::Person);
    }
    if multi && has(&NAMES_TABLE.place_words) {
        return Some(NameKind::Place);
    }
    if multi && words.len() <= 4 && words.iter().any(|w| w.len() == 2 && w.ends_with('.')) {
        return Some(NameKind::Person);
    }
    None
}

/// What the words around the name tell.
fn neighbours_kind(language: &Language<'_>, run: &Run) -> NameKind {
    let sentence = &language.sentences[language.tokens[run.tokens.start].sentence].tokens;
    let before = (run.tokens.start > sentence.start)
        .then(|| language.form(run.tokens.start - 1).to_lowercase());
    let after =
        (run.tokens.end < sentence.end).then(|| language.form(run.tokens.end).to_lowercase());
    let reports =
        |w: &Option<String>| w.as_ref().is_some_and(|w| TABLE.reporting_verbs.contains(w));
    let before_is = |list: &[&str]| before.as_deref().is_some_and(|b| list.contains(&b));
    let words = run.tokens.len();
    let first = language.form(run.tokens.start);
    if words == 1 && is_all_capitals(first) {
        return NameKind::Organization;
    }
    if before.as_ref().is_some_and(|b| NAMES_TABLE.before_places.contains(b)) {
        return NameKind::Place;
    }
    if reports(&after) || reports(&before) || after.as_deref() == Some("who") {
        return NameKind::Person;
    }
    if before_is(&["the"]) {
        return NameKind::Organization;
    }
    if (2..=3).contains(&words) {
        return NameKind::Person;
    }
    if NAMES_TABLE.given(first).is_some() {
        return NameKind::Person;
    }
    NameKind::Other
}
