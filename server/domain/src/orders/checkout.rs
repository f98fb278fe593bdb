//! The checkout: a quote frozen for one buyer, shown before anything is ordered.

use super::place::{Placing, place_in};
use super::queries::{self, OfferRow};
use super::{Terms, quote};
use crate::error::OrNotFound;
use crate::{App, Error, Member, Result, entitlement, payments};
use model::Lang;
use model::ids::CheckoutId;
use model::orders::{Checkout, Key, NextStep, Refusal};
use model::text::Slug;
use store::Tx;

/// "Buy": freezes today's price and leads to the checkout page, or where the buyer is already. Asking twice leads to the same place.
pub async fn begin_checkout(app: &App, buyer: &Member, slug: &Slug) -> Result<NextStep> {
    app.db
        .write(async |tx| {
            queries::lock_account(tx, &buyer.id).await?;
            start(app, tx, buyer, slug).await
        })
        .await
}

/// "Take this course": a course that costs nothing is an order of nothing, paid at once and without a provider. Once.
pub async fn enrol(app: &App, buyer: &Member, lang: Lang, slug: &Slug) -> Result<NextStep> {
    app.db
        .write(async |tx| {
            queries::lock_account(tx, &buyer.id).await?;
            match start(app, tx, buyer, slug).await? {
                NextStep::Checkout(checkout) => {
                    let placing = Placing { buyer, lang, checkout: &checkout, provider: None, free_only: true };
                    place_in(app, tx, &placing).await?;
                    Ok(NextStep::Learn(slug.clone()))
                }
                elsewhere => Ok(elsewhere),
            }
        })
        .await
}

/// The course as it can be bought now by this person; where it cannot, the place or the refusal that says so.
async fn start(app: &App, tx: &mut Tx, buyer: &Member, slug: &Slug) -> Result<NextStep> {
    let offer = queries::offer_by_slug(tx, slug).await?.or_not_found()?;
    if let Some(elsewhere) = not_needed(app, tx, buyer, &offer).await? {
        return Ok(elsewhere);
    }
    if let Some(open) = queries::open_checkout(tx, &buyer.id, &offer).await? {
        return Ok(NextStep::Checkout(open));
    }
    let id: CheckoutId = app.new_id();
    let terms = Terms { share_bp: app.settings.instructor_share_bp };
    let quote = quote(offer.price, offer.compare, terms)?;
    queries::add_checkout(tx, &id, &buyer.id, &offer, &quote, app.now()).await?;
    Ok(NextStep::Checkout(id))
}

/// Where a buyer goes who need not or may not buy this.
pub(super) async fn not_needed(app: &App, tx: &mut Tx, buyer: &Member, offer: &OfferRow) -> Result<Option<NextStep>> {
    if offer.instructor == buyer.id {
        return Err(refuse(Refusal::OwnCourse));
    }
    if entitlement::owns(tx, &buyer.id, &offer.course, app.now()).await? {
        return Ok(Some(NextStep::Learn(offer.slug.clone())));
    }
    if !offer.listed {
        return Err(refuse(Refusal::NotForSale));
    }
    Ok(queries::open_order(tx, &buyer.id, &offer.course).await?.map(NextStep::Watch))
}

/// The checkout page. An order that was made of it already is where the buyer belongs instead.
pub async fn show_checkout(app: &App, buyer: &Member, id: &CheckoutId) -> Result<Checkout> {
    let mut conn = app.db.read().await?;
    let row = queries::checkout(&mut conn, id).await?.filter(|row| row.account == buyer.id).or_not_found()?;
    let offer = queries::offer(&mut conn, &row.course).await?.or_not_found()?;
    let line = model::orders::Line {
        course: offer.course.clone(),
        slug: offer.slug.clone(),
        title: offer.title.clone(),
        instructor: offer.instructor_name.clone(),
        list: row.list,
        amount: row.total,
        tax: model::Money::zero(row.total.currency()),
    };
    let order = queries::order_of_checkout(&mut conn, id).await?;
    let owned = entitlement::owns(&mut conn, &buyer.id, &offer.course, app.now()).await?;
    Ok(Checkout {
        id: id.clone(),
        line,
        lessons: offer.lessons,
        seconds: offer.seconds,
        total: row.total,
        price_now: (offer.price != row.total).then_some(offer.price),
        email: queries::email(&mut conn, &buyer.id).await?,
        providers: payments::providers(app),
        order,
        owned,
        for_sale: offer.listed,
        key: new_key(app)?,
    })
}

/// A key for a form about to be shown.
pub(super) fn new_key(app: &App) -> Result<Key> {
    let id: model::ids::EventId = app.new_id();
    Ok(Key::parse(id.as_str())?)
}

pub(super) fn refuse(refusal: Refusal) -> Error {
    Error::refuse(model::Refusal::Orders(refusal))
}
