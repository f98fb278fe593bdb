//! An order as its buyer sees it.

use super::{DisputeState, Key, Line, OrderState, Refunded, Total};
use crate::Moment;
use crate::ids::OrderId;
use crate::money::Money;
use crate::payments::{AttemptState, Decline, Provider, RefundView};
use serde::{Deserialize, Serialize};

/// What a person looking at their order can do next, or is waiting for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The provider is being asked.
    Connecting,
    /// The payer decides at the provider. `declined`: the last card was refused there.
    PayAt { url: String, declined: Option<Decline> },
    /// The payer wants another way, and this one is being closed at its provider.
    Closing,
    /// The provider's page does not open in the app that the payer is in.
    Elsewhere,
    /// The payer scans a code with the provider's app.
    Scan(ScanCode),
    /// The same on the phone that would have to scan its own screen.
    ScanElsewhere(ScanCode),
    /// The provider's app opens its own sheet by this, as the provider's adapter signed it.
    Sheet(String),
    /// The same outside that app.
    SheetElsewhere,
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
    /// Something may change without the person doing anything. A page with a sheet over it is left alone.
    pub const fn is_moving(&self) -> bool {
        use Standing::{Idle, Over, Sheet};
        !matches!(self, Idle { .. } | Over | Sheet(_))
    }
}

/// A square code to scan, as one path of dark modules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanCode {
    /// Modules along one side, with the quiet zone.
    pub side: u32,
    /// The SVG path.
    pub path: String,
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
    /// The bank sent its money back: it counts no more.
    pub void: bool,
}

/// An order as its buyer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    pub id: OrderId,
    pub state: OrderState,
    pub refunded_state: Refunded,
    /// Whether the payer's bank wants the payment back.
    pub dispute: DisputeState,
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
    /// What the buyer may ask back.
    pub offer: crate::refunds::RefundOffer,
    /// For the forms of the page.
    pub key: Key,
    /// Sending the payer to this provider.
    pub provider: Option<Provider>,
    /// The providers that can be paid by, while it waits.
    pub ways: Vec<Provider>,
    /// What the code to scan says, where that is the way.
    pub pay_code: Option<String>,
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
