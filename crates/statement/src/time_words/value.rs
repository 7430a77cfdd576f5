//! Periods of the calendar: their TIMEX3 values, their first and last days, and steps between them.

use jiff::{Span as Length, civil::Date};

/// Units of time, in the order of the table's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// 1
    Second,
    /// 2
    Minute,
    /// 3
    Hour,
    /// 4
    Day,
    /// 5: seven days; the calendar's begin on Monday (ISO 8601)
    Week,
    /// 6
    Month,
    /// 7: three months
    Quarter,
    /// 8: six months
    Half,
    /// 9
    Year,
    /// 10
    Decade,
    /// 11
    Century,
    /// 12: Saturday and Sunday
    Weekend,
    /// 13: two weeks
    Fortnight,
}

impl Unit {
    const ALL: [Self; 13] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Half,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Weekend,
        Self::Fortnight,
    ];

    /// The unit of a number of the table.
    pub fn from_number(number: f64) -> Option<Self> {
        Self::ALL.get((number as usize).checked_sub(1)?).copied()
    }

    /// Shorter than a day.
    pub fn of_clock(self) -> bool {
        self <= Self::Hour
    }

    /// TIMEX3's letters, after "P" or "PT".
    pub fn letters(self) -> &'static str {
        match self {
            Self::Second => "S",
            Self::Minute | Self::Month => "M",
            Self::Day => "D",
            Self::Quarter => "Q",
            Self::Hour | Self::Half => "H",
            Self::Year => "Y",
            Self::Decade => "DE",
            Self::Century => "CE",
            Self::Weekend => "WE",
            Self::Week | Self::Fortnight => "W",
        }
    }
}

/// Which part of a period is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// 1: the first third
    Early,
    /// 2: the middle third
    Mid,
    /// 3: the last third
    Late,
    /// 4: its last day
    End,
    /// 5: the part that is over
    Earlier,
    /// 6: the part to come
    Later,
    /// 7: its first day
    Start,
    /// 8: any part
    Any,
    /// 9: its first half
    FirstHalf,
    /// 10: its second half
    SecondHalf,
}

impl Stage {
    /// The stage of a number of the table.
    pub fn from_number(number: f64) -> Option<Self> {
        let all = [
            Self::Early,
            Self::Mid,
            Self::Late,
            Self::End,
            Self::Earlier,
            Self::Later,
            Self::Start,
            Self::Any,
            Self::FirstHalf,
            Self::SecondHalf,
        ];
        all.get((number as usize).checked_sub(1)?).copied()
    }
}

/// Parts of the day as TIMEX3 writes them, in the order of the table's numbers from 1.
pub const DAYPARTS: [&str; 8] = ["MO", "MI", "AF", "EV", "NI", "DT", "OV", "DA"];

/// Sorts of periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// One day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// Spring 1, summer 2, autumn 3, winter 4; winter runs into the next year.
    Season,
    /// Six months.
    Half,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years, from the one that ends in 00.
    Century,
}

/// A period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub first: Date,
    /// Its sort.
    pub grain: Grain,
}

const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

impl Period {
    /// A day.
    pub fn day(first: Date) -> Self {
        Self { first, grain: Grain::Day }
    }

    /// A year.
    pub fn year(year: i16) -> Option<Self> {
        Some(Self { first: Date::new(year, 1, 1).ok()?, grain: Grain::Year })
    }

