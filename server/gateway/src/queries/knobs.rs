//! What the control desk has set.

use store::{Conn, Result, Tx, sql};

pub(crate) async fn knob(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    conn.query(sql!("SELECT value FROM knobs WHERE name = $1")).bind(name).optional(|row| row.get("value")).await
}

/// Counts one further, from 0.
pub(crate) async fn count_knob(tx: &mut Tx, name: &str) -> Result<i64> {
    let counted: String = tx
        .query(sql!(
            "INSERT INTO knobs (name, value) VALUES ($1, '0')
             ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(knobs.value AS BIGINT) + 1 AS TEXT)
          RETURNING value"
        ))
        .bind(name)
        .one(|row| row.get("value"))
        .await?;
    counted.parse().map_err(|error: std::num::ParseIntError| store::Error::Broken(error.into()))
}

pub(crate) async fn set_knob(tx: &mut Tx, name: &str, value: &str) -> Result<u64> {
    tx.query(sql!("INSERT INTO knobs (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"))
        .bind(name)
        .bind(value)
        .execute()
        .await
}
