//! A buyer inside a provider's app goes to the provider, which tells as whom it knows them, and comes back to pay there.

use super::pay;
use crate::error::OrNotFound;
use crate::orders::{self, Order};
use crate::payments::{self, Back};
use crate::secrets::hash;
use crate::{App, Error, Member, Result, Visitor};
use model::ids::OrderId;
use model::orders::{Key, NextStep, OrderState, PayRequest};
use model::payments::{Device, Provider};
use model::{Fault, Lang, routes};

/// Where somebody goes who is to say who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// To the provider's page.
    On { lang: Lang, url: String },
    /// There is nothing to say: to this page of ours.
    Back(String),
}

/// Sends the buyer of an order to the provider by which they are about to pay it.
pub async fn say_who(app: &App, visitor: &Visitor, provider: Provider, id: &OrderId) -> Result<Way> {
    let (buyer, session) = who(visitor)?;
    let order = own(app, &buyer, id).await?;
    let waits = order.state == OrderState::AwaitingPayment && app.now() < order.expires_at;
    if !waits || visitor.payer().device != Device::WechatApp || !payments::has_sheet(app, provider) {
        return Ok(Way::Back(routes::pay(order.lang, id)));
    }
    let url = payments::set_out(app, &buyer.id, session, provider, id.as_str()).await?;
    Ok(Way::On { lang: order.lang, url })
}

/// What the provider sent a buyer back with.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub state: String,
    /// Empty where it gave none.
    pub code: String,
}

/// The buyer came back: the payment they were about to make begins. The page they go on to, which says so where it does not.
pub async fn said_who(app: &App, visitor: &Visitor, provider: Provider, said: &Said) -> Result<String> {
    let (buyer, session) = who(visitor)?;
    let back = payments::come_back(app, &buyer.id, session, provider, &said.state, &said.code).await?;
    let Some(Back { reference, known }) = back else { return Ok(routes::my_orders(visitor.lang)) };
    let id: OrderId = reference.parse().map_err(Error::bug)?;
    let lang = own(app, &buyer, &id).await?.lang;
    if !known {
        return Ok(routes::pay_unknown(lang, &id));
    }
    // a state is good once, and so is what begins by it
    let key = Key::parse(&hash(&said.state))?;
    let request = PayRequest { provider: Some(provider), key, shown: None, payer: visitor.payer() };
    match pay(app, &buyer, &id, &request).await {
        Ok(NextStep::SayWho(..)) => Ok(routes::pay_unknown(lang, &id)),
        Ok(next) => Ok(next.address(lang)),
        // paid meanwhile, closed, unclear: its page says which
        Err(Error::Fault(_)) => Ok(routes::pay(lang, &id)),
        Err(cause) => Err(cause),
    }
}

fn who(visitor: &Visitor) -> Result<(Member, &str)> {
    let member = visitor.member()?;
    let session = visitor.session.as_deref().ok_or(Error::Fault(Fault::SignIn))?;
    Ok((member, session))
}

async fn own(app: &App, buyer: &Member, id: &OrderId) -> Result<Order> {
    let mut conn = app.db.read().await?;
    orders::order(&mut conn, id).await?.filter(|order| order.account == buyer.id).or_not_found()
}
