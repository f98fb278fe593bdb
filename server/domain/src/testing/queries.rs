//! What stories do that has no verb of its own.

use super::OPENING;
use crate::Result;
use crate::put_off::Lane;
use model::ids::AccountId;
use store::{Tx, sql};

pub async fn suspend(tx: &mut Tx, account: &AccountId) -> Result<()> {
    tx.query(sql!("UPDATE accounts SET suspended_at = $2 WHERE id = $1"))
        .bind(account.as_str())
        .bind(OPENING.millis())
        .execute()
        .await?;
    Ok(())
}

/// What the lane does next is in a currency that there is not: it cannot be read any more.
pub async fn spoil(tx: &mut Tx, lane: Lane) -> Result<()> {
    let next = match lane {
        Lane::Codes => tx.query(sql!(
            "UPDATE vouchers SET currency = 'ZZZ'
              WHERE id = (SELECT id FROM vouchers WHERE state = 'issued' ORDER BY expires_at NULLS LAST, id LIMIT 1)"
        )),
        Lane::Shares => tx.query(sql!(
            "UPDATE share_holds SET currency = 'ZZZ'
              WHERE id = (SELECT id FROM share_holds WHERE due_at IS NOT NULL ORDER BY due_at, id LIMIT 1)"
        )),
        Lane::AffiliateShares => tx.query(sql!(
            "UPDATE affiliate_shares SET currency = 'ZZZ'
              WHERE order_id = (SELECT order_id FROM affiliate_shares WHERE state = 'held' ORDER BY due_at, order_id LIMIT 1)"
        )),
        Lane::Invoices => tx.query(sql!(
            "UPDATE invoices SET currency = 'ZZZ'
              WHERE id = (SELECT id FROM invoices WHERE next_at IS NOT NULL ORDER BY next_at, id LIMIT 1)"
        )),
    };
    next.execute().await?;
    Ok(())
}
