//! From what a pattern found to a time: its TIMEX3 type and value, its first and last day.

use jiff::civil::Date;

use super::table::{TimeRule, TimeShape, Times};
use super::{
    anchor::Anchor,
    calendar,
    find::Found,
    pattern::Slot,
    tense::Direction,
    value::{DAYPARTS, Grain, MOST_UNITS, Period, Stage, Unit, length, plus_units},
};

/// TIMEX3's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// A day or a longer period of the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length.
    Duration,
    /// Again and again.
    Set,
}

impl TimeKind {
    /// TIMEX3's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// What an expression of time stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// TIMEX3's type.
    pub kind: TimeKind,
    /// TIMEX3's value.
    pub value: String,
    /// The period of the calendar, where it is one and the day it is told from is known.
    pub period: Option<Period>,
    /// The part of the period.
    pub stage: Option<Stage>,
    /// Number and unit of a length; a number below 0 is left open.
    pub length: Option<(f64, Unit)>,
    /// Its first and last day, where they are known.
    pub days: Option<(Date, Date)>,
}

impl Reading {
    fn plain(kind: TimeKind, value: String) -> Self {
        Self { kind, value, period: None, stage: None, length: None, days: None }
    }

    fn of_period(period: Period, stage: Option<Stage>, anchor: &Anchor) -> Self {
        let days = Some(period.cut(stage, anchor.published));
        let value = period.value();
        Self { period: Some(period), stage, days, ..Self::plain(TimeKind::Date, value) }
    }
}

/// Reads what a pattern found; `None` where its words are no time after all.
pub fn read(
    times: &Times,
    found: &Found,
    anchor: &Anchor,
    direction: Direction,
) -> Option<Reading> {
    let rule = times.rules.get(found.rule)?;
    let slots = Slots { found, rule };
    match rule.shape {
        TimeShape::Value => Some(Reading::plain(TimeKind::Date, rule.value.clone()?)),
        TimeShape::Numeric => numeric(&slots, anchor),
        TimeShape::Era => {
            let year = slots.get(Slot::Number).or(slots.get(Slot::Year))?;
            let year = (1.0..10_000.0).contains(&year).then_some(year as i16)?;
            Some(Reading::of_period(Period::year(1 - year)?, None, anchor))
        }
        TimeShape::Decade => decade(&slots, anchor),
        TimeShape::Century => {
            let century = slots.get(Slot::Ordinal).filter(|c| (1.0..=30.0).contains(c))? as i16;
            let period = Period::century((century - 1) * 100)?;
            Some(Reading::of_period(period, slots.stage(), anchor))
        }
        TimeShape::Calendar => dated(&slots, anchor, direction),
        TimeShape::Offset => offset(&slots, anchor),
        TimeShape::Length => Some(long(&slots, anchor)?),
        TimeShape::Set => again(&slots),
    }
}

/// What stands in the slots, or in the rule where no slot has it.
pub(super) struct Slots<'f> {
    pub(super) found: &'f Found,
    pub(super) rule: &'f TimeRule,
}

impl Slots<'_> {
    pub(super) fn get(&self, slot: Slot) -> Option<f64> {
        let is = |s: Slot| s == slot || s == Slot::ShortMonth && slot == Slot::Month;
        self.found.captures.iter().find(|(s, _)| is(*s)).map(|(_, v)| *v)
    }

    /// A whole number in a slot.
    pub(super) fn whole(&self, slot: Slot) -> Option<i32> {
        self.get(slot).map(|v| v as i32)
    }

    pub(super) fn nth(&self, slot: Slot, n: usize) -> Option<i32> {
        let mut all = self.found.captures.iter().filter(|(s, _)| *s == slot);
        all.nth(n).map(|(_, v)| *v as i32)
    }

    pub(super) fn unit(&self) -> Option<Unit> {
        let slot = self.get(Slot::Unit).or(self.get(Slot::Units));
        self.rule.unit.or_else(|| Unit::from_number(slot?))
    }

    pub(super) fn stage(&self) -> Option<Stage> {
        self.rule
            .stage
            .or_else(|| Stage::from_number(self.get(Slot::Stage).or(self.get(Slot::Edge))?))
    }

    /// The step from today or from the time last named, and whether it is the latter.
    pub(super) fn relative(&self) -> Option<(i32, bool)> {
        let all = self.found.captures.iter().rev();
        let slot = all.into_iter().find(|(s, _)| *s == Slot::Relative).map(|(_, v)| *v as i32);
        let written = slot.or(self.rule.shift)?;
        Some(if written > 5 { (written - 10, true) } else { (written, false) })
    }

    /// Hour, minute and second, as far as they are said.
    fn clock(&self) -> Option<String> {
        if let Some(time) = self.whole(Slot::Military) {
            return Some(format!("{:02}:{:02}", time / 100, time % 100));
        }
        if let Some(hour) = self.whole(Slot::Hour) {
            return Some(format!("{hour:02}:00"));
        }
        let hour = self.whole(Slot::Digits).filter(|h| *h < 25)?;
        let minute = self.nth(Slot::Digits, 1).unwrap_or(0);
        let late = matches!(self.whole(Slot::Daypart), Some(3..=5));
        let hour = match self.whole(Slot::Meridiem) {
            Some(half) if (1..=12).contains(&hour) => hour % 12 + 12 * half,
            Some(_) => return None,
            None if late && hour < 12 => hour + 12,
            None => hour,
        };
        let second = self.nth(Slot::Digits, 2).map_or(String::new(), |s| format!(":{s:02}"));
        (minute < 60).then(|| format!("{hour:02}:{minute:02}{second}"))
    }

    /// What follows the "T" of a time of day.
    fn time_of_day(&self) -> Option<String> {
        self.clock().or_else(|| {
            let part = self.whole(Slot::Daypart).or(self.rule.daypart.map(i32::from))?;
            DAYPARTS.get(usize::try_from(part).ok()?.checked_sub(1)?).map(|p| (*p).to_owned())
        })
    }
}

