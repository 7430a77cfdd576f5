//! When a page was published, weighed from what its parts say.
//!
//! **A wrong date is worse than none**, since every window hangs on it. Three voices speak of it:
//! what the page tells machines (JSON-LD, `meta`, marked elements), its address, and the date that
//! readers see beside the headline. The machines' is believed first, being the only one with a time
//! of day. Where as many voices contradict it, by more than the day that zones explain, as agree
//! with it, the page has no date.

use sayso_model::{Precision, Published};

use crate::date;

/// What a page's parts say, in the order of their weight.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// What is written for machines, the most telling first.
    pub(super) recorded: Vec<Published>,
    /// The day in the address.
    pub(super) address: Option<Published>,
    /// The date beside the headline that is not said to be one of change.
    pub(super) seen: Option<Published>,
    /// A line "Published …" anywhere.
    pub(super) labelled: Option<Published>,
}

/// What the evidence amounts to.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// The date.
    Known(Published),
    /// Two dates that contradict each other.
    Disputed(Published, Published),
    /// Nothing was said.
    Silent,
}

/// Weighs the evidence.
pub(super) fn weigh(evidence: &Evidence) -> Verdict {
    let Evidence { recorded, address, seen, labelled } = evidence;
    let Some(first) = recorded.first() else {
        return match (address, seen, labelled) {
            (Some(a), Some(b), _) if apart(a, b) => Verdict::Disputed(a.clone(), b.clone()),
            (Some(date), ..) | (_, Some(date), _) | (.., Some(date)) => {
                Verdict::Known(date.clone())
            }
            _ => Verdict::Silent,
        };
    };
    let voices: Vec<&Published> = [address, seen]
        .into_iter()
        .flatten()
        .chain(recorded.iter().find(|r| apart(first, r)))
        .collect();
    let (against, with): (Vec<&Published>, Vec<&Published>) =
        voices.into_iter().partition(|voice| apart(first, voice));
    if let Some(other) = against.first()
        && against.len() > with.len()
    {
        return Verdict::Disputed(first.clone(), (*other).clone());
    }
    // A moment given in UTC may lie on another day than the outlet's, which the address has, or
    // the time that readers see.
    let local = [address, seen].into_iter().flatten().find(|day| is_next_to(first, day));
    Verdict::Known(local.unwrap_or(first).clone())
}

/// More days apart than zones explain. A month contradicts no day in it.
fn apart(a: &Published, b: &Published) -> bool {
    if a.precision == Precision::Month || b.precision == Precision::Month {
        return (a.date.year(), a.date.month()) != (b.date.year(), b.date.month());
    }
    a.date.until(b.date).is_ok_and(|span| span.get_days().abs() > 1)
}

/// The day before or after, where a zone can be what parts the two: clocks on earth run from 12
/// hours behind UTC to 14 before it.
fn is_next_to(published: &Published, day: &Published) -> bool {
    let (Some(time), Precision::Day) = (published.time, day.precision) else { return false };
    match published.date.until(day.date).map(|span| span.get_days()) {
        Ok(-1) => time.hour() < 12,
        Ok(1) => time.hour() >= 10,
        _ => false,
    }
}

/// The day in ".../2023/03/09/bridge", ".../2023/mar/09/bridge" or ".../2023-03-09-bridge".
pub(super) fn in_address(url: &str) -> Option<Published> {
    let path = url.splitn(4, '/').nth(3)?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).take(64).collect();
    parts.windows(3).find_map(|part| {
        let [year, month, day] = [part[0], part[1], part[2]];
        let digits = |text: &str, length: usize| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let named = month.len() == 3 && date::is_calendar_word(month);
        if !digits(year, 4) || !digits(day, 2) || !(digits(month, 2) || named) {
            return None;
        }
        let written = if named { format!("{day} {month} {year}") } else { part.join("-") };
        date::parse(&written).filter(|found| found.precision == Precision::Day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(recorded: &[&str], address: Option<&str>, seen: Option<&str>) -> String {
        let read = |words: &str| date::parse(words).unwrap();
        let evidence = Evidence {
            recorded: recorded.iter().map(|words| read(words)).collect(),
            address: address.map(read),
            seen: seen.map(read),
            labelled: None,
        };
        match weigh(&evidence) {
            Verdict::Known(date) => date.printed(),
            Verdict::Disputed(a, b) => format!("{} or {}", a.printed(), b.printed()),
            Verdict::Silent => "silent".to_owned(),
        }
    }

    #[test]
    fn voices_that_agree_give_the_first() {
        assert_eq!(verdict(&["2023-03-09T14:05:00Z"], None, None), "2023-03-09T14:05Z");
        assert_eq!(verdict(&["2023-03-09"], Some("2023-03-09"), Some("2023-03-10")), "2023-03-09");
        assert_eq!(verdict(&[], None, Some("9 March 2023")), "2023-03-09");
        assert_eq!(verdict(&[], None, None), "silent");
    }

    #[test]
    fn the_outlets_own_day_wins_over_that_of_utc() {
        assert_eq!(verdict(&["2023-03-10T01:30:00Z"], Some("2023-03-09"), None), "2023-03-09");
        assert_eq!(verdict(&["2023-03-10T01:30:00Z"], None, Some("2023-03-09")), "2023-03-09");
        assert_eq!(
            verdict(&["2023-03-10T15:30:00Z"], None, Some("2023-03-09")),
            "2023-03-10T15:30Z",
            "no clock on earth has the day before then"
        );
    }

    #[test]
    fn as_many_against_as_for_is_no_date() {
        assert_eq!(verdict(&["2021-03-09"], None, Some("2023-03-12")), "2021-03-09 or 2023-03-12");
        assert_eq!(verdict(&["2021-03-09", "2023-03-12"], None, None), "2021-03-09 or 2023-03-12");
        assert_eq!(verdict(&["2021-03-09"], Some("2021-03-09"), Some("2023-03-12")), "2021-03-09");
    }
}
