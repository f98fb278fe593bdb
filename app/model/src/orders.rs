//! Buying: checkouts, orders, and what staff see of them.

use crate::entitlement::GrantState;
use crate::ids::{AccountId, AttemptId, CheckoutId, CourseId, OrderId, RefundId, TransferId};
use crate::money::Money;
use crate::paging::Page;
use crate::payments::{AttemptState, Decline, Provider, RefundView};
use crate::text::Slug;
use crate::{Fault, Moment, Problem};
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
    /// Refunds of this size need a second person, who is not the one who asked.
    SecondPerson,
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
            NextStep::Watch(id) => crate::routes::pay(lang, id),
            NextStep::Done(id) => crate::routes::order(lang, id),
            NextStep::Learn(slug) => crate::routes::course(lang, slug),
        }
    }
}

/// "Pay" on the checkout page, "try again" and "cancel" on the payment page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pay {
    #[serde(default)]
    pub provider: String,
    #[serde(default)]
    pub idem: String,
    /// The amount on the button, in minor units; empty: as the checkout was frozen.
    #[serde(default)]
    pub shown: String,
}

/// What a pay form says, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayRequest {
    /// None: the only one there is.
    pub provider: Option<Provider>,
    pub key: Key,
    /// The amount the buyer saw, in minor units.
    pub shown: Option<i64>,
}

impl Pay {
    pub fn parse(self) -> Result<PayRequest, Fault> {
        let key = Key::parse(&self.idem)?;
        let provider = match self.provider.as_str() {
            "" => None,
            word => Some(word.parse().map_err(|_| Fault::field("provider", Problem::NotAChoice))?),
        };
        let shown = match self.shown.as_str() {
            "" => None,
            minor => Some(minor.parse().map_err(|_| Fault::field("shown", Problem::Unreadable))?),
        };
        Ok(PayRequest { provider, key, shown })
    }
}

/// "Use this code"; empty: none.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChooseCoupon {
    #[serde(default)]
    pub coupon: String,
}

/// "Pay from my wallet", or no longer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChooseWallet {
    #[serde(default, rename = "use")]
    pub use_it: String,
}

impl ChooseWallet {
    pub fn is_yes(&self) -> bool {
        self.use_it == "yes"
    }
}

/// A form's key: the same form sent twice has the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        match text {
            "" => Err(Fault::field("idem", Problem::Required)),
            text if crate::ids::looks_like_an_id(text) => Ok(Key(text.to_owned())),
            _ => Err(Fault::field("idem", Problem::Unreadable)),
        }
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

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

/// What a person looking at their order can do next, or is waiting for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The provider is being asked.
    Connecting,
    /// The payer decides at the provider. `declined`: the last card was refused there.
    PayAt { url: String, declined: Option<Decline> },
    /// The bank works on it.
    Processing,
    /// The provider gave no answer; we keep asking.
    Unknown,
    /// No try is under way; `last`: how the last one ended.
    Idle { last: Option<(AttemptState, Option<Decline>)> },
    /// The order is settled one way or the other.
    Over,
}

impl Standing {
    /// Something may change without the person doing anything.
    pub const fn is_moving(&self) -> bool {
        matches!(self, Standing::Connecting | Standing::Processing | Standing::Unknown | Standing::PayAt { .. })
    }
}

/// A receipt's number and date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// `R-000042`
    pub number: String,
    pub issued_at: Moment,
}

/// A credit note's number and date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditNote {
    /// `C-000007`, and the number in it.
    pub number: String,
    pub place: i64,
    pub issued_at: Moment,
}

/// An order as its buyer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    pub id: OrderId,
    pub state: OrderState,
    pub refunded_state: Refunded,
    pub lines: Vec<Line>,
    pub sum: Total,
    pub total: Money,
    /// Of the total: asked from a provider.
    pub due: Money,
    pub refunded: Money,
    pub placed_at: Moment,
    pub expires_at: Moment,
    pub paid_at: Option<Moment>,
    pub standing: Standing,
    pub receipt: Option<Receipt>,
    /// One for every refund, oldest first.
    pub credit_notes: Vec<CreditNote>,
    pub refunds: Vec<RefundView>,
    /// For the forms of the page.
    pub key: Key,
    /// Sending the payer to this provider.
    pub provider: Option<Provider>,
}

