//! The time as a parameter: the binary makes the one clock that asks the system.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Now as stored: RFC 3339 in UTC, whole seconds.
    fn stamp(&self) -> String {
        stamp(self.now())
    }

    /// Today in UTC as days since 1970-01-01.
    fn today(&self) -> i32 {
        i32::try_from(self.now().as_second().div_euclid(86_400)).unwrap_or(0)
    }
}

/// A time as stored: RFC 3339 in UTC, whole seconds.
#[must_use]
fn stamp(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A clock that stands still, for tests and for exports that must not depend on the day.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_time_is_utc_in_whole_seconds() {
        let clock = FixedClock(Timestamp::from_second(86_400 * 365).unwrap());
        assert_eq!(clock.stamp(), "1971-01-01T00:00:00Z");
        assert_eq!(clock.today(), 365);
    }
}
