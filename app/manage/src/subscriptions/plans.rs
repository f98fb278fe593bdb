//! What the membership costs: the plans there are, and a form that offers one.

use leptos::prelude::*;
use locale::{faults, membership};
use model::routes;
use model::subscriptions::StaffPlan;
use ui::{
    Amount, Answer, Badge, Button, Column, Field, FormActions, Kind, Notice, OneButton, Refused, Select, Table, Tone, wrong,
};

/// The lengths a plan can have, in months.
const LENGTHS: [u32; 3] = [1, 3, 12];

/// Below the list of members.
pub fn plans(all: Vec<StaffPlan>) -> AnyView {
    let lang = wire::lang();
    let columns = vec![
        Column::new(membership::plan(lang)),
        Column::new(membership::state(lang)),
        Column::new(membership::trial_of_plan(lang)).numeric(),
        Column::new(membership::staff_subscriptions(lang)).numeric(),
        Column::new(membership::amount(lang)).numeric(),
    ];
    let none = all.is_empty();
    let rows: Vec<_> = all.into_iter().map(row).collect();
    let table = (!none).then(|| view! { <Table columns label=membership::plans(lang)>{rows}</Table> });
    view! {
        <section class="section" id="plans">
            <header class="section-head"><h2>{membership::plans(lang)}</h2></header>
            <div class="stack gap-5">{table}{offer()}</div>
        </section>
    }
    .into_any()
}

/// What was just done about them.
pub fn told() -> AnyView {
    let lang = wire::lang();
    let words = match wire::query().get("done") {
        Some("offered") => Some(membership::told_offered(lang)),
        Some("withdrawn") => Some(membership::told_withdrawn(lang)),
        _ => None,
    };
    words.map(|words| view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> }).into_any()
}

fn row(plan: StaffPlan) -> impl IntoView {
    let lang = wire::lang();
    let (tone, words) = match plan.offered {
        true => (Tone::Success, membership::is_offered(lang)),
        false => (Tone::Plain, membership::not_offered(lang)),
    };
    let withdraw = plan.offered.then(|| {
        view! {
            <OneButton form="withdraw" name="plan" value=plan.id.to_string() label=membership::withdraw(lang)
                action=routes::admin_subscriptions(lang)/>
        }
    });
    view! {
        <tr>
            <td class="nowrap">{membership::plan_name(lang, plan.months)}</td>
            <td class="nowrap"><span class="cluster gap-2"><Badge tone>{words}</Badge>{withdraw}</span></td>
            <td class="num">{plan.trial_days}</td>
            <td class="num">{plan.members}</td>
            <td class="num"><Amount of=plan.price exact=true/></td>
        </tr>
    }
}

fn offer() -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("offer");
    let lengths: Vec<_> =
        LENGTHS.iter().map(|months| Answer::new(months.to_string(), membership::plan_name(lang, *months))).collect();
    let at_a_field = ["months", "price", "trial_days"].iter().any(|field| form.problem(field).is_some());
    let refused = (!at_a_field).then(|| view! { <Refused form=form.clone()/> });
    let wrong = |field: &str| wrong(&form, field);
    view! {
        <div class="box stack gap-4 measure">
            <h3>{membership::offer_a_plan(lang)}</h3>
            <p class="small muted">{membership::offer_text(lang)}</p>
            {refused}
            <form method="post" action=routes::admin_subscriptions(lang) class="stack gap-4">
                <input type="hidden" name="form" value="offer"/>
                <Select label=membership::length_of_plan(lang) name="months" options=lengths value=form.value("months", "12") error=wrong("months")/>
                <Field label=membership::price_of_plan(lang) name="price" value=form.value("price", "") inputmode="decimal" required=true maxlength=12 error=wrong("price") autocomplete="off"/>
                <Field label=membership::trial_of_plan(lang) name="trial_days" value=form.value("trial_days", "") inputmode="numeric" maxlength=2 help=membership::trial_help(lang) note=faults::optional(lang) error=wrong("trial_days") autocomplete="off"/>
                <FormActions><Button kind=Kind::Secondary>{membership::offer_it(lang)}</Button></FormActions>
            </form>
        </div>
    }
    .into_any()
}
