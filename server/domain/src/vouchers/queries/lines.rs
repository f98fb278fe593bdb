//! What one order line paid for, whether a gift or seats.

use crate::Result;
use model::entitlement::Source;
use store::{Conn, Tx, sql};

/// Rights that came of it: from which source, by what id.
pub async fn given_of_line(conn: &mut Conn, line: &str) -> Result<Vec<(Source, String)>> {
    let all = conn
        .query(sql!(
            "SELECT 'gift' AS source, v.id AS id FROM vouchers v WHERE v.line_id = $1 AND v.state = 'claimed'
             UNION ALL
             SELECT 'seat', s.id FROM seats s JOIN seat_pools p ON p.id = s.pool_id WHERE p.line_id = $1 AND s.state = 'claimed'
             ORDER BY id"
        ))
        .bind(line)
        .all(|row| Ok((row.parse("source")?, row.get("id")?)))
        .await?;
    Ok(all)
}

/// Whether somebody has, or had, what it paid for, or its time is over: its money cannot go back then.
pub async fn is_given(conn: &mut Conn, line: &str) -> Result<bool> {
    let found = conn
        .query(sql!(
            "SELECT v.id AS id FROM vouchers v WHERE v.line_id = $1 AND v.state IN ('claimed', 'expired')
             UNION ALL
             SELECT p.id FROM seat_pools p WHERE p.line_id = $1 AND p.state = 'live' AND p.earned > 0"
        ))
        .bind(line)
        .optional(|_| Ok(()))
        .await?;
    Ok(found.is_some())
}

/// It can be taken by nobody for now, or again.
pub async fn set_held(tx: &mut Tx, line: &str, held: bool) -> Result<()> {
    tx.query(sql!("UPDATE vouchers SET held = $2 WHERE line_id = $1")).bind(line).bind(held).execute().await?;
    tx.query(sql!("UPDATE seat_pools SET held = $2 WHERE line_id = $1")).bind(line).bind(held).execute().await?;
    Ok(())
}
