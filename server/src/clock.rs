//! The clocks: the machine's, and the movable one for tests.

use domain::ports::Clock;
use model::Moment;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // the one place that reads the machine's clock
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that goes on as time does, from a start of our choosing, and can be moved. Never in production.
pub struct MovableClock {
    /// Milliseconds ahead of the machine's clock; may be negative.
    ahead: AtomicI64,
}

impl MovableClock {
    pub fn starting_at(start: Moment) -> Self {
        let clock = Self { ahead: AtomicI64::new(0) };
        clock.set(start);
        clock
    }

    pub fn set(&self, moment: Moment) {
        self.ahead.store(moment.since(SystemClock.now()).millis(), Ordering::SeqCst);
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.ahead.fetch_add(seconds.saturating_mul(1000), Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Moment {
        Moment::from_millis(SystemClock.now().millis().saturating_add(self.ahead.load(Ordering::SeqCst)))
    }
}

/// Reads RFC 3339.
pub fn parse(text: &str) -> Result<Moment, String> {
    text.parse::<jiff::Timestamp>().map(|at| Moment::from_millis(at.as_millisecond())).map_err(|reason| reason.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_movable_clock_goes_where_it_is_told_and_on_from_there() {
        let start = parse("2026-01-05T09:00:00+08:00").unwrap();
        let clock = MovableClock::starting_at(start);
        clock.advance_seconds(3600);
        let passed = clock.now().since(start).as_seconds();
        assert!((3600..3660).contains(&passed), "{passed}");
        clock.set(start);
        assert!(clock.now().since(start).as_seconds() < 60);
    }
}
