//! The statements of reconciliation.

use super::{Run, start_of};
use crate::payments::Settled;
use crate::{App, Result};
use model::books::{Difference, MovementKind, Reconciliation};
use model::ids::{AccountId, EventId};
use model::paging::Leaf;
use model::payments::Provider;
use model::{Moment, Money};
use store::{Conn, Tx, sql};

/// What we booked with a provider in a stretch of time, by attempt.
pub async fn booked(conn: &mut Conn, provider: Provider, from: Moment, until: Moment) -> Result<Vec<Settled>> {
    let moved = conn
        .query(sql!(
            "SELECT attempt_id, amount, currency, created_at,
                    CASE WHEN kind = 'paid_by_hand' THEN 'by_hand' WHEN kind = 'dispute_opened' THEN 'dispute'
                         WHEN kind = 'dispute_won' THEN 'dispute_won' WHEN kind IN ('capture', 'topup', 'stray') THEN 'capture'
                         WHEN debit_account = $1 THEN 'refund_returned' ELSE 'refund' END AS what
               FROM transfers
              WHERE (debit_account = $1 OR credit_account = $1) AND phase IN ('single', 'post') AND attempt_id IS NOT NULL
                AND kind IN ('capture', 'topup', 'stray', 'refund', 'stray_refund', 'paid_by_hand', 'dispute_opened', 'dispute_won')
                AND created_at >= $2 AND created_at < $3
              ORDER BY seq"
        ))
        .bind(format!("psp:{provider}"))
        .bind(from.millis())
        .bind(until.millis())
        .all(|row| {
            // what our own bank paid back never left the provider
            let by_hand = row.get::<String>("what")? == "by_hand";
            let amount: i64 = row.get("amount")?;
            Ok(Settled {
                reference: row.get("attempt_id")?,
                kind: if by_hand { MovementKind::Refund } else { row.parse("what")? },
                amount: Money::new(if by_hand { -amount } else { amount }, row.parse("currency")?),
                at: Moment::from_millis(row.get("created_at")?),
            })
        })
        .await?;
    Ok(moved)
}

/// The first day that the house looked at with this provider, with an answer or without.
pub async fn first_day(conn: &mut Conn, provider: Provider) -> Result<Option<i64>> {
    let first = conn
        .query(sql!("SELECT day FROM reconciliations WHERE provider = $1 AND asked_by IS NULL ORDER BY day LIMIT 1"))
        .bind(provider.as_str())
        .optional(|row| row.get("day"))
        .await?;
    Ok(first)
}

/// The days from `from` on that the house compared with this provider, or was left without an answer for a short while ago.
pub async fn done(conn: &mut Conn, provider: Provider, from: i64, lately: Moment) -> Result<Vec<i64>> {
    let done = conn
        .query(sql!(
            "SELECT DISTINCT day FROM reconciliations
              WHERE day >= $1 AND provider = $2 AND asked_by IS NULL AND (state <> 'no_answer' OR at > $3)"
        ))
        .bind(from)
        .bind(provider.as_str())
        .bind(lately.millis())
        .all(|row| row.get("day"))
        .await?;
    Ok(done)
}

/// When the school's first account was made; before that there is nothing to compare.
pub async fn opened(conn: &mut Conn) -> Result<Option<Moment>> {
    let first = conn
        // ids grow with time
        .query(sql!("SELECT created_at FROM accounts ORDER BY id LIMIT 1"))
        .optional(|row| row.get("created_at"))
        .await?;
    Ok(first.map(Moment::from_millis))
}

/// An answer takes the place of the house's own questions that had none.
pub async fn keep(app: &App, tx: &mut Tx, provider: Provider, day: i64, run: &Run, by: Option<&AccountId>) -> Result<()> {
    tx.query(sql!("DELETE FROM reconciliations WHERE day = $1 AND provider = $2 AND asked_by IS NULL AND state = 'no_answer'"))
        .bind(day)
        .bind(provider.as_str())
        .execute()
        .await?;
    let id: EventId = app.new_id();
    tx.query(sql!(
        "INSERT INTO reconciliations (id, provider, day, state, theirs, ours, problem, asked_by, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    ))
    .bind(id.as_str())
    .bind(provider.as_str())
    .bind(day)
    .bind(run.outcome().as_str())
    .bind(i64::from(run.compared.theirs))
    .bind(i64::from(run.compared.ours))
    .bind(&run.problem)
    .bind(by.map(|by| by.as_str().to_owned()))
    .bind(app.now().millis())
    .execute()
    .await?;
    for (position, differs) in (1i64..).zip(&run.compared.differences) {
        tx.query(sql!(
            "INSERT INTO reconciliation_differences (reconciliation_id, position, reference, kind, currency, theirs, ours)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ))
        .bind(id.as_str())
        .bind(position)
        .bind(&differs.reference)
        .bind(differs.kind.as_str())
        .bind(differs.currency.as_str())
        .bind(differs.theirs)
        .bind(differs.ours)
        .execute()
        .await?;
    }
    Ok(())
}

/// How many comparisons were made.
pub async fn count(conn: &mut Conn) -> Result<u64> {
    let count: i64 = conn.query(sql!("SELECT COUNT(*) AS n FROM reconciliations")).one(|row| row.get("n")).await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// A page of comparisons with their differences, the latest first.
pub async fn list(conn: &mut Conn, leaf: Leaf) -> Result<Vec<Reconciliation>> {
    let rows = conn
        .query(sql!(
            "SELECT r.id, r.provider, r.day, r.state, r.theirs, r.ours, a.name AS asked_by, r.at
               FROM reconciliations r LEFT JOIN accounts a ON a.id = r.asked_by
              ORDER BY r.at DESC, r.id DESC LIMIT $1 OFFSET $2"
        ))
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(|row| {
            let count = |name: &str| row.get::<i64>(name).map(|n| u32::try_from(n).unwrap_or_default());
            let run = Reconciliation {
                provider: row.parse("provider")?,
                day: start_of(row.get("day")?),
                outcome: row.parse("state")?,
                theirs: count("theirs")?,
                ours: count("ours")?,
                asked_by: row.get("asked_by")?,
                at: Moment::from_millis(row.get("at")?),
                differences: Vec::new(),
            };
            Ok((row.get::<String>("id")?, run))
        })
        .await?;
    let ids: Vec<String> = rows.iter().map(|(id, _)| id.clone()).collect();
    let differences = conn
        .query(sql!(
            "SELECT d.reconciliation_id, d.reference, d.kind, d.currency, d.theirs, d.ours, o.id AS order_id
               FROM reconciliation_differences d
               LEFT JOIN attempts a ON a.id = d.reference LEFT JOIN orders o ON o.id = a.reference
              WHERE d.reconciliation_id IN (…) ORDER BY d.reconciliation_id, d.position"
        ))
        .list(&ids)
        .all(|row| {
            let difference = Difference {
                reference: row.get("reference")?,
                order: row.parse_optional("order_id")?,
                kind: row.parse("kind")?,
                currency: row.parse("currency")?,
                theirs: row.get("theirs")?,
                ours: row.get("ours")?,
            };
            Ok((row.get::<String>("reconciliation_id")?, difference))
        })
        .await?;
    let mut runs: Vec<Reconciliation> = Vec::new();
    for (id, mut run) in rows {
        run.differences = differences.iter().filter(|(of, _)| *of == id).map(|(_, found)| found.clone()).collect();
        runs.push(run);
    }
    Ok(runs)
}
