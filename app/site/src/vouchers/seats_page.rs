//! Buying a course for several, and the packs one has.

use super::api;
use super::parts::{ForOthers, course_of_address};
use leptos::prelude::*;
use leptos_meta::Title;
use locale::{numbers, shell, vouchers};
use model::paging::page_number;
use model::routes;
use model::vouchers::{GivenCourse, PoolRow, SeatDesk};
use trade::Pages;
use ui::{Button, ButtonLink, Column, EmptyState, Field, Glyph, Refused, Size, Table, When, loaded, wrong};

/// `/seats`
#[component]
pub fn SeatsPage() -> impl IntoView {
    let lang = wire::lang();
    let page = page_number(wire::query().get("page"));
    view! {
        <Title text=format!("{} · {}", vouchers::seats(lang), shell::product(lang))/>
        <main id="main" tabindex="-1" class="page page-narrow">{loaded(api::read_seat_desk(course_of_address(), page), content)}</main>
    }
}

fn content(desk: SeatDesk) -> AnyView {
    let lang = wire::lang();
    let (page, pages) = (desk.pools.number, desk.pools.pages());
    let title = match &desk.course {
        Some(course) => vouchers::buy_seats(lang, &course.title),
        None => vouchers::seats(lang).to_owned(),
    };
    let body = match &desk.course {
        Some(course) => buy(course),
        None if desk.pools.items.is_empty() => {
            let actions = view! { <ButtonLink href=routes::courses(lang)>{vouchers::browse(lang)}</ButtonLink> };
            let (title, text) = (vouchers::no_packs(lang), vouchers::no_packs_text(lang));
            view! { <EmptyState title text icon=Glyph::People actions/> }.into_any()
        }
        None => ().into_any(),
    };
    view! {
        <header class="page-head">
            <h1>{title}</h1>
            <p class="lede">{vouchers::seats_lede(lang)}</p>
        </header>
        {body}
        {(!desk.pools.items.is_empty()).then(|| packs(desk.pools.items))}
        <Pages page pages base=routes::seats(lang)/>
    }
    .into_any()
}

fn buy(course: &GivenCourse) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("seats");
    view! {
        <form method="post" class="stack gap-5">
            <input type="hidden" name="form" value="seats"/>
            <input type="hidden" name="course" value=course.slug.to_string()/>
            <Refused form=form.clone()/>
            <ForOthers course=course.clone()/>
            <Field label=vouchers::how_many(lang) name="seats" value=form.value("seats", "5") inputmode="numeric" required=true
                maxlength=3 help=vouchers::per_seat(lang, &numbers::money(course.price)) error=wrong(&form, "seats") autocomplete="off"/>
            <Button size=Size::Large block=true icon=Glyph::People>{vouchers::buy(lang)}</Button>
        </form>
    }
    .into_any()
}

fn packs(pools: Vec<PoolRow>) -> impl IntoView {
    let lang = wire::lang();
    let columns =
        vec![Column::new(vouchers::course(lang)), Column::new(vouchers::state_label(lang)), Column::new(vouchers::date(lang))];
    let rows: Vec<_> = pools
        .into_iter()
        .map(|pool| {
            let how = if pool.is_live {
                vouchers::assigned(lang, pool.assigned, pool.purchased)
            } else {
                vouchers::ended(lang).to_owned()
            };
            view! {
                <tr>
                    <td><a href=routes::seat_pool(lang, &pool.id)>{pool.title}</a></td>
                    <td>{how}</td>
                    <td class="nowrap"><When at=pool.bought_at/></td>
                </tr>
            }
        })
        .collect();
    view! { <Table columns label=vouchers::seats(lang)>{rows}</Table> }
}
