//! Every order, narrowed by address, id or state.

use super::api;
use super::tables::StateBadges;
use crate::place::{Office, Place, in_query, numbered};
use leptos::prelude::*;
use locale::orders;
use model::orders::{OrderFilter, OrderState, StaffOrderRow, StaffOrders};
use model::paging::page_number;
use model::routes;
use ui::{Amount, Answer, Button, Column, EmptyState, Field, Glyph, Kind, Pager, Select, Table, When, loaded};

#[component]
pub fn StaffOrdersPage() -> impl IntoView {
    let lang = wire::lang();
    let query = wire::query();
    let text = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let filter = OrderFilter { q: text("q"), state: text("state"), page: page_number(query.get("page")) };
    view! {
        <Office place=Place::Orders title=orders::staff_orders(lang)>{loaded(api::read_staff_orders(filter), content)}</Office>
    }
}

fn content(found: StaffOrders) -> AnyView {
    let lang = wire::lang();
    let filter = found.filter.clone();
    let mut states = vec![Answer::new("", orders::any_state(lang))];
    states.extend(OrderState::ALL.iter().map(|state| Answer::new(state.as_str(), orders::order_state(lang, *state))));
    states.push(Answer::new("refunded", orders::with_refund(lang)));
    states.push(Answer::new("review", orders::needs_review(lang)));
    view! {
        <form method="get" action=routes::admin_orders(lang) class="cluster gap-3">
            <Field label=orders::find_orders(lang) name="q" value=filter.q.clone() kind="search" maxlength=100 autocomplete="off"/>
            <Select label=orders::state(lang) name="state" options=states value=filter.state.clone()/>
            <Button kind=Kind::Secondary icon=Glyph::Search>{orders::find(lang)}</Button>
        </form>
        {list(found)}
    }
    .into_any()
}

fn list(found: StaffOrders) -> AnyView {
    let lang = wire::lang();
    if found.page.items.is_empty() {
        return view! { <EmptyState title=orders::nothing_found(lang) text=orders::nothing_found_text(lang) icon=Glyph::Search/> }.into_any();
    }
    let columns = vec![
        Column::new(orders::course(lang)),
        Column::new(orders::buyer(lang)),
        Column::new(orders::state(lang)),
        Column::new(orders::date(lang)),
        Column::new(orders::amount(lang)).numeric(),
    ];
    let base = address(&found.filter);
    let (page, pages) = (found.page.number, found.page.pages());
    let rows: Vec<_> = found.page.items.into_iter().map(row).collect();
    view! {
        <Table columns label=orders::staff_orders(lang)>{rows}</Table>
        <Pager page pages link=numbered base label=orders::pages(lang) previous=orders::previous(lang) next=orders::next(lang)/>
    }
    .into_any()
}

/// The list's address with what it is narrowed to.
fn address(filter: &OrderFilter) -> String {
    format!("{}?q={}&state={}", routes::admin_orders(wire::lang()), in_query(&filter.q), in_query(&filter.state))
}

fn row(listed: StaffOrderRow) -> impl IntoView {
    let lang = wire::lang();
    let StaffOrderRow { row, buyer, email, needs_review } = listed;
    view! {
        <tr>
            <td><a href=routes::admin_order(lang, &row.id)>{locale::buying::and_more(lang, &row.title, row.more)}</a></td>
            <td>{buyer}<br/><span class="small faint">{email}</span></td>
            <td><StateBadges state=row.state refunded=row.refunded needs_review/></td>
            <td class="nowrap"><When at=row.placed_at time=true/></td>
            <td class="num"><Amount of=row.total exact=true/></td>
        </tr>
    }
}
