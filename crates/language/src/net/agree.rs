//! Names of one article agree on what they name.
//!
//! The network reads sentence by sentence, and "Oldmere" alone may be a town, a club or a man. The
//! scores of all names with the same words are added, and a single word also takes the scores of
//! the persons whose names it ends ("Varnagy" of "Ilse Varnagy"). On the newswire development set
//! this is worth 0.9 of F1.

use std::{collections::HashMap, ops::Range};

use super::name_path::KINDS;
use crate::{Language, Name, NameKind};

/// A name as its sentence alone has it.
#[derive(Debug)]
pub(super) struct Found {
    /// Indices of tokens; not empty.
    pub(super) tokens: Range<usize>,
    /// Logarithms of the kinds' probabilities, in the order of [`KINDS`].
    pub(super) kinds: [f32; KINDS.len()],
}

/// The names, each of the kind that the article as a whole prefers for its words.
pub(super) fn agree(language: &Language<'_>, found: &[Found]) -> Vec<Name> {
    let words = |f: &Found| {
        f.tokens.clone().map(|t| language.form(t).to_lowercase()).collect::<Vec<_>>().join(" ")
    };
    let mut sums: HashMap<String, [f32; KINDS.len()]> = HashMap::new();
    for f in found {
        add(sums.entry(words(f)).or_default(), &f.kinds);
    }
    let mut persons: HashMap<String, [f32; KINDS.len()]> = HashMap::new();
    for f in found.iter().filter(|f| f.tokens.len() > 1) {
        let person = sums.get(&words(f)).is_some_and(|s| best(s) == NameKind::Person);
        if person {
            let last = language.form(f.tokens.end - 1).to_lowercase();
            add(persons.entry(last).or_default(), &f.kinds);
        }
    }
    found
        .iter()
        .map(|f| {
            let words = words(f);
            let mut sum = sums.get(&words).copied().unwrap_or(f.kinds);
            if f.tokens.len() == 1
                && let Some(more) = persons.get(&words)
            {
                add(&mut sum, more);
            }
            Name { span: language.span_of(f.tokens.clone()), kind: best(&sum) }
        })
        .collect()
}

fn add(to: &mut [f32; KINDS.len()], more: &[f32; KINDS.len()]) {
    for (t, m) in to.iter_mut().zip(more) {
        *t += m;
    }
}

fn best(scores: &[f32; KINDS.len()]) -> NameKind {
    let first = (KINDS[0], scores[0]);
    KINDS.into_iter().zip(*scores).fold(first, |b, x| if x.1 > b.1 { x } else { b }).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubtful_surname_is_the_persons_whose_name_it_ends() {
        let language = crate::read("Ilse Varnagy spoke. Varnagy left Oldmere.");
        let at =
            |word: &str| (0..language.tokens.len()).find(|&t| language.form(t) == word).unwrap();
        let sure = |kind: usize| {
            let mut kinds = [-9.0; KINDS.len()];
            kinds[kind] = -0.1;
            kinds
        };
        let ilse = at("Ilse");
        let found = [
            Found { tokens: ilse..ilse + 2, kinds: sure(0) },
            // a place by a hair
            Found { tokens: ilse + 4..ilse + 5, kinds: [-0.8, -9.0, -0.7, -9.0, -9.0, -9.0, -9.0] },
            Found { tokens: at("Oldmere")..at("Oldmere") + 1, kinds: sure(2) },
        ];
        let names = agree(&language, &found);
        let got: Vec<_> = names.iter().map(|n| (n.span.of(language.text), n.kind)).collect();
        assert_eq!(
            got,
            [
                ("Ilse Varnagy", NameKind::Person),
                ("Varnagy", NameKind::Person),
                ("Oldmere", NameKind::Place)
            ]
        );
    }
}
