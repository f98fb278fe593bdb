//! What the pages of gifts, codes and seats ask the server.

#[cfg(feature = "ssr")]
use domain::{guesses, orders, vouchers};
use leptos::prelude::*;
use model::ids::SeatPoolId;
#[cfg(feature = "ssr")]
use model::routes;
use model::text::Slug;
#[cfg(feature = "ssr")]
use model::vouchers::{AssignForm, ClaimForm, Claimed, Code, GiftForm, SeatsForm, UnassignForm};
use model::vouchers::{Found, GiftDesk, PoolView, SeatDesk};

/// The page where a gift of this course is put together, with a page of what was given.
#[server]
pub async fn read_gift_desk(course: Option<Slug>, page: u32) -> Result<GiftDesk, wire::Error> {
    let (app, giver) = wire::member()?;
    Ok(vouchers::gift_desk(&app, &giver, wire::lang(), course.as_ref(), page).await?)
}

/// What a code holds; none where there is no such code.
#[server]
pub async fn read_code(code: String) -> Result<Option<Found>, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    match Code::parse(&code) {
        Ok(code) => Ok(vouchers::look(&app, visitor.me.as_ref().map(|me| &me.id), &code).await?),
        Err(_) => Ok(None),
    }
}

/// A page of the person's packs, and a course to buy seats of.
#[server]
pub async fn read_seat_desk(course: Option<Slug>, page: u32) -> Result<SeatDesk, wire::Error> {
    let (app, owner) = wire::member()?;
    Ok(vouchers::seat_desk(&app, &owner, course.as_ref(), page).await?)
}

/// One pack of the person's own.
#[server]
pub async fn read_seat_pool(id: SeatPoolId) -> Result<PoolView, wire::Error> {
    let (app, owner) = wire::member()?;
    Ok(vouchers::show_pool(&app, &owner, wire::lang(), &id).await?)
}

/// "Go on to pay" under a gift's card.
#[cfg(feature = "ssr")]
pub async fn begin_gift(form: GiftForm) -> Result<wire::Next, wire::Error> {
    let (app, giver) = wire::member()?;
    Ok(wire::Next(orders::begin_gift(&app, &giver, form).await?.address(wire::lang())))
}

/// "Take it".
#[cfg(feature = "ssr")]
pub async fn claim_code(form: ClaimForm) -> Result<wire::Next, wire::Error> {
    let (app, visitor) = wire::visitor()?;
    let (who, lang) = (visitor.member()?, visitor.lang);
    let claimed = guesses::from_network(&app, &visitor.network, vouchers::claim(&app, &who, form)).await?;
    Ok(wire::Next(match claimed {
        Claimed::Course(slug) => routes::course(lang, &slug),
        Claimed::Balance(amount) => format!("{}?claimed={}", routes::redeem(lang), amount.minor()),
    }))
}

/// "Go on" under the number of seats.
#[cfg(feature = "ssr")]
pub async fn begin_seats(form: SeatsForm) -> Result<wire::Next, wire::Error> {
    let (app, buyer) = wire::member()?;
    Ok(wire::Next(orders::begin_seats(&app, &buyer, form).await?.address(wire::lang())))
}

/// "Give the seat".
#[cfg(feature = "ssr")]
pub async fn assign_seat(id: SeatPoolId, form: AssignForm) -> Result<wire::Next, wire::Error> {
    let (app, owner) = wire::member()?;
    vouchers::assign(&app, &owner, &id, form).await?;
    Ok(wire::Next(routes::seat_pool(wire::lang(), &id)))
}

/// "Take it back".
#[cfg(feature = "ssr")]
pub async fn unassign_seat(id: SeatPoolId, form: UnassignForm) -> Result<wire::Next, wire::Error> {
    let (app, owner) = wire::member()?;
    vouchers::unassign(&app, &owner, &id, &form.seat).await?;
    Ok(wire::Next(routes::seat_pool(wire::lang(), &id)))
}
