//! What the database says happened: read by the drills, never through the program that is tested.

use store::{Conn, Db, Error, sql};

/// A payment as our books have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    pub attempt: String,
    pub order: String,
    pub order_state: String,
    pub captured: i64,
    pub refunded: i64,
}

/// Every attempt that brought money, with what went back of it.
pub async fn paid(conn: &mut Conn) -> Result<Vec<Paid>, Error> {
    conn.query(sql!(
        "SELECT a.id, a.reference, o.state AS order_state, a.captured,
                CAST(COALESCE((SELECT SUM(r.amount) FROM refunds r WHERE r.attempt_id = a.id AND r.state = 'succeeded'), 0) AS BIGINT) AS refunded
           FROM attempts a JOIN orders o ON o.id = a.reference
          WHERE a.captured > 0 ORDER BY a.id"
    ))
    .all(|row| {
        Ok(Paid {
            attempt: row.get("id")?,
            order: row.get("reference")?,
            order_state: row.get("order_state")?,
            captured: row.get("captured")?,
            refunded: row.get("refunded")?,
        })
    })
    .await
}

/// What the sandbox provider owes us, by our ledger, in every currency together (drills sell in one).
pub async fn owed_by_provider(conn: &mut Conn) -> Result<i64, Error> {
    conn.query(sql!(
        "SELECT CAST(COALESCE(SUM(debits_posted - credits_posted), 0) AS BIGINT) AS owed FROM balances WHERE account = 'psp:sandbox'"
    ))
    .one(|row| row.get("owed"))
    .await
}

/// What is still under way: attempts nobody knows the end of, notifications, refunds.
pub async fn under_way(conn: &mut Conn) -> Result<(i64, i64, i64), Error> {
    conn.query(sql!(
        "SELECT (SELECT COUNT(*) FROM attempts WHERE state IN ('created', 'submitting', 'processing', 'unknown')) AS attempts,
                (SELECT COUNT(*) FROM webhook_inbox WHERE state IN ('received', 'failed')) AS notices,
                (SELECT COUNT(*) FROM refunds WHERE state IN ('approved', 'submitting', 'pending', 'unknown')) AS refunds"
    ))
    .one(|row| Ok((row.get("attempts")?, row.get("notices")?, row.get("refunds")?)))
    .await
}

/// How many orders stand in a state.
pub async fn orders_in(conn: &mut Conn, state: &str) -> Result<i64, Error> {
    conn.query(sql!("SELECT COUNT(*) AS found FROM orders WHERE state = $1")).bind(state).one(|row| row.get("found")).await
}

/// The ids of all orders.
pub async fn orders(conn: &mut Conn) -> Result<Vec<String>, Error> {
    conn.query(sql!("SELECT id FROM orders ORDER BY id")).all(|row| row.get("id")).await
}

/// Kept notifications by their state.
pub async fn notices(conn: &mut Conn) -> Result<Vec<(String, i64)>, Error> {
    conn.query(sql!("SELECT state, COUNT(*) AS found FROM webhook_inbox GROUP BY state ORDER BY state"))
        .all(|row| Ok((row.get("state")?, row.get("found")?)))
        .await
}

/// Receipts, and rights that order lines gave.
pub async fn receipts_and_rights(conn: &mut Conn) -> Result<(i64, i64), Error> {
    conn.query(sql!(
        "SELECT (SELECT COUNT(*) FROM receipts) AS receipts, (SELECT COUNT(*) FROM grants WHERE source = 'order_line') AS rights"
    ))
    .one(|row| Ok((row.get("receipts")?, row.get("rights")?)))
    .await
}

/// Orders whose payment was announced, and letters about that.
pub async fn paid_and_told(conn: &mut Conn) -> Result<(i64, i64), Error> {
    conn.query(sql!(
        "SELECT (SELECT COUNT(DISTINCT subject_id) FROM events WHERE kind = 'order_paid') AS paid,
                (SELECT COUNT(*) FROM letters WHERE cause LIKE '%:order_paid') AS told"
    ))
    .one(|row| Ok((row.get("paid")?, row.get("told")?)))
    .await
}

/// Letters by their state, of addresses that hold `part`.
pub async fn letters_to(conn: &mut Conn, part: &str) -> Result<Vec<(String, i64)>, Error> {
    conn.query(sql!(
        "SELECT state, COUNT(*) AS found FROM letters WHERE address LIKE '%' || $1 || '%' GROUP BY state ORDER BY state"
    ))
    .bind(part)
    .all(|row| Ok((row.get("state")?, row.get("found")?)))
    .await
}

