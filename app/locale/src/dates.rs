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

/// A moment's parts in the school's zone, for files that tell them one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    /// Hours ahead of UTC.
    pub zone: i8,
}

pub fn parts(moment: Moment) -> Parts {
    let at = civil(moment);
    let small = |n: i8| u8::try_from(n).unwrap_or_default();
    Parts {
        year: u16::try_from(at.year()).unwrap_or_default(),
        month: small(at.month()),
        day: small(at.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
        zone: 8,
    }
}

/// A date as tables for machines have it, in the school's zone: `2026-11-21`.
pub fn numeric(moment: Moment) -> String {
    civil(moment).date().to_string()
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A month of 1 to 12 as it stands below one of twelve columns, on a telephone and with large letters too: `11`, `N`.
pub fn month_initial(lang: Lang, month: u32) -> String {
    let name = usize::try_from(month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (lang, name) {
        (Lang::En, Some(name)) => name.chars().take(1).collect(),
        _ => month.to_string(),
    }
}

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

/// What a program wrote so.
pub fn of_machine(text: &str) -> Option<Moment> {
    text.parse::<jiff::Timestamp>().ok().map(|at| Moment::from_millis(at.as_millisecond()))
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
