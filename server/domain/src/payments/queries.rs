//! The statements of payments.

mod facts;
mod inbox;
mod payers;
mod write;

pub use facts::*;
pub use inbox::*;
pub use payers::*;
pub use write::*;

use crate::Result;
use crate::error::OrNotFound;
use model::ids::AttemptId;
use model::payments::{AttemptState, Provider};
use model::{Lang, Moment, Money};
use store::{Conn, Row, Tx, sql};

/// One try to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub id: AttemptId,
    pub reference: String,
    pub provider: Provider,
    pub state: AttemptState,
    pub amount: Money,
    pub lang: Lang,
    pub provider_id: Option<String>,
    pub pay_url: Option<String>,
    /// Until when that can be used; none: as long as the attempt is open.
    pub pay_until: Option<Moment>,
    pub decline: Option<String>,
    /// What really came.
    pub captured: Option<Money>,
    /// Of it: asked back, in minor units.
    pub refund_reserved: i64,
    pub created_at: Moment,
    pub due_at: Option<Moment>,
    pub asked: i64,
    pub close_wanted: bool,
    pub version: i64,
}

impl Attempt {
    /// Where the payer decides, while it can be used.
    pub fn way_to_pay(&self, now: Moment) -> Option<&str> {
        let open = self.pay_until.is_none_or(|until| now < until);
        self.pay_url.as_deref().filter(|url| open && !url.is_empty())
    }
}

fn row_of(row: &Row) -> Result<Attempt, store::Error> {
    let captured_currency = row.parse_optional("captured_currency")?;
    let captured = row.get::<i64>("captured")?;
    Ok(Attempt {
        id: row.parse("id")?,
        reference: row.get("reference")?,
        provider: row.parse("provider")?,
        state: row.parse("state")?,
        amount: Money::new(row.get("amount")?, row.parse("currency")?),
        lang: row.parse("lang")?,
        provider_id: row.get("provider_id")?,
        pay_url: row.get("pay_url")?,
        pay_until: row.get::<Option<i64>>("pay_until")?.map(Moment::from_millis),
        decline: row.get("decline")?,
        captured: captured_currency.map(|currency| Money::new(captured, currency)),
        refund_reserved: row.get("refund_reserved")?,
        created_at: Moment::from_millis(row.get("created_at")?),
        due_at: row.get::<Option<i64>>("due_at")?.map(Moment::from_millis),
        asked: row.get("asked")?,
        close_wanted: row.get("close_wanted")?,
        version: row.get("version")?,
    })
}

/// The attempt, if there is one with this id.
pub async fn find(conn: &mut Conn, id: &str) -> Result<Option<Attempt>> {
    Ok(conn.query(sql!("SELECT * FROM attempts WHERE id = $1")).bind(id).optional(row_of).await?)
}

/// The attempt that a provider knows by this id.
pub async fn find_payment(conn: &mut Conn, provider: Provider, payment: &str) -> Result<Option<Attempt>> {
    let found = conn
        .query(sql!("SELECT * FROM attempts WHERE provider = $1 AND provider_id = $2"))
        .bind(provider.as_str())
        .bind(payment)
        .optional(row_of)
        .await?;
    Ok(found)
}

pub async fn attempt(conn: &mut Conn, id: &AttemptId) -> Result<Attempt> {
    find(conn, id.as_str()).await?.or_not_found()
}

/// The attempt, kept from changing until the transaction ends.
pub async fn lock(tx: &mut Tx, id: &AttemptId) -> Result<Attempt> {
    tx.query(sql!(
        sqlite: "SELECT * FROM attempts WHERE id = $1",
        postgres: "SELECT * FROM attempts WHERE id = $1 FOR UPDATE"
    ))
    .bind(id.as_str())
    .optional(row_of)
    .await?
    .or_not_found()
}

/// Every attempt of a reference, oldest first.
pub async fn attempts_of(conn: &mut Conn, reference: &str) -> Result<Vec<Attempt>> {
    let all = conn
        .query(sql!("SELECT * FROM attempts WHERE reference = $1 ORDER BY created_at, id"))
        .bind(reference)
        .all(row_of)
        .await?;
    Ok(all)
}

pub async fn latest(conn: &mut Conn, reference: &str) -> Result<Option<Attempt>> {
    Ok(attempts_of(conn, reference).await?.into_iter().next_back())
}

/// The attempt of a reference that something may still come of.
pub async fn live(conn: &mut Conn, reference: &str) -> Result<Option<Attempt>> {
    Ok(attempts_of(conn, reference).await?.into_iter().find(|attempt| attempt.state.is_live()))
}

pub async fn due(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<Attempt>> {
    let due = conn
        .query(sql!("SELECT * FROM attempts WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2"))
        .bind(now.millis())
        .bind(limit)
        .all(row_of)
        .await?;
    Ok(due)
}
