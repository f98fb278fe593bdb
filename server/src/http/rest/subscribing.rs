//! Beginning a membership, changing its plan, coming back and paying: with what the subscriber was shown and agreed to.

use super::Site;
use super::body::read as read_body;
use super::caller::Caller;
use super::once::{Asked, Once, key, once};
use super::paging::Listed;
use super::problem::Problem;
use super::refused;
use super::subscriptions::{Subscription, SubscriptionPlan, shown};
use super::wire::{Money, time};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::subscriptions::{self, Subscribed};
use locale::dates;
use model::ids::{PlanId, SubscriptionId};
use model::orders::NextStep;
use model::payments::Payer;
use model::subscriptions::{ChangePlan, ChangePreview, Plan, Subscribe};
use model::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A plan that can be subscribed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferedPlan {
    id: String,
    /// How long a period is: 1, 3 or 12.
    months: u32,
    price: Money,
    /// Nought: no trial.
    trial_days: u32,
}

impl From<Plan> for OfferedPlan {
    fn from(plan: Plan) -> Self {
        Self { id: plan.id.to_string(), months: plan.months, price: plan.price.into(), trial_days: plan.trial_days }
    }
}

/// A subscription after something was asked of it that may have to be paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubscriptionStep {
    /// What waits for money is the first of its invoices, and an order of its own.
    subscription: Subscription,
    /// Where the payer pays, where there is such a page.
    pay_url: Option<String>,
}

/// The plans that are offered, in their order.
#[utoipa::path(get, path = "/plans", tag = "subscriptions", responses((status = 200, body = Listed<OfferedPlan>), refused::List))]
pub async fn plans(State(site): State<Site>, caller: Caller) -> Result<Json<Listed<OfferedPlan>>, Problem> {
    caller.may(Scope::SubscriptionsRead)?;
    let all = subscriptions::offered_plans(&site.app).await.map_err(|cause| caller.problem(cause))?;
    Ok(Json(Listed { items: all.into_iter().map(OfferedPlan::from).collect(), next: None }))
}

/// A subscription to begin, as its subscriber agreed to it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSubscription {
    /// One of the plans that are offered.
    plan: String,
    /// What a period costs, in minor units, as the subscriber saw it: any other price is refused.
    price: i64,
    /// Begin with the trial, of so many days as the subscriber was told. Without it the first period is to be paid now.
    #[serde(default)]
    trial_days: Option<u32>,
    /// Months are counted on this zone's calendar (IANA); on the school's where it names none that is known.
    #[serde(default)]
    #[schema(example = "Asia/Shanghai")]
    zone: Option<String>,
    /// By which provider (`stripe`, `alipay`, `wechat`, `sandbox`); the first that the school has where none is named.
    #[serde(default)]
    provider: Option<String>,
    /// The subscriber agreed, beforehand and by themselves, to be charged this price every period until they cancel.
    #[serde(default)]
    consent: bool,
}

fn yes(consent: bool) -> String {
    if consent { "yes".into() } else { String::new() }
}

/// Begins a subscription: with the trial, or with a first period that waits for its money at `pay_url`.
#[utoipa::path(post, path = "/subscriptions", tag = "subscriptions", request_body = NewSubscription, params(Once),
    responses((status = 201, body = SubscriptionStep), (status = 415, body = Problem), refused::Act))]
pub async fn create(State(site): State<Site>, caller: Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let member = caller.may(Scope::SubscriptionsWrite)?;
    let key = key(&headers)?;
    let wanted: NewSubscription = read_body(&headers, &body)?;
    let asked = Asked { account: &member.id, route: "POST /subscriptions", key: &key, body: &body };
    let act = async {
        let zone = wanted.zone.unwrap_or_default();
        let form = Subscribe {
            plan: wanted.plan,
            trial: yes(wanted.trial_days.is_some()),
            price: wanted.price.to_string(),
            trial_days: wanted.trial_days.map(|days| days.to_string()).unwrap_or_default(),
            zone: zone.clone(),
            provider: wanted.provider.unwrap_or_default(),
            consent: yes(wanted.consent),
            idem: key.as_str().to_owned(),
        };
        let begun = subscriptions::subscribe(&site.app, member, caller.lang(), &zone, form, &Payer::default()).await;
        let step = match begun.map_err(|cause| caller.problem(cause))? {
            Subscribed::Pay(step) => Some(step),
            Subscribed::Trial => None,
        };
        let mine = subscriptions::my_membership(&site.app, member).await.map_err(|cause| caller.problem(cause))?;
        let subscription = mine.subscription.map(Subscription::from).ok_or_else(Problem::not_found)?;
        Ok((StatusCode::CREATED, SubscriptionStep { subscription, pay_url: page_of(step) }))
    };
    Ok(once(&site, &caller, asked, act).await)
}

fn page_of(step: Option<NextStep>) -> Option<String> {
    match step {
        Some(NextStep::PayAt(url)) => Some(url),
        _ => None,
    }
}

/// What a change of plan would mean, to the cent.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubscriptionChange {
    /// The plan it would be.
    plan: SubscriptionPlan,
    /// At once, for money; otherwise at the end of the period, and nothing is to be paid now.
    now: bool,
    /// What is left of the period that was paid.
    credit: Money,
    /// What the new plan costs for the time it covers.
    charge: Money,
    /// To pay now.
    due: Money,
    /// From when the new plan counts.
    from_when: String,
    /// The next renewal after it.
    renews_at: String,
    /// When this was computed; it holds for half an hour.
    at: String,
}

