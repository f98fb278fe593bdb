//! One's own membership: how it stands, what comes next and when, and every way to change that.

use super::api;
use super::parts::{Refused, StateBadge, exact, others, ways_to_pay};
use crate::accounts::{Place, Settings};
use leptos::prelude::*;
use locale::{dates, membership};
use model::subscriptions::{InvoiceRow, InvoiceState, MyMembership, MySubscription, SubscriptionState};
use model::{Lang, routes};
use ui::{Amount, Badge, Button, ButtonLink, Column, EmptyState, Glyph, Kind, Notice, Size, Table, Tone, When, loaded};

#[component]
pub fn MyMembershipPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <Settings place=Place::Membership title=membership::my_membership(lang)>
            {loaded(api::read_my_membership(), content)}
        </Settings>
    }
}

fn content(mine: MyMembership) -> AnyView {
    let lang = wire::lang();
    let Some(one) = mine.subscription else {
        let actions = view! { <ButtonLink href=routes::membership(lang)>{membership::see_membership(lang)}</ButtonLink> };
        return view! { <EmptyState title=membership::none_yet(lang) text=membership::none_yet_text(lang) icon=Glyph::Learning actions/> }
            .into_any();
    };
    let refused: Vec<_> = ["undo", "pause", "resume", "pay", "forget"]
        .into_iter()
        .map(|name| view! { <Refused form=wire::form_state(name)/> })
        .collect();
    view! {
        {told(lang)}
        {refused}
        {one.suspended.then(|| view! { <Notice tone=Tone::Warning><p>{membership::suspended(lang)}</p></Notice> })}
        {standing(lang, &one)}
        {facts(lang, &one)}
        {plans(lang, &one)}
        {pays(lang, &one)}
        {leaving(lang, &one)}
        {invoices(lang, &one.invoices)}
    }
    .into_any()
}

/// What was just done.
fn told(lang: Lang) -> AnyView {
    let words = wire::query().get("done").and_then(|done| match done {
        "cancelled" => Some(membership::told_cancelled(lang)),
        "undone" => Some(membership::told_undone(lang)),
        "paused" => Some(membership::told_paused(lang)),
        "changed" => Some(membership::told_changed(lang)),
        "trial" => Some(membership::told_trial(lang)),
        "card" => Some(membership::told_card(lang)),
        _ => None,
    });
    words.map(|words| view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> }).into_any()
}

/// A form of one button.
fn button(name: &'static str, words: String, kind: Kind) -> AnyView {
    let action = routes::my_membership(wire::lang());
    view! {
        <form method="post" action=action>
            <input type="hidden" name="form" value=name/>
            <Button kind>{words}</Button>
        </form>
    }
    .into_any()
}

/// A form that leads to paying, by whom one likes.
fn paying(name: &'static str, words: String, one: &MySubscription) -> AnyView {
    let lang = wire::lang();
    let action = routes::my_membership(lang);
    view! {
        <form method="post" action=action class="stack gap-4">
            <input type="hidden" name="form" value=name/>
            {ways_to_pay(lang, &one.ways)}
            <div><Button kind=Kind::Primary>{words}</Button></div>
        </form>
    }
    .into_any()
}

