//! The statements of uploads.

use super::Upload;
use crate::Result;
use model::Moment;
use model::ids::{AccountId, MediaId, UploadId};
use store::{Conn, Row, Tx, sql};

pub async fn add(tx: &mut Tx, upload: &Upload, now: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO uploads (id, owner_id, name, purpose, bytes, created_at, touched_at, expires_at, metadata)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)"
    ))
    .bind(upload.id.as_str())
    .bind(upload.owner.as_str())
    .bind(upload.name.as_str())
    .bind(upload.purpose.as_str())
    .bind(i64::try_from(upload.bytes).unwrap_or(i64::MAX))
    .bind(now.millis())
    .bind(upload.expires_at.millis())
    .bind(upload.metadata.as_str())
    .execute()
    .await?;
    Ok(())
}

fn upload(row: &Row) -> Result<Upload, store::Error> {
    Ok(Upload {
        id: row.parse("id")?,
        owner: row.parse("owner_id")?,
        name: row.get("name")?,
        purpose: row.parse("purpose")?,
        bytes: u64::try_from(row.get::<i64>("bytes")?).unwrap_or_default(),
        received: u64::try_from(row.get::<i64>("received")?).unwrap_or_default(),
        media: row.get::<Option<String>>("media_id")?.and_then(|text| text.parse().ok()),
        metadata: row.get("metadata")?,
        touched_at: Moment::from_millis(row.get("touched_at")?),
        expires_at: Moment::from_millis(row.get("expires_at")?),
    })
}

pub async fn find(conn: &mut Conn, id: &UploadId) -> Result<Option<Upload>> {
    let found = conn
        .query(sql!(
            "SELECT id, owner_id, name, purpose, bytes, received, media_id, metadata, touched_at, expires_at FROM uploads WHERE id = $1"
        ))
        .bind(id.as_str())
        .optional(upload)
        .await?;
    Ok(found)
}

/// What is on its way for one person, the one that lies still longest standing last.
pub async fn open(conn: &mut Conn, owner: &AccountId) -> Result<Vec<Upload>> {
    let open = conn
        .query(sql!(
            "SELECT id, owner_id, name, purpose, bytes, received, media_id, metadata, touched_at, expires_at
               FROM uploads WHERE owner_id = $1 AND media_id IS NULL ORDER BY touched_at DESC, id DESC"
        ))
        .bind(owner.as_str())
        .all(upload)
        .await?;
    Ok(open)
}

/// Moves the count from `from` to `to`, and the upload's end with it; no row where it stands elsewhere.
pub async fn count(tx: &mut Tx, id: &UploadId, from: u64, to: u64, now: Moment, expires: Moment) -> Result<u64> {
    let counted = tx
        .query(sql!("UPDATE uploads SET received = $3, touched_at = $4, expires_at = $5 WHERE id = $1 AND received = $2"))
        .bind(id.as_str())
        .bind(i64::try_from(from).unwrap_or(i64::MAX))
        .bind(i64::try_from(to).unwrap_or(i64::MAX))
        .bind(now.millis())
        .bind(expires.millis())
        .execute()
        .await?;
    Ok(counted)
}

/// Bytes are arriving, though none of them counts yet.
pub async fn touch(tx: &mut Tx, id: &UploadId, now: Moment, expires: Moment) -> Result<()> {
    tx.query(sql!("UPDATE uploads SET touched_at = $2, expires_at = $3 WHERE id = $1"))
        .bind(id.as_str())
        .bind(now.millis())
        .bind(expires.millis())
        .execute()
        .await?;
    Ok(())
}

/// The upload is complete at `length`.
pub async fn close(tx: &mut Tx, id: &UploadId, length: u64) -> Result<()> {
    tx.query(sql!("UPDATE uploads SET bytes = $2, received = $2 WHERE id = $1 AND media_id IS NULL"))
        .bind(id.as_str())
        .bind(i64::try_from(length).unwrap_or(i64::MAX))
        .execute()
        .await?;
    Ok(())
}

/// Whether it became this file now; not where it became one before, or is gone.
pub async fn became(tx: &mut Tx, id: &UploadId, media: &MediaId) -> Result<bool> {
    let changed = tx
        .query(sql!("UPDATE uploads SET media_id = $2 WHERE id = $1 AND media_id IS NULL"))
        .bind(id.as_str())
        .bind(media.as_str())
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Removes it; whether it went without having become a file.
pub async fn remove(tx: &mut Tx, id: &UploadId) -> Result<bool> {
    let media = tx
        .query(sql!("DELETE FROM uploads WHERE id = $1 RETURNING media_id"))
        .bind(id.as_str())
        .optional(|row| row.get::<Option<String>>("media_id"))
        .await?;
    Ok(media == Some(None))
}

pub async fn expired(conn: &mut Conn, now: Moment) -> Result<Vec<Upload>> {
    let expired = conn
        .query(sql!(
            "SELECT id, owner_id, name, purpose, bytes, received, media_id, metadata, touched_at, expires_at
               FROM uploads WHERE expires_at <= $1 ORDER BY expires_at LIMIT 200"
        ))
        .bind(now.millis())
        .all(upload)
        .await?;
    Ok(expired)
}

/// A complete upload that became nothing yet and that nobody has touched since, the longest waiting first.
pub async fn waiting(conn: &mut Conn, untouched: Moment) -> Result<Option<Upload>> {
    let next = conn
        .query(sql!(
            "SELECT id, owner_id, name, purpose, bytes, received, media_id, metadata, touched_at, expires_at
               FROM uploads WHERE media_id IS NULL AND received = bytes AND touched_at <= $1 ORDER BY touched_at, id LIMIT 1"
        ))
        .bind(untouched.millis())
        .optional(upload)
        .await?;
    Ok(next)
}
