//! Each invariant as one statement that answers the rows breaking it.

pub mod membership;
mod sealed;

pub use sealed::*;

use crate::Result;
use model::Moment;
use store::{Conn, Sql, sql};

/// The invariants and their questions, in order; one may have several, one behind another.
pub const QUESTIONS: &[(&str, Sql)] = &[
    ("INV-01", BALANCED),
    ("INV-02", CHAINED),
    ("INV-03", RESOLVED),
    ("INV-04", OWNED),
    ("INV-05", ENTITLED),
    ("INV-06", PAID),
    ("INV-07", REDEEMED),
    ("INV-08", FROZEN),
    ("INV-09", ONCE),
    ("INV-10", KEYED),
    ("INV-11", REFUNDED),
    ("INV-12", SHARED),
    ("INV-12", RECOMMENDED),
    ("INV-15", TRAILED),
    ("INV-16", NUMBERED),
    ("INV-17", SEATED),
    ("INV-17", WAITING),
    ("INV-18", UNSTUCK),
];

pub async fn ask(conn: &mut Conn, question: Sql) -> Result<Vec<String>> {
    Ok(conn.query(question).all(|row| row.get("offending")).await?)
}

/// Balances are what the transfers make, and as much went out as in.
const BALANCED: Sql = sql!(
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
const CHAINED: Sql = sql!(
    "SELECT 'the chain has ' || CAST(COUNT(*) AS TEXT) || ' links and ends at ' || CAST(MAX(seq) AS TEXT) AS offending
       FROM transfers HAVING COUNT(*) > 0 AND COUNT(*) <> MAX(seq)"
);

/// What was reserved is resolved exactly when its refund is over, or its order no longer waits. A refund that had failed and is
/// open again has reserved anew: its last reservation counts.
const RESOLVED: Sql = sql!(
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
     SELECT 'payout ' || p.id
       FROM payouts p LEFT JOIN transfers t ON t.about = 'payout:' || p.id AND t.kind = 'payout'
      GROUP BY p.id, p.state, p.amount
     HAVING CAST(COALESCE(SUM(CASE WHEN t.phase = 'pending' THEN t.amount WHEN t.phase IN ('post', 'void') THEN -t.amount ELSE 0 END), 0) AS BIGINT)
            <> CASE WHEN p.state IN ('submitting', 'in_transit', 'unknown') THEN p.amount ELSE 0 END"
);

/// Nobody's account is below nought (but what is payable, after more was taken back than was left), wallets are guarded by the
/// table itself, and what instructors are shown is what the shares and payouts make.
const OWNED: Sql = sql!(
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

/// A right from an order line exists exactly where the order is paid, the line not fully refunded and the money not disputed; nor
/// does one from a gift or a seat of disputed money. (Where the bank returned a
/// refund that had succeeded, access stays ended until staff decide.)
const ENTITLED: Sql = sql!(
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
        AND NOT (o.needs_review AND EXISTS (SELECT 1 FROM refunds r WHERE r.order_id = o.id AND r.cause IN ('staff', 'learner') AND r.state = 'failed'))
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

/// A paid order has exactly its money, from its provider and from its wallet; money that paid nothing is going back; what payers'
/// banks withhold is what is disputed.
const PAID: Sql = sql!(
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

/// An order is the sum of its lines.
const FROZEN: Sql = sql!(
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
const REDEEMED: Sql = sql!(
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
                            CASE WHEN r.state = 'returned' AND o.refund_state = 'full' THEN 'returned' ELSE 'consumed' END
                       ELSE 'released' END"
);

/// A notification changed something at most once: an attempt succeeded once and its money is booked once, and what a refund
/// reserved was posted or voided once, and what it posted came back at most once.
const ONCE: Sql = sql!(
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

/// What recommending brought is what the shares say: given, taken back, and held for each person until it is released.
const RECOMMENDED: Sql = sql!(
    "SELECT 'share of recommending order ' || s.order_id AS offending
       FROM affiliate_shares s LEFT JOIN transfers t ON t.about = 'affiliate:' || s.order_id
      GROUP BY s.order_id, s.amount, s.reversed, s.state
     HAVING COALESCE(SUM(CASE WHEN t.kind = 'affiliate_share' THEN t.amount ELSE 0 END), 0) <> s.amount
         OR COALESCE(SUM(CASE WHEN t.kind = 'affiliate_back' THEN t.amount ELSE 0 END), 0) <> s.reversed
         OR (s.state = 'held' AND COUNT(CASE WHEN t.kind = 'affiliate_release' THEN 1 END) > 0)
     UNION ALL
     SELECT 'shares of recommending by ' || a.owner_id
       FROM ledger_accounts a JOIN balances b ON b.account = a.id AND b.currency = a.currency
       LEFT JOIN affiliate_shares s ON s.affiliate_id = a.owner_id AND s.currency = a.currency AND s.state = 'held'
      WHERE a.kind = 'affiliate_pending'
      GROUP BY a.owner_id, a.currency, b.credits_posted, b.debits_posted
     HAVING b.credits_posted - b.debits_posted <> COALESCE(SUM(s.amount - s.reversed), 0)"
);

/// What was sent to a provider was written down with its key before.
const KEYED: Sql = sql!(
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
const REFUNDED: Sql = sql!(
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

/// Shares are frozen to the last minor unit, given as frozen, and no more is taken back than was given; the ledger has moved
/// exactly that.
const SHARED: Sql = sql!(
    "WITH moved AS (
        SELECT about,
               CAST(SUM(CASE WHEN kind = 'share' THEN amount ELSE 0 END) AS BIGINT) AS given,
               CAST(SUM(CASE WHEN kind = 'release' THEN amount ELSE 0 END) AS BIGINT) AS released,
               CAST(SUM(CASE WHEN kind = 'dispute_lost' THEN amount WHEN kind <> 'clawback' OR phase = 'post' THEN 0 WHEN phase = 'pending' THEN amount ELSE -amount END) AS BIGINT) AS taken
          FROM transfers WHERE about LIKE 'hold:%' GROUP BY about
     ), took AS (
        SELECT hold_id, CAST(SUM(from_pending) AS BIGINT) AS pending, CAST(SUM(from_payable) AS BIGINT) AS payable
          FROM refund_shares WHERE NOT given_back GROUP BY hold_id
     )
     SELECT 'line ' || l.id AS offending FROM order_lines l LEFT JOIN line_shares s ON s.line_id = l.id
      GROUP BY l.id, l.share HAVING COALESCE(SUM(s.amount), 0) <> l.share
     UNION ALL
     SELECT 'shares of line ' || l.id
       FROM order_lines l JOIN orders o ON o.id = l.order_id LEFT JOIN share_holds h ON h.source = 'order_line' AND h.source_id = l.id
      WHERE l.kind IN ('course', 'bundle')
      GROUP BY l.id, l.share, o.state HAVING COALESCE(SUM(h.amount), 0) <> CASE WHEN o.state = 'paid' THEN l.share ELSE 0 END
     UNION ALL
     SELECT 'shares of code ' || v.id
       FROM vouchers v LEFT JOIN share_holds h ON h.source = 'gift' AND h.source_id = v.id
      WHERE v.kind = 'gift'
      GROUP BY v.id, v.share, v.state HAVING COALESCE(SUM(h.amount), 0) <> CASE WHEN v.state = 'claimed' THEN v.share ELSE 0 END
     UNION ALL
     SELECT 'shares of seats of ' || p.id
       FROM seat_pools p LEFT JOIN share_holds h ON h.source = 'gift' AND h.source_id LIKE p.id || ':%'
      GROUP BY p.id, p.share, p.earned, p.purchased
     HAVING COALESCE(SUM(h.amount), 0) <> (2 * p.share * p.earned + p.purchased) / (2 * p.purchased)
     UNION ALL
     SELECT 'share ' || h.id
       FROM share_holds h LEFT JOIN moved m ON m.about = 'hold:' || h.id LEFT JOIN took t ON t.hold_id = h.id
      WHERE h.amount <> COALESCE(m.given, 0) OR h.released <> COALESCE(m.released, 0)
         OR h.taken_pending + h.taken_payable <> COALESCE(m.taken, 0)
         OR h.taken_pending <> COALESCE(t.pending, 0) OR h.taken_payable <> COALESCE(t.payable, 0)"
);

/// Every change of state has one row in the trail.
const TRAILED: Sql = sql!(
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
      WHERE i.version <> (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'invoice' AND e.subject_id = i.id)
     UNION ALL
     SELECT 'refund ' || r.id FROM refunds r
      WHERE r.version <> (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'refund' AND e.subject_id = r.id
                             AND e.action NOT IN ('refund.refused', 'refund.remedy_proposed'))
     UNION ALL
     SELECT 'payout ' || p.id FROM payouts p
      WHERE p.version <> (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'payout' AND e.subject_id = p.id
                             AND e.action <> 'payout.refused')"
);

/// Receipts, credit notes and invoices are numbered 1 to n, a receipt for every paid order and for no other, a credit note for every
/// refund that a buyer had; no order is on two invoices, none says more than was paid, and red letters take off what went back, once.
const NUMBERED: Sql = sql!(
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

/// No more seats are assigned than were bought, and every code was claimed once: what it holds was given exactly then.
const SEATED: Sql = sql!(
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
const WAITING: Sql = sql!(
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

/// Whatever is under way has a time at which it is looked at again.
const UNSTUCK: Sql = sql!(
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
