//! Everything a person ordered, the latest first.

use super::api;
use super::parts::StateBadge;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{buying, orders, shell};
use model::orders::{OrderRow, OrderState};
use model::paging::{Page, page_number};
use model::routes;
use trade::Pages;
use ui::{Amount, ButtonLink, Column, EmptyState, Glyph, Table, When, loaded};

#[component]
pub fn MyOrdersPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", orders::my_orders(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page">
            <header class="page-head"><h1>{orders::my_orders(lang)}</h1></header>
            {loaded(api::read_my_orders(page_number(wire::query().get("page"))), content)}
        </main>
    }
}

fn content(found: Page<OrderRow>) -> AnyView {
    let lang = wire::lang();
    let (page, pages, rows) = (found.number, found.pages(), found.items);
    if rows.is_empty() {
        let actions = view! { <ButtonLink href=routes::courses(lang)>{orders::browse_courses(lang)}</ButtonLink> };
        return view! { <EmptyState title=orders::no_orders(lang) text=orders::no_orders_text(lang) icon=Glyph::Receipt actions/> }.into_any();
    }
    let columns = vec![
        Column::new(orders::course(lang)),
        Column::new(orders::state(lang)),
        Column::new(orders::date(lang)),
        Column::new(orders::amount(lang)).numeric(),
    ];
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    view! {
        <Table columns label=orders::my_orders(lang)>{rows}</Table>
        <Pages page pages base=routes::my_orders(lang)/>
    }
    .into_any()
}

fn row(row: OrderRow) -> impl IntoView {
    let lang = wire::lang();
    let href = match row.state {
        OrderState::AwaitingPayment => routes::pay(lang, &row.id),
        _ => routes::order(lang, &row.id),
    };
    view! {
        <tr>
            <td><a href=href>{buying::and_more(lang, &row.title, row.more)}</a></td>
            <td><StateBadge state=row.state refunded=row.refunded/></td>
            <td class="nowrap"><When at=row.placed_at time=true/></td>
            <td class="num"><Amount of=row.total exact=true/></td>
        </tr>
    }
}
