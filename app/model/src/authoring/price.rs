//! The price of a course as its author types it.

use crate::Fault;
use crate::fault::{FieldErrors, Problem};
use crate::money::{Currency, Money};
use serde::{Deserialize, Serialize};

/// The price as typed, in yuan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditPrice {
    #[serde(default)]
    pub price: String,
    #[serde(default)]
    pub compare: String,
}

/// The switch "in the membership" on the pricing page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EditMembership {
    /// Sent only while it is on.
    #[serde(default)]
    pub included: String,
}

impl EditMembership {
    pub fn is_on(&self) -> bool {
        !self.included.is_empty()
    }
}

/// "Places" on the pricing page: how many may have the course.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EditPlaces {
    /// Empty: as many as like.
    #[serde(default)]
    pub places: String,
}

/// The most places that are counted.
pub const MOST_PLACES: u32 = 100_000;

impl EditPlaces {
    pub fn parse(self) -> Result<Option<u32>, Fault> {
        let mut errors = FieldErrors::default();
        let places = match self.places.trim() {
            "" => Some(None),
            text => errors.take("places", number(text)).map(Some),
        };
        errors.finish(places)
    }
}

fn number(text: &str) -> Result<u32, Problem> {
    match text.parse().map_err(|_| Problem::NotANumber)? {
        places @ 1..=MOST_PLACES => Ok(places),
        _ => Err(Problem::OutOfRange { min: 1, max: i64::from(MOST_PLACES) }),
    }
}

/// The smallest price that is not free, in fen.
pub const LEAST_PRICE: i64 = 100;
/// The largest price, in fen.
pub const MOST_PRICE: i64 = 10_000_000;

impl EditPrice {
    /// Nothing or at least one yuan; a price to compare with is higher.
    pub fn parse(self) -> Result<(Money, Option<Money>), Fault> {
        let mut errors = FieldErrors::default();
        let price = errors.take("price", amount(&self.price));
        let compare = match self.compare.trim() {
            "" => Some(None),
            text => errors.take("compare", amount(text)).map(Some),
        };
        if let (Some(price), Some(Some(compare))) = (price, compare)
            && compare.minor() <= price.minor()
        {
            errors.add("compare", Problem::OutOfRange { min: price.minor() / 100 + 1, max: MOST_PRICE / 100 });
        }
        errors.finish(price.zip(compare))
    }
}

fn amount(text: &str) -> Result<Money, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    let money = Money::parse(text, Currency::Cny).ok_or(Problem::NotAnAmount)?;
    match money.minor() {
        0 | LEAST_PRICE..=MOST_PRICE => Ok(money),
        _ => Err(Problem::OutOfRange { min: LEAST_PRICE / 100, max: MOST_PRICE / 100 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_nothing_or_at_least_one_yuan() {
        let price = |price: &str, compare: &str| EditPrice { price: price.into(), compare: compare.into() }.parse();
        assert_eq!(price("0", "").map(|(price, _)| price.minor()), Ok(0));
        assert_eq!(price("1", "").map(|(price, _)| price.minor()), Ok(100));
        assert_eq!(price("199", "249").map(|(_, compare)| compare.map(Money::minor)), Ok(Some(24_900)));
        for (wrong, compare) in [("", ""), ("0.5", ""), ("-1", ""), ("abc", ""), ("100001", ""), ("100", "100"), ("100", "x")] {
            assert!(price(wrong, compare).is_err(), "{wrong} {compare}");
        }
    }
}