/// What needs the member, first of all.
fn standing(lang: Lang, one: &MySubscription) -> AnyView {
    let day = move |at: Option<model::Moment>| at.map(|at| dates::date(lang, at)).unwrap_or_default();
    match (one.state, one.to_pay) {
        (SubscriptionState::Active | SubscriptionState::Trialing | SubscriptionState::PastDue, _) if one.cancels => {
            let words = membership::cancels_on(lang, &day(one.cancels_until));
            view! {
                <Notice tone=Tone::Info><p>{words}</p></Notice>
                {button("undo", membership::undo(lang).to_owned(), Kind::Primary)}
            }
            .into_any()
        }
        (SubscriptionState::PastDue | SubscriptionState::Incomplete, Some(amount)) => {
            let words = match one.access_until {
                Some(until) => Some(membership::waits_with_access(lang, &exact(amount), &dates::date(lang, until))),
                None if one.suspended => None,
                None => Some(membership::waits_to_begin(lang, &exact(amount))),
            };
            let words = words.map(|words| view! { <Notice tone=Tone::Warning live=true><p>{words}</p></Notice> });
            let pay = format!("{} · {}", membership::pay_now(lang), exact(amount));
            view! {
                {words}
                {paying("pay", pay, one)}
            }
            .into_any()
        }
        (SubscriptionState::Active | SubscriptionState::Trialing, _) if one.pauses => {
            let words = membership::pauses_on(lang, &day(one.period_ends));
            view! {
                <Notice tone=Tone::Info><p>{words}</p></Notice>
                {button("undo", membership::undo_pause(lang).to_owned(), Kind::Primary)}
            }
            .into_any()
        }
        (SubscriptionState::Active | SubscriptionState::Trialing, _) if one.reminded => {
            let amount = one.next_amount.map(exact).unwrap_or_default();
            let words = membership::renews_soon(lang, &day(one.charge_at), &amount);
            view! { <Notice tone=Tone::Info><p>{words}</p></Notice> }.into_any()
        }
        (SubscriptionState::Paused, _) => {
            let words = membership::rests_until(lang, &day(one.paused_until));
            let amount = exact(one.next_amount.unwrap_or(one.plan.price));
            let anew = membership::resume_text(lang, &amount);
            view! {
                <Notice tone=Tone::Info><p>{words}</p><p>{anew}</p></Notice>
                {paying("resume", format!("{} · {amount}", membership::resume(lang)), one)}
            }
            .into_any()
        }
        (SubscriptionState::Ended | SubscriptionState::IncompleteExpired, _) => {
            view! { <ButtonLink href=routes::membership(lang) size=Size::Large>{membership::subscribe_again(lang)}</ButtonLink> }
                .into_any()
        }
        _ => ().into_any(),
    }
}

fn facts(lang: Lang, one: &MySubscription) -> AnyView {
    let goes_on = one.next_amount.zip(one.charge_at);
    let next = goes_on.filter(|_| one.state != SubscriptionState::PastDue).map(|(amount, at)| {
        view! {
            <div><dt>{membership::next_charge(lang)}</dt><dd><When at/></dd></div>
            <div><dt>{membership::renewal_amount(lang)}</dt><dd><Amount of=amount exact=true/></dd></div>
        }
    });
    let last = if one.cancels { one.cancels_until } else { one.period_ends.filter(|_| one.pauses) };
    let ends = last.filter(|_| !one.state.is_over()).map(|at| {
        view! { <div><dt>{membership::ends_on(lang)}</dt><dd><When at/></dd></div> }
    });
    let until = one.access_until.filter(|_| one.state == SubscriptionState::PastDue && !one.cancels).map(|at| {
        view! { <div><dt>{membership::access_until(lang)}</dt><dd><When at/></dd></div> }
    });
    let ended = one.ended_at.map(|at| view! { <div><dt>{membership::ends_on(lang)}</dt><dd><When at/></dd></div> });
    let becomes = one.becomes.as_ref().map(|plan| {
        view! { <div><dt>{membership::counts_from(lang)}</dt><dd>{membership::plan_name(lang, plan.months)}</dd></div> }
    });
    let price = format!(
        "{} · {}",
        membership::plan_name(lang, one.plan.months),
        membership::billed(lang, &exact(one.plan.price), membership::length(lang, one.plan.months))
    );
    view! {
        <dl class="facts">
            <div><dt>{membership::state(lang)}</dt><dd><StateBadge state=one.state/></dd></div>
            <div><dt>{membership::plan(lang)}</dt><dd>{price}</dd></div>
            {becomes}{next}{ends}{until}{ended}
        </dl>
    }
    .into_any()
}

