//! The statements of the second factor and of the second step.

use crate::Result;
use model::Moment;
use model::ids::{AccountId, EventId, IdentityId};
use store::{Conn, Tx, sql};

/// What is kept of an app's secret.
pub struct Factor {
    pub sealed: Vec<u8>,
    pub key_id: String,
    pub confirmed_at: Option<Moment>,
}

pub async fn factor(conn: &mut Conn, account: &AccountId) -> Result<Option<Factor>> {
    let found = conn
        .query(sql!("SELECT sealed, key_id, confirmed_at FROM second_factors WHERE account_id = $1"))
        .bind(account.as_str())
        .optional(|row| {
            Ok(Factor {
                sealed: row.get("sealed")?,
                key_id: row.get("key_id")?,
                confirmed_at: row.get::<Option<i64>>("confirmed_at")?.map(Moment::from_millis),
            })
        })
        .await?;
    Ok(found)
}

/// Keeps a new secret in place of one that was begun; one that counts stays.
pub async fn begin(tx: &mut Tx, account: &AccountId, sealed: &[u8], key_id: &str, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO second_factors (account_id, sealed, key_id, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed, key_id = excluded.key_id, created_at = excluded.created_at
          WHERE second_factors.confirmed_at IS NULL"
    ))
    .bind(account.as_str())
    .bind(sealed.to_vec())
    .bind(key_id)
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// The secret counts from now on, if it still is the one that was begun.
pub async fn finish(tx: &mut Tx, account: &AccountId, sealed: &[u8], step: i64, now: Moment) -> Result<bool> {
    let finished = tx
        .query(sql!(
            "UPDATE second_factors SET confirmed_at = $2, last_step = $3
              WHERE account_id = $1 AND confirmed_at IS NULL AND sealed = $4"
        ))
        .bind(account.as_str())
        .bind(now.millis())
        .bind(step)
        .bind(sealed.to_vec())
        .execute()
        .await?;
    Ok(finished == 1)
}

/// Whether the step was still to be had; it is gone now, with all before it.
pub async fn take_step(tx: &mut Tx, account: &AccountId, step: i64) -> Result<bool> {
    let taken = tx
        .query(sql!(
            "UPDATE second_factors SET last_step = $2 WHERE account_id = $1 AND last_step < $2 AND confirmed_at IS NOT NULL"
        ))
        .bind(account.as_str())
        .bind(step)
        .execute()
        .await?;
    Ok(taken == 1)
}

pub async fn forget_factor(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!("DELETE FROM second_factors WHERE account_id = $1")).bind(account.as_str()).execute().await?;
    Ok(())
}

/// Some secrets after this account's, by account.
pub async fn sealed_after(conn: &mut Conn, account: &str, limit: i64) -> Result<Vec<(AccountId, Vec<u8>)>> {
    let some = conn
        .query(sql!("SELECT account_id, sealed FROM second_factors WHERE account_id > $1 ORDER BY account_id LIMIT $2"))
        .bind(account)
        .bind(limit)
        .all(|row| Ok((row.parse("account_id")?, row.get("sealed")?)))
        .await?;
    Ok(some)
}

/// The same secret, sealed with another key.
pub async fn reseal(tx: &mut Tx, account: &AccountId, was: &[u8], sealed: &[u8], key_id: &str) -> Result<()> {
    tx.query(sql!("UPDATE second_factors SET sealed = $3, key_id = $4 WHERE account_id = $1 AND sealed = $2"))
        .bind(account.as_str())
        .bind(was.to_vec())
        .bind(sealed.to_vec())
        .bind(key_id)
        .execute()
        .await?;
    Ok(())
}

