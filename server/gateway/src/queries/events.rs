//! Events and their deliveries.

use store::{Conn, Result, Row, Tx, sql};

use crate::deliver::Claimed;
use crate::events::Event;

fn event_of(row: &Row) -> Result<Event> {
    Ok(Event {
        id: row.get("id")?,
        kind: row.get("kind")?,
        dialect: row.parse("dialect")?,
        payment_id: row.get("payment_id")?,
        body: row.get("body")?,
        notify_url: row.get("notify_url")?,
    })
}

pub(crate) async fn add_event(tx: &mut Tx, event: &Event, now: i64) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO events (id, kind, dialect, payment_id, body, notify_url, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(&event.id)
    .bind(&event.kind)
    .bind(event.dialect.word())
    .bind(event.payment_id.as_deref())
    .bind(&event.body)
    .bind(event.notify_url.as_deref())
    .bind(now)
    .write()
    .await
}

pub(crate) async fn event(conn: &mut Conn, id: &str) -> Result<Option<Event>> {
    conn.query(sql!("SELECT * FROM events WHERE id = $1")).bind(id).optional(event_of).await
}

/// Events in order, after one of them if it is named, of one payment if it is named.
pub(crate) async fn events(conn: &mut Conn, payment_id: Option<&str>, after: Option<&str>, limit: i64) -> Result<Vec<Event>> {
    conn.query(sql!(
        "SELECT *
           FROM events
          WHERE (CAST($1 AS TEXT) IS NULL OR payment_id = $1)
            AND (CAST($2 AS TEXT) IS NULL
                 OR (created_at, id) > (SELECT last.created_at, last.id FROM events AS last WHERE last.id = $2))
          ORDER BY created_at, id
          LIMIT $3"
    ))
    .bind(payment_id)
    .bind(after)
    .bind(limit)
    .all(event_of)
    .await
}

/// Whether a notification is due and was never tried.
pub(crate) async fn is_anything_unsent(conn: &mut Conn, now: i64) -> Result<bool> {
    conn.query(sql!("SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'waiting' AND tries = 0 AND due_at <= $1) AS unsent"))
        .bind(now)
        .one(|row| row.get("unsent"))
        .await
}

pub(crate) async fn add_delivery(tx: &mut Tx, event_id: &str, due_at: i64, spoiled: Option<&str>) -> Result<()> {
    tx.query(sql!("INSERT INTO deliveries (id, event_id, state, due_at, spoiled) VALUES ($1, $2, 'waiting', $3, $4)"))
        .bind(crate::gateway::new_id("dlv"))
        .bind(event_id)
        .bind(due_at)
        .bind(spoiled)
        .write()
        .await
}

pub(crate) async fn is_delivery_due(conn: &mut Conn, now: i64) -> Result<bool> {
    conn.query(sql!("SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'waiting' AND due_at <= $1) AS due"))
        .bind(now)
        .one(|row| row.get("due"))
        .await
}

/// Takes up to `limit` deliveries that have been due longest and moves them out of reach of others until `retry_at`.
pub(crate) async fn claim_deliveries(tx: &mut Tx, now: i64, retry_at: i64, limit: i64) -> Result<Vec<Claimed>> {
    let mut claimed = tx
        .query(sql!(
            sqlite: "UPDATE deliveries SET due_at = $2, tries = tries + 1
                      WHERE id IN (SELECT id FROM deliveries WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT $3)
                      RETURNING id, event_id, tries, spoiled",
            postgres: "WITH taken AS MATERIALIZED (SELECT id FROM deliveries WHERE state = 'waiting' AND due_at <= $1
                                                    ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
                       UPDATE deliveries d SET due_at = $2, tries = d.tries + 1 FROM taken WHERE d.id = taken.id
                    RETURNING d.id, d.event_id, d.tries, d.spoiled",
        ))
        .bind(now)
        .bind(retry_at)
        .bind(limit)
        .all(|row| {
            Ok(Claimed {
                id: row.get("id")?,
                event_id: row.get("event_id")?,
                tries: row.get("tries")?,
                spoiled: row.get("spoiled")?,
            })
        })
        .await?;
    // what an UPDATE answers is in no order; ids are in the order in which they were made
    claimed.sort_unstable_by(|one: &Claimed, other| one.id.cmp(&other.id));
    Ok(claimed)
}

/// What became of a try.
pub(crate) async fn answered(tx: &mut Tx, id: &str, state: &str, answer: i64, due_at: i64) -> Result<u64> {
    tx.query(sql!("UPDATE deliveries SET state = $2, answer = $3, due_at = $4 WHERE id = $1 AND state = 'waiting'"))
        .bind(id)
        .bind(state)
        .bind(answer)
        .bind(due_at)
        .execute()
        .await
}
