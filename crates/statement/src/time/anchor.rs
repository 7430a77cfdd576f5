//! What times are told from: the day of publication, the time last named, and in histories the
//! course of the story.

use jiff::civil::Date;

use super::{
    tense::Direction,
    value::{Grain, Period, plus_days},
};

/// The day of publication and the time last named.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchor {
    /// The day of publication.
    pub published: Option<Date>,
    /// The day that "this year" and "tomorrow" are told from, where it is not that of the statement:
    /// a paraphrase of old words tells them from the day of publication.
    pub told: Option<Date>,
    /// The text tells of years far from its publication: its times follow from one another.
    pub narrative: bool,
    /// The direction is known, and not only guessed from a tense.
    pub strict: bool,
    /// The period last named.
    pub named: Option<Period>,
}

impl Anchor {
    /// From the day of publication alone.
    pub fn day(published: Option<Date>) -> Self {
        Self { published, ..Self::default() }
    }

    /// The day that "today" is: in a story the time last named.
    pub fn now(&self) -> Option<Date> {
        if self.narrative { self.named.map(|p| p.first).or(self.published) } else { self.published }
    }

    /// The day that "this", "next" and "tomorrow" are told from.
    pub fn told_from(&self) -> Option<Date> {
        self.told.or(self.now())
    }

    /// The period last named, else the day of publication.
    pub fn last_named(&self) -> Option<Period> {
        self.named.or(self.published.map(Period::day))
    }

    /// The period of the year to which the words point.
    pub fn nearest(
        &self,
        direction: Direction,
        in_year: &dyn Fn(i16) -> Option<Period>,
    ) -> Option<Period> {
        let base = self.now()?;
        let years = [-1, 0, 1].map(|n| in_year(base.year().saturating_add(n)));
        let mut all = years.into_iter().flatten();
        if self.narrative {
            // A story goes on: a step back is told less often than one ahead.
            let cost = |p: &Period| {
                let days = days_between(base, p.first);
                if days >= 0 { days } else { -days * 2 }
            };
            return all.min_by_key(cost);
        }
        // A day of a few weeks ahead is meant even beside a past tense ("declared a dividend,
        // payable 7 December"); four to one is the least that reads such dates of TimeBank.
        let is_day = in_year(base.year()).is_some_and(|p| p.grain == Grain::Day);
        if is_day && direction != Direction::Open && !self.strict {
            let against = |days: i32| match direction {
                Direction::Ahead => days < 0,
                _ => days > 0,
            };
            return all.min_by_key(|p| {
                let days = days_between(base, p.first);
                days.abs().saturating_mul(if against(days) { 4 } else { 1 })
            });
        }
        match direction {
            Direction::Back => all.rfind(|p| p.first <= plus_days(base, 1)),
            Direction::Ahead => all.find(|p| p.last() >= base),
            Direction::Open => all.min_by_key(|p| {
                let days = days_between(base, p.first);
                if p.grain >= Grain::Month && p.first <= base && base <= p.last() {
                    0
                } else {
                    days.abs()
                }
            }),
        }
    }
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX / 4, |s| s.get_days())
}
