//! Time, as the caller tells it.

use std::time::Duration;

/// Where a fetcher gets its time from, so that its waiting can be tested without any.
pub trait Clock {
    /// Time since some moment that never changes within a run.
    fn now(&self) -> Duration;
    /// The date and time of day.
    fn date(&self) -> jiff::Timestamp;
    /// Waits. False when the run is to end.
    fn sleep(&self, time: Duration) -> bool;
}
