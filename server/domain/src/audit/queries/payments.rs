//! What holds of money that came, and of money that went back.

use store::{Sql, sql};

/// A paid order has exactly its money, from its provider and from its wallet; money that paid nothing is going back; what payers'
/// banks withhold is what is disputed.
pub const PAID: Sql = sql!(
    "SELECT 'order ' || o.id AS offending
       FROM orders o LEFT JOIN attempts a ON a.id = o.paid_attempt_id
      WHERE (o.state = 'paid' AND o.due > 0
             AND (a.id IS NULL OR a.state <> 'succeeded' OR a.captured <> o.due OR a.captured_currency <> o.currency))
         OR (o.state = 'paid' AND o.due = 0 AND o.paid_attempt_id IS NOT NULL)
         OR (o.state <> 'paid' AND o.paid_attempt_id IS NOT NULL)
     UNION ALL
     SELECT 'attempt ' || a.id FROM attempts a
      WHERE a.state = 'succeeded' AND a.captured > 0
        AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.paid_attempt_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.attempt_id = a.id AND r.cause NOT IN ('staff', 'learner') AND r.amount = a.captured
                           AND r.state NOT IN ('failed', 'canceled'))
     UNION ALL
     SELECT 'captured for order ' || o.id
       FROM orders o
      WHERE o.state = 'paid'
        AND (o.due <> (SELECT COALESCE(SUM(t.amount), 0) FROM transfers t
                        WHERE t.order_id = o.id AND t.attempt_id = o.paid_attempt_id AND t.kind IN ('capture', 'topup') AND t.phase = 'single')
          OR o.gift_part + o.cash_part <> (SELECT COALESCE(SUM(t.amount), 0) FROM transfers t
                        WHERE t.order_id = o.id AND t.kind = 'wallet_part' AND t.phase IN ('single', 'post')))
     UNION ALL
     SELECT 'withheld in ' || b.currency FROM balances b
      WHERE b.account = 'dispute_hold' AND b.debits_posted - b.credits_posted
            <> (SELECT COALESCE(SUM(d.amount), 0) FROM disputes d WHERE d.state = 'open' AND d.currency = b.currency)
     UNION ALL
     SELECT 'dispute of order ' || o.id FROM orders o
      WHERE o.dispute_state <> CASE
            WHEN EXISTS (SELECT 1 FROM disputes d WHERE d.attempt_id = o.paid_attempt_id AND d.state = 'lost') THEN 'lost'
            WHEN EXISTS (SELECT 1 FROM disputes d WHERE d.attempt_id = o.paid_attempt_id AND d.state = 'open') THEN 'open'
            WHEN EXISTS (SELECT 1 FROM disputes d WHERE d.attempt_id = o.paid_attempt_id AND d.state = 'won') THEN 'won'
            ELSE 'none' END"
);

/// A notification changed something at most once: an attempt succeeded once and its money is booked once, and what a refund
/// reserved was posted or voided once, and what it posted came back at most once.
pub const ONCE: Sql = sql!(
    "SELECT 'event ' || event_id AS offending FROM attempt_facts
      WHERE event_id IS NOT NULL AND applied GROUP BY attempt_id, event_id HAVING COUNT(*) > 1
     UNION ALL
     SELECT 'success of attempt ' || attempt_id FROM attempt_facts
      WHERE fact = 'succeeded' AND applied GROUP BY attempt_id HAVING COUNT(*) > 1
     UNION ALL
     SELECT 'money of attempt ' || a.id
       FROM attempts a LEFT JOIN transfers t ON t.attempt_id = a.id AND t.refund_id IS NULL AND t.phase = 'single'
                                            AND t.kind IN ('capture', 'topup', 'stray')
      GROUP BY a.id, a.captured HAVING COALESCE(SUM(t.amount), 0) <> a.captured
     UNION ALL
     SELECT 'refund ' || t.refund_id FROM transfers t
      WHERE t.refund_id IS NOT NULL AND t.kind <> 'paid_by_hand'
      GROUP BY t.refund_id
     HAVING COUNT(*) FILTER (WHERE t.phase IN ('post', 'void')) > COUNT(*) FILTER (WHERE t.phase = 'pending')
         OR COUNT(*) FILTER (WHERE t.phase = 'single') > COUNT(*) FILTER (WHERE t.phase = 'post')"
);

/// What was sent to a provider was written down with its key before.
pub const KEYED: Sql = sql!(
    "SELECT 'attempt ' || a.id AS offending FROM attempts a
      WHERE a.state <> 'created' AND NOT EXISTS (SELECT 1 FROM provider_calls c WHERE c.key = a.id)
     UNION ALL
     SELECT 'refund ' || r.id FROM refunds r
      WHERE r.due > 0 AND r.state NOT IN ('requested', 'approved', 'canceled')
        AND NOT EXISTS (SELECT 1 FROM provider_calls c WHERE c.key = r.id)
     UNION ALL
     SELECT 'payout ' || p.id FROM payouts p
      WHERE p.provider IS NOT NULL AND NOT EXISTS (SELECT 1 FROM provider_calls c WHERE c.key = p.id)"
);

/// No more goes back than came.
pub const REFUNDED: Sql = sql!(
    "SELECT 'attempt ' || a.id AS offending
       FROM attempts a LEFT JOIN refunds r ON r.attempt_id = a.id AND r.state NOT IN ('failed', 'canceled')
      GROUP BY a.id, a.captured, a.refund_reserved
     HAVING COALESCE(SUM(r.due), 0) <> a.refund_reserved OR a.refund_reserved > a.captured
     UNION ALL
     SELECT 'order ' || o.id
       FROM orders o LEFT JOIN refunds r ON r.order_id = o.id AND r.cause IN ('staff', 'learner') AND r.state = 'succeeded'
      GROUP BY o.id, o.refunded, o.total, o.refund_state
     HAVING COALESCE(SUM(r.amount), 0) <> o.refunded
         OR o.refund_state <> CASE WHEN o.refunded = 0 THEN 'none' WHEN o.refunded = o.total THEN 'full' ELSE 'partial' END
     UNION ALL
     SELECT 'line ' || l.id
       FROM order_lines l JOIN refund_lines p ON p.line_id = l.id JOIN refunds r ON r.id = p.refund_id AND r.state NOT IN ('failed', 'canceled')
      GROUP BY l.id, l.net, l.tax, l.share, l.gift_part, l.cash_part
     HAVING SUM(p.amount) > l.net + l.tax OR SUM(p.tax) > l.tax OR SUM(p.clawback) > l.share
         OR SUM(p.gift) > l.gift_part OR SUM(p.cash) > l.cash_part
     UNION ALL
     SELECT 'refund ' || r.id
       FROM refunds r LEFT JOIN refund_lines p ON p.refund_id = r.id
      WHERE r.cause IN ('staff', 'learner')
      GROUP BY r.id, r.amount, r.tax, r.clawback, r.cash, r.gift, r.destination
     HAVING COALESCE(SUM(p.amount), 0) <> r.amount OR COALESCE(SUM(p.tax), 0) <> r.tax OR COALESCE(SUM(p.clawback), 0) <> r.clawback
         OR COALESCE(SUM(p.gift), 0) <> r.gift
         OR COALESCE(SUM(CASE WHEN r.destination = 'wallet' THEN p.amount - p.gift ELSE p.cash END), 0) <> r.cash"
);
