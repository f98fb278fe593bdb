//! Saved ways of paying.

use crate::Result;
use model::Moment;
use model::ids::{AccountId, AgreementId, SubscriptionId};
use model::payments::Provider;
use store::{Conn, Row, Tx, sql};

/// A saved way of paying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    pub id: AgreementId,
    pub provider: Provider,
    /// The provider's name for it.
    pub token: String,
}

fn row_of(row: &Row) -> Result<Agreement, store::Error> {
    Ok(Agreement { id: row.parse("id")?, provider: row.parse("provider")?, token: row.get("token")? })
}

/// One that can be charged.
pub async fn agreement(conn: &mut Conn, id: &AgreementId) -> Result<Option<Agreement>> {
    let found = conn
        .query(sql!("SELECT id, provider, token FROM agreements WHERE id = $1 AND state = 'active'"))
        .bind(id.as_str())
        .optional(row_of)
        .await?;
    Ok(found)
}

/// Keeps a way of paying, once, and makes the subscription pay by it. One that has ended stays so: false, and all is as it was.
pub async fn keep_agreement(
    tx: &mut Tx,
    kept: &Agreement,
    account: &AccountId,
    of: &SubscriptionId,
    now: Moment,
) -> Result<bool> {
    tx.query(sql!(
        "INSERT INTO agreements (id, account_id, provider, token, state, created_at) VALUES ($1, $2, $3, $4, 'active', $5)
         ON CONFLICT DO NOTHING"
    ))
    .bind(kept.id.as_str())
    .bind(account.as_str())
    .bind(kept.provider.as_str())
    .bind(&kept.token)
    .bind(now.millis())
    .execute()
    .await?;
    let changed = tx
        .query(sql!(
            "UPDATE subscriptions SET agreement_id = (SELECT id FROM agreements WHERE provider = $2 AND token = $3)
              WHERE id = $1 AND EXISTS (SELECT 1 FROM agreements
                                         WHERE provider = $2 AND token = $3 AND account_id = $4 AND state = 'active')"
        ))
        .bind(of.as_str())
        .bind(kept.provider.as_str())
        .bind(&kept.token)
        .bind(account.as_str())
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Writes down a way of paying that nothing will pay by: to be ended at the provider.
pub async fn refuse_agreement(tx: &mut Tx, refused: &Agreement, account: &AccountId, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO agreements (id, account_id, provider, token, state, created_at, ended_at, revoke_at)
         VALUES ($1, $2, $3, $4, 'ended', $5, $5, $5) ON CONFLICT DO NOTHING"
    ))
    .bind(refused.id.as_str())
    .bind(account.as_str())
    .bind(refused.provider.as_str())
    .bind(&refused.token)
    .bind(now.millis())
    .execute()
    .await?;
    tx.wake();
    Ok(())
}

/// The subscription does not pay by it any more.
pub async fn end_agreement(tx: &mut Tx, subscription: &SubscriptionId, id: &AgreementId, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE subscriptions SET agreement_id = NULL WHERE id = $1")).bind(subscription.as_str()).execute().await?;
    drop_agreement(tx, id, now).await
}

/// A way of paying that nothing pays by is forgotten, here and at the provider.
pub async fn drop_agreement(tx: &mut Tx, id: &AgreementId, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE agreements SET state = 'ended', ended_at = $2, revoke_at = $2
          WHERE id = $1 AND state = 'active' AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.agreement_id = agreements.id)"
    ))
    .bind(id.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    tx.wake();
    Ok(())
}

/// The agreement is over; whoever paid by it pays by link. Whether it was one of ours.
pub async fn agreement_over(tx: &mut Tx, provider: Provider, token: &str, now: Moment) -> Result<bool> {
    let ended = tx
        .query(sql!(
            "UPDATE agreements SET state = 'ended', ended_at = $3, revoke_at = NULL WHERE provider = $1 AND token = $2 RETURNING id"
        ))
        .bind(provider.as_str())
        .bind(token)
        .bind(now.millis())
        .optional(|row| row.get::<String>("id"))
        .await?;
    let Some(id) = ended else { return Ok(false) };
    tx.query(sql!("UPDATE subscriptions SET agreement_id = NULL WHERE agreement_id = $1")).bind(&id).execute().await?;
    Ok(true)
}

/// Those to be ended at their provider now, and how often that was tried.
pub async fn to_revoke(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<(Agreement, i64)>> {
    let all = conn
        .query(sql!(
            "SELECT id, provider, token, revoke_tries FROM agreements WHERE revoke_at IS NOT NULL AND revoke_at <= $1
              ORDER BY revoke_at, id LIMIT $2"
        ))
        .bind(now.millis())
        .bind(limit)
        .all(|row| Ok((row_of(row)?, row.get::<i64>("revoke_tries")?)))
        .await?;
    Ok(all)
}

/// Plans the next try before this one; false where another worker has begun it.
pub async fn claim_revoke(tx: &mut Tx, id: &AgreementId, tries: i64, next: Option<Moment>) -> Result<bool> {
    let claimed = tx
        .query(sql!(
            "UPDATE agreements SET revoke_at = $3, revoke_tries = revoke_tries + 1
              WHERE id = $1 AND revoke_tries = $2 AND revoke_at IS NOT NULL"
        ))
        .bind(id.as_str())
        .bind(tries)
        .bind(next.map(Moment::millis))
        .execute()
        .await?;
    Ok(claimed == 1)
}

/// The provider has ended it.
pub async fn revoked(tx: &mut Tx, id: &AgreementId) -> Result<()> {
    tx.query(sql!("UPDATE agreements SET revoke_at = NULL WHERE id = $1")).bind(id.as_str()).execute().await?;
    Ok(())
}
