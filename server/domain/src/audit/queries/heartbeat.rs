//! The sign of life of the workers.

use crate::Result;
use model::Moment;
use store::{Conn, Tx, sql};

/// When a worker was last at work; none where none ever was.
pub async fn last_beat(conn: &mut Conn) -> Result<Option<Moment>> {
    let at = conn.query(sql!("SELECT at FROM heartbeat WHERE id = 1")).optional(|row| row.get("at")).await?;
    Ok(at.map(Moment::from_millis))
}

/// A worker is at work now.
pub async fn beat(tx: &mut Tx, now: Moment) -> Result<()> {
    tx.query(sql!("INSERT INTO heartbeat (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at"))
        .bind(now.millis())
        .execute()
        .await?;
    Ok(())
}
