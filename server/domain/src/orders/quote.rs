//! From offers, a coupon and a wallet to the numbers of an order and its lines. Pure.

use crate::Result;
use crate::promotions::{Bearer, Reduction};
use model::ids::CourseId;
use model::orders::{Balance, Total};
use model::{Currency, Money};

/// One line to be quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Different for every line of an order: breaks ties, so that the order of lines changes nobody's numbers.
    pub key: String,
    /// What the price is compared with; the price itself where there is nothing to compare.
    pub list: Money,
    pub price: Money,
    /// The coupon is for this line.
    pub reduced: bool,
    /// The wallet may pay for this line.
    pub from_wallet: bool,
    /// The courses that share its price.
    pub parts: Vec<AskedPart>,
}

/// A course's part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedPart {
    pub course: CourseId,
    /// Its price alone, in minor units: the parts share the line's price in this proportion.
    pub weight: u64,
    /// What the school agreed with the instructor: hundredths of a per cent of the net.
    pub share_bp: u32,
}

/// What a coupon takes off, and from whose pocket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    pub reduction: Reduction,
    pub bearer: Bearer,
}

/// The numbers of an order, frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub lines: Vec<Quoted>,
    pub total: Total,
}

/// The numbers of one line. `list - discount = net + tax`; prices include tax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    pub list: Money,
    pub discount: Money,
    /// Of the discount: the coupon's.
    pub coupon: Money,
    pub net: Money,
    pub tax: Money,
    /// Of net and tax: from the gift balance and from the person's own money in the wallet.
    pub gift: Money,
    pub cash: Money,
    /// Of the net: the instructors', all together.
    pub share: Money,
    /// In the order of the parts asked.
    pub parts: Vec<QuotedPart>,
}

/// The numbers of one course in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotedPart {
    pub net: Money,
    pub share: Money,
}

impl Quoted {
    /// What the buyer pays for the line.
    pub fn amount(&self) -> Result<Money> {
        Ok(self.net.plus(self.tax)?)
    }
}

/// Computes all lines: the coupon and the wallet's parts are spread over them by largest remainder (INV-M3, INV-M4).
pub fn quote(asked: &[Asked], cut: Option<Cut>, purse: Option<Balance>, currency: Currency) -> Result<Quote> {
    let zero = Money::zero(currency);
    let coupons = coupons(asked, cut, currency)?;
    let mut lines = Vec::new();
    for (line, coupon) in asked.iter().zip(coupons) {
        lines.push(one(line, coupon, cut)?);
    }
    let mut open = Vec::new();
    for (line, asked) in lines.iter().zip(asked) {
        open.push(if asked.from_wallet { line.amount()? } else { zero });
    }
    let purse = purse.unwrap_or(Balance { gift: zero, cash: zero });
    for (line, part) in lines.iter_mut().zip(spread(purse.gift, asked, &open)?) {
        line.gift = part;
    }
    for (open, line) in open.iter_mut().zip(&lines) {
        *open = open.minus(line.gift)?;
    }
    for (line, part) in lines.iter_mut().zip(spread(purse.cash, asked, &open)?) {
        line.cash = part;
    }
    let mut total = Total { list: zero, coupon: zero, total: zero, gift: zero, cash: zero, due: zero };
    for line in &lines {
        total.list = total.list.plus(line.list)?;
        total.coupon = total.coupon.plus(line.coupon)?;
        total.total = total.total.plus(line.amount()?)?;
        total.gift = total.gift.plus(line.gift)?;
        total.cash = total.cash.plus(line.cash)?;
    }
    total.due = total.total.minus(total.gift)?.minus(total.cash)?;
    Ok(Quote { lines, total })
}

/// What the coupon takes off each line, in all never more than they cost.
fn coupons(asked: &[Asked], cut: Option<Cut>, currency: Currency) -> Result<Vec<Money>> {
    let zero = Money::zero(currency);
    let mut prices = Vec::new();
    let mut sum = zero;
    for line in asked {
        let price = if line.reduced { line.price } else { zero };
        sum = sum.plus(price)?;
        prices.push(price);
    }
    let off = match cut.map(|cut| cut.reduction) {
        None => zero,
        Some(Reduction::Percent { bp }) => sum.portion(i64::from(bp.min(10_000)), 10_000)?,
        Some(Reduction::Fixed(amount)) if amount.currency() == currency => amount,
        Some(Reduction::Fixed(_)) => zero,
    };
    spread(off, asked, &prices)
}

/// `amount`, as far as `rooms` can take it, spread over them in proportion.
fn spread(amount: Money, asked: &[Asked], rooms: &[Money]) -> Result<Vec<Money>> {
    let mut sum = Money::zero(amount.currency());
    for room in rooms {
        sum = sum.plus(*room)?;
    }
    let amount = if amount.minor() > sum.minor() { sum } else { amount };
    let weights: Vec<(&str, u64)> =
        asked.iter().zip(rooms).map(|(line, room)| (line.key.as_str(), room.minor().unsigned_abs())).collect();
    Ok(amount.split(&weights))
}

