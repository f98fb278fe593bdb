//! The counts.

use crate::Result;
use model::Moment;
use store::{Conn, Tx, sql};

/// Adds to the count of a window and tells it.
pub async fn add(tx: &mut Tx, key: &str, window: i64, by: i64) -> Result<i64> {
    let count = tx
        .query(sql!(
            "INSERT INTO limit_counts (key, window_start, count) VALUES ($1, $2, $3)
             ON CONFLICT (key, window_start) DO UPDATE SET count = limit_counts.count + excluded.count
             RETURNING count"
        ))
        .bind(key)
        .bind(window)
        .bind(by)
        .one(|row| row.get::<i64>("count"))
        .await?;
    Ok(count)
}

/// The count of a window.
pub async fn count(conn: &mut Conn, key: &str, window: i64) -> Result<i64> {
    let count = conn
        .query(sql!("SELECT count FROM limit_counts WHERE key = $1 AND window_start = $2"))
        .bind(key)
        .bind(window)
        .optional(|row| row.get::<i64>("count"))
        .await?;
    Ok(count.unwrap_or_default())
}

pub async fn forget(tx: &mut Tx, before: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM limit_counts WHERE window_start < $1")).bind(before.millis()).execute().await?;
    Ok(())
}
