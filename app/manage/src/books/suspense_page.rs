//! Money that has no place: late, paid twice, wrong; it goes back by itself, and here one sees how far it has come.

use super::api;
use crate::orders::RefundBadge;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{books, numbers, orders};
use model::books::{Stray, Suspense};
use model::paging::page_number;
use model::routes;
use trade::Pages;
use ui::{Amount, Column, EmptyState, Figure, Glyph, Table, When, loaded};

#[component]
pub fn SuspensePage() -> impl IntoView {
    let lang = wire::lang();
    let page = page_number(wire::query().get("page"));
    view! { <Office place=Place::Suspense title=books::suspense(lang)>{loaded(api::read_suspense(page), content)}</Office> }
}

fn content(found: Suspense) -> AnyView {
    let lang = wire::lang();
    let balances: Vec<_> = found
        .balances
        .iter()
        .map(|balance| view! { <Figure label=books::lies_now(lang) value=numbers::money_exact(*balance) note=balance.currency().as_str()/> })
        .collect();
    let (page, pages, strays) = (found.strays.number, found.strays.pages(), found.strays.items);
    if strays.is_empty() {
        return view! { <EmptyState title=books::no_strays(lang) text=books::no_strays_text(lang) icon=Glyph::Success/> }
            .into_any();
    }
    let columns = vec![
        Column::new(orders::date(lang)),
        Column::new(orders::order(lang)),
        Column::new(orders::cause(lang)),
        Column::new(orders::state(lang)),
        Column::new(orders::amount(lang)).numeric(),
    ];
    let rows: Vec<_> = strays.into_iter().map(row).collect();
    view! {
        <p class="muted measure">{books::suspense_text(lang)}</p>
        <dl class="grid-tiles">{balances}</dl>
        <Table columns label=books::suspense(lang)>{rows}</Table>
        <Pages page pages base=routes::admin_suspense(lang)/>
    }
    .into_any()
}

fn row(stray: Stray) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <tr>
            <td class="nowrap"><When at=stray.at time=true/></td>
            <td><a href=routes::admin_order(lang, &stray.order)>{stray.email}</a></td>
            <td>{orders::refund_cause(lang, stray.cause)}</td>
            <td><RefundBadge state=stray.state/></td>
            <td class="num"><Amount of=stray.amount exact=true/></td>
        </tr>
    }
}
