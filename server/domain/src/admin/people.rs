//! People, found by name or address.

use super::queries::{self, Narrowed};
use crate::{App, Result, Staff};
use model::admin::StaffPeople;
use model::paging::Page;

const PER_PAGE: u32 = 40;

/// People whose name or address holds `q`, the latest first.
pub async fn list_people(app: &App, _staff: &Staff, q: String, number: u32) -> Result<StaffPeople> {
    let number = number.clamp(1, 10_000);
    let like = crate::orders::like(&q);
    let narrowed =
        Narrowed { like: like.as_deref(), limit: i64::from(PER_PAGE), offset: i64::from(number - 1) * i64::from(PER_PAGE) };
    let (items, found) = queries::people(&mut app.db.read().await?, &narrowed, app.now()).await?;
    let total = u64::try_from(found).unwrap_or_default();
    Ok(StaffPeople { q, page: Page { items, number, per_page: PER_PAGE, total } })
}
