//! Asking for money back: staff in part or whole, buyers line by line under what the course promised them.

use super::checkout::refuse;
use super::once::Once;
use super::queries::{self, Line, Order, Refund};
use super::refund::{decide, lock_attempt, note};
use super::refund_parts::{Amounts, Part, Taken, spread, whole};
use super::refund_policy::{Purchase, verdict};
use super::refund_state::RefundEvent;
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::payments::{self, Attempt};
use crate::{App, Error, Member, Result, Staff, earnings, subscriptions, vouchers};
use model::Money;
use model::ids::{AccountId, OrderId, OrderLineId, RefundId};
use model::orders::{DisputeState, LineKind, OrderState, RefundForm, Refusal};
use model::payments::{RefundCause, RefundState};
use model::refunds::{AskRefund, Destination, RefundOffer, RefundableLine, Verdict};
use store::{Conn, Tx};

/// What somebody asks for.
struct Wanted<'a> {
    lines: &'a [OrderLineId],
    /// None: everything that is left of these lines.
    amount: Option<Money>,
    reason: &'a str,
    cause: RefundCause,
    destination: Destination,
    by: &'a AccountId,
}

/// Staff ask for a refund of a paid order. Up to the limit it is approved as it is asked for; above, a second person decides.
pub async fn request_refund(app: &App, staff: &Staff, id: &OrderId, form: RefundForm) -> Result<RefundId> {
    let currency = queries::order(&mut app.db.read().await?, id).await?.or_not_found()?.total.currency();
    let request = form.parse(currency)?;
    let sent = format!("{id} {:?} {:?} {}", request.amount, request.lines, request.reason);
    let once = Once { who: &staff.id, route: "refund", key: &request.key, request: sent };
    app.db
        .write(async |tx| {
            subscriptions::lock_for_order(tx, id).await?;
            let order = queries::lock(tx, id).await?.or_not_found()?;
            if let Some(before) = once.before(tx).await? {
                return before.parse().map_err(Error::bug);
            }
            let wanted = Wanted {
                lines: &request.lines,
                amount: request.amount,
                reason: &request.reason,
                cause: RefundCause::Staff,
                destination: Destination::Original,
                by: &staff.id,
            };
            let (attempt, refund) = request_in(app, tx, &order, &wanted).await?;
            let asked = asked_so_far(tx, &order).await?;
            // many small ones are one large one, and nobody sends money to themselves alone
            if app.settings.refund_limit.allows(asked) && order.account != staff.id {
                decide(app, tx, &order, attempt.as_ref(), &refund, RefundEvent::Approve, Some(&staff.id)).await?;
            }
            once.keep(app, tx, refund.id.as_str()).await?;
            Ok::<_, Error>(refund.id)
        })
        .await
}

/// The buyer asks. Within the promise and below the limit it is granted at once; otherwise staff look at it.
pub async fn ask_refund(app: &App, buyer: &Member, id: &OrderId, form: AskRefund) -> Result<RefundId> {
    let asked = form.parse()?;
    let sent = format!("{id} {:?} {} {}", asked.lines, asked.destination, asked.reason);
    let once = Once { who: &buyer.id, route: "ask_refund", key: &asked.key, request: sent };
    app.db
        .write(async |tx| {
            subscriptions::lock_for_order(tx, id).await?;
            let order = queries::lock(tx, id).await?.filter(|order| order.account == buyer.id).or_not_found()?;
            if let Some(before) = once.before(tx).await? {
                return before.parse().map_err(Error::bug);
            }
            let wanted = Wanted {
                lines: &asked.lines,
                amount: None,
                reason: &asked.reason,
                cause: RefundCause::Learner,
                destination: asked.destination,
                by: &buyer.id,
            };
            let within = all_within(app, tx, &order, &asked.lines).await?;
            let (attempt, refund) = request_in(app, tx, &order, &wanted).await?;
            let asked = asked_so_far(tx, &order).await?;
            if within && app.settings.refund_auto_limit.allows(asked) {
                decide(app, tx, &order, attempt.as_ref(), &refund, RefundEvent::Approve, None).await?;
            }
            once.keep(app, tx, refund.id.as_str()).await?;
            Ok::<_, Error>(refund.id)
        })
        .await
}

/// The buyer thinks better of it, while it still waits for a person.
pub async fn withdraw_refund(app: &App, buyer: &Member, id: &OrderId, refund: &RefundId) -> Result<()> {
    let outcome = app
        .db
        .write(async |tx| {
            subscriptions::lock_for_order(tx, id).await?;
            let order = queries::lock(tx, id).await?.filter(|order| order.account == buyer.id).or_not_found()?;
            let refund = queries::refund(tx, refund).await?.filter(|refund| refund.order == order.id).or_not_found()?;
            if refund.requested_by.as_ref() != Some(&buyer.id) {
                return Err(Error::not_found());
            }
            let attempt = lock_attempt(tx, refund.attempt.as_ref()).await?;
            decide(app, tx, &order, attempt.as_ref(), &refund, RefundEvent::Reject, Some(&buyer.id)).await
        })
        .await;
    let wanted = Deed::new("refund.refused", "refund", refund).by(&buyer.id).detail("Withdraw");
    audit_trail::noting(app, wanted, outcome).await
}

