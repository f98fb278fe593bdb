//! Coupons, for those of the staff who keep them.

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
use domain::Staff;
use domain::promotions::{self, Maker};
use model::Currency;
use model::accounts::Role;
use model::ids::PromotionId;
use model::promotions::{Reduction, Row};
use model::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who keeps them.
const KEEPERS: &[Role] = &[Role::Finance, Role::Admin];

/// A promotion with its codes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Coupon {
    id: String,
    name: String,
    /// In a list a few of them, otherwise all.
    codes: Vec<String>,
    /// How many there are.
    codes_in_all: u32,
    /// What is taken off, in hundredths of a per cent; or an amount.
    percent_bp: Option<u32>,
    amount: Option<Money>,
    /// `all`, `courses`, `topics` or `instructor`.
    scope: String,
    first_order: bool,
    used: u32,
    /// How often it may be used in all.
    most: Option<u32>,
    /// What it took off paid orders.
    given: Money,
    /// `running`, `planned`, `used_up` or `ended`.
    standing: String,
    ends_at: Option<String>,
    /// The instructor whose own it is.
    owner: Option<String>,
}

impl From<Row> for Coupon {
    fn from(row: Row) -> Self {
        let (percent_bp, amount) = match row.reduction {
            Reduction::Percent { bp } => (Some(bp), None),
            Reduction::Fixed(amount) => (None, Some(amount.into())),
        };
        Self {
            id: row.id.to_string(),
            name: row.name,
            codes: row.codes,
            codes_in_all: row.codes_in_all,
            percent_bp,
            amount,
            scope: row.scope.to_string(),
            first_order: row.first_order,
            used: row.used,
            most: row.most,
            given: row.given.into(),
            standing: row.standing.to_string(),
            ends_at: row.ends_at.map(time),
            owner: row.owner,
        }
    }
}

fn keeper(caller: &Caller, scope: Scope) -> Result<Staff, Problem> {
    caller.staff(scope, KEEPERS)?.ok_or_else(|| Problem::of(caller.lang(), &model::Fault::Forbidden))
}

/// Every coupon, the instructors' own included, the latest first.
#[utoipa::path(get, path = "/coupons", tag = "coupons", params(Piece),
    responses((status = 200, body = Listed<Coupon>), refused::List))]
pub async fn list(State(site): State<Site>, caller: Caller, piece: Piece) -> Result<Json<Listed<Coupon>>, Problem> {
    let staff = keeper(&caller, Scope::CouponsRead)?;
    let after = piece.cursor.as_deref().map(str::parse::<PromotionId>).transpose();
    let after = after.map_err(|_| Problem::field("cursor", "not a cursor of this list"))?;
    let limit = piece.limit();
    let found = promotions::list_after(&site.app, Maker::School(&staff), after.as_ref(), limit + 1).await;
    let items = found.map_err(|cause| caller.problem(cause))?.into_iter().map(Coupon::from).collect();
    Ok(Json(Listed::of(items, limit, |coupon: &Coupon| coupon.id.clone())))
}

/// One coupon with all of its codes.
#[utoipa::path(get, path = "/coupons/{id}", tag = "coupons", params(("id" = String, Path, description = "The coupon")),
    responses((status = 200, body = Coupon), refused::One))]
pub async fn read(State(site): State<Site>, caller: Caller, Path(id): Path<String>) -> Result<Json<Coupon>, Problem> {
    let staff = keeper(&caller, Scope::CouponsRead)?;
    let id: PromotionId = id.parse().map_err(|_| Problem::not_found())?;
    shown(&site, &caller, &staff, &id).await.map(Json)
}

async fn shown(site: &Site, caller: &Caller, staff: &Staff, id: &PromotionId) -> Result<Coupon, Problem> {
    let found = promotions::show(&site.app, Maker::School(staff), id).await.map_err(|cause| caller.problem(cause))?;
    Ok(Coupon::from(found))
}

