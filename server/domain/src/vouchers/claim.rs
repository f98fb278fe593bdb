//! Somebody has a code: what it holds, and taking it.

use super::code::hash_of;
use super::queries::{self, Seat, Voucher};
use super::state::{Event, step};
use super::{entry, no, seats};
use crate::audit_trail::{self, Deed};
use crate::entitlement::{self, Grant};
use crate::error::OrNotFound;
use crate::events::{self, Happening, announce};
use crate::guesses::{self, Guess};
use crate::ledger::{self, Account, Kind, Links};
use crate::limits::{self, Limit};
use crate::{App, Error, Member, Result, catalog, earnings};
use model::entitlement::Source;
use model::ids::{AccountId, CourseId};
use model::time::hours;
use model::vouchers::{ClaimForm, Claimed, Code, Found, Holds, Refusal, SeatState, VoucherKind, VoucherState};
use store::{Conn, Tx};

/// Codes that were wrong, per person.
const WRONG_CODES: Limit = Limit { name: "code.person.hour", at_most: 10, per: hours(1) };

/// What a code holds, for whoever has it; `who`: the person, where they are signed in.
pub async fn look(app: &App, who: Option<&AccountId>, code: &Code) -> Result<Option<Found>> {
    let mut conn = app.db.read().await?;
    let hash = hash_of(code);
    if let Some(voucher) = queries::by_code(&mut conn, &hash).await?.filter(|voucher| voucher.state != VoucherState::Unpaid) {
        let refusal = match why_not(app, &voucher) {
            Some(refusal) => Some(refusal),
            None => barred(app, &mut conn, who, voucher.course.as_ref()).await?,
        };
        let holds = match &voucher.course {
            Some(course) => {
                let course = queries::course(&mut conn, course).await?.or_not_found()?;
                Holds::Course { id: course.id, slug: course.slug, title: course.title, instructor: course.instructor }
            }
            None => Holds::Balance(voucher.amount),
        };
        let card = (voucher.kind == VoucherKind::Gift).then(|| voucher.card.clone());
        return Ok(Some(Found { code: code.plain().into(), holds, card, expires_at: voucher.expires_at, refusal }));
    }
    let Some(seat) = queries::seat_by_code(&mut conn, &hash).await? else { return Ok(None) };
    let course = queries::course(&mut conn, &seat.course).await?.or_not_found()?;
    let refusal = match seats::why_not(&seat) {
        Some(refusal) => Some(refusal),
        None => match who {
            Some(who) if queries::email(&mut conn, who).await? != seat.email.as_str() => Some(Refusal::OtherAddress),
            _ => barred(app, &mut conn, who, Some(&seat.course)).await?,
        },
    };
    let from = queries::name(&mut conn, &seat.owner).await?;
    let holds = Holds::Seat { id: course.id, slug: course.slug, title: course.title, instructor: course.instructor, from };
    Ok(Some(Found { code: code.plain().into(), holds, card: None, expires_at: None, refusal }))
}

/// Why a voucher gives nothing to anybody.
fn why_not(app: &App, voucher: &Voucher) -> Option<Refusal> {
    match voucher.state {
        VoucherState::Unpaid => Some(Refusal::Unknown),
        VoucherState::Claimed => Some(Refusal::Claimed),
        VoucherState::Expired => Some(Refusal::Expired),
        VoucherState::Revoked => Some(Refusal::Revoked),
        VoucherState::Issued if voucher.held => Some(Refusal::Withheld),
        VoucherState::Issued => voucher.expires_at.filter(|at| *at <= app.now()).map(|_| Refusal::Expired),
    }
}

/// Why a person cannot have the course once more.
async fn barred(app: &App, conn: &mut Conn, who: Option<&AccountId>, course: Option<&CourseId>) -> Result<Option<Refusal>> {
    let (Some(who), Some(course)) = (who, course) else { return Ok(None) };
    if queries::course(conn, course).await?.or_not_found()?.instructor_id == *who {
        return Ok(Some(Refusal::OwnCourse));
    }
    Ok(entitlement::owns_for_good(conn, who, course, app.now()).await?.then_some(Refusal::Owned))
}

/// Takes what a code holds. The same person again gets the same answer and nothing more.
pub async fn claim(app: &App, who: &Member, form: ClaimForm) -> Result<Claimed> {
    let code = Code::parse(&form.code).map_err(|problem| Error::field("code", problem))?;
    limits::take(app, &[WRONG_CODES], who.id.as_str()).await?;
    let hash = hash_of(&code);
    let claimed = app
        .db
        .write(async |tx| {
            queries::lock_account(tx, &who.id).await?;
            if let Some(voucher) = queries::lock_by_code(tx, &hash).await? {
                return take_voucher(app, tx, who, voucher).await;
            }
            match queries::lock_seat_by_code(tx, &hash).await? {
                Some(seat) => take_seat(app, tx, who, seat).await,
                None => Err(no(Refusal::Unknown)),
            }
        })
        .await;
    let claimed = guesses::watch(app, Guess::Redeem, &who.id, claimed).await?;
    limits::give_back(app, &[WRONG_CODES], who.id.as_str()).await?;
    Ok(claimed)
}

