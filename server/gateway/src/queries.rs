//! Every statement of the gateway.

use store::{Conn, Result, Row, Tx, sql};

use crate::agreements::Agreement;
use crate::deliver::Claimed;
use crate::disputes::Dispute;
use crate::events::Event;
use crate::payments::Payment;
use crate::payouts::Payout;
use crate::refunds::Refund;

// payments

fn payment_of(row: &Row) -> Result<Payment> {
    Ok(Payment {
        id: row.get("id")?,
        dialect: row.parse("dialect")?,
        reference: row.get("reference")?,
        description: row.get("description")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        status: row.parse("status")?,
        captured: row.get("captured")?,
        captured_currency: row.get("captured_currency")?,
        refunded: row.get("refunded")?,
        remember: row.get("remember")?,
        agreement: row.get("agreement")?,
        extra: serde_json::from_str(&row.get::<String>("extra")?).unwrap_or_default(),
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
        "INSERT INTO payments (id, dialect, reference, description, amount, currency, status, remember, agreement, extra,
                               return_url, notify_url, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10, $11, $12, $13)"
    ))
    .bind(&payment.id)
    .bind(payment.dialect.word())
    .bind(&payment.reference)
    .bind(&payment.description)
    .bind(payment.amount)
    .bind(&payment.currency)
    .bind(payment.remember)
    .bind(payment.agreement.as_deref())
    .bind(payment.extra.to_string())
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

/// The newest first, of one dialect.
pub(crate) async fn payments(conn: &mut Conn, dialect: &str, reference: Option<&str>, limit: i64) -> Result<Vec<Payment>> {
    conn.query(sql!(
        "SELECT * FROM payments
          WHERE dialect = $1 AND (CAST($2 AS TEXT) IS NULL OR reference = $2) ORDER BY created_at DESC, id DESC LIMIT $3"
    ))
    .bind(dialect)
    .bind(reference)
    .bind(limit)
    .all(payment_of)
    .await
}

/// Open and not too late → succeeded.
pub(crate) async fn pay(tx: &mut Tx, id: &str, captured: i64, currency: Option<&str>, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET status = 'succeeded', captured = $2, captured_currency = $3, paid_at = $4, failure = NULL, challenge = 0
              WHERE id = $1 AND status = 'open' AND expires_at > $4"
        ))
        .bind(id)
        .bind(captured)
        .bind(currency)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Open → failed, for good.
pub(crate) async fn fail(tx: &mut Tx, id: &str, failure: &str) -> Result<u64> {
    tx.query(sql!("UPDATE payments SET status = 'failed', failure = $2, tries = tries + 1 WHERE id = $1 AND status = 'open'"))
        .bind(id)
        .bind(failure)
        .execute()
        .await
}

/// What a dialect needs to say again from now on.
pub(crate) async fn note_extra(tx: &mut Tx, id: &str, extra: &serde_json::Value) -> Result<u64> {
    tx.query(sql!("UPDATE payments SET extra = $2 WHERE id = $1")).bind(id).bind(extra.to_string()).execute().await
}

pub(crate) async fn note_agreement(tx: &mut Tx, id: &str, agreement: &str) -> Result<u64> {
    tx.query(sql!("UPDATE payments SET agreement = $2 WHERE id = $1")).bind(id).bind(agreement).execute().await
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

/// Processing (or closed, where a fault wants it) → what was chosen before, once it is due.
pub(crate) async fn settle(tx: &mut Tx, id: &str, captured: i64, currency: Option<&str>, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments
                SET status = CASE WHEN outcome = 'succeed' THEN 'succeeded' ELSE 'failed' END,
                    captured = CASE WHEN outcome = 'succeed' THEN $2 ELSE 0 END,
                    captured_currency = $3,
                    paid_at = CASE WHEN outcome = 'succeed' THEN $4 ELSE NULL END,
                    failure = CASE WHEN outcome = 'succeed' THEN NULL ELSE 'bank_refused' END,
                    outcome_at = NULL
              WHERE id = $1 AND status IN ('processing', 'canceled') AND outcome_at <= $4"
        ))
        .bind(id)
        .bind(captured)
        .bind(currency)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Open → canceled; paid all the same at `anyway`, where a fault wants it.
