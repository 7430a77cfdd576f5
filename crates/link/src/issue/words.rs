//! `data/en/issues.toml`: which words tell an issue, and how a claim becomes a question.

use std::collections::{BTreeMap, BTreeSet};

use sayso_statement::tables::{TableError, place_key};
use serde::Deserialize;

const FILE: &str = "data/en/issues.toml";

/// The shortest stem that is left when an ending is cut off, in letters.
const MIN_STEM: usize = 4;

/// What linking knows of a language's predicates.
#[derive(Debug, Clone, Default)]
pub struct IssueWords {
    suffixes: Vec<String>,
    common: BTreeSet<String>,
    light: BTreeSet<String>,
    /// Common stems of what much is done to: beside a specific predicate, they name a participant.
    things: BTreeSet<String>,
    /// The stem that stands for a family, by the stem of each member.
    families: BTreeMap<String, String>,
    breaks: BTreeSet<String>,
    rivals: BTreeSet<String>,
    pub(crate) sentences: Sentences,
}

/// The words with which claims are turned into questions.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sentences {
    pub(crate) future: BTreeSet<String>,
    pub(crate) inverted: BTreeSet<String>,
    pub(crate) negations: BTreeSet<String>,
    /// Endings that deny the helper they hang on.
    pub(crate) contraction: Vec<String>,
    pub(crate) pronouns: BTreeSet<String>,
    pub(crate) and: String,
    pub(crate) definite: BTreeSet<String>,
    pub(crate) determiners: BTreeSet<String>,
    /// Words before a noun that leave open whose it is.
    pub(crate) possessives: BTreeSet<String>,
    pub(crate) stops: BTreeSet<String>,
    /// Those of them that distinguish what precedes them.
    pub(crate) relatives: BTreeSet<String>,
    /// Words that a question has no use for.
    pub(crate) dropped: BTreeSet<String>,
    /// Words that nothing ends with.
    pub(crate) trailing: BTreeSet<String>,
    /// Words for whoever speaks and whoever listens.
    pub(crate) speakers: BTreeSet<String>,
    /// Those of them that are several.
    pub(crate) many: BTreeSet<String>,
    /// Endings of adjectives.
    pub(crate) adjectives: Vec<String>,
    /// Endings of nouns that are no verbs.
    pub(crate) nouns: Vec<String>,
    /// Verbs that say nothing without their object.
    pub(crate) transitive: BTreeSet<String>,
    /// Heads of subjects that are none.
    pub(crate) hollow: BTreeSet<String>,
    /// Endings of adjectives of nations.
    pub(crate) demonyms: Vec<String>,
    /// Verbs whose past is their base.
    pub(crate) unchanged: BTreeSet<String>,
    /// Last words of institutions' names, lower case.
    pub(crate) institutions: BTreeSet<String>,
    /// Names that go with "the".
    pub(crate) with_the: BTreeSet<String>,
    /// Numbers and the like with which a plural begins.
    pub(crate) several: BTreeSet<String>,
    /// Plurals without s.
    pub(crate) plurals: BTreeSet<String>,
    /// Endings of nouns in the singular that end in s.
    pub(crate) singular_endings: Vec<String>,
    /// What turns "has to" round.
    pub(crate) obliged: BTreeMap<String, String>,
    pub(crate) is: String,
    pub(crate) was: String,
    pub(crate) first: BTreeSet<String>,
    pub(crate) empty: BTreeSet<String>,
    pub(crate) subjects: BTreeSet<String>,
    /// Helpers as they go with one and with several.
    pub(crate) agreement: Vec<[String; 2]>,
    pub(crate) instead: BTreeMap<String, String>,
    pub(crate) will: String,
    pub(crate) did: String,
    pub(crate) true_that: String,
    pub(crate) is_there: String,
    pub(crate) are_there: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    suffixes: Vec<String>,
    common: Vec<String>,
    light: Vec<String>,
    things: Vec<String>,
    families: Vec<String>,
    breaks: BTreeSet<String>,
    rivals: BTreeSet<String>,
    sentences: Sentences,
}

impl IssueWords {
    /// The shipped English table.
    ///
    /// # Errors
    /// Names the row that is broken.
    pub fn english() -> Result<Self, TableError> {
        Self::parse(FILE, include_str!("../../../../data/en/issues.toml"))
    }

