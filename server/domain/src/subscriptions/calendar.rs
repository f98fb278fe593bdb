//! The calendar of billing: months counted from the anchor, in the subscriber's zone. Pure.

use crate::{Error, Result};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use model::Moment;

/// The zone of people who told us none.
pub const SCHOOL_ZONE: &str = "Asia/Shanghai";

/// The moment `months` after `anchor` on the clock and the calendar of `zone` (an IANA name). A day the month does not have
/// becomes its last; counting is always from the anchor, so 31 January is followed by 28 February and then by 31 March. A time
/// of day that a change of clocks leaves out is the one as long after it.
pub fn add_months(anchor: Moment, months: u32, zone: &str) -> Result<Moment> {
    let zone = TimeZone::get(zone).map_err(Error::bug)?;
    let anchor = Timestamp::from_millisecond(anchor.millis()).map_err(Error::bug)?.to_zoned(zone);
    let span = Span::new().try_months(i64::from(months)).map_err(Error::bug)?;
    let day = anchor.datetime().checked_add(span).map_err(Error::bug)?;
    let then = anchor.time_zone().to_ambiguous_zoned(day).compatible().map_err(Error::bug)?;
    Ok(Moment::from_millis(then.timestamp().as_millisecond()))
}

/// No zone has a longer name.
const LONGEST_NAME: usize = 64;

/// Whether this is a zone we know.
pub fn is_zone(name: &str) -> bool {
    !name.is_empty() && name.len() <= LONGEST_NAME && TimeZone::get(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(zoned: &str) -> Moment {
        let zoned: jiff::Zoned = zoned.parse().expect("a moment");
        Moment::from_millis(zoned.timestamp().as_millisecond())
    }

    fn said(moment: Moment, zone: &str) -> String {
        let zone = TimeZone::get(zone).expect("a zone");
        Timestamp::from_millisecond(moment.millis()).expect("a moment").to_zoned(zone).datetime().to_string()
    }

    #[test]
    fn rel_16_every_period_begins_on_the_day_that_the_table_says() {
        // zone, anchor, months a period, the first moments of the periods after it
        type Row = (&'static str, &'static str, u32, &'static [&'static str]);
        let table: [Row; 9] = [
            ("Asia/Shanghai", "2027-01-28T09:30:00", 1, &["2027-02-28T09:30:00", "2027-03-28T09:30:00", "2027-04-28T09:30:00"]),
            ("Asia/Shanghai", "2027-01-29T09:30:00", 1, &["2027-02-28T09:30:00", "2027-03-29T09:30:00", "2027-04-29T09:30:00"]),
            ("Asia/Shanghai", "2027-01-30T09:30:00", 1, &["2027-02-28T09:30:00", "2027-03-30T09:30:00", "2027-04-30T09:30:00"]),
            (
                "Asia/Shanghai",
                "2028-01-31T23:59:59",
                1,
                &["2028-02-29T23:59:59", "2028-03-31T23:59:59", "2028-04-30T23:59:59", "2028-05-31T23:59:59"],
            ),
            // clocks forward on 14 March 2027 at two: half past two is not there, and is back a month later
            ("America/New_York", "2027-02-14T02:30:00", 1, &["2027-03-14T03:30:00", "2027-04-14T02:30:00"]),
            (
                "America/New_York",
                "2027-08-31T12:00:00",
                3,
                &["2027-11-30T12:00:00", "2028-02-29T12:00:00", "2028-05-31T12:00:00"],
            ),
            (
                "America/New_York",
                "2028-02-29T00:00:00",
                12,
                &["2029-02-28T00:00:00", "2030-02-28T00:00:00", "2031-02-28T00:00:00", "2032-02-29T00:00:00"],
            ),
            // half an hour of summer time
            ("Australia/Lord_Howe", "2026-09-30T08:15:00", 1, &["2026-10-30T08:15:00", "2026-11-30T08:15:00"]),
            (
                "Australia/Lord_Howe",
                "2026-10-31T08:15:00",
                3,
                &["2027-01-31T08:15:00", "2027-04-30T08:15:00", "2027-07-31T08:15:00"],
            ),
        ];
        for (zone, anchor, months, starts) in table {
            let anchor = at(&format!("{anchor}[{zone}]"));
            for (number, expected) in (1u32..).zip(starts) {
                let start = add_months(anchor, number * months, zone).expect("a moment");
                assert_eq!(said(start, zone), *expected, "{zone}, period {number}");
            }
        }
    }

    #[test]
    fn what_is_no_zone_is_refused() {
        assert!(add_months(Moment::default(), 1, "Moon/Tranquility").is_err());
        assert!(is_zone("Asia/Shanghai") && is_zone("America/New_York"));
        for nonsense in ["", "Moon/Tranquility", "../Asia/Shanghai", "/etc/localtime", &"Asia/".repeat(100)] {
            assert!(!is_zone(nonsense), "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn rel_16_periods_follow_one_another(
            day in 0i64..20_000, second in 0i64..86_400, months in prop::sample::select(vec![1u32, 3, 12]),
            zone in prop::sample::select(vec!["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
        ) {
            let anchor = Moment::from_millis((day * 86_400 + second) * 1_000);
            let mut before = anchor;
            for number in 1..=24u32 {
                let next = add_months(anchor, number * months, zone).unwrap();
                let days = next.since(before).as_seconds() / 86_400;
                prop_assert!(next > before);
                prop_assert!(days >= i64::from(months) * 28 - 4 && days <= i64::from(months) * 31 + 4, "{days} days");
                before = next;
            }
        }
    }
}
