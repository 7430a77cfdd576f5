//! What time it is.

use jiff::Timestamp;

/// The time of the machine's clock. One beyond the year 9999 is past what a date can be printed as, and is
/// taken for its last day.
pub(crate) fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the command alone knows the clock")]
    let clock = std::time::SystemTime::now();
    Timestamp::try_from(clock).unwrap_or(Timestamp::MAX)
}
