//! What an order can be, hold, and be refused for; where a buyer goes next.

use crate::ids::{CheckoutId, OrderId};
use crate::money::Money;
use crate::payments::Provider;
use crate::text::Slug;
use serde::{Deserialize, Serialize};

crate::words! {
    pub enum OrderState {
        AwaitingPayment = "awaiting_payment",
        Paid = "paid",
        Canceled = "canceled",
        Expired = "expired",
    }
}

crate::words! {
    /// How much of a paid order went back.
    pub enum Refunded {
        None = "none",
        Partial = "partial",
        Full = "full",
    }
}

crate::words! {
    /// What a line of an order is of.
    pub enum LineKind {
        Course = "course",
        Bundle = "bundle",
        Subscription = "subscription",
        SeatPack = "seat_pack",
        Gift = "gift",
        Topup = "topup",
    }
}

/// Something to buy, by what it is of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Item {
    pub kind: LineKind,
    /// In the words of its kind: a course's id, a bundle's, a plan's; of a top-up the amount in minor units.
    pub id: String,
    pub quantity: u32,
}

impl Item {
    pub fn of(kind: LineKind, id: impl std::fmt::Display) -> Self {
        Item { kind, id: id.to_string(), quantity: 1 }
    }
    /// Stable and different for different things: `course:0190…`.
    pub fn key(&self) -> String {
        format!("{}:{}:{}", self.kind, self.id, self.quantity)
    }
}

/// The amounts a wallet can be topped up by, in fen.
pub const TOPUPS: [i64; 5] = [5_000, 10_000, 20_000, 50_000, 100_000];

crate::words! {
    /// How a dispute about an order stands: the payer's bank wants the money back.
    pub enum DisputeState {
        None = "none",
        Open = "open",
        Won = "won",
        Lost = "lost",
    }
}

/// Why an order, a payment or a refund cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The price is another one than the page showed.
    PriceChanged { was: Money, now: Money },
    /// The wallet holds less (or more) than the page showed, so that another amount is due.
    BalanceChanged { was: Money, now: Money },
    /// The coupon that the page showed takes nothing off any more.
    Coupon(crate::promotions::Refusal),
    /// The buyer has the course already.
    AlreadyOwned,
    /// An order of it waits for its money.
    AlreadyOrdered,
    /// The course is the buyer's own.
    OwnCourse,
    /// The course is not offered any more.
    NotForSale,
    /// All its places are taken.
    SoldOut,
    /// The cart holds as much as a cart can hold.
    CartFull,
    /// Nothing in the cart can be bought.
    NothingToBuy,
    /// A try to pay is still under way.
    PaymentInProgress,
    /// The order is not waiting for money any more.
    Closed,
    /// The same form was sent with other contents.
    OtherRequest,
    /// No provider can take the payment just now.
    NoProvider,
    /// More than is left to refund.
    TooMuch { left: Money },
    /// A gift, or seats bought together, goes back whole or not at all.
    OnlyWhole,
    /// Refunds of this size need a second person, who is not the one who asked.
    SecondPerson,
    /// The payer's bank wants the money back already.
    Disputed,
    /// Not possible in the state things are in.
    Transition,
}

/// Where a buyer goes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    /// The frozen quote.
    Checkout(CheckoutId),
    /// The provider's page.
    PayAt(String),
    /// To the provider, which tells as whom it knows the payer, and then to paying there.
    SayWho(Provider, OrderId),
    /// The page that tells how the payment stands.
    Watch(OrderId),
    /// The receipt.
    Done(OrderId),
    /// The course is theirs.
    Learn(Slug),
}

impl NextStep {
    /// The address in a language.
    pub fn address(&self, lang: crate::Lang) -> String {
        match self {
            NextStep::Checkout(id) => crate::routes::checkout(lang, id),
            NextStep::PayAt(url) => url.clone(),
            NextStep::SayWho(provider, id) => crate::routes::say_who(*provider, id),
            NextStep::Watch(id) => crate::routes::pay(lang, id),
            NextStep::Done(id) => crate::routes::order(lang, id),
            NextStep::Learn(slug) => crate::routes::course(lang, slug),
        }
    }
}
