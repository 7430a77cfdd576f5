//! Countries that words name.

use std::ops::Range;

use crate::{
    tables::{Naming, Tables},
    words::Word,
};

/// A country named at a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedNation {
    pub(crate) iso: &'static str,
    pub(crate) name: &'static str,
    pub(crate) naming: Naming,
    pub(crate) words: Range<usize>,
}

/// The country whose name, people or seat begins at a word, the longest name first.
pub(crate) fn nation_at<'w, W>(words: &[W], at: usize, tables: &Tables) -> Option<NamedNation>
where
    W: std::borrow::Borrow<Word<'w>>,
{
    let first = words.get(at)?.borrow();
    // Every name of a country begins with a capital; "us" is no country.
    if !first.capital
        || (first.lower == "us" && first.span.len() == 2 && !is_all_capital(words, at))
    {
        return None;
    }
    // "Latin American" is no people of the United States.
    let part_of_continent = at
        .checked_sub(1)
        .and_then(|i| words.get(i))
        .is_some_and(|w| w.borrow().is_any(&["latin", "north", "south", "central"]));
    if part_of_continent && first.lower.starts_with("american") {
        return None;
    }
    let named = |name: &str, length: usize| {
        let (nation, naming) = tables.nations.of(name)?;
        Some(NamedNation { iso: nation.iso, name: nation.name, naming, words: at..at + length })
    };
    let longer = || {
        (2..=4).rev().find_map(|length| {
            let part = words.get(at..at + length)?;
            let joined: Vec<&str> = part.iter().map(|w| w.borrow().lower.as_ref()).collect();
            named(&joined.join(" "), length)
        })
    };
    let several = tables.nations.begins_longer(&first.lower).then(longer).flatten();
    several.or_else(|| named(&first.lower, 1))
}

/// "US" and not "Us": the second letter is a capital too.
fn is_all_capital<'w, W: std::borrow::Borrow<Word<'w>>>(words: &[W], at: usize) -> bool {
    // A word that begins a sentence as "Us" is rare; what follows a form of "the" is "the US".
    at.checked_sub(1)
        .and_then(|i| words.get(i))
        .is_none_or(|before| !before.borrow().is_mark() || before.borrow().lower == ",")
}

/// The country of an adjective in "-ian" that the article never names ("Velanian", "Velania").
pub(crate) fn country_of_ian(form: &str) -> Option<String> {
    form.strip_suffix('n').filter(|s| s.ends_with("ia") && s.len() > 4).map(str::to_owned)
}
