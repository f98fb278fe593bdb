//! The statements about other houses.

use super::provider::Claims;
use crate::{App, Result};
use model::identity::Linked;
use model::ids::{AccountId, IdentityId};
use model::passkeys::Place;
use model::{Lang, Moment};
use serde::{Deserialize, Serialize};
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

/// The provider and the language of a try that is under way in this browser.
pub async fn attempt(conn: &mut Conn, state: &str, browser: &str, now: Moment) -> Result<Option<(String, Lang)>> {
    let found = conn
        .query(sql!(
            "SELECT provider, lang FROM identity_attempts WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > $3"
        ))
        .bind(state)
        .bind(browser)
        .bind(now.millis())
        .optional(|row| Ok((row.get("provider")?, row.parse("lang")?)))
        .await?;
    Ok(found)
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

/// Takes off what was linked since.
pub async fn forget_since(tx: &mut Tx, account: &AccountId, since: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM identities WHERE account_id = $1 AND created_at >= $2"))
        .bind(account.as_str())
        .bind(since.millis())
        .execute()
        .await?;
    Ok(())
}

/// Ways in beside the password, whether they work just now or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherWays {
    pub passkeys: i64,
    pub houses: i64,
}

impl OtherWays {
    pub fn any(self) -> bool {
        self.passkeys + self.houses > 0
    }
}

pub async fn other_ways(conn: &mut Conn, account: &AccountId) -> Result<OtherWays> {
    let ways = conn
        .query(sql!(
            "SELECT (SELECT COUNT(*) FROM passkeys WHERE account_id = $1) AS passkeys,
                    (SELECT COUNT(*) FROM identities WHERE account_id = $1) AS houses"
        ))
        .bind(account.as_str())
        .one(|row| Ok(OtherWays { passkeys: row.get("passkeys")?, houses: row.get("houses")? }))
        .await?;
    Ok(ways)
}

/// In how many ways the person can sign in here and now: by a provider that is still set up, by keys where our address takes any.
pub async fn ways_in(app: &App, conn: &mut Conn, account: &AccountId) -> Result<i64> {
    let (password, keys) = conn
        .query(sql!(
            "SELECT (CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END) AS password,
                    (SELECT COUNT(*) FROM passkeys p WHERE p.account_id = a.id) AS keys
               FROM accounts a WHERE a.id = $1"
        ))
        .bind(account.as_str())
        .one(|row| Ok((row.get::<i64>("password")?, row.get::<i64>("keys")?)))
        .await?;
    let providers = conn
        .query(sql!("SELECT provider FROM identities WHERE account_id = $1"))
        .bind(account.as_str())
        .all(|row| row.get::<String>("provider"))
        .await?;
    let open = providers.iter().filter(|provider| app.ports.identities.iter().any(|known| known.name() == **provider)).count();
    let keys = if Place::of(&app.settings.public_url).is_some() { keys } else { 0 };
    Ok(password + keys + i64::try_from(open).unwrap_or_default())
}
