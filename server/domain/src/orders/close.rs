//! Closing an order that nobody pays: what it held is free again.

use super::queries::{self, Order};
use crate::ledger::{self, Resolution};
use crate::{App, Result, promotions};
use model::ids::AccountId;
use model::orders::OrderState;
use store::Tx;

/// The order is canceled or expired; its coupon's use and its part of the wallet are given back. The order is locked.
pub(super) async fn close(app: &App, tx: &mut Tx, order: &Order, state: OrderState, actor: Option<&AccountId>) -> Result<()> {
    queries::close_order(tx, app, order, state, actor).await?;
    promotions::release(app, tx, &order.id).await?;
    if !(order.gift.is_zero() && order.cash.is_zero()) {
        ledger::resolve_order(app, tx, order.id.as_str(), Resolution::Void).await?;
    }
    Ok(())
}
