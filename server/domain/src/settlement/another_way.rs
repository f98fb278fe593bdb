//! A buyer goes on to pay, perhaps in another way than they had begun to.

use super::watch;
use crate::orders::{self, in_any_case};
use crate::{App, Member, Result};
use model::ids::OrderId;
use model::orders::{NextStep, PayRequest};

/// Leads to the provider that the request names. An attempt that is open at another one, or in a way that this device cannot pay, is closed first, and nothing begins
/// before that is known: two open payments could both be paid. Money that comes by the closed one all the same goes back.
pub async fn pay(app: &App, buyer: &Member, id: &OrderId, request: &PayRequest) -> Result<NextStep> {
    let (app, buyer, id, request) = (app.clone(), buyer.clone(), id.clone(), request.clone());
    in_any_case(async move {
        if let Some(provider) = request.provider
            && let Some(other) = orders::in_the_way(&app, &buyer, &id, provider, request.payer.device).await?
        {
            watch(&app, &other).await?;
        }
        orders::pay_again(&app, &buyer, &id, &request).await
    })
    .await
}
