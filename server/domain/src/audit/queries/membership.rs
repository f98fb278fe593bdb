//! What holds of the membership.

use super::super::LONGEST;
use crate::Result;
use model::Moment;
use model::time::{Span, days, hours};
use store::{Conn, Sql, sql};

/// The invariants and their questions; some of them add to those of the same name about orders.
pub const QUESTIONS: &[(&str, Sql)] = &[
    ("INV-05", PASSES),
    ("INV-12", RECOGNISED),
    ("INV-13", CONTIGUOUS),
    ("INV-14", REMINDED),
    ("INV-15", TRAILED),
    ("INV-18", LOOKED_AT),
];

/// A pass is there exactly while its subscription lives and was paid, or is in its grace (a week from when the renewal fell due,
/// which is five days after the reminder at the earliest), and ends when that does. Where the money
/// of the time that runs has gone back, nothing lives. It is suspended exactly while a bank decides about one of its payments.
const PASSES: Sql = sql!(
    "SELECT 'no pass of subscription ' || s.id AS offending
       FROM subscriptions s
      WHERE s.state IN ('trialing', 'active', 'past_due')
        AND NOT EXISTS (SELECT 1 FROM passes p WHERE p.source_id = s.id AND p.account_id = s.account_id AND p.state = 'active'
                           AND p.expires_at = CASE WHEN s.state <> 'past_due' AND NOT s.renewing AND (s.cancels OR s.pauses) THEN s.period_ends
                                                   WHEN s.due_at IS NOT NULL THEN s.due_at + 604800000
                                                   WHEN s.reminded_at + 432000000 > s.period_ends THEN s.reminded_at + 1036800000
                                                   ELSE s.period_ends + 604800000 END)
     UNION ALL
     SELECT 'pass ' || p.id
       FROM passes p LEFT JOIN subscriptions s ON s.id = p.source_id
      WHERE p.state = 'active' AND (s.id IS NULL OR s.state NOT IN ('trialing', 'active', 'past_due'))
     UNION ALL
     SELECT 'suspension of pass ' || p.id
       FROM passes p
      WHERE p.state = 'active'
        AND p.suspended <> EXISTS (SELECT 1 FROM subscription_invoices i JOIN orders o ON o.id = i.order_id
                                    WHERE i.subscription_id = p.source_id AND o.dispute_state = 'open')
     UNION ALL
     SELECT 'refunded subscription ' || s.id
       FROM subscriptions s JOIN subscription_invoices i ON i.subscription_id = s.id AND i.state = 'paid' AND i.paid_number = s.period_number
       JOIN orders o ON o.id = i.order_id AND o.refund_state = 'full'
      WHERE s.state NOT IN ('ended', 'incomplete_expired')"
);

/// What a period was worth is what was earned when it was over, and its shares are what was shared.
const RECOGNISED: Sql = sql!(
    "SELECT 'period ' || CAST(p.number AS TEXT) || ' of ' || p.subscription_id AS offending
       FROM subscription_periods p
      WHERE p.recognised_at IS NOT NULL
        AND (p.value <> (SELECT COALESCE(SUM(t.amount), 0) FROM transfers t
                          WHERE t.about = 'period:' || p.subscription_id || ':' || CAST(p.number AS TEXT) AND t.kind = 'recognition')
          OR p.shared <> (SELECT COALESCE(SUM(h.amount), 0) FROM share_holds h
                           WHERE h.source = 'subscription' AND h.source_id = 'period:' || p.subscription_id || ':' || CAST(p.number AS TEXT)))"
);

/// Periods follow one another without a gap and without meeting, each paid once; what was paid and is not over is deferred.
const CONTIGUOUS: Sql = sql!(
    "SELECT 'period ' || CAST(q.number AS TEXT) || ' of ' || q.subscription_id AS offending
       FROM subscription_periods q JOIN subscription_periods p ON p.subscription_id = q.subscription_id AND p.number = q.number - 1
      WHERE q.starts_at < p.ends_at OR (q.row_number = p.row_number AND q.starts_at <> p.ends_at)
     UNION ALL
     SELECT 'numbers of ' || subscription_id FROM subscription_periods
      GROUP BY subscription_id HAVING COUNT(*) <> MAX(number) - MIN(number) + 1
     UNION ALL
     SELECT 'invoices of ' || subscription_id FROM subscription_invoices
      WHERE kind <> 'upgrade' AND state <> 'void' GROUP BY subscription_id, number HAVING COUNT(*) > 1
     UNION ALL
     SELECT 'unpaid period ' || CAST(p.number AS TEXT) || ' of ' || p.subscription_id
       FROM subscription_periods p
      WHERE p.number > 0
        AND NOT EXISTS (SELECT 1 FROM subscription_invoices i WHERE i.subscription_id = p.subscription_id AND i.state = 'paid'
                           AND i.paid_number = p.number)
     UNION ALL
     SELECT 'invoice for order ' || i.order_id
       FROM subscription_invoices i JOIN orders o ON o.id = i.order_id
      WHERE (i.state = 'paid') <> (o.state = 'paid') OR (i.state = 'void' AND o.state = 'awaiting_payment')
     UNION ALL
     SELECT 'deferred of ' || s.id
       FROM subscriptions s
      WHERE (SELECT COALESCE(SUM(p.value), 0) FROM subscription_periods p WHERE p.subscription_id = s.id AND p.recognised_at IS NULL)
         <> (SELECT COALESCE(SUM(b.credits_posted - b.debits_posted), 0)
               FROM subscription_invoices i JOIN order_lines l ON l.order_id = i.order_id
               JOIN balances b ON b.account = 'deferred:' || l.id
              WHERE i.subscription_id = s.id)"
);

