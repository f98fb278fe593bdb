//! How a refund falls on the lines of an order. Pure.

use super::queries::Line;
use crate::{Error, Result};
use model::Money;
use model::ids::OrderLineId;
use model::orders::LineKind;

/// Amounts that a line is made of, or a part of them: in all, and of it tax, the instructors' part, what the wallet paid, and of
/// that the gift balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    pub amount: Money,
    pub tax: Money,
    pub share: Money,
    pub wallet: Money,
    pub gift: Money,
}

impl Amounts {
    pub fn nothing(currency: model::Currency) -> Self {
        let zero = Money::zero(currency);
        Self { amount: zero, tax: zero, share: zero, wallet: zero, gift: zero }
    }
    pub fn plus(&self, other: &Amounts) -> Result<Amounts> {
        Ok(Amounts {
            amount: self.amount.plus(other.amount)?,
            tax: self.tax.plus(other.tax)?,
            share: self.share.plus(other.share)?,
            wallet: self.wallet.plus(other.wallet)?,
            gift: self.gift.plus(other.gift)?,
        })
    }
    /// What a provider was asked for.
    pub fn due(&self) -> Result<Money> {
        Ok(self.amount.minus(self.wallet)?)
    }
    /// From the person's own money in the wallet.
    pub fn cash(&self) -> Result<Money> {
        Ok(self.wallet.minus(self.gift)?)
    }
}

/// A line, and what refunds that still count have taken of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub line: OrderLineId,
    /// A gift, seats: it goes back whole or not at all.
    pub only_whole: bool,
    /// It is in the wallet already.
    pub tops_up: bool,
    /// Somebody has what it paid for: nothing of it can go back.
    pub kept: bool,
    pub whole: Amounts,
    pub taken: Amounts,
}

impl Taken {
    /// A line of which nothing was taken.
    pub fn nothing(line: &Line) -> Result<Self> {
        let whole = Amounts {
            amount: line.amount()?,
            tax: line.tax,
            share: if line.opens() { line.share } else { Money::zero(line.net.currency()) },
            wallet: line.gift.plus(line.cash)?,
            gift: line.gift,
        };
        let only_whole = matches!(line.item.kind, LineKind::Gift | LineKind::SeatPack);
        let tops_up = line.item.kind == LineKind::Topup;
        let taken = Amounts::nothing(line.net.currency());
        Ok(Self { line: line.id.clone(), only_whole, tops_up, kept: false, whole, taken })
    }
    /// The same where a payer's bank has taken what a provider had taken: the wallet's part is all that can still go back, with its
    /// part of the tax, and nobody has a share or anything else of it any more.
    pub fn lost(self) -> Result<Self> {
        let zero = Money::zero(self.whole.amount.currency());
        let Amounts { amount, tax, wallet, gift, .. } = self.whole;
        let (left, tax_left) = (amount.minus(self.taken.amount)?, tax.minus(self.taken.tax)?);
        let wallet_left = wallet.minus(self.taken.wallet)?;
        let tax = match left.minor() {
            0 => zero,
            all => tax_left.portion(wallet_left.minor(), all)?,
        };
        let taken = self.taken;
        Ok(Self {
            only_whole: false,
            kept: false,
            whole: Amounts { amount: wallet, tax, share: zero, wallet, gift },
            taken: Amounts { amount: taken.wallet, tax: zero, share: zero, wallet: taken.wallet, gift: taken.gift },
            ..self
        })
    }
    /// What may still be refunded of it.
    pub fn left(&self) -> Result<Money> {
        if self.kept {
            return Ok(Money::zero(self.whole.amount.currency()));
        }
        Ok(self.whole.amount.minus(self.taken.amount)?)
    }
    /// Whether so much more can be taken, of everything it is made of.
    pub fn has_room_for(&self, more: &Amounts) -> Result<bool> {
        let (after, whole) = (self.taken.plus(more)?, &self.whole);
        let each = [
            (after.amount, whole.amount),
            (after.tax, whole.tax),
            (after.share, whole.share),
            (after.due()?, whole.due()?),
            (after.cash()?, whole.cash()?),
            (after.gift, whole.gift),
        ];
        Ok(each.iter().all(|(after, whole)| after.minor() <= whole.minor()))
    }
}

/// What one refund takes of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub line: OrderLineId,
    pub of: Amounts,
}

/// Of each line everything that is left.
pub fn whole(lines: &[Taken]) -> Result<Vec<Part>> {
    lines.iter().map(|line| part(line, line.left()?)).filter(not_nothing).collect()
}

/// `amount` over the lines by what is left of them; no line gives more than it has.
pub fn spread(lines: &[Taken], amount: Money) -> Result<Vec<Part>> {
    let mut weights = Vec::new();
    for line in lines {
        weights.push((line.line.clone(), line.left()?.minor().unsigned_abs()));
    }
    let parts = amount.split(&weights);
    lines.iter().zip(parts).map(|(line, amount)| part(line, amount)).filter(not_nothing).collect()
}

fn not_nothing(part: &Result<Part>) -> bool {
    part.as_ref().map_or(true, |part| !part.of.amount.is_zero())
}

