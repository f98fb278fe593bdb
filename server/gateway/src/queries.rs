//! Every statement of the gateway.

use store::{Conn, Result, Row, Tx, sql};

use crate::deliver::Claimed;
use crate::events::Event;
use crate::payments::Payment;
use crate::refunds::Refund;

// payments

fn payment_of(row: &Row) -> Result<Payment> {
    Ok(Payment {
        id: row.get("id")?,
        reference: row.get("reference")?,
        description: row.get("description")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        status: row.parse("status")?,
        refunded: row.get("refunded")?,
        failure: row.get("failure")?,
        challenge: row.get("challenge")?,
        return_url: row.get("return_url")?,
        notify_url: row.get("notify_url")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        paid_at: row.get("paid_at")?,
    })
}

pub(crate) async fn add_payment(tx: &mut Tx, payment: &Payment) -> Result<u64> {
    tx.query(sql!(
        "INSERT INTO payments (id, reference, description, amount, currency, status, return_url, notify_url, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9)"
    ))
    .bind(&payment.id)
    .bind(&payment.reference)
    .bind(&payment.description)
    .bind(payment.amount)
    .bind(&payment.currency)
    .bind(&payment.return_url)
    .bind(payment.notify_url.as_deref())
    .bind(payment.created_at)
    .bind(payment.expires_at)
    .execute()
    .await
}

pub(crate) async fn payment(conn: &mut Conn, id: &str) -> Result<Option<Payment>> {
    conn.query(sql!("SELECT * FROM payments WHERE id = $1")).bind(id).optional(payment_of).await
}

/// The newest first.
pub(crate) async fn payments(conn: &mut Conn, reference: Option<&str>, limit: i64) -> Result<Vec<Payment>> {
    conn.query(sql!(
        "SELECT * FROM payments WHERE CAST($1 AS TEXT) IS NULL OR reference = $1 ORDER BY created_at DESC, id DESC LIMIT $2"
    ))
    .bind(reference)
    .bind(limit)
    .all(payment_of)
    .await
}

/// Open and not too late → succeeded.
pub(crate) async fn pay(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET status = 'succeeded', paid_at = $2, failure = NULL, challenge = 0
              WHERE id = $1 AND status = 'open' AND expires_at > $2"
        ))
        .bind(id)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Open → still open, with the reason why the try was refused.
pub(crate) async fn decline(tx: &mut Tx, id: &str, failure: &str, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET failure = $2, tries = tries + 1, challenge = 0
              WHERE id = $1 AND status = 'open' AND expires_at > $3"
        ))
        .bind(id)
        .bind(failure)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// One step of the bank's confirmation.
pub(crate) async fn step(tx: &mut Tx, id: &str, from: i64, to: i64, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET challenge = $3, failure = NULL
              WHERE id = $1 AND status = 'open' AND challenge = $2 AND expires_at > $4"
        ))
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Open → processing, with the answer that comes later.
pub(crate) async fn process(tx: &mut Tx, id: &str, outcome: &str, outcome_at: i64, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET status = 'processing', outcome = $2, outcome_at = $3, failure = NULL, challenge = 0
              WHERE id = $1 AND status = 'open' AND expires_at > $4"
        ))
        .bind(id)
        .bind(outcome)
        .bind(outcome_at)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Processing → what was chosen when it began, once it is due.
pub(crate) async fn settle(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments
                SET status = CASE WHEN outcome = 'succeed' THEN 'succeeded' ELSE 'failed' END,
                    paid_at = CASE WHEN outcome = 'succeed' THEN $2 ELSE NULL END,
                    failure = CASE WHEN outcome = 'succeed' THEN NULL ELSE 'bank_refused' END
              WHERE id = $1 AND status = 'processing' AND outcome_at <= $2"
        ))
        .bind(id)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Open → canceled.
pub(crate) async fn cancel(tx: &mut Tx, id: &str) -> Result<bool> {
    let changed = tx
        .query(sql!("UPDATE payments SET status = 'canceled', challenge = 0 WHERE id = $1 AND status = 'open'"))
        .bind(id)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn payments_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM payments WHERE status = 'processing' AND outcome_at <= $1 LIMIT 100"))
        .bind(now)
        .all(|row| row.get("id"))
        .await
}

pub(crate) async fn payments_past_expiry(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM payments WHERE status = 'open' AND expires_at <= $1 LIMIT 100"))
        .bind(now)
        .all(|row| row.get("id"))
        .await
}

// refunds