/// Another plan, only where it can be changed.
fn plans(lang: Lang, one: &MySubscription) -> AnyView {
    if membership::no_change(lang, one).is_some() {
        return ().into_any();
    }
    let undo = one.becomes.as_ref().map(|_| button("undo", membership::undo_change(lang).to_owned(), Kind::Quiet));
    view! {
        <section class="section">
            <header class="section-head"><h2>{membership::change_plan(lang)}</h2><p>{membership::change_text(lang)}</p></header>
            {others(lang, &one.others)}
            {undo}
        </section>
    }
    .into_any()
}

/// How renewals are paid, and a way out of being charged.
fn pays(lang: Lang, one: &MySubscription) -> AnyView {
    if one.state.is_over() {
        return ().into_any();
    }
    let words = if one.pays_alone { membership::pays_by_card(lang) } else { membership::pays_by_link(lang) };
    let forget = one.pays_alone.then(|| {
        view! {
            <p class="small muted">{membership::forget_card_text(lang)}</p>
            {button("forget", membership::forget_card(lang).to_owned(), Kind::Secondary)}
        }
    });
    view! {
        <section class="section">
            <header class="section-head"><h2>{membership::pays_by(lang)}</h2></header>
            <div class="stack gap-3"><p>{words}</p>{forget}</div>
        </section>
    }
    .into_any()
}

/// Leaving and resting: nothing is hidden.
fn leaving(lang: Lang, one: &MySubscription) -> AnyView {
    if one.state.is_over() || one.cancels {
        return ().into_any();
    }
    let runs = matches!(one.state, SubscriptionState::Active | SubscriptionState::Trialing) && !one.pauses;
    let pause = one.period_ends.filter(|_| runs).map(|ends| {
        let words = membership::pause_text(lang, &dates::date(lang, ends));
        view! {
            <details>
                <summary class="btn btn-secondary">{membership::pause(lang)}</summary>
                <div class="stack gap-3 mt-4"><p>{words}</p>{button("pause", membership::pause_yes(lang).to_owned(), Kind::Secondary)}</div>
            </details>
        }
    });
    view! {
        <section class="section">
            <header class="section-head"><h2>{membership::agreements(lang)}</h2><p>{membership::agreements_text(lang)}</p></header>
            <div class="stack gap-4">
                <div class="cluster">
                    <ButtonLink href=routes::cancel_membership(lang) kind=Kind::Secondary>{membership::cancel(lang)}</ButtonLink>
                </div>
                {pause}
            </div>
        </section>
    }
    .into_any()
}

fn invoices(lang: Lang, all: &[InvoiceRow]) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::new(membership::date(lang)),
        Column::new(membership::invoice(lang)),
        Column::new(membership::state(lang)),
        Column::new(membership::receipt(lang)),
        Column::new(membership::amount(lang)).numeric(),
    ];
    let rows: Vec<_> = all.iter().cloned().map(invoice).collect();
    view! {
        <section class="section">
            <header class="section-head"><h2>{membership::invoices(lang)}</h2></header>
            <Table columns label=membership::invoices(lang)>{rows}</Table>
        </section>
    }
    .into_any()
}

fn invoice(row: InvoiceRow) -> impl IntoView {
    let lang = wire::lang();
    let tone = match row.state {
        InvoiceState::Paid => Tone::Success,
        InvoiceState::Open => Tone::Info,
        InvoiceState::Void => Tone::Plain,
    };
    let (href, words) = match row.receipt {
        Some(number) => (routes::order(lang, &row.order), number),
        None => (routes::pay(lang, &row.order), membership::see_receipt(lang).to_owned()),
    };
    view! {
        <tr>
            <td class="nowrap"><When at=row.at/></td>
            <td>{membership::invoice_kind(lang, row.kind)}</td>
            <td><Badge tone>{membership::invoice_state(lang, row.state)}</Badge></td>
            <td><a class="num" href=href>{words}</a></td>
            <td class="num"><Amount of=row.amount exact=true/></td>
        </tr>
    }
}
