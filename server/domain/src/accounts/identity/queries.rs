//! The statements about other houses.

use super::provider::Claims;
use crate::{App, Result};
use model::identity::Linked;
use model::ids::{AccountId, IdentityId};
use model::{Lang, Moment};
use store::{Conn, Row, Tx, sql};

/// Somebody on their way.
pub struct Attempt {
    pub provider: String,
    /// None: to sign in.
    pub account: Option<AccountId>,
    /// The session in which linking was begun.
    pub session: String,
    pub next: String,
    pub lang: Lang,
}

pub async fn add_attempt(tx: &mut Tx, state: &str, browser: &str, attempt: &Attempt, until: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO identity_attempts (state_hash, browser_hash, provider, account_id, session_hash, next, lang, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    ))
    .bind(state)
    .bind(browser)
    .bind(attempt.provider.as_str())
    .bind(attempt.account.as_ref().map(|account| account.as_str().to_owned()))
    .bind(attempt.session.as_str())
    .bind(attempt.next.as_str())
    .bind(attempt.lang.as_str())
    .bind(until.millis())
    .execute()
    .await?;
    Ok(())
}

/// Uses the try up: it is given once, to the browser that began it, for the provider it was begun with.
pub async fn take_attempt(tx: &mut Tx, state: &str, browser: &str, provider: &str, now: Moment) -> Result<Option<Attempt>> {
    let taken = tx
        .query(sql!(
            "DELETE FROM identity_attempts WHERE state_hash = $1 AND browser_hash = $2 AND provider = $3 AND expires_at > $4
             RETURNING provider, account_id, session_hash, next, lang"
        ))
        .bind(state)
        .bind(browser)
        .bind(provider)
        .bind(now.millis())
        .optional(|row: &Row| {
            Ok(Attempt {
                provider: row.get("provider")?,
                account: row.parse_optional("account_id")?,
                session: row.get("session_hash")?,
                next: row.get("next")?,
                lang: row.parse("lang")?,
            })
        })
        .await?;
    Ok(taken)
}

pub async fn forget_attempts(tx: &mut Tx, now: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM identity_attempts WHERE expires_at <= $1")).bind(now.millis()).execute().await?;
    Ok(())
}

/// Whose it is.
pub struct Known {
    pub id: IdentityId,
    pub account: AccountId,
    pub suspended: bool,
}

pub async fn find(conn: &mut Conn, issuer: &str, subject: &str) -> Result<Option<Known>> {
    let found = conn
        .query(sql!(
            "SELECT i.id, i.account_id, a.suspended_at FROM identities i JOIN accounts a ON a.id = i.account_id
              WHERE i.issuer = $1 AND i.subject = $2"
        ))
        .bind(issuer)
        .bind(subject)
        .optional(|row| {
            Ok(Known {
                id: row.parse("id")?,
                account: row.parse("account_id")?,
                suspended: row.get::<Option<i64>>("suspended_at")?.is_some(),
            })
        })
        .await?;
    Ok(found)
}

/// Whether it was nobody's before.
pub async fn add(app: &App, tx: &mut Tx, account: &AccountId, provider: &str, claims: &Claims) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO identities (id, account_id, provider, issuer, subject, email, created_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING"
        ))
        .bind(app.new_id::<IdentityId>().as_str())
        .bind(account.as_str())
        .bind(provider)
        .bind(claims.issuer.as_str())
        .bind(claims.subject.as_str())
        .bind(claims.email.as_ref().map_or("", |email| email.as_str()))
        .bind(app.now().millis())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn used(tx: &mut Tx, id: &IdentityId, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE identities SET used_at = $2 WHERE id = $1")).bind(id.as_str()).bind(now.millis()).execute().await?;
    Ok(())
}

/// The oldest first; the label is the operator's word.
pub async fn linked(conn: &mut Conn, account: &AccountId) -> Result<Vec<Linked>> {
    let linked = conn
        .query(sql!(
            "SELECT id, provider, email, created_at, used_at FROM identities WHERE account_id = $1 ORDER BY created_at, id"
        ))
        .bind(account.as_str())
        .all(|row| {
            Ok(Linked {
                id: row.parse("id")?,
                label: row.get("provider")?,
                email: row.get("email")?,
                linked: Moment::from_millis(row.get("created_at")?),
                used: Moment::from_millis(row.get("used_at")?),
            })
        })
        .await?;
    Ok(linked)
}

/// The provider it was of, if it was this person's.
pub async fn remove(tx: &mut Tx, id: &IdentityId, account: &AccountId) -> Result<Option<String>> {
    let removed = tx
        .query(sql!("DELETE FROM identities WHERE id = $1 AND account_id = $2 RETURNING provider"))
        .bind(id.as_str())
        .bind(account.as_str())
        .optional(|row| row.get("provider"))
        .await?;
    Ok(removed)
}

/// In how many ways the person can sign in.
pub async fn ways_in(conn: &mut Conn, account: &AccountId) -> Result<i64> {
    let ways = conn
        .query(sql!(
            "SELECT (CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END)
                    + (SELECT COUNT(*) FROM identities i WHERE i.account_id = a.id)
                    + (SELECT COUNT(*) FROM passkeys p WHERE p.account_id = a.id) AS ways
               FROM accounts a WHERE a.id = $1"
        ))
        .bind(account.as_str())
        .one(|row| row.get("ways"))
        .await?;
    Ok(ways)
}
