//! The closed classes of English words, `data/en/closed_classes.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What a word can be, as a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sort(u32);

macro_rules! sorts {
    ($($name:ident = $bit:expr, $doc:literal;)+) => {
        impl Sort { $(#[doc = $doc] pub(crate) const $name: Self = Self(1 << $bit);)+ }
    };
}
sorts! {
    DETERMINER = 0, "the, some";
    POSSESSIVE = 1, "his";
    SUBJECT = 2, "he";
    OBJECT = 3, "him";
    PREPOSITION = 4, "of";
    COORDINATOR = 5, "and";
    SUBORDINATOR = 6, "because";
    QUESTION = 7, "how";
    BE = 8, "was";
    HAVE = 9, "has";
    DO = 10, "did";
    MODAL = 11, "may";
    COPULA = 12, "remain";
    NEGATION = 13, "not";
    ADVERB = 14, "also, quickly";
    TIME = 15, "Monday";
    VENUE = 16, "interview";
    VERB = 17, "went";
    COMMA = 18, "a comma";
    STOP = 19, "the end of a sentence";
    COLON = 20, "a colon or semicolon";
    DASH = 21, "a dash between words";
    OPEN = 22, "an opening quotation mark";
    CLOSE = 23, "a closing quotation mark";
    GENITIVE = 24, "'s";
    NAME = 25, "inside a name";
    CAPITAL = 26, "begins with a capital letter";
    NUMBER = 27, "begins with a digit";
    WORD = 28, "has a letter or digit";
    BRACKET = 29, "( or )";
    PARTICIPLE = 30, "ends in -ed";
    HEDGE = 31, "likely";
}

impl Sort {
    pub(crate) fn is(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

impl std::ops::BitOr for Sort {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    determiner: Vec<String>,
    possessive: Vec<String>,
    subject: Vec<String>,
    object: Vec<String>,
    preposition: Vec<String>,
    coordinator: Vec<String>,
    subordinator: Vec<String>,
    question: Vec<String>,
    be: Vec<String>,
    have: Vec<String>,
    r#do: Vec<String>,
    modal: Vec<String>,
    copula: Vec<String>,
    negation: Vec<String>,
    adverb: Vec<String>,
    time: Vec<String>,
    venue: Vec<String>,
    verb: Vec<String>,
    hedge: Vec<String>,
}

static WORDS: LazyLock<HashMap<String, Sort>> = LazyLock::new(|| {
    // The test `the_words_that_ship_are_valid` reads the same embedded bytes.
    read(include_str!("../../../../data/en/closed_classes.toml"))
        .expect("data/en/closed_classes.toml is valid")
});

fn read(toml: &str) -> Result<HashMap<String, Sort>, String> {
    let file: File =
        toml::from_str(toml).map_err(|e| format!("data/en/closed_classes.toml: {e}"))?;
    let mut out: HashMap<String, Sort> = HashMap::new();
    for (words, sort) in [
        (file.determiner, Sort::DETERMINER),
        (file.possessive, Sort::POSSESSIVE),
        (file.subject, Sort::SUBJECT),
        (file.object, Sort::OBJECT),
        (file.preposition, Sort::PREPOSITION),
        (file.coordinator, Sort::COORDINATOR),
        (file.subordinator, Sort::SUBORDINATOR),
        (file.question, Sort::QUESTION),
        (file.be, Sort::BE),
        (file.have, Sort::HAVE),
        (file.r#do, Sort::DO),
        (file.modal, Sort::MODAL),
        (file.copula, Sort::COPULA),
        (file.negation, Sort::NEGATION),
        (file.adverb, Sort::ADVERB),
        (file.time, Sort::TIME),
        (file.venue, Sort::VENUE),
        (file.verb, Sort::VERB),
        (file.hedge, Sort::HEDGE),
    ] {
        for word in words {
            let entry = out.entry(word).or_default();
            *entry = *entry | sort;
        }
    }
    Ok(out)
}

/// What a lower-cased word can be by the table.
pub(crate) fn sort_of(lower: &str) -> Sort {
    WORDS.get(lower).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_ship_are_valid() {
        read(include_str!("../../../../data/en/closed_classes.toml")).unwrap();
        assert!(sort_of("who").is(Sort::SUBJECT));
        assert!(sort_of("who").is(Sort::QUESTION));
        assert!(!sort_of("mayor").is(Sort::DETERMINER));
    }
}
