//! Periods of the calendar from months, weekdays, seasons and words such as "last".

use jiff::civil::{Date, Weekday};

use super::table::HolidayDay;
use super::{
    anchor::Anchor,
    pattern::Slot,
    resolve::Slots,
    tense::Direction,
    value::{Grain, Period, Unit, plus_days, plus_months},
};

/// The period that the slots name; `None` where the day it is told from is unknown.
pub(super) fn period(
    slots: &Slots,
    anchor: &Anchor,
    direction: Direction,
    of_day: bool,
) -> Option<Period> {
    let unit = slots.unit();
    let relative = slots.relative();
    let base =
        |told: bool| if told { anchor.last_named().map(|p| p.first) } else { anchor.told_from() };
    let written = year(slots, anchor).or_else(|| {
        // "May last year": the step is the year's.
        let (step, told) = relative.filter(|_| {
            unit == Some(Unit::Year)
                || slots.rule.unit.is_some_and(|u| matches!(u, Unit::Quarter | Unit::Half))
        })?;
        base(told)?.year().checked_add(i16::try_from(step).ok()?)
    });
    let yearly = |in_year: &dyn Fn(i16) -> Option<Period>| match (written, relative) {
        (Some(year), _) => in_year(year),
        (None, Some((step, told))) => stepped(base(told)?, step, in_year),
        (None, None) => anchor.nearest(direction, in_year),
    };
    if let Some(day) = slots.rule.day {
        return yearly(&|year| holiday(day, year).map(Period::day));
    }
    if let Some(nth) = slots.rule.ordinal.or(slots.get(Slot::Ordinal).map(|o| o as i8))
        && let Some(weekday) = slots.get(Slot::Weekday).map(|w| w as i8)
    {
        let month = if let Some(month) = slots.get(Slot::Month).map(|m| m as i8) {
            yearly(&|year| Period::month(year, month))?
        } else {
            let (step, told) = relative?;
            Period::around(base(told)?, Unit::Month)?.step(step)
        };
        let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
        return month.first.nth_weekday_of_month(nth, weekday).ok().map(Period::day);
    }
    if let Some(month) = slots.get(Slot::Month).map(|m| m as i8)
        && slots.rule.unit == Some(Unit::Quarter)
    {
        // "the January/March quarter"
        let quarter = (month - 1) / 3 + 1;
        return yearly(&|year| Period::quarter(year, quarter));
    }
    if let Some(month) = slots.get(Slot::Month).map(|m| m as i8) {
        let day = slots.get(Slot::Day).or(slots.get(Slot::Ordinal)).map(|d| d as i8);
        return match day {
            Some(day) => yearly(&|year| Date::new(year, month, day).ok().map(Period::day)),
            None => yearly(&|year| Period::month(year, month)),
        };
    }
    if let Some(season) = slots.get(Slot::Season).map(|s| s as i8) {
        return yearly(&|year| Period::season(year, season));
    }
    if let Some(part @ (Unit::Quarter | Unit::Half)) = slots.rule.unit {
        let which = slots.rule.ordinal.or_else(|| {
            let which = slots.get(Slot::Ordinal).or(slots.get(Slot::Digits));
            which.map(|w| w as i8)
        })?;
        let in_year = |year| match part {
            Unit::Half => Period::half(year, which),
            _ => Period::quarter(year, which),
        };
        return match written {
            Some(year) => in_year(year),
            // "expects a third-quarter loss" in November: the quarter that is over.
            None if direction == Direction::Ahead && !anchor.strict => {
                anchor.nearest(Direction::Open, &in_year)
            }
            None if direction == Direction::Ahead => anchor.nearest(direction, &in_year),
            None => anchor.nearest(Direction::Back, &in_year),
        };
    }
    if let Some(weekday) = slots.get(Slot::Weekday).map(|w| w as i8) {
        return weekday_of(slots, anchor, direction, weekday);
    }
    if let Some(day) = slots.get(Slot::Day).map(|d| d as i8) {
        let base = anchor.now()?;
        let months = [0, 1, -1].map(|n| plus_months(base.first_of_month(), n));
        let mut days = months.into_iter().filter_map(|m| Date::new(m.year(), m.month(), day).ok());
        return match direction {
            Direction::Back if !anchor.narrative => days.find(|d| *d <= base),
            _ => days.find(|d| *d >= base),
        }
        .map(Period::day);
    }
    if let Some(days) = slots.whole(Slot::Deictic) {
        let today = anchor.told.or(anchor.published).or(anchor.now())?;
        return Some(Period::day(plus_days(today, days)));
    }
    if of_day {
        // "last night", "that morning", "the night"
        let (step, told) = relative.unwrap_or((0, anchor.narrative));
        return Some(Period::day(plus_days(base(told)?, step)));
    }
    if let Some(unit) = unit {
        let (step, told) = relative?;
        // "the quarter" of a report is the one that is over.
        if unit == Unit::Quarter && slots.rule.shift == Some(0) {
            return match anchor.last_named() {
                Some(last) if last.grain == Grain::Quarter => Some(last),
                _ => Some(Period::around(anchor.now()?, unit)?.step(-1)),
            };
        }
        if unit == Unit::Year && slots.rule.shift == Some(9) {
            // "the year-ago quarter"
            return match anchor.named.filter(|p| p.grain <= Grain::Quarter) {
                Some(last) => last.in_year(last.first.year().checked_add(-1)?),
                None => Some(Period::around(anchor.now()?, unit)?.step(-1)),
            };
        }
        return Some(Period::around(base(told)?, unit)?.step(step));
    }
    Period::year(written?)
}

