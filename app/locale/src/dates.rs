//! Dates and times as people write them, in the school's time zone (UTC+8).

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use model::{Lang, Moment};

/// The zone dates are shown in.
const SCHOOL_ZONE: Offset = Offset::constant(8);

fn civil(moment: Moment) -> DateTime {
    jiff::Timestamp::from_millisecond(moment.millis())
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_zoned(TimeZone::fixed(SCHOOL_ZONE))
        .datetime()
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn month(at: DateTime) -> &'static str {
    let index = usize::try_from(at.month()).unwrap_or(1).saturating_sub(1);
    MONTHS.get(index).copied().unwrap_or("Jan")
}

/// A date: `2026年11月21日`, `21 Nov 2026`.
pub fn date(lang: Lang, moment: Moment) -> String {
    let at = civil(moment);
    match lang {
        Lang::Zh => format!("{}年{}月{}日", at.year(), at.month(), at.day()),
        Lang::En => format!("{} {} {}", at.day(), month(at), at.year()),
    }
}

/// A date with the time of day: `2026年11月21日 14:03`.
pub fn date_time(lang: Lang, moment: Moment) -> String {
    let at = civil(moment);
    format!("{} {:02}:{:02}", date(lang, moment), at.hour(), at.minute())
}

/// The time of day: `14:03`.
pub fn time(moment: Moment) -> String {
    let at = civil(moment);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// The moment for machines (RFC 3339, UTC), for `<time datetime>`.
pub fn machine(moment: Moment) -> String {
    jiff::Timestamp::from_millisecond(moment.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_in_the_school_s_zone() {
        let evening = Moment::from_millis(1_795_301_000_000);
        assert_eq!(machine(evening), "2026-11-21T22:43:20Z");
        assert_eq!(date(Lang::Zh, evening), "2026年11月22日");
        assert_eq!(date_time(Lang::En, evening), "22 Nov 2026 06:43");
    }
}
