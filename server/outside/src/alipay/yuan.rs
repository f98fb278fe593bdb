//! Amounts as Alipay writes them: yuan with exactly two digits (INV-M2).

use domain::payments::Trouble;
use model::{Currency, Money};

/// `19900` fen → `199.00`; nothing but positive yuan.
pub fn written(amount: Money) -> Result<String, Trouble> {
    if amount.currency() != Currency::Cny || amount.minor() < 1 {
        return Err(Trouble::Refused("not_in_yuan".into()));
    }
    Ok(format!("{}.{:02}", amount.minor() / 100, amount.minor() % 100))
}

/// `199.00` → 19900 fen; one digit or three are another amount than Alipay ever writes.
pub fn read(text: &str) -> Option<Money> {
    let (whole, rest) = text.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(rest) || rest.len() != 2 {
        return None;
    }
    let fen = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(rest.parse().ok()?)?;
    Some(Money::new(fen, Currency::Cny))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn inv_m2_every_amount_comes_back_the_same(minor in 1_i64..1_000_000_000) {
            let amount = Money::new(minor, Currency::Cny);
            prop_assert_eq!(read(&written(amount).unwrap()), Some(amount));
        }
    }

    #[test]
    fn inv_m2_yuan_have_two_digits_and_nothing_else_is_an_amount() {
        assert_eq!(written(Money::new(10, Currency::Cny)).unwrap(), "0.10");
        assert!(written(Money::new(10, Currency::Usd)).is_err() && written(Money::new(0, Currency::Cny)).is_err());
        for wrong in ["", ".", "0.1", "1", "1.000", ".10", "-1.00", "1,00", "1.0x", " 1.00", "99999999999999999999.00"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
