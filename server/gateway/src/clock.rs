//! What time it is here: the clock that was given, moved by `POST /v1/clock`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Unix milliseconds from wherever the program takes them.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// A clock that can be put forward.
#[derive(Clone)]
pub(crate) struct Moving {
    given: Clock,
    offset: Arc<AtomicI64>,
}

impl Moving {
    pub(crate) fn new(given: Clock) -> Self {
        Self { given, offset: Arc::default() }
    }

    /// Unix milliseconds.
    pub(crate) fn now(&self) -> i64 {
        (self.given)().saturating_add(self.offset.load(Ordering::Relaxed))
    }

    /// Moves the clock so that it shows `moment` now.
    pub(crate) fn set(&self, moment: i64) {
        self.offset.store(moment.saturating_sub((self.given)()), Ordering::Relaxed);
    }
}

/// Unix milliseconds of an RFC 3339 moment such as `2026-11-23T08:00:00Z` or `…+08:00`.
pub(crate) fn parse_rfc3339(text: &str) -> Option<i64> {
    let (date, rest) = text.split_once(['T', ' '])?;
    let (time, shift) = match rest.strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0),
        None => {
            let at = rest.rfind(['+', '-'])?;
            let (hours, minutes) = rest[at + 1..].split_once(':')?;
            let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
            (&rest[..at], if rest[at..].starts_with('-') { -minutes } else { minutes })
        }
    };
    let [year, month, day] = three(date, '-')?;
    let (whole, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = three(whole, ':')?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some(((days(year, month, day) * 24 + hour) * 60 + minute - shift) * 60_000 + second * 1000 + millis)
}

/// `2026-11-23 16:00:00` in the clocks of Shanghai, from Unix milliseconds.
pub(crate) fn in_shanghai(millis: i64) -> String {
    let seconds = millis.div_euclid(1000) + 8 * 3600;
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let rest = seconds.rem_euclid(86_400);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60)
}

/// The same as WeChat Pay writes it: `2026-11-23T16:00:00+08:00`.
pub(crate) fn rfc3339_in_shanghai(millis: i64) -> String {
    format!("{}+08:00", in_shanghai(millis).replace(' ', "T"))
}

/// The Gregorian date of so many days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn three(text: &str, between: char) -> Option<[i64; 3]> {
    let parts: Vec<i64> = text.split(between).map(str::parse).collect::<Result<_, _>>().ok()?;
    parts.try_into().ok()
}

/// Days since 1970-01-01 in the Gregorian calendar (the year is taken to begin in March).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shanghai_is_eight_hours_ahead() {
        assert_eq!(in_shanghai(1_795_420_800_000), "2026-11-23 16:00:00");
        assert_eq!(in_shanghai(951_753_600_000), "2000-02-29 00:00:00");
        assert_eq!(rfc3339_in_shanghai(0), "1970-01-01T08:00:00+08:00");
        assert_eq!(parse_rfc3339(&rfc3339_in_shanghai(1_795_420_800_000)), Some(1_795_420_800_000));
    }

    #[test]
    fn moments_are_read_in_every_zone() {
        assert_eq!(parse_rfc3339("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse_rfc3339("2026-11-23T16:00:00+08:00"), Some(1_795_420_800_000));
        assert_eq!(parse_rfc3339("2026-11-23T08:00:00.5Z"), Some(1_795_420_800_500));
        for wrong in ["", "yesterday", "2026-13-01T00:00:00Z", "2026-11-23", "2026-11-23T25:00:00Z"] {
            assert_eq!(parse_rfc3339(wrong), None, "{wrong}");
        }
    }
}
