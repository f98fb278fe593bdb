//! Up to what amount a refund needs nobody else's consent. Pure.

use model::{Currency, Money};
use std::str::FromStr;

/// Limits by currency, in its minor unit; a currency that is not named has nought.
///
/// Read from `CNY:100000,JPY:20000`; a number alone is of CNY.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RefundLimit(Vec<Money>);

impl RefundLimit {
    pub fn of(&self, currency: Currency) -> Money {
        self.0.iter().copied().find(|limit| limit.currency() == currency).unwrap_or(Money::zero(currency))
    }
    /// The limit itself is allowed.
    pub fn allows(&self, amount: Money) -> bool {
        amount.minor() <= self.of(amount.currency()).minor()
    }
}

impl FromStr for RefundLimit {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let mut limits: Vec<Money> = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let unreadable = || format!("{part}: not minor units of a currency such as CNY:100000");
            let (currency, minor) = part.split_once(':').unwrap_or(("CNY", part));
            let currency: Currency = currency.trim().parse().map_err(|_| unreadable())?;
            let minor: i64 = minor.trim().parse().ok().filter(|minor| *minor >= 0).ok_or_else(unreadable)?;
            if limits.iter().any(|limit| limit.currency() == currency) {
                return Err(format!("{currency} has two limits"));
            }
            limits.push(Money::new(minor, currency));
        }
        Ok(Self(limits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_currency_has_a_limit_of_its_own() {
        let limit: RefundLimit = "CNY:100000, JPY:20000,KWD:0".parse().unwrap();
        for (minor, currency, allowed) in [
            (100_000, Currency::Cny, true),
            (100_001, Currency::Cny, false),
            (20_000, Currency::Jpy, true),
            (100_000, Currency::Jpy, false),
            (1, Currency::Kwd, false),
            (1, Currency::Usd, false),
        ] {
            assert_eq!(limit.allows(Money::new(minor, currency)), allowed, "{minor} {currency}");
        }
        assert_eq!(limit.of(Currency::Jpy), Money::new(20_000, Currency::Jpy));
    }

    #[test]
    fn a_number_alone_is_of_cny() {
        assert_eq!("5000".parse::<RefundLimit>().unwrap().of(Currency::Cny), Money::new(5_000, Currency::Cny));
        assert_eq!("".parse::<RefundLimit>().unwrap(), RefundLimit::default());
    }

    #[test]
    fn what_is_no_limit_is_not_taken_for_one() {
        for text in ["much", "-1", "CNY:-1", "CNY:", "ZZZ:5", "CNY:1,CNY:2", "5,CNY:6", "CNY 5"] {
            assert!(text.parse::<RefundLimit>().is_err(), "{text}");
        }
    }
}
