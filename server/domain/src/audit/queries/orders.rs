//! What holds of orders: their lines, their coupon, and the rights they give.

use store::{Sql, sql};

/// A right from an order line exists exactly where the order is paid, the line not fully refunded and the money not disputed; nor
/// does one from a gift or a seat of disputed money. (Where the bank returned a
/// refund that had succeeded, access stays ended until staff decide.)
pub const ENTITLED: Sql = sql!(
    "WITH back AS (
        SELECT p.line_id, SUM(p.amount) AS amount FROM refund_lines p JOIN refunds r ON r.id = p.refund_id
         WHERE r.state = 'succeeded' GROUP BY p.line_id
     ), over_lines AS (
        SELECT l.id FROM order_lines l JOIN orders o ON o.id = l.order_id LEFT JOIN back b ON b.line_id = l.id
         WHERE o.refund_state = 'full' OR o.dispute_state = 'lost' OR (l.net + l.tax > 0 AND COALESCE(b.amount, 0) >= l.net + l.tax)
     )
     SELECT 'no right from line ' || l.id AS offending
       FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN order_line_parts p ON p.line_id = l.id
      WHERE o.state = 'paid' AND l.kind IN ('course', 'bundle') AND NOT EXISTS (SELECT 1 FROM over_lines v WHERE v.id = l.id)
        AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.source = 'order_line' AND g.source_id = l.id AND g.course_id = p.course_id
                           AND g.account_id = o.account_id AND g.state IN ('active', 'suspended'))
        AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.order_id = o.id AND r.cause IN ('staff', 'learner') AND r.state = 'failed'
                           AND EXISTS (SELECT 1 FROM transfers t WHERE t.refund_id = r.id AND t.phase = 'post'))
     UNION ALL
     SELECT 'right ' || g.id
       FROM grants g LEFT JOIN order_lines l ON l.id = g.source_id LEFT JOIN orders o ON o.id = l.order_id
      WHERE g.source = 'order_line' AND g.state = 'active'
        AND (o.id IS NULL OR o.state <> 'paid' OR o.dispute_state = 'open' OR EXISTS (SELECT 1 FROM over_lines v WHERE v.id = l.id))
     UNION ALL
     SELECT 'right ' || g.id
       FROM grants g JOIN vouchers v ON v.id = g.source_id JOIN order_lines l ON l.id = v.line_id JOIN orders o ON o.id = l.order_id
      WHERE g.source = 'gift' AND g.state = 'active' AND o.dispute_state IN ('open', 'lost')
     UNION ALL
     SELECT 'right ' || g.id
       FROM grants g JOIN seats s ON s.id = g.source_id JOIN seat_pools p ON p.id = s.pool_id
       JOIN order_lines l ON l.id = p.line_id JOIN orders o ON o.id = l.order_id
      WHERE g.source = 'seat' AND g.state = 'active' AND o.dispute_state IN ('open', 'lost')"
);

/// An order is the sum of its lines.
pub const FROZEN: Sql = sql!(
    "SELECT 'order ' || o.id AS offending
       FROM orders o JOIN order_lines l ON l.order_id = o.id
      GROUP BY o.id, o.total, o.currency, o.gift_part, o.cash_part
     HAVING SUM(l.net + l.tax) <> o.total OR SUM(l.list_amount - l.discount) <> o.total OR MIN(l.currency) <> o.currency
         OR MAX(l.currency) <> o.currency OR SUM(l.gift_part) <> o.gift_part OR SUM(l.cash_part) <> o.cash_part
     UNION ALL
     SELECT 'order ' || o.id || ' without lines' FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id)
     UNION ALL
     SELECT 'line ' || l.id
       FROM order_lines l JOIN order_line_parts p ON p.line_id = l.id
      GROUP BY l.id, l.net, l.share HAVING SUM(p.net) <> l.net OR SUM(p.share) <> l.share
     UNION ALL
     SELECT 'coupon of order ' || o.id
       FROM orders o JOIN order_lines l ON l.order_id = o.id LEFT JOIN redemptions r ON r.order_id = o.id
      GROUP BY o.id, r.amount HAVING SUM(l.coupon) <> COALESCE(r.amount, 0)"
);

/// A promotion's count is its uses, within its limit; a use is as far as its order.
pub const REDEEMED: Sql = sql!(
    "SELECT 'promotion ' || p.id AS offending
       FROM promotions p LEFT JOIN redemptions r ON r.promotion_id = p.id AND r.state <> 'released'
      GROUP BY p.id, p.used, p.max_uses HAVING COUNT(r.id) <> p.used OR COUNT(r.id) > COALESCE(p.max_uses, COUNT(r.id))
     UNION ALL
     SELECT 'promotion ' || p.id || ' for ' || r.account_id
       FROM promotions p JOIN redemptions r ON r.promotion_id = p.id AND r.state IN ('reserved', 'consumed')
      GROUP BY p.id, p.per_person, r.account_id HAVING COUNT(*) > COALESCE(p.per_person, COUNT(*))
     UNION ALL
     SELECT 'use ' || r.id
       FROM redemptions r LEFT JOIN orders o ON o.id = r.order_id
      WHERE o.id IS NULL OR o.account_id <> r.account_id
         OR r.state <> CASE o.state WHEN 'awaiting_payment' THEN 'reserved' WHEN 'paid' THEN
                            CASE WHEN r.state = 'returned' AND (o.refund_state = 'full' OR EXISTS (SELECT 1 FROM credit_notes n JOIN refunds b
                                 ON b.id = n.refund_id AND b.state <> 'succeeded' WHERE n.order_id = o.id)) THEN 'returned' ELSE 'consumed' END
                       ELSE 'released' END"
);
