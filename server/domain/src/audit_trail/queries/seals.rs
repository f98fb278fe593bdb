//! The statements of the trail's seals.

use crate::Result;
use crate::audit_trail::seal::{Entry, Head, Seal};
use model::Moment;
use store::{Conn, Row, Tx, sql};

fn head(row: &Row) -> Result<Head, store::Error> {
    Ok(Head { seq: row.get("seq")?, hash: row.get("hash")?, sealed_at: Moment::from_millis(row.get("sealed_at")?) })
}

/// Where the chain is said to end.
pub async fn seal_head(conn: &mut Conn) -> Result<Head> {
    Ok(conn.query(sql!("SELECT seq, hash, sealed_at FROM audit_seal_head WHERE id = 1")).one(head).await?)
}

/// The same, and nobody else moves it before the transaction ends.
pub async fn lock_seal_head(tx: &mut Tx) -> Result<Head> {
    let found = tx
        .query(sql!(
            sqlite: "SELECT seq, hash, sealed_at FROM audit_seal_head WHERE id = 1",
            postgres: "SELECT seq, hash, sealed_at FROM audit_seal_head WHERE id = 1 FOR UPDATE"
        ))
        .one(head)
        .await?;
    Ok(found)
}

fn entry(row: &Row) -> Result<Entry, store::Error> {
    Ok(Entry {
        id: row.get("id")?,
        at: Moment::from_millis(row.get("at")?),
        actor: row.get("actor_id")?,
        action: row.get("action")?,
        subject_kind: row.get("subject_kind")?,
        subject: row.get("subject_id")?,
        detail: row.get("detail")?,
    })
}

/// Entries that wait for a seal, the oldest first by their ids.
pub async fn waiting(conn: &mut Conn, most: i64) -> Result<Vec<Entry>> {
    let waiting = conn
        .query(sql!(
            "SELECT e.id, e.at, e.actor_id, e.action, e.subject_kind, e.subject_id, e.detail
               FROM audit_waiting w JOIN audit_entries e ON e.id = w.entry_id
              ORDER BY w.entry_id LIMIT $1"
        ))
        .bind(most)
        .all(entry)
        .await?;
    Ok(waiting)
}

pub async fn count_waiting(conn: &mut Conn) -> Result<i64> {
    Ok(conn.query(sql!("SELECT COUNT(*) AS n FROM audit_waiting")).one(|row| row.get("n")).await?)
}

pub async fn entries(conn: &mut Conn, ids: &[&str]) -> Result<Vec<Entry>> {
    let found = conn
        .query(sql!("SELECT id, at, actor_id, action, subject_kind, subject_id, detail FROM audit_entries WHERE id IN (…)"))
        .list(ids.iter().copied())
        .all(entry)
        .await?;
    Ok(found)
}

/// Sets the seal and moves the end of the chain to it; its entries wait no longer.
pub async fn set_seal(tx: &mut Tx, seal: &Seal) -> Result<()> {
    tx.query(sql!("INSERT INTO audit_seals (seq, entries, many, prev_hash, hash, sealed_at) VALUES ($1, $2, $3, $4, $5, $6)"))
        .bind(seal.seq)
        .bind(seal.entries.as_str())
        .bind(seal.many)
        .bind(seal.prev_hash.as_str())
        .bind(seal.hash.as_str())
        .bind(seal.sealed_at.millis())
        .execute()
        .await?;
    tx.query(sql!("UPDATE audit_seal_head SET seq = $1, hash = $2, sealed_at = $3 WHERE id = 1"))
        .bind(seal.seq)
        .bind(seal.hash.as_str())
        .bind(seal.sealed_at.millis())
        .execute()
        .await?;
    tx.query(sql!("DELETE FROM audit_waiting WHERE entry_id IN (…)")).list(seal.entries.split(',')).execute().await?;
    Ok(())
}

/// The next seals of the chain after a number.
pub async fn seals_after(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<Seal>> {
    let seals = conn
        .query(sql!(
            "SELECT seq, entries, many, prev_hash, hash, sealed_at FROM audit_seals WHERE seq > $1 ORDER BY seq LIMIT $2"
        ))
        .bind(seq)
        .bind(limit)
        .all(|row| {
            Ok(Seal {
                seq: row.get("seq")?,
                entries: row.get("entries")?,
                many: row.get("many")?,
                prev_hash: row.get("prev_hash")?,
                hash: row.get("hash")?,
                sealed_at: Moment::from_millis(row.get("sealed_at")?),
            })
        })
        .await?;
    Ok(seals)
}
