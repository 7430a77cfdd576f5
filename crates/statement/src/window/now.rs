//! The days from which a window counts.

use jiff::civil::Date;
use sayso_model::{Precision, Published, Said, Speech, WindowPrecision};

use crate::{
    Context,
    time::value::{Grain, Period, Unit, plus_days},
};

/// A step from one window to the next that is this much longer than the days on which it may have
/// been said is a year's step ("on 9 March", told from some day of March), not theirs.
const MOST_STEP_DAYS: i32 = 45;

/// When a statement was made: the first and the last day that it may have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// The day that "this year" and "tomorrow" are told from where it is not the first or the last.
    pub(super) told: Option<Date>,
    /// How exactly the days are known; a window told from a month is in whole months.
    grain: Grain,
}

impl Now {
    /// From when a statement was said, else from its article's publication; `None` where neither
    /// is known. It is taken for a paraphrase ([`Now::of_speech`]).
    pub fn of(context: &Context, said: Option<&Said>) -> Option<Self> {
        let published = context.article.published.as_ref();
        match said.and_then(|said| said.earliest.zip(said.latest)) {
            Some((first, last)) => {
                let told = published.map(|published| published.date);
                Some(Self { told, ..Self::between(first, last) })
            }
            None => published.map(Self::published),
        }
    }

    /// The same for verbatim words or a paraphrase: "this year" in verbatim words is the year in
    /// which they were said, in a paraphrase the year of the article.
    #[must_use]
    pub fn of_speech(self, speech: Speech) -> Self {
        if speech == Speech::Direct { Self { told: None, ..self } } else { self }
    }

    /// From a publication date.
    pub fn published(published: &Published) -> Self {
        match published.precision {
            Precision::Minute | Precision::Day => Self::day(published.date),
            Precision::Month => Self::whole(published.date, Unit::Month),
            Precision::Year => Self::whole(published.date, Unit::Year),
        }
    }

    fn day(day: Date) -> Self {
        Self { first: day, last: day, told: None, grain: Grain::Day }
    }

    fn whole(day: Date, unit: Unit) -> Self {
        match Period::around(day, unit) {
            Some(period) => {
                let (first, last) = (period.first, period.last());
                Self { first, last, told: None, grain: period.grain }
            }
            None => Self::day(day),
        }
    }

    /// A calendar month or year counts whole; of any other days the middle one does: "two years
    /// ago" is a day two years ago, give or take.
    fn between(first: Date, last: Date) -> Self {
        let whole = [Unit::Month, Unit::Year].map(|unit| Self::whole(first, unit));
        if let Some(whole) = whole.into_iter().find(|w| (w.first, w.last) == (first, last)) {
            return whole;
        }
        Self::day(plus_days(first, days_between(first, last) / 2))
    }

    /// True when the day is known.
    pub fn is_day(self) -> bool {
        self.first == self.last
    }

    /// The days of a window that runs so when told from the first day and so from the last: as they
    /// are where its own words say the days, else in whole months or years.
    pub(super) fn join(self, early: Days, late: Days) -> (Days, Option<WindowPrecision>) {
        let step =
            |a: Option<Date>, b: Option<Date>| a.zip(b).map_or(0, |(a, b)| days_between(a, b));
        let width = days_between(self.first, self.last);
        let apart =
            early.iter().zip(&late).any(|(a, b)| step(*a, *b).abs() > width + MOST_STEP_DAYS);
        if early == late || apart {
            return (early, None);
        }
        let unit = if self.grain >= Grain::Year { Unit::Year } else { Unit::Month };
        let whole = |day: Date| Period::around(day, unit).map(|p| (p.first, p.last()));
        let first = early[0].and_then(whole).map(|(first, _)| first);
        let last = |n: usize| late[n].and_then(whole).map(|(_, last)| last);
        let precision = match unit {
            Unit::Year => WindowPrecision::Year,
            _ => WindowPrecision::Month,
        };
        ([first, last(1), last(2)], Some(precision))
    }
}

/// Earliest, latest and generous latest day.
pub(super) type Days = [Option<Date>; 3];

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX / 4, |s| s.get_days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn whole_months_stay_whole_and_other_days_have_a_middle() {
        let may = Now::between(date(2031, 5, 1), date(2031, 5, 31));
        assert_eq!((may.first, may.last), (date(2031, 5, 1), date(2031, 5, 31)));
        let week = Now::between(date(2031, 5, 5), date(2031, 5, 11));
        assert_eq!((week.first, week.last), (date(2031, 5, 8), date(2031, 5, 8)));
    }

    #[test]
    fn days_told_from_a_month_are_whole_months() {
        let now = Now::published(&Published {
            date: date(2031, 5, 1),
            time: None,
            precision: Precision::Month,
        });
        let told = |from: Date| [Some(from), Some(plus_days(from, 7)), Some(plus_days(from, 14))];
        let (days, precision) = now.join(told(now.first), told(now.last));
        let june = Some(date(2031, 6, 30));
        assert_eq!(days, [Some(date(2031, 5, 1)), june, june]);
        assert_eq!(precision, Some(WindowPrecision::Month));
        let named = [Some(date(2031, 7, 4)); 3];
        assert_eq!(now.join(named, named), (named, None));
    }
}
