//! Number words, years, days and units of time, as values. Months and weekdays are words of
//! [`crate::time_words::vocabulary`].

mod table;

use table::NUMBERS;

use crate::words::{Word, WordKind};

/// A number read from one word or several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeral {
    /// Its value; for a vague one the middle of `low` and `high`.
    pub value: f64,
    /// Lowest reading.
    pub low: f64,
    /// Highest reading.
    pub high: f64,
    /// How many words it takes.
    pub length: usize,
    /// "a few", "tens of thousands"
    pub vague: bool,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Sixty minutes.
    Hour,
    /// A calendar day.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
}

/// The value of a number below a hundred written as a word ("seven", "twenty-one").
pub fn small(word: &str) -> Option<f64> {
    let value = |word: &str| NUMBERS.small.get(word).copied();
    value(word).or_else(|| {
        let (tens, ones) = word.split_once('-')?;
        let (tens, ones) = (value(tens)?, value(ones)?);
        (tens >= 20.0 && (1.0..10.0).contains(&ones)).then_some(tens + ones)
    })
}

/// The value of a scale word ("thousand").
pub fn scale(word: &str) -> Option<f64> {
    NUMBERS.scale.get(word).copied()
}

/// Whether a scale word multiplies the number before it: "thousand", "crores", and not "thousands".
pub fn scales(word: &str) -> bool {
    !word.ends_with('s') || NUMBERS.counted.contains(word)
}

/// Into how many parts an ordinal parts ("third"); in the singular.
pub fn part(word: &str) -> Option<f64> {
    NUMBERS.parts.get(word).copied()
}

/// What a hyphen joins to a number word that counts nothing ("one-off").
pub fn is_idle(word: &str) -> bool {
    NUMBERS.idle.contains(word)
}

/// A plural without an s ("people").
pub fn is_people(word: &str) -> bool {
    NUMBERS.people.contains(word)
}

/// Digits with thousands commas or a decimal point.
pub fn digits(word: &str) -> Option<f64> {
    let ok = word.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.');
    if !ok || word.len() > 20 || !word.bytes().next()?.is_ascii_digit() {
        return None;
    }
    word.replace(',', "").parse().ok()
}

/// Reads a number at word `at`: "3", "1.5 million", "two hundred", "twenty-one", "a dozen",
/// "a few", "several", "tens of thousands", "a couple of".
pub fn read(words: &[&Word], at: usize) -> Option<Numeral> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_ref());
    let exact =
        |value: f64, length| Numeral { value, low: value, high: value, length, vague: false };
    let vague = |low: f64, high: f64, length| Numeral {
        value: f64::midpoint(low, high),
        low,
        high,
        length,
        vague: true,
    };
    let start = at;
    let article = usize::from(matches!(lower(at), "a" | "the"));
    // The ranges of vague words are the narrowest that dictionaries agree on; a scale word
    // multiplies them. "Dozens" and "hundreds" reach from one of them to ten.
    match lower(at + article) {
        "few" | "handful" => {
            let of =
                usize::from(lower(at + article) == "handful" && lower(at + article + 1) == "of");
            return Some(vague(3.0, 7.0, article + 1 + of));
        }
        "couple" if article == 1 => {
            return Some(vague(2.0, 3.0, 2 + usize::from(lower(at + 2) == "of")));
        }
        "several" if article == 0 => return Some(vague(3.0, 9.0, 1)),
        "dozen" if article == 1 => return Some(exact(12.0, 2)),
        _ => {}
    }
    let plural = match lower(at) {
        "tens" => Some(10.0),
        "dozens" => Some(12.0),
        "scores" => Some(20.0),
        word if word.ends_with('s') => scale(word),
        _ => None,
    };
    if let Some(unit) = plural {
        let (factor, length) = match (lower(at + 1), scale(lower(at + 2))) {
            ("of", Some(s)) => (s, 3),
            _ => (1.0, 1),
        };
        if factor > 1.0 || unit >= 12.0 || lower(at + 1) == "of" {
            return Some(vague(unit * factor, 10.0 * unit * factor, length));
        }
        return None;
    }
    let mut i = at;
    let mut value = 0.0;
    if article == 1 {
        // "a hundred", "a million": only with a scale word.
        value = if lower(at) == "a" { scale(lower(at + 1))? } else { return None };
        i += 2;
    } else {
        let word = words.get(at)?;
        let first =
            if word.kind == WordKind::Number { digits(&word.lower) } else { small(&word.lower) }?;
        let mut group = first;
        i += 1;
        // "two hundred (and) fifty thousand"
        loop {
            let w = lower(i);
            if let Some(s) = scale(w).filter(|_| scales(w)) {
                if s < 1e3 {
                    group *= s;
                } else {
                    value += group * s;
                    group = 0.0;
                }
                i += 1;
            } else if i > start + 1
                && w == "and"
                && small(lower(i + 1)).is_some_and(|n| n < 100.0)
                && group >= 100.0
            {
                group += small(lower(i + 1)).unwrap_or_default();
                i += 2;
            } else if let Some(n) = small(w).filter(|_| i > start + 1) {
                group += n;
                i += 1;
            } else if (20.0..100.0).contains(&group)
                && small(w).is_some_and(|n| n < 10.0)
                && word.kind == WordKind::Letters
            {
                group += small(w).unwrap_or_default();
                i += 1;
            } else {
                break;
            }
        }
        value += group;
    }
    Some(exact(value, i - start))
}

