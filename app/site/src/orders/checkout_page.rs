//! The checkout: one column, one price that stays, one button.

use super::api;
use super::parts::{Bought, Sum, said, title};
use super::promises::Promises;
use super::reductions::{CouponForm, WalletForm};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{buying, numbers, orders, promotions, shell};
use model::ids::CheckoutId;
use model::orders::{Bar, Checkout, LineKind, Total};
use model::routes;
use ui::{Button, ButtonLink, EmptyState, Glyph, Icon, Kind, Notice, RadioCard, Refused, Size, Tone, loaded};

#[component]
pub fn CheckoutPage(id: CheckoutId) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Title text=format!("{} · {}", orders::checkout(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">{loaded(api::read_checkout(id), content)}</main>
    }
}

fn content(checkout: Checkout) -> AnyView {
    let lang = wire::lang();
    if let Some(order) = &checkout.order {
        let actions = view! { <ButtonLink href=routes::pay(lang, order)>{orders::see_order(lang)}</ButtonLink> };
        return view! { <EmptyState title=orders::already_ordered(lang) text=orders::already_ordered_text(lang) icon=Glyph::Receipt actions/> }
            .into_any();
    }
    if let ([line], [(_, Bar::Owned)]) = (&checkout.lines[..], &checkout.bars[..]) {
        let place = line.place(lang).unwrap_or_else(|| routes::my_learning(lang));
        let actions = view! { <ButtonLink href=place>{orders::start_learning(lang)}</ButtonLink> };
        return view! { <EmptyState title=orders::already_owned(lang) text=orders::already_owned_text(lang) icon=Glyph::Success actions/> }
            .into_any();
    }
    let ready = checkout.bars.is_empty() && checkout.now.is_none();
    view! {
        <header class="page-head"><h1>{orders::checkout(lang)}</h1></header>
        <div class="stack gap-6">
            <Refused form=wire::form_state("pay")/>
            <Refused form=wire::form_state("wallet")/>
            <Bought lines=checkout.lines.clone()/>
            {included(&checkout)}
            <section class="stack gap-3">
                <h2 class="large">{orders::summary(lang)}</h2>
                <Sum lines=checkout.lines.clone() total=checkout.total.clone() label=orders::to_pay(lang)/>
                <p class="small muted">{orders::price_includes_tax(lang)}</p>
            </section>
            {ready.then(|| reductions(&checkout))}
            {act(&checkout)}
            <p class="small muted">
                {orders::receipt_to(lang, &checkout.email)}
            </p>
            <Promises promises=checkout.promises.clone()/>
        </div>
    }
    .into_any()
}

fn included(checkout: &Checkout) -> AnyView {
    let lang = wire::lang();
    if checkout.lessons == 0 {
        return ().into_any();
    }
    let size = format!("{} · {}", orders::lessons(lang, checkout.lessons), numbers::length(lang, checkout.seconds));
    let ticks: Vec<_> = [size.as_str(), orders::full_access(lang), orders::on_all_devices(lang), orders::with_updates(lang)]
        .into_iter()
        .map(|words| view! { <li><Icon glyph=Glyph::Check/><span>{words.to_owned()}</span></li> })
        .collect();
    view! {
        <section class="stack gap-3">
            <h2 class="large">{orders::you_get(lang)}</h2>
            <ul class="ticks" role="list">{ticks}</ul>
        </section>
    }
    .into_any()
}

/// The coupon and the wallet; neither where there is nothing to pay for by them.
fn reductions(checkout: &Checkout) -> AnyView {
    if checkout.lines.iter().all(|line| line.item.kind == LineKind::Topup) {
        return ().into_any();
    }
    view! {
        <div class="stack gap-4">
            <CouponForm chosen=checkout.coupon.clone() coupon=checkout.total.coupon/>
            <WalletForm balance=checkout.balance use_wallet=checkout.use_wallet/>
        </div>
    }
    .into_any()
}

