//! The grammar of time: `data/en/times.toml`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Deserialize;

use super::{
    pattern::{First, Pattern, Slot},
    value::{Stage, Unit},
    vocabulary::Vocabulary,
};
use crate::table_error::TableError;

const FILE: &str = "data/en/times.toml";
const TEXT: &str = include_str!("../../../../data/en/times.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    capital: Vec<String>,
    #[serde(default)]
    ahead: BTreeSet<String>,
    words: BTreeMap<Slot, BTreeMap<String, f64>>,
    part: Vec<WrittenPart>,
    rule: Vec<WrittenRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPart {
    name: String,
    pattern: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    shape: TimeShape,
    patterns: Vec<String>,
    guard: Option<Guard>,
    value: Option<String>,
    unit: Option<String>,
    shift: Option<i32>,
    stage: Option<u8>,
    ordinal: Option<i8>,
    number: Option<f64>,
    plus: Option<f64>,
    day: Option<String>,
    daypart: Option<u8>,
}

/// How what a pattern found becomes a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeShape {
    /// A period of the calendar, from what stands in the slots.
    Calendar,
    /// A date in digits.
    Numeric,
    /// A year before our era.
    Era,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// So far from another time.
    Offset,
    /// A length.
    Length,
    /// Again and again.
    Set,
    /// The rule's value.
    Value,
}

/// What must hold beside the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// The number stands for a year: it counts nothing.
    Year,
    /// The mark before the digits is an apostrophe, not the end of a quotation.
    ShortYear,
    /// The last word is tagged as a noun.
    Noun,
    /// No word is tagged as a verb.
    NoVerb,
    /// The word is tagged as an adjective.
    Adjective,
    /// A quantity stands before it ("four flights a week").
    Rate,
    /// "the year" and its like, where they stand for a certain one.
    TheUnit,
    /// "the morning" and its like.
    TheDaypart,
    /// Digits that are a time of day.
    Clock,
    /// A plural that stands for a length.
    BareUnits,
    /// "daily" beside a verb; "a quarterly report" is only a sort of report.
    Often,
    /// Nothing of the clause follows.
    Last,
    /// "the 15th", and not "the 15th attempt".
    DayOfMonth,
}

/// The day of a holiday in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayDay {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, weekday from Monday 1, which one (−1 is the last).
    Nth(i8, i8, i8),
    /// Days after Easter Sunday.
    Easter(i16),
}

/// A row.
#[derive(Debug, Clone)]
pub struct TimeRule {
    /// Its name, with the version of the table.
    pub id: String,
    /// How it becomes a time.
    pub shape: TimeShape,
    /// What must hold beside the words.
    pub guard: Option<Guard>,
    /// TIMEX3's value, for [`TimeShape::Value`].
    pub value: Option<String>,
    /// The unit, where no slot has it.
    pub unit: Option<Unit>,
    /// A step, as the slots `relative` and `direction` write it, where no slot has it.
    pub shift: Option<i32>,
    /// The part of the period, where no slot has it.
    pub stage: Option<Stage>,
    /// Which one, where no slot has it.
    pub ordinal: Option<i8>,
    /// The number, where no slot has it.
    pub number: Option<f64>,
    /// What is added to the number.
    pub plus: f64,
    /// The day of a holiday.
    pub day: Option<HolidayDay>,
    /// The part of the day, where no slot has it.
    pub daypart: Option<u8>,
    /// Its patterns.
    pub patterns: Vec<Pattern>,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Times {
    /// Words of time.
    pub vocabulary: Vocabulary,
    /// The rows.
    pub rules: Vec<TimeRule>,
    /// Words before a time that point ahead, whatever the tense ("until").
    pub ahead: BTreeSet<String>,
    /// Row and pattern by a first word. Looked up and never iterated.
    by_word: HashMap<Box<str>, Vec<(usize, usize)>>,
    /// First words of patterns that may be without a word of a class.
    literal: HashSet<Box<str>>,
    /// By a first word, the most words of its patterns in front of the first word of a class.
    leads: HashMap<Box<str>, usize>,
    /// Row and pattern by a class of first words.
    by_slot: Vec<(Slot, Vec<(usize, usize)>)>,
}

impl Times {
    pub(crate) fn shipped() -> Result<Self, TableError> {
        Self::read(TEXT)
    }

