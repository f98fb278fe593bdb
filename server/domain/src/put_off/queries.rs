//! The statements of what was put off. Who asks what is due leaves it out by `NOT EXISTS (SELECT 1 FROM put_off …)`.

use super::Lane;
use crate::Result;
use model::Moment;
use store::{Tx, sql};

pub async fn put_off(tx: &mut Tx, lane: Lane, subject: &str, next: Moment) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO put_off (lane, subject, next_at) VALUES ($1, $2, $3)
         ON CONFLICT (lane, subject) DO UPDATE SET next_at = excluded.next_at"
    ))
    .bind(lane.as_str())
    .bind(subject)
    .bind(next.millis())
    .execute()
    .await?;
    Ok(())
}

pub async fn forget(tx: &mut Tx, now: Moment) -> Result<()> {
    tx.query(sql!("DELETE FROM put_off WHERE next_at <= $1")).bind(now.millis()).execute().await?;
    Ok(())
}