    /// A month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Some(Self { first: Date::new(year, month, 1).ok()?, grain: Grain::Month })
    }

    /// A quarter of a year, from 1.
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        let first = Date::new(year, quarter.checked_mul(3)?.checked_sub(2)?, 1).ok()?;
        Some(Self { first, grain: Grain::Quarter })
    }

    /// A half of a year, 1 or 2.
    pub fn half(year: i16, half: i8) -> Option<Self> {
        let first = Date::new(year, half.checked_mul(6)?.checked_sub(5)?, 1).ok()?;
        Some(Self { first, grain: Grain::Half })
    }

    /// A season, from 1 for spring; winter is of the year in which it begins.
    pub fn season(year: i16, season: i8) -> Option<Self> {
        let first = Date::new(year, season.checked_mul(3)?, 1).ok()?;
        Some(Self { first, grain: Grain::Season })
    }

    /// The decade that holds a year.
    pub fn decade(year: i16) -> Option<Self> {
        Some(Self { first: Date::new(year.div_euclid(10) * 10, 1, 1).ok()?, grain: Grain::Decade })
    }

    /// The century that holds a year, from the year that ends in 00.
    pub fn century(year: i16) -> Option<Self> {
        let first = Date::new(year.div_euclid(100) * 100, 1, 1).ok()?;
        Some(Self { first, grain: Grain::Century })
    }

    /// The period of a unit that holds a day.
    pub fn around(date: Date, unit: Unit) -> Option<Self> {
        let weekday = i32::from(date.weekday().to_monday_one_offset());
        let (year, month) = (date.year(), date.month());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some(Self::day(date)),
            Unit::Week | Unit::Fortnight => {
                Some(Self { first: plus_days(date, 1 - weekday), grain: Grain::Week })
            }
            Unit::Weekend => {
                Some(Self { first: plus_days(date, 6 - weekday), grain: Grain::Weekend })
            }
            Unit::Month => Self::month(year, month),
            Unit::Quarter => Self::quarter(year, (month - 1) / 3 + 1),
            Unit::Half => Self::half(year, (month - 1) / 6 + 1),
            Unit::Year => Self::year(year),
            Unit::Decade => Self::decade(year),
            Unit::Century => Self::century(year),
        }
    }

    /// Its last day.
    pub fn last(self) -> Date {
        let months = |n: i32| plus_months(self.first, n - 1).last_of_month();
        match self.grain {
            Grain::Day => self.first,
            Grain::Weekend => plus_days(self.first, 1),
            Grain::Week => plus_days(self.first, 6),
            Grain::Month => self.first.last_of_month(),
            Grain::Quarter | Grain::Season => months(3),
            Grain::Half => months(6),
            Grain::Year => self.first.last_of_year(),
            Grain::Decade => months(120),
            Grain::Century => months(1200),
        }
    }

    /// The period so many of its own kind later.
    #[must_use]
    pub fn step(self, number: i32) -> Self {
        let months = |n: i32| plus_months(self.first, n.saturating_mul(number));
        let first = match self.grain {
            Grain::Day => plus_days(self.first, number),
            Grain::Weekend | Grain::Week => plus_days(self.first, number.saturating_mul(7)),
            Grain::Month => months(1),
            Grain::Quarter => months(3),
            Grain::Half => months(6),
            Grain::Season | Grain::Year => months(12),
            Grain::Decade => months(120),
            Grain::Century => months(1200),
        };
        Self { first, grain: self.grain }
    }

    /// The same period of another year.
    #[must_use]
    pub fn in_year(self, year: i16) -> Option<Self> {
        let first = Date::new(year, self.first.month(), self.first.day()).ok()?;
        Some(Self { first, grain: self.grain })
    }

    /// The TIMEX3 value.
    pub fn value(self) -> String {
        let (year, month) = (self.first.year(), self.first.month());
        let years = |digits: usize, year: i16| {
            // TIMEX2 writes the years before our era so; the calendar has a year 0.
            if year <= 0 { format!("BC{:04}", 1 - year) } else { format!("{year:0digits$}") }
        };
        let whole = years(4, year);
        match self.grain {
            Grain::Day => format!("{whole}-{month:02}-{:02}", self.first.day()),
            Grain::Weekend | Grain::Week => {
                let week = self.first.iso_week_date();
                let end = if self.grain == Grain::Weekend { "-WE" } else { "" };
                format!("{:04}-W{:02}{end}", week.year(), week.week())
            }
            Grain::Month => format!("{whole}-{month:02}"),
            Grain::Quarter => format!("{whole}-Q{}", (month - 1) / 3 + 1),
            Grain::Season => {
                let season = SEASONS.get(usize::from(month.unsigned_abs()) / 3 - 1);
                format!("{whole}-{}", season.unwrap_or(&"WI"))
            }
            Grain::Half => format!("{whole}-H{}", (month - 1) / 6 + 1),
            Grain::Year => whole,
            Grain::Decade => years(3, year.div_euclid(10)),
            Grain::Century => years(2, year.div_euclid(100)),
        }
    }

    /// The first and the last day of a part of it; `today` parts what is over from what is to come.
    pub fn cut(self, stage: Option<Stage>, today: Option<Date>) -> (Date, Date) {
        let (first, last) = (self.first, self.last());
        let length = first.until(last).map_or(0, |s| s.get_days()) + 1;
        let (a, b) = (length / 3, length * 2 / 3);
        let within = |day: &Date| (first..=last).contains(day);
        match stage {
            None | Some(Stage::Any) => (first, last),
            Some(Stage::FirstHalf) => (first, plus_days(first, (length / 2 - 1).max(0))),
            Some(Stage::SecondHalf) => (plus_days(first, length / 2), last),
            Some(Stage::Early) => (first, plus_days(first, (a - 1).max(0))),
            Some(Stage::Mid) => (plus_days(first, a), plus_days(first, (b - 1).max(a))),
            Some(Stage::Late) => (plus_days(first, b.min(length - 1)), last),
            Some(Stage::End) => (last, last),
            Some(Stage::Start) => (first, first),
            Some(Stage::Earlier) => (first, today.filter(within).unwrap_or(last)),
            Some(Stage::Later) => (today.filter(within).unwrap_or(first), last),
        }
    }
}

