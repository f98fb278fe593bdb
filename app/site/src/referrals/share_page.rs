//! One's own link, the rules, and what it brought.

use super::api;
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{dates, elements, referrals, shell};
use model::paging::page_number;
use model::referrals::{ShareDesk, ShareRow};
use model::routes;
use trade::Pages;
use ui::{Amount, Badge, Column, EmptyState, Glyph, Icon, LinkField, Table, Tone, When, loaded};

/// `/share`
#[component]
pub fn SharePage() -> impl IntoView {
    let lang = wire::lang();
    let page = page_number(wire::query().get("page"));
    view! {
        <Title text=format!("{} · {}", referrals::share(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">{loaded(api::read_share_desk(page), content)}</main>
    }
}

fn content(desk: ShareDesk) -> AnyView {
    let lang = wire::lang();
    let rules: Vec<_> = [
        referrals::rule_first(lang).to_owned(),
        referrals::rule_hold(lang, desk.hold_days),
        referrals::rule_private(lang).to_owned(),
    ]
    .into_iter()
    .map(|words| view! { <li><Icon glyph=Glyph::Check/><span>{words}</span></li> })
    .collect();
    let (page, pages) = (desk.shares.number, desk.shares.pages());
    let shares = match desk.shares.items.is_empty() {
        true => {
            let (title, text) = (referrals::no_shares(lang), referrals::no_shares_text(lang));
            view! { <EmptyState title text icon=Glyph::Share small=true/> }.into_any()
        }
        false => table(desk.shares.items),
    };
    view! {
        <header class="page-head">
            <h1>{referrals::share(lang)}</h1>
            <p class="lede">{referrals::lede(lang, &percent(desk.share_bp), desk.window_days)}</p>
        </header>
        <div class="stack gap-6">
            <section class="box stack gap-3">
                <LinkField label=referrals::your_link(lang) value=desk.link help=referrals::link_help(lang, &desk.code)
                    copy=shell::copy_link(lang) labels=elements::copy_button(lang)/>
                <p class="small muted">{referrals::brought(lang, desk.brought)}</p>
            </section>
            <section class="stack gap-3">
                <h2 class="large">{referrals::rules(lang)}</h2>
                <ul class="ticks" role="list">{rules}</ul>
            </section>
            <section class="section">
                <header class="section-head"><h2>{referrals::shares(lang)}</h2></header>
                {shares}
                <Pages page pages base=routes::share(lang)/>
            </section>
        </div>
    }
    .into_any()
}

/// Hundredths of a per cent as a person reads them: `10%`, `7.5%`.
fn percent(bp: u32) -> String {
    match (bp / 100, bp % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, rest) if rest.is_multiple_of(10) => format!("{whole}.{}%", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}%"),
    }
}

fn table(shares: Vec<ShareRow>) -> AnyView {
    let lang = wire::lang();
    let columns = vec![
        Column::new(referrals::course(lang)),
        Column::new(referrals::state(lang)),
        Column::new(referrals::date(lang)),
        Column::new(referrals::amount(lang)).numeric(),
    ];
    let rows: Vec<_> = shares
        .into_iter()
        .map(|share| {
            let (tone, words) = match () {
                () if share.reversed == share.amount => (Tone::Plain, referrals::taken_back(lang).to_owned()),
                () if share.is_held => (Tone::Info, referrals::held_until(lang, &dates::date(lang, share.due_at))),
                () => (Tone::Success, referrals::released(lang).to_owned()),
            };
            let left = share.amount.minus(share.reversed).unwrap_or(share.amount);
            view! {
                <tr>
                    <td>{share.title}</td>
                    <td><Badge tone>{words}</Badge></td>
                    <td class="nowrap"><When at=share.earned_at/></td>
                    <td class="num"><Amount of=left exact=true/></td>
                </tr>
            }
        })
        .collect();
    view! { <Table columns label=referrals::shares(lang)>{rows}</Table> }.into_any()
}
