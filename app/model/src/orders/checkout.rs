//! A purchase before it is an order: lines, sums, what stands against it.

use super::{Item, Key, LineKind};
use crate::ids::{CheckoutId, CourseId, OrderId};
use crate::money::Money;
use crate::payments::Provider;
use crate::text::Slug;
use serde::{Deserialize, Serialize};

/// A line of a checkout or an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub item: Item,
    pub title: String,
    /// Who sells it; empty: the school itself.
    pub seller: String,
    /// Of a course or a bundle that has a page.
    pub slug: Option<Slug>,
    /// Before any reduction.
    pub list: Money,
    /// Of the reductions: what the coupon took.
    pub coupon: Money,
    pub amount: Money,
    pub tax: Money,
    /// What opens.
    pub courses: Vec<LineCourse>,
}

impl Line {
    /// The address of its page, where it has one.
    pub fn place(&self, lang: crate::Lang) -> Option<String> {
        let slug = self.slug.as_ref()?;
        match self.item.kind {
            LineKind::Bundle => Some(crate::routes::bundle(lang, slug)),
            _ => Some(crate::routes::course(lang, slug)),
        }
    }

    /// What one costs before any reduction, where it is bought by number: seats.
    pub fn each(&self) -> Option<Money> {
        let many = self.item.kind == LineKind::SeatPack;
        many.then(|| self.list.portion(1, i64::from(self.item.quantity)).ok()).flatten()
    }
}

/// A course that a line opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCourse {
    pub id: CourseId,
    pub slug: Slug,
    pub title: String,
}

/// What a total is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// Before any reduction.
    pub list: Money,
    /// What the coupon took.
    pub coupon: Money,
    pub total: Money,
    /// Of the total: from the gift balance, and from the person's own money in the wallet.
    pub gift: Money,
    pub cash: Money,
    /// The rest, from a provider.
    pub due: Money,
}

impl Total {
    /// What was taken off without a coupon.
    pub fn reduction(&self) -> Money {
        let off = |amount: Money| amount.minus(self.coupon).and_then(|amount| amount.minus(self.total));
        off(self.list).unwrap_or(Money::zero(self.list.currency()))
    }
}

/// Why a line cannot be bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bar {
    /// The buyer has it already.
    Owned,
    /// It is the buyer's own.
    Own,
    /// Not offered any more.
    NotForSale,
    /// All its places are taken.
    SoldOut,
    /// An order of it waits for its money.
    Ordered(OrderId),
    /// Something else in the same purchase holds it: the title.
    Within(String),
    /// One order is in one currency.
    OtherCurrency,
}

/// The checkout page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    pub id: CheckoutId,
    pub lines: Vec<Line>,
    /// Frozen when the checkout was begun.
    pub total: Total,
    /// Lines that cannot be bought any more, by their place.
    pub bars: Vec<(usize, Bar)>,
    /// What it comes to today, where that is another amount.
    pub now: Option<Total>,
    pub coupon: Option<ChosenCoupon>,
    /// What is in the wallet.
    pub balance: Balance,
    pub use_wallet: bool,
    /// What each line promises about refunds, by its title.
    pub promises: Vec<(String, crate::refunds::RefundPolicy)>,
    pub lessons: u32,
    pub seconds: u32,
    /// Where the receipt goes.
    pub email: String,
    pub providers: Vec<Provider>,
    /// The order that was made of it already.
    pub order: Option<OrderId>,
    pub key: Key,
}

/// A coupon somebody chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenCoupon {
    pub code: String,
    /// Why it takes nothing off.
    pub problem: Option<crate::promotions::Refusal>,
}

/// What somebody has in their wallet: free to spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Given by the school; spent first, never paid out.
    pub gift: Money,
    /// Their own money.
    pub cash: Money,
}

impl Balance {
    pub fn is_empty(&self) -> bool {
        self.gift.is_zero() && self.cash.is_zero()
    }
}