/// A year that is written out.
pub(super) fn year(slots: &Slots, anchor: &Anchor) -> Option<i16> {
    if let Some(year) = slots.get(Slot::Year) {
        return Some(year as i16);
    }
    let short = slots.get(Slot::ShortYear)? as i16;
    let now = anchor.now().map_or(2000, Date::year);
    let century = now.div_euclid(100) * 100;
    // "'99" in 2003 is behind, "'05" in 1999 ahead.
    Some(if century + short > now + 20 { century - 100 + short } else { century + short })
}

/// "last May", "next summer", "this autumn", "that winter"
fn stepped(base: Date, step: i32, in_year: &dyn Fn(i16) -> Option<Period>) -> Option<Period> {
    let years = [-1, 0, 1].map(|n| in_year(base.year().saturating_add(n)));
    let mut all = years.into_iter().flatten();
    match step {
        -1 => all.rfind(|p| p.last() < base),
        1 => all.find(|p| p.first > base),
        _ => in_year(base.year()),
    }
}

fn weekday_of(slots: &Slots, anchor: &Anchor, direction: Direction, weekday: i8) -> Option<Period> {
    let relative = slots.relative();
    let base = match relative {
        Some((_, true)) => anchor.last_named()?.first,
        Some(_) => anchor.told_from()?,
        None => anchor.now()?,
    };
    let wanted = Weekday::from_monday_one_offset(weekday).ok()?;
    let in_week =
        |date: Date| plus_days(date, i32::from(weekday - date.weekday().to_monday_one_offset()));
    let day =
        match (slots.unit(), relative) {
            (Some(Unit::Week), Some((step, _))) => plus_days(in_week(base), 7 * step),
            (_, Some((-1, _))) => base.nth_weekday(-1, wanted).ok()?,
            (_, Some((1, _))) => base.nth_weekday(1, wanted).ok()?,
            (_, Some(_)) => in_week(base),
            (_, None) if anchor.narrative || base.weekday() == wanted => {
                if base.weekday() == wanted { base } else { base.nth_weekday(1, wanted).ok()? }
            }
            (_, None) => match direction {
                Direction::Ahead => base.nth_weekday(1, wanted).ok()?,
                Direction::Back | Direction::Open => base.nth_weekday(-1, wanted).ok()?,
            },
        };
    Some(Period::day(day))
}

fn holiday(day: HolidayDay, year: i16) -> Option<Date> {
    match day {
        HolidayDay::Fixed(month, day) => Date::new(year, month, day).ok(),
        HolidayDay::Nth(month, weekday, which) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(which, weekday).ok()
        }
        HolidayDay::Easter(days) => Some(plus_days(easter(year)?, i32::from(days))),
    }
}

/// Easter Sunday by the anonymous Gregorian method (Nature, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century, rest) = (year_number % 19, year_number / 100, year_number % 100);
    let moon = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - moon + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let day = epact + sunday - 7 * late + 114;
    Date::new(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?).ok()
}

/// The value of a time whose year or day nobody knows.
pub(super) fn unanchored(slots: &Slots, time: Option<&str>) -> Option<String> {
    const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
    let time = time.map_or(String::new(), |t| format!("T{t}"));
    if let Some(month) = slots.whole(Slot::Month) {
        let day = slots.whole(Slot::Day).or(slots.whole(Slot::Ordinal));
        return Some(match day {
            Some(day) if (1..=31).contains(&day) => format!("XXXX-{month:02}-{day:02}{time}"),
            Some(_) => return None,
            None => format!("XXXX-{month:02}"),
        });
    }
    if let Some(weekday) = slots.whole(Slot::Weekday) {
        return Some(format!("XXXX-WXX-{weekday}{time}"));
    }
    if let Some(season) = slots.whole(Slot::Season) {
        return Some(format!(
            "XXXX-{}",
            SEASONS.get(usize::try_from(season).ok()?.checked_sub(1)?)?
        ));
    }
    match (slots.unit(), slots.rule.ordinal.map(i32::from).or(slots.whole(Slot::Ordinal))) {
        (Some(Unit::Quarter), Some(n @ 1..=4)) => Some(format!("XXXX-Q{n}")),
        (Some(Unit::Half), Some(n @ 1..=2)) => Some(format!("XXXX-H{n}")),
        (Some(Unit::Year | Unit::Half), _) => Some("XXXX".to_owned()),
        (Some(Unit::Week), _) => Some("XXXX-WXX".to_owned()),
        (Some(Unit::Month), _) => Some("XXXX-XX".to_owned()),
        (Some(Unit::Quarter), None) => Some("XXXX-QX".to_owned()),
        (Some(Unit::Quarter | Unit::Decade | Unit::Century), _) => None,
        _ => Some(format!("XXXX-XX-XX{time}")),
    }
}