/// A coupon to make. It takes off either a part or an amount.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCoupon {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// None: `count` of them are made up.
    #[serde(default)]
    #[schema(max_items = 500)]
    codes: Vec<String>,
    #[serde(default)]
    #[schema(minimum = 1, maximum = 500)]
    count: Option<u32>,
    /// Hundredths of a per cent.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10000)]
    percent_bp: Option<u32>,
    /// Fen, once per order.
    #[serde(default)]
    #[schema(minimum = 1)]
    amount: Option<i64>,
    /// The courses it is for, or the topics; everything where neither is named.
    #[serde(default)]
    courses: Vec<String>,
    #[serde(default)]
    topics: Vec<String>,
    /// For a person's first order only.
    #[serde(default)]
    first_order: bool,
    /// How often it may be used, in all and by one person.
    #[serde(default)]
    #[schema(minimum = 1)]
    most: Option<u32>,
    #[serde(default)]
    #[schema(minimum = 1)]
    per_person: Option<u32>,
    /// The first and the last day, as `2026-03-02`, in the school's time.
    #[serde(default)]
    starts: Option<String>,
    #[serde(default)]
    ends: Option<String>,
    /// A full refund lets the person use it again.
    #[serde(default)]
    returns: bool,
}

impl NewCoupon {
    /// As the staff's page would send it, so that both are judged alike.
    fn typed(self) -> Result<model::promotions::NewCoupon, Problem> {
        let (kind, value) = match (self.percent_bp, self.amount) {
            (Some(bp), None) => ("percent", model::Money::new(i64::from(bp), Currency::Cny).decimal()),
            (None, Some(amount)) => ("fixed", model::Money::new(amount, Currency::Cny).decimal()),
            _ => return Err(Problem::field("percent_bp", "either percent_bp or amount")),
        };
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let switch = |on: bool| if on { "on".to_owned() } else { String::new() };
        Ok(model::promotions::NewCoupon {
            name: self.name,
            codes: self.codes.join(","),
            count: number(self.count),
            kind: kind.into(),
            value,
            course: self.courses,
            topic: self.topics,
            first_order: switch(self.first_order),
            most: number(self.most),
            per_person: number(self.per_person),
            starts: self.starts.unwrap_or_default(),
            ends: self.ends.unwrap_or_default(),
            returns: switch(self.returns),
        })
    }
}

/// Makes a coupon of the school.
#[utoipa::path(post, path = "/coupons", tag = "coupons", request_body = NewCoupon, params(Once),
    responses(
        (status = 201, body = Coupon), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem), (status = 422, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)
    )
)]
pub async fn create(State(site): State<Site>, caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let staff = keeper(&caller, Scope::CouponsWrite)?;
    caller.prove(&site.app)?;
    let key = key(&headers)?;
    let wanted: NewCoupon = read_body(&headers, &body)?;
    let asked = Asked { account: &staff.id, route: "POST /coupons", key: &key, body: &body };
    let act = async {
        let made = promotions::create(&site.app, Maker::School(&staff), wanted.typed()?).await;
        let id = made.map_err(|cause| caller.problem(cause))?;
        Ok((StatusCode::CREATED, shown(&site, &caller, &staff, &id).await?))
    };
    Ok(once(&site, &caller, asked, act).await)
}

/// Ends a coupon now. Orders that have reserved a use of it keep that.
#[utoipa::path(post, path = "/coupons/{id}/end", tag = "coupons", params(("id" = String, Path, description = "The coupon"), Once),
    responses((status = 200, body = Coupon), refused::Act))]
pub async fn end(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let staff = keeper(&caller, Scope::CouponsWrite)?;
    let key = key(&headers)?;
    let route = format!("POST /coupons/{id}/end");
    let asked = Asked { account: &staff.id, route: &route, key: &key, body: &body };
    let act = async {
        let id: PromotionId = id.parse().map_err(|_| Problem::not_found())?;
        promotions::end(&site.app, Maker::School(&staff), &id).await.map_err(|cause| caller.problem(cause))?;
        Ok((StatusCode::OK, shown(&site, &caller, &staff, &id).await?))
    };
    Ok(once(&site, &caller, asked, act).await)
}
