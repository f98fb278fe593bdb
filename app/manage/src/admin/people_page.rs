//! People, found by name or address.

use super::api;
use crate::place::{Office, Place, numbered};
use leptos::prelude::*;
use locale::orders;
use model::admin::{StaffPeople, StaffPerson};
use model::paging::page_number;
use model::routes;
use ui::{Badge, Column, EmptyState, Glyph, Pager, SearchForm, Table, Tone, When, loaded};

#[component]
pub fn PeoplePage() -> impl IntoView {
    let lang = wire::lang();
    let query = wire::query();
    let read = api::read_people(query.get("q").unwrap_or_default().to_owned(), page_number(query.get("page")));
    view! { <Office place=Place::People title=orders::staff_people(lang)>{loaded(read, content)}</Office> }
}

fn content(found: StaffPeople) -> AnyView {
    let lang = wire::lang();
    let here = routes::admin_users(lang);
    let search = view! {
        <SearchForm action=here.clone() label=orders::find_people(lang) placeholder=orders::find_people(lang) value=found.q.clone() id="people"/>
    };
    if found.page.items.is_empty() {
        return view! { {search}<EmptyState title=orders::nobody_found(lang) icon=Glyph::People/> }.into_any();
    }
    let columns = vec![
        Column::new(orders::name(lang)),
        Column::new(orders::email(lang)),
        Column::new(orders::roles(lang)),
        Column::new(orders::owned(lang)).numeric(),
        Column::new(orders::joined(lang)),
    ];
    // what was searched for stays while one turns pages; it is a word in an address, so only what may stand there is kept
    let q: String =
        found.q.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '@')).collect();
    let base = if q.is_empty() { here } else { format!("{here}?q={q}") };
    let (page, pages) = (found.page.number, found.page.pages());
    let rows: Vec<_> = found.page.items.into_iter().map(row).collect();
    view! {
        {search}
        <Table columns label=orders::staff_people(lang)>{rows}</Table>
        <Pager page pages link=numbered base label=orders::pages(lang) previous=orders::previous(lang) next=orders::next(lang)/>
    }
    .into_any()
}

fn row(person: StaffPerson) -> impl IntoView {
    let lang = wire::lang();
    let roles: Vec<_> = person
        .roles
        .iter()
        .map(|role| orders::role(lang, *role))
        .map(|words| view! { <Badge tone=Tone::Info>{words}</Badge> })
        .collect();
    let orders_of = format!("{}?q={}", routes::admin_orders(lang), person.email.replace('+', "%2B"));
    view! {
        <tr>
            <td><a href=routes::person(lang, &person.handle)>{person.name.to_string()}</a></td>
            <td><a href=orders_of>{person.email}</a></td>
            <td><span class="cluster gap-1">{roles}{person.suspended.then(|| view! { <Badge tone=Tone::Danger>{orders::suspended(lang)}</Badge> })}</span></td>
            <td class="num">{person.courses.to_string()}</td>
            <td class="nowrap"><When at=person.joined_at/></td>
        </tr>
    }
}
