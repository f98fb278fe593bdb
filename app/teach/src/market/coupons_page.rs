//! An instructor's own coupons: for their courses alone, and from their share.

use super::api;
use crate::shell::{Place, Studio};
use leptos::prelude::*;
use locale::{faults, numbers, promotions};
use model::paging::page_number;
use model::promotions::Coupons;
use model::routes;
use trade::{CouponList, Pages};
use ui::{Button, Checkbox, Choices, Field, FormActions, Mistakes, Radio, loaded, wrong};

#[component]
pub fn CouponsPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <main id="main" tabindex="-1" class="page">
            <Studio place=Place::Coupons title=promotions::coupons(lang) lede=promotions::studio_lede(lang)>
                {loaded(api::read_my_coupons(page_number(wire::query().get("page"))), content)}
            </Studio>
        </main>
    }
}

fn content(coupons: Coupons) -> AnyView {
    let (page, pages) = (coupons.rows.number, coupons.rows.pages());
    view! {
        <CouponList rows=coupons.rows.items.clone()/>
        <Pages page pages base=routes::studio_coupons(wire::lang())/>
        {form(&coupons)}
    }
    .into_any()
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
    let kind = form.value("kind", "percent");
    let value = |name: &str| form.value(name, "");
    view! {
        <section class="box stack gap-5 measure">
            <h2 class="large">{promotions::new(lang)}</h2>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5 measure">
                <input type="hidden" name="form" value="coupon"/>
                <Field label=promotions::name(lang) name="name" value=value("name") help=promotions::name_help(lang) error=wrong(&form, "name") required=true maxlength=80/>
                <Field label=promotions::codes(lang) name="codes" value=value("codes") help=promotions::codes_help(lang) error=wrong(&form, "codes") note=faults::optional(lang) autocomplete="off"/>
                <Choices legend=promotions::takes_off(lang) name="kind" error=wrong(&form, "kind")>
                    <Radio label=promotions::percent(lang) name="kind" value="percent" checked=kind == "percent"/>
                    <Radio label=promotions::fixed(lang) name="kind" value="fixed" checked=kind == "fixed"/>
                </Choices>
                <Field label=promotions::how_much(lang) name="value" value=value("value") inputmode="decimal" help=promotions::value_help(lang) error=wrong(&form, "value") required=true maxlength=12/>
                <Choices legend=promotions::for_courses(lang) name="course" help=promotions::for_all_mine(lang) error=wrong(&form, "course")>{courses}</Choices>
                <Field label=promotions::most(lang) name="most" value=value("most") inputmode="numeric" note=faults::optional(lang) help=promotions::most_help(lang) error=wrong(&form, "most")/>
                <Field label=promotions::last_day(lang) name="ends" kind="date" value=value("ends") note=faults::optional(lang) error=wrong(&form, "ends")/>
                <input type="hidden" name="per_person" value="1"/>
                <p class="small muted">{promotions::from_your_share(lang, &numbers::whole(coupons.fee_percent.into()))}</p>
                <FormActions><Button>{promotions::make(lang)}</Button></FormActions>
            </form>
        </section>
    }
    .into_any()
}
