//! One order with everything that answers a question about it.

use super::tables::StateBadges;
use super::{api, tables};
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{numbers, orders};
use model::ids::OrderId;
use model::orders::{Line, StaffOrder};
use model::routes;
use ui::{Amount, Badge, Button, ButtonLink, Crumb, Glyph, Kind, Notice, Refused, When, loaded};

#[component]
pub fn StaffOrderPage(id: OrderId) -> impl IntoView {
    let lang = wire::lang();
    let steps = vec![Crumb::new(orders::staff_orders(lang), routes::admin_orders(lang))];
    view! {
        <Office place=Place::Orders title=orders::order(lang) steps>
            <Refused form=wire::form_state("looked_at")/>
            {loaded(api::read_staff_order(id), content)}
        </Office>
    }
}

/// What a line is of; of seats also how many, and the price of one.
fn bought(line: &Line) -> String {
    match line.each() {
        Some(each) => format!("{} · {}", line.title, orders::seats_at(wire::lang(), line.item.quantity, &numbers::money(each))),
        None => line.title.clone(),
    }
}

fn content(staff: StaffOrder) -> AnyView {
    let lang = wire::lang();
    let order = &staff.order;
    let titles = order.lines.iter().map(bought).collect::<Vec<_>>().join(", ");
    let grants: Vec<_> = staff
        .grants
        .iter()
        .map(|(_, state)| orders::grant_state(lang, *state))
        .map(|words| view! { <Badge>{words}</Badge> })
        .collect();
    // what is no course has no right of its own
    let access = (!grants.is_empty())
        .then(|| view! { <div><dt>{orders::access(lang)}</dt><dd><span class="cluster gap-1">{grants}</span></dd></div> });
    let receipt = order.receipt.clone().map(|receipt| {
        view! { <div><dt>{orders::receipt_number(lang)}</dt><dd class="num">{receipt.number}</dd></div> }
    });
    let refund = (staff.refundable.minor() > 0).then(|| {
        let href = routes::admin_refund(lang, &order.id);
        view! { <p><ButtonLink href kind=Kind::Danger icon=Glyph::Undo>{orders::refund_this(lang)}</ButtonLink></p> }
    });
    let (state, refunded, needs_review) = (order.state, order.refunded_state, staff.needs_review);
    let look = needs_review.then(|| {
        view! {
            <Notice tone=ui::Tone::Warning><p>{orders::needs_review_text(lang)}</p></Notice>
            <form method="post">
                <input type="hidden" name="form" value="looked_at"/>
                <Button kind=Kind::Secondary>{orders::looked_at(lang)}</Button>
            </form>
        }
    });
    view! {
        {look}
        <dl class="facts">
            <div><dt>{orders::order(lang)}</dt><dd><code>{order.id.to_string()}</code></dd></div>
            <div><dt>{orders::course(lang)}</dt><dd>{titles}</dd></div>
            <div><dt>{orders::buyer(lang)}</dt><dd>{staff.buyer.clone()}" · "{staff.email.clone()}</dd></div>
            <div><dt>{orders::state(lang)}</dt><dd><StateBadges state refunded needs_review/></dd></div>
            {orders::dispute_state(lang, staff.dispute).map(|words| view! { <div><dt>{orders::dispute(lang)}</dt><dd><Badge tone=ui::Tone::Danger>{words}</Badge></dd></div> })}
            {access}
            <div><dt>{orders::ordered_on(lang)}</dt><dd><When at=order.placed_at time=true/></dd></div>
            {order.paid_at.map(|at| view! { <div><dt>{orders::paid_on(lang)}</dt><dd><When at time=true/></dd></div> })}
            {receipt}
            <div><dt>{orders::refunded(lang)}</dt><dd><Amount of=order.refunded exact=true/></dd></div>
            <div class="total"><dt>{orders::total(lang)}</dt><dd><Amount of=order.total exact=true/></dd></div>
        </dl>
        {refund}
        {tables::refunds(order.refunds.clone())}
        {tables::attempts(staff.attempts)}
        {tables::transfers(staff.transfers)}
        {tables::trail(staff.trail)}
    }
    .into_any()
}
