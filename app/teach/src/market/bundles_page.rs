//! Bundles: several courses for less than their sum.

use super::api;
use crate::shell::{Place, Studio};
use leptos::prelude::*;
use locale::{buying, numbers, promotions, studio};
use model::cart::{BundleRow, Bundles};
use model::paging::page_number;
use model::routes;
use trade::Pages;
use ui::{
    Amount, Badge, Button, Checkbox, Choices, Column, Field, FormActions, Kind, Mistakes, Notice, Size, Table, Tone, loaded,
    wrong,
};

#[component]
pub fn BundlesPage() -> impl IntoView {
    let lang = wire::lang();
    view! {
        <main id="main" tabindex="-1" class="page">
            <Studio place=Place::Bundles title=buying::bundles(lang) lede=buying::bundles_lede(lang)>
                {loaded(api::read_my_bundles(page_number(wire::query().get("page"))), content)}
            </Studio>
        </main>
    }
}

fn content(bundles: Bundles) -> AnyView {
    let lang = wire::lang();
    let (page, pages) = (bundles.rows.number, bundles.rows.pages());
    let done = wire::query().get("done").map(|_| studio::saved(lang));
    let rows: Vec<_> = bundles.rows.items.iter().cloned().map(row).collect();
    let columns = vec![
        Column::new(promotions::name(lang)),
        Column::new(buying::in_this_bundle(lang)),
        Column::new(buying::one_by_one(lang)).numeric(),
        Column::new(buying::bundle_price(lang)).numeric(),
        Column::new(promotions::standing_head(lang)),
    ];
    let list = match rows.is_empty() {
        true => view! { <p class="muted">{buying::no_bundles(lang)}</p> }.into_any(),
        false => view! { <Table columns label=buying::bundles(lang)>{rows}</Table> }.into_any(),
    };
    view! {
        {done.map(|words| view! { <Notice tone=Tone::Success live=true><p>{words}</p></Notice> })}
        {list}
        <Pages page pages base=routes::studio_bundles(lang)/>
        {form(&bundles)}
    }
    .into_any()
}

fn row(row: BundleRow) -> impl IntoView {
    let lang = wire::lang();
    let (tone, words) = if row.listed { (Tone::Success, buying::on_offer(lang)) } else { (Tone::Plain, buying::off_offer(lang)) };
    let (next, act) = if row.listed { ("no", buying::take_off(lang)) } else { ("yes", buying::offer_again(lang)) };
    let title = match row.listed {
        true => view! { <a href=routes::bundle(lang, &row.slug)>{row.title}</a> }.into_any(),
        false => row.title.into_any(),
    };
    view! {
        <tr>
            <td>{title}</td>
            <td>{row.courses.join(buying::between(lang))}</td>
            <td class="num"><Amount of=row.sum exact=true/></td>
            <td class="num"><Amount of=row.price exact=true/></td>
            <td class="nowrap">
                <form method="post" class="cluster gap-2">
                    <input type="hidden" name="form" value="offer"/>
                    <input type="hidden" name="bundle" value=row.id.to_string()/>
                    <input type="hidden" name="listed" value=next/>
                    <Badge tone>{words}</Badge>
                    <Button kind=Kind::Quiet size=Size::Small>{act}</Button>
                </form>
            </td>
        </tr>
    }
}

fn form(bundles: &Bundles) -> AnyView {
    let lang = wire::lang();
    if bundles.courses.len() < 2 {
        return view! { <p class="muted">{buying::two_courses_first(lang)}</p> }.into_any();
    }
    let form = wire::form_state("bundle");
    let courses: Vec<_> = bundles
        .courses
        .iter()
        .map(|(id, title, price)| {
            let checked = form.chosen("course", id.as_str(), false);
            view! { <Checkbox label=title.clone() name="course" value=id.to_string() checked=checked note=numbers::money(*price)/> }
        })
        .collect();
    let value = |name: &str| form.value(name, "");
    view! {
        <section class="box stack gap-5 measure">
            <h2 class="large">{buying::new_bundle(lang)}</h2>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5 measure">
                <input type="hidden" name="form" value="bundle"/>
                <Field label=buying::bundle_title(lang) name="title" value=value("title") error=wrong(&form, "title") required=true maxlength=80/>
                <Field label=buying::bundle_promise(lang) name="promise" value=value("promise") error=wrong(&form, "promise") required=true maxlength=200/>
                <Field label=buying::bundle_address(lang) name="slug" value=value("slug") help=buying::bundle_address_help(lang) error=wrong(&form, "slug") required=true maxlength=60 autocomplete="off"/>
                <Choices legend=buying::in_this_bundle(lang) name="course" error=wrong(&form, "course")>{courses}</Choices>
                <Field label=buying::bundle_price(lang) name="price" value=value("price") unit="¥" inputmode="decimal" help=buying::bundle_price_help(lang) error=wrong(&form, "price") required=true maxlength=12/>
                <FormActions><Button>{buying::make_bundle(lang)}</Button></FormActions>
            </form>
        </section>
    }
    .into_any()
}
