//! What stories do that has no verb of its own.

use super::OPENING;
use crate::Result;
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