fn one(asked: &Asked, coupon: Money, cut: Option<Cut>) -> Result<Quoted> {
    let zero = Money::zero(asked.price.currency());
    let list = if asked.list.minor() > asked.price.minor() { asked.list } else { asked.price };
    // the table of tax rates is empty: everything is net
    let tax = zero;
    let net = asked.price.minus(coupon)?.minus(tax)?;
    let parts = parts(asked, coupon, cut.map(|cut| cut.bearer))?;
    let mut share = zero;
    for part in &parts {
        share = share.plus(part.share)?;
    }
    Ok(Quoted { list, discount: list.minus(net)?.minus(tax)?, coupon, net, tax, gift: zero, cash: zero, share, parts })
}

/// The courses' parts. The school's coupon is borne by both sides as they share the net; an instructor's own comes out of
/// their share, as far as that reaches, and leaves the school's part as it was.
fn parts(asked: &Asked, coupon: Money, bearer: Option<Bearer>) -> Result<Vec<QuotedPart>> {
    let prices = asked.price.split(&weights(asked, |part, _| part.weight));
    let coupons = coupon.split(&weights(asked, |_, place| prices[place].minor().unsigned_abs()));
    let mut parts = Vec::new();
    for ((part, price), coupon) in asked.parts.iter().zip(&prices).zip(coupons) {
        let net = price.minus(coupon)?;
        let share = match bearer {
            Some(Bearer::Instructor) => {
                let left = price.portion(i64::from(part.share_bp), 10_000)?.minus(coupon)?;
                if left.minor() < 0 { Money::zero(left.currency()) } else { left }
            }
            Some(Bearer::School) | None => net.portion(i64::from(part.share_bp), 10_000)?,
        };
        parts.push(QuotedPart { net, share });
    }
    Ok(parts)
}

