//! The membership's statements.

mod agreements;
mod invoices;
mod lists;
mod periods;
mod write;

pub use agreements::*;
pub use invoices::*;
pub use lists::*;
pub use periods::*;
pub use write::*;

use super::state::Life;
use crate::Result;
use model::ids::{AccountId, AgreementId, OrderId, PlanId, PriceId, SubscriptionId};
use model::{Lang, Moment, Money};
use store::{Conn, Row, Tx, sql};

/// A plan at one of its prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    /// The price, and so the plan.
    pub id: PriceId,
    pub plan: PlanId,
    pub product: String,
    pub months: u32,
    pub amount: Money,
    pub trial_days: u32,
    /// It can be subscribed to now.
    pub offered: bool,
}

fn tariff(row: &Row) -> Result<Tariff, store::Error> {
    let count = |name: &str| row.get::<i64>(name).map(|n| u32::try_from(n).unwrap_or_default());
    Ok(Tariff {
        id: row.parse("price_id")?,
        plan: row.parse("plan_id")?,
        product: row.get("product")?,
        months: count("months")?,
        amount: Money::new(row.get("amount")?, row.parse("currency")?),
        trial_days: count("trial_days")?,
        offered: row.get("offered")?,
    })
}

/// What is offered now, in its order.
pub async fn offered(conn: &mut Conn, product: &str) -> Result<Vec<Tariff>> {
    let all = conn
        .query(sql!(
            "SELECT r.id AS price_id, p.id AS plan_id, p.product, p.months, p.trial_days, r.amount, r.currency, p.offered
               FROM plans p JOIN plan_prices r ON r.plan_id = p.id AND r.until IS NULL
              WHERE p.product = $1 AND p.offered ORDER BY p.position, p.id"
        ))
        .bind(product)
        .all(tariff)
        .await?;
    Ok(all)
}

pub async fn tariff_of(conn: &mut Conn, price: &PriceId) -> Result<Tariff> {
    let found = conn
        .query(sql!(
            "SELECT r.id AS price_id, p.id AS plan_id, p.product, p.months, p.trial_days, r.amount, r.currency,
                    (p.offered AND r.until IS NULL) AS offered
               FROM plan_prices r JOIN plans p ON p.id = r.plan_id WHERE r.id = $1"
        ))
        .bind(price.as_str())
        .one(tariff)
        .await?;
    Ok(found)
}

/// One person's subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub id: SubscriptionId,
    pub account: AccountId,
    pub tariff: Tariff,
    pub life: Life,
    /// The calendar is this zone's.
    pub zone: String,
    /// Months are counted from here.
    pub anchor: Option<Moment>,
    /// How many of them are behind the end of the period.
    pub months_done: u32,
    /// The row of periods that follow one another.
    pub row: i64,
    /// The period that runs.
    pub number: i64,
    pub starts: Option<Moment>,
    pub agreement: Option<AgreementId>,
    pub lang: Lang,
    pub created_at: Moment,
    pub ended_at: Option<Moment>,
    pub version: i64,
}

fn moment(row: &Row, name: &str) -> Result<Option<Moment>, store::Error> {
    Ok(row.get::<Option<i64>>(name)?.map(Moment::from_millis))
}

fn subscription(row: &Row) -> Result<Subscription, store::Error> {
    let life = Life {
        state: row.parse("state")?,
        cancels: row.get("cancels")?,
        pauses: row.get("pauses")?,
        renewing: row.get("renewing")?,
        becomes: row.parse_optional("becomes_price_id")?,
        upgrades: row.parse_optional("upgrades_price_id")?,
        hard_decline: row.get("hard_decline")?,
        retries: usize::try_from(row.get::<i64>("retries")?).unwrap_or_default(),
        since: Moment::from_millis(row.get("since")?),
        period_ends: moment(row, "period_ends")?,
        reminded_at: moment(row, "reminded_at")?,
        due_at: moment(row, "due_at")?,
    };
    Ok(Subscription {
        id: row.parse("id")?,
        account: row.parse("account_id")?,
        tariff: tariff(row)?,
        life,
        zone: row.get("zone")?,
        anchor: moment(row, "anchor")?,
        months_done: u32::try_from(row.get::<i64>("months_done")?).unwrap_or_default(),
        row: row.get("row_number")?,
        number: row.get("period_number")?,
        starts: moment(row, "period_starts")?,
        agreement: row.parse_optional("agreement_id")?,
        lang: row.parse("lang")?,
        created_at: Moment::from_millis(row.get("created_at")?),
        ended_at: moment(row, "ended_at")?,
        version: row.get("version")?,
    })
}

/// The subscription, kept from others until the transaction ends, and before it the person whose it is: whoever locks both does it
/// in this order. It is read once it is locked, with the plan it has by then.
pub async fn lock(tx: &mut Tx, id: &SubscriptionId) -> Result<Option<Subscription>> {
    let owner: Option<AccountId> = tx
        .query(sql!("SELECT account_id FROM subscriptions WHERE id = $1"))
        .bind(id.as_str())
        .optional(|row| row.parse("account_id"))
        .await?;
    let Some(owner) = owner else { return Ok(None) };
    crate::accounts::lock(tx, &owner).await?;
    tx.query(sql!(
        sqlite: "SELECT id FROM subscriptions WHERE id = $1",
        postgres: "SELECT id FROM subscriptions WHERE id = $1 FOR UPDATE"
    ))
    .bind(id.as_str())
    .optional(|_| Ok(()))
    .await?;
    one(tx, id).await
}