    /// A table of the same shape; `file` is named in errors.
    ///
    /// # Errors
    /// Names the row that is broken.
    pub fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let broken = |row: &str, problem: String| TableError {
            file: file.to_owned(),
            row: row.to_owned(),
            problem,
        };
        let table: File =
            toml::from_str(text).map_err(|error| broken("the file", error.message().to_owned()))?;
        let mut words = Self {
            suffixes: table.suffixes,
            breaks: table.breaks,
            rivals: table.rivals,
            sentences: table.sentences,
            ..Self::default()
        };
        words.common = table.common.iter().map(|word| words.stem(word)).collect();
        // The list holds stems; stemming one again may shorten it.
        words.common.extend(table.common);
        words.light = table.light.iter().map(|word| words.stem(word)).collect();
        words.things = table.things.iter().map(|word| words.stem(word)).collect();
        for row in &table.families {
            let Some(first) = row.split_whitespace().next().map(|form| words.stem(form)) else {
                return Err(broken("families", "an empty row".to_owned()));
            };
            let forms: BTreeSet<String> =
                row.split_whitespace().map(|form| words.stem(form)).collect();
            for form in forms {
                if words.families.insert(form.clone(), first.clone()).is_some() {
                    return Err(broken(row, format!("“{form}” stands in two families")));
                }
            }
        }
        Ok(words)
    }

    /// A word without case, marks and endings.
    pub(crate) fn stem(&self, word: &str) -> String {
        // Only letters that English does not have are folded: the table is spelt as words are.
        let lower = word.to_lowercase();
        let key = if lower.is_ascii() { lower } else { place_key(&lower) };
        if key.starts_with(|c: char| c.is_ascii_digit()) {
            return key;
        }
        let cut = self
            .suffixes
            .iter()
            .filter_map(|suffix| key.strip_suffix(suffix.as_str()))
            .find(|stem| stem.chars().count() >= MIN_STEM);
        let mut stem = cut.unwrap_or(&key).to_owned();
        if cut.is_none() && stem.len() > 3 && stem.ends_with('s') && !stem.ends_with("ss") {
            stem.pop();
        }
        // "stopp(ed)" and "stop" are one.
        let mut last = stem.chars().rev();
        if stem.chars().count() > MIN_STEM && last.next() == last.next() {
            stem.pop();
        }
        stem
    }

    /// The stem of the family that a stem belongs to, or the stem itself.
    pub(crate) fn concept(&self, stem: &str) -> String {
        self.families.get(stem).cloned().unwrap_or_else(|| stem.to_owned())
    }

    /// The word of a text that a stem or its family stands for, as it is written there: what people are shown in
    /// the place of a stem.
    pub fn written<'t>(&self, text: &'t str, stem: &str) -> Option<&'t str> {
        let own = |word: &&str| self.stem(word) == stem;
        let family = |word: &&str| self.concept(&self.stem(word)) == stem;
        words_of(text).find(own).or_else(|| words_of(text).find(family))
    }

    /// True for a stem that tells one issue from another.
    pub(crate) fn tells(&self, stem: &str) -> bool {
        stem.chars().count() > 1 && !self.common.contains(stem) && !self.light.contains(stem)
    }

    /// True for a stem that names a participant of a specific predicate, though it is common.
    pub(crate) fn is_thing(&self, stem: &str) -> bool {
        self.things.contains(stem)
    }

    /// True for the stem of a verb that says little without its object.
    pub(crate) fn is_light(&self, stem: &str) -> bool {
        self.light.contains(stem)
    }

    /// True for a class of a pack where one actor's deed rules out another's.
    pub(crate) fn are_rivals(&self, class: &str) -> bool {
        self.rivals.contains(class)
    }

    /// True for a word with which a noun phrase goes on to another one ("of").
    pub(crate) fn is_break(&self, word: &str) -> bool {
        self.breaks.contains(&word.to_lowercase())
    }

    /// The words of a participant's name up to what only says whose or where it is.
    pub(crate) fn core<'a>(&self, name: &'a str) -> impl Iterator<Item = &'a str> {
        words_of(name).take_while(|word| !self.breaks.contains(&word.to_lowercase()))
    }
}

/// A word in lower case; one in capitals is a name and stays ("US", "WHO" are no pronouns).
pub(crate) fn lower(word: &str) -> String {
    let is_name = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    if is_name { word.to_owned() } else { word.to_lowercase() }
}

/// The words of a text: letters and digits, without the possessive.
pub(crate) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '’' || c == '\''))
        .map(|word| word.trim_matches(['’', '\'']))
        .map(|word| word.strip_suffix("’s").or(word.strip_suffix("'s")).unwrap_or(word))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_sound() {
        let words = IssueWords::english().unwrap();
        assert_eq!(words.stem("withdrawing"), words.stem("withdraws"));
        assert_eq!(
            words.concept(&words.stem("retreated")),
            words.concept(&words.stem("withdraws"))
        );
        assert_eq!(
            words.concept(&words.stem("retreats")),
            words.concept(&words.stem("withdrawal"))
        );
        assert!(words.tells(&words.stem("bridges")) && !words.tells(&words.stem("governments")));
        let core: Vec<&str> = words.core("the northern bridge of Varn").collect();
        assert_eq!(core, ["the", "northern", "bridge"]);
    }

    #[test]
    fn a_broken_row_is_named() {
        let shipped = include_str!("../../../../data/en/issues.toml");
        let twice = shipped.replace("\"die perish\"", "\"die perish\", \"perish fade\"");
        let error = IssueWords::parse("mine.toml", &twice).unwrap_err();
        assert_eq!((error.file.as_str(), error.row.as_str()), ("mine.toml", "perish fade"));
    }
}
