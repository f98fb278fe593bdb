//! Orders of one's own.

use super::Site;
use super::body::read as read_body;
use super::caller::Caller;
use super::once::{Asked, Once, key, once};
use super::paging::{Listed, Piece};
use super::problem::Problem;
use super::refused;
use super::wire::{Money, time};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::{Member, orders, settlement};
use model::Fault;
use model::ids::{CheckoutId, OrderId};
use model::orders::{OrderView, PayRequest, Shown, Standing};
use model::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Order {
    id: String,
    /// `awaiting_payment`, `paid`, `canceled` or `expired`.
    state: String,
    /// `none`, `partial` or `full`.
    refund_state: String,
    /// Whether the payer's bank wants the payment back: `none`, `open`, `won` or `lost`.
    dispute_state: String,
    total: Money,
    /// Of the total: asked from a provider.
    due: Money,
    refunded: Money,
    lines: Vec<OrderLine>,
    placed_at: String,
    /// Until when it waits for its money.
    expires_at: String,
    paid_at: Option<String>,
    /// Where the payer pays, while there is such a page.
    pay_url: Option<String>,
    /// The text of the code that the payer scans with the provider's app instead, while there is one.
    pay_code: Option<String>,
    /// The receipt's number, once paid.
    receipt: Option<String>,
    /// What money can still be asked back for.
    refundable: Vec<RefundableLine>,
}

/// A line that money can be asked back for.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundableLine {
    /// For `POST /refunds`.
    line: String,
    title: String,
    /// What is left of it.
    amount: Money,
    /// It is within what was promised when it was bought: granted at once, up to the school's limit.
    promised: bool,
    /// Until when.
    until: String,
    /// Per cent of the course.
    studied: u32,
}

impl From<model::refunds::RefundableLine> for RefundableLine {
    fn from(line: model::refunds::RefundableLine) -> Self {
        Self {
            line: line.id.to_string(),
            title: line.title,
            amount: line.left.into(),
            promised: line.verdict.is_within(),
            until: time(line.verdict.until),
            studied: line.verdict.studied,
        }
    }
}

/// What was bought.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderLine {
    title: String,
    /// Before any reduction.
    list: Money,
    amount: Money,
    tax: Money,
}

impl From<OrderView> for Order {
    fn from(order: OrderView) -> Self {
        let lines = order.lines.into_iter().map(|line| OrderLine {
            title: line.title,
            list: line.list.into(),
            amount: line.amount.into(),
            tax: line.tax.into(),
        });
        Self {
            id: order.id.to_string(),
            state: order.state.to_string(),
            refund_state: order.refunded_state.to_string(),
            dispute_state: order.dispute.to_string(),
            total: order.total.into(),
            due: order.due.into(),
            refunded: order.refunded.into(),
            lines: lines.collect(),
            placed_at: time(order.placed_at),
            expires_at: time(order.expires_at),
            paid_at: order.paid_at.map(time),
            pay_url: match order.standing {
                Standing::PayAt { url, .. } => Some(url),
                _ => None,
            },
            pay_code: order.pay_code,
            receipt: order.receipt.map(|receipt| receipt.number),
            refundable: order.offer.lines.into_iter().map(RefundableLine::from).collect(),
        }
    }
}

/// One line of the list of orders.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderSummary {
    id: String,
    state: String,
    refund_state: String,
    title: String,
    total: Money,
    placed_at: String,
}

impl From<model::orders::OrderRow> for OrderSummary {
    fn from(row: model::orders::OrderRow) -> Self {
        Self {
            id: row.id.to_string(),
            state: row.state.to_string(),
            refund_state: row.refunded.to_string(),
            title: row.title,
            total: row.total.into(),
            placed_at: time(row.placed_at),
        }
    }
}

/// One's own orders, the latest first.
#[utoipa::path(get, path = "/orders", tag = "orders", params(Piece),
    responses((status = 200, body = Listed<OrderSummary>), refused::List))]
pub async fn list(State(site): State<Site>, caller: Caller, piece: Piece) -> Result<Json<Listed<OrderSummary>>, Problem> {
    let buyer = caller.may(Scope::OrdersRead)?;
    let wrong = || Problem::field("cursor", "not a cursor of this list");
    let before = piece.cursor.as_deref().map(str::parse::<OrderId>).transpose().map_err(|_| wrong())?;
    let limit = piece.limit();
    let found = orders::my_orders_before(&site.app, buyer, before.as_ref(), limit + 1).await;
    let found = found.map_err(|cause| match cause {
        domain::Error::Fault(Fault::NotFound) => wrong(),
        other => caller.problem(other),
    })?;
    let items: Vec<OrderSummary> = found.into_iter().map(OrderSummary::from).collect();
    Ok(Json(Listed::of(items, limit, |order| order.id.clone())))
}

/// One of one's own orders.
#[utoipa::path(get, path = "/orders/{id}", tag = "orders", params(("id" = String, Path, description = "The order")),
    responses((status = 200, body = Order), refused::One))]
