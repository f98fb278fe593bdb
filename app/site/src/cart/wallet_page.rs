//! The wallet: what is in it, more for it, and where everything came from and went.

use super::api;
use crate::orders::parts::said;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{buying, orders, shell};
use model::cart::{Wallet, WalletRow};
use model::paging::page_number;
use model::routes;
use trade::Pages;
use ui::{Amount, Badge, Button, ChipChoice, Choices, Column, Figure, Glyph, Refused, Table, When, loaded};

#[component]
pub fn WalletPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", buying::wallet(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">
            <header class="page-head"><h1>{buying::wallet(lang)}</h1><p class="lede">{buying::wallet_lede(lang)}</p></header>
            {loaded(api::read_wallet(page_number(wire::query().get("page"))), content)}
        </main>
    }
}

fn content(wallet: Wallet) -> AnyView {
    let lang = wire::lang();
    let topups: Vec<_> = wallet
        .topups
        .iter()
        .enumerate()
        .map(|(place, amount)| {
            view! { <ChipChoice label=said(*amount) name="amount" value=amount.minor().to_string() checked=place == 1 large=true single=true/> }
        })
        .collect();
    let (page, pages) = (wallet.rows.number, wallet.rows.pages());
    let rows: Vec<_> = wallet.rows.items.into_iter().map(row).collect();
    let columns =
        vec![Column::new(orders::date(lang)), Column::new(buying::what_for(lang)), Column::new(orders::amount(lang)).numeric()];
    let history = match rows.is_empty() {
        true => view! { <p class="muted">{buying::nothing_moved(lang)}</p> }.into_any(),
        false => view! { <Table columns label=buying::history(lang)>{rows}</Table> }.into_any(),
    };
    view! {
        <div class="stack gap-6">
            <dl class="grid-tiles">
                <Figure label=buying::own_money(lang) value=said(wallet.balance.cash) note=buying::own_money_note(lang)/>
                <Figure label=buying::gift_balance(lang) value=said(wallet.balance.gift) note=buying::gift_balance_note(lang)/>
            </dl>
            <section class="box stack gap-4">
                <h2 class="large">{buying::top_up(lang)}</h2>
                <Refused form=wire::form_state("top_up")/>
                <form method="post" class="stack gap-4">
                    <input type="hidden" name="form" value="top_up"/>
                    <Choices legend=buying::how_much(lang) name="amount" chips=true>{topups}</Choices>
                    <div><Button icon=Glyph::Wallet>{buying::top_up_now(lang)}</Button></div>
                </form>
            </section>
            <section class="stack gap-3">
                <h2 class="large">{buying::history(lang)}</h2>
                {history}
                <Pages page pages base=routes::wallet(lang)/>
            </section>
        </div>
    }
    .into_any()
}

fn row(row: WalletRow) -> impl IntoView {
    let lang = wire::lang();
    let what = buying::movement(lang, row.what);
    let what = match &row.order {
        Some(order) => view! { <a href=routes::order(lang, order)>{what}</a> }.into_any(),
        None => what.into_any(),
    };
    let gift = row.gift.then(|| view! { " "<Badge>{buying::gift_balance(lang)}</Badge> });
    view! {
        <tr>
            <td class="nowrap"><When at=row.at time=true/></td>
            <td>{what}{gift}</td>
            <td class="num"><Amount of=row.amount exact=true/></td>
        </tr>
    }
}
