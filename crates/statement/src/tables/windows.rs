//! Words of time to come.

use sayso_model::WindowPrecision;
use serde::Deserialize;

use super::{Phrases, TableError};
use crate::numeral::Unit;

const FILE: &str = "data/en/windows.toml";
const TEXT: &str = include_str!("../../../../data/en/windows.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    rule: Vec<WrittenRule>,
    period: Vec<WrittenPeriod>,
    prefix: Vec<WrittenPrefix>,
    part: Vec<WrittenPart>,
    year_end: Vec<WrittenYearEnd>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    phrases: Vec<String>,
    earliest: i32,
    latest: Option<i32>,
    soft: Option<i32>,
    precision: WindowPrecision,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPeriod {
    id: String,
    phrases: Vec<String>,
    shape: String,
    unit: Option<String>,
    days: Option<i32>,
    months: Option<[i8; 2]>,
    #[serde(default)]
    alone: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPrefix {
    phrases: Vec<String>,
    relation: Edge,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPart {
    phrases: Vec<String>,
    third: u8,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenYearEnd {
    phrases: Vec<String>,
}

/// A whole phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name, with the version of the table ("soon@1").
    pub id: String,
    /// When it can come true.
    pub days: Days,
    /// How exact the words are.
    pub precision: WindowPrecision,
}

/// Days after publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First.
    pub earliest: i32,
    /// Last of the plain reading; `None` is open-ended.
    pub latest: Option<i32>,
    /// Last of the generous reading.
    pub soft: Option<i32>,
}

/// How the event stands to a period, by the words before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// Inside it.
    In,
    /// Before its end.
    By,
    /// Before it begins.
    Before,
    /// After it.
    After,
}

/// A period of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its name, with the version of the table.
    pub id: String,
    /// How its days are found.
    pub shape: Shape,
    /// Needs no preposition.
    pub alone: bool,
}

/// How the days of a period are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Days after publication.
    Offset(i32),
    /// The unit that holds the day of publication.
    This(Unit),
    /// The unit after it.
    Next(Unit),
    /// The coming Saturday and Sunday.
    Weekend,
    /// A day with its month and perhaps its year.
    Date,
    /// A day of the month.
    Day,
    /// A month.
    Month,
    /// A day of the week.
    Weekday,
    /// A year.
    Year,
    /// From one month to another.
    Months(i8, i8),
    /// A number of units after publication.
    Length,
}

/// The table.
#[derive(Debug, Clone)]
pub struct Windows {
    /// Whole phrases.
    pub rules: Vec<Rule>,
    /// Their words.
    pub rule_phrases: Phrases,
    /// Periods.
    pub periods: Vec<Period>,
    /// Their words.
    pub period_phrases: Phrases,
    /// Words before a period, by row.
    pub edges: Vec<Edge>,
    /// Their words.
    pub edge_phrases: Phrases,
    /// Thirds of a period (4 is its end), by row.
    pub parts: Vec<u8>,
    /// Their words.
    pub part_phrases: Phrases,
}

impl Windows {
    pub(super) fn shipped() -> Result<Self, TableError> {
        let written: Written = toml::from_str(TEXT).map_err(|e| {
            let line = e.span().map_or(0, |s| TEXT[..s.start].matches('\n').count() + 1);
            TableError::new(FILE, line, e.message())
        })?;
        let version = written.version;
        let mut windows = Self {
            rules: Vec::new(),
            rule_phrases: Phrases::default(),
            periods: Vec::new(),
            period_phrases: Phrases::default(),
            edges: Vec::new(),
            edge_phrases: Phrases::default(),
            parts: Vec::new(),
            part_phrases: Phrases::default(),
        };
        for rule in written.rule {
            let days = Days { earliest: rule.earliest, latest: rule.latest, soft: rule.soft };
            let order = [Some(days.earliest), days.latest.or(days.soft), days.soft.or(days.latest)];
            if order.windows(2).any(|w| w[1].is_some() && w[1] < w[0]) {
                return Err(TableError::new(FILE, &rule.id, "the days are not in order"));
            }
            all(&mut windows.rule_phrases, &rule.phrases, windows.rules.len(), &rule.id)?;
            windows.rules.push(Rule {
                id: format!("{}@{version}", rule.id),
                days,
                precision: rule.precision,
            });
        }
        for period in written.period {
            let wrong = |problem: &str| TableError::new(FILE, &period.id, problem);
            let unit = || {
                let name = period.unit.as_deref().unwrap_or_default();
                crate::numeral::unit(name).ok_or_else(|| wrong("the shape needs a unit of time"))
            };
            let shape = match period.shape.as_str() {
                "offset" => {
                    Shape::Offset(period.days.ok_or_else(|| wrong("the shape needs days"))?)
                }
                "this" => Shape::This(unit()?),
                "next" => Shape::Next(unit()?),
                "weekend" => Shape::Weekend,
                "date" => Shape::Date,
                "day" => Shape::Day,
                "month" => Shape::Month,
                "weekday" => Shape::Weekday,
                "year" => Shape::Year,
                "length" => Shape::Length,
                "season" => match period.months {
                    Some([a, b]) if (1..=12).contains(&a) && (1..=12).contains(&b) => {
                        Shape::Months(a, b)
                    }
                    _ => return Err(wrong("the shape needs two months")),
                },
                _ => return Err(wrong("no such shape")),
            };
            all(&mut windows.period_phrases, &period.phrases, windows.periods.len(), &period.id)?;
            windows.periods.push(Period {
                id: format!("{}@{version}", period.id),
                shape,
                alone: period.alone,
            });
        }
        for prefix in written.prefix {
            all(&mut windows.edge_phrases, &prefix.phrases, windows.edges.len(), "prefix")?;
            windows.edges.push(prefix.relation);
        }
        for part in written.part {
            if !(1..=4).contains(&part.third) {
                return Err(TableError::new(FILE, "part", "a third is 1 to 3, or 4 for the end"));
            }
            all(&mut windows.part_phrases, &part.phrases, windows.parts.len(), "part")?;
            windows.parts.push(part.third);
        }
        // "by year's end" is the end of this year.
        let this_year = windows.periods.len();
        for end in written.year_end {
            all(&mut windows.period_phrases, &end.phrases, this_year, "year_end")?;
        }
        windows.periods.push(Period {
            id: format!("year-end@{version}"),
            shape: Shape::Months(12, 12),
            alone: false,
        });
        Ok(windows)
    }
}

fn all(phrases: &mut Phrases, written: &[String], row: usize, id: &str) -> Result<(), TableError> {
    if written.is_empty() {
        return Err(TableError::new(FILE, id, "no phrases"));
    }
    written
        .iter()
        .try_for_each(|phrase| phrases.add(phrase, row).map_err(|e| TableError::new(FILE, id, e)))
}
