//! What holds of seats and codes.

use store::{Sql, sql};

/// No more seats are assigned than were bought, and every code was claimed once: what it holds was given exactly then.
pub const SEATED: Sql = sql!(
    "SELECT 'seats of ' || p.id AS offending FROM seat_pools p LEFT JOIN seats s ON s.pool_id = p.id AND s.counted
      GROUP BY p.id, p.assigned, p.purchased, p.earned
     HAVING COUNT(s.id) <> p.assigned OR p.assigned > p.purchased OR p.earned > p.purchased OR p.earned < p.assigned
     UNION ALL
     SELECT 'seat ' || s.id FROM seats s JOIN seat_pools p ON p.id = s.pool_id
      WHERE (s.state = 'claimed' AND p.state = 'live') <>
            EXISTS (SELECT 1 FROM grants g WHERE g.source = 'seat' AND g.source_id = s.id AND g.state IN ('active', 'suspended')
                       AND g.account_id = s.account_id AND g.course_id = p.course_id)
     UNION ALL
     SELECT 'right ' || g.id FROM grants g
      WHERE (g.source = 'seat' AND g.state = 'active' AND NOT EXISTS (SELECT 1 FROM seats s WHERE s.id = g.source_id AND s.state = 'claimed'))
         OR (g.source = 'gift' AND g.state = 'active' AND NOT EXISTS (SELECT 1 FROM vouchers v WHERE v.id = g.source_id AND v.state = 'claimed'))
     UNION ALL
     SELECT 'code ' || v.id FROM vouchers v
      WHERE v.course_id IS NOT NULL AND (v.state = 'claimed') <>
            ((SELECT COUNT(*) FROM grants g WHERE g.source = 'gift' AND g.source_id = v.id AND g.account_id = v.claimed_by) = 1)
     UNION ALL
     SELECT 'balance of ' || v.id FROM vouchers v
      WHERE v.kind = 'balance' AND (SELECT COALESCE(SUM(t.amount), 0) FROM transfers t WHERE t.about = 'voucher:' || v.id)
            <> CASE WHEN v.state = 'claimed' THEN v.amount ELSE 0 END
     UNION ALL
     SELECT 'code without its line ' || v.id FROM vouchers v WHERE v.kind = 'gift' AND (v.state = 'unpaid') <> (v.line_id IS NULL)"
);

/// What was paid for gifts and seats and is not earned yet waits on their lines: all of it until a gift is claimed or expires, a
/// seat's part until it is given for the first time, and, once they are taken back, what did not go back yet.
pub const WAITING: Sql = sql!(
    "WITH back AS (
        SELECT p.line_id, CAST(SUM(p.amount - p.tax) AS BIGINT) AS amount
          FROM refund_lines p JOIN refunds r ON r.id = p.refund_id WHERE r.state = 'succeeded' GROUP BY p.line_id
     ), lost AS (
        SELECT l.id AS line_id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.dispute_state = 'lost'
     ), waiting AS (
        SELECT 'money of ' || v.id AS name, v.line_id, v.currency,
               CASE WHEN v.state = 'issued' THEN v.amount
                    WHEN v.state = 'revoked' AND NOT EXISTS (SELECT 1 FROM lost WHERE lost.line_id = v.line_id)
                    THEN v.amount - COALESCE((SELECT back.amount FROM back WHERE back.line_id = v.line_id), 0)
                    ELSE 0 END AS amount
          FROM vouchers v WHERE v.kind = 'gift' AND v.state <> 'unpaid'
        UNION ALL
        SELECT 'money of seats ' || p.id, p.line_id, p.currency,
               CASE WHEN EXISTS (SELECT 1 FROM lost WHERE lost.line_id = p.line_id) THEN 0
                    ELSE p.amount - (2 * p.amount * p.earned + p.purchased) / (2 * p.purchased)
                         - COALESCE((SELECT back.amount FROM back WHERE back.line_id = p.line_id), 0) END
          FROM seat_pools p
     )
     SELECT w.name AS offending
       FROM waiting w LEFT JOIN balances b ON b.account = 'deferred:' || w.line_id AND b.currency = w.currency
      WHERE COALESCE(b.credits_posted - b.debits_posted, 0) <> w.amount"
);
