//! Gifts: put together, paid, handed on.

use super::code::{Purpose, code, hash_of};
use super::queries::{self, Voucher};
use super::state::{Event, step};
use super::{GIFT_YEAR, no};
use crate::audit_trail::{self, Deed};
use crate::events::{self, Happening, announce};
use crate::{App, Error, Member, Result};
use model::Money;
use model::ids::{AccountId, CourseId, VoucherId};
use model::vouchers::{GiftCard, Refusal, VoucherKind, VoucherState};
use store::{Conn, Tx};

/// A gift that can be bought: put together and not paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    pub giver: AccountId,
    pub course: CourseId,
}

/// Puts a gift together; it is worth nothing until its order is paid.
pub async fn compose(
    app: &App,
    tx: &mut Tx,
    giver: &Member,
    course: &CourseId,
    price: Money,
    card: &GiftCard,
) -> Result<VoucherId> {
    let id: VoucherId = app.new_id();
    let voucher = Voucher {
        kind: VoucherKind::Gift,
        state: VoucherState::Unpaid,
        course: Some(course.clone()),
        amount: Money::zero(price.currency()),
        share: Money::zero(price.currency()),
        instructor: None,
        giver: Some(giver.id.clone()),
        line: None,
        card: card.clone(),
        batch: None,
        issued_at: None,
        expires_at: None,
        claimed_by: None,
        held: false,
        version: 1,
        code_hash: hash_of(&code(app, Purpose::Voucher, id.as_str())),
        id: id.clone(),
    };
    queries::add(tx, &voucher, app.now()).await?;
    Ok(id)
}

/// The gift of this id, while it can be bought.
pub async fn draft(conn: &mut Conn, id: &str) -> Result<Option<Gift>> {
    let Ok(id) = id.parse::<VoucherId>() else { return Ok(None) };
    let found = queries::voucher(conn, &id).await?.filter(|voucher| voucher.state == VoucherState::Unpaid);
    Ok(found.and_then(|voucher| Some(Gift { giver: voucher.giver?, course: voucher.course? })))
}

/// Its order is paid: the code is good from now on. `amount` without tax, and the instructor's part of it, wait for the claim.
pub async fn issue(
    app: &App,
    tx: &mut Tx,
    id: &str,
    line: &str,
    (amount, share): (Money, Money),
    instructor: &AccountId,
) -> Result<()> {
    let id: VoucherId = id.parse().map_err(Error::bug)?;
    let voucher = queries::lock(tx, &id).await?.ok_or_else(|| Error::bug("a gift was paid that nobody put together"))?;
    let state = step(voucher.state, Event::Pay).map_err(|_| Error::bug("a gift was paid twice"))?;
    let now = app.now();
    queries::issue(tx, &voucher, (line, amount, share, instructor), state, now, now + GIFT_YEAR).await?;
    audit_trail::record(app, tx, Deed::new("voucher.issued", "voucher", &id).by_any(voucher.giver.as_ref())).await?;
    match &voucher.giver {
        Some(giver) => announce(app, tx, events::Event::new(Happening::GiftIssued, &id).of(giver)).await,
        None => Ok(()),
    }
}

/// The gift that a line paid for gives nothing any more, so that its money can go back.
pub(super) async fn take_back(app: &App, tx: &mut Tx, line: &str) -> Result<()> {
    let Some(id) = queries::of_line(tx, line).await? else { return Ok(()) };
    let Some(voucher) = queries::lock(tx, &id).await? else { return Ok(()) };
    if voucher.state == VoucherState::Revoked {
        return Ok(());
    }
    let state = step(voucher.state, Event::Revoke).map_err(|_| no(Refusal::NotRefundable))?;
    queries::set_state(tx, &voucher, state).await?;
    audit_trail::record(app, tx, Deed::new("voucher.revoked", "voucher", &id)).await
}
