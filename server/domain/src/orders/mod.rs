//! Buying: a quote frozen in a checkout, an order made of it, its settlement and its refunds.
//!
//! May call catalog, payments, promotions, vouchers, earnings, ledger and entitlement; tells subscriptions what became of their
//! invoices. Announces `OrderPlaced`, `OrderPaid`, `OrderRefunded`, `RefundReturned`, `MoneyStrayed`, `DisputeLost`.

mod another;
mod book;
mod bundle_page;
mod cancel;
mod cart;
mod checkout;
mod close;
mod dispute;
mod dispute_state;
mod expire;
mod fulfil;
mod give;
mod held;
mod invoice;
mod kept;
mod offer;
mod once;
mod pay;
mod place;
mod price;
mod queries;
mod quote;
mod receipt;
mod refund;
mod refund_ask;
mod refund_limit;
mod refund_parts;
mod refund_policy;
mod refund_remedy;
mod refund_reopen;
mod refund_send;
mod refund_state;
mod refund_views;
mod regain;
mod settle;
mod staff;
mod state;
mod views;
mod wallet;

#[cfg(test)]
mod tests;

pub use bundle_page::show_bundle;
pub use cancel::cancel;
pub use cart::{add_to_cart, cart_coupon, cart_wallet, check_out, remove_from_cart, show_cart};
pub use checkout::{
    accept, begin_checkout, begin_checkout_from, begin_checkout_of, choose_coupon, choose_wallet, enrol, new_key, show_checkout,
};
pub use dispute::dispute_fact;
pub use expire::{Expiry, due_orders, expire, try_expire};
pub use give::{begin_gift, begin_seats};
pub use held::shown_on;
pub use invoice::{Invoice, invoice, is_being_paid, last_way, pay_invoice, withdraw};
pub use kept::{gone_of_courses, invoiceable};
pub use once::{Once, tidy};
pub use pay::{in_the_way, pay_again};
pub(crate) use place::in_any_case;
pub use place::place;
pub use price::{Choices, Priced, balance, price};
pub use queries::{Line, Order, Part, dispute_state as dispute_of, lines, lock, lock_account, next_number, order, places_left};
pub use quote::{Asked, AskedPart, Cut, Quote, Quoted, quote};
pub use receipt::{
    Buyer, CreditDocument, Receipt, ReceiptDocument, ReceiptLine, credit_document, receipt_document, receipt_of, written,
};
pub use refund::{approve, approve_once, reject, reject_once};
pub use refund_ask::{ask_refund, request_refund, withdraw_refund};
pub use refund_limit::RefundLimit;
pub use refund_remedy::{confirm_remedy, propose_remedy};
pub use refund_send::{Heard, due_refunds, look_up_refund, refund_heard, submit_refund};
pub use refund_views::{refunds_before, show_refund};
pub use settle::{attempt_failed, attempt_succeeded};
pub use staff::{like, list_orders, list_refunds, looked_at, show_for_staff, suspense};
#[cfg(any(test, feature = "testing"))]
pub use views::my_orders;
pub use views::{my_orders_before, my_orders_page, show_order};
pub use wallet::{give_balance, show_wallet};

/// How long an order waits for its money.
pub const PATIENCE: model::time::Span = model::time::minutes(30);
/// How long where it is paid by a code to scan, which is good for two hours (PRV-W5).
pub const SCAN_PATIENCE: model::time::Span = model::time::hours(2);
