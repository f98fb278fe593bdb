//! The evidence about attempts.

use super::Attempt;
use crate::payments::Fact;
use crate::payments::join::Evidence;
use crate::{App, Result};
use model::ids::{AttemptId, EventId};
use model::{Moment, Money};
use store::{Conn, Tx, sql};

pub async fn add_fact(tx: &mut Tx, app: &App, attempt: &Attempt, evidence: &Evidence, applied: bool) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO attempt_facts (id, attempt_id, source, fact, amount, currency, event_id, applied, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    ))
    .bind(app.new_id::<EventId>().as_str())
    .bind(attempt.id.as_str())
    .bind(evidence.source.as_str())
    .bind(evidence.fact.as_str())
    .bind(evidence.amount.minor())
    .bind(evidence.amount.currency().as_str())
    .bind(evidence.event_id.clone())
    .bind(applied)
    .bind(app.now().millis())
    .write()
    .await?;
    Ok(())
}

/// One piece of evidence as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRow {
    pub source: String,
    pub fact: Fact,
    pub amount: Money,
    pub applied: bool,
    pub at: Moment,
}

/// The evidence about an attempt, in the order it came.
pub async fn facts_of(conn: &mut Conn, id: &AttemptId) -> Result<Vec<FactRow>> {
    let facts = conn
        .query(sql!(
            "SELECT source, fact, amount, currency, applied, at FROM attempt_facts WHERE attempt_id = $1 ORDER BY at, id"
        ))
        .bind(id.as_str())
        .all(|row| {
            Ok(FactRow {
                source: row.get("source")?,
                fact: row.parse("fact")?,
                amount: Money::new(row.get("amount")?, row.parse("currency")?),
                applied: row.get("applied")?,
                at: Moment::from_millis(row.get("at")?),
            })
        })
        .await?;
    Ok(facts)
}
