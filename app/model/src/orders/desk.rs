//! Orders and refunds as staff see them.

use super::{DisputeState, Key, OrderRow, OrderView};
use crate::entitlement::GrantState;
use crate::ids::{AccountId, AttemptId, OrderId, OrderLineId, RefundId, TransferId};
use crate::money::Money;
use crate::paging::Page;
use crate::payments::{AttemptState, Provider, RefundView};
use crate::{Fault, Moment, Problem};
use serde::{Deserialize, Serialize};

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
    pub dispute: DisputeState,
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
    /// The lines, by id; none: all of them.
    #[serde(default)]
    pub line: Vec<String>,
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
    /// None: all of them.
    pub lines: Vec<OrderLineId>,
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
        let lines: Result<Vec<OrderLineId>, _> = self.line.iter().map(|id| id.parse()).collect();
        let lines = errors.take("line", lines.map_err(|_| Problem::NotAChoice));
        let request = match (amount, lines, reason, key) {
            (Some(amount), Some(lines), Some(reason), Ok(key)) => Some(RefundRequest { amount, lines, reason, key }),
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
    /// What was proposed for it, where the provider leads nowhere.
    pub proposed: Option<crate::refunds::Proposed>,
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
