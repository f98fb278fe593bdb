//! 发票: asked for over paid orders, issued by a service or by people, taken back by a red-letter invoice when money goes back
//! (SM-10). Reads orders; follows `OrderRefunded`; announces
//! `InvoiceChanged`.

mod ask;
mod export;
mod files;
mod follow;
mod issue;
mod issuer;
mod queries;
mod staff;
mod state;
mod views;

#[cfg(test)]
mod tests;

pub use ask::{ask, withdraw};
pub use export::export;
pub use files::{File, file};
pub use follow::FOLLOWER;
pub use issue::{attach, issue, issue_red, refuse, take};
pub use issuer::{Answer, Asked, ByHand, Issuer, work};
pub use staff::{list, show_for_staff};
pub use state::{Event, NotPossible, step};
pub use views::{desk, show, told};

use model::invoices::Refusal;
use model::time::{Span, days};

/// The series of our numbers.
const SERIES: &str = "F";
/// How long finance may take.
const PATIENCE: Span = days(7);

fn no(refusal: Refusal) -> crate::Error {
    crate::Error::refuse(model::Refusal::Invoices(refusal))
}
