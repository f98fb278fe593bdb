//! The part of one's security page about other houses.

use super::api;
use super::gate::SetbackNotice;
use leptos::prelude::*;
use locale::{dates, identity};
use model::identity::{Identities, Linked, Offered};
use ui::{Kind, OneButton, loaded};

#[component]
pub fn IdentitySection() -> impl IntoView {
    loaded(api::read_identities(), content)
}

fn content(page: Identities) -> AnyView {
    let lang = wire::lang();
    let Identities { offered, linked } = page;
    let notice = view! { <SetbackNotice forms=&["link", "unlink", "add_passkey", "rename_passkey", "remove_passkey"]/> };
    if offered.is_empty() && linked.is_empty() {
        return notice.into_any();
    }
    let none = linked.is_empty().then(|| view! { <p class="muted">{identity::none_linked(lang)}</p> });
    let rows: Vec<_> = linked.into_iter().map(|one| view! { <LinkedRow one/> }).collect();
    let forms: Vec<_> = offered.into_iter().map(|house| view! { <LinkForm house/> }).collect();
    view! {
        {notice}
        <section class="stack gap-4">
            <h2>{identity::identities_title(lang)}</h2>
            <p class="muted">{identity::identities_lede(lang)}</p>
            {none}
            {(!rows.is_empty()).then(|| view! { <ul class="list" role="list">{rows}</ul> })}
            <div class="cluster gap-3">{forms}</div>
        </section>
    }
    .into_any()
}

#[component]
fn LinkedRow(one: Linked) -> impl IntoView {
    let lang = wire::lang();
    let label = identity::unlink_this(lang, &one.label);
    view! {
        <li class="split">
            <div class="stack gap-1">
                <strong>{one.label}</strong>
                {(!one.email.is_empty()).then(|| view! { <span class="small">{one.email.clone()}</span> })}
                <span class="small faint">{identity::used_at(lang, &dates::date_time(lang, one.used))}</span>
            </div>
            <OneButton form="unlink" name="identity" value=one.id.to_string() label/>
        </li>
    }
}

#[component]
fn LinkForm(house: Offered) -> impl IntoView {
    let label = identity::link(wire::lang(), &house.label);
    view! { <OneButton form="link" name="provider" value=house.name label kind=Kind::Secondary/> }
}
