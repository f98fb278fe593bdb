//! Notifications as they were kept.

use crate::payments::Notice;
use crate::{App, Result};
use model::Moment;
use model::books::{NoticeRow, NoticeState};
use model::ids::EventId;
use model::paging::Leaf;
use model::payments::Provider;
use store::{Conn, Tx, sql};

pub async fn add_notice(
    tx: &mut Tx,
    app: &App,
    provider: Provider,
    event_id: &str,
    body: &[u8],
    signature: &str,
) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO webhook_inbox (id, provider, event_id, body, signature, state, received_at, due_at)
             VALUES ($1, $2, $3, $4, $5, 'received', $6, $6) ON CONFLICT DO NOTHING"
        ))
        .bind(app.new_id::<EventId>().as_str())
        .bind(provider.as_str())
        .bind(event_id)
        .bind(body)
        .bind(signature)
        .bind(app.now().millis())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn notices_due(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<Notice>> {
    let due = conn
        .query(sql!(
            "SELECT id, provider, event_id, body, tries FROM webhook_inbox
              WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY received_at, id LIMIT $2"
        ))
        .bind(now.millis())
        .bind(limit)
        .all(|row| {
            Ok(Notice {
                id: row.get("id")?,
                provider: row.parse("provider")?,
                event_id: row.get("event_id")?,
                body: row.get("body")?,
                tries: row.get("tries")?,
            })
        })
        .await?;
    Ok(due)
}

/// Whether the notification still waits to be worked on; kept from changing until the transaction ends.
pub async fn notice_waits(tx: &mut Tx, id: &str) -> Result<bool> {
    let state = tx
        .query(sql!(
            sqlite: "SELECT state FROM webhook_inbox WHERE id = $1",
            postgres: "SELECT state FROM webhook_inbox WHERE id = $1 FOR UPDATE"
        ))
        .bind(id)
        .optional(|row| row.get::<String>("state"))
        .await?;
    Ok(state.is_some_and(|state| state == "received" || state == "failed"))
}

pub async fn end_notice(tx: &mut Tx, id: &str, state: &str, problem: &str, now: Moment, due: Option<Moment>) -> Result<()> {
    tx.query(sql!(
        "UPDATE webhook_inbox SET state = $2, problem = $3, processed_at = $4, due_at = $5, tries = tries + 1
          WHERE id = $1 AND state IN ('received', 'failed')"
    ))
    .bind(id)
    .bind(state)
    .bind(problem)
    .bind(now.millis())
    .bind(due.map(Moment::millis))
    .write()
    .await?;
    Ok(())
}

/// Notifications in a state, or all; those that need a person first, then the latest.
pub async fn notices(conn: &mut Conn, state: Option<NoticeState>, leaf: Leaf) -> Result<Vec<NoticeRow>> {
    let rows = conn
        .query(sql!(
            "SELECT id, provider, event_id, state, tries, problem, received_at, due_at FROM webhook_inbox
              WHERE CAST($1 AS TEXT) IS NULL OR state = $1
              ORDER BY CASE state WHEN 'dead' THEN 0 WHEN 'failed' THEN 1 ELSE 2 END, received_at DESC, id DESC LIMIT $2 OFFSET $3"
        ))
        .bind(state.map(|state| state.as_str().to_owned()))
        .bind(leaf.limit())
        .bind(leaf.offset())
        .all(|row| {
            Ok(NoticeRow {
                id: row.get("id")?,
                provider: row.parse("provider")?,
                event_id: row.get("event_id")?,
                state: row.parse("state")?,
                tries: u32::try_from(row.get::<i64>("tries")?).unwrap_or_default(),
                problem: row.get("problem")?,
                received_at: Moment::from_millis(row.get("received_at")?),
                due_at: row.get::<Option<i64>>("due_at")?.map(Moment::from_millis),
            })
        })
        .await?;
    Ok(rows)
}

pub async fn count_notices(conn: &mut Conn) -> Result<Vec<(NoticeState, u64)>> {
    let counts = conn
        .query(sql!("SELECT state, COUNT(*) AS n FROM webhook_inbox GROUP BY state ORDER BY state"))
        .all(|row| Ok((row.parse("state")?, u64::try_from(row.get::<i64>("n")?).unwrap_or_default())))
        .await?;
    Ok(counts)
}

/// How far a notification has come; kept from changing until the transaction ends.
pub async fn lock_notice(tx: &mut Tx, id: &str) -> Result<Option<NoticeState>> {
    let state = tx
        .query(sql!(
            sqlite: "SELECT state FROM webhook_inbox WHERE id = $1",
            postgres: "SELECT state FROM webhook_inbox WHERE id = $1 FOR UPDATE"
        ))
        .bind(id)
        .optional(|row| row.parse("state"))
        .await?;
    Ok(state)
}

pub async fn receive_again(tx: &mut Tx, id: &str, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE webhook_inbox SET state = 'received', tries = 0, due_at = $2 WHERE id = $1"))
        .bind(id)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}