fn dated(slots: &Slots, anchor: &Anchor, direction: Direction) -> Option<Reading> {
    let time = match slots.rule.unit {
        Some(Unit::Quarter | Unit::Half) => None,
        _ => slots.time_of_day(),
    };
    // "the past hour" is a length.
    if time.is_none()
        && let Some(unit) = slots.unit().filter(|u| u.of_clock())
    {
        return Some(Reading {
            length: Some((1.0, unit)),
            ..Reading::plain(TimeKind::Duration, length(1.0, unit))
        });
    }
    let Some(period) = calendar::period(slots, anchor, direction, time.is_some()) else {
        return calendar::unanchored(slots, time.as_deref()).map(|value| {
            let kind = if time.is_some() { TimeKind::Time } else { TimeKind::Date };
            Reading::plain(kind, value)
        });
    };
    let mut reading = Reading::of_period(period, slots.stage(), anchor);
    if let Some(time) = time.filter(|_| period.grain == Grain::Day) {
        reading.kind = TimeKind::Time;
        reading.value = format!("{}T{time}", reading.value);
    }
    Some(reading)
}

fn numeric(slots: &Slots, anchor: &Anchor) -> Option<Reading> {
    let (a, b) = (slots.nth(Slot::Digits, 0)?, slots.nth(Slot::Digits, 1)?);
    let year = calendar::year(slots, anchor)?;
    let first_is_year = matches!(slots.found.captures.first(), Some((Slot::Year, _)));
    // American order, unless only the other is a date.
    let (month, day) = if first_is_year || a <= 12 { (a, b) } else { (b, a) };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Reading::of_period(Period::day(date), None, anchor))
}

fn decade(slots: &Slots, anchor: &Anchor) -> Option<Reading> {
    let written = slots.get(Slot::Decade)? as i16;
    let year = if written >= 100 {
        written
    } else {
        let now = anchor.now().map_or(2000, Date::year);
        let century = now.div_euclid(100) * 100;
        if century + written <= now { century + written } else { century - 100 + written }
    };
    Some(Reading::of_period(Period::decade(year)?, slots.stage(), anchor))
}

/// "three years ago", "two days later".
fn offset(slots: &Slots, anchor: &Anchor) -> Option<Reading> {
    let unit = slots.unit()?;
    let written = slots.whole(Slot::Direction).or(slots.rule.shift)?;
    let (sign, told) = if written > 5 { (written - 10, true) } else { (written, false) };
    let number = slots.get(Slot::Number).unwrap_or(-1.0);
    if !(0.0..=MOST_UNITS).contains(&number) {
        let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Reading::plain(TimeKind::Date, value.to_owned()));
    }
    let Some(base) = (if told { anchor.last_named() } else { anchor.now().map(Period::day) })
    else {
        let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return Some(Reading::plain(TimeKind::Date, value.to_owned()));
    };
    let day = plus_units(base.first, f64::from(sign) * number, unit);
    let whole = number.fract() == 0.0;
    let grain = match unit {
        Unit::Decade => Unit::Year,
        Unit::Year if !whole => Unit::Month,
        other => other,
    };
    let period = match base.grain {
        Grain::Quarter | Grain::Month if unit == Unit::Year => {
            Period { first: day, grain: base.grain }
        }
        _ => Period::around(day, grain)?,
    };
    Some(Reading::of_period(period, None, anchor))
}

fn long(slots: &Slots, anchor: &Anchor) -> Option<Reading> {
    let unit = slots.unit()?;
    let number = slots.rule.number.or(slots.get(Slot::Number))?;
    let number = if number < 0.0 { number } else { number + slots.rule.plus };
    if number > MOST_UNITS * 1000.0 {
        return None;
    }
    let step = slots.relative().filter(|(_, told)| !told).map(|(step, _)| step);
    let days = anchor.now().zip(step).filter(|_| number > 0.0).and_then(|(now, step)| match step {
        -1 => Some((plus_units(now, -number, unit), now)),
        1 => Some((now, plus_units(now, number, unit))),
        _ => None,
    });
    // "three to six months": the value is the first, the end that of the second.
    let most = slots.nth(Slot::Number, 1).map_or(number, |n| f64::from(n).max(number));
    Some(Reading {
        length: Some((most, unit)),
        days,
        ..Reading::plain(TimeKind::Duration, length(number, unit))
    })
}

fn again(slots: &Slots) -> Option<Reading> {
    let set = |value: String| Some(Reading::plain(TimeKind::Set, value));
    if let Some(often) = slots.get(Slot::Often) {
        let value = match Unit::from_number(often)? {
            Unit::Quarter => "P3M".to_owned(),
            unit => length(1.0, unit),
        };
        return set(value);
    }
    if let Some(weekday) = slots.whole(Slot::Weekday).or(slots.whole(Slot::Weekdays)) {
        let part = slots
            .whole(Slot::Dayparts)
            .and_then(|p| DAYPARTS.get(usize::try_from(p).ok()?.checked_sub(1)?));
        return set(format!(
            "XXXX-WXX-{weekday}{}",
            part.map_or(String::new(), |p| format!("T{p}"))
        ));
    }
    if let Some(value) = calendar::unanchored(slots, slots.time_of_day().as_deref())
        .filter(|_| slots.unit().is_none())
    {
        return set(value);
    }
    let number = slots.get(Slot::Number).unwrap_or(1.0);
    let mut reading = set(length(number, slots.unit()?))?;
    reading.length = Some((number, slots.unit()?));
    Some(reading)
}
