//! What several pages of the membership show.

use leptos::prelude::*;
use locale::{membership, numbers, orders};
use model::subscriptions::{Plan, SubscriptionState, WayToPay};
use model::{FormState, Lang, Money, routes};
use ui::{Badge, ButtonLink, Checkbox, Glyph, Kind, PlanCard, RadioCard, Size, Tone};

/// A plan as a card that chooses it.
pub fn plan_card(lang: Lang, plan: &Plan, href: String, current: bool) -> AnyView {
    let saves = (plan.saves_percent > 0).then(|| membership::saves(lang, plan.saves_percent));
    let note = (plan.months > 1).then(|| membership::per_month(lang, &numbers::money_exact(plan.per_month)));
    let label = membership::plan_name(lang, plan.months);
    view! {
        <PlanCard href label price=numbers::money(plan.price) each=membership::length(lang, plan.months) note badge=saves current/>
    }
    .into_any()
}

/// Plans to change to; each leads to what it would cost.
pub fn others(lang: Lang, plans: &[Plan]) -> AnyView {
    let rows: Vec<_> = plans
        .iter()
        .map(|plan| {
            let href = format!("{}?plan={}", routes::change_membership(lang), plan.id);
            let words = membership::billed(lang, &exact(plan.price), membership::length(lang, plan.months));
            view! {
                <li class="split">
                    <span class="stack gap-1">
                        <strong>{membership::plan_name(lang, plan.months)}</strong>
                        <span class="small muted">{words}</span>
                    </span>
                    <ButtonLink href kind=Kind::Secondary size=Size::Small>{membership::see_cost(lang)}</ButtonLink>
                </li>
            }
        })
        .collect();
    view! { <ul class="list" role="list">{rows}</ul> }.into_any()
}

/// A state in a word.
#[component]
pub fn StateBadge(state: SubscriptionState) -> impl IntoView {
    let tone = match state {
        SubscriptionState::Active | SubscriptionState::Trialing => Tone::Success,
        SubscriptionState::PastDue => Tone::Danger,
        SubscriptionState::Incomplete | SubscriptionState::Paused => Tone::Info,
        SubscriptionState::Ended | SubscriptionState::IncompleteExpired => Tone::Plain,
    };
    view! { <Badge tone>{membership::state_name(wire::lang(), state)}</Badge> }
}

/// The consent, never ticked beforehand, with price and date; the mistake stands at the box.
pub fn consent(form: &FormState, words: String) -> AnyView {
    let missing = form.problem("consent").map(|_| membership::consent_missing(wire::lang()));
    view! { <Checkbox label=words name="consent" value="yes" error=missing/> }.into_any()
}

/// By whom to pay, where there are several; what follows from it for renewals stands beside each.
pub fn ways_to_pay(lang: Lang, ways: &[WayToPay]) -> AnyView {
    if ways.len() < 2 {
        return ().into_any();
    }
    let cards: Vec<_> = ways
        .iter()
        .enumerate()
        .map(|(place, way)| {
            let first = place == 0;
            let note = if way.alone { membership::renews_by_itself(lang) } else { membership::renews_by_link(lang) };
            view! {
                <RadioCard label=orders::provider_name(lang, way.provider) name="provider" value=way.provider.as_str() checked=first
                    note icon=Glyph::Card/>
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

/// Why a form was refused, where it is not at a field.
#[component]
pub fn Refused(form: FormState) -> impl IntoView {
    let at_a_field = form.problem("consent").is_some();
    (!at_a_field).then(|| view! { <ui::Refused form/> })
}

/// An amount in running words, to the cent.
pub fn exact(amount: Money) -> String {
    numbers::money_exact(amount)
}
