//! Payers' names at providers, and payers on their way to be told them.

use crate::Result;
use model::Moment;
use model::ids::AccountId;
use model::payments::Provider;
use store::{Conn, Tx, sql};

/// The name by which the provider knows somebody, as it was told in this session.
pub async fn payer_name(
    conn: &mut Conn,
    account: &AccountId,
    session: &str,
    provider: Provider,
    application: &str,
) -> Result<Option<String>> {
    let name = conn
        .query(sql!(
            "SELECT name FROM payer_names WHERE account_id = $1 AND provider = $2 AND application = $3 AND session_hash = $4"
        ))
        .bind(account.as_str())
        .bind(provider.as_str())
        .bind(application)
        .bind(session)
        .optional(|row| row.get("name"))
        .await?;
    Ok(name)
}

/// The name told last stands.
pub async fn keep_payer_name(tx: &mut Tx, journey: &Journey<'_>, application: &str, name: &str, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO payer_names (account_id, provider, application, name, session_hash, told_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (account_id, provider, application)
         DO UPDATE SET name = excluded.name, session_hash = excluded.session_hash, told_at = excluded.told_at"
    ))
    .bind(journey.account.as_str())
    .bind(journey.provider.as_str())
    .bind(application)
    .bind(name)
    .bind(journey.session)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Who is on their way to which provider, from which session.
#[derive(Debug, Clone, Copy)]
pub struct Journey<'a> {
    pub account: &'a AccountId,
    pub session: &'a str,
    pub provider: Provider,
}

pub async fn add_journey(tx: &mut Tx, state: &str, journey: &Journey<'_>, reference: &str, until: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO payer_journeys (state_hash, account_id, session_hash, provider, reference, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)"
    ))
    .bind(state)
    .bind(journey.account.as_str())
    .bind(journey.session)
    .bind(journey.provider.as_str())
    .bind(reference)
    .bind(until.millis())
    .execute()
    .await?;
    Ok(())
}

/// Ends a journey: once, in the session it was begun in, for the provider it went to. What was to be paid for.
pub async fn take_journey(tx: &mut Tx, state: &str, journey: &Journey<'_>, now: Moment) -> Result<Option<String>> {
    let reference = tx
        .query(sql!(
            "DELETE FROM payer_journeys
              WHERE state_hash = $1 AND account_id = $2 AND session_hash = $3 AND provider = $4 AND expires_at > $5
             RETURNING reference"
        ))
        .bind(state)
        .bind(journey.account.as_str())
        .bind(journey.session)
        .bind(journey.provider.as_str())
        .bind(now.millis())
        .optional(|row| row.get("reference"))
        .await?;
    Ok(reference)
}

pub async fn forget_journeys(tx: &mut Tx, now: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM payer_journeys WHERE expires_at <= $1")).bind(now.millis()).execute().await?;
    Ok(())
}

/// Forgets what was told until then.
pub async fn forget_payer_names(tx: &mut Tx, until: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM payer_names WHERE told_at <= $1")).bind(until.millis()).execute().await?;
    Ok(())
}
