//! Coupons: codes that take something off.

use crate::fault::FieldErrors;
use crate::ids::{CourseId, PromotionId};
use crate::paging::Page;
use crate::text::line;
use crate::{Currency, Fault, Moment, Money, Problem};
use serde::{Deserialize, Serialize};

/// Why a code takes nothing off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// There is no such code.
    Unknown,
    /// Its time has not come.
    NotYet,
    /// Its time is over, or it was ended.
    Expired,
    /// As often as it may be, it was used.
    UsedUp,
    /// This person has used it as often as one may.
    AlreadyUsed,
    /// It is for other courses.
    NotForThis,
    /// It is for a first order only.
    FirstOrderOnly,
    /// It is in another currency.
    OtherCurrency,
}

/// What is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reduction {
    /// Hundredths of a per cent of the price.
    Percent { bp: u32 },
    /// Once per order, at most what it is for costs.
    Fixed(Money),
}

crate::words! {
    /// What a promotion is for.
    pub enum Scope {
        All = "all",
        Courses = "courses",
        Topics = "topics",
        /// Every course of one instructor.
        Instructor = "instructor",
    }
}

crate::words! {
    /// Whether a promotion can be used now.
    pub enum Standing {
        Running = "running",
        /// Its time has not come.
        Planned = "planned",
        UsedUp = "used_up",
        Ended = "ended",
    }
}

/// A promotion in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub id: PromotionId,
    pub name: String,
    /// A few of its codes, and how many there are.
    pub codes: Vec<String>,
    pub codes_in_all: u32,
    pub reduction: Reduction,
    pub scope: Scope,
    pub first_order: bool,
    pub used: u32,
    pub most: Option<u32>,
    /// What it took off paid orders.
    pub given: Money,
    pub standing: Standing,
    pub ends_at: Option<Moment>,
    /// Whose it is; none: the school's.
    pub owner: Option<String>,
}

/// The page of coupons: the school's (staff) or an instructor's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupons {
    pub rows: Page<Row>,
    /// The courses one can choose from.
    pub courses: Vec<(CourseId, String)>,
    /// The topics one can choose from; none for an instructor.
    pub topics: Vec<crate::catalog::Topic>,
    /// The school's coupons.
    pub staff: bool,
    /// The school's own part of a sale, in per cent.
    pub fee_percent: u32,
}

/// A new coupon as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewCoupon {
    #[serde(default)]
    pub name: String,
    /// One or several codes; empty: some are made up.
    #[serde(default)]
    pub codes: String,
    /// How many are made up.
    #[serde(default)]
    pub count: String,
    /// `percent` or `fixed`.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub value: String,
    /// Courses and topics; nothing chosen: everything.
    #[serde(default)]
    pub course: Vec<String>,
    #[serde(default)]
    pub topic: Vec<String>,
    #[serde(default)]
    pub first_order: String,
    #[serde(default)]
    pub most: String,
    #[serde(default)]
    pub per_person: String,
    /// Days as `2026-03-02`, in the school's time; empty: at once, and without end.
    #[serde(default)]
    pub starts: String,
    #[serde(default)]
    pub ends: String,
    #[serde(default)]
    pub returns: String,
}

/// A new coupon, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    pub name: String,
    /// As typed; none: make up `count`.
    pub codes: Vec<String>,
    pub count: u32,
    pub reduction: Reduction,
    pub courses: Vec<CourseId>,
    pub topics: Vec<String>,
    pub first_order: bool,
    pub most: Option<i64>,
    pub per_person: Option<i64>,
    pub starts_at: Option<Moment>,
    pub ends_at: Option<Moment>,
    pub returns: bool,
}

/// The most codes one promotion is made with.
pub const MOST_CODES: usize = 500;

