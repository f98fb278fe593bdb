//! Each invariant as one statement that answers the rows breaking it.

mod book;
mod given;
mod heartbeat;
pub mod membership;
mod orders;
mod payments;
mod records;
mod sealed;
mod shares;
mod stuck;

pub use book::set_aside_before;
pub use heartbeat::{beat, last_beat};
pub use sealed::*;
pub use stuck::waiting_since;

use crate::Result;
use store::{Conn, Sql};

/// The invariants and their questions, in order; one may have several, one behind another.
pub const QUESTIONS: &[(&str, Sql)] = &[
    ("INV-01", book::BALANCED),
    ("INV-02", book::CHAINED),
    ("INV-03", book::RESOLVED),
    ("INV-04", book::OWNED),
    ("INV-05", orders::ENTITLED),
    ("INV-06", payments::PAID),
    ("INV-07", orders::REDEEMED),
    ("INV-08", orders::FROZEN),
    ("INV-09", payments::ONCE),
    ("INV-10", payments::KEYED),
    ("INV-11", payments::REFUNDED),
    ("INV-12", shares::SHARED),
    ("INV-12", shares::RECOMMENDED),
    ("INV-15", records::TRAILED),
    ("INV-15", records::SEALED),
    ("INV-16", records::NUMBERED),
    ("INV-17", given::SEATED),
    ("INV-17", given::WAITING),
    ("INV-18", stuck::UNSTUCK),
];

pub async fn ask(conn: &mut Conn, question: Sql) -> Result<Vec<String>> {
    Ok(conn.query(question).all(|row| row.get("offending")).await?)
}