fn refund_of(row: &Row) -> Result<Refund> {
    Ok(Refund {
        id: row.get("id")?,
        payment_id: row.get("payment_id")?,
        reference: row.get("reference")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        reason: row.get("reason")?,
        status: row.parse("status")?,
        created_at: row.get("created_at")?,
    })
}

/// Sets money aside for a refund; `false` where less than that is left of what was captured.
pub(crate) async fn reserve(tx: &mut Tx, payment_id: &str, amount: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET refunded = refunded + $2
              WHERE id = $1 AND status = 'succeeded' AND $2 <= amount - refunded"
        ))
        .bind(payment_id)
        .bind(amount)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Gives back what a refund that failed had set aside.
pub(crate) async fn release(tx: &mut Tx, payment_id: &str, amount: i64) -> Result<u64> {
    tx.query(sql!("UPDATE payments SET refunded = refunded - $2 WHERE id = $1")).bind(payment_id).bind(amount).execute().await
}

pub(crate) async fn add_refund(tx: &mut Tx, refund: &Refund, outcome: Option<&str>, outcome_at: Option<i64>) -> Result<u64> {
    tx.query(sql!(
        "INSERT INTO refunds (id, payment_id, reference, amount, currency, reason, status, outcome, outcome_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    ))
    .bind(&refund.id)
    .bind(&refund.payment_id)
    .bind(&refund.reference)
    .bind(refund.amount)
    .bind(&refund.currency)
    .bind(&refund.reason)
    .bind(refund.status.word())
    .bind(outcome)
    .bind(outcome_at)
    .bind(refund.created_at)
    .execute()
    .await
}

pub(crate) async fn refund(conn: &mut Conn, id: &str) -> Result<Option<Refund>> {
    conn.query(sql!("SELECT * FROM refunds WHERE id = $1")).bind(id).optional(refund_of).await
}

/// Pending → what was chosen when it was asked for, once it is due.
pub(crate) async fn settle_refund(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE refunds SET status = CASE WHEN outcome = 'succeed' THEN 'succeeded' ELSE 'failed' END
              WHERE id = $1 AND status = 'pending' AND outcome_at <= $2"
        ))
        .bind(id)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn refunds_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM refunds WHERE status = 'pending' AND outcome_at <= $1 LIMIT 100"))
        .bind(now)
        .all(|row| row.get("id"))
        .await
}

// movements

/// One line of the gateway's books.
pub(crate) struct Movement {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) payment_id: String,
    pub(crate) refund_id: Option<String>,
    pub(crate) reference: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) moved_at: i64,
}

