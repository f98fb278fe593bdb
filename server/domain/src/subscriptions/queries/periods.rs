//! Periods, and what was studied in them.

use super::super::studied::Taught;
use super::Subscription;
use crate::{Error, Result};
use model::ids::{AccountId, OrderId, SubscriptionId};
use model::{Moment, Money};
use store::{Conn, Tx, sql};

/// A time that was paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    pub subscription: SubscriptionId,
    pub account: AccountId,
    pub number: i64,
    pub starts: Moment,
    pub ends: Moment,
    pub value: Money,
}

/// Writes down the period that runs now.
pub async fn add_period(tx: &mut Tx, of: &Subscription, value: Money) -> Result<()> {
    let (Some(starts), Some(ends)) = (of.starts, of.life.period_ends) else {
        return Err(Error::bug("a period without a beginning or an end"));
    };
    tx.query(sql!(
        "INSERT INTO subscription_periods (subscription_id, number, row_number, starts_at, ends_at, currency, value)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(of.id.as_str())
    .bind(of.number)
    .bind(of.row)
    .bind(starts.millis())
    .bind(ends.millis())
    .bind(value.currency().as_str())
    .bind(value.minor())
    .execute()
    .await?;
    Ok(())
}

/// What the running period is worth, while it is not earned.
pub async fn period_value(conn: &mut Conn, of: &Subscription) -> Result<Option<Money>> {
    let found = conn
        .query(sql!(
            "SELECT value, currency FROM subscription_periods
              WHERE subscription_id = $1 AND number = $2 AND recognised_at IS NULL"
        ))
        .bind(of.id.as_str())
        .bind(of.number)
        .optional(|row| Ok(Money::new(row.get("value")?, row.parse("currency")?)))
        .await?;
    Ok(found)
}

/// The period is worth so many minor units more, or less.
pub async fn add_value(tx: &mut Tx, subscription: &SubscriptionId, number: i64, minor: i64) -> Result<()> {
    let changed = tx
        .query(sql!(
            "UPDATE subscription_periods SET value = value + $3
              WHERE subscription_id = $1 AND number = $2 AND recognised_at IS NULL"
        ))
        .bind(subscription.as_str())
        .bind(number)
        .bind(minor)
        .execute()
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::bug("a period that is earned changed its value")) }
}

/// Takes `minor` from what the periods from `number` on are worth and is not earned, the earliest first: what was left of a period
/// that was cut went over into the next one.
pub async fn take_value(tx: &mut Tx, subscription: &SubscriptionId, number: i64, minor: i64) -> Result<()> {
    let unearned = tx
        .query(sql!(
            "SELECT number, value FROM subscription_periods
              WHERE subscription_id = $1 AND number >= $2 AND recognised_at IS NULL ORDER BY number"
        ))
        .bind(subscription.as_str())
        .bind(number)
        .all(|row| Ok((row.get::<i64>("number")?, row.get::<i64>("value")?)))
        .await?;
    let mut left = minor;
    for (number, value) in unearned {
        let part = left.min(value);
        if part > 0 {
            add_value(tx, subscription, number, -part).await?;
            left -= part;
        }
    }
    if left == 0 { Ok(()) } else { Err(Error::bug("more was taken from time that was paid for than it is worth")) }
}

/// The running period ends early, and is worth what was used of it.
pub async fn cut_period(tx: &mut Tx, of: &Subscription, ends: Moment, value: Money) -> Result<()> {
    tx.query(sql!(
        "UPDATE subscription_periods SET ends_at = $3, value = $4
          WHERE subscription_id = $1 AND number = $2 AND recognised_at IS NULL"
    ))
    .bind(of.id.as_str())
    .bind(of.number)
    .bind(ends.millis())
    .bind(value.minor())
    .execute()
    .await?;
    Ok(())
}

