//! Refunds: asked for by buyers under what was promised them, decided by finance.

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
use domain::ledger::Whose;
use domain::orders;
use model::Fault;
use model::accounts::Role;
use model::ids::{OrderId, RefundId};
use model::refunds::{AskRefund, RefundDetail};
use model::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who sees every refund, and decides.
const CASHIERS: &[Role] = &[Role::Finance, Role::Admin];

/// Money going back.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refund {
    id: String,
    order: String,
    /// `requested`, `approved`, `submitting`, `pending`, `unknown`, `succeeded`, `failed`, `canceled` or `needs_attention`.
    state: String,
    /// `learner` and `staff` asked for it; `late`, `second` and `mismatch`: money that had no place.
    cause: String,
    amount: Money,
    /// `original`: the way it came; `wallet`: into the buyer's wallet.
    destination: String,
    reason: String,
    /// What it takes of which line.
    lines: Vec<RefundLine>,
    requested_at: String,
}

/// A refund's part of one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundLine {
    line: String,
    amount: Money,
}

impl From<RefundDetail> for Refund {
    fn from(found: RefundDetail) -> Self {
        let lines = found.lines.into_iter().map(|(line, amount)| RefundLine { line: line.to_string(), amount: amount.into() });
        Self {
            id: found.refund.id.to_string(),
            order: found.order.to_string(),
            state: found.refund.state.to_string(),
            cause: found.refund.cause.to_string(),
            amount: found.refund.amount.into(),
            destination: found.destination.to_string(),
            reason: found.refund.reason,
            lines: lines.collect(),
            requested_at: time(found.refund.at),
        }
    }
}

/// Finance sees every refund, anybody else those of their own orders.
fn whose(caller: &Caller) -> Result<Whose, Problem> {
    let owner = caller.may(Scope::OrdersRead)?.id.clone();
    let staff = caller.staff(Scope::OrdersRead, CASHIERS)?;
    Ok(staff.map_or(Whose::Of(owner), Whose::Everybodys))
}

async fn shown(site: &Site, caller: &Caller, whose: &Whose, id: &RefundId) -> Result<Refund, Problem> {
    let found = orders::show_refund(&site.app, whose, id).await.map_err(|cause| caller.problem(cause))?;
    Ok(Refund::from(found))
}

/// Refunds of one's own orders, the latest first; finance sees all.
#[utoipa::path(get, path = "/refunds", tag = "refunds", params(Piece),
    responses((status = 200, body = Listed<Refund>), refused::List))]
pub async fn list(State(site): State<Site>, caller: Caller, piece: Piece) -> Result<Json<Listed<Refund>>, Problem> {
    let whose = whose(&caller)?;
    let wrong = || Problem::field("cursor", "not a cursor of this list");
    let before = piece.cursor.as_deref().map(str::parse::<RefundId>).transpose().map_err(|_| wrong())?;
    let limit = piece.limit();
    let found = orders::refunds_before(&site.app, &whose, before.as_ref(), i64::from(limit) + 1).await;
    let found = found.map_err(|cause| match cause {
        domain::Error::Fault(Fault::NotFound) => wrong(),
        other => caller.problem(other),
    })?;
    let items: Vec<Refund> = found.into_iter().map(Refund::from).collect();
    Ok(Json(Listed::of(items, limit, |refund| refund.id.clone())))
}

/// A refund of one's own orders; finance sees any.
#[utoipa::path(get, path = "/refunds/{id}", tag = "refunds", params(("id" = String, Path, description = "The refund")),
    responses((status = 200, body = Refund), refused::One))]
pub async fn read(State(site): State<Site>, caller: Caller, Path(id): Path<String>) -> Result<Json<Refund>, Problem> {
    let whose = whose(&caller)?;
    let id: RefundId = id.parse().map_err(|_| Problem::not_found())?;
    shown(&site, &caller, &whose, &id).await.map(Json)
}

