//! What stands against an account's going.

use crate::Result;
use model::ids::AccountId;
use model::privacy::Obstacle;
use store::{Conn, sql};

/// Everything but the wallet, in the order in which it is best settled.
pub async fn obstacles(conn: &mut Conn, account: &AccountId) -> Result<Vec<Obstacle>> {
    let found = conn
        .query(sql!(
            "SELECT
                (EXISTS (SELECT 1 FROM courses WHERE instructor_id = $1 AND state = 'listed')
                 OR EXISTS (SELECT 1 FROM bundles WHERE instructor_id = $1 AND state = 'listed')) AS on_sale,
                EXISTS (SELECT 1 FROM subscriptions WHERE account_id = $1
                           AND state NOT IN ('ended', 'incomplete_expired') AND NOT cancels) AS membership,
                (EXISTS (SELECT 1 FROM share_holds WHERE account_id = $1 AND due_at IS NOT NULL)
                 OR EXISTS (SELECT 1 FROM balances b JOIN ledger_accounts a ON a.id = b.account AND a.currency = b.currency
                             WHERE a.owner_id = $1 AND a.kind IN ('instr_pending', 'instr_payable')
                               AND (b.credits_posted <> b.debits_posted OR b.credits_pending <> 0 OR b.debits_pending <> 0))
                 OR EXISTS (SELECT 1 FROM affiliate_shares WHERE affiliate_id = $1 AND state = 'held')) AS earnings,
                EXISTS (SELECT 1 FROM payouts WHERE account_id = $1
                           AND state IN ('draft', 'approved', 'submitting', 'in_transit', 'unknown')) AS payout,
                EXISTS (SELECT 1 FROM orders WHERE account_id = $1 AND state = 'awaiting_payment') AS waiting,
                EXISTS (SELECT 1 FROM refunds r JOIN orders o ON o.id = r.order_id WHERE o.account_id = $1
                           AND r.state IN ('requested', 'approved', 'submitting', 'pending', 'unknown', 'needs_attention')) AS refund,
                EXISTS (SELECT 1 FROM orders WHERE account_id = $1 AND dispute_state = 'open') AS dispute,
                EXISTS (SELECT 1 FROM invoices WHERE account_id = $1
                           AND state IN ('requested', 'issuing', 'red_requested')) AS invoice,
                (EXISTS (SELECT 1 FROM account_roles WHERE account_id = $1 AND role = 'admin')
                 AND NOT EXISTS (SELECT 1 FROM account_roles r JOIN accounts a ON a.id = r.account_id
                                  WHERE r.role = 'admin' AND r.account_id <> $1 AND a.suspended_at IS NULL)) AS last_admin"
        ))
        .bind(account.as_str())
        .one(|row| {
            let stands = [
                ("on_sale", Obstacle::OnSale),
                ("membership", Obstacle::Membership),
                ("earnings", Obstacle::Earnings),
                ("payout", Obstacle::Payout),
                ("waiting", Obstacle::Order),
                ("refund", Obstacle::Refund),
                ("dispute", Obstacle::Dispute),
                ("invoice", Obstacle::Invoice),
                ("last_admin", Obstacle::LastAdmin),
            ];
            let mut found = Vec::new();
            for (column, obstacle) in stands {
                if row.get::<bool>(column)? {
                    found.push(obstacle);
                }
            }
            Ok(found)
        })
        .await?;
    Ok(found)
}

pub async fn reviews(conn: &mut Conn, account: &AccountId) -> Result<u32> {
    let count = conn
        .query(sql!("SELECT COUNT(*) AS count FROM reviews WHERE account_id = $1"))
        .bind(account.as_str())
        .one(|row| row.get::<i64>("count"))
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
