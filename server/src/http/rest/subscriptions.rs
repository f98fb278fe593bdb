//! Memberships of one's own: read, cancelled, kept after all, and at rest.

use super::Site;
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
use domain::{Member, subscriptions};
use model::ids::SubscriptionId;
use model::subscriptions::{InvoiceRow, MySubscription, Plan};
use model::tokens::Scope;
use serde::Serialize;
use utoipa::ToSchema;

/// A subscription to the membership.
#[derive(Debug, Serialize, ToSchema)]
pub struct Subscription {
    id: String,
    /// `incomplete`, `trialing`, `active`, `past_due`, `paused`, `ended` or `incomplete_expired`.
    state: String,
    plan: SubscriptionPlan,
    /// The plan from the end of the period.
    next_plan: Option<SubscriptionPlan>,
    /// It ends at the end of the period.
    cancels: bool,
    /// It rests from the end of the period.
    pauses: bool,
    period_ends: Option<String>,
    access_until: Option<String>,
    ended_at: Option<String>,
    /// What the next period costs, where there will be one.
    next_amount: Option<Money>,
    /// The next period is charged without the payer; otherwise there will be a link.
    charged_alone: bool,
    /// What waits to be paid.
    to_pay: Option<Money>,
    /// The latest first.
    invoices: Vec<SubscriptionInvoice>,
}

/// How long a period is, and its price.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubscriptionPlan {
    id: String,
    months: u32,
    price: Money,
}

/// What was asked for; the order has its own call.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubscriptionInvoice {
    order: String,
    /// `first`, `renewal` or `upgrade`.
    kind: String,
    /// `open`, `paid` or `void`.
    state: String,
    amount: Money,
    at: String,
    /// The receipt's number, once paid.
    receipt: Option<String>,
}

impl From<Plan> for SubscriptionPlan {
    fn from(plan: Plan) -> Self {
        Self { id: plan.id.to_string(), months: plan.months, price: plan.price.into() }
    }
}

impl From<InvoiceRow> for SubscriptionInvoice {
    fn from(row: InvoiceRow) -> Self {
        Self {
            order: row.order.to_string(),
            kind: row.kind.to_string(),
            state: row.state.to_string(),
            amount: row.amount.into(),
            at: time(row.at),
            receipt: row.receipt,
        }
    }
}

impl From<MySubscription> for Subscription {
    fn from(one: MySubscription) -> Self {
        Self {
            id: one.id.to_string(),
            state: one.state.to_string(),
            plan: one.plan.into(),
            next_plan: one.becomes.map(SubscriptionPlan::from),
            cancels: one.cancels,
            pauses: one.pauses,
            period_ends: one.period_ends.map(time),
            access_until: one.access_until.map(time),
            ended_at: one.ended_at.map(time),
            next_amount: one.next_amount.map(Money::from),
            charged_alone: one.pays_alone,
            to_pay: one.to_pay.map(Money::from),
            invoices: one.invoices.into_iter().map(SubscriptionInvoice::from).collect(),
        }
    }
}

/// One's own subscriptions, the latest first.
#[utoipa::path(get, path = "/subscriptions", tag = "subscriptions", params(Piece),
    responses((status = 200, body = Listed<Subscription>), refused::List))]
pub async fn list(State(site): State<Site>, caller: Caller, piece: Piece) -> Result<Json<Listed<Subscription>>, Problem> {
    let member = caller.may(Scope::SubscriptionsRead)?;
    let after = piece.cursor.as_deref().map(str::parse::<SubscriptionId>).transpose();
    let after = after.map_err(|_| Problem::field("cursor", "not a cursor of this list"))?;
    let limit = piece.limit();
    let found = subscriptions::list_after(&site.app, member, after.as_ref(), limit + 1).await;
    let items = found.map_err(|cause| caller.problem(cause))?.into_iter().map(Subscription::from).collect();
    Ok(Json(Listed::of(items, limit, |one: &Subscription| one.id.clone())))
}

/// One of one's own subscriptions.
#[utoipa::path(get, path = "/subscriptions/{id}", tag = "subscriptions", params(("id" = String, Path, description = "The subscription")),
    responses((status = 200, body = Subscription), refused::One))]
pub async fn read(State(site): State<Site>, caller: Caller, Path(id): Path<String>) -> Result<Json<Subscription>, Problem> {
    let member = caller.may(Scope::SubscriptionsRead)?;
    let id: SubscriptionId = id.parse().map_err(|_| Problem::not_found())?;
    shown(&site, &caller, member, &id).await.map(Json)
}

pub async fn shown(site: &Site, caller: &Caller, member: &Member, id: &SubscriptionId) -> Result<Subscription, Problem> {
    let found = subscriptions::show(&site.app, member, id).await.map_err(|cause| caller.problem(cause))?;
    Ok(Subscription::from(found))
}

/// Ends a subscription at the end of its period; what was paid stays open until then, and nothing is charged any more.
#[utoipa::path(post, path = "/subscriptions/{id}/cancel", tag = "subscriptions", params(("id" = String, Path, description = "The subscription"), Once),
    responses((status = 200, body = Subscription), refused::Act))]
pub async fn cancel(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    decided(&site, &caller, &id, Wish::Cancel, (&headers, &body)).await
}

/// Takes back what was decided for the end of the period: cancelling, resting, another plan.
#[utoipa::path(post, path = "/subscriptions/{id}/undo", tag = "subscriptions", params(("id" = String, Path, description = "The subscription"), Once),
    responses((status = 200, body = Subscription), refused::Act))]
pub async fn undo(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    decided(&site, &caller, &id, Wish::Undo, (&headers, &body)).await
}

/// Rests from the end of the period on: no access, and nothing to pay, for ninety days at the most.
#[utoipa::path(post, path = "/subscriptions/{id}/pause", tag = "subscriptions", params(("id" = String, Path, description = "The subscription"), Once),
    responses((status = 200, body = Subscription), refused::Act))]
pub async fn pause(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    decided(&site, &caller, &id, Wish::Pause, (&headers, &body)).await
}

/// What somebody decides about a subscription.
#[derive(Debug, Clone, Copy)]
enum Wish {
    Cancel,
    Undo,
    Pause,
}

/// Does it, once for each key, and answers with the subscription after it.
async fn decided(
    site: &Site,
    caller: &Caller,
    id: &str,
    wish: Wish,
    (headers, body): (&HeaderMap, &Bytes),
) -> Result<Response, Problem> {
    let member = caller.may(Scope::SubscriptionsWrite)?;
    let key = key(headers)?;
    let verb = match wish {
        Wish::Cancel => "cancel",
        Wish::Undo => "undo",
        Wish::Pause => "pause",
    };
    let route = format!("POST /subscriptions/{id}/{verb}");
    let asked = Asked { account: &member.id, route: &route, key: &key, body };
    let act = async {
        let id: SubscriptionId = id.parse().map_err(|_| Problem::not_found())?;
        let done = match wish {
            Wish::Cancel => subscriptions::cancel_this(&site.app, member, &id).await,
            Wish::Undo => subscriptions::undo_this(&site.app, member, &id).await,
            Wish::Pause => subscriptions::pause_this(&site.app, member, &id).await,
        };
        done.map_err(|cause| caller.problem(cause))?;
        Ok((StatusCode::OK, shown(site, caller, member, &id).await?))
    };
    Ok(once(site, caller, asked, act).await)
}
