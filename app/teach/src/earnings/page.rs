//! Earnings: what there is, the last twelve months, the statement, being paid.

use super::api;
use super::payouts::{bank, payouts};
use super::statement::statement;
use crate::shell::{Place, Studio};
use leptos::prelude::*;
use locale::{dates, earnings, numbers};
use model::Lang;
use model::earnings::{Balance, Earnings, Month};
use model::paging::page_number;
use ui::{Columns, Figure, Mistakes, Notice, Tone, loaded};

#[component]
pub fn EarningsPage() -> impl IntoView {
    let lang = wire::lang();
    let page = page_number(wire::query().get("page"));
    let before = wire::query().get("before").and_then(|text| text.parse().ok());
    view! {
        <main id="main" tabindex="-1" class="page">
            <Studio place=Place::Earnings title=earnings::earnings(lang) lede=earnings::earnings_lede(lang)>
                {loaded(api::read_earnings(before, page), content)}
            </Studio>
        </main>
    }
}

fn content(found: Earnings) -> AnyView {
    let lang = wire::lang();
    let balances: Vec<_> = found.balances.iter().map(|balance| figures(lang, *balance)).collect();
    let nothing = found.balances.is_empty().then(|| figures(lang, nothing()));
    view! {
        {done(lang)}
        <Mistakes form=wire::form_state("payout")/>
        <Mistakes form=wire::form_state("withdraw")/>
        {balances}
        {nothing}
        {months(lang, &found.months)}
        {payouts(&found)}
        {statement(&found)}
        {bank(&found)}
    }
    .into_any()
}

fn nothing() -> Balance {
    let zero = model::Money::zero(model::Currency::Cny);
    Balance { pending: zero, payable: zero, on_way: zero, paid: zero, next_at: None }
}

fn done(lang: Lang) -> Option<impl IntoView> {
    let words = match wire::query().get("done")? {
        "asked" => earnings::payout_asked(lang),
        "withdrawn" => earnings::payout_withdrawn(lang),
        "bank" => earnings::bank_saved(lang),
        _ => return None,
    };
    Some(view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> })
}

/// What there is in one currency.
fn figures(lang: Lang, balance: Balance) -> AnyView {
    let Balance { pending, payable, on_way, paid, next_at } = balance;
    let note = match payable.minor() {
        minor if minor < 0 => earnings::payable_negative(lang),
        0 => "",
        _ => earnings::payable_note(lang),
    };
    let waits = match next_at {
        Some(at) => earnings::pending_note(lang, &dates::date(lang, at)),
        None => earnings::pending_none(lang).to_owned(),
    };
    view! {
        <dl class="grid-tiles">
            <Figure label=earnings::payable(lang) value=numbers::money_exact(payable) note/>
            <Figure label=earnings::pending(lang) value=numbers::money_exact(pending) note=waits/>
            <Figure label=earnings::on_way(lang) value=numbers::money_exact(on_way)/>
            <Figure label=earnings::paid_out(lang) value=numbers::money_exact(paid)/>
        </dl>
    }
    .into_any()
}

/// The last twelve months as columns; every figure is also said in words.
fn months(lang: Lang, months: &[Month]) -> Option<AnyView> {
    if months.iter().all(|month| month.earned.is_zero()) {
        return None;
    }
    let columns: Vec<(String, f64, String)> = months
        .iter()
        .map(|month| {
            let said = format!("{} {}", earnings::month_of(lang, month.year, month.month), numbers::money_exact(month.earned));
            (dates::month_initial(lang, month.month), month.earned.minor() as f64, said)
        })
        .collect();
    let title = earnings::months(lang);
    Some(
        view! {
            <section class="section">
                <header class="section-head"><h2>{title}</h2></header>
                <Columns columns label=title/>
            </section>
        }
        .into_any(),
    )
}
