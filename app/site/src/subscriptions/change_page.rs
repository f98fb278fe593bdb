//! What another plan would cost, to the cent, before one changes to it.

use super::api;
use super::parts::{Refused, consent, exact, others};
use crate::accounts::{Place, Settings};
use leptos::prelude::*;
use locale::{dates, membership};
use model::ids::PlanId;
use model::routes;
use model::subscriptions::{ChangePreview, MyMembership};
use ui::{Amount, Button, ButtonLink, Column, Kind, Size, Table, When, loaded};

#[component]
pub fn ChangePage() -> impl IntoView {
    let lang = wire::lang();
    let plan: Option<PlanId> = wire::query().get("plan").and_then(|plan| plan.parse().ok());
    let body = match plan {
        Some(plan) => loaded(api::preview_change(plan), content).into_any(),
        None => loaded(api::read_my_membership(), choice).into_any(),
    };
    view! { <Settings place=Place::Membership title=membership::change_plan(lang)>{body}</Settings> }
}

/// The plans one may change to, or why there are none.
fn choice(mine: MyMembership) -> AnyView {
    let lang = wire::lang();
    let barred = match &mine.subscription {
        None => Some(membership::no_change_yet(lang)),
        Some(one) => membership::no_change(lang, one),
    };
    match (barred, mine.subscription) {
        (None, Some(one)) => view! {
            <p>{membership::change_text(lang)}</p>
            {others(lang, &one.others)}
        }
        .into_any(),
        (words, one) => {
            let (href, label) = match one {
                Some(_) => (routes::my_membership(lang), membership::my_membership(lang)),
                None => (routes::membership(lang), membership::see_membership(lang)),
            };
            view! {
                <p>{words}</p>
                <p><ButtonLink href>{label}</ButtonLink></p>
            }
            .into_any()
        }
    }
}

fn content(shown: ChangePreview) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("change");
    let name = |months| membership::plan_name(lang, months);
    let first = if shown.now { shown.from_when } else { shown.renews_at };
    let words = match shown.now {
        true => membership::change_now(lang, &exact(shown.due)),
        false => membership::change_later(lang).to_owned(),
    };
    view! {
        <Refused form=form.clone()/>
        <h2 class="large">{membership::preview(lang)}</h2>
        {numbers(&shown)}
        <dl class="facts">
            <div><dt>{membership::counts_from(lang)}</dt><dd><When at=shown.from_when/></dd></div>
            <div><dt>{membership::renews_on(lang)}</dt><dd><When at=shown.renews_at/></dd></div>
            <div><dt>{membership::renewal_amount(lang)}</dt><dd><Amount of=shown.to.price exact=true/></dd></div>
        </dl>
        <form method="post" action=format!("{}?plan={}", routes::change_membership(lang), shown.to.id) class="stack gap-5"
            aria-label=name(shown.to.months)>
            <input type="hidden" name="form" value="change"/>
            <input type="hidden" name="idem" value=shown.key.as_str().to_owned()/>
            <input type="hidden" name="plan" value=shown.to.id.to_string()/>
            <input type="hidden" name="due" value=shown.due.minor().to_string()/>
            <input type="hidden" name="price" value=shown.to.price.minor().to_string()/>
            <input type="hidden" name="at" value=shown.at.millis().to_string()/>
            {consent(&form, membership::consent(lang, shown.to.price, shown.to.months, first))}
            <div class="cluster">
                <Button size=Size::Large>{words}</Button>
                <ButtonLink href=routes::my_membership(lang) kind=Kind::Secondary size=Size::Large>{membership::back(lang)}</ButtonLink>
            </div>
        </form>
    }
    .into_any()
}

/// The sum: the new plan, less what is left of the old one; or that nothing is paid now.
fn numbers(shown: &ChangePreview) -> AnyView {
    let lang = wire::lang();
    let name = |months| membership::plan_name(lang, months);
    if !shown.now {
        return view! { <p>{membership::nothing_now(lang, &dates::date(lang, shown.from_when))}</p> }.into_any();
    }
    let columns = vec![Column::new(membership::plan(lang)), Column::new(membership::amount(lang)).numeric()];
    let credit = model::Money::new(-shown.credit.minor(), shown.credit.currency());
    let rows = view! {
        <tr><td>{membership::to_plan(lang, name(shown.to.months))}</td><td class="num"><Amount of=shown.charge exact=true/></td></tr>
        <tr><td>{membership::from_plan(lang, name(shown.from.months))}</td><td class="num"><Amount of=credit exact=true/></td></tr>
        <tr>
            <td><strong>{membership::pay_today(lang)}</strong></td>
            <td class="num"><strong><Amount of=shown.due exact=true/></strong></td>
        </tr>
    };
    view! { <Table columns label=membership::preview(lang)>{rows}</Table> }.into_any()
}
