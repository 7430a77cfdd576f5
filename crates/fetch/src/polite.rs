//! When each host may be asked again.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::{Timestamp, fmt::rfc2822};

use crate::{reserve::Reservations, robots::Robots};

/// What is known of a host in this run.
///
/// Two locks, so that the rules can be asked for like any other page: whoever holds `rules` may take
/// a `turn`, its own or that of a host to which the rules lead, and whoever holds a turn takes
/// nothing more.
#[derive(Debug, Default)]
pub(crate) struct Host {
    /// Held while the host is asked: one request at a time.
    pub(crate) turn: Mutex<Turn>,
    /// Its rules, and until when they hold.
    pub(crate) rules: Mutex<Option<(Rules, Duration)>>,
}

/// When a host may be asked.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Turn {
    /// The moment from which it may be.
    pub(crate) ready: Duration,
    /// The delay between two requests that its rules ask for.
    pub(crate) delay: Duration,
}

/// What a host asks of programs.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) robots: Robots,
    pub(crate) reservations: Reservations,
    /// Why `robots.txt` could not be had, where it could not.
    pub(crate) missing: Option<String>,
}

/// The hosts of a run, by scheme, name and port.
#[derive(Debug, Default)]
pub(crate) struct Hosts(Mutex<BTreeMap<String, Arc<Host>>>);

impl Hosts {
    pub(crate) fn of(&self, origin: &str) -> Arc<Host> {
        Arc::clone(locked(&self.0).entry(origin.to_owned()).or_default())
    }
}

/// What a lock holds. A thread that broke down left nothing half done here.
pub(crate) fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The wait that a server asks for: seconds or a date (RFC 9110, 10.2.3).
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::DateTimeParser::new().parse_timestamp(value.trim()).ok()?;
    Some(Duration::from_secs(u64::try_from(until.as_second() - now.as_second()).unwrap_or(0)))
}

/// The wait after a request that was turned away without a word of how long: 5, 10, 20 seconds.
pub(crate) fn backoff(turn: u32) -> Duration {
    Duration::from_secs(5 << turn.min(6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_seconds_or_dates() {
        let now: Timestamp = "2031-04-03T08:00:00Z".parse().unwrap();
        assert_eq!(retry_after(" 120 ", now), Some(Duration::from_mins(2)));
        let date = "Thu, 03 Apr 2031 08:01:30 GMT";
        assert_eq!(retry_after(date, now), Some(Duration::from_secs(90)));
        assert_eq!(retry_after("Thu, 03 Apr 2031 07:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("-5", now), None);
        assert_eq!(backoff(0) * 4, backoff(2));
    }
}
