//! Moments in the clocks of Shanghai, which never change: `2026-11-23 16:00:00`.

use model::Moment;

const EIGHT_HOURS: i64 = 8 * 3600;

pub fn written(moment: Moment) -> String {
    let seconds = moment.seconds() + EIGHT_HOURS;
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let rest = seconds.rem_euclid(86_400);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60)
}

/// The Gregorian date of so many days since 1970-01-01; a year is taken to begin in March.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    if month < 10 { (year + era * 400, month + 3, day) } else { (year + era * 400 + 1, month - 9, day) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shanghai_is_eight_hours_ahead() {
        assert_eq!(written(Moment::from_millis(1_795_420_800_000)), "2026-11-23 16:00:00");
        assert_eq!(written(Moment::from_millis(951_753_600_000)), "2000-02-29 00:00:00");
        assert_eq!(written(Moment::from_millis(1_767_196_799_000)), "2025-12-31 23:59:59");
    }
}
