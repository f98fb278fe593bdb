//! Orders and refunds as staff see them.

use super::queries::{self, Narrowed};
use super::refund_ask::refundable;
use super::views::{shown_refund, view};
use crate::audit_trail::{self, Deed};
use crate::error::OrNotFound;
use crate::ledger;
use crate::payments;
use crate::{App, Result, Staff};
use model::books::Suspense;
use model::ids::OrderId;
use model::orders::{
    AttemptView, FactView, OrderFilter, OrderState, StaffOrder, StaffOrders, StaffRefund, TrailView, TransferView,
};
use model::paging::{Leaf, Page, pages};
use model::payments::RefundState;
use model::refunds::Proposed;
use store::Conn;

const PER_PAGE: u32 = 30;

/// Orders by what staff look for.
pub async fn list_orders(app: &App, _staff: &Staff, filter: OrderFilter) -> Result<StaffOrders> {
    let mut number = filter.page.clamp(1, 10_000);
    let like = like(&filter.q);
    let state = filter.state.as_str();
    let known = state.parse::<OrderState>().is_ok() || matches!(state, "refunded" | "review");
    let mut narrowed = Narrowed {
        like: like.as_deref(),
        state: known.then_some(state),
        limit: i64::from(PER_PAGE),
        offset: i64::from(number - 1) * i64::from(PER_PAGE),
    };
    let mut conn = app.db.read().await?;
    let (mut items, mut found) = queries::staff_orders(&mut conn, &narrowed).await?;
    if items.is_empty() && number > 1 {
        // behind the end: the last page there is
        narrowed.offset = 0;
        found = queries::staff_orders(&mut conn, &narrowed).await?.1;
        number = pages(u64::try_from(found).unwrap_or_default(), PER_PAGE);
        narrowed.offset = i64::from(number - 1) * i64::from(PER_PAGE);
        items = queries::staff_orders(&mut conn, &narrowed).await?.0;
    }
    let total = u64::try_from(found).unwrap_or_default();
    Ok(StaffOrders { filter, page: Page { items, number, per_page: PER_PAGE, total } })
}

/// What was typed as a pattern for LIKE in small letters, with `\` as its escape; none where nothing was typed.
pub fn like(typed: &str) -> Option<String> {
    let typed = typed.replace('\0', "").trim().to_lowercase();
    let escaped: String = typed.chars().take(100).fold(String::new(), |mut out, letter| {
        if matches!(letter, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(letter);
        out
    });
    (!typed.is_empty()).then(|| format!("%{escaped}%"))
}

/// One order with its attempts, evidence, transfers and trail.
pub async fn show_for_staff(app: &App, _staff: &Staff, id: &OrderId) -> Result<StaffOrder> {
    let mut conn = app.db.read().await?;
    let order = queries::order(&mut conn, id).await?.or_not_found()?;
    let (order, view) = view(app, &mut conn, order).await?;
    let attempts = attempts(&mut conn, &order).await?;
    let refundable = refundable(&mut conn, &order).await?;
    let mut subjects = vec![id.to_string()];
    subjects.extend(attempts.iter().map(|attempt| attempt.id.to_string()));
    subjects.extend(queries::refunds_of(&mut conn, id).await?.iter().map(|refund| refund.id.to_string()));
    let trail = audit_trail::of(&mut conn, &subjects).await?;
    let transfers = ledger::of_order(&mut conn, id.as_str()).await?;
    Ok(StaffOrder {
        buyer: order.buyer.clone(),
        buyer_id: order.account.clone(),
        email: queries::email(&mut conn, &order.account).await?,
        needs_review: order.needs_review,
        dispute: queries::dispute_state(&mut conn, id).await?,
        grants: queries::grants_of(&mut conn, id).await?,
        attempts,
        transfers: transfers.into_iter().map(movement).collect(),
        trail: trail
            .into_iter()
            .map(|done| TrailView { action: done.action, actor: done.actor, detail: done.detail, at: done.at })
            .collect(),
        refundable,
        limit: app.settings.refund_limit.of(order.total.currency()),
        order: view,
    })
}

/// Somebody has looked at an order that needed it. Pressed twice, it was looked at once.
pub async fn looked_at(app: &App, staff: &Staff, id: &OrderId) -> Result<()> {
    app.db
        .write(async |tx| {
            queries::lock(tx, id).await?.or_not_found()?;
            if !queries::looked_at(tx, id).await? {
                return Ok(());
            }
            audit_trail::record(app, tx, Deed::new("order.looked_at", "order", id).by(&staff.id)).await
        })
        .await
}

async fn attempts(conn: &mut Conn, order: &queries::Order) -> Result<Vec<AttemptView>> {
    let mut shown = Vec::new();
    for attempt in payments::attempts_of(conn, order.id.as_str()).await? {
        let facts = payments::facts_of(conn, &attempt.id).await?;
        shown.push(AttemptView {
            facts: facts
                .into_iter()
                .map(|fact| FactView {
                    source: fact.source,
                    fact: fact.fact.to_string(),
                    amount: fact.amount,
                    applied: fact.applied,
                    at: fact.at,
                })
                .collect(),
            id: attempt.id,
            provider: attempt.provider,
            state: attempt.state,
            amount: attempt.amount,
            provider_id: attempt.provider_id,
            decline: attempt.decline,
            at: attempt.created_at,
        });
    }
    Ok(shown)
}

fn movement(transfer: ledger::Transfer) -> TransferView {
    let phase = transfer.moved.phase.word().to_owned();
    TransferView {
        id: transfer.id,
        debit: transfer.moved.debit,
        credit: transfer.moved.credit,
        amount: transfer.moved.amount,
        kind: transfer.moved.kind.to_string(),
        phase,
        at: transfer.at,
    }
}

/// A page of refunds, those that wait for a decision first.
pub async fn list_refunds(app: &App, staff: &Staff, page: u32) -> Result<Page<StaffRefund>> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count_refunds(&mut conn).await?);
    let rows = queries::staff_refunds(&mut conn, leaf).await?;
    let items = rows
        .into_iter()
        .map(|row| StaffRefund {
            proposed: proposed(&row, staff),
            yours_to_decide: row.refund.state == RefundState::Requested
                && row.refund.requested_by.as_ref() != Some(&staff.id)
                && row.buyer != staff.id,
            refund: shown_refund(&row.refund),
            order: row.refund.order,
            title: row.title,
            email: row.email,
            asked_by: row.asked_by,
        })
        .collect();
    Ok(leaf.with(items))
}

fn proposed(row: &queries::ListedRefund, staff: &Staff) -> Option<Proposed> {
    let refund = &row.refund;
    refund.remedy.filter(|_| refund.state == RefundState::NeedsAttention).map(|remedy| Proposed {
        remedy,
        note: refund.remedy_note.clone(),
        by: row.proposed_by.clone().unwrap_or_default(),
        yours_to_confirm: refund.remedy_by.as_ref() != Some(&staff.id) && row.buyer != staff.id,
    })
}

/// Money that has no place, and what lies there now.
pub async fn suspense(app: &App, _staff: &Staff, page: u32) -> Result<Suspense> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count_strays(&mut conn).await?);
    Ok(Suspense {
        balances: queries::suspense_balances(&mut conn).await?,
        strays: leaf.with(queries::strays(&mut conn, leaf).await?),
    })
}
