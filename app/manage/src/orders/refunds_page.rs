//! Refunds: those that wait for a second person first.

use super::api;
use super::tables::RefundBadge;
use crate::place::{Office, Place, Refused};
use leptos::prelude::*;
use locale::orders;
use model::orders::StaffRefund;
use model::routes;
use ui::{Amount, Button, Column, EmptyState, Glyph, Kind, Size, Table, When, loaded};

#[component]
pub fn StaffRefundsPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Office place=Place::Refunds title=orders::staff_refunds(lang)>
            <Refused form=wire::form_state("approve")/>
            <Refused form=wire::form_state("reject")/>
            {loaded(api::read_staff_refunds(), content)}
        </Office>
    }
}

fn content(all: Vec<StaffRefund>) -> AnyView {
    let lang = wire::lang();
    if all.is_empty() {
        return view! { <EmptyState title=orders::no_refunds(lang) text=orders::no_refunds_text(lang) icon=Glyph::Undo/> }
            .into_any();
    }
    let columns = vec![
        Column::new(orders::date(lang)),
        Column::new(orders::course(lang)),
        Column::new(orders::cause(lang)),
        Column::new(orders::asked_by(lang)),
        Column::new(orders::state(lang)),
        Column::new(orders::amount(lang)).numeric(),
    ];
    let rows: Vec<_> = all.into_iter().map(row).collect();
    view! { <Table columns label=orders::staff_refunds(lang)>{rows}</Table> }.into_any()
}

fn row(listed: StaffRefund) -> impl IntoView {
    let lang = wire::lang();
    let StaffRefund { refund, order, title, email, asked_by, yours_to_decide } = listed;
    let decide = |name: &'static str, label: &'static str, kind: Kind| {
        view! {
            <form method="post">
                <input type="hidden" name="form" value=name/>
                <input type="hidden" name="refund" value=refund.id.to_string()/>
                <Button kind size=Size::Small>{label}</Button>
            </form>
        }
    };
    let decision = yours_to_decide.then(|| {
        view! {
            <span class="cluster gap-1">
                {decide("approve", orders::approve(lang), Kind::Secondary)}
                {decide("reject", orders::reject(lang), Kind::Quiet)}
            </span>
        }
    });
    view! {
        <tr>
            <td class="nowrap"><When at=refund.at time=true/></td>
            <td><a href=routes::admin_order(lang, &order)>{title}</a><br/><span class="small faint">{email}</span></td>
            <td>{orders::refund_cause(lang, refund.cause)}<br/><span class="small faint">{refund.reason.clone()}</span></td>
            <td>{asked_by.unwrap_or_else(|| orders::the_program(lang).to_owned())}</td>
            <td><RefundBadge state=refund.state/>{decision}</td>
            <td class="num"><Amount of=refund.amount exact=true/></td>
        </tr>
    }
}
