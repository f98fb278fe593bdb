//! What nobody but a story does to the books.

use crate::Result;
use store::{Tx, sql};

/// Whoever recommended gave more back than they did.
pub async fn forge_a_share(tx: &mut Tx) -> Result<()> {
    tx.query(sql!("UPDATE affiliate_shares SET reversed = reversed + 1")).execute().await?;
    Ok(())
}

/// Seats or a gift of which less was paid than was.
pub async fn forge_what_waits(tx: &mut Tx) -> Result<()> {
    tx.query(sql!("UPDATE seat_pools SET amount = amount - 1")).execute().await?;
    tx.query(sql!("UPDATE vouchers SET amount = amount - 1 WHERE kind = 'gift'")).execute().await?;
    Ok(())
}

/// An attempt brought less than it did.
pub async fn forge_a_capture(tx: &mut Tx, attempt: &str) -> Result<()> {
    tx.query(sql!("UPDATE attempts SET captured = captured - 1 WHERE id = $1")).bind(attempt).execute().await?;
    Ok(())
}

/// Money without a place that went back never did.
pub async fn forge_a_failed_refund(tx: &mut Tx, order: &str) -> Result<()> {
    tx.query(sql!("UPDATE refunds SET state = 'failed' WHERE order_id = $1")).bind(order).execute().await?;
    Ok(())
}
