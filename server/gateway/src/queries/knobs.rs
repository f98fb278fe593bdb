//! What the control desk has set.

use store::{Conn, Result, Tx, sql};

pub(crate) async fn knob(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    conn.query(sql!("SELECT value FROM knobs WHERE name = $1")).bind(name).optional(|row| row.get("value")).await
}

pub(crate) async fn set_knob(tx: &mut Tx, name: &str, value: &str) -> Result<u64> {
    tx.query(sql!("INSERT INTO knobs (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"))
        .bind(name)
        .bind(value)
        .execute()
        .await
}