/// A person's wallet: what is in it, and what is set aside of that.
pub async fn wallet(conn: &mut Conn, email: &str) -> Result<(i64, i64), Error> {
    conn.query(sql!(
        "SELECT CAST(COALESCE(SUM(b.credits_posted - b.debits_posted), 0) AS BIGINT) AS held,
                CAST(COALESCE(SUM(b.debits_pending), 0) AS BIGINT) AS aside
           FROM balances b JOIN accounts a ON b.account = 'wallet:' || a.id WHERE a.email = $1"
    ))
    .bind(email)
    .one(|row| Ok((row.get("held")?, row.get("aside")?)))
    .await
}

/// Transactions of the program that have been open for more than a second (Postgres).
pub async fn long_transactions(conn: &mut Conn) -> Result<i64, Error> {
    conn.query(sql!(
        sqlite: "SELECT 0 AS found",
        postgres: "SELECT COUNT(*) AS found FROM pg_stat_activity
                    WHERE application_name = 'lectern' AND datname = current_database() AND pid <> pg_backend_pid()
                      AND state <> 'idle' AND xact_start < clock_timestamp() - INTERVAL '1 second'",
    ))
    .one(|row| row.get("found"))
    .await
}

/// A notification whose body says nothing that anybody could read, as if a bug had let it in.
pub async fn add_poison(db: &Db, id: &str) -> Result<(), Error> {
    db.write(async |tx| {
        tx.query(sql!(
            "INSERT INTO webhook_inbox (id, provider, event_id, body, signature, state, received_at, due_at)
             VALUES ($1, 'sandbox', $1, $2, '', 'received', 0, 0)"
        ))
        .bind(id)
        .bind(b"not a notification".as_slice())
        .execute()
        .await
        .map(drop)
    })
    .await
}

/// An event that a follower cannot read, as if a bug had written it.
pub async fn add_poison_event(db: &Db, id: &str, account: &str) -> Result<(), Error> {
    db.write(async |tx| {
        tx.query(sql!(
            "INSERT INTO events (id, kind, subject_id, account_id, detail, at) SELECT $1, 'order_refunded', 'nothing', a.id, 'not JSON', 0 FROM accounts a WHERE a.email = $2"
        ))
        .bind(id)
        .bind(account)
        .execute()
        .await?;
        tx.wake();
        Ok(())
    })
    .await
}

/// Whether SQLite finds its own file whole.
pub async fn is_whole(conn: &mut Conn) -> Result<bool, Error> {
    let said: Vec<String> = conn
        .query(sql!(sqlite: "SELECT integrity_check AS said FROM pragma_integrity_check", postgres: "SELECT 'ok' AS said"))
        .all(|row| row.get("said"))
        .await?;
    Ok(said == ["ok"])
}

/// The plan that is paid by the month.
pub async fn monthly_plan(conn: &mut Conn) -> Result<String, Error> {
    conn.query(sql!("SELECT id FROM plans WHERE months = 1")).one(|row| row.get("id")).await
}

/// Members of the drill who were reminded, and renewals that were paid.
pub async fn reminded_and_renewed(conn: &mut Conn) -> Result<(i64, i64), Error> {
    conn.query(sql!(
        "SELECT (SELECT COUNT(*) FROM subscription_reminders r JOIN subscriptions s ON s.id = r.subscription_id
                   JOIN accounts a ON a.id = s.account_id WHERE a.email LIKE 'member-%@drill.example') AS reminded,
                (SELECT COUNT(*) FROM subscription_invoices WHERE kind = 'renewal' AND state = 'paid') AS renewed"
    ))
    .one(|row| Ok((row.get("reminded")?, row.get("renewed")?)))
    .await
}

/// Periods that were invoiced more than once.
pub async fn renewed_twice(conn: &mut Conn) -> Result<i64, Error> {
    conn.query(sql!(
        "SELECT COUNT(*) AS found FROM (
            SELECT subscription_id, number FROM subscription_invoices WHERE kind <> 'upgrade' AND state <> 'void'
             GROUP BY subscription_id, number HAVING COUNT(*) > 1
         ) twice"
    ))
    .one(|row| row.get("found"))
    .await
}
