//! Stories of buying. After each, every invariant of the books is asked.

mod asking;
mod baskets;
mod buying;
mod coupons;
mod hearing;
mod inside;
mod lost;
mod paying;
mod places;
mod refunding;
mod single;
mod strays;
mod waiting;
mod wallets;
mod ways;

use super::*;
use crate::payments::{self, DisputeFact, Fact};
use crate::testing::{Mood, School};
use crate::{App, Error, Member, Result, audit, entitlement, ledger, settlement};
use model::entitlement::{Access, Reason, Source};
use model::ids::{CheckoutId, OrderId};
use model::orders::{Key, NextStep, OrderState, PayRequest, RefundForm, Refunded, Refusal, Standing};
use model::payments::{AttemptState, RefundCause, RefundState};
use model::text::Slug;
use model::time::{minutes, seconds};
use model::{Currency, Lang, Money};
use store::on_both;

const PRICE: Money = Money::new(19_900, Currency::Cny);

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

fn key(text: &str) -> PayRequest {
    PayRequest { provider: None, shown: None, key: Key::parse(text).expect("a key"), payer: Default::default() }
}

/// Grace at the checkout of "Analytical Engines".
async fn at_checkout(school: &School, buyer: &Member) -> Result<CheckoutId> {
    match begin_checkout(&school.app, buyer, &slug("analytical-engines")).await? {
        NextStep::Checkout(id) => Ok(id),
        other => panic!("not at the checkout but at {other:?}"),
    }
}

/// An order with its attempt at the till.
async fn ordered(school: &School, buyer: &Member) -> Result<(OrderId, String)> {
    let checkout = at_checkout(school, buyer).await?;
    place(&school.app, buyer, Lang::En, &checkout, &key(checkout.as_str())).await?;
    let order = my_orders(&school.app, buyer).await?.first().expect("an order").id.clone();
    let attempt = attempt_of(school, &order).await?;
    Ok((order, attempt))
}

/// The same, paid.
async fn bought(school: &School, buyer: &Member) -> Result<(OrderId, String)> {
    let (order, attempt) = ordered(school, buyer).await?;
    told(school, &attempt, Fact::Succeeded, PRICE).await?;
    Ok((order, attempt))
}

/// The latest attempt of an order.
async fn attempt_of(school: &School, order: &OrderId) -> Result<String> {
    let latest = payments::latest(&mut school.app.db.read().await?, order.as_str()).await?;
    Ok(latest.expect("an attempt").id.to_string())
}

/// The till notifies us, and we work on it.
async fn told(school: &School, attempt: &str, fact: Fact, amount: Money) -> Result<()> {
    let body = school.till.tell(attempt, fact, amount);
    notified(&school.app, &body).await?;
    all_done(&school.app).await
}

/// The payer's bank says so of all of [`PRICE`], and we work on it.
async fn disputed(school: &School, attempt: &str, fact: DisputeFact) -> Result<()> {
    notified(&school.app, &school.till.tell_dispute(attempt, fact, PRICE)).await?;
    all_done(&school.app).await
}

async fn notified(app: &App, body: &str) -> Result<bool> {
    Ok(payments::keep(app, model::payments::Provider::Sandbox, &["good"], body.as_bytes())
        .await?
        .expect("a verified notification"))
}

async fn all_done(app: &App) -> Result<()> {
    while settlement::work(app).await? {}
    Ok(())
}

async fn state(school: &School, buyer: &Member, order: &OrderId) -> Result<OrderState> {
    Ok(show_order(&school.app, buyer, order).await?.state)
}

async fn access(school: &School, who: &Member) -> Result<Access> {
    let mut conn = school.app.db.read().await?;
    entitlement::may_open(&mut conn, Some(&who.id), &school.engines(), school.app.now()).await
}

const OPEN: Access = Access::Open(Reason::Granted(Source::OrderLine));

/// Every invariant holds.
async fn books_hold(school: &School) -> Result<()> {
    for row in audit::check(&school.app).await? {
        assert!(row.holds, "{}: {:?}", row.id, row.offending);
    }
    Ok(())
}

fn refused<T: std::fmt::Debug>(outcome: Result<T>) -> Refusal {
    match outcome {
        Err(Error::Fault(model::Fault::Conflict(model::Refusal::Orders(refusal)))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}
