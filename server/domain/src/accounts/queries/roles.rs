//! The statements of roles and of requests for them.

use crate::Result;
use model::Moment;
use model::accounts::Role;
use model::admin::{Asked, Change, RequestState, RoleRequest};
use model::ids::{AccountId, RoleRequestId};
use store::{Conn, Row, Tx, sql};

pub async fn roles_of(conn: &mut Conn, account: &AccountId) -> Result<Vec<Role>> {
    let roles = conn
        .query(sql!("SELECT role FROM account_roles WHERE account_id = $1 ORDER BY role"))
        .bind(account.as_str())
        .all(|row| row.parse("role"))
        .await?;
    Ok(roles)
}

pub async fn remove_role(tx: &mut Tx, account: &AccountId, role: Role) -> Result<()> {
    tx.query(sql!("DELETE FROM account_roles WHERE account_id = $1 AND role = $2"))
        .bind(account.as_str())
        .bind(role.as_str())
        .execute()
        .await?;
    Ok(())
}

/// Keeps the number of administrators from changing elsewhere until the transaction ends.
pub async fn lock_admins(tx: &mut Tx) -> Result<()> {
    if tx.writes_alone() {
        return Ok(());
    }
    tx.query(sql!(
        sqlite: "SELECT a.id FROM accounts a JOIN account_roles r ON r.account_id = a.id WHERE r.role = 'admin' ORDER BY a.id",
        postgres: "SELECT a.id FROM accounts a JOIN account_roles r ON r.account_id = a.id WHERE r.role = 'admin' ORDER BY a.id
                      FOR NO KEY UPDATE OF a"
    ))
    .all(|_| Ok(()))
    .await?;
    Ok(())
}

/// Administrators who may come in.
pub async fn live_admins(conn: &mut Conn) -> Result<Vec<AccountId>> {
    let admins = conn
        .query(sql!(
            "SELECT a.id FROM accounts a JOIN account_roles r ON r.account_id = a.id
              WHERE r.role = 'admin' AND a.suspended_at IS NULL ORDER BY a.id"
        ))
        .all(|row| row.parse("id"))
        .await?;
    Ok(admins)
}

/// A request that nobody decided in time makes room for another.
pub async fn expire(tx: &mut Tx, account: &AccountId, role: Role, now: Moment) -> Result<()> {
    tx.query(sql!(
        "UPDATE role_requests SET state = 'expired', decided_at = expires_at
          WHERE account_id = $1 AND role = $2 AND state = 'open' AND expires_at <= $3"
    ))
    .bind(account.as_str())
    .bind(role.as_str())
    .bind(now.millis())
    .execute()
    .await?;
    Ok(())
}

/// Whether no other request waited.
pub async fn ask(
    tx: &mut Tx,
    id: &RoleRequestId,
    account: &AccountId,
    asked: &Asked,
    by: &AccountId,
    now: Moment,
    expires: Moment,
) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO role_requests (id, account_id, role, change, reason, asked_by, asked_at, expires_at, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open') ON CONFLICT DO NOTHING"
        ))
        .bind(id.as_str())
        .bind(account.as_str())
        .bind(asked.role.as_str())
        .bind(asked.change.as_str())
        .bind(asked.reason.as_str())
        .bind(by.as_str())
        .bind(now.millis())
        .bind(expires.millis())
        .execute()
        .await?;
    Ok(added == 1)
}

/// What has to be known to decide.
pub struct Found {
    pub account: AccountId,
    pub role: Role,
    pub change: Change,
    pub reason: String,
    pub asked_by: AccountId,
}

pub async fn find(conn: &mut Conn, id: &RoleRequestId) -> Result<Option<Found>> {
    let found = conn
        .query(sql!("SELECT account_id, role, change, reason, asked_by FROM role_requests WHERE id = $1"))
        .bind(id.as_str())
        .optional(|row| {
            Ok(Found {
                account: row.parse("account_id")?,
                role: row.parse("role")?,
                change: row.parse("change")?,
                reason: row.get("reason")?,
                asked_by: row.parse("asked_by")?,
            })
        })
        .await?;
    Ok(found)
}