pub async fn read(State(site): State<Site>, caller: Caller, Path(id): Path<String>) -> Result<Json<Order>, Problem> {
    let buyer = caller.may(Scope::OrdersRead)?;
    shown(&site, &caller, buyer, &id).await.map(Json)
}

async fn shown(site: &Site, caller: &Caller, buyer: &Member, id: &str) -> Result<Order, Problem> {
    let id: OrderId = id.parse().map_err(|_| Problem::not_found())?;
    let order = orders::show_order(&site.app, buyer, &id).await.map_err(|cause| caller.problem(cause))?;
    Ok(Order::from(order))
}

/// An order to make of a quote.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// The quote's id.
    #[schema(min_length = 1, max_length = 64)]
    quote: String,
    /// The quote's total as the buyer saw and agreed to it, in minor units: any other amount is refused.
    #[serde(default)]
    #[schema(minimum = 0)]
    total: Option<i64>,
    /// One of the quote's providers, or it is refused; the first where none is named.
    #[serde(default)]
    provider: Option<String>,
}

/// Makes an order of a quote. What costs nothing is paid at once; anything else waits at `pay_url`.
#[utoipa::path(post, path = "/orders", tag = "orders", request_body = NewOrder, params(Once),
    responses((status = 201, body = Order), (status = 415, body = Problem), refused::Act))]
pub async fn create(State(site): State<Site>, caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let buyer = caller.may(Scope::OrdersWrite)?;
    let key = key(&headers)?;
    let wanted: NewOrder = read_body(&headers, &body)?;
    let asked = Asked { account: &buyer.id, route: "POST /orders", key: &key, body: &body };
    let act = async {
        let quote: CheckoutId = wanted.quote.parse().map_err(|_| Problem::not_found())?;
        let provider = wanted.provider.as_deref().map(str::parse).transpose();
        let provider = provider.map_err(|_| Problem::field("provider", "not a provider"))?;
        let request = PayRequest { provider, key: key.clone(), shown: wanted.total.map(Shown::Total), payer: Default::default() };
        orders::place(&site.app, buyer, caller.lang(), &quote, &request).await.map_err(|cause| caller.problem(cause))?;
        let made = orders::show_checkout(&site.app, buyer, &quote).await.map_err(|cause| caller.problem(cause))?;
        let order = made.order.ok_or_else(|| Problem::conflict("No order was made of this quote."))?;
        Ok((StatusCode::CREATED, shown(&site, &caller, buyer, order.as_str()).await?))
    };
    Ok(once(&site, &caller, asked, act).await)
}

/// How to go on paying.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayOrder {
    /// A provider that takes the order's currency, or it is refused; the one of before where none is named.
    #[serde(default)]
    provider: Option<String>,
}

/// Goes on to pay an order that waits: after a try that failed, when a page is over, or by another provider. What is open at another one
/// is closed there first; until that is known nothing new begins, and there is neither `pay_url` nor `pay_code`.
#[utoipa::path(post, path = "/orders/{id}/pay", tag = "orders", request_body = PayOrder,
    params(("id" = String, Path, description = "The order"), Once),
    responses((status = 200, body = Order), (status = 415, body = Problem), refused::Act))]
pub async fn pay(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let buyer = caller.may(Scope::OrdersWrite)?;
    let key = key(&headers)?;
    let wanted: PayOrder = read_body(&headers, &body)?;
    let route = format!("POST /orders/{id}/pay");
    let asked = Asked { account: &buyer.id, route: &route, key: &key, body: &body };
    let act = async {
        let order: OrderId = id.parse().map_err(|_| Problem::not_found())?;
        let waiting = orders::show_order(&site.app, buyer, &order).await.map_err(|cause| caller.problem(cause))?;
        let named = wanted.provider.as_deref().map(str::parse).transpose();
        let named = named.map_err(|_| Problem::field("provider", "not a provider"))?;
        let before = waiting.provider.filter(|before| waiting.ways.contains(before));
        let request = PayRequest { provider: named.or(before), key: key.clone(), shown: None, payer: Default::default() };
        settlement::pay(&site.app, buyer, &order, &request).await.map_err(|cause| caller.problem(cause))?;
        Ok((StatusCode::OK, shown(&site, &caller, buyer, &id).await?))
    };
    Ok(once(&site, &caller, asked, act).await)
}

/// Cancels an order that waits for its money. Refused while money may be on its way.
#[utoipa::path(post, path = "/orders/{id}/cancel", tag = "orders", params(("id" = String, Path, description = "The order"), Once),
    responses((status = 200, body = Order), refused::Act))]
pub async fn cancel(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let buyer = caller.may(Scope::OrdersWrite)?;
    let key = key(&headers)?;
    let route = format!("POST /orders/{id}/cancel");
    let asked = Asked { account: &buyer.id, route: &route, key: &key, body: &body };
    let act = async {
        let order: OrderId = id.parse().map_err(|_| Problem::not_found())?;
        orders::cancel(&site.app, buyer, &order).await.map_err(|cause| caller.problem(cause))?;
        Ok((StatusCode::OK, shown(&site, &caller, buyer, &id).await?))
    };
    Ok(once(&site, &caller, asked, act).await)
}
