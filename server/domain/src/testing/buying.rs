//! Buying and refunding in one go, for stories that are about something else.

use super::School;
use crate::orders::{self, begin_checkout, my_orders, place};
use crate::payments::{self, Fact, RefundFact};
use crate::{Error, Member, Result, audit, settlement};
use model::Lang;
use model::ids::{AttemptId, CheckoutId, OrderId};
use model::orders::{Key, NextStep, PayRequest, RefundForm};
use model::payments::Payer;
use model::payments::Provider;

/// "Analytical Engines", bought and paid.
pub async fn bought(school: &School, buyer: &Member) -> Result<OrderId> {
    let slug = "analytical-engines".parse().map_err(Error::bug)?;
    match begin_checkout(&school.app, buyer, &slug).await? {
        NextStep::Checkout(id) => paid(school, buyer, &id).await,
        other => Err(Error::bug(format!("not at the checkout but at {other:?}"))),
    }
}

/// A checkout, paid by the till.
pub async fn paid(school: &School, buyer: &Member, checkout: &CheckoutId) -> Result<OrderId> {
    let request = PayRequest { provider: None, key: Key::parse(checkout.as_str())?, shown: None, payer: Payer::default() };
    place(&school.app, buyer, Lang::En, checkout, &request).await?;
    let order = my_orders(&school.app, buyer).await?.into_iter().next().ok_or_else(Error::not_found)?.id;
    let latest = payments::latest(&mut school.app.db.read().await?, order.as_str()).await?;
    if let Some(attempt) = latest {
        settled(school, &attempt.id, attempt.amount).await?;
    }
    Ok(order)
}

async fn settled(school: &School, attempt: &AttemptId, amount: model::Money) -> Result<()> {
    let body = school.till.tell(attempt.as_str(), Fact::Succeeded, amount);
    payments::keep(&school.app, Provider::Sandbox, &["good"], body.as_bytes()).await?;
    all_done(school).await
}

/// Everything that is due about payments and refunds.
pub async fn all_done(school: &School) -> Result<()> {
    while settlement::work(&school.app).await? {}
    Ok(())
}

/// Staff send back so much of an order (in its currency, as typed; empty: all that is left), and the provider does it.
pub async fn refunded(school: &School, order: &OrderId, amount: &str) -> Result<()> {
    let idem = school.app.new_id::<OrderId>().to_string();
    let form = RefundForm { amount: amount.into(), reason: "Asked for".into(), idem, ..RefundForm::default() };
    orders::request_refund(&school.app, &school.sam_at_work(), order, form).await?;
    all_done(school).await
}

/// The bank sends the latest refund of an order back, and the provider tells.
pub async fn came_back(school: &School, order: &OrderId) -> Result<()> {
    let view = orders::show_for_staff(&school.app, &school.sam_at_work(), order).await?;
    let refund = view.order.refunds.last().ok_or_else(Error::not_found)?.id.clone();
    let body = school.till.tell_refund(refund.as_str(), RefundFact::Failed);
    payments::keep(&school.app, Provider::Sandbox, &["good"], body.as_bytes()).await?;
    all_done(school).await
}

/// Every invariant holds.
#[allow(clippy::missing_panics_doc)] // a story whose books do not hold has failed
pub async fn books_hold(school: &School) -> Result<()> {
    for row in audit::check(&school.app).await? {
        assert!(row.holds, "{}: {:?}", row.id, row.offending);
    }
    Ok(())
}
