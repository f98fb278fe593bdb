//! The statements of tokens.

use super::Call;
use crate::Result;
use model::Moment;
use model::accounts::Me;
use model::ids::{AccountId, TokenId};
use model::tokens::{Scope, TokenView, Wanted};
use store::{Conn, Row, Tx, sql};

pub async fn add(
    tx: &mut Tx,
    id: &TokenId,
    account: &AccountId,
    wanted: &Wanted,
    (nonce, secret_hash): (&str, &str),
    now: Moment,
    expires: Option<Moment>,
) -> Result<()> {
    let scopes: Vec<_> = wanted.scopes.iter().map(|scope| scope.as_str()).collect();
    tx.query(sql!(
        "INSERT INTO api_tokens (id, account_id, name, secret_hash, scopes, created_at, expires_at, nonce)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    ))
    .bind(id.as_str())
    .bind(account.as_str())
    .bind(wanted.name.as_str())
    .bind(secret_hash)
    .bind(scopes.join(" "))
    .bind(now.millis())
    .bind(expires.map(Moment::millis))
    .bind(nonce)
    .execute()
    .await?;
    Ok(())
}

pub async fn of_person(conn: &mut Conn, account: &AccountId, now: Moment) -> Result<Vec<TokenView>> {
    let rows = conn
        .query(sql!(
            "SELECT id, name, scopes, created_at, expires_at, used_at FROM api_tokens
              WHERE account_id = $1 AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
              ORDER BY created_at DESC, id DESC"
        ))
        .bind(account.as_str())
        .bind(now.millis())
        .all(|row: &Row| {
            Ok(TokenView {
                id: row.parse("id")?,
                name: row.get("name")?,
                scopes: scopes(&row.get::<String>("scopes")?),
                created: Moment::from_millis(row.get("created_at")?),
                expires: row.get::<Option<i64>>("expires_at")?.map(Moment::from_millis),
                used: row.get::<Option<i64>>("used_at")?.map(Moment::from_millis),
            })
        })
        .await?;
    Ok(rows)
}

/// A scope that is not known any more opens nothing.
fn scopes(text: &str) -> Vec<Scope> {
    text.split(' ').filter_map(|word| word.parse().ok()).collect()
}

/// What the secret of a token made after `since` is made from.
pub async fn nonce(conn: &mut Conn, id: &TokenId, account: &AccountId, since: Moment) -> Result<Option<String>> {
    let found = conn
        .query(sql!(
            "SELECT nonce FROM api_tokens
              WHERE id = $1 AND account_id = $2 AND created_at > $3 AND ended_at IS NULL AND nonce IS NOT NULL"
        ))
        .bind(id.as_str())
        .bind(account.as_str())
        .bind(since.millis())
        .optional(|row: &Row| row.get("nonce"))
        .await?;
    Ok(found)
}

pub async fn forget_nonces(tx: &mut Tx, before: Moment) -> Result<()> {
    tx.query(sql!("UPDATE api_tokens SET nonce = NULL WHERE nonce IS NOT NULL AND created_at < $1"))
        .bind(before.millis())
        .execute()
        .await?;
    Ok(())
}

pub async fn end(tx: &mut Tx, id: &TokenId, account: &AccountId, now: Moment) -> Result<bool> {
    let ended = tx
        .query(sql!("UPDATE api_tokens SET ended_at = $3 WHERE id = $1 AND account_id = $2 AND ended_at IS NULL"))
        .bind(id.as_str())
        .bind(account.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(ended == 1)
}

pub struct FoundHolder {
    pub me: Me,
    pub scopes: Vec<Scope>,
    pub used_at: Option<Moment>,
}

pub async fn holder(conn: &mut Conn, secret_hash: &str, now: Moment) -> Result<Option<FoundHolder>> {
    let rows = conn
        .query(sql!(
            "SELECT a.id, a.name, t.scopes, t.used_at, r.role
               FROM api_tokens t
               JOIN accounts a ON a.id = t.account_id
               LEFT JOIN account_roles r ON r.account_id = a.id
              WHERE t.secret_hash = $1 AND t.ended_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)
                AND a.suspended_at IS NULL"
        ))
        .bind(secret_hash)
        .bind(now.millis())
        .all(|row: &Row| {
            Ok(FoundHolder {
                me: Me {
                    id: row.parse("id")?,
                    name: row.parse("name")?,
                    roles: row.parse_optional("role")?.into_iter().collect(),
                },
                scopes: scopes(&row.get::<String>("scopes")?),
                used_at: row.get::<Option<i64>>("used_at")?.map(Moment::from_millis),
            })
        })
        .await?;
    Ok(rows.into_iter().reduce(|mut all, next| {
        all.me.roles.extend(next.me.roles);
        all
    }))
}

pub async fn used(tx: &mut Tx, secret_hash: &str, now: Moment) -> Result<()> {
    tx.query(sql!("UPDATE api_tokens SET used_at = $2 WHERE secret_hash = $1"))
        .bind(secret_hash)
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}

/// Whether nobody had this key yet.
pub async fn claim(tx: &mut Tx, call: &Call<'_>, request_hash: &str, now: Moment, until: Moment) -> Result<bool> {
    let claimed = tx
        .query(sql!(
            "INSERT INTO rest_calls (account_id, route, key, request_hash, claimed_until, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING"
        ))
        .bind(call.account.as_str())
        .bind(call.route)
        .bind(call.key)
        .bind(request_hash)
        .bind(until.millis())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(claimed == 1)
}

pub struct KnownCall {
    pub request_hash: String,
    pub status: Option<u16>,
    pub body: String,
}

/// What is known of a call; none where whoever claimed it gave it up.
pub async fn call(conn: &mut Conn, call: &Call<'_>) -> Result<Option<KnownCall>> {
    let known = conn
        .query(sql!("SELECT request_hash, status, body FROM rest_calls WHERE account_id = $1 AND route = $2 AND key = $3"))
        .bind(call.account.as_str())
        .bind(call.route)
        .bind(call.key)
        .optional(|row: &Row| {
            Ok(KnownCall {
                request_hash: row.get("request_hash")?,
                status: row.get::<Option<i64>>("status")?.and_then(|status| u16::try_from(status).ok()),
                body: row.get("body")?,
            })
        })
        .await?;
    Ok(known)
}

/// Whether whoever claimed it is gone.
pub async fn claim_again(tx: &mut Tx, call: &Call<'_>, now: Moment, until: Moment) -> Result<bool> {
    let claimed = tx
        .query(sql!(
            "UPDATE rest_calls SET claimed_until = $5
              WHERE account_id = $1 AND route = $2 AND key = $3 AND status IS NULL AND claimed_until < $4"
        ))
        .bind(call.account.as_str())
        .bind(call.route)
        .bind(call.key)
        .bind(now.millis())
        .bind(until.millis())
        .execute()
        .await?;
    Ok(claimed == 1)
}

pub async fn answered(tx: &mut Tx, call: &Call<'_>, status: u16, body: &str) -> Result<()> {
    tx.query(sql!("UPDATE rest_calls SET status = $4, body = $5 WHERE account_id = $1 AND route = $2 AND key = $3"))
        .bind(call.account.as_str())
        .bind(call.route)
        .bind(call.key)
        .bind(i64::from(status))
        .bind(body)
        .execute()
        .await?;
    Ok(())
}

pub async fn give_up(tx: &mut Tx, call: &Call<'_>) -> Result<()> {
    tx.query(sql!("DELETE FROM rest_calls WHERE account_id = $1 AND route = $2 AND key = $3 AND status IS NULL"))
        .bind(call.account.as_str())
        .bind(call.route)
        .bind(call.key)
        .execute()
        .await?;
    Ok(())
}

pub async fn forget_calls(tx: &mut Tx, before: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM rest_calls WHERE at < $1")).bind(before.millis()).execute().await?;
    Ok(())
}
