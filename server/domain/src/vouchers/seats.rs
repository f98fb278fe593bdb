//! Seats bought together: given by address, taken back, and their money earned as they are given for the first time.

use super::code::{Purpose, code, hash_of};
use super::queries::{self, NewPool, Pool, Seat};
use super::{COOLING, entry, no};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::events::{self, Happening, announce};
use crate::ledger::{self, Account, Kind};
use crate::{App, Error, Member, Result, catalog, earnings, entitlement};
use model::entitlement::Source;
use model::ids::{SeatId, SeatPoolId};
use model::vouchers::{AssignForm, Refusal, SeatState};
use store::Tx;

/// A pack is paid: its seats can be given.
pub async fn open_pool(app: &App, tx: &mut Tx, new: NewPool<'_>) -> Result<SeatPoolId> {
    let id: SeatPoolId = app.new_id();
    queries::add_pool(tx, &id, &new, app.now()).await?;
    let detail = new.purchased.to_string();
    audit_trail::record(app, tx, Deed::new("seat_pool.opened", "seat_pool", &id).by(new.owner).detail(detail)).await?;
    Ok(id)
}

/// Gives a seat to an address; its owner is invited by letter.
pub async fn assign(app: &App, owner: &Member, id: &SeatPoolId, form: AssignForm) -> Result<SeatId> {
    let email = form.parse()?;
    app.db
        .write(async |tx| {
            let pool = owned(tx, owner, id).await?;
            if pool.held {
                return Err(no(Refusal::Withheld));
            }
            queries::end_cooling(tx, id, app.now()).await?;
            if !queries::take_place(tx, id).await? {
                return Err(no(Refusal::NoSeat));
            }
            let seat: SeatId = app.new_id();
            let hash = hash_of(&code(app, Purpose::Seat, seat.as_str()));
            if !queries::add_seat(tx, &seat, id, &email, &hash, app.now()).await? {
                return Err(no(Refusal::HasSeat));
            }
            earn(app, tx, &pool).await?;
            audit_trail::record(app, tx, Deed::new("seat.assigned", "seat", &seat).by(&owner.id)).await?;
            announce(app, tx, events::Event::new(Happening::SeatAssigned, &seat).of(&owner.id)).await?;
            Ok(seat)
        })
        .await
}

/// A seat given for the first time earns its part of what was paid; given again, it earns nothing more.
async fn earn(app: &App, tx: &mut Tx, pool: &Pool) -> Result<()> {
    let Some(number) = queries::earn_place(tx, &pool.id).await? else { return Ok(()) };
    let part = |whole: model::Money| -> Result<model::Money> {
        Ok(whole.portion(number, pool.purchased)?.minus(whole.portion(number - 1, pool.purchased)?)?)
    };
    let entry = entry(&pool.line, format!("seats:{}", pool.id)).moved(
        Account::Deferred(pool.line.clone()),
        Account::Revenue,
        part(pool.amount)?,
        Kind::Earned,
    );
    let source_id = format!("{}:{number}", pool.id);
    let given = earnings::Given {
        line: &pool.line,
        source_id: &source_id,
        net: part(pool.amount)?,
        pool: part(pool.share)?,
        piece: (number, pool.purchased),
    };
    let entry = earnings::accrue_given(app, tx, &given, entry).await?;
    ledger::post(app, tx, &entry).await
}

/// Takes a seat back. An invitation nobody has taken up frees its place at once, a seat in use after a day.
pub async fn unassign(app: &App, owner: &Member, pool: &SeatPoolId, id: &SeatId) -> Result<()> {
    app.db
        .write(async |tx| {
            owned(tx, owner, pool).await?;
            let seat = queries::lock_seat(tx, id).await?.filter(|seat| seat.pool == *pool).or_not_found()?;
            let now = app.now();
            match seat.state {
                SeatState::Freed => return Ok(()),
                SeatState::Invited => queries::free_seat(tx, id, now, now, false).await?,
                SeatState::Claimed => {
                    queries::free_seat(tx, id, now, now + COOLING, true).await?;
                    if !entitlement::revoke(app, tx, Source::Seat, id.as_str()).await?.is_empty() {
                        catalog::count_learners(tx, &seat.course, -1).await?;
                    }
                }
            }
            if seat.state == SeatState::Invited {
                queries::give_places_back(tx, pool, 1).await?;
            }
            audit_trail::record(app, tx, Deed::new("seat.unassigned", "seat", id).by(&owner.id)).await
        })
        .await
}

/// The owner's pool, kept from changing; somebody else's is not found.
async fn owned(tx: &mut Tx, owner: &Member, id: &SeatPoolId) -> Result<Pool> {
    queries::lock_pool(tx, id).await?.filter(|pool| pool.owner == owner.id).or_not_found()
}

/// Why a seat cannot be taken by anybody.
pub(super) fn why_not(seat: &Seat) -> Option<Refusal> {
    match seat.state {
        _ if !seat.is_live => Some(Refusal::Revoked),
        _ if seat.held => Some(Refusal::Withheld),
        SeatState::Invited => None,
        SeatState::Claimed => Some(Refusal::Claimed),
        SeatState::Freed => Some(Refusal::Revoked),
    }
}

/// The seats that a line paid for are given to nobody any more, so that its money can go back.
pub(super) async fn take_back(app: &App, tx: &mut Tx, line: &str) -> Result<()> {
    let Some(id) = queries::pool_of_line(tx, line).await? else { return Ok(()) };
    let pool = queries::lock_pool(tx, &id).await?.ok_or_else(|| Error::bug("a pool was lost"))?;
    if !pool.is_live {
        return Ok(());
    }
    if pool.earned > 0 {
        return Err(no(Refusal::NotRefundable));
    }
    queries::end_pool(tx, &id).await?;
    audit_trail::record(app, tx, Deed::new("seat_pool.ended", "seat_pool", &id)).await
}
