//! Every membership, narrowed by address, name or state.

use super::{api, plans};
use crate::place::{Office, Place, numbered};
use leptos::prelude::*;
use locale::{membership, orders};
use model::paging::page_number;
use model::routes;
use model::subscriptions::{StaffSubscription, StaffSubscriptions, SubscriptionFilter, SubscriptionState};
use ui::{
    Amount, Answer, Badge, Button, Column, EmptyState, Field, Figure, Glyph, Kind, OneButton, Pager, Refused, Select, Table,
    Tone, When, loaded,
};

#[component]
pub fn SubscriptionsPage() -> impl IntoView {
    let lang = wire::lang();
    let query = wire::query();
    let text = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let filter = SubscriptionFilter { q: text("q"), state: text("state"), page: page_number(query.get("page")) };
    view! {
        <Office place=Place::Subscriptions title=membership::staff_subscriptions(lang)>
            {plans::told()}
            <Refused form=wire::form_state("end")/>
            <Refused form=wire::form_state("withdraw")/>
            {loaded(api::read_staff_subscriptions(filter), content)}
        </Office>
    }
}

fn content(found: StaffSubscriptions) -> AnyView {
    let lang = wire::lang();
    let mut states = vec![Answer::new("", membership::any_state(lang))];
    states.extend(SubscriptionState::ALL.iter().map(|state| Answer::new(state.as_str(), membership::state_name(lang, *state))));
    states.push(Answer::new("cancels", membership::with_cancelling(lang)));
    let figures: Vec<_> = found
        .living
        .iter()
        .map(|(state, count)| view! { <Figure label=membership::state_name(lang, *state) value=count.to_string()/> })
        .collect();
    let filter = found.filter.clone();
    let offered = found.plans.clone();
    view! {
        {(!figures.is_empty()).then(|| view! { <dl class="grid-tiles">{figures}</dl> })}
        <form method="get" action=routes::admin_subscriptions(lang) class="cluster gap-3">
            <Field label=membership::find_members(lang) name="q" value=filter.q.clone() kind="search" maxlength=100 autocomplete="off"/>
            <Select label=membership::state(lang) name="state" options=states value=filter.state.clone()/>
            <Button kind=Kind::Secondary icon=Glyph::Search>{orders::find(lang)}</Button>
        </form>
        {list(found)}
        {plans::plans(offered)}
    }
    .into_any()
}

fn list(found: StaffSubscriptions) -> AnyView {
    let lang = wire::lang();
    if found.page.items.is_empty() {
        return view! { <EmptyState title=membership::nobody_fits(lang) text=orders::nothing_found_text(lang) icon=Glyph::Search/> }.into_any();
    }
    let columns = vec![
        Column::new(membership::person(lang)),
        Column::new(membership::plan(lang)),
        Column::new(membership::state(lang)),
        Column::new(membership::period_ends(lang)),
        Column::new(membership::open_invoice(lang)),
        Column::new(membership::amount(lang)).numeric(),
        Column::new(locale::earnings::act(lang)),
    ];
    // what was searched for is a word in an address: only what may stand there is kept
    let q: String = found.filter.q.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(*letter)).collect();
    let state: String = found.filter.state.chars().filter(|letter| letter.is_ascii_alphabetic() || *letter == '_').collect();
    let base = format!("{}?q={q}&state={state}", routes::admin_subscriptions(lang));
    let (page, pages) = (found.page.number, found.page.pages());
    let rows: Vec<_> = found.page.items.into_iter().map(row).collect();
    view! {
        <Table columns label=membership::staff_subscriptions(lang)>{rows}</Table>
        <Pager page pages link=numbered base label=orders::pages(lang) previous=orders::previous(lang) next=orders::next(lang)/>
    }
    .into_any()
}

fn row(one: StaffSubscription) -> impl IntoView {
    let lang = wire::lang();
    let tone = match one.state {
        SubscriptionState::Active | SubscriptionState::Trialing => Tone::Success,
        SubscriptionState::PastDue => Tone::Danger,
        SubscriptionState::Incomplete | SubscriptionState::Paused => Tone::Info,
        SubscriptionState::Ended | SubscriptionState::IncompleteExpired => Tone::Plain,
    };
    let open = one.open_order.as_ref().map(|order| {
        view! { <a href=routes::admin_order(lang, order)>{membership::invoice_state(lang, model::subscriptions::InvoiceState::Open)}</a> }
    });
    let over = one.state.is_over();
    let end = (!over).then(|| {
        view! {
            <OneButton form="end" name="subscription" value=one.id.to_string() label=membership::end_now(lang) kind=Kind::Secondary
                action=routes::admin_subscriptions(lang)/>
        }
    });
    view! {
        <tr>
            <td>{one.name}<br/><span class="small faint">{one.email}</span></td>
            <td class="nowrap">{membership::plan_name(lang, one.months)}</td>
            <td>
                <span class="cluster gap-1">
                    <Badge tone>{membership::state_name(lang, one.state)}</Badge>
                    {(one.cancels && !over).then(|| view! { <Badge>{membership::cancelling(lang)}</Badge> })}
                    {(one.pauses && !over).then(|| view! { <Badge>{membership::pausing(lang)}</Badge> })}
                </span>
            </td>
            <td class="nowrap">{one.period_ends.map(|at| view! { <When at/> })}</td>
            <td>{open}</td>
            <td class="num"><Amount of=one.price exact=true/></td>
            <td class="table-actions">{end}</td>
        </tr>
    }
}
