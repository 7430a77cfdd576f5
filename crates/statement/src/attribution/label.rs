//! Names that stand before or behind words as their label: "Berg: …", "“…” — Berg".

use std::ops::Range;

use sayso_language::NameKind;

use super::closed::Sort;
use super::view::View;

/// Longest label, in tokens.
pub(super) const LONGEST: usize = 7;

/// The label before a colon with which some tokens open, and the colon; whether it names anybody is
/// another question.
pub(super) fn opening(view: &View, tokens: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let limit = tokens.end.min(tokens.start + LONGEST + 1);
    let colon = (tokens.start + 1..limit).find(|t| view.is(*t, Sort::COLON))?;
    let label = tokens.start..colon;
    (view.word(colon) != ";" && is_plain(view, &label)).then_some((label, colon))
}

/// A short noun phrase with the name of somebody who can speak: no verb, no comma.
pub(super) fn is_source(view: &View, tokens: &Range<usize>) -> bool {
    // "Poll: …", "Official: …"
    let noun = || {
        tokens.len() <= 2
            && crate::nouns::NOUNS.sort(view.word(tokens.end - 1)).is_some()
            && view.is(tokens.start, Sort::CAPITAL)
    };
    is_plain(view, tokens) && (is_named(view, tokens) || noun())
}

/// Does it hold the name of a person or an organization?
pub(super) fn is_named(view: &View, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|t| {
        view.name_at(t).is_some_and(|name| {
            matches!(view.language.names[name].kind, NameKind::Person | NameKind::Organization)
        })
    })
}

/// Words without a verb, and not one that labels something else ("Photo: …").
fn is_plain(view: &View, tokens: &Range<usize>) -> bool {
    let other = !tokens.is_empty() && crate::nouns::NOUNS.is_label(view.word(tokens.start));
    let plain = |t: usize| {
        view.is(t, Sort::WORD | Sort::GENITIVE) && !view.is_finite(t) && !view.is(t, Sort::NUMBER)
            || view.is(t, Sort::NAME)
    };
    !other && !tokens.is_empty() && tokens.len() <= LONGEST && tokens.clone().all(plain)
}
