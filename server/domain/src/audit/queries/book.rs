//! What holds of the ledger itself.

use crate::Result;
use model::Moment;
use store::{Conn, Sql, sql};

/// Balances are what the transfers make, and as much went out as in.
pub const BALANCED: Sql = sql!(
    "WITH sides AS (
        SELECT debit_account AS account, currency, phase, amount AS debit, 0 AS credit FROM transfers
        UNION ALL
        SELECT credit_account, currency, phase, 0, amount FROM transfers
     ), made AS (
        SELECT account, currency,
               CAST(SUM(CASE WHEN phase IN ('single', 'post') THEN debit ELSE 0 END) AS BIGINT) AS dp,
               CAST(SUM(CASE WHEN phase IN ('single', 'post') THEN credit ELSE 0 END) AS BIGINT) AS cp,
               CAST(SUM(CASE WHEN phase = 'pending' THEN debit WHEN phase IN ('post', 'void') THEN -debit ELSE 0 END) AS BIGINT) AS dr,
               CAST(SUM(CASE WHEN phase = 'pending' THEN credit WHEN phase IN ('post', 'void') THEN -credit ELSE 0 END) AS BIGINT) AS cr
          FROM sides GROUP BY account, currency
     )
     SELECT 'balance of ' || b.account || ' in ' || b.currency AS offending
       FROM balances b LEFT JOIN made m ON m.account = b.account AND m.currency = b.currency
      WHERE b.debits_posted <> COALESCE(m.dp, 0) OR b.credits_posted <> COALESCE(m.cp, 0)
         OR b.debits_pending <> COALESCE(m.dr, 0) OR b.credits_pending <> COALESCE(m.cr, 0)
     UNION ALL
     SELECT 'no balance of ' || m.account || ' in ' || m.currency FROM made m
      WHERE NOT EXISTS (SELECT 1 FROM balances b WHERE b.account = m.account AND b.currency = m.currency)
     UNION ALL
     SELECT 'sum of ' || currency FROM balances GROUP BY currency
     HAVING SUM(debits_posted) <> SUM(credits_posted) OR SUM(debits_pending) <> SUM(credits_pending)"
);

/// Numbers of the chain without gap; the seals are checked beside this.
pub const CHAINED: Sql = sql!(
    "SELECT 'the chain has ' || CAST(COUNT(*) AS TEXT) || ' links and ends at ' || CAST(MAX(seq) AS TEXT) AS offending
       FROM transfers HAVING COUNT(*) > 0 AND COUNT(*) <> MAX(seq)"
);

/// What was reserved is resolved exactly when its refund is over, or its order no longer waits; what is withheld in a wallet, when no
/// bank decides about its order any more. A refund that had failed and is open again has reserved anew: its last reservation counts.
pub const RESOLVED: Sql = sql!(
    "SELECT 'transfer ' || t.id AS offending
       FROM transfers t LEFT JOIN refunds r ON r.id = t.refund_id
      WHERE t.phase = 'pending' AND t.refund_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM transfers s WHERE s.pending_id = t.id)
        AND (r.id IS NULL OR r.state IN ('succeeded', 'failed', 'canceled'))
     UNION ALL
     SELECT 'transfer ' || t.id FROM transfers t JOIN transfers s ON s.pending_id = t.id JOIN refunds r ON r.id = t.refund_id
      WHERE r.state NOT IN ('succeeded', 'failed', 'canceled')
        AND NOT EXISTS (SELECT 1 FROM transfers n WHERE n.refund_id = t.refund_id AND n.phase = 'pending' AND n.seq > t.seq
                           AND n.debit_account = t.debit_account AND n.credit_account = t.credit_account)
     UNION ALL
     SELECT 'transfer ' || t.id
       FROM transfers t LEFT JOIN orders o ON o.id = t.order_id
      WHERE t.phase = 'pending' AND t.kind = 'wallet_part'
        AND (o.id IS NULL OR (o.state = 'awaiting_payment') = EXISTS (SELECT 1 FROM transfers s WHERE s.pending_id = t.id))
     UNION ALL
     SELECT 'transfer ' || t.id
       FROM transfers t JOIN transfers s ON s.pending_id = t.id JOIN orders o ON o.id = t.order_id
      WHERE t.kind = 'wallet_part' AND o.state <> 'awaiting_payment'
        AND s.phase <> CASE WHEN o.state = 'paid' AND NOT EXISTS (SELECT 1 FROM transfers l WHERE l.order_id = o.id
                                 AND l.kind = 'wallet_part' AND l.phase = 'single') THEN 'post' ELSE 'void' END
     UNION ALL
     SELECT 'transfer ' || t.id
       FROM transfers t LEFT JOIN orders o ON o.id = t.order_id
      WHERE t.phase = 'pending' AND t.kind = 'dispute_lost' AND (o.id IS NULL OR o.dispute_state <> 'open')
        AND NOT EXISTS (SELECT 1 FROM transfers s WHERE s.pending_id = t.id)
     UNION ALL
     SELECT 'payout ' || p.id
       FROM payouts p LEFT JOIN transfers t ON t.about = 'payout:' || p.id AND t.kind = 'payout'
      GROUP BY p.id, p.state, p.amount
     HAVING CAST(COALESCE(SUM(CASE WHEN t.phase = 'pending' THEN t.amount WHEN t.phase IN ('post', 'void') THEN -t.amount ELSE 0 END), 0) AS BIGINT)
            <> CASE WHEN p.state IN ('submitting', 'in_transit', 'unknown') THEN p.amount ELSE 0 END"
);