/// One line of "my orders".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    pub id: OrderId,
    pub state: OrderState,
    pub refunded: Refunded,
    /// Of the first line.
    pub title: String,
    /// How many more lines there are.
    pub more: u32,
    pub total: Money,
    pub placed_at: Moment,
}

/// One line of the staff's list of orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffOrderRow {
    pub row: OrderRow,
    pub buyer: String,
    pub email: String,
    pub needs_review: bool,
}

/// What the staff's list is narrowed to; empty texts do not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFilter {
    /// Part of an e-mail address, or of an order's id.
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub page: u32,
}

/// The staff's list of orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffOrders {
    pub filter: OrderFilter,
    pub page: Page<StaffOrderRow>,
}

/// One try to pay, as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptView {
    pub id: AttemptId,
    pub provider: Provider,
    pub state: AttemptState,
    pub amount: Money,
    pub provider_id: Option<String>,
    pub decline: Option<String>,
    pub at: Moment,
    pub facts: Vec<FactView>,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactView {
    pub source: String,
    pub fact: String,
    pub amount: Money,
    pub applied: bool,
    pub at: Moment,
}

/// One movement of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferView {
    pub id: TransferId,
    pub debit: String,
    pub credit: String,
    pub amount: Money,
    pub kind: String,
    pub phase: String,
    pub at: Moment,
}

/// One change in the life of an order, an attempt or a refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailView {
    pub action: String,
    pub actor: Option<String>,
    pub detail: String,
    pub at: Moment,
}

/// An order with everything staff may need to answer a question about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffOrder {
    pub order: OrderView,
    pub buyer: String,
    pub buyer_id: AccountId,
    pub email: String,
    pub needs_review: bool,
    pub grants: Vec<(String, GrantState)>,
    pub attempts: Vec<AttemptView>,
    pub transfers: Vec<TransferView>,
    pub trail: Vec<TrailView>,
    /// What may still be refunded.
    pub refundable: Money,
    /// Above this, a second person approves.
    pub limit: Money,
}

/// "Refund this order" on the staff's page: first asked for, then confirmed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RefundForm {
    /// As typed; empty: everything that is left.
    #[serde(default)]
    pub amount: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub idem: String,
}

/// What a refund form says, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// None: everything that is left.
    pub amount: Option<Money>,
    pub reason: String,
    pub key: Key,
}

/// The longest reason, in characters.
pub const REASON_MAX: u32 = 300;

impl RefundForm {
    /// Reads the form; amounts are in the order's currency.
    pub fn parse(self, currency: crate::Currency) -> Result<RefundRequest, Fault> {
        let mut errors = crate::fault::FieldErrors::default();
        let reason = self.reason.trim().to_owned();
        let length = reason.chars().count();
        let reason = errors.take(
            "reason",
            match length {
                0 => Err(Problem::Required),
                n if n > REASON_MAX as usize => Err(Problem::TooLong { max: REASON_MAX }),
                _ if reason.chars().any(char::is_control) => Err(Problem::Unreadable),
                _ => Ok(reason),
            },
        );
        let amount = match self.amount.trim() {
            "" => Some(None),
            typed => errors.take("amount", Money::parse(typed, currency).ok_or(Problem::NotAnAmount)).and_then(|amount| {
                if amount.minor() > 0 {
                    Some(Some(amount))
                } else {
                    errors.add("amount", Problem::NotAnAmount);
                    None
                }
            }),
        };
        let key = Key::parse(&self.idem);
        if key.is_err() {
            errors.add("idem", Problem::Required);
        }
        let request = match (amount, reason, key) {
            (Some(amount), Some(reason), Ok(key)) => Some(RefundRequest { amount, reason, key }),
            _ => None,
        };
        errors.finish(request)
    }
}

/// A refund in the staff's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRefund {
    pub refund: RefundView,
    pub order: OrderId,
    pub title: String,
    pub email: String,
    pub asked_by: Option<String>,
    /// The person looking may approve or reject it.
    pub yours_to_decide: bool,
}

/// "Approve" or "reject" a refund.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Decide {
    pub refund: RefundId,
}

/// One invariant of the books, as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invariant {
    /// `INV-01`
    pub id: String,
    pub holds: bool,
    /// The rows that break it, a few of them.
    pub offending: Vec<String>,
}