/// A day so many days later, or the calendar's end.
pub fn plus_days(date: Date, days: i32) -> Date {
    Length::new().try_days(days).map_or(date, |length| date.saturating_add(length))
}

/// A day so many months later, or the calendar's end.
pub fn plus_months(date: Date, months: i32) -> Date {
    Length::new().try_months(months).map_or(date, |length| date.saturating_add(length))
}

/// A day so many units later.
pub fn plus_units(date: Date, number: f64, unit: Unit) -> Date {
    // Table and text are capped: MOST_UNITS below, so that nothing overflows.
    let whole = number.clamp(-MOST_UNITS, MOST_UNITS).ceil() as i32;
    match unit {
        Unit::Second | Unit::Minute => date,
        Unit::Hour => plus_days(date, (whole + 23).div_euclid(24)),
        Unit::Day => plus_days(date, whole),
        Unit::Week | Unit::Weekend => plus_days(date, whole * 7),
        Unit::Fortnight => plus_days(date, whole * 14),
        Unit::Month => plus_months(date, whole),
        Unit::Quarter => plus_months(date, whole * 3),
        Unit::Half => plus_months(date, whole * 6),
        Unit::Year => plus_months(date, (number.clamp(-MOST_UNITS, MOST_UNITS) * 12.0) as i32),
        Unit::Decade => plus_months(date, whole * 120),
        Unit::Century => plus_months(date, whole * 1200),
    }
}

/// No number of units is larger: beyond it a span of time is a figure of speech.
pub const MOST_UNITS: f64 = 9000.0;

/// A length as TIMEX3 writes it; a number below 0 is left open.
pub fn length(number: f64, unit: Unit) -> String {
    let letters = unit.letters();
    let prefix = if unit.of_clock() { "PT" } else { "P" };
    if number < 0.0 {
        return format!("{prefix}X{letters}");
    }
    let number = if unit == Unit::Fortnight { number * 2.0 } else { number };
    let half = (number.fract() - 0.5).abs() < 1e-9;
    let (number, unit, letters) = match unit {
        Unit::Half => (number * 6.0, Unit::Month, "M"),
        _ => (number, unit, letters),
    };
    let whole = number.trunc();
    match unit {
        Unit::Year if half && whole > 0.0 => format!("P{whole}Y6M"),
        Unit::Year if half => "P6M".to_owned(),
        Unit::Hour if half && whole > 0.0 => format!("PT{whole}H30M"),
        Unit::Hour if half => "PT30M".to_owned(),
        Unit::Minute if half => format!("PT{whole}M30S"),
        Unit::Day if half && whole < 1.0 => "PT12H".to_owned(),
        Unit::Century if half || number < 1.0 => format!("P{}Y", number * 100.0),
        _ => format!("{prefix}{number}{letters}"),
    }
}