/// Nothing is charged without the payer unless the last reminder before it is five days old and says as much, and nothing after
/// cancelling: neither by what the charge says of itself, nor by what the trail says had happened before it.
const REMINDED: Sql = sql!(
    "SELECT 'charge ' || c.attempt_id AS offending
       FROM subscription_charges c JOIN attempts a ON a.id = c.attempt_id
      WHERE c.cancelled
         OR EXISTS (SELECT 1 FROM audit_entries e
                     WHERE e.subject_kind = 'subscription' AND e.subject_id = c.subscription_id
                       AND e.action = 'subscription.cancelled' AND e.at < c.at
                       AND NOT EXISTS (SELECT 1 FROM audit_entries u
                                        WHERE u.subject_kind = 'subscription' AND u.subject_id = c.subscription_id
                                          AND u.action = 'subscription.undone' AND u.at >= e.at AND u.at <= c.at))
         OR NOT EXISTS (SELECT 1 FROM subscription_reminders r
                         WHERE r.subscription_id = c.subscription_id AND r.number = c.number AND r.sent_at + 432000000 <= c.at
                           AND r.amount = a.amount AND r.currency = a.currency
                           AND NOT EXISTS (SELECT 1 FROM subscription_reminders n
                                            WHERE n.subscription_id = r.subscription_id AND n.number = r.number
                                              AND n.sent_at > r.sent_at AND n.sent_at <= c.at))"
);

/// Every change of a subscription has one row in the trail.
const TRAILED: Sql = sql!(
    "SELECT 'subscription ' || s.id AS offending FROM subscriptions s
      WHERE s.version <> (SELECT COUNT(*) FROM audit_entries e WHERE e.subject_kind = 'subscription' AND e.subject_id = s.id
                             AND e.action <> 'subscription.refused')"
);

/// Whatever lives has a time at which it is looked at again, and what is over asks for nothing.
const LOOKED_AT: Sql = sql!(
    "SELECT 'subscription ' || id AS offending FROM subscriptions
      WHERE (next_at IS NULL) <> (state IN ('ended', 'incomplete_expired'))
     UNION ALL
     SELECT 'invoice for order ' || i.order_id
       FROM subscription_invoices i JOIN subscriptions s ON s.id = i.subscription_id
      WHERE i.state = 'open' AND s.state IN ('ended', 'incomplete_expired')"
);

/// What is this late has not only waited for a worker that is behind.
const BEHIND: Span = days(1);
/// A claim keeps others off for minutes; this leaves room for a clock that is a little wrong.
const CLAIMED: Span = hours(1);

/// What has been as it is for longer than it may be, though somebody looks at it: who was to be looked at long ago, or is claimed for
/// long; a charge under way (a day until it is unclear), the first money (a day, and one for a charge without an answer), what is owed
/// (the grace, and a day for the last answer), a rest (ninety days) and a period (both five days after a late reminder); and time that is over and
/// was not earned, though nobody asks for its money back.
pub async fn waiting_since(conn: &mut Conn, now: Moment) -> Result<Vec<String>> {
    let late = now - BEHIND;
    let found = conn
        .query(sql!(
            "SELECT 'subscription ' || id AS offending FROM subscriptions
              WHERE next_at < $1 OR claimed_until > $2
                 OR (renewing AND since < $3)
                 OR (state = 'incomplete' AND since < $4)
                 OR (state = 'past_due' AND COALESCE(due_at, period_ends) < $5)
                 OR (state = 'paused' AND since < $6 AND (reminded_at IS NULL OR reminded_at < $7))
                 OR (state IN ('trialing', 'active') AND NOT renewing AND period_ends < $7 AND (reminded_at IS NULL OR reminded_at < $7))
             UNION ALL
             SELECT 'period ' || CAST(p.number AS TEXT) || ' of ' || p.subscription_id
               FROM subscription_periods p
              WHERE p.recognised_at IS NULL AND p.ends_at < $8
                AND NOT EXISTS (SELECT 1 FROM subscription_invoices i JOIN refunds r ON r.order_id = i.order_id
                                 WHERE i.subscription_id = p.subscription_id AND i.paid_number = p.number AND i.state = 'paid'
                                   AND r.state IN ('requested', 'approved', 'submitting', 'pending', 'unknown', 'needs_attention'))"
        ))
        .bind(late.millis())
        .bind((now + CLAIMED).millis())
        .bind((late - days(1)).millis())
        .bind((late - days(2)).millis())
        .bind((late - days(8)).millis())
        .bind((late - days(90)).millis())
        .bind((late - days(5)).millis())
        .bind((now - LONGEST).millis())
        .all(|row| row.get("offending"))
        .await?;
    Ok(found)
}
