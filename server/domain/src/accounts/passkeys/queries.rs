//! The statements about passkeys.

use super::key::Key;
use crate::{App, Result};
use model::Moment;
use model::ids::{AccountId, PasskeyId};
use model::passkeys::PasskeyView;
use store::{Conn, Row, Tx, sql};

/// For whom a key is being made; nobody: somebody is signing in.
#[derive(Debug, Default)]
pub struct Ceremony {
    pub account: Option<AccountId>,
    pub session: String,
}

/// A challenge of 256 bits.
pub fn mint(app: &App) -> String {
    let mut random = [0; 32];
    app.ports.chance.fill(&mut random);
    super::text(&random)
}

pub async fn begin(tx: &mut Tx, challenge: &str, purpose: &str, ceremony: &Ceremony, until: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO passkey_ceremonies (challenge_hash, purpose, account_id, session_hash, expires_at) VALUES ($1, $2, $3, $4, $5)"
    ))
    .bind(challenge)
    .bind(purpose)
    .bind(ceremony.account.as_ref().map(|account| account.as_str().to_owned()))
    .bind(ceremony.session.as_str())
    .bind(until.millis())
    .execute()
    .await?;
    Ok(())
}

/// Uses the ceremony up: it is given once.
pub async fn take(tx: &mut Tx, challenge: &str, purpose: &str, now: Moment) -> Result<Option<Ceremony>> {
    let taken = tx
        .query(sql!(
            "DELETE FROM passkey_ceremonies WHERE challenge_hash = $1 AND purpose = $2 AND expires_at > $3
             RETURNING account_id, session_hash"
        ))
        .bind(challenge)
        .bind(purpose)
        .bind(now.millis())
        .optional(|row: &Row| Ok(Ceremony { account: row.parse_optional("account_id")?, session: row.get("session_hash")? }))
        .await?;
    Ok(taken)
}

pub async fn forget(tx: &mut Tx, now: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM passkey_ceremonies WHERE expires_at <= $1")).bind(now.millis()).execute().await?;
    Ok(())
}

/// A key as a device made it.
pub struct NewKey {
    /// The device's name for it, base64url.
    pub credential: String,
    pub key: Key,
    pub counter: u32,
    pub synced: bool,
}

/// Whether nobody had it before.
pub async fn add(tx: &mut Tx, id: &PasskeyId, account: &AccountId, name: &str, new: &NewKey, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO passkeys (id, account_id, credential, algorithm, public_key, counter, synced, name, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"
        ))
        .bind(id.as_str())
        .bind(account.as_str())
        .bind(new.credential.as_str())
        .bind(new.key.algorithm.as_str())
        .bind(new.key.bytes.clone())
        .bind(i64::from(new.counter))
        .bind(new.synced)
        .bind(name)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn count(conn: &mut Conn, account: &AccountId) -> Result<i64> {
    let count = conn
        .query(sql!("SELECT COUNT(*) AS n FROM passkeys WHERE account_id = $1"))
        .bind(account.as_str())
        .one(|row| row.get("n"))
        .await?;
    Ok(count)
}

/// The names that devices have for a person's keys.
pub async fn credentials(conn: &mut Conn, account: &AccountId) -> Result<Vec<String>> {
    let names = conn
        .query(sql!("SELECT credential FROM passkeys WHERE account_id = $1 ORDER BY id"))
        .bind(account.as_str())
        .all(|row| row.get("credential"))
        .await?;
    Ok(names)
}

/// Whose key it is.
pub struct Known {
    pub id: PasskeyId,
    pub account: AccountId,
    pub suspended: bool,
    /// It may be on several devices; that never changes.
    pub synced: bool,
    pub key: Key,
}

pub async fn find(conn: &mut Conn, credential: &str) -> Result<Option<Known>> {
    let found = conn
        .query(sql!(
            "SELECT p.id, p.account_id, p.algorithm, p.public_key, p.synced, a.suspended_at
               FROM passkeys p JOIN accounts a ON a.id = p.account_id WHERE p.credential = $1"
        ))
        .bind(credential)
        .optional(|row| {
            Ok(Known {
                id: row.parse("id")?,
                account: row.parse("account_id")?,
                suspended: row.get::<Option<i64>>("suspended_at")?.is_some(),
                synced: row.get("synced")?,
                key: Key { algorithm: row.parse("algorithm")?, bytes: row.get("public_key")? },
            })
        })
        .await?;
    Ok(found)
}

/// Notes the use; false where the count did not go up although the device counts.
pub async fn used(tx: &mut Tx, id: &PasskeyId, counter: i64, now: Moment) -> Result<bool> {
    let noted = tx
        .query(sql!(
            "UPDATE passkeys SET counter = $2, used_at = $3 WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))"
        ))
        .bind(id.as_str())
        .bind(counter)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(noted == 1)
}

/// The oldest first.
pub async fn keys(conn: &mut Conn, account: &AccountId) -> Result<Vec<PasskeyView>> {
    let keys = conn
        .query(sql!("SELECT id, name, synced, created_at, used_at FROM passkeys WHERE account_id = $1 ORDER BY created_at, id"))
        .bind(account.as_str())
        .all(|row| {
            Ok(PasskeyView {
                id: row.parse("id")?,
                name: row.get("name")?,
                synced: row.get("synced")?,
                made: Moment::from_millis(row.get("created_at")?),
                used: row.get::<Option<i64>>("used_at")?.map(Moment::from_millis),
            })
        })
        .await?;
    Ok(keys)
}

/// Removes the keys that were made since.
pub async fn forget_since(tx: &mut Tx, account: &AccountId, since: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM passkeys WHERE account_id = $1 AND created_at >= $2"))
        .bind(account.as_str())
        .bind(since.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn rename(tx: &mut Tx, id: &PasskeyId, account: &AccountId, name: &str) -> Result<bool> {
    let renamed = tx
        .query(sql!("UPDATE passkeys SET name = $3 WHERE id = $1 AND account_id = $2"))
        .bind(id.as_str())
        .bind(account.as_str())
        .bind(name)
        .execute()
        .await?;
    Ok(renamed == 1)
}

pub async fn remove(tx: &mut Tx, id: &PasskeyId, account: &AccountId) -> Result<bool> {
    let removed = tx
        .query(sql!("DELETE FROM passkeys WHERE id = $1 AND account_id = $2"))
        .bind(id.as_str())
        .bind(account.as_str())
        .execute()
        .await?;
    Ok(removed == 1)
}
