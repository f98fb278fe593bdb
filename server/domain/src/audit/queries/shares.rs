//! What holds of the shares of instructors and of those who recommend.

use store::{Sql, sql};

/// Shares are frozen to the last minor unit, given as frozen, and no more is taken back than was given; the ledger has moved
/// exactly that.
pub const SHARED: Sql = sql!(
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

/// What recommending brought is what the shares say: given, taken back, and held for each person until it is released.
pub const RECOMMENDED: Sql = sql!(
    "SELECT 'share of recommending order ' || s.order_id AS offending
       FROM affiliate_shares s LEFT JOIN transfers t ON t.about = 'affiliate:' || s.order_id
      GROUP BY s.order_id, s.amount, s.reversed, s.state
     HAVING COALESCE(SUM(CASE WHEN t.kind = 'affiliate_share' THEN t.amount ELSE 0 END), 0) <> s.amount
         OR COALESCE(SUM(CASE t.kind WHEN 'affiliate_back' THEN t.amount WHEN 'affiliate_returned' THEN -t.amount ELSE 0 END), 0) <> s.reversed
         OR (s.state = 'held' AND COUNT(CASE WHEN t.kind = 'affiliate_release' THEN 1 END) > 0)
     UNION ALL
     SELECT 'shares of recommending by ' || a.owner_id
       FROM ledger_accounts a JOIN balances b ON b.account = a.id AND b.currency = a.currency
       LEFT JOIN affiliate_shares s ON s.affiliate_id = a.owner_id AND s.currency = a.currency AND s.state = 'held'
      WHERE a.kind = 'affiliate_pending'
      GROUP BY a.owner_id, a.currency, b.credits_posted, b.debits_posted
     HAVING b.credits_posted - b.debits_posted <> COALESCE(SUM(s.amount - s.reversed), 0)"
);