/// Money to ask back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRefund {
    /// One of one's own paid orders.
    #[schema(min_length = 1, max_length = 64)]
    order: String,
    /// Of the order's `refundable` lines; all of them where none is named.
    #[serde(default)]
    #[schema(max_items = 50)]
    lines: Vec<String>,
    #[schema(min_length = 1, max_length = 300)]
    reason: String,
    /// `original` or `wallet`.
    #[serde(default)]
    destination: Option<String>,
}

/// Asks for money back. What was promised when it was bought is granted at once, up to the school's limit; anything else waits
/// for a person as `requested`.
#[utoipa::path(post, path = "/refunds", tag = "refunds", request_body = NewRefund, params(Once),
    responses((status = 201, body = Refund), (status = 415, body = Problem), refused::Act))]
pub async fn create(State(site): State<Site>, caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let buyer = caller.may(Scope::RefundsWrite)?;
    let key = key(&headers)?;
    let wanted: NewRefund = read_body(&headers, &body)?;
    let asked = Asked { account: &buyer.id, route: "POST /refunds", key: &key, body: &body };
    let act = async {
        let order: OrderId = wanted.order.parse().map_err(|_| Problem::not_found())?;
        let form = AskRefund {
            line: wanted.lines,
            reason: wanted.reason,
            destination: wanted.destination.unwrap_or_default(),
            idem: key.as_str().to_owned(),
        };
        let id = orders::ask_refund(&site.app, buyer, &order, form).await.map_err(|cause| caller.problem(cause))?;
        Ok((StatusCode::CREATED, shown(&site, &caller, &Whose::Of(buyer.id.clone()), &id).await?))
    };
    Ok(once(&site, &caller, asked, act).await)
}

/// What finance decides about a refund that waits.
#[derive(Debug, Clone, Copy)]
enum Decision {
    Approve,
    Reject,
}

/// Approves a refund that waits; for finance, and never by whoever asked for it.
#[utoipa::path(post, path = "/refunds/{id}/approve", tag = "refunds", params(("id" = String, Path, description = "The refund"), Once),
    responses((status = 200, body = Refund), refused::Act))]
pub async fn approve(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    decide(&site, &caller, &id, &headers, &body, Decision::Approve).await
}

/// Rejects a refund that waits; for finance.
#[utoipa::path(post, path = "/refunds/{id}/reject", tag = "refunds", params(("id" = String, Path, description = "The refund"), Once),
    responses((status = 200, body = Refund), refused::Act))]
pub async fn reject(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    decide(&site, &caller, &id, &headers, &body, Decision::Reject).await
}

async fn decide(
    site: &Site,
    caller: &Caller,
    id: &str,
    headers: &HeaderMap,
    body: &Bytes,
    decision: Decision,
) -> Result<Response, Problem> {
    let staff = caller.staff(Scope::RefundsWrite, CASHIERS)?.ok_or_else(|| caller.problem(Fault::Forbidden))?;
    if matches!(decision, Decision::Approve) {
        caller.prove(&site.app)?;
    }
    let key = key(headers)?;
    let route = match decision {
        Decision::Approve => format!("POST /refunds/{id}/approve"),
        Decision::Reject => format!("POST /refunds/{id}/reject"),
    };
    let asked = Asked { account: &staff.id, route: &route, key: &key, body };
    let act = async {
        let refund: RefundId = id.parse().map_err(|_| Problem::not_found())?;
        let decided = match decision {
            Decision::Approve => orders::approve_once(&site.app, &staff, &refund, &key).await,
            Decision::Reject => orders::reject_once(&site.app, &staff, &refund, &key).await,
        };
        decided.map_err(|cause| caller.problem(cause))?;
        Ok((StatusCode::OK, shown(site, caller, &Whose::Everybodys(staff.clone()), &refund).await?))
    };
    Ok(once(site, caller, asked, act).await)
}