/// Whether it was still open.
pub async fn decide(tx: &mut Tx, id: &RoleRequestId, state: RequestState, by: &AccountId, now: Moment) -> Result<bool> {
    let decided = tx
        .query(sql!(
            "UPDATE role_requests SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 'open' AND expires_at > $4"
        ))
        .bind(id.as_str())
        .bind(state.as_str())
        .bind(by.as_str())
        .bind(now.millis())
        .execute()
        .await?;
    Ok(decided == 1)
}

/// All that are open, of one person or of everybody, and so many of the others, the latest first; with who asked.
pub async fn list(conn: &mut Conn, account: Option<&AccountId>, now: Moment, past: i64) -> Result<Vec<(RoleRequest, AccountId)>> {
    let account = account.map(AccountId::as_str);
    let mut all = conn
        .query(sql!(
            "SELECT r.id, r.account_id, a.name, a.email, r.role, r.change, r.reason, r.asked_by, b.name AS asker, r.asked_at,
                    r.expires_at, r.state, d.name AS decider, r.decided_at
               FROM role_requests r
               JOIN accounts a ON a.id = r.account_id
               JOIN accounts b ON b.id = r.asked_by
               LEFT JOIN accounts d ON d.id = r.decided_by
              WHERE r.state = 'open' AND r.expires_at > $1 AND (CAST($2 AS TEXT) IS NULL OR r.account_id = $2)
              ORDER BY r.asked_at DESC, r.id DESC"
        ))
        .bind(now.millis())
        .bind(account)
        .all(|row| request(row, now))
        .await?;
    let others = conn
        .query(sql!(
            "SELECT r.id, r.account_id, a.name, a.email, r.role, r.change, r.reason, r.asked_by, b.name AS asker, r.asked_at,
                    r.expires_at, r.state, d.name AS decider, r.decided_at
               FROM role_requests r
               JOIN accounts a ON a.id = r.account_id
               JOIN accounts b ON b.id = r.asked_by
               LEFT JOIN accounts d ON d.id = r.decided_by
              WHERE (r.state <> 'open' OR r.expires_at <= $1) AND (CAST($2 AS TEXT) IS NULL OR r.account_id = $2)
              ORDER BY r.asked_at DESC, r.id DESC LIMIT $3"
        ))
        .bind(now.millis())
        .bind(account)
        .bind(past)
        .all(|row| request(row, now))
        .await?;
    all.extend(others);
    Ok(all)
}

pub async fn one(conn: &mut Conn, id: &RoleRequestId, now: Moment) -> Result<Option<RoleRequest>> {
    let found = conn
        .query(sql!(
            "SELECT r.id, r.account_id, a.name, a.email, r.role, r.change, r.reason, r.asked_by, b.name AS asker, r.asked_at,
                    r.expires_at, r.state, d.name AS decider, r.decided_at
               FROM role_requests r
               JOIN accounts a ON a.id = r.account_id
               JOIN accounts b ON b.id = r.asked_by
               LEFT JOIN accounts d ON d.id = r.decided_by
              WHERE r.id = $1"
        ))
        .bind(id.as_str())
        .optional(|row| request(row, now))
        .await?;
    Ok(found.map(|(request, _)| request))
}

fn request(row: &Row, now: Moment) -> Result<(RoleRequest, AccountId), store::Error> {
    let expires_at = Moment::from_millis(row.get("expires_at")?);
    let state = match row.parse("state")? {
        RequestState::Open if expires_at <= now => RequestState::Expired,
        state => state,
    };
    let request = RoleRequest {
        id: row.parse("id")?,
        account: row.parse("account_id")?,
        name: row.parse("name")?,
        email: row.get("email")?,
        role: row.parse("role")?,
        change: row.parse("change")?,
        reason: row.get("reason")?,
        asked_by: row.get("asker")?,
        asked_at: Moment::from_millis(row.get("asked_at")?),
        expires_at,
        state,
        decided_by: row.get("decider")?,
        decided_at: row.get::<Option<i64>>("decided_at")?.map(Moment::from_millis),
        yours_to_decide: false,
        yours: false,
    };
    Ok((request, row.parse("asked_by")?))
}
