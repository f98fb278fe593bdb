//! The second click of a refund: how much, why, and what follows from it.

use super::api;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{earnings, numbers, orders};
use model::ids::OrderId;
use model::orders::{REASON_MAX, StaffOrder};
use model::refunds::RefundableLine;
use model::{FormState, routes};
use trade::line_boxes;
use ui::{Button, ButtonLink, Choices, Crumb, Field, FormActions, Kind, Notice, Refused, Tone, loaded, wrong};

#[component]
pub fn RefundPage(id: OrderId) -> impl IntoView {
    let lang = wire::lang();
    let steps = vec![
        Crumb::new(orders::staff_orders(lang), routes::admin_orders(lang)),
        Crumb::new(orders::order_number(lang, id.as_str()), routes::admin_order(lang, &id)),
    ];
    view! {
        <Office place=Place::Orders title=orders::refund_title(lang) steps>{loaded(api::read_staff_order(id), content)}</Office>
    }
}

fn content(staff: StaffOrder) -> AnyView {
    let lang = wire::lang();
    let back = routes::admin_order(lang, &staff.order.id);
    if staff.refundable.minor() <= 0 {
        return view! {
            <Notice tone=Tone::Info><p>{orders::nothing_refundable(lang)}</p></Notice>
            <ButtonLink href=back kind=Kind::Secondary>{orders::see_order(lang)}</ButtonLink>
        }
        .into_any();
    }
    let form = wire::form_state("refund");
    let left = numbers::money_exact(staff.refundable);
    let sign = staff.refundable.currency().sign();
    let lines = (staff.order.offer.lines.len() > 1).then(|| choice(&form, &staff.order.offer.lines));
    let titles = staff.order.lines.iter().map(|line| line.title.clone()).collect::<Vec<_>>().join(", ");
    view! {
        <Refused form=form.clone()/>
        <p>{staff.buyer.clone()}" · "{staff.email.clone()}" · "{titles}</p>
        <Notice tone=Tone::Warning>
            <p>{orders::refund_consequence(lang)}</p>
            <p>{orders::refund_limit(lang, &numbers::money(staff.limit))}</p>
        </Notice>
        <form method="post" class="stack gap-5 measure">
            <input type="hidden" name="form" value="refund"/>
            <input type="hidden" name="idem" value=form.value("idem", staff.order.key.as_str())/>
            {lines}
            <Field label=orders::refund_amount(lang) name="amount" value=form.value("amount", "") unit=sign inputmode="decimal"
                help=orders::refund_amount_help(lang, &left) error=wrong(&form, "amount") autocomplete="off"/>
            <Field label=orders::refund_reason(lang) name="reason" value=form.value("reason", "") required=true maxlength=REASON_MAX
                help=orders::refund_reason_help(lang) error=wrong(&form, "reason") autocomplete="off"/>
            <FormActions>
                <Button kind=Kind::Danger>{orders::refund_confirm(lang)}</Button>
                <ButtonLink href=back kind=Kind::Quiet>{orders::see_order(lang)}</ButtonLink>
            </FormActions>
        </form>
    }
    .into_any()
}

/// Which lines; none chosen: all of them.
fn choice(form: &FormState, lines: &[RefundableLine]) -> AnyView {
    let lang = wire::lang();
    let boxes = line_boxes(form, lines);
    view! {
        <Choices legend=earnings::refund_lines(lang) name="line" help=earnings::refund_lines_help(lang) error=wrong(form, "line")>{boxes}</Choices>
    }
    .into_any()
}
