//! Orders nobody paid: closed when their time is over and no money can come any more.

use super::close::close;
use super::queries::{self, Order};
use super::state::{Event, Step, step};
use crate::payments::{self, Attempt};
use crate::{App, Result, subscriptions};
use model::ids::OrderId;
use model::orders::OrderState;
use model::payments::AttemptState;
use model::time::minutes;
use store::Tx;

/// What an order that is due needs first.
#[derive(Debug, Clone)]
pub enum Expiry {
    /// Nothing open: it can be closed.
    Now,
    /// The payer could still pay: close this at the provider first.
    CloseFirst(Attempt),
    /// Money may be on its way: look again later.
    Later,
}

/// Orders whose time is over.
pub async fn due_orders(app: &App, limit: i64) -> Result<Vec<OrderId>> {
    queries::due_orders(&mut app.db.read().await?, app.now(), limit).await
}

/// What has to happen before this order can be closed; planned to be looked at again in any case.
pub async fn expire(app: &App, id: &OrderId) -> Result<Expiry> {
    app.db
        .write(async |tx| {
            let Some(order) = queries::lock(tx, id).await? else { return Ok(Expiry::Later) };
            queries::look_again(tx, id, app.now() + minutes(1)).await?;
            if order.state != OrderState::AwaitingPayment {
                queries::look_no_more(tx, id).await?;
                return Ok(Expiry::Later);
            }
            // its buyer went over to a code since it was found due: it waits longer
            if app.now() < order.expires_at {
                queries::look_again(tx, id, order.expires_at).await?;
                return Ok(Expiry::Later);
            }
            Ok::<_, crate::Error>(match payments::live(tx, id.as_str()).await? {
                None => Expiry::Now,
                Some(attempt) if attempt.state == AttemptState::Pending => Expiry::CloseFirst(attempt),
                Some(attempt) => {
                    payments::wake_soon(tx, &attempt.id, app.now()).await?;
                    Expiry::Later
                }
            })
        })
        .await
}

/// Closes the order if nothing can come any more.
pub async fn try_expire(app: &App, tx: &mut Tx, order: &Order) -> Result<()> {
    let busy = payments::live(tx, order.id.as_str()).await?.is_some();
    if step(order.state, Event::Expire { busy }) == Ok(Step::Expire) && app.now() >= order.expires_at {
        close(app, tx, order, OrderState::Expired, None).await?;
        subscriptions::order_closed(app, tx, &order.id).await?;
    }
    Ok(())
}
