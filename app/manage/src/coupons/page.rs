//! The school's coupons: what there is, what became of it, and a new one.

use super::api;
use crate::place::{Office, Place};
use leptos::prelude::*;
use locale::{faults, promotions};
use model::paging::page_number;
use model::promotions::{Coupons, Row};
use model::routes;
use trade::{CouponList, Pages};
use ui::{Accordion, Button, Checkbox, ChipChoice, Choices, Field, Fold, FormActions, Mistakes, Radio, loaded, wrong};

#[component]
pub fn StaffCouponsPage() -> impl IntoView {
    let lang = wire::lang();
    let page = page_number(wire::query().get("page"));
    view! { <Office place=Place::Coupons title=promotions::coupons(lang)>{loaded(api::read_coupons(page), content)}</Office> }
}

fn content(coupons: Coupons) -> AnyView {
    let (page, pages) = (coupons.rows.number, coupons.rows.pages());
    view! {
        <CouponList rows=coupons.rows.items.clone() about=about/>
        <Pages page pages base=routes::admin_coupons(wire::lang())/>
        {form(&coupons)}
    }
    .into_any()
}

/// What it is for, and who bears it.
fn about(row: &Row) -> String {
    let lang = wire::lang();
    let owner = row.owner.as_ref().map(|owner| promotions::borne_by(lang, owner));
    let first = row.first_order.then(|| promotions::first_order(lang).to_owned());
    [Some(promotions::scope(lang, row.scope).to_owned()), first, owner].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn form(coupons: &Coupons) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("coupon");
    let courses: Vec<_> = coupons
        .courses
        .iter()
        .map(|(id, title)| {
            let checked = form.chosen("course", id.as_str(), false);
            view! { <Checkbox label=title.clone() name="course" value=id.to_string() checked=checked/> }
        })
        .collect();
    let topics: Vec<_> = coupons
        .topics
        .iter()
        .map(|topic| {
            let checked = form.chosen("topic", topic.slug.as_str(), false);
            view! { <ChipChoice label=topic.name(lang).to_owned() name="topic" value=topic.slug.to_string() checked=checked/> }
        })
        .collect();
    let kind = form.value("kind", "percent");
    let value = |name: &str, fresh: &str| form.value(name, fresh);
    let course_error = wrong(&form, "course");
    let some_courses = !form.value("course", "").is_empty();
    let (first_order, returns) = (form.chosen("first_order", "on", false), form.chosen("returns", "on", false));
    view! {
        <section class="box stack gap-5 measure">
            <h2 class="large">{promotions::new(lang)}</h2>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5 measure">
                <input type="hidden" name="form" value="coupon"/>
                <Field label=promotions::name(lang) name="name" value=value("name", "") help=promotions::name_help(lang) error=wrong(&form, "name") required=true maxlength=80/>
                <Field label=promotions::codes(lang) name="codes" value=value("codes", "") help=promotions::codes_help(lang) error=wrong(&form, "codes") note=faults::optional(lang) autocomplete="off"/>
                <Field label=promotions::count(lang) name="count" value=value("count", "") inputmode="numeric" help=promotions::count_help(lang) error=wrong(&form, "count") note=faults::optional(lang)/>
                <Choices legend=promotions::takes_off(lang) name="kind" error=wrong(&form, "kind")>
                    <Radio label=promotions::percent(lang) name="kind" value="percent" checked=kind == "percent"/>
                    <Radio label=promotions::fixed(lang) name="kind" value="fixed" checked=kind == "fixed"/>
                </Choices>
                <Field label=promotions::how_much(lang) name="value" value=value("value", "") inputmode="decimal" help=promotions::value_help(lang) error=wrong(&form, "value") required=true maxlength=12/>
                <Choices legend=promotions::for_topics(lang) name="topic" help=promotions::for_everything(lang) error=wrong(&form, "topic") chips=true>{topics}</Choices>
                <Accordion>
                    <Fold title=promotions::for_courses(lang) open=some_courses>
                        <Choices legend=promotions::for_courses(lang) name="course" error=course_error>{courses}</Choices>
                    </Fold>
                </Accordion>
                <Field label=promotions::most(lang) name="most" value=value("most", "") inputmode="numeric" note=faults::optional(lang) help=promotions::most_help(lang) error=wrong(&form, "most")/>
                <Field label=promotions::per_person(lang) name="per_person" value=value("per_person", "1") inputmode="numeric" help=promotions::per_person_help(lang) error=wrong(&form, "per_person")/>
                <Field label=promotions::first_day(lang) name="starts" kind="date" value=value("starts", "") note=faults::optional(lang) error=wrong(&form, "starts")/>
                <Field label=promotions::last_day(lang) name="ends" kind="date" value=value("ends", "") note=faults::optional(lang) error=wrong(&form, "ends")/>
                <Checkbox label=promotions::first_order(lang) name="first_order" checked=first_order/>
                <Checkbox label=promotions::returns(lang) name="returns" checked=returns/>
                <FormActions><Button>{promotions::make(lang)}</Button></FormActions>
            </form>
        </section>
    }
    .into_any()
}
