//! Quotes: what a purchase costs this buyer now, frozen so that an order can be made of it.

use super::Site;
use super::body::read as read_body;
use super::caller::Caller;
use super::once::{Asked, Once, key, once};
use super::problem::Problem;
use super::refused;
use super::wire::Money;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::orders::Choices;
use domain::{Member, orders};
use model::ids::CheckoutId;
use model::orders::{Checkout, Item, LineKind, NextStep};
use model::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// So many things one purchase may hold.
const MOST_ITEMS: usize = 50;

/// A purchase to price.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuote {
    #[schema(min_items = 1, max_items = 50)]
    items: Vec<NewItem>,
    /// A coupon's code.
    #[serde(default)]
    #[schema(max_length = 64)]
    coupon: Option<String>,
    /// Pay what the wallet holds from the wallet.
    #[serde(default)]
    use_wallet: bool,
}

/// Something to buy.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewItem {
    /// `course`, `bundle`…
    kind: String,
    /// Of the thing.
    #[schema(min_length = 1, max_length = 64)]
    id: String,
    /// Of a `seat_pack`: the seats. Of anything else: 1.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 1000)]
    quantity: u32,
}

fn one() -> u32 {
    1
}

/// What a purchase costs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Quote {
    id: String,
    lines: Vec<QuoteLine>,
    /// Before any reduction.
    list: Money,
    /// What the coupon takes off.
    coupon: Money,
    total: Money,
    /// Of the total: from the wallet.
    wallet: Money,
    /// The rest, paid at a provider.
    due: Money,
    /// Whether an order can be made of it as it stands.
    orderable: bool,
    /// The order that was made of it.
    order: Option<String>,
    /// Providers that can take the payment.
    providers: Vec<String>,
}

/// One thing in a purchase.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteLine {
    kind: String,
    id: String,
    quantity: u32,
    title: String,
    list: Money,
    /// Of the reductions: what the coupon took.
    coupon: Money,
    amount: Money,
}

impl Quote {
    fn of(checkout: Checkout) -> Result<Self, model::money::MoneyError> {
        let total = checkout.total;
        let lines = checkout.lines.into_iter().map(|line| QuoteLine {
            kind: line.item.kind.to_string(),
            id: line.item.id,
            quantity: line.item.quantity,
            title: line.title,
            list: line.list.into(),
            coupon: line.coupon.into(),
            amount: line.amount.into(),
        });
        Ok(Self {
            id: checkout.id.to_string(),
            lines: lines.collect(),
            list: total.list.into(),
            coupon: total.coupon.into(),
            total: total.total.into(),
            wallet: total.gift.plus(total.cash)?.into(),
            due: total.due.into(),
            orderable: checkout.bars.is_empty() && checkout.now.is_none() && checkout.order.is_none(),
            order: checkout.order.map(|order| order.to_string()),
            providers: checkout.providers.iter().map(ToString::to_string).collect(),
        })
    }
}

impl NewQuote {
    fn items(&self) -> Result<Vec<Item>, Problem> {
        if self.items.is_empty() || self.items.len() > MOST_ITEMS {
            return Err(Problem::field("items", "from 1 to 50"));
        }
        let item = |(place, item): (usize, &NewItem)| {
            let kind: LineKind = item
                .kind
                .parse()
                .map_err(|_| Problem::field(&format!("items[{place}].kind"), "not a kind of thing that is sold"))?;
            if !model::ids::looks_like_an_id(&item.id) {
                return Err(Problem::field(&format!("items[{place}].id"), "not an identifier"));
            }
            if !(1..=1000).contains(&item.quantity) {
                return Err(Problem::field(&format!("items[{place}].quantity"), "from 1 to 1000"));
            }
            if item.quantity != 1 && kind != LineKind::SeatPack {
                return Err(Problem::field(&format!("items[{place}].quantity"), "1, but for a seat_pack"));
            }
            if self.items.iter().take(place).any(|before| before.kind == item.kind && before.id == item.id) {
                return Err(Problem::field(&format!("items[{place}]"), "named before"));
            }
            Ok(Item { kind, id: item.id.clone(), quantity: item.quantity })
        };
        self.items.iter().enumerate().map(item).collect()
    }
}

/// Prices a purchase and freezes the price. The same purchase at the same price leads to the same quote.
#[utoipa::path(post, path = "/quotes", tag = "quotes", request_body = NewQuote, params(Once),
    responses((status = 201, body = Quote), (status = 415, body = Problem), refused::Act))]
pub async fn create(State(site): State<Site>, caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let buyer = caller.may(Scope::OrdersWrite)?;
    let key = key(&headers)?;
    let wanted: NewQuote = read_body(&headers, &body)?;
    let asked = Asked { account: &buyer.id, route: "POST /quotes", key: &key, body: &body };
    let act = async {
        let choices = Choices { coupon: wanted.coupon.clone(), use_wallet: wanted.use_wallet };
        let items = wanted.items()?;
        let begun = orders::begin_checkout_from(&site.app, caller.network(), buyer, &items, &choices).await;
        match begun.map_err(|cause| caller.problem(cause))? {
            NextStep::Checkout(id) => Ok((StatusCode::CREATED, shown(&site, &caller, buyer, &id).await?)),
            NextStep::Watch(order) | NextStep::Done(order) => {
                Err(Problem::conflict(&format!("Order {order} is of this already.")))
            }
            _ => Err(Problem::conflict("The buyer has this already.")),
        }
    };
    Ok(once(&site, &caller, asked, act).await)
}

/// One of one's own quotes, with what stands against it by now.
#[utoipa::path(get, path = "/quotes/{id}", tag = "quotes", params(("id" = String, Path, description = "The quote")),
    responses((status = 200, body = Quote), refused::One))]
pub async fn read(State(site): State<Site>, caller: Caller, Path(id): Path<String>) -> Result<Json<Quote>, Problem> {
    let buyer = caller.may(Scope::OrdersRead)?;
    let id: CheckoutId = id.parse().map_err(|_| Problem::not_found())?;
    shown(&site, &caller, buyer, &id).await.map(Json)
}

async fn shown(site: &Site, caller: &Caller, buyer: &Member, id: &CheckoutId) -> Result<Quote, Problem> {
    let checkout = orders::show_checkout(&site.app, buyer, id).await.map_err(|cause| caller.problem(cause))?;
    Quote::of(checkout).map_err(|cause| caller.problem(cause))
}
