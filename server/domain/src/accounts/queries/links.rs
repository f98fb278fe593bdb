//! The statements of links from letters, and of requests for them.

use crate::Result;
use crate::accounts::links::{Link, Purpose};
use model::Moment;
use model::ids::{AccountId, LinkId};
use model::text::Email;
use store::{Conn, Tx, sql};

pub async fn add(tx: &mut Tx, link: &Link, token_hash: &str, expires: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO account_links (id, token_hash, account_id, purpose, email, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(link.id.as_str())
    .bind(token_hash)
    .bind(link.account.as_str())
    .bind(link.purpose.as_str())
    .bind(link.email.as_str())
    .bind(link.asked_at.millis())
    .bind(expires.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn open(conn: &mut Conn, token_hash: &str, now: Moment) -> Result<Option<Link>> {
    let found = conn
        .query(sql!(
            "SELECT l.id, l.account_id, l.purpose, l.email, l.created_at
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
                asked_at: Moment::from_millis(row.get("created_at")?),
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

/// Ends every link that could still change how this person comes in.
pub async fn end_all(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<()> {
    for purpose in [Purpose::Reset, Purpose::Email] {
        end(tx, account, purpose, now).await?;
    }
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

/// The address was another until now; whoever reads letters there may take it back by the link, until `open_until`.
pub async fn add_change(
    tx: &mut Tx,
    link: &LinkId,
    account: &AccountId,
    former: &Email,
    now: Moment,
    open_until: Moment,
) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO address_changes (link_id, account_id, former, changed_at, open_until) VALUES ($1, $2, $3, $4, $5)"
    ))
    .bind(link.as_str())
    .bind(account.as_str())
    .bind(former.as_str())
    .bind(now.millis())
    .bind(open_until.millis())
    .execute()
    .await?;
    Ok(())
}

/// Whether the change can be taken back by this link.
pub async fn is_open_change(conn: &mut Conn, link: &LinkId, now: Moment) -> Result<bool> {
    let open = conn
        .query(sql!(
            "SELECT EXISTS (SELECT 1 FROM address_changes WHERE link_id = $1 AND open_until > $2 AND undone_at IS NULL) AS open"
        ))
        .bind(link.as_str())
        .bind(now.millis())
        .one(|row| row.get("open"))
        .await?;
    Ok(open)
}

/// Takes back that the account shall be forgotten, where somebody asked for that.
pub async fn stay(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!("DELETE FROM departures WHERE account_id = $1")).bind(account.as_str()).execute().await?;
    Ok(())
}

/// Takes the change back, with every later one of the same person: when it was made; none where it is too late.
pub async fn undo_change(tx: &mut Tx, link: &LinkId, account: &AccountId, now: Moment) -> Result<Option<Moment>> {
    let undone = tx
        .query(sql!(
            "UPDATE address_changes SET undone_at = $2 WHERE link_id = $1 AND open_until > $2 AND undone_at IS NULL RETURNING changed_at"
        ))
        .bind(link.as_str())
        .bind(now.millis())
        .optional(|row| row.get("changed_at"))
        .await?;
    let Some(changed_at) = undone.map(Moment::from_millis) else { return Ok(None) };
    tx.query(sql!("UPDATE address_changes SET undone_at = $3 WHERE account_id = $1 AND changed_at >= $2 AND undone_at IS NULL"))
        .bind(account.as_str())
        .bind(changed_at.millis())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(Some(changed_at))
}

/// Whether the address was somebody's until lately, and may be theirs again: nobody else gets it meanwhile.
pub async fn is_kept(conn: &mut Conn, email: &Email, but: Option<&AccountId>, now: Moment) -> Result<bool> {
    let kept = conn
        .query(sql!(
            "SELECT EXISTS (SELECT 1 FROM address_changes
                             WHERE former = $1 AND open_until > $2 AND undone_at IS NULL AND account_id <> $3) AS kept"
        ))
        .bind(email.as_str())
        .bind(now.millis())
        .bind(but.map_or("", |account| account.as_str()))
        .one(|row| row.get("kept"))
        .await?;
    Ok(kept)
}

/// What the database knows of a link's secret.
pub async fn token_hash(conn: &mut Conn, id: &LinkId) -> Result<Option<String>> {
    let found = conn
        .query(sql!("SELECT token_hash FROM account_links WHERE id = $1"))
        .bind(id.as_str())
        .optional(|row| row.get("token_hash"))
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

/// The request that waits longest and is not older than `since`; it is gone now, with all that are too old. Two workers take two of
/// them.
pub async fn take_request(tx: &mut Tx, since: Moment) -> Result<Option<Email>> {
    tx.query(sql!("DELETE FROM reset_requests WHERE created_at < $1")).bind(since.millis()).execute().await?;
    let taken = tx
        .query(sql!(
            sqlite: "DELETE FROM reset_requests
                      WHERE id = (SELECT id FROM reset_requests ORDER BY created_at, id LIMIT 1) RETURNING email",
            postgres: "DELETE FROM reset_requests
                        WHERE id = (SELECT id FROM reset_requests ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                    RETURNING email"
        ))
        .optional(|row| row.parse("email"))
        .await?;
    Ok(taken)
}

pub async fn forget(tx: &mut Tx, before: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM account_links WHERE expires_at < $1")).bind(before.millis()).execute().await?;
    tx.query(sql!("DELETE FROM address_changes WHERE open_until < $1")).bind(before.millis()).execute().await?;
    Ok(())
}

/// Letters as they lie in the database, for a story that looks for secrets in them.
#[cfg(test)]
pub async fn bodies(conn: &mut Conn) -> Result<Vec<String>> {
    let bodies = conn.query(sql!("SELECT body FROM letters ORDER BY id")).all(|row| row.get("body")).await?;
    Ok(bodies)
}
