//! The buyer thinks better of it.

use super::checkout::refuse;
use super::close::close;
use super::queries;
use super::state::{Event, Refused, step};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::{App, Error, Member, Result, payments, subscriptions};
use model::ids::OrderId;
use model::orders::{NextStep, OrderState, Refusal};

/// Cancels an order that waits; its open attempt is closed at the provider. Refused while money may be on its way.
pub async fn cancel(app: &App, buyer: &Member, id: &OrderId) -> Result<NextStep> {
    let outcome = app
        .db
        .write(async |tx| {
            subscriptions::lock_for_order(tx, id).await?;
            let order = queries::lock(tx, id).await?.filter(|order| order.account == buyer.id).or_not_found()?;
            if order.state == OrderState::Canceled {
                return Ok(Ok(()));
            }
            let busy = payments::live(tx, id.as_str()).await?.is_some_and(|attempt| attempt.state.is_in_flight());
            match step(order.state, Event::Cancel { busy }) {
                Ok(_) => {
                    close(app, tx, &order, OrderState::Canceled, Some(&buyer.id)).await?;
                    payments::close_others(tx, id.as_str(), None, app.now()).await?;
                    subscriptions::order_closed(app, tx, id).await?;
                    tx.wake();
                    Ok::<_, Error>(Ok(()))
                }
                // the refusal itself is written down, so it must not undo the transaction
                Err(reason) => {
                    let detail = format!("cancel while {}", order.state);
                    audit_trail::record(app, tx, Deed::new("order.refused", "order", id).by(&buyer.id).detail(detail)).await?;
                    Ok(Err(reason))
                }
            }
        })
        .await?;
    match outcome {
        Ok(()) => Ok(NextStep::Watch(id.clone())),
        Err(Refused::PaymentInProgress) => Err(refuse(Refusal::PaymentInProgress)),
        Err(Refused::Transition) => Err(refuse(Refusal::Closed)),
    }
}
