//! From an offer to the numbers of an order line. Pure.

use crate::Result;
use model::Money;

/// What the school agreed with the instructor and owes the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Hundredths of a per cent of the net.
    pub share_bp: u32,
}

/// The numbers of one line, frozen. `total = net + tax`; prices include tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    /// Before any reduction.
    pub list: Money,
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    /// What the buyer pays.
    pub total: Money,
    /// Of the net: the instructor's.
    pub share: Money,
}

/// Computes a line for one course at `price`; `compare` is the list price it is compared with.
pub fn quote(price: Money, compare: Option<Money>, terms: Terms) -> Result<Quote> {
    let list = compare.filter(|compare| compare.minor() > price.minor()).unwrap_or(price);
    let discount = list.minus(price)?;
    // the table of tax rates is empty: everything is net
    let tax = Money::zero(price.currency());
    let net = price.minus(tax)?;
    let share = net.portion(i64::from(terms.share_bp), 10_000)?;
    Ok(Quote { list, discount, net, tax, total: price, share })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Currency;
    use proptest::prelude::*;

    #[test]
    fn the_instructor_s_share_is_a_part_of_the_net() {
        let quote = quote(Money::new(19_900, Currency::Cny), None, Terms { share_bp: 7_000 }).unwrap();
        assert_eq!((quote.net.minor(), quote.share.minor(), quote.discount.minor()), (19_900, 13_930, 0));
    }

    #[test]
    fn a_list_price_above_the_price_is_a_discount_and_one_below_is_none() {
        let price = Money::new(9_900, Currency::Cny);
        let terms = Terms { share_bp: 7_000 };
        assert_eq!(quote(price, Some(Money::new(19_900, Currency::Cny)), terms).unwrap().discount.minor(), 10_000);
        assert_eq!(quote(price, Some(Money::new(5_000, Currency::Cny)), terms).unwrap().discount.minor(), 0);
    }

    proptest! {
        #[test]
        fn inv_m4_the_parts_of_a_line_make_up_what_is_paid(
            minor in 0i64..1_000_000_000, share_bp in 0u32..=10_000, currency in prop::sample::select(Currency::ALL),
        ) {
            let quote = quote(Money::new(minor, currency), None, Terms { share_bp }).unwrap();
            prop_assert_eq!(quote.net.plus(quote.tax).unwrap(), quote.total);
            prop_assert_eq!(quote.list.minus(quote.discount).unwrap(), quote.total);
            prop_assert!(quote.share.minor() >= 0 && quote.share.minor() <= quote.net.minor());
        }
    }
}
