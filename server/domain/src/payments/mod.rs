//! Paying: attempts at providers, the evidence about them, and the inbox of notifications.
//!
//! Knows a *reference* (what is paid for) and never what stands behind it: it returns what happened, and settlement acts on it.

mod begin;
mod gateway;
mod inbox;
mod join;
mod payers;
mod queries;
mod state;
mod watch;

pub use crate::scan::drawn;
pub use begin::{Sending, begin, charge, open};
pub use gateway::{
    Acquaintance, Begin, Begun, DisputeFact, DisputeFound, Found, Gateway, Gone, Notification, PayoutAsk, PayoutFact,
    PayoutFound, RefundAsk, RefundFact, RefundFound, SHEET, Settled, Subject, Trouble, Unverified,
};
pub use inbox::{Notice, NoticeEnd, finish_notice, keep, received, replay, show_inbox};
pub use join::{Evidence, Joined, Source, join, lost, no_longer_there};
pub use payers::{Back, come_back, gives_code, has_sheet, has_to_say_who, name_of, opens_page, set_out, tidy_journeys};
pub use queries::{
    Attempt, FactRow, attempt, attempts_of, close_others, facts_of, find, find_payment, latest, live, lock, note_call,
    note_provider, notice_waits, refund_release, refund_reserve, set_close_wanted, wake_soon,
};
pub use state::{Event, Fact, NotPossible, step};
pub use watch::{Answer, ask, due};

use crate::{App, Error, Result};
use model::Currency;
use model::payments::Provider;
use std::sync::Arc;

/// The gateway to `provider`, if this school has one.
pub fn gateway(app: &App, provider: Provider) -> Result<Arc<dyn Gateway>> {
    app.ports
        .gateways
        .iter()
        .find(|gateway| gateway.provider() == provider)
        .cloned()
        .ok_or_else(|| Error::refuse(model::Refusal::Orders(model::orders::Refusal::NoProvider)))
}

/// The providers a buyer may choose from.
pub fn providers(app: &App) -> Vec<Provider> {
    app.ports.gateways.iter().map(|gateway| gateway.provider()).collect()
}

/// Of them, those that take this currency.
pub fn providers_for(app: &App, currency: Currency) -> Vec<Provider> {
    app.ports.gateways.iter().filter(|gateway| gateway.takes(currency)).map(|gateway| gateway.provider()).collect()
}