fn weights(asked: &Asked, weight: impl Fn(&AskedPart, usize) -> u64) -> Vec<(&str, u64)> {
    asked.parts.iter().enumerate().map(|(place, part)| (part.course.as_str(), weight(part, place))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const YUAN: Currency = Currency::Cny;

    fn yuan(minor: i64) -> Money {
        Money::new(minor, YUAN)
    }

    fn line(key: &str, price: i64, weights: &[u64]) -> Asked {
        let parts = weights.iter().enumerate().map(|(place, weight)| AskedPart {
            course: format!("{key}-{place}").parse().expect("an id"),
            weight: *weight,
            share_bp: 7_000,
        });
        Asked { key: key.into(), list: yuan(price), price: yuan(price), reduced: true, from_wallet: true, parts: parts.collect() }
    }

    fn purse(gift: i64, cash: i64) -> Option<Balance> {
        Some(Balance { gift: yuan(gift), cash: yuan(cash) })
    }

    fn percent(bp: u32, bearer: Bearer) -> Option<Cut> {
        Some(Cut { reduction: Reduction::Percent { bp }, bearer })
    }

    #[test]
    fn the_instructor_s_share_is_a_part_of_the_net() {
        let quote = quote(&[line("a", 19_900, &[1])], None, None, YUAN).unwrap();
        let line = &quote.lines[0];
        assert_eq!((line.net.minor(), line.share.minor(), line.discount.minor()), (19_900, 13_930, 0));
        assert_eq!(quote.total.due, yuan(19_900));
    }

    #[test]
    fn a_list_price_above_the_price_is_a_discount_and_one_below_is_none() {
        let dear = Asked { list: yuan(19_900), ..line("a", 9_900, &[1]) };
        let cheap = Asked { list: yuan(5_000), ..line("b", 9_900, &[1]) };
        let quote = quote(&[dear, cheap], None, None, YUAN).unwrap();
        assert_eq!((quote.lines[0].discount.minor(), quote.lines[1].discount.minor()), (10_000, 0));
    }

    #[test]
    fn a_coupon_is_spread_over_the_lines_it_is_for() {
        let other = Asked { reduced: false, ..line("c", 5_000, &[1]) };
        let cut = Some(Cut { reduction: Reduction::Fixed(yuan(100)), bearer: Bearer::School });
        let quote = quote(&[line("a", 10_000, &[1]), line("b", 20_000, &[1]), other], cut, None, YUAN).unwrap();
        assert_eq!(quote.lines.iter().map(|line| line.coupon.minor()).collect::<Vec<_>>(), [33, 67, 0]);
        assert_eq!(quote.total.total, yuan(34_900));
    }

    #[test]
    fn a_coupon_never_takes_more_than_there_is() {
        let cut = Some(Cut { reduction: Reduction::Fixed(yuan(99_999)), bearer: Bearer::School });
        let quote = quote(&[line("a", 100, &[1])], cut, purse(500, 500), YUAN).unwrap();
        assert_eq!((quote.total.total.minor(), quote.total.gift.minor(), quote.total.due.minor()), (0, 0, 0));
    }

    #[test]
    fn an_instructor_s_own_coupon_comes_out_of_the_share_and_leaves_the_school_s_part() {
        let half = quote(&[line("a", 10_000, &[1])], percent(5_000, Bearer::Instructor), None, YUAN).unwrap();
        let half = &half.lines[0];
        assert_eq!((half.net.minor(), half.share.minor()), (5_000, 2_000), "the school keeps its 3,000");
        let all = quote(&[line("a", 10_000, &[1])], percent(9_000, Bearer::Instructor), None, YUAN).unwrap();
        assert_eq!((all.lines[0].net.minor(), all.lines[0].share.minor()), (1_000, 0));
        let ours = quote(&[line("a", 10_000, &[1])], percent(5_000, Bearer::School), None, YUAN).unwrap();
        assert_eq!(ours.lines[0].share.minor(), 3_500);
    }

    #[test]
    fn the_gift_balance_is_spent_before_the_person_s_own_money() {
        let topup = Asked { from_wallet: false, ..line("b", 1_000, &[]) };
        let quote = quote(&[line("a", 5_000, &[1]), topup], None, purse(3_000, 10_000), YUAN).unwrap();
        let total = &quote.total;
        assert_eq!((total.gift.minor(), total.cash.minor(), total.due.minor()), (3_000, 2_000, 1_000));
    }

    fn any_line() -> impl Strategy<Value = (i64, i64, bool, bool, Vec<u64>)> {
        (0i64..10_000_000, 0i64..1_000_000, any::<bool>(), any::<bool>(), prop::collection::vec(0u64..100_000, 1..4))
    }

    fn asked(lines: &[(i64, i64, bool, bool, Vec<u64>)]) -> Vec<Asked> {
        let line = |(place, (price, above, reduced, from_wallet, weights)): (usize, &(i64, i64, bool, bool, Vec<u64>))| Asked {
            list: yuan(price + above),
            reduced: *reduced,
            from_wallet: *from_wallet,
            ..line(&format!("line{place}"), *price, weights)
        };
        lines.iter().enumerate().map(line).collect()
    }

    fn any_cut() -> impl Strategy<Value = Option<Cut>> {
        let bearer = prop::sample::select(vec![Bearer::School, Bearer::Instructor]);
        let reduction = prop_oneof![
            (0u32..=10_000).prop_map(|bp| Reduction::Percent { bp }),
            (0i64..20_000_000).prop_map(|minor| Reduction::Fixed(yuan(minor))),
        ];
        prop::option::of((reduction, bearer).prop_map(|(reduction, bearer)| Cut { reduction, bearer }))
    }

    proptest! {
        #[test]
        fn inv_m4_the_parts_make_up_the_lines_and_the_lines_the_order(
            lines in prop::collection::vec(any_line(), 1..6), cut in any_cut(), gift in 0i64..5_000_000, cash in 0i64..5_000_000,
        ) {
            let asked = asked(&lines);
            let quote = quote(&asked, cut, purse(gift, cash), YUAN).unwrap();
            let sum = |of: fn(&Quoted) -> i64| quote.lines.iter().map(of).sum::<i64>();
            prop_assert_eq!(sum(|l| l.net.minor() + l.tax.minor()), quote.total.total.minor());
            prop_assert_eq!(sum(|l| l.list.minor() - l.discount.minor()), quote.total.total.minor());
            prop_assert_eq!(sum(|l| l.gift.minor()), quote.total.gift.minor());
            prop_assert_eq!(sum(|l| l.cash.minor()), quote.total.cash.minor());
            prop_assert_eq!(quote.total.due.minor() + quote.total.gift.minor() + quote.total.cash.minor(), quote.total.total.minor());
            prop_assert!(quote.total.gift.minor() <= gift && quote.total.cash.minor() <= cash && quote.total.due.minor() >= 0);
            for (line, asked) in quote.lines.iter().zip(&asked) {
                let amount = line.amount().unwrap().minor();
                prop_assert!(line.coupon.minor() >= 0 && line.coupon.minor() <= asked.price.minor() && line.coupon.minor() <= line.discount.minor());
                prop_assert!(asked.reduced || line.coupon.is_zero());
                prop_assert!(line.gift.minor() >= 0 && line.cash.minor() >= 0 && line.gift.minor() + line.cash.minor() <= amount);
                prop_assert!(asked.from_wallet || (line.gift.is_zero() && line.cash.is_zero()));
                prop_assert_eq!(line.parts.iter().map(|part| part.net.minor()).sum::<i64>(), line.net.minor());
                prop_assert_eq!(line.parts.iter().map(|part| part.share.minor()).sum::<i64>(), line.share.minor());
                for part in &line.parts {
                    prop_assert!(part.share.minor() >= 0 && part.share.minor() <= part.net.minor());
                }
            }
        }

        #[test]
        fn inv_m3_the_order_of_the_lines_changes_no_line(
            lines in prop::collection::vec(any_line(), 2..6), cut in any_cut(), gift in 0i64..5_000_000, cash in 0i64..5_000_000,
        ) {
            let straight = asked(&lines);
            let mut turned = straight.clone();
            turned.reverse();
            let straight = quote(&straight, cut, purse(gift, cash), YUAN).unwrap();
            let mut turned = quote(&turned, cut, purse(gift, cash), YUAN).unwrap();
            turned.lines.reverse();
            prop_assert_eq!(straight, turned);
        }
    }
}
