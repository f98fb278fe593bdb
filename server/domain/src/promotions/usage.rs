//! SM-5: a use of a promotion is reserved with an order, consumed when it is paid, released when it is not, and given back
//! after a refund where the promotion says so. The caller has locked the person.

use super::queries::{self, Promotion};
use crate::{App, Error, Result};
use model::Money;
use model::ids::{AccountId, OrderId};
use model::promotions::Refusal;
use store::{Conn, Tx};

/// The promotion behind a code, if this person can use it now. (Whether it is for what they buy is [`super::covers`]; whether
/// they have ordered before is the caller's to know.)
pub async fn find(app: &App, conn: &mut Conn, code: &str, who: Option<&AccountId>) -> Result<Result<Promotion, Refusal>> {
    let Some(promotion) = queries::by_code(conn, code).await? else { return Ok(Err(Refusal::Unknown)) };
    Ok(match allowed(app, conn, &promotion, who).await? {
        Some(reason) => Err(reason),
        None => Ok(promotion),
    })
}

/// Why this person cannot use it now.
async fn allowed(app: &App, conn: &mut Conn, promotion: &Promotion, who: Option<&AccountId>) -> Result<Option<Refusal>> {
    let now = app.now();
    if now < promotion.starts_at {
        return Ok(Some(Refusal::NotYet));
    }
    if promotion.ends_at.is_some_and(|end| now >= end) {
        return Ok(Some(Refusal::Expired));
    }
    if let Some(who) = who
        && free_slot(conn, promotion, who).await?.is_none()
    {
        return Ok(Some(Refusal::AlreadyUsed));
    }
    Ok(promotion.max_uses.is_some_and(|most| promotion.used >= most).then_some(Refusal::UsedUp))
}

/// The person's next place: none where they have had them all.
async fn free_slot(conn: &mut Conn, promotion: &Promotion, who: &AccountId) -> Result<Option<i64>> {
    let taken = queries::slots(conn, promotion, who).await?;
    let mut free = 1;
    while taken.contains(&free) {
        free += 1;
    }
    Ok((promotion.per_person.is_none_or(|most| free <= most)).then_some(free))
}

/// Reserves one use for an order that is being placed.
pub async fn reserve(
    app: &App,
    tx: &mut Tx,
    promotion: &Promotion,
    code: &str,
    who: &AccountId,
    order: &OrderId,
    amount: Money,
) -> Result<Result<(), Refusal>> {
    let Some(slot) = free_slot(tx, promotion, who).await? else { return Ok(Err(Refusal::AlreadyUsed)) };
    if !queries::count_use(tx, promotion, app.now()).await? {
        return Ok(Err(Refusal::UsedUp));
    }
    queries::add_redemption(tx, app, promotion, code, who, slot, order, amount).await?;
    Ok(Ok(()))
}

/// The order is paid.
pub async fn consume(app: &App, tx: &mut Tx, order: &OrderId) -> Result<()> {
    queries::consume(tx, order, app.now()).await
}

/// The order was canceled or ran out: the use is free again.
pub async fn release(app: &App, tx: &mut Tx, order: &OrderId) -> Result<()> {
    let Some(redemption) = queries::redemption(tx, order).await? else { return Ok(()) };
    if queries::move_on(tx, order, "reserved", "released", app.now()).await? {
        queries::count_back(tx, &redemption.promotion).await?;
    }
    Ok(())
}

/// Whether the use that belongs to an order is one of a promotion for first orders.
pub async fn is_for_first_orders(conn: &mut Conn, order: &OrderId) -> Result<bool> {
    let Some(redemption) = queries::redemption(conn, order).await? else { return Ok(false) };
    Ok(queries::promotion(conn, &redemption.promotion).await?.is_some_and(|promotion| promotion.first_order))
}

/// Money came for an order that was closed: its use is reserved again, if there still is one. True where the order had none.
pub async fn reserve_again(app: &App, tx: &mut Tx, order: &OrderId) -> Result<bool> {
    let Some(redemption) = queries::redemption(tx, order).await? else { return Ok(true) };
    if redemption.state == "reserved" {
        return Ok(true);
    }
    let promotion = queries::promotion(tx, &redemption.promotion)
        .await?
        .ok_or_else(|| Error::bug("a use of a promotion that is not there"))?;
    let Some(slot) = free_slot(tx, &promotion, &redemption.account).await? else { return Ok(false) };
    if !queries::count_use(tx, &promotion, app.now()).await? {
        return Ok(false);
    }
    queries::take_slot(tx, order, slot, app.now()).await?;
    Ok(true)
}

/// The order was refunded in full: where the promotion says so, the person may use it once more. Its own budget stays spent.
pub async fn give_back(app: &App, tx: &mut Tx, order: &OrderId) -> Result<()> {
    let Some(redemption) = queries::redemption(tx, order).await? else { return Ok(()) };
    let promotion = queries::promotion(tx, &redemption.promotion).await?;
    if promotion.is_some_and(|promotion| promotion.returns) {
        queries::move_on(tx, order, "consumed", "returned", app.now()).await?;
    }
    Ok(())
}

/// The bank sent that money back: the use counts again, unless the person has had their last one meanwhile.
pub async fn use_again(app: &App, tx: &mut Tx, order: &OrderId) -> Result<()> {
    let Some(redemption) = queries::redemption(tx, order).await?.filter(|use_| use_.state == "returned") else { return Ok(()) };
    let Some(promotion) = queries::promotion(tx, &redemption.promotion).await? else { return Ok(()) };
    match free_slot(tx, &promotion, &redemption.account).await? {
        Some(slot) => queries::take_slot_again(tx, order, slot, app.now()).await,
        None => Ok(()),
    }
}
