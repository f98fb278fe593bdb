//! Amounts in Stripe's units: the smallest of the currency, in tens where it has three decimals (INV-M2).

use domain::payments::Trouble;
use model::{Currency, Money};

/// An amount as Stripe reads it.
pub struct Written {
    pub units: i64,
    pub currency: String,
}

/// Refused where Stripe cannot charge it to the last unit: a rounded amount would be another one.
pub fn written(amount: Money) -> Result<Written, Trouble> {
    if amount.currency().exponent() == 3 && amount.minor() % 10 != 0 {
        return Err(Trouble::Refused("amount_not_in_tens".into()));
    }
    Ok(Written { units: amount.minor(), currency: amount.currency().as_str().to_lowercase() })
}

pub fn read(units: i64, currency: &str) -> Result<Money, Trouble> {
    let known: Currency = currency.to_uppercase().parse().map_err(|_| Trouble::Silent(format!("the currency {currency}")))?;
    Ok(Money::new(units, known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn inv_m2_every_amount_that_stripe_takes_comes_back_the_same(
            minor in 0_i64..1_000_000_000,
            currency in prop::sample::select(Currency::ALL.to_vec()),
        ) {
            let amount = Money::new(minor, currency);
            match written(amount) {
                Ok(sent) => prop_assert_eq!(read(sent.units, &sent.currency).unwrap(), amount),
                Err(_) => prop_assert!(currency.exponent() == 3 && minor % 10 != 0),
            }
        }
    }
}
