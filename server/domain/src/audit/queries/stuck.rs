//! Nothing waits for ever.

use crate::Result;
use model::Moment;
use store::{Conn, Sql, sql};

/// Whatever is under way has a time at which it is looked at again.
pub const UNSTUCK: Sql = sql!(
    "SELECT 'attempt ' || id AS offending FROM attempts
      WHERE state IN ('created', 'submitting', 'pending', 'processing', 'unknown') AND due_at IS NULL
     UNION ALL
     SELECT 'refund ' || id FROM refunds WHERE state IN ('approved', 'submitting', 'pending', 'unknown') AND due_at IS NULL
     UNION ALL
     SELECT 'payout ' || id FROM payouts WHERE provider IS NOT NULL AND state IN ('submitting', 'in_transit') AND due_at IS NULL
     UNION ALL
     SELECT 'order ' || id FROM orders WHERE state = 'awaiting_payment' AND due_at IS NULL
     UNION ALL
     SELECT 'notification ' || event_id FROM webhook_inbox WHERE state IN ('received', 'failed') AND due_at IS NULL OR state = 'dead'"
);

/// Orders that wait for money, and refunds that wait for a provider or for a person, without a change since.
pub async fn waiting_since(conn: &mut Conn, since: Moment) -> Result<Vec<String>> {
    let found = conn
        .query(sql!(
            "SELECT 'order ' || id AS offending FROM orders WHERE state = 'awaiting_payment' AND expires_at < $1
             UNION ALL
             SELECT 'refund ' || id FROM refunds WHERE state NOT IN ('succeeded', 'failed', 'canceled') AND changed_at < $1"
        ))
        .bind(since.millis())
        .all(|row| row.get("offending"))
        .await?;
    Ok(found)
}
