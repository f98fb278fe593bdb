//! Buying for others: a gift with its card, seats for several.

use super::checkout::begin_checkout_of;
use super::once::Once;
use super::price::Choices;
use super::queries;
use crate::error::OrNotFound;
use crate::{App, Error, Member, Result, vouchers};
use model::orders::{Item, LineKind, NextStep};
use model::vouchers::{GiftForm, SeatsForm};

/// "Go on to pay" under a gift's card: the gift is put together once, and its checkout begun.
pub async fn begin_gift(app: &App, giver: &Member, form: GiftForm) -> Result<NextStep> {
    let request = form.parse()?;
    let sent = format!("{} {:?}", request.course, request.card);
    let once = Once { who: &giver.id, route: "gift", key: &request.key, request: sent };
    let gift = app
        .db
        .write(async |tx| {
            queries::lock_account(tx, &giver.id).await?;
            if let Some(before) = once.before(tx).await? {
                return Ok(before);
            }
            let course = queries::course_by_slug(tx, &request.course).await?.or_not_found()?;
            let gift = vouchers::compose(app, tx, giver, &course.course, course.price, &request.card).await?;
            once.keep(app, tx, gift.as_str()).await?;
            Ok::<_, Error>(gift.to_string())
        })
        .await?;
    begin_checkout_of(app, giver, &[Item::of(LineKind::Gift, gift)], &Choices::default(), false).await
}

/// "Go on" under the number of seats.
pub async fn begin_seats(app: &App, buyer: &Member, form: SeatsForm) -> Result<NextStep> {
    let (slug, seats) = form.parse()?;
    let course = queries::course_by_slug(&mut app.db.read().await?, &slug).await?.or_not_found()?;
    let item = Item { quantity: seats, ..Item::of(LineKind::SeatPack, &course.course) };
    begin_checkout_of(app, buyer, &[item], &Choices::default(), false).await
}