pub(crate) async fn book(tx: &mut Tx, movement: &Movement) -> Result<u64> {
    tx.query(sql!(
        "INSERT INTO movements (id, kind, payment_id, refund_id, reference, amount, currency, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    ))
    .bind(&movement.id)
    .bind(&movement.kind)
    .bind(&movement.payment_id)
    .bind(movement.refund_id.as_deref())
    .bind(&movement.reference)
    .bind(movement.amount)
    .bind(&movement.currency)
    .bind(movement.moved_at)
    .execute()
    .await
}

/// The books, oldest line first.
pub(crate) async fn movements(conn: &mut Conn) -> Result<Vec<Movement>> {
    conn.query(sql!("SELECT * FROM movements ORDER BY moved_at, id"))
        .all(|row| {
            Ok(Movement {
                id: row.get("id")?,
                kind: row.get("kind")?,
                payment_id: row.get("payment_id")?,
                refund_id: row.get("refund_id")?,
                reference: row.get("reference")?,
                amount: row.get("amount")?,
                currency: row.get("currency")?,
                moved_at: row.get("moved_at")?,
            })
        })
        .await
}

// events and their deliveries

fn event_of(row: &Row) -> Result<Event> {
    Ok(Event { id: row.get("id")?, body: row.get("body")?, notify_url: row.get("notify_url")? })
}

pub(crate) async fn add_event(tx: &mut Tx, event: &Event, kind: &str, payment_id: &str, now: i64) -> Result<u64> {
    tx.query(sql!("INSERT INTO events (id, kind, payment_id, body, notify_url, created_at) VALUES ($1, $2, $3, $4, $5, $6)"))
        .bind(&event.id)
        .bind(kind)
        .bind(payment_id)
        .bind(&event.body)
        .bind(event.notify_url.as_deref())
        .bind(now)
        .execute()
        .await
}

pub(crate) async fn event(conn: &mut Conn, id: &str) -> Result<Option<Event>> {
    conn.query(sql!("SELECT id, body, notify_url FROM events WHERE id = $1")).bind(id).optional(event_of).await
}

/// Events in order, after one of them if it is named, of one payment if it is named.
pub(crate) async fn events(conn: &mut Conn, payment_id: Option<&str>, after: Option<&str>, limit: i64) -> Result<Vec<Event>> {
    conn.query(sql!(
        "SELECT id, body, notify_url
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

pub(crate) async fn add_delivery(tx: &mut Tx, event_id: &str, due_at: i64, spoiled: Option<&str>) -> Result<u64> {
    tx.query(sql!("INSERT INTO deliveries (id, event_id, state, due_at, spoiled) VALUES ($1, $2, 'waiting', $3, $4)"))
        .bind(crate::gateway::new_id("dlv"))
        .bind(event_id)
        .bind(due_at)
        .bind(spoiled)
        .execute()
        .await
}

pub(crate) async fn is_delivery_due(conn: &mut Conn, now: i64) -> Result<bool> {
    conn.query(sql!("SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'waiting' AND due_at <= $1) AS due"))
        .bind(now)
        .one(|row| row.get("due"))
        .await
}

/// Takes the delivery that has been due longest and moves it out of reach of others until `retry_at`.
pub(crate) async fn claim_delivery(tx: &mut Tx, now: i64, retry_at: i64) -> Result<Option<Claimed>> {
    tx.query(sql!(
        sqlite: "UPDATE deliveries SET due_at = $2, tries = tries + 1
                  WHERE id = (SELECT id FROM deliveries WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT 1)
                  RETURNING id, event_id, tries, spoiled",
        postgres: "UPDATE deliveries SET due_at = $2, tries = tries + 1
                  WHERE id = (SELECT id FROM deliveries WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT 1
                                 FOR UPDATE SKIP LOCKED)
                  RETURNING id, event_id, tries, spoiled",
    ))
    .bind(now)
    .bind(retry_at)
    .optional(|row| {
        Ok(Claimed { id: row.get("id")?, event_id: row.get("event_id")?, tries: row.get("tries")?, spoiled: row.get("spoiled")? })
    })
    .await
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

// idempotency keys

/// A request that came before under the same key.
pub(crate) struct Earlier {
    pub(crate) fingerprint: String,
    pub(crate) status: Option<i64>,
    pub(crate) body: Option<String>,
    pub(crate) started_at: i64,
}

/// Takes the key; `false` where it is taken.
pub(crate) async fn begin_request(tx: &mut Tx, route: &str, key: &str, fingerprint: &str, now: i64) -> Result<bool> {
    let added = tx
        .query(sql!("INSERT INTO requests (route, key, fingerprint, started_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"))
        .bind(route)
        .bind(key)
        .bind(fingerprint)
        .bind(now)
        .execute()
        .await?;
    Ok(added == 1)
}

pub(crate) async fn earlier_request(conn: &mut Conn, route: &str, key: &str) -> Result<Option<Earlier>> {
    conn.query(sql!("SELECT fingerprint, status, body, started_at FROM requests WHERE route = $1 AND key = $2"))
        .bind(route)
        .bind(key)
        .optional(|row| {
            Ok(Earlier {
                fingerprint: row.get("fingerprint")?,
                status: row.get("status")?,
                body: row.get("body")?,
                started_at: row.get("started_at")?,
            })
        })
        .await
}

pub(crate) async fn answer_request(tx: &mut Tx, route: &str, key: &str, status: i64, body: &str) -> Result<u64> {
    tx.query(sql!("UPDATE requests SET status = $3, body = $4 WHERE route = $1 AND key = $2"))
        .bind(route)
        .bind(key)
        .bind(status)
        .bind(body)
        .execute()
        .await
}

/// Frees a key whose request came to nothing.
pub(crate) async fn forget_request(tx: &mut Tx, route: &str, key: &str) -> Result<u64> {
    tx.query(sql!("DELETE FROM requests WHERE route = $1 AND key = $2 AND status IS NULL")).bind(route).bind(key).execute().await
}

// knobs

pub(crate) async fn knob(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    conn.query(sql!("SELECT value FROM knobs WHERE name = $1")).bind(name).optional(|row| row.get("value")).await
}

pub(crate) async fn set_knob(tx: &mut Tx, name: &str, value: &str) -> Result<u64> {
    tx.query(sql!("INSERT INTO knobs (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"))
        .bind(name)
        .bind(value)
        .execute()
        .await
}
