//! Another try to pay an order begins.

use super::SCAN_PATIENCE;
use super::queries::{self, Order};
use crate::payments::{self, Attempt};
use crate::{App, Result};
use model::Moment;
use model::payments::{Payer, Provider};
use store::Tx;

/// What the buyer's request led to.
pub(super) enum Try {
    /// An attempt that has to be sent, and until when its order waits.
    Begin(Attempt, Moment),
    /// The provider has to be asked first as whom it knows the payer; there is no attempt yet.
    SayWho(Provider),
}

/// Opens an attempt at an order that waits. A code to scan is handed to another device, and takes its time: its order waits longer.
pub(super) async fn begin(app: &App, tx: &mut Tx, order: &Order, provider: Provider, payer: &Payer) -> Result<Try> {
    if payments::has_to_say_who(app, tx, &order.account, provider, payer).await? {
        return Ok(Try::SayWho(provider));
    }
    let mut until = order.expires_at;
    if payments::gateway(app, provider)?.draws(payer.device) && until < order.placed_at + SCAN_PATIENCE {
        until = order.placed_at + SCAN_PATIENCE;
        queries::wait_until(tx, &order.id, until).await?;
    }
    let attempt = payments::open(app, tx, order.id.as_str(), order.due, provider, order.lang).await?;
    Ok(Try::Begin(attempt, until))
}