pub(crate) async fn cancel(tx: &mut Tx, id: &str, anyway: Option<i64>) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payments SET status = 'canceled', challenge = 0, outcome_at = $2,
                    outcome = CASE WHEN CAST($2 AS BIGINT) IS NULL THEN NULL ELSE 'succeed' END
              WHERE id = $1 AND status = 'open'"
        ))
        .bind(id)
        .bind(anyway)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn payments_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM payments WHERE outcome_at IS NOT NULL AND outcome_at <= $1 LIMIT 100"))
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
              WHERE id = $1 AND status = 'succeeded' AND $2 <= captured - refunded"
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

/// The refund with the shop's own number, of one dialect.
pub(crate) async fn refund_by_reference(conn: &mut Conn, dialect: &str, reference: &str) -> Result<Option<Refund>> {
    conn.query(sql!(
        "SELECT refunds.* FROM refunds JOIN payments ON payments.id = refunds.payment_id
          WHERE payments.dialect = $1 AND refunds.reference = $2"
    ))
    .bind(dialect)
    .bind(reference)
    .optional(refund_of)
    .await
}

/// Pending (or succeeded, where a fault wants it) → what was chosen when it was asked for, once it is due.
pub(crate) async fn settle_refund(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE refunds SET status = CASE WHEN outcome = 'succeed' THEN 'succeeded' ELSE 'failed' END, outcome_at = NULL
              WHERE id = $1 AND outcome_at IS NOT NULL AND outcome_at <= $2"
        ))
        .bind(id)
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn refunds_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM refunds WHERE outcome_at IS NOT NULL AND outcome_at <= $1 LIMIT 100"))
        .bind(now)
        .all(|row| row.get("id"))
        .await
}

// agreements

fn agreement_of(row: &Row) -> Result<Agreement> {
    Ok(Agreement {
        id: row.get("id")?,
        payment_id: row.get("payment_id")?,
        card: row.get("card")?,
        active: row.get::<String>("status")? == "active",
        created_at: row.get("created_at")?,
    })
}

pub(crate) async fn add_agreement(tx: &mut Tx, agreement: &Agreement) -> Result<u64> {
    tx.query(sql!("INSERT INTO agreements (id, payment_id, card, status, created_at) VALUES ($1, $2, $3, 'active', $4)"))
        .bind(&agreement.id)
        .bind(&agreement.payment_id)
        .bind(&agreement.card)
        .bind(agreement.created_at)
        .execute()
        .await
}

pub(crate) async fn agreement(conn: &mut Conn, id: &str) -> Result<Option<Agreement>> {
    conn.query(sql!("SELECT * FROM agreements WHERE id = $1")).bind(id).optional(agreement_of).await
}

pub(crate) async fn revoke_agreement(tx: &mut Tx, id: &str) -> Result<bool> {
    let changed =
        tx.query(sql!("UPDATE agreements SET status = 'revoked' WHERE id = $1 AND status = 'active'")).bind(id).execute().await?;
    Ok(changed == 1)
}

pub(crate) async fn set_card(tx: &mut Tx, id: &str, card: &str) -> Result<u64> {
    tx.query(sql!("UPDATE agreements SET card = $2 WHERE id = $1")).bind(id).bind(card).execute().await
}

// disputes

fn dispute_of(row: &Row) -> Result<Dispute> {
    let outcome: Option<String> = row.get("outcome")?;
    Ok(Dispute {
        id: row.get("id")?,
        payment_id: row.get("payment_id")?,
        reference: row.get("reference")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        status: row.parse("status")?,
        outcome: outcome.zip(row.get("outcome_at")?),
        created_at: row.get("created_at")?,
    })
}

