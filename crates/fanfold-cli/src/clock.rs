//! The one clock that asks the system.

use fanfold_app::Clock;
use jiff::Timestamp;

/// The system's time.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that makes the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
