//! Writing subscriptions down and moving them on.

use super::{Subscription, Tariff};
use crate::{Error, Result};
use model::ids::{AccountId, EventId, PlanId, PriceId};
use model::{Moment, Money};
use store::{Conn, Tx, sql};

/// Adds a plan, where there is none of its length.
pub async fn add_plan(tx: &mut Tx, id: &PlanId, product: &str, months: u32, trial_days: u32, position: i64) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO plans (id, product, months, trial_days, position) VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (product, months) DO NOTHING"
    ))
    .bind(id.as_str())
    .bind(product)
    .bind(i64::from(months))
    .bind(i64::from(trial_days))
    .bind(position)
    .execute()
    .await?;
    Ok(())
}

/// The plan of this length, offered or not.
pub async fn plan_of_length(tx: &mut Tx, product: &str, months: u32) -> Result<Option<PlanId>> {
    let found = tx
        .query(sql!("SELECT id FROM plans WHERE product = $1 AND months = $2"))
        .bind(product)
        .bind(i64::from(months))
        .optional(|row| row.parse("id"))
        .await?;
    Ok(found)
}

/// The plan is offered with so long a trial.
pub async fn offer_plan(tx: &mut Tx, id: &PlanId, trial_days: u32) -> Result<()> {
    tx.query(sql!("UPDATE plans SET trial_days = $2, offered = TRUE WHERE id = $1"))
        .bind(id.as_str())
        .bind(i64::from(trial_days))
        .execute()
        .await?;
    Ok(())
}

/// The plan is not offered any more; false where there is no such plan.
pub async fn withdraw_plan(tx: &mut Tx, id: &PlanId) -> Result<bool> {
    let changed = tx.query(sql!("UPDATE plans SET offered = FALSE WHERE id = $1")).bind(id.as_str()).execute().await?;
    Ok(changed == 1)
}

/// What the plan costs now.
pub async fn live_price(tx: &mut Tx, plan: &PlanId) -> Result<Option<Money>> {
    let found = tx
        .query(sql!("SELECT amount, currency FROM plan_prices WHERE plan_id = $1 AND until IS NULL"))
        .bind(plan.as_str())
        .optional(|row| Ok(Money::new(row.get("amount")?, row.parse("currency")?)))
        .await?;
    Ok(found)
}

/// From `now` on the plan costs this; whoever has it keeps their price.
pub async fn set_price(tx: &mut Tx, id: &PriceId, plan: &PlanId, amount: Money, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE plan_prices SET until = $2 WHERE plan_id = $1 AND until IS NULL"))
        .bind(plan.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    tx.query(sql!("INSERT INTO plan_prices (id, plan_id, currency, amount, since) VALUES ($1, $2, $3, $4, $5)"))
        .bind(id.as_str())
        .bind(plan.as_str())
        .bind(amount.currency().as_str())
        .bind(amount.minor())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// Writes a new one down; false where the person has one that lives.
pub async fn add(tx: &mut Tx, one: &Subscription) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO subscriptions (id, account_id, product, plan_id, price_id, state, since, zone, anchor, months_done,
                                        period_number, period_starts, period_ends, lang, next_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING"
        ))
        .bind(one.id.as_str())
        .bind(one.account.as_str())
        .bind(&one.tariff.product)
        .bind(one.tariff.plan.as_str())
        .bind(one.tariff.id.as_str())
        .bind(one.life.state.as_str())
        .bind(one.life.since.millis())
        .bind(&one.zone)
        .bind(one.anchor.map(Moment::millis))
        .bind(one.starts.map(Moment::millis))
        .bind(one.life.period_ends.map(Moment::millis))
        .bind(one.lang.as_str())
        .bind(one.life.next_look().map(Moment::millis))
        .bind(one.created_at.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

/// Moves a subscription on from what `before` says it is.
pub async fn save(tx: &mut Tx, before: &Subscription, after: &Subscription) -> Result<()> {
    let life = &after.life;
    let changed = tx
        .query(sql!(
            "UPDATE subscriptions SET plan_id = $4, price_id = $5, state = $6, cancels = $7, pauses = $8, renewing = $9,
                    becomes_price_id = $10, upgrades_price_id = $11, hard_decline = $12, retries = $13, since = $14, reminded_at = $15,
                    anchor = $16, months_done = $17, row_number = $18, period_number = $19, period_starts = $20, period_ends = $21,
                    next_at = $22, ended_at = $23, due_at = $24, version = version + 1
              WHERE id = $1 AND state = $2 AND version = $3"
        ))
        .bind(before.id.as_str())
        .bind(before.life.state.as_str())
        .bind(before.version)
        .bind(after.tariff.plan.as_str())
        .bind(after.tariff.id.as_str())
        .bind(life.state.as_str())
        .bind(life.cancels)
        .bind(life.pauses)
        .bind(life.renewing)
        .bind(life.becomes.as_ref().map(|id| id.as_str().to_owned()))
        .bind(life.upgrades.as_ref().map(|id| id.as_str().to_owned()))
        .bind(life.hard_decline)
        .bind(i64::try_from(life.retries).unwrap_or_default())
        .bind(life.since.millis())
        .bind(life.reminded_at.map(Moment::millis))
        .bind(after.anchor.map(Moment::millis))
        .bind(i64::from(after.months_done))
        .bind(after.row)
        .bind(after.number)
        .bind(after.starts.map(Moment::millis))
        .bind(life.period_ends.map(Moment::millis))
        .bind(life.next_look().map(Moment::millis))
        .bind(after.ended_at.map(Moment::millis))
        .bind(life.due_at.map(Moment::millis))
        .execute()
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::bug("a subscription changed under its lock")) }
}

/// Whether the trial was still to be had; it is not any more.
pub async fn take_trial(tx: &mut Tx, account: &AccountId, product: &str, now: Moment) -> Result<bool> {
    let taken = tx
        .query(sql!("INSERT INTO trials (account_id, product, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"))
        .bind(account.as_str())
        .bind(product)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(taken == 1)
}

pub async fn had_trial(conn: &mut Conn, account: &AccountId, product: &str) -> Result<bool> {
    let had = conn
        .query(sql!("SELECT EXISTS (SELECT 1 FROM trials WHERE account_id = $1 AND product = $2) AS had"))
        .bind(account.as_str())
        .bind(product)
        .one(|row| row.get("had"))
        .await?;
    Ok(had)
}

/// What was agreed to, as it was shown.
pub async fn add_consent(
    tx: &mut Tx,
    id: &EventId,
    of: &Subscription,
    tariff: &Tariff,
    charge_at: Moment,
    now: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO subscription_consents (id, subscription_id, price_id, charge_at, lang, at) VALUES ($1, $2, $3, $4, $5, $6)"
    ))
    .bind(id.as_str())
    .bind(of.id.as_str())
    .bind(tariff.id.as_str())
    .bind(charge_at.millis())
    .bind(of.lang.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}