async fn request_in(app: &App, tx: &mut Tx, order: &Order, wanted: &Wanted<'_>) -> Result<(Option<Attempt>, Refund)> {
    if order.state != OrderState::Paid {
        return Err(refuse(Refusal::Closed));
    }
    let possible = match queries::dispute_state(tx, &order.id).await? {
        DisputeState::None | DisputeState::Won => true,
        DisputeState::Open => false,
        // what the wallet paid is no bank's; whether it goes back is for staff to say
        DisputeState::Lost => wanted.cause == RefundCause::Staff && !refundable(tx, order).await?.is_zero(),
    };
    if !possible {
        return Err(refuse(Refusal::Disputed));
    }
    let attempt = lock_attempt(tx, order.paid_attempt.as_ref()).await?;
    let parts = parts(tx, order, wanted).await?;
    let nothing = Amounts::nothing(order.total.currency());
    let sum = parts.iter().try_fold(nothing, |sum, part| sum.plus(&part.of))?;
    if sum.amount.minor() <= 0 {
        return Err(refuse(if order.total.is_zero() { Refusal::Closed } else { Refusal::TooMuch { left: sum.amount } }));
    }
    let (due, cash) = match wanted.destination {
        Destination::Original => (sum.due()?, sum.cash()?),
        Destination::Wallet => (Money::zero(order.total.currency()), sum.amount.minus(sum.gift)?),
    };
    let reserved = match &attempt {
        Some(attempt) if due.minor() > 0 => payments::refund_reserve(tx, &attempt.id, due.minor()).await?,
        _ => due.is_zero(),
    };
    if !reserved {
        return Err(Error::bug("the lines have more left than the payment"));
    }
    let mut refund = new_refund(app, order, attempt.as_ref(), sum.amount, wanted.cause, wanted.reason);
    refund.requested_by = Some(wanted.by.clone());
    refund.destination = wanted.destination;
    (refund.due, refund.cash, refund.gift) = (due, cash, sum.gift);
    (refund.tax, refund.clawback) = (sum.tax, sum.share);
    queries::add_refund(tx, &refund).await?;
    for part in &parts {
        queries::add_refund_line(tx, &refund.id, part).await?;
    }
    note(app, tx, &refund, "requested", Some(wanted.by)).await?;
    tx.wake();
    Ok((attempt, refund))
}

/// What was asked back of an order, by whomever, and did not come to nothing.
async fn asked_so_far(conn: &mut Conn, order: &Order) -> Result<Money> {
    let mut sum = Money::zero(order.total.currency());
    for refund in queries::refunds_of(conn, &order.id).await? {
        if refund.cause.is_asked() && refund.state.is_reserved() {
            sum = sum.plus(refund.amount)?;
        }
    }
    Ok(sum)
}

/// How what is wanted falls on the lines.
async fn parts(tx: &mut Tx, order: &Order, wanted: &Wanted<'_>) -> Result<Vec<Part>> {
    let mut lines = taken(tx, order).await?;
    if wanted.lines.iter().any(|wanted| lines.iter().all(|line| line.line != *wanted)) {
        return Err(Error::field("line", model::Problem::NotAChoice));
    }
    if !wanted.lines.is_empty() {
        lines.retain(|line| wanted.lines.contains(&line.line));
    }
    let meant = !wanted.lines.is_empty() || lines.iter().all(|line| line.kept);
    if meant && lines.iter().any(|line| line.kept) {
        return Err(Error::refuse(model::Refusal::Vouchers(model::vouchers::Refusal::NotRefundable)));
    }
    let mut left = Money::zero(order.total.currency());
    for line in &lines {
        left = left.plus(line.left()?)?;
    }
    let parts = match wanted.amount {
        Some(amount) if amount.minor() > left.minor() || amount.minor() <= 0 => return Err(refuse(Refusal::TooMuch { left })),
        Some(amount) => spread(&lines, amount)?,
        None => whole(&lines)?,
    };
    let tops_up = |part: &Part| lines.iter().any(|line| line.line == part.line && line.tops_up);
    if wanted.destination == Destination::Wallet && parts.iter().any(tops_up) {
        return Err(Error::field("destination", model::Problem::NotAChoice));
    }
    for line in lines.iter().filter(|line| line.only_whole) {
        if parts.iter().any(|part| part.line == line.line && part.of.amount.minor() != line.whole.amount.minor()) {
            return Err(refuse(Refusal::OnlyWhole));
        }
    }
    Ok(parts)
}

