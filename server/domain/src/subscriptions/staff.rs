//! All subscriptions, as staff see them.

use super::queries::{self, Narrowed};
use crate::{App, Result, Staff, orders};
use model::paging::{Page, pages};
use model::subscriptions::{StaffSubscriptions, SubscriptionFilter, SubscriptionState};

const PER_PAGE: u32 = 30;

/// Subscriptions by what staff look for.
pub async fn list(app: &App, _staff: &Staff, filter: SubscriptionFilter) -> Result<StaffSubscriptions> {
    let mut number = filter.page.clamp(1, 10_000);
    let like = orders::like(&filter.q);
    let state = filter.state.as_str();
    let known = state.parse::<SubscriptionState>().is_ok() || state == "cancels";
    let mut narrowed = Narrowed {
        like: like.as_deref(),
        state: known.then_some(state),
        limit: i64::from(PER_PAGE),
        offset: i64::from(number - 1) * i64::from(PER_PAGE),
    };
    let mut conn = app.db.read().await?;
    let (mut items, mut total) = queries::staff_list(&mut conn, &narrowed).await?;
    if items.is_empty() && number > 1 {
        // behind the end: the last page there is
        narrowed.offset = 0;
        total = queries::staff_list(&mut conn, &narrowed).await?.1;
        number = pages(total, PER_PAGE);
        narrowed.offset = i64::from(number - 1) * i64::from(PER_PAGE);
        items = queries::staff_list(&mut conn, &narrowed).await?.0;
    }
    let living = queries::counts(&mut conn).await?.into_iter().filter(|(state, _)| !state.is_over()).collect();
    let plans = queries::all_plans(&mut conn, super::PRODUCT).await?;
    Ok(StaffSubscriptions { filter, page: Page { items, number, per_page: PER_PAGE, total }, living, plans })
}
