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
mod numbers;
mod operators;
mod packs;
mod pattern;
mod place_words;
mod scales;
mod sorted;
mod times;
mod units;
mod verbs;
mod windows;
mod word_lists;

pub use certainty::{Hedge, Hedges};
pub use divisions::{Division, Divisions};
pub use embedding::{Embedding, Weights};
pub use gazetteer::{GazetteerPlace, PlaceKind, named, place_key};
pub use judging::Judging;
pub use kinds::{ContentClass, CueClass, Kinds};
pub use nations::{Naming, Nation, Nations};
pub(crate) use numbers::NUMBERS;
pub use operators::{Anaphora, Construction, Effect, Operator, Operators, Persons};
pub use packs::{Class, DefaultActor, Packs, Role, TargetKind, Trigger};
pub use pattern::{Filler, Found, Phrases, Slot};
pub use place_words::PlaceWords;
pub use scales::Scales;
pub use times::{Guard, HolidayDay, TimeRule, TimeShape, Times};
pub use units::{Unit, Units};
pub use verbs::{Form, Verbs};
pub use windows::{Days, Edge, Rule, Windows};
pub(crate) use word_lists::List;

/// What is wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {row}: {problem}")]
pub struct TableError {
    /// The file, as it lies in the repository, or a user's own.
    pub file: String,
    /// The row: a line number, a section's name.
    pub row: String,
    /// What is wrong, in one sentence without a full stop.
    pub problem: String,
}

impl TableError {
    pub(crate) fn new(
        file: &str,
        row: impl std::fmt::Display,
        problem: impl std::fmt::Display,
    ) -> Self {
        Self { file: file.to_owned(), row: format!("{row}"), problem: format!("{problem}") }
    }

    /// What the reader of TOML has against a text, with the line of it; line 0 where it names none.
    fn of_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let before = error.span().and_then(|span| text.get(..span.start));
        Self::new(file, before.map_or(0, |b| b.matches('\n').count() + 1), error.message())
    }
}

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
