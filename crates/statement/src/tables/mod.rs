//! The tables of `data/en/`, read once and checked while they are read.
//!
//! Everything English that a user could want to extend stands in them. They are embedded in the
//! binary; a broken row is an error that names file and row, and the test of this module reads
//! every shipped table.

mod certainty;
mod comma;
mod divisions;
mod embedding;
mod gazetteer;
mod judging;
mod kinds;
mod nations;
mod operators;
mod packs;
mod pattern;
mod place_words;
mod scales;
mod sorted;
mod units;
mod verbs;
mod windows;

pub use certainty::{Hedge, Hedges};
pub use divisions::{Division, Divisions};
pub use embedding::{Embedding, Weights};
pub use gazetteer::{GazetteerPlace, PlaceKind, named, place_key};
pub use judging::Judging;
pub use kinds::{ContentClass, CueClass, Kinds};
pub use nations::{Naming, Nation, Nations};
pub use operators::{Anaphora, Construction, Effect, Noncanonical, Operator, Operators, Persons};
pub use packs::{Class, DefaultActor, Packs, Role, TargetKind, Trigger};
pub use pattern::{Filler, Found, Phrases, Slot};
pub use place_words::PlaceWords;
pub use scales::Scales;
pub use units::{Unit, Units};
pub use verbs::{Form, Verbs};
pub use windows::{Days, Edge, Rule, Windows};

pub use crate::table_error::TableError;
use crate::time_words::table::Times;
pub(crate) use crate::word_lists::List;

/// All tables of one language.
#[derive(Debug, Clone)]
pub struct Tables {
    /// Countries.
    pub nations: Nations,
    /// States and provinces.
    pub divisions: Divisions,
    /// Words that are no places.
    pub place_words: PlaceWords,
    /// Institutions with a scale of their own.
    pub scales: Scales,
    /// Words of certainty.
    pub hedges: Hedges,
    /// Words of time to come.
    pub windows: Windows,
    /// Words that decide factuality.
    pub embedding: Embedding,
    /// The grammar of time.
    pub times: Times,
    /// Words of kind, negation and condition.
    pub kinds: Kinds,
    /// What stands between a speaker and a claim.
    pub operators: Operators,
    /// Words that judge.
    pub judging: Judging,
    /// Classes of events.
    pub packs: Packs,
    /// Units, currencies and the words that bound a number.
    pub units: Units,
    /// Forms of verbs.
    pub verbs: Verbs,
}

impl Tables {
    /// The shipped English tables.
    ///
    /// # Errors
    /// Names the file and the row that is broken.
    pub fn english() -> Result<Self, TableError> {
        let verbs = Verbs::shipped()?;
        Ok(Self {
            nations: Nations::shipped()?,
            divisions: Divisions::shipped()?,
            place_words: PlaceWords::shipped()?,
            scales: Scales::shipped()?,
            hedges: Hedges::shipped()?,
            windows: Windows::shipped()?,
            times: Times::shipped()?,
            embedding: Embedding::shipped()?,
            kinds: Kinds::shipped(&verbs)?,
            operators: Operators::shipped()?,
            judging: Judging::shipped()?,
            packs: Packs::shipped(&verbs)?,
            units: Units::shipped(&verbs)?,
            verbs,
        })
    }

    /// The same tables with a user's own event pack; `file` is named in errors.
    ///
    /// # Errors
    /// Names the class or the phrase that is broken.
    pub fn with_pack(mut self, file: &str, text: &str) -> Result<Self, TableError> {
        self.packs.add(file, text, &self.verbs)?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_file_and_the_line() {
        let broken = "a = 1\nb = 2\nc = = 3\n";
        let error = toml::from_str::<toml::Table>(broken).expect_err("not TOML");
        let error = TableError::of_toml("own.toml", broken, &error);
        assert_eq!((error.file.as_str(), error.row.as_str()), ("own.toml", "3"));
    }

    #[test]
    fn every_shipped_table_is_sound() {
        if let Err(broken) = Tables::english() {
            panic!("{broken}");
        }
    }
}
