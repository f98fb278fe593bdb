//! Requests with an idempotency key.

use store::{Conn, Result, Tx, sql};

/// A request that came before under the same key.
pub(crate) struct Earlier {
    pub(crate) fingerprint: String,
    pub(crate) status: Option<i64>,
    pub(crate) body: Option<String>,
    pub(crate) started_at: i64,
}

/// Takes the key; `false` where it is taken.
pub(crate) async fn begin_request(tx: &mut Tx, route: &str, key: &str, fingerprint: &str, now: i64) -> Result<bool> {
    let added = tx
        .query(sql!("INSERT INTO requests (route, key, fingerprint, started_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"))
        .bind(route)
        .bind(key)
        .bind(fingerprint)
        .bind(now)
        .execute()
        .await?;
    Ok(added == 1)
}

pub(crate) async fn earlier_request(conn: &mut Conn, route: &str, key: &str) -> Result<Option<Earlier>> {
    conn.query(sql!("SELECT fingerprint, status, body, started_at FROM requests WHERE route = $1 AND key = $2"))
        .bind(route)
        .bind(key)
        .optional(|row| {
            Ok(Earlier {
                fingerprint: row.get("fingerprint")?,
                status: row.get("status")?,
                body: row.get("body")?,
                started_at: row.get("started_at")?,
            })
        })
        .await
}

pub(crate) async fn answer_request(tx: &mut Tx, route: &str, key: &str, status: i64, body: &str) -> Result<()> {
    tx.query(sql!("UPDATE requests SET status = $3, body = $4 WHERE route = $1 AND key = $2"))
        .bind(route)
        .bind(key)
        .bind(status)
        .bind(body)
        .write()
        .await
}

/// Frees a key, whatever was answered under it.
pub(crate) async fn free_key(tx: &mut Tx, route: &str, key: &str) -> Result<u64> {
    tx.query(sql!("DELETE FROM requests WHERE route = $1 AND key = $2")).bind(route).bind(key).execute().await
}

/// Frees a key whose request came to nothing.
pub(crate) async fn forget_request(tx: &mut Tx, route: &str, key: &str) -> Result<u64> {
    tx.query(sql!("DELETE FROM requests WHERE route = $1 AND key = $2 AND status IS NULL")).bind(route).bind(key).execute().await
}
