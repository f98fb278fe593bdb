//! Codes whose time is over.

use super::entry;
use super::queries;
use super::state::{Event, step};
use crate::audit_trail::{self, Deed};
use crate::ledger::{self, Account, Kind};
use crate::put_off::{self, Lane};
use crate::{App, Result};
use model::ids::VoucherId;
use model::vouchers::VoucherKind;
use store::Tx;

/// Ends the code that has been due longest, if one is; whether there was one. What was paid for a gift stays with the school.
pub async fn work(app: &App) -> Result<bool> {
    let Some(id) = queries::due(&mut app.db.read().await?, app.now()).await? else { return Ok(false) };
    let outcome = app.db.write(async |tx| end(app, tx, &id).await).await;
    put_off::unless_done(app, Lane::Codes, id.as_str(), outcome).await?;
    Ok(true)
}

async fn end(app: &App, tx: &mut Tx, id: &VoucherId) -> Result<()> {
    let Some(voucher) = queries::lock(tx, id).await? else { return Ok(()) };
    let Ok(state) = step(voucher.state, Event::Expire) else { return Ok(()) };
    queries::set_state(tx, &voucher, state).await?;
    audit_trail::record(app, tx, Deed::new("voucher.expired", "voucher", id)).await?;
    match (voucher.kind, &voucher.line) {
        (VoucherKind::Gift, Some(line)) => {
            let entry = entry(line, format!("voucher:{id}"));
            let kept = entry.moved(Account::Deferred(line.clone()), Account::Breakage, voucher.amount, Kind::Breakage);
            ledger::post(app, tx, &kept).await
        }
        _ => Ok(()),
    }
}
