//! Lists of words that rules of the layers ask for: `data/en/word_lists.toml`.
//!
//! A rule names its list and no words: `List::Forces.has("troops")`. The table is read once, when a rule
//! first asks, and never changes.

use std::{
    collections::{BTreeMap, HashSet},
    sync::LazyLock,
};

use serde::Deserialize;

use crate::table_error::TableError;

const FILE: &str = "data/en/word_lists.toml";
const TEXT: &str = include_str!("../../../data/en/word_lists.toml");

macro_rules! lists {
    ($($name:ident = $row:literal, $doc:literal;)+) => {
        /// A list, by what its words do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum List { $(#[doc = $doc] $name,)+ }

        /// All lists in the order of their numbers, with section and key.
        const ALL: &[(List, &str)] = &[$((List::$name, $row),)+];
    };
}

lists! {
    Forces = "event.forces", "Nouns of armed force: \"Oskarian troops\" makes Oskaria a side";
    Pronouns = "event.pronouns", "Pronouns that stand for a party";
    VerbGroup = "event.verb_group", "Words of a verb group besides verbs of control (kinds.toml) and adverbs";
    Announcers = "event.announcers", "What announces a list of places (\"the following towns:\")";
    BeforeMember = "event.before_member", "What stands before a place in a list and is no part of it";
    ThresholdWords = "event.threshold_words", "Words before the number that decides an event (\"below 2 percent\")";
    ThresholdUnits = "event.threshold_units", "What such a number counts";
    GenericModals = "event.generic_modals", "Helpers before a verb that makes a class of its own";
    Openers = "clause.openers", "Words that begin a clause of their own wherever they stand";
    AfterComma = "clause.after_comma", "Words that begin a clause of their own behind a comma";
    Subjects = "clause.subjects", "Words behind a \"comma and\" with which a clause begins, and no further verb of the same one";
    CommaEnded = "clause.comma_ended", "Words of a first clause that ends at its comma";
    Inverted = "clause.inverted", "Helpers behind which the main clause's subject stands (\"only if it holds will the bank …\")";
    CanAndWill = "clause.can_and_will", "Helpers of a main clause that a \"without\" can be the condition of";
    Be = "statement.be", "Forms of \"be\" right before a predicate";
    Nobody = "statement.nobody", "What begins the name of a source that is nobody";
    AfterThat = "statement.after_that", "Verbs whose subject is the \"that\" before them (\"that is impossible\")";
    Areas = "place.areas", "Nouns behind a name that make it an area";
    Towns = "place.towns", "Nouns that make \"of\" and a name a town";
    Where = "place.where", "Words before a name that say where";
    PersonTitles = "place.person_titles", "Titles and nouns of people: the name behind them is a person's";
    NoPlaces = "place.no_places", "What stands behind \"in\" with a capital and is no place";
    Taken = "place.taken", "Verbs whose bare name is a place";
    Attacked = "place.attacked", "Verbs of war behind which a town's name is the town";
    AfterFall = "place.after_fall", "What may stand behind \"fall\" where a town falls";
    Assaulted = "place.assaulted", "Verbs of what nobody does to a town of his own";
    BeforeClause = "place.before_clause", "What stands before the subject of a clause";
    Falls = "place.falls", "Nouns whose \"of\" has a place behind it";
    Telling = "place.telling", "Words behind which a name is a place, said once";
    Hinting = "place.hinting", "Words behind which a name is a place, said twice";
    PlaceLists = "place.place_lists", "Nouns that announce a list of places";
    ColonPrepositions = "place.colon_prepositions", "Prepositions behind which a colon announces places";
    Counties = "place.counties", "Nouns of a county";
    Compares = "quantity.compares", "Words behind \"five times\" that compare";
    Wholes = "quantity.wholes", "What a price is for (\"a share\"), besides units";
    Determiners = "quantity.determiners", "Determiners behind an \"of\" that are no part of what is counted";
    HalfOf = "quantity.half_of", "Words behind \"half\" that make it a number";
    HalfBounds = "quantity.half_bounds", "Words before \"half\" that make it a number";
    AfterRatio = "quantity.after_ratio", "Words behind \"to one\" that leave it a ratio";
    NumberEndings = "quantity.number_endings", "Endings of digits that count nothing";
    Clock = "quantity.clock", "What makes digits before it an hour";
    Modals = "time.modals", "Helpers, and the lemmas that taggers give them, of a verb of what is to come";
    Planned = "time.planned", "Lemmas whose participles speak of a plan";
    Counted = "time.counted", "What makes four digits before it a number and no year";
    BeforeYear = "time.before_year", "What stands before a year";
    Anchors = "time.anchors", "What stands before the event that a window runs to (\"before the vote\")";
    AnchorEnds = "time.anchor_ends", "Words at which such an event's words end";
    FromToday = "time.from_today", "What tells a season or a month from today: \"this winter\"";
    BeforeDate = "time.before_date", "What joins a time to what is set for it: \"the vote on 12 May\"";
    BeforeScheduled = "time.before_scheduled", "What stands before the time of something set for it";
    Denials = "factuality.denials", "Words that deny a predicate";
    Suppositions = "factuality.suppositions", "Words that make a clause a condition";
    VerbalEndings = "factuality.verbal_endings", "Endings of nouns made of verbs";
    Adverbial = "attribution.adverbial", "Words before a cue in -ing that make it an aside (\"by saying\")";
    PluralPronouns = "attribution.plural_pronouns", "Pronouns whose verb has no -s";
    ClauseOpeners = "attribution.clause_openers", "Words behind a comma at which what is said ends";
}