/// Periods that are over and not earned; those whose money may be going back wait, and those that could not be earned just now.
pub async fn unrecognised(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<Period>> {
    let all = conn
        .query(sql!(
            "SELECT p.subscription_id, s.account_id, p.number, p.starts_at, p.ends_at, p.value, p.currency
               FROM subscription_periods p JOIN subscriptions s ON s.id = p.subscription_id
              WHERE p.recognised_at IS NULL AND p.ends_at <= $1 AND p.earn_after <= $1
                AND NOT EXISTS (SELECT 1 FROM subscription_invoices i JOIN refunds r ON r.order_id = i.order_id
                                 WHERE i.subscription_id = p.subscription_id AND i.paid_number = p.number AND i.state = 'paid'
                                   AND r.state IN ('requested', 'approved', 'submitting', 'pending', 'unknown', 'needs_attention'))
              ORDER BY p.ends_at, p.subscription_id, p.number LIMIT $2"
        ))
        .bind(now.millis())
        .bind(limit)
        .all(|row| {
            Ok(Period {
                subscription: row.parse("subscription_id")?,
                account: row.parse("account_id")?,
                number: row.get("number")?,
                starts: Moment::from_millis(row.get("starts_at")?),
                ends: Moment::from_millis(row.get("ends_at")?),
                value: Money::new(row.get("value")?, row.parse("currency")?),
            })
        })
        .await?;
    Ok(all)
}

/// Forgets what was reported before `then`, but for what a period that is not earned yet will be shared by. Says how many.
pub async fn forget_studied(tx: &mut Tx, then: Moment) -> Result<u64> {
    let forgotten = tx
        .query(sql!(
            "DELETE FROM study_events
              WHERE received_at < $1
                AND NOT EXISTS (SELECT 1 FROM subscriptions s JOIN subscription_periods p ON p.subscription_id = s.id
                                 WHERE s.account_id = study_events.account_id AND p.recognised_at IS NULL
                                   AND p.starts_at <= study_events.received_at)"
        ))
        .bind(then.millis())
        .execute()
        .await?;
    Ok(forgotten)
}

/// The period could not be earned: it is looked at again then.
pub async fn earn_later(tx: &mut Tx, period: &Period, then: Moment) -> Result<()> {
    tx.query(sql!("UPDATE subscription_periods SET earn_after = $3 WHERE subscription_id = $1 AND number = $2"))
        .bind(period.subscription.as_str())
        .bind(period.number)
        .bind(then.millis())
        .execute()
        .await?;
    Ok(())
}

/// The period is earned, and so much of it shared. False where somebody was quicker, where it changed meanwhile, or where its money
/// may be going back by now.
pub async fn recognise(tx: &mut Tx, period: &Period, shared: Money, now: Moment) -> Result<bool> {
    let changed = tx
        .query(sql!(
            "UPDATE subscription_periods SET recognised_at = $3, shared = $4
              WHERE subscription_id = $1 AND number = $2 AND recognised_at IS NULL AND value = $5 AND ends_at <= $3
                AND NOT EXISTS (SELECT 1 FROM subscription_invoices i JOIN refunds r ON r.order_id = i.order_id
                                 WHERE i.subscription_id = $1 AND i.paid_number = $2 AND i.state = 'paid'
                                   AND r.state IN ('requested', 'approved', 'submitting', 'pending', 'unknown', 'needs_attention'))"
        ))
        .bind(period.subscription.as_str())
        .bind(period.number)
        .bind(now.millis())
        .bind(shared.minor())
        .bind(period.value.minor())
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Something a subscriber did in a lesson of the membership.
pub struct Studied {
    pub taught: Taught,
    pub lesson: String,
    /// A player reports how far it was watched or heard.
    pub played: bool,
    pub kind: String,
    /// Stretches watched, as JSON.
    pub ranges: String,
    /// How long the lesson is.
    pub seconds: i64,
}

/// What was reported in the period, about courses that were in the membership when it was studied, and were neither the subscriber's
/// own nor theirs otherwise. What becomes of a course afterwards takes nothing from who taught it.
pub async fn studied(conn: &mut Conn, period: &Period) -> Result<Vec<Studied>> {
    let all = conn
        .query(sql!(
            "SELECT c.id AS course_id, c.title, c.instructor_id, e.lesson_id, l.kind AS lesson_kind, e.kind, e.ranges, l.seconds
               FROM study_events e
               JOIN lessons l ON l.id = e.lesson_id
               JOIN courses c ON c.id = l.course_id
              WHERE e.account_id = $1 AND e.received_at >= $2 AND e.received_at < $3 AND c.instructor_id <> $1
                AND EXISTS (SELECT 1 FROM membership_spells m WHERE m.course_id = c.id AND m.since <= e.happened_at
                               AND (m.until IS NULL OR m.until > e.happened_at))
                AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.account_id = $1 AND g.course_id = c.id AND g.granted_at <= e.happened_at
                                   AND (g.ended_at IS NULL OR g.ended_at > e.happened_at)
                                   AND (g.expires_at IS NULL OR g.expires_at > e.happened_at))
              ORDER BY e.received_at, e.id"
        ))
        .bind(period.account.as_str())
        .bind(period.starts.millis())
        .bind(period.ends.millis())
        .all(|row| {
            let kind: String = row.get("lesson_kind")?;
            Ok(Studied {
                taught: Taught { course: row.parse("course_id")?, owner: row.parse("instructor_id")?, title: row.get("title")? },
                lesson: row.get("lesson_id")?,
                played: matches!(kind.as_str(), "video" | "audio"),
                kind: row.get("kind")?,
                ranges: row.get("ranges")?,
                seconds: row.get("seconds")?,
            })
        })
        .await?;
    Ok(all)
}

/// The order that paid for a period: its own invoice, or the difference that began it.
pub async fn payer_of(conn: &mut Conn, period: &Period) -> Result<Option<OrderId>> {
    let found = conn
        .query(sql!(
            "SELECT order_id FROM subscription_invoices
              WHERE subscription_id = $1 AND state = 'paid' AND paid_number = $2
              ORDER BY created_at DESC, id DESC LIMIT 1"
        ))
        .bind(period.subscription.as_str())
        .bind(period.number)
        .optional(|row| row.parse("order_id"))
        .await?;
    Ok(found)
}

/// What is deferred of the lines of one order.
pub async fn held_of_order(conn: &mut Conn, order: &OrderId, currency: model::Currency) -> Result<Vec<(String, Money)>> {
    let all = conn
        .query(sql!(
            "SELECT l.id, b.credits_posted - b.debits_posted - b.debits_pending AS held
               FROM order_lines l JOIN balances b ON b.account = 'deferred:' || l.id AND b.currency = $2
              WHERE l.order_id = $1 AND b.credits_posted - b.debits_posted - b.debits_pending > 0 ORDER BY l.id"
        ))
        .bind(order.as_str())
        .bind(currency.as_str())
        .all(|row| Ok((row.get("id")?, Money::new(row.get("held")?, currency))))
        .await?;
    Ok(all)
}

/// What is deferred of the paid lines of a subscription, by line, the oldest first.
pub async fn held(conn: &mut Conn, subscription: &SubscriptionId, currency: model::Currency) -> Result<Vec<(String, Money)>> {
    let all = conn
        .query(sql!(
            "SELECT l.id, b.credits_posted - b.debits_posted - b.debits_pending AS held
               FROM subscription_invoices i
               JOIN order_lines l ON l.order_id = i.order_id
               JOIN balances b ON b.account = 'deferred:' || l.id AND b.currency = $2
              WHERE i.subscription_id = $1 AND i.state = 'paid' AND b.credits_posted - b.debits_posted - b.debits_pending > 0
              ORDER BY i.created_at, l.id"
        ))
        .bind(subscription.as_str())
        .bind(currency.as_str())
        .all(|row| Ok((row.get("id")?, Money::new(row.get("held")?, currency))))
        .await?;
    Ok(all)
}