pub(crate) async fn add_dispute(tx: &mut Tx, dispute: &Dispute) -> Result<u64> {
    tx.query(sql!(
        "INSERT INTO disputes (id, payment_id, reference, amount, currency, status, outcome, outcome_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    ))
    .bind(&dispute.id)
    .bind(&dispute.payment_id)
    .bind(&dispute.reference)
    .bind(dispute.amount)
    .bind(&dispute.currency)
    .bind(dispute.status.word())
    .bind(dispute.outcome.as_ref().map(|(outcome, _)| outcome.clone()))
    .bind(dispute.outcome.as_ref().map(|(_, at)| *at))
    .bind(dispute.created_at)
    .execute()
    .await
}

pub(crate) async fn dispute(conn: &mut Conn, id: &str) -> Result<Option<Dispute>> {
    conn.query(sql!("SELECT * FROM disputes WHERE id = $1")).bind(id).optional(dispute_of).await
}

/// Opened → decided.
pub(crate) async fn decide_dispute(tx: &mut Tx, id: &str, status: &str) -> Result<bool> {
    let changed = tx
        .query(sql!("UPDATE disputes SET status = $2, outcome_at = NULL WHERE id = $1 AND status = 'opened'"))
        .bind(id)
        .bind(status)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn disputes_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<Dispute>> {
    conn.query(sql!("SELECT * FROM disputes WHERE outcome_at IS NOT NULL AND outcome_at <= $1 LIMIT 100"))
        .bind(now)
        .all(dispute_of)
        .await
}

// payouts

fn payout_of(row: &Row) -> Result<Payout> {
    let outcome: Option<String> = row.get("outcome")?;
    Ok(Payout {
        id: row.get("id")?,
        reference: row.get("reference")?,
        account: row.get("account")?,
        amount: row.get("amount")?,
        currency: row.get("currency")?,
        status: row.parse("status")?,
        outcome: outcome.zip(row.get("outcome_at")?),
        notify_url: row.get("notify_url")?,
        created_at: row.get("created_at")?,
    })
}

pub(crate) async fn add_payout(tx: &mut Tx, payout: &Payout) -> Result<u64> {
    tx.query(sql!(
        "INSERT INTO payouts (id, reference, account, amount, currency, status, outcome, outcome_at, notify_url, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    ))
    .bind(&payout.id)
    .bind(&payout.reference)
    .bind(&payout.account)
    .bind(payout.amount)
    .bind(&payout.currency)
    .bind(payout.status.word())
    .bind(payout.outcome.as_ref().map(|(outcome, _)| outcome.clone()))
    .bind(payout.outcome.as_ref().map(|(_, at)| *at))
    .bind(payout.notify_url.as_deref())
    .bind(payout.created_at)
    .execute()
    .await
}

pub(crate) async fn payout(conn: &mut Conn, id: &str) -> Result<Option<Payout>> {
    conn.query(sql!("SELECT * FROM payouts WHERE id = $1")).bind(id).optional(payout_of).await
}

/// One step on its way, with the next one if there is one.
pub(crate) async fn settle_payout(
    tx: &mut Tx,
    id: &str,
    from: &str,
    to: &str,
    next: Option<&(String, i64)>,
    now: i64,
) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE payouts SET status = $3, outcome = $4, outcome_at = $5 WHERE id = $1 AND status = $2 AND outcome_at <= $6"
        ))
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(next.map(|(outcome, _)| outcome.clone()))
        .bind(next.map(|(_, at)| *at))
        .bind(now)
        .execute()
        .await?;
    Ok(changed == 1)
}

pub(crate) async fn payouts_with_an_outcome(conn: &mut Conn, now: i64) -> Result<Vec<String>> {
    conn.query(sql!("SELECT id FROM payouts WHERE outcome_at IS NOT NULL AND outcome_at <= $1 LIMIT 100"))
        .bind(now)
        .all(|row| row.get("id"))
        .await
}

// movements

/// One line of the gateway's books.
pub(crate) struct Movement {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) payment_id: Option<String>,
    /// The refund, dispute or payout.
    pub(crate) about: Option<String>,
    pub(crate) reference: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) moved_at: i64,
}

pub(crate) async fn book(tx: &mut Tx, movement: &Movement) -> Result<u64> {
    tx.query(sql!(
        "INSERT INTO movements (id, kind, payment_id, about, reference, amount, currency, moved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    ))
    .bind(&movement.id)
    .bind(&movement.kind)
    .bind(movement.payment_id.as_deref())
    .bind(movement.about.as_deref())
    .bind(&movement.reference)
    .bind(movement.amount)
    .bind(&movement.currency)
    .bind(movement.moved_at)
    .execute()
    .await
}

/// The books, oldest line first, each with whose payment it is about.
pub(crate) async fn movements(conn: &mut Conn) -> Result<Vec<(Movement, String)>> {
    conn.query(sql!(
        "SELECT movements.*, COALESCE(payments.dialect, 'sandbox') AS dialect
           FROM movements LEFT JOIN payments ON payments.id = movements.payment_id
          ORDER BY movements.moved_at, movements.id"
    ))
    .all(|row| {
        let movement = Movement {
            id: row.get("id")?,
            kind: row.get("kind")?,
            payment_id: row.get("payment_id")?,
            about: row.get("about")?,
            reference: row.get("reference")?,
            amount: row.get("amount")?,
            currency: row.get("currency")?,
            moved_at: row.get("moved_at")?,
        };
        Ok((movement, row.get("dialect")?))
    })
    .await
}

// events and their deliveries

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

pub(crate) async fn add_event(tx: &mut Tx, event: &Event, now: i64) -> Result<u64> {
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
    .execute()
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
