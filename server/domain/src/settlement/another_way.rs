//! A buyer goes on to pay, perhaps in another way than they had begun to.

use super::watch;
use crate::limits::{self, Limit};
use crate::orders::{self, in_any_case};
use crate::{App, Member, Result};
use model::ids::OrderId;
use model::orders::{NextStep, PayRequest};
use model::time::hours;

/// How often somebody goes on to pay by a provider of their choice: each time a payment may be closed and another begun.
const CHOICES: Limit = Limit { name: "pay.person.hour", at_most: 60, per: hours(1) };

/// Leads to the provider that the request names. An attempt that is open at another one, or in a way that this device cannot pay, is
/// closed first, and nothing begins before that is known: two open payments could both be paid. Money that comes by the closed one
/// all the same goes back.
pub async fn pay(app: &App, buyer: &Member, id: &OrderId, request: &PayRequest) -> Result<NextStep> {
    let (app, buyer, id, request) = (app.clone(), buyer.clone(), id.clone(), request.clone());
    in_any_case(async move {
        if let Some(provider) = request.provider {
            limits::take(&app, &[CHOICES], buyer.id.as_str()).await?;
            if let Some(other) = orders::in_the_way(&app, &buyer, &id, provider, request.payer.device).await? {
                watch(&app, &other).await?;
            }
        }
        orders::pay_again(&app, &buyer, &id, &request).await
    })
    .await
}
