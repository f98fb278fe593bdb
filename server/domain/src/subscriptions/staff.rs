//! All subscriptions, as staff see them.

use super::queries::{self, Narrowed};
use crate::{App, Result, Staff, orders};
use model::paging::Page;
use model::subscriptions::{StaffSubscriptions, SubscriptionFilter, SubscriptionState};

const PER_PAGE: u32 = 30;

/// Subscriptions by what staff look for.
pub async fn list(app: &App, _staff: &Staff, filter: SubscriptionFilter) -> Result<StaffSubscriptions> {
    let number = filter.page.clamp(1, 10_000);
    let like = orders::like(&filter.q);
    let state = filter.state.as_str();
    let known = state.parse::<SubscriptionState>().is_ok() || state == "cancels";
    let narrowed = Narrowed {
        like: like.as_deref(),
        state: known.then_some(state),
        limit: i64::from(PER_PAGE),
        offset: i64::from(number - 1) * i64::from(PER_PAGE),
    };
    let mut conn = app.db.read().await?;
    let (items, total) = queries::staff_list(&mut conn, &narrowed).await?;
    let living = queries::counts(&mut conn).await?.into_iter().filter(|(state, _)| !state.is_over()).collect();
    let plans = queries::all_plans(&mut conn, super::PRODUCT).await?;
    Ok(StaffSubscriptions { filter, page: Page { items, number, per_page: PER_PAGE, total }, living, plans })
}