/// The lines of an order with what refunds that count have taken of them; after a lost dispute, of what the wallet paid for them.
pub(super) async fn taken(conn: &mut Conn, order: &Order) -> Result<Vec<Taken>> {
    let lost = queries::dispute_state(conn, &order.id).await? == DisputeState::Lost;
    let before = queries::refund_parts_of(conn, &order.id).await?;
    let mut all = Vec::new();
    for line in queries::lines(conn, &order.id).await? {
        let mut taken = Taken::nothing(&line)?;
        for part in before.iter().filter(|part| part.line == line.id) {
            taken.taken = taken.taken.plus(&part.of)?;
        }
        taken.kept = taken.only_whole && vouchers::is_given(conn, line.id.as_str()).await?;
        all.push(if lost { taken.lost()? } else { taken });
    }
    Ok(all)
}

async fn all_within(app: &App, tx: &mut Tx, order: &Order, chosen: &[OrderLineId]) -> Result<bool> {
    let taken = taken(tx, order).await?;
    for (line, taken) in queries::lines(tx, &order.id).await?.into_iter().zip(taken) {
        let meant = (chosen.is_empty() || chosen.contains(&line.id)) && taken.left()?.minor() > 0;
        if meant && !(is_promised(&line) && judge(app, tx, order, &line).await?.is_within()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The promise of refunds is about it: a course, for oneself or for others.
fn is_promised(line: &Line) -> bool {
    matches!(line.item.kind, LineKind::Course | LineKind::Bundle | LineKind::Gift | LineKind::SeatPack)
}

/// A line measured against what was promised when it was ordered.
async fn judge(app: &App, conn: &mut Conn, order: &Order, line: &Line) -> Result<Verdict> {
    let policy = earnings::frozen_policy(conn, &line.id).await?;
    let paid_at = order.paid_at.unwrap_or(order.placed_at);
    let purchase = match line.opens() {
        true => Purchase {
            paid_at,
            lessons: queries::studied(conn, &order.account, &line.id).await?,
            refunded_before: queries::refunded_before(conn, &order.account, &line.id, &order.id).await?,
        },
        // what can still be refunded of it was studied by nobody
        false => Purchase { paid_at, lessons: Vec::new(), refunded_before: false },
    };
    Ok(verdict(policy, &purchase, app.now()))
}

/// What the order's page offers its buyer; nothing where there is nothing to refund.
pub(super) async fn offer(app: &App, conn: &mut Conn, order: &Order) -> Result<RefundOffer> {
    if order.state != OrderState::Paid
        || matches!(queries::dispute_state(conn, &order.id).await?, DisputeState::Open | DisputeState::Lost)
    {
        return Ok(RefundOffer::default());
    }
    let taken = taken(conn, order).await?;
    let mut lines = Vec::new();
    for (line, taken) in queries::lines(conn, &order.id).await?.into_iter().zip(taken) {
        let left = taken.left()?;
        if left.minor() > 0 && is_promised(&line) {
            let verdict = judge(app, conn, order, &line).await?;
            lines.push(RefundableLine { id: line.id, title: line.title, left, verdict });
        }
    }
    let waiting = queries::refunds_of(conn, &order.id)
        .await?
        .into_iter()
        .filter(|refund| refund.state == RefundState::Requested && refund.requested_by.as_ref() == Some(&order.account))
        .map(|refund| refund.id)
        .collect();
    Ok(RefundOffer { lines, waiting })
}

pub(super) fn new_refund(
    app: &App,
    order: &Order,
    attempt: Option<&Attempt>,
    amount: Money,
    cause: RefundCause,
    reason: &str,
) -> Refund {
    let nothing = Money::zero(amount.currency());
    Refund {
        id: app.new_id(),
        order: order.id.clone(),
        attempt: attempt.map(|attempt| attempt.id.clone()),
        cause,
        state: RefundState::Requested,
        amount,
        destination: Destination::Original,
        due: amount,
        cash: nothing,
        gift: nothing,
        clawback: nothing,
        tax: nothing,
        reason: reason.to_owned(),
        requested_by: None,
        approved_by: None,
        remedy: None,
        remedy_by: None,
        remedy_note: String::new(),
        created_at: app.now(),
        asked: 0,
        version: 1,
    }
}

/// What of a paid order is neither refunded nor asked back.
pub(super) async fn refundable(conn: &mut Conn, order: &Order) -> Result<Money> {
    let mut left = Money::zero(order.total.currency());
    let disputed = queries::dispute_state(conn, &order.id).await? == DisputeState::Open;
    if order.state == OrderState::Paid && !disputed {
        for line in taken(conn, order).await? {
            left = left.plus(line.left()?)?;
        }
    }
    Ok(left)
}