/// The unit that a word names, in the singular or the plural.
pub fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "hour" | "hours" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        _ => return None,
    })
}

/// A year of four digits from 1000 to 2999.
pub fn year(word: &str) -> Option<i16> {
    (word.len() == 4 && matches!(word.as_bytes()[0], b'1' | b'2')).then(|| word.parse().ok())?
}

/// A day of the month in digits: "9", "16th". "The fourth" is more often a quarter or a place.
pub fn day(word: &str) -> Option<i8> {
    let day = match digits(word) {
        Some(n) if n.fract() == 0.0 && word.len() <= 2 => n as i8,
        None if word.starts_with(|c: char| c.is_ascii_digit()) => ordinal(word)?,
        _ => return None,
    };
    (1..=31).contains(&day).then_some(day)
}

/// The number of an ordinal ("third", "21st").
pub fn ordinal(word: &str) -> Option<i8> {
    if let Some(value) = NUMBERS.ordinal.get(word) {
        return Some(*value as i8);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::split;

    fn value(text: &str) -> Option<(f64, usize)> {
        let words = split(text, |_| 0);
        let words: Vec<&Word> = words.iter().collect();
        read(&words, 0).map(|n| (n.value, n.length))
    }

    #[test]
    fn numbers_in_words_and_digits() {
        assert_eq!(value("1,250.5 boats"), Some((1250.5, 1)));
        assert_eq!(value("two hundred and fifty thousand men"), Some((250_000.0, 5)));
        assert_eq!(value("3.5 million people"), Some((3_500_000.0, 2)));
        assert_eq!(value("twenty-one guns"), Some((21.0, 1)));
        assert_eq!(value("a hundred guns"), Some((100.0, 2)));
        assert_eq!(value("tens of thousands of men").map(|v| v.1), Some(3));
        assert_eq!(value("a few boats"), Some((5.0, 2)));
        assert_eq!(value("a boat"), None);
        assert_eq!(value("the man"), None);
        assert_eq!(value("five"), Some((5.0, 1)));
    }

    #[test]
    fn calendar_words() {
        assert_eq!(small("twenty-one"), Some(21.0));
        assert_eq!((small("one-two"), small("twenty-ten")), (None, None));
        assert_eq!(year("2027"), Some(2027));
        assert_eq!(ordinal("21st"), Some(21));
    }
}