/// The pay button, or, where something is different by now, what that is and the way on.
fn act(checkout: &Checkout) -> AnyView {
    let lang = wire::lang();
    if !checkout.bars.is_empty() {
        return barred(checkout);
    }
    if let Some(now) = &checkout.now {
        return changed(checkout, now);
    }
    if checkout.providers.is_empty() && !checkout.total.due.is_zero() {
        return view! { <Notice tone=Tone::Warning><p>{orders::no_provider(lang)}</p></Notice> }.into_any();
    }
    let key = checkout.key.as_str().to_owned();
    let shown = checkout.total.due.minor().to_string();
    let words = match checkout.total.due.is_zero() {
        true => buying::confirm_free(lang).to_owned(),
        false => orders::pay_amount(lang, &said(checkout.total.due)),
    };
    view! {
        <form method="post" class="stack gap-4" data-once="">
            <input type="hidden" name="form" value="pay"/>
            <input type="hidden" name="idem" value=key/>
            <input type="hidden" name="shown" value=shown/>
            {(!checkout.total.due.is_zero()).then(|| choice(checkout))}
            <Button size=Size::Large block=true icon=Glyph::Lock>{words}</Button>
        </form>
    }
    .into_any()
}

/// What it came to, what it comes to now and why, and one button to accept that.
fn changed(checkout: &Checkout, now: &Total) -> AnyView {
    let lang = wire::lang();
    let (was_due, now_due) = (said(checkout.total.due), said(now.due));
    let problem = checkout.coupon.as_ref().and_then(|chosen| chosen.problem);
    let words = match problem {
        Some(reason) => buying::coupon_gone(lang, promotions::refusal(lang, reason), &was_due, &now_due),
        None if checkout.total.total != now.total => {
            orders::frozen_price_changed(lang, &said(checkout.total.total), &said(now.total))
        }
        None => orders::balance_changed(lang, &was_due, &now_due),
    };
    view! {
        <Notice tone=Tone::Warning live=true><p>{words}</p></Notice>
        <form method="post">
            <input type="hidden" name="form" value="accept"/>
            <Button size=Size::Large block=true>{orders::use_new_price(lang, &now_due)}</Button>
        </form>
    }
    .into_any()
}

/// Lines that cannot be bought any more, and the purchase without them where something is left.
fn barred(checkout: &Checkout) -> AnyView {
    let lang = wire::lang();
    let told: Vec<_> = checkout
        .bars
        .iter()
        .filter_map(|(place, bar)| checkout.lines.get(*place).map(|line| (title(line), bar)))
        .map(|(title, bar)| view! { <li><strong>{title}</strong>" · "{buying::bar(lang, bar)}</li> })
        .collect();
    let some_left = checkout.bars.len() < checkout.lines.len();
    let order = checkout.bars.iter().find_map(|(_, bar)| match bar {
        Bar::Ordered(order) => Some(routes::pay(lang, order)),
        _ => None,
    });
    view! {
        <Notice tone=Tone::Warning live=true><ul>{told}</ul></Notice>
        {some_left.then(|| view! {
            <form method="post">
                <input type="hidden" name="form" value="accept"/>
                <Button size=Size::Large block=true>{buying::go_on_without(lang)}</Button>
            </form>
        })}
        {order.map(|href| view! { <ButtonLink href kind=Kind::Secondary>{orders::see_order(lang)}</ButtonLink> })}
        <ButtonLink href=routes::courses(lang) kind=Kind::Secondary>{orders::browse_courses(lang)}</ButtonLink>
    }
    .into_any()
}

fn choice(checkout: &Checkout) -> AnyView {
    let lang = wire::lang();
    let cards: Vec<_> = checkout
        .providers
        .iter()
        .enumerate()
        .map(|(place, provider)| {
            let first = place == 0;
            view! {
                <RadioCard label=orders::provider_name(lang, *provider) name="provider" value=provider.as_str() checked=first
                    icon=Glyph::Card/>
            }
        })
        .collect();
    view! {
        <fieldset class="stack gap-3">
            <legend class="strong">{orders::pay_with(lang)}</legend>
            {cards}
        </fieldset>
    }
    .into_any()
}
