//! What holds of the trail and of numbered papers.

use store::{Sql, sql};

/// Every change of state has one row in the trail.
pub const TRAILED: Sql = sql!(
    "SELECT 'order ' || o.id AS offending FROM orders o
      WHERE o.version <> (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'order' AND e.subject_id = o.id
                             AND e.action IN ('order.placed', 'order.paid', 'order.late_payment_honoured', 'order.canceled', 'order.expired'))
     UNION ALL
     SELECT 'attempt ' || a.id FROM attempts a
      WHERE a.version <> (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'attempt' AND e.subject_id = a.id)
     UNION ALL
     SELECT 'code ' || v.id FROM vouchers v
      WHERE v.kind = 'gift' AND v.version <> 1 + (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'voucher' AND e.subject_id = v.id)
     UNION ALL
     SELECT 'invoice ' || i.id FROM invoices i
      WHERE i.version <> (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'invoice' AND e.subject_id = i.id
                             AND e.action <> 'invoice.not_possible')
     UNION ALL
     SELECT 'refund ' || r.id FROM refunds r
      WHERE r.version <> (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'refund' AND e.subject_id = r.id
                             AND e.action NOT IN ('refund.refused', 'refund.remedy_proposed'))
     UNION ALL
     SELECT 'payout ' || p.id FROM payouts p
      WHERE p.version <> (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'payout' AND e.subject_id = p.id
                             AND e.action <> 'payout.refused')"
);

/// Every entry of the trail lies under one seal, or waits for it; whether the seals fit what lies under them is checked beside this.
pub const SEALED: Sql = sql!(
    "SELECT 'entries of the trail beside its seals: ' || CAST(beside.n AS TEXT) AS offending
       FROM (SELECT (SELECT COUNT(*) FROM audit_entries) - (SELECT COUNT(*) FROM audit_waiting)
                    - (SELECT CAST(COALESCE(SUM(many), 0) AS BIGINT) FROM audit_seals) AS n) AS beside
      WHERE beside.n <> 0"
);

/// Receipts, credit notes and invoices are numbered 1 to n, a receipt for every paid order and for no other, a credit note for every
/// refund that a buyer had; no order is on two invoices, none says more than was paid, and red letters take off what went back, once.
pub const NUMBERED: Sql = sql!(
    "WITH numbers AS (
        SELECT series, number FROM receipts UNION ALL SELECT series, number FROM credit_notes UNION ALL SELECT series, number FROM invoices
     )
     SELECT 'series ' || s.series AS offending
       FROM receipt_series s LEFT JOIN numbers n ON n.series = s.series
      GROUP BY s.series, s.last HAVING COUNT(n.number) <> s.last OR COALESCE(MAX(n.number), 0) <> s.last OR COUNT(DISTINCT n.number) <> s.last
     UNION ALL
     SELECT 'order ' || o.id FROM orders o LEFT JOIN receipts r ON r.order_id = o.id
      WHERE (o.state = 'paid') <> (r.order_id IS NOT NULL)
     UNION ALL
     SELECT 'credit note of refund ' || r.id FROM refunds r LEFT JOIN credit_notes n ON n.refund_id = r.id
      WHERE n.refund_id IS NULL AND r.state = 'succeeded' AND r.cause IN ('staff', 'learner')
     UNION ALL
     SELECT 'invoice ' || i.id FROM invoices i LEFT JOIN invoice_orders c ON c.invoice_id = i.id AND c.live
      GROUP BY i.id, i.state, i.amount
     HAVING (i.state = 'none') <> (COUNT(c.order_id) = 0) OR (i.state <> 'none' AND SUM(c.amount) <> i.amount)
     UNION ALL
     SELECT 'red letters of invoice ' || i.id FROM invoices i
      WHERE i.red_issued + i.red_asked > i.red_amount OR (i.state = 'red_issued' AND i.red_issued <> i.red_amount)
     UNION ALL
     SELECT 'invoice of order ' || c.order_id FROM invoice_orders c JOIN orders o ON o.id = c.order_id
      WHERE c.amount > o.total - o.gift_part"
);
