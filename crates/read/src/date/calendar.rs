//! The names of months and weekdays: those of the table of times, `data/en/times.toml`, whose other
//! words and patterns belong to who reads sentences.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

static CALENDAR: LazyLock<Words> = LazyLock::new(|| {
    // A test reads the same text, so that what ships is known to be valid.
    toml::from_str::<File>(TEXT).map(|file| file.words).unwrap_or_default()
});

const TEXT: &str = include_str!("../../../../data/en/times.toml");

#[derive(Deserialize)]
struct File {
    words: Words,
}

#[derive(Default, Deserialize)]
struct Words {
    /// With their numbers.
    month: BTreeMap<String, i32>,
    weekday: BTreeMap<String, i32>,
}

/// "sat" and "sun" are words of their own within sentences, and days in dates.
const DAYS_IN_DATES: [&str; 2] = ["sat", "sun"];

/// The number of a month by its English name or abbreviation.
pub(super) fn month(word: &str) -> Option<i32> {
    CALENDAR.month.get(&word.to_ascii_lowercase()).copied()
}

/// True for a day of the week, in full or abbreviated.
pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    CALENDAR.weekday.contains_key(&word) || DAYS_IN_DATES.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_has_all_months_and_days() {
        let words = toml::from_str::<File>(TEXT).unwrap().words;
        assert!((1..=12).all(|month| words.month.values().any(|known| *known == month)));
        assert!((1..=7).all(|day| words.weekday.values().any(|known| *known == day)));
        assert_eq!((month("September"), month("Sept"), month("Smarch")), (Some(9), Some(9), None));
        assert!(is_weekday("Thurs") && is_weekday("Sun") && !is_weekday("Today"));
    }
}