    /// Reads the table from its text.
    ///
    /// # Errors
    /// Names the row that is broken.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let written: Written =
            toml::from_str(text).map_err(|e| TableError::of_toml(FILE, text, &e))?;
        let version = written.version;
        let vocabulary = Vocabulary::new(&written.words, &written.capital)
            .map_err(|e| TableError::new(FILE, "words", e))?;
        let mut parts = HashMap::new();
        for part in written.part {
            let pattern = Pattern::read(&part.pattern, &parts)
                .map_err(|e| TableError::new(FILE, &part.name, e))?;
            parts.insert(part.name, pattern);
        }
        let mut times = Self {
            vocabulary,
            rules: Vec::new(),
            ahead: written.ahead,
            by_word: HashMap::new(),
            literal: HashSet::new(),
            leads: HashMap::new(),
            by_slot: Vec::new(),
        };
        for row in written.rule {
            let rule = rule(row, version, &parts)?;
            let index = times.rules.len();
            for (p, pattern) in rule.patterns.iter().enumerate() {
                let lead = pattern.lead();
                for first in pattern.firsts() {
                    match (&first, lead) {
                        (First::Word(word), None) => {
                            times.literal.insert(word.clone());
                        }
                        (First::Word(word), Some(lead)) => {
                            let most = times.leads.entry(word.clone()).or_default();
                            *most = lead.max(*most);
                        }
                        (First::Slot(_), _) => {}
                    }
                    let rows = match first {
                        First::Word(word) => times.by_word.entry(word).or_default(),
                        First::Slot(slot) => {
                            let known = times.by_slot.iter().position(|(s, _)| *s == slot);
                            let at = known.unwrap_or_else(|| {
                                times.by_slot.push((slot, Vec::new()));
                                times.by_slot.len() - 1
                            });
                            &mut times.by_slot[at].1
                        }
                    };
                    rows.push((index, p));
                }
            }
            times.rules.push(rule);
        }
        Ok(times)
    }

    /// Rows and patterns that may begin with a word.
    pub fn by_word(&self, word: &str) -> &[(usize, usize)] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a pattern that begins with a word may be without a word of a class.
    pub fn is_literal(&self, word: &str) -> bool {
        self.literal.contains(word)
    }

    /// The most words that patterns beginning with a word have in front of their first word of a class.
    pub fn lead(&self, word: &str) -> usize {
        self.leads.get(word).copied().unwrap_or(0)
    }

    /// Rows and patterns that begin with a class of words.
    pub fn by_slot(&self) -> impl Iterator<Item = (Slot, &[(usize, usize)])> {
        self.by_slot.iter().map(|(slot, rows)| (*slot, rows.as_slice()))
    }
}

fn rule(
    row: WrittenRule,
    version: u32,
    parts: &HashMap<String, Pattern>,
) -> Result<TimeRule, TableError> {
    let wrong = |problem: &str| TableError::new(FILE, &row.id, problem);
    let patterns = row
        .patterns
        .iter()
        .map(|p| Pattern::read(p, parts))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| wrong(&e))?;
    if patterns.is_empty() {
        return Err(wrong("no patterns"));
    }
    if row.shape == TimeShape::Value && row.value.is_none() {
        return Err(wrong("the shape needs a value"));
    }
    let unit = match row.unit.as_deref() {
        None => None,
        Some("day") => Some(Unit::Day),
        Some("weekend") => Some(Unit::Weekend),
        Some("month") => Some(Unit::Month),
        Some("quarter") => Some(Unit::Quarter),
        Some("half") => Some(Unit::Half),
        Some("year") => Some(Unit::Year),
        Some(_) => return Err(wrong("no such unit")),
    };
    let stage = match row.stage {
        None => None,
        Some(n) => Some(Stage::from_number(f64::from(n)).ok_or_else(|| wrong("no such stage"))?),
    };
    let day = match row.day.as_deref() {
        None => None,
        Some(day) => Some(holiday(day).ok_or_else(|| {
            wrong("the day is not \"MONTH-DAY\", \"MONTH/WEEKDAY/WHICH\" or \"easter DAYS\"")
        })?),
    };
    Ok(TimeRule {
        id: format!("{}@{version}", row.id),
        shape: row.shape,
        guard: row.guard,
        value: row.value,
        unit,
        shift: row.shift,
        stage,
        ordinal: row.ordinal,
        number: row.number,
        plus: row.plus.unwrap_or(0.0),
        day,
        daypart: row.daypart,
        patterns,
    })
}

fn holiday(written: &str) -> Option<HolidayDay> {
    if let Some(days) = written.strip_prefix("easter ") {
        return Some(HolidayDay::Easter(days.parse().ok()?));
    }
    let part = |text: &str, low: i8, high: i8| {
        text.parse::<i8>().ok().filter(|n| (low..=high).contains(n))
    };
    let Some((month, rest)) = written.split_once('/') else {
        let (month, day) = written.split_once('-')?;
        return Some(HolidayDay::Fixed(part(month, 1, 12)?, part(day, 1, 31)?));
    };
    let (weekday, which) = rest.split_once('/')?;
    Some(HolidayDay::Nth(part(month, 1, 12)?, part(weekday, 1, 7)?, part(which, -5, 5)?))
}