/// What a wallet set aside for an order whose time was over `before`.
pub async fn set_aside_before(conn: &mut Conn, before: Moment) -> Result<Vec<String>> {
    let found = conn
        .query(sql!(
            "SELECT 'transfer ' || t.id AS offending FROM transfers t JOIN orders o ON o.id = t.order_id
              WHERE t.phase = 'pending' AND t.kind = 'wallet_part' AND o.expires_at < $1
                AND NOT EXISTS (SELECT 1 FROM transfers s WHERE s.pending_id = t.id)"
        ))
        .bind(before.millis())
        .all(|row| row.get("offending"))
        .await?;
    Ok(found)
}

/// Nobody's account is below nought (but what is payable, after more was taken back than was left), wallets are guarded by the
/// table itself, and what instructors are shown is what the shares and payouts make.
pub const OWNED: Sql = sql!(
    "SELECT 'balance of ' || b.account AS offending
       FROM balances b JOIN ledger_accounts a ON a.id = b.account AND a.currency = b.currency
      WHERE (a.owner_id IS NOT NULL AND a.kind <> 'instr_payable' AND b.credits_posted - b.debits_posted - b.debits_pending < 0)
         OR ((a.kind IN ('wallet', 'wallet_gift')) AND NOT b.guarded)
     UNION ALL
     SELECT 'waiting shares of ' || a.owner_id
       FROM ledger_accounts a JOIN balances b ON b.account = a.id AND b.currency = a.currency
       LEFT JOIN share_holds h ON h.account_id = a.owner_id AND h.currency = a.currency
      WHERE a.kind = 'instr_pending'
      GROUP BY a.owner_id, a.currency, b.credits_posted, b.debits_posted, b.debits_pending
     HAVING b.credits_posted - b.debits_posted - b.debits_pending <> CAST(COALESCE(SUM(h.amount - h.taken_pending - h.released), 0) AS BIGINT)
     UNION ALL
     SELECT 'payable shares of ' || a.owner_id
       FROM ledger_accounts a JOIN balances b ON b.account = a.id AND b.currency = a.currency
      WHERE a.kind = 'instr_payable'
        AND b.credits_posted - b.debits_posted - b.debits_pending
            <> (SELECT CAST(COALESCE(SUM(h.released - h.taken_payable), 0) AS BIGINT) FROM share_holds h
                 WHERE h.account_id = a.owner_id AND h.currency = a.currency)
             - (SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) FROM payouts p
                 WHERE p.account_id = a.owner_id AND p.currency = a.currency AND p.state IN ('submitting', 'in_transit', 'unknown', 'paid'))"
);
