//! The statements of links from letters, and of requests for them.

use crate::Result;
use crate::accounts::links::{Link, Purpose};
use model::Moment;
use model::ids::{AccountId, LinkId};
use model::text::Email;
use store::{Conn, Tx, sql};

pub async fn add(tx: &mut Tx, link: &Link, token_hash: &str, now: Moment, expires: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO account_links (id, token_hash, account_id, purpose, email, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(link.id.as_str())
    .bind(token_hash)
    .bind(link.account.as_str())
    .bind(link.purpose.as_str())
    .bind(link.email.as_str())
    .bind(now.millis())
    .bind(expires.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn open(conn: &mut Conn, token_hash: &str, now: Moment) -> Result<Option<Link>> {
    let found = conn
        .query(sql!(
            "SELECT l.id, l.account_id, l.purpose, l.email
               FROM account_links l
               JOIN accounts a ON a.id = l.account_id
              WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND a.suspended_at IS NULL"
        ))
        .bind(token_hash)
        .bind(now.millis())
        .optional(|row| {
            Ok(Link {
                id: row.parse("id")?,
                account: row.parse("account_id")?,
                purpose: row.parse("purpose")?,
                email: row.parse("email")?,
            })
        })
        .await?;
    Ok(found)
}

/// Whether it was there to be used; it is used now.
pub async fn spend(tx: &mut Tx, id: &LinkId, now: Moment) -> Result<bool> {
    let spent = tx
        .query(sql!("UPDATE account_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2"))
        .bind(id.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(spent == 1)
}

/// Ends every other link of a person with this purpose.
pub async fn end(tx: &mut Tx, account: &AccountId, purpose: Purpose, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE account_links SET used_at = $3 WHERE account_id = $1 AND purpose = $2 AND used_at IS NULL"))
        .bind(account.as_str())
        .bind(purpose.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn address(conn: &mut Conn, id: &LinkId) -> Result<Option<Email>> {
    let found = conn
        .query(sql!("SELECT email FROM account_links WHERE id = $1"))
        .bind(id.as_str())
        .optional(|row| row.parse("email"))
        .await?;
    Ok(found)
}

pub async fn add_request(tx: &mut Tx, id: &str, email: &Email, now: Moment) -> Result<()> {
    tx.query(sql!("INSERT INTO reset_requests (id, email, created_at) VALUES ($1, $2, $3)"))
        .bind(id)
        .bind(email.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// The request that waits longest; it is gone with the answer.
pub async fn take_request(tx: &mut Tx) -> Result<Option<Email>> {
    let taken = tx
        .query(sql!(
            "DELETE FROM reset_requests WHERE id = (SELECT id FROM reset_requests ORDER BY created_at, id LIMIT 1) RETURNING email"
        ))
        .optional(|row| row.parse("email"))
        .await?;
    Ok(taken)
}

pub async fn forget(tx: &mut Tx, before: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM account_links WHERE expires_at < $1")).bind(before.millis()).execute().await?;
    Ok(())
}

/// Letters as they lie in the database, for a story that looks for secrets in them.
#[cfg(test)]
pub async fn bodies(conn: &mut Conn) -> Result<Vec<String>> {
    let bodies = conn.query(sql!("SELECT body FROM letters ORDER BY id")).all(|row| row.get("body")).await?;
    Ok(bodies)
}