/// Everything follows what was refunded in all, so that the parts of a fully refunded line are exactly what was booked (INV-M4),
/// whichever refunds came to nothing in between.
fn part(line: &Taken, amount: Money) -> Result<Part> {
    let Taken { whole, taken, .. } = line;
    if amount.minor() > line.left()?.minor() || amount.minor() < 0 {
        return Err(Error::bug("more would be refunded of a line than is left"));
    }
    let of = |inner: Money, inner_taken: Money, outer: Money, outer_taken: Money, step: Money| {
        follow(Of { whole: inner, taken: inner_taken }, Of { whole: outer, taken: outer_taken }, step)
    };
    let wallet = of(whole.wallet, taken.wallet, whole.amount, taken.amount, amount)?;
    Ok(Part {
        line: line.line.clone(),
        of: Amounts {
            amount,
            tax: of(whole.tax, taken.tax, whole.amount, taken.amount, amount)?,
            share: of(whole.share, taken.share, whole.amount, taken.amount, amount)?,
            wallet,
            gift: of(whole.gift, taken.gift, whole.wallet, taken.wallet, wallet)?,
        },
    })
}

struct Of {
    whole: Money,
    taken: Money,
}

/// How much of `inner`, a part of `outer`, a further `step` of `outer` takes: in proportion to everything taken so far; never
/// more than is left of it, and never so little that what is left of it would not fit into what is left of `outer`.
fn follow(inner: Of, outer: Of, step: Money) -> Result<Money> {
    if outer.whole.is_zero() {
        return Ok(Money::zero(step.currency()));
    }
    let so_far = outer.taken.plus(step)?;
    let wanted = inner.whole.portion(so_far.minor(), outer.whole.minor())?.minus(inner.taken)?;
    let left = inner.whole.minus(inner.taken)?.minor();
    let left_outside = outer.whole.minus(so_far)?.minor();
    let least = (left - left_outside).max(0);
    let most = left.min(step.minor());
    Ok(Money::new(wanted.minor().min(most).max(least), step.currency()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Currency;
    use proptest::prelude::*;

    fn yuan(minor: i64) -> Money {
        Money::new(minor, Currency::Cny)
    }

    fn line(number: usize, total: i64, tax: i64, share: i64, wallet: i64, gift: i64) -> Taken {
        let whole = Amounts { amount: yuan(total), tax: yuan(tax), share: yuan(share), wallet: yuan(wallet), gift: yuan(gift) };
        let line = format!("l{number}").parse().unwrap();
        Taken { line, only_whole: false, tops_up: false, kept: false, whole, taken: Amounts::nothing(Currency::Cny) }
    }

    #[test]
    fn a_part_is_spread_over_the_lines_and_the_rest_is_the_rest() {
        let lines = [line(1, 100, 0, 70, 0, 0), line(2, 300, 0, 210, 300, 0)];
        let parts = spread(&lines, yuan(200)).unwrap();
        let amounts: Vec<_> = parts.iter().map(|part| (part.of.amount.minor(), part.of.wallet.minor())).collect();
        assert_eq!(amounts, [(50, 0), (150, 150)]);
        assert!(spread(&lines, yuan(401)).is_err());
    }

    proptest! {
        /// INV-11 and INV-M4 for any way of refunding an order bit by bit, with any of the refunds coming to nothing.
        #[test]
        fn inv_m4_the_refunds_of_an_order_make_up_exactly_what_was_booked(
            totals in prop::collection::vec((1i64..5_000, 0i64..30, 0i64..=100, 0i64..=100, 0i64..=100), 1..5),
            bits in prop::collection::vec((1i64..2_000, any::<bool>()), 0..12),
        ) {
            let mut lines: Vec<Taken> = totals
                .iter()
                .enumerate()
                .map(|(number, (total, tax, share, wallet, gift))| {
                    let tax = total * tax / 100;
                    let wallet = total * wallet / 100;
                    line(number, *total, tax, (total - tax) * share / 100, wallet, wallet * gift / 100)
                })
                .collect();
            let fits = |part: &Part| {
                let Amounts { amount, tax, share, wallet, gift } = part.of;
                amount.minor() > 0 && [tax, share, wallet].iter().all(|of| (0..=amount.minor()).contains(&of.minor()))
                    && (0..=wallet.minor()).contains(&gift.minor())
            };
            let add = |lines: &mut Vec<Taken>, parts: &[Part], sign: i64| {
                for part in parts {
                    let line = lines.iter_mut().find(|line| line.line == part.line).unwrap();
                    let turned = |money: Money| yuan(money.minor() * sign);
                    let of = part.of;
                    let of = Amounts {
                        amount: turned(of.amount), tax: turned(of.tax), share: turned(of.share),
                        wallet: turned(of.wallet), gift: turned(of.gift),
                    };
                    line.taken = line.taken.plus(&of).unwrap();
                }
            };
            let mut fails: Vec<Vec<Part>> = Vec::new();
            for (bit, fail) in bits {
                let left: i64 = lines.iter().map(|line| line.left().unwrap().minor()).sum();
                if left == 0 { break; }
                let parts = spread(&lines, yuan(bit.min(left))).unwrap();
                prop_assert_eq!(parts.iter().map(|part| part.of.amount.minor()).sum::<i64>(), bit.min(left));
                prop_assert!(parts.iter().all(fits));
                add(&mut lines, &parts, 1);
                if fail { fails.push(parts); }
            }
            for parts in fails { add(&mut lines, &parts, -1); }
            let rest = whole(&lines).unwrap();
            prop_assert!(rest.iter().all(fits));
            add(&mut lines, &rest, 1);
            for line in &lines { prop_assert_eq!(line.taken, line.whole); }
        }
    }
}