impl NewCoupon {
    pub fn parse(self) -> Result<Drafted, Fault> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", line(&self.name, 1, 80));
        let codes: Vec<String> =
            self.codes.split([',', '，', '、', ';', '；']).flat_map(str::split_whitespace).map(str::to_owned).collect();
        let well_made = |code: &String| (3..=32).contains(&code.chars().count()) && !code.chars().any(char::is_control);
        if codes.len() > MOST_CODES {
            errors.add("codes", Problem::TooLong { max: 500 });
        } else if !codes.iter().all(well_made) {
            errors.add("codes", Problem::OutOfRange { min: 3, max: 32 });
        }
        let count = errors.take("count", number(&self.count, 1, 500)).flatten().unwrap_or(1);
        let reduction = errors.take(
            if self.kind == "fixed" || self.kind == "percent" { "value" } else { "kind" },
            match self.kind.as_str() {
                "percent" => percent(&self.value),
                "fixed" => match Money::parse(&self.value, Currency::Cny) {
                    Some(amount) if amount.minor() > 0 => Ok(Reduction::Fixed(amount)),
                    Some(_) | None => Err(Problem::NotAnAmount),
                },
                _ => Err(Problem::NotAChoice),
            },
        );
        let mut courses = Vec::new();
        for course in &self.course {
            match course.parse() {
                Ok(course) => courses.push(course),
                Err(_) => errors.add("course", Problem::NotAChoice),
            }
        }
        if !courses.is_empty() && !self.topic.is_empty() {
            errors.add("topic", Problem::NotAChoice);
        }
        let most = errors.take("most", number(&self.most, 1, 1_000_000));
        let per_person = errors.take("per_person", number(&self.per_person, 1, 1_000));
        let starts_at = errors.take("starts", day(&self.starts));
        // to the end of the day that is named
        let ends_at = errors.take("ends", day(&self.ends)).map(|at| at.map(|at| at + crate::time::days(1)));
        if let (Some(Some(starts)), Some(Some(ends))) = (starts_at, ends_at)
            && starts >= ends
        {
            errors.add("ends", Problem::NotAChoice);
        }
        let (name, reduction, most, per_person, starts_at, ends_at) =
            match (name, reduction, most, per_person, starts_at, ends_at) {
                (Some(a), Some(b), Some(c), Some(d), Some(e), Some(f)) => (a, b, c, d, e, f),
                _ => return errors.finish(None),
            };
        errors.finish(Some(Drafted {
            name,
            codes,
            count: u32::try_from(count).unwrap_or(1),
            reduction,
            courses,
            topics: self.topic,
            first_order: self.first_order == "on",
            most,
            per_person,
            starts_at,
            ends_at,
            returns: self.returns == "on",
        }))
    }
}

/// "20" or "12.5" per cent.
fn percent(text: &str) -> Result<Reduction, Problem> {
    let text = text.trim().trim_end_matches(['%', '％']);
    let hundredths = Money::parse(text, Currency::Cny).ok_or(Problem::NotANumber)?.minor();
    match u32::try_from(hundredths) {
        Ok(bp @ 1..=10_000) => Ok(Reduction::Percent { bp }),
        _ => Err(Problem::OutOfRange { min: 1, max: 100 }),
    }
}

fn number(text: &str, min: i64, max: i64) -> Result<Option<i64>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse() {
            Ok(number) if (min..=max).contains(&number) => Ok(Some(number)),
            Ok(_) => Err(Problem::OutOfRange { min, max }),
            Err(_) => Err(Problem::NotANumber),
        },
    }
}

/// The start of a day in the school's time (UTC+8).
fn day(text: &str) -> Result<Option<Moment>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<i64> = text.split('-').map(|part| part.parse().map_err(|_| Problem::Unreadable)).collect::<Result<_, _>>()?;
    let [year @ 2000..=2999, month @ 1..=12, day @ 1..=31] = parts[..] else { return Err(Problem::Unreadable) };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if day > last {
        return Err(Problem::Unreadable);
    }
    // days since 1970 in the Gregorian calendar, counted from the first of March
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719_468;
    Ok(Some(Moment::from_millis(days * 86_400_000 - 8 * 3_600_000)))
}

/// "End" a coupon.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EndCoupon {
    pub promotion: PromotionId,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> NewCoupon {
        NewCoupon { name: "Spring".into(), kind: "percent".into(), value: "20".into(), ..NewCoupon::default() }
    }

    #[test]
    fn a_day_is_a_day_of_the_school_s_time() {
        assert_eq!(day("2000-01-02"), Ok(Some(Moment::from_millis(946_771_200_000 - 8 * 3_600_000))));
        assert_eq!(day("2026-03-02"), Ok(Some(Moment::from_millis(1_772_380_800_000))));
        assert_eq!(day(""), Ok(None));
        for none in ["2026-13-02", "2026-02-29", "2026-02-31", "2100-02-29", "2026-04-31", "tomorrow"] {
            assert!(day(none).is_err(), "{none}");
        }
        assert!(day("2028-02-29").is_ok() && day("2000-02-29").is_ok());
    }

    #[test]
    fn a_coupon_says_everything_that_is_wrong_with_it() {
        assert_eq!(typed().parse().expect("a coupon").reduction, Reduction::Percent { bp: 2_000 });
        let wrong = NewCoupon {
            name: String::new(),
            value: "120".into(),
            most: "0".into(),
            codes: "ab".into(),
            starts: "2026-03-02".into(),
            ends: "2026-03-01".into(),
            ..typed()
        };
        let Err(Fault::Invalid(errors)) = wrong.parse() else { panic!("it was taken") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "codes", "value", "most", "ends"]);
    }
}