/// What was set up since: an app, and recovery codes.
pub async fn forget_since(tx: &mut Tx, account: &AccountId, since: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM second_factors WHERE account_id = $1 AND (confirmed_at IS NULL OR confirmed_at >= $2)"))
        .bind(account.as_str())
        .bind(since.millis())
        .execute()
        .await?;
    tx.query(sql!("DELETE FROM recovery_codes WHERE account_id = $1 AND created_at >= $2"))
        .bind(account.as_str())
        .bind(since.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn add_code(tx: &mut Tx, account: &AccountId, hash: &str, batch: &EventId, now: Moment) -> Result<()> {
    tx.query(sql!("INSERT INTO recovery_codes (account_id, code_hash, batch_id, created_at) VALUES ($1, $2, $3, $4)"))
        .bind(account.as_str())
        .bind(hash)
        .bind(batch.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// Whether there was such a code to be used; it is used now.
pub async fn take_code(tx: &mut Tx, account: &AccountId, hash: &str, now: Moment) -> Result<bool> {
    let taken = tx
        .query(sql!("UPDATE recovery_codes SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL"))
        .bind(account.as_str())
        .bind(hash)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(taken == 1)
}

pub async fn codes_left(conn: &mut Conn, account: &AccountId) -> Result<u32> {
    let left: i64 = conn
        .query(sql!("SELECT COUNT(*) AS left_over FROM recovery_codes WHERE account_id = $1 AND used_at IS NULL"))
        .bind(account.as_str())
        .one(|row| row.get("left_over"))
        .await?;
    Ok(u32::try_from(left).unwrap_or_default())
}

/// The set of now and when it was made.
pub async fn latest_batch(conn: &mut Conn, account: &AccountId) -> Result<Option<(EventId, Moment)>> {
    let found = conn
        .query(sql!("SELECT batch_id, created_at FROM recovery_codes WHERE account_id = $1 ORDER BY created_at DESC LIMIT 1"))
        .bind(account.as_str())
        .optional(|row| Ok((row.parse("batch_id")?, Moment::from_millis(row.get("created_at")?))))
        .await?;
    Ok(found)
}

pub async fn forget_codes(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!("DELETE FROM recovery_codes WHERE account_id = $1")).bind(account.as_str()).execute().await?;
    Ok(())
}

/// `through`: the provider by which they came.
pub async fn challenge(
    tx: &mut Tx,
    id: &str,
    account: &AccountId,
    through: Option<&IdentityId>,
    now: Moment,
    expires: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO sign_in_challenges (id_hash, account_id, created_at, expires_at, identity_id) VALUES ($1, $2, $3, $4, $5)"
    ))
    .bind(id)
    .bind(account.as_str())
    .bind(now.millis())
    .bind(expires.millis())
    .bind(through.map(|identity| identity.as_str().to_owned()))
    .execute()
    .await?;
    Ok(())
}

/// Counts a try and tells whose challenge it is; none where it is over.
pub async fn try_challenge(tx: &mut Tx, id: &str, tries: i64, now: Moment) -> Result<Option<AccountId>> {
    let tried = tx
        .query(sql!(
            "UPDATE sign_in_challenges SET tries = tries + 1
              WHERE id_hash = $1 AND used_at IS NULL AND expires_at > $2 AND tries < $3
          RETURNING account_id"
        ))
        .bind(id)
        .bind(now.millis())
        .bind(tries)
        .optional(|row| row.parse("account_id"))
        .await?;
    Ok(tried)
}

/// Uses it up: none where it was used before, else the provider by which they came, if they came by one.
pub async fn end_challenge(tx: &mut Tx, id: &str, now: Moment) -> Result<Option<Option<IdentityId>>> {
    let ended = tx
        .query(sql!("UPDATE sign_in_challenges SET used_at = $2 WHERE id_hash = $1 AND used_at IS NULL RETURNING identity_id"))
        .bind(id)
        .bind(now.millis())
        .optional(|row| row.parse_optional("identity_id"))
        .await?;
    Ok(ended)
}

/// Whoever was half way in begins anew.
pub async fn end_challenges(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!("DELETE FROM sign_in_challenges WHERE account_id = $1")).bind(account.as_str()).execute().await?;
    Ok(())
}

pub async fn forget_challenges(tx: &mut Tx, now: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM sign_in_challenges WHERE expires_at <= $1")).bind(now.millis()).execute().await?;
    Ok(())
}