async fn take_voucher(app: &App, tx: &mut Tx, who: &Member, voucher: Voucher) -> Result<Claimed> {
    let given = match &voucher.course {
        Some(course) => Claimed::Course(queries::course(tx, course).await?.or_not_found()?.slug),
        None => Claimed::Balance(voucher.amount),
    };
    if voucher.state == VoucherState::Claimed && voucher.claimed_by.as_ref() == Some(&who.id) {
        return Ok(given);
    }
    if let Some(refusal) = why_not(app, &voucher) {
        return Err(no(refusal));
    }
    let state = step(voucher.state, Event::Claim).map_err(|_| no(Refusal::Transition))?;
    if let Some(refusal) = barred(app, tx, Some(&who.id), voucher.course.as_ref()).await? {
        return Err(no(refusal));
    }
    if !queries::claim(tx, &voucher, state, &who.id, app.now()).await? {
        return Err(no(Refusal::Claimed));
    }
    if let Some(course) = &voucher.course {
        open(app, tx, who, course, Source::Gift, voucher.id.as_str()).await?;
    }
    book(app, tx, who, &voucher).await?;
    // the ledger before the course, as where orders are paid
    if let Some(course) = &voucher.course {
        catalog::count_learners(tx, course, 1).await?;
    }
    audit_trail::record(app, tx, Deed::new("voucher.claimed", "voucher", &voucher.id).by(&who.id)).await?;
    if let Some(giver) = &voucher.giver {
        announce(app, tx, events::Event::new(Happening::GiftClaimed, &voucher.id).of(giver)).await?;
    }
    Ok(given)
}

/// What was paid for a gift is earned now; a balance is the school's to give.
async fn book(app: &App, tx: &mut Tx, who: &Member, voucher: &Voucher) -> Result<()> {
    let about = format!("voucher:{}", voucher.id);
    let entry = match (voucher.kind, &voucher.line, &voucher.instructor) {
        (VoucherKind::Gift, Some(line), Some(_)) => {
            let earned =
                entry(line, about).moved(Account::Deferred(line.clone()), Account::Revenue, voucher.amount, Kind::Earned);
            let source_id = voucher.id.as_str();
            let given = earnings::Given { line, source_id, net: voucher.amount, pool: voucher.share, piece: (1, 1) };
            earnings::accrue_given(app, tx, &given, earned).await?
        }
        (VoucherKind::Balance, ..) => ledger::Entry::new(Links::default()).about(about).moved(
            Account::PromoCost,
            Account::WalletGift(who.id.clone()),
            voucher.amount,
            Kind::GiftBalance,
        ),
        (VoucherKind::Course, ..) => return Ok(()),
        (VoucherKind::Gift, ..) => return Err(Error::bug("a gift was issued that no line paid for")),
    };
    ledger::post(app, tx, &entry).await
}

async fn take_seat(app: &App, tx: &mut Tx, who: &Member, seat: Seat) -> Result<Claimed> {
    let given = Claimed::Course(queries::course(tx, &seat.course).await?.or_not_found()?.slug);
    if seat.state == SeatState::Claimed && seat.holder.as_ref() == Some(&who.id) {
        return Ok(given);
    }
    if let Some(refusal) = seats::why_not(&seat) {
        return Err(no(refusal));
    }
    if queries::email(tx, &who.id).await? != seat.email.as_str() {
        return Err(no(Refusal::OtherAddress));
    }
    if let Some(refusal) = barred(app, tx, Some(&who.id), Some(&seat.course)).await? {
        return Err(no(refusal));
    }
    if !queries::claim_seat(tx, &seat.id, &who.id, app.now()).await? {
        return Err(no(Refusal::Claimed));
    }
    open(app, tx, who, &seat.course, Source::Seat, seat.id.as_str()).await?;
    catalog::count_learners(tx, &seat.course, 1).await?;
    audit_trail::record(app, tx, Deed::new("seat.claimed", "seat", &seat.id).by(&who.id)).await?;
    Ok(given)
}

/// Opens a course; its learner is still to be counted.
async fn open(app: &App, tx: &mut Tx, who: &Member, course: &CourseId, source: Source, source_id: &str) -> Result<()> {
    let grant = Grant { account: &who.id, course, source, source_id, expires_at: None };
    if entitlement::grant(app, tx, grant).await? { Ok(()) } else { Err(no(Refusal::Owned)) }
}