impl List {
    /// Whether a word, in lower case, stands in the list.
    pub(crate) fn has(self, word: &str) -> bool {
        self.words().contains(word)
    }

    /// Whether a word ends as one of the list does; for lists of endings.
    pub(crate) fn ends(self, word: &str) -> bool {
        self.words().iter().any(|end| word.ends_with(end.as_str()))
    }

    fn words(self) -> &'static HashSet<String> {
        &LISTS[self as usize]
    }
}

/// The words of each list by its number: as many as there are lists, which [`read`] sees to. Whether a
/// word is in one is all that is asked, so no order of a set reaches an output.
static LISTS: LazyLock<Vec<HashSet<String>>> = LazyLock::new(|| {
    // The test `the_lists_that_ship_are_sound` reads the same embedded bytes.
    read(FILE, TEXT).unwrap_or_else(|e| panic!("{e}"))
});

#[derive(Debug, Deserialize)]
struct Written {
    version: u32,
    #[serde(flatten)]
    sections: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// Reads the lists; names the list that is unknown, missing or empty, and the word that stands twice or
/// is not in lower case.
fn read(file: &str, text: &str) -> Result<Vec<HashSet<String>>, TableError> {
    let mut written: Written =
        toml::from_str(text).map_err(|e| TableError::of_toml(file, text, &e))?;
    if written.version != 1 {
        return Err(TableError::new(file, "version", "only version 1 is known"));
    }
    let mut lists = Vec::with_capacity(ALL.len());
    for (_, row) in ALL {
        let found = row
            .split_once('.')
            .and_then(|(section, key)| written.sections.get_mut(section)?.remove(key));
        let words = found.ok_or_else(|| TableError::new(file, row, "the list is missing"))?;
        if words.is_empty() {
            return Err(TableError::new(file, row, "no words"));
        }
        let mut list = HashSet::with_capacity(words.len());
        for word in words {
            let wrong = |problem: &str| TableError::new(file, row, format!("{word:?} {problem}"));
            if word.is_empty() || word.chars().any(|c| c.is_whitespace() || c == '’') {
                return Err(wrong("is not one word with a straight apostrophe"));
            }
            if word.to_lowercase() != word {
                return Err(wrong("is not in lower case"));
            }
            if list.contains(&word) {
                return Err(wrong("stands twice"));
            }
            list.insert(word);
        }
        lists.push(list);
    }
    let unknown = written.sections.iter().find_map(|(s, keys)| Some((s, keys.keys().next()?)));
    match unknown {
        Some((section, key)) => {
            Err(TableError::new(file, format!("{section}.{key}"), "no rule asks for this list"))
        }
        None => Ok(lists),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_that_ship_are_sound() {
        let lists = read(FILE, TEXT).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(lists.len(), ALL.len());
        assert!(List::Forces.has("troops") && !List::Forces.has("rebel"));
        assert!(List::VerbalEndings.ends("invasion") && !List::VerbalEndings.ends("port"));
    }

    #[test]
    fn numbers_of_lists_are_their_places() {
        assert!(ALL.iter().enumerate().all(|(at, (list, _))| *list as usize == at));
    }

    #[test]
    fn a_broken_list_is_named_with_its_file() {
        let broken = [
            ("\"troops\"", "\"Troops\"", "event.forces", "lower case"),
            ("\"troops\"", "\"army\"", "event.forces", "twice"),
            ("forces = ", "forcess = ", "event.forces", "missing"),
            ("[place]", "[place]\nrivers = [\"creek\"]", "place.rivers", "no rule"),
        ];
        for (old, new, row, problem) in broken {
            let error = read("own.toml", &TEXT.replacen(old, new, 1)).expect_err(new);
            assert_eq!((error.file.as_str(), error.row.as_str()), ("own.toml", row));
            assert!(error.problem.contains(problem), "{error}");
        }
    }
}
