//! The checkout: one column, one price that stays, one button.

use super::api;
use super::parts::{Bought, Refused, Sum, said};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{numbers, orders, shell};
use model::ids::CheckoutId;
use model::orders::Checkout;
use model::routes;
use ui::{Button, ButtonLink, EmptyState, Glyph, Icon, Kind, Notice, RadioCard, Size, Tone, loaded};

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
    let course = routes::course(lang, &checkout.line.slug);
    if checkout.owned {
        let actions = view! { <ButtonLink href=course>{orders::start_learning(lang)}</ButtonLink> };
        return view! { <EmptyState title=orders::already_owned(lang) text=orders::already_owned_text(lang) icon=Glyph::Success actions/> }
            .into_any();
    }
    if let Some(order) = &checkout.order {
        let actions = view! { <ButtonLink href=routes::pay(lang, order)>{orders::see_order(lang)}</ButtonLink> };
        return view! { <EmptyState title=orders::already_ordered(lang) text=orders::already_ordered_text(lang) icon=Glyph::Receipt actions/> }
            .into_any();
    }
    view! {
        <header class="page-head"><h1>{orders::checkout(lang)}</h1></header>
        <div class="stack gap-6">
            <Refused form=wire::form_state("pay")/>
            <Bought line=checkout.line.clone()/>
            <section class="stack gap-3">
                <h2 class="large">{orders::you_get(lang)}</h2>
                <ul class="ticks" role="list">{included(&checkout)}</ul>
            </section>
            <section class="stack gap-3">
                <h2 class="large">{orders::summary(lang)}</h2>
                <Sum line=checkout.line.clone() total=checkout.total label=orders::to_pay(lang)/>
                <p class="small muted">{orders::price_includes_tax(lang)}</p>
            </section>
            {act(&checkout)}
            <p class="small muted">
                <strong>{orders::refund_rule_title(lang)}</strong>" "{orders::refund_rule(lang)}" "
                {orders::receipt_to(lang, &checkout.email)}
            </p>
        </div>
    }
    .into_any()
}

fn included(checkout: &Checkout) -> Vec<AnyView> {
    let lang = wire::lang();
    let size = format!("{} · {}", orders::lessons(lang, checkout.lessons), numbers::length(lang, checkout.seconds));
    [size.as_str(), orders::full_access(lang), orders::on_all_devices(lang), orders::with_updates(lang)]
        .into_iter()
        .map(|words| view! { <li><Icon glyph=Glyph::Check/><span>{words.to_owned()}</span></li> }.into_any())
        .collect()
}

/// The pay button, or, where the price is another one by now, both prices and the way on.
fn act(checkout: &Checkout) -> AnyView {
    let lang = wire::lang();
    let course = routes::course(lang, &checkout.line.slug);
    if !checkout.for_sale || checkout.providers.is_empty() {
        let words = if checkout.for_sale { orders::no_provider(lang) } else { orders::not_for_sale(lang) };
        return view! {
            <Notice tone=Tone::Warning><p>{words}</p></Notice>
            <ButtonLink href=course kind=Kind::Secondary>{orders::back_to_course(lang)}</ButtonLink>
        }
        .into_any();
    }
    if let Some(now) = checkout.price_now {
        let changed = orders::frozen_price_changed(lang, &said(checkout.total), &said(now));
        return view! {
            <Notice tone=Tone::Warning><p>{changed}</p></Notice>
            <form method="post" action=course>
                <input type="hidden" name="form" value="buy"/>
                <Button size=Size::Large block=true>{orders::use_new_price(lang, &said(now))}</Button>
            </form>
        }
        .into_any();
    }
    let key = checkout.key.as_str().to_owned();
    let pay = orders::pay_amount(lang, &said(checkout.total));
    view! {
        <form method="post" class="stack gap-4">
            <input type="hidden" name="form" value="pay"/>
            <input type="hidden" name="idem" value=key/>
            {choice(checkout)}
            <Button size=Size::Large block=true icon=Glyph::Lock>{pay}</Button>
        </form>
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