impl From<ChangePreview> for SubscriptionChange {
    fn from(change: ChangePreview) -> Self {
        Self {
            plan: change.to.into(),
            now: change.now,
            credit: change.credit.into(),
            charge: change.charge.into(),
            due: change.due.into(),
            from_when: time(change.from_when),
            renews_at: time(change.renews_at),
            at: time(change.at),
        }
    }
}

/// What changing to a plan would mean now. Nothing changes.
#[utoipa::path(get, path = "/subscriptions/{id}/changes/{plan}", tag = "subscriptions",
    params(("id" = String, Path, description = "The subscription"), ("plan" = String, Path, description = "The plan it would be")),
    responses((status = 200, body = SubscriptionChange), (status = 409, body = Problem), refused::One))]
pub async fn preview(
    State(site): State<Site>,
    caller: Caller,
    Path((id, plan)): Path<(String, String)>,
) -> Result<Json<SubscriptionChange>, Problem> {
    let member = caller.may(Scope::SubscriptionsRead)?;
    let id: SubscriptionId = id.parse().map_err(|_| Problem::not_found())?;
    let plan: PlanId = plan.parse().map_err(|_| Problem::not_found())?;
    let shown = subscriptions::preview_this(&site.app, member, &id, &plan).await.map_err(|cause| caller.problem(cause))?;
    Ok(Json(shown.into()))
}

/// A change of plan, as it was shown and agreed to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChange {
    /// The plan it shall be.
    plan: String,
    /// What the preview said is to be paid now, in minor units: any other amount is refused.
    due: i64,
    /// What a period of the plan costs, in minor units, as the preview said.
    price: i64,
    /// The preview's `at`.
    at: String,
    /// The subscriber agreed to it.
    #[serde(default)]
    consent: bool,
}

/// Changes the plan: to a better one once `pay_url` is paid, to a smaller one at the end of the period.
#[utoipa::path(post, path = "/subscriptions/{id}/changes", tag = "subscriptions", request_body = NewChange,
    params(("id" = String, Path, description = "The subscription"), Once),
    responses((status = 200, body = SubscriptionStep), (status = 415, body = Problem), refused::Act))]
pub async fn change(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let member = caller.may(Scope::SubscriptionsWrite)?;
    let key = key(&headers)?;
    let wanted: NewChange = read_body(&headers, &body)?;
    let at = dates::of_machine(&wanted.at).ok_or_else(|| Problem::field("at", "not a moment"))?;
    let route = format!("POST /subscriptions/{id}/changes");
    let asked = Asked { account: &member.id, route: &route, key: &key, body: &body };
    let act = async {
        let id: SubscriptionId = id.parse().map_err(|_| Problem::not_found())?;
        let form = ChangePlan {
            plan: wanted.plan,
            due: wanted.due.to_string(),
            price: wanted.price.to_string(),
            at: at.millis().to_string(),
            consent: yes(wanted.consent),
            idem: key.as_str().to_owned(),
        };
        let changed = subscriptions::change_this(&site.app, member, &id, form, &Payer::default()).await;
        let step = changed.map_err(|cause| caller.problem(cause))?;
        let subscription = shown(&site, &caller, member, &id).await?;
        Ok((StatusCode::OK, SubscriptionStep { subscription, pay_url: page_of(step) }))
    };
    Ok(once(&site, &caller, asked, act).await)
}

/// Comes back from a rest: a new period begins when it is paid.
#[utoipa::path(post, path = "/subscriptions/{id}/resume", tag = "subscriptions", params(("id" = String, Path, description = "The subscription"), Once),
    responses((status = 200, body = SubscriptionStep), refused::Act))]
pub async fn resume(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    led_to_pay(&site, &caller, &id, Wish::Resume, (&headers, &body)).await
}

/// Leads to paying what waits for money: the first period, a renewal, a change.
#[utoipa::path(post, path = "/subscriptions/{id}/pay", tag = "subscriptions", params(("id" = String, Path, description = "The subscription"), Once),
    responses((status = 200, body = SubscriptionStep), refused::Act))]
pub async fn pay(
    State(site): State<Site>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    led_to_pay(&site, &caller, &id, Wish::Pay, (&headers, &body)).await
}

/// What ends at a page to pay at.
#[derive(Debug, Clone, Copy)]
enum Wish {
    Resume,
    Pay,
}

async fn led_to_pay(
    site: &Site,
    caller: &Caller,
    id: &str,
    wish: Wish,
    (headers, body): (&HeaderMap, &Bytes),
) -> Result<Response, Problem> {
    let member = caller.may(Scope::SubscriptionsWrite)?;
    let key = key(headers)?;
    let verb = match wish {
        Wish::Resume => "resume",
        Wish::Pay => "pay",
    };
    let route = format!("POST /subscriptions/{id}/{verb}");
    let asked = Asked { account: &member.id, route: &route, key: &key, body };
    let act = async {
        let id: SubscriptionId = id.parse().map_err(|_| Problem::not_found())?;
        let step = match wish {
            Wish::Resume => subscriptions::resume_this(&site.app, member, &id, &Payer::default()).await,
            Wish::Pay => subscriptions::pay_this(&site.app, member, &id, &Payer::default()).await,
        };
        let step = step.map_err(|cause| caller.problem(cause))?;
        let subscription = shown(site, caller, member, &id).await?;
        Ok((StatusCode::OK, SubscriptionStep { subscription, pay_url: page_of(Some(step)) }))
    };
    Ok(once(site, caller, asked, act).await)
}
