//! The statements of accounts.

use super::NewAccount;
use crate::Result;
use model::Moment;
use model::accounts::{Me, Role};
use model::ids::AccountId;
use model::text::Email;
use store::{Conn, Row, Tx, sql};

pub async fn add_session(tx: &mut Tx, hash: &str, account: &AccountId, now: Moment, expires: Moment, agent: &str) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO sessions (id_hash, account_id, created_at, seen_at, expires_at, user_agent) VALUES ($1, $2, $3, $3, $4, $5)"
    ))
    .bind(hash)
    .bind(account.as_str())
    .bind(now.millis())
    .bind(expires.millis())
    .bind(agent)
    .execute()
    .await?;
    Ok(())
}

pub struct FoundSession {
    pub me: Me,
    pub seen_at: Moment,
}

pub async fn session(conn: &mut Conn, hash: &str, now: Moment) -> Result<Option<FoundSession>> {
    let rows = conn
        .query(sql!(
            "SELECT a.id, a.name, s.seen_at, r.role
               FROM sessions s
               JOIN accounts a ON a.id = s.account_id
               LEFT JOIN account_roles r ON r.account_id = a.id
              WHERE s.id_hash = $1 AND s.expires_at > $2 AND a.suspended_at IS NULL"
        ))
        .bind(hash)
        .bind(now.millis())
        .all(|row: &Row| {
            let me =
                Me { id: row.parse("id")?, name: row.parse("name")?, roles: row.parse_optional("role")?.into_iter().collect() };
            Ok(FoundSession { me, seen_at: Moment::from_millis(row.get("seen_at")?) })
        })
        .await?;
    Ok(rows.into_iter().reduce(|mut all, next| {
        all.me.roles.extend(next.me.roles);
        all
    }))
}

pub async fn touch_session(tx: &mut Tx, hash: &str, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE sessions SET seen_at = $2 WHERE id_hash = $1")).bind(hash).bind(now.millis()).execute().await?;
    Ok(())
}

/// Writes a new person; an address or a handle that is taken is a conflict.
pub async fn add_account(tx: &mut Tx, new: &NewAccount, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO accounts (id, email, handle, name, headline, bio, lang, password_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    ))
    .bind(new.id.as_str())
    .bind(new.email.as_str())
    .bind(new.handle.as_str())
    .bind(new.name.as_str())
    .bind(new.headline.as_str())
    .bind(new.bio.as_str())
    .bind(new.lang.as_str())
    .bind(new.password_hash.clone())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn add_role(tx: &mut Tx, account: &AccountId, role: Role, now: Moment) -> Result<bool> {
    let added = tx
        .query(sql!("INSERT INTO account_roles (account_id, role, granted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"))
        .bind(account.as_str())
        .bind(role.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

pub async fn is_known(conn: &mut Conn, email: &Email) -> Result<bool> {
    let known = conn
        .query(sql!("SELECT EXISTS (SELECT 1 FROM accounts WHERE email = $1) AS known"))
        .bind(email.as_str())
        .one(|row| row.get("known"))
        .await?;
    Ok(known)
}