/// The latest subscription of a person to a product: the one that lives, or the last that did.
pub async fn latest_of(conn: &mut Conn, account: &AccountId, product: &str) -> Result<Option<Subscription>> {
    let found = conn
        .query(sql!(
            "SELECT s.*, r.amount, r.currency, p.months, p.trial_days, p.offered
               FROM subscriptions s JOIN plan_prices r ON r.id = s.price_id JOIN plans p ON p.id = s.plan_id
              WHERE s.account_id = $1 AND s.product = $2
              ORDER BY CASE WHEN s.state IN ('ended', 'incomplete_expired') THEN 1 ELSE 0 END, s.created_at DESC, s.id DESC LIMIT 1"
        ))
        .bind(account.as_str())
        .bind(product)
        .optional(subscription)
        .await?;
    Ok(found)
}

/// The subscription as it stands.
pub async fn one(conn: &mut Conn, id: &SubscriptionId) -> Result<Option<Subscription>> {
    let found = conn
        .query(sql!(
            "SELECT s.*, r.amount, r.currency, p.months, p.trial_days, p.offered
               FROM subscriptions s JOIN plan_prices r ON r.id = s.price_id JOIN plans p ON p.id = s.plan_id WHERE s.id = $1"
        ))
        .bind(id.as_str())
        .optional(subscription)
        .await?;
    Ok(found)
}

/// A person's subscriptions after `after` in the list, the latest first.
pub async fn of_member(
    conn: &mut Conn,
    account: &AccountId,
    after: Option<&SubscriptionId>,
    limit: i64,
) -> Result<Vec<Subscription>> {
    let all = conn
        .query(sql!(
            "SELECT s.*, r.amount, r.currency, p.months, p.trial_days, p.offered
               FROM subscriptions s JOIN plan_prices r ON r.id = s.price_id JOIN plans p ON p.id = s.plan_id
              WHERE s.account_id = $1
                AND (CAST($2 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM subscriptions l WHERE l.id = $2 AND l.account_id = $1
                        AND (s.created_at < l.created_at OR (s.created_at = l.created_at AND s.id < l.id))))
              ORDER BY s.created_at DESC, s.id DESC LIMIT $3"
        ))
        .bind(account.as_str())
        .bind(after.map(SubscriptionId::as_str))
        .bind(limit)
        .all(subscription)
        .await?;
    Ok(all)
}

/// The subscription an order belongs to.
pub async fn of_order(conn: &mut Conn, order: &OrderId) -> Result<Option<SubscriptionId>> {
    let found = conn
        .query(sql!("SELECT subscription_id FROM subscription_invoices WHERE order_id = $1"))
        .bind(order.as_str())
        .optional(|row| row.parse("subscription_id"))
        .await?;
    Ok(found)
}

/// Whether the clock has something for any subscription, for whoever would rather not write to find out.
pub async fn is_any_due(conn: &mut Conn, now: Moment) -> Result<bool> {
    let found = conn
        .query(sql!("SELECT id FROM subscriptions WHERE next_at <= $1 AND claimed_until <= $1 LIMIT 1"))
        .bind(now.millis())
        .optional(|row| row.get::<String>("id"))
        .await?;
    Ok(found.is_some())
}

/// Takes up to `limit` subscriptions that the clock has something for, and keeps other workers off them until `until`.
pub async fn claim_due(tx: &mut Tx, now: Moment, until: Moment, limit: i64) -> Result<Vec<SubscriptionId>> {
    let claimed = tx
        .query(sql!(
            sqlite: "UPDATE subscriptions SET claimed_until = $2
                      WHERE next_at <= $1 AND claimed_until <= $1
                        AND id IN (SELECT id FROM subscriptions WHERE next_at <= $1 AND claimed_until <= $1 ORDER BY next_at, id LIMIT $3)
                  RETURNING id",
            postgres: "UPDATE subscriptions SET claimed_until = $2
                        WHERE next_at <= $1 AND claimed_until <= $1
                          AND id IN (SELECT id FROM subscriptions WHERE next_at <= $1 AND claimed_until <= $1 ORDER BY next_at, id LIMIT $3
                                     FOR UPDATE SKIP LOCKED)
                    RETURNING id"
        ))
        .bind(now.millis())
        .bind(until.millis())
        .bind(limit)
        .all(|row| row.parse("id"))
        .await?;
    Ok(claimed)
}

/// The claim is given back; looked at again at `next`, where that is given.
pub async fn release(tx: &mut Tx, id: &SubscriptionId, next: Option<Moment>) -> Result<()> {
    tx.query(sql!("UPDATE subscriptions SET claimed_until = 0, next_at = COALESCE(CAST($2 AS BIGINT), next_at) WHERE id = $1"))
        .bind(id.as_str())
        .bind(next.map(Moment::millis))
        .execute()
        .await?;
    Ok(())
}

/// Something happened elsewhere: to be looked at now.
pub async fn look_at(tx: &mut Tx, id: &SubscriptionId, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE subscriptions SET next_at = $2 WHERE id = $1 AND next_at IS NOT NULL"))
        .bind(id.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}
